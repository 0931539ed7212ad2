/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hd-error.h"
#include "hd-record-json.h"
#include "store-support.h"

/* What goes wrong on machines: kills, damage, full disks, two programs, other versions; and forgetting. */

static void
save (HdStore    *store,
      const char *id,
      const char *text)
{
  g_autoptr (HdDraft) draft = make_draft (id, "o", NULL, text);

  g_assert_true (CALL (store, save_draft, draft));
}

static char *
file_of (Fixture    *fixture,
         const char *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

/* --- The helper process: this program with arguments --- */

/* Saves drafts for ever and prints the number of each when it is told to be safe. */
static int
save_for_ever (const char *directory)
{
  g_autoptr (HdStore) store = open_store (directory, NULL);

  for (guint i = 0;; i++)
    {
      g_autofree char *id = g_strdup_printf ("d%u", i % 50);
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autoptr (HdDraft) draft = make_draft (id, "o", NULL, text);

      if (store == NULL || !TRY (store, NULL, save_draft, draft))
        return 1;

      printf ("%u\n", i);
      fflush (stdout);
    }
}

static int
save_some (const char *directory,
           const char *prefix)
{
  g_autoptr (HdStore) store = open_store (directory, NULL);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s%u", prefix, i);
      g_autoptr (HdDraft) draft = make_draft (id, "o", NULL, id);
      g_autoptr (HdRequest) request = make_request ("{\"id\":\"%s\",\"subject\":\"x\"}", id);

      if (store == NULL || !TRY (store, NULL, save_draft, draft) || !TRY (store, NULL, put_request, request))
        return 1;
    }

  return 0;
}

static GSubprocess *
spawn (const char *role,
       const char *directory,
       const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", &error);
  GSubprocess *process;

  g_assert_no_error (error);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, role, directory, argument, NULL);
  g_assert_no_error (error);
  return process;
}

static void
test_a_saved_draft_survives_a_kill (Fixture       *fixture,
                                    gconstpointer  data)
{
  fixture_close (fixture);

  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (GSubprocess) process = spawn ("save-for-ever", fixture->directory, NULL);
      g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
      g_autofree char *last = NULL;
      g_autoptr (HdDraft) draft = NULL;
      g_autofree char *id = NULL;
      char *line;

      /* Killed in the middle of whatever it does then; all that it printed is to be there. */
      while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
        {
          g_free (last);
          last = line;
          if (strtoul (line, NULL, 10) == 20 + round * 7)
            g_subprocess_send_signal (process, SIGKILL);
        }

      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_true (g_subprocess_get_if_signaled (process));
      g_assert_nonnull (last);

      fixture_reopen (fixture);
      id = g_strdup_printf ("d%lu", strtoul (last, NULL, 10) % 50);
      draft = CALL (fixture->store, get_draft, id);
      g_assert_nonnull (draft);
      g_assert_cmpuint (strtoul (hd_draft_get_text (draft), NULL, 10), >=, strtoul (last, NULL, 10));
      fixture_close (fixture);
    }
}

static void
test_two_programs_share_a_store (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (GSubprocess) a = spawn ("save-some", fixture->directory, "a");
  g_autoptr (GSubprocess) b = spawn ("save-some", fixture->directory, "b");
  g_autoptr (GListModel) drafts = NULL;
  HdRequestFilter all = { 0 };
  g_autoptr (GListModel) requests = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      save (fixture->store, id, "x");
    }

  g_assert_true (g_subprocess_wait_check (a, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (b, NULL, NULL));
  drafts = CALL (fixture->store, list_drafts);
  requests = CALL (fixture->store, list_requests, &all);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 120);
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 80);
}

static void
test_two_programs_make_a_store_at_the_same_time (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *directory = file_of (fixture, "new/folder");
  g_autoptr (GSubprocess) a = spawn ("save-some", directory, "a");
  g_autoptr (GSubprocess) b = spawn ("save-some", directory, "b");
  g_autoptr (HdStore) store = NULL;
  g_autoptr (GListModel) drafts = NULL;

  g_assert_true (g_subprocess_wait_check (a, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (b, NULL, NULL));
  store = open_store (directory, NULL);
  drafts = CALL (store, list_drafts);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 80);
  g_assert_false (tree_contains (directory, "damaged"));
}

