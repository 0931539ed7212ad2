/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-html-plain.h"
#include "hd-json.h"
#include "hd-record-json.h"
#include "hd-rt-field.h"

/*
 * The form of a queue: subject, text, its custom fields of tickets, files.
 *
 *   get_form → definition_received_cb → (page_received_cb …) → (options_loaded_cb …) → build → finish
 *
 * The queue tells the fields of its tickets and their order; its list of custom
 * fields what they are: all that the queue has, also those of other things, and
 * those that a person may not see are cut out of each page.  RT has no version of
 * that, so the form's is a sum of what is in it.
 */

#define FIELDS "Name,Type,MaxValues,Pattern,EntryHint,Description,BasedOn"
#define MAX_PAGES 20

typedef struct
{
  char       *queue_id;     /* (owned) */
  JsonNode   *queue;        /* (owned) (nullable) */
  JsonArray  *definitions;  /* (owned) */
  guint       page;         /* of the definitions */
  char       *intro;        /* (owned) (nullable) */
  GPtrArray  *fields;       /* (owned) (element-type HdRtField): in the form's order */
  GHashTable *options;      /* (owned) (element-type utf8 GListModel): by the field's id */
  guint       n_loading;
  GError     *error;        /* (owned) (nullable) */
} Build;

typedef struct
{
  GTask *task;      /* (owned) */
  char  *field_id;  /* (owned) */
} Loading;

static void
build_free (gpointer data)
{
  Build *build = data;

  g_free (build->queue_id);
  g_clear_pointer (&build->queue, json_node_unref);
  json_array_unref (build->definitions);
  g_free (build->intro);
  g_ptr_array_unref (build->fields);
  g_hash_table_unref (build->options);
  g_clear_error (&build->error);
  g_free (build);
}

/* --- The form --- */

static void
add_field (GListStore *fields,
           HdField    *field)
{
  g_list_store_append (fields, field);
  g_object_unref (field);
}

static void
add_custom_field (Build      *build,
                  GListStore *fields,
                  HdRtField  *custom)
{
  GListModel *options = g_hash_table_lookup (build->options, custom->id);

  /* More than these are searched at the server. */
  if (options != NULL && g_list_model_get_n_items (options) >= HD_RT_OPTIONS_ENOUGH)
    options = NULL;

  add_field (fields, hd_rt_field_create (custom, options));

  if (hd_rt_field_is_open (custom) && options != NULL)
    add_field (fields, hd_rt_field_create_other (custom));
}

static HdForm *
create_form (Build *build)
{
  g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_FIELD);
  g_autoptr (HdForm) form = NULL;
  g_autofree char *json = NULL;

  add_field (fields, g_object_new (HD_TYPE_FIELD, "id", HD_RT_SUBJECT_FIELD, "label", _("Subject"), "required", TRUE,
                                   "max", "200", NULL));
  add_field (fields, g_object_new (HD_TYPE_FIELD, "id", HD_RT_TEXT_FIELD, "type", HD_FIELD_TYPE_MULTILINE,
                                   "label", _("Description"), NULL));

  for (guint i = 0; i < build->fields->len; i++)
    add_custom_field (build, fields, build->fields->pdata[i]);

  add_field (fields, g_object_new (HD_TYPE_FIELD, "id", HD_RT_FILES_FIELD, "type", HD_FIELD_TYPE_FILE,
                                   "label", _("Attachments"), NULL));

  form = g_object_new (HD_TYPE_FORM, "offering-id", build->queue_id, "intro", build->intro, "fields", fields, NULL);
  json = hd_record_to_string (HD_RECORD (form));
  g_object_set (form, "version", (gint64) (g_str_hash (json) & G_MAXINT32) + 1, NULL);
  return g_steal_pointer (&form);
}

static void
return_form (GTask *task)
{
  Build *build = g_task_get_task_data (task);

  if (build->error != NULL)
    g_task_return_error (task, g_steal_pointer (&build->error));
  else
    g_task_return_pointer (task, create_form (build), g_object_unref);
}

/* --- The values of its fields --- */

static void
options_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autofree Loading *loading = user_data;
  g_autoptr (GTask) task = loading->task;
  g_autofree char *field_id = loading->field_id;
  Build *build = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GListModel *options = hd_rt_options_load_finish (HD_RT_PORTAL (object), result, &error);

  if (options != NULL)
    g_hash_table_insert (build->options, g_steal_pointer (&field_id), options);
  else if (build->error == NULL)
    build->error = g_steal_pointer (&error);

  if (--build->n_loading == 0)
    return_form (task);
}

static void
load_options (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Build *build = g_task_get_task_data (task);

  build->n_loading = 1;

  for (guint i = 0; i < build->fields->len; i++)
    {
      HdRtField *field = build->fields->pdata[i];
      Loading *loading;

      if (!hd_rt_field_has_options (field) || hd_rt_field_is_searched (field))
        continue;

      loading = g_new0 (Loading, 1);
      loading->task = g_object_ref (task);
      loading->field_id = g_strdup (field->id);
      build->n_loading++;
      hd_rt_options_load_async (self, field->id, field->based_on != NULL, HD_RT_OPTIONS_ENOUGH,
                                g_task_get_cancellable (task), options_loaded_cb, loading);
    }

  if (--build->n_loading == 0)
    return_form (task);
}

