/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-html-plain.h"
#include "hd-json.h"
#include "hd-record-json.h"

/*
 * The catalog: the queues in which the person may create a ticket.
 *
 *   get_catalog ─┬ list all pages → queues_listed_cb ─┬→ finish
 *                └ ask for those with rows → pages_received_cb ┘
 *
 * RT does not tell the number of queues, and cuts those that a person may not
 * see out of its pages; the end is only known by asking past it.  That is done
 * once a day: the version is the day, the number of pages and a sum of what is
 * in them, and on the same day only those pages are asked for.
 */

#define FIELDS "Name,Description,SortOrder,CustomFields,_hyperlinks"
#define MAX_DESCRIPTION 300  /* characters */
#define MAX_KNOWN_PAGES 50

static HdHttpRequest *
create_page_request (HdRtPortal *self,
                     gpointer    user_data)
{
  HdHttpRequest *request = hd_rt_request_new ("GET", "queues", "all");

  hd_http_request_add_query (request, "fields", FIELDS);
  hd_http_request_add_query (request, "orderby", "id");
  return request;
}

/* --- A queue --- */

/* The values of the custom field that has a role. */
static JsonArray *
find_values (HdRtPortal *self,
             JsonObject *queue,
             HdRtRole    role)
{
  JsonArray *fields = hd_json_get_array (queue, "CustomFields");

  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      JsonObject *field = hd_rt_json_get_element (fields, i);

      if (hd_rt_site_plays (self->site, role, hd_rt_json_get_text (field, "name")))
        return hd_json_get_array (field, "values");
    }

  return NULL;
}

/* @values: (nullable): of an image. Returns: (transfer full) (nullable): the name of the picture */
static char *
dup_icon (JsonArray *values)
{
  JsonObject *image = hd_rt_json_get_length (values) > 0 ? hd_rt_json_get_element (values, 0) : NULL;
  g_autofree char *number = hd_rt_json_dup_last_part (hd_json_get_string (image, "_url"));

  return number != NULL ? g_strconcat ("media:cf-", number, NULL) : NULL;
}

