/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include <glib/gstdio.h>

#include "hd-error.h"
#include "hd-remove-tree.h"
#include "hd-search-words.h"
#include "hd-store-aside.h"
#include "hd-store-cache.h"
#include "hd-store-schema.h"
#include "hd-store-space.h"

/**
 * HdStore:
 *
 * What this machine keeps of one portal and of the person signed in there.
 *
 * A store is a folder, a thread and a connection.  The functions here may be
 * called from any thread with a main context; all SQL runs on the store's own
 * thread, calls in the order in which they were made, and a callback comes
 * where its call was made.  A write that was called back is on disk: it needs
 * no main loop and no closing to last.
 *
 * A call that is cancelled before its turn is dropped; a write that has begun
 * is done or undone, never left half done.  The one that takes a knowledge pack
 * takes many turns, with other calls in between; what it says of itself holds.
 *
 * What has to know all of a word waits until the dictionary was read and the list
 * of other names made, on another thread; calls that came later do not.
 */

struct _HdStore
{
  GObject       parent_instance;

  char         *directory;  /* (owned) */
  char         *synonyms_file;  /* (owned) (nullable) */
  GMainContext *context;  /* (owned): where “changed” is emitted */
  GAsyncQueue  *queue;  /* (owned) (element-type HdStoreCall) */
  GThread      *thread;  /* (owned) (nullable): NULL once closed */
  int           topics;  /* (atomic): changed, but not told yet */
  GMutex        lock;  /* of the next */
  GSource      *changed;  /* (owned) (nullable): tells it */
  HdStoreSpace  space;

  /* The thread's own. */
  HdDatabase   *database;  /* (owned) (nullable) */
  guint64       items_inode;
  guint64       drafts_inode;
  HdStoreAside  aside;
  gboolean      indexes;  /* there may be something that the index lacks */
  gboolean      index_waits;  /* for the words */
  HdStoreTopics indexed;  /* what was put into it, and nobody was told */
};

G_DEFINE_FINAL_TYPE (HdStore, hd_store, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} HdStoreSignal;

static guint signals[N_SIGNALS];

/* For so long nobody must have wanted anything before what can wait is done. */
#define LEISURE_AFTER_USEC (50 * 1000)

/* Ends the thread when it gets its turn. */
static HdStoreCall stop_call;

/* Which files these are: another process may have deleted them (a person who
 * signs out in one program while the other runs). */
