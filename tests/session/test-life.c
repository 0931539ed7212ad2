/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-private.h"
#include "life-support.h"

/* A session over time, against a portal that does what the test says. */

static void
test_expires_while_something_is_sent (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  settle (fixture, FALSE);
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_SIGNED_OUT);
  submission = submit (fixture);
  HD_TEST_AWAIT (hd_session_get_state (fixture->session) == HD_SESSION_EXPIRED);

  /* Everything stays and waits. */
  g_assert_nonnull (hd_session_get_account (fixture->session));
  g_assert_error (hd_session_get_offline_error (fixture->session), HD_ERROR, HD_ERROR_SIGNED_OUT);
  g_assert_cmpuint (fixture->n_failed, ==, 0);

  sign_in (fixture, FALSE);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_null (hd_session_get_offline_error (fixture->session));
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "submit"), ==, 2);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "submit", 0), ==,
                   hd_fake_portal_get_call (fixture->portal, "submit", 1));
}

static void
test_resumes_by_itself_what_is_remembered (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  settle (fixture, TRUE);
  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_SIGNED_OUT);
  submission = submit (fixture);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_IN);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "sign_in"), ==, 2);
}

static void
test_does_not_sign_in_over_and_over (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  settle (fixture, TRUE);

  /* A portal that lets in and throws out again. */
  for (guint i = 0; i < 50; i++)
    hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_SIGNED_OUT);

  g_assert_false (hd_test_sync (fixture->session, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_SIGNED_OUT);
  HD_TEST_AWAIT (hd_session_get_state (fixture->session) == HD_SESSION_EXPIRED);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "sign_in"), ==, 2);
}

static void
test_a_page_that_opens_early_is_not_told_signed_out (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  settle (fixture, TRUE);
  hd_test_close (g_steal_pointer (&fixture->session));
  make_session (fixture);
  hd_fake_portal_forget_calls (fixture->portal);
  g_assert_true (hd_test_open (fixture->session));

  /* Nobody has signed in yet: the resume goes on behind. */
  hd_session_load_request_async (fixture->session, "r1", NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  request = hd_session_load_request_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_number (request), ==, "10316");
  g_assert_true (g_str_has_prefix (hd_fake_portal_get_nth (fixture->portal, 0), "sign_in "));
}

/* A failure that is over before it is believed tells nobody that the portal is back. */
static void
test_a_resume_that_failed_for_a_moment_is_tried_again (Fixture       *fixture,
                                                       gconstpointer  data)
{
  settle (fixture, TRUE);
  hd_test_close (g_steal_pointer (&fixture->session));
  make_session (fixture);
  hd_reachability_set_times (fixture->session->reachability, 10, G_MAXINT, 10, 10);
  hd_fake_portal_forget_calls (fixture->portal);
  hd_fake_portal_push_code (fixture->portal, "sign_in", HD_ERROR_NETWORK);
  g_assert_true (hd_test_open (fixture->session));

  HD_TEST_AWAIT (fixture->session->authenticated);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "sign_in"), ==, 2);
}

static void
test_a_second_sync_joins_the_first (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  settle (fixture, FALSE);
  hd_fake_portal_forget_calls (fixture->portal);
  hd_session_sync_async (fixture->session, NULL, hd_test_store_result_cb, &first);
  hd_session_sync_async (fixture->session, NULL, hd_test_store_result_cb, &second);
  g_assert_true (hd_session_get_syncing (fixture->session));
  hd_test_await (&first);
  hd_test_await (&second);
  g_assert_true (hd_session_sync_finish (fixture->session, first, NULL));
  g_assert_true (hd_session_sync_finish (fixture->session, second, NULL));
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 1);
  g_assert_false (hd_session_get_syncing (fixture->session));
}

/* It is filed; what is there of it comes as soon as it can. */
static void
test_what_could_not_be_read_back_is_fetched (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;

  settle (fixture, FALSE);
  hd_fake_portal_forget_calls (fixture->portal);
  hd_fake_portal_push_record (fixture->portal, "submit", HD_TYPE_REQUEST, "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\"}");
  submission = submit (fixture);
  HD_TEST_AWAIT (fixture->n_finished == 1);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "list_requests") == 1);
}

static void
test_nothing_is_written_after_signing_out (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (GAsyncResult) refresh = NULL;
  g_autoptr (GAsyncResult) sync = NULL;
  g_autoptr (GListModel) requests = NULL;

  settle (fixture, FALSE);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[" REQUEST "],\"total\":1,\"as_of\":\"R2\"}");
  hd_fake_portal_hold (fixture->portal, "get_request");
  hd_fake_portal_hold (fixture->portal, "list_requests");
  hd_session_refresh_request_async (fixture->session, "r1", NULL, hd_test_store_result_cb, &refresh);
  hd_session_sync_async (fixture->session, NULL, hd_test_store_result_cb, &sync);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "list_requests") >= 2);

  hd_test_sign_out (fixture->session);
  hd_fake_portal_let_go (fixture->portal, "get_request");
  hd_fake_portal_let_go (fixture->portal, "list_requests");
  hd_test_await (&refresh);
  hd_test_await (&sync);
  g_assert_null (hd_session_refresh_request_finish (fixture->session, refresh, NULL));

  requests = hd_test_list_requests (hd_session_get_store (fixture->session));
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 0);
}

