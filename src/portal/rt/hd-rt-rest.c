/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-error.h"
#include "hd-json.h"

/*
 * Asking REST 2.0 of Request Tracker: one thing, several at once, or a whole
 * collection page by page.
 */

#define AT_ONCE 4
#define MAX_PAGES 200
/* So many in a row are taken for the end where rows that nobody may see are cut out of pages. */
#define EMPTY_PAGES 2

/*
 * Without a session it answers with a redirection to its page for signing in.
 *
 * RT 5.0 breaks off its answer to a reply, which it has taken, if a word in it is
 * beyond Latin-1; and the words are in the language of the page that its process had
 * shown before.  So no page of ours is in another.
 */
HdHttpRequest *
hd_rt_request_prepare (HdHttpRequest *request)
{
  hd_http_request_set_redirect (request, HD_HTTP_REDIRECT_SIGN_IN);
  hd_http_request_set_header (request, "Accept-Language", "en");
  return request;
}

HdHttpRequest *
hd_rt_request_ask (HdHttpRequest *request)
{
  hd_http_request_set_idempotent (request);
  return request;
}

/* The address of the next page that the server names leads past its proxy; hence by number. */
void
hd_rt_request_add_page (HdHttpRequest *request,
                        guint          page)
{
  g_autofree char *number = g_strdup_printf ("%u", page);

  hd_http_request_add_query (request, "per_page", HD_RT_PER_PAGE_TEXT);
  hd_http_request_add_query (request, "page", number);
}

/* Returns: (transfer none) (nullable): the rows of a collection */
JsonArray *
hd_rt_get_items (JsonNode *root)
{
  return hd_json_get_array (json_node_get_object (root), "items");
}

/* Returns: (transfer full): a text as TicketSQL quotes it */
char *
hd_rt_dup_quoted (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\\", "\\\\", 0);
  g_string_replace (quoted, "'", "\\'", 0);
  g_string_prepend_c (quoted, '\'');
  g_string_append_c (quoted, '\'');
  return g_strdup (quoted->str);
}

/* --- Several at once ---
 *
 *   fetch_async → pump ⇄ fetched_cb → finish
 */

typedef struct
{
  GPtrArray *requests;   /* (owned) (element-type HdHttpRequest) */
  GPtrArray *answers;    /* (owned) (element-type HdHttpAnswer): NULL for what is not to be had */
  guint      n_started;
  guint      n_running;
  GError    *error;      /* (owned) (nullable): the first */
} Fetch;

typedef struct
{
  GTask *task;      /* (owned) */
  guint  position;
} One;

static void pump (GTask *task);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_ptr_array_unref (fetch->requests);
  g_clear_pointer (&fetch->answers, g_ptr_array_unref);
  g_clear_error (&fetch->error);
  g_free (fetch);
}

static void
free_answer (gpointer answer)
{
  if (answer != NULL)
    hd_http_answer_free (answer);
}

/* What a person may not see is left out; the rest is worth having. */
static gboolean
is_left_out (const GError *error)
{
  return g_error_matches (error, HD_ERROR, HD_ERROR_FORBIDDEN) || g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree One *one = user_data;
  g_autoptr (GTask) task = one->task;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  fetch->answers->pdata[one->position] = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  fetch->n_running--;

  /* The first is what all of it is about. */
  if (error != NULL && fetch->error == NULL && (one->position == 0 || !is_left_out (error)))
    fetch->error = g_steal_pointer (&error);

  pump (task);
}

static void
pump (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  while (fetch->error == NULL && fetch->n_running < AT_ONCE && fetch->n_started < fetch->requests->len)
    {
      One *one = g_new0 (One, 1);

      one->task = g_object_ref (task);
      one->position = fetch->n_started++;
      fetch->n_running++;
      hd_http_client_send_async (self->client, fetch->requests->pdata[one->position],
                                 g_task_get_cancellable (task), fetched_cb, one);
    }

  if (fetch->n_running > 0)
    return;

  if (fetch->error != NULL)
    g_task_return_error (task, g_steal_pointer (&fetch->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&fetch->answers), (GDestroyNotify) g_ptr_array_unref);
}

/*
 * hd_rt_fetch_async:
 * @self: a portal
 * @requests: (transfer full) (element-type HdHttpRequest): what to ask, at least one
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks all of it, a few at a time.
 */
void
hd_rt_fetch_async (HdRtPortal          *self,
                   GPtrArray           *requests,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->requests = requests;
  fetch->answers = g_ptr_array_new_with_free_func (free_answer);
  g_ptr_array_set_size (fetch->answers, (int) requests->len);
  g_task_set_source_tag (task, hd_rt_fetch_async);
  g_task_set_task_data (task, fetch, fetch_free);
  pump (task);
}

