/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-adaptive-bin.h"

/**
 * HdAdaptiveBin:
 *
 * Tells by its "size-class" how much room its child has, so that the child can
 * arrange itself anew.
 *
 * It asks for no more than 360 px (twice that where text is twice as large), whatever the child asks for at the moment:
 * otherwise a child arranged for a wide window would keep the window from ever
 * becoming narrow.  What does not fit is clipped for the one frame until the
 * child has heard of it.  The change is told outside of the allocation, since
 * a widget must not queue a resize in there.
 */

#define MIN_WIDTH 360
#define MEDIUM_WIDTH 600
#define WIDE_WIDTH 1100

struct _HdAdaptiveBin
{
  AdwBin      parent_instance;

  HdSizeClass size_class;
  HdSizeClass next_size_class;
  guint       apply_id;
};

G_DEFINE_ENUM_TYPE (HdSizeClass, hd_size_class,
                    G_DEFINE_ENUM_VALUE (HD_SIZE_CLASS_NARROW, "narrow"),
                    G_DEFINE_ENUM_VALUE (HD_SIZE_CLASS_MEDIUM, "medium"),
                    G_DEFINE_ENUM_VALUE (HD_SIZE_CLASS_WIDE, "wide"))

G_DEFINE_FINAL_TYPE (HdAdaptiveBin, hd_adaptive_bin, ADW_TYPE_BIN)

typedef enum
{
  PROP_SIZE_CLASS = 1,
} HdAdaptiveBinProp;

static GParamSpec *properties[PROP_SIZE_CLASS + 1];

/* How much larger than normal the person has text. */
double
hd_adaptive_bin_get_text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? MAX (dpi / 1024.0 / 96.0, 0.5) : 1.0;
}

static HdSizeClass
find_size_class (HdAdaptiveBin *self,
                 int            width)
{
  double scaled = width / hd_adaptive_bin_get_text_scale (GTK_WIDGET (self));

  if (scaled < MEDIUM_WIDTH)
    return HD_SIZE_CLASS_NARROW;

  return scaled < WIDE_WIDTH ? HD_SIZE_CLASS_MEDIUM : HD_SIZE_CLASS_WIDE;
}

static void
set_size_class (HdAdaptiveBin *self,
                HdSizeClass    size_class)
{
  self->next_size_class = size_class;

  if (self->size_class == size_class)
    return;

  self->size_class = size_class;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE_CLASS]);
}

static gboolean
apply_cb (gpointer user_data)
{
  HdAdaptiveBin *self = user_data;

  self->apply_id = 0;
  set_size_class (self, self->next_size_class);

  return G_SOURCE_REMOVE;
}

static void
hd_adaptive_bin_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int child_width = 0;

  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
      for_size = MAX (for_size, child_width);
    }

  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (*minimum, (int) (MIN_WIDTH * MAX (hd_adaptive_bin_get_text_scale (widget), 1.0)));
      *natural = MAX (*minimum, *natural);
    }
}

static void
hd_adaptive_bin_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  HdAdaptiveBin *self = HD_ADAPTIVE_BIN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int child_width = 0;
  int child_height = 0;

  self->next_size_class = find_size_class (self, width);

  if (self->next_size_class != self->size_class && self->apply_id == 0)
    self->apply_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_cb, self, NULL);

  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
  child_width = MAX (width, child_width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, &child_height, NULL, NULL, NULL);
  gtk_widget_allocate (child, child_width, MAX (height, child_height), baseline, NULL);
}

static GtkSizeRequestMode
hd_adaptive_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hd_adaptive_bin_dispose (GObject *object)
{
  HdAdaptiveBin *self = HD_ADAPTIVE_BIN (object);

  g_clear_handle_id (&self->apply_id, g_source_remove);

  G_OBJECT_CLASS (hd_adaptive_bin_parent_class)->dispose (object);
}

static void
hd_adaptive_bin_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HdAdaptiveBin *self = HD_ADAPTIVE_BIN (object);

  switch ((HdAdaptiveBinProp) prop_id)
    {
    case PROP_SIZE_CLASS:
      g_value_set_enum (value, self->size_class);
      break;
    }
}

static void
hd_adaptive_bin_class_init (HdAdaptiveBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_adaptive_bin_dispose;
  object_class->get_property = hd_adaptive_bin_get_property;
  widget_class->measure = hd_adaptive_bin_measure;
  widget_class->size_allocate = hd_adaptive_bin_size_allocate;
  widget_class->get_request_mode = hd_adaptive_bin_get_request_mode;

  properties[PROP_SIZE_CLASS] =
    g_param_spec_enum ("size-class", NULL, NULL, HD_TYPE_SIZE_CLASS, HD_SIZE_CLASS_MEDIUM,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hd_adaptive_bin_init (HdAdaptiveBin *self)
{
  self->size_class = HD_SIZE_CLASS_MEDIUM;
  self->next_size_class = HD_SIZE_CLASS_MEDIUM;

  /* AdwBin's would allocate the child without asking us. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
hd_adaptive_bin_new (void)
{
  return g_object_new (HD_TYPE_ADAPTIVE_BIN, NULL);
}

HdSizeClass
hd_adaptive_bin_get_size_class (HdAdaptiveBin *self)
{
  g_return_val_if_fail (HD_IS_ADAPTIVE_BIN (self), HD_SIZE_CLASS_MEDIUM);

  return self->size_class;
}

/**
 * hd_adaptive_bin_expect_width:
 * @width: how wide it is going to be, as far as is known
 *
 * Before the first allocation: saves a new window from being arranged twice.
 */
void
hd_adaptive_bin_expect_width (HdAdaptiveBin *self,
                              int            width)
{
  g_return_if_fail (HD_IS_ADAPTIVE_BIN (self));

  set_size_class (self, find_size_class (self, width));
}
