/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-window-private.h"

#include <glib/gi18n.h>

#include "hd-compat.h"
#include "hd-error.h"
#include "hd-pack-dialog.h"
#include "hd-pack-format.h"
#include "hd-pack-watch.h"

/*
 * Knowledge packs in the window: chosen from the menu, dropped on it, opened with the program, found on a stick or in
 * the policy's folder.  All of these lead to the same dialog.
 */

/* Asking the system what is mounted can wait until the first page stands. */
#define VOLUMES_DELAY_MS 2000

static void
imported_cb (HdWindow *self)
{
  hd_window_add_toast (self, _("Knowledge pack imported"));
}

/**
 * hd_window_import_pack:
 * @file: what may be a knowledge pack
 *
 * Shows what it is and asks whether to take it, as soon as what is kept was read and the window stands.
 */
void
hd_window_import_pack (HdWindow *self,
                       GFile    *file)
{
  GtkWidget *dialog;

  g_return_if_fail (HD_IS_WINDOW (self));

  /* A dialog that is there before its window would be hidden by it. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !self->is_opened || self->session == NULL ||
      hd_session_get_store (self->session) == NULL)
    {
      g_set_object (&self->waiting_pack, file);
      return;
    }

  dialog = hd_pack_dialog_new (GTK_WINDOW (self), self->session, file);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = hd_compat_open_files_finish (result, &error);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL)
    hd_window_import_pack (self, file);
}

static void
import_pack (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  g_autoptr (GFile) file = parameter != NULL ? g_file_new_for_uri (g_variant_get_string (parameter, NULL)) : NULL;

  if (file != NULL)
    hd_window_import_pack (self, file);
  else
    hd_compat_open_files_async (GTK_WINDOW (self), _("Import a Knowledge Pack"), self->cancellable, chosen_cb, self);
}

void
hd_window_install_pack_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import-pack", NULL, import_pack);
  gtk_widget_class_install_action (widget_class, "win.import-pack-file", "s", import_pack);
}

/* The first pack among what is dropped. */
static gboolean
dropped_cb (HdWindow     *self,
            const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *name = g_file_get_basename (l->data);

      if (name != NULL && g_str_has_suffix (name, HD_PACK_SUFFIX))
        {
          hd_window_import_pack (self, l->data);
          return TRUE;
        }
    }

  return FALSE;
}

static void
found_cb (HdWindow *self,
          GFile    *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  AdwToast *toast = adw_toast_new (_("New knowledge pack"));

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.import-pack-file");
  adw_toast_set_action_target (toast, "s", uri);
  hd_window_show_toast (self, toast);
}

static void
watch_volumes_cb (gpointer user_data)
{
  HdWindow *self = user_data;

  self->volumes_id = 0;
  hd_pack_watch_watch_volumes (self->pack_watch);
}

static void
open_waiting_pack (HdWindow *self)
{
  g_autoptr (GFile) waiting = g_steal_pointer (&self->waiting_pack);

  if (waiting != NULL)
    hd_window_import_pack (self, waiting);
}

/* What is kept was read, of this portal. */
void
hd_window_watch_packs (HdWindow *self)
{
  const char *path = hd_policy_get_pack_folder (hd_session_get_policy (self->session));
  g_autoptr (GFile) folder = path != NULL ? g_file_new_for_path (path) : NULL;

  g_clear_handle_id (&self->volumes_id, g_source_remove);
  g_clear_object (&self->pack_watch);

  if (hd_session_get_store (self->session) == NULL)
    return;

  self->pack_watch = hd_pack_watch_new (self->session);
  g_signal_connect_object (self->pack_watch, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  self->volumes_id = g_timeout_add_once (VOLUMES_DELAY_MS, watch_volumes_cb, self);

  if (folder != NULL)
    hd_pack_watch_watch_folder (self->pack_watch, folder);

  open_waiting_pack (self);
}

static gboolean
mapped_late_cb (gpointer user_data)
{
  open_waiting_pack (user_data);
  return G_SOURCE_REMOVE;
}

/* The window itself comes first. */
static void
mapped_cb (HdWindow *self)
{
  if (self->waiting_pack != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, mapped_late_cb, g_object_ref (self), g_object_unref);
}

/* For a new window.  A page that takes files has what is dropped on it first. */
void
hd_window_take_packs (HdWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
}

void
hd_window_leave_packs (HdWindow *self)
{
  g_clear_handle_id (&self->volumes_id, g_source_remove);
  g_clear_object (&self->pack_watch);
  g_clear_object (&self->waiting_pack);
}
