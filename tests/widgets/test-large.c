/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "form-page-support.h"
#include "hd-attachment-list.h"
#include "hd-drop-zone.h"
#include "hd-file-row.h"
#include "hd-form-page-private.h"
#include "hd-store-search.h"
#include "hd-test-portal.h"
#include "session-support.h"

/*
 * A really large file on its way through the form to the practice portal and back,
 * and how much of it is ever in memory.  Its pieces share a connection: the portal
 * may have fewer open than there are pieces.
 */

#define MEGABYTE (G_GINT64_CONSTANT (1024) * 1024)
#define LARGE (200 * MEGABYTE)
/* What a hundredth of the file, a page and TLS may take. */
#define MAX_GROWTH (40 * MEGABYTE)
#define MAX_FILES 256

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *dir;
  HdSession    *session;
  HdFormPage   *page;
  GtkWidget    *window;
} Fixture;

/* The portal's own configuration: its catalog file. */
static void
raise_limits (Fixture *fixture)
{
  g_autofree char *source = hd_test_source_filename ("tests/support/portal/catalog.json");
  g_autofree char *changed = g_build_filename (fixture->dir, "catalog.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) limits = NULL;

  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  limits = g_string_new (text);
  g_assert_cmpuint (g_string_replace (limits, "\"max_file_size\": 1048576", "\"max_file_size\": 300000000", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (limits, "\"max_total_size\": 3145728", "\"max_total_size\": 300000000", 0), ==, 1);
  g_assert_true (g_file_set_contents (changed, limits->str, -1, NULL));
  hd_test_portal_desk (fixture->portal, NULL, "import-catalog", changed, NULL);
}

/* What is done behind is not what is measured, the dictionary least of all. */
static void
complete_index (HdStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_complete_index_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_complete_index_finish (store, result, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = hd_test_make_tmp_dir ();
  fixture->portal = hd_test_portal_new (NULL, NULL);
  raise_limits (fixture);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->session = hd_test_session_new (fixture->portal, fixture->policy, fixture->dir);

  complete_index (hd_session_get_store (fixture->session));
  fixture->page = HD_FORM_PAGE (hd_form_page_new (fixture->session, "printer", NULL, NULL));
  fixture->window = hd_test_window_new (GTK_WIDGET (fixture->page));
  HD_TEST_AWAIT (fixture->page->model != NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->window, hd_test_window_destroy);
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

/* --- Memory --- */

static gint64
read_status (const char *key)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, key);
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen (key), NULL, 10) * 1024;
}

/* From here on the peak is measured.  Returns: what is in memory now */
static gint64
begin_measuring (void)
{
  int fd = g_open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "5", 1), ==, 1);
  g_assert_true (g_close (fd, NULL));

  return read_status ("VmRSS:");
}

static void
assert_flat (gint64      before,
             const char *what)
{
  gint64 growth = read_status ("VmHWM:") - before;

  g_test_message ("%s: %" G_GINT64_FORMAT " kB more at the most", what, growth / 1024);
  /* The address sanitizer keeps what was freed. */
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (growth, <, MAX_GROWTH);
#endif
}

/* --- What a person does and sees --- */

/* Text, for the field takes no other; not zeros, that no compression hides anything. */
static GFile *
make_large_file (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "журнал.txt", NULL);
  g_autofree char *block = g_malloc (MEGABYTE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (10316);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  for (gint64 i = 0; i < MEGABYTE; i++)
    block[i] = (char) g_rand_int_range (rand, 32, 127);
  for (gint64 i = 0; i < LARGE / MEGABYTE; i++)
    g_assert_cmpint (write (fd, block, MEGABYTE), ==, MEGABYTE);
  g_assert_true (g_close (fd, NULL));

  return g_file_new_for_path (path);
}

