/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-private.h"

#include "hd-error.h"

/**
 * HdPortal:
 *
 * How to talk to an organisation's portal, whichever kind it is.
 *
 * A subclass maps one kind of portal to the model and back, and says by its
 * capabilities what that kind cannot do; it holds no policy.  All calls are
 * asynchronous, start on the main thread and end there.  Each ends with a
 * result, with an #HdError or with %G_IO_ERROR_CANCELLED.
 */

G_DEFINE_ABSTRACT_TYPE (HdPortal, hd_portal, G_TYPE_OBJECT)

/* A kind of portal that knows nothing about itself but what it says. */
static void
explain_nothing (HdPortal *self,
                 GTask    *task)
{
  g_task_return_pointer (task, g_list_store_new (HD_TYPE_FIELD_VALUE), g_object_unref);
}

/* A kind of portal that gives one picture at a time. */
static void
get_no_bundle (HdPortal          *self,
               const char *const *names,
               GTask             *task)
{
  g_task_return_new_error (task, HD_ERROR, HD_ERROR_UNSUPPORTED, "pictures come one by one");
}

static void
hd_portal_class_init (HdPortalClass *klass)
{
  klass->get_media_bundle = get_no_bundle;
  klass->find_similar = hd_portal_find_among_recent;
  klass->explain = explain_nothing;
}

static void
hd_portal_init (HdPortal *self)
{
}

static const struct
{
  const char           *name;
  HdPortalCapabilities  capability;
} capability_names[] = {
  { "idempotency", HD_PORTAL_IDEMPOTENCY },
  { "delta", HD_PORTAL_DELTA },
  { "reply", HD_PORTAL_REPLY },
  { "cancel", HD_PORTAL_CANCEL },
  { "reopen", HD_PORTAL_REOPEN },
  { "confirm", HD_PORTAL_CONFIRM },
  { "rate", HD_PORTAL_RATE },
  { "feedback", HD_PORTAL_FEEDBACK },
  { "announcements", HD_PORTAL_ANNOUNCEMENTS },
  { "media-bundle", HD_PORTAL_MEDIA_BUNDLE },
  { "uploads", HD_PORTAL_UPLOADS },
};

/**
 * hd_portal_parse_capabilities:
 * @names: (nullable): what a portal says it can do, as in its information
 *
 * Returns: the capabilities of these names; a name that is not known is none
 */
HdPortalCapabilities
hd_portal_parse_capabilities (const char *const *names)
{
  guint capabilities = 0;

  for (guint i = 0; names != NULL && i < G_N_ELEMENTS (capability_names); i++)
    {
      if (g_strv_contains (names, capability_names[i].name))
        capabilities |= capability_names[i].capability;
    }

  return capabilities;
}

/**
 * hd_portal_get_capabilities:
 * @self: a portal
 *
 * Returns: what the kind of portal can do; the portal itself may allow less
 */
HdPortalCapabilities
hd_portal_get_capabilities (HdPortal *self)
{
  g_return_val_if_fail (HD_IS_PORTAL (self), 0);

  return HD_PORTAL_GET_CLASS (self)->get_capabilities (self);
}

/**
 * hd_portal_get_traffic:
 * @self: a portal
 *
 * Returns: the bytes that went to the portal and came from it since @self was made; 0 where nobody counts
 */
guint64
hd_portal_get_traffic (HdPortal *self)
{
  g_return_val_if_fail (HD_IS_PORTAL (self), 0);

  return HD_PORTAL_GET_CLASS (self)->get_traffic != NULL ? HD_PORTAL_GET_CLASS (self)->get_traffic (self) : 0;
}

/* A task for one of the calls; @source_tag is the call. */
GTask *
hd_portal_start_call (HdPortal            *self,
                      gpointer             source_tag,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  return task;
}

/**
 * hd_portal_get_info_async:
 * @self: a portal
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for contacts, limits and capabilities; needs no sign-in.
 */
void
hd_portal_get_info_async (HdPortal            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_get_info_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_info (self, task);
}

/**
 * hd_portal_get_info_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the portal says about itself
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_info, HdPortalInfo *)

/**
 * hd_portal_sign_in_async:
 * @self: a portal
 * @user_name: as the person typed it, without the mail domain
 * @password: the password; not kept
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Signs in.  The portal keeps what proves the session in memory only.
 *
 * Fails with %HD_ERROR_CREDENTIALS or %HD_ERROR_LOCKED; never tries twice.
 */
void
hd_portal_sign_in_async (HdPortal            *self,
                         const char          *user_name,
                         const char          *password,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (user_name != NULL);
  g_return_if_fail (password != NULL);

  task = hd_portal_start_call (self, hd_portal_sign_in_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->sign_in (self, user_name, password, task);
}

/**
 * hd_portal_sign_in_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): who is signed in now
 */
HD_PORTAL_DEFINE_FINISH_POINTER (sign_in, HdAccount *)

/**
 * hd_portal_sign_out_async:
 * @self: a portal
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Ends the session at the portal.  What proved it is forgotten in any case.
 */
void
hd_portal_sign_out_async (HdPortal            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_sign_out_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->sign_out (self, task);
}

/**
 * hd_portal_sign_out_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the portal ended the session
 */
HD_PORTAL_DEFINE_FINISH (sign_out)

/**
 * hd_portal_get_account_async:
 * @self: a portal
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks who is signed in.
 */
void
hd_portal_get_account_async (HdPortal            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_get_account_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_account (self, task);
}

/**
 * hd_portal_get_account_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the person
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_account, HdAccount *)

/**
 * hd_portal_get_catalog_async:
 * @self: a portal
 * @version: (nullable): the version that is held already
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for categories and offerings.
 */
void
hd_portal_get_catalog_async (HdPortal            *self,
                             const char          *version,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_get_catalog_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_catalog (self, version, task);
}

/**
 * hd_portal_get_catalog_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the catalog; one without a version if nothing changed since @version
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_catalog, HdCatalog *)

/**
 * hd_portal_get_form_async:
 * @self: a portal
 * @offering_id: an offering
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for the form of an offering.
 */
void
hd_portal_get_form_async (HdPortal            *self,
                          const char          *offering_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (offering_id != NULL);

  task = hd_portal_start_call (self, hd_portal_get_form_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_form (self, offering_id, task);
}

/**
 * hd_portal_get_form_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): its form
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_form, HdForm *)

/**
 * hd_portal_get_options_async:
 * @self: a portal
 * @source: the name of an option source
 * @query: (nullable): words to search for
 * @parent: (nullable): the value of the field that it depends on
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Searches an option source.
 */
void
hd_portal_get_options_async (HdPortal            *self,
                             const char          *source,
                             const char          *query,
                             const char          *parent,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (source != NULL);

  task = hd_portal_start_call (self, hd_portal_get_options_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_options (self, source, query, parent, task);
}

/**
 * hd_portal_get_options_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what matches, best first
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_options, HdOptionList *)

/**
 * hd_portal_explain_async:
 * @self: a portal, signed in
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks what the portal was found to be: which of its parts serve as what.  For
 * administrators.
 */
void
hd_portal_explain_async (HdPortal            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_explain_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->explain (self, task);
}

/**
 * hd_portal_explain_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type HdFieldValue): label and value, in the person’s language
 */
HD_PORTAL_DEFINE_FINISH_POINTER (explain, GListModel *)