static void
test_a_wipe_by_another_program_is_noticed (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdStore) other = open_store (fixture->directory, NULL);
  g_autoptr (HdDraft) draft = NULL;

  save (fixture->store, "d", "before");
  g_assert_true (CALL (other, wipe_person));
  g_assert_null (CALL (fixture->store, get_draft, "d"));

  save (fixture->store, "e", "after");
  draft = CALL (other, get_draft, "e");
  g_assert_nonnull (draft);
  hd_store_close (other);
}

/* --- Damage --- */

static void
overwrite (const char *path,
           gsize       offset,
           gsize       length)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_no_errno (fseek (file, (long) offset, SEEK_SET));
  for (gsize i = 0; i < length; i++)
    fputc ((int) (i * 7 + 3) & 0xff, file);
  g_assert_no_errno (fclose (file));
}

static void
test_a_damaged_cache_is_set_aside_and_made_anew (Fixture       *fixture,
                                                 gconstpointer  data)
{
  const char *names[] = { "cache.db", "items.db" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = file_of (fixture, names[i]);
      g_autofree char *aside = g_strconcat (names[i], ".damaged-", NULL);
      g_autofree char *value = NULL;

      g_assert_true (CALL (fixture->store, set_value, i == 0 ? "portal-k" : "k", "v"));
      fixture_close (fixture);
      overwrite (path, 0, 2000);

      fixture_reopen (fixture);
      g_assert_null (CALL (fixture->store, get_value, i == 0 ? "portal-k" : "k"));
      g_assert_true (CALL (fixture->store, set_value, i == 0 ? "portal-k" : "k", "w"));
      value = CALL (fixture->store, get_value, i == 0 ? "portal-k" : "k");
      g_assert_cmpstr (value, ==, "w");
      g_assert_true (tree_contains (fixture->directory, aside));
    }
}

static void
test_drafts_are_recovered_from_a_damaged_file (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autofree char *path = file_of (fixture, "drafts.db");
  g_autofree char *long_text = g_strnfill (3000, 'x');
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "k", NULL);
  g_autoptr (GListModel) drafts = NULL;
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (HdDraft) first = NULL;
  g_autoptr (HdDraft) last = NULL;
  GStatBuf info;

  g_assert_true (CALL (fixture->store, enqueue, submission));
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("d%02u", i);

      save (fixture->store, id, long_text);
    }

  fixture_close (fixture);
  g_assert_no_errno (g_stat (path, &info));
  overwrite (path, (gsize) info.st_size / 2 / 4096 * 4096, 8192);

  fixture_reopen (fixture);
  drafts = CALL (fixture->store, list_drafts);
  outbox = CALL (fixture->store, list_outbox);
  first = CALL (fixture->store, get_draft, "d00");
  last = CALL (fixture->store, get_draft, "d59");

  /* The rows before the hole and behind it. */
  g_assert_true (tree_contains (fixture->directory, "drafts.db.damaged-"));
  g_assert_cmpuint (g_list_model_get_n_items (drafts), >=, 50);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), <, 60);
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 1);
  g_assert_cmpstr (hd_draft_get_text (first), ==, long_text);
  g_assert_cmpstr (hd_draft_get_text (last), ==, long_text);
  save (fixture->store, "d60", "goes on");
}

static void
test_a_file_that_is_no_database_does_not_stop_opening (Fixture       *fixture,
                                                       gconstpointer  data)
{
  const char *names[] = { "cache.db", "items.db", "drafts.db" };

  fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = file_of (fixture, names[i]);

      g_assert_true (g_file_set_contents (path, "This is a letter to the help desk, no database at all.", -1, NULL));
    }

  fixture_reopen (fixture);
  save (fixture->store, "d", "x");
  g_assert_true (tree_contains (fixture->directory, "letter to the help desk"));
}

