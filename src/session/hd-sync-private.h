/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-sync.h"

G_BEGIN_DECLS

/*
 * One run of the synchronisation: the data of its task.
 *
 * A task goes from callback to callback as their user data; every function below
 * that takes one takes it over (transfer full), and either gives it to the next
 * call or ends the step with hd_sync_run_next().
 */
typedef void (*HdSyncStep) (GTask *task);

/* Begins to fetch one thing, and ends in hd_sync_fetched(); @id lives until then.  Here @task is (transfer none). */
typedef void (*HdSyncFetch) (GTask      *task,
                             const char *id);

typedef struct
{
  HdPortal   *portal;       /* (owned) */
  HdStore    *store;        /* (owned) */
  guint       step;
  GError     *error;        /* (owned) (nullable): the first that did not stop the run */
  gboolean    answered;     /* a part of the portal did what was asked, or said why not */
  guint       n_failed;     /* parts that failed before any answered */
  gboolean    had_before;   /* an earlier run was complete, so what is new is news */
  HdPortalInfo *info;       /* (owned) (nullable): what the portal said in this run */

  /* Of the step that is being done */
  char       *version;      /* (owned) (nullable): of what it brings, as the portal said */
  char       *since;        /* (owned) (nullable) */
  char       *as_of;        /* (owned) (nullable): for the next run */
  char       *cursor;       /* (owned) (nullable) */
  gssize      mark;         /* from before a whole list was asked for */
  guint       n_pages;
  GListStore *all;          /* (owned) (nullable) (element-type HdRequest): every item of a complete list */
  GHashTable *article_ids;  /* (owned) (nullable) (element-type utf8): of a complete list */
  HdRequestPage *page;      /* (owned) (nullable): being compared, then kept */
  HdCatalog  *catalog;      /* (owned) (nullable): whose forms are looked for */
  guint       position;
  GStrv       queue;        /* (owned) (nullable): ids to fetch */
  GHashTable *tried;        /* (owned) (element-type utf8): what was fetched in this step */
  HdSyncFetch fetch;        /* of what is in the queue */
  HdSyncStep  list_more;    /* when the queue is empty */
  guint       n_fetching;
  guint       n_keeping;
  GError     *fetch_error;  /* (owned) (nullable): what ends the step */
  guint       n_failures;   /* of those that were tried */
  guint       n_vain;       /* pictures that are not to be had */
  GHashTable *media;        /* (owned) (nullable) (element-type utf8 GBytes): pictures to keep */
  gsize       media_size;
  gboolean    listed_all;   /* no more pictures are missing than are in the queue */
  GHashTable *alone;        /* (owned) (nullable) (element-type utf8): pictures that no bundle brought */
  guint64     spent;        /* bytes of today that are in the store */

  GPtrArray  *changes;      /* (owned) (element-type HdSyncChange): not yet told */
} HdSyncRun;

typedef struct
{
  HdRequest *before;        /* (owned) (nullable) */
  HdRequest *now;           /* (owned) */
} HdSyncChange;

void        hd_sync_run_next                (GTask      *task,
                                             GError     *error);
gboolean    hd_sync_run_is_since_refused    (HdSyncRun  *run,
                                             GError     *error);
gboolean    hd_sync_run_take_queue          (HdSyncRun  *run,
                                             GStrv       queue,
                                             guint       most);
const char *hd_sync_run_peek                (HdSyncRun   *run);
const char *hd_sync_run_pop                 (HdSyncRun   *run);
void        hd_sync_fetch_queue             (GTask       *task,
                                             HdSyncFetch  fetch,
                                             HdSyncStep   list_more);
void        hd_sync_fetched                 (GTask      *task,
                                             GError     *error);
void        hd_sync_keeping                 (GTask      *task);
void        hd_sync_kept                    (GTask      *task,
                                             GError     *error);
gboolean    hd_sync_run_ends_step           (HdSyncRun    *run,
                                             const GError *error);
void        hd_sync_value_kept_cb           (GObject      *object,
                                             GAsyncResult *result,
                                             gpointer      user_data);
void        hd_sync_emit_changes            (GTask      *task);
const HdSyncLimits *hd_sync_get_limits      (HdSync     *self);
gboolean    hd_sync_may_fetch_pictures      (HdSync     *self,
                                             guint64     spent);
guint64     hd_sync_take_traffic            (HdSync     *self);
void        hd_sync_emit_info               (GTask      *task);
void        hd_sync_begin_info              (GTask      *task);
void        hd_sync_begin_announcements     (GTask      *task);
void        hd_sync_begin_catalog           (GTask      *task);
void        hd_sync_begin_requests          (GTask      *task);
void        hd_sync_begin_conversations     (GTask      *task);
void        hd_sync_begin_articles          (GTask      *task);
void        hd_sync_begin_media             (GTask      *task);
void        hd_sync_begin_forms             (GTask      *task);

#define HD_SYNC_REQUESTS_AS_OF "requests-as-of"
#define HD_SYNC_SYNCED_AT "synced-at"
#define HD_SYNC_TRAFFIC "portal-traffic"
#define HD_SYNC_FORMS_OF "portal-forms-of"

G_END_DECLS
