/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "hd-error.h"
#include "hd-test-portal.h"
#include "session-support.h"

/* The whole session against the real practice portal, over TLS. */

#define USER HD_TEST_PORTAL_USER
#define PASSWORD HD_TEST_PORTAL_PASSWORD

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *data_dir;
  HdSession    *session;
} Fixture;

static HdSession *
make_session (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (fixture->policy, "open",
                                       hd_test_portal_get_url (fixture->portal),
                                       hd_test_portal_get_ca_file (fixture->portal),
                                       fixture->data_dir, &error);

  g_assert_no_error (error);
  return session;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->portal = hd_test_portal_new (data, NULL);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->data_dir = hd_test_make_tmp_dir ();
  fixture->session = make_session (fixture);
  g_assert_false (hd_test_open (fixture->session));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->data_dir);
  g_free (fixture->data_dir);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

static void
reopen (Fixture *fixture)
{
  hd_test_close (g_steal_pointer (&fixture->session));
  fixture->session = make_session (fixture);
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_test_sign_in (fixture->session, USER, PASSWORD, FALSE, &error));
  g_assert_no_error (error);
}

static void
test_signs_in_and_syncs (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) articles = NULL;
  g_autoptr (HdForm) form = NULL;
  g_autofree char *phone = NULL;
  HdStore *store = hd_session_get_store (fixture->session);

  sign_in (fixture);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_IN);
  g_assert_cmpstr (hd_account_get_user_name (hd_session_get_account (fixture->session)), ==, USER);

  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
  HD_TEST_AWAIT (hd_session_get_synced_at (fixture->session) != NULL);

  hd_store_list_articles_async (store, NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  articles = hd_store_list_articles_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (articles), >, 0);

  form = hd_test_load_form (fixture->session, "printer", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_form_get_offering_id (form), ==, "printer");

  phone = hd_session_dup_phone (fixture->session);
  g_assert_cmpstr (phone, ==, "(044) 481-19-49");
  g_assert_true (hd_session_can (fixture->session, HD_PORTAL_IDEMPOTENCY | HD_PORTAL_DELTA));
}

static void
limit_the_portal (Fixture *fixture)
{
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_portal_free (fixture->portal);
  fixture->portal = hd_test_portal_new ("--rate-limit=600", "--rate-burst=10", NULL);
  hd_test_portal_start (fixture->portal);
  fixture->session = make_session (fixture);
  g_assert_false (hd_test_open (fixture->session));
}

static char *
dup_synced_at (HdSession *session)
{
  return hd_test_get_value (hd_session_get_store (session), "synced-at");
}

static gboolean
has_synced_since (HdSession  *session,
                  const char *before)
{
  g_autofree char *now = dup_synced_at (session);

  return g_strcmp0 (now, before) != 0;
}

/* The portal stops it in the middle; it goes on by itself when it may, and does not ask before. */
static void
test_a_sync_goes_on_when_the_portal_lets_it (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autofree char *before = NULL;

  limit_the_portal (fixture);
  g_assert_true (hd_test_sign_in (fixture->session, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD, FALSE, &error));
  g_assert_no_error (error);
  while (error == NULL)
    hd_test_sync (fixture->session, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_RATE_LIMITED);
  g_assert_false (hd_test_sync (fixture->session, &again));
  g_assert_error (again, HD_ERROR, HD_ERROR_RATE_LIMITED);

  before = dup_synced_at (fixture->session);
  HD_TEST_AWAIT (has_synced_since (fixture->session, before));
}

static void
test_understands_the_address_of_the_mailbox (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_test_sign_in (fixture->session, " Support@Customs.GOV.ua ", PASSWORD, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_user_name (hd_session_get_account (fixture->session)), ==, USER);
}

static void
test_tells_the_tries_that_are_left (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAccount) account = NULL;

  g_assert_false (hd_test_sign_in (fixture->session, USER, "wrong", TRUE, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_CREDENTIALS);
  g_assert_cmpint (hd_error_get_tries_left (error), ==, 4);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);
  g_assert_null (hd_session_get_account (fixture->session));

  account = hd_test_get_account (hd_session_get_store (fixture->session));
  g_assert_null (account);
}

typedef struct
{
  HdRequest *request;   /* (owned) */
  gboolean   finished;
  GError    *error;     /* (owned) */
} Outcome;

