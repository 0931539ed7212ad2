/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/*
 * The forms of the catalog, so that a request can be written without a network.
 *
 *   begin_forms → version_read_cb → catalog_read_cb → look ⇄ (form_read_cb → form_got_cb → form_put_cb)
 *     → value_kept_cb → next
 *
 * Once all forms of a version of the catalog are here, nothing is asked for until
 * there is another version.
 */

#define MAX_FORMS 100

static void look (GTask *task);

static void
form_put_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_put_form_finish (HD_STORE (object), result, &error))
    look (task);
  else
    hd_sync_run_next (task, error);
}

static void
form_got_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdForm) form = hd_portal_get_form_finish (HD_PORTAL (object), result, &error);

  /* One broken form costs nobody the others; but then not all of them are here. */
  if (form != NULL)
    {
      hd_store_put_form_async (run->store, form, g_task_get_cancellable (task), form_put_cb, task);
    }
  else if (hd_sync_run_ends_step (run, error))
    {
      hd_sync_run_next (task, g_steal_pointer (&error));
    }
  else
    {
      g_clear_pointer (&run->as_of, g_free);
      look (task);
    }
}

static void
form_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GListModel *offerings = hd_catalog_get_offerings (run->catalog);
  g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, run->position - 1);
  GError *error = NULL;
  g_autoptr (HdForm) kept = hd_store_get_form_finish (HD_STORE (object), result, &error);
  gint64 version = hd_offering_get_form_version (offering);

  if (error != NULL)
    hd_sync_run_next (task, error);
  else if (kept != NULL && (version == 0 || version == hd_form_get_version (kept)))
    look (task);
  else
    hd_portal_get_form_async (run->portal, hd_offering_get_id (offering), g_task_get_cancellable (task),
                              form_got_cb, task);
}

static void
keep_version (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (run->as_of != NULL)
    hd_store_set_value_async (run->store, HD_SYNC_FORMS_OF, run->as_of, g_task_get_cancellable (task),
                              hd_sync_value_kept_cb, task);
  else
    hd_sync_run_next (task, NULL);
}

static void
look (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  GListModel *offerings = hd_catalog_get_offerings (run->catalog);
  g_autoptr (HdOffering) offering = NULL;

  if (offerings != NULL && run->position < MAX_FORMS)
    offering = g_list_model_get_item (offerings, run->position++);

  if (offering != NULL && hd_offering_get_id (offering) != NULL)
    hd_store_get_form_async (run->store, hd_offering_get_id (offering), g_task_get_cancellable (task),
                             form_read_cb, task);
  else
    keep_version (task);
}

static void
catalog_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->catalog = hd_store_get_catalog_finish (HD_STORE (object), result, &error);

  if (run->catalog == NULL || g_strcmp0 (hd_catalog_get_version (run->catalog), run->since) == 0)
    {
      hd_sync_run_next (task, error);
      return;
    }

  run->as_of = g_strdup (hd_catalog_get_version (run->catalog));
  look (task);
}

static void
version_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->since = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_sync_run_next (task, error);
  else
    hd_store_get_catalog_async (run->store, g_task_get_cancellable (task), catalog_read_cb, task);
}

void
hd_sync_begin_forms (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_get_value_async (run->store, HD_SYNC_FORMS_OF, g_task_get_cancellable (task), version_read_cb, task);
}
