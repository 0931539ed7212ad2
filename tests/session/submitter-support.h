/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-fake-portal.h"
#include "hd-submitter.h"
#include "session-support.h"

G_BEGIN_DECLS

/* A submitter with a real outbox and a portal that says what the test wants. */

#define FORM "{\"offering_id\":\"vpn\",\"version\":3,\"fields\":[]}"
#define REQUEST \
  "{\"id\":\"r1\",\"number\":\"10316\",\"offering_id\":\"vpn\",\"subject\":\"VPN\",\"complete\":true}"

typedef struct
{
  HdFakePortal *portal;
  HdStore      *store;
  HdSubmitter  *submitter;
  char         *directory;
  guint         n_finished;
  guint         n_failed;
  guint         n_answered;
  HdRequest    *request;  /* (owned) (nullable): of the last that was finished */
  GError       *error;    /* (owned) (nullable): of the last attempt */
} Fixture;

void          set_up           (Fixture            *fixture,
                                gconstpointer       data);
void          tear_down        (Fixture            *fixture,
                                gconstpointer       data);
void          make_submitter   (Fixture            *fixture);
void          drop_submitter   (Fixture            *fixture);
HdSubmission *submit           (Fixture            *fixture,
                                HdAction            action,
                                const char         *request_id);
HdSubmission *get_entry        (Fixture            *fixture);
void          set_sending      (Fixture            *fixture);
void          await_state      (Fixture            *fixture,
                                HdSubmissionState   state);

G_END_DECLS
