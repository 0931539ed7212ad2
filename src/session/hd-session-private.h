/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-keyring.h"
#include "hd-reachability.h"
#include "hd-session.h"
#include "hd-submitter.h"
#include "hd-sync.h"

G_BEGIN_DECLS

struct _HdSession
{
  GObject         parent_instance;

  HdPolicy       *policy;            /* (owned) */
  HdPortal       *portal;            /* (owned) */
  HdKeyring      *keyring;           /* (owned) */
  HdReachability *reachability;      /* (owned) */
  HdStore        *store;             /* (owned) (nullable): after open */
  HdSync         *sync;              /* (owned) (nullable): after open */
  HdSubmitter    *submitter;         /* (owned) (nullable): after open */

  char           *kind;              /* (owned) */
  char           *uri;               /* (owned) */
  char           *host;              /* (owned) */
  char           *folder;            /* (owned): the portal's, on disk */

  HdSessionState  state;
  HdAccount      *account;           /* (owned) (nullable) */
  HdPortalInfo   *info;              /* (owned) (nullable) */
  GDateTime      *synced_at;         /* (owned) (nullable) */
  guint           n_unread;
  gboolean        was_reachable;

  /* The person.  “authenticated”: the portal has a session of ours, as far as we know. */
  gboolean        authenticated;
  gboolean        proven;            /* a call has succeeded since */
  gboolean        leave_keyring;     /* signing in without remembering forgets nothing */
  char           *remembered;        /* (owned) (nullable): the user name in the keyring */
  GCancellable   *person;            /* (owned): cancelled when the person leaves */

  /* A resume that is under way, and the calls that wait for it. */
  GPtrArray      *resume_tasks;      /* (owned) (nullable) (element-type GTask) */
  GPtrArray      *held_calls;        /* (owned) (element-type HeldCall) */
  guint           resume_id;

  GHashTable     *stale_forms;       /* (owned) (element-type utf8): offerings whose forms the portal called old */
  GHashTable     *own_changes;       /* (owned) (element-type utf8 HdRequest): as what we sent left them */

  /* A sync that is under way. */
  GPtrArray      *sync_tasks;        /* (owned) (nullable) (element-type GTask) */
  GCancellable   *sync_cancellable;  /* (owned) (nullable) */
  guint           sync_id;
  HdSyncLimits    limits;            /* as the person wants them */
  gboolean        watches_metered;
};

/* Something that needs the portal; takes @task over. */
typedef void (*HdSessionCall) (HdSession *self,
                               GTask     *task);

GTask    *hd_session_task_new           (HdSession           *self,
                                         gpointer             source_tag,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void      hd_session_return_error       (GTask               *task,
                                         GError              *error);
void      hd_session_return_object      (GTask               *task,
                                         gpointer             object);
void      hd_session_return_true        (GTask               *task);

void      hd_session_call               (HdSession           *self,
                                         GTask               *task,
                                         HdSessionCall        call);
GPtrArray *hd_session_calls_new         (void);
void      hd_session_release_calls      (HdSession           *self);
void      hd_session_drop_calls         (HdSession           *self);
void      hd_session_note               (HdSession           *self,
                                         const GError        *error);

void      hd_session_set_state          (HdSession           *self,
                                         HdSessionState       state);
void      hd_session_set_account        (HdSession           *self,
                                         HdAccount           *account);
void      hd_session_set_info           (HdSession           *self,
                                         HdPortalInfo        *info);
void      hd_session_set_synced_at      (HdSession           *self,
                                         GDateTime           *synced_at);
void      hd_session_count_unread       (HdSession           *self);

void      hd_session_adopt_async        (HdSession           *self,
                                         HdAccount           *account,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean  hd_session_adopt_finish       (HdSession           *self,
                                         GAsyncResult        *result,
                                         GError             **error);
void      hd_session_resume_soon        (HdSession           *self);
void      hd_session_person_leaves      (HdSession           *self);
void      hd_session_sync_soon          (HdSession           *self);
void      hd_session_stop_sync          (HdSession           *self);
void      hd_session_cancel_copies_async  (HdSession           *self,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean  hd_session_cancel_copies_finish (HdSession           *self,
                                           GAsyncResult        *result,
                                           GError             **error);
void      hd_session_notify_syncing     (HdSession           *self);
char     *hd_session_dup_opened_folder  (HdSession           *self);
void      hd_session_remove_opened      (HdSession           *self);
void      hd_session_connect_work       (HdSession           *self);

void      hd_session_emit_submission_finished (HdSession    *self,
                                               HdSubmission *submission,
                                               HdRequest    *request);
void      hd_session_emit_submission_failed   (HdSession    *self,
                                               HdSubmission *submission,
                                               GError       *error);
void      hd_session_emit_request_changed     (HdSession    *self,
                                               HdRequest    *before,
                                               HdRequest    *now);

/* A whole _finish function. */
#define HD_SESSION_DEFINE_FINISH(name) \
  gboolean \
  hd_session_ ## name ## _finish (HdSession *self, GAsyncResult *result, GError **error) \
  { \
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE); \
    g_return_val_if_fail (g_async_result_is_tagged (result, hd_session_ ## name ## _async), FALSE); \
    return g_task_propagate_boolean (G_TASK (result), error); \
  }

#define HD_SESSION_DEFINE_FINISH_POINTER(name, ctype) \
  ctype \
  hd_session_ ## name ## _finish (HdSession *self, GAsyncResult *result, GError **error) \
  { \
    g_return_val_if_fail (g_task_is_valid (result, self), NULL); \
    g_return_val_if_fail (g_async_result_is_tagged (result, hd_session_ ## name ## _async), NULL); \
    return g_task_propagate_pointer (G_TASK (result), error); \
  }

G_END_DECLS
