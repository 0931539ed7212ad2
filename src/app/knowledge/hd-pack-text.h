/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-pack-manifest.h"

G_BEGIN_DECLS

char *hd_pack_text_dup_age (HdPackManifest *pack) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
