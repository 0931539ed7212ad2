/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offering-card.h"

#include "hd-offering-icon.h"
#include "hd-star-button.h"

/**
 * HdOfferingCard:
 *
 * A service offering in the flow of the catalog: icon, name, two lines about
 * it, how long it takes, and its star.
 */

struct _HdOfferingCard
{
  GtkFlowBoxChild  parent_instance;

  HdOffering      *offering;   /* (owned) */
  GtkWidget       *star;       /* (unowned) */
  gboolean         favourite;

  /* Template objects */
  GtkBox          *header_box;
  GtkLabel        *name_label;
  GtkLabel        *summary_label;
  GtkWidget       *time_box;
  GtkLabel        *time_label;
};

G_DEFINE_FINAL_TYPE (HdOfferingCard, hd_offering_card, GTK_TYPE_FLOW_BOX_CHILD)

static void
hd_offering_card_dispose (GObject *object)
{
  g_clear_object (&HD_OFFERING_CARD (object)->offering);

  G_OBJECT_CLASS (hd_offering_card_parent_class)->dispose (object);
}

static void
hd_offering_card_class_init (HdOfferingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_offering_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-offering-card.ui");

  gtk_widget_class_bind_template_child (widget_class, HdOfferingCard, header_box);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingCard, summary_label);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingCard, time_box);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingCard, time_label);
}

static void
hd_offering_card_init (HdOfferingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hd_offering_card_new:
 * @offering: an offering
 * @favourite: whether it has a star
 *
 * Returns: its card, for a flow box
 */
GtkWidget *
hd_offering_card_new (HdOffering *offering,
                      gboolean    favourite)
{
  HdOfferingCard *self;
  GtkWidget *icon;
  const char *name, *summary, *time;

  g_return_val_if_fail (HD_IS_OFFERING (offering), NULL);

  self = g_object_new (HD_TYPE_OFFERING_CARD, NULL);
  self->offering = g_object_ref (offering);
  name = hd_offering_get_name (offering) != NULL ? hd_offering_get_name (offering) : "";
  summary = hd_offering_get_summary (offering);
  time = hd_offering_get_expected_time (offering);

  icon = hd_offering_icon_new (32, 24);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  hd_offering_icon_set_offering (HD_OFFERING_ICON (icon), offering);
  gtk_box_prepend (self->header_box, icon);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->summary_label, summary != NULL ? summary : "");
  gtk_label_set_text (self->time_label, time != NULL ? time : "");
  gtk_widget_set_visible (self->time_box, time != NULL);
  self->favourite = favourite;
  self->star = hd_star_button_new (hd_offering_get_id (offering), name, favourite);
  gtk_box_append (self->header_box, self->star);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary != NULL ? summary : "",
                                  -1);

  return GTK_WIDGET (self);
}

HdOffering *
hd_offering_card_get_offering (HdOfferingCard *self)
{
  g_return_val_if_fail (HD_IS_OFFERING_CARD (self), NULL);
  return self->offering;
}

void
hd_offering_card_set_favourite (HdOfferingCard *self,
                                gboolean        favourite)
{
  g_return_if_fail (HD_IS_OFFERING_CARD (self));

  /* The star may have been pressed since. */
  if (self->favourite != favourite ||
      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->star)) != favourite)
    hd_star_button_set (self->star, favourite);

  self->favourite = favourite;
}
