/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outage.h"

/**
 * HdOutage:
 *
 * The portal’s own notice that something is out of order.
 */

struct _HdOutage
{
  HdRecord   parent_instance;

  char      *message;
  GDateTime *since;
  GDateTime *until;
};

G_DEFINE_FINAL_TYPE (HdOutage, hd_outage, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdOutage, message, "message"),
  HD_RECORD_DATE_TIME (HdOutage, since, "since"),
  HD_RECORD_DATE_TIME (HdOutage, until, "until"),
};

static void
hd_outage_class_init (HdOutageClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_outage_init (HdOutage *self)
{
}

HD_RECORD_DEFINE_GETTER (HdOutage, hd_outage, const char *, message)
HD_RECORD_DEFINE_GETTER (HdOutage, hd_outage, GDateTime *, since)
HD_RECORD_DEFINE_GETTER (HdOutage, hd_outage, GDateTime *, until)
