/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-fake-portal.h"
#include "hd-issue.h"
#include "hd-outbox-lock.h"
#include "hd-record-json.h"
#include "hd-submitter.h"
#include "session-support.h"

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

static void
finished_cb (HdSubmitter  *submitter,
             HdSubmission *submission,
             HdRequest    *request,
             Fixture      *fixture)
{
  fixture->n_finished++;
  g_set_object (&fixture->request, request);
}

static void
failed_cb (HdSubmitter  *submitter,
           HdSubmission *submission,
           GError       *error,
           Fixture      *fixture)
{
  fixture->n_failed++;
}

static void
answered_cb (HdSubmitter *submitter,
             GError      *error,
             Fixture     *fixture)
{
  fixture->n_answered++;
  g_clear_error (&fixture->error);
  fixture->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
make_submitter (Fixture *fixture)
{
  fixture->submitter = hd_submitter_new (HD_PORTAL (fixture->portal), fixture->store);
  hd_submitter_set_back_off (fixture->submitter, 10, 20);
  g_signal_connect (fixture->submitter, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->submitter, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect (fixture->submitter, "answered", G_CALLBACK (answered_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = hd_test_make_tmp_dir ();
  fixture->store = hd_test_open_store (fixture->directory);
  fixture->portal = hd_fake_portal_new ();
  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM, FORM);
  hd_fake_portal_set_default (fixture->portal, "submit", HD_TYPE_REQUEST, REQUEST);
  hd_fake_portal_set_default (fixture->portal, "reply", HD_TYPE_REQUEST, REQUEST);
  hd_fake_portal_set_default (fixture->portal, "act", HD_TYPE_REQUEST, REQUEST);
  make_submitter (fixture);
}

static void
drop_submitter (Fixture *fixture)
{
  gpointer weak = fixture->submitter;

  g_signal_handlers_disconnect_by_data (fixture->submitter, fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->submitter), &weak);
  hd_submitter_set_enabled (fixture->submitter, FALSE);
  g_clear_object (&fixture->submitter);
  HD_TEST_AWAIT (weak == NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  drop_submitter (fixture);
  hd_test_drain ();
  hd_store_close (fixture->store);
  hd_test_drop (g_steal_pointer (&fixture->store));
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_clear_object (&fixture->request);
  g_clear_error (&fixture->error);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static HdSubmission *
submit (Fixture    *fixture,
        HdAction    action,
        const char *request_id)
{
  g_autoptr (HdForm) form = hd_record_new_from_string (HD_TYPE_FORM, FORM, NULL);
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdSubmission *submission;

  if (action == HD_ACTION_SUBMIT)
    draft = hd_test_draft_new (form, "VPN", "reason", "потрібно");
  else if (action == HD_ACTION_REPLY)
    draft = g_object_new (HD_TYPE_DRAFT, "id", "reply-draft", "request-id", request_id, "text", "Дякую", NULL);

  submission = hd_test_submission_new (action, draft, request_id);
  hd_submitter_submit_async (fixture->submitter, submission, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_submitter_submit_finish (fixture->submitter, result, &error));
  g_assert_no_error (error);

  return submission;
}

/* Returns: (transfer full) (nullable): the only entry of the outbox */
static HdSubmission *
get_entry (Fixture *fixture)
{
  g_autoptr (GListModel) outbox = hd_test_list_outbox (fixture->store);

  g_assert_cmpuint (g_list_model_get_n_items (outbox), <=, 1);
  return g_list_model_get_item (outbox, 0);
}

static void
set_sending (Fixture *fixture)
{
  g_autoptr (HdSubmission) entry = get_entry (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (entry, "state", HD_SUBMISSION_STATE_SENDING, NULL);
  hd_store_update_submission_async (fixture->store, entry, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_update_submission_finish (fixture->store, result, NULL));
}

static void
await_state (Fixture           *fixture,
             HdSubmissionState  state)
{
  for (;;)
    {
      g_autoptr (HdSubmission) entry = get_entry (fixture);

      if (entry != NULL && hd_submission_get_state (entry) == state)
        return;
    }
}

/* --- Every kind of error --- */

typedef struct
{
  const char        *name;
  HdError            code;
  HdSubmissionState  state;
  gboolean           is_tried_again;
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
  { "conflict", HD_ERROR_CONFLICT, HD_SUBMISSION_STATE_REFUSED, FALSE },
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
  g_assert_cmpint (hd_submission_get_error_code (entry), ==, (gint64) this->code);
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
test_does_not_wait_once_the_portal_is_back (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);

  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
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
  hd_test_drain ();
  g_assert_true (hd_outbox_lock_take (other));
}

/* --- A portal without idempotency keys --- */

static void
set_list (Fixture    *fixture,
          const char *items)
{
  g_autofree char *json = g_strdup_printf ("{\"items\":[%s],\"total\":1}", items);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, json);
}

static void
test_finds_what_a_lost_answer_filed (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_submitter_set_capabilities (fixture->submitter, 0);
  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);

  /* The person filed the very same thing before. */
  set_list (fixture, "{\"id\":\"r0\",\"offering_id\":\"vpn\",\"subject\":\"VPN\"}");
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);

  set_list (fixture, REQUEST ",{\"id\":\"r0\",\"offering_id\":\"vpn\",\"subject\":\"VPN\"}");
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, REQUEST);
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);

  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);
  g_assert_cmpstr (hd_request_get_id (fixture->request), ==, "r1");
  entry = get_entry (fixture);
  g_assert_null (entry);
}

