/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-json.h"

/*
 * The classes of articles, sorted by what they serve as.  Asked for once a
 * session.
 */

static HdHttpRequest *
create_classes_request (HdRtPortal *self,
                        gpointer    user_data)
{
  HdHttpRequest *request = hd_rt_request_new ("GET", "classes", "all");

  hd_http_request_add_query (request, "fields", "Name");
  hd_http_request_add_query (request, "orderby", "id");
  return request;
}

/* Returns: (transfer full): the ids of the classes of a role */
static GStrv
dup_ids (HdRtPortal *self,
         JsonArray  *classes,
         HdRtRole    role)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < hd_rt_json_get_length (classes); i++)
    {
      JsonObject *class = hd_rt_json_get_element (classes, i);
      g_autofree char *id = hd_rt_json_dup_id (class, "id");

      if (id != NULL && hd_rt_site_plays (self->site, role, hd_rt_json_get_text (class, "Name")))
        g_strv_builder_add (builder, id);
    }

  return g_strv_builder_end (builder);
}

static void
take_classes (HdRtPortal *self,
              JsonArray  *classes)
{
  g_strfreev (self->knowledge);
  self->knowledge = dup_ids (self, classes, HD_RT_ROLE_KNOWLEDGE);
  g_strfreev (self->news);
  self->news = dup_ids (self, classes, HD_RT_ROLE_NEWS);
  g_strfreev (self->contacts);
  self->contacts = dup_ids (self, classes, HD_RT_ROLE_CONTACTS);

  for (guint i = 0; i < hd_rt_json_get_length (classes); i++)
    {
      JsonObject *class = hd_rt_json_get_element (classes, i);
      char *id = hd_rt_json_dup_id (class, "id");

      if (id != NULL)
        g_hash_table_replace (self->class_names, id, g_strdup (hd_rt_json_get_text (class, "Name")));
    }
}

static void
classes_listed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonArray) classes = hd_rt_list_finish (self, result, NULL, &error);

  if (classes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  take_classes (self, classes);
  g_task_return_boolean (task, TRUE);
}

/*
 * hd_rt_classes_load_async:
 * @self: a portal
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Sees to it that the classes are known.
 */
void
hd_rt_classes_load_async (HdRtPortal          *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, hd_rt_classes_load_async);

  if (self->knowledge != NULL)
    g_task_return_boolean (task, TRUE);
  else
    hd_rt_list_async (self, create_classes_request, NULL, HD_RT_END_EMPTY, 1, 0, cancellable, classes_listed_cb,
                      g_object_ref (task));
}

gboolean
hd_rt_classes_load_finish (HdRtPortal    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_rt_classes_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
