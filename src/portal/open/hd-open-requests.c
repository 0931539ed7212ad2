/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include "hd-error.h"
#include "hd-form-rules.h"
#include "hd-portal-private.h"

/* What a person asked for: filing it, the conversation about it, its files. */

#define PAGE_LIMIT "200"
#define DOWNLOAD_LIMIT (G_GUINT64_CONSTANT (1) << 30)

/* The portal keeps what the key was used for, so a lost answer is not a second request. */
static void
set_key (HdHttpRequest *request,
         HdSubmission  *submission)
{
  hd_http_request_set_header (request, "Idempotency-Key", hd_submission_get_client_key (submission));
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/* A file of a field that is hidden by now stays behind, as the field's answer would. */
static gboolean
is_sent (HdDraftFile *file,
         HdForm      *form,
         HdAnswers   *answers)
{
  const char *field_id = hd_draft_file_get_field_id (file);
  HdField *field = form != NULL && field_id != NULL ? hd_form_find_field (form, field_id) : NULL;

  return field == NULL || hd_form_is_visible (form, field, answers);
}

static GPtrArray *
list_sent_files (HdDraft   *draft,
                 HdForm    *form,
                 HdAnswers *answers)
{
  GListModel *files = hd_draft_get_files (draft);
  GPtrArray *sent = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      if (is_sent (file, form, answers))
        g_ptr_array_add (sent, g_steal_pointer (&file));
    }

  return sent;
}

static const char *
get_name (HdDraftFile *file)
{
  const char *name = hd_draft_file_get_name (file);

  return name != NULL && *name != '\0' ? name : "file";
}

static char *
dup_part_name (guint position)
{
  return g_strdup_printf ("file-%u", position);
}

static void
describe_files (JsonBuilder *builder,
                GPtrArray   *files,
                gboolean     with_fields)
{
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);

  for (guint i = 0; i < files->len; i++)
    {
      HdDraftFile *file = g_ptr_array_index (files, i);
      g_autofree char *part = dup_part_name (i);

      json_builder_begin_object (builder);
      add_string (builder, "part", part);
      add_string (builder, "field_id", with_fields ? hd_draft_file_get_field_id (file) : NULL);
      /* However it goes: a second attempt under the same key says the same. */
      add_string (builder, "sha256", hd_draft_file_get_sha256 (file));
      add_string (builder, "name", get_name (file));
      add_string (builder, "content_type", hd_draft_file_get_content_type (file));
      add_int (builder, "size", hd_draft_file_get_size (file));
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

/* The document goes first: the portal can refuse it before it reads the files.  Large ones have gone before. */
static HdHttpMultipart *
create_multipart (HdOpenPortal *self,
                  const char   *name,
                  JsonBuilder  *builder,
                  GPtrArray    *files)
{
  HdHttpMultipart *multipart = hd_http_multipart_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  hd_http_multipart_add_json (multipart, name, root);

  for (guint i = 0; i < files->len; i++)
    {
      HdDraftFile *file = g_ptr_array_index (files, i);
      const char *path = hd_draft_file_get_path (file);
      g_autofree char *part = dup_part_name (i);
      g_autoptr (GFile) source = g_file_new_for_path (path != NULL ? path : "");

      if (hd_open_portal_uploads (self, file))
        continue;

      hd_http_multipart_add_file (multipart, part, source, get_name (file),
                                  hd_draft_file_get_content_type (file), hd_draft_file_get_size (file));
    }

  return multipart;
}

static HdHttpMultipart *
create_submission (HdOpenPortal *self,
                   HdSubmission *submission,
                   HdForm       *form)
{
  HdDraft *draft = hd_submission_get_draft (submission);
  const char *article_id = hd_submission_get_article_id (submission);
  g_autoptr (HdAnswers) answers = hd_answers_new_from_list (hd_draft_get_answers (draft));
  g_autoptr (GPtrArray) files = list_sent_files (draft, form, answers);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "offering_id", hd_draft_get_offering_id (draft));
  add_int (builder, "form_version", hd_form_get_version (form));
  add_string (builder, "article_id", article_id != NULL ? article_id : hd_draft_get_article_id (draft));
  json_builder_set_member_name (builder, "answers");
  json_builder_add_value (builder, hd_form_answers_to_json (form, answers));
  describe_files (builder, files, TRUE);
  json_builder_end_object (builder);

  return create_multipart (self, "request", builder, files);
}

/* A request with all there is to it. */
static void
request_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_set (answer->record, "complete", TRUE, "unread", FALSE, NULL);
  g_task_return_pointer (task, g_steal_pointer (&answer->record), g_object_unref);
}

