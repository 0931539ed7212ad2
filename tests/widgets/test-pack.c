/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <glib/gstdio.h>

#include "form-page-support.h"
#include "hd-error.h"
#include "hd-knowledge-page.h"
#include "hd-pack-dialog.h"
#include "hd-pack-watch.h"
#include "hd-preferences-window.h"
#include "hd-window-private.h"
#include "session-support.h"

/* Taking a knowledge pack by hand: the dialog, where packs come from, and what the Knowledge Base says of their age. */

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
  policy_text = g_strdup_printf ("[Policy]\nallow-remember-me=false\npack-keys=%s\npack-folder=%s/packs\n",
                                 hd_pack_key_get_public (fixture->key), fixture->directory);
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

/* A share that is mounted later has its packs by then. */
static void
test_a_folder_may_come_later (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *elsewhere_path = g_build_filename (fixture->directory, "elsewhere", NULL);
  g_autofree char *folder_path = g_build_filename (fixture->directory, "packs", NULL);
  g_autoptr (GFile) elsewhere = g_file_new_for_path (elsewhere_path);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFile) there = NULL;
  g_autoptr (GFile) later = NULL;
  HdPackWatch *watch = hd_pack_watch_new (fixture->session);

  g_signal_connect_swapped (watch, "found", G_CALLBACK (found_cb), names);
  hd_pack_watch_watch_folder (watch, folder);
  hd_test_drain ();

  g_assert_true (g_file_make_directory (elsewhere, NULL, NULL));
  there = hd_test_write_pack (elsewhere_path, "there.hdpack", fixture->key, PORTAL, LATER);
  g_assert_true (g_file_move (elsewhere, folder, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  HD_TEST_AWAIT (names->len == 1);
  g_assert_cmpstr (names->pdata[0], ==, "there.hdpack");

  later = hd_test_write_pack (folder_path, "later.hdpack", fixture->key, PORTAL, LATER);
  HD_TEST_AWAIT (names->len == 2);
  g_assert_cmpstr (names->pdata[1], ==, "later.hdpack");
  hd_test_drop (watch);
}

/* --- A stick --- */

#define TEST_TYPE_MOUNT (test_mount_get_type ())
G_DECLARE_FINAL_TYPE (TestMount, test_mount, TEST, MOUNT, GObject)

struct _TestMount
{
  GObject parent_instance;

  GFile  *root;  /* (owned) */
};

static GFile *
get_root (GMount *mount)
{
  return g_object_ref (TEST_MOUNT (mount)->root);
}

static void
test_mount_iface_init (GMountIface *iface)
{
  iface->get_root = get_root;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMount, test_mount, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_MOUNT, test_mount_iface_init))

static void
test_mount_finalize (GObject *object)
{
  g_clear_object (&TEST_MOUNT (object)->root);

  G_OBJECT_CLASS (test_mount_parent_class)->finalize (object);
}

static void
test_mount_class_init (TestMountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_mount_finalize;
}

static void
test_mount_init (TestMount *self)
{
}

static void
test_a_stick_is_looked_at (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *stick_path = g_build_filename (fixture->directory, "stick", NULL);
  g_autoptr (GFile) stick = g_file_new_for_path (stick_path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GVolumeMonitor) volumes = g_volume_monitor_get ();
  g_autoptr (TestMount) mount = g_object_new (TEST_TYPE_MOUNT, NULL);
  g_autoptr (GFile) pack = NULL;
  HdPackWatch *watch = hd_pack_watch_new (fixture->session);

  g_assert_true (g_file_make_directory (stick, NULL, NULL));
  pack = hd_test_write_pack (stick_path, "on-the-stick.hdpack", fixture->key, PORTAL, LATER);
  g_signal_connect_swapped (watch, "found", G_CALLBACK (found_cb), names);
  hd_pack_watch_watch_volumes (watch);
  mount->root = g_object_ref (stick);
  g_signal_emit_by_name (volumes, "mount-added", mount);
  HD_TEST_AWAIT (names->len == 1);
  g_assert_cmpstr (names->pdata[0], ==, "on-the-stick.hdpack");
  hd_test_drop (watch);
}

/* --- The window --- */

static HdWindow *
show_window (Fixture *fixture)
{
  HdWindow *window = hd_window_new (NULL);

  hd_window_set_session (window, fixture->session);
  hd_window_session_opened (window, TRUE, NULL);
  gtk_window_present (GTK_WINDOW (window));
  HD_TEST_AWAIT (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

/* Returns: (nullable): the dialog of a pack */
static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (HD_IS_PACK_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

static void
close_all (HdWindow *window)
{
  GtkWidget *dialog = find_dialog ();

  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
  hd_test_drain ();
}

/* As GDK does it when files of a file manager are let go of. */
static gboolean
drop (HdWindow *window,
      GFile   **files,
      gsize     n_files)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, n_files));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_DROP_TARGET (controller))
        continue;

      g_assert_true (gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)),
                                                        GDK_TYPE_FILE_LIST));
      g_assert_true (gtk_drop_target_get_actions (GTK_DROP_TARGET (controller)) & GDK_ACTION_COPY);
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &is_taken);
    }

  return is_taken;
}

static void
test_a_pack_is_dropped_on_the_window (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "a.hdpack", fixture->key, PORTAL, LATER);
  g_autoptr (GFile) other = g_file_new_for_path ("/nonexistent/letter.txt");
  HdWindow *window = show_window (fixture);
  GtkWidget *dialog;

  g_assert_false (drop (window, &other, 1));
  g_assert_true (drop (window, (GFile *[]) { other, file }, 2));
  HD_TEST_AWAIT ((dialog = find_dialog ()) != NULL);
  g_assert_true (hd_test_shows_text (dialog, PORTAL));
  hd_test_click (dialog, "_Import");
  HD_TEST_AWAIT (has_article (fixture));
  HD_TEST_AWAIT (hd_test_shows_text (GTK_WIDGET (window), "Knowledge pack imported"));
  close_all (window);
}

/* Nothing is taken without the question. */
static void
test_a_pack_in_the_policys_folder_is_offered (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autofree char *folder_path = g_build_filename (fixture->directory, "packs", NULL);
  g_autoptr (GFile) file = NULL;
  HdWindow *window;
  GtkWidget *dialog;

  g_assert_cmpint (g_mkdir (folder_path, 0700), ==, 0);
  window = show_window (fixture);
  file = hd_test_write_pack (folder_path, "a.hdpack", fixture->key, PORTAL, LATER);
  HD_TEST_AWAIT (hd_test_shows_text (GTK_WIDGET (window), "New knowledge pack"));
  g_assert_null (find_dialog ());
  g_assert_false (has_article (fixture));
  hd_test_click (GTK_WIDGET (window), "_Show");
  HD_TEST_AWAIT ((dialog = find_dialog ()) != NULL);
  g_assert_true (hd_test_shows_text (dialog, PORTAL));
  close_all (window);
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

  g_test_add ("/widgets/pack/a-folder-may-come-later", Fixture, NULL, set_up, test_a_folder_may_come_later, tear_down);
  g_test_add ("/widgets/pack/a-stick-is-looked-at", Fixture, NULL, set_up, test_a_stick_is_looked_at, tear_down);
  g_test_add ("/widgets/pack/a-pack-is-dropped-on-the-window", Fixture, NULL, set_up,
              test_a_pack_is_dropped_on_the_window, tear_down);
  g_test_add ("/widgets/pack/a-pack-in-the-policys-folder-is-offered", Fixture, NULL, set_up,
              test_a_pack_in_the_policys_folder_is_offered, tear_down);

  return g_test_run ();
}
