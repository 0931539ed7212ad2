/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-info.h"

#include "hd-json.h"
#include "hd-text.h"

/*
 * What the portal says about itself: contacts, limits, mail domain, outage.
 * The members come with the catalog file; those that it lacks are these.
 */
static const char default_info[] =
  "{\"name\":\"HELP DESK\",\"organisation\":\"Держмитслужба\",\"mail_domain\":\"customs.gov.ua\","
  "\"languages\":[\"uk\",\"en\"],"
  "\"contacts\":[{\"kind\":\"phone\",\"label\":\"Служба підтримки\",\"value\":\"(044) 481-19-49\"}],"
  "\"max_file_size\":26214400,\"max_files\":10,\"max_total_size\":104857600}";

static const char *const capabilities[] = {
  "idempotency", "delta", "search-options", "reply", "cancel", "reopen", "confirm", "rate",
  "feedback", "announcements", "media-bundle", "uploads",
};

static void
set_members (JsonObject *target,
             JsonNode   *source)
{
  g_autoptr (GList) members = NULL;
  JsonObject *object;

  if (source == NULL || !JSON_NODE_HOLDS_OBJECT (source))
    return;

  object = json_node_get_object (source);
  members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (target, l->data, json_object_dup_member (object, l->data));
}

static JsonObject *
get_object (HdDatabase *database)
{
  g_autofree char *text = hd_database_dup_meta (database, "info");
  g_autoptr (JsonNode) defaults = hd_text_to_json (default_info);
  g_autoptr (JsonNode) own = hd_text_to_json (text);
  JsonObject *object = json_object_new ();

  set_members (object, defaults);
  set_members (object, own);
  return object;
}

/**
 * hd_info_get:
 * @database: the database
 *
 * Returns: (transfer full): the API's PortalInfo
 */
JsonNode *
hd_info_get (HdDatabase *database)
{
  g_autofree char *outage_text = hd_database_dup_meta (database, "outage");
  g_autoptr (JsonNode) outage = hd_text_to_json (outage_text);
  JsonObject *object = get_object (database);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    json_array_add_string_element (array, capabilities[i]);

  json_object_set_array_member (object, "capabilities", array);

  if (outage != NULL)
    json_object_set_member (object, "outage", g_steal_pointer (&outage));
  else
    json_object_remove_member (object, "outage");

  return hd_text_take_object (object);
}

gboolean
hd_info_set (HdDatabase  *database,
             JsonNode    *info,
             GError     **error)
{
  g_autofree char *text = hd_text_from_json (info);

  return hd_database_set_meta (database, "info", text, error);
}

char *
hd_info_dup_mail_domain (HdDatabase *database)
{
  g_autoptr (JsonObject) object = get_object (database);

  return g_strdup (hd_json_get_string (object, "mail_domain"));
}

HdLimits
hd_info_get_limits (HdDatabase *database)
{
  g_autoptr (JsonObject) object = get_object (database);

  return (HdLimits) {
           .max_file_size = hd_json_get_int (object, "max_file_size", 0),
           .max_files = hd_json_get_int (object, "max_files", 0),
           .max_total_size = hd_json_get_int (object, "max_total_size", 0),
  };
}

/**
 * hd_info_set_outage:
 * @database: the database
 * @message: what people are told
 * @hard: whether the portal answers nothing but this any more
 * @now: since when
 * @error: return location for an error
 */
gboolean
hd_info_set_outage (HdDatabase  *database,
                    const char  *message,
                    gboolean     hard,
                    gint64       now,
                    GError     **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = hd_text_take_object (object);
  g_autofree char *text = NULL;

  hd_text_add_string (object, "message", message);
  hd_text_add_time (object, "since", now);
  text = hd_text_from_json (node);

  return hd_database_set_meta (database, "outage", text, error) &&
         hd_database_set_meta (database, "closed", hard ? message : NULL, error);
}

gboolean
hd_info_clear_outage (HdDatabase  *database,
                      GError     **error)
{
  return hd_database_set_meta (database, "outage", NULL, error) &&
         hd_database_set_meta (database, "closed", NULL, error);
}

/* Returns: (transfer full) (nullable): why the portal answers nothing, if so. */
char *
hd_info_dup_closed (HdDatabase *database)
{
  return hd_database_dup_meta (database, "closed");
}