static void
send_for_request (HdOpenPortal  *self,
                  HdHttpRequest *request,
                  GTask         *task)
{
  hd_http_request_expect_record (request, HD_TYPE_REQUEST);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             request_received_cb, g_object_ref (task));
}

static gboolean
check_draft (HdSubmission *submission,
             GTask        *task)
{
  if (hd_submission_get_draft (submission) != NULL)
    return TRUE;

  g_task_return_new_error (task, HD_ERROR, HD_ERROR_STORAGE, "the outbox entry has lost its draft");
  return FALSE;
}

static GPtrArray *
list_large_files (HdOpenPortal *self,
                  HdSubmission *submission,
                  HdForm       *form)
{
  HdDraft *draft = hd_submission_get_draft (submission);
  g_autoptr (HdAnswers) answers = hd_answers_new_from_list (hd_draft_get_answers (draft));
  g_autoptr (GPtrArray) files = list_sent_files (draft, form, answers);
  GPtrArray *large = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      if (hd_open_portal_uploads (self, files->pdata[i]))
        g_ptr_array_add (large, g_object_ref (files->pdata[i]));
    }

  return large;
}

static void
send_with_files (GTask             *task,
                 HdOpenPortalSend   send,
                 HdSubmission      *submission,
                 HdForm            *form,
                 HdProgress        *progress)
{
  g_autoptr (GPtrArray) large = list_large_files (g_task_get_source_object (task), submission, form);

  if (large->len == 0)
    send (task, submission, form, progress);
  else
    hd_open_portal_upload_first (task, large, send, submission, form, progress);
}

static void
submit_now (GTask        *task,
            HdSubmission *submission,
            HdForm       *form,
            HdProgress   *progress)
{
  HdOpenPortal *self = g_task_get_source_object (task);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("POST", "requests", NULL);
  g_autoptr (HdHttpMultipart) multipart = create_submission (self, submission, form);

  set_key (request, submission);
  hd_http_request_set_multipart (request, multipart);
  hd_http_request_set_progress (request, progress);
  send_for_request (self, request, task);
}

void
hd_open_portal_submit (HdPortal     *portal,
                       HdSubmission *submission,
                       HdForm       *form,
                       HdProgress   *progress,
                       GTask        *task)
{
  if (check_draft (submission, task))
    send_with_files (task, submit_now, submission, form, progress);
}

static void
page_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  GListModel *items;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL || !hd_open_portal_check (answer->record, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  items = hd_request_page_get_items (answer->record);

  /* These two are this machine's knowledge, whatever the portal says of them. */
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (HdRequest) item = g_list_model_get_item (items, i);

      g_object_set (item, "complete", FALSE, "unread", FALSE, NULL);
    }

  g_task_return_pointer (task, g_steal_pointer (&answer->record), g_object_unref);
}

void
hd_open_portal_list_requests (HdPortal   *portal,
                              const char *since,
                              const char *cursor,
                              GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "requests", NULL);

  hd_http_request_add_query (request, "since", since);
  hd_http_request_add_query (request, "cursor", cursor);
  hd_http_request_add_query (request, "limit", PAGE_LIMIT);
  hd_http_request_expect_record (request, HD_TYPE_REQUEST_PAGE);
  hd_http_client_send_async (HD_OPEN_PORTAL (portal)->client, request, g_task_get_cancellable (task),
                             page_received_cb, g_object_ref (task));
}

static void
whole_request_received_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdRequest) request = NULL;
  GError *error = NULL;

  request = g_task_propagate_pointer (G_TASK (result), &error);

  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_strcmp0 (hd_request_get_id (request), g_task_get_task_data (task)) != 0)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_PROTOCOL, "the answer is about another request");
      return;
    }

  g_object_set (request, "complete", TRUE, "unread", FALSE, NULL);
  g_task_return_pointer (task, g_steal_pointer (&request), g_object_unref);
}

void
hd_open_portal_get_request (HdPortal   *portal,
                            const char *request_id,
                            HdRequest  *held,
                            GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "requests", request_id, NULL);
  g_autoptr (GTask) inner = g_task_new (portal, g_task_get_cancellable (task),
                                        whole_request_received_cb, g_object_ref (task));

  g_task_set_source_tag (inner, hd_open_portal_get_request);
  g_task_set_task_data (task, g_strdup (request_id), g_free);
  hd_open_portal_ask_cached (HD_OPEN_PORTAL (portal), request, HD_TYPE_REQUEST, inner);
}

