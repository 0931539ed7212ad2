/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hd_file_version_dup (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
