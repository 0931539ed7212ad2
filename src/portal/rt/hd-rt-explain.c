/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-field-value.h"
#include "hd-json.h"

/*
 * What was found at a site, for whoever writes its file: which custom fields and
 * classes serve as what.
 *
 *   explain → classes_loaded_cb → queues_listed_cb → fields_listed_cb → server_answered_cb → finish
 */

typedef struct
{
  JsonArray *queues;  /* (owned) (nullable) */
  JsonArray *fields;  /* (owned) (nullable) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->queues, json_array_unref);
  g_clear_pointer (&found->fields, json_array_unref);
  g_free (found);
}

static void
add_line (GListStore *lines,
          const char *label,
          const char *value)
{
  g_autoptr (HdFieldValue) line = g_object_new (HD_TYPE_FIELD_VALUE, "label", label, "value", value, NULL);

  g_list_store_append (lines, line);
}

/* Adds a name to those of a role, once. */
static void
add_name (GString    *names,
          HdRtPortal *self,
          HdRtRole    role,
          const char *name)
{
  if (name == NULL || !hd_rt_site_plays (self->site, role, name) || strstr (names->str, name) != NULL)
    return;

  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static gboolean
is_lookup_type_of (HdRtRole    role,
                   const char *lookup_type)
{
  const char *wanted = "RT::Queue";

  if (role == HD_RT_ROLE_CLIENT_KEY)
    wanted = "RT::Queue-RT::Ticket";
  else if (role >= HD_RT_ROLE_BODY)
    wanted = "RT::Class-RT::Article";

  return g_strcmp0 (lookup_type, wanted) == 0;
}

static void
add_fields (GString    *names,
            HdRtPortal *self,
            HdRtRole    role,
            JsonArray  *fields)
{
  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      JsonObject *field = hd_rt_json_get_element (fields, i);

      if (is_lookup_type_of (role, hd_json_get_string (field, "LookupType")))
        add_name (names, self, role, hd_rt_json_get_text (field, "Name"));
    }
}

static void
add_classes (GString    *names,
             HdRtPortal *self,
             HdRtRole    role)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->class_names);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    add_name (names, self, role, name);
}

static void
add_role (GListStore *lines,
          HdRtPortal *self,
          HdRtRole    role,
          JsonArray  *fields)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *origin = hd_rt_site_is_configured (self->site, role) ? _("by the site’s file") : _("guessed by the name");
  g_autofree char *value = NULL;

  if (role >= HD_RT_ROLE_KNOWLEDGE)
    add_classes (names, self, role);
  else
    add_fields (names, self, role, fields);

  value = names->len > 0 ? g_strdup_printf ("%s (%s)", names->str, origin) : g_strdup (_("none found"));
  add_line (lines, hd_rt_site_get_role_label (role), value);
}

static char *
dup_offerings (HdRtPortal *self,
               JsonArray  *queues)
{
  guint n_all = hd_rt_json_get_length (queues);
  guint n_open = 0;

  for (guint i = 0; i < n_all; i++)
    {
      JsonArray *links = hd_json_get_array (hd_rt_json_get_element (queues, i), "_hyperlinks");

      for (guint j = 0; j < hd_rt_json_get_length (links); j++)
        n_open += g_strcmp0 (hd_json_get_string (hd_rt_json_get_element (links, j), "ref"), "create") == 0;
    }

  return g_strdup_printf (_("%u queues seen, requests may be filed in %u"), n_all, n_open);
}

static GListStore *
create_lines (HdRtPortal *self,
              Found      *found,
              JsonObject *server)
{
  GListStore *lines = g_list_store_new (HD_TYPE_FIELD_VALUE);
  g_autofree char *offerings = dup_offerings (self, found->queues);

  add_line (lines, "Request Tracker", hd_rt_json_get_text (server, "Version"));
  add_line (lines, _("Time zone"), self->zone_is_known ? g_time_zone_get_identifier (self->zone)
                                                       : _("not known: name it in the profile or in the site’s file"));
  add_line (lines, _("Service Catalog"), offerings);

  for (guint role = 0; role < HD_RT_N_ROLES; role++)
    add_role (lines, self, (HdRtRole) role, found->fields);

  return lines;
}

static void
server_answered_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, create_lines (g_task_get_source_object (task), g_task_get_task_data (task),
                                               json_node_get_object (answer->root)), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
fields_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  Found *found = g_task_get_task_data (task);
  g_autoptr (HdHttpRequest) request = hd_rt_request_new ("GET", "rt");
  GError *error = NULL;

  found->fields = hd_rt_list_finish (self, result, NULL, &error);

  if (found->fields != NULL)
    hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), server_answered_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static HdHttpRequest *
create_fields_request (HdRtPortal *self,
                       gpointer    user_data)
{
  HdHttpRequest *request = hd_rt_question_new ("customfields");
  g_autoptr (JsonNode) filter = hd_rt_json_filter ("id", ">", "0", NULL);

  hd_http_request_add_query (request, "fields", "Name,LookupType");
  hd_http_request_add_query (request, "orderby", "id");
  hd_http_request_set_json (request, filter);
  return request;
}

static void
queues_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  Found *found = g_task_get_task_data (task);
  GError *error = NULL;

  found->queues = hd_rt_list_finish (self, result, NULL, &error);

  if (found->queues != NULL)
    hd_rt_list_async (self, create_fields_request, NULL, HD_RT_END_EMPTY, 1, 0, g_task_get_cancellable (task),
                      fields_listed_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static HdHttpRequest *
create_queues_request (HdRtPortal *self,
                       gpointer    user_data)
{
  HdHttpRequest *request = hd_rt_request_new ("GET", "queues", "all");

  hd_http_request_add_query (request, "fields", "Name,_hyperlinks");
  hd_http_request_add_query (request, "orderby", "id");
  return request;
}

static void
classes_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_rt_classes_load_finish (self, result, &error))
    hd_rt_list_async (self, create_queues_request, NULL, HD_RT_END_EMPTY, 1, 0, g_task_get_cancellable (task),
                      queues_listed_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

void
hd_rt_portal_explain (HdPortal *portal,
                      GTask    *task)
{
  g_task_set_task_data (task, g_new0 (Found, 1), found_free);
  hd_rt_classes_load_async (HD_RT_PORTAL (portal), g_task_get_cancellable (task), classes_loaded_cb, g_object_ref (task));
}
