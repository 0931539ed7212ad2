/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-outbox.h"
#include "hd-test-utils.h"

/* Whose turn it is, and when: rules that need no portal. */

static HdSubmission *
add (GListStore *outbox,
     const char *offering_id,
     const char *request_id)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (HdDraft) draft = g_object_new (HD_TYPE_DRAFT, "id", id, "offering-id", offering_id, NULL);
  g_autoptr (HdSubmission) submission =
    g_object_new (HD_TYPE_SUBMISSION,
                  "id", id,
                  "client-key", id,
                  "action", request_id != NULL ? HD_ACTION_REPLY : HD_ACTION_SUBMIT,
                  "request-id", request_id,
                  "draft", draft,
                  NULL);

  g_list_store_append (outbox, submission);
  return submission; /* the list keeps it alive */
}

static HdSubmission *
choose (GListStore *outbox,
        GDateTime  *now,
        gint64     *wait_ms)
{
  g_autoptr (HdSubmission) chosen = hd_outbox_choose (G_LIST_MODEL (outbox), now, FALSE, wait_ms);

  return chosen; /* the list keeps it alive */
}

static gint64
postpone (HdSubmission *submission,
          int           retry_after)
{
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, HD_ERROR_UNAVAILABLE, "scripted");

  hd_error_set_retry_after (error, retry_after);
  return hd_outbox_postpone (submission, error, 2000, 600 * 1000);
}

static void
test_a_clock_that_was_set_holds_nothing_up (void)
{
  static const int hours[] = { -24 * 365, -24, -1, 24, 24 * 365 };
  g_autoptr (GListStore) outbox = g_list_store_new (HD_TYPE_SUBMISSION);
  HdSubmission *submission = add (outbox, "vpn", NULL);
  g_autoptr (GDateTime) now = NULL;
  gint64 wait;

  g_assert_cmpint (postpone (submission, 90), ==, 90 * 1000);
  now = g_date_time_new_now_utc ();
  g_assert_null (choose (outbox, now, &wait));
  g_assert_cmpint (wait, >, 80 * 1000);
  g_assert_cmpint (wait, <=, 90 * 1000);

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr (GDateTime) then = g_date_time_add_hours (now, hours[i]);

      g_assert_true (choose (outbox, then, &wait) == submission);
    }
}

/* As an older version wrote it, or one whose clock was wrong when it did. */
static void
test_a_wait_of_a_day_is_none (void)
{
  g_autoptr (GListStore) outbox = g_list_store_new (HD_TYPE_SUBMISSION);
  HdSubmission *submission = add (outbox, "vpn", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  gint64 wait;

  g_object_set (submission, "next-attempt-at", tomorrow, NULL);
  g_assert_true (choose (outbox, now, &wait) == submission);
}

static void
test_no_portal_makes_it_wait_longer_than_an_hour (void)
{
  g_autoptr (GListStore) outbox = g_list_store_new (HD_TYPE_SUBMISSION);
  HdSubmission *submission = add (outbox, "vpn", NULL);

  g_assert_cmpint (postpone (submission, 24 * 60 * 60), ==, 60 * 60 * 1000);
  g_assert_cmpint (postpone (submission, 60), ==, 60 * 1000);
}

static void
test_what_looks_like_it_waits_for_what_may_have_arrived (void)
{
  static const char *const baseline[] = { "r1", NULL };
  g_autoptr (GListStore) outbox = g_list_store_new (HD_TYPE_SUBMISSION);
  HdSubmission *first = add (outbox, "vpn", NULL);
  HdSubmission *same = add (outbox, "vpn", NULL);
  HdSubmission *other = add (outbox, "printer", NULL);
  g_autoptr (GDateTime) now = NULL;
  gint64 wait;

  postpone (first, 60);
  now = g_date_time_new_now_utc ();
  g_assert_true (choose (outbox, now, &wait) == same);

  g_object_set (first, "baseline", baseline, NULL);
  g_assert_true (choose (outbox, now, &wait) == other);

  g_object_set (first, "state", HD_SUBMISSION_STATE_REFUSED, NULL);
  g_assert_true (choose (outbox, now, &wait) == same);
}

static void
test_what_is_said_of_a_request_keeps_its_order (void)
{
  g_autoptr (GListStore) outbox = g_list_store_new (HD_TYPE_SUBMISSION);
  HdSubmission *first = add (outbox, NULL, "r1");
  HdSubmission *second = add (outbox, NULL, "r1");
  HdSubmission *other = add (outbox, NULL, "r2");
  g_autoptr (GDateTime) now = NULL;
  gint64 wait;

  postpone (first, 60);
  now = g_date_time_new_now_utc ();
  g_assert_true (choose (outbox, now, &wait) == other);

  g_object_set (other, "state", HD_SUBMISSION_STATE_PAUSED, NULL);
  g_assert_null (choose (outbox, now, &wait));

  g_object_set (first, "state", HD_SUBMISSION_STATE_PAUSED, NULL);
  g_assert_null (choose (outbox, now, &wait));

  g_object_set (first, "state", HD_SUBMISSION_STATE_REFUSED, NULL);
  g_assert_true (choose (outbox, now, &wait) == second);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/outbox/a-clock-that-was-set-holds-nothing-up", test_a_clock_that_was_set_holds_nothing_up);
  g_test_add_func ("/outbox/a-wait-of-a-day-is-none", test_a_wait_of_a_day_is_none);
  g_test_add_func ("/outbox/no-portal-makes-it-wait-longer-than-an-hour", test_no_portal_makes_it_wait_longer_than_an_hour);
  g_test_add_func ("/outbox/what-looks-like-it-waits-for-what-may-have-arrived",
                   test_what_looks_like_it_waits_for_what_may_have_arrived);
  g_test_add_func ("/outbox/what-is-said-of-a-request-keeps-its-order", test_what_is_said_of_a_request_keeps_its_order);

  return g_test_run ();
}
