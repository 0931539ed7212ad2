/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-policy.h"
#include "hd-portal.h"
#include "hd-store.h"

G_BEGIN_DECLS

/**
 * HdSessionState:
 * @HD_SESSION_SIGNED_OUT: nobody is signed in; what the portal publishes and was kept can be read
 * @HD_SESSION_SIGNING_IN: a sign-in is under way
 * @HD_SESSION_SIGNED_IN: somebody is signed in, as far as is known
 * @HD_SESSION_EXPIRED: the portal wants the password again; everything stays on screen and waits
 */
typedef enum
{
  HD_SESSION_SIGNED_OUT,
  HD_SESSION_SIGNING_IN,
  HD_SESSION_SIGNED_IN,
  HD_SESSION_EXPIRED,
} HdSessionState;

#define HD_TYPE_SESSION_STATE (hd_session_state_get_type ())
GType hd_session_state_get_type (void);

/**
 * HdSession:
 *
 * One person at one portal on this machine.  The only thing that knows both the portal and the store: pages read from
 * the store, and ask the session for what needs the portal.
 *
 * Properties (notify, main thread):
 *  - "state" (HdSessionState), "account" (HdAccount, nullable), "info" (HdPortalInfo, nullable; from the store at first),
 *  - "offline-since" (GDateTime, NULL while reachable), "offline-error" (GError boxed, why),
 *  - "syncing" (boolean), "synced-at" (GDateTime, nullable: the age of the data), "n-unread" (uint),
 *  - "outage" (HdOutage, nullable: the portal's own notice)
 * Signals:
 *  - "request-changed" (HdRequest *before_or_null, HdRequest *now): the desk changed something while we run
 *  - "submission-finished" (HdSubmission *, HdRequest * nullable): an entry of the outbox is done
 *  - "submission-failed" (HdSubmission *, GError *): refused, needs the person
 */
#define HD_TYPE_SESSION (hd_session_get_type ())
G_DECLARE_FINAL_TYPE (HdSession, hd_session, HD, SESSION, GObject)

/* @data_dir: NULL for the default, ~/.local/share/helpdesk; a folder for the portal is made below it.
 * @ca_file: (nullable). Fails where @uri is no address of a portal or @kind is not known. */
