/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft-file-row.h"

#include "hd-launch.h"

/*
 * The row of a file that is in a draft: with its picture in small, and buttons to
 * open and to remove it.
 */

#define FILE_KEY "hd-draft-file"

static void
open_cb (HdFileRow *row)
{
  const char *path = hd_draft_file_get_path (hd_draft_file_row_get_file (row));
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (uri != NULL)
    hd_launch_uri (GTK_WIDGET (row), uri);
}

/* Returns: an #HdFileRow; “remove” is for the caller to see to */
GtkWidget *
hd_draft_file_row_new (HdDraftFile *file)
{
  GtkWidget *row = hd_file_row_new (hd_draft_file_get_name (file), hd_draft_file_get_content_type (file),
                                    (guint64) MAX (hd_draft_file_get_size (file), 0),
                                    HD_FILE_ROW_OPEN | HD_FILE_ROW_REMOVE);
  const char *path = hd_draft_file_get_path (file);
  g_autoptr (GFile) stored = path != NULL ? g_file_new_for_path (path) : NULL;

  if (stored != NULL)
    hd_file_row_set_thumbnail (HD_FILE_ROW (row), stored);

  g_object_set_data_full (G_OBJECT (row), FILE_KEY, g_object_ref (file), g_object_unref);
  g_signal_connect (row, "open", G_CALLBACK (open_cb), NULL);

  return row;
}

/* Returns: (transfer none) */
HdDraftFile *
hd_draft_file_row_get_file (HdFileRow *row)
{
  return g_object_get_data (G_OBJECT (row), FILE_KEY);
}
