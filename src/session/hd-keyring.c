/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "hd-secret.h"

/**
 * HdKeyring:
 *
 * The remembered password of one portal, in the Secret Service and nowhere else.
 *
 * Where there is no Secret Service, what is to be remembered stays in memory
 * until the program ends, and hd_keyring_is_available() says so.  Every call
 * ends in time, whatever the service does: a service that hangs counts as
 * absent.  Only reading and storing may take longer, since the service may be
 * asking the person to unlock the keyring; whoever calls these keeps nobody waiting.
 *
 * Main thread.
 */

#define CALL_MS 5000
#define PROMPT_MS (60 * 1000)

struct _HdKeyring
{
  GObject   parent_instance;

  char     *portal_uri;       /* (owned) */
  gboolean  available;
  guint     call_ms;
  guint     prompt_ms;

  char     *memory_user_name; /* (owned) (nullable) */
  char     *memory_password;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdKeyring, hd_keyring, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "ua.gov.customs.HelpDesk.Password", SECRET_SCHEMA_NONE,
  {
    { "portal", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user-name", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
  0, 0, 0, 0, 0, 0, 0, 0
};

/*
 * A call to the service.  It may end three ways: by its answer, by the caller's
 * cancellable, or by the time running out; then the answer, if it ever comes, is
 * thrown away.
 */
typedef struct
{
  GTask        *task;         /* (owned) */
  GCancellable *cancellable;  /* (owned): of the service's call */
  gulong        cancelled_id;
  guint         time_out_id;
  gboolean      returned;
  char         *user_name;    /* (owned) (nullable) */
  char         *password;     /* (owned) (nullable) */
} Call;

static void
call_disarm (Call *call)
{
  g_clear_handle_id (&call->time_out_id, g_source_remove);

  if (call->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (call->task), call->cancelled_id);

  call->cancelled_id = 0;
}

static void
call_free (Call *call)
{
  call_disarm (call);
  g_clear_object (&call->task);
  g_clear_object (&call->cancellable);
  g_free (call->user_name);
  hd_secret_clear (&call->password);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static gboolean
call_timed_out_cb (gpointer user_data)
{
  Call *call = user_data;
  HdKeyring *self = g_task_get_source_object (call->task);

  call->time_out_id = 0;
  call->returned = TRUE;
  self->available = FALSE;
  g_task_return_new_error (call->task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the Secret Service does not answer");
  g_cancellable_cancel (call->cancellable);

  return G_SOURCE_REMOVE;
}

static void
call_cancelled_cb (GCancellable *cancellable,
                   Call         *call)
{
  g_cancellable_cancel (call->cancellable);
}

static Call *
call_new (HdKeyring           *self,
          gpointer             source_tag,
          guint                time_out_ms,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  Call *call = g_new0 (Call, 1);

  call->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, source_tag);
  call->cancellable = g_cancellable_new ();
  call->time_out_id = g_timeout_add (time_out_ms, call_timed_out_cb, call);

  if (cancellable != NULL)
    call->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (call_cancelled_cb), call, NULL);

  return call;
}

/* Whether the answer still counts; if it is an error, the service counts as absent. */
static gboolean
call_answered (Call         *call,
               const GError *error)
{
  HdKeyring *self = g_task_get_source_object (call->task);

  call_disarm (call);

  if (call->returned)
    return FALSE;

  if (error != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (call->task)))
    {
      g_debug ("Secret Service: %s", error->message);

      /* A service that says what is wrong is there. */
      self->available = error->domain == SECRET_ERROR;
    }
  else if (error == NULL)
    {
      self->available = TRUE;
    }

  return TRUE;
}

static void
keep_in_memory (HdKeyring  *self,
                const char *user_name,
                const char *password)
{
  g_free (self->memory_user_name);
  self->memory_user_name = g_strdup (user_name);
  hd_secret_clear (&self->memory_password);
  self->memory_password = g_strdup (password);
}

static void
hd_keyring_finalize (GObject *object)
{
  HdKeyring *self = HD_KEYRING (object);

  g_free (self->portal_uri);
  g_free (self->memory_user_name);
  hd_secret_clear (&self->memory_password);

  G_OBJECT_CLASS (hd_keyring_parent_class)->finalize (object);
}

static void
hd_keyring_class_init (HdKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_keyring_finalize;
}

static void
hd_keyring_init (HdKeyring *self)
{
  self->call_ms = CALL_MS;
  self->prompt_ms = PROMPT_MS;
}

/**
 * hd_keyring_new:
 * @portal_uri: the portal’s address
 *
 * Returns: (transfer full): the remembered password of that portal
 */
HdKeyring *
hd_keyring_new (const char *portal_uri)
{
  HdKeyring *self = g_object_new (HD_TYPE_KEYRING, NULL);

  self->portal_uri = g_strdup (portal_uri);
  return self;
}

/**
 * hd_keyring_is_available:
 * @self: a keyring
 *
 * Returns: whether the Secret Service answered the last call
 */
gboolean
hd_keyring_is_available (HdKeyring *self)
{
  g_return_val_if_fail (HD_IS_KEYRING (self), FALSE);

  return self->available;
}

/**
 * hd_keyring_set_time_outs:
 * @self: a keyring
 * @call_ms: how long a call may take
 * @prompt_ms: how long reading or storing a password may take
 *
 * For tests.
 */
void
hd_keyring_set_time_outs (HdKeyring *self,
                          guint      call_ms,
                          guint      prompt_ms)
{
  g_return_if_fail (HD_IS_KEYRING (self));

  self->call_ms = call_ms;
  self->prompt_ms = prompt_ms;
}

static void
free_items (GList *items)
{
  g_list_free_full (items, g_object_unref);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  GList *items = secret_password_search_finish (result, &error);
  HdKeyring *self = g_task_get_source_object (call->task);

  if (!call_answered (call, error))
    {
      free_items (items);
      return;
    }

  if (items != NULL)
    attributes = secret_retrievable_get_attributes (SECRET_RETRIEVABLE (items->data));

  if (attributes != NULL)
    g_task_return_pointer (call->task, g_strdup (g_hash_table_lookup (attributes, "user-name")), g_free);
  else
    g_task_return_pointer (call->task, g_strdup (self->memory_user_name), g_free);

  free_items (items);
}

/**
 * hd_keyring_find_async:
 * @self: a keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks whether a password is remembered.  Never asks the person anything: a
 * locked keyring tells whose passwords it holds.
 */
void
hd_keyring_find_async (HdKeyring           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Call *call;

  g_return_if_fail (HD_IS_KEYRING (self));

  call = call_new (self, hd_keyring_find_async, self->call_ms, cancellable, callback, user_data);
  secret_password_search (&schema, SECRET_SEARCH_NONE, call->cancellable, found_cb, call,
                          "portal", self->portal_uri, NULL);
}

/**
 * hd_keyring_find_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error: cancelled, or no answer in time
 *
 * Returns: (transfer full) (nullable): the user name, %NULL without an error
 *   where nothing is remembered
 */
char *
hd_keyring_find_finish (HdKeyring     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_keyring_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (call_answered (call, error))
    g_task_return_pointer (call->task, g_strdup (secret), (GDestroyNotify) hd_secret_free);

  secret_password_free (secret);
}

/**
 * hd_keyring_lookup_async:
 * @self: a keyring
 * @user_name: whose password
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a password; the service may ask the person to unlock the keyring.
 */
void
hd_keyring_lookup_async (HdKeyring           *self,
                         const char          *user_name,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Call *call;

  g_return_if_fail (HD_IS_KEYRING (self));
  g_return_if_fail (user_name != NULL);

  if (g_strcmp0 (user_name, self->memory_user_name) == 0)
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (task, hd_keyring_lookup_async);
      g_task_return_pointer (task, g_strdup (self->memory_password), (GDestroyNotify) hd_secret_free);
      return;
    }

