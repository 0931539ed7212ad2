/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-session.h"

#include "hd-capabilities.h"
#include "hd-error.h"
#include "hd-portal-factory.h"
#include "hd-session-private.h"

/*
 * HdSession: the class and its state.  Beside it:
 *
 *   hd-session-open.c      opening the store and asking the keyring
 *   hd-session-calls.c     calls that wait for a sign-in under way
 *   hd-session-sign-in.c   resuming and signing in
 *   hd-session-adopt.c     making room for whoever signed in
 *   hd-session-leave.c     signing out and wiping
 *   hd-session-work.c      sync, outbox, reachability: what goes on behind
 *   hd-session-forms.c     forms and their options
 *   hd-session-content.c   requests and pictures
 *   hd-session-files.c     attachments
 */

G_DEFINE_FINAL_TYPE (HdSession, hd_session, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (HdSessionState, hd_session_state,
                    G_DEFINE_ENUM_VALUE (HD_SESSION_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (HD_SESSION_SIGNING_IN, "signing-in"),
                    G_DEFINE_ENUM_VALUE (HD_SESSION_SIGNED_IN, "signed-in"),
                    G_DEFINE_ENUM_VALUE (HD_SESSION_EXPIRED, "expired"))

typedef enum
{
  PROP_STATE = 1,
  PROP_ACCOUNT,
  PROP_INFO,
  PROP_OFFLINE_SINCE,
  PROP_OFFLINE_ERROR,
  PROP_SYNCING,
  PROP_SYNCED_AT,
  PROP_N_UNREAD,
  PROP_OUTAGE,
} HdSessionProp;

static GParamSpec *properties[PROP_OUTAGE + 1];

typedef enum
{
  SIGNAL_REQUEST_CHANGED,
  SIGNAL_SUBMISSION_FINISHED,
  SIGNAL_SUBMISSION_FAILED,
} HdSessionSignal;

static guint signals[SIGNAL_SUBMISSION_FAILED + 1];

/* --- State --- */

void
hd_session_set_state (HdSession      *self,
                      HdSessionState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
hd_session_set_account (HdSession *self,
                        HdAccount *account)
{
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

void
hd_session_set_info (HdSession    *self,
                     HdPortalInfo *info)
{
  if (self->info != NULL && hd_record_equal (HD_RECORD (self->info), HD_RECORD (info)))
    return;

  g_set_object (&self->info, info);

  if (self->submitter != NULL)
    hd_submitter_set_capabilities (self->submitter, hd_capabilities_get (self->portal, info));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INFO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTAGE]);
}

void
hd_session_set_synced_at (HdSession *self,
                          GDateTime *synced_at)
{
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  self->synced_at = synced_at != NULL ? g_date_time_ref (synced_at) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
}

void
hd_session_notify_syncing (HdSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
}

static void
set_n_unread (HdSession *self,
              guint      n_unread)
{
  if (self->n_unread == n_unread)
    return;

  self->n_unread = n_unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNREAD]);
}

static void
unread_counted_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (HdSession) self = user_data;
  gssize n_unread = hd_store_count_unread_finish (HD_STORE (object), result, NULL);

  if (n_unread >= 0)
    set_n_unread (self, self->account != NULL ? (guint) n_unread : 0);
}

void
hd_session_count_unread (HdSession *self)
{
  hd_store_count_unread_async (self->store, NULL, unread_counted_cb, g_object_ref (self));
}

static void
reachability_changed_cb (HdReachability *reachability,
                         HdSession      *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE_SINCE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE_ERROR]);
}

void
hd_session_emit_submission_finished (HdSession    *self,
                                     HdSubmission *submission,
                                     HdRequest    *request)
{
  g_signal_emit (self, signals[SIGNAL_SUBMISSION_FINISHED], 0, submission, request);
}

void
hd_session_emit_submission_failed (HdSession    *self,
                                   HdSubmission *submission,
                                   GError       *error)
{
  g_signal_emit (self, signals[SIGNAL_SUBMISSION_FAILED], 0, submission, error);
}

