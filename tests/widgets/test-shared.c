/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "form-page-support.h"
#include "hd-adaptive-bin.h"
#include "hd-banner.h"
#include "hd-error.h"
#include "hd-file-row.h"
#include "hd-launch.h"
#include "hd-home-section.h"
#include "hd-status-label.h"
#include "hd-status-view.h"
#include "hd-title-box.h"
#include "hd-test-utils.h"

/* The widgets that every page shares. */

/* --- HdAdaptiveBin --- */

typedef struct
{
  int         width;
  HdSizeClass size_class;
} Width;

static const Width widths[] = {
  { 360, HD_SIZE_CLASS_NARROW },
  { 599, HD_SIZE_CLASS_NARROW },
  { 600, HD_SIZE_CLASS_MEDIUM },
  { 1099, HD_SIZE_CLASS_MEDIUM },
  { 1100, HD_SIZE_CLASS_WIDE },
  { 3840, HD_SIZE_CLASS_WIDE },
};

static void
test_size_classes (void)
{
  GtkWidget *bin = g_object_ref_sink (hd_adaptive_bin_new ());

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      hd_adaptive_bin_expect_width (HD_ADAPTIVE_BIN (bin), widths[i].width);
      g_assert_cmpint (hd_adaptive_bin_get_size_class (HD_ADAPTIVE_BIN (bin)), ==, widths[i].size_class);
    }

  g_assert_finalize_object (bin);
}

static void
test_wide_child_can_become_narrow (void)
{
  GtkWidget *bin = g_object_ref_sink (hd_adaptive_bin_new ());
  GtkWidget *child = gtk_label_new (NULL);
  int minimum;

  gtk_widget_set_size_request (child, 1000, 10);
  adw_bin_set_child (ADW_BIN (bin), child);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 360);

  g_assert_finalize_object (bin);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_allocation_tells_the_class (void)
{
  GtkWidget *bin = hd_adaptive_bin_new ();
  GtkWidget *window = gtk_window_new ();
  guint n_told = 0;

  adw_bin_set_child (ADW_BIN (bin), gtk_label_new ("Text"));
  g_signal_connect_swapped (bin, "notify::size-class", G_CALLBACK (count_cb), &n_told);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (window), bin);
  gtk_window_present (GTK_WINDOW (window));

  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (hd_adaptive_bin_get_size_class (HD_ADAPTIVE_BIN (bin)), ==, HD_SIZE_CLASS_NARROW);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- HdBanner --- */

static void
test_banner (void)
{
  GtkWidget *banner = hd_banner_new ();
  GtkWidget *window = hd_test_window_new (banner);
  GtkWidget *button;
  gboolean revealed = TRUE;

  g_object_get (banner, "revealed", &revealed, NULL);
  g_assert_false (revealed);
  g_assert_false (hd_test_shows_text (banner, "No Connection since 09:41"));

  hd_banner_show (HD_BANNER (banner), "hd-offline-symbolic", "No Connection since 09:41", "Check the network.",
                  "_Try Again", "win.sync");
  g_object_get (banner, "revealed", &revealed, NULL);
  g_assert_true (revealed);

  while (!hd_test_shows_text (banner, "No Connection since 09:41"))
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (hd_test_shows_text (banner, "Check the network."));
  button = hd_test_find_widget (banner, GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.sync");
  g_assert_nonnull (hd_test_find_widget (banner, GTK_TYPE_BOX));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (hd_test_find_widget (banner, GTK_TYPE_BOX))),
                   ==, GTK_ACCESSIBLE_ROLE_ALERT);

  /* Its name is the label that can be seen, without the mark of the mnemonic. */
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL));

  hd_banner_show (HD_BANNER (banner), NULL, "Portal works slowly", NULL, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (button));

  hd_banner_hide (HD_BANNER (banner));
  g_object_get (banner, "revealed", &revealed, NULL);
  g_assert_false (revealed);

  /* When it has slid away there is nothing left to be read out. */
  while (hd_test_shows_text (banner, "Portal works slowly"))
    g_main_context_iteration (NULL, TRUE);

  hd_test_window_destroy (window);
}

/* --- HdStatusLabel --- */

static void
test_status_label (void)
{
  GtkWidget *label = g_object_ref_sink (hd_status_label_new ());

  hd_status_label_set (HD_STATUS_LABEL (label), HD_STATUS_IN_PROGRESS, FALSE);
  g_assert_true (hd_test_shows_text (label, "In Progress"));
  g_assert_true (gtk_widget_has_css_class (label, "hd-status-in-progress"));

  /* What the person has to do goes before where the request stands. */
  hd_status_label_set (HD_STATUS_LABEL (label), HD_STATUS_IN_PROGRESS, TRUE);
  g_assert_true (hd_test_shows_text (label, "Waiting for You"));
  g_assert_false (gtk_widget_has_css_class (label, "hd-status-in-progress"));

  g_object_set (label, "status", HD_STATUS_CLOSED, "waiting-for-me", FALSE, NULL);
  g_assert_true (hd_test_shows_text (label, "Closed"));
  g_assert_finalize_object (label);
}

