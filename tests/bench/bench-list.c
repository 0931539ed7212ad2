/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <stdlib.h>

#include "bench-turns.h"
#include "hd-adaptive-bin.h"
#include "hd-items-page.h"
#include "hd-lazy-cell.h"
#include "hd-test-utils.h"

/*
 * My Items with 20,000 items: how long the main loop is kept from turning while
 * the page is opened, left and come back to, sorted by each column, filtered,
 * scrolled and refreshed; and how many rows have something in them while how many
 * are on the screen.  The yardstick is a bare column view with as many columns of
 * labels in a window of the same size.
 */

#define N_ITEMS 20000
#define LIMIT_MS 50.0
#define WIDE 1000
#define NARROW 400
/* The best of so many counts: this is about us, not about what else the machine does. */
#define N_ROUNDS 2
/* How long an answer may take. */
#define DEADLINE_USEC (30 * G_USEC_PER_SEC)

static HdSession *
open_session (const char *directory)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (policy, "open", "https://127.0.0.1:1/", NULL, directory, &error);

  if (session == NULL)
    g_error ("%s", error->message);

  hd_session_open_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_session_open_finish (session, result, &error);
  if (error != NULL)
    g_error ("%s", error->message);

  return session;
}

/* The first so many, as they are after so many changes. */
static GListModel *
make_requests (guint n,
               guint n_changes)
{
  static const char *const subjects[] = { "Не друкує принтер", "Заміна картриджа", "Доступ до мережі", "Пошта не відкривається", "Сканер" };
  g_autoptr (GDateTime) base = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListStore) list = g_list_store_new (HD_TYPE_REQUEST);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autofree char *number = g_strdup_printf ("%u", 10316 + i);
      g_autofree char *subject = g_strdup_printf ("%s %u", subjects[i % G_N_ELEMENTS (subjects)], i * 7919 % N_ITEMS);
      g_autoptr (GDateTime) updated = g_date_time_add_minutes (base, (int) (i + n_changes * N_ITEMS));

      g_ptr_array_add (requests,
                       g_object_new (HD_TYPE_REQUEST, "id", id, "number", number, "subject", subject,
                                     "kind", 1 + (int) (i % 2), "status", 1 + (int) (i % 4),
                                     "priority", (int) (i % 5), "waiting-for-me", i % 9 == 0,
                                     "created-at", base, "updated-at", updated, "offering-name", "Обладнання",
                                     "status-label", "В роботі", NULL));
    }

  g_list_store_splice (list, 0, 0, requests->pdata, requests->len);
  return G_LIST_MODEL (g_steal_pointer (&list));
}

static void
put_requests (HdStore *store)
{
  g_autoptr (GListModel) items = make_requests (N_ITEMS, 0);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_apply_requests_async (store, page, HD_STORE_WHOLE_LIST, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  if (!hd_store_apply_requests_finish (store, result, NULL))
    g_error ("The requests could not be written");
}

/* --- The page --- */

/* The n-th widget of a type below another one. */
static gpointer
find_widget (GtkWidget *widget,
             GType      type,
             guint     *n)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*n)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_widget (child, type, n);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gpointer
get_widget (GtkWidget *page,
            GType      type,
            guint      n)
{
  gpointer found = find_widget (page, type, &n);

  if (found == NULL)
    g_error ("The page has no such %s", g_type_name (type));
  return found;
}

typedef struct
{
  guint made;           /* the widgets GTK made */
  guint filled;         /* those with something in them */
  guint seen;           /* those on the screen */
} Rows;

static gboolean
is_filled (GtkWidget *widget)
{
  gboolean filled = HD_IS_LAZY_CELL (widget) && hd_lazy_cell_is_shown (HD_LAZY_CELL (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !filled;
       child = gtk_widget_get_next_sibling (child))
    filled = is_filled (child);

  return filled;
}

/* A list of GTK 4.8 maps those of its rows that are in its window. */
static Rows
count_rows (GtkWidget *view)
{
  GtkWidget *list = GTK_IS_COLUMN_VIEW (view) ? gtk_widget_get_last_child (view) : view;
  Rows rows = { 0, };

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      rows.made++;
      rows.filled += is_filled (row);
      rows.seen += gtk_widget_get_mapped (row);
    }

  return rows;
}