static void
submission_finished_cb (HdSession    *session,
                        HdSubmission *submission,
                        HdRequest    *request,
                        Outcome      *outcome)
{
  g_set_object (&outcome->request, request);
  outcome->finished = TRUE;
}

static void
submission_failed_cb (HdSession    *session,
                      HdSubmission *submission,
                      GError       *error,
                      Outcome      *outcome)
{
  outcome->error = g_error_copy (error);
}

static void
watch (HdSession *session,
       Outcome   *outcome)
{
  g_signal_connect (session, "submission-finished", G_CALLBACK (submission_finished_cb), outcome);
  g_signal_connect (session, "submission-failed", G_CALLBACK (submission_failed_cb), outcome);
}

static HdSubmission *
make_printer_submission (HdSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdForm) form = hd_test_load_form (session, "printer", &error);
  g_autoptr (HdDraft) draft = NULL;

  g_assert_no_error (error);
  draft = hd_test_draft_new (form, "Не працює принтер", "description", "Не друкує вдруге");
  hd_test_save_draft (hd_session_get_store (session), draft);

  return hd_test_submission_new (HD_ACTION_SUBMIT, draft, NULL);
}

static HdSubmission *
make_reply (HdRequest  *request,
            const char *text)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (HdDraft) draft = g_object_new (HD_TYPE_DRAFT,
                                            "id", id,
                                            "request-id", hd_request_get_id (request),
                                            "request-number", hd_request_get_number (request),
                                            "text", text,
                                            NULL);

  return hd_test_submission_new (HD_ACTION_REPLY, draft, hd_request_get_id (request));
}

static void
test_files_replies_and_cancels (Fixture       *fixture,
                                gconstpointer  data)
{
  HdSession *session = fixture->session;
  Outcome outcome = { NULL, FALSE, NULL };
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) reply = NULL;
  g_autoptr (HdSubmission) cancel = NULL;
  g_autoptr (GListModel) requests = NULL;
  g_autoptr (GListModel) outbox = NULL;

  sign_in (fixture);
  watch (session, &outcome);
  submission = make_printer_submission (session);
  hd_test_submit (session, submission);
  g_assert_nonnull (hd_submission_get_client_key (submission));
  hd_test_await_flag (&outcome.finished);
  g_assert_cmpstr (hd_request_get_number (outcome.request), ==, "10316");

  outcome.finished = FALSE;
  reply = make_reply (outcome.request, "Додаю подробиці");
  hd_test_submit (session, reply);
  hd_test_await_flag (&outcome.finished);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (outcome.request)), ==, 1);

  outcome.finished = FALSE;
  cancel = hd_test_submission_new (HD_ACTION_CANCEL, NULL, hd_request_get_id (outcome.request));
  hd_test_submit (session, cancel);
  hd_test_await_flag (&outcome.finished);
  g_assert_cmpint (hd_request_get_status (outcome.request), ==, HD_STATUS_CANCELLED);
  g_assert_no_error (outcome.error);

  requests = hd_test_list_requests (hd_session_get_store (session));
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 1);
  outbox = hd_test_list_outbox (hd_session_get_store (session));
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 0);
  g_clear_object (&outcome.request);
}

static void
test_remembers_and_resumes (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_session_has_keyring (fixture->session));
  g_assert_true (hd_test_sign_in (fixture->session, USER, PASSWORD, TRUE, &error));
  g_assert_no_error (error);

  reopen (fixture);
  g_assert_true (hd_test_open (fixture->session));
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_IN);
  g_assert_cmpstr (hd_account_get_user_name (hd_session_get_account (fixture->session)), ==, USER);

  g_assert_true (hd_test_resume (fixture->session, &error));
  g_assert_no_error (error);
  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
}

static void
test_forgets_what_the_portal_refuses (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAccount) account = NULL;

  g_assert_true (hd_test_sign_in (fixture->session, USER, PASSWORD, TRUE, &error));
  hd_test_portal_desk (fixture->portal, "Інший-2", "set-password", USER, NULL);

  reopen (fixture);
  g_assert_true (hd_test_open (fixture->session));
  g_assert_false (hd_test_resume (fixture->session, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_CREDENTIALS);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_EXPIRED);
  g_assert_nonnull (hd_session_get_account (fixture->session));
  g_assert_error (hd_session_get_offline_error (fixture->session), HD_ERROR, HD_ERROR_SIGNED_OUT);

  reopen (fixture);
  g_assert_false (hd_test_open (fixture->session));
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);

  /* The data of the account survive. */
  account = hd_test_get_account (hd_session_get_store (fixture->session));
  g_assert_nonnull (account);
}

