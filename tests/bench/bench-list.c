/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <stdlib.h>
#include <time.h>

#include "hd-store-list.h"
#include "hd-test-utils.h"

/*
 * My Items with 20,000 items: how long the main loop is kept from turning while
 * they are opened, sorted by each column, filtered and refreshed, with the rows
 * of a column view on screen.
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
static guint n_cells;

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

static gpointer
await (GAsyncResult **result)
{
  hd_test_await (result);
  return *result;
}

static HdStore *
open_store (const char *directory)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdStore *store;

  hd_store_open_async (directory, NULL, hd_test_store_result_cb, &result);
  store = hd_store_open_finish (await (&result), &error);
  if (store == NULL)
    g_error ("%s", error->message);

  return store;
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

  hd_store_apply_requests_async (store, page, TRUE, NULL, hd_test_store_result_cb, &result);
  if (!hd_store_apply_requests_finish (store, await (&result), NULL))
    g_error ("The requests could not be written");
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
  n_cells++;
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             const char               *property)
{
  g_autofree char *text = NULL;

  g_object_get (gtk_list_item_get_item (item), property, &text, NULL);
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static GtkWidget *
make_view (HdStoreList *list)
{
  static const char *const properties[] = { "number", "subject", "offering-name", "status-label", "id" };
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (list)));
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (selection));

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), (gpointer) properties[i]);
      column = gtk_column_view_column_new (properties[i], factory);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  return view;
}

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
  n_cells = 0;
  turn_start = 0;
}

static const struct
{
  HdRequestFilter  filter;
  const char      *what;
} steps[] = {
  { { .sort = HD_REQUEST_SORT_NUMBER }, "sorting by number" },
  { { .sort = HD_REQUEST_SORT_SUBJECT }, "sorting by subject" },
  { { .sort = HD_REQUEST_SORT_KIND }, "sorting by kind" },
  { { .sort = HD_REQUEST_SORT_STATUS, .descending = TRUE }, "sorting by status" },
  { { .sort = HD_REQUEST_SORT_PRIORITY }, "sorting by priority" },
  { { .scope = HD_REQUEST_SCOPE_OPEN }, "showing open ones" },
  { { .scope = HD_REQUEST_SCOPE_CLOSED }, "showing closed ones" },
  { { .scope = HD_REQUEST_SCOPE_WAITING }, "showing those that wait" },
  { { .kind = HD_KIND_INCIDENT }, "showing incidents" },
  { { .text = "картриджа" }, "searching for a word" },
  { { .sort = HD_REQUEST_SORT_UPDATED, .descending = TRUE }, "showing all again" },
};

#define N_STEPS G_N_ELEMENTS (steps)
#define N_MEASURES (N_STEPS + 2)

typedef struct
{
  gint64   cpu;
  gint64   clock;
  guint    n_cells;
  gboolean known;
} Measure;

static void
keep_best (Measure *measure)
{
  if (!measure->known || longest_cpu < measure->cpu)
    *measure = (Measure) { longest_cpu, longest, MAX (n_cells, 1) }
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
  hd_store_apply_requests_async (store, page, FALSE, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  await_quiet ();
}

/* The first measure is of opening, the last one of a refresh. */
static void
measure_round (HdStore *store,
               Measure *measures,
               guint    round)
{
  HdRequestFilter filter = { .sort = HD_REQUEST_SORT_UPDATED, .descending = TRUE };
  g_autoptr (HdStoreList) list = NULL;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));

  start_measuring ();
  list = hd_store_list_new_requests (store, &filter);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_view (list));
  await_quiet ();
  keep_best (&measures[0]);

  for (guint i = 0; i < N_STEPS; i++)
    {
      start_measuring ();
      hd_store_list_set_filter (list, &steps[i].filter);
      await_quiet ();
      keep_best (&measures[i + 1]);
    }

  measure_refresh (store, round);
  keep_best (&measures[N_STEPS + 1]);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
report (const Measure *measure,
        const char    *what)
{
  double ms = (double) measure->cpu / 1000;

  g_print ("bench list: %.2f× (limit 1.0×) — %s: the longest turn took %.1f ms of %.0f ms"
           " (%.1f ms by the clock), %u cells were made\n",
           ms / LIMIT_MS, what, ms, LIMIT_MS, (double) measure->clock / 1000, measure->n_cells);
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

int
main (void)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autoptr (HdStore) store = open_store (directory);
  Measure measures[N_MEASURES] = { { 0 } };
  gboolean good;

  if (!gtk_init_check ())
    g_error ("This needs a display");

  put_requests (store);
  g_main_context_set_poll_func (NULL, poll_and_measure);
  for (guint i = 0; i < N_ROUNDS; i++)
    measure_round (store, measures, i);
  g_main_context_set_poll_func (NULL, NULL);
  good = report_all (measures);

  hd_store_close (store);
  hd_test_drain ();
  hd_test_remove_tree (directory);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
