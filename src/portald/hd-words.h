/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HD_LANGUAGE_UK,
  HD_LANGUAGE_EN,
} HdLanguage;

HdLanguage  hd_language_choose    (const char *accept_language);
const char *hd_language_get_code  (HdLanguage  language);
const char *hd_words_translate    (HdLanguage  language,
                                   const char *english);

G_END_DECLS
