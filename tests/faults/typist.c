/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "hd-draft-saver.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"

/*
 * Somebody who writes requests and replies, with what the form pages keep drafts with.
 *
 *   typist write FOLDER PICTURE   types, attaches, submits, takes back, as one does, and marks in the log of
 *                                 interpose.c what must not be lost from then on
 *   typist read                   opens each store whose folder is on a line of standard input and prints what is there
 */

#define KEYSTROKE_MS 40
#define PROMISE_US (3 * G_USEC_PER_SEC)

typedef struct
{
  HdStore *store;  /* (owned) */
  HdDraft *draft;  /* (owned): being typed */
} Typist;

static void
G_GNUC_PRINTF (1,
               2)
mark (const char *format,
      ...)
{
  void (*to_log) (const char *) = (void (*)(const char *))dlsym (RTLD_DEFAULT, "hd_faults_mark");
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (to_log != NULL)
    to_log (text);
}

static HdStore *
open_store (const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdStore *store;

  hd_store_open_async (folder, NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  store = hd_store_open_finish (result, &error);
  g_assert_no_error (error);

  return store;
}

/* --- Writing --- */

static HdDraft *
dup_draft (gpointer user_data)
{
  return g_object_ref (((Typist *) user_data)->draft);
}

static gboolean
tick_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Types until that was longer than the promise: the saver writes when it thinks right. */
static void
type (Typist       *typist,
      HdDraftSaver *saver,
      gint64        duration_us)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint n = 1; g_get_monotonic_time () - start < duration_us; n++)
    {
      gboolean passed = FALSE;

      g_string_append_printf (text, "слово%u ", n);
      g_object_set (typist->draft, "text", text->str, NULL);
      mark ("{\"typed\":\"%s\",\"length\":%" G_GSIZE_FORMAT "}", hd_draft_get_id (typist->draft), text->len);
      hd_draft_saver_touch (saver);
      g_timeout_add (KEYSTROKE_MS, tick_cb, &passed);
      hd_test_await_flag (&passed);
    }
}

static void
begin_draft (Typist     *typist,
             const char *id)
{
  g_clear_object (&typist->draft);
  typist->draft = g_object_new (HD_TYPE_DRAFT, "id", id, "offering-id", "printer", "request-id", NULL, NULL);
}

