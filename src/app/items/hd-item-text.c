/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-item-text.h"

#include <glib/gi18n.h>

#include "hd-field-value.h"
#include "hd-message.h"
#include "hd-time.h"

static void
append_line (GString    *text,
             const char *label,
             const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", label, value);
}

static void
append_time (GString    *text,
             const char *label,
             GDateTime  *time)
{
  g_autofree char *words = time != NULL ? hd_time_dup_full (time) : NULL;

  append_line (text, label, words);
}

/* Returns: (transfer full): all of a request as plain text, to be printed */
char *
hd_item_text_dup (HdRequest *request)
{
  GString *text = g_string_new (NULL);
  GListModel *fields = hd_request_get_fields (request);
  GListModel *messages = hd_request_get_messages (request);

  append_line (text, _("Kind"), hd_kind_get_label (hd_request_get_kind (request)));
  append_line (text, _("Status"), hd_status_get_label (hd_request_get_status (request)));
  append_line (text, _("Priority"), hd_priority_get_label (hd_request_get_priority (request)));
  append_line (text, _("Service offering"), hd_request_get_offering_name (request));
  append_time (text, _("Created"), hd_request_get_created_at (request));
  append_time (text, _("Updated"), hd_request_get_updated_at (request));
  g_string_append_c (text, '\n');

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdFieldValue) field = g_list_model_get_item (fields, i);

      append_line (text, hd_field_value_get_label (field), hd_field_value_get_value (field));
    }

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);
      GDateTime *time = hd_message_get_created_at (message);
      g_autofree char *words = time != NULL ? hd_time_dup_full (time) : g_strdup ("");
      const char *author = hd_message_get_author (message);

      g_string_append_printf (text, "\n%s, %s\n%s\n", author != NULL ? author : _("Help Desk"), words,
                              hd_message_get_text (message) != NULL ? hd_message_get_text (message) : "");
    }

  return g_string_free (text, FALSE);
}
