/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_PACK_WATCH (hd_pack_watch_get_type ())
G_DECLARE_FINAL_TYPE (HdPackWatch, hd_pack_watch, HD, PACK_WATCH, GObject)

HdPackWatch *hd_pack_watch_new            (HdSession   *session) G_GNUC_WARN_UNUSED_RESULT;
void         hd_pack_watch_watch_folder   (HdPackWatch *self,
                                           GFile       *folder);
void         hd_pack_watch_watch_volumes  (HdPackWatch *self);

G_END_DECLS
