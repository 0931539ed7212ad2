/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-field-value.h"
#include "hd-json.h"

/*
 * What was found at a site, for whoever writes its file: which custom fields and
 * classes serve as what.
 *
 *   explain → classes_loaded_cb → found_cb → finish
 */

/* What is asked for, in this order. */
enum { SERVER, QUEUES, FIELDS, N_ASKED };

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

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers = hd_rt_fetch_finish (self, result, &error);
  g_autofree char *offerings = NULL;
  GListStore *lines;

  if (answers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  lines = g_list_store_new (HD_TYPE_FIELD_VALUE);
  offerings = dup_offerings (self, hd_rt_fetched_items (answers, QUEUES));
  add_line (lines, "Request Tracker", hd_rt_json_get_text (hd_rt_fetched_object (answers, SERVER), "Version"));
  add_line (lines, _("Time zone"), self->zone_is_known ? g_time_zone_get_identifier (self->zone)
                                                       : _("not known: name it in the profile or in the site’s file"));
  add_line (lines, _("Service Catalog"), offerings);

  for (guint role = 0; role < HD_RT_N_ROLES; role++)
    add_role (lines, self, (HdRtRole) role, hd_rt_fetched_items (answers, FIELDS));

  g_task_return_pointer (task, lines, g_object_unref);
}

static void
classes_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  GPtrArray *requests = NULL;
  HdHttpRequest *queues, *fields;
  g_autoptr (JsonNode) filter = NULL;
  GError *error = NULL;

  if (!hd_rt_classes_load_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  queues = hd_rt_request_new ("GET", "queues", "all");
  hd_http_request_add_query (queues, "fields", "Name,_hyperlinks");
  hd_rt_request_add_page (queues, 1);

  filter = hd_rt_json_filter ("id", ">", "0", NULL);
  fields = hd_rt_question_new ("customfields");
  hd_http_request_add_query (fields, "fields", "Name,LookupType");
  hd_http_request_set_json (fields, filter);
  hd_rt_request_add_page (fields, 1);

  requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (requests, hd_rt_request_new ("GET", "rt"));
  g_ptr_array_add (requests, queues);
  g_ptr_array_add (requests, fields);
  g_assert (requests->len == N_ASKED);
  hd_rt_fetch_async (self, requests, g_task_get_cancellable (task), found_cb, g_object_ref (task));
}

void
hd_rt_portal_explain (HdPortal *portal,
                      GTask    *task)
{
  hd_rt_classes_load_async (HD_RT_PORTAL (portal), g_task_get_cancellable (task), classes_loaded_cb, g_object_ref (task));
}
