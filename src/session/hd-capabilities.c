/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-capabilities.h"

static const struct
{
  const char           *name;
  HdPortalCapabilities  capability;
} names[] = {
  { "idempotency", HD_PORTAL_IDEMPOTENCY },
  { "delta", HD_PORTAL_DELTA },
  { "reply", HD_PORTAL_REPLY },
  { "cancel", HD_PORTAL_CANCEL },
  { "reopen", HD_PORTAL_REOPEN },
  { "confirm", HD_PORTAL_CONFIRM },
  { "rate", HD_PORTAL_RATE },
  { "feedback", HD_PORTAL_FEEDBACK },
  { "announcements", HD_PORTAL_ANNOUNCEMENTS },
};

/**
 * hd_capabilities_get:
 * @portal: a portal
 * @info: (nullable): what it says about itself, if it did
 *
 * Returns: what this portal can do: no more than its kind, and no more than it says
 */
HdPortalCapabilities
hd_capabilities_get (HdPortal     *portal,
                     HdPortalInfo *info)
{
  const HdPortalCapabilities of_kind = hd_portal_get_capabilities (portal);
  const char *const *said = info != NULL ? hd_portal_info_get_capabilities (info) : NULL;
  guint allowed = 0;

  if (said == NULL)
    return of_kind;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strv_contains (said, names[i].name))
        allowed |= names[i].capability;
    }

  return of_kind & allowed;
}
