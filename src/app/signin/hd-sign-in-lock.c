/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sign-in-lock.h"

/**
 * HdSignInLock:
 *
 * Which accounts are locked after wrong passwords, and for how long.  It is the
 * account that is locked and not the machine: a colleague can sign in meanwhile.
 *
 * “changed” is emitted every second while an account is locked, and when the
 * last one no longer is.
 */

struct _HdSignInLock
{
  GObject     parent_instance;

  GHashTable *ends;     /* (owned): user name → when its lock ends, on the monotonic clock */
  guint       tick_id;
};

G_DEFINE_FINAL_TYPE (HdSignInLock, hd_sign_in_lock, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
has_ended (gpointer user_name,
           gpointer end,
           gpointer user_data)
{
  return *(gint64 *) end <= g_get_monotonic_time ();
}

static gboolean
tick_cb (gpointer user_data)
{
  HdSignInLock *self = user_data;
  gboolean is_over;

  g_hash_table_foreach_remove (self->ends, has_ended, NULL);
  is_over = g_hash_table_size (self->ends) == 0;

  if (is_over)
    self->tick_id = 0;

  g_signal_emit (self, changed_signal, 0);

  return is_over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
hd_sign_in_lock_finalize (GObject *object)
{
  HdSignInLock *self = HD_SIGN_IN_LOCK (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_hash_table_unref (self->ends);

  G_OBJECT_CLASS (hd_sign_in_lock_parent_class)->finalize (object);
}

static void
hd_sign_in_lock_class_init (HdSignInLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_sign_in_lock_finalize;

  changed_signal = g_signal_new ("changed", HD_TYPE_SIGN_IN_LOCK, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_sign_in_lock_init (HdSignInLock *self)
{
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

HdSignInLock *
hd_sign_in_lock_new (void)
{
  return g_object_new (HD_TYPE_SIGN_IN_LOCK, NULL);
}

void
hd_sign_in_lock_add (HdSignInLock  *self,
                     const char    *user_name,
                     int            seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  g_return_if_fail (HD_IS_SIGN_IN_LOCK (self));
  g_return_if_fail (user_name != NULL);

  g_hash_table_replace (self->ends, g_strdup (user_name), g_memdup2 (&end, sizeof end));

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);

  g_signal_emit (self, changed_signal, 0);
}

/* Returns: for how many more seconds, begun ones counted; 0 where the account is not locked */
int
hd_sign_in_lock_get_seconds (HdSignInLock  *self,
                             const char    *user_name)
{
  const gint64 *end;

  g_return_val_if_fail (HD_IS_SIGN_IN_LOCK (self), 0);

  end = g_hash_table_lookup (self->ends, user_name);

  return end != NULL ? (int) MAX (0, (*end - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}
