/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <libsoup/soup.h>
#include <webkit/webkit.h>

#include "hd-article-column.h"
#include "hd-article-page.h"
#include "hd-banner.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"
#include "hd-text-document.h"

/* A real article in a real WebKit, out of a real store; and a server that must never hear of it. */

typedef struct
{
  char       *folder;
  HdSession  *session;
  SoupServer *server;
  guint       n_requests;
  char       *origin;
  GtkWidget  *window;
  GtkWidget  *page;
} Fixture;

static void
server_called_cb (SoupServer        *server,
                  SoupServerMessage *message,
                  const char        *path,
                  GHashTable        *query,
                  gpointer           user_data)
{
  Fixture *fixture = user_data;

  fixture->n_requests++;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
start_server (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, server_called_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->origin = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

/* A red square, 40 × 40. */
static GBytes *
create_picture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 40);
  char *data = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, 0xff0000ffU);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", NULL, NULL));
  return g_bytes_new_take (data, size);
}

static void
keep_article (Fixture *fixture)
{
  HdStore *store = hd_session_get_store (fixture->session);
  g_autoptr (GBytes) picture = create_picture ();
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture);
  const char *origin = fixture->origin;
  g_autofree char *body = g_strdup_printf (
    "<h2>Крок перший</h2><p>Слово</p><img src=\\\"media:%s\\\"><img src=\\\"%sa.png\\\">"
    "<script src=\\\"%sb.js\\\"></script><link rel=\\\"stylesheet\\\" href=\\\"%sc.css\\\">"
    "<iframe src=\\\"%sd\\\"></iframe><p style=\\\"background:url(%se)\\\">x</p><h2>Крок другий</h2>",
    sum, origin, origin, origin, origin, origin);
  g_autofree char *json = g_strdup_printf ("{\"articles\":[{\"id\":\"a\",\"title\":\"Стаття\",\"media\":[\"%s\"],\"body\":\"%s\"}],"
                                           "\"as_of\":\"1\"}", sum, body);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, json, &error);
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_no_error (error);
  hd_store_apply_articles_async (store, changes, NULL, hd_test_store_result_cb, &applied);
  hd_test_await (&applied);
  g_assert_true (hd_store_apply_articles_finish (store, applied, &error));
  g_hash_table_insert (media, (gpointer) sum, picture);
  hd_store_put_media_async (store, media, NULL, hd_test_store_result_cb, &put);
  hd_test_await (&put);
  g_assert_true (hd_store_put_media_finish (store, put, &error));
}

/* From GTK 4.18 on WebKit warns that GTK_A11Y=test is no AT-SPI. */
#define A11Y_WARNING "AT-SPI sockets can only be used with the AT-SPI backend"

static gboolean
is_fatal_cb (const char     *domain,
             GLogLevelFlags  level,
             const char     *message,
             gpointer        user_data)
{
  return strstr (message, A11Y_WARNING) == NULL;
}

static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  if (strstr (message, A11Y_WARNING) == NULL)
    g_log_default_handler (domain, level, message, user_data);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  fixture->folder = hd_test_make_tmp_dir ();
  start_server (fixture);
  fixture->session = hd_session_new (policy, "open", "https://127.0.0.1:1/", NULL, fixture->folder, &error);
  g_assert_no_error (error);
  hd_session_open_async (fixture->session, NULL, hd_test_store_result_cb, &opened);
  hd_test_await (&opened);
  hd_session_open_finish (fixture->session, opened, &error);
  g_assert_no_error (error);
  keep_article (fixture);

  fixture->page = hd_article_page_new (fixture->session);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 600);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  hd_store_close (hd_session_get_store (fixture->session));
  g_clear_object (&fixture->session);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_free (fixture->origin);
  hd_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static WebKitWebView *
await_web_view (Fixture *fixture)
{
  GtkWidget *found;

  while ((found = find_widget (fixture->page, WEBKIT_TYPE_WEB_VIEW)) == NULL)
    g_main_context_iteration (NULL, TRUE);

  while (webkit_web_view_get_estimated_load_progress (WEBKIT_WEB_VIEW (found)) < 1.0 ||
         webkit_web_view_is_loading (WEBKIT_WEB_VIEW (found)))
    g_main_context_iteration (NULL, TRUE);

  return WEBKIT_WEB_VIEW (found);
}

