/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "submitter-support.h"

/* A portal without idempotency keys: nothing is filed twice all the same. */

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
start_reply (Fixture *fixture,
             int      code)
{
  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_submitter_set_capabilities (fixture->submitter, 0);
  hd_submitter_set_back_off (fixture->submitter, 600 * 1000, 600 * 1000);
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

  add ("/reconcile/finds-what-a-lost-answer-filed", test_finds_what_a_lost_answer_filed);
  add ("/reconcile/sends-again-what-was-not-filed", test_sends_again_what_was_not_filed);
  add ("/reconcile/does-not-reply-twice", test_does_not_reply_twice);
  add ("/reconcile/looks-at-once-when-the-portal-fails", test_looks_at_once_when_the_portal_fails);
  add ("/reconcile/sends-nothing-while-it-is-not-known", test_sends_nothing_while_it_is_not_known);

  return g_test_run ();
}