static guint64
get_inode (HdStore     *self,
           HdStoreFile  file)
{
  g_autofree char *path = g_build_filename (self->directory, hd_store_file_get_name (file), NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_ino : 0;
}

static gboolean
open_database (HdStore   *self,
               gboolean   check,
               GError   **error)
{
  g_clear_pointer (&self->database, hd_database_close);

  self->database = hd_store_files_open (self->directory, check, error);
  self->items_inode = get_inode (self, HD_STORE_FILE_ITEMS);
  self->drafts_inode = get_inode (self, HD_STORE_FILE_DRAFTS);

  if (self->database != NULL)
    hd_search_words_set_synonyms_file (hd_database_get_search_words (self->database), self->synonyms_file);

  return self->database != NULL;
}

static gboolean
ensure_database (HdStore  *self,
                 GError  **error)
{
  if (self->database != NULL &&
      self->items_inode == get_inode (self, HD_STORE_FILE_ITEMS) &&
      self->drafts_inode == get_inode (self, HD_STORE_FILE_DRAFTS))
    return TRUE;

  return open_database (self, FALSE, error);
}

/**
 * hd_store_reopen:
 * @self: a store, on its thread
 * @wipe_person: whether to delete the person's files in between
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the new connection
 */
HdDatabase *
hd_store_reopen (HdStore   *self,
                 gboolean   wipe_person,
                 GError   **error)
{
  g_clear_pointer (&self->database, hd_database_close);

  if (wipe_person &&
      (!hd_store_files_delete (self->directory, HD_STORE_FILE_ITEMS, error) ||
       !hd_store_files_delete (self->directory, HD_STORE_FILE_DRAFTS, error)))
    return NULL;

  return open_database (self, FALSE, error) ? self->database : NULL;
}

static gboolean
run_hurried (HdStoreCall  *call,
             HdDatabase   *database,
             GError      **error)
{
  HdSearchWords *words = hd_database_get_search_words (database);
  gboolean is_good;

  hd_search_words_set_hurried (words, TRUE);
  is_good = call->run (call, database, error);
  hd_search_words_set_hurried (words, FALSE);
  return is_good;
}

static gboolean
run_call (HdStoreCall  *call,
          HdDatabase   *database,
          GError      **error)
{
  if (call->provisional)
    return run_hurried (call, database, error);

  if (call->mode != HD_STORE_WRITE)
    return call->run (call, database, error);

  if (!hd_database_begin (database, error))
    return FALSE;

  if (!call->run (call, database, error) || !hd_database_commit (database, error))
    {
      hd_database_rollback (database);
      return FALSE;
    }

  return TRUE;
}

/* Once more with files that are whole, where damage was met. */
static void
run_call_safely (HdStoreCall *call)
{
  HdStore *self = call->store;

  if (!ensure_database (self, &call->error) || run_call (call, self->database, &call->error) ||
      !hd_database_error_is_damage (call->error))
    return;

  g_clear_error (&call->error);
  g_clear_pointer (&call->doomed, g_ptr_array_unref);
  call->topics = 0;

  if (open_database (self, TRUE, &call->error))
    run_call (call, self->database, &call->error);
}

static gboolean
emit_changed (gpointer user_data)
{
  HdStore *self = user_data;
  int topics = g_atomic_int_and (&self->topics, 0);

  if (topics != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, (guint) topics);

  return G_SOURCE_REMOVE;
}

/* What changes within one turn of the main loop is told at once.  The thread, which may have no call that holds the
 * store, takes no reference: the source ends with the store. */
static void
note_changes (HdStore       *self,
              HdStoreTopics  topics)
{
  g_autoptr (GMutexLocker) locker = NULL;

  if (topics == 0 || g_atomic_int_or (&self->topics, topics) != 0)
    return;

  locker = g_mutex_locker_new (&self->lock);
  g_clear_pointer (&self->changed, g_source_unref);
  self->changed = g_idle_source_new ();
  g_source_set_priority (self->changed, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->changed, emit_changed, self, NULL);
  g_source_set_static_name (self->changed, "[helpdesk] store changed");
  g_source_attach (self->changed, self->context);
}

/* A large answer that nobody waits for any more is freed by the thread. */
static void
throw_away (HdStoreCall *call)
{
  HdStoreCall *garbage = g_new0 (HdStoreCall, 1);

  garbage->result = g_steal_pointer (&call->result);
  garbage->free_result = call->free_result;

  if (call->store->thread != NULL)
    g_async_queue_push (call->store->queue, garbage);
  else
    hd_store_call_free (garbage);
}

static gboolean
deliver (gpointer user_data)
{
  HdStoreCall *call = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&call->task);

  if (call->result != NULL && g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    throw_away (call);

  if (call->error != NULL)
    g_task_return_error (task, g_steal_pointer (&call->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&call->result), call->free_result);

  return G_SOURCE_REMOVE;
}

/* The call, and with it maybe the last reference to the store, goes back to
 * where it came from: the thread never holds one of its own. */
static void
send_back (HdStoreCall *call)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  GMainContext *context = g_task_get_context (call->task);

  g_source_set_priority (source, g_task_get_priority (call->task));
  g_source_set_callback (source, deliver, call, hd_store_call_free);
  g_source_set_static_name (source, "[helpdesk] store answer");
  g_source_attach (source, context);
}

gboolean
hd_store_is_space_low (HdStore *self)
{
  g_return_val_if_fail (HD_IS_STORE (self), FALSE);

  return g_atomic_int_get (&self->space.is_low);
}

