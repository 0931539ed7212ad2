/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-model-private.h"

#include <glib/gi18n-lib.h>

#include "hd-form-carry.h"

/*
 * The draft of a form being filled in: its saving, its files, its submission.
 */

/* Writes the draft now if it has changes that are not written. */
void
hd_form_model_save (HdFormModel *self)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  if (!self->submitted)
    hd_draft_saver_flush (self->saver);
}

/* Sees to it that there is a draft in the store, for files to be put into. */
void
hd_form_model_save_new (HdFormModel *self)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  if (hd_draft_saver_get_saved_at (self->saver) == NULL)
    hd_form_model_note_change (self);

  hd_form_model_save (self);
}

/* Returns: (transfer full): as much of @words as the field takes */
static char *
dup_fitting (HdField    *field,
             const char *words)
{
  const char *max = hd_field_get_max (field);
  guint64 limit;

  if (max == NULL || !g_ascii_string_to_unsigned (max, 10, 0, G_MAXINT32, &limit, NULL) ||
      (guint64) g_utf8_strlen (words, -1) <= limit)
    return g_strdup (words);

  return g_strchomp (g_utf8_substring (words, 0, (glong) limit));
}

/**
 * hd_form_model_begin_with:
 * @self: a form that is new
 * @words: what the person wrote elsewhere about the same thing
 *
 * Writes them where the form asks what it is about, as if they were typed there.
 */
void
hd_form_model_begin_with (HdFormModel *self,
                          const char  *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (words));
  g_autofree char *text = NULL;
  HdField *field;

  g_return_if_fail (HD_IS_FORM_MODEL (self));
  g_return_if_fail (!self->begun);

  field = hd_form_find_place (self->form, self->answers);

  if (field == NULL)
    return;

  text = dup_fitting (field, stripped);

  if (*text == '\0')
    return;

  hd_answers_set (self->answers, hd_field_get_id (field), text);

  /* What was begun before is still to be offered: the person has not seen the form yet. */
  self->begun = FALSE;
}

/* Returns: (transfer none): tells how the saving goes */
HdDraftSaver *
hd_form_model_get_saver (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);
  return self->saver;
}

/* Returns: (transfer full): the draft as it is now */
HdDraft *
hd_form_model_dup_draft (HdFormModel *self)
{
  g_autoptr (GListModel) answers = NULL;
  g_autoptr (GListModel) asked = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  const char *subject;

  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);

  answers = hd_answers_to_list (self->answers);
  asked = hd_form_dup_asked (self->form);
  subject = hd_answers_get (self->answers, "subject");

  return g_object_new (HD_TYPE_DRAFT,
                       "id", self->draft_id,
                       "kind", self->kind,
                       "offering-id", hd_form_get_offering_id (self->form),
                       "offering-name", self->title,
                       "form-version", hd_form_get_version (self->form),
                       "article-id", self->article_id,
                       "article-title", self->article_title,
                       "title", subject != NULL ? subject : self->title,
                       "answers", answers,
                       "asked", asked,
                       "left-answers", self->left_answers,
                       "files", self->files,
                       "created-at", self->created_at,
                       "updated-at", now,
                       NULL);
}

/*
 * What the form has no place for any more.
 */

static gboolean
is_for_files (HdFormModel *self,
              const char  *field_id)
{
  HdField *field = hd_form_find_field (self->form, field_id);

  return field != NULL && hd_field_get_field_type (field) == HD_FIELD_TYPE_FILE;
}

/* Returns: (transfer full) (nullable): where a file can go whose field is gone */
static HdField *
dup_place_for_file (HdFormModel *self,
                    HdDraftFile *file)
{
  GListModel *fields = hd_form_get_fields (self->form);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      g_autofree char *fault = NULL;

      if (hd_field_get_field_type (field) != HD_FIELD_TYPE_FILE)
        continue;

      fault = hd_field_dup_file_fault (field, NULL, G_LIST_MODEL (self->files), hd_draft_file_get_name (file),
                                       hd_draft_file_get_content_type (file), 0);
      if (fault == NULL)
        return g_steal_pointer (&field);
    }

  return NULL;
}

/* It is kept with the draft, and named beside the form. */
static void
leave_file (HdFormModel *self,
            HdDraftFile *file)
{
  g_autoptr (HdLeftAnswer) left = g_object_new (HD_TYPE_LEFT_ANSWER,
                                                "field-id", hd_draft_file_get_field_id (file),
                                                "label", _("Attachment"),
                                                "text", hd_draft_file_get_name (file),
                                                NULL);

  g_list_store_append (self->left_answers, left);
}

static void
file_moved_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* The next opening of the draft moves it again. */
  if (!hd_store_move_draft_file_finish (HD_STORE (object), result, &error))
    g_debug ("a draft’s file could not be moved: %s", error->message);
}

/* A file whose field is gone goes to another one that takes it. */
void
hd_form_model_carry_files (HdFormModel *self,
                           HdDraft     *draft)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      g_autoptr (HdField) place = NULL;

      if (is_for_files (self, hd_draft_file_get_field_id (file)))
        continue;

      place = dup_place_for_file (self, file);

      if (place == NULL)
        {
          leave_file (self, file);
          continue;
        }

      g_object_set (file, "field-id", hd_field_get_id (place), NULL);
      if (self->store != NULL)
        hd_store_move_draft_file_async (self->store, hd_draft_get_id (draft), hd_draft_file_get_id (file),
                                        hd_field_get_id (place), NULL, file_moved_cb, NULL);
    }
}

void
hd_form_model_drop_left_answer (HdFormModel *self,
                                guint        position)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  g_list_store_remove (self->left_answers, position);
  hd_form_model_note_change (self);
}

