/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "form-page-support.h"
#include "hd-attach-bar.h"
#include "hd-drop-zone.h"
#include "hd-form-view.h"
#include "hd-record-json.h"
#include "session-support.h"

/*
 * Files dropped on a form and pasted into it, through the widgets and the
 * clipboard that a person's would come by.
 */

#define LONG_STEM 251

typedef struct
{
  char        *dir;
  HdStore     *store;
  HdFormModel *model;
  GtkWidget   *view;
  GtkWidget   *window;
  GPtrArray   *sources;   /* (owned) (element-type GFile) */
} Fixture;

static HdForm *
make_form (void)
{
  static const char json[] =
    "{\"offering_id\":\"everything\",\"version\":3,\"fields\":["
    "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Тема\"},"
    "{\"id\":\"scan\",\"type\":\"file\",\"label\":\"Скан\"}]}";
  g_autoptr (GError) error = NULL;
  HdForm *form = hd_record_new_from_string (HD_TYPE_FORM, json, &error);

  g_assert_no_error (error);
  return form;
}

static HdPortalInfo *
make_limits (void)
{
  return g_object_new (HD_TYPE_PORTAL_INFO,
                       "max-file-size", G_GINT64_CONSTANT (1000),
                       "max-files", 20,
                       "max-total-size", G_GINT64_CONSTANT (2500),
                       NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (HdForm) form = make_form ();
  g_autoptr (HdPortalInfo) limits = make_limits ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->dir = hd_test_make_tmp_dir ();
  fixture->store = hd_test_open_store (fixture->dir);
  fixture->model = hd_form_model_new (form, NULL, NULL, fixture->store, data != NULL ? NULL : limits);
  fixture->view = g_object_new (HD_TYPE_FORM_VIEW, NULL);
  fixture->sources = g_ptr_array_new_with_free_func (g_object_unref);
  hd_form_view_set_model (HD_FORM_VIEW (fixture->view), NULL, fixture->model);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), fixture->view);
  fixture->window = hd_test_window_new (scroller);
  HD_TEST_AWAIT (hd_form_view_get_row (HD_FORM_VIEW (fixture->view), "scan") != NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gdk_clipboard_set_content (gdk_display_get_clipboard (gdk_display_get_default ()), NULL);
  g_clear_pointer (&fixture->window, hd_test_window_destroy);
  g_object_unref (fixture->model);
  hd_test_drain ();
  hd_store_close (fixture->store);
  hd_test_drop (fixture->store);
  g_ptr_array_unref (fixture->sources);
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

/* --- What a person has at hand --- */

static GFile *
add_source (Fixture *fixture,
            GFile   *file)
{
  g_ptr_array_add (fixture->sources, file);
  return file;
}

/* Returns: (transfer none): a file in a folder of its own, so that names may meet */
static GFile *
make_file (Fixture    *fixture,
           const char *name,
           gsize       size)
{
  g_autofree char *folder_name = g_strdup_printf ("from-%u", fixture->sources->len);
  g_autofree char *folder = g_build_filename (fixture->dir, folder_name, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = g_strnfill (size, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  /* Directly: a name as long as can be leaves no room for that of a temporary file. */
  g_file_set_contents_full (path, content, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  return add_source (fixture, g_file_new_for_path (path));
}

static GdkTexture *
make_picture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3, 2);

  gdk_pixbuf_fill (pixbuf, 0x1a5fb4ff);
  return gdk_texture_new_for_pixbuf (pixbuf);
}

static GdkFileList *
list_sources (Fixture *fixture)
{
  return gdk_file_list_new_from_array ((GFile **) fixture->sources->pdata, fixture->sources->len);
}

/* --- What a person does --- */

static HdDropZone *
get_drop_zone (Fixture *fixture)
{
  return HD_DROP_ZONE (hd_test_find_widget (fixture->view, HD_TYPE_DROP_ZONE));
}

static gboolean
drop (Fixture      *fixture,
      const GValue *value)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (get_drop_zone (fixture)));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", value, 1.0, 1.0, &taken);
    }

  return taken;
}

/* As Nautilus drops them. */
static gboolean
drop_files (Fixture *fixture)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list_sources (fixture));

  return drop (fixture, &value);
}

static gboolean
press_paste_in (Fixture *fixture)
{
  return hd_form_view_paste (HD_FORM_VIEW (fixture->view));
}

static GdkClipboard *
get_clipboard (Fixture *fixture)
{
  return gtk_widget_get_clipboard (fixture->view);
}