static void
test_a_file_of_a_later_version_is_kept_aside (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autofree char *path = file_of (fixture, "drafts.db");
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;
  g_autoptr (GListModel) outbox = NULL;

  save (fixture->store, "d", "mine");
  fixture_close (fixture);
  run_sql (path, "UPDATE drafts SET client_key = 'k1'; PRAGMA user_version = 999");

  fixture_reopen (fixture);
  draft = CALL (fixture->store, get_draft, "d");
  g_assert_cmpstr (hd_draft_get_text (draft), ==, "mine");
  g_assert_true (tree_contains (fixture->directory, "drafts.db.damaged-"));

  /* Else what may have arrived would be sent under another key. */
  submission = g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "k2", "draft", draft, NULL);
  g_assert_true (CALL (fixture->store, enqueue, submission));
  outbox = CALL (fixture->store, list_outbox);
  entry = g_list_model_get_item (outbox, 0);
  g_assert_cmpstr (hd_submission_get_client_key (entry), ==, "k1");
}

static void
test_drafts_of_the_first_version_are_taken_over (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *path = file_of (fixture, "drafts.db");
  g_autoptr (HdDraft) draft = NULL;

  save (fixture->store, "d", "mine");
  fixture_close (fixture);
  run_sql (path, "ALTER TABLE drafts DROP COLUMN client_key; ALTER TABLE drafts DROP COLUMN baseline; DROP TABLE filed;"
           "PRAGMA user_version = 1");

  fixture_reopen (fixture);
  draft = CALL (fixture->store, get_draft, "d");
  g_assert_cmpstr (hd_draft_get_text (draft), ==, "mine");
  g_assert_false (tree_contains (fixture->directory, "drafts.db.damaged-"));
  save (fixture->store, "d", "mine still");
}

static void
test_rows_that_cannot_be_read_are_passed_over (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autofree char *path = file_of (fixture, "drafts.db");
  g_autoptr (GListModel) drafts = NULL;
  g_autofree char *ids = NULL;

  save (fixture->store, "a", "x");
  save (fixture->store, "b", "x");
  fixture_close (fixture);
  run_sql (path, "UPDATE drafts SET json = '{\"id\": 7, \"answers\": 3' WHERE id = 'a'");

  fixture_reopen (fixture);
  drafts = CALL (fixture->store, list_drafts);
  ids = list_property (drafts, "id");
  g_assert_cmpstr (ids, ==, "b");
  g_assert_null (CALL (fixture->store, get_draft, "a"));
}

static void
test_sort_keys_are_renewed_in_another_language (Fixture       *fixture,
                                                gconstpointer  data)
{
  HdRequestFilter filter = { .sort = HD_REQUEST_SORT_SUBJECT };
  g_autofree char *path = file_of (fixture, "items.db");
  g_autoptr (HdRequest) first = make_request ("{\"id\":\"1\",\"subject\":\"a\"}");
  g_autoptr (HdRequest) second = make_request ("{\"id\":\"2\",\"subject\":\"b\"}");
  g_autoptr (GListModel) list = NULL;
  g_autofree char *ids = NULL;

  g_assert_true (CALL (fixture->store, put_request, second));
  g_assert_true (CALL (fixture->store, put_request, first));
  fixture_close (fixture);
  run_sql (path, "UPDATE requests SET subject_key = 'x' || (9 - id); UPDATE person SET value = 'tlh' WHERE key = 'collation'");

  fixture_reopen (fixture);
  list = CALL (fixture->store, list_requests, &filter);
  ids = list_property (list, "id");
  g_assert_cmpstr (ids, ==, "1 2");
}

static void
test_a_step_that_fails_undoes_those_before (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autofree char *path = file_of (fixture, "drafts.db");
  g_autoptr (HdDraft) draft = make_draft ("d", "o", NULL, "x");
  g_autoptr (HdSubmission) submission =
    g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "k", "draft", draft, NULL);
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (GListModel) drafts = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture->store, "d", "x");
  fixture_close (fixture);
  run_sql (path, "CREATE TRIGGER stay BEFORE DELETE ON drafts BEGIN SELECT RAISE (ABORT, 'no'); END");

  fixture_reopen (fixture);
  g_assert_false (TRY (fixture->store, &error, enqueue, submission));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  outbox = CALL (fixture->store, list_outbox);
  drafts = CALL (fixture->store, list_drafts);
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 1);
}

