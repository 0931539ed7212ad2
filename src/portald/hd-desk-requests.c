/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-desk-commands.h"

#include <string.h>

#include "hd-blobs.h"
#include "hd-request-changes.h"
#include "hd-text.h"

/*
 * The desk's commands about requests.
 */

HD_DESK_DECLARE (list)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autoptr (HdDatabase) database = hd_desk_open (command, NULL, 0, &own, data_dir, error);
  g_autoptr (HdRows) rows = NULL;

  if (database != NULL)
    rows = hd_database_query (database, error,
                              "SELECT number, r.status, waiting, user_name, subject FROM requests r"
                              " JOIN accounts a ON a.id = r.account_id ORDER BY number", "");

  while (rows != NULL && hd_rows_next (rows, error))
    g_print ("%s\t%s\t%s\t%s\t%s\n", hd_rows_get_text (rows, 0), hd_rows_get_text (rows, 1),
             hd_rows_get_int (rows, 2) != 0 ? "waiting" : "", hd_rows_get_text (rows, 3),
             hd_rows_get_text (rows, 4));

  return rows != NULL && (error == NULL || *error == NULL);
}

static void
free_file (gpointer data)
{
  HdUploadFile *file = data;

  g_free (file->name);
  g_free (file->content_type);
  g_free (file->sha256);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

/* Returns: (transfer full) (nullable) (element-type HdUploadFile): the files,
 * stored. */
static GPtrArray *
load_files (HdDatabase  *database,
            char       **paths,
            GError     **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autofree char *base_name = g_path_get_basename (paths[i]);
      g_autofree char *type = NULL;
      HdUploadFile *file;
      char *data;
      gsize size;

      if (!g_file_get_contents (paths[i], &data, &size, error))
        return NULL;

      type = g_content_type_guess (paths[i], (const guchar *) data, size, NULL);
      file = g_new0 (HdUploadFile, 1);
      file->name = hd_upload_clean_name (base_name);
      file->content_type = g_content_type_get_mime_type (type);
      file->bytes = g_bytes_new_take (data, size);
      file->sha256 = hd_blobs_add (hd_database_get_data_dir (database), file->bytes, error);
      g_ptr_array_add (files, file);

      if (file->sha256 == NULL)
        return NULL;
    }

  return g_steal_pointer (&files);
}

typedef struct
{
  char      *author;  /* (owned) (nullable) */
  char     **paths;   /* (owned) (nullable) */
  gboolean   ask;
} ReplyOptions;

static void
reply_options_clear (ReplyOptions *options)
{
  g_clear_pointer (&options->author, g_free);
  g_clear_pointer (&options->paths, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReplyOptions, reply_options_clear)

/* An answer begins the work, if nothing has; a question begins it again. */
static gboolean
add_reply (HdDatabase          *database,
           const char          *request_id,
           const char          *text,
           const ReplyOptions  *options,
           GPtrArray           *files,
           GError             **error)
{
  const char *author = options->author != NULL ? options->author : HD_DESK_NAME;
  gint64 now = hd_text_now ();
  g_autofree char *message_id = NULL;

  if (hd_database_count (database,
                         "SELECT COUNT (*) FROM requests WHERE id = ? AND"
                         " (status = 'registered' OR (? AND status <> 'in-progress'))", "si",
                         request_id, options->ask) == 1 &&
      !hd_request_set_status (database, request_id, "in-progress", NULL, author, now, error))
    return FALSE;

  if (!hd_request_set_waiting (database, request_id, options->ask, error) ||
      !hd_request_set_assignee (database, request_id, author, error))
    return FALSE;

  message_id = hd_request_add_message (database, request_id, author, FALSE, text, files, now, error);
  return message_id != NULL;
}

HD_DESK_DECLARE (reply)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_auto (ReplyOptions) options = { NULL, NULL, FALSE };
  const GOptionEntry entries[] = {
    { "author", 0, 0, G_OPTION_ARG_STRING, &options.author, "Who answers", "NAME" },
    { "attach", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.paths, "Send a file along", "FILE" },
    { "ask", 0, 0, G_OPTION_ARG_NONE, &options.ask, "Wait for an answer", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (HdDatabase) database = hd_desk_open (command, entries, 2, &own, data_dir, error);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (database == NULL)
    return FALSE;

  id = hd_request_find_by_number (database, own[1], error);
  files = id != NULL ? load_files (database, options.paths, error) : NULL;

  return files != NULL && hd_database_begin (database, error) &&
         hd_database_end (database, add_reply (database, id, own[2], &options, files, error), error);
}

HD_DESK_DECLARE (status)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autofree char *label = NULL;
  g_autofree char *author = NULL;
  const GOptionEntry entries[] = {
    { "label", 'l', 0, G_OPTION_ARG_STRING, &label, "The desk's own word for it", "TEXT" },
    { "author", 0, 0, G_OPTION_ARG_STRING, &author, "Who says so", "NAME" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (HdDatabase) database = hd_desk_open (command, entries, 2, &own, data_dir, error);
  g_autofree char *id = NULL;

  if (database == NULL)
    return FALSE;

  if (hd_request_status_label (own[2]) == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "the status is registered, in-progress, closed or cancelled");
      return FALSE;
    }

  id = hd_request_find_by_number (database, own[1], error);

  return id != NULL && hd_database_begin (database, error) &&
         hd_database_end (database,
                          hd_request_set_status (database, id, own[2], label,
                                                 author != NULL ? author : HD_DESK_NAME,
                                                 hd_text_now (), error),
                          error);
}
