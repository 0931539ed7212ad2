/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-json.h"
#include "hd-option.h"
#include "hd-rt-field.h"

/*
 * The values of a custom field.
 *
 *   load_async → list → values_listed_cb ─┬──────────────────────────→ finish
 *                                         └ (details) → details_received_cb → finish
 *
 * RT lists names only.  Which value of another field one belongs to is told by
 * each of them alone, so those are asked for one by one, and kept for a while.
 * Nor does RT search in small and capital letters of every alphabet alike, so
 * searching is done here.
 */

#define KEEP_USEC (10 * 60 * G_TIME_SPAN_SECOND)
#define MAX_OPTIONS 1000
#define MAX_FOUND 50

typedef struct
{
  char       *field_id;  /* (owned) */
  gboolean    based_on;
  JsonArray  *values;    /* (owned) (nullable) */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->field_id);
  g_clear_pointer (&load->values, json_array_unref);
  g_free (load);
}

static void
add_option (GListStore *options,
            const char *name,
            JsonObject *details)
{
  const char *const when[] = { hd_rt_json_get_text (details, "Category"), NULL };
  g_autoptr (HdOption) option = NULL;

  if (name == NULL)
    return;

  option = g_object_new (HD_TYPE_OPTION,
                         "value", name,
                         "label", name,
                         "detail", hd_rt_json_get_text (details, "Description"),
                         "when", when[0] != NULL ? when : NULL,
                         NULL);
  g_list_store_append (options, option);
}

/* @answers: (nullable): the details of each value */
static void
return_options (GTask     *task,
                GPtrArray *answers)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  GListStore *options = g_list_store_new (HD_TYPE_OPTION);

  for (guint i = 0; i < hd_rt_json_get_length (load->values); i++)
    add_option (options, hd_rt_json_get_text (hd_rt_json_get_element (load->values, i), "name"),
                answers != NULL ? hd_rt_fetched_object (answers, i) : NULL);

  g_object_set_data_full (G_OBJECT (options), "read-at", g_memdup2 (&(gint64) { g_get_monotonic_time () }, sizeof (gint64)), g_free);
  g_hash_table_replace (self->options, g_strdup (load->field_id), g_object_ref (options));
  g_task_return_pointer (task, options, g_object_unref);
}

static void
details_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers = hd_rt_fetch_finish (HD_RT_PORTAL (object), result, &error);

  if (answers != NULL)
    return_options (task, answers);
  else
    g_task_return_error (task, error);
}

static void
ask_details (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < hd_rt_json_get_length (load->values); i++)
    {
      g_autofree char *id = hd_rt_json_dup_id (hd_rt_json_get_element (load->values, i), "id");

      g_ptr_array_add (requests, hd_rt_request_new ("GET", "customfield", load->field_id, "value", id != NULL ? id : "0"));
    }

  hd_rt_fetch_async (self, requests, g_task_get_cancellable (task), details_received_cb, g_object_ref (task));
}

static void
values_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->values = hd_rt_list_finish (HD_RT_PORTAL (object), result, NULL, &error);

  if (load->values == NULL)
    g_task_return_error (task, error);
  else if (load->based_on && hd_rt_json_get_length (load->values) > 0)
    ask_details (task);
  else
    return_options (task, NULL);
}

static HdHttpRequest *
create_values_request (HdRtPortal *self,
                       gpointer    user_data)
{
  Load *load = user_data;

  return hd_rt_request_new ("GET", "customfield", load->field_id, "values");
}

/* Returns: (transfer none) (nullable): what was read not long ago */
static GListModel *
get_kept (HdRtPortal *self,
          const char *field_id)
{
  GListModel *options = g_hash_table_lookup (self->options, field_id);
  const gint64 *read_at = options != NULL ? g_object_get_data (G_OBJECT (options), "read-at") : NULL;

  return read_at != NULL && g_get_monotonic_time () - *read_at < KEEP_USEC ? options : NULL;
}

/*
 * hd_rt_options_load_async:
 * @self: a portal
 * @field_id: the number of a custom field
 * @based_on: whether its values belong to those of another field
 * @enough: how many are enough
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for the values of a custom field; as many as @enough may not be all.
 */
void
hd_rt_options_load_async (HdRtPortal          *self,
                          const char          *field_id,
                          gboolean             based_on,
                          guint                enough,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GListModel *kept = get_kept (self, field_id);
  Load *load = g_new0 (Load, 1);

  load->field_id = g_strdup (field_id);
  load->based_on = based_on;
  g_task_set_source_tag (task, hd_rt_options_load_async);
  g_task_set_task_data (task, load, load_free);

  if (kept != NULL)
    g_task_return_pointer (task, g_object_ref (kept), g_object_unref);
  else
    hd_rt_list_async (self, create_values_request, load, HD_RT_END_SHORT, 1, enough / HD_RT_PER_PAGE,
                      cancellable, values_listed_cb, g_object_ref (task));
}

/* Returns: (transfer full) (nullable) (element-type HdOption): the values */
GListModel *
hd_rt_options_load_finish (HdRtPortal    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_rt_options_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Searching --- */

typedef struct
{
  char *query;   /* (owned) (nullable): in small letters */
  char *parent;  /* (owned) (nullable) */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->query);
  g_free (search->parent);
  g_free (search);
}

static gboolean
is_found (Search   *search,
          HdOption *option)
{
  g_autofree char *small = g_utf8_casefold (hd_option_get_label (option), -1);
  const char *const *when = hd_option_get_when (option);

  if (when != NULL && when[0] != NULL && search->parent != NULL && !g_strv_contains (when, search->parent))
    return FALSE;

  return search->query == NULL || strstr (small, search->query) != NULL;
}

static void
options_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GListModel) options = hd_rt_options_load_finish (HD_RT_PORTAL (object), result, &error);
  g_autoptr (GListStore) found = g_list_store_new (HD_TYPE_OPTION);

  if (options == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      if (g_list_model_get_n_items (G_LIST_MODEL (found)) < MAX_FOUND && is_found (search, option))
        g_list_store_append (found, option);
    }

  g_task_return_pointer (task, g_object_new (HD_TYPE_OPTION_LIST, "options", found, NULL), g_object_unref);
}

void
hd_rt_portal_get_options (HdPortal   *portal,
                          const char *source,
                          const char *query,
                          const char *parent,
                          GTask      *task)
{
  const char *field_id = g_str_has_prefix (source, HD_RT_FIELD_PREFIX) ? source + strlen (HD_RT_FIELD_PREFIX) : source;
  Search *search = g_new0 (Search, 1);

  search->query = query != NULL && *query != '\0' ? g_utf8_casefold (query, -1) : NULL;
  search->parent = g_strdup (parent);
  g_task_set_task_data (task, search, search_free);
  hd_rt_options_load_async (HD_RT_PORTAL (portal), field_id, parent != NULL, MAX_OPTIONS,
                            g_task_get_cancellable (task), options_loaded_cb, g_object_ref (task));
}
