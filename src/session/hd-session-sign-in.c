/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-secret.h"
#include "hd-session-private.h"
#include "hd-user-name.h"

/*
 * Becoming somebody.
 *
 *   sign_in_async → (info_got_cb) → ask_portal → signed_in_cb → adopted_cb → remember → finish
 *   resume_async → password_read_cb → ask_portal → signed_in_cb → adopted_cb → finish
 *
 * hd_session_adopt_async() makes room for the person whom the portal let in.
 */

#define REMEMBER_MS 5000
#define RESUME_MS 200

typedef struct
{
  char           *user_name;  /* (owned) */
  char           *password;   /* (owned) (nullable) */
  gboolean        remember;
  gboolean        is_resume;
  HdSessionState  state_before;
  HdAccount      *account;    /* (owned) (nullable) */
  GError         *error;      /* (owned) (nullable) */
  guint           remember_id;
  gboolean        returned;
} SignIn;

static void ask_portal (GTask *task);

static void
sign_in_free (SignIn *state)
{
  g_free (state->user_name);
  hd_secret_clear (&state->password);
  g_clear_object (&state->account);
  g_clear_error (&state->error);
  g_free (state);
}

/* --- Resume: all who wait for it --- */

static void
end_resume (HdSession    *self,
            const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->resume_tasks);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      GTask *task = tasks->pdata[i];

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }

  hd_session_release_calls (self);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hd_keyring_forget_finish (HD_KEYRING (object), result, &error) && error != NULL)
    g_debug ("the keyring: %s", error->message);
}

static void
forget (HdSession *self)
{
  g_clear_pointer (&self->remembered, g_free);
  hd_keyring_forget_async (self->keyring, NULL, forgotten_cb, NULL);
}

static void
set_resume_failed (HdSession    *self,
                   const GError *error)
{
  g_autoptr (GError) signed_out = NULL;

  /* The person signed in meanwhile. */
  if (self->authenticated)
    return;

  /* Out of reach: somebody is signed in, as far as is known, and the next try follows when the portal is back. */
  if (self->account != NULL && (hd_error_is_unreachable (error) || hd_error_is_cancelled (error)))
    return;

  if (self->account == NULL)
    {
      hd_session_set_state (self, HD_SESSION_SIGNED_OUT);
      return;
    }

  hd_session_set_state (self, HD_SESSION_EXPIRED);
  signed_out = g_error_new_literal (HD_ERROR, HD_ERROR_SIGNED_OUT, "the session could not be resumed");
  hd_reachability_note (self->reachability, signed_out);
}

/* --- The end --- */

static void
return_failure (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);

  if (state->is_resume)
    set_resume_failed (self, state->error);
  else if (self->state == HD_SESSION_SIGNING_IN)
    hd_session_set_state (self, state->state_before);

  if (self->resume_tasks == NULL)
    hd_session_release_calls (self);

  hd_session_return_error (task, g_steal_pointer (&state->error));
}

static void
refused_forgotten_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  forgotten_cb (object, result, NULL);
  return_failure (user_data);
}

/* @error: (transfer full) */
static void
fail (GTask  *task,
      GError *error)
{
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);

  state->error = error;

  if (state->account != NULL)
    hd_portal_sign_out_async (self->portal, NULL, NULL, NULL);

  /* What was remembered is of no use.  It is gone before anybody hears of it, lest it be tried again. */
  if (state->is_resume && g_error_matches (error, HD_ERROR, HD_ERROR_CREDENTIALS))
    {
      g_clear_pointer (&self->remembered, g_free);
      hd_keyring_forget_async (self->keyring, NULL, refused_forgotten_cb, task);
    }
  else
    {
      return_failure (task);
    }
}

static gboolean
remember_timed_out_cb (gpointer user_data)
{
  GTask *task = user_data;
  SignIn *state = g_task_get_task_data (task);

  state->remember_id = 0;
  state->returned = TRUE;
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
remembered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *state = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!hd_keyring_store_finish (HD_KEYRING (object), result, &error))
    g_debug ("the password is remembered in memory only");

  g_clear_handle_id (&state->remember_id, g_source_remove);

  if (!state->returned)
    g_task_return_boolean (task, TRUE);
}