static void
save (Typist     *typist,
      const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (typist->draft, "text", text, NULL);
  hd_store_save_draft_async (typist->store, typist->draft, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_save_draft_finish (typist->store, result, &error);
  g_assert_no_error (error);
  mark ("{\"saved\":\"%s\",\"text\":\"%s\"}", hd_draft_get_id (typist->draft), text);
}

static void
attach (Typist     *typist,
        const char *picture)
{
  g_autoptr (GFile) source = g_file_new_for_path (picture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraftFile) file = NULL;

  hd_store_add_draft_file_async (typist->store, hd_draft_get_id (typist->draft), "photo", source, 0, NULL, NULL, NULL,
                                 hd_test_store_result_cb, &result);
  hd_test_await (&result);
  file = hd_store_add_draft_file_finish (typist->store, result, &error);
  g_assert_no_error (error);
  mark ("{\"attached\":\"%s\",\"sha256\":\"%s\"}", hd_draft_get_id (typist->draft), hd_draft_file_get_sha256 (file));
}

static void
submit (Typist     *typist,
        const char *id)
{
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "id", id, "client-key", id,
                                                      "action", HD_ACTION_SUBMIT, "draft", typist->draft, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_enqueue_async (typist->store, submission, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_enqueue_finish (typist->store, result, &error);
  g_assert_no_error (error);
  mark ("{\"enqueued\":\"%s\",\"draft\":\"%s\"}", id, hd_draft_get_id (typist->draft));
}

static void
take_back (Typist     *typist,
           const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraft) draft = NULL;

  mark ("{\"returns\":\"%s\"}", id);
  hd_store_return_to_draft_async (typist->store, id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_return_to_draft_finish (typist->store, result, &error);
  g_assert_no_error (error);
  mark ("{\"saved\":\"%s\",\"text\":\"%s\"}", hd_draft_get_id (draft), hd_draft_get_text (draft));
}

static void
finish (Typist     *typist,
        const char *id)
{
  g_autoptr (HdRequest) request = g_object_new (HD_TYPE_REQUEST, "id", id, "number", id, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mark ("{\"sent\":\"%s\"}", id);
  hd_store_finish_submission_async (typist->store, id, request, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_finish_submission_finish (typist->store, result, &error);
  g_assert_no_error (error);
}

static void
write_all (const char *folder,
           const char *picture)
{
  Typist typist = { .store = open_store (folder) };
  g_autoptr (HdDraftSaver) saver = NULL;

  begin_draft (&typist, "first");
  attach (&typist, picture);
  save (&typist, "перше");
  submit (&typist, "s1");

  begin_draft (&typist, "second");
  save (&typist, "друге");
  attach (&typist, picture);
  submit (&typist, "s2");
  take_back (&typist, "s2");
  finish (&typist, "s1");

  begin_draft (&typist, "typed");
  saver = hd_draft_saver_new (typist.store, dup_draft, &typist);
  type (&typist, saver, PROMISE_US + G_USEC_PER_SEC * 3 / 2);
  hd_draft_saver_flush (saver);
  while (hd_draft_saver_get_unsaved (saver))
    g_main_context_iteration (NULL, TRUE);
  attach (&typist, picture);
  submit (&typist, "s3");

  hd_store_close (typist.store);
  g_clear_object (&typist.store);
  g_clear_object (&typist.draft);
}

/* --- Reading --- */

static void
add_files (JsonBuilder *builder,
           HdDraft     *draft)
{
  GListModel *files = hd_draft_get_files (draft);

  json_builder_set_member_name (builder, "sums");
  json_builder_begin_array (builder);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);
      g_autofree char *content = NULL;
      g_autofree char *sum = NULL;
      gsize size = 0;

      if (g_file_get_contents (hd_draft_file_get_path (file), &content, &size, NULL))
        sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, size);

      json_builder_add_string_value (builder, sum != NULL ? sum : "missing");
    }

  json_builder_end_array (builder);
}

static void
add_draft (JsonBuilder *builder,
           HdDraft     *draft)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, hd_draft_get_id (draft));
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, hd_draft_get_text (draft));
  add_files (builder, draft);
  json_builder_end_object (builder);
}

static void
add_drafts (JsonBuilder *builder,
            HdStore     *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) drafts = NULL;

  hd_store_list_drafts_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  drafts = hd_store_list_drafts_finish (store, result, &error);
  g_assert_no_error (error);

  json_builder_set_member_name (builder, "drafts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (HdDraft) draft = g_list_model_get_item (drafts, i);

      json_builder_set_member_name (builder, hd_draft_get_id (draft));
      add_draft (builder, draft);
    }
  json_builder_end_object (builder);
}

static void
add_outbox (JsonBuilder *builder,
            HdStore     *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) outbox = NULL;

  hd_store_list_outbox_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  outbox = hd_store_list_outbox_finish (store, result, &error);
  g_assert_no_error (error);

  json_builder_set_member_name (builder, "outbox");
  json_builder_begin_object (builder);
  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) submission = g_list_model_get_item (outbox, i);

      json_builder_set_member_name (builder, hd_submission_get_id (submission));
      add_draft (builder, hd_submission_get_draft (submission));
    }
  json_builder_end_object (builder);
}

static void
read_store (const char *folder)
{
  g_autoptr (HdStore) store = open_store (folder);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_drafts (builder, store);
  add_outbox (builder, store);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
  hd_store_close (store);
}

static void
read_all (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  char *line = NULL;

  while (g_io_channel_read_line (input, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      read_store (g_strchomp (line));
      g_clear_pointer (&line, g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "write"))
    write_all (argv[2], argv[3]);
  else if (argc == 2 && g_str_equal (argv[1], "read"))
    read_all ();
  else
    return EXIT_FAILURE;

  return EXIT_SUCCESS;
}
