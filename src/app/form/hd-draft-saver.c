/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft-saver.h"

/**
 * HdDraftSaver:
 *
 * Keeps a draft on disk up with what is being typed.
 *
 * A change is on disk about a second after it.  While one writes, the changes
 * that come meanwhile wait for the end of the write under way; a flush does not
 * wait, for it may be the last thing before the page goes.  A write once begun
 * does not depend on the page.  Emits “changed” whenever one of the getters would
 * say something else.
 *
 * Lives on the main thread.
 */

/* From the first unsaved keystroke to the writing of it. */
#define SAVE_DELAY_MS 1000

struct _HdDraftSaver
{
  GObject      parent_instance;

  HdStore     *store;        /* (owned) (nullable): without one nothing is saved */
  HdDraftFunc  dup_draft;
  gpointer     user_data;    /* (unowned) */
  GDateTime   *saved_at;     /* (owned) (nullable) local */
  GError      *error;        /* (owned) (nullable) */
  guint        delay_source;
  guint        n_writes;     /* under way: the store does them in turn */
  gboolean     unsaved;
  gboolean     stopped;
};

G_DEFINE_FINAL_TYPE (HdDraftSaver, hd_draft_saver, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} HdDraftSaverSignal;

static guint signals[N_SIGNALS];

static void
hd_draft_saver_dispose (GObject *object)
{
  HdDraftSaver *self = HD_DRAFT_SAVER (object);

  g_clear_handle_id (&self->delay_source, g_source_remove);

  G_OBJECT_CLASS (hd_draft_saver_parent_class)->dispose (object);
}

static void
hd_draft_saver_finalize (GObject *object)
{
  HdDraftSaver *self = HD_DRAFT_SAVER (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (hd_draft_saver_parent_class)->finalize (object);
}

static void
hd_draft_saver_class_init (HdDraftSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_draft_saver_dispose;
  object_class->finalize = hd_draft_saver_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_draft_saver_init (HdDraftSaver *self)
{
}

/**
 * hd_draft_saver_new:
 * @store: (nullable): where drafts are kept
 * @dup_draft: makes the draft that is to be written
 * @user_data: for @dup_draft; must live until hd_draft_saver_stop()
 *
 * Returns: (transfer full): a saver with nothing to save
 */
HdDraftSaver *
hd_draft_saver_new (HdStore     *store,
                    HdDraftFunc  dup_draft,
                    gpointer     user_data)
{
  HdDraftSaver *self = g_object_new (HD_TYPE_DRAFT_SAVER, NULL);

  g_set_object (&self->store, store);
  self->dup_draft = dup_draft;
  self->user_data = user_data;

  return self;
}

static void
draft_saved_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (HdDraftSaver) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = hd_store_save_draft_finish (HD_STORE (object), result, &error);

  self->n_writes--;
  g_clear_error (&self->error);

  if (saved)
    {
      g_clear_pointer (&self->saved_at, g_date_time_unref);
      self->saved_at = g_date_time_new_now_local ();
      if (self->unsaved && self->n_writes == 0)
        hd_draft_saver_flush (self);
    }
  else
    {
      /* Tried again with the next change. */
      self->error = g_steal_pointer (&error);
      self->unsaved = TRUE;
    }

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
delay_passed_cb (gpointer user_data)
{
  HdDraftSaver *self = user_data;

  self->delay_source = 0;
  if (self->n_writes == 0)
    hd_draft_saver_flush (self);

  return G_SOURCE_REMOVE;
}

/* Something changed.  The write is not put off by the changes that follow: who
 * types without a pause is saved too. */
void
hd_draft_saver_touch (HdDraftSaver *self)
{
  g_return_if_fail (HD_IS_DRAFT_SAVER (self));

  if (self->stopped)
    return;

  self->unsaved = TRUE;

  if (self->delay_source == 0)
    self->delay_source = g_timeout_add (SAVE_DELAY_MS, delay_passed_cb, self);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Writes now what is not written yet, after what is being written. */
void
hd_draft_saver_flush (HdDraftSaver *self)
{
  g_autoptr (HdDraft) draft = NULL;

  g_return_if_fail (HD_IS_DRAFT_SAVER (self));

  g_clear_handle_id (&self->delay_source, g_source_remove);

  if (!self->unsaved || self->stopped || self->store == NULL)
    return;

  self->unsaved = FALSE;
  self->n_writes++;
  draft = self->dup_draft (self->user_data);
  hd_store_save_draft_async (self->store, draft, NULL, draft_saved_cb, g_object_ref (self));
}

/* Never asks for the draft again. */
void
hd_draft_saver_stop (HdDraftSaver *self)
{
  g_return_if_fail (HD_IS_DRAFT_SAVER (self));

  g_clear_handle_id (&self->delay_source, g_source_remove);
  self->stopped = TRUE;
}

/* Whether something is not on disk yet. */
gboolean
hd_draft_saver_get_unsaved (HdDraftSaver *self)
{
  g_return_val_if_fail (HD_IS_DRAFT_SAVER (self), FALSE);
  return self->unsaved || self->n_writes > 0;
}

/* Returns: (transfer none) (nullable): when it was last written, in local time */
GDateTime *
hd_draft_saver_get_saved_at (HdDraftSaver *self)
{
  g_return_val_if_fail (HD_IS_DRAFT_SAVER (self), NULL);
  return self->saved_at;
}

void
hd_draft_saver_set_saved_at (HdDraftSaver *self,
                             GDateTime    *saved_at)
{
  g_return_if_fail (HD_IS_DRAFT_SAVER (self));

  g_clear_pointer (&self->saved_at, g_date_time_unref);
  self->saved_at = saved_at != NULL ? g_date_time_to_local (saved_at) : NULL;
}

/* Returns: (transfer none) (nullable): why it could not be written */
const GError *
hd_draft_saver_get_error (HdDraftSaver *self)
{
  g_return_val_if_fail (HD_IS_DRAFT_SAVER (self), NULL);
  return self->error;
}
