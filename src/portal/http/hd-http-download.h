/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-http-exchange.h"

G_BEGIN_DECLS

void hd_http_download_run (HdHttpExchange *exchange,
                           GFile          *destination,
                           GTask          *task);

G_END_DECLS
