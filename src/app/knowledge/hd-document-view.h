/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HD_TYPE_DOCUMENT_VIEW (hd_document_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (HdDocumentView, hd_document_view, HD, DOCUMENT_VIEW, AdwBin)

struct _HdDocumentViewClass
{
  AdwBinClass parent_class;

  void (*load)      (HdDocumentView *self,
                     const char     *title,
                     const char     *body,
                     const char     *anchor);
  void (*scroll_to) (HdDocumentView *self,
                     const char     *anchor);
  void (*find)      (HdDocumentView *self,
                     const char     *text,
                     gboolean        backwards);
  void (*set_zoom)  (HdDocumentView *self,
                     double          zoom);
  void (*print)     (HdDocumentView *self);
};

/* What the module with the web view exports: a HdDocumentView that shows pictures out of the session's store. */
#define HD_WEB_VIEW_SYMBOL "hd_web_document_new"
typedef GtkWidget *(*HdWebViewNew) (HdSession *session);

void       hd_document_view_prepare_async  (GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean   hd_document_view_prepare_finish (GAsyncResult         *result,
                                            GError              **error);
GtkWidget *hd_document_view_new            (HdSession            *session);
void       hd_document_view_load           (HdDocumentView *self,
                                            const char     *title,
                                            const char     *body,
                                            const char     *anchor);
void       hd_document_view_scroll_to      (HdDocumentView *self,
                                            const char     *anchor);
void       hd_document_view_find           (HdDocumentView *self,
                                            const char     *text,
                                            gboolean        backwards);
void       hd_document_view_set_zoom       (HdDocumentView *self,
                                            double          zoom);
void       hd_document_view_print          (HdDocumentView *self);

void       hd_document_view_emit_link      (HdDocumentView *self,
                                            const char     *uri);
void       hd_document_view_emit_found     (HdDocumentView *self,
                                            guint           n_matches);
void       hd_document_view_emit_failed    (HdDocumentView *self);

G_END_DECLS
