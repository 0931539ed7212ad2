/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "form-page-support.h"
#include "hd-composer.h"
#include "hd-file-row.h"
#include "hd-form-rules.h"
#include "hd-test-portal.h"
#include "session-support.h"

/* A reply with its files, against the practice portal. */

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *dir;
  HdSession    *session;
  char         *request_id;
  GtkWidget    *composer;
  GtkWidget    *window;
} Fixture;

static HdDraft *
make_request_draft (HdSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdForm) form = hd_test_load_form (session, "mailbox", &error);
  HdDraft *draft = hd_test_draft_new (form, "Скринька", "subject", "Скринька для відділу");
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) list = NULL;

  g_assert_no_error (error);
  hd_form_apply_defaults (form, answers);
  hd_answers_set (answers, "subject", "Скринька для відділу");
  hd_answers_set (answers, "login", "viddil");
  hd_answers_set_choice (answers, "owner", "koval", "Коваль Олена Петрівна");
  list = hd_answers_to_list (answers);
  g_object_set (draft, "answers", list, NULL);

  return draft;
}

/* Returns: (transfer full): the id of a request that is there to be replied to */
static char *
file_request (HdSession *session)
{
  g_autoptr (HdDraft) draft = make_request_draft (session);
  g_autoptr (HdSubmission) submission = hd_test_submission_new (HD_ACTION_SUBMIT, draft, NULL);
  g_autoptr (HdRequest) request = NULL;

  hd_test_submit (session, submission);
  while (request == NULL)
    {
      g_autoptr (GListModel) requests = NULL;

      g_assert_true (hd_test_sync (session, NULL));
      requests = hd_test_list_requests (hd_session_get_store (session));
      request = g_list_model_get_item (requests, 0);
    }

  return g_strdup (hd_request_get_id (request));
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (hd_test_find_widget (fixture->composer, GTK_TYPE_TEXT_VIEW)));
}

/* @typed: (nullable): what is typed before the store has answered */
static void
open_composer_typing (Fixture    *fixture,
                      const char *typed)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->composer = g_object_new (HD_TYPE_COMPOSER, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), fixture->composer);
  fixture->window = hd_test_window_new (scroller);
  hd_composer_open (HD_COMPOSER (fixture->composer), fixture->session, fixture->request_id, "10316", "Скринька");
  if (typed != NULL)
    gtk_text_buffer_set_text (get_buffer (fixture), typed, -1);
  hd_test_drain ();
}

static void
open_composer (Fixture *fixture)
{
  open_composer_typing (fixture, NULL);
}

static void
close_composer (Fixture *fixture)
{
  g_clear_pointer (&fixture->window, hd_test_window_destroy);
  hd_test_drain ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->portal = hd_test_portal_new (NULL, NULL);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->dir = hd_test_make_tmp_dir ();
  fixture->session = hd_test_session_new (fixture->portal, fixture->policy, fixture->dir);
  fixture->request_id = file_request (fixture->session);
  open_composer (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gdk_clipboard_set_content (gdk_display_get_clipboard (gdk_display_get_default ()), NULL);
  close_composer (fixture);
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->request_id);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

/* --- What a person does and sees --- */

static GFile *
make_file (Fixture    *fixture,
           const char *name,
           gssize      size)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *content = g_strnfill ((gsize) size, 'x');

  g_assert_true (g_file_set_contents (path, content, size, NULL));
  return g_file_new_for_path (path);
}

static void
drop_file (Fixture *fixture,
           GFile   *file)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->composer);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      /* In the capture phase, or the text inside would take the file's name as a word. */
      if (GTK_IS_DROP_TARGET (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &taken);
    }

  g_assert_true (taken);
}

static gboolean
shows (Fixture    *fixture,
       const char *text)
{
  return hd_test_shows_text (fixture->composer, text);
}

/* Returns: (transfer full) (nullable) */
static HdDraft *
find_draft (Fixture *fixture)
{
  HdStore *store = hd_session_get_store (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdDraft *draft;

  hd_store_find_draft_async (store, NULL, fixture->request_id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_find_draft_finish (store, result, &error);
  g_assert_no_error (error);

  return draft;
}

static void
test_a_file_is_kept_without_a_word (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "два  слова\nі рядки.txt", 10);
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdDraftFile) kept = NULL;

  drop_file (fixture, file);
  HD_TEST_AWAIT (shows (fixture, "два  слова\nі рядки.txt"));
  close_composer (fixture);
  draft = find_draft (fixture);
  g_assert_nonnull (draft);
  kept = g_list_model_get_item (hd_draft_get_files (draft), 0);
  g_assert_cmpstr (hd_draft_file_get_name (kept), ==, "два  слова\nі рядки.txt");

  open_composer (fixture);
  HD_TEST_AWAIT (shows (fixture, "два  слова\nі рядки.txt"));
}

static gboolean
has_no_draft (Fixture *fixture)
{
  g_autoptr (HdDraft) draft = find_draft (fixture);

  return draft == NULL;
}

static void
click_remove (Fixture *fixture)
{
  HdFileRow *row = HD_FILE_ROW (hd_test_find_widget (fixture->composer, HD_TYPE_FILE_ROW));

  g_signal_emit_by_name (row, "remove");
}

static void
test_nothing_is_left_of_a_file_that_was_all (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "зайвий.txt", 10);

  drop_file (fixture, file);
  HD_TEST_AWAIT (shows (fixture, "зайвий.txt"));
  g_assert_false (has_no_draft (fixture));
  click_remove (fixture);
  g_assert_false (shows (fixture, "зайвий.txt"));
  HD_TEST_AWAIT (has_no_draft (fixture));
}

