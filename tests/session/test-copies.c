/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-fake-portal.h"
#include "hd-record-json.h"
#include "session-support.h"

/* What the network delivered twice, at a portal that files it twice and tells the keys. */

#define PORTAL "https://help.example.org/"
#define CANCEL "\"actions\":[\"cancel\",\"reply\"],\"complete\":true"

typedef struct
{
  HdFakePortal *portal;
  HdPolicy     *policy;
  HdSession    *session;
  char         *directory;
  guint         n_finished;
  guint         n_failed;
} Fixture;

static void
finished_cb (HdSession    *session,
             HdSubmission *submission,
             HdRequest    *request,
             Fixture      *fixture)
{
  fixture->n_finished++;
}

static void
failed_cb (HdSession    *session,
           HdSubmission *submission,
           GError       *error,
           Fixture      *fixture)
{
  fixture->n_failed++;
}

static void
sync_all (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
}

/* Signed in, and the first sync is over: from then on lists are of what changed. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = hd_test_make_tmp_dir ();
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->portal = hd_fake_portal_new ();
  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
  hd_fake_portal_set_default (fixture->portal, "sign_in", HD_TYPE_ACCOUNT,
                              "{\"id\":\"1\",\"user_name\":\"support\",\"name\":\"Олена\"}");
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, "{}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[],\"total\":0,\"as_of\":\"R1\"}");
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[],\"deleted\":[],\"as_of\":\"A1\",\"more\":false}");
  fixture->session = hd_session_new_for_portal (fixture->policy, HD_PORTAL (fixture->portal), "open", PORTAL,
                                                fixture->directory);
  g_signal_connect (fixture->session, "submission-finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->session, "submission-failed", G_CALLBACK (failed_cb), fixture);
  g_assert_false (hd_test_open (fixture->session));
  g_assert_true (hd_test_sign_in (fixture->session, "support", "Пароль-1", FALSE, &error));
  g_assert_no_error (error);
  sync_all (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_sign_out (fixture->session);
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_clear_object (&fixture->policy);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

/* As sync keeps it. */
static void
put (Fixture    *fixture,
     const char *id,
     const char *more)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"%s\",\"subject\":\"VPN\",%s}", id, id, more);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdRequest) request = hd_record_new_from_string (HD_TYPE_REQUEST, json, &error);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  hd_store_put_request_async (hd_session_get_store (fixture->session), request, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_put_request_finish (hd_session_get_store (fixture->session), result, &error));
  g_assert_no_error (error);
}

#define AT(time) "\"created_at\":\"2026-11-22T" time "Z\",\"updated_at\":\"2026-11-22T" time "Z\","
#define KEY "\"client_key\":\"k\","
#define OPEN "\"status\":\"registered\","

/* The number of the younger is longer, and before the other’s by its letters. */
static void
put_both (Fixture *fixture)
{
  put (fixture, "10", OPEN KEY AT ("09:41:00") CANCEL);
  put (fixture, "9", OPEN KEY AT ("09:41:00") CANCEL);
}

static guint
count_outbox (Fixture *fixture)
{
  g_autoptr (GListModel) outbox = hd_test_list_outbox (hd_session_get_store (fixture->session));

  return g_list_model_get_n_items (outbox);
}

static void
test_the_younger_is_cancelled_once (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  hd_fake_portal_hold (fixture->portal, "act");
  put_both (fixture);
  sync_all (fixture);
  sync_all (fixture);
  outbox = hd_test_list_outbox (hd_session_get_store (fixture->session));
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 1);
  entry = g_list_model_get_item (outbox, 0);
  g_assert_cmpint (hd_submission_get_action (entry), ==, HD_ACTION_CANCEL);
  g_assert_cmpstr (hd_submission_get_request_id (entry), ==, "10");
  g_assert_cmpstr (hd_submission_get_request_number (entry), ==, "10");
  g_assert_cmpstr (hd_submission_get_comment (entry), ==, "The network delivered request 9 twice. This one is the copy.");

  hd_fake_portal_set_default (fixture->portal, "act", HD_TYPE_REQUEST,
                              "{\"id\":\"10\",\"number\":\"10\",\"status\":\"cancelled\"," KEY AT ("09:42:00") "\"complete\":true}");
  hd_fake_portal_let_go (fixture->portal, "act");
  HD_TEST_AWAIT (fixture->n_finished == 1);
  sync_all (fixture);
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "act"), ==, 1);
}