/* The view that is shown: columns, or cards where it is narrow. */
static GtkWidget *
get_view (GtkWidget *page)
{
  GtkWidget *columns = get_widget (page, GTK_TYPE_COLUMN_VIEW, 0);
  GtkWidget *stack = gtk_widget_get_ancestor (columns, GTK_TYPE_STACK);
  GtkWidget *shown = gtk_stack_get_visible_child (GTK_STACK (stack));

  return gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (shown));
}

static GListModel *
get_model (GtkWidget *page)
{
  GtkWidget *view = get_view (page);

  if (GTK_IS_COLUMN_VIEW (view))
    return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

static void
sort_by (GtkWidget *page,
         guint      column)
{
  GtkColumnView *view = get_widget (page, GTK_TYPE_COLUMN_VIEW, 0);
  GListModel *columns = gtk_column_view_get_columns (view);

  /* The first column is the mark of what is unread. */
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) sorted = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_sorter (sorted) != NULL && column-- == 0)
        gtk_column_view_sort_by_column (view, sorted, GTK_SORT_ASCENDING);
    }
}

static void
show_scope (GtkWidget *page,
            guint      button)
{
  /* The two drop-downs before have buttons of their own. */
  gtk_toggle_button_set_active (get_widget (page, GTK_TYPE_TOGGLE_BUTTON, button + 2), TRUE);
}

static void
show_kind (GtkWidget *page,
           guint      kind)
{
  gtk_drop_down_set_selected (get_widget (page, GTK_TYPE_DROP_DOWN, 0), kind);
}

static void
search_word (GtkWidget *page,
             guint      length)
{
  g_autofree char *words = g_utf8_substring ("картриджа", 0, length);

  gtk_editable_set_text (get_widget (page, GTK_TYPE_SEARCH_ENTRY, 0), words);
}

static GtkAdjustment *
get_adjustment (GtkWidget *page)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_view (page)));
}

static void
scroll_to (GtkWidget *page,
           guint      percent)
{
  GtkAdjustment *adjustment = get_adjustment (page);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * percent / 100);
}

/* As the window does: the panes are in a stack, and a page is made when it is first shown. */
static void
show_pane (GtkWidget *page,
           guint      pane)
{
  static const char *const names[] = { "home", "items" };
  GtkWidget *stack = gtk_widget_get_ancestor (page, ADW_TYPE_VIEW_STACK);

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), names[pane]);
}

/* --- Measuring --- */

typedef void (*Act) (GtkWidget *page,
                     guint      argument);

/* What is to be seen then: the number of items, and which is the first one. */
static const struct
{
  Act         act;
  guint       argument;
  const char *what;
  guint       n_items;
  const char *first;
} steps[] = {
  { show_pane, 0, "leaving for another pane", N_ITEMS, "r19999" },
  { show_pane, 1, "coming back", N_ITEMS, "r19999" },
  { sort_by, 0, "sorting by the first column", N_ITEMS, "r0" },
  { sort_by, 1, "sorting by the second column", N_ITEMS, "r3037" },
  { sort_by, 2, "sorting by the third column", N_ITEMS, "r19998" },
  { sort_by, 3, "sorting by the fourth column", N_ITEMS, "r19996" },
  { sort_by, 4, "sorting by the fifth column", N_ITEMS, "r19995" },
  { sort_by, 5, "sorting by the sixth column", N_ITEMS, "r0" },
  { show_scope, 1, "showing open ones", N_ITEMS / 2, "r0" },
  { show_scope, 2, "showing those that wait", (N_ITEMS + 8) / 9, "r0" },
  { show_scope, 3, "showing closed ones", N_ITEMS / 2, "r2" },
  { show_scope, 0, "showing all again", N_ITEMS, "r0" },
  { show_kind, 2, "showing incidents", N_ITEMS / 2, "r1" },
  { show_kind, 0, "showing both kinds again", N_ITEMS, "r0" },
  { search_word, 9, "searching for a word", N_ITEMS / 5, "r1" },
  { search_word, 0, "showing all after it", N_ITEMS, "r0" },
  { scroll_to, 50, "scrolling to the middle", N_ITEMS, "r0" },
  { sort_by, 1, "sorting there", N_ITEMS, "r3037" },
  { sort_by, 5, "sorting back", N_ITEMS, "r0" },
  { scroll_to, 0, "scrolling back to the top", N_ITEMS, "r0" },
};

