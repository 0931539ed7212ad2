/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session-pack.h"
#include "hd-test-portal.h"
#include "hd-test-utils.h"

G_BEGIN_DECLS

HdSession    *hd_test_session_new     (HdTestPortal    *portal,
                                       HdPolicy        *policy,
                                       const char      *directory);

/* Each does one asynchronous thing and waits for its end. */
gboolean      hd_test_open            (HdSession       *session);
gboolean      hd_test_sign_in         (HdSession       *session,
                                       const char      *user_name,
                                       const char      *password,
                                       gboolean         remember,
                                       GError         **error);
gboolean      hd_test_resume          (HdSession       *session,
                                       GError         **error);
void          hd_test_sign_out        (HdSession       *session);
gboolean      hd_test_sync            (HdSession       *session,
                                       GError         **error);
HdForm       *hd_test_load_form       (HdSession       *session,
                                       const char      *offering_id,
                                       GError         **error);
void          hd_test_submit          (HdSession       *session,
                                       HdSubmission    *submission);
GListModel   *hd_test_list_outbox     (HdStore         *store);
GListModel   *hd_test_list_requests   (HdStore         *store);
HdAccount    *hd_test_get_account     (HdStore         *store);
char         *hd_test_get_value       (HdStore         *store,
                                       const char      *key);
void          hd_test_set_value       (HdStore         *store,
                                       const char      *key,
                                       const char      *value);
void          hd_test_save_draft      (HdStore         *store,
                                       HdDraft         *draft);
HdStore      *hd_test_open_store      (const char      *directory);

/* A knowledge pack of one article “a”, as somebody else made it in @directory/NAME; until a day. */
GFile        *hd_test_write_pack      (const char      *directory,
                                       const char      *name,
                                       HdPackKey       *key,
                                       const char      *portal,
                                       const char      *expires_at);

HdDraft      *hd_test_draft_new       (HdForm          *form,
                                       const char      *offering_name,
                                       const char      *field_id,
                                       const char      *value);
HdSubmission *hd_test_submission_new  (HdAction         action,
                                       HdDraft         *draft,
                                       const char      *request_id);
void          hd_test_close           (HdSession       *session);
void          hd_test_drop            (gpointer         object);

#define HD_TEST_AWAIT(condition) G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END

G_END_DECLS
