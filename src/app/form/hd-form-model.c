/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-model-private.h"

#include <glib/gi18n-lib.h>

#include "hd-form-carry.h"

/**
 * HdFormModel:
 *
 * A form being filled in: its answers, its files, what is wrong with them, and
 * the draft on disk that follows every change.
 *
 * The widgets show it and write into #HdAnswers; everything else happens here.
 *
 * Lives on the main thread.
 */

G_DEFINE_FINAL_TYPE (HdFormModel, hd_form_model, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_FIELD_CHANGED,
  SIGNAL_VISIBILITY_CHANGED,
  SIGNAL_SAVE_STATE_CHANGED,
  N_SIGNALS,
} HdFormModelSignal;

static guint signals[N_SIGNALS];

static void
emit_field_changed (HdFormModel *self,
                    const char  *field_id)
{
  g_signal_emit (self, signals[SIGNAL_FIELD_CHANGED], 0, field_id);
}

void
hd_form_model_emit_save_state_changed (HdFormModel *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE_STATE_CHANGED], 0);
}

/* The draft changed. */
void
hd_form_model_note_change (HdFormModel *self)
{
  self->begun = TRUE;

  if (!self->submitted)
    hd_draft_saver_touch (self->saver);
}

/* A field was changed: what was said about it before no longer holds. */
void
hd_form_model_note_remark (HdFormModel *self,
                           const char  *field_id)
{
  g_hash_table_remove (self->notices, field_id);

  /* An error that is shown goes as soon as it is put right, or says what is still wrong. */
  if (g_hash_table_contains (self->issues, field_id))
    hd_form_model_check_field (self, field_id);

  emit_field_changed (self, field_id);
}

static void
drop_unfitting_values (HdFormModel *self,
                       HdField     *field,
                       HdField     *parent)
{
  g_autofree char *notice = NULL;

  if (!hd_field_drop_unfitting (field, self->form, self->answers))
    return;

  notice = g_strdup_printf (_("Choose again: what stood here does not go with the new “%s”."),
                            hd_field_get_label (parent));
  hd_form_model_set_notice (self, hd_field_get_id (field), notice);
}

static void
refresh_dependents (HdFormModel *self,
                    const char  *parent_id)
{
  GListModel *fields = hd_form_get_fields (self->form);
  HdField *parent = hd_form_find_field (self->form, parent_id);

  for (guint i = 0; parent != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      /* A field that depends on itself would never end. */
      if (field == parent || g_strcmp0 (hd_field_get_depends_on (field), parent_id) != 0)
        continue;

      drop_unfitting_values (self, field, parent);
      emit_field_changed (self, hd_field_get_id (field));
    }
}

static void
answer_changed_cb (HdFormModel *self,
                   const char  *field_id)
{
  hd_form_model_note_remark (self, field_id);
  refresh_dependents (self, field_id);
  g_signal_emit (self, signals[SIGNAL_VISIBILITY_CHANGED], 0);
  hd_form_model_note_change (self);
}

static void
begin_new_draft (HdFormModel *self)
{
  self->draft_id = g_uuid_string_random ();
  self->created_at = g_date_time_new_now_utc ();
  hd_form_apply_defaults (self->form, self->answers);
}

static void
take_list (GListStore *store,
           GListModel *list)
{
  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      g_list_store_append (store, item);
    }
}

/* A field that the form has got since then starts with its default, and so does one whose answer had to go. */
static void
carry_over (HdFormModel *self,
            HdDraft     *draft)
{
  g_autoptr (GListModel) left = hd_form_carry_over (self->form, hd_draft_get_asked (draft), self->answers);

  take_list (self->left_answers, left);
  hd_form_model_carry_files (self, draft);
  self->new_labels = hd_form_dup_new_labels (self->form, hd_draft_get_asked (draft));
  hd_form_apply_defaults (self->form, self->answers);

  for (guint i = 0; i < g_list_model_get_n_items (left); i++)
    {
      g_autoptr (HdLeftAnswer) answer = g_list_model_get_item (left, i);

      if (hd_form_find_field (self->form, hd_left_answer_get_field_id (answer)) != NULL)
        hd_form_model_set_notice (self, hd_left_answer_get_field_id (answer),
                                  _("Answer again: the form has changed. Your earlier answer stands above the form."));
    }
}

static void
continue_draft (HdFormModel *self,
                HdDraft     *draft)
{
  self->draft_id = g_strdup (hd_draft_get_id (draft));
  self->created_at = hd_draft_get_created_at (draft) != NULL ? g_date_time_ref (hd_draft_get_created_at (draft))
                                                             : g_date_time_new_now_utc ();
  hd_draft_saver_set_saved_at (self->saver, hd_draft_get_updated_at (draft));
  self->article_id = g_strdup (hd_draft_get_article_id (draft));
  self->article_title = g_strdup (hd_draft_get_article_title (draft));
  self->form_changed = hd_draft_get_form_version (draft) != hd_form_get_version (self->form);
  self->begun = TRUE;

  take_list (self->left_answers, hd_draft_get_left_answers (draft));
  take_list (self->files, hd_draft_get_files (draft));

  if (self->form_changed)
    carry_over (self, draft);
}

