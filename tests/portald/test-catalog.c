/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-json.h"
#include "hd-offerings.h"
#include "hd-options.h"
#include "hd-test-utils.h"
#include "hd-text.h"

#include <string.h>

typedef struct
{
  char       *dir;
  HdDatabase *database;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = hd_test_make_tmp_dir ();
  fixture->database = hd_database_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->database);
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static gboolean
import (Fixture     *fixture,
        const char  *text,
        GError     **error)
{
  g_autoptr (JsonNode) node = hd_text_to_json (text);

  g_assert_nonnull (node);
  return hd_offerings_import (fixture->database, node, error);
}

#define CATALOG(field) \
  "{\"categories\":[{\"id\":\"c\",\"name\":\"К\"}],\"offerings\":[{\"id\":\"o\",\"category_id\":\"c\"," \
  "\"kind\":\"request\",\"name\":\"П\",\"form\":{\"fields\":[" field "]}}]," \
  "\"options\":{\"s\":[{\"value\":\"1\",\"label\":\"Перший\"}]}}"

static gint64
get_version (Fixture *fixture)
{
  g_autoptr (JsonNode) form = hd_offerings_get_form (fixture->database, "o");
  g_autoptr (JsonNode) offering = hd_offerings_get_offering (fixture->database, "o");
  gint64 version = hd_json_get_int (json_node_get_object (form), "version", 0);

  g_assert_cmpint (version, >, 0);
  g_assert_cmpint (hd_json_get_int (json_node_get_object (offering), "form_version", 0), ==, version);
  return version;
}

static void
a_form_has_another_version_when_it_differs (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  static const char one[] = CATALOG ("{\"id\":\"a\",\"type\":\"text\",\"label\":\"А\"}");
  static const char other[] = CATALOG ("{\"id\":\"a\",\"type\":\"text\",\"label\":\"Б\"}");
  g_autoptr (GError) error = NULL;
  gint64 version;

  g_assert_true (import (fixture, one, &error));
  g_assert_no_error (error);
  version = get_version (fixture);
  g_assert_true (import (fixture, other, &error));
  g_assert_cmpint (get_version (fixture), !=, version);
  g_assert_true (import (fixture, one, &error));
  g_assert_cmpint (get_version (fixture), ==, version);
}

static void
a_bad_catalog_changes_nothing (Fixture       *fixture,
                               gconstpointer  user_data)
{
  static const char *const bad[] = {
    "[]",
    "{}",
    "{\"categories\":[]}",
    "{\"categories\":[1],\"offerings\":[]}",
    "{\"categories\":[{\"id\":\"c\"}],\"offerings\":[]}",
    "{\"categories\":[{\"id\":\"c\",\"name\":\"К\"},{\"id\":\"c\",\"name\":\"К\"}],\"offerings\":[]}",
    "{\"categories\":[],\"offerings\":[{\"id\":\"o\",\"name\":\"П\",\"kind\":\"request\",\"category_id\":\"x\",\"form\":{\"fields\":[]}}]}",
    "{\"categories\":[{\"id\":\"c\",\"name\":\"К\"}],\"offerings\":[{\"id\":\"o\",\"name\":\"П\",\"kind\":\"other\",\"category_id\":\"c\",\"form\":{\"fields\":[]}}]}",
    "{\"categories\":[{\"id\":\"c\",\"name\":\"К\"}],\"offerings\":[{\"id\":\"o\",\"name\":\"П\",\"kind\":\"request\",\"category_id\":\"c\"}]}",
    "{\"categories\":[],\"offerings\":[],\"options\":{\"s\":[{\"value\":\"1\"}]}}",
    "{\"categories\":[],\"offerings\":[],\"options\":{\"s\":1}}",
    CATALOG ("{\"id\":\"a\",\"type\":\"choice\",\"label\":\"А\",\"options_source\":\"nowhere\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":5,\"label\":\"А\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":\"slider\",\"label\":\"А\"}"),
    CATALOG ("{\"id\":\"a\",\"label\":\"А\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":\"text\"},{\"id\":\"a\",\"type\":\"text\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":\"text\",\"pattern\":\"([\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":\"choice\",\"depends_on\":\"b\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":\"choice\",\"depends_on\":\"a\"}"),
    CATALOG ("{\"id\":\"a\",\"type\":\"text\",\"visible_when\":[{\"field\":\"b\",\"op\":\"filled\"}]}"),
    CATALOG ("1"),
  };
  g_autoptr (GError) good_error = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autofree char *before_text = NULL;

  g_assert_true (import (fixture, CATALOG ("{\"id\":\"a\",\"type\":\"text\",\"label\":\"А\"}"), &good_error));
  before = hd_offerings_get (fixture->database);
  before_text = hd_text_from_json (before);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) after = NULL;
      g_autofree char *after_text = NULL;

      g_assert_false (import (fixture, bad[i], &error));
      g_assert_nonnull (error);
      after = hd_offerings_get (fixture->database);
      after_text = hd_text_from_json (after);
      g_assert_cmpstr (after_text, ==, before_text);
    }
}

