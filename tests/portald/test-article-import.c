/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-import.h"
#include "hd-articles.h"
#include "hd-blobs.h"
#include "hd-json.h"
#include "hd-test-utils.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NOW 1800000000
#define PNG "\x89PNG\r\n\x1a\n"

typedef struct
{
  char       *dir;
  char       *pages;
  HdDatabase *database;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *data_dir = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = hd_test_make_tmp_dir ();
  fixture->pages = g_build_filename (fixture->dir, "pages", NULL);
  data_dir = g_build_filename (fixture->dir, "data", NULL);
  g_assert_cmpint (g_mkdir (fixture->pages, 0700), ==, 0);
  fixture->database = hd_database_open (data_dir, &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->database);
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->pages);
  g_free (fixture->dir);
}

static void
write_page (Fixture    *fixture,
            const char *name,
            const char *content,
            gssize      size)
{
  g_autofree char *path = g_build_filename (fixture->pages, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, size, &error);
  g_assert_no_error (error);
}

static HdArticleImport
import (Fixture    *fixture,
        const char *category)
{
  g_autoptr (GError) error = NULL;
  HdArticleImport done;

  hd_article_import (fixture->database, fixture->pages, category, NOW, &done, &error);
  g_assert_no_error (error);
  return done;
}

static JsonNode *
get_article (Fixture    *fixture,
             const char *id)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = hd_articles_get (fixture->database, id, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_member (JsonNode   *node,
               const char *member,
               const char *expected)
{
  g_assert_cmpstr (hd_json_get_string (json_node_get_object (node), member), ==, expected);
}

static char *
dup_category_names (Fixture *fixture)
{
  g_autoptr (JsonNode) node = hd_articles_list (fixture->database, 0, 100, NULL);
  JsonArray *array = hd_json_get_array (json_node_get_object (node), "categories");
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (names, "%s;",
                            hd_json_get_string (json_node_get_object (json_array_get_element (array, i)),
                                                "name"));

  return g_strdup (names->str);
}

static void
a_page_says_what_it_is (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (JsonNode) named = NULL;
  g_autoptr (JsonNode) plain = NULL;
  g_autofree char *names = NULL;

  write_page (fixture, "one.html",
              "<html lang=en><title> Назва \n статті </title><meta name='helpdesk:id' content='first'>"
              "<meta name='helpdesk:category' content='Пошта'><meta name='keywords' content='а, б ,'>"
              "<meta name='description' content='Коротко'>"
              "<meta name='helpdesk:published' content='2026-01-02T03:04:05Z'>"
              "<h1>Назва статті</h1><p>Текст</p>", -1);
  write_page (fixture, "two.htm", "<p> </p><p>Перший <b>абзац</b></p><p>Другий</p>", -1);
  g_assert_cmpuint (import (fixture, NULL).n_pages, ==, 2);

  named = get_article (fixture, "first");
  assert_member (named, "title", "Назва статті");
  assert_member (named, "summary", "Коротко");
  assert_member (named, "body", "<p>Текст</p>");
  assert_member (named, "language", "en");
  assert_member (named, "published_at", "2026-01-02T03:04:05Z");
  g_assert_cmpuint (json_array_get_length (hd_json_get_array (json_node_get_object (named), "keywords")),
                    ==, 2);

  plain = get_article (fixture, "two");
  assert_member (plain, "title", "two");
  assert_member (plain, "summary", "Перший абзац");
  assert_member (plain, "language", "uk");

  names = dup_category_names (fixture);
  g_assert_cmpstr (names, ==, "Інше;Пошта;");
}

static void
trails_make_categories (Fixture       *fixture,
                        gconstpointer  user_data)
{
  static const char trail[] =
    "<div class=trails><div class=trail><a href=index.html title='Довідка'>Д</a> » "
    "<a href=net.html>Мережа</a> » <a href=deep.html>Глибше</a></div></div>";
  g_autofree char *page = g_strconcat (trail, "<article><p>Текст</p></article>", NULL);
  g_autofree char *names = NULL;
  g_autoptr (JsonNode) deep = NULL;
  g_autoptr (JsonNode) topic = NULL;

  write_page (fixture, "deeper.html", page, -1);
  write_page (fixture, "net.html",
              "<div class=trails><div class=trail><a href=index.html title='Довідка'>Д</a></div></div>"
              "<article><p>Про мережу</p></article>", -1);
  write_page (fixture, "index.html", "<title>Довідка</title><article><p>Усе</p></article>", -1);
  import (fixture, NULL);

  names = dup_category_names (fixture);
  g_assert_cmpstr (names, ==, "Довідка;Мережа;");
  deep = get_article (fixture, "deeper");
  topic = get_article (fixture, "net");
  assert_member (deep, "body", "<p>Текст</p>");
  g_assert_cmpstr (hd_json_get_string (json_node_get_object (deep), "category_id"), ==,
                   hd_json_get_string (json_node_get_object (topic), "category_id"));
}

static void
pictures_and_links_come_along (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PNG "key", -1);
  g_autofree char *expected = NULL;
  g_autofree char *outside = g_build_filename (fixture->dir, "outside.png", NULL);
  g_autofree char *link = g_build_filename (fixture->pages, "link.png", NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;

  write_page (fixture, "images/мій ключ.png", PNG "key", -1);
  write_page (fixture, "text.png", "not a picture", -1);
  g_assert_true (g_file_set_contents (outside, PNG "outside", -1, NULL));
  g_assert_cmpint (symlink (outside, link), ==, 0);
  write_page (fixture, "other.html", "<p>x</p>", -1);
  write_page (fixture, "page.html",
              "<p>1<img src='images/%D0%BC%D1%96%D0%B9%20%D0%BA%D0%BB%D1%8E%D1%87.png?x#y' alt=А>"
              "<img src='images/мій ключ.png'><img src=missing.png><img src=text.png>"
              "<img src='../outside.png'><img src=link.png><img src='/etc/passwd'>"
              "<img src='https://example.com/x.png'><img src='file:///etc/passwd'></p>"
              "<p><a href='other.html#part'>a</a><a href=gone.html>b</a><a href='https://x.ua/'>c</a>"
              "<a href='#here'>d</a><a href='help:x'>e</a></p>", -1);
  import (fixture, NULL);

  node = get_article (fixture, "page");
  expected = g_strdup_printf ("<p>1<img src=\"media:%s\" alt=\"А\"><img src=\"media:%s\"></p>"
                              "<p><a href=\"article:other#part\">a</a><a>b</a>"
                              "<a href=\"https://x.ua/\">c</a><a href=\"#here\">d</a><a>e</a></p>",
                              hash, hash);
  assert_member (node, "body", expected);
  g_assert_cmpuint (json_array_get_length (hd_json_get_array (json_node_get_object (node), "media")),
                    ==, 1);
  bytes = hd_blobs_load (hd_database_get_data_dir (fixture->database), hash, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), PNG "key", 11);
}

