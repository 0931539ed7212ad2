/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-home-section.h"

#include <glib/gi18n.h>

/**
 * HdHomeSection:
 *
 * A heading over a boxed list of a few rows, with a way to all of them.  Not to
 * be seen while there is nothing in the list.
 */

struct _HdHomeSection
{
  AdwBin      parent_instance;

  GtkLabel   *title_label;
  GtkButton  *more_button;
  GtkListBox *list_box;

  GListModel *model;       /* (owned) (nullable) */
  char       *more_action; /* (owned) (nullable): a detailed action name */
};

G_DEFINE_FINAL_TYPE (HdHomeSection, hd_home_section, ADW_TYPE_BIN)

typedef enum
{
  PROP_TITLE = 1,
  PROP_MORE_ACTION,
  PROP_MORE_LABEL,
} HdHomeSectionProp;

static GParamSpec *properties[PROP_MORE_LABEL + 1];

static void
refresh (HdHomeSection *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->model != NULL && g_list_model_get_n_items (self->model) > 0);
}

static void
set_title (HdHomeSection *self,
           const char    *title)
{
  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
set_more_action (HdHomeSection *self,
                 const char    *action)
{
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), action != NULL);

  if (action != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->more_button), action);
}

static void
hd_home_section_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HdHomeSection *self = HD_HOME_SECTION (object);

  switch ((HdHomeSectionProp) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title_label));
      break;

    case PROP_MORE_ACTION:
      g_value_set_string (value, self->more_action);
      break;

    case PROP_MORE_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->more_button));
      break;
    }
}

static void
hd_home_section_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  HdHomeSection *self = HD_HOME_SECTION (object);

  switch ((HdHomeSectionProp) prop_id)
    {
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;

    case PROP_MORE_ACTION:
      g_free (self->more_action);
      self->more_action = g_value_dup_string (value);
      set_more_action (self, self->more_action);
      break;

    case PROP_MORE_LABEL:
      gtk_button_set_label (self->more_button, g_value_get_string (value));
      break;
    }
}

static void
hd_home_section_dispose (GObject *object)
{
  HdHomeSection *self = HD_HOME_SECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (hd_home_section_parent_class)->dispose (object);
}

static void
hd_home_section_finalize (GObject *object)
{
  HdHomeSection *self = HD_HOME_SECTION (object);

  g_clear_pointer (&self->more_action, g_free);

  G_OBJECT_CLASS (hd_home_section_parent_class)->finalize (object);
}

static void
hd_home_section_class_init (HdHomeSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_home_section_dispose;
  object_class->finalize = hd_home_section_finalize;
  object_class->get_property = hd_home_section_get_property;
  object_class->set_property = hd_home_section_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MORE_ACTION] =
    g_param_spec_string ("more-action", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MORE_LABEL] =
    g_param_spec_string ("more-label", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-home-section.ui");
  gtk_widget_class_bind_template_child (widget_class, HdHomeSection, list_box);
  gtk_widget_class_bind_template_child (widget_class, HdHomeSection, more_button);
  gtk_widget_class_bind_template_child (widget_class, HdHomeSection, title_label);
}

static void
hd_home_section_init (HdHomeSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* @model: (transfer none); @create_row: as gtk_list_box_bind_model() */
void
hd_home_section_bind (HdHomeSection              *self,
                      GListModel                 *model,
                      GtkListBoxCreateWidgetFunc  create_row,
                      gpointer                    user_data)
{
  g_return_if_fail (HD_IS_HOME_SECTION (self));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (refresh), self);
  gtk_list_box_bind_model (self->list_box, model, create_row, user_data, NULL);
  refresh (self);
}
