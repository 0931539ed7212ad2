/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-aside.h"

#include "hd-search-words.h"

/*
 * What cannot be answered before the words are ready waits here, so that the other
 * calls get their turn meanwhile.  All go back to the head of the queue, in their
 * order, when the words may be ready or one of them is cancelled; those that have
 * to wait on are set aside again.
 */

HdStoreCall hd_store_aside_news;

/* Where they are not, another thread sees to it, and there will be news. */
gboolean
hd_store_aside_are_words_ready (HdStoreAside *self,
                                HdDatabase   *database)
{
  HdSearchWords *words = hd_database_get_search_words (database);

  if (hd_search_words_are_ready (words))
    return TRUE;

  hd_search_words_prepare (words, self->queue, &hd_store_aside_news);
  return FALSE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      queue)
{
  g_async_queue_push (queue, &hd_store_aside_news);
}

static void
add (HdStoreAside *self,
     HdStoreCall  *call)
{
  GCancellable *cancellable = g_task_get_cancellable (call->task);

  g_queue_push_tail (&self->calls, call);
  if (cancellable != NULL)
    call->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_async_queue_ref (self->queue),
                                                (GDestroyNotify) g_async_queue_unref);
}

/**
 * hd_store_aside_take:
 * @self: those that wait
 * @call: a call that needs words
 * @database: the connection
 *
 * Returns: whether @call was taken, since it has to wait; else it is known how it does without, be it with an error
 */
gboolean
hd_store_aside_take (HdStoreAside *self,
                     HdStoreCall  *call,
                     HdDatabase   *database)
{
  call->provisional = FALSE;
  if (hd_store_aside_are_words_ready (self, database))
    return FALSE;

  if (call->words == HD_STORE_TYPED_WORDS)
    call->provisional = TRUE;
  else if (self->is_closed)
    call->error = hd_store_call_make_closed_error ();
  else
    add (self, call);

  return call->words == HD_STORE_ALL_WORDS && call->error == NULL;
}

/* All of them to where they came from. */
void
hd_store_aside_put_back (HdStoreAside *self)
{
  HdStoreCall *call;

  while ((call = g_queue_pop_tail (&self->calls)) != NULL)
    {
      if (call->cancelled_id != 0)
        g_cancellable_disconnect (g_task_get_cancellable (call->task), call->cancelled_id);
      call->cancelled_id = 0;
      g_async_queue_push_front (self->queue, call);
    }
}

/* What they would write is not wanted any more; they come back with an error. */
void
hd_store_aside_drop_writes (HdStoreAside *self)
{
  for (GList *link = self->calls.head; link != NULL; link = link->next)
    {
      HdStoreCall *call = link->data;

      if (call->mode == HD_STORE_WRITE && call->error == NULL)
        g_set_error_literal (&call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "what it was about is gone");
    }

  hd_store_aside_put_back (self);
}

/* Puts them back for the last time: who would wait fails from now on. */
void
hd_store_aside_close (HdStoreAside *self)
{
  self->is_closed = TRUE;
  hd_store_aside_put_back (self);
}
