/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-contact.h"

/**
 * HdContact:
 *
 * One way to reach the help desk besides the portal.
 */

struct _HdContact
{
  HdRecord       parent_instance;

  HdContactKind  kind;
  char          *label;
  char          *value;
  char          *hours;
};

G_DEFINE_FINAL_TYPE (HdContact, hd_contact, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_ENUM (HdContact, kind, "kind", hd_contact_kind_get_type),
  HD_RECORD_STRING (HdContact, label, "label"),
  HD_RECORD_REQUIRED_STRING (HdContact, value, "value"),
  HD_RECORD_STRING (HdContact, hours, "hours"),
};

static void
hd_contact_class_init (HdContactClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_contact_init (HdContact *self)
{
}

HD_RECORD_DEFINE_GETTER (HdContact, hd_contact, HdContactKind, kind)
HD_RECORD_DEFINE_GETTER (HdContact, hd_contact, const char *, label)
HD_RECORD_DEFINE_GETTER (HdContact, hd_contact, const char *, value)
HD_RECORD_DEFINE_GETTER (HdContact, hd_contact, const char *, hours)
