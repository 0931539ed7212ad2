/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-attachment.h"

/**
 * HdAttachment:
 *
 * A file that the portal keeps with a request or a message.
 */

struct _HdAttachment
{
  HdRecord  parent_instance;

  char     *id;
  char     *name;
  char     *content_type;
  gint64    size;
  char     *sha256;
  char     *field_id;
};

G_DEFINE_FINAL_TYPE (HdAttachment, hd_attachment, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdAttachment, id, "id"),
  HD_RECORD_STRING (HdAttachment, name, "name"),
  HD_RECORD_STRING (HdAttachment, content_type, "content-type"),
  HD_RECORD_INT64 (HdAttachment, size, "size"),
  HD_RECORD_STRING (HdAttachment, sha256, "sha256"),
  HD_RECORD_STRING (HdAttachment, field_id, "field-id"),
};

static void
hd_attachment_class_init (HdAttachmentClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_attachment_init (HdAttachment *self)
{
}

HD_RECORD_DEFINE_GETTER (HdAttachment, hd_attachment, const char *, id)
HD_RECORD_DEFINE_GETTER (HdAttachment, hd_attachment, const char *, name)
HD_RECORD_DEFINE_GETTER (HdAttachment, hd_attachment, const char *, content_type)
HD_RECORD_DEFINE_GETTER (HdAttachment, hd_attachment, gint64, size)
HD_RECORD_DEFINE_GETTER (HdAttachment, hd_attachment, const char *, sha256)
HD_RECORD_DEFINE_GETTER (HdAttachment, hd_attachment, const char *, field_id)