#define N_STEPS G_N_ELEMENTS (steps)

typedef struct
{
  gint64   cpu;
  gint64   clock;
  Rows     rows;
  gboolean known;
} Measure;

typedef struct
{
  Measure bare;         /* the yardstick */
  Measure first;        /* opening for the first time: that is once only */
  Measure again;        /* opening in another window */
  Measure narrow;       /* with cards instead of columns */
  Measure steps[N_STEPS];
  Measure one;          /* a refresh that changes one item */
  Measure half;         /* a refresh that changes half of them */
} Measures;

static void
keep_best (Measure   *measure,
           GtkWidget *view)
{
  gint64 cpu, clock;

  bench_turns_get_longest (&cpu, &clock);
  if (!measure->known || cpu < measure->cpu)
    {
      *measure = (Measure) { cpu, clock, count_rows (view), TRUE };
    }
}

static gboolean
is_there (GListModel *model,
          guint       n_items,
          const char *first)
{
  g_autoptr (HdSlot) slot = g_list_model_get_item (model, 0);

  return g_list_model_get_n_items (model) == n_items &&
         slot != NULL && g_str_equal (hd_request_get_id (hd_slot_get_item (slot)), first);
}

/* Until the answer is there that was asked for, and nothing moves any more. */
static void
await_list (GtkWidget  *page,
            guint       n_items,
            const char *first)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_USEC;

  do
    bench_turns_await_quiet ();
  while (!is_there (get_model (page), n_items, first) && g_get_monotonic_time () < deadline);

  if (!is_there (get_model (page), n_items, first))
    g_error ("There are %u items, but %u should be, with %s on top", g_list_model_get_n_items (get_model (page)),
             n_items, first);
}

static void
refresh (HdStore *store,
         guint    n,
         guint    n_changes)
{
  g_autoptr (GListModel) items = make_requests (n, n_changes);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  bench_turns_begin ();
  hd_store_apply_requests_async (store, page, HD_STORE_PART_OF_LIST, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  if (!hd_store_apply_requests_finish (store, result, NULL))
    g_error ("The requests could not be written");
}

/* A window that is there, and drawn, with an empty pane in it. */
static GtkWidget *
open_window (int width)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *bin = hd_adaptive_bin_new ();
  GtkWidget *stack = adw_view_stack_new ();

  adw_view_stack_add_named (ADW_VIEW_STACK (stack), gtk_label_new ("Help Desk"), "home");
  adw_view_stack_add_named (ADW_VIEW_STACK (stack), adw_bin_new (), "items");
  adw_bin_set_child (ADW_BIN (bin), stack);
  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  gtk_window_present (GTK_WINDOW (window));
  bench_turns_await_quiet ();

  return window;
}

static AdwBin *
get_pane (GtkWidget *window)
{
  AdwViewStack *stack = get_widget (window, ADW_TYPE_VIEW_STACK, 0);

  return ADW_BIN (adw_view_stack_get_child_by_name (stack, "items"));
}

static GtkWidget *
open_page (GtkWidget *window,
           HdSession *session)
{
  AdwBin *pane = get_pane (window);
  GtkWidget *page;

  bench_turns_begin ();
  show_pane (GTK_WIDGET (pane), 1);
  page = hd_items_page_new (session);
  adw_bin_set_child (pane, page);
  await_list (page, N_ITEMS, "r19999");

  return page;
}

