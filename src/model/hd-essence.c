/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-essence.h"

#include <string.h>

/* What a server may do to a text that it keeps, without making another of it. */

/* From this on a shorter text may be a longer one that was cut off; in bytes. */
#define CUT_OFF 120

/* Letters and digits: lines may be broken anew, blanks lost, quotes changed, HTML made of it and back. */
static char *
dup_essence (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *essence = g_string_new (NULL);

  for (const char *c = normal; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_isalnum (g_utf8_get_char (c)))
        g_string_append_unichar (essence, g_utf8_get_char (c));
    }

  return g_string_free (essence, FALSE);
}

/**
 * hd_essence_is_same:
 * @sent: (nullable): a text that was sent
 * @kept: (nullable): one that a server has
 *
 * Returns: whether @kept can be what the server made of @sent
 */
gboolean
hd_essence_is_same (const char *sent,
                    const char *kept)
{
  g_autofree char *a = dup_essence (sent);
  g_autofree char *b = dup_essence (kept);

  return strcmp (a, b) == 0 || (strlen (b) >= CUT_OFF && g_str_has_prefix (a, b));
}
