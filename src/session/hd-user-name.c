/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-user-name.h"

#include <string.h>

/**
 * hd_user_name_normalise:
 * @typed: what the person typed
 * @mail_domain: (nullable): the domain that the portal names as its own
 *
 * People type the address of their mailbox where its first part is asked for.
 * An address in the portal’s own domain becomes that part; one in another
 * domain is sent as it was typed, since some portals take addresses.
 *
 * Returns: (transfer full): the user name to sign in with
 */
char *
hd_user_name_normalise (const char *typed,
                        const char *mail_domain)
{
  g_autofree char *name = g_strstrip (g_strdup (typed));
  g_autofree char *domain = NULL;
  g_autofree char *own_domain = NULL;
  char *at = strrchr (name, '@');

  if (at == NULL || at == name || mail_domain == NULL || *mail_domain == '\0' ||
      !g_utf8_validate (name, -1, NULL) || !g_utf8_validate (mail_domain, -1, NULL))
    return g_steal_pointer (&name);

  domain = g_utf8_casefold (at + 1, -1);
  own_domain = g_utf8_casefold (*mail_domain == '@' ? mail_domain + 1 : mail_domain, -1);

  if (strcmp (domain, own_domain) == 0)
    *at = '\0';

  return g_steal_pointer (&name);
}
