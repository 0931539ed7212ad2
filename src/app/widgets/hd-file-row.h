/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HdFileRowActions:
 *
 * What can be done with the file; each is a button and a signal.
 */
typedef enum
{
  HD_FILE_ROW_OPEN = 1 << 0,
  HD_FILE_ROW_SAVE = 1 << 1,
  HD_FILE_ROW_REMOVE = 1 << 2,
} HdFileRowActions;

#define HD_TYPE_FILE_ROW (hd_file_row_get_type ())
G_DECLARE_FINAL_TYPE (HdFileRow, hd_file_row, HD, FILE_ROW, AdwBin)

GtkWidget  *hd_file_row_new            (const char       *name,
                                        const char       *content_type,
                                        guint64           size,
                                        HdFileRowActions  actions);
const char *hd_file_row_get_name       (HdFileRow        *self);
void        hd_file_row_set_thumbnail  (HdFileRow        *self,
                                        GFile            *file);
void        hd_file_row_set_progress   (HdFileRow        *self,
                                        double            fraction);
void        hd_file_row_clear_progress (HdFileRow        *self);
void        hd_file_row_set_note       (HdFileRow        *self,
                                        const char       *note);

G_END_DECLS