static void
test_sends_again_what_was_not_filed (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_submitter_set_capabilities (fixture->submitter, 0);
  set_list (fixture, "{\"id\":\"r0\",\"offering_id\":\"vpn\",\"subject\":\"VPN\"}");
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 2);
}

static void
test_does_not_reply_twice (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_submitter_set_capabilities (fixture->submitter, 0);
  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
  hd_fake_portal_push_record (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"messages\":[{\"id\":\"m1\",\"mine\":true,\"text\":\"Дякую\"}]}");
  hd_fake_portal_push_record (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"messages\":[{\"id\":\"m1\",\"mine\":true,\"text\":\"Дякую\"},"
                              "{\"id\":\"m2\",\"mine\":true,\"text\":\"Дякую \"}]}");
  hd_fake_portal_push_code (fixture->portal, "reply", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_REPLY, "r1");
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "reply"), ==, 1);
}

static void
test_sends_nothing_while_it_is_not_known (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_submitter_set_capabilities (fixture->submitter, 0);
  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 0);
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
  add ("/submitter/waits-for-the-sign-in", test_waits_for_the_sign_in);
  add ("/submitter/keeps-what-the-portal-said-by-field", test_keeps_what_the_portal_said_by_field);
  add ("/submitter/does-not-send-an-old-form", test_does_not_send_an_old_form);
  add ("/submitter/goes-on-after-a-crash", test_goes_on_after_a_crash);
  add ("/submitter/stops-and-loses-nothing", test_stops_and_loses_nothing);
  add ("/submitter/stops-before-it-begins", test_stops_before_it_begins);
  add ("/submitter/keeps-the-order-within-a-request", test_keeps_the_order_within_a_request);
  add ("/submitter/two-programs-do-not-send-at-the-same-time", test_two_programs_do_not_send_at_the_same_time);
  add ("/submitter/finds-what-a-lost-answer-filed", test_finds_what_a_lost_answer_filed);
  add ("/submitter/sends-again-what-was-not-filed", test_sends_again_what_was_not_filed);
  add ("/submitter/does-not-reply-twice", test_does_not_reply_twice);
  add ("/submitter/sends-nothing-while-it-is-not-known", test_sends_nothing_while_it_is_not_known);

  return g_test_run ();
}