static void
hd_form_model_dispose (GObject *object)
{
  HdFormModel *self = HD_FORM_MODEL (object);

  /* The saver may outlive this with a write under way. */
  if (self->saver != NULL)
    {
      hd_form_model_save (self);
      hd_draft_saver_stop (self->saver);
    }
  g_clear_object (&self->saver);

  G_OBJECT_CLASS (hd_form_model_parent_class)->dispose (object);
}

static void
hd_form_model_finalize (GObject *object)
{
  HdFormModel *self = HD_FORM_MODEL (object);

  g_clear_object (&self->form);
  g_clear_object (&self->offering);
  g_clear_object (&self->store);
  g_clear_object (&self->limits);
  g_clear_object (&self->answers);
  g_clear_object (&self->files);
  g_clear_object (&self->left_answers);
  g_clear_pointer (&self->new_labels, g_strfreev);
  g_clear_pointer (&self->issues, g_hash_table_unref);
  g_clear_pointer (&self->notices, g_hash_table_unref);
  g_clear_pointer (&self->attaching, g_hash_table_unref);
  g_clear_pointer (&self->draft_id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->article_id, g_free);
  g_clear_pointer (&self->article_title, g_free);
  g_clear_pointer (&self->created_at, g_date_time_unref);

  G_OBJECT_CLASS (hd_form_model_parent_class)->finalize (object);
}

static void
hd_form_model_class_init (HdFormModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_form_model_dispose;
  object_class->finalize = hd_form_model_finalize;

  /**
   * HdFormModel::field-changed:
   * @field_id: the field whose answer, options, issue or notice changed
   */
  signals[SIGNAL_FIELD_CHANGED] = g_signal_new ("field-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * HdFormModel::visibility-changed:
   *
   * Fields may have appeared or disappeared.
   */
  signals[SIGNAL_VISIBILITY_CHANGED] = g_signal_new ("visibility-changed", G_TYPE_FROM_CLASS (klass),
                                                     G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * HdFormModel::save-state-changed:
   *
   * The draft is being saved, is saved, or could not be saved; or files are
   * being copied into it, or no longer are.
   */
  signals[SIGNAL_SAVE_STATE_CHANGED] = g_signal_new ("save-state-changed", G_TYPE_FROM_CLASS (klass),
                                                     G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_form_model_init (HdFormModel *self)
{
  self->files = g_list_store_new (HD_TYPE_DRAFT_FILE);
  self->left_answers = g_list_store_new (HD_TYPE_LEFT_ANSWER);
  self->issues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->attaching = g_hash_table_new (NULL, NULL);
}

static const char *
pick_title (HdOffering *offering,
            HdDraft    *draft)
{
  if (offering != NULL && hd_offering_get_name (offering) != NULL)
    return hd_offering_get_name (offering);
  if (draft != NULL && hd_draft_get_offering_name (draft) != NULL)
    return hd_draft_get_offering_name (draft);

  return _("Request");
}

static HdDraft *
dup_draft_cb (gpointer user_data)
{
  return hd_form_model_dup_draft (user_data);
}

/**
 * hd_form_model_new:
 * @form: the form, as the portal describes it today
 * @offering: (nullable): what it is the form of
 * @draft: (nullable): a draft to go on with; a new one is begun without
 * @store: (nullable): where the draft is kept
 * @limits: (nullable): the portal's limits
 *
 * Answers of a draft of an older version of the form stay with the fields of the
 * same id.
 *
 * Returns: (transfer full): a form being filled in
 */
HdFormModel *
hd_form_model_new (HdForm       *form,
                   HdOffering   *offering,
                   HdDraft      *draft,
                   HdStore      *store,
                   HdPortalInfo *limits)
{
  HdFormModel *self;

  g_return_val_if_fail (HD_IS_FORM (form), NULL);

  self = g_object_new (HD_TYPE_FORM_MODEL, NULL);
  self->form = g_object_ref (form);
  g_set_object (&self->offering, offering);
  g_set_object (&self->store, store);
  g_set_object (&self->limits, limits);
  self->saver = hd_draft_saver_new (store, dup_draft_cb, self);
  self->title = g_strdup (pick_title (offering, draft));
  self->kind = offering != NULL ? hd_offering_get_kind (offering)
                                : draft != NULL ? hd_draft_get_kind (draft) : HD_KIND_NONE;
  self->answers = hd_answers_new_from_list (draft != NULL ? hd_draft_get_answers (draft) : NULL);

  if (draft != NULL)
    continue_draft (self, draft);
  else
    begin_new_draft (self);

  g_signal_connect_object (self->answers, "changed", G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "changed", G_CALLBACK (hd_form_model_emit_save_state_changed), self, G_CONNECT_SWAPPED);

  return self;
}

HdForm *
hd_form_model_get_form (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->form;
}

HdAnswers *
hd_form_model_get_answers (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->answers;
}

/* Returns: (transfer none) (element-type HdDraftFile): the files of all fields */
GListModel *
hd_form_model_get_files (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return G_LIST_MODEL (self->files);
}

/* Returns: (transfer none) (nullable) */
HdPortalInfo *
hd_form_model_get_limits (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->limits;
}

/* Returns: (transfer none) (nullable) */
HdStore *
hd_form_model_get_store (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->store;
}

const char *
hd_form_model_get_title (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->title;
}

const char *
hd_form_model_get_draft_id (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->draft_id;
}

/* Returns: (transfer none) (nullable) */
const char *
hd_form_model_get_article_title (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->article_title != NULL ? self->article_title : self->article_id;
}

/* Names the article that led here; it is part of the draft and of what is sent. */
void
hd_form_model_set_article (HdFormModel *self,
                           const char  *article_id,
                           const char  *article_title)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  g_free (self->article_id);
  g_free (self->article_title);
  self->article_id = g_strdup (article_id);
  self->article_title = g_strdup (article_title);

  /* Looking at a form is no draft yet. */
  if (self->begun)
    hd_draft_saver_touch (self->saver);
}

/* Whether the draft was begun with another version of the form. */
gboolean
hd_form_model_get_form_changed (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), FALSE);
  return self->form_changed;
}

/* Returns: (transfer none) (element-type HdLeftAnswer): what the form has no place for any more */
GListModel *
hd_form_model_get_left_answers (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return G_LIST_MODEL (self->left_answers);
}

/* Returns: (transfer none) (nullable): the labels of the fields that are new to the person */
const char *const *
hd_form_model_get_new_labels (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return (const char *const *) self->new_labels;
}

/* Whether there is anything that would be missed. */
gboolean
hd_form_model_is_begun (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), FALSE);
  return self->begun;
}