static void
test_leaves_nothing_after_signing_out (Fixture       *fixture,
                                       gconstpointer  data)
{
  HdStore *store = hd_session_get_store (fixture->session);
  Outcome outcome = { NULL, FALSE, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GListModel) requests = NULL;

  g_assert_true (hd_test_sign_in (fixture->session, USER, PASSWORD, TRUE, &error));
  watch (fixture->session, &outcome);
  submission = make_printer_submission (fixture->session);
  hd_test_submit (fixture->session, submission);
  hd_test_await_flag (&outcome.finished);

  hd_test_sign_out (fixture->session);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);
  g_assert_null (hd_session_get_account (fixture->session));
  requests = hd_test_list_requests (store);
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 0);
  account = hd_test_get_account (store);
  g_assert_null (account);
  g_clear_object (&outcome.request);

  reopen (fixture);
  g_assert_false (hd_test_open (fixture->session));
  g_assert_nonnull (hd_session_get_info (fixture->session));
}

static void
test_signs_out_while_the_portal_is_away (Fixture       *fixture,
                                         gconstpointer  data)
{
  sign_in (fixture);
  hd_test_portal_stop (fixture->portal);
  hd_test_sign_out (fixture->session);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);
}

static void
test_keeps_unsent_work_from_another_person (Fixture       *fixture,
                                            gconstpointer  data)
{
  HdStore *store = hd_session_get_store (fixture->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  hd_test_portal_add_user (fixture->portal, "olena", "Олена-123");
  sign_in (fixture);
  submission = make_printer_submission (fixture->session);

  g_assert_false (hd_test_sign_in (fixture->session, "olena", "Олена-123", FALSE, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
  g_clear_error (&error);
  account = hd_test_get_account (store);
  g_assert_cmpstr (hd_account_get_user_name (account), ==, USER);
  g_clear_object (&account);

  hd_session_wipe_async (fixture->session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_session_wipe_finish (fixture->session, result, &error));

  g_assert_true (hd_test_sign_in (fixture->session, "olena", "Олена-123", FALSE, &error));
  g_assert_no_error (error);
  account = hd_test_get_account (store);
  g_assert_cmpstr (hd_account_get_user_name (account), ==, "olena");
}

static void
test_shows_nobody_what_another_person_had (Fixture       *fixture,
                                           gconstpointer  data)
{
  Outcome outcome = { NULL, FALSE, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (GListModel) requests = NULL;

  hd_test_portal_add_user (fixture->portal, "olena", "Олена-123");
  sign_in (fixture);
  watch (fixture->session, &outcome);
  submission = make_printer_submission (fixture->session);
  hd_test_submit (fixture->session, submission);
  hd_test_await_flag (&outcome.finished);
  g_clear_object (&outcome.request);

  g_assert_true (hd_test_sign_in (fixture->session, "olena", "Олена-123", FALSE, &error));
  g_assert_no_error (error);
  requests = hd_test_list_requests (hd_session_get_store (fixture->session));
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 0);
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

  add ("/session/signs-in-and-syncs", test_signs_in_and_syncs);
  add ("/session/a-sync-goes-on-when-the-portal-lets-it", test_a_sync_goes_on_when_the_portal_lets_it);
  add ("/session/understands-the-address-of-the-mailbox", test_understands_the_address_of_the_mailbox);
  add ("/session/tells-the-tries-that-are-left", test_tells_the_tries_that_are_left);
  add ("/session/files-replies-and-cancels", test_files_replies_and_cancels);
  add ("/session/remembers-and-resumes", test_remembers_and_resumes);
  add ("/session/forgets-what-the-portal-refuses", test_forgets_what_the_portal_refuses);
  add ("/session/leaves-nothing-after-signing-out", test_leaves_nothing_after_signing_out);
  add ("/session/signs-out-while-the-portal-is-away", test_signs_out_while_the_portal_is_away);
  add ("/session/keeps-unsent-work-from-another-person", test_keeps_unsent_work_from_another_person);
  add ("/session/shows-nobody-what-another-person-had", test_shows_nobody_what_another_person_had);

  return g_test_run ();
}