/* --- HdFileRow --- */

static void
test_file_row (void)
{
  GtkWidget *row = hd_file_row_new ("звіт.pdf", "application/pdf", 2048, HD_FILE_ROW_OPEN | HD_FILE_ROW_REMOVE);
  GtkWidget *window = hd_test_window_new (row);
  guint n_opened = 0;
  guint n_removed = 0;

  g_signal_connect_swapped (row, "open", G_CALLBACK (count_cb), &n_opened);
  g_signal_connect_swapped (row, "remove", G_CALLBACK (count_cb), &n_removed);
  g_assert_cmpstr (hd_file_row_get_name (HD_FILE_ROW (row)), ==, "звіт.pdf");
  g_assert_true (hd_test_shows_text (row, "2.0\302\240kB"));

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hd_test_find_widget (row, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Open “звіт.pdf”");
  g_signal_emit_by_name (hd_test_find_widget (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpuint (n_opened, ==, 1);
  g_assert_cmpuint (n_removed, ==, 0);

  hd_file_row_set_note (HD_FILE_ROW (row), "Too large");
  g_assert_true (hd_test_shows_text (row, "Too large"));
  hd_file_row_set_note (HD_FILE_ROW (row), NULL);
  g_assert_false (hd_test_shows_text (row, "Too large"));

  hd_test_window_destroy (window);
}

static void
test_file_row_takes_any_name (void)
{
  const char *names[] = { "", "\xff\xfe.bin", "<b>&.txt", "a\nb.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *row = g_object_ref_sink (hd_file_row_new (names[i], NULL, 0, HD_FILE_ROW_SAVE));

      g_assert_true (g_utf8_validate (hd_file_row_get_name (HD_FILE_ROW (row)), -1, NULL));
      g_assert_finalize_object (row);
    }
}

static void
test_file_row_that_goes_while_reading (void)
{
  g_autofree char *path = hd_test_source_filename ("support/portal/catalog.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *row = g_object_ref_sink (hd_file_row_new ("picture.png", "image/png", 10, 0));

  hd_file_row_set_thumbnail (HD_FILE_ROW (row), file);
  g_assert_finalize_object (row);
  hd_test_drain ();
}

/* --- HdStatusView --- */

static void
test_status_view (void)
{
  GtkWidget *view = hd_status_view_new ();
  GtkWidget *window = hd_test_window_new (view);
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, HD_ERROR_NETWORK, "refused");
  g_autofree char *title = hd_error_dup_title (error);
  guint n_activated = 0;

  g_signal_connect_swapped (view, "activated", G_CALLBACK (count_cb), &n_activated);
  hd_status_view_set_content (HD_STATUS_VIEW (view), gtk_label_new ("The content"));
  hd_status_view_show_content (HD_STATUS_VIEW (view));
  g_assert_true (hd_test_shows_text (view, "The content"));

  hd_status_view_show_error (HD_STATUS_VIEW (view), error, "_Try Again");
  g_assert_true (hd_test_shows_text (view, title));
  g_assert_false (hd_test_shows_text (view, "refused"));
  hd_test_click (view, "_Try Again");
  g_assert_cmpuint (n_activated, ==, 1);

  /* Whatever a portal calls its things is no markup. */
  hd_status_view_show_empty (HD_STATUS_VIEW (view), NULL, "Nothing", "a < b & c", NULL);
  g_assert_true (hd_test_shows_text (view, "Nothing"));

  hd_test_window_destroy (window);
}

static void
test_nothing_flashes_while_loading (void)
{
  GtkWidget *view = hd_status_view_new ();
  GtkWidget *window = hd_test_window_new (view);
  GtkStack *stack = GTK_STACK (hd_test_find_widget (view, GTK_TYPE_STACK));
  gint64 began_at;

  hd_status_view_show_loading (HD_STATUS_VIEW (view));
  began_at = g_get_monotonic_time ();
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "blank");

  while (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "skeleton") != 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (g_get_monotonic_time () - began_at, >=, 300 * 1000);
  hd_status_view_show_content (HD_STATUS_VIEW (view));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "content");

  hd_test_window_destroy (window);
}

/* What is shown instead takes the focus, and what was hidden with the focus in it is let go. */
static void
test_the_focus_stays_in_a_status_view (void)
{
  GtkWidget *view = hd_status_view_new ();
  GtkWidget *window = hd_test_window_new (view);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, HD_ERROR_NETWORK, "refused");
  gpointer weak = content;

  g_object_add_weak_pointer (G_OBJECT (content), &weak);
  gtk_box_append (GTK_BOX (content), entry);
  hd_status_view_set_content (HD_STATUS_VIEW (view), content);
  hd_status_view_show_content (HD_STATUS_VIEW (view));
  gtk_widget_grab_focus (entry);

  hd_status_view_show_loading (HD_STATUS_VIEW (view));
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));
  gtk_box_remove (GTK_BOX (content), entry);
  gtk_box_append (GTK_BOX (content), gtk_entry_new ());
  hd_status_view_show_error (HD_STATUS_VIEW (view), error, "_Try Again");
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (window))));

  hd_status_view_show_loading (HD_STATUS_VIEW (view));
  hd_status_view_show_content (HD_STATUS_VIEW (view));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), content));

  hd_test_window_destroy (window);
  g_assert_null (weak);
}

