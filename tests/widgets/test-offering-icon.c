/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"
#include "hd-catalog-page.h"
#include "hd-home-page.h"
#include "hd-offering-icon.h"
#include "hd-record-json.h"
#include "hd-small-picture.h"
#include "session-support.h"

/* Pictures of the portal's as icons of offerings. */

static GBytes *
make_picture (int width,
              int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0x1a5fb4ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "png", &error, "compression", "1", NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static GdkTexture *
decode (GBytes  *bytes,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_small_picture_decode_async (bytes, 64, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_small_picture_decode_finish (result, error);
}

static void
test_a_picture_is_made_small (void)
{
  g_autoptr (GBytes) wide = make_picture (400, 100);
  g_autoptr (GBytes) tiny = make_picture (16, 16);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = decode (wide, &error);
  g_autoptr (GdkTexture) small = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 64);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 16);

  small = decode (tiny, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (small), ==, 16);
}

static void
test_what_is_no_picture_or_too_large_is_refused (void)
{
  static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>";
  g_autoptr (GBytes) whole = make_picture (64, 64);
  g_autoptr (GBytes) huge = make_picture (3000, 2000);
  GBytes *bytes[] = {
    g_bytes_new_static ("", 0),
    g_bytes_new_static ("Not a picture", 13),
    g_bytes_new_static (svg, strlen (svg)),
    g_bytes_new_from_bytes (whole, 0, 50),
    g_bytes_ref (huge),
    g_bytes_new_take (g_malloc0 (3 * 1024 * 1024), 3 * 1024 * 1024),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) texture = decode (bytes[i], &error);

      g_test_message ("%u: %s", i, error != NULL ? error->message : "a picture");
      g_assert_null (texture);
      g_assert_nonnull (error);
      g_bytes_unref (bytes[i]);
    }
}

/* --- On a page --- */

static const char catalog_json[] =
  "{\"version\":\"1\",\"categories\":[{\"id\":\"c\",\"name\":\"Пошта\",\"kind\":\"request\"}],"
  "\"offerings\":["
  "{\"id\":\"box\",\"category_id\":\"c\",\"kind\":\"request\",\"name\":\"Скринька\",\"icon\":\"media:cf-3\"},"
  "{\"id\":\"bad\",\"category_id\":\"c\",\"kind\":\"request\",\"name\":\"Обсяг\",\"icon\":\"media:cf-4\"},"
  "{\"id\":\"off\",\"category_id\":\"c\",\"kind\":\"request\",\"name\":\"Доступ\",\"icon\":\"media:cf-5\"}]}";

#define AWAIT_STORE(store, name, ...) G_STMT_START { \
    g_autoptr (GAsyncResult) result = NULL; \
    g_autoptr (GError) store_error = NULL; \
    hd_store_ ## name ## _async (store, __VA_ARGS__, NULL, hd_test_store_result_cb, &result); \
    hd_test_await (&result); \
    hd_store_ ## name ## _finish (store, result, &store_error); \
    g_assert_no_error (store_error); } G_STMT_END

static void
fill_store (HdStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdCatalog) catalog = hd_record_new_from_string (HD_TYPE_CATALOG, catalog_json, &error);
  g_autoptr (GBytes) picture = make_picture (64, 64);
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("no picture", 10);
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_no_error (error);
  AWAIT_STORE (store, put_catalog, catalog);
  g_hash_table_insert (media, (gpointer) "cf-3", picture);
  g_hash_table_insert (media, (gpointer) "cf-4", rubbish);
  AWAIT_STORE (store, put_media, media);
  AWAIT_STORE (store, set_favourite, "box", TRUE);
}

/* How many icons are there, and how many of them show a picture. */
static void
count_icons (GtkWidget *widget,
             guint     *n_icons,
             guint     *n_pictures)
{
  if (HD_IS_OFFERING_ICON (widget) && gtk_widget_get_mapped (widget))
    {
      (*n_icons)++;
      *n_pictures += gtk_widget_has_css_class (widget, "picture");
      /* A picture or a symbol, it takes the same place. */
      g_assert_cmpint (gtk_widget_get_allocated_width (widget), ==, gtk_widget_get_allocated_height (widget));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    count_icons (child, n_icons, n_pictures);
}

static gboolean
shows (GtkWidget *page,
       guint      n_icons,
       guint      n_pictures)
{
  guint n = 0, n_of_pictures = 0;

  count_icons (page, &n, &n_of_pictures);
  return n == n_icons && n_of_pictures == n_pictures;
}

static void
test_pictures_come_where_there_are_some (void)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (policy, "open", "https://127.0.0.1:1/", NULL, folder, &error);
  GtkWidget *page, *window, *entry;

  g_assert_no_error (error);
  hd_test_open (session);
  fill_store (hd_session_get_store (session));

  /* One of three, which is among the favourites too: the others are no picture, and out of reach. */
  page = hd_catalog_page_new (session);
  window = hd_test_window_new (page);
  HD_TEST_AWAIT (shows (page, 4, 2));
  hd_test_window_destroy (window);

  /* The favourite, and what a search finds. */
  page = hd_home_page_new (session);
  window = hd_test_window_new (page);
  HD_TEST_AWAIT (shows (page, 1, 1));
  entry = hd_test_find_widget (page, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "скринька");
  HD_TEST_AWAIT (hd_test_shows_text (page, "Service Catalog") && shows (page, 1, 1));
  hd_test_window_destroy (window);

  hd_test_close (session);
  hd_test_drain ();
  hd_test_remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/widgets/offering-icon/a-picture-is-made-small", test_a_picture_is_made_small);
  g_test_add_func ("/widgets/offering-icon/what-is-no-picture-or-too-large-is-refused",
                   test_what_is_no_picture_or_too_large_is_refused);
  g_test_add_func ("/widgets/offering-icon/pictures-come-where-there-are-some", test_pictures_come_where_there_are_some);

  return g_test_run ();
}
