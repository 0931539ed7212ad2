/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "form-page-support.h"
#include "hd-error.h"
#include "hd-knowledge-page.h"
#include "hd-pack-dialog.h"
#include "hd-pack-watch.h"
#include "hd-preferences-window.h"
#include "session-support.h"

/* Taking a knowledge pack by hand: the dialog, the folder that is watched, and what the Knowledge Base says of its age. */

#define PORTAL "https://help.example/"
#define LATER "2126-01-01T00:00:00Z"

typedef struct
{
  char      *directory;  /* (owned) */
  HdPackKey *key;  /* (owned) */
  HdSession *session;  /* (owned) */
  GtkWidget *parent;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *policy_path = NULL;
  g_autofree char *policy_text = NULL;
  g_autofree char *key_path = NULL;
  g_autoptr (HdPolicy) policy = NULL;
  g_autoptr (GError) error = NULL;

  fixture->directory = hd_test_make_tmp_dir ();
  key_path = g_build_filename (fixture->directory, "key.pem", NULL);
  policy_path = g_build_filename (fixture->directory, "policy.conf", NULL);
  fixture->key = hd_pack_key_make (key_path, &error);
  g_assert_no_error (error);
  policy_text = g_strdup_printf ("[Policy]\nallow-remember-me=false\npack-keys=%s\n", hd_pack_key_get_public (fixture->key));
  g_assert_true (g_file_set_contents (policy_path, policy_text, -1, NULL));
  policy = hd_policy_new_for_file (policy_path);
  fixture->session = hd_session_new (policy, "open", PORTAL, NULL, fixture->directory, &error);
  g_assert_no_error (error);
  g_assert_false (hd_test_open (fixture->session));
  fixture->parent = hd_test_window_new (gtk_label_new ("parent"));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_window_destroy (fixture->parent);
  hd_test_drain ();
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_pack_key_free (fixture->key);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
gone_cb (gpointer  data,
         GObject  *object)
{
  *(GtkWidget **) data = NULL;
}

/* Returns: the dialog when it shows itself; NULL once it is gone */
static void
show (Fixture    *fixture,
      GFile      *file,
      GtkWidget **dialog)
{
  *dialog = hd_pack_dialog_new (GTK_WINDOW (fixture->parent), fixture->session, file);
  g_object_weak_ref (G_OBJECT (*dialog), gone_cb, dialog);
  HD_TEST_AWAIT (gtk_widget_get_mapped (*dialog));
}

static gboolean
has_article (Fixture *fixture)
{
  HdStore *store = hd_session_get_store (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdArticle) article = NULL;

  hd_store_get_article_async (store, "a", NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  article = hd_store_get_article_finish (store, result, NULL);
  return article != NULL;
}

static void
test_a_pack_is_taken_after_a_question (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "a.hdpack", fixture->key, PORTAL, LATER);
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (hd_pack_key_get_public (fixture->key));
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *preferences;
  GtkWidget *dialog;
  guint n_imported = 0;

  page = g_object_ref_sink (hd_knowledge_page_new (fixture->session));
  show (fixture, file, &dialog);
  g_signal_connect_swapped (dialog, "imported", G_CALLBACK (count_cb), &n_imported);
  g_assert_true (hd_test_shows_text (dialog, PORTAL));
  g_assert_true (hd_test_shows_text (dialog, "1 article, 0 pictures, 0 service offerings"));
  g_assert_true (hd_test_shows_text (dialog, fingerprint));
  g_assert_false (has_article (fixture));

  hd_test_click (dialog, "_Import");
  HD_TEST_AWAIT (dialog == NULL);
  g_assert_cmpuint (n_imported, ==, 1);
  g_assert_true (has_article (fixture));
  HD_TEST_AWAIT (hd_test_shows_text (page, "From a knowledge pack, as of"));
  preferences = hd_preferences_window_new (GTK_WINDOW (fixture->parent), fixture->session);
  gtk_window_present (GTK_WINDOW (preferences));
  HD_TEST_AWAIT (hd_test_shows_text (preferences, "From a knowledge pack, as of"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
test_a_pack_that_is_cancelled_is_not_taken (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "a.hdpack", fixture->key, PORTAL, LATER);
  GtkWidget *dialog;

  show (fixture, file, &dialog);
  hd_test_click (dialog, "_Cancel");
  HD_TEST_AWAIT (dialog == NULL);
  g_assert_false (has_article (fixture));
}

/* There is no way past the fault. */
static void
test_a_strangers_pack_cannot_be_taken (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autofree char *key_path = g_build_filename (fixture->directory, "stranger.pem", NULL);
  g_autoptr (HdPackKey) stranger = hd_pack_key_make (key_path, NULL);
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (hd_pack_key_get_public (stranger));
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "a.hdpack", stranger, PORTAL, LATER);
  GtkWidget *dialog;
  GtkWidget *button;

  show (fixture, file, &dialog);
  g_assert_true (hd_test_shows_text (dialog, "Nobody Here Trusts Who Signed This Knowledge Pack"));
  g_assert_true (hd_test_shows_text (dialog, fingerprint));
  button = hd_test_find_button (dialog, "_Import");
  g_assert_true (button == NULL || !gtk_widget_get_mapped (button));
  gtk_window_close (GTK_WINDOW (dialog));
  HD_TEST_AWAIT (dialog == NULL);
}

static void
found_cb (GPtrArray *names,
          GFile     *file)
{
  g_ptr_array_add (names, g_file_get_basename (file));
}

/* What is there already, and what is put there; only what can be taken. */
static void
test_a_folder_is_watched (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *folder_path = g_build_filename (fixture->directory, "packs", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  g_autoptr (GFile) target = g_file_get_child (folder, "later.hdpack");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFile) there = NULL;
  g_autoptr (GFile) foreign = NULL;
  g_autoptr (GFile) later = NULL;
  HdPackWatch *watch;

  g_assert_true (g_file_make_directory (folder, NULL, NULL));
  there = hd_test_write_pack (folder_path, "there.hdpack", fixture->key, PORTAL, LATER);
  foreign = hd_test_write_pack (folder_path, "foreign.hdpack", fixture->key, "https://other.example/", LATER);
  later = hd_test_write_pack (fixture->directory, "later.hdpack", fixture->key, PORTAL, LATER);

  watch = hd_pack_watch_new (fixture->session);
  g_signal_connect_swapped (watch, "found", G_CALLBACK (found_cb), names);
  hd_pack_watch_watch_folder (watch, folder);
  HD_TEST_AWAIT (names->len == 1);
  g_assert_cmpstr (names->pdata[0], ==, "there.hdpack");

  g_assert_true (g_file_copy (later, target, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  HD_TEST_AWAIT (names->len == 2);
  g_assert_cmpstr (names->pdata[1], ==, "later.hdpack");
  hd_test_drop (watch);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  g_test_add ("/widgets/pack/a-pack-is-taken-after-a-question", Fixture, NULL, set_up,
              test_a_pack_is_taken_after_a_question, tear_down);
  g_test_add ("/widgets/pack/a-pack-that-is-cancelled-is-not-taken", Fixture, NULL, set_up,
              test_a_pack_that_is_cancelled_is_not_taken, tear_down);
  g_test_add ("/widgets/pack/a-strangers-pack-cannot-be-taken", Fixture, NULL, set_up,
              test_a_strangers_pack_cannot_be_taken, tear_down);
  g_test_add ("/widgets/pack/a-folder-is-watched", Fixture, NULL, set_up, test_a_folder_is_watched, tear_down);

  return g_test_run ();
}
