/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include "hd-error.h"

/* Announcements, and what people say of articles. */

void
hd_open_portal_list_announcements (HdPortal *portal,
                                   GTask    *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "announcements", NULL);

  hd_open_portal_ask_cached (HD_OPEN_PORTAL (portal), request, HD_TYPE_ANNOUNCEMENT_LIST, task);
}

static void
feedback_sent_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static JsonNode *
create_feedback (HdSubmission *submission)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "helpful");
  json_builder_add_boolean_value (builder, hd_submission_get_helpful (submission));

  if (hd_submission_get_comment (submission) != NULL)
    {
      json_builder_set_member_name (builder, "comment");
      json_builder_add_string_value (builder, hd_submission_get_comment (submission));
    }

  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

void
hd_open_portal_send_feedback (HdPortal     *portal,
                              HdSubmission *submission,
                              GTask        *task)
{
  const char *article_id = hd_submission_get_article_id (submission);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("POST", "articles", article_id != NULL ? article_id : "",
                                                           "feedback", NULL);
  g_autoptr (JsonNode) body = create_feedback (submission);

  hd_http_request_set_header (request, "Idempotency-Key", hd_submission_get_client_key (submission));
  hd_http_request_set_json (request, body);
  hd_http_request_expect_nothing (request);
  hd_http_client_send_async (HD_OPEN_PORTAL (portal)->client, request, g_task_get_cancellable (task),
                             feedback_sent_cb, g_object_ref (task));
}
