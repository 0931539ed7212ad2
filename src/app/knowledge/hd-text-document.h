/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-document-view.h"

G_BEGIN_DECLS

#define HD_TYPE_TEXT_DOCUMENT (hd_text_document_get_type ())
G_DECLARE_FINAL_TYPE (HdTextDocument, hd_text_document, HD, TEXT_DOCUMENT, HdDocumentView)

GtkWidget *hd_text_document_new (gboolean is_substitute);

G_END_DECLS
