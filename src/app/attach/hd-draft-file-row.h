/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-draft-file.h"
#include "hd-file-row.h"

G_BEGIN_DECLS

GtkWidget   *hd_draft_file_row_new      (HdDraftFile *file);
HdDraftFile *hd_draft_file_row_get_file (HdFileRow   *row);

G_END_DECLS
