/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-account.h"
#include "hd-announcement-list.h"
#include "hd-article-changes.h"
#include "hd-catalog.h"
#include "hd-form.h"
#include "hd-option-list.h"
#include "hd-portal-info.h"
#include "hd-progress.h"
#include "hd-request-page.h"
#include "hd-submission.h"

G_BEGIN_DECLS

/**
 * HdPortalCapabilities:
 * @HD_PORTAL_IDEMPOTENCY: the same client key never files twice
 * @HD_PORTAL_DELTA: can tell what changed since an earlier answer
 * @HD_PORTAL_REPLY: takes replies; likewise the others
 * @HD_PORTAL_MEDIA_BUNDLE: gives many pictures in one answer
 * @HD_PORTAL_UPLOADS: goes on with a large file where it has got to
 *
 * What a kind of portal can do beyond the catalog, requests and articles.
 */
typedef enum
{
  HD_PORTAL_IDEMPOTENCY = 1 << 0,
  HD_PORTAL_DELTA = 1 << 1,
  HD_PORTAL_REPLY = 1 << 2,
  HD_PORTAL_CANCEL = 1 << 3,
  HD_PORTAL_REOPEN = 1 << 4,
  HD_PORTAL_CONFIRM = 1 << 5,
  HD_PORTAL_RATE = 1 << 6,
  HD_PORTAL_FEEDBACK = 1 << 7,
  HD_PORTAL_ANNOUNCEMENTS = 1 << 8,
  HD_PORTAL_MEDIA_BUNDLE = 1 << 9,
  HD_PORTAL_UPLOADS = 1 << 10,
} HdPortalCapabilities;

#define HD_TYPE_PORTAL (hd_portal_get_type ())
G_DECLARE_DERIVABLE_TYPE (HdPortal, hd_portal, HD, PORTAL, GObject)

/**
 * HdPortalClass:
 *
 * Each of the functions is given a task and returns on it what the public
 * function's `_finish` documents: an object, a boolean for those that say so, or
 * an #HdError.  The task holds the portal and the cancellable, and owns nothing
 * else: an implementation that needs the task later takes a reference.
 * The arguments live until the function returns.
 */
struct _HdPortalClass
{
  GObjectClass parent_class;

  HdPortalCapabilities (* get_capabilities) (HdPortal *self);
  guint64 (* get_traffic) (HdPortal *self);
  void (* get_info) (HdPortal *self,
                     GTask *task);
  void (* sign_in) (HdPortal *self,
                    const char *user_name,
                    const char *password,
                    GTask *task);
  void (* sign_out) (HdPortal *self,
                     GTask *task);
  void (* get_account) (HdPortal *self,
                        GTask *task);
  void (* get_catalog) (HdPortal *self,
                        const char *version,
                        GTask *task);
  void (* get_form) (HdPortal *self,
                     const char *offering_id,
                     GTask *task);
  void (* get_options) (HdPortal *self,
                        const char *source,
                        const char *query,
                        const char *parent,
                        GTask *task);
  void (* submit) (HdPortal *self,
                   HdSubmission *submission,
                   HdForm *form,
                   HdProgress *progress,
                   GTask *task);
  void (* list_requests) (HdPortal *self,
                          const char *since,
                          const char *cursor,
                          GTask *task);
  void (* get_request) (HdPortal *self,
                        const char *request_id,
                        HdRequest *held,
                        GTask *task);
  void (* find_similar) (HdPortal *self,
                         HdSubmission *submission,
                         GTask *task);
  void (* reply) (HdPortal *self,
                  HdSubmission *submission,
                  HdProgress *progress,
                  GTask *task);
  void (* act) (HdPortal *self,
                HdSubmission *submission,
                HdProgress *progress,
                GTask *task);
  void (* list_articles) (HdPortal *self,
                          const char *since,
                          GTask *task);
  void (* list_announcements) (HdPortal *self,
                               GTask *task);
  void (* get_media) (HdPortal *self,
                      const char *name,
                      GTask *task);
  void (* get_media_bundle) (HdPortal *self,
                             const char *const *names,
                             GTask *task);
  void (* download) (HdPortal *self,
                     const char *request_id,
                     const char *attachment_id,
                     GFile *destination,
                     HdProgress *progress,
                     GTask *task);
  void (* send_feedback) (HdPortal *self,
                          HdSubmission *submission,
                          GTask *task);
  void (* explain) (HdPortal *self,
                    GTask *task);
};