static void
test_signing_out_waits_for_no_silent_portal (Fixture       *fixture,
                                             gconstpointer  data)
{
  gint64 started;

  settle (fixture, FALSE);
  hd_fake_portal_hold (fixture->portal, "sign_out");
  started = g_get_monotonic_time ();
  hd_test_sign_out (fixture->session);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 20 * G_USEC_PER_SEC);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);
  hd_fake_portal_let_go (fixture->portal, "sign_out");
}

static void
test_policy_forbids_to_remember (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *policy = g_build_filename (fixture->directory, "policy.conf", NULL);
  g_autoptr (HdPolicy) allowing = g_object_ref (fixture->policy);

  settle (fixture, TRUE);
  hd_test_close (g_steal_pointer (&fixture->session));

  g_assert_true (g_file_set_contents (policy, "[Policy]\nallow-remember-me=false\n", -1, NULL));
  g_set_object (&fixture->policy, NULL);
  fixture->policy = hd_policy_new_for_file (policy);
  make_session (fixture);
  g_assert_false (hd_test_open (fixture->session));
  settle (fixture, TRUE);
  hd_test_close (g_steal_pointer (&fixture->session));

  /* Neither what was remembered before nor what was to be is there when it is allowed again. */
  g_set_object (&fixture->policy, allowing);
  make_session (fixture);
  g_assert_false (hd_test_open (fixture->session));
}

static void
test_a_sign_in_can_be_cancelled (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_hold (fixture->portal, "sign_in");
  hd_session_sign_in_async (fixture->session, "support", "Пароль-1", TRUE, cancellable,
                            hd_test_store_result_cb, &result);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNING_IN);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "sign_in") == 1);
  g_cancellable_cancel (cancellable);
  hd_test_await (&result);
  g_assert_false (hd_session_sign_in_finish (fixture->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);
  hd_fake_portal_let_go (fixture->portal, "sign_in");
}

static void
test_sends_no_password_to_what_cannot_be_reached (Fixture       *fixture,
                                                  gconstpointer  data)
{
  static const HdError codes[] = { HD_ERROR_TLS, HD_ERROR_NAME, HD_ERROR_NETWORK, HD_ERROR_MAINTENANCE };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      hd_fake_portal_push_code (fixture->portal, "get_info", (int) codes[i]);
      g_assert_false (hd_test_sign_in (fixture->session, "support", "Пароль-1", FALSE, &error));
      g_assert_error (error, HD_ERROR, (int) codes[i]);
    }

  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "sign_in"), ==, 0);
}

static void
test_uses_the_kept_form_while_it_is_the_catalogs (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autoptr (HdForm) form = NULL;
  g_autoptr (HdForm) again = NULL;
  g_autoptr (HdForm) fresh = NULL;
  g_autoptr (HdForm) offline = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C1\",\"categories\":[],"
                              "\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\",\"form_version\":3}]}");
  settle (fixture, FALSE);
  form = hd_test_load_form (fixture->session, "vpn", &error);
  again = hd_test_load_form (fixture->session, "vpn", &error);
  g_assert_no_error (error);

  /* By the sync. */
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 1);

  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C2\",\"categories\":[],"
                              "\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\",\"form_version\":4}]}");
  hd_fake_portal_push_code (fixture->portal, "get_form", HD_ERROR_PROTOCOL);
  g_assert_true (hd_test_sync (fixture->session, &error));

  /* The new one cannot be had: the old one is better than none. */
  hd_fake_portal_push_code (fixture->portal, "get_form", HD_ERROR_NETWORK);
  offline = hd_test_load_form (fixture->session, "vpn", &error);
  g_assert_no_error (error);
  g_assert_cmpint (hd_form_get_version (offline), ==, 3);

  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"vpn\",\"version\":4,\"fields\":[]}");
  fresh = hd_test_load_form (fixture->session, "vpn", &error);
  g_assert_no_error (error);
  g_assert_cmpint (hd_form_get_version (fresh), ==, 4);
}

/* The catalog that names the new version comes with a sync, which may be slower than the person. */
static void
test_gives_the_new_form_as_soon_as_the_portal_refused_the_old_one (Fixture       *fixture,
                                                                   gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdForm) old = NULL;
  g_autoptr (HdForm) fresh = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C1\",\"categories\":[],"
                              "\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\",\"form_version\":3}]}");
  settle (fixture, FALSE);
  old = hd_test_load_form (fixture->session, "vpn", &error);
  g_assert_no_error (error);
  g_assert_cmpint (hd_form_get_version (old), ==, 3);

  hd_fake_portal_push_code (fixture->portal, "submit", HD_ERROR_FORM_CHANGED);
  submission = submit (fixture);
  HD_TEST_AWAIT (fixture->n_failed == 1);

  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"vpn\",\"version\":4,\"fields\":[]}");
  fresh = hd_test_load_form (fixture->session, "vpn", &error);
  g_assert_no_error (error);
  g_assert_cmpint (hd_form_get_version (fresh), ==, 4);
}

