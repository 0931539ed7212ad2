/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-site.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"

/*
 * What is what at one site of Request Tracker: which custom field is the body
 * of an article, which class holds the news, what the statuses mean.
 *
 * The administrator says it in a key file (docs/administration.md).  Where the
 * file is silent we guess by the names that people give to such things.  What is
 * said of a role in the file is all that counts for it.
 */

#define MAX_GUESSES 6

static const struct
{
  const char *group;
  const char *key;
  const char *label;
  const char *guesses[MAX_GUESSES];  /* parts of names, in small letters */
} roles[HD_RT_N_ROLES] = {
  [HD_RT_ROLE_CATEGORY] = { "Catalog", "category-field", N_("Category of the catalog"), { "категор", "category" } },
  [HD_RT_ROLE_KIND] = { "Catalog", "kind-field", N_("Request or incident"), { "вид звернення", "тип звернення", "kind", "request type" } },
  [HD_RT_ROLE_ICON] = { "Catalog", "icon-field", N_("Picture of a service offering"), { "піктограм", "іконк", "icon" } },
  [HD_RT_ROLE_DESCRIPTION] = { "Catalog", "description-field", N_("Description of a service offering"), { "опис", "description" } },
  [HD_RT_ROLE_EXPECTED_TIME] = { "Catalog", "expected-time-field", N_("Expected time"), { "строк", "термін", "expected time" } },
  [HD_RT_ROLE_CLIENT_KEY] = { "Request", "client-key-field", N_("Key of a submission"), { "ключ клієнта", "client key", "idempotency" } },
  [HD_RT_ROLE_BODY] = { "Knowledge", "body-field", N_("Text of an article"), { "зміст", "текст", "content", "body", "text" } },
  [HD_RT_ROLE_SECTION] = { "Knowledge", "section-field", N_("Category of an article"), { "розділ", "рубрик", "section", "topic", "категор", "category" } },
  [HD_RT_ROLE_KEYWORDS] = { "Knowledge", "keywords-field", N_("Keywords of an article"), { "ключові слова", "keyword", "мітк", "tags" } },
  [HD_RT_ROLE_KNOWLEDGE] = { "Knowledge", "classes", N_("Knowledge Base"), { NULL } },
  [HD_RT_ROLE_NEWS] = { "Knowledge", "news-classes", N_("News and Announcements"), { "новин", "оголош", "news", "announce" } },
  [HD_RT_ROLE_CONTACTS] = { "Contacts", "class", N_("Contacts"), { "контакт", "contact" } },
};

static const struct
{
  const char *group;
  const char *key;
} settings[HD_RT_N_SETTINGS] = {
  [HD_RT_SETTING_NAME] = { "Site", "name" },
  [HD_RT_SETTING_ORGANISATION] = { "Site", "organisation" },
  [HD_RT_SETTING_MAIL_DOMAIN] = { "Site", "mail-domain" },
  [HD_RT_SETTING_PHONE] = { "Contacts", "phone" },
  [HD_RT_SETTING_PHONE_HOURS] = { "Contacts", "phone-hours" },
  [HD_RT_SETTING_EMAIL] = { "Contacts", "email" },
  [HD_RT_SETTING_TIME_ZONE] = { "Site", "time-zone" },
};

/* In the order in which a guess is made: “not resolved” would be many things. */
static const struct
{
  const char *key;
  HdStatus    status;
  const char *guesses[MAX_GUESSES];
} statuses[] = {
  { "cancelled", HD_STATUS_CANCELLED, { "cancel", "reject", "скасов", "відхил", "відмін" } },
  { "closed", HD_STATUS_CLOSED, { "resolv", "clos", "done", "виріш", "закрит", "викон" } },
  { "registered", HD_STATUS_REGISTERED, { "new", "нов", "зареєстр", "registered" } },
  { "in-progress", HD_STATUS_IN_PROGRESS, { "open", "progress", "stalled", "pending", "робот", "очіку" } },
};

static const char *const waiting_guesses[] = { "pending", "stalled", "waiting", "очіку", NULL };
static const char *const incident_guesses[] = { "інцидент", "incident", "збій", NULL };

struct _HdRtSite
{
  GKeyFile *file;                      /* (owned): empty without a file */
  GStrv     names[HD_RT_N_ROLES];      /* (owned) (nullable): as configured */
  char     *settings[HD_RT_N_SETTINGS]; /* (owned) (nullable) */
};

static GStrv
dup_list (GKeyFile   *file,
          const char *group,
          const char *key)
{
  GStrv list = g_key_file_get_string_list (file, group, key, NULL, NULL);

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    g_strstrip (list[i]);

  return list;
}

/**
 * hd_rt_site_new:
 * @path: (nullable): the site's key file; without one all is guessed
 * @error: return location for %HD_ERROR_SETTINGS, where the file cannot be read
 *
 * Returns: (transfer full) (nullable): what is what
 */
