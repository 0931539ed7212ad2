/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-capabilities.h"

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

  return said != NULL ? of_kind & hd_portal_parse_capabilities (said) : of_kind;
}
