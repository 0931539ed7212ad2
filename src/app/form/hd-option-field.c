/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-option-field.h"

#include <glib/gi18n-lib.h>

#include "hd-option-dialog.h"

/**
 * HdOptionField:
 *
 * One or some of many options, or a person: a button that says what is chosen
 * and opens a search.
 */

struct _HdOptionField
{
  HdFieldRow  parent_instance;

  GtkWidget  *button;         /* (unowned) */
  GtkLabel   *label;          /* (unowned) */
  GtkWidget  *clear_button;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdOptionField, hd_option_field, HD_TYPE_FIELD_ROW)

static void
dialog_closed_cb (HdOptionField *self)
{
  /* Looking and not choosing is no fault yet; choosing wrongly shows at once. */
  hd_form_model_save (hd_field_row_get_model (HD_FIELD_ROW (self)));
}

static void
button_clicked_cb (HdOptionField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  GtkWidget *dialog = hd_option_dialog_new (hd_field_row_get_session (row), hd_field_row_get_model (row),
                                            hd_field_row_get_field (row));

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "unmap", G_CALLBACK (dialog_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
cleared_cb (HdOptionField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  gtk_widget_grab_focus (self->button);
  hd_answers_set (hd_field_row_get_answers (row), hd_field_row_get_id (row), NULL);
}

static void
hd_option_field_build (HdFieldRow *row)
{
  HdOptionField *self = HD_OPTION_FIELD (row);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0.0f);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), content);
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_add_css_class (self->button, "option-button");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (button_clicked_cb), self, G_CONNECT_SWAPPED);

  self->clear_button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (self->clear_button, "flat");
  gtk_widget_set_valign (self->clear_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->clear_button, _("Clear the Choice"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Clear the Choice"), -1);
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (cleared_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->clear_button);
  hd_field_row_set_control (row, box, self->button);

  /* Its name says what is chosen; the label alone, which newer GTK prefers, does not. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Returns: (transfer full) (nullable): what must be answered before there are options */
static char *
dup_missing_parent (HdFieldRow *row)
{
  const char *parent_id = hd_field_get_depends_on (hd_field_row_get_field (row));
  HdForm *form = hd_form_model_get_form (hd_field_row_get_model (row));
  HdField *parent = parent_id != NULL ? hd_form_find_field (form, parent_id) : NULL;

  if (parent == NULL || hd_answers_has (hd_field_row_get_answers (row), parent_id) ||
      !hd_form_model_is_visible (hd_field_row_get_model (row), parent))
    return NULL;

  return g_strdup_printf (_("First fill in “%s”"), hd_field_get_label (parent));
}

static void
hd_option_field_show_answer (HdFieldRow *row)
{
  HdOptionField *self = HD_OPTION_FIELD (row);
  HdField *field = hd_field_row_get_field (row);
  g_autofree char *text = hd_field_dup_value_text (field, hd_field_row_get_answers (row));
  g_autofree char *missing = dup_missing_parent (row);
  gboolean answered = *text != '\0';
  const char *placeholder = hd_field_get_placeholder (field) != NULL ? hd_field_get_placeholder (field)
                                                                     : _("Choose…");
  const char *shown = answered ? text : missing != NULL ? missing : placeholder;
  g_autofree char *name = g_strdup_printf ("%s: %s", hd_field_get_label (field), shown);

  gtk_label_set_text (self->label, shown);
  gtk_widget_set_sensitive (self->button, missing == NULL);
  gtk_widget_set_visible (self->clear_button, answered && !hd_field_get_required (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  if (answered)
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
}

static void
hd_option_field_class_init (HdOptionFieldClass *klass)
{
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  row_class->build = hd_option_field_build;
  row_class->show_answer = hd_option_field_show_answer;
}

static void
hd_option_field_init (HdOptionField *self)
{
}
