/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-lazy-rows.h"

#include "hd-lazy-cell.h"

/**
 * HdLazyRows:
 *
 * The rows of a long list, of which those on the screen have something in them.
 *
 * GTK 4.8 makes widgets for some two hundred rows of a list, of which a few dozen
 * are seen.  So the factory of hd_lazy_rows_create_factory() puts an empty
 * #HdLazyCell into each, and after every layout – when it is known where the rows
 * are, and before they are drawn – those on the screen are filled, and what has left
 * it is emptied again.
 */

struct _HdLazyRows
{
  GObject        parent_instance;

  GtkWidget     *view;          /* (unowned) (nullable): a weak pointer */
  GdkFrameClock *clock;         /* (owned) (nullable): while the view is realized */
  gulong         layout_id;
  int            height;        /* of what is in a cell; 0 before there is something */
};

G_DEFINE_FINAL_TYPE (HdLazyRows, hd_lazy_rows, G_TYPE_OBJECT)

typedef void (*CellFunc) (HdLazyCell *cell,
                          gpointer    user_data);

static void
for_each_cell (GtkWidget *widget,
               CellFunc   func,
               gpointer   user_data)
{
  if (HD_IS_LAZY_CELL (widget))
    {
      func (HD_LAZY_CELL (widget), user_data);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    for_each_cell (child, func, user_data);
}

/* The parent of the rows: a column view has a list view in it, below its header. */
static GtkWidget *
get_list (HdLazyRows *self)
{
  GtkWidget *list = self->view;

  if (GTK_IS_COLUMN_VIEW (list))
    {
      list = gtk_widget_get_first_child (list);
      while (list != NULL && !GTK_IS_LIST_VIEW (list))
        list = gtk_widget_get_next_sibling (list);
    }

  return list;
}

typedef struct
{
  gboolean shown;
  gboolean changed;     /* (out): whether something was made */
} Row;

static void
show_cell (HdLazyCell *cell,
           gpointer    user_data)
{
  Row *row = user_data;

  row->changed |= row->shown && !hd_lazy_cell_is_shown (cell);
  hd_lazy_cell_set_shown (cell, row->shown);
}

static void
measure_cell (HdLazyCell *cell,
              gpointer    user_data)
{
  int *height = user_data;
  int natural;

  if (!hd_lazy_cell_is_shown (cell))
    return;

  gtk_widget_measure (GTK_WIDGET (cell), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  *height = MAX (*height, natural);
}

static void
resize_cell (HdLazyCell *cell,
             gpointer    user_data)
{
  if (!hd_lazy_cell_is_shown (cell))
    gtk_widget_queue_resize (GTK_WIDGET (cell));
}

/* What is empty takes the height of what is not, lest rows grow as they are scrolled to. */
static void
measure_rows (HdLazyRows *self,
              GtkWidget  *list)
{
  int height = 0;

  for_each_cell (list, measure_cell, &height);
  if (self->height == height)
    return;

  self->height = height;
  for_each_cell (list, resize_cell, NULL);
}

/* What is made here is laid out before anything is drawn: the clock repeats its phase. */
static void
layout_cb (HdLazyRows *self)
{
  GtkWidget *list = get_list (self);
  Row row = { FALSE, FALSE };

  if (list == NULL || !gtk_widget_get_mapped (list))
    return;

  /* The list maps what it has put into its window, and nothing else.  The first row
   * ever tells how high they are, and so how many there is room for. */
  for (GtkWidget *widget = gtk_widget_get_first_child (list); widget != NULL; widget = gtk_widget_get_next_sibling (widget))
    {
      row.shown = gtk_widget_get_mapped (widget);
      for_each_cell (widget, show_cell, &row);
      if (row.changed && self->height == 0)
        break;
    }

  if (row.changed)
    measure_rows (self, list);
}

static void
unfollow_clock (HdLazyRows *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);

  g_clear_object (&self->clock);
}

static void
follow_clock (HdLazyRows *self)
{
  unfollow_clock (self);

  /* After the window, which lays out its widgets in the same signal. */
  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->view));
  self->layout_id = g_signal_connect_data (self->clock, "layout", G_CALLBACK (layout_cb), self,
                                           NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
hd_lazy_rows_dispose (GObject *object)
{
  HdLazyRows *self = HD_LAZY_ROWS (object);

  unfollow_clock (self);
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (hd_lazy_rows_parent_class)->dispose (object);
}

static void
hd_lazy_rows_class_init (HdLazyRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_lazy_rows_dispose;
}

static void
hd_lazy_rows_init (HdLazyRows *self)
{
}

/**
 * hd_lazy_rows_new:
 * @view: a #GtkListView or #GtkColumnView
 *
 * Returns: (transfer full): the rows of a view, for its factories to hold on to
 */
HdLazyRows *
hd_lazy_rows_new (GtkWidget *view)
{
  HdLazyRows *self = g_object_new (HD_TYPE_LAZY_ROWS, NULL);

  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (view, "realize", G_CALLBACK (follow_clock), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unrealize", G_CALLBACK (unfollow_clock), self, G_CONNECT_SWAPPED);
  if (gtk_widget_get_realized (view))
    follow_clock (self);

  return self;
}

typedef struct
{
  HdLazyRows          *rows;            /* (owned) */
  const HdLazyContent *content;         /* (unowned): static */
} Maker;

static void
free_maker (gpointer  data,
            GClosure *closure)
{
  Maker *maker = data;

  g_object_unref (maker->rows);
  g_free (maker);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  Maker *maker = user_data;

  gtk_list_item_set_child (item, hd_lazy_cell_new (maker->rows, maker->content));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  hd_lazy_cell_set_slot (HD_LAZY_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  hd_lazy_cell_set_slot (HD_LAZY_CELL (gtk_list_item_get_child (item)), NULL);
}

/**
 * hd_lazy_rows_create_factory:
 * @self: the rows of a view
 * @content: (unowned): what to make in a row, or in one column of it; static
 *
 * Returns: (transfer full): a factory for the view, or for a column of it
 */
GtkListItemFactory *
hd_lazy_rows_create_factory (HdLazyRows          *self,
                             const HdLazyContent *content)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Maker *maker = g_new0 (Maker, 1);

  maker->rows = g_object_ref (self);
  maker->content = content;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), maker, free_maker, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}

/* How high an empty cell is. */
int
hd_lazy_rows_get_height (HdLazyRows *self)
{
  g_return_val_if_fail (HD_IS_LAZY_ROWS (self), 0);

  return self->height;
}
