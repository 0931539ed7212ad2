/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request.h"

#include <glib/gi18n-lib.h>

/**
 * HdRequest:
 *
 * A service request or an incident of the signed-in person.
 *
 * In lists the portal leaves out fields, messages, history and attachments; then
 * @complete is %FALSE.  @unread and @complete are this machine’s own knowledge.
 * @not_kept names the fields whose answers the portal took and did not keep.
 * @client_key is the #HdSubmission:client-key of which it came, where the portal tells.
 */

struct _HdRequest
{
  HdRecord     parent_instance;

  char        *id;
  char        *number;
  HdKind       kind;
  char        *subject;
  char        *offering_id;
  char        *offering_name;
  HdStatus     status;
  char        *status_label;
  gboolean     waiting_for_me;
  HdPriority   priority;
  GDateTime   *created_at;
  GDateTime   *updated_at;
  GDateTime   *closed_at;
  gint64       message_count;
  char        *assignee;
  GListModel  *fields;  /* (element-type HdFieldValue) */
  GListModel  *messages;  /* (element-type HdMessage) */
  GListModel  *history;  /* (element-type HdStatusChange) */
  GListModel  *attachments;  /* (element-type HdAttachment) */
  char       **actions;
  gint64       rating;
  char       **not_kept;
  char        *client_key;
  gboolean     unread;
  gboolean     complete;
};

G_DEFINE_FINAL_TYPE (HdRequest, hd_request, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdRequest, id, "id"),
  HD_RECORD_STRING (HdRequest, number, "number"),
  HD_RECORD_ENUM (HdRequest, kind, "kind", hd_kind_get_type),
  HD_RECORD_STRING (HdRequest, subject, "subject"),
  HD_RECORD_STRING (HdRequest, offering_id, "offering-id"),
  HD_RECORD_STRING (HdRequest, offering_name, "offering-name"),
  HD_RECORD_ENUM (HdRequest, status, "status", hd_status_get_type),
  HD_RECORD_STRING (HdRequest, status_label, "status-label"),
  HD_RECORD_BOOLEAN (HdRequest, waiting_for_me, "waiting-for-me"),
  HD_RECORD_ENUM (HdRequest, priority, "priority", hd_priority_get_type),
  HD_RECORD_DATE_TIME (HdRequest, created_at, "created-at"),
  HD_RECORD_DATE_TIME (HdRequest, updated_at, "updated-at"),
  HD_RECORD_DATE_TIME (HdRequest, closed_at, "closed-at"),
  HD_RECORD_INT64 (HdRequest, message_count, "message-count"),
  HD_RECORD_STRING (HdRequest, assignee, "assignee"),
  HD_RECORD_LIST (HdRequest, fields, "fields", hd_field_value_get_type),
  HD_RECORD_LIST (HdRequest, messages, "messages", hd_message_get_type),
  HD_RECORD_LIST (HdRequest, history, "history", hd_status_change_get_type),
  HD_RECORD_LIST (HdRequest, attachments, "attachments", hd_attachment_get_type),
  HD_RECORD_STRV (HdRequest, actions, "actions"),
  HD_RECORD_INT64 (HdRequest, rating, "rating"),
  HD_RECORD_STRV (HdRequest, not_kept, "not-kept"),
  HD_RECORD_STRING (HdRequest, client_key, "client-key"),
  HD_RECORD_BOOLEAN (HdRequest, unread, "unread"),
  HD_RECORD_BOOLEAN (HdRequest, complete, "complete"),
};

static void
hd_request_class_init (HdRequestClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_request_init (HdRequest *self)
{
}

HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, id)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, number)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, HdKind, kind)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, subject)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, offering_id)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, offering_name)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, HdStatus, status)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, status_label)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, gboolean, waiting_for_me)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, HdPriority, priority)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GDateTime *, created_at)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GDateTime *, updated_at)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GDateTime *, closed_at)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, gint64, message_count)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, assignee)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GListModel *, fields)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GListModel *, messages)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GListModel *, history)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, GListModel *, attachments)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, const char *, client_key)
const char *const *
hd_request_get_actions (HdRequest *self)
{
  g_return_val_if_fail (HD_IS_REQUEST (self), NULL);
  return (const char *const *) self->actions;
}

const char *const *
hd_request_get_not_kept (HdRequest *self)
{
  g_return_val_if_fail (HD_IS_REQUEST (self), NULL);
  return (const char *const *) self->not_kept;
}

/**
 * hd_request_dup_not_kept_text:
 * @self: a request
 *
 * Returns: (transfer full) (nullable): which answers the portal did not keep and what to do about it, %NULL where it
 *   kept all
 */
char *
hd_request_dup_not_kept_text (HdRequest *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_return_val_if_fail (HD_IS_REQUEST (self), NULL);

  if (self->not_kept == NULL || self->not_kept[0] == NULL)
    return NULL;

  for (guint i = 0; self->not_kept[i] != NULL; i++)
    {
      g_string_append (names, i > 0 ? ", " : "");
      g_string_append_printf (names, _("“%s”"), self->not_kept[i]);
    }

  /* Translators: %s is the names of the form's fields, in quotation marks. */
  return g_strdup_printf (ngettext ("The portal did not keep your answer to %s. Tell it to the help desk in a reply.",
                                    "The portal did not keep your answers to %s. Tell them to the help desk in a reply.",
                                    g_strv_length (self->not_kept)),
                          names->str);
}

HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, gint64, rating)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, gboolean, unread)
HD_RECORD_DEFINE_GETTER (HdRequest, hd_request, gboolean, complete)