void
hd_session_emit_request_changed (HdSession *self,
                                 HdRequest *before,
                                 HdRequest *now)
{
  g_signal_emit (self, signals[SIGNAL_REQUEST_CHANGED], 0, before, now);
}

/* --- The class --- */

static void
hd_session_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  HdSession *self = HD_SESSION (object);

  switch ((HdSessionProp) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;

    case PROP_INFO:
      g_value_set_object (value, self->info);
      break;

    case PROP_OFFLINE_SINCE:
      g_value_set_boxed (value, hd_session_get_offline_since (self));
      break;

    case PROP_OFFLINE_ERROR:
      g_value_set_boxed (value, hd_session_get_offline_error (self));
      break;

    case PROP_SYNCING:
      g_value_set_boolean (value, hd_session_get_syncing (self));
      break;

    case PROP_SYNCED_AT:
      g_value_set_boxed (value, self->synced_at);
      break;

    case PROP_N_UNREAD:
      g_value_set_uint (value, self->n_unread);
      break;

    case PROP_OUTAGE:
      g_value_set_object (value, self->info != NULL ? hd_portal_info_get_outage (self->info) : NULL);
      break;
    }
}

static void
hd_session_dispose (GObject *object)
{
  hd_session_close (HD_SESSION (object));

  G_OBJECT_CLASS (hd_session_parent_class)->dispose (object);
}

