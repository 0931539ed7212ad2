/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-calls.h"

#include "hd-portal-call.h"
#include "hd-record-json.h"

#define FULL_REQUEST \
  "{\"id\":\"r1\",\"number\":\"10316\",\"kind\":\"incident\",\"subject\":\"Принтер\",\"offering_id\":\"printer\"," \
  "\"offering_name\":\"Принтер\",\"status\":\"in-progress\",\"status_label\":\"В роботі\",\"waiting_for_me\":true," \
  "\"priority\":\"high\",\"created_at\":\"2026-11-22T09:41:00Z\",\"updated_at\":\"2026-11-22T09:41:00Z\"," \
  "\"closed_at\":\"2026-11-22T09:41:00Z\",\"message_count\":1,\"assignee\":\"Андрій\"," \
  "\"fields\":[{\"field_id\":\"a\",\"label\":\"b\",\"value\":\"c\"}]," \
  "\"messages\":[{\"id\":\"m1\",\"author\":\"Андрій\",\"mine\":false,\"text\":\"Готово\",\"created_at\":\"2026-11-22T09:41:00Z\"," \
  "\"attachments\":[{\"id\":\"f1\",\"name\":\"a.png\",\"content_type\":\"image/png\",\"size\":1,\"sha256\":\"00\"}]}]," \
  "\"history\":[{\"status\":\"registered\",\"status_label\":\"Зареєстровано\",\"at\":\"2026-11-22T09:41:00Z\",\"by\":\"Я\"}]," \
  "\"attachments\":[{\"id\":\"f2\",\"name\":\"b.png\",\"content_type\":\"image/png\",\"size\":1,\"sha256\":\"00\",\"field_id\":\"a\"}]," \
  "\"actions\":[\"reply\"],\"rating\":0}"

#define CALL_FOR_OBJECT(name, type, ...) \
  static void \
  call_ ## name (HdPortal  *portal, \
                 GError   **error) \
  { \
    g_autoptr (type) result = HD_PORTAL_CALL (name, portal, error, ## __VA_ARGS__); \
  }

static HdSubmission *
create_submission (const char *action)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"1\",\"client_key\":\"k\",\"action\":\"%s\",\"request_id\":\"r1\","
                                           "\"article_id\":\"a1\",\"draft\":{\"id\":\"d\",\"text\":\"t\"}}", action);

  return hd_record_new_from_string (HD_TYPE_SUBMISSION, json, NULL);
}

CALL_FOR_OBJECT (get_info, HdPortalInfo)
CALL_FOR_OBJECT (sign_in, HdAccount, "support", "password")
CALL_FOR_OBJECT (get_account, HdAccount)
CALL_FOR_OBJECT (get_catalog, HdCatalog, NULL)
CALL_FOR_OBJECT (get_form, HdForm, "mailbox")
CALL_FOR_OBJECT (get_options, HdOptionList, "staff", "q", NULL)
CALL_FOR_OBJECT (list_requests, HdRequestPage, NULL, NULL)
CALL_FOR_OBJECT (get_request, HdRequest, "r1", NULL)
CALL_FOR_OBJECT (list_articles, HdArticleChanges, NULL)
CALL_FOR_OBJECT (list_announcements, HdAnnouncementList)

static void
call_get_media (HdPortal  *portal,
                GError   **error)
{
  g_autoptr (GBytes) result = HD_PORTAL_CALL (get_media, portal, error, "00");
}

static void
call_get_media_bundle (HdPortal  *portal,
                       GError   **error)
{
  const char *const names[] = { "00", "01", NULL };
  g_autoptr (GHashTable) result = HD_PORTAL_CALL (get_media_bundle, portal, error, names);
}

static void
call_sign_out (HdPortal  *portal,
               GError   **error)
{
  HD_PORTAL_CALL (sign_out, portal, error);
}

static void
call_submit (HdPortal  *portal,
             GError   **error)
{
  g_autoptr (HdSubmission) submission = create_submission ("submit");
  g_autoptr (HdForm) form = hd_record_new_from_string (HD_TYPE_FORM, "{\"offering_id\":\"o\"}", NULL);
  g_autoptr (HdRequest) result = HD_PORTAL_CALL (submit, portal, error, submission, form, NULL);
}

static void
call_reply (HdPortal  *portal,
            GError   **error)
{
  g_autoptr (HdSubmission) submission = create_submission ("reply");
  g_autoptr (HdRequest) result = HD_PORTAL_CALL (reply, portal, error, submission, NULL);
}

static void
call_act (HdPortal  *portal,
          GError   **error)
{
  g_autoptr (HdSubmission) submission = create_submission ("cancel");
  g_autoptr (HdRequest) result = HD_PORTAL_CALL (act, portal, error, submission, NULL);
}

static void
call_send_feedback (HdPortal  *portal,
                    GError   **error)
{
  g_autoptr (HdSubmission) submission = create_submission ("feedback");

  HD_PORTAL_CALL (send_feedback, portal, error, submission);
}

