/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/* What the portal says of itself, its announcements and its catalog. */

/* --- Information --- */

static void
info_put_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_info_finish (HD_STORE (object), result, &error);
  hd_sync_run_next (user_data, error);
}

static void
info_got_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdPortalInfo) info = hd_portal_get_info_finish (HD_PORTAL (object), result, &error);

  if (info == NULL)
    {
      hd_sync_run_next (task, error);
      return;
    }

  g_set_object (&run->info, info);
  hd_sync_emit_info (task);
  hd_store_put_info_async (run->store, info, g_task_get_cancellable (task), info_put_cb, task);
}

void
hd_sync_begin_info (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_portal_get_info_async (run->portal, g_task_get_cancellable (task), info_got_cb, task);
}

/* --- Announcements --- */

static void
announcements_put_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_announcements_finish (HD_STORE (object), result, &error);
  hd_sync_run_next (user_data, error);
}

static void
announcements_listed_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdAnnouncementList) list = NULL;

  list = hd_portal_list_announcements_finish (HD_PORTAL (object), result, &error);

  if (list != NULL)
    hd_store_put_announcements_async (run->store, list, g_task_get_cancellable (task), announcements_put_cb, task);
  else
    hd_sync_run_next (task, error);
}

void
hd_sync_begin_announcements (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if ((hd_portal_get_capabilities (run->portal) & HD_PORTAL_ANNOUNCEMENTS) == 0)
    hd_sync_run_next (task, NULL);
  else
    hd_portal_list_announcements_async (run->portal, g_task_get_cancellable (task), announcements_listed_cb, task);
}

/* --- Catalog --- */

static void
catalog_put_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_catalog_finish (HD_STORE (object), result, &error);
  hd_sync_run_next (user_data, error);
}

static void
catalog_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdCatalog) catalog = hd_portal_get_catalog_finish (HD_PORTAL (object), result, &error);

  /* Without a version: nothing changed. */
  if (catalog == NULL || hd_catalog_get_version (catalog) == NULL)
    hd_sync_run_next (task, error);
  else
    hd_store_put_catalog_async (run->store, catalog, g_task_get_cancellable (task), catalog_put_cb, task);
}

static void
catalog_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdCatalog) kept = hd_store_get_catalog_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_sync_run_next (task, error);
  else
    hd_portal_get_catalog_async (run->portal, kept != NULL ? hd_catalog_get_version (kept) : NULL,
                                 g_task_get_cancellable (task), catalog_got_cb, task);
}

void
hd_sync_begin_catalog (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_get_catalog_async (run->store, g_task_get_cancellable (task), catalog_read_cb, task);
}
