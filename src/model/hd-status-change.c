/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-status-change.h"

/**
 * HdStatusChange:
 *
 * One step in the life of a request.
 */

struct _HdStatusChange
{
  HdRecord   parent_instance;

  HdStatus   status;
  char      *status_label;
  GDateTime *at;
  char      *by;
};

G_DEFINE_FINAL_TYPE (HdStatusChange, hd_status_change, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_ENUM (HdStatusChange, status, "status", hd_status_get_type),
  HD_RECORD_STRING (HdStatusChange, status_label, "status-label"),
  HD_RECORD_DATE_TIME (HdStatusChange, at, "at"),
  HD_RECORD_STRING (HdStatusChange, by, "by"),
};

static void
hd_status_change_class_init (HdStatusChangeClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_status_change_init (HdStatusChange *self)
{
}

HD_RECORD_DEFINE_GETTER (HdStatusChange, hd_status_change, HdStatus, status)
HD_RECORD_DEFINE_GETTER (HdStatusChange, hd_status_change, const char *, status_label)
HD_RECORD_DEFINE_GETTER (HdStatusChange, hd_status_change, GDateTime *, at)
HD_RECORD_DEFINE_GETTER (HdStatusChange, hd_status_change, const char *, by)
