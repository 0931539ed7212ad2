/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-download.h"

#include "hd-error.h"

/*
 * An open exchange to a file: into a temporary one beside it, which takes its
 * name in the end.
 *
 *   run → created_cb → read ⇄ piece_received_cb → piece_written_cb
 *     → closed_cb → moved_cb
 *   and from anywhere: give_up → deleted_cb
 */

typedef struct
{
  GTask             *task;         /* (owned) */
  HdHttpExchange    *exchange;     /* (owned) */
  GFile             *destination;  /* (owned) */
  GFile             *temporary;    /* (owned) */
  GFileOutputStream *stream;       /* (owned) (nullable) */
  GByteArray        *piece;        /* (owned) */
  GError            *error;        /* (owned) (nullable) */
} Download;

static void piece_received_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

static void
download_free (Download *state)
{
  g_clear_object (&state->task);
  g_clear_object (&state->exchange);
  g_clear_object (&state->destination);
  g_clear_object (&state->temporary);
  g_clear_object (&state->stream);
  g_clear_pointer (&state->piece, g_byte_array_unref);
  g_clear_error (&state->error);
  g_free (state);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Download, download_free)

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Download) state = user_data;

  g_file_delete_finish (G_FILE (object), result, NULL);
  g_task_return_error (state->task, g_steal_pointer (&state->error));
}

static void
close_failed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Download *state = user_data;

  g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, NULL);
  g_file_delete_async (state->temporary, G_PRIORITY_DEFAULT, NULL, deleted_cb, state);
}

/* Takes the state and the error. */
static void
give_up (Download *state,
         GError   *error)
{
  state->error = error;

  /* What this machine's files refuse is not a fault of the line. */
  if (error->domain == G_IO_ERROR && !hd_error_is_cancelled (error))
    state->error = g_error_new_literal (HD_ERROR, HD_ERROR_STORAGE, error->message);

  if (state->error != error)
    g_error_free (error);

  hd_http_exchange_close (state->exchange);

  if (state->stream != NULL)
    g_output_stream_close_async (G_OUTPUT_STREAM (state->stream), G_PRIORITY_DEFAULT, NULL, close_failed_cb, state);
  else
    g_file_delete_async (state->temporary, G_PRIORITY_DEFAULT, NULL, deleted_cb, state);
}

static void
read_piece (Download *state)
{
  g_byte_array_set_size (state->piece, 0);
  hd_http_exchange_read_async (state->exchange, state->piece, piece_received_cb, state);
}

static void
moved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Download *state = user_data;
  GError *error = NULL;

  if (!g_file_move_finish (G_FILE (object), result, &error))
    {
      give_up (state, error);
      return;
    }

  g_task_return_boolean (state->task, TRUE);
  download_free (state);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Download *state = user_data;
  GError *error = NULL;

  g_clear_object (&state->stream);

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, &error))
    give_up (state, error);
  else
    g_file_move_async (state->temporary, state->destination,
                       G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                       G_PRIORITY_DEFAULT, g_task_get_cancellable (state->task), NULL, NULL,
                       moved_cb, state);
}

static void
piece_written_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Download *state = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    read_piece (state);
  else
    give_up (state, error);
}

static void
piece_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Download *state = user_data;
  GOutputStream *stream = G_OUTPUT_STREAM (state->stream);
  GCancellable *cancellable = g_task_get_cancellable (state->task);
  GError *error = NULL;

  if (!hd_http_exchange_read_finish (HD_HTTP_EXCHANGE (object), result, &error))
    give_up (state, error);
  else if (state->piece->len == 0)
    g_output_stream_close_async (stream, G_PRIORITY_DEFAULT, cancellable, closed_cb, state);
  else
    g_output_stream_write_all_async (stream, state->piece->data, state->piece->len,
                                     G_PRIORITY_DEFAULT, cancellable, piece_written_cb, state);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Download *state = user_data;
  GError *error = NULL;

  state->stream = g_file_create_finish (G_FILE (object), result, &error);

  if (state->stream != NULL)
    read_piece (state);
  else
    give_up (state, error);
}

/* In the same folder, so that it can be renamed; hidden, so that nobody opens it. */
static GFile *
create_temporary_name (GFile *destination)
{
  g_autoptr (GFile) folder = g_file_get_parent (destination);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".helpdesk-%s.part", id);

  return g_file_get_child (folder != NULL ? folder : destination, name);
}

/**
 * hd_http_download_run:
 * @exchange: an open exchange
 * @destination: where to write
 * @task: (transfer full): returns a boolean
 */
void
hd_http_download_run (HdHttpExchange *exchange,
                      GFile          *destination,
                      GTask          *task)
{
  Download *state = g_new0 (Download, 1);

  state->piece = g_byte_array_new ();
  state->task = task;
  state->exchange = g_object_ref (exchange);
  state->destination = g_object_ref (destination);
  state->temporary = create_temporary_name (destination);

  g_file_create_async (state->temporary, G_FILE_CREATE_NONE, G_PRIORITY_DEFAULT,
                       g_task_get_cancellable (task), created_cb, state);
}
