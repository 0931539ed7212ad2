/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_SPELLING_HINT (hd_spelling_hint_get_type ())
G_DECLARE_FINAL_TYPE (HdSpellingHint, hd_spelling_hint, HD, SPELLING_HINT, AdwBin)

void hd_spelling_hint_watch (HdSpellingHint *self,
                             HdStore        *store,
                             GtkSearchEntry *entry);

G_END_DECLS
