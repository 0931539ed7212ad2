/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"
#include "hd-sign-in.h"

G_BEGIN_DECLS

/**
 * HdServerOptions:
 * @address: the address to listen on
 * @port: the port, or 0 for any that is free
 * @token_lifetime: how long a session lasts, in seconds
 * @lock_duration: how long an account stays locked, in seconds
 * @rate_limit: how many calls a minute a session, or an address without one, may make; 0 for any number
 * @rate_burst: how many of them at once; 0 for all of a minute
 * @patience: how many seconds a client may take to say what it wants; 0 for any number
 * @practice_delay: after how many milliseconds the desk acts by itself, or -1
 *   if there are people at the desk
 */
typedef struct
{
  const char *address;
  guint       port;
  gint64      token_lifetime;
  gint64      lock_duration;
  guint       rate_limit;
  guint       rate_burst;
  guint       patience;
  int         practice_delay;
} HdServerOptions;

#define HD_TYPE_SERVER (hd_server_get_type ())
G_DECLARE_FINAL_TYPE (HdServer, hd_server, HD, SERVER, GObject)

HdServer   *hd_server_new                (HdDatabase             *database,
                                          const HdServerOptions  *options) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_server_start              (HdServer               *self,
                                          GError                **error);
void        hd_server_stop               (HdServer               *self);
char       *hd_server_dup_url            (HdServer               *self) G_GNUC_WARN_UNUSED_RESULT;
HdDatabase *hd_server_get_database       (HdServer               *self);
HdSignIn   *hd_server_get_sign_in        (HdServer               *self);
gint64      hd_server_get_token_lifetime (HdServer               *self);
void        hd_server_request_changed    (HdServer               *self,
                                          const char             *request_id);

G_END_DECLS
