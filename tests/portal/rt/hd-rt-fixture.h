/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-attachment.h"
#include "hd-error.h"
#include "hd-json.h"
#include "hd-portal-call.h"

G_BEGIN_DECLS

/* Queues of seed.pl. */
#define HD_RT_QUEUE_REQUEST "3"
#define HD_RT_QUEUE_INCIDENT "4"
#define HD_RT_QUEUE_LAPTOP "5"
#define HD_RT_QUEUE_VPN "6"
#define HD_RT_QUEUE_INTERNAL "7"
#define HD_RT_QUEUE_PURCHASE "8"
#define HD_RT_QUEUE_DEVICE "9"
#define HD_RT_QUEUE_PASSWORD "11"

/* One person at the portal. */
typedef struct
{
  HdPortal *portal;
  char     *folder;
} HdRtFixture;

void        hd_rt_server_start          (void);
void        hd_rt_server_stop           (void);
HdPortal   *hd_rt_server_create_portal  (const char     *below,
                                         const char     *site_file) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *hd_rt_server_call           (const char     *user,
                                         const char     *method,
                                         const char     *path,
                                         const char     *body);
char       *hd_rt_server_create_ticket  (const char     *queue_id,
                                         const char     *subject,
                                         const char     *more) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_server_write          (const char     *ticket_id,
                                         const char     *what,
                                         const char     *text,
                                         const char     *content_type);
void        hd_rt_server_set_status     (const char     *ticket_id,
                                         const char     *status);
void        hd_rt_server_query          (const char     *sql);
void        hd_rt_server_grant          (const char     *type,
                                         const char     *id,
                                         const char     *rights);
void        hd_rt_server_add_hidden     (const char     *table,
                                         guint           n,
                                         const char     *more_columns,
                                         const char     *more_values);
void        hd_rt_server_remove_hidden  (const char     *table,
                                         const char     *name);
char       *hd_rt_server_create         (const char     *what,
                                         const char     *body) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_server_mark           (void);
guint       hd_rt_server_count_seen     (const char     *pattern);
guint       hd_rt_server_count_sessions (void);
void        hd_rt_server_end_sessions   (void);

void        hd_rt_sign_in               (HdPortal       *portal,
                                         const char     *user);
void        hd_rt_fixture_set_up        (HdRtFixture    *fixture,
                                         gconstpointer   user);
void        hd_rt_fixture_tear_down     (HdRtFixture    *fixture,
                                         gconstpointer   user);
HdForm     *hd_rt_fixture_get_form      (HdRtFixture    *fixture,
                                         const char     *queue_id) G_GNUC_WARN_UNUSED_RESULT;
HdRequest  *hd_rt_fixture_get_request   (HdRtFixture    *fixture,
                                         const char     *request_id,
                                         HdRequest      *held) G_GNUC_WARN_UNUSED_RESULT;
HdField    *hd_rt_form_find             (HdForm         *form,
                                         const char     *label) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_rt_fixture_download      (HdRtFixture    *fixture,
                                         HdPortal       *portal,
                                         const char     *request_id,
                                         HdAttachment   *attachment) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_draft_add             (GString        *answers,
                                         HdForm         *form,
                                         const char     *label,
                                         const char     *value);
void        hd_rt_draft_add_file        (HdRtFixture    *fixture,
                                         GString        *files,
                                         HdField        *field,
                                         const char     *name,
                                         const char     *content);
HdSubmission *hd_rt_submission_new      (const char     *action,
                                         const char     *request_id,
                                         const char     *draft) G_GNUC_WARN_UNUSED_RESULT;
HdSubmission *hd_rt_submission_new_for_queue (const char *queue_id,
                                         const char     *answers,
                                         const char     *files) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_rt_list_dup_words        (GListModel     *list,
                                         const char     *property) G_GNUC_WARN_UNUSED_RESULT;

/* What the person does: a test of the portal, signed in as a user of seed.pl, or as nobody. */
#define HD_RT_TEST(path, user, function) \
  g_test_add (path, HdRtFixture, user, hd_rt_fixture_set_up, function, hd_rt_fixture_tear_down)

#define hd_assert_error_and_clear(error, code) \
  G_STMT_START { \
    g_assert_error (error, HD_ERROR, code); \
    g_clear_error (&(error)); \
  } G_STMT_END

/* The tests, by theme. */
void hd_rt_add_session_tests  (void);
void hd_rt_add_catalog_tests  (void);
void hd_rt_add_submit_tests   (void);
void hd_rt_add_request_tests  (void);
void hd_rt_add_action_tests   (void);
void hd_rt_add_article_tests  (void);

G_END_DECLS
