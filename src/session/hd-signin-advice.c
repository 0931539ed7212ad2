/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-signin-advice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Slips of the keyboard layout that nobody can see: a Cyrillic “с” looks just
 * like a Latin “c”.  This only advises; whatever was typed may be sent.
 */

/* Returns: (transfer full) (nullable): the Cyrillic letters of @text, each once, separated by spaces */
static char *
dup_cyrillic_letters (const char *text)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char letter[7] = { 0 };

      if (!g_unichar_isalpha (c) || g_unichar_get_script (c) != G_UNICODE_SCRIPT_CYRILLIC)
        continue;

      g_unichar_to_utf8 (c, letter);

      if (g_strstr_len (letters->str, -1, letter) == NULL)
        g_string_append_printf (letters, "%s%s", letters->len > 0 ? " " : "", letter);
    }

  return letters->len > 0 ? g_string_free (g_steal_pointer (&letters), FALSE) : NULL;
}

static gboolean
has_outer_space (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return g_unichar_isspace (g_utf8_get_char (text)) ||
         (last != NULL && g_unichar_isspace (g_utf8_get_char (last)));
}

static gboolean
has_space (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/**
 * hd_signin_advice_for_user_name:
 * @user_name: what stands in the entry
 *
 * Returns: what looks like a slip, the gravest first
 */
HdSigninAdvice
hd_signin_advice_for_user_name (const char *user_name)
{
  g_autofree char *letters = NULL;

  g_return_val_if_fail (user_name != NULL, HD_SIGNIN_ADVICE_NONE);

  if (*user_name == '\0' || !g_utf8_validate (user_name, -1, NULL))
    return HD_SIGNIN_ADVICE_NONE;

  letters = dup_cyrillic_letters (user_name);

  if (letters != NULL)
    return HD_SIGNIN_ADVICE_CYRILLIC;

  if (has_outer_space (user_name))
    return HD_SIGNIN_ADVICE_SPACES;

  return has_space (user_name) ? HD_SIGNIN_ADVICE_SPACE_INSIDE : HD_SIGNIN_ADVICE_NONE;
}

/**
 * hd_signin_advice_dup_text:
 * @user_name: what stands in the entry
 *
 * Returns: (transfer full) (nullable): a translated sentence about what looks
 *   like a slip, or %NULL
 */
char *
hd_signin_advice_dup_text (const char *user_name)
{
  g_autofree char *letters = NULL;

  switch (hd_signin_advice_for_user_name (user_name))
    {
    case HD_SIGNIN_ADVICE_CYRILLIC:
      letters = dup_cyrillic_letters (user_name);
      /* Translators: %s is a list of letters, as “с о” */
      return g_strdup_printf (_("The user name contains Cyrillic letters: %s. Check the keyboard layout."), letters);

    case HD_SIGNIN_ADVICE_SPACES:
      return g_strdup (_("The user name begins or ends with a space."));

    case HD_SIGNIN_ADVICE_SPACE_INSIDE:
      return g_strdup (_("The user name contains a space."));

    case HD_SIGNIN_ADVICE_NONE:
      break;
    }

  return NULL;
}
