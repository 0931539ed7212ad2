/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-results.h"

#include <glib/gi18n.h>

#include "hd-offering-icon.h"
#include "hd-status-view.h"
#include "hd-store-list.h"
#include "hd-store-search.h"

/**
 * HdSearchResults:
 *
 * What the search over everything finds, grouped by kind: a few of each, so a
 * plain list is enough.  Where nothing is found it says what can be done.
 */

#define LIMIT_OF_A_KIND 8

struct _HdSearchResults
{
  AdwBin        parent_instance;

  HdStatusView *status_view;
  GtkListBox   *list_box;

  HdSession    *session; /* (owned) (nullable) */
  HdStoreList  *found; /* (owned) (nullable) */
  GtkSorter    *sorter; /* (owned) (nullable) */
  char         *words; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdSearchResults, hd_search_results, ADW_TYPE_BIN)

static const struct
{
  const char *title;
  const char *icon_name;
  const char *action;
} kinds[] = {
  [HD_RESULT_KIND_ARTICLE] = { N_("Knowledge Base"), "hd-knowledge-symbolic", "win.open-article" },
  [HD_RESULT_KIND_ANNOUNCEMENT] = { N_("News and Announcements"), "hd-news-symbolic", "win.open-announcement" },
  [HD_RESULT_KIND_OFFERING] = { N_("Service Catalog"), "hd-catalog-symbolic", "win.open-offering" },
  [HD_RESULT_KIND_REQUEST] = { N_("My Items"), "hd-items-symbolic", "win.open-request" },
};

/* A request by its number is what was looked for; words are rather about articles. */
static int
get_rank (HdResultKind kind,
          gboolean     is_number)
{
  static const int ranks[] = {
    [HD_RESULT_KIND_ARTICLE] = 1,
    [HD_RESULT_KIND_OFFERING] = 2,
    [HD_RESULT_KIND_ANNOUNCEMENT] = 3,
    [HD_RESULT_KIND_REQUEST] = 4,
  };

  return kind == HD_RESULT_KIND_REQUEST && is_number ? 0 : ranks[kind];
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  HdSearchResults *self = user_data;
  gboolean is_number = self->words != NULL && g_ascii_isdigit (*self->words);

  return get_rank (hd_search_result_get_kind ((HdSearchResult *) a), is_number) -
         get_rank (hd_search_result_get_kind ((HdSearchResult *) b), is_number);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  HdSearchResult *result = item;
  HdResultKind kind = hd_search_result_get_kind (result);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = hd_offering_icon_new (24, 16);
  const char *snippet = hd_search_result_get_snippet (result);
  const char *detail = hd_search_result_get_detail (result);
  const char *plain_title = hd_search_result_get_title (result);
  g_autofree char *title = g_markup_escape_text (plain_title != NULL ? plain_title : "", -1);
  g_autofree char *escaped = g_markup_escape_text (detail != NULL ? detail : "", -1);

  g_object_set_data_full (G_OBJECT (row), "hd-result", g_object_ref (result), g_object_unref);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), snippet != NULL && *snippet != '\0' ? snippet : escaped);
  hd_offering_icon_set (HD_OFFERING_ICON (icon), hd_search_result_get_icon (result), kinds[kind].icon_name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
row_activated_cb (HdSearchResults *self,
                  GtkListBoxRow   *row)
{
  HdSearchResult *result = g_object_get_data (G_OBJECT (row), "hd-result");
  HdResultKind kind = hd_search_result_get_kind (result);
  const char *id = hd_search_result_get_id (result);

  hd_store_note_opened_async (hd_session_get_store (self->session), self->words, result, NULL, NULL, NULL);

  if (kind == HD_RESULT_KIND_OFFERING)
    gtk_widget_activate_action (GTK_WIDGET (self), kinds[kind].action, "(ss)", id, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), kinds[kind].action, "s", id);
}

static HdResultKind
get_row_kind (GtkListBoxRow *row)
{
  return hd_search_result_get_kind (g_object_get_data (G_OBJECT (row), "hd-result"));
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  HdResultKind kind = get_row_kind (row);
  GtkWidget *label;

  if (before != NULL && get_row_kind (before) == kind)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = g_object_new (GTK_TYPE_LABEL,
                        "label", _(kinds[kind].title),
                        "xalign", 0.0,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                        NULL);
  gtk_widget_add_css_class (label, "hd-result-heading");
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_header (row, label);
}

static void
refresh (HdSearchResults *self)
{
  gboolean has_words = self->words != NULL && *self->words != '\0';
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  if (!has_words || hd_store_list_get_loading (self->found))
    return;

  if (n_found > 0)
    hd_status_view_show_content (self->status_view);
  else
    hd_status_view_show_nothing_found (self->status_view, self->session, self->words);
}

static void
status_activated_cb (HdSearchResults *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.report-words", "s", self->words);
}

static void
hd_search_results_dispose (GObject *object)
{
  HdSearchResults *self = HD_SEARCH_RESULTS (object);

  if (self->found != NULL)
    g_signal_handlers_disconnect_by_data (self->found, self);

  g_clear_object (&self->found);
  g_clear_object (&self->sorter);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_search_results_parent_class)->dispose (object);
}

static void
hd_search_results_finalize (GObject *object)
{
  HdSearchResults *self = HD_SEARCH_RESULTS (object);

  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (hd_search_results_parent_class)->finalize (object);
}

static void
hd_search_results_class_init (HdSearchResultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_search_results_dispose;
  object_class->finalize = hd_search_results_finalize;

  g_type_ensure (HD_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-search-results.ui");
  gtk_widget_class_bind_template_child (widget_class, HdSearchResults, list_box);
  gtk_widget_class_bind_template_child (widget_class, HdSearchResults, status_view);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_activated_cb);
}

static void
hd_search_results_init (HdSearchResults *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_status_view_show_content (self->status_view);
  gtk_list_box_set_header_func (self->list_box, update_header, NULL, NULL);
}

/* To be called once. */
void
hd_search_results_set_session (HdSearchResults *self,
                               HdSession       *session)
{
  g_autoptr (GtkSortListModel) sorted = NULL;

  g_return_if_fail (HD_IS_SEARCH_RESULTS (self));
  g_return_if_fail (self->found == NULL);

  self->session = g_object_ref (session);
  self->found = hd_store_list_new_search (hd_session_get_store (session), "", LIMIT_OF_A_KIND);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_kinds, self, NULL));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->found)), g_object_ref (self->sorter));
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (sorted), create_row, NULL, NULL);
  g_signal_connect_swapped (self->found, "items-changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (self->found, "notify::loading", G_CALLBACK (refresh), self);
}

void
hd_search_results_set_words (HdSearchResults *self,
                             const char      *words)
{
  g_return_if_fail (HD_IS_SEARCH_RESULTS (self));
  g_return_if_fail (self->found != NULL);

  g_free (self->words);
  self->words = g_strstrip (g_strdup (words));
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  hd_store_list_set_text (self->found, self->words);
}

/* The best result. */
void
hd_search_results_grab_focus_first (HdSearchResults *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (HD_IS_SEARCH_RESULTS (self));

  row = gtk_list_box_get_row_at_index (self->list_box, 0);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
