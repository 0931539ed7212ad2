/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem () */

#include "store-support.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "hd-record-json.h"

static HdStore *
open_store_with (const char  *directory,
                 const char  *synonyms_file,
                 GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_open_async (directory, synonyms_file, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);

  return hd_store_open_finish (result, error);
}

/* Returns: (transfer full) (nullable): a store in a folder */
HdStore *
open_store (const char  *directory,
            GError     **error)
{
  return open_store_with (directory, NULL, error);
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->directory = hd_test_make_tmp_dir ();
  fixture_reopen (fixture);
}

void
fixture_close (Fixture *fixture)
{
  if (fixture->store == NULL)
    return;

  hd_store_close (fixture->store);
  hd_test_drain ();
  hd_test_await_finalized (g_steal_pointer (&fixture->store));
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture_close (fixture);
  fixture->store = open_store_with (fixture->directory, fixture->synonyms_file, &error);
  g_assert_no_error (error);
  g_assert_true (HD_IS_STORE (fixture->store));
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture_close (fixture);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->synonyms_file);
}

/* Returns: (transfer full): a request from JSON that is put together as by printf() */
HdRequest *
make_request (const char *json,
              ...)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  HdRequest *request;
  va_list arguments;

  va_start (arguments, json);
  text = g_strdup_vprintf (json, arguments);
  va_end (arguments);

  request = hd_record_new_from_string (HD_TYPE_REQUEST, text, &error);
  g_assert_no_error (error);
  return request;
}

HdDraft *
make_draft (const char *id,
            const char *offering_id,
            const char *request_id,
            const char *text)
{
  return g_object_new (HD_TYPE_DRAFT,
                       "id", id,
                       "offering-id", offering_id,
                       "request-id", request_id,
                       "text", text,
                       NULL);
}

static gboolean
file_contains (const char *path,
               const char *words)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return FALSE;

  return memmem (contents, length, words, strlen (words)) != NULL;
}

/* Whether a file below path has the words in it or for a name. */
gboolean
tree_contains (const char *path,
               const char *words)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    return file_contains (path, words);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (strstr (name, words) != NULL || tree_contains (child, words))
        return TRUE;
    }

  return FALSE;
}

guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    return g_file_test (path, G_FILE_TEST_EXISTS) ? 1 : 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += count_files (child);
    }

  return n;
}

/* Returns: (transfer full): a text property of all items, as "a b c" */
char *
list_property (GListModel *list,
               const char *property)
{
  g_autoptr (GString) string = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);
      g_autofree char *value = NULL;

      g_object_get (item, property, &value, NULL);
      g_string_append_printf (string, "%s%s", i > 0 ? " " : "", value);
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* Changes a file that nobody has open. */
void
run_sql (const char *path,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "python3", "-c",
                              "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.executescript(sys.argv[2]); d.close()",
                              path, sql, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

/* No file of this process may get larger, as if the disk were full; G_MAXUINT64 for as large as they may be anyway. */
void
limit_files (guint64 bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
}