static void
measure_opening (HdSession *session,
                 Measure   *measure,
                 int        width)
{
  GtkWidget *window = open_window (width);

  keep_best (measure, get_view (open_page (window, session)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
measure_round (HdSession *session,
               Measures  *measures)
{
  GtkWidget *window = open_window (WIDE);
  GtkWidget *page = open_page (window, session);

  keep_best (&measures->again, get_view (page));

  for (guint i = 0; i < N_STEPS; i++)
    {
      bench_turns_begin ();
      steps[i].act (page, steps[i].argument);
      await_list (page, steps[i].n_items, steps[i].first);
      keep_best (&measures->steps[i], get_view (page));
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a sync brings while one looks at the list; what has changed comes to the top. */
static void
measure_refreshes (HdSession *session,
                   Measures  *measures)
{
  GtkWidget *window = open_window (WIDE);
  GtkWidget *page = open_page (window, session);
  HdStore *store = hd_session_get_store (session);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      refresh (store, 1, 2 * i + 1);
      await_list (page, N_ITEMS, "r0");
      if (gtk_adjustment_get_value (get_adjustment (page)) > 0)
        g_error ("What has come to the top is not seen");
      keep_best (&measures->one, get_view (page));
      refresh (store, N_ITEMS / 2, 2 * i + 2);
      await_list (page, N_ITEMS, "r9999");
      keep_best (&measures->half, get_view (page));
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- The yardstick --- */

static void
bare_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bare_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (string));
}

static GtkWidget *
bare_view_new (void)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkWidget *view = gtk_column_view_new (NULL);
  g_autoptr (GtkSelectionModel) model = NULL;

  for (guint i = 0; i < N_ITEMS; i++)
    gtk_string_list_take (strings, g_strdup_printf ("%u", i));

  for (guint i = 0; i < 6; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("Column", factory);

      g_signal_connect (factory, "setup", G_CALLBACK (bare_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bare_bind_cb), NULL);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  model = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (strings)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), model);
  return view;
}

static void
measure_bare (Measure *measure)
{
  GtkWidget *window = open_window (WIDE);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  AdwBin *pane = get_pane (window);

  bench_turns_begin ();
  show_pane (GTK_WIDGET (pane), 1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), bare_view_new ());
  adw_bin_set_child (pane, scrolled);
  bench_turns_await_quiet ();
  keep_best (measure, gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- Reporting --- */

static gboolean
report (const Measure *measure,
        const Measure *bare,
        const char    *what)
{
  double ms = (double) measure->cpu / 1000;

  g_print ("bench list: %.2f× (limit 1.0×) — %s: the longest turn took %.1f ms of %.0f ms"
           " (%.1f ms by the clock), %.2f× of the bare view’s; %u rows are filled, %u on the screen, %u made by GTK\n",
           ms / LIMIT_MS, what, ms, LIMIT_MS, (double) measure->clock / 1000,
           (double) measure->cpu / (double) bare->cpu, measure->rows.filled, measure->rows.seen, measure->rows.made);
  /* In a pane that is hidden nothing is on the screen, and what was there stays. */
  return ms <= LIMIT_MS && (measure->rows.filled == measure->rows.seen || measure->rows.seen == 0);
}

static gboolean
report_all (const Measures *measures)
{
  const Measure *bare = &measures->bare;
  gboolean good = TRUE;

  g_print ("bench list: the yardstick is a bare column view: %.1f ms, %u rows made, of which %u are on the screen\n",
           (double) bare->cpu / 1000, bare->rows.made, bare->rows.seen);
  good &= report (&measures->first, bare, "opening 20,000 items for the first time");
  good &= report (&measures->again, bare, "opening 20,000 items");
  good &= report (&measures->narrow, bare, "opening 20,000 items in a narrow window");
  for (guint i = 0; i < N_STEPS; i++)
    good &= report (&measures->steps[i], bare, steps[i].what);
  good &= report (&measures->one, bare, "a refresh that changes one item");
  good &= report (&measures->half, bare, "a refresh that changes half of them");

  return good;
}

/* Nothing of whoever runs this is read or written. */
static void
isolate (const char *directory)
{
  g_autofree char *keyring = g_build_filename (directory, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "bench", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

int
main (void)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autoptr (HdSession) session = NULL;
  Measures measures = { 0, };
  gboolean good;

  isolate (directory);
  if (!gtk_init_check ())
    g_error ("This needs a display");
  adw_init ();

  session = open_session (directory);
  put_requests (hd_session_get_store (session));
  bench_turns_watch ();
  measure_opening (session, &measures.first, WIDE);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      measure_bare (&measures.bare);
      measure_round (session, &measures);
      measure_opening (session, &measures.narrow, NARROW);
    }
  measure_refreshes (session, &measures);
  bench_turns_unwatch ();
  good = report_all (&measures);

  hd_store_close (hd_session_get_store (session));
  hd_test_drain ();
  hd_test_remove_tree (directory);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
