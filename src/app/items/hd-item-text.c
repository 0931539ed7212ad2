/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-item-text.h"

#include <glib/gi18n.h>

#include "hd-attachment.h"
#include "hd-field-value.h"
#include "hd-message.h"
#include "hd-status-change.h"
#include "hd-time.h"

/*
 * All of a request as Pango markup, to be printed: what it is, what was sent, what
 * was said, and what became of it, with the names of all files.
 */

static void
append_line (GString    *markup,
             const char *label,
             const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return;

  line = g_markup_printf_escaped ("<b>%s:</b> %s\n", label != NULL ? label : "", value);
  g_string_append (markup, line);
}

static void
append_time (GString    *markup,
             const char *label,
             GDateTime  *time)
{
  g_autofree char *words = time != NULL ? hd_time_dup_full (time) : NULL;

  append_line (markup, label, words);
}

static void
append_heading (GString    *markup,
                const char *heading)
{
  g_autofree char *line = g_markup_printf_escaped ("\n<big><b>%s</b></big>\n", heading);

  g_string_append (markup, line);
}

static void
append_title (GString   *markup,
              HdRequest *request)
{
  const char *number = hd_request_get_number (request);
  const char *subject = hd_request_get_subject (request);
  g_autofree char *title = g_strdup_printf (_("No. %s: %s"), number != NULL ? number : "—",
                                            subject != NULL ? subject : "—");
  g_autofree char *line = g_markup_printf_escaped ("<span size=\"140%%\" weight=\"bold\">%s</span>\n\n", title);

  g_string_append (markup, line);
}

/* A name may have line ends: on paper it is one line. */
static void
append_files (GString    *markup,
              GListModel *attachments)
{
  for (guint i = 0; attachments != NULL && i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (HdAttachment) attachment = g_list_model_get_item (attachments, i);
      const char *name = hd_attachment_get_name (attachment);
      g_autofree char *size = g_format_size ((guint64) MAX (0, hd_attachment_get_size (attachment)));
      g_autofree char *one_line = g_strdelimit (g_strdup (name != NULL ? name : hd_attachment_get_id (attachment)),
                                                "\r\n", ' ');
      g_autofree char *value = g_strdup_printf ("%s (%s)", one_line, size);

      append_line (markup, _("Attachment"), value);
    }
}

static void
append_fields (GString    *markup,
               GListModel *fields)
{
  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdFieldValue) field = g_list_model_get_item (fields, i);

      append_line (markup, hd_field_value_get_label (field), hd_field_value_get_value (field));
    }
}

static void
append_message (GString   *markup,
                HdMessage *message)
{
  GDateTime *time = hd_message_get_created_at (message);
  g_autofree char *words = time != NULL ? hd_time_dup_full (time) : g_strdup ("");
  const char *author = hd_message_get_author (message);
  const char *text = hd_message_get_text (message);
  g_autofree char *said = g_markup_printf_escaped ("\n<b>%s</b>, %s\n%s\n", author != NULL ? author : _("Help Desk"),
                                                   words, text != NULL ? text : "");

  g_string_append (markup, said);
  append_files (markup, hd_message_get_attachments (message));
}

static void
append_conversation (GString    *markup,
                     GListModel *messages)
{
  if (messages == NULL || g_list_model_get_n_items (messages) == 0)
    return;

  append_heading (markup, _("Conversation"));

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      append_message (markup, message);
    }
}

static void
append_history (GString    *markup,
                GListModel *history)
{
  if (history == NULL || g_list_model_get_n_items (history) == 0)
    return;

  append_heading (markup, _("History"));

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (HdStatusChange) change = g_list_model_get_item (history, i);
      const char *label = hd_status_change_get_status_label (change);

      append_time (markup, label != NULL ? label : hd_status_get_label (hd_status_change_get_status (change)),
                   hd_status_change_get_at (change));
    }
}

/* Returns: (transfer full) */
char *
hd_item_text_dup_markup (HdRequest *request)
{
  GString *markup = g_string_new (NULL);

  append_title (markup, request);
  append_line (markup, _("Kind"), hd_kind_get_label (hd_request_get_kind (request)));
  append_line (markup, _("Status"), hd_status_get_label (hd_request_get_status (request)));
  append_line (markup, _("Priority"), hd_priority_get_label (hd_request_get_priority (request)));
  append_line (markup, _("Service offering"), hd_request_get_offering_name (request));
  append_time (markup, _("Created"), hd_request_get_created_at (request));
  append_time (markup, _("Updated"), hd_request_get_updated_at (request));
  g_string_append_c (markup, '\n');
  append_fields (markup, hd_request_get_fields (request));
  append_files (markup, hd_request_get_attachments (request));
  append_conversation (markup, hd_request_get_messages (request));
  append_history (markup, hd_request_get_history (request));

  return g_string_free (markup, FALSE);
}