/* Returns: (transfer full) (nullable): the field that takes any text, best the one that is called so */
HdField *
hd_form_model_dup_place_for_left (HdFormModel *self)
{
  GListModel *fields;
  g_autoptr (HdField) place = NULL;

  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);

  fields = hd_form_get_fields (self->form);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (hd_field_get_field_type (field) == HD_FIELD_TYPE_MULTILINE && !hd_field_get_sensitive (field) &&
          (place == NULL || g_strcmp0 (hd_field_get_id (field), "description") == 0))
        g_set_object (&place, field);
    }

  return g_steal_pointer (&place);
}

/* Below what stands in the field that takes any text. */
void
hd_form_model_move_left_answer (HdFormModel *self,
                                guint        position)
{
  g_autoptr (HdField) place = NULL;
  g_autoptr (HdLeftAnswer) answer = NULL;
  g_autofree char *text = NULL;
  const char *there;

  g_return_if_fail (HD_IS_FORM_MODEL (self));

  place = hd_form_model_dup_place_for_left (self);
  answer = g_list_model_get_item (G_LIST_MODEL (self->left_answers), position);

  if (place == NULL || answer == NULL)
    return;

  there = hd_answers_get (self->answers, hd_field_get_id (place));
  text = g_strdup_printf ("%s%s%s: %s", there != NULL ? there : "", there != NULL ? "\n" : "",
                          hd_left_answer_get_label (answer), hd_left_answer_get_text (answer));
  hd_answers_set (self->answers, hd_field_get_id (place), text);
  hd_form_model_drop_left_answer (self, position);
}

/* A file that the store has copied into the draft. */
void
hd_form_model_take_file (HdFormModel *self,
                         HdDraftFile *file)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  g_list_store_append (self->files, file);
  hd_form_model_note_remark (self, hd_draft_file_get_field_id (file));
  hd_form_model_note_change (self);
}

static void
attacher_changed_cb (HdFormModel *self,
                     HdAttacher  *attacher)
{
  gboolean was_attaching = hd_form_model_is_attaching (self);

  if (hd_attacher_get_busy (attacher))
    g_hash_table_add (self->attaching, attacher);
  else
    g_hash_table_remove (self->attaching, attacher);

  if (hd_form_model_is_attaching (self) != was_attaching)
    hd_form_model_emit_save_state_changed (self);
}

/* Lets @attacher put files into the draft. */
void
hd_form_model_follow_attacher (HdFormModel *self,
                               HdAttacher  *attacher)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));
  g_return_if_fail (HD_IS_ATTACHER (attacher));

  hd_attacher_set_draft (attacher, self->draft_id, G_LIST_MODEL (self->files), self->limits);
  g_signal_connect_object (attacher, "begin", G_CALLBACK (hd_form_model_save_new), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (attacher, "attached", G_CALLBACK (hd_form_model_take_file), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (attacher, "changed", G_CALLBACK (attacher_changed_cb), self, G_CONNECT_SWAPPED);
}

/* Whether files are being copied into the draft: it is not to be sent without them. */
gboolean
hd_form_model_is_attaching (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), FALSE);
  return g_hash_table_size (self->attaching) > 0;
}

static void
draft_file_removed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* The draft no longer names it; the bytes go with the draft at the latest. */
  if (!hd_store_remove_draft_file_finish (HD_STORE (object), result, &error))
    g_debug ("a draft’s file could not be deleted: %s", error->message);
}

void
hd_form_model_drop_file (HdFormModel *self,
                         HdDraftFile *file)
{
  g_autoptr (HdDraftFile) held = g_object_ref (file);
  guint position;

  g_return_if_fail (HD_IS_FORM_MODEL (self));

  if (!g_list_store_find (self->files, file, &position))
    return;

  g_list_store_remove (self->files, position);

  if (self->store != NULL)
    hd_store_remove_draft_file_async (self->store, self->draft_id, hd_draft_file_get_id (held), NULL,
                                      draft_file_removed_cb, NULL);

  hd_form_model_note_remark (self, hd_draft_file_get_field_id (held));
  hd_form_model_note_change (self);
}

/**
 * hd_form_model_begin_submission:
 * @self: a form being filled in
 *
 * From now on nothing is saved, for the draft is the submission's.
 *
 * Returns: (transfer full) (nullable): what to submit; %NULL if something is
 *   wrong with the answers, if files are still being copied, or if it was submitted
 *   already
 */
HdSubmission *
hd_form_model_begin_submission (HdFormModel *self)
{
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *client_key = g_uuid_string_random ();

  g_return_val_if_fail (HD_IS_FORM_MODEL (self), NULL);

  if (self->submitted || hd_form_model_is_attaching (self) || hd_form_model_check (self) != NULL)
    return NULL;

  self->submitted = TRUE;
  draft = hd_form_model_dup_draft (self);

  return g_object_new (HD_TYPE_SUBMISSION,
                       "id", id,
                       "client-key", client_key,
                       "action", HD_ACTION_SUBMIT,
                       "state", HD_SUBMISSION_STATE_QUEUED,
                       "title", hd_draft_get_title (draft),
                       "draft", draft,
                       "created-at", now,
                       NULL);
}

/* The submission came to nothing and its draft is a draft again. */
void
hd_form_model_end_submission (HdFormModel *self)
{
  g_return_if_fail (HD_IS_FORM_MODEL (self));

  self->submitted = FALSE;
  hd_form_model_note_change (self);
}

gboolean
hd_form_model_get_submitted (HdFormModel *self)
{
  g_return_val_if_fail (HD_IS_FORM_MODEL (self), FALSE);
  return self->submitted;
}