static void
focus_subject (Fixture *fixture)
{
  hd_form_view_focus_field (HD_FORM_VIEW (fixture->view), "subject");
  g_assert_true (GTK_IS_EDITABLE (gtk_root_get_focus (GTK_ROOT (fixture->window))));
}

/* --- What comes of it --- */

static void
await_end (Fixture *fixture)
{
  HD_TEST_AWAIT (!hd_form_model_is_attaching (fixture->model));
}

static guint
count_files (Fixture *fixture)
{
  return g_list_model_get_n_items (hd_form_model_get_files (fixture->model));
}

static HdDraftFile *
get_file (Fixture *fixture,
          guint    position)
{
  g_autoptr (HdDraftFile) file = g_list_model_get_item (hd_form_model_get_files (fixture->model), position);

  g_assert_nonnull (file);
  return file;
}

static const char *
get_name (Fixture *fixture,
          guint    position)
{
  return hd_draft_file_get_name (get_file (fixture, position));
}

static const char *
get_faults (Fixture *fixture)
{
  const char *faults = hd_form_model_get_notice (fixture->model, "scan");

  return faults != NULL ? faults : "";
}

static void
test_any_name_can_be_dropped (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *stem = g_strnfill (LONG_STEM, 'n');
  g_autofree char *longest = g_strconcat (stem, ".txt", NULL);
  const char *const names[] = {
    "Наказ про відпустку.txt", "two\nlines and  spaces.txt", "без розширення", ".прихований", "Наказ про відпустку.txt",
    "“quoted” <b>&amp;.txt", "-rf.txt", longest,
  };
  g_autoptr (GListModel) stored = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    make_file (fixture, names[i], i + 1);

  g_assert_true (drop_files (fixture));
  await_end (fixture);

  g_assert_cmpstr (get_faults (fixture), ==, "");
  g_assert_cmpuint (count_files (fixture), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *copy = NULL;
      gsize length;

      g_assert_cmpstr (get_name (fixture, i), ==, names[i]);
      g_assert_true (g_file_get_contents (hd_draft_file_get_path (get_file (fixture, i)), &copy, &length, NULL));
      g_assert_cmpuint (length, ==, i + 1);
    }

  HD_TEST_AWAIT (!hd_draft_saver_get_unsaved (hd_form_model_get_saver (fixture->model)));
  hd_store_get_draft_async (fixture->store, hd_form_model_get_draft_id (fixture->model), NULL,
                            hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_get_draft_finish (fixture->store, result, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (draft)), ==, G_N_ELEMENTS (names));
}

static void
test_a_name_that_is_no_text_is_made_one (Fixture       *fixture,
                                         gconstpointer  data)
{
  make_file (fixture, "latin1-\351.txt", 1);
  g_assert_true (drop_files (fixture));
  await_end (fixture);

  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (g_utf8_validate (get_name (fixture, 0), -1, NULL));
  g_assert_true (g_str_has_prefix (get_name (fixture, 0), "latin1-"));
}

static void
test_an_empty_file_is_a_file (Fixture       *fixture,
                              gconstpointer  data)
{
  make_file (fixture, "порожній.txt", 0);
  g_assert_true (drop_files (fixture));
  await_end (fixture);

  g_assert_cmpstr (get_faults (fixture), ==, "");
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpint (hd_draft_file_get_size (get_file (fixture, 0)), ==, 0);
}

