/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-compat.h"

#include <glib/gi18n.h>

#if GTK_CHECK_VERSION (4, 10, 0)

static void
return_chosen (GTask    *task,
               gpointer  chosen,
               GError   *error)
{
  if (chosen != NULL)
    g_task_return_pointer (task, chosen, g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "dismissed");
  else
    g_task_return_error (task, g_steal_pointer (&error));

  g_clear_error (&error);
}

static void
files_opened_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GListModel *files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, &error);

  return_chosen (task, files, error);
}

static void
show_open_dialog (GTask      *task,
                  GtkWindow  *parent,
                  const char *title)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_open_multiple (dialog, parent, g_task_get_cancellable (task), files_opened_cb, task);
}

static void
file_saved_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);

  return_chosen (task, file, error);
}

static void
show_save_dialog (GTask      *task,
                  GtkWindow  *parent,
                  const char *title,
                  const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), file_saved_cb, task);
}

#else

static void
response_cb (GtkFileChooserNative *native,
             int                   response,
             gpointer              user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);

  if (response != GTK_RESPONSE_ACCEPT)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "dismissed");
  else if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    g_task_return_pointer (task, gtk_file_chooser_get_file (chooser), g_object_unref);
  else
    g_task_return_pointer (task, gtk_file_chooser_get_files (chooser), g_object_unref);

  g_object_unref (native);
}

static void
show_native (GtkFileChooserNative *native,
             GTask                *task)
{
  g_signal_connect (native, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

static void
show_open_dialog (GTask      *task,
                  GtkWindow  *parent,
                  const char *title)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                                              NULL, NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), TRUE);
  show_native (native, task);
}

static void
show_save_dialog (GTask      *task,
                  GtkWindow  *parent,
                  const char *title,
                  const char *name)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  show_native (native, task);
}

#endif

/**
 * hd_compat_open_files_async:
 *
 * Lets the person choose files.  Choosing none is %G_IO_ERROR_CANCELLED.
 */
void
hd_compat_open_files_async (GtkWindow           *parent,
                            const char          *title,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, hd_compat_open_files_async);
  show_open_dialog (task, parent, title);
}

/* Returns: (transfer full) (element-type GFile) */
GListModel *
hd_compat_open_files_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_compat_open_files_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hd_compat_save_file_async:
 * @name: what to call it, if the person does not say otherwise
 *
 * Lets the person choose where to save.  Choosing nothing is %G_IO_ERROR_CANCELLED.
 */
void
hd_compat_save_file_async (GtkWindow           *parent,
                           const char          *title,
                           const char          *name,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, hd_compat_save_file_async);
  show_save_dialog (task, parent, title, name);
}

/* Returns: (transfer full) */
GFile *
hd_compat_save_file_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_compat_save_file_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
