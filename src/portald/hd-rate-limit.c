/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rate-limit.h"

/*
 * How often somebody may ask: a bucket of calls for each, that fills up by and by.
 *
 * In memory alone: who restarts the portal forgives everybody.  A bucket that is
 * full again is forgotten, so that passers-by do not fill the memory.
 */

#define MINUTE (60 * G_USEC_PER_SEC)
/* How many buckets there are before the full ones are looked for. */
#define MANY_BUCKETS 1000
/* Of a call: what is lost in adding up fractions. */
#define NEARLY_NOTHING 0.000001

typedef struct
{
  double calls;    /* that are left */
  gint64 at;       /* when that was so */
} Bucket;

struct _HdRateLimit
{
  GHashTable *buckets;   /* (owned) (element-type utf8 Bucket) */
  double      per_usec;
  double      burst;
};

/**
 * hd_rate_limit_new:
 * @per_minute: how many calls a minute; 0 for any number
 * @burst: how many at once; 0 for those of a minute
 *
 * Returns: (transfer full): a limit that nobody has come near
 */
HdRateLimit *
hd_rate_limit_new (guint per_minute,
                   guint burst)
{
  HdRateLimit *self = g_new0 (HdRateLimit, 1);

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->per_usec = (double) per_minute / (double) MINUTE;
  self->burst = burst > 0 ? burst : per_minute;

  return self;
}

void
hd_rate_limit_free (HdRateLimit *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

/* However the clock is set meanwhile, nobody gets more than a full bucket, nor less than they had. */
static double
count_calls (HdRateLimit  *self,
             const Bucket *bucket,
             gint64        now)
{
  return MIN (self->burst, bucket->calls + (double) MAX (now - bucket->at, 0) * self->per_usec);
}

static void
forget_full (HdRateLimit *self,
             gint64       now)
{
  GHashTableIter iter;
  gpointer bucket;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    {
      if (count_calls (self, bucket, now) >= self->burst)
        g_hash_table_iter_remove (&iter);
    }
}

/**
 * hd_rate_limit_look:
 * @self: a limit
 * @key: who asks
 * @now: the time, in microseconds
 *
 * Returns: for how many seconds they have to wait; 0 if they may call now
 */
guint
hd_rate_limit_look (HdRateLimit *self,
                    const char  *key,
                    gint64       now)
{
  const Bucket *bucket = g_hash_table_lookup (self->buckets, key);
  double missing;

  if (self->per_usec <= 0 || bucket == NULL)
    return 0;

  missing = 1.0 - count_calls (self, bucket, now);

  if (missing < NEARLY_NOTHING)
    return 0;

  /* Rounded up: who waits that long is served. */
  return (guint) (missing / self->per_usec / G_USEC_PER_SEC + 1.0 - NEARLY_NOTHING);
}

/* As hd_rate_limit_look(); the call is counted if it may be made.  One that may not costs nothing. */
guint
hd_rate_limit_take (HdRateLimit *self,
                    const char  *key,
                    gint64       now)
{
  guint wait = hd_rate_limit_look (self, key, now);
  Bucket *bucket;

  if (wait > 0 || self->per_usec <= 0)
    return wait;

  bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= MANY_BUCKETS)
        forget_full (self, now);

      bucket = g_new0 (Bucket, 1);
      bucket->calls = self->burst;
      g_hash_table_insert (self->buckets, g_strdup (key), bucket);
    }

  bucket->calls = count_calls (self, bucket, now) - 1.0;
  bucket->at = now;
  return 0;
}

/* How many are kept in mind. */
guint
hd_rate_limit_size (HdRateLimit *self)
{
  return g_hash_table_size (self->buckets);
}