/* What is at fault is named, and does not keep back what is not. */
static void
test_what_cannot_be_attached_is_named (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autofree char *pipe = g_build_filename (fixture->dir, "труба", NULL);

  make_file (fixture, "перший.txt", 10);
  add_source (fixture, g_file_new_for_path (fixture->dir));
  add_source (fixture, g_file_new_build_filename (fixture->dir, "зник.txt", NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  add_source (fixture, g_file_new_for_path (pipe));
  add_source (fixture, g_file_new_for_uri ("sftp://nowhere.invalid/папка/далекий.txt"));
  make_file (fixture, "великий.txt", 1001);
  make_file (fixture, "останній.txt", 10);
  g_assert_true (drop_files (fixture));
  await_end (fixture);

  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_cmpstr (get_name (fixture, 0), ==, "перший.txt");
  g_assert_cmpstr (get_name (fixture, 1), ==, "останній.txt");
  g_assert_nonnull (strstr (get_faults (fixture), "is a folder"));
  g_assert_nonnull (strstr (get_faults (fixture), "“зник.txt” could not be read"));
  g_assert_nonnull (strstr (get_faults (fixture), "“труба” could not be read"));
  g_assert_nonnull (strstr (get_faults (fixture), "“далекий.txt” could not be read"));
  g_assert_nonnull (strstr (get_faults (fixture), "“великий.txt” is too large"));
  g_assert_true (hd_test_shows_text (fixture->view, "“зник.txt” could not be read"));

  /* The next lot begins without them. */
  g_ptr_array_set_size (fixture->sources, 0);
  make_file (fixture, "ще один.txt", 10);
  g_assert_true (drop_files (fixture));
  await_end (fixture);
  g_assert_cmpstr (get_faults (fixture), ==, "");
  g_assert_cmpuint (count_files (fixture), ==, 3);
}

/* Root reads everything: what it may not is made a folder's business. */
static void
test_what_may_not_be_read_is_named (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *path = g_file_get_path (make_file (fixture, "чужий.txt", 5));

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (g_access (path, R_OK) == 0)
    {
      /* As root: a link that leads to itself can be read by nobody. */
      g_assert_cmpint (g_remove (path), ==, 0);
      g_assert_cmpint (symlink (path, path), ==, 0);
    }

  g_assert_true (drop_files (fixture));
  await_end (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpstr (get_faults (fixture), ==, "“чужий.txt” could not be read.");
  g_assert_false (hd_form_model_is_begun (fixture->model) && count_files (fixture) > 0);
}

/* Each is held against the limits with those before it counted, however many come at once. */
static void
test_limits_hold_for_a_lot_together (Fixture       *fixture,
                                     gconstpointer  data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);

      make_file (fixture, name, 800);
    }

  g_assert_true (hd_test_shows_text (fixture->view, "At most 20 files of up to 1.0\302\240kB each."));
  g_assert_true (hd_test_shows_text (fixture->view, "Together up to 2.5\302\240kB."));
  g_assert_true (drop_files (fixture));
  await_end (fixture);

  g_assert_cmpuint (count_files (fixture), ==, 3);
  g_assert_nonnull (strstr (get_faults (fixture), "With “3.txt” all files together would be larger than 2.5\302\240kB."));
}

/* A file that has an address and no path, as those of GVfs without FUSE. */
static void
test_a_file_without_a_path_is_read (Fixture       *fixture,
                                    gconstpointer  data)
{
  GFile *file = add_source (fixture, g_file_new_for_uri ("resource:///ua/gov/customs/HelpDesk/ui/hd-drop-zone.ui"));

  g_assert_null (g_file_peek_path (file));
  g_assert_true (drop_files (fixture));
  await_end (fixture);

  g_assert_cmpstr (get_faults (fixture), ==, "");
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpstr (get_name (fixture, 0), ==, "hd-drop-zone.ui");
}

static void
assert_is_the_picture (Fixture *fixture)
{
  HdDraftFile *file = get_file (fixture, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (hd_draft_file_get_path (file), &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 3);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 2);
  g_assert_cmpstr (hd_draft_file_get_content_type (file), ==, "image/png");
  g_assert_true (g_str_has_prefix (hd_draft_file_get_name (file), "Picture "));
  g_assert_true (g_str_has_suffix (hd_draft_file_get_name (file), ".png"));
}

static void
test_a_picture_can_be_dropped (Fixture       *fixture,
                               gconstpointer  data)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_value_take_object (&value, make_picture ());
  g_assert_true (drop (fixture, &value));
  await_end (fixture);

  g_assert_cmpuint (count_files (fixture), ==, 1);
  assert_is_the_picture (fixture);
}

static gboolean
shows_thumbnail (Fixture *fixture)
{
  GtkWidget *picture = hd_test_find_widget (fixture->view, GTK_TYPE_PICTURE);

  return picture != NULL && gtk_picture_get_paintable (GTK_PICTURE (picture)) != NULL;
}

static void
test_a_picture_is_pasted_and_shown_in_small (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (GdkTexture) picture = make_picture ();

  focus_subject (fixture);
  gdk_clipboard_set_texture (get_clipboard (fixture), picture);
  g_assert_true (press_paste_in (fixture));
  HD_TEST_AWAIT (count_files (fixture) == 1);

  assert_is_the_picture (fixture);
  HD_TEST_AWAIT (shows_thumbnail (fixture));
}

static void
test_files_are_pasted_where_one_types_too (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_auto (GValue) value = G_VALUE_INIT;

  make_file (fixture, "один.txt", 1);
  make_file (fixture, "два.txt", 2);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list_sources (fixture));
  gdk_clipboard_set_value (get_clipboard (fixture), &value);
  focus_subject (fixture);
  g_assert_true (press_paste_in (fixture));
  HD_TEST_AWAIT (count_files (fixture) == 2);
  g_assert_cmpstr (get_name (fixture, 1), ==, "два.txt");
}

