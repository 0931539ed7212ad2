/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-record-json.h"
#include "life-support.h"

/* What the network delivered twice, at a portal that files it twice: it tells the keys, or keeps none. */

#define CANCEL "\"actions\":[\"cancel\",\"reply\"],\"complete\":true"

static void
sync_all (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
}

/* Signed in, and the first sync is over: from then on lists are of what changed. */
static void
set_up_with_keys (Fixture       *fixture,
                  gconstpointer  data)
{
  set_up (fixture, data);
  settle (fixture, FALSE);
}

static void
set_up_without_keys (Fixture       *fixture,
                     gconstpointer  data)
{
  set_up (fixture, data);
  hd_fake_portal_set_capabilities (fixture->portal, HD_PORTAL_DELTA);
  settle (fixture, FALSE);
}

static char *
dup_json (const char *id,
          const char *more)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"number\":\"%s\",\"subject\":\"VPN\",%s}", id, id, more);
}

/* As sync keeps it. */
static void
put (Fixture    *fixture,
     const char *id,
     const char *more)
{
  g_autofree char *json = dup_json (id, more);
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
assert_ten_is_queued (Fixture *fixture)
{
  g_autoptr (GListModel) outbox = hd_test_list_outbox (hd_session_get_store (fixture->session));
  g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, 0);

  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 1);
  g_assert_cmpint (hd_submission_get_action (entry), ==, HD_ACTION_CANCEL);
  g_assert_cmpstr (hd_submission_get_request_id (entry), ==, "10");
  g_assert_cmpstr (hd_submission_get_request_number (entry), ==, "10");
  g_assert_cmpstr (hd_submission_get_comment (entry), ==, "The network delivered request 9 twice. This one is the copy.");
}

static void
test_the_younger_is_cancelled_once (Fixture       *fixture,
                                    gconstpointer  data)
{
  hd_fake_portal_hold (fixture->portal, "act");
  put_both (fixture);
  sync_all (fixture);
  sync_all (fixture);
  assert_ten_is_queued (fixture);

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
  hd_fake_portal_hold (fixture->portal, "act");
  put (fixture, "8", "\"status\":\"cancelled\"," KEY AT ("09:41:00") CANCEL);
  put_both (fixture);
  sync_all (fixture);
  assert_ten_is_queued (fixture);
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

/* --- Without keys --- */

#define SAID(text) "\"offering_id\":\"vpn\",\"messages\":[{\"id\":\"m\",\"mine\":true,\"text\":\"" text "\"}],"
#define SAME OPEN SAID ("Не працює")

/* What the person sends, and what the portal answers. */
static void
file (Fixture    *fixture,
      const char *id,
      const char *more)
{
  g_autofree char *json = dup_json (id, more);
  g_autoptr (HdSubmission) submission = NULL;
  guint n_before = fixture->n_finished;

  hd_fake_portal_push_record (fixture->portal, "submit", HD_TYPE_REQUEST, json);
  submission = submit (fixture);
  HD_TEST_AWAIT (fixture->n_finished > n_before);
}

static void
test_what_was_filed_once_stays_once (Fixture       *fixture,
                                     gconstpointer  data)
{
  file (fixture, "9", SAME AT ("09:41:00") CANCEL);
  hd_fake_portal_hold (fixture->portal, "act");
  put (fixture, "10", SAME AT ("09:41:00") CANCEL);
  sync_all (fixture);
  sync_all (fixture);
  assert_ten_is_queued (fixture);

  hd_fake_portal_set_default (fixture->portal, "act", HD_TYPE_REQUEST,
                              "{\"id\":\"10\",\"number\":\"10\",\"status\":\"cancelled\"," AT ("09:42:00") "\"complete\":true}");
  hd_fake_portal_let_go (fixture->portal, "act");
  HD_TEST_AWAIT (fixture->n_finished == 2);

  /* The person wants it all the same. */
  put (fixture, "10", SAME AT ("09:43:00") CANCEL);
  sync_all (fixture);
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "act"), ==, 1);
}

static const struct
{
  const char *name;
  const char *other;
} others_that_stay[] = {
  { "another text", OPEN SAID ("Не працює зовсім") AT ("09:41:00") CANCEL },
  { "it came later", SAME "\"created_at\":\"2026-11-22T09:43:01Z\",\"updated_at\":\"2026-11-22T09:41:00Z\"," CANCEL },
  { "it may not be cancelled", SAME AT ("09:41:00") "\"actions\":[\"reply\"],\"complete\":true" },
  { "it was cancelled and reopened", SAME AT ("09:41:00")
    "\"history\":[{\"status\":\"registered\"},{\"status\":\"cancelled\"},{\"status\":\"registered\"}]," CANCEL },
  { "more has happened to it than is known here",
    SAME "\"created_at\":\"2026-11-22T09:41:00Z\",\"updated_at\":\"2026-11-22T09:40:00Z\"," CANCEL },
};

static void
test_others_stay (Fixture       *fixture,
                  gconstpointer  data)
{
  file (fixture, "9", SAME AT ("09:41:00") CANCEL);

  for (guint i = 0; i < G_N_ELEMENTS (others_that_stay); i++)
    {
      g_test_message ("%s", others_that_stay[i].name);
      put (fixture, "10", others_that_stay[i].other);
      sync_all (fixture);
      g_assert_cmpuint (count_outbox (fixture), ==, 0);
    }

  /* Once all is known. */
  hd_fake_portal_hold (fixture->portal, "act");
  put (fixture, "10", SAME "\"created_at\":\"2026-11-22T09:41:00Z\",\"updated_at\":\"2026-11-22T09:44:00Z\"," CANCEL);
  sync_all (fixture);
  assert_ten_is_queued (fixture);
}

static void
test_what_is_meant_twice_stays (Fixture       *fixture,
                                gconstpointer  data)
{
  file (fixture, "9", SAME AT ("09:41:00") CANCEL);
  file (fixture, "10", SAME AT ("09:41:30") CANCEL);
  sync_all (fixture);
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
}

/* It files nothing twice: what is there twice was meant. */
static void
test_a_portal_that_knows_keys_is_believed (Fixture       *fixture,
                                           gconstpointer  data)
{
  file (fixture, "9", SAME AT ("09:41:00") CANCEL);
  put (fixture, "10", SAME AT ("09:41:00") CANCEL);
  sync_all (fixture);
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
}

#define TEST(path, set_up, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  TEST ("/copies/the-younger-is-cancelled-once", set_up_with_keys, test_the_younger_is_cancelled_once);
  TEST ("/copies/other-pairs-stay", set_up_with_keys, test_other_pairs_stay);
  TEST ("/copies/one-of-three-goes-on", set_up_with_keys, test_one_of_three_goes_on);
  TEST ("/copies/what-the-person-discards-stays-discarded", set_up_with_keys,
        test_what_the_person_discards_stays_discarded);
  TEST ("/copies/without-keys/what-was-filed-once-stays-once", set_up_without_keys, test_what_was_filed_once_stays_once);
  TEST ("/copies/without-keys/others-stay", set_up_without_keys, test_others_stay);
  TEST ("/copies/without-keys/what-is-meant-twice-stays", set_up_without_keys, test_what_is_meant_twice_stays);
  TEST ("/copies/a-portal-that-knows-keys-is-believed", set_up_with_keys, test_a_portal_that_knows_keys_is_believed);

  return g_test_run ();
}
