/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-knowledge-tree.h"

#include <glib/gi18n.h>

#include "hd-list-item.h"
#include "hd-offline-toggle.h"

/*
 * The list on the left of the Knowledge Base as a tree: News and Announcements,
 * then the categories with theirs and their articles.  What a category holds is
 * asked of the store when it is opened.
 */

#define NEWS_ID "hd:news"

static gboolean
has_parent_cb (gpointer item,
               gpointer user_data)
{
  const char *parent_id = hd_category_get_parent_id (item);

  return g_strcmp0 (parent_id != NULL && *parent_id != '\0' ? parent_id : NULL, user_data) == 0;
}

/* The categories right below @parent_id; NULL for the topmost. */
static GListModel *
create_categories (HdStore    *store,
                   const char *parent_id)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (has_parent_cb, g_strdup (parent_id), g_free));

  return G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (hd_store_list_new_categories (store)), filter));
}

static GListModel *
flatten (GListModel *first,
         GListModel *second)
{
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (both, first);
  g_list_store_append (both, second);
  g_object_unref (first);
  g_object_unref (second);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (both)));
}

static GListModel *
create_children_cb (gpointer item,
                    gpointer user_data)
{
  HdStore *store = user_data;
  const char *id;

  if (!HD_IS_CATEGORY (item))
    return NULL;

  id = hd_category_get_id (item);
  if (g_str_equal (id, NEWS_ID))
    return G_LIST_MODEL (hd_store_list_new_announcements (store));

  return flatten (create_categories (store, id), G_LIST_MODEL (hd_store_list_new_articles (store, id)));
}

/**
 * hd_knowledge_tree_new:
 * @store: where it is read from
 *
 * Returns: (transfer full): rows of #HdCategory, #HdArticle and #HdAnnouncement
 */
GtkTreeListModel *
hd_knowledge_tree_new (HdStore *store)
{
  GListStore *news = g_list_store_new (HD_TYPE_CATEGORY);
  g_autoptr (HdCategory) category = g_object_new (HD_TYPE_CATEGORY,
                                                  "id", NEWS_ID,
                                                  "name", _("News and Announcements"),
                                                  "icon", "hd-news-symbolic",
                                                  NULL);

  g_list_store_append (news, category);

  return gtk_tree_list_model_new (flatten (G_LIST_MODEL (news), create_categories (store, NULL)), FALSE, FALSE,
                                  create_children_cb, g_object_ref (store), g_object_unref);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), hd_offline_toggle_new ());
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (list_item, expander);
  hd_list_item_set_labelled_by (list_item, label);
}

static const char *
get_icon (gpointer item)
{
  if (HD_IS_CATEGORY (item) && hd_category_get_icon (item) != NULL)
    return hd_category_get_icon (item);

  if (HD_IS_ANNOUNCEMENT (item) && hd_announcement_get_important (item))
    return "hd-waiting-symbolic";

  return NULL;
}

/* The categories at the top: what is below goes with them. */
static gboolean
can_be_kept (gpointer item)
{
  return HD_IS_CATEGORY (item) && !g_str_equal (hd_category_get_id (item), NEWS_ID) && has_parent_cb (item, NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         HdOfflineCategories      *offline)
{
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  GtkWidget *icon = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget *label = gtk_widget_get_next_sibling (icon);
  HdOfflineToggle *toggle = HD_OFFLINE_TOGGLE (gtk_widget_get_next_sibling (label));
  g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);
  g_autofree char *text = NULL;

  gtk_tree_expander_set_list_row (expander, row);
  g_object_get (item, HD_IS_CATEGORY (item) ? "name" : "title", &text, NULL);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), get_icon (item));
  gtk_widget_set_visible (icon, get_icon (item) != NULL);
  hd_offline_toggle_set_category (toggle, can_be_kept (item) ? offline : NULL,
                                  HD_IS_CATEGORY (item) ? hd_category_get_id (HD_CATEGORY (item)) : NULL, text);

  if (HD_IS_CATEGORY (item))
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item)), NULL);
}

/**
 * hd_knowledge_tree_new_factory:
 * @store: where it is read from
 *
 * Returns: (transfer full): makes the rows of hd_knowledge_tree_new()
 */
GtkListItemFactory *
hd_knowledge_tree_new_factory (HdStore *store)
{
  HdOfflineCategories *offline = hd_offline_categories_get_for_store (store);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), offline, G_CONNECT_DEFAULT);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