  call = call_new (self, hd_keyring_lookup_async, self->prompt_ms, cancellable, callback, user_data);
  secret_password_lookup (&schema, call->cancellable, looked_up_cb, call,
                          "portal", self->portal_uri, "user-name", user_name, NULL);
}

/**
 * hd_keyring_lookup_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error: cancelled, or no answer in time
 *
 * Returns: (transfer full) (nullable): the password, to be freed with
 *   hd_secret_free(); %NULL without an error where there is none or the person
 *   did not unlock the keyring
 */
char *
hd_keyring_lookup_finish (HdKeyring     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_keyring_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  HdKeyring *self = g_task_get_source_object (call->task);
  gboolean stored = secret_password_store_finish (result, &error);

  if (!call_answered (call, error))
    return;

  if (stored)
    keep_in_memory (self, NULL, NULL);

  g_task_return_boolean (call->task, stored);
}

/* Whoever was remembered before is gone; now store. */
static void
cleared_for_store_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Call *call = user_data;
  HdKeyring *self = g_task_get_source_object (call->task);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  secret_password_clear_finish (result, &error);

  if (call->returned || error != NULL)
    {
      if (call_answered (call, error))
        g_task_return_boolean (call->task, FALSE);

      call_free (call);
      return;
    }

  /* Translators: the name of a password in the keyring; user name, portal */
  label = g_strdup_printf (_("Help Desk password of %s at %s"), call->user_name, self->portal_uri);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, call->password,
                         call->cancellable, stored_cb, call,
                         "portal", self->portal_uri, "user-name", call->user_name, NULL);
}

/**
 * hd_keyring_store_async:
 * @self: a keyring
 * @user_name: whose password
 * @password: the password
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Remembers a password instead of any other for this portal; without a service
 * until the program ends.
 */
void
hd_keyring_store_async (HdKeyring           *self,
                        const char          *user_name,
                        const char          *password,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Call *call;

  g_return_if_fail (HD_IS_KEYRING (self));
  g_return_if_fail (user_name != NULL);
  g_return_if_fail (password != NULL);

  keep_in_memory (self, user_name, password);

  call = call_new (self, hd_keyring_store_async, self->prompt_ms, cancellable, callback, user_data);
  call->user_name = g_strdup (user_name);
  call->password = g_strdup (password);
  secret_password_clear (&schema, call->cancellable, cleared_for_store_cb, call,
                         "portal", self->portal_uri, NULL);
}

/**
 * hd_keyring_store_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error: cancelled, or no answer in time
 *
 * Returns: whether it outlives the program
 */
gboolean
hd_keyring_store_finish (HdKeyring     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_keyring_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);

  if (call_answered (call, error))
    g_task_return_boolean (call->task, error == NULL);
}

/**
 * hd_keyring_forget_async:
 * @self: a keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Forgets every password of this portal.
 */
void
hd_keyring_forget_async (HdKeyring           *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Call *call;

  g_return_if_fail (HD_IS_KEYRING (self));

  keep_in_memory (self, NULL, NULL);

  call = call_new (self, hd_keyring_forget_async, self->call_ms, cancellable, callback, user_data);
  secret_password_clear (&schema, call->cancellable, forgotten_cb, call,
                         "portal", self->portal_uri, NULL);
}

/**
 * hd_keyring_forget_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error: cancelled, or no answer in time
 *
 * Returns: whether the Secret Service holds none any more
 */
gboolean
hd_keyring_forget_finish (HdKeyring     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_keyring_forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
