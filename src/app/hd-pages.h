/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The pages that the window makes. */

#if __has_include ("hd-catalog-page.h")
#include "hd-catalog-page.h"
#else
#define hd_catalog_page_new hd_home_page_new
#define HD_CATALOG_PAGE(p) (p)
#define hd_catalog_page_show_kind(p, k) ((void) (p), (void) (k))
#endif
#include "hd-form-page.h"
#include "hd-home-page.h"
#include "hd-item-page.h"
#include "hd-items-page.h"
#include "hd-knowledge-page.h"
