/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-drop-zone.h"

#include <glib/gi18n-lib.h>

#include "hd-compat.h"
#include "hd-file-inlet.h"

/**
 * HdDropZone:
 *
 * Where files come in: a button that opens the file chooser, a place to drop
 * files on, and Ctrl+V for files or a picture in the clipboard.
 *
 * Emits “file” (GFile) and “picture” (GdkTexture) for each that comes in.
 */

struct _HdDropZone
{
  AdwBin        parent_instance;

  GCancellable *cancellable;   /* (owned) */
  HdFileInlet  *inlet;         /* (owned) */

  /* Template objects */
  GtkWidget    *button;
};

G_DEFINE_FINAL_TYPE (HdDropZone, hd_drop_zone, ADW_TYPE_BIN)

typedef enum
{
  SIGNAL_FILE,
  SIGNAL_PICTURE,
  N_SIGNALS,
} HdDropZoneSignal;

static guint signals[N_SIGNALS];

static void
file_came_cb (HdDropZone *self,
              GFile      *file)
{
  g_signal_emit (self, signals[SIGNAL_FILE], 0, file);
}

static void
picture_came_cb (HdDropZone *self,
                 GdkTexture *picture)
{
  g_signal_emit (self, signals[SIGNAL_PICTURE], 0, picture);
}

static void
files_chosen_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HdDropZone *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = hd_compat_open_files_finish (result, &error);

  /* Cancelled by dispose() or by the person. */
  if (files != NULL)
    hd_file_inlet_take_files (self->inlet, files);
}

static void
button_clicked_cb (HdDropZone *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  hd_compat_open_files_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Attach Files"),
                              self->cancellable, files_chosen_cb, self);
}

/**
 * hd_drop_zone_paste:
 * @self: a drop zone
 *
 * Takes the files or the picture from the clipboard.
 *
 * Returns: whether there is any
 */
gboolean
hd_drop_zone_paste (HdDropZone *self)
{
  g_return_val_if_fail (HD_IS_DROP_ZONE (self), FALSE);

  return hd_file_inlet_paste (self->inlet);
}

static void
paste_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  hd_drop_zone_paste (HD_DROP_ZONE (widget));
}

static void
hd_drop_zone_dispose (GObject *object)
{
  HdDropZone *self = HD_DROP_ZONE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->inlet);

  G_OBJECT_CLASS (hd_drop_zone_parent_class)->dispose (object);
}

static void
hd_drop_zone_class_init (HdDropZoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_drop_zone_dispose;

  signals[SIGNAL_FILE] = g_signal_new ("file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[SIGNAL_PICTURE] = g_signal_new ("picture", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-drop-zone.ui");
  gtk_widget_class_bind_template_child (widget_class, HdDropZone, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);

  gtk_widget_class_install_action (widget_class, "drop-zone.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "drop-zone.paste", NULL);
}

static void
hd_drop_zone_init (HdDropZone *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->inlet = hd_file_inlet_new (GTK_WIDGET (self));
  g_signal_connect_object (self->inlet, "file", G_CALLBACK (file_came_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inlet, "picture", G_CALLBACK (picture_came_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hd_drop_zone_new (void)
{
  return g_object_new (HD_TYPE_DROP_ZONE, NULL);
}

/* Returns: (transfer none): what takes the focus */
GtkWidget *
hd_drop_zone_get_button (HdDropZone *self)
{
  g_return_val_if_fail (HD_IS_DROP_ZONE (self), NULL);
  return self->button;
}
