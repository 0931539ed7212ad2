/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean hd_essence_is_same (const char *sent,
                             const char *kept);

G_END_DECLS
