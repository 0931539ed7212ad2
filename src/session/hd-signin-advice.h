/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HdSigninAdvice:
 * @HD_SIGNIN_ADVICE_NONE: nothing odd
 * @HD_SIGNIN_ADVICE_CYRILLIC: Cyrillic letters among Latin ones, or Cyrillic ones alone
 * @HD_SIGNIN_ADVICE_SPACES: spaces before or after
 * @HD_SIGNIN_ADVICE_SPACE_INSIDE: a space inside
 *
 * What looks like a slip in a user name.
 */
typedef enum
{
  HD_SIGNIN_ADVICE_NONE,
  HD_SIGNIN_ADVICE_CYRILLIC,
  HD_SIGNIN_ADVICE_SPACES,
  HD_SIGNIN_ADVICE_SPACE_INSIDE,
} HdSigninAdvice;

HdSigninAdvice  hd_signin_advice_for_user_name (const char *user_name);
char           *hd_signin_advice_dup_text      (const char *user_name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
