/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-model.h"
#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_OPTION_DIALOG (hd_option_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HdOptionDialog, hd_option_dialog, HD, OPTION_DIALOG, AdwWindow)

GtkWidget  *hd_option_dialog_new    (HdSession   *session,
                                     HdFormModel *model,
                                     HdField     *field);
GListModel *hd_options_dup_matching (GListModel  *options,
                                     const char  *words) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
