/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-knowledge-page.h"

#include <glib/gi18n.h>

#include "hd-article-page.h"
#include "hd-error.h"
#include "hd-knowledge-tree.h"
#include "hd-list-item.h"
#include "hd-navigation.h"
#include "hd-pack-text.h"
#include "hd-session-pack.h"
#include "hd-spelling-hint.h"
#include "hd-status-view.h"
#include "hd-store-search.h"

/**
 * HdKnowledgePage:
 *
 * The Knowledge Base: on the left the categories, or what was found as one
 * types; on the right the article.  Where there is no room for both, an article
 * is a page of its own.
 */

#define MAX_RESULTS 50

struct _HdKnowledgePage
{
  HdPage          parent_instance;

  AdwBin         *article_bin;
  GtkWidget      *article_side;
  GtkWidget      *list_side;
  GtkLabel       *pack_label;
  GtkListView    *results_view;
  GtkSearchEntry *search_entry;
  HdSpellingHint *spelling_hint;
  HdStatusView   *status_view;
  GtkListView    *tree_view;
  GtkStack       *view_stack;

  HdStoreList    *results;         /* (owned) (nullable): made by the first search */
  HdArticlePage  *article_page;    /* (unowned) (nullable): in article_bin */
  GCancellable   *cancellable;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdKnowledgePage, hd_knowledge_page, HD_TYPE_PAGE)

static HdStore *
get_store (HdKnowledgePage *self)
{
  return hd_session_get_store (hd_page_get_session (HD_PAGE (self)));
}

static gboolean
has_room_for_both (HdKnowledgePage *self)
{
  return hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_WIDE;
}

/* The article beside the list, or one that is pushed over it. */
static HdArticlePage *
provide_article_page (HdKnowledgePage *self)
{
  HdNavigation *navigation = HD_NAVIGATION (gtk_widget_get_ancestor (GTK_WIDGET (self), HD_TYPE_NAVIGATION));
  HdPage *visible = navigation != NULL ? hd_navigation_get_visible_page (navigation) : NULL;
  GtkWidget *page;

  if (HD_IS_ARTICLE_PAGE (visible))
    return HD_ARTICLE_PAGE (visible);

  if (!has_room_for_both (self) && navigation != NULL)
    {
      page = hd_article_page_new (hd_page_get_session (HD_PAGE (self)));
      hd_navigation_push (navigation, HD_PAGE (page));
      return HD_ARTICLE_PAGE (page);
    }

  if (self->article_page == NULL)
    {
      page = hd_article_page_new (hd_page_get_session (HD_PAGE (self)));
      self->article_page = HD_ARTICLE_PAGE (page);
      adw_bin_set_child (self->article_bin, page);
    }

  return self->article_page;
}

static void
tree_activated_cb (HdKnowledgePage *self,
                   guint            position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->tree_view));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, position);
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (HD_IS_ARTICLE (item))
    hd_knowledge_page_open_article (self, hd_article_get_id (HD_ARTICLE (item)));
  else if (HD_IS_ANNOUNCEMENT (item))
    hd_knowledge_page_open_announcement (self, hd_announcement_get_id (HD_ANNOUNCEMENT (item)));
  else if (row != NULL)
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static const char *
get_words (HdKnowledgePage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
}

static void
open_result (HdKnowledgePage *self,
             HdSearchResult  *result)
{
  hd_store_note_opened_async (get_store (self), get_words (self), result, NULL, NULL, NULL);

  if (hd_search_result_get_kind (result) == HD_RESULT_KIND_ANNOUNCEMENT)
    hd_knowledge_page_open_announcement (self, hd_search_result_get_id (result));
  else
    hd_knowledge_page_open_article (self, hd_search_result_get_id (result));
}

static void
result_activated_cb (HdKnowledgePage *self,
                     guint            position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->results_view));
  g_autoptr (HdSearchResult) result = g_list_model_get_item (model, position);

  if (result != NULL)
    open_result (self, result);
}

static gboolean
is_readable_cb (gpointer item,
                gpointer user_data)
{
  HdResultKind kind = hd_search_result_get_kind (item);

  return kind == HD_RESULT_KIND_ARTICLE || kind == HD_RESULT_KIND_ANNOUNCEMENT;
}

