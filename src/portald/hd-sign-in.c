/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sign-in.h"

#include <gnutls/gnutls.h>
#include <string.h>

#include "hd-lockout.h"
#include "hd-passwords.h"
#include "hd-problem.h"
#include "hd-text.h"

/**
 * HdSignIn:
 *
 * Checks passwords, one after the other, on a thread.
 *
 *   hd_sign_in_async → start_next → check_password (thread) → password_checked_cb → start_next
 *
 * One after the other, so that a hundred guesses sent at once are counted like
 * a hundred guesses sent in turn, and so that they cannot take all processors.
 *
 * A name that nobody has is checked against a password that nobody has: it
 * takes the same time and gets the same answer.
 */

struct _HdSignIn
{
  GObject     parent_instance;

  HdDatabase *database;       /* (owned) */
  gint64      lock_duration;
  char       *nobodys_hash;   /* (owned) (nullable): made when first needed */
  GQueue      waiting;        /* (element-type GTask) (owned) */
  gboolean    is_checking;
};

typedef struct
{
  char      *user_name;     /* (owned): normalised */
  char      *password;      /* (owned) */
  char      *hash;          /* (owned) (nullable): what is stored for the name */
  char      *nobodys_hash;  /* (owned) (nullable) */
  HdRefusal  refusal;
} Attempt;

G_DEFINE_FINAL_TYPE (HdSignIn, hd_sign_in, G_TYPE_OBJECT)

static void start_next (HdSignIn     *self);
static void password_checked_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  gnutls_memset (attempt->password, 0, strlen (attempt->password));
  g_free (attempt->password);
  g_free (attempt->user_name);
  g_free (attempt->hash);
  g_free (attempt->nobodys_hash);
  g_free (attempt);
}

static void
check_password (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Attempt *attempt = task_data;
  g_autoptr (GError) error = NULL;
  gboolean is_right;

  if (attempt->nobodys_hash == NULL)
    attempt->nobodys_hash = hd_password_hash ("", &error);

  if (attempt->nobodys_hash == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  is_right = hd_password_verify (attempt->password,
                                 attempt->hash != NULL ? attempt->hash : attempt->nobodys_hash);
  g_task_return_boolean (task, is_right && attempt->hash != NULL);
}

static void
return_locked (GTask  *task,
               gint64  seconds)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  attempt->refusal.retry_after = seconds;
  hd_problem_set (&error, HD_PROBLEM_LOCKED);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
start_next (HdSignIn *self)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) check = NULL;
  Attempt *attempt;
  gint64 locked;

  if (self->is_checking || (task = g_queue_pop_head (&self->waiting)) == NULL)
    return;

  attempt = g_task_get_task_data (task);
  locked = hd_lockout_get_remaining (self->database, attempt->user_name, self->lock_duration,
                                     hd_text_now ());

  if (locked > 0)
    {
      return_locked (task, locked);
      start_next (self);
      return;
    }

  self->is_checking = TRUE;
  attempt->hash = hd_accounts_dup_password (self->database, attempt->user_name);
  attempt->nobodys_hash = g_strdup (self->nobodys_hash);

  check = g_task_new (self, NULL, password_checked_cb, g_object_ref (task));
  g_task_set_source_tag (check, start_next);
  /* The attempt belongs to the task, which outlives the check. */
  g_task_set_task_data (check, attempt, NULL);
  g_task_run_in_thread (check, check_password);
}

static void
return_wrong (HdSignIn *self,
              GTask    *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (hd_lockout_add_failure (self->database, attempt->user_name, self->lock_duration,
                              hd_text_now (), &attempt->refusal.tries_left, &error))
    {
      if (attempt->refusal.tries_left == 0)
        {
          return_locked (task, self->lock_duration);
          return;
        }

      hd_problem_set (&error, HD_PROBLEM_INVALID_CREDENTIALS);
    }

  g_task_return_error (task, g_steal_pointer (&error));
}

static void
password_checked_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  HdSignIn *self = HD_SIGN_IN (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Attempt *attempt = g_task_get_task_data (task);
  gboolean is_right = g_task_propagate_boolean (G_TASK (result), &error);

  self->is_checking = FALSE;

  if (self->nobodys_hash == NULL)
    self->nobodys_hash = g_strdup (attempt->nobodys_hash);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!is_right)
    return_wrong (self, task);
  else if (!hd_lockout_clear (self->database, attempt->user_name, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, hd_accounts_find (self->database, attempt->user_name),
                           (GDestroyNotify) hd_user_free);

  start_next (self);
}

static void
hd_sign_in_finalize (GObject *object)
{
  HdSignIn *self = HD_SIGN_IN (object);

  /* A waiting task holds a reference to us: there is none. */
  g_assert (g_queue_is_empty (&self->waiting));
  g_free (self->nobodys_hash);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (hd_sign_in_parent_class)->finalize (object);
}

static void
hd_sign_in_class_init (HdSignInClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_sign_in_finalize;
}

static void
hd_sign_in_init (HdSignIn *self)
{
  g_queue_init (&self->waiting);
}

HdSignIn *
hd_sign_in_new (HdDatabase *database,
                gint64      lock_duration)
{
  HdSignIn *self = g_object_new (HD_TYPE_SIGN_IN, NULL);

  self->database = g_object_ref (database);
  self->lock_duration = lock_duration;
  return self;
}

/**
 * hd_sign_in_async:
 * @self: the checker
 * @user_name: what was typed for a user name
 * @password: what was typed for a password
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Checks a password.
 */
void
hd_sign_in_async (HdSignIn            *self,
                  const char          *user_name,
                  const char          *password,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->user_name = hd_accounts_normalise (self->database, user_name);
  attempt->password = g_strdup (password);
  g_task_set_source_tag (task, hd_sign_in_async);
  g_task_set_task_data (task, attempt, attempt_free);

  g_queue_push_tail (&self->waiting, task);
  start_next (self);
}

/**
 * hd_sign_in_finish:
 * @self: the checker
 * @result: what the callback got
 * @refusal: (out): more about the error
 * @error: return location for an #HdProblem
 *
 * Returns: (transfer full) (nullable): whose password it is
 */
HdUser *
hd_sign_in_finish (HdSignIn      *self,
                   GAsyncResult  *result,
                   HdRefusal     *refusal,
                   GError       **error)
{
  Attempt *attempt;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_sign_in_async), NULL);

  attempt = g_task_get_task_data (G_TASK (result));
  *refusal = attempt->refusal;
  return g_task_propagate_pointer (G_TASK (result), error);
}
