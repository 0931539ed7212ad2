/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-record-json.h"
#include "store-support.h"

/* Texts in other languages than Ukrainian are found as they were without it: by their words, and by what these begin with. */

static const char articles_json[] =
  "{\"articles\":["
  " {\"id\":\"pl\",\"title\":\"Drukarka nie działa\",\"body\":\"<p>Sprawdź, czy kabel jest podłączony. Zażółć gęślą jaźń."
  " Hasło wygasło, a łącze jest wolne. Wniosek składa urząd celny w Łodzi.</p>\"},"
  " {\"id\":\"de\",\"title\":\"Der Drucker druckt nicht\",\"body\":\"<p>Prüfen Sie die Größe des Papiers und die Straße."
  " Das Passwort ist abgelaufen. Zollämter übermitteln Grenzübertritte. Öl läuft über.</p>\"},"
  " {\"id\":\"en\",\"title\":\"The printer is out of order\",\"body\":\"<p>Check the cables and restarted services. Your passwords"
  " have expired; the naïve user’s café account isn’t locked. Customs officers connect remotely.</p>\"}]}";

static void
put_articles (Fixture *fixture)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);

  g_assert_nonnull (changes);
  g_assert_true (CALL (fixture->store, apply_articles, changes));
}

static void
test_words_are_found (Fixture       *fixture,
                      gconstpointer  data)
{
  static const char *const vectors[][2] = {
    /* Polish: with its letters and without, in any case, half typed */
    { "drukarka", "pl" }, { "podłączony", "pl" }, { "zażółć", "pl" }, { "zazółc", "pl" }, { "gęślą", "pl" }, { "gesla", "pl" },
    { "HASŁO", "pl" }, { "wygas", "pl" }, { "łącze wolne", "pl" }, { "w Łodzi", "pl" }, { "urząd celny", "pl" },
    /* German: umlauts, ß, long words */
    { "Größe", "de" }, { "große", "de" }, { "GRÖSSE", "de" }, { "Straße", "de" }, { "prüfen", "de" }, { "prufen", "de" },
    { "Zollämter", "de" }, { "Grenzüber", "de" }, { "abgelaufen", "de" }, { "öl", "de" },
    /* English: forms, apostrophes, accents */
    { "cable", "en" }, { "restarting", "en" }, { "service", "en" }, { "expire", "en" }, { "naive", "en" }, { "naïve", "en" },
    { "isn't", "en" }, { "cafe", "en" }, { "connected", "en" }, { "remote", "en" },
  };

  put_articles (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GListModel) results = CALL (fixture->store, search, vectors[i][0], 20);
      g_autofree char *ids = list_property (results, "id");

      g_test_message ("%s: %s", vectors[i][0], ids);
      g_assert_true (g_str_has_prefix (ids, vectors[i][1]));
    }
}

/* No word is taken for one of another language: each finds its own text alone. */
static void
test_words_are_not_mixed_up (Fixture       *fixture,
                             gconstpointer  data)
{
  static const char *const vectors[][2] = {
    { "Zollämter", "de" }, { "gęślą", "pl" }, { "officers", "en" }, { "jest", "pl" }, { "nicht", "de" }, { "locked", "en" },
  };

  put_articles (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GListModel) results = CALL (fixture->store, search, vectors[i][0], 20);
      g_autofree char *ids = list_property (results, "id");

      g_test_message ("%s", vectors[i][0]);
      g_assert_cmpstr (ids, ==, vectors[i][1]);
    }
}

/* As they are written, whatever they were found by. */
static void
test_they_stand_out_as_they_are_written (Fixture       *fixture,
                                         gconstpointer  data)
{
  static const char *const vectors[][2] = {
    { "gesla", "<b>gęślą</b>" }, { "GROSSE", "<b>Größe</b>" }, { "password", "<b>passwords</b>" }, { "naive", "<b>naïve</b>" },
  };

  put_articles (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GListModel) results = CALL (fixture->store, search, vectors[i][0], 20);
      g_autofree char *snippets = list_property (results, "snippet");

      g_test_message ("%s: %s", vectors[i][0], snippets);
      g_assert_nonnull (strstr (snippets, vectors[i][1]));
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/search-languages/words-are-found", test_words_are_found);
  ADD_TEST ("/store/search-languages/words-are-not-mixed-up", test_words_are_not_mixed_up);
  ADD_TEST ("/store/search-languages/they-stand-out-as-they-are-written", test_they_stand_out_as_they_are_written);

  return g_test_run ();
}