/* Returns: (transfer full) (nullable) (element-type HdHttpAnswer): in the order of the requests; %NULL
 * for what this person may not see, but never the first */
GPtrArray *
hd_rt_fetch_finish (HdRtPortal    *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_rt_fetch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: (transfer none) (nullable): an answer, if it may be seen */
JsonObject *
hd_rt_fetched_object (GPtrArray *answers,
                      guint      position)
{
  HdHttpAnswer *answer = position < answers->len ? answers->pdata[position] : NULL;

  return answer != NULL && answer->root != NULL ? json_node_get_object (answer->root) : NULL;
}

/* Returns: (transfer none) (nullable): the rows of an answer */
JsonArray *
hd_rt_fetched_items (GPtrArray *answers,
                     guint      position)
{
  return hd_json_get_array (hd_rt_fetched_object (answers, position), "items");
}

/* --- A whole collection ---
 *
 *   list_async → ask ⇄ page_received_cb → finish
 */

typedef struct
{
  HdRtPageFunc  create;
  gpointer      create_data;
  HdRtEnd       end;
  guint         last_page;
  guint         page;
  guint         n_empty;   /* pages in a row */
  guint         n_pages;   /* up to the last with rows */
  JsonArray    *items;     /* (owned) */
} List;

static void ask (GTask *task);

static void
list_free (gpointer data)
{
  List *list = data;

  g_clear_pointer (&list->items, json_array_unref);
  g_free (list);
}

static void
take_items (List      *list,
            JsonArray *items)
{
  guint n_items = hd_rt_json_get_length (items);

  hd_rt_json_append (list->items, items);
  list->n_empty = n_items > 0 ? 0 : list->n_empty + 1;
  list->n_pages = n_items > 0 ? list->page : list->n_pages;
}

static gboolean
is_last (List  *list,
         guint  n_items)
{
  if (list->page >= list->last_page)
    return TRUE;

  return list->end == HD_RT_END_SHORT ? n_items < HD_RT_PER_PAGE : list->n_empty >= EMPTY_PAGES;
}

static void
page_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  List *list = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  JsonArray *items = answer != NULL ? hd_rt_get_items (answer->root) : NULL;

  if (answer != NULL && items == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "a collection has no items");

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  take_items (list, items);

  if (is_last (list, hd_rt_json_get_length (items)))
    g_task_return_pointer (task, g_steal_pointer (&list->items), (GDestroyNotify) json_array_unref);
  else
    ask (task);
}

static void
ask (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  List *list = g_task_get_task_data (task);
  g_autoptr (HdHttpRequest) request = list->create (self, list->create_data);

  hd_rt_request_add_page (request, ++list->page);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), page_received_cb,
                             g_object_ref (task));
}

/*
 * hd_rt_list_async:
 * @self: a portal
 * @create: makes the request for a page
 * @create_data: (nullable): for @create; outlives the call
 * @end: how the end is known
 * @first_page: where to begin, usually 1
 * @max_pages: how many pages are enough, 0 for all
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for all pages of a collection.
 */
void
hd_rt_list_async (HdRtPortal          *self,
                  HdRtPageFunc         create,
                  gpointer             create_data,
                  HdRtEnd              end,
                  guint                first_page,
                  guint                max_pages,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  List *list = g_new0 (List, 1);

  list->create = create;
  list->create_data = create_data;
  list->end = end;
  list->page = first_page - 1;
  list->last_page = list->page + (max_pages > 0 ? max_pages : MAX_PAGES);
  list->items = json_array_new ();
  g_task_set_source_tag (task, hd_rt_list_async);
  g_task_set_task_data (task, list, list_free);
  ask (task);
}

/*
 * hd_rt_list_finish:
 * @self: a portal
 * @result: what the callback was given
 * @n_pages: (out) (optional): how many pages there are, up to the last with rows
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the rows of all pages
 */
JsonArray *
hd_rt_list_finish (HdRtPortal    *self,
                   GAsyncResult  *result,
                   guint         *n_pages,
                   GError       **error)
{
  List *list;

  g_return_val_if_fail (g_async_result_is_tagged (result, hd_rt_list_async), NULL);

  list = g_task_get_task_data (G_TASK (result));

  if (n_pages != NULL)
    *n_pages = list->n_pages;

  return g_task_propagate_pointer (G_TASK (result), error);
}