#define FIELD(id, rest) "{\"id\":\"" id "\",\"type\":\"text\",\"label\":\"А\"" rest "}"
#define SHOWN_BY(id) ",\"visible_when\":[{\"field\":\"" id "\",\"op\":\"filled\"}]"
#define FILLED_BY(id) ",\"depends_on\":\"" id "\""

static void
fields_that_show_each_other_are_named (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  static const struct
  {
    const char *catalog;
    const char *names;
  } circles[] = {
    { CATALOG (FIELD ("a", SHOWN_BY ("a"))), "“a” ← “a”" },
    { CATALOG (FIELD ("a", SHOWN_BY ("b")) "," FIELD ("b", SHOWN_BY ("a"))), "“a” ← “b” ← “a”" },
    { CATALOG (FIELD ("a", SHOWN_BY ("b")) "," FIELD ("b", FILLED_BY ("a"))), "“a” ← “b” ← “a”" },
    { CATALOG (FIELD ("a", FILLED_BY ("b")) "," FIELD ("b", FILLED_BY ("a"))), "“a” ← “b” ← “a”" },
    { CATALOG (FIELD ("a", SHOWN_BY ("b")) "," FIELD ("b", SHOWN_BY ("c")) "," FIELD ("c", SHOWN_BY ("d")) ","
               FIELD ("d", SHOWN_BY ("b"))), "“b” ← “c” ← “d” ← “b”" },
  };
  g_autoptr (GError) good_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (import (fixture, circles[i].catalog, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, circles[i].names));
    }

  /* Two ways to the same field are no circle. */
  g_assert_true (import (fixture, CATALOG (FIELD ("a", "") "," FIELD ("b", SHOWN_BY ("a")) "," FIELD ("c", SHOWN_BY ("a")) ","
                                           FIELD ("d", FILLED_BY ("b") SHOWN_BY ("c"))), &good_error));
  g_assert_no_error (good_error);
}

static void
the_alphabet_is_ukrainian (void)
{
  static const char *const words[] = {
    "абрикос", "Вишня", "гора", "ґанок", "дім", "елемент", "Єва", "жито", "зима", "иній", "ікона",
    "Їжак", "йод", "п’ять", "пячу", "яблуко",
  };

  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *before = hd_text_sort_key (words[i - 1]);
      g_autofree char *after = hd_text_sort_key (words[i]);

      g_assert_cmpstr (before, <, after);
    }
}

static void
words_are_found_whatever_their_case (void)
{
  g_autofree char *text = hd_text_fold ("П’ять Їжаків у ҐАНКУ");
  static const struct
  {
    const char *query;
    gboolean    found;
  } cases[] = {
    { "п'ять", TRUE }, { "їЖАК ґанк", TRUE }, { "", TRUE }, { "  ", TRUE },
    { "їжак сад", FALSE }, { "и\xcc\x86", FALSE }, { "і\xcc\x88жак", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) split = hd_text_split_words (cases[i].query);

      g_assert_cmpint (hd_text_has_words (text, split), ==, cases[i].found);
    }
}

static void
a_newer_database_is_left_alone (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDatabase) again = NULL;

  g_assert_true (hd_database_run (fixture->database, &error, "PRAGMA user_version = 99", ""));
  again = hd_database_open (fixture->dir, &error);
  g_assert_null (again);
  g_assert_error (error, HD_DATABASE_ERROR, HD_DATABASE_ERROR_NEWER);
}

#define ADD(name, function) \
  g_test_add ("/catalog/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD ("a-form-has-another-version-when-it-differs", a_form_has_another_version_when_it_differs);
  ADD ("a-bad-catalog-changes-nothing", a_bad_catalog_changes_nothing);
  ADD ("fields-that-show-each-other-are-named", fields_that_show_each_other_are_named);
  g_test_add_func ("/catalog/the-alphabet-is-ukrainian", the_alphabet_is_ukrainian);
  g_test_add_func ("/catalog/words-are-found-whatever-their-case", words_are_found_whatever_their_case);
  ADD ("a-newer-database-is-left-alone", a_newer_database_is_left_alone);

  return g_test_run ();
}
