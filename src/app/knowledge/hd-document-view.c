/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-document-view.h"

#include <gmodule.h>

#include "hd-text-document.h"
#include "hd-web-sandbox.h"

/**
 * HdDocumentView:
 *
 * Shows the HTML of an article.  There are two: HdWebDocument, on WebKit, which
 * lives in a module of its own so that the program starts without it; and
 * HdTextDocument, for where WebKit is missing, has died, or would have to run
 * without its sandbox.
 *
 * Signals: “link-activated” (uri), “found” (number of matches), “failed” (what
 * is shown is lost; show it otherwise).
 */

enum
{
  SIGNAL_LINK_ACTIVATED,
  SIGNAL_FOUND,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE (HdDocumentView, hd_document_view, ADW_TYPE_BIN)

static void
hd_document_view_class_init (HdDocumentViewClass *klass)
{
  signals[SIGNAL_LINK_ACTIVATED] = g_signal_new ("link-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_document_view_init (HdDocumentView *self)
{
}

/* Written once, by the thread that loads the module, before the main thread is told. */
static HdWebViewNew web_document_new;

static void
load_module (void)
{
  const char *folder = g_getenv ("HELPDESK_MODULE_DIR");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : HD_PKGLIBDIR, "libhelpdesk-webview.so", NULL);
  GModule *module = g_module_open (path, G_MODULE_BIND_LAZY);
  gpointer function = NULL;

  if (module == NULL)
    {
      g_debug ("no web view: %s", g_module_error ());
      return;
    }

  /* Types that a module registered can never go, so neither does the module. */
  g_module_make_resident (module);
  if (g_module_symbol (module, HD_WEB_VIEW_SYMBOL, &function))
    web_document_new = (HdWebViewNew) function;
}

static void
prepare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      if (hd_web_sandbox_works ())
        load_module ();
      g_once_init_leave (&once, 1);
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * hd_document_view_prepare_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called when hd_document_view_new() can be
 * @user_data: for @callback
 *
 * Loads WebKit where it can run, the first time, which takes too long for the main thread.
 */
void
hd_document_view_prepare_async (GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, hd_document_view_prepare_async);
  g_task_run_in_thread (task, prepare_thread);
}

/* Fails only when cancelled: without WebKit there is text. */
gboolean
hd_document_view_prepare_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_document_view_prepare_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * hd_document_view_new:
 * @session: where the pictures come from
 *
 * To be called once hd_document_view_prepare_async() has ended.
 *
 * Returns: a web view, or a text view where WebKit is not to be had
 */
GtkWidget *
hd_document_view_new (HdSession *session)
{
  return web_document_new != NULL ? web_document_new (session) : hd_text_document_new (TRUE);
}

void
hd_document_view_load (HdDocumentView *self,
                       const char     *title,
                       const char     *body,
                       const char     *anchor)
{
  g_return_if_fail (HD_IS_DOCUMENT_VIEW (self));

  HD_DOCUMENT_VIEW_GET_CLASS (self)->load (self, title, body != NULL ? body : "", anchor);
}

void
hd_document_view_scroll_to (HdDocumentView *self,
                            const char     *anchor)
{
  g_return_if_fail (HD_IS_DOCUMENT_VIEW (self));

  HD_DOCUMENT_VIEW_GET_CLASS (self)->scroll_to (self, anchor);
}

/* An empty text ends the search. */
void
hd_document_view_find (HdDocumentView *self,
                       const char     *text,
                       gboolean        backwards)
{
  g_return_if_fail (HD_IS_DOCUMENT_VIEW (self));

  HD_DOCUMENT_VIEW_GET_CLASS (self)->find (self, text, backwards);
}

void
hd_document_view_set_zoom (HdDocumentView *self,
                           double          zoom)
{
  g_return_if_fail (HD_IS_DOCUMENT_VIEW (self));

  HD_DOCUMENT_VIEW_GET_CLASS (self)->set_zoom (self, zoom);
}

void
hd_document_view_print (HdDocumentView *self)
{
  g_return_if_fail (HD_IS_DOCUMENT_VIEW (self));

  HD_DOCUMENT_VIEW_GET_CLASS (self)->print (self);
}

void
hd_document_view_emit_link (HdDocumentView *self,
                            const char     *uri)
{
  g_signal_emit (self, signals[SIGNAL_LINK_ACTIVATED], 0, uri);
}

void
hd_document_view_emit_found (HdDocumentView *self,
                             guint           n_matches)
{
  g_signal_emit (self, signals[SIGNAL_FOUND], 0, n_matches);
}

void
hd_document_view_emit_failed (HdDocumentView *self)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}
