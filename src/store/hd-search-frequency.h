/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

int hd_search_frequency_register (fts5_api *api);

G_END_DECLS
