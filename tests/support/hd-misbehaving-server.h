/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How often a client can take something before it must have had enough. */
#define HD_MISBEHAVE_FOREVER G_MAXUINT64

/**
 * HdMisbehaviourStep:
 * @bytes: (nullable): what to send; %NULL ends the steps
 * @length: how much of it, 0 for a string
 * @repeat: how often, 0 for once
 * @pause: milliseconds to wait before each time
 */
typedef struct
{
  const char *bytes;
  gsize       length;
  guint64     repeat;
  guint       pause;
} HdMisbehaviourStep;

/**
 * HdMisbehaviour:
 * @steps: what to send
 * @deaf: send it without waiting for a request
 * @stay: then keep the line open, and silent, until the client goes
 *
 * What a server does with every connection.
 */
typedef struct
{
  HdMisbehaviourStep steps[4];
  gboolean           deaf;
  gboolean           stay;
} HdMisbehaviour;

typedef struct _HdMisbehavingServer HdMisbehavingServer;

HdMisbehavingServer *hd_misbehaving_server_new               (GTlsCertificate      *certificate) G_GNUC_WARN_UNUSED_RESULT;
void                 hd_misbehaving_server_free              (HdMisbehavingServer  *self);
void                 hd_misbehaving_server_set               (HdMisbehavingServer  *self,
                                                              const HdMisbehaviour *behaviour);
char                *hd_misbehaving_server_dup_uri           (HdMisbehavingServer  *self,
                                                              const char           *host);
guint                hd_misbehaving_server_get_n_connections (HdMisbehavingServer  *self);
guint                hd_misbehaving_server_get_n_requests    (HdMisbehavingServer  *self);
guint64              hd_misbehaving_server_get_n_sent        (HdMisbehavingServer  *self);
gboolean             hd_misbehaving_server_has_heard         (HdMisbehavingServer  *self,
                                                              const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdMisbehavingServer, hd_misbehaving_server_free)

G_END_DECLS
