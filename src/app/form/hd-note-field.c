/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-note-field.h"

/**
 * HdNoteField:
 *
 * Something to read between the fields; the label is its heading, the help its text.
 */

struct _HdNoteField
{
  HdFieldRow parent_instance;
};

G_DEFINE_FINAL_TYPE (HdNoteField, hd_note_field, HD_TYPE_FIELD_ROW)

static void
hd_note_field_build (HdFieldRow *row)
{
  gtk_widget_add_css_class (GTK_WIDGET (row), "note");
}

static void
hd_note_field_class_init (HdNoteFieldClass *klass)
{
  HD_FIELD_ROW_CLASS (klass)->build = hd_note_field_build;
}

static void
hd_note_field_init (HdNoteField *self)
{
}