/* One function decides what the left side shows. */
static void
refresh_view (HdKnowledgePage *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->results_view);
  gboolean is_searching = *get_words (self) != '\0';

  if (!is_searching)
    {
      gtk_stack_set_visible_child_name (self->view_stack, "tree");
      return;
    }

  gtk_stack_set_visible_child_name (self->view_stack, "results");

  if (model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    hd_status_view_show_content (self->status_view);
  else if (self->results != NULL && !hd_store_list_get_loading (self->results))
    hd_status_view_show_nothing_found (self->status_view, hd_page_get_session (HD_PAGE (self)), get_words (self));
}

static void
ensure_results (HdKnowledgePage *self)
{
  GtkFilter *filter;
  GtkFilterListModel *readable;

  if (self->results != NULL)
    return;

  self->results = hd_store_list_new_search (get_store (self), "", MAX_RESULTS);
  filter = GTK_FILTER (gtk_custom_filter_new (is_readable_cb, NULL, NULL));
  readable = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->results)), filter);
  gtk_list_view_set_model (self->results_view,
                           GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (readable))));
  g_signal_connect_object (readable, "items-changed", G_CALLBACK (refresh_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->results, "notify::loading", G_CALLBACK (refresh_view), self, G_CONNECT_SWAPPED);
}

static void
search_changed_cb (HdKnowledgePage *self)
{
  ensure_results (self);
  hd_store_list_set_text (self->results, get_words (self));
  refresh_view (self);
}

static void
search_stopped_cb (HdKnowledgePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

/* Enter in the search opens the best result. */
static void
search_activated_cb (HdKnowledgePage *self)
{
  if (*get_words (self) != '\0')
    result_activated_cb (self, 0);
}

static void
report_incident_cb (HdKnowledgePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.report-words", "s", get_words (self));
}

static void
size_class_changed_cb (HdKnowledgePage *self)
{
  gboolean both = has_room_for_both (self);

  gtk_widget_set_visible (self->article_side, both);
  gtk_widget_set_hexpand (self->list_side, !both);
  gtk_widget_set_size_request (self->list_side, both ? 340 : -1, -1);
}

static void
setup_result_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *snippet = gtk_label_new (NULL);

  for (GtkWidget *label = title; label != NULL; label = label == title ? snippet : NULL)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (GTK_BOX (box), label);
    }

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (snippet, "dim-label");
  gtk_label_set_lines (GTK_LABEL (snippet), 3);
  gtk_label_set_ellipsize (GTK_LABEL (snippet), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (list_item, box);
  hd_list_item_set_labelled_by (list_item, title);
}

static void
bind_result_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item)
{
  HdSearchResult *result = gtk_list_item_get_item (list_item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *snippet = gtk_widget_get_next_sibling (title);
  const char *markup = hd_search_result_get_snippet (result);

  gtk_label_set_label (GTK_LABEL (title), hd_search_result_get_title (result));
  gtk_label_set_markup (GTK_LABEL (snippet), markup != NULL ? markup : "");
  gtk_widget_set_visible (snippet, markup != NULL && *markup != '\0');
}

/* --- How old it is, where it is from a pack --- */

static void
pack_loaded_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdKnowledgePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPackManifest) pack = hd_session_load_pack_finish (HD_SESSION (object), result, &error);
  g_autofree char *text = NULL;

  if (hd_error_is_cancelled (error))
    return;

  text = pack != NULL ? hd_pack_text_dup_age (pack) : NULL;
  gtk_label_set_label (self->pack_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->pack_label), text != NULL);

  if (pack != NULL && hd_pack_manifest_is_expired (pack))
    gtk_widget_add_css_class (GTK_WIDGET (self->pack_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->pack_label), "warning");
}

static void
load_pack (HdKnowledgePage *self)
{
  hd_session_load_pack_async (hd_page_get_session (HD_PAGE (self)), self->cancellable, pack_loaded_cb, self);
}

static void
store_changed_cb (HdKnowledgePage *self,
                  guint            topics)
{
  if ((topics & HD_STORE_ARTICLES) != 0)
    load_pack (self);
}

