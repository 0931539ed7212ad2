/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/*
 * The person's requests and their conversations.
 *
 *   begin_requests → (marked_cb) → ask ⇄ page_listed_cb → compare ⇄ compared_cb → keep_page → page_kept_cb
 *     → (all_kept_cb) → value_kept_cb → next
 *   begin_conversations → stale_listed_cb ⇄ (held_read_cb → conversation_got_cb → conversation_put_cb) … → next
 */

#define MAX_PAGES 2000
#define STALE_AT_ONCE 20
#define MAX_CONVERSATIONS 200

static void begin_list (GTask *task);
static void ask (GTask *task);
static void compare (GTask *task);
static void keep_page (GTask *task);
static void list_stale (GTask *task);

/* --- Summaries --- */

static void
keep_as_of (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_set_value_async (run->store, HD_SYNC_REQUESTS_AS_OF, run->as_of,
                            g_task_get_cancellable (task), hd_sync_value_kept_cb, task);
}

static void
all_kept_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_apply_requests_finish (HD_STORE (object), result, &error))
    keep_as_of (task);
  else
    hd_sync_run_next (task, error);
}

/* The list is complete: whatever else the store holds is gone from the portal. */
static void
keep_all (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", run->all, NULL);

  hd_store_apply_requests_async (run->store, page, run->mark, g_task_get_cancellable (task), all_kept_cb, task);
}

static void
page_kept_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!hd_store_apply_requests_finish (HD_STORE (object), result, &error))
    hd_sync_run_next (task, error);
  else if (run->cursor != NULL)
    ask (task);
  else if (run->since == NULL && run->n_pages > 1)
    keep_all (task);
  else
    keep_as_of (task);
}

static void
keep_page (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  gboolean is_all = run->since == NULL && run->cursor == NULL && run->n_pages == 1;

  hd_store_apply_requests_async (run->store, run->page, is_all ? run->mark : HD_STORE_PART_OF_LIST,
                                 g_task_get_cancellable (task), page_kept_cb, task);
}

static gboolean
is_equal_time (GDateTime *a,
               GDateTime *b)
{
  return a == b || (a != NULL && b != NULL && g_date_time_equal (a, b));
}

static gboolean
is_changed (HdRequest *before,
            HdRequest *now)
{
  return before == NULL ||
         !is_equal_time (hd_request_get_updated_at (before), hd_request_get_updated_at (now)) ||
         hd_request_get_status (before) != hd_request_get_status (now) ||
         hd_request_get_message_count (before) != hd_request_get_message_count (now);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GListModel *items = hd_request_page_get_items (run->page);
  g_autoptr (HdRequest) now = g_list_model_get_item (items, run->position);
  g_autoptr (HdRequest) before = NULL;
  g_autoptr (GError) error = NULL;

  before = hd_store_get_request_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    {
      hd_sync_run_next (task, g_steal_pointer (&error));
      return;
    }

  if (is_changed (before, now))
    {
      HdSyncChange *change = g_new0 (HdSyncChange, 1);

      change->before = g_steal_pointer (&before);
      change->now = g_steal_pointer (&now);
      g_ptr_array_add (run->changes, change);
    }

  run->position++;
  compare (task);
}

/* What changed is found out before the page is kept over it. */
static void
compare (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  GListModel *items = hd_request_page_get_items (run->page);
  g_autoptr (HdRequest) item = NULL;

  if (run->had_before)
    item = g_list_model_get_item (items, run->position);

  if (item != NULL)
    hd_store_get_request_async (run->store, hd_request_get_id (item), g_task_get_cancellable (task),
                                compared_cb, task);
  else
    keep_page (task);
}

static void
collect (HdSyncRun *run)
{
  GListModel *items = hd_request_page_get_items (run->page);

  if (run->all == NULL)
    run->all = g_list_store_new (HD_TYPE_REQUEST);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (HdRequest) item = g_list_model_get_item (items, i);

      g_list_store_append (run->all, item);
    }
}

static void
take_page (HdSyncRun *run)
{
  const char *next = hd_request_page_get_next_cursor (run->page);
  guint n_items = g_list_model_get_n_items (hd_request_page_get_items (run->page));

  /* The oldest answer's: what changes while we turn pages is asked for again. */
  if (run->n_pages == 0)
    run->as_of = g_strdup (hd_request_page_get_as_of (run->page));

  run->n_pages++;
  run->position = 0;
  g_free (run->cursor);

  /* A page that brought nothing ends the list, so a portal cannot spin us. */
  run->cursor = n_items > 0 && run->n_pages < MAX_PAGES ? g_strdup (next) : NULL;

  if (run->since == NULL)
    collect (run);
}