static void
read_back (HdPortal   *portal,
           const char *request_id,
           GTask      *task)
{
  g_autoptr (GTask) inner = hd_portal_read_back_task_new (task);

  hd_open_portal_get_request (portal, request_id, NULL, inner);
}

static HdHttpMultipart *
create_message (HdOpenPortal *self,
                HdSubmission *submission)
{
  HdDraft *draft = hd_submission_get_draft (submission);
  const char *text = hd_draft_get_text (draft);
  g_autoptr (GPtrArray) files = list_sent_files (draft, NULL, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "text", text != NULL ? text : "");
  describe_files (builder, files, FALSE);
  json_builder_end_object (builder);

  return create_multipart (self, "message", builder, files);
}

/*
 * reply: the portal answers with the message alone, so the request is asked for
 * after it.  Where that fails for a while the whole does: trying again with the
 * same key adds no second message.
 */
static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdPortal *portal = g_task_get_source_object (task);
  g_autofree char *request_id = g_strdup (g_task_get_task_data (task));
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    read_back (portal, request_id, task);
}

/* FALSE for an entry that says of no request what it is about. */
static gboolean
check_request_id (HdSubmission *submission,
                  GTask        *task)
{
  if (hd_submission_get_request_id (submission) != NULL)
    return TRUE;

  g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "the outbox entry names no request");
  return FALSE;
}

static void
reply_now (GTask        *task,
           HdSubmission *submission,
           HdForm       *form,
           HdProgress   *progress)
{
  HdOpenPortal *self = g_task_get_source_object (task);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("POST", "requests", hd_submission_get_request_id (submission),
                                                           "messages", NULL);
  g_autoptr (HdHttpMultipart) multipart = create_message (self, submission);

  set_key (request, submission);
  hd_http_request_set_multipart (request, multipart);
  hd_http_request_set_progress (request, progress);
  hd_http_request_expect_record (request, HD_TYPE_MESSAGE);
  g_task_set_task_data (task, g_strdup (hd_submission_get_request_id (submission)), g_free);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), replied_cb, g_object_ref (task));
}

void
hd_open_portal_reply (HdPortal     *portal,
                      HdSubmission *submission,
                      HdProgress   *progress,
                      GTask        *task)
{
  if (check_draft (submission, task) && check_request_id (submission, task))
    send_with_files (task, reply_now, submission, NULL, progress);
}

static const char *
get_action_segment (HdAction action)
{
  switch (action)
    {
    case HD_ACTION_CANCEL:
      return "cancel";

    case HD_ACTION_REOPEN:
      return "reopen";

    case HD_ACTION_CONFIRM:
      return "confirm";

    case HD_ACTION_RATE:
      return "rating";

    case HD_ACTION_SUBMIT:
    case HD_ACTION_REPLY:
    case HD_ACTION_FEEDBACK:
      return NULL;

    default:
      return NULL;
    }
}

void
hd_open_portal_act (HdPortal     *portal,
                    HdSubmission *submission,
                    HdProgress   *progress,
                    GTask        *task)
{
  HdAction action = hd_submission_get_action (submission);
  const char *segment = get_action_segment (action);
  g_autoptr (HdHttpRequest) request = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) body = NULL;

  if (!check_request_id (submission, task))
    return;

  if (segment == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_UNSUPPORTED, "no action on a request");
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "comment", hd_submission_get_comment (submission));

  if (action == HD_ACTION_RATE)
    add_int (builder, "stars", hd_submission_get_stars (submission));

  json_builder_end_object (builder);
  body = json_builder_get_root (builder);

  request = hd_http_request_new ("POST", "requests", hd_submission_get_request_id (submission), segment, NULL);
  set_key (request, submission);
  hd_http_request_set_json (request, body);
  hd_http_request_set_progress (request, progress);
  send_for_request (HD_OPEN_PORTAL (portal), request, task);
}

static void
downloaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_http_client_download_finish (HD_HTTP_CLIENT (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
hd_open_portal_download (HdPortal   *portal,
                         const char *request_id,
                         const char *attachment_id,
                         GFile      *destination,
                         HdProgress *progress,
                         GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "requests", request_id, "attachments",
                                                           attachment_id, NULL);

  hd_http_request_expect_bytes (request);
  hd_http_request_set_limit (request, DOWNLOAD_LIMIT);
  hd_http_request_set_progress (request, progress);
  hd_http_client_download_async (HD_OPEN_PORTAL (portal)->client, request, destination,
                                 g_task_get_cancellable (task), downloaded_cb, g_object_ref (task));
}
