/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-load.h"
#include "hd-session-private.h"

static void
load_free (HdSessionLoad *load)
{
  g_free (load->id);
  g_free (load->query);
  g_free (load->parent);
  g_clear_object (&load->kept);
  g_clear_object (&load->result);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_clear_error (&load->why);
  g_clear_object (&load->person);
  g_free (load);
}

GTask *
hd_session_load_new (HdSession           *self,
                     gpointer             source_tag,
                     const char          *id,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = hd_session_task_new (self, source_tag, cancellable, callback, user_data);
  HdSessionLoad *load = g_new0 (HdSessionLoad, 1);

  load->id = g_strdup (id);
  load->person = g_object_ref (self->person);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);

  return task;
}

/* Whether the person who asked has left: then nothing of theirs is written. */
gboolean
hd_session_load_is_over (GTask   *task,
                         GError **error)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  return g_cancellable_set_error_if_cancelled (load->person, error);
}

/* What is kept will have to do; @error: (transfer full) */
void
hd_session_load_return_kept (GTask  *task,
                             GError *error)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  if (load->kept == NULL || hd_error_is_cancelled (error))
    {
      hd_session_return_error (task, error);
      return;
    }

  g_clear_error (&error);
  hd_session_return_object (task, g_steal_pointer (&load->kept));
}

/* What the portal gave is given even if it cannot be kept. */
void
hd_session_load_return_result (GTask  *task,
                               GError *error)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  if (error != NULL)
    g_debug ("an answer could not be kept: %s", error->message);

  g_clear_error (&error);
  hd_session_return_object (task, g_steal_pointer (&load->result));
}
