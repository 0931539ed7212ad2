/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

/*
 * What a site's statuses mean.  By the site's file, by the word itself, or else
 * by whether the server holds a ticket in that status for done with.
 */

/**
 * hd_rt_portal_get_status:
 * @self: a portal
 * @word: (nullable): a status of one of its lifecycles
 *
 * Returns: what it is to a person, by the site's file, by the word, or by what
 *   the server said of it
 */
HdStatus
hd_rt_portal_get_status (HdRtPortal *self,
                         const char *word)
{
  HdStatus status = hd_rt_site_get_status (self->site, word);

  if (status == HD_STATUS_UNKNOWN && word != NULL)
    status = (HdStatus) GPOINTER_TO_INT (g_hash_table_lookup (self->statuses, word));

  return status;
}

typedef struct
{
  GPtrArray *words;  /* (owned) (element-type utf8) */
} Learn;

static void
learn_free (gpointer data)
{
  Learn *learn = data;

  g_ptr_array_unref (learn->words);
  g_free (learn);
}

static void
learnt_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  Learn *learn = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) answers = hd_rt_fetch_finish (self, result, &error);

  if (answers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < learn->words->len; i++)
    {
      gboolean is_inactive = hd_rt_json_get_number (hd_rt_fetched_object (answers, i), "total") > 0;

      g_hash_table_replace (self->statuses, g_strdup (learn->words->pdata[i]),
                            GINT_TO_POINTER (is_inactive ? HD_STATUS_CLOSED : HD_STATUS_IN_PROGRESS));
    }

  g_task_return_boolean (task, TRUE);
}

static HdHttpRequest *
create_status_request (const char *word)
{
  HdHttpRequest *request = hd_rt_request_new ("GET", "tickets");
  g_autofree char *quoted = hd_rt_dup_quoted (word);
  g_autofree char *query = g_strdup_printf (HD_RT_MINE " AND Status = %s AND Status = '__Inactive__'", quoted);

  hd_http_request_add_query (request, "query", query);
  hd_http_request_add_query (request, "per_page", "1");
  return request;
}

/*
 * hd_rt_statuses_learn_async:
 * @self: a portal
 * @tickets: tickets that were received
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks the server of the statuses that nobody knows whether they are active.
 */
void
hd_rt_statuses_learn_async (HdRtPortal          *self,
                            JsonArray           *tickets,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);
  Learn *learn = g_new0 (Learn, 1);

  learn->words = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, hd_rt_statuses_learn_async);
  g_task_set_task_data (task, learn, learn_free);

  for (guint i = 0; i < hd_rt_json_get_length (tickets); i++)
    {
      const char *word = hd_rt_json_get_text (hd_rt_json_get_element (tickets, i), "Status");

      if (word == NULL || hd_rt_portal_get_status (self, word) != HD_STATUS_UNKNOWN || !g_hash_table_add (seen, (char *) word))
        continue;

      g_ptr_array_add (learn->words, g_strdup (word));
      g_ptr_array_add (requests, create_status_request (word));
    }

  if (requests->len > 0)
    {
      hd_rt_fetch_async (self, requests, cancellable, learnt_cb, g_object_ref (task));
      return;
    }

  g_ptr_array_unref (requests);
  g_task_return_boolean (task, TRUE);
}

gboolean
hd_rt_statuses_learn_finish (HdRtPortal    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_rt_statuses_learn_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