static void
hd_session_finalize (GObject *object)
{
  HdSession *self = HD_SESSION (object);

  g_clear_object (&self->policy);
  g_clear_object (&self->portal);
  g_clear_object (&self->keyring);
  g_clear_object (&self->reachability);
  g_clear_object (&self->sync);
  g_clear_object (&self->submitter);

  if (self->store != NULL)
    hd_store_close (self->store);

  g_clear_object (&self->store);
  g_free (self->kind);
  g_free (self->uri);
  g_free (self->host);
  g_free (self->folder);
  g_clear_object (&self->account);
  g_clear_object (&self->info);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_free (self->remembered);
  g_clear_object (&self->person);
  g_clear_pointer (&self->resume_tasks, g_ptr_array_unref);
  g_clear_pointer (&self->held_calls, g_ptr_array_unref);
  g_clear_pointer (&self->stale_forms, g_hash_table_unref);
  g_clear_pointer (&self->own_changes, g_hash_table_unref);
  g_clear_pointer (&self->sync_tasks, g_ptr_array_unref);
  g_clear_object (&self->sync_cancellable);

  G_OBJECT_CLASS (hd_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, HD_TYPE_SESSION_STATE,
                                              HD_SESSION_SIGNED_OUT, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HD_TYPE_ACCOUNT, flags);
  properties[PROP_INFO] = g_param_spec_object ("info", NULL, NULL, HD_TYPE_PORTAL_INFO, flags);
  properties[PROP_OFFLINE_SINCE] = g_param_spec_boxed ("offline-since", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_OFFLINE_ERROR] = g_param_spec_boxed ("offline-error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  properties[PROP_SYNCED_AT] = g_param_spec_boxed ("synced-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_N_UNREAD] = g_param_spec_uint ("n-unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OUTAGE] = g_param_spec_object ("outage", NULL, NULL, HD_TYPE_OUTAGE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hd_session_class_init (HdSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hd_session_get_property;
  object_class->dispose = hd_session_dispose;
  object_class->finalize = hd_session_finalize;

  install_properties (object_class);

  signals[SIGNAL_REQUEST_CHANGED] =
    g_signal_new ("request-changed", HD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, HD_TYPE_REQUEST, HD_TYPE_REQUEST);
  signals[SIGNAL_SUBMISSION_FINISHED] =
    g_signal_new ("submission-finished", HD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, HD_TYPE_SUBMISSION, HD_TYPE_REQUEST);
  signals[SIGNAL_SUBMISSION_FAILED] =
    g_signal_new ("submission-failed", HD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, HD_TYPE_SUBMISSION, G_TYPE_ERROR);
}

static void
hd_session_init (HdSession *self)
{
  self->person = g_cancellable_new ();
  self->held_calls = hd_session_calls_new ();
  self->stale_forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->own_changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->was_reachable = TRUE;
  self->limits.picture_bytes = HD_SYNC_PICTURE_BYTES;
}

/* Returns: (transfer full): a name for the portal's folder that says which it is, and is its own */
static char *
dup_folder_name (const char *kind,
                 const char *uri,
                 const char *host)
{
  g_autofree char *whole = g_strconcat (kind, " ", uri, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  g_autofree char *safe_host = g_strdup (host);

  g_strcanon (safe_host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-", '_');
  return g_strdup_printf ("%s-%.12s", *safe_host == '.' ? "portal" : safe_host, sum);
}

static char *
dup_folder (const char *data_dir,
            const char *kind,
            const char *uri,
            const char *host)
{
  g_autofree char *name = dup_folder_name (kind, uri, host);

  if (data_dir != NULL)
    return g_build_filename (data_dir, name, NULL);

  return g_build_filename (g_get_user_data_dir (), "helpdesk", name, NULL);
}

/**
 * hd_session_new:
 * @policy: the administrator's decisions
 * @kind: the kind of portal
 * @uri: its address, as a person types it
 * @ca_file: (nullable): authorities to trust besides the system's
 * @data_dir: (nullable): where to keep data
 * @error: return location for an error that says what is wrong with @kind, @uri or @ca_file
 *
 * Returns: (transfer full) (nullable): a session that is not open yet
 */
HdSession *
hd_session_new (HdPolicy    *policy,
                const char  *kind,
                const char  *uri,
                const char  *ca_file,
                const char  *data_dir,
                GError     **error)
{
  g_autofree char *full_uri = NULL;
  g_autoptr (HdPortal) portal = NULL;

  g_return_val_if_fail (HD_IS_POLICY (policy), NULL);
  g_return_val_if_fail (kind != NULL && uri != NULL, NULL);

  full_uri = hd_portal_dup_uri (uri, error);

  if (full_uri == NULL)
    return NULL;

  portal = hd_portal_new_for_kind (kind, full_uri, ca_file, hd_policy_get_site_file (policy), error);

  return portal != NULL ? hd_session_new_for_portal (policy, portal, kind, full_uri, data_dir) : NULL;
}

/**
 * hd_session_new_for_portal:
 * @policy: the administrator's decisions
 * @portal: a portal that was made already
 * @kind: its kind
 * @uri: its address in full
 * @data_dir: (nullable): where to keep data
 *
 * Returns: (transfer full): a session that is not open yet
 */
HdSession *
hd_session_new_for_portal (HdPolicy   *policy,
                           HdPortal   *portal,
                           const char *kind,
                           const char *uri,
                           const char *data_dir)
{
  HdSession *self = g_object_new (HD_TYPE_SESSION, NULL);
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);

  self->policy = g_object_ref (policy);
  self->portal = g_object_ref (portal);
  self->kind = g_strdup (kind);
  self->uri = g_strdup (uri);
  self->host = g_strdup (parsed != NULL && g_uri_get_host (parsed) != NULL ? g_uri_get_host (parsed) : uri);
  self->folder = dup_folder (data_dir, kind, uri, self->host);
  self->keyring = hd_keyring_new (uri);
  self->reachability = hd_reachability_new (portal, NULL);
  g_signal_connect_object (self->reachability, "changed", G_CALLBACK (reachability_changed_cb), self, 0);

  return self;
}

/**
 * hd_session_close:
 * @self: a session
 *
 * Stops whatever goes on, at the end of the program.  Nothing is lost: the outbox
 * and the drafts are on disk, and a sync goes on where it stopped.
 */
void
hd_session_close (HdSession *self)
{
  g_return_if_fail (HD_IS_SESSION (self));

  g_cancellable_cancel (self->person);
  g_cancellable_cancel (self->sync_cancellable);
  g_clear_handle_id (&self->resume_id, g_source_remove);
  g_clear_handle_id (&self->sync_id, g_source_remove);
  self->authenticated = FALSE;

  if (self->reachability != NULL)
    hd_reachability_stop (self->reachability);

  if (self->submitter != NULL)
    hd_submitter_set_enabled (self->submitter, FALSE);

  hd_session_drop_calls (self);
}

/* --- Getters --- */

HdSessionState
hd_session_get_state (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), HD_SESSION_SIGNED_OUT);

  return self->state;
}

