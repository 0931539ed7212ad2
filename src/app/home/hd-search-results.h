/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_SEARCH_RESULTS (hd_search_results_get_type ())
G_DECLARE_FINAL_TYPE (HdSearchResults, hd_search_results, HD, SEARCH_RESULTS, AdwBin)

void hd_search_results_set_session (HdSearchResults *self,
                                    HdSession       *session);
void hd_search_results_set_words (HdSearchResults *self,
                                  const char      *words);
void hd_search_results_grab_focus_first (HdSearchResults *self);

G_END_DECLS
