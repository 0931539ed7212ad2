/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-progress.h"

/**
 * HdProgress:
 *
 * How many bytes of a transfer are done.  Properties “done”, “total” (0 where it
 * is not known) and “fraction” notify; main thread.
 */

struct _HdProgress
{
  GObject  parent_instance;

  guint64  done;
  guint64  total;
  gboolean was_complete;
};

G_DEFINE_FINAL_TYPE (HdProgress, hd_progress, G_TYPE_OBJECT)

typedef enum
{
  PROP_DONE = 1,
  PROP_TOTAL,
  PROP_FRACTION,
} HdProgressProp;

static GParamSpec *properties[PROP_FRACTION + 1];

static void
hd_progress_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  HdProgress *self = HD_PROGRESS (object);

  switch ((HdProgressProp) prop_id)
    {
    case PROP_DONE:
      g_value_set_uint64 (value, self->done);
      break;

    case PROP_TOTAL:
      g_value_set_uint64 (value, self->total);
      break;

    case PROP_FRACTION:
      g_value_set_double (value, hd_progress_get_fraction (self));
      break;
    }
}

static void
hd_progress_class_init (HdProgressClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = hd_progress_get_property;

  properties[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);

  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
}

static void
hd_progress_init (HdProgress *self)
{
}

HdProgress *
hd_progress_new (void)
{
  return g_object_new (HD_TYPE_PROGRESS, NULL);
}

guint64
hd_progress_get_done (HdProgress *self)
{
  g_return_val_if_fail (HD_IS_PROGRESS (self), 0);

  return self->done;
}

guint64
hd_progress_get_total (HdProgress *self)
{
  g_return_val_if_fail (HD_IS_PROGRESS (self), 0);

  return self->total;
}

/* Returns: 0 to 1; 0 where the total is not known */
double
hd_progress_get_fraction (HdProgress *self)
{
  g_return_val_if_fail (HD_IS_PROGRESS (self), 0);

  return self->total > 0 ? MIN (1.0, (double) self->done / (double) self->total) : 0;
}

/* Returns: whether all of it was ever done, be it begun again since: the other side may have the whole */
gboolean
hd_progress_was_complete (HdProgress *self)
{
  g_return_val_if_fail (HD_IS_PROGRESS (self), FALSE);

  return self->was_complete;
}

/* For whoever does the transfer. */
void
hd_progress_set (HdProgress *self,
                 guint64     done,
                 guint64     total)
{
  g_return_if_fail (HD_IS_PROGRESS (self));

  if (self->done == done && self->total == total)
    return;

  self->done = done;
  self->total = total;
  self->was_complete = self->was_complete || (total > 0 && done >= total);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}
