/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft-file.h"

/**
 * HdDraftFile:
 *
 * A file that belongs to a draft: a copy that the store keeps, so that the original may go.
 */

struct _HdDraftFile
{
  HdRecord  parent_instance;

  char     *id;
  char     *field_id;
  char     *name;
  char     *content_type;
  gint64    size;
  char     *sha256;
  char     *path;
};

G_DEFINE_FINAL_TYPE (HdDraftFile, hd_draft_file, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdDraftFile, id, "id"),
  HD_RECORD_STRING (HdDraftFile, field_id, "field-id"),
  HD_RECORD_STRING (HdDraftFile, name, "name"),
  HD_RECORD_STRING (HdDraftFile, content_type, "content-type"),
  HD_RECORD_INT64 (HdDraftFile, size, "size"),
  HD_RECORD_STRING (HdDraftFile, sha256, "sha256"),
  HD_RECORD_STRING (HdDraftFile, path, "path"),
};

static void
hd_draft_file_class_init (HdDraftFileClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_draft_file_init (HdDraftFile *self)
{
}

HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, const char *, id)
HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, const char *, field_id)
HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, const char *, name)
HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, const char *, content_type)
HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, gint64, size)
HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, const char *, sha256)
HD_RECORD_DEFINE_GETTER (HdDraftFile, hd_draft_file, const char *, path)
