/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-title-box.h"

/**
 * HdTitleBox:
 *
 * A title over a subtitle, each in at most two lines: the texts of a row.
 *
 * It is quick to measure: libadwaita’s row lets GTK lay each text out in some
 * thirty widths, which was half of what the first page took to appear.
 */

/* What it can be narrowed to; the rest is wrapped and ellipsised. */
#define MIN_WIDTH 80
#define SPACING 3

struct _HdTitleBox
{
  GtkWidget  parent_instance;

  GtkWidget *title;     /* (unowned): a GtkLabel */
  GtkWidget *subtitle;  /* (unowned): a GtkLabel */
};

G_DEFINE_FINAL_TYPE (HdTitleBox, hd_title_box, GTK_TYPE_WIDGET)

static int
get_natural_width (GtkWidget *label)
{
  int natural = 0;

  if (gtk_widget_should_layout (label))
    gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/*
 * With one line where the text fits, else with two: so that it is the same two
 * widths that are asked for, whatever the width, and GTK remembers the answers.
 */
static int
measure_label (GtkWidget *label,
               int        width)
{
  int natural = get_natural_width (label);
  int height = 0;

  if (!gtk_widget_should_layout (label))
    return 0;

  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width >= natural ? natural : natural - 1,
                      NULL, &height, NULL, NULL);

  return height;
}

static int
get_spacing (HdTitleBox *self)
{
  return gtk_widget_should_layout (self->title) && gtk_widget_should_layout (self->subtitle) ? SPACING : 0;
}

static GtkSizeRequestMode
hd_title_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hd_title_box_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  HdTitleBox *self = HD_TITLE_BOX (widget);
  /* Without a width it is the least height there is, and the natural width is enough for it: newer GTK insists. */
  int width = for_size >= 0 ? for_size : G_MAXINT;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = MAX (MIN_WIDTH, MAX (get_natural_width (self->title), get_natural_width (self->subtitle)));
    }
  else
    {
      *minimum = measure_label (self->title, width) + get_spacing (self) + measure_label (self->subtitle, width);
      *natural = *minimum;
    }
}

static void
hd_title_box_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  HdTitleBox *self = HD_TITLE_BOX (widget);
  int title_height = measure_label (self->title, width);
  int subtitle_height = measure_label (self->subtitle, width);
  int y = MAX (0, (height - title_height - get_spacing (self) - subtitle_height) / 2);

  if (gtk_widget_should_layout (self->title))
    gtk_widget_size_allocate (self->title, &(GtkAllocation) { 0, y, width, title_height }, -1);

  y += title_height + get_spacing (self);

  if (gtk_widget_should_layout (self->subtitle))
    gtk_widget_size_allocate (self->subtitle, &(GtkAllocation) { 0, y, width, subtitle_height }, -1);
}

static void
hd_title_box_dispose (GObject *object)
{
  HdTitleBox *self = HD_TITLE_BOX (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->subtitle, gtk_widget_unparent);

  G_OBJECT_CLASS (hd_title_box_parent_class)->dispose (object);
}

static void
hd_title_box_class_init (HdTitleBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_title_box_dispose;
  widget_class->get_request_mode = hd_title_box_get_request_mode;
  widget_class->measure = hd_title_box_measure;
  widget_class->size_allocate = hd_title_box_size_allocate;

  /* The names that libadwaita's rows are styled by. */
  gtk_widget_class_set_css_name (widget_class, "box");
}

static GtkWidget *
create_label (HdTitleBox *self,
              const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "ellipsize", PANGO_ELLIPSIZE_END,
                                   "lines", 2,
                                   "visible", FALSE,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0,
                                   NULL);

  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
hd_title_box_init (HdTitleBox *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "title");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  self->title = create_label (self, "title");
  self->subtitle = create_label (self, "subtitle");
}

GtkWidget *
hd_title_box_new (void)
{
  return g_object_new (HD_TYPE_TITLE_BOX, NULL);
}

static void
set_label (GtkWidget  *label,
           const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* @title: (nullable); @subtitle: (nullable): plain texts */
void
hd_title_box_set (HdTitleBox *self,
                  const char *title,
                  const char *subtitle)
{
  g_return_if_fail (HD_IS_TITLE_BOX (self));

  set_label (self->title, title);
  set_label (self->subtitle, subtitle);
}
