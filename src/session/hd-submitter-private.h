/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-outbox-lock.h"
#include "hd-submitter.h"

G_BEGIN_DECLS

struct _HdSubmitter
{
  GObject               parent_instance;

  HdPortal             *portal;        /* (owned) */
  HdStore              *store;         /* (owned) */
  HdPortalCapabilities  capabilities;
  guint                 first_ms;
  guint                 most_ms;
  guint                 settle_ms;

  gboolean              enabled;
  gboolean              listing;
  gboolean              again;         /* asked to pump while it was busy */
  gboolean              is_back;       /* waits because of the connection are over */
  gint64                hold_until;    /* monotonic: everything would fail until then; 0 if not */
  guint                 timer_id;
  HdOutboxLock         *lock;          /* (owned) (nullable) */

  HdSubmission         *current;       /* (owned) (nullable): being sent */
  GCancellable         *cancellable;   /* (owned) (nullable): of @current */
  HdProgress           *progress;      /* (owned) (nullable): of @current */
  gboolean              stopped;       /* the person stopped @current */
};

void     hd_submitter_pump       (HdSubmitter *self);
gboolean hd_submitter_is_current (HdSubmitter *self,
                                  const char  *submission_id);

G_END_DECLS
