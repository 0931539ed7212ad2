/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-form.h"
#include "hd-idempotency.h"
#include "hd-json.h"
#include "hd-letters.h"
#include "hd-offerings.h"
#include "hd-problem.h"
#include "hd-record-json.h"
#include "hd-request-changes.h"
#include "hd-request-list.h"
#include "hd-requests.h"
#include "hd-text.h"

void
hd_api_list_requests (HdCall *call)
{
  g_autoptr (GError) error = NULL;
  JsonNode *page = hd_request_list (call, &error);

  if (page != NULL)
    hd_call_reply_json (call, SOUP_STATUS_OK, page);
  else
    hd_call_fail (call, error);
}

void
hd_api_get_request (HdCall *call)
{
  HdDatabase *database = hd_call_get_database (call);
  const char *id = hd_call_get_argument (call, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *status = hd_requests_find (database, hd_call_get_user (call)->id, id, NULL, &error);
  JsonNode *request = status != NULL ? hd_requests_get_full (database, id, &error) : NULL;

  if (request != NULL)
    hd_call_reply_cacheable (call, request);
  else
    hd_call_fail (call, error);
}

/*
 * submit: hd_api_submit → files_stored_cb → register_request
 */

typedef struct
{
  HdCall   *call;        /* (owned) */
  HdUpload *upload;      /* (owned) */
  char     *request_id;  /* (owned) (nullable): the new one */
} Submit;

static void
submit_free (Submit *submit)
{
  g_clear_object (&submit->call);
  g_clear_pointer (&submit->upload, hd_upload_free);
  g_free (submit->request_id);
  g_free (submit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Submit, submit_free)

/* Returns: (transfer full) (nullable): the form that was filled in, if it is
 * still the same. */
static HdForm *
load_form (HdDatabase  *database,
           JsonObject  *description,
           GError     **error)
{
  const char *offering_id = hd_json_get_string (description, "offering_id");
  g_autoptr (JsonNode) node = NULL;
  HdForm *form;

  if (offering_id == NULL)
    {
      hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
      return NULL;
    }

  node = hd_offerings_get_form (database, offering_id);

  if (node == NULL)
    {
      hd_problem_set (error, HD_PROBLEM_NOT_FOUND);
      return NULL;
    }

  form = hd_record_new_from_json (HD_TYPE_FORM, node, error);

  if (form != NULL &&
      hd_form_get_version (form) != hd_json_get_int (description, "form_version", -1))
    {
      g_clear_object (&form);
      hd_problem_set (error, HD_PROBLEM_FORM_CHANGED);
    }

  return form;
}

static gboolean
register_request (HdCall     *call,
                  gpointer    user_data,
                  char      **location,
                  JsonNode  **answer,
                  GError    **error)
{
  Submit *submit = user_data;
  HdDatabase *database = hd_call_get_database (call);
  JsonObject *description = json_node_get_object (submit->upload->description);
  g_autoptr (HdForm) form = load_form (database, description, error);
  g_autoptr (HdValidated) validated = NULL;
  g_autoptr (JsonNode) offering = NULL;

  if (form == NULL)
    return FALSE;

  validated = hd_validate (call, form, submit->upload, error);
  offering = hd_offerings_get_offering (database, hd_form_get_offering_id (form));

  if (validated == NULL)
    return FALSE;

  if (offering == NULL)
    return hd_problem_set (error, HD_PROBLEM_NOT_FOUND);

  submit->request_id = hd_request_create (database, hd_call_get_user (call),
                                          json_node_get_object (offering), validated,
                                          hd_json_get_string (description, "article_id"),
                                          submit->upload->files, hd_text_now (), error);

  if (submit->request_id == NULL)
    return FALSE;

  *location = g_strconcat ("/api/v1/requests/", submit->request_id, NULL);
  *answer = hd_requests_get_full (database, submit->request_id, error);
  return *answer != NULL &&
         hd_letters_add_confirmation (database, hd_call_get_user (call),
                                      json_node_get_object (*answer), error);
}

static void
submit_stored_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Submit) submit = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  HdDatabase *database = hd_call_get_database (submit->call);
  gboolean is_done;

  if (!hd_upload_store_finish (result, &error))
    {
      hd_upload_release (submit->upload, database, FALSE);
      hd_call_fail (submit->call, error);
      return;
    }

  content = hd_upload_fingerprint (submit->upload);

  is_done = hd_idempotency_run (submit->call, content, SOUP_STATUS_CREATED, register_request, submit);
  hd_upload_release (submit->upload, database, is_done);

  if (is_done)
    hd_server_request_changed (hd_call_get_server (submit->call), submit->request_id);
}

void
hd_api_submit (HdCall *call)
{
  HdDatabase *database = hd_call_get_database (call);
  HdLimits limits = hd_info_get_limits (database);
  g_autoptr (GError) error = NULL;
  HdUpload *upload = hd_upload_parse (call, "request", &limits, &error);
  Submit *submit;

  if (upload == NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  submit = g_new0 (Submit, 1);
  submit->call = g_object_ref (call);
  submit->upload = upload;

  hd_call_pause (call);
  hd_upload_store_async (upload, hd_database_get_data_dir (database), NULL, submit_stored_cb, submit);
}
