/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/*
 * Fetching many things, a few at a time: a line with a long way is used as well
 * as a server with several hands.
 *
 *   fetch_queue → fetch, fetch, … ⇄ fetched → list_more → fetch_queue, or the next step
 */

#define AT_ONCE 4
/* What is fetched faster than the disk can keep it waits for the disk. */
#define KEEPING_AT_ONCE 4

/* Returns: (transfer none) (nullable): the next id of the queue that was not tried yet */
const char *
hd_sync_run_peek (HdSyncRun *run)
{
  while (run->queue != NULL && run->queue[run->position] != NULL)
    {
      if (!g_hash_table_contains (run->tried, run->queue[run->position]))
        return run->queue[run->position];

      run->position++;
    }

  return NULL;
}

/* As hd_sync_run_peek(), and it counts as tried from now on. */
const char *
hd_sync_run_pop (HdSyncRun *run)
{
  const char *id = hd_sync_run_peek (run);

  if (id != NULL)
    {
      run->position++;
      g_hash_table_add (run->tried, g_strdup (id));
    }

  return id;
}

/*
 * hd_sync_run_take_queue:
 * @run: a run
 * @queue: (transfer full) (nullable): ids to fetch
 * @most: how many to try in this step
 *
 * Returns: whether there is anything in it that was not tried yet
 */
gboolean
hd_sync_run_take_queue (HdSyncRun *run,
                        GStrv      queue,
                        guint      most)
{
  gboolean fresh = FALSE;

  g_clear_pointer (&run->queue, g_strfreev);
  run->queue = queue;
  run->position = 0;

  for (guint i = 0; queue != NULL && queue[i] != NULL; i++)
    fresh = fresh || !g_hash_table_contains (run->tried, queue[i]);

  return fresh && g_hash_table_size (run->tried) < most;
}

static void
pump (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  const char *id;

  while (run->n_fetching < AT_ONCE && run->n_keeping < KEEPING_AT_ONCE && run->fetch_error == NULL && (id = hd_sync_run_pop (run)) != NULL)
    {
      run->n_fetching++;
      run->fetch (task, id);
    }

  if (run->n_fetching + run->n_keeping > 0)
    return;

  if (run->fetch_error != NULL)
    hd_sync_run_next (task, g_steal_pointer (&run->fetch_error));
  else
    run->list_more (task);
}

/*
 * hd_sync_fetch_queue:
 * @task: (transfer full): a run that has a queue
 * @fetch: fetches one thing
 * @list_more: called when the queue is empty
 *
 * Fetches what is in the queue.  An error ends the step, after what is under way.
 */
void
hd_sync_fetch_queue (GTask       *task,
                     HdSyncFetch  fetch,
                     HdSyncStep   list_more)
{
  HdSyncRun *run = g_task_get_task_data (task);

  run->fetch = fetch;
  run->list_more = list_more;
  pump (task);
}

static void
go_on (GTask  *task,
       GError *error)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (run->fetch_error == NULL)
    run->fetch_error = error;
  else
    g_clear_error (&error);

  pump (task);
}

/*
 * hd_sync_fetched:
 * @task: a run
 * @error: (transfer full) (nullable): what is to end the step
 *
 * One thing is fetched, or is not to be had.
 */
void
hd_sync_fetched (GTask  *task,
                 GError *error)
{
  HdSyncRun *run = g_task_get_task_data (task);

  run->n_fetching--;
  go_on (task, error);
}

/*
 * hd_sync_keeping:
 * @task: a run
 *
 * Some of what was fetched is being kept; hd_sync_kept() follows.
 */
void
hd_sync_keeping (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  run->n_keeping++;
}

/* As hd_sync_fetched(), for what was kept. */
void
hd_sync_kept (GTask  *task,
              GError *error)
{
  HdSyncRun *run = g_task_get_task_data (task);

  run->n_keeping--;
  go_on (task, error);
}
