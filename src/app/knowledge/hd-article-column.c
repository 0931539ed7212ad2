/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-column.h"

#include "hd-adaptive-bin.h"

/**
 * HdArticleColumn:
 *
 * Gives its child the column that the style sheet of an article gives its text,
 * so that both stand one below the other. As in the web view, every length
 * grows with the person's text and with the zoom.
 */

#define MEASURE 640
#define MARGIN 24
#define NARROW_MARGIN 12
/* Less is narrow. */
#define NARROW_WIDTH 600

struct _HdArticleColumn
{
  AdwBin parent_instance;

  double zoom;
};

G_DEFINE_FINAL_TYPE (HdArticleColumn, hd_article_column, ADW_TYPE_BIN)

static double
get_factor (HdArticleColumn *self)
{
  return hd_adaptive_bin_get_text_scale (GTK_WIDGET (self)) * self->zoom;
}

static int
get_column_width (HdArticleColumn *self,
                  int              width)
{
  double factor = get_factor (self);
  double margin = width < NARROW_WIDTH * factor ? NARROW_MARGIN : MARGIN;

  return (int) MIN (MEASURE * factor, width - 2 * margin * factor);
}

static void
hd_article_column_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  HdArticleColumn *self = HD_ARTICLE_COLUMN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int child_width = 0;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
      gtk_widget_measure (child, orientation, for_size < 0 ? -1 : MAX (get_column_width (self, for_size), child_width),
                          minimum, natural, NULL, NULL);
      return;
    }

  gtk_widget_measure (child, orientation, -1, minimum, NULL, NULL, NULL);
  *minimum += (int) (2 * NARROW_MARGIN * get_factor (self));
  *natural = MAX (*minimum, (int) ((MEASURE + 2 * MARGIN) * get_factor (self)));
}

static void
hd_article_column_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  GtkAllocation allocation = { 0, 0, 0, height };
  int minimum;

  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  allocation.width = MAX (get_column_width (HD_ARTICLE_COLUMN (widget), width), minimum);
  allocation.x = (width - allocation.width) / 2;
  gtk_widget_size_allocate (child, &allocation, baseline);
}

static GtkSizeRequestMode
hd_article_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hd_article_column_class_init (HdArticleColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hd_article_column_measure;
  widget_class->size_allocate = hd_article_column_size_allocate;
  widget_class->get_request_mode = hd_article_column_get_request_mode;
}

static void
hd_article_column_init (HdArticleColumn *self)
{
  self->zoom = 1.0;
  /* A bin's own would measure the child itself. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

GtkWidget *
hd_article_column_new (void)
{
  return g_object_new (HD_TYPE_ARTICLE_COLUMN, NULL);
}

void
hd_article_column_set_zoom (HdArticleColumn *self,
                            double           zoom)
{
  g_return_if_fail (HD_IS_ARTICLE_COLUMN (self));

  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
