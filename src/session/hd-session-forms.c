/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-load.h"
#include "hd-session-private.h"

/*
 * Forms and their options.
 */

/* --- Forms ---
 *
 *   load_form_async → form_read_cb → catalog_read_cb → ask_form → form_got_cb → form_put_cb → finish
 */

static void
form_put_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_form_finish (HD_STORE (object), result, &error);
  hd_session_load_return_result (user_data, error);
}

static void
form_got_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;
  HdForm *form = hd_portal_get_form_finish (HD_PORTAL (object), result, &error);

  hd_session_note (self, error);

  if (form == NULL)
    {
      hd_session_load_return_kept (task, error);
      return;
    }

  g_hash_table_remove (self->stale_forms, load->id);
  load->result = form;
  hd_store_put_form_async (self->store, form, g_task_get_cancellable (task), form_put_cb, task);
}

static void
ask_form (HdSession *self,
          GTask     *task)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  hd_portal_get_form_async (self->portal, load->id, g_task_get_cancellable (task), form_got_cb, task);
}

/* Returns: the version that the catalog names, 0 if it names none */
static gint64
find_form_version (HdCatalog  *catalog,
                   const char *offering_id)
{
  GListModel *offerings = catalog != NULL ? hd_catalog_get_offerings (catalog) : NULL;

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (g_strcmp0 (hd_offering_get_id (offering), offering_id) == 0)
        return hd_offering_get_form_version (offering);
    }

  return 0;
}

static void
catalog_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdCatalog) catalog = hd_store_get_catalog_finish (HD_STORE (object), result, &error);
  gint64 version = find_form_version (catalog, load->id);

  if (error != NULL)
    hd_session_load_return_kept (task, g_steal_pointer (&error));
  else if (version != 0 && version == hd_form_get_version (HD_FORM (load->kept)) &&
           !g_hash_table_contains (self->stale_forms, load->id))
    hd_session_return_object (task, g_steal_pointer (&load->kept));
  else
    hd_session_call (self, task, ask_form);
}

static void
form_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;
  HdForm *form = hd_store_get_form_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  load->kept = form;

  if (form != NULL)
    hd_store_get_catalog_async (HD_STORE (object), g_task_get_cancellable (task), catalog_read_cb, task);
  else
    hd_session_call (g_task_get_source_object (task), task, ask_form);
}

/**
 * hd_session_load_form_async:
 * @self: an open session
 * @offering_id: an offering
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Gets the form of an offering.
 */
void
hd_session_load_form_async (HdSession           *self,
                            const char          *offering_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (offering_id != NULL);

  hd_store_get_form_async (self->store, offering_id, cancellable, form_read_cb,
                           hd_session_load_new (self, hd_session_load_form_async, offering_id, cancellable, callback, user_data));
}

/**
 * hd_session_load_form_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the form
 */
HD_SESSION_DEFINE_FINISH_POINTER (load_form, HdForm *)

/* --- Options ---
 *
 *   search_options_async → ask_options → options_got_cb ┬ options_put_cb → finish
 *                                                       └ options_read_cb → finish
 */

static void
options_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSessionLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  load->kept = hd_store_get_options_finish (HD_STORE (object), result, &error);
  hd_session_load_return_kept (task, error != NULL ? g_steal_pointer (&error) : g_steal_pointer (&load->why));
}

static void
options_put_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_options_finish (HD_STORE (object), result, &error);
  hd_session_load_return_result (user_data, error);
}

static void
options_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;
  HdOptionList *options = hd_portal_get_options_finish (HD_PORTAL (object), result, &error);

  hd_session_note (self, error);

  if (options != NULL && hd_session_load_is_over (task, &error))
    g_clear_object (&options);

  if (options != NULL)
    {
      load->result = options;
      hd_store_put_options_async (self->store, load->id, load->query, load->parent, options,
                                  g_task_get_cancellable (task), options_put_cb, task);
    }
  else if (hd_error_is_cancelled (error))
    {
      hd_session_return_error (task, error);
    }
  else
    {
      load->why = error;
      hd_store_get_options_async (self->store, load->id, load->query, load->parent,
                                  g_task_get_cancellable (task), options_read_cb, task);
    }
}

static void
ask_options (HdSession *self,
             GTask     *task)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  hd_portal_get_options_async (self->portal, load->id, load->query, load->parent,
                               g_task_get_cancellable (task), options_got_cb, task);
}

/**
 * hd_session_search_options_async:
 * @self: an open session
 * @source: an option source
 * @query: (nullable): words
 * @parent: (nullable): the value of the field that the options depend on
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Searches the options of a source; among those seen before, if the portal cannot be asked.
 */
void
hd_session_search_options_async (HdSession           *self,
                                 const char          *source,
                                 const char          *query,
                                 const char          *parent,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  HdSessionLoad *load;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (source != NULL);

  task = hd_session_load_new (self, hd_session_search_options_async, source, cancellable, callback, user_data);
  load = g_task_get_task_data (task);
  load->query = g_strdup (query);
  load->parent = g_strdup (parent);
  hd_session_call (self, task, ask_options);
}

/**
 * hd_session_search_options_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what matches, best first
 */
HD_SESSION_DEFINE_FINISH_POINTER (search_options, HdOptionList *)
