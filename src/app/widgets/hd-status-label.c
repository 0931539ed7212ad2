/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-status-label.h"

#include <glib/gi18n.h>

/**
 * HdStatusLabel:
 *
 * Where a request stands: an icon, a word and a colour, so that the colour
 * alone never says anything.  Waiting for the person goes before the status.
 */

struct _HdStatusLabel
{
  AdwBin      parent_instance;

  GtkImage   *icon;             /* (unowned) */
  GtkLabel   *label;            /* (unowned) */
  const char *style;            /* (nullable): static */
  HdStatus    status;
  gboolean    waiting_for_me;
};

G_DEFINE_FINAL_TYPE (HdStatusLabel, hd_status_label, ADW_TYPE_BIN)

typedef enum
{
  PROP_STATUS = 1,
  PROP_WAITING_FOR_ME,
} HdStatusLabelProp;

static GParamSpec *properties[PROP_WAITING_FOR_ME + 1];

static const struct
{
  const char *icon_name;
  const char *style;
} looks[] = {
  [HD_STATUS_UNKNOWN] = { "dialog-question-symbolic", "hd-status-closed" },
  [HD_STATUS_REGISTERED] = { "hd-registered-symbolic", "hd-status-registered" },
  [HD_STATUS_IN_PROGRESS] = { "hd-in-progress-symbolic", "hd-status-in-progress" },
  [HD_STATUS_CLOSED] = { "hd-closed-symbolic", "hd-status-closed" },
  [HD_STATUS_CANCELLED] = { "hd-cancelled-symbolic", "hd-status-cancelled" },
};

static void
refresh (HdStatusLabel *self)
{
  HdStatus status = MIN (self->status, HD_STATUS_CANCELLED);
  const char *icon_name = looks[status].icon_name;
  const char *style = looks[status].style;
  const char *text = hd_status_get_label (status);

  if (self->waiting_for_me)
    {
      icon_name = "hd-waiting-symbolic";
      style = "hd-status-waiting";
      text = _("Waiting for You");
    }

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  if (self->style != style)
    {
      if (self->style != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);

      gtk_widget_add_css_class (GTK_WIDGET (self), style);
      self->style = style;
    }
}

static void
hd_status_label_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HdStatusLabel *self = HD_STATUS_LABEL (object);

  switch ((HdStatusLabelProp) prop_id)
    {
    case PROP_STATUS:
      g_value_set_enum (value, self->status);
      break;

    case PROP_WAITING_FOR_ME:
      g_value_set_boolean (value, self->waiting_for_me);
      break;
    }
}

static void
hd_status_label_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  HdStatusLabel *self = HD_STATUS_LABEL (object);

  switch ((HdStatusLabelProp) prop_id)
    {
    case PROP_STATUS:
      hd_status_label_set (self, g_value_get_enum (value), self->waiting_for_me);
      break;

    case PROP_WAITING_FOR_ME:
      hd_status_label_set (self, self->status, g_value_get_boolean (value));
      break;
    }
}

static void
hd_status_label_class_init (HdStatusLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hd_status_label_get_property;
  object_class->set_property = hd_status_label_set_property;

  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, HD_TYPE_STATUS, HD_STATUS_UNKNOWN,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_WAITING_FOR_ME] =
    g_param_spec_boolean ("waiting-for-me", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

/* By hand: a column of a long list makes many of these, and there is nothing to say in a template. */
static void
hd_status_label_init (HdStatusLabel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE,
                                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                        NULL));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0.0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "hd-status");
  adw_bin_set_child (ADW_BIN (self), box);
  refresh (self);
}

GtkWidget *
hd_status_label_new (void)
{
  return g_object_new (HD_TYPE_STATUS_LABEL, NULL);
}

/* @whole: whether it is never ellipsised: what stands beside it must give way */
void
hd_status_label_set_whole (HdStatusLabel *self,
                           gboolean       whole)
{
  g_return_if_fail (HD_IS_STATUS_LABEL (self));

  gtk_label_set_ellipsize (self->label, whole ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

void
hd_status_label_set (HdStatusLabel *self,
                     HdStatus       status,
                     gboolean       waiting_for_me)
{
  gboolean status_changed;
  gboolean waiting_changed;

  g_return_if_fail (HD_IS_STATUS_LABEL (self));

  waiting_for_me = !!waiting_for_me;
  status_changed = self->status != status;
  waiting_changed = self->waiting_for_me != waiting_for_me;

  if (!status_changed && !waiting_changed)
    return;

  self->status = status;
  self->waiting_for_me = waiting_for_me;
  refresh (self);

  if (status_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);

  if (waiting_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING_FOR_ME]);
}
