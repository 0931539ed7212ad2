/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-error.h"
#include "hd-json.h"

/*
 * The person's tickets, as a list.
 *
 *   list_requests → tickets_received_cb → page_learnt_cb → finish
 *
 * The as-of is the time of the newest change and the day of the last complete
 * list, which is asked for anew each day: tickets that are deleted, or that the
 * person may no longer see, are in no list of what changed.
 */

#define FIELDS "Subject,Status,Priority,Created,LastUpdated,Resolved,Queue,Owner"
#define HOUR 3600
#define NOBODY "Nobody"

/* --- A ticket --- */

/* RT's own scale: 0 is nothing said, 100 the most. */
static HdPriority
get_priority (gint64 number)
{
  if (number <= 0)
    return HD_PRIORITY_NONE;

  if (number < 34)
    return HD_PRIORITY_LOW;

  if (number < 67)
    return HD_PRIORITY_NORMAL;

  return number < 100 ? HD_PRIORITY_HIGH : HD_PRIORITY_CRITICAL;
}

static const char *
get_assignee (JsonObject *ticket)
{
  JsonObject *owner = hd_json_get_object (ticket, "Owner");
  const char *id = hd_rt_json_get_text (owner, "id");
  const char *name = hd_rt_json_get_text (owner, "RealName");

  if (g_strcmp0 (id, NOBODY) == 0)
    return NULL;

  return name != NULL ? name : id;
}

/**
 * hd_rt_ticket_to_request:
 * @self: a portal
 * @ticket: a ticket, of a list or by itself
 *
 * Returns: (transfer full) (nullable): the request, without its conversation
 */
HdRequest *
hd_rt_ticket_to_request (HdRtPortal *self,
                         JsonObject *ticket)
{
  g_autofree char *id = hd_rt_json_dup_id (ticket, "id");
  g_autofree char *queue_id = hd_rt_json_dup_ref_id (ticket, "Queue");
  const char *queue_name = hd_rt_json_get_text (hd_json_get_object (ticket, "Queue"), "Name");
  const char *word = hd_rt_json_get_text (ticket, "Status");
  const char *subject = hd_rt_json_get_text (ticket, "Subject");
  HdStatus status = hd_rt_portal_get_status (self, word);
  g_autoptr (GDateTime) created_at = hd_rt_json_get_time (ticket, "Created");
  g_autoptr (GDateTime) updated_at = hd_rt_json_get_time (ticket, "LastUpdated");
  g_autoptr (GDateTime) closed_at = hd_status_is_open (status) ? NULL : hd_rt_json_get_time (ticket, "Resolved");

  if (id == NULL)
    return NULL;

  return g_object_new (HD_TYPE_REQUEST,
                       "id", id,
                       "number", id,
                       "kind", hd_rt_portal_get_queue_kind (self, queue_id, queue_name),
                       "subject", subject != NULL ? subject : queue_name,
                       "offering-id", queue_id,
                       "offering-name", queue_name,
                       "status", status,
                       "status-label", word,
                       "waiting-for-me", hd_status_is_open (status) && hd_rt_site_is_waiting (self->site, word),
                       "priority", get_priority (hd_rt_json_get_number (ticket, "Priority")),
                       "created-at", created_at,
                       "updated-at", updated_at,
                       "closed-at", closed_at,
                       "assignee", get_assignee (ticket),
                       NULL);
}

/* --- The list --- */

typedef struct
{
  gint64     since;     /* in seconds since 1970, 0 for all */
  guint      page;
  JsonNode  *root;      /* (owned) (nullable) */
} ListPage;

static void
list_page_free (gpointer data)
{
  ListPage *page = data;

  g_clear_pointer (&page->root, json_node_unref);
  g_free (page);
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%F");
}

/* FALSE for an as-of of another day, or of another kind of portal. */
static gboolean
parse_since (const char *since,
             gint64     *seconds)
{
  g_autofree char *today = dup_today ();
  g_auto (GStrv) parts = g_strsplit (since, "/", 2);

  return parts[0] != NULL && parts[1] != NULL && g_str_equal (parts[1], today) &&
         g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, seconds, NULL);
}

