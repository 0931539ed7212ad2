/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ACCOUNT (hd_account_get_type ())
G_DECLARE_FINAL_TYPE (HdAccount, hd_account, HD, ACCOUNT, HdRecord)

const char *hd_account_get_id         (HdAccount *self);
const char *hd_account_get_user_name  (HdAccount *self);
const char *hd_account_get_name       (HdAccount *self);
const char *hd_account_get_email      (HdAccount *self);
const char *hd_account_get_department (HdAccount *self);
const char *hd_account_get_phone      (HdAccount *self);
const char *hd_account_get_office     (HdAccount *self);

G_END_DECLS
