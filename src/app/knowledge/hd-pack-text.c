/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-text.h"

#include <glib/gi18n.h>

#include "hd-time.h"

/* Returns: (transfer full): where what is read is from, how old it is, and until when it is good */
char *
hd_pack_text_dup_age (HdPackManifest *pack)
{
  g_autofree char *at = hd_time_dup_full (hd_pack_manifest_get_data_at (pack));
  g_autofree char *expires = hd_time_dup_full (hd_pack_manifest_get_expires_at (pack));

  /* Translators: both are a day and a time. */
  if (hd_pack_manifest_is_expired (pack))
    return g_strdup_printf (_("From a knowledge pack, as of %s. It expired %s: ask the help desk for a newer one."),
                            at, expires);

  /* Translators: both are a day and a time. */
  return g_strdup_printf (_("From a knowledge pack, as of %s. It expires %s."), at, expires);
}