HdRtSite *
hd_rt_site_new (const char  *path,
                GError     **error)
{
  g_autoptr (HdRtSite) self = g_new0 (HdRtSite, 1);
  g_autoptr (GError) cause = NULL;

  self->file = g_key_file_new ();

  if (path != NULL && !g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, &cause))
    {
      g_set_error (error, HD_ERROR, HD_ERROR_SETTINGS, "%s: %s", path, cause->message);
      return NULL;
    }

  for (guint i = 0; i < HD_RT_N_ROLES; i++)
    self->names[i] = dup_list (self->file, roles[i].group, roles[i].key);

  for (guint i = 0; i < HD_RT_N_SETTINGS; i++)
    self->settings[i] = g_key_file_get_string (self->file, settings[i].group, settings[i].key, NULL);

  return g_steal_pointer (&self);
}

void
hd_rt_site_free (HdRtSite *self)
{
  g_clear_pointer (&self->file, g_key_file_unref);

  for (guint i = 0; i < HD_RT_N_ROLES; i++)
    g_strfreev (self->names[i]);

  for (guint i = 0; i < HD_RT_N_SETTINGS; i++)
    g_free (self->settings[i]);

  g_free (self);
}

/* Whether one of the parts is in @name, in whatever letters. */
static gboolean
has_part (const char        *name,
          const char *const *parts,
          guint              n_parts)
{
  g_autofree char *small = g_utf8_strdown (name, -1);

  for (guint i = 0; i < n_parts && parts[i] != NULL; i++)
    {
      if (strstr (small, parts[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

gboolean
hd_rt_site_is_configured (HdRtSite *self,
                          HdRtRole  role)
{
  return self->names[role] != NULL;
}

/**
 * hd_rt_site_plays:
 * @self: a site
 * @role: a role
 * @name: (nullable): the name of a custom field or of a class
 *
 * Returns: whether that has this role
 */
gboolean
hd_rt_site_plays (HdRtSite   *self,
                  HdRtRole    role,
                  const char *name)
{
  if (name == NULL)
    return FALSE;

  if (self->names[role] != NULL)
    return g_strv_contains ((const char *const *) self->names[role], name);

  /* Every class that is nothing else. */
  if (role == HD_RT_ROLE_KNOWLEDGE)
    return !hd_rt_site_plays (self, HD_RT_ROLE_NEWS, name) && !hd_rt_site_plays (self, HD_RT_ROLE_CONTACTS, name);

  return has_part (name, roles[role].guesses, MAX_GUESSES);
}

/* Returns: (transfer none): what the role is called, translated */
const char *
hd_rt_site_get_role_label (HdRtRole role)
{
  return _(roles[role].label);
}

/* Returns: (transfer none) (nullable): what the file says */
const char *
hd_rt_site_get (HdRtSite    *self,
                HdRtSetting  setting)
{
  return self->settings[setting];
}

/* In bytes; 0 if the file does not say. */
gint64
hd_rt_site_get_max_file_size (HdRtSite *self)
{
  return MAX (g_key_file_get_int64 (self->file, "Site", "max-file-size", NULL), 0);
}

/**
 * hd_rt_site_get_kind:
 * @self: a site
 * @value: (nullable): the value of a queue's kind field
 * @queue_name: (nullable): what the queue is called, which tells where there is no value
 *
 * Returns: whether tickets of the queue are requests or incidents
 */
HdKind
hd_rt_site_get_kind (HdRtSite   *self,
                     const char *value,
                     const char *queue_name)
{
  g_auto (GStrv) words = dup_list (self->file, "Catalog", "incident-values");
  const char *guessed = value != NULL ? value : queue_name;
  gboolean is_incident = FALSE;

  if (value != NULL && words != NULL)
    is_incident = g_strv_contains ((const char *const *) words, value);
  else if (guessed != NULL)
    is_incident = has_part (guessed, incident_guesses, G_N_ELEMENTS (incident_guesses));

  return is_incident ? HD_KIND_INCIDENT : HD_KIND_REQUEST;
}

/**
 * hd_rt_site_get_status:
 * @self: a site
 * @word: (nullable): a status of one of its lifecycles
 *
 * Returns: what it is to a person; %HD_STATUS_UNKNOWN where nobody can tell by the word
 */
HdStatus
hd_rt_site_get_status (HdRtSite   *self,
                       const char *word)
{
  if (word == NULL)
    return HD_STATUS_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (GStrv) words = dup_list (self->file, "Statuses", statuses[i].key);

      if (words != NULL && g_strv_contains ((const char *const *) words, word))
        return statuses[i].status;
    }

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (has_part (word, statuses[i].guesses, MAX_GUESSES))
        return statuses[i].status;
    }

  return HD_STATUS_UNKNOWN;
}

/* Returns: whether a request in this status waits for the person */
gboolean
hd_rt_site_is_waiting (HdRtSite   *self,
                       const char *word)
{
  g_auto (GStrv) words = dup_list (self->file, "Statuses", "waiting");

  if (word == NULL)
    return FALSE;

  return words != NULL ? g_strv_contains ((const char *const *) words, word)
                       : has_part (word, waiting_guesses, G_N_ELEMENTS (waiting_guesses));
}