void
hd_store_set_low_space (HdStore *self,
                        guint64  bytes)
{
  g_return_if_fail (HD_IS_STORE (self));

  self->space.low_bytes = bytes;
}

static void
process (HdStoreCall *call)
{
  HdStore *self = call->store;

  if (call->task == NULL)
    {
      hd_store_call_free (call);
      return;
    }

  if (call->error == NULL)
    g_cancellable_set_error_if_cancelled (g_task_get_cancellable (call->task), &call->error);

  if (call->error == NULL && call->words != HD_STORE_NO_WORDS && ensure_database (self, NULL) &&
      hd_store_aside_take (&self->aside, call, self->database))
    return;

  if (call->error != NULL)
    {
      note_changes (self, call->topics);
      send_back (call);
      return;
    }

  if (call->prepare != NULL && !call->prepare (call))
    {
      g_async_queue_push (self->queue, call);
      return;
    }

  call->again = FALSE;
  run_call_safely (call);

  if (call->mode != HD_STORE_READ && hd_store_space_check (&self->space, self->directory))
    note_changes (self, HD_STORE_SPACE);

  if (call->again && call->error == NULL)
    {
      g_async_queue_push (self->queue, call);
      return;
    }

  for (guint i = 0; call->error == NULL && call->doomed != NULL && i < call->doomed->len; i++)
    hd_remove_tree (g_ptr_array_index (call->doomed, i));

  if (call->error == NULL || call->mode == HD_STORE_BARE)
    note_changes (self, call->topics);

  send_back (call);
}

/* What was written may have to be indexed, on the store's thread. */
void
hd_store_index_soon (HdStore *self)
{
  self->indexes = TRUE;
}

/* What a person wants forgotten is not remembered a moment later. */
void
hd_store_forget_waiting (HdStore *self)
{
  hd_store_aside_drop_writes (&self->aside);
}

/* A little; where that fails, no more before something else comes. */
static void
index_more (HdStore *self)
{
  g_autoptr (GError) error = NULL;
  HdStoreTopics missing = 0;

  if (self->database == NULL || !hd_store_index_find_missing (self->database, &missing, &error))
    g_debug ("what the index lacks is not known: %s", error != NULL ? error->message : "no database");

  self->index_waits = missing != 0 && !hd_store_aside_are_words_ready (&self->aside, self->database);
  if (self->index_waits)
    return;

  if (missing != 0 && !hd_store_index_more (self->database, &error))
    g_debug ("what has come could not be indexed: %s", error->message);

  self->indexed |= missing;
  self->indexes = missing != 0 && error == NULL;

  /* Who shows what was found looks again. */
  if (!self->indexes)
    {
      note_changes (self, self->indexed);
      self->indexed = 0;
    }
}

static gboolean
has_leisure_work (HdStore *self)
{
  return (self->indexes && !self->index_waits) || (self->database != NULL && hd_database_has_log (self->database));
}

/* Returns: (transfer full): what is to be done; while there is nothing, what has come is put where it belongs, and indexed */
static HdStoreCall *
pop (HdStore *self)
{
  HdStoreCall *call = has_leisure_work (self) ? g_async_queue_timeout_pop (self->queue, LEISURE_AFTER_USEC) : NULL;

  while (call == NULL && has_leisure_work (self))
    {
      if (self->database != NULL && hd_database_has_log (self->database))
        hd_database_write_log (self->database);
      else
        index_more (self);

      call = g_async_queue_try_pop (self->queue);
    }

  return call != NULL ? call : g_async_queue_pop (self->queue);
}

/* The words may be ready, or a call that waits for them was cancelled. */
static void
look_again (HdStore *self)
{
  self->index_waits = FALSE;
  hd_store_aside_put_back (&self->aside);
}

