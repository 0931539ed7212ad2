/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-steps.h"

#include <glib/gi18n-lib.h>

#define N_STEPS 3

/**
 * HdFormSteps:
 *
 * Fill In · Review · Done: where one is on the way.
 */

struct _HdFormSteps
{
  AdwBin     parent_instance;

  GtkWidget *labels[N_STEPS];   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdFormSteps, hd_form_steps, ADW_TYPE_BIN)

static void
hd_form_steps_class_init (HdFormStepsClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "formsteps");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
append_arrow (GtkWidget *box)
{
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE,
                                   "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   NULL);

  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_box_append (GTK_BOX (box), arrow);
}

static void
hd_form_steps_init (HdFormSteps *self)
{
  const char *names[N_STEPS] = { _("Fill In"), _("Review"), _("Done") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);

  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i > 0)
        append_arrow (box);

      self->labels[i] = gtk_label_new (names[i]);
      gtk_label_set_ellipsize (GTK_LABEL (self->labels[i]), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), self->labels[i]);
    }

  adw_bin_set_child (ADW_BIN (self), box);
  hd_form_steps_set_step (self, HD_FORM_STEP_FILL_IN);
}

GtkWidget *
hd_form_steps_new (void)
{
  return g_object_new (HD_TYPE_FORM_STEPS, NULL);
}

void
hd_form_steps_set_step (HdFormSteps *self,
                        HdFormStep   step)
{
  g_autofree char *label = NULL;

  g_return_if_fail (HD_IS_FORM_STEPS (self));

  for (guint i = 0; i < N_STEPS; i++)
    {
      gtk_widget_remove_css_class (self->labels[i], "current");
      gtk_widget_remove_css_class (self->labels[i], "dim-label");
      gtk_widget_add_css_class (self->labels[i], i == (guint) step ? "current" : "dim-label");
    }

  /* Translators: where one is in a form: “Step 2 of 3: Review” */
  label = g_strdup_printf (_("Step %d of %d: %s"), (int) step + 1, N_STEPS,
                           gtk_label_get_text (GTK_LABEL (self->labels[step])));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
