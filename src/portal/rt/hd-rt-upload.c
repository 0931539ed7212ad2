/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-upload.h"

#include "hd-rt-field.h"
#include "hd-rt-private.h"

/*
 * JSON with files.  RT ends with an error of its own where the name of a file in
 * JSON is not ASCII, so files always go as parts of a form; the JSON is one more
 * part, and what belongs to a field is named in it by its part.
 */

#define JSON_PART "JSON"
#define ATTACHMENTS_PART "Attachments"

/* Returns: (transfer full): the part that a file goes as */
char *
hd_rt_upload_dup_part_name (HdDraftFile *file,
                            guint        position)
{
  const char *field_id = hd_draft_file_get_field_id (file);

  if (field_id == NULL || !g_str_has_prefix (field_id, HD_RT_FIELD_PREFIX))
    return g_strdup (ATTACHMENTS_PART);

  return g_strdup_printf ("file-%u", position);
}

/* A quotation mark goes as %22, which RT takes for the name; so another is sent. */
static char *
dup_name (HdDraftFile *file)
{
  const char *name = hd_draft_file_get_name (file);
  char *sent = g_strdup (name != NULL && *name != '\0' ? name : "file");

  return g_strdelimit (sent, "\"", '\'');
}

/**
 * hd_rt_upload_set:
 * @request: a request
 * @body: what to say
 * @files: (element-type HdDraftFile): what to send along
 *
 * Makes both the body of the request.
 */
void
hd_rt_upload_set (HdHttpRequest *request,
                  JsonNode      *body,
                  GPtrArray     *files)
{
  g_autoptr (HdHttpMultipart) multipart = NULL;

  if (files->len == 0)
    {
      hd_http_request_set_json (request, body);
      return;
    }

  multipart = hd_http_multipart_new ();
  hd_http_multipart_add_json (multipart, JSON_PART, body);

  for (guint i = 0; i < files->len; i++)
    {
      HdDraftFile *file = files->pdata[i];
      const char *path = hd_draft_file_get_path (file);
      g_autofree char *part = hd_rt_upload_dup_part_name (file, i);
      g_autofree char *name = dup_name (file);
      g_autoptr (GFile) source = g_file_new_for_path (path != NULL ? path : "");

      hd_http_multipart_add_file (multipart, part, source, name, hd_draft_file_get_content_type (file),
                                  hd_draft_file_get_size (file));
    }

  hd_http_request_set_multipart (request, multipart);
}

/**
 * hd_rt_upload_reply_new:
 * @ticket_id: a ticket
 * @text: (nullable): what to write
 * @files: (nullable) (element-type HdDraftFile): what to send along
 *
 * Returns: (transfer full): a correspondence
 */
HdHttpRequest *
hd_rt_upload_reply_new (const char *ticket_id,
                        const char *text,
                        GListModel *files)
{
  HdHttpRequest *request = hd_rt_request_new ("POST", "ticket", ticket_id, "correspond");
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (sent, g_list_model_get_item (files, i));

  json_object_set_string_member (object, "Content", text != NULL ? text : "");
  json_object_set_string_member (object, "ContentType", "text/plain");
  json_node_take_object (body, object);
  hd_rt_upload_set (request, body, sent);
  hd_http_request_expect_nothing (request);
  return request;
}