static gboolean
may_create (JsonObject *queue)
{
  JsonArray *links = hd_json_get_array (queue, "_hyperlinks");

  for (guint i = 0; i < hd_rt_json_get_length (links); i++)
    {
      JsonObject *link = hd_rt_json_get_element (links, i);

      if (g_strcmp0 (hd_json_get_string (link, "ref"), "create") == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
dup_summary (HdRtPortal *self,
             JsonObject *queue)
{
  const char *description = hd_rt_json_get_text (queue, "Description");
  const char *html = hd_rt_json_get_value (find_values (self, queue, HD_RT_ROLE_DESCRIPTION), 0);
  g_autofree char *text = NULL;

  if (description != NULL || html == NULL)
    return g_strdup (description);

  text = hd_html_to_plain (html);
  return g_utf8_strlen (text, -1) > MAX_DESCRIPTION ? g_utf8_substring (text, 0, MAX_DESCRIPTION) : g_strdup (text);
}

static HdKind
find_kind (HdRtPortal *self,
           JsonObject *queue)
{
  return hd_rt_site_get_kind (self->site, hd_rt_json_get_value (find_values (self, queue, HD_RT_ROLE_KIND), 0),
                              hd_rt_json_get_text (queue, "Name"));
}

static void
remember_queue (HdRtPortal *self,
                const char *id,
                const char *name,
                HdKind      kind)
{
  HdRtQueue *queue = g_new0 (HdRtQueue, 1);

  queue->name = g_strdup (name);
  queue->kind = kind;
  g_hash_table_replace (self->queues, g_strdup (id), queue);
}

/**
 * hd_rt_portal_get_queue_kind:
 * @self: a portal
 * @queue_id: (nullable): a queue
 * @queue_name: (nullable): its name
 *
 * Returns: whether its tickets are requests or incidents, as far as is known
 */
HdKind
hd_rt_portal_get_queue_kind (HdRtPortal *self,
                             const char *queue_id,
                             const char *queue_name)
{
  HdRtQueue *queue = queue_id != NULL ? g_hash_table_lookup (self->queues, queue_id) : NULL;

  return queue != NULL ? queue->kind : hd_rt_site_get_kind (self->site, NULL, queue_name);
}

/* --- The catalog of them --- */

typedef struct
{
  GListStore *categories;
  GListStore *offerings;
  GHashTable *known;  /* (element-type utf8): ids of categories */
} Building;

/* Each side of the catalog has its own. */
static char *
add_category (Building   *building,
              HdKind      kind,
              const char *name)
{
  g_autofree char *id = g_strdup_printf ("%s:%s", hd_enum_get_nick (HD_TYPE_KIND, kind), name);
  g_autoptr (HdCategory) category = NULL;

  if (g_hash_table_add (building->known, g_strdup (id)))
    {
      category = g_object_new (HD_TYPE_CATEGORY, "id", id, "name", name, "kind", kind, NULL);
      g_list_store_append (building->categories, category);
    }

  return g_steal_pointer (&id);
}

static void
add_queue (HdRtPortal *self,
           Building   *building,
           JsonObject *queue)
{
  g_autofree char *id = hd_rt_json_dup_id (queue, "id");
  const char *name = hd_rt_json_get_text (queue, "Name");
  const char *category = hd_rt_json_get_value (find_values (self, queue, HD_RT_ROLE_CATEGORY), 0);
  HdKind kind = find_kind (self, queue);
  g_autofree char *summary = NULL;
  g_autofree char *icon = NULL;
  g_autofree char *category_id = NULL;
  g_autoptr (HdOffering) offering = NULL;

  if (id == NULL || name == NULL)
    return;

  remember_queue (self, id, name, kind);

  if (!may_create (queue))
    return;

  summary = dup_summary (self, queue);
  icon = dup_icon (find_values (self, queue, HD_RT_ROLE_ICON));
  category_id = add_category (building, kind, category != NULL ? category : _("General"));
  offering = g_object_new (HD_TYPE_OFFERING,
                           "id", id,
                           "category-id", category_id,
                           "kind", kind,
                           "name", name,
                           "summary", summary,
                           "icon", icon,
                           "expected-time", hd_rt_json_get_value (find_values (self, queue, HD_RT_ROLE_EXPECTED_TIME), 0),
                           "position", hd_rt_json_get_number (queue, "SortOrder"),
                           NULL);
  g_list_store_append (building->offerings, offering);
}

/* The sum is over the model, as RT gives custom fields in another order each time. */
static char *
dup_version (HdCatalog *catalog,
             guint      n_pages)
{
  g_autofree char *json = hd_record_to_string (HD_RECORD (catalog));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, json, -1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *day = g_date_time_format (now, "%F");

  return g_strdup_printf ("%s/%u/%.16s", day, n_pages, sum);
}

/* 0 where the version is of another day, or of none. */
static guint
get_known_pages (const char *version)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *day = g_date_time_format (now, "%F/");

  return version != NULL && g_str_has_prefix (version, day) ? (guint) g_ascii_strtoull (version + strlen (day), NULL, 10) : 0;
}

static HdCatalog *
create_catalog (HdRtPortal *self,
                JsonArray  *queues,
                guint       n_pages)
{
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autoptr (GListStore) offerings = g_list_store_new (HD_TYPE_OFFERING);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Building building = { categories, offerings, known };
  g_autofree char *version = NULL;
  HdCatalog *catalog;

  for (guint i = 0; i < hd_rt_json_get_length (queues); i++)
    add_queue (self, &building, hd_rt_json_get_element (queues, i));

  catalog = g_object_new (HD_TYPE_CATALOG, "categories", categories, "offerings", offerings, NULL);
  version = dup_version (catalog, n_pages);
  g_object_set (catalog, "version", version, NULL);
  return catalog;
}

static void
return_catalog (GTask     *task,
                JsonArray *queues,
                guint      n_pages)
{
  HdRtPortal *self = g_task_get_source_object (task);
  const char *held = g_task_get_task_data (task);
  g_autoptr (HdCatalog) catalog = create_catalog (self, queues, n_pages);

  /* One without a version says that nothing changed. */
  if (g_strcmp0 (hd_catalog_get_version (catalog), held) == 0)
    g_task_return_pointer (task, g_object_new (HD_TYPE_CATALOG, NULL), g_object_unref);
  else
    g_task_return_pointer (task, g_steal_pointer (&catalog), g_object_unref);
}

static void
queues_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  guint n_pages = 0;
  g_autoptr (JsonArray) queues = hd_rt_list_finish (HD_RT_PORTAL (object), result, &n_pages, &error);

  if (queues != NULL)
    return_catalog (task, queues, n_pages);
  else
    g_task_return_error (task, error);
}

static void
pages_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers = hd_rt_fetch_finish (HD_RT_PORTAL (object), result, &error);
  g_autoptr (JsonArray) queues = json_array_new ();

  if (answers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint page = 0; page < answers->len; page++)
    hd_rt_json_append (queues, hd_rt_fetched_items (answers, page));

  return_catalog (task, queues, answers->len);
}

static void
ask_known_pages (HdRtPortal *self,
                 guint       n_pages,
                 GTask      *task)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint page = 1; page <= n_pages; page++)
    {
      HdHttpRequest *request = create_page_request (self, NULL);

      hd_rt_request_add_page (request, page);
      g_ptr_array_add (requests, request);
    }

  hd_rt_fetch_async (self, requests, g_task_get_cancellable (task), pages_received_cb, g_object_ref (task));
}

void
hd_rt_portal_get_catalog (HdPortal   *portal,
                          const char *version,
                          GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  guint n_pages = get_known_pages (version);

  g_task_set_task_data (task, g_strdup (version), g_free);

  if (n_pages > 0 && n_pages <= MAX_KNOWN_PAGES)
    ask_known_pages (self, n_pages, task);
  else
    hd_rt_list_async (self, create_page_request, NULL, HD_RT_END_EMPTY, 1, 0, g_task_get_cancellable (task),
                      queues_listed_cb, g_object_ref (task));
}
