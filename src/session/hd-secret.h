/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void hd_secret_free (char *secret);

/* Overwrites a secret string before freeing it, and forgets the pointer. */
#define hd_secret_clear(pointer) g_clear_pointer ((pointer), hd_secret_free)

G_END_DECLS