/* The document, once there is one, as text; with the words of what stands above it. */
static char *
await_text (Fixture *fixture,
            gboolean has_banner)
{
  GtkWidget *document, *banner;
  gboolean is_revealed = FALSE;
  char *text = NULL;

  while ((document = find_widget (fixture->page, HD_TYPE_TEXT_DOCUMENT)) == NULL)
    g_main_context_iteration (NULL, TRUE);

  banner = find_widget (document, HD_TYPE_BANNER);
  g_object_get (banner, "revealed", &is_revealed, NULL);
  g_assert_cmpint (is_revealed, ==, has_banner);
  g_assert_null (find_widget (fixture->page, WEBKIT_TYPE_WEB_VIEW));

  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_widget (document, GTK_TYPE_TEXT_VIEW))),
                "text", &text, NULL);
  return text;
}

static gboolean
has_red (WebKitWebView *web_view)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  gsize n;

  webkit_web_view_get_snapshot (web_view, WEBKIT_SNAPSHOT_REGION_FULL_DOCUMENT, WEBKIT_SNAPSHOT_OPTIONS_NONE, NULL,
                                hd_test_store_result_cb, &result);
  hd_test_await (&result);
  texture = webkit_web_view_get_snapshot_finish (web_view, result, NULL);
  if (texture == NULL)
    return FALSE;

  n = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture);
  pixels = g_new (guint32, n);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) gdk_texture_get_width (texture) * 4);

  for (gsize i = 0; i < n; i++)
    {
      if ((pixels[i] & 0xffffffU) == 0xff0000U)
        return TRUE;
    }

  return FALSE;
}

static void
test_shows_pictures_and_asks_no_network (Fixture       *fixture,
                                         gconstpointer  data)
{
  WebKitWebView *web_view;

  hd_article_page_show_article (HD_ARTICLE_PAGE (fixture->page), "a");
  web_view = await_web_view (fixture);

  /* The picture comes a moment after the text; the test's time-out is the limit. */
  while (!has_red (web_view))
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (fixture->n_requests, ==, 0);
  g_assert_false (webkit_settings_get_enable_javascript (webkit_web_view_get_settings (web_view)));
}

static void
print_finished_cb (WebKitPrintOperation *operation,
                   gboolean             *finished)
{
  *finished = TRUE;
}

static void
print_failed_cb (WebKitPrintOperation *operation,
                 GError               *error,
                 gpointer              user_data)
{
  g_error ("not printed: %s", error->message);
}

static char *
run_reader (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) reader = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *text = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (reader));

  return text;
}

static char *
print_to_file (Fixture       *fixture,
               WebKitWebView *web_view)
{
  char *path = g_build_filename (fixture->folder, "article.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (WebKitPrintOperation) operation = webkit_print_operation_new (web_view);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  gboolean finished = FALSE;

  gtk_print_settings_set_printer (settings, "Print to File");
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, uri);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf");
  webkit_print_operation_set_print_settings (operation, settings);
  g_signal_connect (operation, "finished", G_CALLBACK (print_finished_cb), &finished);
  g_signal_connect (operation, "failed", G_CALLBACK (print_failed_cb), NULL);
  webkit_print_operation_print (operation);
  hd_test_await_flag (&finished);

  return path;
}

/* The lightest and the darkest grey on the first page, 0 to 255. */
static void
measure_ink (Fixture    *fixture,
             const char *path,
             int        *lightest,
             int        *darkest)
{
  g_autofree char *prefix = g_build_filename (fixture->folder, "page", NULL);
  g_autofree char *picture = g_strconcat (prefix, ".png", NULL);
  const char *const words[] = { "pdftoppm", "-r", "60", "-gray", "-png", "-singlefile", path, prefix, NULL };
  g_autofree char *nothing = run_reader (words);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (picture, &error);
  const guint8 *pixels;
  int n_channels;

  g_assert_no_error (error);
  pixels = gdk_pixbuf_read_pixels (pixbuf);
  n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  *lightest = 0;
  *darkest = 255;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
        {
          int grey = pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + x * n_channels];

          *lightest = MAX (*lightest, grey);
          *darkest = MIN (*darkest, grey);
        }
    }
}

