/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_COMPOSER (hd_composer_get_type ())
G_DECLARE_FINAL_TYPE (HdComposer, hd_composer, HD, COMPOSER, AdwBin)

void hd_composer_open (HdComposer *self,
                       HdSession  *session,
                       const char *request_id,
                       const char *request_number,
                       const char *subject);
void hd_composer_save (HdComposer *self);

G_END_DECLS
