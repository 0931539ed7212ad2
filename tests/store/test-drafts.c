/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "hd-error.h"
#include "hd-record-json.h"
#include "store-support.h"

static void
save (HdStore    *store,
      const char *id,
      const char *offering_id,
      const char *request_id,
      const char *text)
{
  g_autoptr (HdDraft) draft = make_draft (id, offering_id, request_id, text);

  g_assert_true (CALL (store, save_draft, draft));
}

static HdDraftFile *
attach (Fixture    *fixture,
        const char *draft_id,
        const char *name,
        const char *contents)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  HdDraftFile *file;

  /* The name may be too long for a temporary one beside it. */
  g_assert_true (g_file_set_contents_full (path, contents, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  file = CALL (fixture->store, add_draft_file, draft_id, "field", source, 0, NULL, NULL);
  hd_test_remove_tree (folder);
  return file;
}

static void
assert_contents (const char *path,
                 const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_a_draft_comes_back_whole_after_reopening (Fixture       *fixture,
                                               gconstpointer  data)
{
  const char *values[] = { "перший", "second\nline", NULL };
  g_autoptr (HdAnswer) answer = g_object_new (HD_TYPE_ANSWER, "field-id", "f", "values", values, NULL);
  g_autoptr (GListStore) answers = g_list_store_new (HD_TYPE_ANSWER);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 22, 9, 41, 0);
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdDraft) read = NULL;

  g_list_store_append (answers, answer);
  draft = g_object_new (HD_TYPE_DRAFT, "id", "d1", "kind", HD_KIND_INCIDENT, "offering-id", "o", "offering-name",
                        "Назва", "form-version", (gint64) 7, "title", "t", "answers", answers,
                        "created-at", now, "updated-at", now, NULL);
  g_assert_true (CALL (fixture->store, save_draft, draft));

  fixture_reopen (fixture);
  read = CALL (fixture->store, get_draft, "d1");
  g_assert_nonnull (read);
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (read)), ==, 0);
  g_object_set (draft, "files", hd_draft_get_files (read), NULL);
  g_assert_true (hd_record_equal (HD_RECORD (draft), HD_RECORD (read)));
}

static void
test_what_is_not_there_is_no_error (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_assert_null (CALL (fixture->store, get_draft, "none"));
  g_assert_null (CALL (fixture->store, find_draft, "none", NULL));
  g_assert_null (CALL (fixture->store, find_draft, NULL, NULL));
  g_assert_true (CALL (fixture->store, delete_draft, "none"));
  g_assert_true (CALL (fixture->store, remove_draft_file, "none", "none"));
}

static void
test_the_newest_draft_of_an_offering_or_a_request_is_found (Fixture       *fixture,
                                                            gconstpointer  data)
{
  g_autoptr (HdDraft) of_offering = NULL;
  g_autoptr (HdDraft) of_request = NULL;
  g_autoptr (GListModel) all = NULL;
  g_autofree char *ids = NULL;

  save (fixture->store, "a", "o1", NULL, "1");
  save (fixture->store, "b", "o1", NULL, "2");
  save (fixture->store, "c", "o2", NULL, "3");
  save (fixture->store, "d", NULL, "r1", "4");
  save (fixture->store, "a", "o1", NULL, "5");

  of_offering = CALL (fixture->store, find_draft, "o1", NULL);
  of_request = CALL (fixture->store, find_draft, NULL, "r1");
  all = CALL (fixture->store, list_drafts);
  ids = list_property (all, "id");

  g_assert_cmpstr (hd_draft_get_id (of_offering), ==, "a");
  g_assert_cmpstr (hd_draft_get_text (of_offering), ==, "5");
  g_assert_cmpstr (hd_draft_get_id (of_request), ==, "d");
  g_assert_cmpstr (ids, ==, "a d c b");
}