HdPortalCapabilities hd_portal_get_capabilities (HdPortal *self);
guint64              hd_portal_get_traffic      (HdPortal *self);
HdPortalCapabilities hd_portal_parse_capabilities (const char *const *names);

void hd_portal_get_info_async (HdPortal            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
HdPortalInfo *hd_portal_get_info_finish (HdPortal      *self,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_sign_in_async (HdPortal            *self,
                              const char          *user_name,
                              const char          *password,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
HdAccount *hd_portal_sign_in_finish (HdPortal      *self,
                                     GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_sign_out_async (HdPortal            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean hd_portal_sign_out_finish (HdPortal      *self,
                                    GAsyncResult  *result,
                                    GError       **error);

void hd_portal_get_account_async (HdPortal            *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
HdAccount *hd_portal_get_account_finish (HdPortal      *self,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_get_catalog_async (HdPortal            *self,
                                  const char          *version,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
HdCatalog *hd_portal_get_catalog_finish (HdPortal      *self,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_get_form_async (HdPortal            *self,
                               const char          *offering_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
HdForm *hd_portal_get_form_finish (HdPortal      *self,
                                   GAsyncResult  *result,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_get_options_async (HdPortal            *self,
                                  const char          *source,
                                  const char          *query,
                                  const char          *parent,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
HdOptionList *hd_portal_get_options_finish (HdPortal      *self,
                                            GAsyncResult  *result,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_submit_async (HdPortal            *self,
                             HdSubmission        *submission,
                             HdForm              *form,
                             HdProgress          *progress,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
HdRequest *hd_portal_submit_finish (HdPortal      *self,
                                    GAsyncResult  *result,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_list_requests_async (HdPortal            *self,
                                    const char          *since,
                                    const char          *cursor,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
HdRequestPage *hd_portal_list_requests_finish (HdPortal      *self,
                                               GAsyncResult  *result,
                                               GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_get_request_async (HdPortal            *self,
                                  const char          *request_id,
                                  HdRequest           *held,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
HdRequest *hd_portal_get_request_finish (HdPortal      *self,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_find_similar_async (HdPortal            *self,
                                   HdSubmission        *submission,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
GListModel *hd_portal_find_similar_finish (HdPortal      *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_reply_async (HdPortal            *self,
                            HdSubmission        *submission,
                            HdProgress          *progress,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
HdRequest *hd_portal_reply_finish (HdPortal      *self,
                                   GAsyncResult  *result,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_act_async (HdPortal            *self,
                          HdSubmission        *submission,
                          HdProgress          *progress,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data);
HdRequest *hd_portal_act_finish (HdPortal      *self,
                                 GAsyncResult  *result,
                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_list_articles_async (HdPortal            *self,
                                    const char          *since,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
HdArticleChanges *hd_portal_list_articles_finish (HdPortal      *self,
                                                  GAsyncResult  *result,
                                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_list_announcements_async (HdPortal            *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
HdAnnouncementList *hd_portal_list_announcements_finish (HdPortal      *self,
                                                         GAsyncResult  *result,
                                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_get_media_async (HdPortal            *self,
                                const char          *name,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
GBytes *hd_portal_get_media_finish (HdPortal      *self,
                                    GAsyncResult  *result,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_get_media_bundle_async (HdPortal            *self,
                                       const char *const   *names,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GHashTable *hd_portal_get_media_bundle_finish (HdPortal      *self,
                                               GAsyncResult  *result,
                                               GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_portal_download_async (HdPortal            *self,
                               const char          *request_id,
                               const char          *attachment_id,
                               GFile               *destination,
                               HdProgress          *progress,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean hd_portal_download_finish (HdPortal      *self,
                                    GAsyncResult  *result,
                                    GError       **error);

void hd_portal_send_feedback_async (HdPortal            *self,
                                    HdSubmission        *submission,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean hd_portal_send_feedback_finish (HdPortal      *self,
                                         GAsyncResult  *result,
                                         GError       **error);

void hd_portal_explain_async (HdPortal            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
GListModel *hd_portal_explain_finish (HdPortal      *self,
                                      GAsyncResult  *result,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
