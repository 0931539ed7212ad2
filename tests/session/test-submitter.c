/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-issue.h"
#include "hd-outbox-lock.h"
#include "submitter-support.h"

/* --- Every kind of error --- */

typedef struct
{
  const char        *name;
  HdError            code;
  HdSubmissionState  state;
  gboolean           is_tried_again;
  HdError            kept;  /* if not the same */
} Case;

static const Case cases[] = {
  { "network", HD_ERROR_NETWORK, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "name", HD_ERROR_NAME, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "tls", HD_ERROR_TLS, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "unavailable", HD_ERROR_UNAVAILABLE, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "maintenance", HD_ERROR_MAINTENANCE, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "credentials", HD_ERROR_CREDENTIALS, HD_SUBMISSION_STATE_QUEUED, FALSE },
  { "locked", HD_ERROR_LOCKED, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "signed-out", HD_ERROR_SIGNED_OUT, HD_SUBMISSION_STATE_QUEUED, FALSE },
  { "forbidden", HD_ERROR_FORBIDDEN, HD_SUBMISSION_STATE_REFUSED, FALSE },
  { "not-found", HD_ERROR_NOT_FOUND, HD_SUBMISSION_STATE_REFUSED, FALSE },
  { "refused", HD_ERROR_REFUSED, HD_SUBMISSION_STATE_REFUSED, FALSE },
  { "form-changed", HD_ERROR_FORM_CHANGED, HD_SUBMISSION_STATE_REFUSED, FALSE },
  { "conflict", HD_ERROR_CONFLICT, HD_SUBMISSION_STATE_REFUSED, FALSE, HD_ERROR_SENT_BEFORE },
  { "too-large", HD_ERROR_TOO_LARGE, HD_SUBMISSION_STATE_REFUSED, FALSE },
  { "rate-limited", HD_ERROR_RATE_LIMITED, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "protocol", HD_ERROR_PROTOCOL, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "storage", HD_ERROR_STORAGE, HD_SUBMISSION_STATE_QUEUED, TRUE },
  { "unsupported", HD_ERROR_UNSUPPORTED, HD_SUBMISSION_STATE_REFUSED, FALSE },
};

static void
test_each_error_leads_to_its_state (Fixture       *fixture,
                                    gconstpointer  data)
{
  const Case *this = data;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  /* So long a wait that nothing is tried again by itself. */
  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
  hd_fake_portal_push_code (fixture->portal, "submit", (int) this->code);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, this->state);

  entry = get_entry (fixture);
  g_assert_cmpint (hd_submission_get_error_code (entry), ==, (gint64) (this->kept != 0 ? this->kept : this->code));
  g_assert_nonnull (hd_submission_get_error_title (entry));
  g_assert_nonnull (hd_submission_get_error_text (entry));
  g_assert_cmpint (hd_submission_get_attempts (entry), ==, 1);
  g_assert_cmpstr (hd_submission_get_client_key (entry), ==, hd_submission_get_client_key (submission));
  g_assert_true ((hd_submission_get_next_attempt_at (entry) != NULL) == this->is_tried_again);
  g_assert_true ((fixture->n_failed == 1) == (this->state == HD_SUBMISSION_STATE_REFUSED));
  g_assert_nonnull (hd_submission_get_draft (entry));
}

/* --- Sending --- */

static void
test_tries_again_under_the_same_key (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_NETWORK);
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_UNAVAILABLE);
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_PROTOCOL);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_finished == 1);

  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 4);

  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "submit", i), ==,
                     hd_submission_get_client_key (submission));

  g_assert_cmpstr (hd_request_get_number (fixture->request), ==, "10316");
  entry = get_entry (fixture);
  g_assert_null (entry);
}

static void
test_waits_as_long_as_the_portal_asks (Fixture       *fixture,
                                       gconstpointer  data)
{
  GError *error = g_error_new_literal (HD_ERROR, HD_ERROR_RATE_LIMITED, "scripted");
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GTimeSpan wait;

  hd_error_set_retry_after (error, 90);
  hd_fake_portal_push_error (fixture->portal, "submit", error);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);

  entry = get_entry (fixture);
  wait = g_date_time_difference (hd_submission_get_next_attempt_at (entry), now);
  g_assert_cmpint (wait, >=, 90 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (wait, <, 120 * G_TIME_SPAN_SECOND);
}

