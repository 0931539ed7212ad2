/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-accounts.h"

G_BEGIN_DECLS

gboolean  hd_letters_add_confirmation (HdDatabase    *database,
                                       const HdUser  *user,
                                       JsonObject    *request,
                                       GError       **error);
char     *hd_letter_compose           (const char    *from_name,
                                       const char    *from_address,
                                       const char    *to_name,
                                       const char    *to_address,
                                       const char    *subject,
                                       const char    *text,
                                       const char    *id,
                                       GDateTime     *date) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_letter_encode_words      (const char    *text,
                                       gsize          indent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
