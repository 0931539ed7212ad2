/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

#define HD_TYPE_PRACTICE (hd_practice_get_type ())
G_DECLARE_FINAL_TYPE (HdPractice, hd_practice, HD, PRACTICE, GObject)

HdPractice *hd_practice_new      (HdDatabase *database,
                                  guint       delay) G_GNUC_WARN_UNUSED_RESULT;
void        hd_practice_watch    (HdPractice *self,
                                  const char *request_id);
void        hd_practice_resume   (HdPractice *self);

G_END_DECLS
