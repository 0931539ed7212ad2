/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"

/* items, item: the person's requests */

static const struct
{
  const char     *word;
  HdRequestScope  scope;
  HdKind          kind;
} filter_words[] = {
  { "all", HD_REQUEST_SCOPE_ALL, HD_KIND_NONE },
  { "open", HD_REQUEST_SCOPE_OPEN, HD_KIND_NONE },
  { "waiting", HD_REQUEST_SCOPE_WAITING, HD_KIND_NONE },
  { "closed", HD_REQUEST_SCOPE_CLOSED, HD_KIND_NONE },
  { "requests", HD_REQUEST_SCOPE_ALL, HD_KIND_REQUEST },
  { "incidents", HD_REQUEST_SCOPE_ALL, HD_KIND_INCIDENT },
};

/* A word that is not one of ours is searched for. */
static void
read_filter_word (HdRequestFilter  *filter,
                  GString          *text,
                  const char       *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_words); i++)
    {
      if (!g_str_equal (word, filter_words[i].word))
        continue;

      if (filter_words[i].kind != HD_KIND_NONE)
        filter->kind = filter_words[i].kind;
      else
        filter->scope = filter_words[i].scope;

      return;
    }

  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
}

static GListModel *
list_requests (HdCtl                  *ctl,
               const HdRequestFilter  *filter,
               GError                **error)
{
  HdStore *store = hd_session_get_store (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_list_requests_async (store, filter, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_store_list_requests_finish (store, result, error);
}

static const char *
get_status_label (HdRequest *request)
{
  if (hd_request_get_waiting_for_me (request))
    return _("Waiting for You");

  return hd_status_get_label (hd_request_get_status (request));
}

static void
print_requests (GListModel *requests)
{
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();

  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (requests, i);
      g_autofree char *updated = hd_ctl_dup_time (hd_request_get_updated_at (request));

      hd_ctl_table_add (rows, hd_request_get_unread (request) ? "*" : "",
                        hd_request_get_number (request) != NULL ? hd_request_get_number (request) : "",
                        hd_kind_get_label (hd_request_get_kind (request)),
                        get_status_label (request), updated,
                        hd_request_get_subject (request) != NULL ? hd_request_get_subject (request) : "", NULL);
    }

  hd_ctl_print_table (rows);
}

HdCtlExit
hd_ctl_items (HdCtl  *ctl,
              char  **arguments)
{
  HdRequestFilter filter = { .sort = HD_REQUEST_SORT_UPDATED, .descending = TRUE };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GListModel) requests = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  for (guint i = 0; ctl->filter != NULL && ctl->filter[i] != NULL; i++)
    read_filter_word (&filter, text, ctl->filter[i]);

  filter.text = text->len > 0 ? text->str : NULL;

  if (!hd_ctl_open_signed_in (ctl, &code) || !hd_ctl_freshen (ctl, &code))
    return code;

  requests = list_requests (ctl, &filter, &error);

  if (requests == NULL)
    return hd_ctl_fail (error);

  if (ctl->json)
    hd_ctl_print_records (requests);
  else
    print_requests (requests);

  return code;
}

/* --- One --- */

static HdRequest *
find_kept (HdCtl       *ctl,
           const char  *number_or_id,
           GError     **error)
{
  const HdRequestFilter filter = { .sort = HD_REQUEST_SORT_NUMBER };
  g_autoptr (GListModel) requests = list_requests (ctl, &filter, error);

  for (guint i = 0; requests != NULL && i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (requests, i);

      if (g_strcmp0 (hd_request_get_number (request), number_or_id) == 0 ||
          g_strcmp0 (hd_request_get_id (request), number_or_id) == 0)
        return g_steal_pointer (&request);
    }

  return NULL;
}

