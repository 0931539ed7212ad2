/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "submitter-support.h"

/* A portal without idempotency keys: nothing is filed twice all the same. */

static void
know_no_keys (Fixture *fixture,
              guint    back_off_ms)
{
  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_submitter_set_capabilities (fixture->submitter, 0);
  hd_submitter_set_back_off (fixture->submitter, back_off_ms, back_off_ms);
}

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

  know_no_keys (fixture, 600 * 1000);

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

  know_no_keys (fixture, 10);
  set_list (fixture, "{\"id\":\"r0\",\"offering_id\":\"vpn\",\"subject\":\"VPN\"}");
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 2);
}

static void
start_reply (Fixture *fixture,
             int      code)
{
  know_no_keys (fixture, 600 * 1000);
  hd_fake_portal_push_record (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"messages\":[{\"id\":\"m1\",\"mine\":true,\"text\":\"Дякую\"}]}");
  hd_fake_portal_push_record (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"messages\":[{\"id\":\"m1\",\"mine\":true,\"text\":\"Дякую\"},"
                              "{\"id\":\"m2\",\"mine\":true,\"text\":\"Дякую \"}]}");
  hd_fake_portal_push_code (fixture->portal, "reply", code);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
}

static void
test_does_not_reply_twice (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  start_reply (fixture, HD_ERROR_NETWORK);
  submission = submit (fixture, HD_ACTION_REPLY, "r1");
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "reply"), ==, 1);
}

/* One that was taken, and then the portal failed: nobody waits for the next attempt. */
static void
test_looks_at_once_when_the_portal_fails (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  start_reply (fixture, HD_ERROR_UNAVAILABLE);
  submission = submit (fixture, HD_ACTION_REPLY, "r1");
  HD_TEST_AWAIT (fixture->n_answered == 1);
  g_assert_no_error (fixture->error);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "reply"), ==, 1);
}

static void
test_sends_nothing_while_it_is_not_known (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  know_no_keys (fixture, 600 * 1000);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 0);
}

#define R0 "{\"id\":\"r0\",\"offering_id\":\"vpn\",\"subject\":\"VPN\"}"

/* Submits something that gets lost; it is tried again when the portal is back. */
static HdSubmission *
lose (Fixture    *fixture,
      HdAction    action,
      const char *request_id)
{
  HdSubmission *submission;
  const char *call = action == HD_ACTION_SUBMIT ? "submit" : action == HD_ACTION_REPLY ? "reply" : "act";

  hd_fake_portal_push_code (fixture->portal, call, HD_ERROR_NETWORK);
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, action, request_id);
  HD_TEST_AWAIT (fixture->n_answered == 1);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);
  return submission;
}

/* A server may be at work on what was sent when the line was cut. */
static void
test_does_not_believe_too_soon_that_nothing_arrived (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  know_no_keys (fixture, 600 * 1000);
  hd_submitter_set_settle (fixture->submitter, 600 * 1000);
  set_list (fixture, R0);
  submission = lose (fixture, HD_ACTION_SUBMIT, NULL);

  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_answered == 2);
  await_state (fixture, HD_SUBMISSION_STATE_QUEUED);
  g_assert_error (fixture->error, HD_ERROR, HD_ERROR_UNSETTLED);
  entry = get_entry (fixture);
  g_assert_cmpint (hd_submission_get_attempts (entry), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);

  /* It arrives late. */
  set_list (fixture, REQUEST "," R0);
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, REQUEST);
  hd_submitter_send_now (fixture->submitter, NULL);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);
}

/* What was there before the first attempt is kept with the entry, on the disk that is never behind. */
static void
test_remembers_over_a_crash_what_was_there_before (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  know_no_keys (fixture, 600 * 1000);
  set_list (fixture, R0);
  hd_fake_portal_hold (fixture->portal, "submit");
  hd_submitter_set_enabled (fixture->submitter, TRUE);
  submission = submit (fixture, HD_ACTION_SUBMIT, NULL);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "submit") == 1);

  entry = get_entry (fixture);
  g_assert_cmpint (hd_submission_get_state (entry), ==, HD_SUBMISSION_STATE_SENDING);
  g_assert_cmpint (hd_submission_get_attempts (entry), ==, 1);
  g_assert_cmpstrv (hd_submission_get_baseline (entry), ((const char *[]) { "r0", NULL }));
  hd_fake_portal_let_go (fixture->portal, "submit");
  HD_TEST_AWAIT (fixture->n_finished == 1);
}

static void
test_the_key_alone_decides_where_it_is_told (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autofree char *ours = NULL;

  know_no_keys (fixture, 600 * 1000);
  set_list (fixture, R0);
  submission = lose (fixture, HD_ACTION_SUBMIT, NULL);

  /* A portal that was restored from a backup may use a number again; and what has another key is another. */
  ours = g_strdup_printf ("{\"id\":\"r8\",\"offering_id\":\"vpn\",\"subject\":\"VPN\",\"client_key\":\"other\"},"
                          "{\"id\":\"r0\",\"offering_id\":\"vpn\",\"subject\":\"VPN\",\"client_key\":\"%s\"}",
                          hd_submission_get_client_key (submission));
  set_list (fixture, ours);
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, R0);
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpstr (hd_request_get_id (fixture->request), ==, "r0");
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);
}

