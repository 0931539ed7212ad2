/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *const *hd_database_schema_get_steps (guint *n_steps);

G_END_DECLS