static void
test_a_file_is_copied_and_outlives_its_original (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr (HdDraftFile) file = attach (fixture, "d1", "звіт.txt", "вміст");
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdDraftFile) read = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "вміст", -1);
  GStatBuf info;

  save (fixture->store, "d1", "o", NULL, "x");
  fixture_reopen (fixture);
  draft = CALL (fixture->store, get_draft, "d1");
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (draft)), ==, 1);
  read = g_list_model_get_item (hd_draft_get_files (draft), 0);

  g_assert_true (hd_record_equal (HD_RECORD (file), HD_RECORD (read)));
  g_assert_cmpstr (hd_draft_file_get_name (read), ==, "звіт.txt");
  g_assert_cmpstr (hd_draft_file_get_field_id (read), ==, "field");
  g_assert_cmpstr (hd_draft_file_get_content_type (read), ==, "text/plain");
  g_assert_cmpint (hd_draft_file_get_size (read), ==, strlen ("вміст"));
  g_assert_cmpstr (hd_draft_file_get_sha256 (read), ==, sum);
  assert_contents (hd_draft_file_get_path (read), "вміст");

  g_assert_no_errno (g_stat (hd_draft_file_get_path (read), &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_any_file_name_is_taken (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *longest = g_strnfill (255, 'n');
  const char *names[] = {
    "two\nlines", "\xe2\x80\xae" "cod.exe", "-rf", "~", "..hidden", "%s%n", "a'b\"c`d$e", " ", "\\", "bad\xff\xfeutf8",
    "<b>&amp;", "com1:", "тека 🗂️ файл", longest,
  };

  save (fixture->store, "d1", "o", NULL, "x");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HdDraftFile) file = attach (fixture, "d1", names[i], "x");
      g_autofree char *base = g_path_get_basename (hd_draft_file_get_path (file));

      g_assert_true (g_utf8_validate (hd_draft_file_get_name (file), -1, NULL));
      if (g_utf8_validate (names[i], -1, NULL))
        g_assert_cmpstr (hd_draft_file_get_name (file), ==, names[i]);
      g_assert_cmpstr (base, ==, hd_draft_file_get_id (file));
    }

  {
    g_autoptr (HdDraft) draft = CALL (fixture->store, get_draft, "d1");

    g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (draft)), ==, G_N_ELEMENTS (names));
  }
}

static void
test_an_id_never_becomes_a_path (Fixture       *fixture,
                                 gconstpointer  data)
{
  const char *ids[] = { "../../escape", "/etc/x", ".", "..", "a/b", "a\nb", "" };
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (HdDraftFile) file = attach (fixture, ids[i], "x", "x");
      g_autofree char *folder = g_path_get_dirname (hd_draft_file_get_path (file));
      g_autofree char *parent = g_path_get_dirname (folder);

      g_assert_cmpstr (parent, ==, files);
    }

  g_assert_cmpuint (count_files (files), ==, G_N_ELEMENTS (ids));
}

static void
test_too_large_a_file_is_refused_before_copying (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "large", NULL);
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraftFile) fits = NULL;

  g_assert_true (g_file_set_contents (path, "0123456789", 10, NULL));

  g_assert_null (TRY (fixture->store, &error, add_draft_file, "d1", NULL, source, 9, NULL, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_TOO_LARGE);
  g_assert_cmpuint (count_files (files), ==, 0);

  fits = CALL (fixture->store, add_draft_file, "d1", NULL, source, 10, NULL, NULL);
  g_assert_nonnull (fits);
}

