/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_STATUS_LINE (hd_status_line_get_type ())
G_DECLARE_FINAL_TYPE (HdStatusLine, hd_status_line, HD, STATUS_LINE, AdwBin)

void hd_status_line_set_session (HdStatusLine *self,
                                 HdSession    *session);
void hd_status_line_refresh     (HdStatusLine *self);

G_END_DECLS