/* A keyring that asks the person something keeps nobody waiting. */
static void
remember (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);

  if (state->remember && hd_policy_get_allow_remember_me (self->policy))
    {
      g_free (self->remembered);
      self->remembered = g_strdup (state->user_name);
      state->remember_id = g_timeout_add (REMEMBER_MS, remember_timed_out_cb, task);
      hd_keyring_store_async (self->keyring, state->user_name, state->password, NULL, remembered_cb, task);
      return;
    }

  if (!self->leave_keyring && (self->remembered != NULL || hd_keyring_is_available (self->keyring)))
    forget (self);

  hd_session_return_true (task);
}

static void
become (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);

  self->authenticated = TRUE;
  self->proven = FALSE;
  hd_reachability_note_signed_in (self->reachability);
  hd_session_set_account (self, state->account);
  hd_session_set_state (self, HD_SESSION_SIGNED_IN);
  hd_session_count_unread (self);
  hd_submitter_set_enabled (self->submitter, TRUE);
  hd_session_sync_soon (self);
  hd_session_release_calls (self);

  if (state->is_resume)
    hd_session_return_true (task);
  else
    remember (task);
}

/* --- The portal --- */

static void
adopted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_session_adopt_finish (HD_SESSION (object), result, &error))
    become (task);
  else
    fail (task, error);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);
  GError *error = NULL;

  state->account = hd_portal_sign_in_finish (HD_PORTAL (object), result, &error);
  hd_reachability_note (self->reachability, error);

  if (state->account != NULL)
    hd_session_adopt_async (self, state->account, g_task_get_cancellable (task), adopted_cb, task);
  else
    fail (task, error);
}

static void
ask_portal (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);

  hd_portal_sign_in_async (self->portal, state->user_name, state->password, g_task_get_cancellable (task),
                           signed_in_cb, task);
}

static void
normalise (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);
  const char *domain = self->info != NULL ? hd_portal_info_get_mail_domain (self->info) : NULL;
  char *name = hd_user_name_normalise (state->user_name, domain);

  g_free (state->user_name);
  state->user_name = name;
  ask_portal (task);
}

static void
info_put_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hd_store_put_info_finish (HD_STORE (object), result, &error))
    g_debug ("the portal's information could not be kept: %s", error->message);
}

static void
info_got_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPortalInfo) info = hd_portal_get_info_finish (HD_PORTAL (object), result, &error);

  hd_reachability_note (self->reachability, error);

  if (info != NULL)
    {
      hd_session_set_info (self, info);
      hd_store_put_info_async (self->store, info, NULL, info_put_cb, NULL);
    }

  /* The password would fare no better; and it is not sent to what could not show who it is. */
  if (hd_error_is_cancelled (error) || hd_error_is_unreachable (error))
    fail (task, g_steal_pointer (&error));
  else
    normalise (task);
}

/**
 * hd_session_sign_in_async:
 * @self: an open session
 * @user_name: as the person typed it
 * @password: the password; not kept, unless it is to be remembered
 * @remember: whether to remember it
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Signs in.  A refused password is not tried again.
 */
void
hd_session_sign_in_async (HdSession           *self,
                          const char          *user_name,
                          const char          *password,
                          gboolean             remember_me,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  SignIn *state;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (user_name != NULL);
  g_return_if_fail (password != NULL);

  task = hd_session_task_new (self, hd_session_sign_in_async, cancellable, callback, user_data);
  state = g_new0 (SignIn, 1);
  state->user_name = g_strdup (user_name);
  state->password = g_strdup (password);
  state->remember = remember_me;
  state->state_before = self->account != NULL ? self->state : HD_SESSION_SIGNED_OUT;
  g_task_set_task_data (task, state, (GDestroyNotify) sign_in_free);

  g_clear_handle_id (&self->resume_id, g_source_remove);
  hd_session_set_state (self, HD_SESSION_SIGNING_IN);

  if (self->info == NULL)
    hd_portal_get_info_async (self->portal, cancellable, info_got_cb, task);
  else
    normalise (task);
}

/**
 * hd_session_sign_in_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error: %HD_ERROR_CREDENTIALS, %HD_ERROR_LOCKED,
 *   %HD_ERROR_CONFLICT if another person has unsent work here, …
 *
 * Returns: whether the person is signed in
 */