static void
test_what_is_no_file_is_refused (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->directory, "missing", NULL);
  g_autofree char *fifo = g_build_filename (fixture->directory, "fifo", NULL);
  g_autoptr (GFile) missing_file = g_file_new_for_path (missing);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->directory);
  g_autoptr (GFile) fifo_file = g_file_new_for_path (fifo);
  g_autoptr (GError) not_found = NULL;
  g_autoptr (GError) no_file = NULL;
  g_autoptr (GError) no_pipe = NULL;

  g_assert_no_errno (mkfifo (fifo, 0600));

  g_assert_null (TRY (fixture->store, &not_found, add_draft_file, "d", NULL, missing_file, 0, NULL, NULL));
  g_assert_error (not_found, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (TRY (fixture->store, &no_file, add_draft_file, "d", NULL, folder, 0, NULL, NULL));
  g_assert_error (no_file, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_assert_null (TRY (fixture->store, &no_pipe, add_draft_file, "d", NULL, fifo_file, 0, NULL, NULL));
  g_assert_error (no_pipe, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
test_pasted_bytes_become_a_file (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x89PNG\0rest", 9);
  g_autoptr (HdDraftFile) file = CALL (fixture->store, add_draft_bytes, "d1", "f", "знімок.png", "image/png", bytes);
  g_autoptr (HdDraftFile) read = NULL;
  g_autoptr (HdDraft) draft = NULL;

  save (fixture->store, "d1", "o", NULL, "x");
  draft = CALL (fixture->store, get_draft, "d1");
  read = g_list_model_get_item (hd_draft_get_files (draft), 0);

  g_assert_true (hd_record_equal (HD_RECORD (file), HD_RECORD (read)));
  g_assert_cmpint (hd_draft_file_get_size (read), ==, 9);
  g_assert_cmpstr (hd_draft_file_get_content_type (read), ==, "image/png");
}

static void
test_saving_a_text_keeps_the_files (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (HdDraftFile) file = attach (fixture, "d1", "a", "x");
  g_autoptr (HdDraft) draft = NULL;

  save (fixture->store, "d1", "o", NULL, "without a list of files");
  save (fixture->store, "d1", "o", NULL, "again");

  draft = CALL (fixture->store, get_draft, "d1");
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (draft)), ==, 1);
}

static void
test_removed_files_and_deleted_drafts_leave_nothing (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);
  g_autoptr (HdDraftFile) a = attach (fixture, "d1", "a", "content-a");
  g_autoptr (HdDraftFile) b = attach (fixture, "d1", "b", "content-b");
  g_autoptr (HdDraft) draft = NULL;
  g_autofree char *names = NULL;

  save (fixture->store, "d1", "o", NULL, "x");
  g_assert_true (CALL (fixture->store, remove_draft_file, "d1", hd_draft_file_get_id (a)));

  draft = CALL (fixture->store, get_draft, "d1");
  names = list_property (hd_draft_get_files (draft), "name");
  g_assert_cmpstr (names, ==, "b");
  g_assert_cmpuint (count_files (files), ==, 1);

  g_assert_true (CALL (fixture->store, delete_draft, "d1"));
  g_assert_null (CALL (fixture->store, get_draft, "d1"));
  g_assert_cmpuint (count_files (files), ==, 0);
}

