/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-lazy-cell.h"

/**
 * HdLazyCell:
 *
 * A place in a row of a long list.  What shows the item there is made when the
 * row comes on the screen, and goes when the row has left it: see #HdLazyRows.
 * Until then the cell is as high as others of its list, and empty.
 */

struct _HdLazyCell
{
  GtkWidget            parent_instance;

  HdLazyRows          *rows;            /* (owned) */
  const HdLazyContent *content;         /* (unowned): static */
  HdSlot              *slot;            /* (owned) (nullable) */
  gulong               changed_id;
  GtkWidget           *child;           /* (owned) (nullable): while shown */
};

G_DEFINE_FINAL_TYPE (HdLazyCell, hd_lazy_cell, GTK_TYPE_WIDGET)

static void
refresh (HdLazyCell *self)
{
  gpointer item = hd_slot_get_item (self->slot);

  if (item != NULL)
    self->content->refresh (self->child, item);
}

/* Only what is shown follows the changes of its slot. */
static void
follow (HdLazyCell *self)
{
  if (self->slot == NULL || self->child == NULL)
    return;

  self->changed_id = g_signal_connect_swapped (self->slot, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

static void
unfollow (HdLazyCell *self)
{
  if (self->slot != NULL)
    g_clear_signal_handler (&self->changed_id, self->slot);
}

static GtkSizeRequestMode
hd_lazy_cell_get_request_mode (GtkWidget *widget)
{
  HdLazyCell *self = HD_LAZY_CELL (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
hd_lazy_cell_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  HdLazyCell *self = HD_LAZY_CELL (widget);

  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  else if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = hd_lazy_rows_get_height (self->rows);
}

static void
hd_lazy_cell_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  HdLazyCell *self = HD_LAZY_CELL (widget);

  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
}

static void
hd_lazy_cell_dispose (GObject *object)
{
  HdLazyCell *self = HD_LAZY_CELL (object);

  unfollow (self);
  g_clear_object (&self->slot);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (hd_lazy_cell_parent_class)->dispose (object);
}

static void
hd_lazy_cell_class_init (HdLazyCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_lazy_cell_dispose;
  widget_class->get_request_mode = hd_lazy_cell_get_request_mode;
  widget_class->measure = hd_lazy_cell_measure;
  widget_class->size_allocate = hd_lazy_cell_size_allocate;

  /* A wrapper: it says nothing, and has nothing to be styled. */
  gtk_widget_class_set_css_name (widget_class, "lazycell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
hd_lazy_cell_init (HdLazyCell *self)
{
}

/**
 * hd_lazy_cell_new:
 * @rows: the rows of the list it stands in
 * @content: (unowned): what to make in it; static
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
hd_lazy_cell_new (HdLazyRows          *rows,
                  const HdLazyContent *content)
{
  HdLazyCell *self = g_object_new (HD_TYPE_LAZY_CELL, NULL);

  self->rows = g_object_ref (rows);
  self->content = content;

  return GTK_WIDGET (self);
}

/**
 * hd_lazy_cell_set_slot:
 * @self: a cell
 * @slot: (nullable): the place in the list whose item it is to show
 */
void
hd_lazy_cell_set_slot (HdLazyCell *self,
                       HdSlot     *slot)
{
  g_return_if_fail (HD_IS_LAZY_CELL (self));

  if (self->slot == slot)
    return;

  unfollow (self);
  g_set_object (&self->slot, slot);
  follow (self);
}

/* Whether there is something in it. */
gboolean
hd_lazy_cell_is_shown (HdLazyCell *self)
{
  g_return_val_if_fail (HD_IS_LAZY_CELL (self), FALSE);

  return self->child != NULL;
}

/**
 * hd_lazy_cell_set_shown:
 * @self: a cell
 * @shown: whether it is on the screen
 *
 * Makes what shows the item, or lets it go.
 */
void
hd_lazy_cell_set_shown (HdLazyCell *self,
                        gboolean    shown)
{
  g_return_if_fail (HD_IS_LAZY_CELL (self));

  if (shown == (self->child != NULL))
    return;

  if (shown)
    {
      self->child = self->content->create ();
      gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      follow (self);
      return;
    }

  unfollow (self);
  g_clear_pointer (&self->child, gtk_widget_unparent);
}