static void
test_options_that_were_seen_can_be_searched_offline (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  settle (fixture, FALSE);
  hd_fake_portal_push_record (fixture->portal, "get_options", HD_TYPE_OPTION_LIST,
                              "{\"options\":[{\"value\":\"1\",\"label\":\"Київ\"},{\"value\":\"2\",\"label\":\"Одеса\"}]}");
  hd_fake_portal_push_code (fixture->portal, "get_options", HD_ERROR_NETWORK);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (HdOptionList) options = NULL;

      hd_session_search_options_async (fixture->session, "offices", i == 0 ? NULL : "оде", NULL, NULL,
                                       hd_test_store_result_cb, &result);
      hd_test_await (&result);
      options = hd_session_search_options_finish (fixture->session, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (options)), ==, i == 0 ? 2 : 1);
    }
}

static void
request_changed_cb (HdSession *session,
                    HdRequest *before,
                    HdRequest *now,
                    guint     *n_changed)
{
  (*n_changed)++;
}

static void
test_what_the_person_did_is_no_news (Fixture       *fixture,
                                     gconstpointer  data)
{
  const char *at_ten = "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                       "\"updated_at\":\"2026-11-22T10:00:00Z\"}";
  g_autofree char *page = g_strdup_printf ("{\"items\":[%s],\"total\":1,\"as_of\":\"R2\"}", at_ten);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  settle (fixture, FALSE);
  g_signal_connect (fixture->session, "request-changed", G_CALLBACK (request_changed_cb), &n_changed);
  hd_fake_portal_set_default (fixture->portal, "submit", HD_TYPE_REQUEST, at_ten);
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, at_ten);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, page);

  /* The portal has it, its answer is not here yet, and a sync sees it. */
  hd_fake_portal_hold (fixture->portal, "submit");
  submission = submit (fixture);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "submit") == 1);
  g_assert_true (hd_test_sync (fixture->session, &error));
  hd_fake_portal_let_go (fixture->portal, "submit");
  HD_TEST_AWAIT (fixture->n_finished == 1);
  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_cmpuint (n_changed, ==, 0);

  /* But what the desk does within the same second is. */
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                              "\"waiting_for_me\":true,\"message_count\":1,\"updated_at\":\"2026-11-22T10:00:00Z\"}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\","
                              "\"waiting_for_me\":true,\"message_count\":1,"
                              "\"updated_at\":\"2026-11-22T10:00:00Z\"}],\"total\":1,\"as_of\":\"R2\"}");
  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_cmpuint (n_changed, ==, 1);

  /* And what it does later. */
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                              "\"updated_at\":\"2026-11-22T11:00:00Z\"}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\","
                              "\"updated_at\":\"2026-11-22T11:00:00Z\"}],\"total\":1,\"as_of\":\"R3\"}");
  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, 2);
  g_signal_handlers_disconnect_by_data (fixture->session, &n_changed);
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

  add ("/life/expires-while-something-is-sent", test_expires_while_something_is_sent);
  add ("/life/resumes-by-itself-what-is-remembered", test_resumes_by_itself_what_is_remembered);
  add ("/life/a-resume-that-failed-for-a-moment-is-tried-again", test_a_resume_that_failed_for_a_moment_is_tried_again);
  add ("/life/does-not-sign-in-over-and-over", test_does_not_sign_in_over_and_over);
  add ("/life/a-page-that-opens-early-is-not-told-signed-out", test_a_page_that_opens_early_is_not_told_signed_out);
  add ("/life/a-second-sync-joins-the-first", test_a_second_sync_joins_the_first);
  add ("/life/what-could-not-be-read-back-is-fetched", test_what_could_not_be_read_back_is_fetched);
  add ("/life/nothing-is-written-after-signing-out", test_nothing_is_written_after_signing_out);
  add ("/life/signing-out-waits-for-no-silent-portal", test_signing_out_waits_for_no_silent_portal);
  add ("/life/policy-forbids-to-remember", test_policy_forbids_to_remember);
  add ("/life/a-sign-in-can-be-cancelled", test_a_sign_in_can_be_cancelled);
  add ("/life/sends-no-password-to-what-cannot-be-reached", test_sends_no_password_to_what_cannot_be_reached);
  add ("/life/uses-the-kept-form-while-it-is-the-catalogs", test_uses_the_kept_form_while_it_is_the_catalogs);
  add ("/life/gives-the-new-form-as-soon-as-the-portal-refused-the-old-one",
       test_gives_the_new_form_as_soon_as_the_portal_refused_the_old_one);
  add ("/life/options-that-were-seen-can-be-searched-offline", test_options_that_were_seen_can_be_searched_offline);

  add ("/life/what-the-person-did-is-no-news", test_what_the_person_did_is_no_news);

  return g_test_run ();
}
