/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-session-private.h"

GTask *
hd_session_task_new (HdSession           *self,
                     gpointer             source_tag,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  return task;
}

/* Each takes over both the task and what it returns. */
void
hd_session_return_error (GTask  *task,
                         GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
hd_session_return_object (GTask    *task,
                          gpointer  object)
{
  g_task_return_pointer (task, object, g_object_unref);
  g_object_unref (task);
}

void
hd_session_return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* --- Calls that wait for a sign-in that is under way --- */

typedef struct
{
  GTask         *task;  /* (owned) */
  HdSessionCall  call;
} HeldCall;

static void
held_call_free (gpointer data)
{
  HeldCall *held = data;

  g_clear_object (&held->task);
  g_free (held);
}

/* Returns: (transfer full): for calls that are held */
GPtrArray *
hd_session_calls_new (void)
{
  return g_ptr_array_new_with_free_func (held_call_free);
}

/*
 * hd_session_call:
 * @self: a session
 * @task: (transfer full): what is to be done
 * @call: what needs the portal
 *
 * Calls @call now, or when the resume that is under way has ended, however it
 * ends: a page that opens while the program starts is not told “signed out”.
 */
void
hd_session_call (HdSession     *self,
                 GTask         *task,
                 HdSessionCall  call)
{
  HeldCall *held;

  if (self->resume_tasks == NULL && self->resume_id == 0)
    {
      call (self, task);
      return;
    }

  held = g_new0 (HeldCall, 1);
  held->task = task;
  held->call = call;
  g_ptr_array_add (self->held_calls, held);
}

static GPtrArray *
steal_calls (HdSession *self)
{
  GPtrArray *calls = g_steal_pointer (&self->held_calls);

  self->held_calls = hd_session_calls_new ();
  return calls;
}

/* The program ends: what was held begins no more. */
void
hd_session_drop_calls (HdSession *self)
{
  g_autoptr (GPtrArray) calls = steal_calls (self);

  for (guint i = 0; i < calls->len; i++)
    {
      HeldCall *held = calls->pdata[i];

      hd_session_return_error (g_steal_pointer (&held->task),
                               g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the session is closed"));
    }
}

void
hd_session_release_calls (HdSession *self)
{
  g_autoptr (GPtrArray) calls = steal_calls (self);

  for (guint i = 0; i < calls->len; i++)
    {
      HeldCall *held = calls->pdata[i];

      held->call (self, g_steal_pointer (&held->task));
    }
}
