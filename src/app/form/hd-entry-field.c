/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-entry-field.h"

#include "hd-typed-value.h"

/**
 * HdEntryField:
 *
 * One line: a text, a number, or a secret, which is concealed.
 */

struct _HdEntryField
{
  HdFieldRow  parent_instance;

  GtkWidget  *entry;   /* (unowned): a GtkEditable */
};

G_DEFINE_FINAL_TYPE (HdEntryField, hd_entry_field, HD_TYPE_FIELD_ROW)

/* Returns: (transfer full): the answer that stands in the entry */
static char *
dup_value (HdEntryField *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  HdField *field = hd_field_row_get_field (HD_FIELD_ROW (self));

  return hd_field_get_field_type (field) == HD_FIELD_TYPE_NUMBER ? hd_number_normalize (text) : g_strdup (text);
}

static void
text_changed_cb (HdEntryField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  g_autofree char *value = dup_value (self);

  if (!hd_field_row_is_showing (row))
    hd_answers_set (hd_field_row_get_answers (row), hd_field_row_get_id (row), value);
}

/* Enter leads on to the next field, as Tab does. */
static void
activated_cb (HdEntryField *self)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_entry (HdField *field)
{
  GtkWidget *entry;

  if (hd_field_get_sensitive (field))
    {
      entry = gtk_password_entry_new ();
      gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
      g_object_set (entry, "placeholder-text", hd_field_get_placeholder (field), NULL);
      return entry;
    }

  entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hd_field_get_placeholder (field));

  if (hd_field_get_field_type (field) == HD_FIELD_TYPE_NUMBER)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);

  return entry;
}

static void
hd_entry_field_build (HdFieldRow *row)
{
  HdEntryField *self = HD_ENTRY_FIELD (row);

  self->entry = make_entry (hd_field_row_get_field (row));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  hd_field_row_set_control (row, self->entry, self->entry);
}

static void
hd_entry_field_show_answer (HdFieldRow *row)
{
  HdEntryField *self = HD_ENTRY_FIELD (row);
  const char *answer = hd_answers_get (hd_field_row_get_answers (row), hd_field_row_get_id (row));
  g_autofree char *value = dup_value (self);
  g_autofree char *stripped = g_strstrip (g_strdup (value));

  /* What is being typed stays as it is typed while it means the answer. */
  if (g_strcmp0 (value, answer) != 0 && !(answer == NULL && *stripped == '\0'))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), answer != NULL ? answer : "");
}

static void
hd_entry_field_class_init (HdEntryFieldClass *klass)
{
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  row_class->build = hd_entry_field_build;
  row_class->show_answer = hd_entry_field_show_answer;
}

static void
hd_entry_field_init (HdEntryField *self)
{
}