static gpointer
run_thread (gpointer data)
{
  HdStore *self = data;
  HdStoreCall *call;

  while ((call = pop (self)) != &stop_call)
    {
      if (call == &hd_store_aside_news)
        look_again (self);
      else
        process (call);
    }

  /* Calls that were in parts are behind the end; who waits for the words waits no more. */
  hd_store_aside_close (&self->aside);
  while ((call = g_async_queue_try_pop (self->queue)) != NULL)
    {
      if (call != &hd_store_aside_news)
        process (call);
    }

  g_clear_pointer (&self->database, hd_database_close);
  return NULL;
}

/**
 * hd_store_call_push:
 * @call: (transfer full): what to do
 *
 * Hands @call to the thread of its store.
 */
void
hd_store_call_push (HdStoreCall *call)
{
  HdStore *self = call->store;

  if (self->thread == NULL)
    {
      g_task_return_error (call->task, hd_store_call_make_closed_error ());
      hd_store_call_free (call);
      return;
    }

  g_async_queue_push (self->queue, call);
}

const char *
hd_store_get_directory (HdStore *self)
{
  return self->directory;
}

static void
hd_store_finalize (GObject *object)
{
  HdStore *self = HD_STORE (object);

  hd_store_close (self);

  if (self->changed != NULL)
    g_source_destroy (self->changed);
  g_clear_pointer (&self->changed, g_source_unref);
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->synonyms_file, g_free);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (hd_store_parent_class)->finalize (object);
}

static void
hd_store_class_init (HdStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_store_finalize;

  /**
   * HdStore::changed:
   * @topics: #HdStoreTopics: what it was about
   *
   * Something was written; emitted on the main context in which the store was
   * opened, at most once a turn, and never before the change is on disk.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hd_store_init (HdStore *self)
{
  g_mutex_init (&self->lock);
  self->queue = g_async_queue_new ();
  self->aside.queue = self->queue;
  self->space.low_bytes = HD_STORE_LOW_SPACE;
  self->context = g_main_context_ref_thread_default ();
}

static gboolean
run_open (HdStoreCall  *call,
          HdDatabase   *database,
          GError      **error)
{
  hd_store_call_take (call, g_object_ref (call->store), g_object_unref);
  hd_store_index_soon (call->store);
  if (!hd_store_remove_strays (call->store, database, error))
    return FALSE;

  /* Not worth failing for: a full disk can still be read. */
  if (!hd_database_begin (database, NULL) || !hd_store_renew_sort_keys (database, NULL) ||
      !hd_database_commit (database, NULL))
    hd_database_rollback (database);

  return TRUE;
}

/**
 * hd_store_open_async:
 * @directory: a folder, made where there is none, which only this person can enter
 * @synonyms_file: (nullable): a list of other words for search (hd_synonyms_read_file()), read when it is wanted
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Opens the store of one portal.  A damaged file is set aside and made anew,
 * drafts with what can still be read.
 */
void
hd_store_open_async (const char          *directory,
                     const char          *synonyms_file,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (HdStore) self = NULL;

  g_return_if_fail (directory != NULL);

  self = g_object_new (HD_TYPE_STORE, NULL);
  self->directory = g_strdup (directory);
  self->synonyms_file = g_strdup (synonyms_file);
  self->thread = g_thread_new ("hd-store", run_thread, self);

  hd_store_call_push (hd_store_call_new (self, HD_STORE_BARE, run_open, hd_store_open_async,
                                         cancellable, callback, user_data));
}

/**
 * hd_store_open_finish:
 * @result: the result
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the store
 */
HdStore *
hd_store_open_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_store_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hd_store_close:
 * @self: a store
 *
 * Waits until all that was called is done and closes the files.  Callbacks of
 * those calls still come; calls from now on fail with %HD_ERROR_STORAGE, and so
 * do those that wait for the words.
 */
void
hd_store_close (HdStore *self)
{
  g_return_if_fail (HD_IS_STORE (self));

  if (self->thread == NULL)
    return;

  g_async_queue_push (self->queue, &stop_call);
  g_thread_join (g_steal_pointer (&self->thread));
}