static void
hd_knowledge_page_grab_focus_first (HdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (HD_KNOWLEDGE_PAGE (page)->search_entry));
}

/* Ctrl+F while reading finds in the article, else in the whole Knowledge Base. */
static gboolean
hd_knowledge_page_start_search (HdPage *page)
{
  HdKnowledgePage *self = HD_KNOWLEDGE_PAGE (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->article_page != NULL && focus != NULL &&
      gtk_widget_is_ancestor (focus, GTK_WIDGET (self->article_page)))
    return hd_page_start_search (HD_PAGE (self->article_page));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  return TRUE;
}

static void
hd_knowledge_page_constructed (GObject *object)
{
  HdKnowledgePage *self = HD_KNOWLEDGE_PAGE (object);
  GtkTreeListModel *tree;
  g_autoptr (GtkListItemFactory) factory = NULL;

  G_OBJECT_CLASS (hd_knowledge_page_parent_class)->constructed (object);

  factory = hd_knowledge_tree_new_factory (get_store (self));
  gtk_list_view_set_factory (self->tree_view, factory);
  tree = hd_knowledge_tree_new (get_store (self));
  gtk_list_view_set_model (self->tree_view,
                           GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (tree))));
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  hd_spelling_hint_watch (self->spelling_hint, get_store (self), self->search_entry);
  load_pack (self);
}

static void
hd_knowledge_page_dispose (GObject *object)
{
  HdKnowledgePage *self = HD_KNOWLEDGE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->results);
  self->article_page = NULL;

  G_OBJECT_CLASS (hd_knowledge_page_parent_class)->dispose (object);
}

static void
hd_knowledge_page_class_init (HdKnowledgePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hd_knowledge_page_constructed;
  object_class->dispose = hd_knowledge_page_dispose;
  HD_PAGE_CLASS (klass)->grab_focus_first = hd_knowledge_page_grab_focus_first;
  HD_PAGE_CLASS (klass)->start_search = hd_knowledge_page_start_search;

  g_type_ensure (HD_TYPE_SPELLING_HINT);
  g_type_ensure (HD_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-knowledge-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, article_bin);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, article_side);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, list_side);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, pack_label);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, results_view);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, spelling_hint);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, status_view);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, tree_view);
  gtk_widget_class_bind_template_child (widget_class, HdKnowledgePage, view_stack);
  gtk_widget_class_bind_template_callback (widget_class, report_incident_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_class_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tree_activated_cb);
}

static void
hd_knowledge_page_init (HdKnowledgePage *self)
{
  g_autoptr (GtkListItemFactory) result_factory = gtk_signal_list_item_factory_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  hd_page_set_title (HD_PAGE (self), _("Knowledge Base"));
  g_signal_connect (result_factory, "setup", G_CALLBACK (setup_result_cb), NULL);
  g_signal_connect (result_factory, "bind", G_CALLBACK (bind_result_cb), NULL);
  gtk_list_view_set_factory (self->results_view, result_factory);
  size_class_changed_cb (self);
}

GtkWidget *
hd_knowledge_page_new (HdSession *session)
{
  return g_object_new (HD_TYPE_KNOWLEDGE_PAGE, "session", session, NULL);
}

/**
 * hd_knowledge_page_open_article:
 * @self: the page
 * @id_and_anchor: an article's id, with `#` and a place in it if wanted
 */
void
hd_knowledge_page_open_article (HdKnowledgePage *self,
                                const char      *id_and_anchor)
{
  g_return_if_fail (HD_IS_KNOWLEDGE_PAGE (self));

  hd_article_page_show_article (provide_article_page (self), id_and_anchor);
}

void
hd_knowledge_page_open_announcement (HdKnowledgePage *self,
                                     const char      *announcement_id)
{
  g_return_if_fail (HD_IS_KNOWLEDGE_PAGE (self));

  hd_article_page_show_announcement (provide_article_page (self), announcement_id);
}

/* Shows what there is to the words, as if they were typed. */
void
hd_knowledge_page_search (HdKnowledgePage *self,
                          const char      *words)
{
  g_return_if_fail (HD_IS_KNOWLEDGE_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
