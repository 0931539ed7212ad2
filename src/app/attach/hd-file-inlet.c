/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-file-inlet.h"

/**
 * HdFileInlet:
 *
 * Lets files and pictures into a widget: dropped on it, or from the clipboard.
 *
 * Emits “file” (GFile) and “picture” (GdkTexture) for each that comes in.  A drop
 * is taken before the widgets inside see it, for a text would take the names of
 * files as words.
 *
 * Lives on the main thread, and is to be dropped when its widget is disposed.
 */

struct _HdFileInlet
{
  GObject       parent_instance;

  GtkWidget    *widget;        /* (unowned) */
  GCancellable *cancellable;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdFileInlet, hd_file_inlet, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_FILE,
  SIGNAL_PICTURE,
  N_SIGNALS,
} HdFileInletSignal;

static guint signals[N_SIGNALS];

/* What is a file and a picture too is taken as the file, with its name. */
static gboolean
take_value (HdFileInlet  *self,
            const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l != NULL; l = l->next)
        g_signal_emit (self, signals[SIGNAL_FILE], 0, l->data);

      return files != NULL;
    }

  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value) != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_PICTURE], 0, g_value_get_object (value));
      return TRUE;
    }

  return FALSE;
}

static gboolean
dropped_cb (HdFileInlet   *self,
            const GValue  *value,
            double         x,
            double         y,
            GtkDropTarget *target)
{
  return take_value (self, value);
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdFileInlet *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  /* Cancelled by dispose(), or what is there cannot be read after all. */
  if (value != NULL)
    take_value (self, value);
}

/* Where the focus is text is pasted as text: a table that is copied comes as a picture as well. */
static gboolean
is_typing (HdFileInlet *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus);
}

/* Returns: what to ask the clipboard for; G_TYPE_INVALID if there is nothing for us */
static GType
pick_type (HdFileInlet  *self,
           GdkClipboard *clipboard)
{
  g_autoptr (GdkContentFormats) formats =
    gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return GDK_TYPE_FILE_LIST;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) &&
      !(is_typing (self) && gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)))
    return GDK_TYPE_TEXTURE;

  return G_TYPE_INVALID;
}

/**
 * hd_file_inlet_paste:
 * @self: an inlet
 *
 * Takes the files or the picture from the clipboard.
 *
 * Returns: whether there is any
 */
gboolean
hd_file_inlet_paste (HdFileInlet *self)
{
  GdkClipboard *clipboard;
  GType type;

  g_return_val_if_fail (HD_IS_FILE_INLET (self), FALSE);

  clipboard = gtk_widget_get_clipboard (self->widget);
  type = pick_type (self, clipboard);

  if (type == G_TYPE_INVALID)
    return FALSE;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable, pasted_cb, self);
  return TRUE;
}

/* Lets in what was chosen. @files: (element-type GFile) */
void
hd_file_inlet_take_files (HdFileInlet *self,
                          GListModel  *files)
{
  g_return_if_fail (HD_IS_FILE_INLET (self));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_signal_emit (self, signals[SIGNAL_FILE], 0, file);
    }
}

static void
hd_file_inlet_dispose (GObject *object)
{
  HdFileInlet *self = HD_FILE_INLET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (hd_file_inlet_parent_class)->dispose (object);
}

static void
hd_file_inlet_class_init (HdFileInletClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_file_inlet_dispose;

  signals[SIGNAL_FILE] = g_signal_new ("file", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[SIGNAL_PICTURE] = g_signal_new ("picture", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
}

static void
hd_file_inlet_init (HdFileInlet *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * hd_file_inlet_new:
 * @widget: where files are dropped, and whose clipboard is looked at; unowned
 *
 * Returns: (transfer full): an inlet
 */
HdFileInlet *
hd_file_inlet_new (GtkWidget *widget)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  HdFileInlet *self = g_object_new (HD_TYPE_FILE_INLET, NULL);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->widget = widget;
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));

  return self;
}

/**
 * hd_file_inlet_add_paste_key:
 * @widget: a widget
 * @paste: (scope forever): takes what is in the clipboard; %FALSE leaves the key to the widgets inside
 * @user_data: for @paste; must live as long as @widget
 *
 * Ctrl+V anywhere in @widget, whatever letters the keyboard is set to.
 */
void
hd_file_inlet_add_paste_key (GtkWidget       *widget,
                             GtkShortcutFunc  paste,
                             gpointer         user_data)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (paste, user_data, NULL)));
  gtk_widget_add_controller (widget, controller);
}
