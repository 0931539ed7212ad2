/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-text-field.h"

#include "hd-compat.h"

#define MIN_HEIGHT 96
#define MAX_HEIGHT 320

/**
 * HdTextField:
 *
 * A text of many lines, which grows with what is written up to a height.
 */

struct _HdTextField
{
  HdFieldRow     parent_instance;

  GtkTextView   *text_view;     /* (unowned) */
  GtkTextBuffer *buffer;        /* (unowned) */
  GtkWidget     *placeholder;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdTextField, hd_text_field, HD_TYPE_FIELD_ROW)

static char *
dup_text (HdTextField *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
text_changed_cb (HdTextField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  g_autofree char *text = dup_text (self);

  gtk_widget_set_visible (self->placeholder, *text == '\0');

  if (!hd_field_row_is_showing (row))
    hd_answers_set (hd_field_row_get_answers (row), hd_field_row_get_id (row), text);
}

static GtkWidget *
make_placeholder (HdField *field)
{
  GtkWidget *label = gtk_label_new (hd_field_get_placeholder (field));

  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "text-placeholder");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);

  return label;
}

static void
hd_text_field_build (HdFieldRow *row)
{
  HdTextField *self = HD_TEXT_FIELD (row);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *overlay = gtk_overlay_new ();

  self->text_view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->text_view);
  gtk_text_view_set_accepts_tab (self->text_view, FALSE);
  gtk_text_view_set_wrap_mode (self->text_view, GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE, -1);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->text_view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  hd_compat_pass_wheel_on (GTK_SCROLLED_WINDOW (scroller));

  self->placeholder = make_placeholder (hd_field_row_get_field (row));
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->placeholder);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "text-field");

  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  hd_field_row_set_control (row, overlay, GTK_WIDGET (self->text_view));
}

static void
hd_text_field_show_answer (HdFieldRow *row)
{
  HdTextField *self = HD_TEXT_FIELD (row);
  const char *answer = hd_answers_get (hd_field_row_get_answers (row), hd_field_row_get_id (row));
  g_autofree char *text = dup_text (self);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (g_strcmp0 (text, answer) != 0 && !(answer == NULL && *stripped == '\0'))
    gtk_text_buffer_set_text (self->buffer, answer != NULL ? answer : "", -1);
}

static void
hd_text_field_class_init (HdTextFieldClass *klass)
{
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  row_class->build = hd_text_field_build;
  row_class->show_answer = hd_text_field_show_answer;
}

static void
hd_text_field_init (HdTextField *self)
{
}
