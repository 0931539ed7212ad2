/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request-columns.h"

#include <glib/gi18n.h>

#include "hd-lazy-rows.h"
#include "hd-list-item.h"
#include "hd-request-card.h"
#include "hd-request.h"
#include "hd-status-label.h"
#include "hd-time.h"

/*
 * The columns of My Items.  The store sorts, on its own thread; the column view
 * only shows by which column and which way round, and is asked for that.
 */

typedef struct
{
  HdRequestSort  sort;
  const char    *title;
  const char    *longest[3]; /* what must fit, of which some language makes the longest; nothing takes what is left */
  HdLazyContent  content;
} Column;

/* What the probe in hd_request_columns_get_sort() found; main thread only. */
static HdRequestSort probed_sort;

/* GTK before 4.10 does not tell which column sorts.  The sorter of the whole
 * view asks the primary column first, and that one answers who it is. */
static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      user_data)
{
  probed_sort = GPOINTER_TO_INT (user_data);

  return a == b ? GTK_ORDERING_EQUAL : GTK_ORDERING_SMALLER;
}

static GtkWidget *
create_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
create_numeric_label (void)
{
  GtkWidget *label = create_label ();

  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
create_number (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_image_new_from_icon_name ("hd-unread-symbolic");

  gtk_widget_add_css_class (dot, "hd-unread");
  gtk_widget_set_tooltip_text (dot, _("Unread"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unread"), -1);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), create_numeric_label ());
  return box;
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static void
refresh_number (GtkWidget *box,
                gpointer   request)
{
  gtk_widget_set_visible (gtk_widget_get_first_child (box), hd_request_get_unread (request));
  set_text (gtk_widget_get_last_child (box), hd_request_get_number (request));
}

static void
refresh_subject (GtkWidget *label,
                 gpointer   request)
{
  g_autofree char *name = hd_request_card_dup_name (request);

  set_text (label, hd_request_get_subject (request));
  hd_list_item_name_row (label, name);
}

static void
refresh_kind (GtkWidget *label,
              gpointer   request)
{
  set_text (label, hd_kind_get_label (hd_request_get_kind (request)));
}

static void
refresh_status (GtkWidget *status,
                gpointer   request)
{
  hd_status_label_set (HD_STATUS_LABEL (status), hd_request_get_status (request),
                       hd_request_get_waiting_for_me (request));
  gtk_widget_set_tooltip_text (status, hd_request_get_status_label (request));
}

static void
refresh_priority (GtkWidget *label,
                  gpointer   request)
{
  set_text (label, hd_priority_get_label (hd_request_get_priority (request)));
}

static void
refresh_updated (GtkWidget *label,
                 gpointer   request)
{
  GDateTime *time = hd_request_get_updated_at (request);
  g_autofree char *text = time != NULL ? hd_time_dup_short (time) : NULL;

  set_text (label, text);
}

static const Column columns[] = {
  { HD_REQUEST_SORT_NUMBER, N_("Number"), { "● 1000000" }, { create_number, refresh_number } },
  { HD_REQUEST_SORT_SUBJECT, N_("Subject"), { NULL }, { create_label, refresh_subject } },
  { HD_REQUEST_SORT_KIND, N_("Kind"), { N_("Service Request") }, { create_label, refresh_kind } },
  { HD_REQUEST_SORT_STATUS, N_("Status"), { N_("Waiting for You"), N_("Registered") }, { hd_status_label_new, refresh_status } },
  { HD_REQUEST_SORT_PRIORITY, N_("Priority"), { N_("Critical") }, { create_label, refresh_priority } },
  { HD_REQUEST_SORT_UPDATED, N_("Updated"), { N_("yesterday") }, { create_numeric_label, refresh_updated } },
};

/* Room for an icon, the sort arrow and the padding of a cell, beside the words. */
#define EXTRA_WIDTH 48

static int
measure_text (GtkWidget  *widget,
              const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + EXTRA_WIDTH;
}

/* As wide as the words are in the person's language and size of text. */
static int
measure (GtkWidget    *widget,
         const Column *column)
{
  int width;

  if (column->longest[0] == NULL)
    return -1;

  width = measure_text (widget, _(column->title));
  for (const char *const *text = column->longest; *text != NULL; text++)
    width = MAX (width, measure_text (widget, _(*text)));

  return width;
}

/* Adds the columns, sorted by the latest change. */
void
hd_request_columns_add (GtkColumnView *view)
{
  g_autoptr (HdLazyRows) rows = hd_lazy_rows_new (GTK_WIDGET (view));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = hd_lazy_rows_create_factory (rows, &columns[i].content);
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_(columns[i].title), factory);
      g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (probe_cb, GINT_TO_POINTER (columns[i].sort), NULL));

      gtk_column_view_column_set_expand (column, columns[i].longest[0] == NULL);
      gtk_column_view_column_set_fixed_width (column, measure (GTK_WIDGET (view), &columns[i]));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_append_column (view, column);

      if (columns[i].sort == HD_REQUEST_SORT_UPDATED)
        gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
    }
}

/**
 * hd_request_columns_get_sort:
 * @view: with the columns from hd_request_columns_add()
 * @sort: (out): by which column the person wants it
 * @descending: (out): which way round
 */
void
hd_request_columns_get_sort (GtkColumnView *view,
                             HdRequestSort *sort,
                             gboolean      *descending)
{
  g_autoptr (HdRequest) a = g_object_new (HD_TYPE_REQUEST, NULL);
  g_autoptr (HdRequest) b = g_object_new (HD_TYPE_REQUEST, NULL);

  probed_sort = HD_REQUEST_SORT_UPDATED;
  *descending = gtk_sorter_compare (gtk_column_view_get_sorter (view), a, b) == GTK_ORDERING_LARGER;
  *sort = probed_sort;
}

/* The kind gives its room to the subject where there is little; the filter above tells it, too. */
void
hd_request_columns_set_wide (GtkColumnView *view,
                             gboolean       is_wide)
{
  GListModel *all = gtk_column_view_get_columns (view);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      if (columns[i].sort != HD_REQUEST_SORT_KIND || gtk_column_view_column_get_visible (column) == is_wide)
        continue;

      gtk_column_view_column_set_visible (column, is_wide);
      /* GTK 4.8 keeps the room of a column that is not there. */
      gtk_column_view_column_set_fixed_width (column, is_wide ? measure (GTK_WIDGET (view), &columns[i]) : 0);
    }
}