/* Its bytes are not copied to be refused afterwards. */
static void
test_limits_are_told_and_hold (Fixture       *fixture,
                               gconstpointer  data)
{
  gint64 max_size = hd_portal_info_get_max_file_size (hd_session_get_info (fixture->session));
  g_autoptr (GFile) file = make_file (fixture, "великий.bin", max_size + 1);
  g_autofree char *size = g_format_size ((guint64) max_size);

  g_assert_true (shows (fixture, size));
  drop_file (fixture, file);
  HD_TEST_AWAIT (shows (fixture, "“великий.bin” is too large"));
  g_assert_true (has_no_draft (fixture));
}

static gboolean
shows_thumbnail (Fixture *fixture)
{
  GtkWidget *picture = hd_test_find_widget (fixture->composer, GTK_TYPE_PICTURE);

  return picture != NULL && gtk_picture_get_paintable (GTK_PICTURE (picture)) != NULL;
}

static HdRequest *
ask_for_request (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdRequest *request;

  hd_session_refresh_request_async (fixture->session, fixture->request_id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  request = hd_session_refresh_request_finish (fixture->session, result, &error);
  g_assert_no_error (error);

  return request;
}

static gboolean
reply_has_arrived (Fixture *fixture)
{
  g_autoptr (HdRequest) request = ask_for_request (fixture);

  return g_list_model_get_n_items (hd_request_get_messages (request)) > 0;
}

static void
test_a_reply_is_sent_with_its_files (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3, 2);
  g_autoptr (GdkTexture) picture = gdk_texture_new_for_pixbuf (pixbuf);
  g_autoptr (GFile) empty = make_file (fixture, "порожній", 0);
  GtkWidget *button = hd_test_find_button (fixture->composer, "_Reply");
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdMessage) message = NULL;
  g_autoptr (HdAttachment) first = NULL;
  g_autoptr (HdAttachment) second = NULL;

  gtk_text_buffer_set_text (get_buffer (fixture), "Ось знімок", -1);
  g_assert_true (gtk_widget_is_sensitive (button));
  drop_file (fixture, empty);
  /* Not without what is being copied. */
  g_assert_false (gtk_widget_is_sensitive (button));
  HD_TEST_AWAIT (shows (fixture, "порожній"));
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (fixture->composer), picture);
  hd_test_press_paste (fixture->composer);
  HD_TEST_AWAIT (shows_thumbnail (fixture));

  hd_test_click (fixture->composer, "_Reply");
  HD_TEST_AWAIT (reply_has_arrived (fixture));
  request = ask_for_request (fixture);
  message = g_list_model_get_item (hd_request_get_messages (request), 0);
  g_assert_cmpstr (hd_message_get_text (message), ==, "Ось знімок");
  first = g_list_model_get_item (hd_message_get_attachments (message), 0);
  second = g_list_model_get_item (hd_message_get_attachments (message), 1);
  g_assert_cmpstr (hd_attachment_get_name (first), ==, "порожній");
  g_assert_cmpint (hd_attachment_get_size (first), ==, 0);
  g_assert_cmpstr (hd_attachment_get_content_type (second), ==, "image/png");
  g_assert_true (has_no_draft (fixture));
}

/* What is asked of the store now waits for its turn. */
static void
keep_store_busy (Fixture *fixture)
{
  for (guint i = 0; i < 500; i++)
    hd_store_list_drafts_async (hd_session_get_store (fixture->session), NULL, NULL, NULL);
}

static void
test_who_leaves_after_send_has_sent (Fixture       *fixture,
                                     gconstpointer  data)
{
  keep_store_busy (fixture);
  gtk_text_buffer_set_text (get_buffer (fixture), "Дякую", -1);
  hd_test_click (fixture->composer, "_Reply");
  g_clear_pointer (&fixture->window, hd_test_window_destroy);
  HD_TEST_AWAIT (reply_has_arrived (fixture));
  g_assert_true (has_no_draft (fixture));
}

static gboolean
draft_says (Fixture    *fixture,
            const char *text)
{
  g_autoptr (HdDraft) draft = find_draft (fixture);

  return draft != NULL && g_strcmp0 (hd_draft_get_text (draft), text) == 0;
}

static void
test_typing_early_loses_neither_text (Fixture       *fixture,
                                      gconstpointer  data)
{
  gtk_text_buffer_set_text (get_buffer (fixture), "Учора", -1);
  close_composer (fixture);
  g_assert_true (draft_says (fixture, "Учора"));

  open_composer_typing (fixture, "Сьогодні");
  HD_TEST_AWAIT (draft_says (fixture, "Учора\nСьогодні"));
}

#define ADD(name, func) g_test_add ("/composer/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("a-file-is-kept-without-a-word", test_a_file_is_kept_without_a_word);
  ADD ("nothing-is-left-of-a-file-that-was-all", test_nothing_is_left_of_a_file_that_was_all);
  ADD ("limits-are-told-and-hold", test_limits_are_told_and_hold);
  ADD ("a-reply-is-sent-with-its-files", test_a_reply_is_sent_with_its_files);
  ADD ("who-leaves-after-send-has-sent", test_who_leaves_after_send_has_sent);
  ADD ("typing-early-loses-neither-text", test_typing_early_loses_neither_text);

  return g_test_run ();
}
