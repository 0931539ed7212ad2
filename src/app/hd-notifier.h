/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_NOTIFIER (hd_notifier_get_type ())
G_DECLARE_FINAL_TYPE (HdNotifier, hd_notifier, HD, NOTIFIER, GObject)

HdNotifier *hd_notifier_new       (GtkApplication *application,
                                   HdSession      *session,
                                   GSettings      *settings) G_GNUC_WARN_UNUSED_RESULT;
void        hd_notifier_withdraw  (HdNotifier     *self,
                                   const char     *request_id);
char       *hd_notifier_dup_words (HdRequest      *before,
                                   HdRequest      *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
