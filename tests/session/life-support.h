/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-fake-portal.h"
#include "session-support.h"

G_BEGIN_DECLS

/* A session with a portal that says what the test wants. */

#define PORTAL "https://help.example.org/"
#define FORM "{\"offering_id\":\"vpn\",\"version\":3,\"fields\":[]}"
#define REQUEST "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true}"

typedef struct
{
  HdFakePortal *portal;
  HdPolicy     *policy;
  HdSession    *session;
  char         *directory;
  guint         n_finished;
  guint         n_failed;
} Fixture;

void          set_up       (Fixture       *fixture,
                            gconstpointer  data);
void          tear_down    (Fixture       *fixture,
                            gconstpointer  data);
void          make_session (Fixture       *fixture);
void          sign_in      (Fixture       *fixture,
                            gboolean       remember);
void          settle       (Fixture       *fixture,
                            gboolean       remember);
HdSubmission *submit       (Fixture       *fixture);

G_END_DECLS
