/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_SUGGESTIONS (hd_suggestions_get_type ())
G_DECLARE_FINAL_TYPE (HdSuggestions, hd_suggestions, HD, SUGGESTIONS, AdwBin)

GtkWidget *hd_suggestions_new                (void);
void       hd_suggestions_set_store          (HdSuggestions *self,
                                              HdStore       *store);
void       hd_suggestions_set_words          (HdSuggestions *self,
                                              const char    *words);
void       hd_suggestions_set_always_visible (HdSuggestions *self,
                                              gboolean       always_visible);

G_END_DECLS