gboolean
hd_form_model_is_visible (HdFormModel *self,
                          HdField     *field)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), FALSE);
  return hd_form_is_visible (self->form, field, self->answers);
}

/* Returns: (transfer none) (nullable): what to tell beside the field */
HdIssue *
hd_form_model_get_issue (HdFormModel *self,
                         const char  *field_id)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return g_hash_table_lookup (self->issues, field_id);
}

/* Returns: (transfer none) (nullable): something to know about the field that is no fault */
const char *
hd_form_model_get_notice (HdFormModel *self,
                          const char  *field_id)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return g_hash_table_lookup (self->notices, field_id);
}

void
hd_form_model_set_notice (HdFormModel *self,
                          const char  *field_id,
                          const char  *notice)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  if (notice != NULL)
    g_hash_table_replace (self->notices, g_strdup (field_id), g_strdup (notice));
  else
    g_hash_table_remove (self->notices, field_id);

  emit_field_changed (self, field_id);
}

static void
put_issue (HdFormModel *self,
           const char  *field_id,
           HdIssue     *issue)
{
  if (issue != NULL)
    g_hash_table_replace (self->issues, g_strdup (field_id), g_object_ref (issue));
  else if (!g_hash_table_remove (self->issues, field_id))
    return;

  emit_field_changed (self, field_id);
}

/* Looks at one field, as when the person leaves it. */
void
hd_form_model_check_field (HdFormModel *self,
                           const char  *field_id)
{
  HdField *field;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (HdIssue) issue = NULL;

  g_return_if_fail (HD_IS_FORM_MODEL (self));

  field = hd_form_find_field (self->form, field_id);

  if (field == NULL)
    return;

  found = hd_form_check_field (self->form, field, self->answers, G_LIST_MODEL (self->files), self->limits);
  issue = g_list_model_get_item (found, 0);
  put_issue (self, field_id, issue);
}

/**
 * hd_form_model_check:
 * @self: a form being filled in
 *
 * Looks at all fields, and shows what is wrong beside each.
 *
 * Returns: (transfer none) (nullable): the first field at fault
 */
const char *
hd_form_model_check (HdFormModel *self)
{
  GListModel *fields;
  const char *first = NULL;

  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);

  fields = hd_form_get_fields (self->form);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      hd_form_model_check_field (self, hd_field_get_id (field));

      if (first == NULL && hd_form_model_get_issue (self, hd_field_get_id (field)) != NULL)
        first = hd_field_get_id (field);
    }

  return first;
}

/* Shows what the portal found wrong. */
void
hd_form_model_take_issues (HdFormModel *self,
                           GListModel  *issues)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  for (guint i = 0; issues != NULL && i < g_list_model_get_n_items (issues); i++)
    {
      g_autoptr (HdIssue) issue = g_list_model_get_item (issues, i);

      if (hd_issue_get_field_id (issue) != NULL)
        put_issue (self, hd_issue_get_field_id (issue), issue);
    }
}

guint
hd_form_model_count_issues (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), 0);
  return g_hash_table_size (self->issues);
}
