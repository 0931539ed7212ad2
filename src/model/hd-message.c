/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-message.h"

/**
 * HdMessage:
 *
 * One contribution to the conversation on a request.
 */

struct _HdMessage
{
  HdRecord    parent_instance;

  char       *id;
  char       *author;
  gboolean    mine;
  char       *text;
  GDateTime  *created_at;
  GListModel *attachments;  /* (element-type HdAttachment) */
};

G_DEFINE_FINAL_TYPE (HdMessage, hd_message, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdMessage, id, "id"),
  HD_RECORD_STRING (HdMessage, author, "author"),
  HD_RECORD_BOOLEAN (HdMessage, mine, "mine"),
  HD_RECORD_STRING (HdMessage, text, "text"),
  HD_RECORD_DATE_TIME (HdMessage, created_at, "created-at"),
  HD_RECORD_LIST (HdMessage, attachments, "attachments", hd_attachment_get_type),
};

static void
hd_message_class_init (HdMessageClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_message_init (HdMessage *self)
{
}

HD_RECORD_DEFINE_GETTER (HdMessage, hd_message, const char *, id)
HD_RECORD_DEFINE_GETTER (HdMessage, hd_message, const char *, author)
HD_RECORD_DEFINE_GETTER (HdMessage, hd_message, gboolean, mine)
HD_RECORD_DEFINE_GETTER (HdMessage, hd_message, const char *, text)
HD_RECORD_DEFINE_GETTER (HdMessage, hd_message, GDateTime *, created_at)
HD_RECORD_DEFINE_GETTER (HdMessage, hd_message, GListModel *, attachments)