static void
call_download (HdPortal  *portal,
               GError   **error)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  HD_PORTAL_CALL (download, portal, error, "r1", "f1", file, NULL);
  hd_test_remove_tree (folder);
}

static const HdPortalCallInfo calls[] = {
  { "get_info", call_get_info,
    "{\"name\":\"HELP DESK\",\"organisation\":\"Митниця\",\"mail_domain\":\"customs.gov.ua\",\"languages\":[\"uk\"],"
    "\"contacts\":[{\"kind\":\"phone\",\"label\":\"a\",\"value\":\"b\",\"hours\":\"c\"}],"
    "\"max_file_size\":1,\"max_files\":2,\"max_total_size\":3,\"capabilities\":[\"reply\"],"
    "\"outage\":{\"message\":\"a\",\"since\":\"2026-11-22T09:41:00Z\",\"until\":\"2026-11-22T09:41:00Z\"}}" },
  { "sign_in", call_sign_in,
    "{\"token\":\"t\",\"account\":{\"id\":\"1\",\"user_name\":\"support\",\"name\":\"Олена\",\"email\":\"a@b\","
    "\"department\":\"c\",\"phone\":\"d\",\"office\":\"e\"}}" },
  { "get_account", call_get_account, "{\"id\":\"1\",\"user_name\":\"support\"}" },
  { "get_catalog", call_get_catalog,
    "{\"version\":\"1\",\"categories\":[{\"id\":\"a\",\"parent_id\":\"b\",\"name\":\"c\",\"description\":\"d\",\"icon\":\"e\","
    "\"kind\":\"request\",\"position\":1}],\"offerings\":[{\"id\":\"a\",\"category_id\":\"b\",\"kind\":\"request\",\"name\":\"c\","
    "\"summary\":\"d\",\"icon\":\"e\",\"expected_time\":\"f\",\"keywords\":[\"g\"],\"position\":1,\"popularity\":2,\"form_version\":3}]}" },
  { "get_form", call_get_form,
    "{\"offering_id\":\"mailbox\",\"version\":1,\"intro\":\"a\",\"fields\":[{\"id\":\"a\",\"type\":\"choice\",\"label\":\"b\",\"help\":\"c\","
    "\"placeholder\":\"d\",\"section\":\"e\",\"required\":true,\"pattern\":\"f\",\"pattern_hint\":\"g\",\"min\":\"1\",\"max\":\"2\","
    "\"options\":[{\"value\":\"a\",\"label\":\"b\",\"detail\":\"c\",\"when\":[\"d\"]}],\"options_source\":\"h\",\"depends_on\":\"i\","
    "\"default_value\":\"j\",\"visible_when\":[{\"field\":\"a\",\"op\":\"any\",\"values\":[\"b\"]}],\"sensitive\":true,\"accept\":[\"k\"]}]}" },
  { "get_options", call_get_options, "{\"options\":[{\"value\":\"a\",\"label\":\"b\",\"detail\":\"c\",\"when\":[\"d\"]}]}" },
  { "list_requests", call_list_requests,
    "{\"items\":[" FULL_REQUEST "],\"total\":1,\"next_cursor\":\"a\",\"as_of\":\"b\"}" },
  { "get_request", call_get_request, FULL_REQUEST },
  { "list_articles", call_list_articles,
    "{\"categories\":[{\"id\":\"a\",\"name\":\"b\"}],\"articles\":[{\"id\":\"a\",\"title\":\"b\",\"summary\":\"c\",\"category_id\":\"d\","
    "\"keywords\":[\"e\"],\"body\":\"f\",\"media\":[\"00\"],\"version\":1,\"published_at\":\"2026-11-22T09:41:00Z\","
    "\"updated_at\":\"2026-11-22T09:41:00Z\",\"language\":\"uk\"}],\"deleted\":[\"g\"],\"as_of\":\"h\",\"more\":false}" },
  { "list_announcements", call_list_announcements,
    "{\"announcements\":[{\"id\":\"a\",\"title\":\"b\",\"summary\":\"c\",\"body\":\"d\",\"important\":true,"
    "\"published_at\":\"2026-11-22T09:41:00Z\",\"expires_at\":\"2026-11-22T09:41:00Z\"}]}" },
  { "submit", call_submit, FULL_REQUEST },
  /* The message and then the request are the same document here. */
  { "reply", call_reply, "{\"id\":\"r1\",\"attachments\":[{\"id\":\"f1\"}]}" },
  { "act", call_act, FULL_REQUEST },
  { "get_media", call_get_media, NULL },
  { "get_media_bundle", call_get_media_bundle, NULL },
  { "send_feedback", call_send_feedback, NULL },
  { "download", call_download, NULL },
  { "sign_out", call_sign_out, NULL },
};

/* Every call that asks a server. */
const HdPortalCallInfo *
hd_portal_calls_get (guint *n_calls)
{
  *n_calls = G_N_ELEMENTS (calls);
  return calls;
}