static char *
dup_as_of (HdRtPortal *self,
           ListPage   *page,
           GListStore *items)
{
  g_autoptr (HdRequest) newest = g_list_model_get_item (G_LIST_MODEL (items), 0);
  GDateTime *updated_at = newest != NULL ? hd_request_get_updated_at (newest) : NULL;
  gint64 seconds = updated_at != NULL ? g_date_time_to_unix (updated_at) : page->since;
  g_autofree char *today = dup_today ();

  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s", seconds, today);
}

static HdRequestPage *
create_page (HdRtPortal *self,
             ListPage   *page)
{
  JsonObject *root = json_node_get_object (page->root);
  JsonArray *tickets = hd_rt_get_items (page->root);
  gint64 total = hd_rt_json_get_number (root, "total");
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);
  g_autofree char *as_of = NULL;
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < hd_rt_json_get_length (tickets); i++)
    {
      g_autoptr (HdRequest) request = hd_rt_ticket_to_request (self, hd_rt_json_get_element (tickets, i));

      if (request != NULL)
        g_list_store_append (items, request);
    }

  as_of = dup_as_of (self, page, items);

  if ((gint64) page->page * HD_RT_PER_PAGE < total)
    cursor = g_strdup_printf ("%u", page->page + 1);

  return g_object_new (HD_TYPE_REQUEST_PAGE,
                       "items", items,
                       "total", total,
                       "next-cursor", cursor,
                       "as-of", as_of,
                       NULL);
}

static void
page_learnt_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_rt_statuses_learn_finish (self, result, &error))
    g_task_return_pointer (task, create_page (self, g_task_get_task_data (task)), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
tickets_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ListPage *page = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL && hd_rt_get_items (answer->root) == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "a list of tickets has no items");

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  page->root = json_node_ref (answer->root);
  hd_rt_statuses_learn_async (g_task_get_source_object (task), hd_rt_get_items (page->root),
                              g_task_get_cancellable (task), page_learnt_cb, g_object_ref (task));
}

/* Where the person's zone is not known the server may read a time as another, up to a day off. */
static char *
dup_query (HdRtPortal *self,
           gint64      since)
{
  g_autofree char *text = NULL;

  if (since == 0)
    return g_strdup (HD_RT_MINE);

  /* It compares with “later than”, and counts in seconds. */
  since = self->zone_is_known ? since - 1 : since - 26 * HOUR;
  text = hd_rt_json_dup_time_text (MAX (since, 0), self->zone);
  return g_strdup_printf (HD_RT_MINE " AND LastUpdated > '%s'", text);
}

HdHttpRequest *
hd_rt_tickets_request_new (const char *query,
                           guint       page)
{
  HdHttpRequest *request = hd_rt_request_new ("GET", "tickets");

  hd_http_request_add_query (request, "query", query);
  hd_http_request_add_query (request, "fields", FIELDS);
  hd_http_request_add_query (request, "fields[Queue]", "Name");
  hd_http_request_add_query (request, "fields[Owner]", "RealName");
  hd_http_request_add_query (request, "orderby", "LastUpdated");
  hd_http_request_add_query (request, "order", "DESC");
  hd_rt_request_add_page (request, page);
  return request;
}

void
hd_rt_portal_list_requests (HdPortal   *portal,
                            const char *since,
                            const char *cursor,
                            GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  ListPage *page = g_new0 (ListPage, 1);
  g_autoptr (HdHttpRequest) request = NULL;
  g_autofree char *query = NULL;
  guint64 number = 1;

  g_task_set_task_data (task, page, list_page_free);

  if (since != NULL && !parse_since (since, &page->since))
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_REFUSED, "it is time for a complete list");
      return;
    }

  if (cursor != NULL)
    g_ascii_string_to_unsigned (cursor, 10, 1, G_MAXUINT16, &number, NULL);

  page->page = (guint) number;
  query = dup_query (self, page->since);
  request = hd_rt_tickets_request_new (query, page->page);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), tickets_received_cb,
                             g_object_ref (task));
}
