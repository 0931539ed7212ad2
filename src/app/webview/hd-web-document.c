/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <webkit/webkit.h>

#include "hd-article-html.h"
#include "hd-document-view.h"

/**
 * HdWebDocument:
 *
 * An article in WebKit, which may run nothing and reach nothing: no scripts, no
 * network, no storage.  Pictures come from the session by the scheme `media:`;
 * any link is handed to whoever shows the document.
 *
 * This is the only file that is linked with WebKit; it is a module.
 */

#define HD_TYPE_WEB_DOCUMENT (hd_web_document_get_type ())
G_DECLARE_FINAL_TYPE (HdWebDocument, hd_web_document, HD, WEB_DOCUMENT, HdDocumentView)

struct _HdWebDocument
{
  HdDocumentView  parent_instance;

  WebKitWebView  *web_view;
  HdSession      *session;       /* (owned) */
  GCancellable   *cancellable;   /* (owned) */
  char           *title;         /* (owned) (nullable): what is shown, to show it anew */
  char           *body;          /* (owned) (nullable) */
  char           *anchor;        /* (owned) (nullable): where to go once loaded */
  guint           n_matches;
};

G_DEFINE_FINAL_TYPE (HdWebDocument, hd_web_document, HD_TYPE_DOCUMENT_VIEW)

/* Any base will do that gives `#anchor` a document to be in. */
#define BASE_URI "helpdesk:document"

GtkWidget *hd_web_document_new (HdSession *session);

static void
media_loaded_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (WebKitURISchemeRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hd_session_load_media_finish (HD_SESSION (object), result, &error);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *content_type = NULL;
  g_autofree char *mime_type = NULL;

  if (bytes == NULL)
    {
      if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such picture");
      webkit_uri_scheme_request_finish_error (request, error);
      return;
    }

  content_type = g_content_type_guess (NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  mime_type = g_content_type_get_mime_type (content_type);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  webkit_uri_scheme_request_finish (request, stream, (gint64) g_bytes_get_size (bytes), mime_type);
}

static void
media_requested_cb (WebKitURISchemeRequest *request,
                    gpointer                user_data)
{
  WebKitWebView *web_view = webkit_uri_scheme_request_get_web_view (request);
  HdWebDocument *self = web_view != NULL ? g_object_get_data (G_OBJECT (web_view), "hd-document") : NULL;
  const char *path = webkit_uri_scheme_request_get_path (request);
  g_autoptr (GError) error = NULL;

  if (self == NULL || path == NULL)
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such picture");
      webkit_uri_scheme_request_finish_error (request, error);
      return;
    }

  hd_session_load_media_async (self->session, path, self->cancellable, media_loaded_cb, g_object_ref (request));
}

static gboolean
decide_policy_cb (WebKitWebView            *web_view,
                  WebKitPolicyDecision     *decision,
                  WebKitPolicyDecisionType  type,
                  HdWebDocument            *self)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;

  action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));

  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && g_str_has_prefix (uri, BASE_URI))
    return FALSE;

  if (webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_LINK_CLICKED)
    hd_document_view_emit_link (HD_DOCUMENT_VIEW (self), uri);

  webkit_policy_decision_ignore (decision);
  return TRUE;
}

static void
load_changed_cb (WebKitWebView   *web_view,
                 WebKitLoadEvent  event,
                 HdWebDocument   *self)
{
  g_autofree char *anchor = NULL;

  if (event != WEBKIT_LOAD_FINISHED || self->anchor == NULL)
    return;

  anchor = g_steal_pointer (&self->anchor);
  hd_document_view_scroll_to (HD_DOCUMENT_VIEW (self), anchor);
}

static void
emit_failed_cb (gpointer user_data)
{
  g_autoptr (HdDocumentView) view = user_data;

  hd_document_view_emit_failed (view);
}

/* Later: whoever hears of it throws the web view away, which still works on its process's end. */
static void
process_terminated_cb (WebKitWebView                     *web_view,
                       WebKitWebProcessTerminationReason  reason,
                       HdWebDocument                     *self)
{
  g_idle_add_once (emit_failed_cb, g_object_ref (self));
}