static void
attach (Fixture *fixture,
        GFile   *file)
{
  GtkWidget *zone = hd_test_find_widget (GTK_WIDGET (fixture->page->form_view), HD_TYPE_DROP_ZONE);
  gint64 before = begin_measuring ();

  g_signal_emit_by_name (zone, "file", file);
  g_assert_false (gtk_widget_is_sensitive (fixture->page->review_button));
  HD_TEST_AWAIT (!hd_form_model_is_attaching (fixture->page->model));
  g_assert_true (gtk_widget_is_sensitive (fixture->page->review_button));
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_model_get_files (fixture->page->model)), ==, 1);
  assert_flat (before, "copying");
}

static gboolean
is_on (Fixture    *fixture,
       const char *step)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (fixture->page->stack), step) == 0;
}

static void
click_on_review (Fixture    *fixture,
                 const char *label)
{
  hd_test_click (GTK_WIDGET (fixture->page->review_page), label);
}

static double
get_fraction (Fixture *fixture)
{
  HdProgress *progress = fixture->page->flow != NULL ? hd_send_flow_get_progress (fixture->page->flow) : NULL;

  return progress != NULL ? hd_progress_get_fraction (progress) : 0.0;
}

static gboolean
can_be_cancelled (Fixture *fixture)
{
  return hd_test_find_button (GTK_WIDGET (fixture->page->review_page), "_Cancel") != NULL;
}

/* Returns: (transfer full): the draft as it is on the disk */
static HdDraft *
find_draft (Fixture *fixture)
{
  HdStore *store = hd_session_get_store (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdDraft *draft;

  hd_store_find_draft_async (store, "printer", NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_find_draft_finish (store, result, &error);
  g_assert_no_error (error);

  return draft;
}

static void
assert_draft_is_whole (Fixture *fixture)
{
  g_autoptr (HdDraft) draft = find_draft (fixture);
  g_autoptr (HdDraftFile) file = NULL;
  GStatBuf info;

  g_assert_nonnull (draft);
  file = g_list_model_get_item (hd_draft_get_files (draft), 0);
  g_assert_nonnull (file);
  g_assert_cmpstr (hd_draft_file_get_name (file), ==, "журнал.txt");
  g_assert_cmpint (hd_draft_file_get_size (file), ==, LARGE);
  g_assert_cmpint (g_stat (hd_draft_file_get_path (file), &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, LARGE);
}

static HdRequest *
get_only_request (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) requests = NULL;

  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
  requests = hd_test_list_requests (hd_session_get_store (fixture->session));
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 1);

  return g_list_model_get_item (requests, 0);
}

static HdRequest *
load_whole (Fixture   *fixture,
            HdRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdRequest *whole;

  hd_session_refresh_request_async (fixture->session, hd_request_get_id (request), NULL,
                                    hd_test_store_result_cb, &result);
  hd_test_await (&result);
  whole = hd_session_refresh_request_finish (fixture->session, result, &error);
  g_assert_no_error (error);

  return whole;
}

/* Files that are there, but for what the test itself put there. */
static gboolean
has_partial_file (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".part"))
        return TRUE;
    }

  return FALSE;
}

static void
assert_can_be_saved (Fixture      *fixture,
                     HdRequest    *request,
                     HdAttachment *attachment,
                     GFile        *source)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "saved", NULL);
  g_autoptr (GFile) destination = g_file_new_build_filename (folder, "журнал.txt", NULL);
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = NULL;
  gint64 before;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  hd_session_save_attachment_async (fixture->session, hd_request_get_id (request), attachment, destination, progress,
                                    cancellable, hd_test_store_result_cb, &result);
  HD_TEST_AWAIT (hd_progress_get_fraction (progress) > 0.2);
  g_cancellable_cancel (cancellable);
  hd_test_await (&result);
  g_assert_false (hd_session_save_attachment_finish (fixture->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (destination, NULL));
  g_assert_false (has_partial_file (folder));
  g_clear_error (&error);
  g_clear_object (&result);

  before = begin_measuring ();
  hd_session_save_attachment_async (fixture->session, hd_request_get_id (request), attachment, destination, progress,
                                    NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_session_save_attachment_finish (fixture->session, result, &error));
  g_assert_no_error (error);
  assert_flat (before, "saving");

  {
    g_autoptr (GMappedFile) saved = g_mapped_file_new (g_file_peek_path (destination), FALSE, NULL);
    g_autoptr (GMappedFile) original = g_mapped_file_new (g_file_peek_path (source), FALSE, NULL);

    g_assert_cmpmem (g_mapped_file_get_contents (saved), g_mapped_file_get_length (saved),
                     g_mapped_file_get_contents (original), g_mapped_file_get_length (original));
  }
}

