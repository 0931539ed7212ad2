/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-policy.h"

/**
 * HdPolicy:
 *
 * What the administrator of this machine has decided, read once at start from
 * `/etc/helpdesk/policy.conf` (`HELPDESK_POLICY` names another file).
 *
 * A policy is never an error: a missing file decides nothing, and a value that
 * makes no sense counts as absent.
 */

#define POLICY_FILE "/etc/helpdesk/policy.conf"
#define HOST_POLICY_FILE "/run/host/etc/helpdesk/policy.conf" /* in Flatpak */
#define DEFAULT_KIND "open"
#define DEFAULT_PHONE "(044) 481-19-49"
#define DEFAULT_SYNC_INTERVAL 300
#define LEAST_SYNC_INTERVAL 30
#define MOST_SYNC_INTERVAL (24 * 60 * 60)
#define MEGABYTE ((guint64) 1000 * 1000)
#define MOST_MEGABYTES (1000 * 1000)
#define MOST_DAYS (100 * 365)

struct _HdPolicy
{
  GObject   parent_instance;

  char     *portal_uri;        /* (owned) (nullable) */
  char     *portal_kind;       /* (owned) */
  char     *portal_name;       /* (owned) (nullable) */
  char     *ca_file;           /* (owned) (nullable) */
  char     *site_file;         /* (owned) (nullable) */
  char     *phone;             /* (owned) */
  char     *phone_hours;       /* (owned) (nullable) */
  gboolean  allow_background;
  gboolean  allow_remember_me;
  gboolean  lock_portal;
  gboolean  private_notifications;
  guint     sync_interval;
  int       picture_space;     /* in MB; -1 where it is not said */
  int       daily_budget;      /* in MB; -1 where it is not said */
  int       keep_closed;       /* in days; -1 where it is not said */
  int       metered_pictures;  /* -1 where it is not said */
  char    **pack_keys;         /* (owned) */
  char     *pack_folder;       /* (owned) (nullable) */
  char     *synonyms_file;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdPolicy, hd_policy, G_TYPE_OBJECT)

/* Returns: (transfer full) (nullable): the value, NULL where it is absent or empty */
static char *
dup_string (GKeyFile   *file,
            const char *group,
            const char *key)
{
  g_autofree char *value = g_key_file_get_string (file, group, key, NULL);

  if (value == NULL || *g_strstrip (value) == '\0')
    return NULL;

  return g_steal_pointer (&value);
}

static char *
dup_string_or (GKeyFile   *file,
               const char *group,
               const char *key,
               const char *fallback)
{
  char *value = dup_string (file, group, key);

  return value != NULL ? value : g_strdup (fallback);
}

static gboolean
get_boolean_or (GKeyFile   *file,
                const char *group,
                const char *key,
                gboolean    fallback)
{
  g_autoptr (GError) error = NULL;
  gboolean value = g_key_file_get_boolean (file, group, key, &error);

  return error == NULL ? value : fallback;
}

static guint
get_interval (GKeyFile *file)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (file, "Policy", "sync-interval", &error);

  if (error != NULL || value < LEAST_SYNC_INTERVAL || value > MOST_SYNC_INTERVAL)
    return DEFAULT_SYNC_INTERVAL;

  return (guint) value;
}

/* Returns: -1 where it is not said, or not sensibly */
static int
get_limit (GKeyFile   *file,
           const char *key,
           int         most)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (file, "Cache", key, &error);

  return error == NULL && value >= 0 && value <= most ? value : -1;
}

static void
read_limits (HdPolicy *self,
             GKeyFile *file)
{
  g_autoptr (GError) error = NULL;
  gboolean metered = g_key_file_get_boolean (file, "Cache", "metered-pictures", &error);

  self->metered_pictures = error == NULL ? metered : -1;
  self->picture_space = get_limit (file, "picture-space", MOST_MEGABYTES);
  self->daily_budget = get_limit (file, "daily-budget", MOST_MEGABYTES);
  self->keep_closed = get_limit (file, "keep-closed", MOST_DAYS);
}

/* Returns: (transfer full): the words of a list; blanks around them do not count */
static char **
dup_list (GKeyFile   *file,
          const char *group,
          const char *key)
{
  g_auto (GStrv) words = g_key_file_get_string_list (file, group, key, NULL, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (*g_strstrip (words[i]) != '\0')
        g_strv_builder_add (builder, words[i]);
    }

  return g_strv_builder_end (builder);
}

static void
read_key_file (HdPolicy *self,
               GKeyFile *file)
{
  self->portal_uri = dup_string (file, "Portal", "url");
  self->portal_kind = dup_string_or (file, "Portal", "kind", DEFAULT_KIND);
  self->portal_name = dup_string (file, "Portal", "name");
  self->ca_file = dup_string (file, "Portal", "ca-file");
  self->site_file = dup_string (file, "Portal", "site-file");
  self->phone = dup_string_or (file, "Portal", "phone", DEFAULT_PHONE);
  self->phone_hours = dup_string (file, "Portal", "phone-hours");
  self->allow_background = get_boolean_or (file, "Policy", "allow-background", TRUE);
  self->allow_remember_me = get_boolean_or (file, "Policy", "allow-remember-me", TRUE);
  self->lock_portal = get_boolean_or (file, "Policy", "lock-portal", FALSE);
  self->private_notifications = get_boolean_or (file, "Policy", "private-notifications", FALSE);
  self->sync_interval = get_interval (file);
  read_limits (self, file);
  self->pack_keys = dup_list (file, "Policy", "pack-keys");
  self->pack_folder = dup_string (file, "Policy", "pack-folder");
  self->synonyms_file = dup_string (file, "Search", "synonyms");
}