static void
test_old_strays_are_cleaned_at_opening_and_fresh_ones_stay (Fixture       *fixture,
                                                            gconstpointer  data)
{
  g_autoptr (HdDraftFile) stray = attach (fixture, "stray", "a", "x");
  g_autoptr (HdDraftFile) fresh = attach (fixture, "fresh", "b", "x");
  g_autoptr (HdDraftFile) used = attach (fixture, "used", "c", "x");
  struct timespec long_ago[2] = { { 1000000, 0 }, { 1000000, 0 } };
  HdDraftFile *old[] = { stray, used };
  g_autofree char *used_folder = g_path_get_dirname (hd_draft_file_get_path (used));
  g_autofree char *unnamed = g_build_filename (used_folder, "no-row", NULL);

  save (fixture->store, "used", "o", NULL, "x");
  g_assert_true (g_file_set_contents (unnamed, "x", 1, NULL));
  g_assert_no_errno (utimensat (AT_FDCWD, unnamed, long_ago, 0));

  for (guint i = 0; i < G_N_ELEMENTS (old); i++)
    {
      g_autofree char *folder = g_path_get_dirname (hd_draft_file_get_path (old[i]));

      g_assert_no_errno (utimensat (AT_FDCWD, hd_draft_file_get_path (old[i]), long_ago, 0));
      g_assert_no_errno (utimensat (AT_FDCWD, folder, long_ago, 0));
    }

  fixture_reopen (fixture);

  g_assert_false (g_file_test (hd_draft_file_get_path (stray), G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (unnamed, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (hd_draft_file_get_path (fresh), G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (hd_draft_file_get_path (used), G_FILE_TEST_EXISTS));
}

static void
test_a_cancelled_copy_leaves_nothing (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "large", NULL);
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *megabytes = g_strnfill (8 << 20, 'x');

  g_assert_true (g_file_set_contents (path, megabytes, 8 << 20, NULL));

  hd_store_add_draft_file_async (fixture->store, "d1", NULL, source, 0, NULL, NULL, cancellable,
                                 hd_test_store_result_cb, &result);
  g_cancellable_cancel (cancellable);
  hd_test_await (&result);

  g_assert_null (hd_store_add_draft_file_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (files), ==, 0);
}

/* Whenever it comes: there are as many files as rows, and what was told to be cancelled is not among them. */
static void
test_a_cancelled_copy_is_whole_or_not_there (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "source", NULL);
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  guint n_cancelled = 0;
  guint n_told = 0;

  g_assert_true (g_file_set_contents (path, "contents", -1, NULL));
  save (fixture->store, "d1", "o", NULL, "x");

  for (guint n_turns = 0; n_turns < 30; n_turns++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (HdDraftFile) file = NULL;
      g_autoptr (HdDraft) draft = NULL;
      gboolean was_told;

      hd_store_add_draft_file_async (fixture->store, "d1", NULL, source, 0, NULL, NULL, cancellable, hd_test_store_result_cb, &result);

      /* Now while it is copied, now when it is copied but nobody knows yet, now when it is known. */
      for (guint i = 0; i < n_turns * 1000; i++)
        g_thread_yield ();
      for (guint i = 0; n_turns % 3 == 0 && i < n_turns / 3; i++)
        g_main_context_iteration (NULL, FALSE);
      was_told = result != NULL;
      g_cancellable_cancel (cancellable);
      hd_test_await (&result);
      file = hd_store_add_draft_file_finish (fixture->store, result, NULL);
      n_cancelled += file == NULL;
      n_told += was_told || file != NULL;

      draft = CALL (fixture->store, get_draft, "d1");
      g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (draft)), ==, count_files (files));
      g_assert_cmpuint (count_files (files), ==, n_told);
    }

  g_assert_cmpuint (n_cancelled, >, 0);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/drafts/a-draft-comes-back-whole-after-reopening",
            test_a_draft_comes_back_whole_after_reopening);
  ADD_TEST ("/store/drafts/what-is-not-there-is-no-error", test_what_is_not_there_is_no_error);
  ADD_TEST ("/store/drafts/the-newest-draft-of-an-offering-or-a-request-is-found",
            test_the_newest_draft_of_an_offering_or_a_request_is_found);
  ADD_TEST ("/store/drafts/a-file-is-copied-and-outlives-its-original",
            test_a_file_is_copied_and_outlives_its_original);
  ADD_TEST ("/store/drafts/any-file-name-is-taken", test_any_file_name_is_taken);
  ADD_TEST ("/store/drafts/an-id-never-becomes-a-path", test_an_id_never_becomes_a_path);
  ADD_TEST ("/store/drafts/too-large-a-file-is-refused-before-copying",
            test_too_large_a_file_is_refused_before_copying);
  ADD_TEST ("/store/drafts/what-is-no-file-is-refused", test_what_is_no_file_is_refused);
  ADD_TEST ("/store/drafts/pasted-bytes-become-a-file", test_pasted_bytes_become_a_file);
  ADD_TEST ("/store/drafts/saving-a-text-keeps-the-files", test_saving_a_text_keeps_the_files);
  ADD_TEST ("/store/drafts/removed-files-and-deleted-drafts-leave-nothing",
            test_removed_files_and_deleted_drafts_leave_nothing);
  ADD_TEST ("/store/drafts/old-strays-are-cleaned-at-opening-and-fresh-ones-stay",
            test_old_strays_are_cleaned_at_opening_and_fresh_ones_stay);
  ADD_TEST ("/store/drafts/a-cancelled-copy-leaves-nothing", test_a_cancelled_copy_leaves_nothing);
  ADD_TEST ("/store/drafts/a-cancelled-copy-is-whole-or-not-there", test_a_cancelled_copy_is_whole_or_not_there);

  return g_test_run ();
}