static GdkContentProvider *
make_table (void)
{
  g_autoptr (GdkTexture) picture = make_picture ();
  GdkContentProvider *both[] = {
    gdk_content_provider_new_typed (G_TYPE_STRING, "1\t2"),
    gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, picture),
  };

  return gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
}

/* A table that is copied is a text and a picture: a text where one types, else a picture. */
static void
test_text_is_pasted_as_text_where_one_types (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (GdkContentProvider) table = make_table ();

  focus_subject (fixture);
  gdk_clipboard_set_text (get_clipboard (fixture), "слово");
  g_assert_false (press_paste_in (fixture));
  gdk_clipboard_set_content (get_clipboard (fixture), table);
  g_assert_false (press_paste_in (fixture));

  gtk_widget_grab_focus (hd_drop_zone_get_button (get_drop_zone (fixture)));
  gdk_clipboard_set_text (get_clipboard (fixture), "слово");
  g_assert_false (press_paste_in (fixture));
  g_assert_cmpuint (count_files (fixture), ==, 0);
  gdk_clipboard_set_content (get_clipboard (fixture), table);
  g_assert_true (press_paste_in (fixture));
  HD_TEST_AWAIT (count_files (fixture) == 1);
}

/* --- A large file --- */

#define LARGE (G_GINT64_CONSTANT (512) * 1024 * 1024)

/* It takes no room on the disk. */
static void
make_large_file (Fixture *fixture)
{
  g_autofree char *path = g_file_get_path (make_file (fixture, "великий.bin", 1));

  g_assert_cmpint (truncate (path, LARGE), ==, 0);
}

static GtkWidget *
get_bar (Fixture *fixture)
{
  return hd_test_find_widget (fixture->view, HD_TYPE_ATTACH_BAR);
}

static guint64
count_stored_bytes (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "files", hd_form_model_get_draft_id (fixture->model), NULL);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  guint64 size = 0;

  /* The folder itself is counted with what is in it. */
  return g_file_measure_disk_usage (file, G_FILE_MEASURE_APPARENT_SIZE, NULL, NULL, NULL, &size, NULL, NULL, NULL)
           ? size : 0;
}

static void
test_a_large_file_says_how_far_it_is_and_can_be_stopped (Fixture       *fixture,
                                                         gconstpointer  data)
{
  make_large_file (fixture);
  make_file (fixture, "після.txt", 5);
  g_assert_null (get_bar (fixture));
  g_assert_true (drop_files (fixture));
  HD_TEST_AWAIT (get_bar (fixture) != NULL && hd_test_shows_text (get_bar (fixture), "\302\240MB of 536.9\302\240MB"));
  g_assert_true (hd_test_shows_text (get_bar (fixture), "Copying “великий.bin” into the draft"));
  g_assert_null (hd_form_model_begin_submission (fixture->model));

  hd_test_click (get_bar (fixture), "_Cancel");
  await_end (fixture);
  g_assert_null (get_bar (fixture));
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpstr (get_faults (fixture), ==, "");
  g_assert_cmpuint (count_stored_bytes (fixture), <, LARGE / 1024);
}

#define ADD(name, func) g_test_add ("/attach/" name, Fixture, NULL, set_up, func, tear_down)
#define ADD_WITHOUT_LIMITS(name, func) g_test_add ("/attach/" name, Fixture, "", set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("any-name-can-be-dropped", test_any_name_can_be_dropped);
  ADD ("a-name-that-is-no-text-is-made-one", test_a_name_that_is_no_text_is_made_one);
  ADD ("an-empty-file-is-a-file", test_an_empty_file_is_a_file);
  ADD ("what-cannot-be-attached-is-named", test_what_cannot_be_attached_is_named);
  ADD ("what-may-not-be-read-is-named", test_what_may_not_be_read_is_named);
  ADD ("limits-hold-for-a-lot-together", test_limits_hold_for_a_lot_together);
  ADD_WITHOUT_LIMITS ("a-file-without-a-path-is-read", test_a_file_without_a_path_is_read);
  ADD ("a-picture-can-be-dropped", test_a_picture_can_be_dropped);
  ADD ("a-picture-is-pasted-and-shown-in-small", test_a_picture_is_pasted_and_shown_in_small);
  ADD ("files-are-pasted-where-one-types-too", test_files_are_pasted_where_one_types_too);
  ADD ("text-is-pasted-as-text-where-one-types", test_text_is_pasted_as_text_where_one_types);
  ADD_WITHOUT_LIMITS ("a-large-file-says-how-far-it-is-and-can-be-stopped",
                      test_a_large_file_says_how_far_it_is_and_can_be_stopped);

  return g_test_run ();
}
