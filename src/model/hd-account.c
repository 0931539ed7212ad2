/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-account.h"

/**
 * HdAccount:
 *
 * The person who is signed in, as the portal knows them.
 */

struct _HdAccount
{
  HdRecord  parent_instance;

  char     *id;
  char     *user_name;
  char     *name;
  char     *email;
  char     *department;
  char     *phone;
  char     *office;
};

G_DEFINE_FINAL_TYPE (HdAccount, hd_account, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdAccount, id, "id"),
  HD_RECORD_REQUIRED_STRING (HdAccount, user_name, "user-name"),
  HD_RECORD_STRING (HdAccount, name, "name"),
  HD_RECORD_STRING (HdAccount, email, "email"),
  HD_RECORD_STRING (HdAccount, department, "department"),
  HD_RECORD_STRING (HdAccount, phone, "phone"),
  HD_RECORD_STRING (HdAccount, office, "office"),
};

static void
hd_account_class_init (HdAccountClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_account_init (HdAccount *self)
{
}

HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, id)
HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, user_name)
HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, name)
HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, email)
HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, department)
HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, phone)
HD_RECORD_DEFINE_GETTER (HdAccount, hd_account, const char *, office)