static const struct
{
  const char *name;
  const char *older;
  const char *younger;
} pairs_that_stay[] = {
  /* Each is put over the one before, and is not the whole of it where it is older. */
  { "another key", OPEN KEY AT ("09:41:00") CANCEL, OPEN "\"client_key\":\"l\"," AT ("09:41:00") CANCEL },
  { "a clone, of which the portal tells no key", OPEN KEY AT ("09:41:00") CANCEL, OPEN AT ("09:41:00") CANCEL },
  { "neither has a key", OPEN AT ("09:41:00") CANCEL, OPEN AT ("09:41:00") CANCEL },
  { "the older is cancelled", "\"status\":\"cancelled\"," KEY AT ("09:41:00") CANCEL, OPEN KEY AT ("09:41:00") CANCEL },
  { "the older is closed", "\"status\":\"closed\"," KEY AT ("09:41:00") CANCEL, OPEN KEY AT ("09:41:00") CANCEL },
  { "the younger is closed", OPEN KEY AT ("09:41:00") CANCEL, "\"status\":\"closed\"," KEY AT ("09:41:00") CANCEL },
  { "the younger is cancelled", OPEN KEY AT ("09:41:00") CANCEL, "\"status\":\"cancelled\"," KEY AT ("09:41:00") CANCEL },
  { "it may not be cancelled", OPEN KEY AT ("09:41:00") CANCEL,
    OPEN KEY AT ("09:41:00") "\"actions\":[\"reply\"],\"complete\":true" },
  { "it came hours later", OPEN KEY AT ("09:41:00") CANCEL,
    OPEN KEY "\"created_at\":\"2026-11-22T12:41:00Z\",\"updated_at\":\"2026-11-22T09:41:00Z\"," CANCEL },
  { "it was cancelled and reopened", OPEN KEY AT ("09:41:00") CANCEL,
    OPEN KEY AT ("09:41:00") "\"history\":[{\"status\":\"registered\"},{\"status\":\"cancelled\"},{\"status\":\"registered\"}]," CANCEL },
  { "more has happened to it than is known here", OPEN KEY AT ("09:41:00") CANCEL,
    OPEN KEY "\"created_at\":\"2026-11-22T09:41:00Z\",\"updated_at\":\"2026-11-22T09:40:00Z\"," CANCEL },
};

static void
test_other_pairs_stay (Fixture       *fixture,
                       gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs_that_stay); i++)
    {
      g_test_message ("%s", pairs_that_stay[i].name);
      put (fixture, "9", pairs_that_stay[i].older);
      put (fixture, "10", pairs_that_stay[i].younger);
      sync_all (fixture);
      g_assert_cmpuint (count_outbox (fixture), ==, 0);
      g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "act"), ==, 0);
    }
}

/* Of three, of which the desk has ended the oldest, one goes on. */
static void
test_one_of_three_goes_on (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (HdSubmission) entry = NULL;

  hd_fake_portal_hold (fixture->portal, "act");
  put (fixture, "8", "\"status\":\"cancelled\"," KEY AT ("09:41:00") CANCEL);
  put_both (fixture);
  sync_all (fixture);
  outbox = hd_test_list_outbox (hd_session_get_store (fixture->session));
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 1);
  entry = g_list_model_get_item (outbox, 0);
  g_assert_cmpstr (hd_submission_get_request_id (entry), ==, "10");
}

/* Else the program would do again and again what the person takes back. */
static void
test_what_the_person_discards_stays_discarded (Fixture       *fixture,
                                               gconstpointer  data)
{
  HdStore *store = hd_session_get_store (fixture->session);
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (HdSubmission) entry = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  hd_fake_portal_push_code (fixture->portal, "act", HD_ERROR_FORBIDDEN);
  put_both (fixture);
  sync_all (fixture);
  HD_TEST_AWAIT (fixture->n_failed == 1);

  outbox = hd_test_list_outbox (store);
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 1);
  entry = g_list_model_get_item (outbox, 0);
  hd_store_discard_submission_async (store, hd_submission_get_id (entry), NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_discard_submission_finish (store, result, NULL));

  sync_all (fixture);
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "act"), ==, 1);
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  TEST ("/copies/the-younger-is-cancelled-once", test_the_younger_is_cancelled_once);
  TEST ("/copies/other-pairs-stay", test_other_pairs_stay);
  TEST ("/copies/one-of-three-goes-on", test_one_of_three_goes_on);
  TEST ("/copies/what-the-person-discards-stays-discarded", test_what_the_person_discards_stays_discarded);

  return g_test_run ();
}