static void
importing_again_changes_only_what_differs (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr (JsonNode) changes = NULL;
  g_autoptr (JsonNode) node = NULL;
  HdArticleImport done;
  gint64 before;
  g_autofree char *path = g_build_filename (fixture->pages, "gone.html", NULL);

  write_page (fixture, "same.html", "<p>a</p>", -1);
  write_page (fixture, "other.html", "<p>b</p>", -1);
  write_page (fixture, "gone.html", "<meta name='helpdesk:category' content='Стара'><p>c</p>", -1);
  done = import (fixture, NULL);
  g_assert_cmpuint (done.n_changed, ==, 3);
  before = hd_database_last_change (fixture->database);
  g_assert_cmpuint (import (fixture, NULL).n_changed, ==, 0);
  g_assert_cmpint (hd_database_last_change (fixture->database), ==, before);

  write_page (fixture, "other.html", "<p>b2</p>", -1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  done = import (fixture, NULL);
  g_assert_cmpuint (done.n_changed, ==, 1);
  g_assert_cmpuint (done.n_deleted, ==, 1);

  changes = hd_articles_list (fixture->database, before, 100, NULL);
  g_assert_cmpuint (json_array_get_length (hd_json_get_array (json_node_get_object (changes), "articles")),
                    ==, 1);
  g_assert_cmpstr (json_array_get_string_element (hd_json_get_array (json_node_get_object (changes), "deleted"), 0),
                   ==, "gone");
  g_assert_cmpuint (json_array_get_length (hd_json_get_array (json_node_get_object (changes), "categories")),
                    ==, 1);
  node = get_article (fixture, "other");
  g_assert_cmpint (hd_json_get_int (json_node_get_object (node), "version", 0), ==, 2);

  /* Another folder does not touch this one's. */
  {
    g_autofree char *elsewhere = g_build_filename (fixture->dir, "elsewhere", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (g_mkdir (elsewhere, 0700), ==, 0);
    hd_article_import (fixture->database, elsewhere, NULL, NOW, &done, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (done.n_deleted, ==, 0);
  }

  /* And what was gone may come back. */
  write_page (fixture, "gone.html", "<p>c</p>", -1);
  g_assert_cmpuint (import (fixture, NULL).n_changed, ==, 1);
  json_node_unref (get_article (fixture, "gone"));
}

static void
bad_pages_do_not_keep_the_others_out (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr (GString) many = g_string_new (NULL);
  HdArticleImport done;

  for (guint i = 0; i < 200001; i++)
    g_string_append (many, "<p>");

  write_page (fixture, "many.html", many->str, -1);
  write_page (fixture, "empty.html", "", 0);
  write_page (fixture, "zeros.html", "\0\0\0<p>\0x", 9);
  write_page (fixture, "noise.html", "\xff\x80<\x01<html<body<p>\xfe", -1);
  write_page (fixture, "good.html", "<p>Добре</p>", -1);
  write_page (fixture, ".hidden.html", "<p>x</p>", -1);
  write_page (fixture, "notes.txt", "x", -1);

  done = import (fixture, "Категорія");
  g_assert_cmpuint (done.n_pages, ==, 4);
  g_assert_cmpuint (done.n_skipped, ==, 1);
  json_node_unref (get_article (fixture, "good"));
  json_node_unref (get_article (fixture, "empty"));
}

static void
folders_in_the_folder_come_along (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autofree char *loop = g_build_filename (fixture->pages, "sub", "loop", NULL);
  g_autoptr (JsonNode) top = NULL;
  g_autoptr (JsonNode) nested = NULL;

  write_page (fixture, "pics/a b.png", PNG "a", -1);
  write_page (fixture, "top.html", "<a href='./sub/nested.html#x'>a</a> <a href='sub/../top.html'>b</a>"
              "<a href='/etc/passwd'>c</a> <a href='../top.html'>d</a>", -1);
  write_page (fixture, "sub/nested.html", "<a href='../top.html'>a</a><a href='deep/er.htm'>b</a>"
              "<img src='../pics/a%20b.png'>", -1);
  write_page (fixture, "sub/deep/er.htm", "<p>x", -1);
  write_page (fixture, ".hidden/page.html", "<p>x", -1);
  g_assert_cmpint (symlink (fixture->pages, loop), ==, 0);

  g_assert_cmpuint (import (fixture, NULL).n_pages, ==, 3);
  top = get_article (fixture, "top");
  nested = get_article (fixture, "sub-nested");
  json_node_unref (get_article (fixture, "sub-deep-er"));
  assert_member (top, "body", "<a href=\"article:sub-nested#x\">a</a> <a href=\"article:top\">b</a>"
                 "<a>c</a> <a href=\"article:top\">d</a>");
  g_assert_nonnull (strstr (hd_json_get_string (json_node_get_object (nested), "body"),
                            "<a href=\"article:top\">a</a><a href=\"article:sub-deep-er\">b</a><img src=\"media:"));
}

static void
of_two_pages_with_one_id_the_first_stays (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (JsonNode) node = NULL;
  HdArticleImport done;

  write_page (fixture, "1.html", "<meta name='helpdesk:id' content=same><p>Перша</p>", -1);
  write_page (fixture, "2.html", "<meta name='helpdesk:id' content=same><p>Друга</p>", -1);
  done = import (fixture, NULL);
  g_assert_cmpuint (done.n_changed, ==, 1);
  g_assert_cmpuint (done.n_skipped, ==, 1);
  g_assert_cmpuint (import (fixture, NULL).n_changed, ==, 0);
  node = get_article (fixture, "same");
  assert_member (node, "body", "<p>Перша</p>");
}

static void
whatever_a_page_is_encoded_in_it_is_read (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  static const struct
  {
    const char *charset;
    const char *says;
  } cases[] = {
    { "UTF-8", "" },
    { "UTF-16", "" },
    { "WINDOWS-1251", "<meta charset=windows-1251>" },
    { "WINDOWS-1251", "" },
    { "WINDOWS-1251", "<meta charset='utf-8'>" },
    { "KOI8-U", "<meta http-equiv=Content-Type content='text/html; charset=koi8-u'>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].says, "<p>Ґречний їжак</p>", NULL);
      g_autofree char *data = NULL;
      g_autoptr (JsonNode) node = NULL;
      gsize size;

      g_test_message ("%s, which says “%s”", cases[i].charset, cases[i].says);
      data = g_convert (text, -1, cases[i].charset, "UTF-8", NULL, &size, NULL);
      write_page (fixture, "page.html", data, (gssize) size);
      import (fixture, NULL);
      node = get_article (fixture, "page");
      assert_member (node, "body", "<p>Ґречний їжак</p>");
    }
}

static void
a_nul_does_not_end_a_page (Fixture       *fixture,
                           gconstpointer  user_data)
{
  static const char page[] = "<title>Ї\0жак</title><p>Ґре\0чний</p>";
  g_autoptr (JsonNode) node = NULL;

  write_page (fixture, "page.html", page, sizeof page - 1);
  import (fixture, NULL);
  node = get_article (fixture, "page");
  assert_member (node, "title", "Їжак");
  assert_member (node, "body", "<p>Ґречний</p>");
}

static void
a_folder_that_is_not_there_is_an_error (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  HdArticleImport done;

  g_assert_false (hd_article_import (fixture->database, "/nonexistent", NULL, NOW, &done, &error));
  g_assert_nonnull (error);
}

#define ADD(name, function) \
  g_test_add ("/article-import/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD ("folders-in-the-folder-come-along", folders_in_the_folder_come_along);
  ADD ("of-two-pages-with-one-id-the-first-stays", of_two_pages_with_one_id_the_first_stays);
  ADD ("whatever-a-page-is-encoded-in-it-is-read", whatever_a_page_is_encoded_in_it_is_read);
  ADD ("a-nul-does-not-end-a-page", a_nul_does_not_end_a_page);
  ADD ("a-page-says-what-it-is", a_page_says_what_it_is);
  ADD ("trails-make-categories", trails_make_categories);
  ADD ("pictures-and-links-come-along", pictures_and_links_come_along);
  ADD ("importing-again-changes-only-what-differs", importing_again_changes_only_what_differs);
  ADD ("bad-pages-do-not-keep-the-others-out", bad_pages_do_not_keep_the_others_out);
  ADD ("a-folder-that-is-not-there-is-an-error", a_folder_that_is_not_there_is_an_error);

  return g_test_run ();
}