/* What the network delivered twice is there twice; lists begin with what changed last. */
static void
find_one_of_four (Fixture *fixture,
                  gboolean has_key)
{
  static const char *const ids[] = { "11", "10", "9", "12" };
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (GString) ours = g_string_new (NULL);

  know_no_keys (fixture, 600 * 1000);
  set_list (fixture, R0);
  submission = lose (fixture, HD_ACTION_SUBMIT, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_string_append_printf (ours, "%s{\"id\":\"%s\",\"offering_id\":\"vpn\",\"subject\":\"VPN\","
                            "\"created_at\":\"2026-11-22T09:4%u:00Z\",\"%s\":\"%s\"}",
                            i > 0 ? "," : "", ids[i], i == 0 ? 2 : 1, has_key ? "client_key" : "number",
                            hd_submission_get_client_key (submission));

  set_list (fixture, ours->str);
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, R0);
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "get_request", 0), ==, "9");
}

static void
test_of_two_with_the_key_the_older_is_it (Fixture       *fixture,
                                          gconstpointer  data)
{
  find_one_of_four (fixture, TRUE);
}

static void
test_of_two_that_look_the_same_the_older_is_it (Fixture       *fixture,
                                                gconstpointer  data)
{
  find_one_of_four (fixture, FALSE);
}

/* Two that are the same, and both meant: the second is not taken for the first, which never arrived. */
static void
test_files_both_of_two_that_are_the_same (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdSubmission) first = NULL;
  g_autoptr (HdSubmission) second = NULL;

  know_no_keys (fixture, 600 * 1000);
  set_list (fixture, R0);
  first = lose (fixture, HD_ACTION_SUBMIT, NULL);
  second = submit (fixture, HD_ACTION_SUBMIT, NULL);
  hd_test_drain ();
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 2);

  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 3);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "submit", 1), ==, hd_submission_get_client_key (first));
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "submit", 2), ==, hd_submission_get_client_key (second));
}

/* Whoever takes it back and changes it must not be told that the changes were sent. */
static void
test_says_that_what_was_taken_back_is_there (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) again = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GAsyncResult) returned = NULL;
  g_autoptr (GAsyncResult) submitted = NULL;
  g_autoptr (GError) error = NULL;

  know_no_keys (fixture, 600 * 1000);
  set_list (fixture, R0);
  submission = lose (fixture, HD_ACTION_SUBMIT, NULL);
  hd_store_return_to_draft_async (fixture->store, hd_submission_get_id (submission), NULL, hd_test_store_result_cb, &returned);
  hd_test_await (&returned);
  draft = hd_store_return_to_draft_finish (fixture->store, returned, &error);
  g_assert_no_error (error);

  set_list (fixture, REQUEST "," R0);
  again = hd_test_submission_new (HD_ACTION_SUBMIT, draft, NULL);
  hd_submitter_send_now (fixture->submitter, NULL);
  hd_submitter_submit_async (fixture->submitter, again, NULL, hd_test_store_result_cb, &submitted);
  hd_test_await (&submitted);
  g_assert_true (hd_submitter_submit_finish (fixture->submitter, submitted, &error));
  HD_TEST_AWAIT (fixture->n_failed == 1);
  g_assert_error (fixture->error, HD_ERROR, HD_ERROR_SENT_BEFORE);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 1);
}

static void
test_knows_a_reply_that_the_server_changed (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  know_no_keys (fixture, 600 * 1000);
  hd_fake_portal_push_record (fixture->portal, "get_request", HD_TYPE_REQUEST, "{\"id\":\"r1\"}");
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"messages\":[{\"id\":\"m2\",\"mine\":true,\"text\":\"> Дяку\\r\\n ю!\"}]}");
  submission = lose (fixture, HD_ACTION_REPLY, "r1");
  hd_submitter_portal_is_back (fixture->submitter);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "reply"), ==, 1);
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

  add ("/reconcile/finds-what-a-lost-answer-filed", test_finds_what_a_lost_answer_filed);
  add ("/reconcile/sends-again-what-was-not-filed", test_sends_again_what_was_not_filed);
  add ("/reconcile/does-not-reply-twice", test_does_not_reply_twice);
  add ("/reconcile/looks-at-once-when-the-portal-fails", test_looks_at_once_when_the_portal_fails);
  add ("/reconcile/sends-nothing-while-it-is-not-known", test_sends_nothing_while_it_is_not_known);

  add ("/reconcile/does-not-believe-too-soon-that-nothing-arrived", test_does_not_believe_too_soon_that_nothing_arrived);
  add ("/reconcile/remembers-over-a-crash-what-was-there-before", test_remembers_over_a_crash_what_was_there_before);
  add ("/reconcile/the-key-alone-decides-where-it-is-told", test_the_key_alone_decides_where_it_is_told);
  add ("/reconcile/of-two-with-the-key-the-older-is-it", test_of_two_with_the_key_the_older_is_it);
  add ("/reconcile/of-two-that-look-the-same-the-older-is-it", test_of_two_that_look_the_same_the_older_is_it);
  add ("/reconcile/files-both-of-two-that-are-the-same", test_files_both_of_two_that_are_the_same);
  add ("/reconcile/says-that-what-was-taken-back-is-there", test_says_that_what_was_taken_back_is_there);
  add ("/reconcile/knows-a-reply-that-the-server-changed", test_knows_a_reply_that_the_server_changed);

  return g_test_run ();
}
