/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sign-in-fault.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hd-error.h"

/*
 * What the sign-in says about what went wrong, without any widget.
 */

HdSignInField
hd_sign_in_fault_find_field (const GError *error)
{
  if (g_error_matches (error, HD_ERROR, HD_ERROR_CREDENTIALS) ||
      g_error_matches (error, HD_ERROR, HD_ERROR_LOCKED) ||
      g_error_matches (error, HD_ERROR, HD_ERROR_RATE_LIMITED))
    return HD_SIGN_IN_FIELD_PASSWORD;

  if (g_error_matches (error, HD_ERROR, HD_ERROR_FORBIDDEN) ||
      g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND))
    return HD_SIGN_IN_FIELD_USER;

  return HD_SIGN_IN_FIELD_PORTAL;
}

/* Returns: (transfer full): what happened and what to do, in one paragraph */
char *
hd_sign_in_fault_dup_text (const GError *error)
{
  g_autofree char *title = hd_error_dup_title (error);
  g_autofree char *text = hd_error_dup_text (error);

  /* Translators: the first %s says in a few words what went wrong, the second in a sentence what to do. */
  return g_strdup_printf (_("%s. %s"), title, text);
}

/* Returns: (transfer full): how long the account is still locked */
char *
hd_sign_in_fault_dup_countdown (int seconds)
{
  /* Translators: minutes and seconds. */
  return g_strdup_printf (_("Too many wrong passwords: the account is locked. Try again in %d:%02d."),
                          seconds / 60, seconds % 60);
}

/* “helpdesk.customs.gov.ua” is understood. Returns: (transfer full) */
char *
hd_sign_in_fault_complete_uri (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  if (strstr (text, "://") != NULL)
    return g_steal_pointer (&text);

  return g_strconcat ("https://", text, NULL);
}

static gboolean
has_cyrillic (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_CYRILLIC)
        return TRUE;
    }

  return FALSE;
}

/* What cannot be seen in dots. Returns: (nullable) */
const char *
hd_sign_in_fault_get_password_advice (const char *password,
                                      gboolean    has_caps)
{
  if (has_caps)
    return _("Caps Lock is on.");

  return has_cyrillic (password) ? _("The password contains Cyrillic letters. Check the keyboard layout.") : NULL;
}
