/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#include "hd-adaptive-bin.h"
#include "hd-items-page.h"
#include "hd-test-utils.h"

/*
 * My Items with 20,000 items: how long the main loop is kept from turning while
 * the page is opened, sorted by each column, filtered and refreshed.
 */

#define N_ITEMS 20000
#define LIMIT_MS 50.0
/* The best of so many counts: this is about us, not about what else the machine does. */
#define N_ROUNDS 2
/* When the list and the view have been quiet for so long, an answer has been dealt with. */
#define QUIET_USEC (G_USEC_PER_SEC / 2)

static gint64 turn_start, turn_cpu_start; /* microseconds */
static gint64 longest, longest_cpu;
static gint64 last_change;

/* What this thread really did, whatever else the machine is doing. */
static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
poll_and_measure (GPollFD *fds,
                  guint    n_fds,
                  int      timeout)
{
  int n;

  if (turn_start != 0)
    {
      longest = MAX (longest, g_get_monotonic_time () - turn_start);
      longest_cpu = MAX (longest_cpu, get_cpu_time () - turn_cpu_start);
    }

  n = g_poll (fds, n_fds, timeout);
  turn_start = g_get_monotonic_time ();
  turn_cpu_start = get_cpu_time ();
  return n;
}

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

static GListModel *
make_requests (guint n_changed)
{
  static const char *const subjects[] = { "Не друкує принтер", "Заміна картриджа", "Доступ до мережі", "Їжак", "Ґанок" };
  g_autoptr (GDateTime) base = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListStore) list = g_list_store_new (HD_TYPE_REQUEST);

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autofree char *number = g_strdup_printf ("%u", 10316 + i);
      g_autofree char *subject = g_strdup_printf ("%s %u", subjects[i % G_N_ELEMENTS (subjects)], i * 7919 % N_ITEMS);
      g_autoptr (GDateTime) updated = g_date_time_add_minutes (base, (int) i + (i < n_changed ? N_ITEMS : 0));

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
  g_autoptr (GListModel) items = make_requests (0);
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

static guint
count_rows (GtkWidget *widget)
{
  guint n = g_strcmp0 (gtk_widget_get_css_name (widget), "row") == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
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
  gtk_toggle_button_set_active (get_widget (page, GTK_TYPE_TOGGLE_BUTTON, button), TRUE);
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

static GListModel *
get_list (GtkWidget *page)
{
  GtkSelectionModel *model = gtk_column_view_get_model (get_widget (page, GTK_TYPE_COLUMN_VIEW, 0));

  return gtk_single_selection_get_model (GTK_SINGLE_SELECTION (model));
}

/* --- Measuring --- */

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  last_change = g_get_monotonic_time ();
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until the list has changed, all its rows are made, and what is freed later is freed. */
static void
await_quiet (void)
{
  guint id = g_timeout_add (50, wake_cb, NULL);

  while (last_change == 0 || g_get_monotonic_time () - last_change < QUIET_USEC)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (id);
}

static void
start_measuring (void)
{
  last_change = 0;
  longest = longest_cpu = 0;
  turn_start = 0;
}

typedef void (*Act) (GtkWidget *page,
                     guint      argument);

static const struct
{
  Act         act;
  guint       argument;
  const char *what;
} steps[] = {
  { sort_by, 0, "sorting by the first column" },
  { sort_by, 1, "sorting by the second column" },
  { sort_by, 2, "sorting by the third column" },
  { sort_by, 3, "sorting by the fourth column" },
  { sort_by, 4, "sorting by the fifth column" },
  { sort_by, 5, "sorting by the sixth column" },
  { show_scope, 1, "showing open ones" },
  { show_scope, 2, "showing those that wait" },
  { show_scope, 3, "showing closed ones" },
  { show_scope, 0, "showing all again" },
  { show_kind, 2, "showing incidents" },
  { show_kind, 0, "showing both kinds again" },
  { search_word, 9, "searching for a word" },
  { search_word, 0, "showing all after it" },
};

#define N_STEPS G_N_ELEMENTS (steps)
#define N_MEASURES (N_STEPS + 2)

typedef struct
{
  gint64   cpu;
  gint64   clock;
  guint    n_rows;
  gboolean known;
} Measure;

static void
keep_best (Measure   *measure,
           GtkWidget *page)
{
  if (!measure->known || longest_cpu < measure->cpu)
    *measure = (Measure) { longest_cpu, longest, count_rows (page), TRUE }
  ;
}

static void
measure_refresh (HdStore *store,
                 guint    round)
{
  g_autoptr (GListModel) items = make_requests (N_ITEMS / 2 + round);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  start_measuring ();
  hd_store_apply_requests_async (store, page, HD_STORE_PART_OF_LIST, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  await_quiet ();
}

/* The first measure is of opening, the last one of a refresh. */
static void
measure_round (HdSession *session,
               Measure   *measures,
               guint      round)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *bin = hd_adaptive_bin_new ();
  GtkWidget *page;

  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));

  start_measuring ();
  page = hd_items_page_new (session);
  g_signal_connect (get_list (page), "items-changed", G_CALLBACK (items_changed_cb), NULL);
  adw_bin_set_child (ADW_BIN (bin), page);
  await_quiet ();
  keep_best (&measures[0], page);

  for (guint i = 0; i < N_STEPS; i++)
    {
      start_measuring ();
      steps[i].act (page, steps[i].argument);
      await_quiet ();
      keep_best (&measures[i + 1], page);
    }

  measure_refresh (hd_session_get_store (session), round);
  keep_best (&measures[N_STEPS + 1], page);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
report (const Measure *measure,
        const char    *what)
{
  double ms = (double) measure->cpu / 1000;

  g_print ("bench list: %.2f× (limit 1.0×) — %s: the longest turn took %.1f ms of %.0f ms"
           " (%.1f ms by the clock), %u rows are there\n",
           ms / LIMIT_MS, what, ms, LIMIT_MS, (double) measure->clock / 1000, measure->n_rows);
  return ms <= LIMIT_MS;
}

static gboolean
report_all (const Measure *measures)
{
  gboolean good = report (&measures[0], "opening 20,000 items");

  for (guint i = 0; i < N_STEPS; i++)
    good &= report (&measures[i + 1], steps[i].what);

  return good & report (&measures[N_STEPS + 1], "a refresh that changes half of them");
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
  Measure measures[N_MEASURES] = { { 0 } };
  gboolean good;

  isolate (directory);
  if (!gtk_init_check ())
    g_error ("This needs a display");
  adw_init ();

  session = open_session (directory);
  put_requests (hd_session_get_store (session));
  g_main_context_set_poll_func (NULL, poll_and_measure);
  for (guint i = 0; i < N_ROUNDS; i++)
    measure_round (session, measures, i);
  g_main_context_set_poll_func (NULL, NULL);
  good = report_all (measures);

  hd_store_close (hd_session_get_store (session));
  hd_test_drain ();
  hd_test_remove_tree (directory);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
