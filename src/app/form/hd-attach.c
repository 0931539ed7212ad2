/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-attach.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"

/*
 * Putting a file, or a picture from the clipboard, into a draft.
 *
 *   hd_attach_file_async → file_queried_cb ─┐
 *   hd_attach_picture_async → encode (thread) → picture_encoded_cb ─┴→ file_copied_cb
 *
 * The copy goes on when the page has gone: the file then is in the draft.
 */

typedef struct
{
  HdFormModel *model;   /* (owned) */
  HdField     *field;   /* (owned) */
  GFile       *file;    /* (owned) (nullable) */
  char        *name;    /* (owned) */
  char        *fault;   /* (owned) (nullable): why it cannot be attached, in words */
} Attach;

static void
attach_free (gpointer data)
{
  Attach *attach = data;

  g_clear_object (&attach->model);
  g_clear_object (&attach->field);
  g_clear_object (&attach->file);
  g_clear_pointer (&attach->name, g_free);
  g_clear_pointer (&attach->fault, g_free);
  g_free (attach);
}

static GTask *
make_task (HdFormModel         *model,
           HdField             *field,
           GFile               *file,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Attach *attach = g_new0 (Attach, 1);

  attach->model = g_object_ref (model);
  attach->field = g_object_ref (field);
  attach->file = file != NULL ? g_object_ref (file) : NULL;
  g_task_set_source_tag (task, hd_attach_file_async);
  g_task_set_task_data (task, attach, attach_free);

  return task;
}

/* Says so if the file would be one too many, too large or of a wrong kind. */
static gboolean
refuse_at_fault (GTask      *task,
                 const char *content_type,
                 guint64     size)
{
  Attach *attach = g_task_get_task_data (task);

  attach->fault = hd_field_dup_file_fault (attach->field, hd_form_model_get_limits (attach->model),
                                           hd_form_model_get_files (attach->model),
                                           attach->name, content_type, size);
  if (attach->fault == NULL)
    return FALSE;

  g_task_return_boolean (task, FALSE);
  return TRUE;
}

static void
take_copy (GTask       *task,
           HdDraftFile *copy,
           GError      *error)
{
  Attach *attach = g_task_get_task_data (task);

  if (copy == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  hd_form_model_take_file (attach->model, copy);
  g_task_return_boolean (task, TRUE);
}

static void
file_copied_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdDraftFile) copy = hd_store_add_draft_file_finish (HD_STORE (object), result, &error);

  take_copy (task, copy, error);
}

static void
file_queried_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Attach *attach = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  HdPortalInfo *limits = hd_form_model_get_limits (attach->model);
  g_autofree char *content_type = NULL;

  if (info == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  attach->name = g_strdup (g_file_info_get_display_name (info));

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      attach->fault = g_strdup_printf (_("“%s” is a folder. Attach the files that are in it."), attach->name);
      g_task_return_boolean (task, FALSE);
      return;
    }

  content_type = g_file_info_get_content_type (info) != NULL
                   ? g_content_type_get_mime_type (g_file_info_get_content_type (info)) : NULL;

  if (refuse_at_fault (task, content_type, (guint64) g_file_info_get_size (info)))
    return;

  hd_form_model_save_new (attach->model);
  hd_store_add_draft_file_async (hd_form_model_get_store (attach->model),
                                 hd_form_model_get_draft_id (attach->model), hd_field_get_id (attach->field),
                                 attach->file,
                                 limits != NULL ? (guint64) MAX (hd_portal_info_get_max_file_size (limits), 0) : 0,
                                 NULL, file_copied_cb, g_steal_pointer (&task));
}

/**
 * hd_attach_file_async:
 * @model: a form being filled in, with a store
 * @field: its field for files
 * @file: a file of any name
 * @cancellable: (nullable): stops the telling of the outcome; a copy that has begun is finished
 * @callback: called when the file is in the draft, or is not
 * @user_data: for @callback
 *
 * Looks whether the file may be attached, and copies it into the draft.
 */
void
hd_attach_file_async (HdFormModel         *model,
                      HdField             *field,
                      GFile               *file,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (HD_IS_FORM_MODEL (model) && hd_form_model_get_store (model) != NULL);
  g_return_if_fail (HD_IS_FIELD (field));
  g_return_if_fail (G_IS_FILE (file));

  g_file_query_info_async (file,
                           G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME ","
                           G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                           G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                           G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, file_queried_cb,
                           make_task (model, field, file, cancellable, callback, user_data));
}

static void
bytes_copied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdDraftFile) copy = hd_store_add_draft_bytes_finish (HD_STORE (object), result, &error);

  take_copy (task, copy, error);
}

static void
picture_encoded_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Attach *attach = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) png = g_task_propagate_pointer (G_TASK (result), &error);

  if (png == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (refuse_at_fault (task, "image/png", g_bytes_get_size (png)))
    return;

  hd_form_model_save_new (attach->model);
  hd_store_add_draft_bytes_async (hd_form_model_get_store (attach->model),
                                  hd_form_model_get_draft_id (attach->model), hd_field_get_id (attach->field),
                                  attach->name, "image/png", png, NULL, bytes_copied_cb, g_steal_pointer (&task));
}

/* A screenshot takes a tenth of a second and more: not on the main loop. */
static void
encode_picture (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (GDK_TEXTURE (task_data)),
                         (GDestroyNotify) g_bytes_unref);
}

/**
 * hd_attach_picture_async:
 * @model: a form being filled in, with a store
 * @field: its field for files
 * @picture: a picture from the clipboard
 * @cancellable: (nullable): as with hd_attach_file_async()
 * @callback: called when the picture is in the draft, or is not
 * @user_data: for @callback
 */
void
hd_attach_picture_async (HdFormModel         *model,
                         HdField             *field,
                         GdkTexture          *picture,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: part of the name of a file that is pasted: “Picture 2026-12-01 09.41.20.png” */
  g_autofree char *format = g_strconcat (_("Picture"), " %Y-%m-%d %H.%M.%S.png", NULL);
  GTask *task = NULL;
  g_autoptr (GTask) encoding = NULL;
  Attach *attach;

  g_return_if_fail (HD_IS_FORM_MODEL (model) && hd_form_model_get_store (model) != NULL);
  g_return_if_fail (HD_IS_FIELD (field));
  g_return_if_fail (GDK_IS_TEXTURE (picture));

  task = make_task (model, field, NULL, cancellable, callback, user_data);
  attach = g_task_get_task_data (task);
  attach->name = g_date_time_format (now, format);

  encoding = g_task_new (NULL, NULL, picture_encoded_cb, task);
  g_task_set_source_tag (encoding, hd_attach_picture_async);
  g_task_set_task_data (encoding, g_object_ref (picture), g_object_unref);
  g_task_run_in_thread (encoding, encode_picture);
}

/**
 * hd_attach_finish:
 * @result: the outcome
 * @fault: (out) (transfer full) (nullable): why it may not be attached, in words
 * @error: why it could not be copied
 *
 * Returns: whether the file is in the draft now
 */
gboolean
hd_attach_finish (GAsyncResult  *result,
                  char         **fault,
                  GError       **error)
{
  Attach *attach;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_attach_file_async), FALSE);

  attach = g_task_get_task_data (G_TASK (result));
  *fault = g_strdup (attach->fault);

  return g_task_propagate_boolean (G_TASK (result), error);
}
