/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-articles.h"
#include "hd-idempotency.h"
#include "hd-json.h"
#include "hd-problem.h"
#include "hd-request-list.h"
#include "hd-text.h"

#define MAX_LIMIT 100

/* So that a client can ask for what comes next before it has read this. */
static void
add_next_link (HdCall     *call,
               JsonObject *answer,
               gint64      limit)
{
  g_autofree char *link = NULL;

  if (!hd_json_get_boolean (answer, "more", FALSE))
    return;

  link = g_strdup_printf ("<articles?since=%s&limit=%" G_GINT64_FORMAT ">; rel=\"next\"",
                          hd_json_get_string (answer, "as_of"), limit);
  hd_call_set_header (call, "Link", link);
}

void
hd_api_list_articles (HdCall *call)
{
  HdDatabase *database = hd_call_get_database (call);
  gint64 since = hd_as_of_parse (database, hd_call_get_query (call, "since"));
  gint64 limit = MAX_LIMIT;
  g_autoptr (GError) error = NULL;
  JsonNode *answer = NULL;

  if (hd_call_get_query_int (call, "limit", 1, MAX_LIMIT, &limit, &error))
    answer = hd_articles_list (database, since, limit, &error);

  if (answer == NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  add_next_link (call, json_node_get_object (answer), limit);
  hd_call_reply_cacheable (call, answer);
}

void
hd_api_get_article (HdCall *call)
{
  g_autoptr (GError) error = NULL;
  JsonNode *article = hd_articles_get (hd_call_get_database (call), hd_call_get_argument (call, 0),
                                       &error);

  if (article != NULL)
    hd_call_reply_cacheable (call, article);
  else
    hd_call_fail (call, error);
}

static gboolean
add_feedback (HdCall     *call,
              gpointer    user_data,
              char      **location,
              JsonNode  **answer,
              GError    **error)
{
  JsonObject *object = user_data;
  HdDatabase *database = hd_call_get_database (call);
  g_autoptr (JsonNode) article = hd_articles_get (database, hd_call_get_argument (call, 0), error);
  JsonNode *helpful = json_object_get_member (object, "helpful");

  if (article == NULL)
    return FALSE;

  if (helpful == NULL || !JSON_NODE_HOLDS_VALUE (helpful) ||
      json_node_get_value_type (helpful) != G_TYPE_BOOLEAN)
    return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

  return hd_articles_add_feedback (database, hd_call_get_argument (call, 0),
                                   hd_call_get_user (call)->id, json_node_get_boolean (helpful),
                                   hd_json_get_string (object, "comment"), hd_text_now (), error);
}

void
hd_api_send_feedback (HdCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = hd_call_read_json (call, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *content = NULL;

  if (object == NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  node = hd_text_take_object (json_object_ref (object));
  content = hd_text_from_json (node);
  hd_idempotency_run (call, content, SOUP_STATUS_NO_CONTENT, add_feedback, object);
}