static void
assert_does_not_wait_after (Fixture *fixture,
                            HdError  code)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
  hd_fake_portal_push_code (fixture->portal, "submit", (int) code);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);

  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
}

static void
test_does_not_wait_once_the_portal_is_back (Fixture       *fixture,
                                            gconstpointer  data)
{
  assert_does_not_wait_after (fixture, HD_ERROR_NETWORK);
}

static void
test_does_not_wait_once_maintenance_is_over (Fixture       *fixture,
                                             gconstpointer  data)
{
  assert_does_not_wait_after (fixture, HD_ERROR_MAINTENANCE);
}

static void
discard (Fixture      *fixture,
         HdSubmission *submission)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_discard_submission_async (fixture->store, hd_submission_get_id (submission), NULL,
                                     hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_discard_submission_finish (fixture->store, result, NULL));
}

/* Else the outbox would stand still for as long as after a full disk, and the person would hear of a fault. */
static void
test_what_was_taken_back_holds_up_nothing (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdSubmission) taken_back = NULL;
  g_autoptr (HdSubmission) next = NULL;

  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
  hd_fake_portal_hold (fixture->portal, "act");
  hd_fake_portal_push_code (fixture->portal, "act", HD_ERROR_REFUSED);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  taken_back = submit (fixture, HD_ACTION_CANCEL, "r1");
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "act") == 1);
  discard (fixture, taken_back);
  hd_fake_portal_let_go (fixture->portal, "act");

  next = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_waits_for_the_sign_in (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_SIGNED_OUT);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);

  /* Not even when told that the portal is back. */
  hd_submitter_portal_is_back (fixture->submitter);
  hd_test_drain ();
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);

  hd_submitter_set_enabled (fixture->submitter, TRUE);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "submit", 1), ==,
                   hd_submission_get_client_key (submission));
}

static void
test_keeps_what_the_portal_said_by_field (Fixture       *fixture,
                                          gconstpointer  data)
{
  GError *error = g_error_new_literal (HD_ERROR, HD_ERROR_REFUSED, "scripted");
  g_autoptr (GListStore) issues = g_list_store_new (HD_TYPE_ISSUE);
  g_autoptr (HdIssue) issue = g_object_new (HD_TYPE_ISSUE, "field-id", "phone",
                                            "code", HD_ISSUE_CODE_PORTAL, "message", "Немає такого", NULL);
  g_autoptr (HdIssue) kept = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  g_list_store_append (issues, issue);
  hd_error_set_fields (error, G_LIST_MODEL (issues));
  hd_fake_portal_push_error (fixture->portal, "submit", error);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_failed == 1);

  entry = get_entry (fixture);
  kept = g_list_model_get_item (hd_submission_get_issues (entry), 0);
  g_assert_cmpstr (hd_issue_get_field_id (kept), ==, "phone");
  g_assert_cmpstr (hd_issue_get_message (kept), ==, "Немає такого");

  /* It is not tried again, but when the person says so. */
  hd_submitter_send_now (fixture->submitter, NULL);
  hd_test_drain ();
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);
  hd_submitter_send_now (fixture->submitter, hd_submission_get_id (entry));
  HD_TEST_AWAIT (fixture->n_finished == 1);
}

static void
test_does_not_send_an_old_form (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"vpn\",\"version\":4,\"fields\":[]}");
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_failed == 1);
  g_assert_error (fixture->error, HD_ERROR, HD_ERROR_FORM_CHANGED);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 0);
}

static void
test_goes_on_after_a_crash (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  /* The program ends while the bytes are on their way. */
  hd_fake_portal_hold (fixture->portal, "submit");
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "submit") == 1);
  await_state (fixture, HD_SUBMISSION_STATE_SENDING);
  drop_submitter (fixture);
  hd_test_drain ();

  /* As the disk is after a crash. */
  set_sending (fixture);

  hd_fake_portal_let_go (fixture->portal, "submit");
  make_submitter (fixture);
  hd_submitter_recover (fixture->submitter);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);

  hd_submitter_set_enabled (fixture->submitter, TRUE);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "submit", 1), ==,
                   hd_submission_get_client_key (submission));
}