static void
test_a_folder_that_cannot_be_made_is_an_error (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autofree char *file = file_of (fixture, "a-file");
  g_autofree char *below = file_of (fixture, "a-file/folder");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (open_store (below, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
}

/* --- A full disk --- */

static void
test_a_full_disk_is_told_and_leaves_nothing_half_done (Fixture       *fixture,
                                                       gconstpointer  data)
{
  g_autofree char *megabyte = g_strnfill (1 << 20, 'x');
  g_autoptr (HdDraft) large = make_draft ("d", "o", NULL, megabyte);
  g_autoptr (GBytes) bytes = g_bytes_new_static (megabyte, 1 << 20);
  g_autofree char *files = file_of (fixture, "files");
  g_autoptr (HdArticle) short_article = g_object_new (HD_TYPE_ARTICLE, "id", "a", "title", "A", NULL);
  g_autoptr (HdArticle) long_article = g_object_new (HD_TYPE_ARTICLE, "id", "b", "title", "B", "body", megabyte, NULL);
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (HdArticleChanges) changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", articles, NULL);
  g_autoptr (GListModel) listed = NULL;
  g_autoptr (HdDraft) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) batch_error = NULL;
  g_autoptr (GError) file_error = NULL;

  g_list_store_append (articles, short_article);
  g_list_store_append (articles, long_article);
  save (fixture->store, "d", "small");

  limit_files (500000);
  g_assert_false (TRY (fixture->store, &error, save_draft, large));
  g_assert_null (TRY (fixture->store, &file_error, add_draft_bytes, "d", NULL, "n", "text/plain", bytes));
  g_assert_false (TRY (fixture->store, &batch_error, apply_articles, changes));
  limit_files (G_MAXUINT64);

  g_assert_error (batch_error, HD_ERROR, HD_ERROR_STORAGE);
  listed = CALL (fixture->store, list_articles, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (listed), ==, 0);
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_error (file_error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_cmpuint (count_files (files), ==, 0);
  kept = CALL (fixture->store, get_draft, "d");
  g_assert_cmpstr (hd_draft_get_text (kept), ==, "small");

  /* With room again it goes on. */
  g_assert_true (CALL (fixture->store, save_draft, large));
  g_clear_object (&kept);
  kept = CALL (fixture->store, get_draft, "d");
  g_assert_cmpuint (strlen (hd_draft_get_text (kept)), ==, 1 << 20);
}

/* --- Privacy --- */

static void
assert_modes (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  GStatBuf info;

  g_assert_no_errno (g_stat (path, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, dir != NULL ? 0700 : 0600);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_modes (child);
    }
}

static void
put_person (HdStore *store)
{
  g_autoptr (HdAccount) account = g_object_new (HD_TYPE_ACCOUNT, "id", "таємниця", "user-name", "таємниця", NULL);
  g_autoptr (HdRequest) request = make_request ("{\"id\":\"таємниця\",\"number\":\"1\",\"subject\":\"таємниця\","
                                                "\"messages\":[{\"id\":\"m\",\"text\":\"таємниця\"}]}");
  g_autoptr (HdDraft) draft = make_draft ("d", "таємниця", NULL, "таємниця");
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "таємниця",
                                                      "comment", "таємниця", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("таємниця", strlen ("таємниця"));
  g_autoptr (HdOptionList) options =
    hd_record_new_from_string (HD_TYPE_OPTION_LIST, "{\"options\":[{\"value\":\"таємниця\"}]}", NULL);
  g_autoptr (HdDraftFile) file = NULL;
  g_autoptr (HdArticle) article = NULL;

  g_assert_true (CALL (store, put_account, account));
  g_assert_true (CALL (store, put_request, request));
  g_assert_true (CALL (store, save_draft, draft));
  g_assert_true (CALL (store, enqueue, submission));
  g_assert_true (CALL (store, put_options, "s", "таємниця", NULL, options));
  g_assert_true (CALL (store, set_value, "requests-as-of", "таємниця"));
  g_assert_true (CALL (store, note_offering_used, "таємниця"));
  g_assert_true (CALL (store, set_favourite, "таємниця", TRUE));
  file = CALL (store, add_draft_bytes, "d", "таємниця", "таємниця", "text/plain", bytes);
  article = CALL (store, get_article, "таємниця");
}

static void
test_wiping_leaves_no_word_of_the_person (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdArticleChanges) articles =
    hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, "{\"as_of\":\"5\",\"articles\":[{\"id\":\"a\",\"title\":\"A\"}]}", NULL);
  g_autofree char *files = file_of (fixture, "files");
  g_autofree char *aside = file_of (fixture, "items.db.damaged-20260101T000000");
  g_autofree char *as_of = NULL;
  g_autoptr (GListModel) drafts = NULL;
  g_autoptr (GListModel) listed = NULL;
  g_autoptr (GListModel) found = NULL;

  g_assert_true (CALL (fixture->store, apply_articles, articles));
  put_person (fixture->store);
  assert_modes (fixture->directory);
  g_assert_true (g_file_set_contents (aside, "таємниця", -1, NULL));
  g_assert_true (tree_contains (fixture->directory, "таємниця"));

  g_assert_true (CALL (fixture->store, wipe_person));
  g_assert_false (tree_contains (fixture->directory, "таємниця"));
  g_assert_cmpuint (count_files (files), ==, 0);

  /* What the portal publishes stays, and the store goes on. */
  as_of = CALL (fixture->store, get_value, HD_STORE_ARTICLES_AS_OF);
  listed = CALL (fixture->store, list_articles, NULL);
  drafts = CALL (fixture->store, list_drafts);
  found = CALL (fixture->store, search, "таємниця", 5);
  g_assert_cmpstr (as_of, ==, "5");
  g_assert_cmpuint (g_list_model_get_n_items (listed), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 0);
  g_assert_null (CALL (fixture->store, get_account));
  save (fixture->store, "d", "next");

  fixture_close (fixture);
  g_assert_false (tree_contains (fixture->directory, "таємниця"));
}