/* --- Opening with another program --- */

static void
toast_cb (GSimpleAction  *action,
          GVariant       *parameter,
          char          **text)
{
  g_free (*text);
  *text = g_variant_dup_string (parameter, NULL);
}

static void
test_what_nothing_opens_is_told (void)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("toast", G_VARIANT_TYPE_STRING);
  g_autofree char *text = NULL;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *window = hd_test_window_new (button);

  g_signal_connect (action, "activate", G_CALLBACK (toast_cb), &text);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));

  hd_launch_uri (button, "nobody-opens-this:1");
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (text, "no program"));

  /* Whoever asked is gone: nobody is told, and nothing happens. */
  g_clear_pointer (&text, g_free);
  hd_launch_uri (button, "nobody-opens-this:2");
  hd_test_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (text);
}

/* --- HdTitleBox --- */

static int
measure_height (GtkWidget *widget,
                int        width)
{
  int height = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static void
test_titles_wrap_once (void)
{
  GtkWidget *box = hd_title_box_new ();
  GtkWidget *window = hd_test_window_new (box);
  int line;
  int two_lines;
  int minimum = 0;

  hd_title_box_set (HD_TITLE_BOX (box), "Принтер", NULL);
  line = measure_height (box, 2000);
  g_assert_cmpint (line, >, 0);

  hd_title_box_set (HD_TITLE_BOX (box), "Не працює принтер у залі оформлення на посту Краківець", NULL);
  g_assert_cmpint (measure_height (box, 2000), ==, line);
  two_lines = measure_height (box, 260);
  /* With some fonts a line is not a whole number of pixels high. */
  g_assert_cmpint (ABS (two_lines - 2 * line), <=, 1);
  /* What does not fit into two lines is ellipsised. */
  g_assert_cmpint (measure_height (box, 90), ==, two_lines);

  hd_title_box_set (HD_TITLE_BOX (box), "Принтер", "10316 · 20:16");
  g_assert_cmpint (measure_height (box, 2000), >, line);
  g_assert_cmpint (measure_height (box, 2000), <, 3 * line);

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 100);

  hd_test_window_destroy (window);
}

/* --- HdHomeSection --- */

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return gtk_label_new (gtk_string_object_get_string (item));
}

static void
test_empty_section_is_absent (void)
{
  HdHomeSection *section = g_object_ref_sink (g_object_new (HD_TYPE_HOME_SECTION, "title", "Drafts", NULL));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  hd_home_section_bind (section, G_LIST_MODEL (names), create_row, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (section)));

  gtk_string_list_append (names, "A draft");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (section)));

  gtk_string_list_remove (names, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (section)));
  g_assert_finalize_object (section);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/widgets/shared/size-classes-have-their-limits", test_size_classes);
  g_test_add_func ("/widgets/shared/a-wide-child-does-not-keep-the-window-wide", test_wide_child_can_become_narrow);
  g_test_add_func ("/widgets/shared/the-allocation-tells-the-size-class", test_allocation_tells_the_class);
  g_test_add_func ("/widgets/shared/a-banner-shows-what-lasts", test_banner);
  g_test_add_func ("/widgets/shared/a-status-is-a-word-and-waiting-goes-first", test_status_label);
  g_test_add_func ("/widgets/shared/a-file-row-says-which-file-a-button-is-about", test_file_row);
  g_test_add_func ("/widgets/shared/a-file-can-have-any-name", test_file_row_takes_any_name);
  g_test_add_func ("/widgets/shared/a-file-row-can-go-while-its-picture-is-read", test_file_row_that_goes_while_reading);
  g_test_add_func ("/widgets/shared/a-status-view-shows-words-for-people", test_status_view);
  g_test_add_func ("/widgets/shared/nothing-flashes-while-loading", test_nothing_flashes_while_loading);
  g_test_add_func ("/widgets/shared/the-focus-stays-in-a-status-view", test_the_focus_stays_in_a_status_view);
  g_test_add_func ("/widgets/shared/what-no-program-opens-is-told", test_what_nothing_opens_is_told);
  g_test_add_func ("/widgets/shared/a-title-takes-two-lines-at-most", test_titles_wrap_once);
  g_test_add_func ("/widgets/shared/an-empty-section-is-absent", test_empty_section_is_absent);

  return g_test_run ();
}
