/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

#define HD_TYPE_MAILER (hd_mailer_get_type ())
G_DECLARE_FINAL_TYPE (HdMailer, hd_mailer, HD, MAILER, GObject)

HdMailer *hd_mailer_new  (HdDatabase *database) G_GNUC_WARN_UNUSED_RESULT;
void      hd_mailer_wake (HdMailer   *self);

G_END_DECLS