int
main (int    argc,
      char **argv)
{
  if (argc >= 3 && g_str_equal (argv[1], "save-for-ever"))
    return save_for_ever (argv[2]);
  if (argc >= 4 && g_str_equal (argv[1], "save-some"))
    return save_some (argv[2], argv[3]);

  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/faults/a-saved-draft-survives-a-kill", test_a_saved_draft_survives_a_kill);
  ADD_TEST ("/store/faults/two-programs-share-a-store", test_two_programs_share_a_store);
  ADD_TEST ("/store/faults/two-programs-make-a-store-at-the-same-time",
            test_two_programs_make_a_store_at_the_same_time);
  ADD_TEST ("/store/faults/a-wipe-by-another-program-is-noticed", test_a_wipe_by_another_program_is_noticed);
  ADD_TEST ("/store/faults/a-damaged-cache-is-set-aside-and-made-anew",
            test_a_damaged_cache_is_set_aside_and_made_anew);
  ADD_TEST ("/store/faults/drafts-are-recovered-from-a-damaged-file", test_drafts_are_recovered_from_a_damaged_file);
  ADD_TEST ("/store/faults/a-file-that-is-no-database-does-not-stop-opening",
            test_a_file_that_is_no_database_does_not_stop_opening);
  ADD_TEST ("/store/faults/a-file-of-a-later-version-is-kept-aside", test_a_file_of_a_later_version_is_kept_aside);
  ADD_TEST ("/store/faults/drafts-of-the-first-version-are-taken-over",
            test_drafts_of_the_first_version_are_taken_over);
  ADD_TEST ("/store/faults/rows-that-cannot-be-read-are-passed-over", test_rows_that_cannot_be_read_are_passed_over);
  ADD_TEST ("/store/faults/sort-keys-are-renewed-in-another-language",
            test_sort_keys_are_renewed_in_another_language);
  ADD_TEST ("/store/faults/a-step-that-fails-undoes-those-before", test_a_step_that_fails_undoes_those_before);
  ADD_TEST ("/store/faults/a-folder-that-cannot-be-made-is-an-error", test_a_folder_that_cannot_be_made_is_an_error);
  ADD_TEST ("/store/faults/a-full-disk-is-told-and-leaves-nothing-half-done",
            test_a_full_disk_is_told_and_leaves_nothing_half_done);
  ADD_TEST ("/store/faults/wiping-leaves-no-word-of-the-person", test_wiping_leaves_no_word_of_the_person);

  return g_test_run ();
}