static void
test_stops_and_loses_nothing (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_fake_portal_hold (fixture->portal, "submit");
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "submit") == 1);
  g_assert_nonnull (hd_submitter_get_progress (fixture->submitter, hd_submission_get_id (submission)));

  hd_submitter_stop (fixture->submitter, hd_submission_get_id (submission));
  await_state (fixture, HD_SUBMISSION_STATE_PAUSED);
  hd_test_drain ();
  g_assert_null (hd_submitter_get_progress (fixture->submitter, hd_submission_get_id (submission)));
  g_assert_cmpuint (fixture->n_failed, ==, 0);

  hd_fake_portal_let_go (fixture->portal, "submit");
  hd_submitter_send_now (fixture->submitter, hd_submission_get_id (submission));
  HD_TEST_AWAIT (fixture->n_finished == 1);
}

static void
test_stops_before_it_begins (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = submit (fixture, HD_ACTION_SUBMIT, NULL);

  hd_submitter_stop (fixture->submitter, hd_submission_get_id (submission));
  await_state (fixture, HD_SUBMISSION_STATE_PAUSED);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  hd_test_drain ();
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 0);
}

static void
test_keeps_the_order_within_a_request (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (HdSubmission) reply = submit (fixture, HD_ACTION_REPLY, "r1");
  g_autoptr (HdSubmission) cancel = submit (fixture, HD_ACTION_CANCEL, "r1");
  g_autoptr (HdSubmission) other = submit (fixture, HD_ACTION_CANCEL, "r2");

  /* The reply has to wait, and so has what comes after it; the other request has not. */
  hd_submitter_set_back_off (fixture->submitter, 1000, 1000);
  hd_fake_portal_push_code (fixture->portal, "reply", HD_ERROR_RATE_LIMITED);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  HD_TEST_AWAIT (fixture->n_finished == 3);

  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "act", 0), ==, hd_submission_get_client_key (other));
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "act", 1), ==, hd_submission_get_client_key (cancel));
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "reply"), ==, 2);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "reply", 1), ==, hd_submission_get_client_key (reply));
}

static void
test_two_programs_do_not_send_at_the_same_time (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "outbox.lock", NULL);
  g_autoptr (HdOutboxLock) other = hd_outbox_lock_new (path);
  g_autoptr (HdSubmission) submission = NULL;

  g_assert_true (hd_outbox_lock_take (other));
  hd_submitter_set_lock_file (fixture->submitter, path);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);

  /* The other one is sending it. */
  set_sending (fixture);
  hd_submitter_recover (fixture->submitter);
  hd_submitter_portal_is_back (fixture->submitter);
  hd_test_drain ();
  await_state (fixture, HD_SUBMISSION_STATE_SENDING);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 0);

  /* The other one has died. */
  hd_outbox_lock_leave (other);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  HD_TEST_AWAIT (hd_outbox_lock_take (other));
}

static void
add (const char  *path,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/submitter/each-error-leads-to-its-state/%s", cases[i].name);

      g_test_add (path, Fixture, &cases[i], set_up, test_each_error_leads_to_its_state, tear_down);
    }

  add ("/submitter/tries-again-under-the-same-key", test_tries_again_under_the_same_key);
  add ("/submitter/waits-as-long-as-the-portal-asks", test_waits_as_long_as_the_portal_asks);
  add ("/submitter/does-not-wait-once-the-portal-is-back", test_does_not_wait_once_the_portal_is_back);
  add ("/submitter/does-not-wait-once-maintenance-is-over", test_does_not_wait_once_maintenance_is_over);
  add ("/submitter/what-was-taken-back-holds-up-nothing", test_what_was_taken_back_holds_up_nothing);
  add ("/submitter/waits-for-the-sign-in", test_waits_for_the_sign_in);
  add ("/submitter/keeps-what-the-portal-said-by-field", test_keeps_what_the_portal_said_by_field);
  add ("/submitter/does-not-send-an-old-form", test_does_not_send_an_old_form);
  add ("/submitter/goes-on-after-a-crash", test_goes_on_after_a_crash);
  add ("/submitter/stops-and-loses-nothing", test_stops_and_loses_nothing);
  add ("/submitter/stops-before-it-begins", test_stops_before_it_begins);
  add ("/submitter/keeps-the-order-within-a-request", test_keeps_the_order_within_a_request);
  add ("/submitter/two-programs-do-not-send-at-the-same-time", test_two_programs_do_not_send_at_the_same_time);

  return g_test_run ();
}