static void
assert_opening_can_be_stopped (Fixture      *fixture,
                               HdRequest    *request,
                               HdAttachment *attachment)
{
  g_autoptr (GListStore) attachments = g_list_store_new (HD_TYPE_ATTACHMENT);
  g_autofree char *opened = NULL;
  GtkWidget *list;
  GtkWidget *window;
  GtkWidget *row;

  g_list_store_append (attachments, attachment);
  list = hd_attachment_list_new (fixture->session, hd_request_get_id (request), G_LIST_MODEL (attachments));
  window = hd_test_window_new (list);
  row = hd_test_find_widget (list, HD_TYPE_FILE_ROW);

  g_signal_emit_by_name (row, "open");
  HD_TEST_AWAIT (hd_test_find_button (row, "_Cancel") != NULL);
  g_assert_true (hd_test_shows_text (row, " of 209.7\302\240MB"));
  hd_test_click (row, "_Cancel");
  HD_TEST_AWAIT (hd_test_find_button (row, "_Cancel") == NULL);
  g_assert_true (hd_test_shows_text (row, "209.7\302\240MB"));
  hd_test_window_destroy (window);
}

static void
test_a_large_file_goes_there_and_back (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (GFile) file = make_large_file (fixture);
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) whole = NULL;
  g_autoptr (HdAttachment) attachment = NULL;
  gint64 before;

  hd_answers_set (hd_form_model_get_answers (fixture->page->model), "description", "Журнал у вкладенні");
  attach (fixture, file);
  hd_test_click (GTK_WIDGET (fixture->page), "_Review & Submit");
  g_assert_true (is_on (fixture, "review"));

  /* The person changes their mind when a good part is under way. */
  before = begin_measuring ();
  click_on_review (fixture, "_Submit");
  HD_TEST_AWAIT (get_fraction (fixture) > 0.3);
  HD_TEST_AWAIT (can_be_cancelled (fixture));
  click_on_review (fixture, "_Cancel");
  HD_TEST_AWAIT (fixture->page->flow == NULL);
  g_assert_true (is_on (fixture, "review"));
  assert_draft_is_whole (fixture);

  /* And again. */
  click_on_review (fixture, "_Submit");
  HD_TEST_AWAIT (get_fraction (fixture) > 0.3);
  HD_TEST_AWAIT (is_on (fixture, "done") && hd_test_shows_text (GTK_WIDGET (fixture->page->receipt_page), "10316"));
  assert_flat (before, "sending");

  request = get_only_request (fixture);
  g_assert_cmpstr (hd_request_get_number (request), ==, "10316");
  whole = load_whole (fixture, request);
  attachment = g_list_model_get_item (hd_request_get_attachments (whole), 0);
  g_assert_cmpint (hd_attachment_get_size (attachment), ==, LARGE);
  assert_opening_can_be_stopped (fixture, request, attachment);
  assert_can_be_saved (fixture, request, attachment, file);
}

#define ADD(name, func) g_test_add ("/large/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  struct rlimit limit;

  hd_test_init (&argc, &argv);
  adw_init ();

  /* The portal's, too, which is started from here. */
  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = MAX_FILES;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  ADD ("a-large-file-goes-there-and-back", test_a_large_file_goes_there_and_back);

  return g_test_run ();
}
