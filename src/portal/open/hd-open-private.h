/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-open-cache.h"
#include "hd-open-portal.h"

G_BEGIN_DECLS

struct _HdOpenPortal
{
  HdPortal              parent_instance;

  HdHttpClient         *client;           /* (owned) */
  HdOpenCache          *cache;            /* (owned) */
  HdPortalCapabilities  capabilities;
  char                 *catalog_etag;     /* (owned) (nullable) */
  char                 *catalog_version;  /* (owned) (nullable): what catalog_etag is of */
  GList                *ahead;            /* (owned): pages of articles that are asked for, see hd-open-articles.c */
  char                 *next_since;       /* (owned) (nullable): of the page after the last of these */
};

gboolean hd_open_portal_check (gpointer   record,
                               GError   **error);
void hd_open_portal_ask        (HdOpenPortal  *self,
                                HdHttpRequest *request,
                                GType          type,
                                GTask         *task);
void hd_open_portal_ask_cached (HdOpenPortal  *self,
                                HdHttpRequest *request,
                                GType          type,
                                GTask         *task);

/* hd-open-requests.c */
void hd_open_portal_submit        (HdPortal     *portal,
                                   HdSubmission *submission,
                                   HdForm       *form,
                                   HdProgress   *progress,
                                   GTask        *task);
void hd_open_portal_list_requests (HdPortal     *portal,
                                   const char   *since,
                                   const char   *cursor,
                                   GTask        *task);
void hd_open_portal_get_request   (HdPortal     *portal,
                                   const char   *request_id,
                                   HdRequest    *held,
                                   GTask        *task);
void hd_open_portal_reply         (HdPortal     *portal,
                                   HdSubmission *submission,
                                   HdProgress   *progress,
                                   GTask        *task);
void hd_open_portal_act           (HdPortal     *portal,
                                   HdSubmission *submission,
                                   HdProgress   *progress,
                                   GTask        *task);
void hd_open_portal_download      (HdPortal     *portal,
                                   const char   *request_id,
                                   const char   *attachment_id,
                                   GFile        *destination,
                                   HdProgress   *progress,
                                   GTask        *task);

/* hd-open-articles.c */
void hd_open_portal_list_articles      (HdPortal     *portal,
                                        const char   *since,
                                        GTask        *task);
void hd_open_portal_drop_ahead         (HdOpenPortal *self);

/* hd-open-knowledge.c */
void hd_open_portal_list_announcements (HdPortal     *portal,
                                        GTask        *task);
void hd_open_portal_send_feedback      (HdPortal     *portal,
                                        HdSubmission *submission,
                                        GTask        *task);

/* hd-open-media.c */
void hd_open_portal_get_media        (HdPortal          *portal,
                                      const char        *sha256,
                                      GTask             *task);
void hd_open_portal_get_media_bundle (HdPortal          *portal,
                                      const char *const *names,
                                      GTask             *task);

/* hd-open-upload.c */

/* Sends a submission, and ends the task. */
typedef void (*HdOpenPortalSend) (GTask        *task,
                                  HdSubmission *submission,
                                  HdForm       *form,
                                  HdProgress   *progress);

gboolean hd_open_portal_uploads       (HdOpenPortal        *self,
                                       HdDraftFile         *file);
void     hd_open_portal_upload_first (GTask            *task,
                                      GPtrArray        *files,
                                      HdOpenPortalSend  send,
                                      HdSubmission     *submission,
                                      HdForm           *form,
                                      HdProgress       *progress);

G_END_DECLS