/* --- What the queue has --- */

static JsonObject *
find_definition (JsonArray  *definitions,
                 const char *id)
{
  for (guint i = 0; i < hd_rt_json_get_length (definitions); i++)
    {
      JsonObject *definition = hd_rt_json_get_element (definitions, i);
      g_autofree char *other = hd_rt_json_dup_id (definition, "id");

      if (g_strcmp0 (id, other) == 0)
        return definition;
    }

  return NULL;
}

static JsonArray *
get_order (Build *build)
{
  return hd_json_get_array (json_node_get_object (build->queue), "TicketCustomFields");
}

/* A field whose definition the person may not see is not theirs to fill in. */
static void
take_fields (HdRtPortal *self,
             Build      *build)
{
  JsonArray *order = get_order (build);

  for (guint i = 0; i < hd_rt_json_get_length (order); i++)
    {
      g_autofree char *id = hd_rt_json_dup_id (hd_rt_json_get_element (order, i), "id");
      JsonObject *definition = id != NULL ? find_definition (build->definitions, id) : NULL;
      g_autoptr (HdRtField) field = definition != NULL ? hd_rt_field_new (definition) : NULL;

      if (field != NULL && !hd_rt_site_plays (self->site, HD_RT_ROLE_CLIENT_KEY, field->name))
        g_ptr_array_add (build->fields, g_steal_pointer (&field));
    }
}

static void
take_intro (HdRtPortal *self,
            Build      *build)
{
  JsonObject *queue = json_node_get_object (build->queue);
  JsonArray *fields = hd_json_get_array (queue, "CustomFields");

  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      JsonObject *field = hd_rt_json_get_element (fields, i);
      const char *html = hd_rt_json_get_value (hd_json_get_array (field, "values"), 0);

      if (html != NULL && build->intro == NULL &&
          hd_rt_site_plays (self->site, HD_RT_ROLE_DESCRIPTION, hd_rt_json_get_text (field, "name")))
        build->intro = hd_html_to_plain (html);
    }

  if (build->intro == NULL)
    build->intro = g_strdup (hd_rt_json_get_text (queue, "Description"));
}

static HdHttpRequest *
create_definitions_request (Build *build)
{
  HdHttpRequest *request = hd_rt_request_new ("GET", "queue", build->queue_id, "customfields");

  hd_http_request_add_query (request, "fields", FIELDS);
  hd_rt_request_add_page (request, ++build->page);
  return request;
}

static gboolean
is_one_missing (Build *build)
{
  JsonArray *order = get_order (build);

  for (guint i = 0; i < hd_rt_json_get_length (order); i++)
    {
      g_autofree char *id = hd_rt_json_dup_id (hd_rt_json_get_element (order, i), "id");

      if (id != NULL && find_definition (build->definitions, id) == NULL)
        return TRUE;
    }

  return FALSE;
}

static void page_received_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);

/* Goes on with the next page, if there is something to be found on it. */
static void
take_definitions (GTask     *task,
                  JsonArray *definitions)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Build *build = g_task_get_task_data (task);
  g_autoptr (HdHttpRequest) request = NULL;

  hd_rt_json_append (build->definitions, definitions);

  if (hd_rt_json_get_length (definitions) > 0 && build->page < MAX_PAGES && is_one_missing (build))
    {
      request = create_definitions_request (build);
      hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), page_received_cb,
                                 g_object_ref (task));
      return;
    }

  take_fields (self, build);
  take_intro (self, build);
  load_options (task);
}

static void
page_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL)
    take_definitions (task, hd_rt_get_items (answer->root));
  else
    g_task_return_error (task, error);
}

static void
definition_received_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Build *build = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) answers = hd_rt_fetch_finish (HD_RT_PORTAL (object), result, &error);
  HdHttpAnswer *queue = answers != NULL ? answers->pdata[0] : NULL;

  if (queue == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  build->queue = json_node_ref (queue->root);
  take_definitions (task, hd_rt_fetched_items (answers, 1));
}

void
hd_rt_portal_get_form (HdPortal   *portal,
                       const char *offering_id,
                       GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);
  Build *build = g_new0 (Build, 1);

  build->queue_id = g_strdup (offering_id);
  build->definitions = json_array_new ();
  build->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) hd_rt_field_free);
  build->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_task_set_task_data (task, build, build_free);

  g_ptr_array_add (requests, hd_rt_request_new ("GET", "queue", offering_id));
  g_ptr_array_add (requests, create_definitions_request (build));
  hd_rt_fetch_async (self, requests, g_task_get_cancellable (task), definition_received_cb, g_object_ref (task));
}
