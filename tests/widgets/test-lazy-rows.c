/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

#include "hd-lazy-cell.h"
#include "hd-lazy-rows.h"
#include "hd-slot-list.h"
#include "list-support.h"

/* The rows of a long list, which are empty until they are on the screen. */

static guint n_created;

static GtkWidget *
create_label (void)
{
  n_created++;
  return gtk_label_new (NULL);
}

static void
refresh_label (GtkWidget *label,
               gpointer   item)
{
  gtk_label_set_label (GTK_LABEL (label), gtk_string_object_get_string (item));
}

static const HdLazyContent label_content = { create_label, refresh_label };

typedef struct
{
  GtkWidget  *window;
  GtkWidget  *view;             /* (unowned) */
  GListStore *items;            /* (owned) */
  HdSlotList *slots;            /* (owned) */
} Fixture;

static GtkWidget *
column_view_new (GtkSelectionModel *model,
                 guint              n_columns)
{
  GtkWidget *view = gtk_column_view_new (model);
  g_autoptr (HdLazyRows) rows = hd_lazy_rows_new (view);

  for (guint i = 0; i < n_columns; i++)
    {
      GtkListItemFactory *factory = hd_lazy_rows_create_factory (rows, &label_content);
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("Column", factory);

      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  return view;
}

static GtkWidget *
list_view_new (GtkSelectionModel *model)
{
  GtkWidget *view = gtk_list_view_new (model, NULL);
  g_autoptr (HdLazyRows) rows = hd_lazy_rows_new (view);
  g_autoptr (GtkListItemFactory) factory = hd_lazy_rows_create_factory (rows, &label_content);

  gtk_list_view_set_factory (GTK_LIST_VIEW (view), factory);
  return view;
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  n_columns)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *model;

  n_created = 0;
  fixture->items = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  hd_test_splice_range (fixture->items, 0, 0, 0, 2000);
  fixture->slots = hd_slot_list_new (G_LIST_MODEL (fixture->items));
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (fixture->slots))));
  fixture->view = n_columns != NULL ? column_view_new (model, GPOINTER_TO_UINT (n_columns)) : list_view_new (model);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), fixture->view);

  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->slots);
  g_object_unref (fixture->items);
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *painted)
{
  *painted = TRUE;
}

/* What is drawn in the next frame is what counts. */
static void
await_frame (Fixture *fixture)
{
  GdkFrameClock *clock;
  gboolean painted = FALSE;
  gulong id;

  while (!gtk_widget_get_mapped (fixture->view))
    g_main_context_iteration (NULL, TRUE);

  clock = gtk_widget_get_frame_clock (fixture->view);
  id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (fixture->view);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

typedef struct
{
  guint made;
  guint seen;
  guint height;         /* of each of them */
} Rows;

static void
check_cells (GtkWidget *widget,
             gboolean   seen)
{
  if (HD_IS_LAZY_CELL (widget))
    {
      g_assert_cmpint (hd_lazy_cell_is_shown (HD_LAZY_CELL (widget)), ==, seen);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_cells (child, seen);
}

/* Those on the screen are filled, all of them, and no others. */
static Rows
check_rows (Fixture *fixture)
{
  GtkWidget *list = GTK_IS_COLUMN_VIEW (fixture->view) ? gtk_widget_get_last_child (fixture->view) : fixture->view;
  Rows rows = { 0, };

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      int height;

      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      if (rows.made++ > 0)
        g_assert_cmpint (height, ==, rows.height);
      rows.height = (guint) height;
      rows.seen += gtk_widget_get_mapped (row);
      check_cells (row, gtk_widget_get_mapped (row));
    }

  g_assert_cmpuint (rows.seen, >, 0);
  g_assert_cmpuint (rows.seen * rows.height, <, (guint) gtk_widget_get_height (list) + 2 * rows.height);
  return rows;
}

static void
test_only_rows_on_the_screen_are_filled (Fixture       *fixture,
                                         gconstpointer  n_columns)
{
  Rows rows;

  await_frame (fixture);
  rows = check_rows (fixture);
  g_assert_cmpuint (rows.made, >, rows.seen);
  g_assert_cmpuint (rows.height, >, 10);
  g_assert_cmpuint ((rows.seen + 2) * rows.height, >=, (guint) gtk_widget_get_height (fixture->view));
  /* Nothing was made but them. */
  g_assert_cmpuint (n_created, ==, rows.seen * MAX (GPOINTER_TO_UINT (n_columns), 1));
}

static void
test_rows_are_filled_as_one_scrolls (Fixture       *fixture,
                                     gconstpointer  n_columns)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));

  await_frame (fixture);
  for (guint i = 0; i <= 10; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * i / 10);
      await_frame (fixture);
      check_rows (fixture);
    }
}

