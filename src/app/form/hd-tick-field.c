/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-tick-field.h"

/**
 * HdTickField:
 *
 * Yes or no: a box to tick with the label beside it.
 */

struct _HdTickField
{
  HdFieldRow      parent_instance;

  GtkCheckButton *button;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdTickField, hd_tick_field, HD_TYPE_FIELD_ROW)

static void
toggled_cb (HdTickField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  if (!hd_field_row_is_showing (row))
    hd_answers_set (hd_field_row_get_answers (row), hd_field_row_get_id (row),
                    gtk_check_button_get_active (self->button) ? "true" : "false");
}

static void
hd_tick_field_build (HdFieldRow *row)
{
  HdTickField *self = HD_TICK_FIELD (row);
  g_autofree char *title = hd_field_dup_title (hd_field_row_get_field (row));
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);

  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_check_button_set_child (self->button, label);
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  hd_field_row_hide_title (row);
  hd_field_row_set_control (row, GTK_WIDGET (self->button), GTK_WIDGET (self->button));
}

static void
hd_tick_field_show_answer (HdFieldRow *row)
{
  const char *answer = hd_answers_get (hd_field_row_get_answers (row), hd_field_row_get_id (row));

  gtk_check_button_set_active (HD_TICK_FIELD (row)->button, g_strcmp0 (answer, "true") == 0);
}

static void
hd_tick_field_class_init (HdTickFieldClass *klass)
{
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  row_class->build = hd_tick_field_build;
  row_class->show_answer = hd_tick_field_show_answer;
}

static void
hd_tick_field_init (HdTickField *self)
{
}
