/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-lockout.h"

/**
 * HdLockout:
 *
 * Which accounts are locked after wrong passwords, and for how long.  It is the
 * account that is locked and not the machine: a colleague can sign in meanwhile.
 *
 * “changed” is emitted every second while an account is locked, and when the
 * last one no longer is.
 */

struct _HdLockout
{
  GObject     parent_instance;

  GHashTable *ends;     /* (owned): user name → when its lock ends, on the monotonic clock */
  guint       tick_id;
};

G_DEFINE_FINAL_TYPE (HdLockout, hd_lockout, G_TYPE_OBJECT)

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
  HdLockout *self = user_data;
  gboolean is_over;

  g_hash_table_foreach_remove (self->ends, has_ended, NULL);
  is_over = g_hash_table_size (self->ends) == 0;

  if (is_over)
    self->tick_id = 0;

  g_signal_emit (self, changed_signal, 0);

  return is_over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
hd_lockout_finalize (GObject *object)
{
  HdLockout *self = HD_LOCKOUT (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_hash_table_unref (self->ends);

  G_OBJECT_CLASS (hd_lockout_parent_class)->finalize (object);
}

static void
hd_lockout_class_init (HdLockoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_lockout_finalize;

  changed_signal = g_signal_new ("changed", HD_TYPE_LOCKOUT, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_lockout_init (HdLockout *self)
{
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

HdLockout *
hd_lockout_new (void)
{
  return g_object_new (HD_TYPE_LOCKOUT, NULL);
}

void
hd_lockout_add (HdLockout  *self,
                const char *user_name,
                int         seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  g_return_if_fail (HD_IS_LOCKOUT (self));
  g_return_if_fail (user_name != NULL);

  g_hash_table_replace (self->ends, g_strdup (user_name), g_memdup2 (&end, sizeof end));

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);

  g_signal_emit (self, changed_signal, 0);
}

/* Returns: for how many more seconds, begun ones counted; 0 where the account is not locked */
int
hd_lockout_get_seconds (HdLockout  *self,
                        const char *user_name)
{
  const gint64 *end;

  g_return_val_if_fail (HD_IS_LOCKOUT (self), 0);

  end = g_hash_table_lookup (self->ends, user_name);

  return end != NULL ? (int) MAX (0, (*end - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}