/* The labels that are there, from the top. */
static void
collect_labels (GtkWidget *widget,
                GPtrArray *labels)
{
  if (HD_IS_LAZY_CELL (widget) && hd_lazy_cell_is_shown (HD_LAZY_CELL (widget)))
    g_ptr_array_add (labels, gtk_widget_get_first_child (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_labels (child, labels);
}

static void
test_filled_rows_follow_the_list (Fixture       *fixture,
                                  gconstpointer  n_columns)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (GPtrArray) after = g_ptr_array_new ();

  await_frame (fixture);
  collect_labels (fixture->view, before);
  g_assert_cmpstr (gtk_label_get_label (before->pdata[0]), ==, "0");

  g_object_set (fixture->slots, "in-place", TRUE, NULL);
  hd_test_splice_range (fixture->items, 0, 2000, 5000, 2000);
  await_frame (fixture);
  collect_labels (fixture->view, after);

  /* Nothing was made for it. */
  g_assert_cmpmem (before->pdata, before->len * sizeof (gpointer), after->pdata, after->len * sizeof (gpointer));
  g_assert_cmpstr (gtk_label_get_label (after->pdata[0]), ==, "5000");
  check_rows (fixture);
}

static void
test_what_is_hidden_stays_as_it_is (Fixture       *fixture,
                                    gconstpointer  n_columns)
{
  guint n;

  await_frame (fixture);
  n = n_created;
  gtk_widget_set_visible (fixture->view, FALSE);
  while (gtk_widget_get_mapped (fixture->view))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_set_visible (fixture->view, TRUE);
  await_frame (fixture);
  check_rows (fixture);
  g_assert_cmpuint (n_created, ==, n);
}

/* The view goes, a frame comes: nobody looks for its rows. */
static void
test_a_view_may_go (Fixture       *fixture,
                    gconstpointer  n_columns)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new ("Gone"));

  await_frame (fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), label);
  fixture->view = label;
  await_frame (fixture);
}

typedef void (*TestFunc) (Fixture       *fixture,
                          gconstpointer  n_columns);

static void
add_with_columns (const char *name,
                  TestFunc    test)
{
  g_autofree char *in_list = g_strdup_printf ("/lazy-rows/list/%s", name);
  g_autofree char *in_columns = g_strdup_printf ("/lazy-rows/columns/%s", name);

  g_test_add (in_list, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
  g_test_add (in_columns, Fixture, GUINT_TO_POINTER (3), fixture_set_up, test, fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  add_with_columns ("only-rows-on-the-screen-are-filled", test_only_rows_on_the_screen_are_filled);
  add_with_columns ("rows-are-filled-as-one-scrolls", test_rows_are_filled_as_one_scrolls);
  add_with_columns ("filled-rows-follow-the-list", test_filled_rows_follow_the_list);
  add_with_columns ("what-is-hidden-stays-as-it-is", test_what_is_hidden_stays_as_it_is);
  add_with_columns ("a-view-may-go", test_a_view_may_go);

  return g_test_run ();
}
