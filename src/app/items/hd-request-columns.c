/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request-columns.h"

#include <glib/gi18n.h>

#include "hd-request.h"
#include "hd-status-label.h"
#include "hd-time.h"

/*
 * The columns of My Items.  The store sorts, on its own thread; the column view
 * only shows by which column and which way round, and is asked for that.
 */

typedef struct
{
  HdRequestSort  sort;
  const char    *title;
  const char    *longest[3]; /* what must fit, of which some language makes the longest; nothing takes what is left */
  void (*setup)(GtkSignalListItemFactory *factory,
                GtkListItem              *item);
} Column;

/* What the probe in hd_request_columns_get_sort() found; main thread only. */
static HdRequestSort probed_sort;

/* GTK before 4.10 does not tell which column sorts.  The sorter of the whole
 * view asks the primary column first, and that one answers who it is. */
static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      user_data)
{
  probed_sort = GPOINTER_TO_INT (user_data);

  return a == b ? GTK_ORDERING_EQUAL : GTK_ORDERING_SMALLER;
}

static GtkExpression *
item_property (const char *name)
{
  GtkExpression *item = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");

  return gtk_property_expression_new (HD_TYPE_REQUEST, item, name);
}

static GtkWidget *
create_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
set_label (GtkListItem *item)
{
  GtkWidget *label = create_label ();

  gtk_list_item_set_child (item, label);
  return label;
}

/* The label of a cell follows a property of the item through a function. */
static void
bind_closure (GtkListItem *item,
              GtkWidget   *label,
              const char  *property,
              GCallback    function)
{
  GtkExpression *params[1] = { item_property (property) };

  gtk_expression_bind (gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 1, params, function, NULL, NULL),
                       label, "label", item);
}

static char *
get_kind_label (GObject *item,
                HdKind   kind)
{
  return g_strdup (hd_kind_get_label (kind));
}

static char *
get_priority_label (GObject    *item,
                    HdPriority  priority)
{
  return g_strdup (hd_priority_get_label (priority));
}

static char *
get_time_label (GObject   *item,
                GDateTime *time)
{
  return time != NULL ? hd_time_dup_short (time) : g_strdup ("");
}

static void
setup_number_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_image_new_from_icon_name ("hd-unread-symbolic");
  GtkWidget *label = create_label ();

  gtk_list_item_set_child (item, box);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (dot, "hd-unread");
  gtk_widget_set_tooltip_text (dot, _("Unread"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unread"), -1);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), label);

  gtk_expression_bind (item_property ("unread"), dot, "visible", item);
  gtk_expression_bind (item_property ("number"), label, "label", item);
}

static void
setup_subject_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item)
{
  gtk_expression_bind (item_property ("subject"), set_label (item), "label", item);
}

static void
setup_kind_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  bind_closure (item, set_label (item), "kind", G_CALLBACK (get_kind_label));
}

static void
setup_priority_cb (GtkSignalListItemFactory *factory,
                   GtkListItem              *item)
{
  bind_closure (item, set_label (item), "priority", G_CALLBACK (get_priority_label));
}

static void
setup_updated_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item)
{
  GtkWidget *label = set_label (item);

  gtk_widget_add_css_class (label, "numeric");
  bind_closure (item, label, "updated-at", G_CALLBACK (get_time_label));
}

static void
setup_status_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item)
{
  GtkWidget *status = hd_status_label_new ();

  gtk_expression_bind (item_property ("status"), status, "status", item);
  gtk_expression_bind (item_property ("waiting-for-me"), status, "waiting-for-me", item);
  gtk_expression_bind (item_property ("status-label"), status, "tooltip-text", item);
  gtk_list_item_set_child (item, status);
}

static const Column columns[] = {
  { HD_REQUEST_SORT_NUMBER, N_("Number"), { "● 1000000" }, setup_number_cb },
  { HD_REQUEST_SORT_SUBJECT, N_("Subject"), { NULL }, setup_subject_cb },
  { HD_REQUEST_SORT_KIND, N_("Kind"), { N_("Service Request") }, setup_kind_cb },
  { HD_REQUEST_SORT_STATUS, N_("Status"), { N_("Waiting for You"), N_("Registered") }, setup_status_cb },
  { HD_REQUEST_SORT_PRIORITY, N_("Priority"), { N_("Critical") }, setup_priority_cb },
  { HD_REQUEST_SORT_UPDATED, N_("Updated"), { N_("yesterday") }, setup_updated_cb },
};

/* Room for an icon, the sort arrow and the padding of a cell, beside the words. */
#define EXTRA_WIDTH 48

static int
measure_text (GtkWidget  *widget,
              const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + EXTRA_WIDTH;
}

/* As wide as the words are in the person's language and size of text. */
static int
measure (GtkWidget    *widget,
         const Column *column)
{
  int width;

  if (column->longest[0] == NULL)
    return -1;

  width = measure_text (widget, _(column->title));
  for (const char *const *text = column->longest; *text != NULL; text++)
    width = MAX (width, measure_text (widget, _(*text)));

  return width;
}

/* Adds the columns, sorted by the latest change. */
void
hd_request_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_(columns[i].title), factory);
      g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (probe_cb, GINT_TO_POINTER (columns[i].sort), NULL));

      g_signal_connect (factory, "setup", G_CALLBACK (columns[i].setup), NULL);
      gtk_column_view_column_set_expand (column, columns[i].longest[0] == NULL);
      gtk_column_view_column_set_fixed_width (column, measure (GTK_WIDGET (view), &columns[i]));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_append_column (view, column);

      if (columns[i].sort == HD_REQUEST_SORT_UPDATED)
        gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
    }
}

/**
 * hd_request_columns_get_sort:
 * @view: with the columns from hd_request_columns_add()
 * @sort: (out): by which column the person wants it
 * @descending: (out): which way round
 */
void
hd_request_columns_get_sort (GtkColumnView *view,
                             HdRequestSort *sort,
                             gboolean      *descending)
{
  g_autoptr (HdRequest) a = g_object_new (HD_TYPE_REQUEST, NULL);
  g_autoptr (HdRequest) b = g_object_new (HD_TYPE_REQUEST, NULL);

  probed_sort = HD_REQUEST_SORT_UPDATED;
  *descending = gtk_sorter_compare (gtk_column_view_get_sorter (view), a, b) == GTK_ORDERING_LARGER;
  *sort = probed_sort;
}

/* The kind gives its room to the subject where there is little; the filter above tells it, too. */
void
hd_request_columns_set_wide (GtkColumnView *view,
                             gboolean       is_wide)
{
  GListModel *all = gtk_column_view_get_columns (view);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      if (columns[i].sort == HD_REQUEST_SORT_KIND)
        gtk_column_view_column_set_visible (column, is_wide);
    }
}