static void
hd_policy_finalize (GObject *object)
{
  HdPolicy *self = HD_POLICY (object);

  g_free (self->portal_uri);
  g_free (self->portal_kind);
  g_free (self->portal_name);
  g_free (self->ca_file);
  g_free (self->site_file);
  g_free (self->phone);
  g_free (self->phone_hours);
  g_strfreev (self->pack_keys);
  g_free (self->pack_folder);
  g_free (self->synonyms_file);

  G_OBJECT_CLASS (hd_policy_parent_class)->finalize (object);
}

static void
hd_policy_class_init (HdPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_policy_finalize;
}

static void
hd_policy_init (HdPolicy *self)
{
}

/**
 * hd_policy_new:
 *
 * Returns: (transfer full): the policy of this machine
 */
HdPolicy *
hd_policy_new (void)
{
  const char *path = g_getenv ("HELPDESK_POLICY");

  if (path != NULL && *path != '\0')
    return hd_policy_new_for_file (path);

  return hd_policy_new_for_file (g_file_test (HOST_POLICY_FILE, G_FILE_TEST_EXISTS) ? HOST_POLICY_FILE : POLICY_FILE);
}

/**
 * hd_policy_new_for_file:
 * @path: a key file, which need not exist
 *
 * Returns: (transfer full): the policy that it holds
 */
HdPolicy *
hd_policy_new_for_file (const char *path)
{
  HdPolicy *self = g_object_new (HD_TYPE_POLICY, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    g_debug ("no policy in %s: %s", path, error->message);

  read_key_file (self, file);
  return self;
}

/* Returns: (transfer none) (nullable): the portal’s address */
const char *
hd_policy_get_portal_uri (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->portal_uri;
}

const char *
hd_policy_get_portal_kind (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->portal_kind;
}

/* Returns: (transfer none) (nullable): what people call the portal, before it says so itself */
const char *
hd_policy_get_portal_name (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->portal_name;
}

const char *
hd_policy_get_ca_file (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->ca_file;
}

/* Returns: (transfer none) (nullable): what is what at a portal that does not say it itself */
const char *
hd_policy_get_site_file (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->site_file;
}

/* What the command line says instead. */
void
hd_policy_set_site_file (HdPolicy   *self,
                         const char *site_file)
{
  g_return_if_fail (HD_IS_POLICY (self));

  g_free (self->site_file);
  self->site_file = g_strdup (site_file);
}

const char *
hd_policy_get_phone (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->phone;
}

const char *
hd_policy_get_phone_hours (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->phone_hours;
}

/* Whether a person may have the program go on when its window is closed. */
gboolean
hd_policy_get_allow_background (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), FALSE);

  return self->allow_background;
}

gboolean
hd_policy_get_allow_remember_me (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), FALSE);

  return self->allow_remember_me;
}

gboolean
hd_policy_get_lock_portal (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), FALSE);

  return self->lock_portal;
}

/* Whether notifications name nothing that others may not read on a locked screen. */
gboolean
hd_policy_get_private_notifications (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), TRUE);

  return self->private_notifications;
}

guint
hd_policy_get_sync_interval (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), DEFAULT_SYNC_INTERVAL);

  return self->sync_interval;
}

/**
 * hd_policy_decide_limits:
 * @self: a policy
 * @limits: (inout): what the person wants, changed to what the administrator decided
 */
void
hd_policy_decide_limits (HdPolicy     *self,
                         HdSyncLimits *limits)
{
  g_return_if_fail (HD_IS_POLICY (self));

  if (self->picture_space >= 0)
    limits->picture_bytes = (guint64) self->picture_space * MEGABYTE;

  if (self->daily_budget >= 0)
    limits->daily_bytes = (guint64) self->daily_budget * MEGABYTE;

  if (self->keep_closed >= 0)
    limits->keep_days = (guint) self->keep_closed;

  if (self->metered_pictures >= 0)
    limits->metered_pictures = self->metered_pictures;
}

/* Returns: whether the administrator decided on a limit, by its name in the file: then the person cannot */
gboolean
hd_policy_decides (HdPolicy   *self,
                   const char *limit)
{
  g_return_val_if_fail (HD_IS_POLICY (self), FALSE);

  return (g_str_equal (limit, "picture-space") && self->picture_space >= 0) ||
         (g_str_equal (limit, "keep-closed") && self->keep_closed >= 0) ||
         (g_str_equal (limit, "metered-pictures") && self->metered_pictures >= 0);
}

/* Returns: (transfer none): the public keys of those whose knowledge packs are trusted */
const char *const *
hd_policy_get_pack_keys (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return (const char *const *) self->pack_keys;
}

/* Returns: (transfer none) (nullable): where knowledge packs are put for this machine */
const char *
hd_policy_get_pack_folder (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->pack_folder;
}

/* Returns: (transfer none) (nullable): a list of other words for search */
const char *
hd_policy_get_synonyms_file (HdPolicy *self)
{
  g_return_val_if_fail (HD_IS_POLICY (self), NULL);

  return self->synonyms_file;
}