static HdRequest *
load (HdCtl       *ctl,
      const char  *id,
      gboolean     fresh,
      GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (fresh)
    {
      hd_session_refresh_request_async (ctl->session, id, NULL, hd_ctl_store_result_cb, &result);
      hd_ctl_await (&result);
      return hd_session_refresh_request_finish (ctl->session, result, error);
    }

  hd_session_load_request_async (ctl->session, id, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_session_load_request_finish (ctl->session, result, error);
}

/*
 * hd_ctl_find_request:
 * @number_or_id: the number that people see, or the portal's own id
 *
 * Returns: (transfer full) (nullable): the request with its conversation, fresh
 *   from the portal, or, out of its reach, as it is kept
 */
HdRequest *
hd_ctl_find_request (HdCtl       *ctl,
                     const char  *number_or_id,
                     GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (HdRequest) kept = find_kept (ctl, number_or_id, &local_error);
  HdRequest *fresh;

  if (kept == NULL && local_error == NULL && !ctl->is_offline && hd_ctl_sync (ctl, &local_error))
    kept = find_kept (ctl, number_or_id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (kept == NULL)
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_NOT_FOUND, "no such request");
      return NULL;
    }

  if (ctl->is_offline)
    return g_steal_pointer (&kept);

  fresh = load (ctl, hd_request_get_id (kept), TRUE, &local_error);

  if (fresh == NULL && hd_error_is_unreachable (local_error))
    return g_steal_pointer (&kept);

  if (fresh == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return fresh;
}

static void
print_fields (HdRequest *request)
{
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();
  GListModel *fields = hd_request_get_fields (request);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdFieldValue) value = g_list_model_get_item (fields, i);

      hd_ctl_table_add (rows, hd_field_value_get_label (value) != NULL ? hd_field_value_get_label (value) : "",
                        hd_field_value_get_value (value) != NULL ? hd_field_value_get_value (value) : "", NULL);
    }

  hd_ctl_print_table (rows);
}

static void
print_attachments (GListModel *attachments)
{
  for (guint i = 0; attachments != NULL && i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (HdAttachment) attachment = g_list_model_get_item (attachments, i);
      g_autofree char *size = g_format_size ((guint64) hd_attachment_get_size (attachment));

      hd_ctl_print ("  [%s, %s]\n",
                    hd_attachment_get_name (attachment) != NULL ? hd_attachment_get_name (attachment) : "", size);
    }
}

static void
print_messages (HdRequest *request)
{
  GListModel *messages = hd_request_get_messages (request);

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);
      g_autofree char *time = hd_ctl_dup_time (hd_message_get_created_at (message));

      hd_ctl_print ("\n%s  %s\n%s\n", time,
                    hd_message_get_author (message) != NULL ? hd_message_get_author (message) : "",
                    hd_message_get_text (message) != NULL ? hd_message_get_text (message) : "");
      print_attachments (hd_message_get_attachments (message));
    }
}

static void
print_request (HdRequest *request)
{
  g_autofree char *updated = hd_ctl_dup_time (hd_request_get_updated_at (request));
  g_autofree char *not_kept = hd_request_dup_not_kept_text (request);

  hd_ctl_print ("%s  %s\n%s  %s  %s\n\n",
                hd_request_get_number (request) != NULL ? hd_request_get_number (request) : "",
                hd_request_get_subject (request) != NULL ? hd_request_get_subject (request) : "",
                hd_kind_get_label (hd_request_get_kind (request)), get_status_label (request), updated);

  if (not_kept != NULL)
    hd_ctl_print ("%s\n\n", not_kept);

  print_fields (request);
  print_attachments (hd_request_get_attachments (request));
  print_messages (request);
}

HdCtlExit
hd_ctl_item (HdCtl  *ctl,
             char  **arguments)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!hd_ctl_open_signed_in (ctl, &code))
    return code;

  if (!ctl->is_offline)
    {
      request = hd_ctl_find_request (ctl, arguments[0], &error);
    }
  else
    {
      g_autoptr (HdRequest) kept = find_kept (ctl, arguments[0], &error);

      if (kept != NULL)
        request = load (ctl, hd_request_get_id (kept), FALSE, &error);
      else if (error == NULL)
        error = g_error_new_literal (HD_ERROR, HD_ERROR_NOT_FOUND, "no such request");
    }

  if (request == NULL)
    return hd_ctl_fail (error);

  if (ctl->json)
    hd_ctl_print_record (request);
  else
    print_request (request);

  return code;
}
