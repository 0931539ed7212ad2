/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-problem.h"

#include "hd-error.h"
#include "hd-issue.h"
#include "hd-json.h"

enum
{
  MAX_DETAIL = 1000,             /* characters */
  MAX_FIELDS = 200,
  MAX_TRIES = 1000,
  MAX_RETRY_AFTER = 24 * 3600,   /* seconds */
};

/**
 * hd_http_parse_retry_after:
 * @value: (nullable): a `Retry-After`: seconds, or a date
 * @now: the time
 *
 * Returns: how many seconds to wait, a day at most; -1 for none and for rubbish
 */
int
hd_http_parse_retry_after (const char *value,
                           GDateTime  *now)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds = 0;
  gint64 span;

  if (value == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (int) MIN (seconds, (guint64) MAX_RETRY_AFTER);

  date = soup_date_time_new_from_http_string (value);

  if (date == NULL)
    return -1;

  span = g_date_time_difference (date, now) / G_TIME_SPAN_SECOND;
  return (int) CLAMP (span, 0, MAX_RETRY_AFTER);
}

static char *
dup_shortened (const char *text)
{
  return text != NULL && g_utf8_strlen (text, -1) > MAX_DETAIL ? g_utf8_substring (text, 0, MAX_DETAIL)
                                                                : g_strdup (text);
}

/* The fields at fault; NULL where the portal named none. */
static GListModel *
create_issues (JsonObject *problem)
{
  JsonArray *fields = hd_json_get_array (problem, "fields");
  guint n_fields = fields != NULL ? MIN (json_array_get_length (fields), MAX_FIELDS) : 0;
  g_autoptr (GListStore) issues = g_list_store_new (HD_TYPE_ISSUE);

  for (guint i = 0; i < n_fields; i++)
    {
      JsonNode *node = json_array_get_element (fields, i);
      JsonObject *field = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = hd_json_get_string (field, "field");
      g_autofree char *message = dup_shortened (hd_json_get_string (field, "message"));
      g_autoptr (HdIssue) issue = NULL;

      if (id == NULL)
        continue;

      issue = g_object_new (HD_TYPE_ISSUE,
                            "field-id", id,
                            "code", HD_ISSUE_CODE_PORTAL,
                            "message", message,
                            NULL);
      g_list_store_append (issues, issue);
    }

  return g_list_model_get_n_items (G_LIST_MODEL (issues)) > 0 ? G_LIST_MODEL (g_steal_pointer (&issues)) : NULL;
}

/* The object of a JSON document of any kind, or NULL: many servers in between answer with a page. */
static JsonNode *
parse_problem (GBytes *body)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return length > 0 ? hd_json_parse_object (data, length, NULL) : NULL;
}

/* The time by the server's clock, which may be hours from ours and is what its dates are by. */
static GDateTime *
get_server_time (SoupMessageHeaders *headers)
{
  const char *date = soup_message_headers_get_one (headers, "Date");
  GDateTime *time = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  return time != NULL ? time : g_date_time_new_now_utc ();
}

/*
 * The portal's word for what is wrong.  A conflict that nobody explains is of a
 * key whose first request is still being worked at (so it is with keys elsewhere),
 * or of something in between; neither says what became of that.
 */
static const char *
get_code (SoupMessage *message,
          JsonObject  *problem)
{
  const char *code = hd_json_get_string (problem, "code");
  SoupMessageHeaders *asked = soup_message_get_request_headers (message);
  gboolean is_open = soup_message_headers_get_one (asked, "Idempotency-Key") != NULL ||
                     (problem == NULL && soup_message_get_method (message) != SOUP_METHOD_GET);

  if (code == NULL && is_open && soup_message_get_status (message) == SOUP_STATUS_CONFLICT)
    return "in-progress";

  return code;
}

/**
 * hd_http_problem_to_error:
 * @message: a message whose status is not in the 2xx range
 * @body: (nullable): what came with it
 *
 * Reads a problem document (RFC 9457) and the headers around it.
 *
 * Returns: (transfer full): an #HdError with all that the server told
 */
GError *
hd_http_problem_to_error (SoupMessage *message,
                          GBytes      *body)
{
  guint status = soup_message_get_status (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (JsonNode) node = SOUP_STATUS_IS_REDIRECTION (status) ? NULL : parse_problem (body);
  JsonObject *problem = node != NULL ? json_node_get_object (node) : NULL;
  g_autofree char *detail = dup_shortened (hd_json_get_string (problem, "detail"));
  gint64 tries_left = hd_json_get_int (problem, "tries_left", -1);
  g_autoptr (GListModel) issues = problem != NULL ? create_issues (problem) : NULL;
  g_autoptr (GDateTime) now = get_server_time (headers);
  GError *error = hd_error_new_for_status (status, get_code (message, problem), detail);

  hd_error_set_retry_after (error,
                            hd_http_parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"), now));

  if (tries_left >= 0 && tries_left <= MAX_TRIES)
    hd_error_set_tries_left (error, (int) tries_left);

  if (issues != NULL)
    hd_error_set_fields (error, issues);

  return error;
}

/* HTTP or its compression that cannot be read is a fault of the server, not of the line. */
static gboolean
is_protocol_error (const GError *error)
{
  return g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
         g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/**
 * hd_http_problem_translate:
 * @error: (inout): why there is no answer; becomes an #HdError, but for a cancellation
 * @fault: (nullable): why it was cancelled, where nobody asked for that
 * @flags: what is wrong with the certificate
 */
void
hd_http_problem_translate (GError               **error,
                           const GError          *fault,
                           GTlsCertificateFlags   flags)
{
  if (hd_error_is_cancelled (*error) && fault != NULL)
    {
      g_clear_error (error);
      *error = g_error_copy (fault);
    }
  else if (is_protocol_error (*error))
    {
      g_clear_error (error);
      g_set_error_literal (error, HD_ERROR, HD_ERROR_PROTOCOL, "the answer is not proper HTTP");
    }
  else
    {
      hd_error_from_transport (error);
    }

  if (g_error_matches (*error, HD_ERROR, HD_ERROR_TLS))
    hd_error_set_tls_flags (*error, flags);
}