static void
page_listed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&run->page);
  run->page = hd_portal_list_requests_finish (HD_PORTAL (object), result, &error);

  if (hd_sync_run_is_since_refused (run, error))
    {
      begin_list (task);
      return;
    }

  if (run->page == NULL)
    {
      hd_sync_run_next (task, g_steal_pointer (&error));
      return;
    }

  take_page (run);
  compare (task);
}

static void
ask (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_portal_list_requests_async (run->portal, run->since, run->cursor, g_task_get_cancellable (task),
                                 page_listed_cb, task);
}

static void
marked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->mark = hd_store_mark_requests_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_sync_run_next (task, error);
  else
    ask (task);
}

static void
begin_list (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (run->since == NULL)
    hd_store_mark_requests_async (run->store, g_task_get_cancellable (task), marked_cb, task);
  else
    ask (task);
}

static void
as_of_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->since = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_sync_run_next (task, error);
  else
    begin_list (task);
}

void
hd_sync_begin_requests (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if ((hd_portal_get_capabilities (run->portal) & HD_PORTAL_DELTA) != 0)
    hd_store_get_value_async (run->store, HD_SYNC_REQUESTS_AS_OF, g_task_get_cancellable (task),
                              as_of_read_cb, task);
  else
    begin_list (task);
}

/* --- Conversations --- */

typedef struct
{
  GTask      *task;
  const char *id;
} Conversation;

/* A change is told with its conversation. */
static void
complete_change (HdSyncRun *run,
                 HdRequest *request)
{
  for (guint i = 0; i < run->changes->len; i++)
    {
      HdSyncChange *change = run->changes->pdata[i];

      if (g_strcmp0 (hd_request_get_id (change->now), hd_request_get_id (request)) == 0)
        g_set_object (&change->now, request);
    }
}

static void
conversation_put_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_request_finish (HD_STORE (object), result, &error);
  hd_sync_fetched (user_data, error);
}

static void
conversation_got_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autofree Conversation *conversation = user_data;
  HdSyncRun *run = g_task_get_task_data (conversation->task);
  GError *error = NULL;
  g_autoptr (HdRequest) request = hd_portal_get_request_finish (HD_PORTAL (object), result, &error);

  /* Another request than the one asked for is no answer; nor does one that makes no sense cost anybody the others. */
  if (request != NULL && g_strcmp0 (hd_request_get_id (request), conversation->id) != 0)
    g_clear_object (&request);

  if (request == NULL && !hd_sync_run_ends_step (run, error))
    g_clear_error (&error);

  if (request == NULL)
    {
      hd_sync_fetched (conversation->task, error);
      return;
    }

  complete_change (run, request);
  hd_store_put_request_async (run->store, request, g_task_get_cancellable (conversation->task),
                              conversation_put_cb, conversation->task);
}

static void
held_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Conversation *conversation = user_data;
  HdSyncRun *run = g_task_get_task_data (conversation->task);
  GError *error = NULL;
  g_autoptr (HdRequest) held = hd_store_get_request_finish (HD_STORE (object), result, &error);

  if (error == NULL)
    {
      hd_portal_get_request_async (run->portal, conversation->id, held, g_task_get_cancellable (conversation->task),
                                   conversation_got_cb, conversation);
      return;
    }

  hd_sync_fetched (conversation->task, error);
  g_free (conversation);
}

static void
fetch (GTask      *task,
       const char *id)
{
  HdSyncRun *run = g_task_get_task_data (task);
  Conversation *conversation = g_new0 (Conversation, 1);

  conversation->task = task;
  conversation->id = id;
  hd_store_get_request_async (run->store, id, g_task_get_cancellable (task), held_read_cb, conversation);
}

static void
stale_listed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  GStrv stale = hd_store_list_stale_requests_finish (HD_STORE (object), result, &error);

  if (hd_sync_run_take_queue (run, stale, MAX_CONVERSATIONS))
    {
      hd_sync_fetch_queue (task, fetch, list_stale);
      return;
    }

  hd_sync_emit_changes (task);
  hd_sync_run_next (task, error);
}

static void
list_stale (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_list_stale_requests_async (run->store, hd_sync_get_limits (g_task_get_source_object (task))->keep_days, STALE_AT_ONCE + g_hash_table_size (run->tried), g_task_get_cancellable (task),
                                      stale_listed_cb, task);
}

void
hd_sync_begin_conversations (GTask *task)
{
  list_stale (task);
}
