/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-conversation.h"

#include <glib/gi18n-lib.h>

#include "hd-attachment.h"
#include "hd-html-plain.h"
#include "hd-json.h"

/*
 * The parts of one correspondence: a text, perhaps in HTML as well, pictures in
 * it, and files.  A part that has a name is a file; one with a Content-ID is
 * shown in the HTML, which calls it `cid:…`.
 */

#define CID "[cid:"

static gboolean
is_of (JsonObject *part,
       const char *transaction_id)
{
  g_autofree char *id = hd_rt_json_dup_id (part, "TransactionId");

  return g_strcmp0 (id, transaction_id) == 0;
}

/* Returns: (transfer full) (nullable): what HTML calls the part */
static char *
dup_content_id (JsonObject *part)
{
  const char *headers = hd_json_get_string (part, "Headers");
  g_autoptr (GRegex) regex = g_regex_new ("^Content-ID:\\s*<([^>]+)>", G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (headers == NULL || !g_regex_match (regex, headers, 0, &match))
    return NULL;

  return g_match_info_fetch (match, 1);
}

static const char *
get_file_name (JsonObject *part)
{
  const char *name = hd_rt_json_get_text (part, "Filename");
  const char *type = hd_rt_json_get_text (part, "ContentType");

  if (name != NULL)
    return name;

  return type != NULL && g_str_has_prefix (type, "image/") ? _("picture") : _("file");
}

/* Where a part is neither the text nor what holds the others together. */
static gboolean
is_file (JsonObject *part)
{
  const char *type = hd_rt_json_get_text (part, "ContentType");

  return hd_rt_json_get_text (part, "Filename") != NULL ||
         (type != NULL && !g_str_has_prefix (type, "text/") && !g_str_has_prefix (type, "multipart/") &&
          hd_rt_json_get_number (part, "ContentLength") > 0);
}

/* Each picture that the text shows is called what its file is. */
static char *
dup_with_names (HdRtParts *self,
                char      *text)
{
  g_autofree char *taken = text;
  g_autoptr (GString) named = g_string_new (text);

  for (guint i = 0; i < hd_rt_json_get_length (self->attachments) && strstr (named->str, CID) != NULL; i++)
    {
      JsonObject *part = hd_rt_json_get_element (self->attachments, i);
      g_autofree char *content_id = is_of (part, self->id) ? dup_content_id (part) : NULL;
      g_autofree char *called = content_id != NULL ? g_strconcat (CID, content_id, "]", NULL) : NULL;
      g_autofree char *name = g_strconcat ("[", get_file_name (part), "]", NULL);

      if (called != NULL)
        g_string_replace (named, called, name, 0);
    }

  return g_strdup (named->str);
}

/* Returns: (transfer full): what was written; HTML says more than the plain text beside it */
char *
hd_rt_parts_dup_text (HdRtParts *self)
{
  const char *plain = NULL;
  const char *html = NULL;

  for (guint i = 0; i < hd_rt_json_get_length (self->bodies); i++)
    {
      JsonObject *part = hd_rt_json_get_element (self->bodies, i);
      const char *content = is_of (part, self->id) ? hd_rt_json_get_text (part, "Content") : NULL;

      if (content != NULL && g_strcmp0 (hd_json_get_string (part, "ContentType"), "text/html") == 0)
        html = html != NULL ? html : content;
      else if (content != NULL)
        plain = plain != NULL ? plain : content;
    }

  if (html != NULL)
    return dup_with_names (self, hd_html_to_plain (html));

  return g_strstrip (g_strdup (plain != NULL ? plain : ""));
}

/* Returns: (transfer full) (element-type HdAttachment): its files and pictures */
GListStore *
hd_rt_parts_dup_attachments (HdRtParts *self)
{
  GListStore *list = g_list_store_new (HD_TYPE_ATTACHMENT);

  for (guint i = 0; i < hd_rt_json_get_length (self->attachments); i++)
    {
      JsonObject *part = hd_rt_json_get_element (self->attachments, i);
      g_autofree char *number = hd_rt_json_dup_id (part, "id");
      g_autofree char *id = NULL;
      g_autoptr (HdAttachment) attachment = NULL;

      if (number == NULL || !is_of (part, self->id) || !is_file (part))
        continue;

      id = g_strdup_printf ("%s-%s", self->id, number);
      attachment = g_object_new (HD_TYPE_ATTACHMENT,
                                 "id", id,
                                 "name", get_file_name (part),
                                 "content-type", hd_rt_json_get_text (part, "ContentType"),
                                 "size", hd_rt_json_get_number (part, "ContentLength"),
                                 NULL);
      g_list_store_append (list, attachment);
    }

  return list;
}
