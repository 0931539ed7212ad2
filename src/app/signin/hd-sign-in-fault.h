/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HdSignInField:
 *
 * Which field a fault concerns.
 */
typedef enum
{
  HD_SIGN_IN_FIELD_PORTAL,
  HD_SIGN_IN_FIELD_USER,
  HD_SIGN_IN_FIELD_PASSWORD,
} HdSignInField;

HdSignInField  hd_sign_in_fault_find_field    (const GError *error);
char          *hd_sign_in_fault_dup_text      (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
char          *hd_sign_in_fault_dup_countdown (int           seconds) G_GNUC_WARN_UNUSED_RESULT;
char          *hd_sign_in_fault_complete_uri  (const char   *typed) G_GNUC_WARN_UNUSED_RESULT;
const char    *hd_sign_in_fault_get_password_advice (const char *password,
                                                     gboolean    has_caps);

G_END_DECLS
