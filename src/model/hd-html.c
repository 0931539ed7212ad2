/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html.h"

#include <string.h>

#define CDATA "<![CDATA["

/**
 * hd_html_dup_tame:
 * @html: HTML from anywhere
 *
 * Makes HTML safe to give to gumbo 0.10, which ends the program with a failed
 * assertion where text follows a CDATA section inside of a table's SVG or
 * MathML.  Such sections mean nothing in HTML itself; each becomes a comment.
 * Nothing else changes, not even the length.
 *
 * Returns: (transfer full): the same HTML without CDATA sections
 */
char *
hd_html_dup_tame (const char *html)
{
  char *tame = g_strdup (html);

  for (char *p = tame; (p = strstr (p, CDATA)) != NULL; p += strlen (CDATA))
    p[2] = '.';

  return tame;
}

/**
 * hd_html_is_data_picture:
 * @address: what a picture names as its source
 *
 * Returns: whether it is a picture that stands in the page itself, of a kind that can be nothing but a picture
 */
gboolean
hd_html_is_data_picture (const char *address)
{
  return g_str_has_prefix (address, "data:") &&
         g_regex_match_simple ("^data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\\s]+$", address, 0, 0);
}
