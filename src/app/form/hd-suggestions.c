/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-suggestions.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-store-search.h"

/* Words that are still being typed are not looked up. */
#define PAUSE_MS 500
#define MAX_SUGGESTIONS 5

/**
 * HdSuggestions:
 *
 * What may already answer what is being written: the outage that is known, news,
 * articles.  Where it has no place of its own it shows itself only when there are
 * any.  Opening one leaves the form as it is.
 */

struct _HdSuggestions
{
  AdwBin        parent_instance;

  HdStore      *store;          /* (owned) (nullable) */
  char         *words;          /* (owned) (nullable) */
  GListStore   *results;        /* (owned) (element-type HdSearchResult) */
  GCancellable *cancellable;    /* (owned) (nullable): the look-up under way */
  guint         pause_source;
  gboolean      always_visible;

  /* Template objects */
  GtkListBox   *list_box;
  GtkWidget    *nothing_label;
};

G_DEFINE_FINAL_TYPE (HdSuggestions, hd_suggestions, ADW_TYPE_BIN)

static void
refresh_visibility (HdSuggestions *self)
{
  gboolean has_any = g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list_box), has_any);
  gtk_widget_set_visible (self->nothing_label, !has_any);
  gtk_widget_set_visible (GTK_WIDGET (self), has_any || self->always_visible);
}

static void
show_results (HdSuggestions *self,
              GListModel    *found)
{
  guint n_found = found != NULL ? g_list_model_get_n_items (found) : 0;

  g_list_store_remove_all (self->results);

  for (guint i = 0; i < n_found; i++)
    {
      g_autoptr (HdSearchResult) result = g_list_model_get_item (found, i);

      g_list_store_append (self->results, result);
    }

  refresh_visibility (self);
}

static void
suggested_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdSuggestions *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = hd_store_suggest_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  g_clear_object (&self->cancellable);
  show_results (self, found);
}

static void
cancel (HdSuggestions *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
pause_passed_cb (gpointer user_data)
{
  HdSuggestions *self = user_data;

  self->pause_source = 0;
  self->cancellable = g_cancellable_new ();
  hd_store_suggest_async (self->store, self->words, MAX_SUGGESTIONS, self->cancellable,
                          suggested_cb, self);

  return G_SOURCE_REMOVE;
}

static GtkWidget *
create_icon (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "icon-name", name,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       NULL);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  HdSearchResult *result = item;
  g_autofree char *title = g_markup_escape_text (hd_search_result_get_title (result) != NULL
                                                   ? hd_search_result_get_title (result) : "", -1);
  gboolean is_outage = hd_search_result_get_id (result) == NULL;
  gboolean is_news = hd_search_result_get_kind (result) == HD_RESULT_KIND_ANNOUNCEMENT;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), is_outage ? 0 : 3);
  if (is_news)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), is_outage ? _("Known Outage") : _("News"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_icon (is_outage ? "dialog-warning-symbolic" : "hd-news-symbolic"));
    }
  if (!is_outage)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_icon ("go-next-symbolic"));
  /* All of an outage is here. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !is_outage);

  return row;
}

static void
row_activated_cb (HdSuggestions *self,
                  GtkListBoxRow *row)
{
  g_autoptr (HdSearchResult) result =
    g_list_model_get_item (G_LIST_MODEL (self->results), (guint) gtk_list_box_row_get_index (row));

  gtk_widget_activate_action (GTK_WIDGET (self),
                              hd_search_result_get_kind (result) == HD_RESULT_KIND_ANNOUNCEMENT ? "win.open-announcement"
                                                                                                : "win.open-article",
                              "s", hd_search_result_get_id (result));
}

static void
hd_suggestions_dispose (GObject *object)
{
  HdSuggestions *self = HD_SUGGESTIONS (object);

  cancel (self);
  g_clear_object (&self->store);
  g_clear_object (&self->results);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (hd_suggestions_parent_class)->dispose (object);
}

static void
hd_suggestions_class_init (HdSuggestionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_suggestions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-suggestions.ui");
  gtk_widget_class_bind_template_child (widget_class, HdSuggestions, list_box);
  gtk_widget_class_bind_template_child (widget_class, HdSuggestions, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hd_suggestions_init (HdSuggestions *self)
{
  self->results = g_list_store_new (HD_TYPE_SEARCH_RESULT);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->results), create_row, NULL, NULL);
}

GtkWidget *
hd_suggestions_new (void)
{
  return g_object_new (HD_TYPE_SUGGESTIONS, NULL);
}

void
hd_suggestions_set_store (HdSuggestions *self,
                          HdStore       *store)
{
  g_return_if_fail (HD_IS_SUGGESTIONS (self));

  cancel (self);
  g_set_object (&self->store, store);
}

/* Looks up what is being written, once there is a pause in the writing. */
void
hd_suggestions_set_words (HdSuggestions *self,
                          const char    *words)
{
  g_return_if_fail (HD_IS_SUGGESTIONS (self));

  if (self->store == NULL || g_strcmp0 (words, self->words) == 0)
    return;

  cancel (self);
  g_free (self->words);
  self->words = g_strdup (words);

  if (words != NULL && *words != '\0')
    self->pause_source = g_timeout_add (PAUSE_MS, pause_passed_cb, self);
  else
    show_results (self, NULL);
}

/* Whether it says what it is for when there is nothing to suggest. */
void
hd_suggestions_set_always_visible (HdSuggestions *self,
                                   gboolean       always_visible)
{
  g_return_if_fail (HD_IS_SUGGESTIONS (self));

  self->always_visible = always_visible;
  refresh_visibility (self);
}
