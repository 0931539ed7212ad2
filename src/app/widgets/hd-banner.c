/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-banner.h"

#include "hd-button-names.h"

/**
 * HdBanner:
 *
 * A state that lasts, told across the whole width: what is so, what follows
 * from it, and one thing that can be done.  A screen reader hears of it when it
 * appears.
 */

#define LARGEST_WIDTH (1 << 20)

struct _HdBanner
{
  AdwBin       parent_instance;

  GtkRevealer *revealer;
  GtkBox      *box;
  GtkImage    *icon;
  GtkLabel    *title_label;
  GtkLabel    *text_label;
  GtkButton   *button;
};

G_DEFINE_FINAL_TYPE (HdBanner, hd_banner, ADW_TYPE_BIN)

typedef enum
{
  PROP_REVEALED = 1,
} HdBannerProp;

static GParamSpec *properties[PROP_REVEALED + 1];

static void
set_revealed (HdBanner *self,
              gboolean  revealed)
{
  if (gtk_revealer_get_reveal_child (self->revealer) == revealed)
    return;

  if (revealed)
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);

  gtk_revealer_set_reveal_child (self->revealer, revealed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

/* What has slid away must not be read out either. */
static void
child_revealed_cb (HdBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), gtk_revealer_get_reveal_child (self->revealer) ||
                          gtk_revealer_get_child_revealed (self->revealer));
}

/* Labels that wrap can be a pixel lower without a width than with a very large one, which GTK 4.8 complains of:
 * the height without a width is that with the largest. */
static void
hd_banner_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0)
    for_size = LARGEST_WIDTH;

  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
hd_banner_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static GtkSizeRequestMode
hd_banner_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hd_banner_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  HdBanner *self = HD_BANNER (object);

  switch ((HdBannerProp) prop_id)
    {
    case PROP_REVEALED:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->revealer));
      break;
    }
}

static void
hd_banner_class_init (HdBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hd_banner_get_property;
  widget_class->measure = hd_banner_measure;
  widget_class->size_allocate = hd_banner_size_allocate;
  widget_class->get_request_mode = hd_banner_get_request_mode;

  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-banner.ui");
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
  gtk_widget_class_bind_template_child (widget_class, HdBanner, box);
  gtk_widget_class_bind_template_child (widget_class, HdBanner, button);
  gtk_widget_class_bind_template_child (widget_class, HdBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, HdBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, HdBanner, text_label);
  gtk_widget_class_bind_template_child (widget_class, HdBanner, title_label);
}

static void
hd_banner_init (HdBanner *self)
{
  /* AdwBin's would not ask us. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hd_banner_new (void)
{
  return g_object_new (HD_TYPE_BANNER, NULL);
}

/**
 * hd_banner_show:
 * @icon_name: (nullable)
 * @title: what is so
 * @text: (nullable): what follows from it
 * @button_label: (nullable): with a mnemonic; %NULL for no button
 * @action_name: (nullable): the action of the button, without a parameter
 *
 * Shows the banner, or changes what it says.
 */
void
hd_banner_show (HdBanner   *self,
                const char *icon_name,
                const char *title,
                const char *text,
                const char *button_label,
                const char *action_name)
{
  g_return_if_fail (HD_IS_BANNER (self));
  g_return_if_fail (title != NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->text_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_button_set_label (self->button, button_label != NULL ? button_label : "");
  hd_button_names_clean (GTK_WIDGET (self->button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  set_revealed (self, TRUE);
}

void
hd_banner_hide (HdBanner *self)
{
  g_return_if_fail (HD_IS_BANNER (self));

  set_revealed (self, FALSE);
}

/* Where there is little room the button stands below the words. */
void
hd_banner_set_narrow (HdBanner *self,
                      gboolean  narrow)
{
  g_return_if_fail (HD_IS_BANNER (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, narrow ? 6 : 12);
  gtk_widget_set_halign (GTK_WIDGET (self->button), narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
}
