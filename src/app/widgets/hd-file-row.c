/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-file-row.h"

#include <glib/gi18n.h>

/**
 * HdFileRow:
 *
 * A file: its picture or icon, its name with the middle left out where there is
 * no room (the end says what it is), its size, and buttons for what can be done
 * with it: the signals "open", "save" and "remove".  While it is being moved they
 * give way to a button that stops that, the signal "stop".  Put into a GtkListBox.
 */

#define THUMBNAIL_SIZE 40
/* A larger one is not decoded for the sake of a thumbnail. */
#define MAX_THUMBNAIL_BYTES (32 * 1024 * 1024)

struct _HdFileRow
{
  AdwBin           parent_instance;

  GtkStack        *picture_stack;
  GtkPicture      *picture;
  GtkImage        *icon;
  GtkLabel        *name_label;
  GtkLabel        *size_label;
  GtkLabel        *note_label;
  GtkProgressBar  *progress_bar;
  GtkButton       *open_button;
  GtkButton       *save_button;
  GtkButton       *remove_button;
  GtkButton       *stop_button;

  HdFileRowActions actions;
  guint64          size;
  GCancellable    *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdFileRow, hd_file_row, ADW_TYPE_BIN)

enum
{
  OPEN,
  SAVE,
  REMOVE,
  STOP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
open_clicked_cb (HdFileRow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
save_clicked_cb (HdFileRow *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
remove_clicked_cb (HdFileRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
stop_clicked_cb (HdFileRow *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

static void
thumbnail_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdFileRow *self = user_data;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  pixbuf = gdk_pixbuf_new_from_stream_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* No picture after all: the icon stays. */
  if (pixbuf == NULL)
    return;

  texture = gdk_texture_new_for_pixbuf (pixbuf);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child (self->picture_stack, GTK_WIDGET (self->picture));
}

static void
thumbnail_opened_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  HdFileRow *self = user_data;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  int size;

  stream = g_file_read_finish (G_FILE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (stream == NULL)
    return;

  size = THUMBNAIL_SIZE * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gdk_pixbuf_new_from_stream_at_scale_async (G_INPUT_STREAM (stream), size, size, TRUE,
                                             self->cancellable, thumbnail_read_cb, self);
}

/* Each button says which file it is about: ten “Remove” in a list say nothing. */
static void
label_buttons (HdFileRow  *self,
               const char *name)
{
  /* Translators: %s is a file's name. */
  g_autofree char *open_label = g_strdup_printf (_("Open “%s”"), name);
  /* Translators: %s is a file's name. */
  g_autofree char *save_label = g_strdup_printf (_("Save “%s”"), name);
  /* Translators: %s is a file's name. */
  g_autofree char *remove_label = g_strdup_printf (_("Remove “%s”"), name);
  /* Translators: %s is the name of a file that is being downloaded. */
  g_autofree char *stop_label = g_strdup_printf (_("Cancel “%s”"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, open_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, save_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stop_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, stop_label, -1);
}

static void
hd_file_row_dispose (GObject *object)
{
  HdFileRow *self = HD_FILE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (hd_file_row_parent_class)->dispose (object);
}

static void
hd_file_row_class_init (HdFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_file_row_dispose;

  signals[OPEN] = g_signal_new ("open", HD_TYPE_FILE_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", HD_TYPE_FILE_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", HD_TYPE_FILE_ROW, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOP] = g_signal_new ("stop", HD_TYPE_FILE_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-file-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, note_label);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, picture);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, picture_stack);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, size_label);
  gtk_widget_class_bind_template_child (widget_class, HdFileRow, stop_button);
}

static void
hd_file_row_init (HdFileRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_icon (HdFileRow  *self,
          const char *content_type)
{
  g_autofree char *type = content_type != NULL ? g_content_type_from_mime_type (content_type) : NULL;
  g_autoptr (GIcon) icon = g_content_type_get_symbolic_icon (type != NULL ? type : "application/octet-stream");

  gtk_image_set_from_gicon (self->icon, icon);
}

static void
show_size (HdFileRow *self)
{
  g_autofree char *text = g_format_size (self->size);

  gtk_label_set_label (self->size_label, text);
}

/* What can be done, or the button that stops what is being done. */
static void
show_buttons (HdFileRow *self,
              gboolean   moving)
{
  HdFileRowActions actions = moving ? 0 : self->actions;

  gtk_widget_set_visible (GTK_WIDGET (self->open_button), (actions & HD_FILE_ROW_OPEN) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), (actions & HD_FILE_ROW_SAVE) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->remove_button), (actions & HD_FILE_ROW_REMOVE) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), moving);
}

/**
 * hd_file_row_new:
 * @name: the file's name, anything
 * @content_type: (nullable): its MIME type
 * @size: in bytes
 * @actions: the buttons
 */
GtkWidget *
hd_file_row_new (const char       *name,
                 const char       *content_type,
                 guint64           size,
                 HdFileRowActions  actions)
{
  HdFileRow *self = g_object_new (HD_TYPE_FILE_ROW, NULL);
  g_autofree char *shown = g_utf8_make_valid (name != NULL ? name : "", -1);

  self->size = size;
  self->actions = actions;
  gtk_label_set_label (self->name_label, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), shown);
  show_size (self);
  show_buttons (self, FALSE);
  label_buttons (self, shown);
  set_icon (self, content_type);

  return GTK_WIDGET (self);
}

const char *
hd_file_row_get_name (HdFileRow *self)
{
  g_return_val_if_fail (HD_IS_FILE_ROW (self), NULL);

  return gtk_label_get_label (self->name_label);
}

/* Shows @file, a picture on this computer, in small; what is no picture keeps its icon. */
void
hd_file_row_set_thumbnail (HdFileRow *self,
                           GFile     *file)
{
  g_return_if_fail (HD_IS_FILE_ROW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->size <= MAX_THUMBNAIL_BYTES)
    g_file_read_async (file, G_PRIORITY_LOW, self->cancellable, thumbnail_opened_cb, self);
}

/* Shows how much of it was moved, 0 to 1, and a button to stop that. */
void
hd_file_row_set_progress (HdFileRow *self,
                          double     fraction)
{
  double part = CLAMP (fraction, 0.0, 1.0);
  g_autofree char *done = g_format_size ((guint64) (part * (double) self->size));
  g_autofree char *total = g_format_size (self->size);
  /* Translators: so much of a file is copied: “12.5 MB of 200 MB” */
  g_autofree char *text = g_strdup_printf (_("%s of %s"), done, total);

  g_return_if_fail (HD_IS_FILE_ROW (self));

  gtk_label_set_label (self->size_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, part);
  show_buttons (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), TRUE);
}

void
hd_file_row_clear_progress (HdFileRow *self)
{
  g_return_if_fail (HD_IS_FILE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  show_size (self);
  show_buttons (self, FALSE);
}

/* What is wrong with the file, in words; NULL takes it back. */
void
hd_file_row_set_note (HdFileRow  *self,
                      const char *note)
{
  g_return_if_fail (HD_IS_FILE_ROW (self));

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}
