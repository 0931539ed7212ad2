/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-body.h"

#include "hd-error.h"

/**
 * HdHttpBody:
 *
 * Several streams of known lengths, read one after the other: a request's body
 * that is never in memory as a whole, and that can be read again where the
 * request has to be sent again.
 *
 * GIO reads a stream that has no asynchronous reading of its own on a thread,
 * so that a slow disk does not hold up the main loop.
 */

typedef struct
{
  GInputStream *stream;  /* (owned) */
  guint64       length;
} Segment;

struct _HdHttpBody
{
  GInputStream  parent_instance;

  GArray       *segments;        /* (owned) (element-type Segment) */
  guint         current;
  guint64       done;            /* of the current segment */
};

G_DEFINE_FINAL_TYPE (HdHttpBody, hd_http_body, G_TYPE_INPUT_STREAM)

static void
segment_clear (gpointer data)
{
  Segment *segment = data;

  g_clear_object (&segment->stream);
}

static void
set_changed_error (GError **error)
{
  g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, "a file changed while it was being sent");
}

static gssize
hd_http_body_read (GInputStream  *stream,
                   void          *buffer,
                   gsize          count,
                   GCancellable  *cancellable,
                   GError       **error)
{
  HdHttpBody *self = HD_HTTP_BODY (stream);
  g_autoptr (GError) cause = NULL;
  Segment *segment;
  gssize n_read;

  while (self->current < self->segments->len &&
         self->done == g_array_index (self->segments, Segment, self->current).length)
    {
      self->current++;
      self->done = 0;
    }

  if (self->current == self->segments->len)
    return 0;

  segment = &g_array_index (self->segments, Segment, self->current);
  n_read = g_input_stream_read (segment->stream, buffer, MIN (count, segment->length - self->done),
                                cancellable, &cause);

  if (n_read > 0)
    {
      self->done += n_read;
      return n_read;
    }

  if (hd_error_is_cancelled (cause))
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (cause != NULL)
    g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, cause->message);
  else
    set_changed_error (error);

  return -1;
}

static void
hd_http_body_finalize (GObject *object)
{
  HdHttpBody *self = HD_HTTP_BODY (object);

  g_clear_pointer (&self->segments, g_array_unref);

  G_OBJECT_CLASS (hd_http_body_parent_class)->finalize (object);
}

static void
hd_http_body_class_init (HdHttpBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_http_body_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = hd_http_body_read;
}

static void
hd_http_body_init (HdHttpBody *self)
{
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  g_array_set_clear_func (self->segments, segment_clear);
}

HdHttpBody *
hd_http_body_new (void)
{
  return g_object_new (HD_TYPE_HTTP_BODY, NULL);
}

/**
 * hd_http_body_add:
 * @self: a body that was not read from yet
 * @stream: a seekable stream at its start
 * @length: how much of it to send; reading fails where it ends before that
 */
void
hd_http_body_add (HdHttpBody   *self,
                  GInputStream *stream,
                  guint64       length)
{
  Segment segment = { g_object_ref (stream), length };

  g_return_if_fail (HD_IS_HTTP_BODY (self));

  g_array_append_val (self->segments, segment);
}

guint64
hd_http_body_get_length (HdHttpBody *self)
{
  guint64 length = 0;

  g_return_val_if_fail (HD_IS_HTTP_BODY (self), 0);

  for (guint i = 0; i < self->segments->len; i++)
    length += g_array_index (self->segments, Segment, i).length;

  return length;
}

/* Starts over.  Not while it is being read. */
gboolean
hd_http_body_rewind (HdHttpBody  *self,
                     GError     **error)
{
  g_return_val_if_fail (HD_IS_HTTP_BODY (self), FALSE);

  self->current = 0;
  self->done = 0;

  for (guint i = 0; i < self->segments->len; i++)
    {
      Segment *segment = &g_array_index (self->segments, Segment, i);

      if (!g_seekable_seek (G_SEEKABLE (segment->stream), 0, G_SEEK_SET, NULL, error))
        return FALSE;
    }

  return TRUE;
}