HD_SESSION_DEFINE_FINISH (sign_in)

/* Whether signing in without remembering leaves in the keyring what is there. */
void
hd_session_set_leave_keyring (HdSession *self,
                              gboolean   leave_keyring)
{
  g_return_if_fail (HD_IS_SESSION (self));

  self->leave_keyring = leave_keyring;
}

/* --- Resume --- */

static void
resumed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HdSession *self = HD_SESSION (object);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end_resume (self, error);
}

static void
password_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  SignIn *state = g_task_get_task_data (task);
  GError *error = NULL;

  state->password = hd_keyring_lookup_finish (HD_KEYRING (object), result, &error);

  if (self->authenticated)
    {
      /* The person signed in while the keyring was asking. */
      g_clear_error (&error);
      hd_session_return_true (task);
      return;
    }

  if (state->password != NULL)
    {
      ask_portal (task);
      return;
    }

  if (error == NULL || !hd_error_is_cancelled (error))
    {
      g_clear_error (&error);
      error = g_error_new_literal (HD_ERROR, HD_ERROR_SIGNED_OUT, "the keyring did not give the password");
    }

  fail (task, error);
}

/* One for all who wait for it. */
static void
start_resume (HdSession *self)
{
  GTask *task = hd_session_task_new (self, hd_session_resume_async, self->person, resumed_cb, NULL);
  SignIn *state = g_new0 (SignIn, 1);

  state->user_name = g_strdup (self->remembered);
  state->is_resume = TRUE;
  state->state_before = self->state;
  g_task_set_task_data (task, state, (GDestroyNotify) sign_in_free);

  if (self->remembered != NULL)
    hd_keyring_lookup_async (self->keyring, self->remembered, self->person, password_read_cb, task);
  else
    fail (task, g_error_new_literal (HD_ERROR, HD_ERROR_SIGNED_OUT, "nobody is remembered"));
}

/**
 * hd_session_resume_async:
 * @self: an open session
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Signs in with what the keyring remembers, unless somebody is signed in.
 */
void
hd_session_resume_async (HdSession           *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  g_clear_handle_id (&self->resume_id, g_source_remove);
  task = hd_session_task_new (self, hd_session_resume_async, cancellable, callback, user_data);

  if (self->authenticated)
    {
      hd_session_return_true (task);
      hd_session_release_calls (self);
      return;
    }

  if (self->resume_tasks != NULL)
    {
      g_ptr_array_add (self->resume_tasks, task);
      return;
    }

  self->resume_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->resume_tasks, task);
  start_resume (self);
}

/**
 * hd_session_resume_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether somebody is signed in
 */
HD_SESSION_DEFINE_FINISH (resume)

static gboolean
resume_now_cb (gpointer user_data)
{
  HdSession *self = user_data;

  self->resume_id = 0;
  hd_session_resume_async (self, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* When what is kept has been read and painted: signing in loads libraries and
 * asks the keyring once more, and would come in between if it only waited to be idle. */
void
hd_session_resume_soon (HdSession *self)
{
  if (self->resume_id == 0 && self->resume_tasks == NULL && self->state != HD_SESSION_SIGNED_OUT)
    self->resume_id = g_timeout_add_full (G_PRIORITY_LOW, RESUME_MS, resume_now_cb, self, NULL);
}

/* --- The portal wants the password again --- */

static void
expire (HdSession    *self,
        const GError *error)
{
  if (!self->authenticated)
    return;

  self->authenticated = FALSE;
  hd_submitter_set_enabled (self->submitter, FALSE);
  g_clear_handle_id (&self->sync_id, g_source_remove);

  /* A session that ended before it was of any use would end again. */
  if (self->remembered != NULL && self->proven)
    {
      hd_session_resume_soon (self);
      return;
    }

  hd_session_set_state (self, HD_SESSION_EXPIRED);
  hd_reachability_note (self->reachability, error);
}

/*
 * hd_session_note:
 * @self: a session
 * @error: (nullable): how a call of the portal ended
 *
 * Every call's end is told here.
 */
void
hd_session_note (HdSession    *self,
                 const GError *error)
{
  if (g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    {
      expire (self, error);
      return;
    }

  self->proven = self->proven || error == NULL;
  hd_reachability_note (self->reachability, error);
}
