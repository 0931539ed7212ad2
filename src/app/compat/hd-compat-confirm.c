/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-compat.h"

#include <glib/gi18n.h>

#if ADW_CHECK_VERSION (1, 5, 0)

static void
confirm_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);

  g_task_return_boolean (task, g_strcmp0 (response, "confirm") == 0);
}

static void
show_confirm_dialog (GTask      *task,
                     GtkWindow  *parent,
                     const char *heading,
                     const char *body,
                     const char *confirm_label,
                     gboolean    destructive)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "confirm", confirm_label, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "confirm",
                                            destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (parent), g_task_get_cancellable (task), confirm_chosen_cb, task);
}

#else

static void
confirm_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_strcmp0 (response, "confirm") == 0);
}

static void
show_confirm_dialog (GTask      *task,
                     GtkWindow  *parent,
                     const char *heading,
                     const char *body,
                     const char *confirm_label,
                     gboolean    destructive)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "confirm", confirm_label, NULL);
  adw_message_dialog_set_response_appearance (dialog, "confirm",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (confirm_response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

/**
 * hd_compat_confirm_async:
 * @parent: over which window
 * @heading: the question
 * @body: what follows from a yes
 * @confirm_label: the verb, with a mnemonic
 * @destructive: whether something is lost by it
 *
 * Asks for a decision.
 */
void
hd_compat_confirm_async (GtkWindow           *parent,
                         const char          *heading,
                         const char          *body,
                         const char          *confirm_label,
                         gboolean             destructive,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, hd_compat_confirm_async);
  show_confirm_dialog (task, parent, heading, body, confirm_label, destructive);
}

/* Returns whether the person said yes; closing the question is a no. */
gboolean
hd_compat_confirm_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_compat_confirm_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
