/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-small-picture.h"

/*
 * A picture of somebody else's, in small.  It may be anything: it is decoded on
 * a thread of its own, only as what it is recognised as, and not at all where
 * it would take much memory.
 */

#define MAX_BYTES (2 * 1024 * 1024)
#define MAX_PIXELS (4 * 1024 * 1024)

static const char *const types[] = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };

/* No size at all, where the picture is too large: that ends the decoding. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  int size = GPOINTER_TO_INT (user_data);
  gboolean is_too_large = width <= 0 || height <= 0 || (gint64) width * height > MAX_PIXELS;
  double scale = is_too_large ? 0.0 : MIN (1.0, (double) size / MAX (width, height));

  gdk_pixbuf_loader_set_size (loader, is_too_large ? 0 : MAX (1, (int) (width * scale)),
                              is_too_large ? 0 : MAX (1, (int) (height * scale)));
}

static GdkPixbufLoader *
make_loader (GBytes  *bytes,
             int      size,
             GError **error)
{
  g_autofree char *type = NULL;
  GdkPixbufLoader *loader;

  type = g_content_type_guess (NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);

  if (!g_strv_contains (types, type))
    {
      g_set_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE, "no picture: %s", type);
      return NULL;
    }

  loader = gdk_pixbuf_loader_new_with_mime_type (type, error);

  if (loader != NULL)
    g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), GINT_TO_POINTER (size));

  return loader;
}

static GdkTexture *
decode (GBytes  *bytes,
        int      size,
        GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = make_loader (bytes, size, error);
  gboolean is_whole;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return NULL;

  is_whole = gdk_pixbuf_loader_write_bytes (loader, bytes, error);

  /* To be closed in any case; the first fault is the one to tell. */
  if (!gdk_pixbuf_loader_close (loader, is_whole ? error : NULL) || !is_whole)
    return NULL;

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (pixbuf == NULL)
    g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_FAILED, "nothing in it");

  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

static void
decode_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  int size = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (task), "hd-size"));
  GError *error = NULL;
  GdkTexture *texture = decode (task_data, size, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * hd_small_picture_decode_async:
 * @bytes: a picture, or whatever was sent for one
 * @size: how wide and high it may be at most, in pixels
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 */
void
hd_small_picture_decode_async (GBytes              *bytes,
                               int                  size,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (bytes != NULL);
  g_return_if_fail (size > 0);

  g_task_set_source_tag (task, hd_small_picture_decode_async);

  if (g_bytes_get_size (bytes) > MAX_BYTES)
    {
      g_task_return_new_error (task, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY, "too large a picture");
      return;
    }

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_object_set_data (G_OBJECT (task), "hd-size", GINT_TO_POINTER (size));
  g_task_run_in_thread (task, decode_in_thread);
}

/* Returns: (transfer full) (nullable) */
GdkTexture *
hd_small_picture_decode_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
