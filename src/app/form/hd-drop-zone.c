/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-drop-zone.h"

#include <glib/gi18n-lib.h>

#include "hd-compat.h"

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
emit_file_list (HdDropZone  *self,
                GdkFileList *list)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (list);

  for (GSList *l = files; l != NULL; l = l->next)
    g_signal_emit (self, signals[SIGNAL_FILE], 0, l->data);
}

static gboolean
dropped_cb (HdDropZone    *self,
            const GValue  *value,
            double         x,
            double         y,
            GtkDropTarget *target)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    emit_file_list (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    g_signal_emit (self, signals[SIGNAL_PICTURE], 0, g_value_get_object (value));
  else
    return FALSE;

  return TRUE;
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
  if (files == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_signal_emit (self, signals[SIGNAL_FILE], 0, file);
    }
}

static void
button_clicked_cb (HdDropZone *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  hd_compat_open_files_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Attach Files"),
                              self->cancellable, files_chosen_cb, self);
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdDropZone *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  /* Cancelled by dispose(), or what is there cannot be read after all. */
  if (value == NULL)
    return;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    emit_file_list (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    g_signal_emit (self, signals[SIGNAL_PICTURE], 0, g_value_get_object (value));
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
  GdkClipboard *clipboard;
  GdkContentFormats *formats;
  GType type = G_TYPE_INVALID;

  g_return_val_if_fail (HD_IS_DROP_ZONE (self), FALSE);

  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
      gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    type = GDK_TYPE_FILE_LIST;
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ||
           gdk_content_formats_contain_mime_type (formats, "image/png"))
    type = GDK_TYPE_TEXTURE;
  else
    return FALSE;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable, pasted_cb, self);
  return TRUE;
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
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
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