static void
matches_counted_cb (WebKitFindController *controller,
                    guint                 n_matches,
                    HdWebDocument        *self)
{
  hd_document_view_emit_found (HD_DOCUMENT_VIEW (self), n_matches);
}

static char *
dup_font_family (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const char *family = font != NULL ? pango_font_description_get_family (font) : NULL;

  return g_strdup (family != NULL ? family : "sans-serif");
}

static void
show_document (HdWebDocument *self)
{
  AdwStyleManager *style_manager = adw_style_manager_get_default ();
  g_autofree char *family = dup_font_family (GTK_WIDGET (self));
  g_autofree char *html = NULL;
  HdArticleStyle style = {
    family,
    adw_style_manager_get_dark (style_manager),
    adw_style_manager_get_high_contrast (style_manager),
    NULL,
    self->title,
  };
  GdkRGBA ground = { 0.118F, 0.118F, 0.118F, 1.0F };

  if (self->body == NULL)
    return;

  if (!style.is_dark)
    ground = (GdkRGBA) { 1.0F, 1.0F, 1.0F, 1.0F }
  ;

  html = hd_article_html_dup_document (self->body, &style);
  webkit_web_view_set_background_color (self->web_view, &ground);
  webkit_web_view_load_html (self->web_view, html, BASE_URI);
}

static void
hd_web_document_load (HdDocumentView *view,
                      const char     *title,
                      const char     *body,
                      const char     *anchor)
{
  HdWebDocument *self = HD_WEB_DOCUMENT (view);

  g_free (self->title);
  self->title = g_strdup (title);
  g_free (self->body);
  self->body = g_strdup (body);
  g_free (self->anchor);
  self->anchor = g_strdup (anchor);

  show_document (self);
}

static void
hd_web_document_scroll_to (HdDocumentView *view,
                           const char     *anchor)
{
  g_autofree char *escaped = g_uri_escape_string (anchor, NULL, TRUE);
  g_autofree char *uri = g_strconcat (BASE_URI "#", escaped, NULL);

  webkit_web_view_load_uri (HD_WEB_DOCUMENT (view)->web_view, uri);
}

static void
hd_web_document_find (HdDocumentView *view,
                      const char     *text,
                      gboolean        backwards)
{
  WebKitFindController *controller = webkit_web_view_get_find_controller (HD_WEB_DOCUMENT (view)->web_view);
  const WebKitFindOptions options = WEBKIT_FIND_OPTIONS_CASE_INSENSITIVE | WEBKIT_FIND_OPTIONS_WRAP_AROUND;

  if (*text == '\0')
    {
      webkit_find_controller_search_finish (controller);
      return;
    }

  if (g_strcmp0 (webkit_find_controller_get_search_text (controller), text) != 0)
    {
      webkit_find_controller_count_matches (controller, text, options, G_MAXUINT);
      webkit_find_controller_search (controller, text, options, G_MAXUINT);
    }
  else if (backwards)
    {
      webkit_find_controller_search_previous (controller);
    }
  else
    {
      webkit_find_controller_search_next (controller);
    }
}

static void
hd_web_document_set_zoom (HdDocumentView *view,
                          double          zoom)
{
  webkit_web_view_set_zoom_level (HD_WEB_DOCUMENT (view)->web_view, zoom);
}

