/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-option-dialog.h"

#include <glib/gi18n-lib.h>

#include "hd-button-names.h"
#include "hd-error.h"
#include "hd-status-view.h"
#include "hd-words-match.h"

/* Nobody reads further; more words find it sooner. */
#define MAX_SHOWN 200
/* A screenful: what is laid out in one turn of the main loop is felt, and each row takes some milliseconds. */
#define SHOWN_AT_ONCE 10

/**
 * HdOptionDialog:
 *
 * Chooses one or some of many options by searching, in those of the form or in
 * a source of the portal.  What is chosen goes into the model's answers at once.
 */

struct _HdOptionDialog
{
  AdwWindow       parent_instance;

  HdSession      *session;       /* (owned) (nullable) */
  HdFormModel    *model;         /* (owned) */
  HdField        *field;         /* (owned) */
  GListStore     *shown;         /* (owned) (element-type HdOption) */
  GListModel     *options;       /* (owned) (nullable) (element-type HdOption): of which the first are shown */
  guint           more_source;
  GCancellable   *cancellable;   /* (owned) (nullable): the search under way */
  char           *words;         /* (owned) (nullable): what was searched for last */
  gboolean        takes_first;   /* when the search under way has found it */

  /* Template objects */
  GtkWidget      *done_button;
  GtkListBox     *list_box;
  GtkWidget      *more_label;
  GtkWidget      *scroller;
  GtkSearchEntry *search_entry;
  HdStatusView   *status_view;
};

G_DEFINE_FINAL_TYPE (HdOptionDialog, hd_option_dialog, ADW_TYPE_WINDOW)

static const char *
get_label (HdOption *option)
{
  return hd_option_get_label (option) != NULL ? hd_option_get_label (option) : hd_option_get_value (option);
}

/**
 * hd_options_dup_matching:
 * @options: (element-type HdOption): options
 * @words: what is searched for
 *
 * Returns: (transfer full) (element-type HdOption): those whose label or detail
 *   has all the words
 */
GListModel *
hd_options_dup_matching (GListModel *options,
                         const char *words)
{
  GListStore *matching = g_list_store_new (HD_TYPE_OPTION);

  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);
      const char *texts[] = { get_label (option), hd_option_get_detail (option) };

      if (hd_words_match (words, texts, G_N_ELEMENTS (texts)))
        g_list_store_append (matching, option);
    }

  return G_LIST_MODEL (matching);
}

static gboolean
is_chosen (HdOptionDialog *self,
           HdOption       *option)
{
  const char *const *values = hd_answers_get_values (hd_form_model_get_answers (self->model),
                                                     hd_field_get_id (self->field));

  return values != NULL && g_strv_contains (values, hd_option_get_value (option));
}

static void
show_row_chosen (HdOptionDialog *self,
                 GtkWidget      *row,
                 HdOption       *option)
{
  GtkWidget *check = g_object_get_data (G_OBJECT (row), "hd-check");
  gboolean chosen = is_chosen (self, option);

  gtk_widget_set_opacity (check, chosen ? 1.0 : 0.0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
show_chosen (HdOptionDialog *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      show_row_chosen (self, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list_box, (int) i)), option);
    }
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  HdOption *option = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *title = g_markup_escape_text (get_label (option), -1);
  g_autofree char *subtitle = g_markup_escape_text (hd_option_get_detail (option) != NULL
                                                      ? hd_option_get_detail (option) : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "hd-check", check);
  show_row_chosen (user_data, row, option);

  return row;
}

/* Returns: whether there are more to show */
static gboolean
show_more (HdOptionDialog *self)
{
  guint n_all = MIN (g_list_model_get_n_items (self->options), MAX_SHOWN);
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  guint n_next = MIN (n_all, n_shown + SHOWN_AT_ONCE);

  for (guint i = n_shown; i < n_next; i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (self->options, i);

      g_list_store_append (self->shown, option);
    }

  return n_next < n_all;
}

static gboolean
show_more_cb (gpointer user_data)
{
  HdOptionDialog *self = user_data;

  if (show_more (self))
    return G_SOURCE_CONTINUE;

  self->more_source = 0;
  return G_SOURCE_REMOVE;
}

static void
show_options (HdOptionDialog *self,
              GListModel     *options)
{
  guint n_options = g_list_model_get_n_items (options);

  g_clear_handle_id (&self->more_source, g_source_remove);
  g_set_object (&self->options, options);
  g_list_store_remove_all (self->shown);

  /* The others come when these are painted. */
  if (show_more (self))
    self->more_source = g_idle_add (show_more_cb, self);

  gtk_widget_set_visible (self->more_label, n_options > MAX_SHOWN);

  if (n_options > 0)
    hd_status_view_show_content (self->status_view);
  else
    hd_status_view_show_empty (self->status_view, "edit-find-symbolic", _("Nothing Found"),
                               _("Try fewer or other words."), NULL);
}

static void choose (HdOptionDialog *self,
                    guint           position);

static void
options_found_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HdOptionDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdOptionList) found = hd_session_search_options_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  g_clear_object (&self->cancellable);

  if (found == NULL || hd_option_list_get_options (found) == NULL)
    {
      g_autoptr (GListStore) none = g_list_store_new (HD_TYPE_OPTION);

      show_options (self, G_LIST_MODEL (none));
      if (error != NULL)
        hd_status_view_show_error (self->status_view, error, _("_Try Again"));
      return;
    }

  show_options (self, hd_option_list_get_options (found));

  if (self->takes_first)
    {
      self->takes_first = FALSE;
      choose (self, 0);
    }
}