HdPolicy *
hd_session_get_policy (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->policy;
}

HdPortal *
hd_session_get_portal (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->portal;
}

/* Returns: (transfer none) (nullable): the store; %NULL before the session is open */
HdStore *
hd_session_get_store (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->store;
}

/* Returns: (transfer none) (nullable): who is signed in, or was until the session expired */
HdAccount *
hd_session_get_account (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->account;
}

/* Returns: (transfer none) (nullable): what the portal says about itself, as last heard */
HdPortalInfo *
hd_session_get_info (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->info;
}

const char *
hd_session_get_uri (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->uri;
}

const char *
hd_session_get_host (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->host;
}

/* Returns: (transfer none) (nullable): since when the portal is of no use */
GDateTime *
hd_session_get_offline_since (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return hd_reachability_get_since (self->reachability);
}

/* Returns: (transfer none) (nullable): why the portal is of no use */
const GError *
hd_session_get_offline_error (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return hd_reachability_get_error (self->reachability);
}

/* Returns: (transfer none) (nullable): when everything was last brought up to date */
GDateTime *
hd_session_get_synced_at (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  return self->synced_at;
}

gboolean
hd_session_get_syncing (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), FALSE);

  return self->sync_tasks != NULL;
}

/* Returns: whether “remember me” outlives the program; known once the session is open */
gboolean
hd_session_has_keyring (HdSession *self)
{
  g_return_val_if_fail (HD_IS_SESSION (self), FALSE);

  return hd_keyring_is_available (self->keyring);
}

gboolean
hd_session_can (HdSession            *self,
                HdPortalCapabilities  capability)
{
  g_return_val_if_fail (HD_IS_SESSION (self), FALSE);

  return (hd_capabilities_get (self->portal, self->info) & capability) == capability;
}

/* Returns: (transfer full) (nullable): the portal's first contact of the kind “phone” */
static HdContact *
dup_phone_contact (HdSession *self)
{
  GListModel *contacts = self->info != NULL ? hd_portal_info_get_contacts (self->info) : NULL;

  for (guint i = 0; contacts != NULL && i < g_list_model_get_n_items (contacts); i++)
    {
      g_autoptr (HdContact) contact = g_list_model_get_item (contacts, i);

      if (hd_contact_get_kind (contact) == HD_CONTACT_KIND_PHONE && hd_contact_get_value (contact) != NULL)
        return g_steal_pointer (&contact);
    }

  return NULL;
}

/* Returns: (transfer full): the help desk's telephone: the portal's word, else the policy's */
char *
hd_session_dup_phone (HdSession *self)
{
  g_autoptr (HdContact) contact = NULL;

  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  contact = dup_phone_contact (self);

  return g_strdup (contact != NULL ? hd_contact_get_value (contact) : hd_policy_get_phone (self->policy));
}

/* Returns: (transfer full) (nullable): when it is answered */
char *
hd_session_dup_phone_hours (HdSession *self)
{
  g_autoptr (HdContact) contact = NULL;

  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  contact = dup_phone_contact (self);

  return g_strdup (contact != NULL ? hd_contact_get_hours (contact) : hd_policy_get_phone_hours (self->policy));
}
