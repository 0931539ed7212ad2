/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-keyboard-layout.h"

/* The same keys in the layouts that xkeyboard-config calls us, ua and ru, in the order of the keyboard. */
static const char *const keys[HD_N_LAYOUTS] = {
  [HD_LAYOUT_ENGLISH] = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,.",
  [HD_LAYOUT_UKRAINIAN] = "'йцукенгшщзхїґфівапролджєячсмитьбю",
  [HD_LAYOUT_RUSSIAN] = "ёйцукенгшщзхъ\\фывапролджэячсмитьбю",
};

/**
 * hd_keyboard_layout_dup_retyped:
 * @text: what was typed, in lower case
 * @from: with which layout
 * @to: with which it was meant
 *
 * Returns: (transfer full) (nullable): what the same keys give; %NULL where that is the same
 */
char *
hd_keyboard_layout_dup_retyped (const char *text,
                                HdLayout    from,
                                HdLayout    to)
{
  g_autoptr (GString) retyped = g_string_new (NULL);
  gboolean is_other = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *key = g_utf8_strchr (keys[from], -1, c);
      gunichar meant = c;

      if (key != NULL)
        meant = g_utf8_get_char (g_utf8_offset_to_pointer (keys[to], g_utf8_pointer_to_offset (keys[from], key)));

      is_other |= meant != c;
      g_string_append_unichar (retyped, meant);
    }

  return is_other ? g_string_free (g_steal_pointer (&retyped), FALSE) : NULL;
}