static void
cancel_search (HdOptionDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
search (HdOptionDialog *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  HdAnswers *answers = hd_form_model_get_answers (self->model);
  const char *parent_id = hd_field_get_depends_on (self->field);

  cancel_search (self);

  if (g_strcmp0 (words, self->words) != 0)
    self->takes_first = FALSE;
  g_free (self->words);
  self->words = g_strdup (words);

  if (hd_field_get_source (self->field) != NULL && self->session != NULL)
    {
      self->cancellable = g_cancellable_new ();
      if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0)
        hd_status_view_show_loading (self->status_view);
      hd_session_search_options_async (self->session, hd_field_get_source (self->field), words,
                                       parent_id != NULL ? hd_answers_get (answers, parent_id) : NULL,
                                       self->cancellable, options_found_cb, self);
    }
  else
    {
      g_autoptr (GListModel) options =
        hd_form_dup_options (hd_form_model_get_form (self->model), self->field, answers);
      g_autoptr (GListModel) matching = hd_options_dup_matching (options, words);

      show_options (self, matching);
    }
}

static void
toggle_value (HdOptionDialog *self,
              HdOption       *option)
{
  HdAnswers *answers = hd_form_model_get_answers (self->model);
  const char *field_id = hd_field_get_id (self->field);
  const char *const *values = hd_answers_get_values (answers, field_id);
  const char *const *labels = hd_answers_get_labels (answers, field_id);
  g_autoptr (GPtrArray) new_values = g_ptr_array_new ();
  g_autoptr (GPtrArray) new_labels = g_ptr_array_new ();

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (g_str_equal (values[i], hd_option_get_value (option)))
        continue;

      g_ptr_array_add (new_values, (char *) values[i]);
      g_ptr_array_add (new_labels, (char *) (labels != NULL ? labels[i] : values[i]));
    }

  if (!is_chosen (self, option))
    {
      g_ptr_array_add (new_values, (char *) hd_option_get_value (option));
      g_ptr_array_add (new_labels, (char *) get_label (option));
    }

  g_ptr_array_add (new_values, NULL);
  g_ptr_array_add (new_labels, NULL);
  hd_answers_set_values (answers, field_id, (const char *const *) new_values->pdata,
                         (const char *const *) new_labels->pdata);
  show_chosen (self);
}

static void
choose (HdOptionDialog *self,
        guint           position)
{
  g_autoptr (HdOption) option = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (option == NULL)
    return;

  if (hd_field_is_multiple (self->field))
    {
      toggle_value (self, option);
      return;
    }

  hd_answers_set_choice (hd_form_model_get_answers (self->model), hd_field_get_id (self->field),
                         hd_option_get_value (option), get_label (option));
  gtk_window_close (GTK_WINDOW (self));
}

static void
row_activated_cb (HdOptionDialog *self,
                  GtkListBoxRow  *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

/* Enter takes the first that is found for the words as they are now, not for those of a moment ago. */
static void
entry_activated_cb (HdOptionDialog *self)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), self->words) != 0)
    search (self);

  if (self->cancellable == NULL)
    choose (self, 0);
  else
    self->takes_first = TRUE;
}

static gboolean
key_pressed_cb (HdOptionDialog        *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (GTK_WIDGET (self->list_box), GTK_DIR_TAB_FORWARD);
}

/* Escape goes back by one step: to all options, then out. */
static void
search_stopped_cb (HdOptionDialog *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
hd_option_dialog_dispose (GObject *object)
{
  HdOptionDialog *self = HD_OPTION_DIALOG (object);

  cancel_search (self);
  g_clear_handle_id (&self->more_source, g_source_remove);
  g_clear_object (&self->options);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_clear_object (&self->field);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (hd_option_dialog_parent_class)->dispose (object);
}

static void
hd_option_dialog_class_init (HdOptionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_option_dialog_dispose;

  g_type_ensure (HD_TYPE_STATUS_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-option-dialog.ui");

  gtk_widget_class_bind_template_child (widget_class, HdOptionDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, HdOptionDialog, list_box);
  gtk_widget_class_bind_template_child (widget_class, HdOptionDialog, more_label);
  gtk_widget_class_bind_template_child (widget_class, HdOptionDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, HdOptionDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HdOptionDialog, status_view);

  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hd_option_dialog_init (HdOptionDialog *self)
{
  self->shown = g_list_store_new (HD_TYPE_OPTION);
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));

  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->shown), create_row, self, NULL);
  hd_status_view_set_content (self->status_view, self->scroller);
}

/**
 * hd_option_dialog_new:
 * @session: (nullable): where sources are searched
 * @model: a form being filled in
 * @field: a field with options or a source
 *
 * Returns: a dialog, to be made transient and presented
 */
GtkWidget *
hd_option_dialog_new (HdSession   *session,
                      HdFormModel *model,
                      HdField     *field)
{
  HdOptionDialog *self;

  g_return_val_if_fail (HD_IS_FORM_MODEL (model), NULL);
  g_return_val_if_fail (HD_IS_FIELD (field), NULL);

  self = g_object_new (HD_TYPE_OPTION_DIALOG, "title", hd_field_get_label (field), NULL);
  g_set_object (&self->session, session);
  g_set_object (&self->model, model);
  g_set_object (&self->field, field);
  gtk_widget_set_visible (self->done_button, hd_field_is_multiple (field));
  search (self);

  return GTK_WIDGET (self);
}
