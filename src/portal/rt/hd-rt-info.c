/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-contact.h"
#include "hd-error.h"

/*
 * What there is to know about the portal as a whole.  RT tells nothing of that
 * kind, so it comes from the site's file and from a class of articles: the
 * summary of each is how to reach the desk, its name is what for.  One question
 * is asked in any case, as whoever asks wants to know whether anybody is there.
 */

#define NAME "HELP DESK"

static const char *const capabilities[] = { "delta", "reply", "cancel", "reopen", "confirm", "announcements", NULL };

static void
add_contact (GListStore    *contacts,
             HdContactKind  kind,
             const char    *label,
             const char    *value,
             const char    *hours)
{
  g_autoptr (HdContact) contact = NULL;

  if (value == NULL || *value == '\0')
    return;

  contact = g_object_new (HD_TYPE_CONTACT, "kind", kind, "label", label, "value", value, "hours", hours, NULL);
  g_list_store_append (contacts, contact);
}

static HdContactKind
guess_contact_kind (const char *value)
{
  if (strchr (value, '@') != NULL)
    return HD_CONTACT_KIND_EMAIL;

  if (strspn (value, "+0123456789 ()-–—.,;/") == strlen (value))
    return HD_CONTACT_KIND_PHONE;

  return g_str_has_prefix (value, "http") ? HD_CONTACT_KIND_CHAT : HD_CONTACT_KIND_ADDRESS;
}

static void
add_article (GListStore *contacts,
             JsonObject *article)
{
  const char *value = hd_rt_json_get_text (article, "Summary");

  if (value != NULL)
    add_contact (contacts, guess_contact_kind (value), hd_rt_json_get_text (article, "Name"), value, NULL);
}

static HdPortalInfo *
create_info (HdRtPortal *self,
             JsonArray  *articles)
{
  g_autoptr (GListStore) contacts = g_list_store_new (HD_TYPE_CONTACT);
  const char *name = hd_rt_site_get (self->site, HD_RT_SETTING_NAME);

  add_contact (contacts, HD_CONTACT_KIND_PHONE, _("Help Desk"), hd_rt_site_get (self->site, HD_RT_SETTING_PHONE),
               hd_rt_site_get (self->site, HD_RT_SETTING_PHONE_HOURS));
  add_contact (contacts, HD_CONTACT_KIND_EMAIL, _("Help Desk"), hd_rt_site_get (self->site, HD_RT_SETTING_EMAIL), NULL);

  for (guint i = 0; i < hd_rt_json_get_length (articles); i++)
    add_article (contacts, hd_rt_json_get_element (articles, i));

  return g_object_new (HD_TYPE_PORTAL_INFO,
                       "name", name != NULL ? name : NAME,
                       "organisation", hd_rt_site_get (self->site, HD_RT_SETTING_ORGANISATION),
                       "mail-domain", hd_rt_site_get (self->site, HD_RT_SETTING_MAIL_DOMAIN),
                       "contacts", contacts,
                       "max-file-size", hd_rt_site_get_max_file_size (self->site),
                       "capabilities", capabilities,
                       NULL);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  JsonArray *articles = answer != NULL ? hd_rt_get_items (answer->root) : NULL;

  /* They are told to whoever asks later without being signed in, too. */
  if (articles != NULL)
    {
      g_clear_pointer (&self->contact_articles, json_array_unref);
      self->contact_articles = json_array_ref (articles);
    }

  /* That nobody is signed in is an answer, too. */
  if (answer == NULL && !g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, create_info (self, self->contact_articles), g_object_unref);
}

static void
ask_server (HdRtPortal *self,
            GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_rt_request_new ("GET", "rt");

  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

static void
ask_contacts (HdRtPortal *self,
              GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_rt_question_new ("articles");
  g_autoptr (JsonNode) filter = hd_rt_json_filter ("Class", "=", self->contacts[0], NULL);

  hd_http_request_add_query (request, "fields", "Name,Summary");
  hd_http_request_add_query (request, "orderby", "id");
  hd_http_request_set_json (request, filter);
  hd_rt_request_add_page (request, 1);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

static void
classes_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;

  /* Whatever is wrong with the classes, the question is whether anybody is there. */
  if (hd_rt_classes_load_finish (self, result, NULL) && self->contacts[0] != NULL)
    ask_contacts (self, task);
  else
    ask_server (self, task);
}

void
hd_rt_portal_get_info (HdPortal *portal,
                       GTask    *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);

  if (self->user_name != NULL)
    hd_rt_classes_load_async (self, g_task_get_cancellable (task), classes_loaded_cb, g_object_ref (task));
  else
    ask_server (self, task);
}
