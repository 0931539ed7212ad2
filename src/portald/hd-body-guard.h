/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void     hd_body_guard_watch        (SoupServerMessage *message,
                                     gsize              limit);
gboolean hd_body_guard_is_too_large (SoupServerMessage *message);

G_END_DECLS