HdSession      *hd_session_new               (HdPolicy            *policy,
                                              const char          *kind,
                                              const char          *uri,
                                              const char          *ca_file,
                                              const char          *data_dir,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* For a portal that was made already: tests. */
HdSession      *hd_session_new_for_portal    (HdPolicy            *policy,
                                              HdPortal            *portal,
                                              const char          *kind,
                                              const char          *uri,
                                              const char          *data_dir) G_GNUC_WARN_UNUSED_RESULT;

/* Stops whatever goes on, at the end of the program; nothing is lost. */
void            hd_session_close             (HdSession           *self);

HdSessionState  hd_session_get_state         (HdSession           *self);
HdPolicy       *hd_session_get_policy        (HdSession           *self);
HdPortal       *hd_session_get_portal        (HdSession           *self);
HdStore        *hd_session_get_store         (HdSession           *self);   /* (nullable) before open */
HdAccount      *hd_session_get_account       (HdSession           *self);
HdPortalInfo   *hd_session_get_info          (HdSession           *self);
const char     *hd_session_get_uri           (HdSession           *self);
const char     *hd_session_get_host          (HdSession           *self);
GDateTime      *hd_session_get_offline_since (HdSession           *self);
const GError   *hd_session_get_offline_error (HdSession           *self);
GDateTime      *hd_session_get_synced_at     (HdSession           *self);
gboolean        hd_session_get_syncing       (HdSession           *self);
gboolean        hd_session_has_keyring       (HdSession           *self);   /* known after open */
gboolean        hd_session_can               (HdSession           *self,
                                              HdPortalCapabilities  capability);
char           *hd_session_dup_phone         (HdSession           *self);   /* the portal's contact, else policy's, else (044) 481-19-49 */
char           *hd_session_dup_phone_hours   (HdSession           *self);   /* (nullable) */

/* Opens the store and reads what is kept; then asks the keyring for a remembered person. No network. TRUE if a
 * person is there: state becomes SIGNED_IN from what is kept, and resume goes on behind. */
void hd_session_open_async (HdSession           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
gboolean hd_session_open_finish (HdSession     *self,
                                 GAsyncResult  *result,
                                 GError       **error);

/* Signs in with what the keyring remembers. Never repeats a refused password: it is then forgotten and the state becomes EXPIRED. */
void hd_session_resume_async (HdSession           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gboolean hd_session_resume_finish (HdSession     *self,
                                   GAsyncResult  *result,
                                   GError       **error);

/* Accepts `user@mail-domain` of the portal for `user`. Another person than the one whose data is kept: theirs is wiped first
 * (HD_ERROR_CONFLICT if they have drafts or an outbox, see hd_session_wipe_async()). FALSE of remembering is no error: see hd_session_has_keyring(). */
void hd_session_sign_in_async (HdSession           *self,
                               const char          *user_name,
                               const char          *password,
                               gboolean             remember,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean hd_session_sign_in_finish (HdSession     *self,
                                    GAsyncResult  *result,
                                    GError       **error);

/* For a program that signs in for itself alone: signing in without remembering leaves the keyring as it is. */
void            hd_session_set_leave_keyring (HdSession           *self,
                                              gboolean             leave_keyring);

/* Ends the session at the portal (a short try), forgets the secret, wipes the person from disk. */
void hd_session_sign_out_async (HdSession           *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean hd_session_sign_out_finish (HdSession     *self,
                                     GAsyncResult  *result,
                                     GError       **error);

/* Deletes the kept person and their drafts without signing in. */
void hd_session_wipe_async (HdSession           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
gboolean hd_session_wipe_finish (HdSession     *self,
                                 GAsyncResult  *result,
                                 GError       **error);

/* How many drafts and outbox entries signing out would lose. */
void hd_session_count_unsent_async (HdSession           *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gssize hd_session_count_unsent_finish (HdSession     *self,
                                       GAsyncResult  *result,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Portal → store: info, announcements, catalog, requests, articles, pictures; incremental. One at a time: a second call joins. */
void hd_session_sync_async (HdSession           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
gboolean hd_session_sync_finish (HdSession     *self,
                                 GAsyncResult  *result,
                                 GError       **error);

/* What is kept and fetched ahead, as the person wants it; what the administrator decided stands above it. */
void            hd_session_set_limits        (HdSession           *self,
                                              const HdSyncLimits  *limits);

/* From the store where its version is the catalog's, else from the portal; offline whatever is kept. */
void hd_session_load_form_async (HdSession           *self,
                                 const char          *offering_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
HdForm *hd_session_load_form_finish (HdSession     *self,
                                     GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Portal first, then the store. */
void hd_session_search_options_async (HdSession           *self,
                                      const char          *source,
                                      const char          *query,
                                      const char          *parent,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
HdOptionList *hd_session_search_options_finish (HdSession     *self,
                                                GAsyncResult  *result,
                                                GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is kept, at once if complete; a fresh one is fetched behind and arrives by HdStore::changed. */
void hd_session_load_request_async (HdSession           *self,
                                    const char          *request_id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
HdRequest *hd_session_load_request_finish (HdSession     *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* From the portal, kept in the store. */
void hd_session_refresh_request_async (HdSession           *self,
                                       const char          *request_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
HdRequest *hd_session_refresh_request_finish (HdSession     *self,
                                              GAsyncResult  *result,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Store first, then portal. */
void hd_session_load_media_async (HdSession           *self,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GBytes *hd_session_load_media_finish (HdSession     *self,
                                      GAsyncResult  *result,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Downloads into a private cache folder under a safe name, for opening. */
void hd_session_open_attachment_async (HdSession           *self,
                                       const char          *request_id,
                                       HdAttachment        *attachment,
                                       HdProgress          *progress,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GFile *hd_session_open_attachment_finish (HdSession     *self,
                                          GAsyncResult  *result,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_session_save_attachment_async (HdSession           *self,
                                       const char          *request_id,
                                       HdAttachment        *attachment,
                                       GFile               *destination,
                                       HdProgress          *progress,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean hd_session_save_attachment_finish (HdSession     *self,
                                            GAsyncResult  *result,
                                            GError       **error);

/* Puts it into the outbox (durable when this returns) and tries to send it at once. The client key and id are made where unset.
 * The outcome comes by "submission-finished"/"submission-failed"; offline it waits. */
void hd_session_submit_async (HdSession           *self,
                              HdSubmission        *submission,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gboolean hd_session_submit_finish (HdSession     *self,
                                   GAsyncResult  *result,
                                   GError       **error);

/* The bytes of an entry that is being sent. Returns: (transfer none) (nullable) */
HdProgress     *hd_session_get_progress      (HdSession           *self,
                                              const char          *submission_id);
/* Stops sending: the entry is paused in the outbox, nothing is lost. */
void            hd_session_stop_submission   (HdSession           *self,
                                              const char          *submission_id);
/* Tries the outbox now, whatever the next try says; also un-pauses @submission_id (NULL: all). */
void            hd_session_send_now          (HdSession           *self,
                                              const char          *submission_id);

G_END_DECLS
