/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-error.h"

/**
 * HdRtPortal:
 *
 * Request Tracker 5 by REST 2.0 (https://docs.bestpractical.com/rt/latest/RT/REST2.html)
 * as an unprivileged user sees it: queues are service offerings, their custom
 * fields are forms, tickets are requests, classes of articles are the knowledge
 * base and the news.  What is what at a site: #HdRtSite.
 *
 * RT says little of what it did not do: it takes answers and drops them, and
 * answers 200 to what it refuses.  So whatever was changed is read back.
 */

G_DEFINE_FINAL_TYPE (HdRtPortal, hd_rt_portal, HD_TYPE_PORTAL)

static void
queue_free (gpointer data)
{
  HdRtQueue *queue = data;

  g_free (queue->name);
  g_free (queue);
}

static HdPortalCapabilities
hd_rt_portal_get_capabilities (HdPortal *portal)
{
  return HD_PORTAL_DELTA | HD_PORTAL_REPLY | HD_PORTAL_CANCEL | HD_PORTAL_REOPEN | HD_PORTAL_CONFIRM |
         HD_PORTAL_ANNOUNCEMENTS;
}

/* Articles take no feedback. */
static void
hd_rt_portal_send_feedback (HdPortal     *portal,
                            HdSubmission *submission,
                            GTask        *task)
{
  g_task_return_new_error (task, HD_ERROR, HD_ERROR_UNSUPPORTED, "articles of RT take no feedback");
}

static void
hd_rt_portal_finalize (GObject *object)
{
  HdRtPortal *self = HD_RT_PORTAL (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->site, hd_rt_site_free);
  g_clear_pointer (&self->user_name, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->queues, g_hash_table_unref);
  g_clear_pointer (&self->key_fields, g_hash_table_unref);
  g_clear_pointer (&self->proven_keys, g_hash_table_unref);
  g_clear_pointer (&self->unread, g_hash_table_unref);
  g_clear_pointer (&self->statuses, g_hash_table_unref);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_pointer (&self->sections, g_hash_table_unref);
  g_clear_pointer (&self->class_names, g_hash_table_unref);
  g_clear_pointer (&self->knowledge, g_strfreev);
  g_clear_pointer (&self->news, g_strfreev);
  g_clear_pointer (&self->contacts, g_strfreev);
  g_clear_pointer (&self->contact_articles, json_array_unref);

  G_OBJECT_CLASS (hd_rt_portal_parent_class)->finalize (object);
}

static void
hd_rt_portal_class_init (HdRtPortalClass *klass)
{
  HdPortalClass *portal_class = HD_PORTAL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hd_rt_portal_finalize;

  portal_class->get_capabilities = hd_rt_portal_get_capabilities;
  portal_class->get_info = hd_rt_portal_get_info;
  portal_class->sign_in = hd_rt_portal_sign_in;
  portal_class->sign_out = hd_rt_portal_sign_out;
  portal_class->get_account = hd_rt_portal_get_account;
  portal_class->get_catalog = hd_rt_portal_get_catalog;
  portal_class->get_form = hd_rt_portal_get_form;
  portal_class->get_options = hd_rt_portal_get_options;
  portal_class->submit = hd_rt_portal_submit;
  portal_class->list_requests = hd_rt_portal_list_requests;
  portal_class->get_request = hd_rt_portal_get_request;
  portal_class->find_similar = hd_rt_portal_find_similar;
  portal_class->reply = hd_rt_portal_reply;
  portal_class->act = hd_rt_portal_act;
  portal_class->list_articles = hd_rt_portal_list_articles;
  portal_class->list_announcements = hd_rt_portal_list_announcements;
  portal_class->get_media = hd_rt_portal_get_media;
  portal_class->download = hd_rt_portal_download;
  portal_class->send_feedback = hd_rt_portal_send_feedback;
  portal_class->explain = hd_rt_portal_explain;
}

static void
hd_rt_portal_init (HdRtPortal *self)
{
  self->zone = g_time_zone_new_local ();
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->key_fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->proven_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unread = hd_rt_unread_new ();
  self->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->class_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * hd_rt_portal_new:
 * @client: talks to the server, from the root of its web interface
 * @site_file: (nullable): what is what at this site
 * @error: return location for %HD_ERROR_SETTINGS
 *
 * Returns: (transfer full) (nullable): a portal
 */
HdRtPortal *
hd_rt_portal_new (HdHttpClient  *client,
                  const char    *site_file,
                  GError       **error)
{
  g_autoptr (HdRtPortal) self = g_object_new (HD_TYPE_RT_PORTAL, NULL);

  self->site = hd_rt_site_new (site_file, error);

  if (self->site == NULL)
    return NULL;

  self->client = g_object_ref (client);
  hd_http_client_start_cookies (client);
  return g_steal_pointer (&self);
}
