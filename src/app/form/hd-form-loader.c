/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-loader.h"

#include "hd-error.h"

/*
 * Brings together what a form page is made of.
 *
 *   hd_form_load_async → [draft_got_cb] → form_loaded_cb
 *                      → catalog_got_cb → [article_got_cb] → finish
 *
 * Without the draft that was asked for, or without the form, there is no page;
 * without the rest there is.
 */

typedef struct
{
  HdFormParts *parts;         /* (owned) */
  char        *offering_id;   /* (owned) (nullable) */
  char        *article_id;    /* (owned) (nullable) */
} Load;

static void load_form (GTask *task);
static void load_catalog (GTask *task);
static void load_article (GTask *task);

void
hd_form_parts_free (HdFormParts *self)
{
  g_clear_object (&self->form);
  g_clear_object (&self->offering);
  g_clear_object (&self->draft);
  g_clear_object (&self->article);
  g_free (self);
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->parts, hd_form_parts_free);
  g_free (load->offering_id);
  g_free (load->article_id);
  g_free (load);
}

static HdStore *
get_store (GTask *task)
{
  return hd_session_get_store (g_task_get_source_object (task));
}

static void
article_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);

  load->parts->article = hd_store_get_article_finish (HD_STORE (object), result, NULL);
  g_task_return_pointer (task, g_steal_pointer (&load->parts), (GDestroyNotify) hd_form_parts_free);
}

static void
load_article (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  if (load->article_id != NULL && *load->article_id != '\0')
    {
      hd_store_get_article_async (get_store (task), load->article_id, g_task_get_cancellable (task),
                                  article_got_cb, task);
      return;
    }

  g_task_return_pointer (task, g_steal_pointer (&load->parts), (GDestroyNotify) hd_form_parts_free);
  g_object_unref (task);
}

static HdOffering *
dup_offering (HdCatalog  *catalog,
              const char *offering_id)
{
  GListModel *offerings = hd_catalog_get_offerings (catalog);

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (g_strcmp0 (hd_offering_get_id (offering), offering_id) == 0)
        return g_steal_pointer (&offering);
    }

  return NULL;
}

static void
catalog_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (HdCatalog) catalog = hd_store_get_catalog_finish (HD_STORE (object), result, NULL);

  if (catalog != NULL)
    load->parts->offering = dup_offering (catalog, load->offering_id);

  load_article (task);
}

static void
load_catalog (GTask *task)
{
  hd_store_get_catalog_async (get_store (task), g_task_get_cancellable (task), catalog_got_cb, task);
}

static void
form_loaded_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->parts->form = hd_session_load_form_finish (HD_SESSION (object), result, &error);

  if (load->parts->form != NULL)
    {
      load_catalog (task);
      return;
    }

  if (error == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_NOT_FOUND, "no such form");
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
load_form (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  hd_session_load_form_async (g_task_get_source_object (task), load->offering_id, g_task_get_cancellable (task),
                              form_loaded_cb, task);
}

static void
draft_got_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  HdDraft *draft = hd_store_get_draft_finish (HD_STORE (object), result, &error);

  if (draft == NULL || hd_draft_get_offering_id (draft) == NULL)
    {
      g_clear_object (&draft);
      if (error == NULL)
        error = g_error_new_literal (HD_ERROR, HD_ERROR_NOT_FOUND, "no such draft");
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  load->parts->draft = draft;
  g_free (load->offering_id);
  load->offering_id = g_strdup (hd_draft_get_offering_id (draft));
  load_form (task);
}

/**
 * hd_form_load_async:
 * @session: an open session
 * @offering_id: (nullable): the offering; needed without @draft_id
 * @draft_id: (nullable): a draft to go on with
 * @article_id: (nullable): the article that led here
 * @cancellable: (nullable): stops it
 * @callback: called at the end
 * @user_data: for @callback
 */
void
hd_form_load_async (HdSession           *session,
                    const char          *offering_id,
                    const char          *draft_id,
                    const char          *article_id,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task;
  Load *load;

  g_return_if_fail (HD_IS_SESSION (session));
  g_return_if_fail (offering_id != NULL || draft_id != NULL);

  task = g_task_new (session, cancellable, callback, user_data);
  load = g_new0 (Load, 1);
  load->parts = g_new0 (HdFormParts, 1);
  load->offering_id = g_strdup (offering_id);
  load->article_id = g_strdup (article_id);
  g_task_set_source_tag (task, hd_form_load_async);
  g_task_set_task_data (task, load, load_free);

  if (draft_id != NULL && *draft_id != '\0')
    hd_store_get_draft_async (get_store (task), draft_id, cancellable, draft_got_cb, task);
  else
    load_form (task);
}

HdFormParts *
hd_form_load_finish (HdSession     *session,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_form_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