/* Dark on white with its title, also where the screen is dark. */
static void
test_is_printed_dark_on_white (Fixture       *fixture,
                               gconstpointer  data)
{
  AdwStyleManager *style_manager = adw_style_manager_get_default ();
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  WebKitWebView *web_view;
  int lightest, darkest;

  adw_style_manager_set_color_scheme (style_manager, ADW_COLOR_SCHEME_FORCE_DARK);
  hd_article_page_show_article (HD_ARTICLE_PAGE (fixture->page), "a");
  web_view = await_web_view (fixture);
  while (!has_red (web_view))
    g_main_context_iteration (NULL, FALSE);

  path = print_to_file (fixture, web_view);
  {
    const char *const words[] = { "pdftotext", "-enc", "UTF-8", path, "-", NULL };

    text = run_reader (words);
  }
  g_assert_nonnull (strstr (text, "Стаття"));
  g_assert_nonnull (strstr (text, "Крок перший"));
  g_assert_nonnull (strstr (text, "Слово"));
  g_assert_nonnull (strstr (text, "Крок другий"));
  measure_ink (fixture, path, &lightest, &darkest);
  g_assert_cmpint (lightest, >, 250);
  g_assert_cmpint (darkest, <, 60);
  adw_style_manager_set_color_scheme (style_manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_goes_on_as_text_when_the_web_process_dies (Fixture       *fixture,
                                                gconstpointer  data)
{
  WebKitWebView *web_view;
  g_autofree char *text = NULL;

  hd_article_page_show_article (HD_ARTICLE_PAGE (fixture->page), "a");
  web_view = await_web_view (fixture);
  webkit_web_view_terminate_web_process (web_view);

  text = await_text (fixture, TRUE);
  g_assert_nonnull (strstr (text, "Слово"));
}

static void
test_shows_text_first_where_that_is_wanted (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (HD_APP_ID);
  g_autofree char *text = NULL;

  g_settings_set_boolean (settings, "text-first", TRUE);
  hd_article_page_show_article (HD_ARTICLE_PAGE (fixture->page), "a");

  text = await_text (fixture, FALSE);
  g_assert_nonnull (strstr (text, "Слово"));
  g_settings_reset (settings, "text-first");
}

static void
assert_column (GtkWidget *column,
               int        width,
               int        x,
               int        column_width)
{
  graphene_rect_t bounds;
  int minimum;

  gtk_widget_measure (column, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, width);
  gtk_widget_measure (column, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (column, width, minimum, -1, NULL);
  g_assert_true (gtk_widget_compute_bounds (adw_bin_get_child (ADW_BIN (column)), column, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, x);
  g_assert_cmpfloat (bounds.size.width, ==, column_width);
}

/* The numbers are those of the style sheet of an article. */
static void
test_a_title_stands_where_the_text_does (void)
{
  GtkWidget *column = hd_article_column_new ();
  int dpi;

  g_object_ref_sink (column);
  adw_bin_set_child (ADW_BIN (column), gtk_label_new ("Стаття"));
  assert_column (column, 1600, 480, 640);
  assert_column (column, 660, 24, 612);
  assert_column (column, 360, 12, 336);

  hd_article_column_set_zoom (HD_ARTICLE_COLUMN (column), 1.5);
  assert_column (column, 1600, 320, 960);
  assert_column (column, 660, 18, 624);

  hd_article_column_set_zoom (HD_ARTICLE_COLUMN (column), 1.0);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  assert_column (column, 1600, 160, 1280);
  assert_column (column, 490, 24, 442);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  g_object_unref (column);
}

/* As if the key had been pressed in the text. */
static gboolean
press_key (GtkWidget       *text_view,
           guint            keyval,
           GdkModifierType  state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (text_view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller) ||
          gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
        continue;

      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
      if (handled)
        return TRUE;
    }

  return FALSE;
}

static void
link_cb (char       **opened,
         const char  *uri)
{
  g_free (*opened);
  *opened = g_strdup (uri);
}

static void
test_the_links_of_a_text_are_reached_by_keyboard (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autofree char *opened = NULL;
  GtkWidget *document = hd_text_document_new (FALSE);
  GtkWidget *text_view = find_widget (document, GTK_TYPE_TEXT_VIEW);

  g_object_ref_sink (document);
  g_signal_connect_swapped (document, "link-activated", G_CALLBACK (link_cb), &opened);
  hd_document_view_load (HD_DOCUMENT_VIEW (document), "Стаття",
                         "<p><a href='article:b'>Перше</a> слово, <a href='https://example.org/'>друге</a>.</p>", NULL);

  g_assert_false (press_key (text_view, GDK_KEY_Return, 0));
  g_assert_true (press_key (text_view, GDK_KEY_Tab, 0));
  g_assert_true (press_key (text_view, GDK_KEY_Return, 0));
  g_assert_cmpstr (opened, ==, "article:b");
  g_assert_true (press_key (text_view, GDK_KEY_Tab, 0));
  g_assert_true (press_key (text_view, GDK_KEY_Return, 0));
  g_assert_cmpstr (opened, ==, "https://example.org/");

  /* After the last one Tab leads out of the text, and Shift+Tab back through all of them. */
  g_assert_false (press_key (text_view, GDK_KEY_Tab, 0));
  g_assert_true (press_key (text_view, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  g_assert_true (press_key (text_view, GDK_KEY_Return, 0));
  g_assert_cmpstr (opened, ==, "article:b");
  g_assert_false (press_key (text_view, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  g_object_unref (document);
}

/* A bwrap that cannot build a sandbox, before the real one in the path. */
static char *
create_broken_bwrap (void)
{
  char *folder = hd_test_make_tmp_dir ();
  g_autofree char *program = g_build_filename (folder, "bwrap", NULL);
  g_autofree char *path = g_strconcat (folder, ":", g_getenv ("PATH"), NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (program, "#!/bin/sh\necho 'bwrap: Creating new namespace failed' >&2\nexit 1\n", -1,
                            G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  g_setenv ("PATH", path, TRUE);
  g_unsetenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS");
  return folder;
}

/* In a process of its own: whether there is a web view is found out once. */
static void
test_shows_text_where_there_is_no_sandbox (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  folder = create_broken_bwrap ();
  hd_article_page_show_article (HD_ARTICLE_PAGE (fixture->page), "a");
  text = await_text (fixture, TRUE);
  g_assert_nonnull (strstr (text, "Слово"));
  hd_test_remove_tree (folder);
}

static void
test_says_when_there_is_no_such_article (Fixture       *fixture,
                                         gconstpointer  data)
{
  GtkWidget *status_page;

  hd_article_page_show_article (HD_ARTICLE_PAGE (fixture->page), "none");

  while ((status_page = find_widget (fixture->page, ADW_TYPE_STATUS_PAGE)) == NULL ||
         !gtk_widget_get_mapped (status_page))
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (status_page)), ==, "Not Found");
  g_assert_null (find_widget (fixture->page, WEBKIT_TYPE_WEB_VIEW));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_log_set_handler (NULL, G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, log_cb, NULL);
  adw_init ();

#define ADD(name, function) g_test_add ("/article-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("says-when-there-is-no-such-article", test_says_when_there_is_no_such_article);
  ADD ("shows-text-first-where-that-is-wanted", test_shows_text_first_where_that_is_wanted);
  g_test_add_func ("/article-page/a-title-stands-where-the-text-does", test_a_title_stands_where_the_text_does);
  ADD ("the-links-of-a-text-are-reached-by-keyboard", test_the_links_of_a_text_are_reached_by_keyboard);
  ADD ("shows-text-where-there-is-no-sandbox", test_shows_text_where_there_is_no_sandbox);
  ADD ("shows-pictures-and-asks-no-network", test_shows_pictures_and_asks_no_network);
  ADD ("is-printed-dark-on-white", test_is_printed_dark_on_white);
  ADD ("goes-on-as-text-when-the-web-process-dies", test_goes_on_as_text_when_the_web_process_dies);

  return g_test_run ();
}
