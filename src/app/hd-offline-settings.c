/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offline-settings.h"

/* What the person wants kept of the portal, from the settings to the session. */

#define MEGABYTE ((guint64) 1000 * 1000)

static void
apply (HdSession *session,
       GSettings *settings)
{
  HdSyncLimits limits = {
    .picture_bytes = g_settings_get_uint (settings, "picture-space") * MEGABYTE,
    .keep_days = g_settings_get_uint (settings, "keep-closed-days"),
    .metered_pictures = g_settings_get_boolean (settings, "metered-pictures"),
  };

  hd_session_set_limits (session, &limits);
}

static void
settings_changed_cb (GSettings  *settings,
                     const char *key,
                     HdSession  *session)
{
  apply (session, settings);
}

/**
 * hd_offline_settings_follow:
 * @session: a session
 * @settings: the person's settings
 *
 * From now on @session keeps what @settings say.
 */
void
hd_offline_settings_follow (HdSession *session,
                            GSettings *settings)
{
  static const char *const signals[] = {
    "changed::picture-space", "changed::keep-closed-days", "changed::metered-pictures",
  };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (settings, signals[i], G_CALLBACK (settings_changed_cb), session, 0);

  apply (session, settings);
}
