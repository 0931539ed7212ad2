/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The pages that the window makes. */

#include "hd-catalog-page.h"
#include "hd-form-page.h"
#include "hd-home-page.h"
#include "hd-item-page.h"
#include "hd-items-page.h"
#include "hd-knowledge-page.h"
