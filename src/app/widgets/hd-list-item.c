/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-list-item.h"

static void
label_row (GtkWidget *child,
           GtkWidget *label)
{
  GtkWidget *row = gtk_widget_get_parent (child);

  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

static void
parent_changed_cb (GtkWidget  *child,
                   GParamSpec *pspec,
                   GtkWidget  *label)
{
  label_row (child, label);
}

/**
 * hd_list_item_set_labelled_by:
 * @item: an item of a list, which has its child already
 * @label: what names it: the child, or something in it
 *
 * Names the widgets of a row that can have the focus, which are not ours: the one
 * that GTK puts around the child and, in a tree, the expander.  Without that a
 * screen reader says “list item” and no more.  To be called once, in “setup”: the
 * name follows @label.
 */
void
hd_list_item_set_labelled_by (GtkListItem *item,
                              GtkWidget   *label)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  g_return_if_fail (child != NULL);
  g_return_if_fail (GTK_IS_WIDGET (label));

  /* GTK gives the child its place after “setup”. */
  g_signal_connect (child, "notify::parent", G_CALLBACK (parent_changed_cb), label);
  label_row (child, label);

  if (GTK_IS_TREE_EXPANDER (child))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

/**
 * hd_list_item_name_row:
 * @content: what is shown in a row, or in a cell of it
 * @name: what a screen reader says when the row has the focus
 *
 * Names a whole row.
 */
void
hd_list_item_name_row (GtkWidget  *content,
                       const char *name)
{
  GtkWidget *row = content;

  g_return_if_fail (GTK_IS_WIDGET (content));

  while (row != NULL && !GTK_IS_LIST_VIEW (gtk_widget_get_parent (row)))
    row = gtk_widget_get_parent (row);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