static void
hd_web_document_print (HdDocumentView *view)
{
  HdWebDocument *self = HD_WEB_DOCUMENT (view);
  g_autoptr (WebKitPrintOperation) operation = webkit_print_operation_new (self->web_view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  webkit_print_operation_run_dialog (operation, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
}

static void
hd_web_document_dispose (GObject *object)
{
  HdWebDocument *self = HD_WEB_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  /* A print that is under way keeps the web view for longer than us. */
  if (self->web_view != NULL)
    {
      g_object_set_data (G_OBJECT (self->web_view), "hd-document", NULL);
      g_signal_handlers_disconnect_by_data (webkit_web_view_get_find_controller (self->web_view), self);
      g_signal_handlers_disconnect_by_data (self->web_view, self);
      g_signal_handlers_disconnect_by_data (adw_style_manager_get_default (), self);
    }

  self->web_view = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_web_document_parent_class)->dispose (object);
}

static void
hd_web_document_finalize (GObject *object)
{
  HdWebDocument *self = HD_WEB_DOCUMENT (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->anchor, g_free);

  G_OBJECT_CLASS (hd_web_document_parent_class)->finalize (object);
}

static void
hd_web_document_class_init (HdWebDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HdDocumentViewClass *view_class = HD_DOCUMENT_VIEW_CLASS (klass);

  object_class->dispose = hd_web_document_dispose;
  object_class->finalize = hd_web_document_finalize;

  view_class->load = hd_web_document_load;
  view_class->scroll_to = hd_web_document_scroll_to;
  view_class->find = hd_web_document_find;
  view_class->set_zoom = hd_web_document_set_zoom;
  view_class->print = hd_web_document_print;
}

static gboolean
refuse_context_menu_cb (void)
{
  return TRUE;
}

/* One for the program: each context is a process of its own. */
static WebKitWebContext *
get_context (void)
{
  static WebKitWebContext *context = NULL;

  if (context == NULL)
    {
      context = webkit_web_context_new ();
      webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
      webkit_web_context_register_uri_scheme (context, "media", media_requested_cb, NULL, NULL);
    }

  return context;
}

/* A proxy on a port where nothing listens: should anything ever ask for the
 * network, it gets none. */
static WebKitNetworkSession *
create_network_session (void)
{
  WebKitNetworkSession *network = webkit_network_session_new_ephemeral ();
  WebKitNetworkProxySettings *nowhere = webkit_network_proxy_settings_new ("http://127.0.0.1:9/", NULL);

  webkit_network_session_set_proxy_settings (network, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, nowhere);
  webkit_network_proxy_settings_free (nowhere);
  return network;
}

static WebKitSettings *
create_settings (void)
{
  return webkit_settings_new_with_settings ("enable-javascript", FALSE,
                                            "enable-javascript-markup", FALSE,
                                            "enable-media", FALSE,
                                            "enable-webgl", FALSE,
                                            "enable-webaudio", FALSE,
                                            "enable-html5-database", FALSE,
                                            "enable-html5-local-storage", FALSE,
                                            "enable-page-cache", FALSE,
                                            "hardware-acceleration-policy", WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER,
                                            NULL);
}

static void
hd_web_document_init (HdWebDocument *self)
{
  g_autoptr (WebKitNetworkSession) network = create_network_session ();
  g_autoptr (WebKitSettings) settings = create_settings ();
  AdwStyleManager *style_manager = adw_style_manager_get_default ();

  self->cancellable = g_cancellable_new ();
  self->web_view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                                 "web-context", get_context (),
                                 "network-session", network,
                                 "settings", settings,
                                 "hexpand", TRUE,
                                 "vexpand", TRUE,
                                 NULL);
  g_object_set_data (G_OBJECT (self->web_view), "hd-document", self);
  g_signal_connect_object (self->web_view, "decide-policy", G_CALLBACK (decide_policy_cb), self, 0);
  g_signal_connect_object (self->web_view, "load-changed", G_CALLBACK (load_changed_cb), self, 0);
  g_signal_connect_object (self->web_view, "web-process-terminated", G_CALLBACK (process_terminated_cb), self, 0);
  g_signal_connect (self->web_view, "context-menu", G_CALLBACK (refuse_context_menu_cb), NULL);
  g_signal_connect_object (webkit_web_view_get_find_controller (self->web_view), "counted-matches",
                           G_CALLBACK (matches_counted_cb), self, 0);
  g_signal_connect_object (style_manager, "notify::dark", G_CALLBACK (show_document), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style_manager, "notify::high-contrast", G_CALLBACK (show_document), self, G_CONNECT_SWAPPED);

  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->web_view));
}

/* The module's one function; see HD_WEB_VIEW_SYMBOL. */
G_MODULE_EXPORT GtkWidget *
hd_web_document_new (HdSession *session)
{
  HdWebDocument *self = g_object_new (HD_TYPE_WEB_DOCUMENT, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
