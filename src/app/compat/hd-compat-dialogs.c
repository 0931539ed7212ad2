/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-compat.h"

static gboolean
is_question (gpointer dialog)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  return ADW_IS_ALERT_DIALOG (dialog);
#else
  return ADW_IS_MESSAGE_DIALOG (dialog);
#endif
}

/* Those that are windows of their own, up to libadwaita 1.4 all are, and first those over them. */
static void
close_windows (GtkWindow *parent,
               gboolean   only_questions)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  g_list_foreach (windows, (GFunc) g_object_ref, NULL);

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (gtk_window_get_transient_for (l->data) != parent)
        continue;

      close_windows (l->data, only_questions);
      if (!only_questions || is_question (l->data))
        gtk_window_close (l->data);
    }

  g_list_free_full (g_steal_pointer (&windows), g_object_unref);
}

#if ADW_CHECK_VERSION (1, 5, 0)

static void
close_sheets (GtkWindow *parent,
              gboolean   only_questions)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (parent));

  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      if (!only_questions || is_question (dialog))
        adw_dialog_force_close (dialog);
    }
}

#endif

/**
 * hd_compat_close_dialogs:
 * @parent: the window
 * @only_questions: whether those that ask for no decision stay
 *
 * Closes the dialogs over @parent, as if the person had said no to each.
 */
void
hd_compat_close_dialogs (GtkWindow *parent,
                         gboolean   only_questions)
{
  close_windows (parent, only_questions);
#if ADW_CHECK_VERSION (1, 5, 0)
  close_sheets (parent, only_questions);
#endif
}
