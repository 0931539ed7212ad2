/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-json.h"
#include "hd-store-copies.h"
#include "store-support.h"

/* Requests that are one, by their key or by their looks. */

static void
assert_copies (Fixture    *fixture,
               const char *copies)
{
  g_auto (GStrv) found = CALL (fixture->store, list_copies);
  g_autofree char *text = g_strjoinv (" ", found);

  g_assert_cmpstr (text, ==, copies);
}

/* --- By their key --- */

static void
put_keyed (HdStore    *store,
           const char *id,
           const char *key)
{
  g_autoptr (HdRequest) request =
    make_request ("{\"id\":\"%s\",\"number\":\"n%s\",\"status\":\"registered\",\"client_key\":\"%s\","
                  "\"created_at\":\"2026-11-22T09:41:00Z\",\"updated_at\":\"2026-11-22T09:41:00Z\"}", id, id, key);

  g_assert_true (CALL (store, put_request, request));
}

static void
test_copies_are_known_by_their_key (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (HdSubmission) reply =
    g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "x", "action", HD_ACTION_REPLY, "request-id", "10", NULL);
  g_autoptr (HdSubmission) cancel =
    g_object_new (HD_TYPE_SUBMISSION, "id", "t", "client-key", "y", "action", HD_ACTION_CANCEL, "request-id", "10", NULL);

  assert_copies (fixture, "");
  put_keyed (fixture->store, "10", "k");
  put_keyed (fixture->store, "8", "l");
  assert_copies (fixture, "");
  put_keyed (fixture->store, "9", "k");
  assert_copies (fixture, "10 n9");
  put_keyed (fixture->store, "11", "k");
  fixture_reopen (fixture);
  assert_copies (fixture, "10 n9 11 n9");

  /* Of what is about to be cancelled nobody need be told. */
  g_assert_true (CALL (fixture->store, enqueue, reply));
  assert_copies (fixture, "10 n9 11 n9");
  g_assert_true (CALL (fixture->store, enqueue, cancel));
  assert_copies (fixture, "11 n9");
}

/* --- By their looks --- */

#define FORGOTTEN 1000

/* What RT makes of a filing; what it numbers it numbers anew. */
static HdRequest *
make_filed (const char *id,
            const char *time)
{
  return make_request ("{\"id\":\"%s\",\"number\":\"n%s\",\"subject\":\"VPN\",\"offering_id\":\"vpn\",\"status\":\"registered\","
                       "\"created_at\":\"2026-11-22T%sZ\",\"updated_at\":\"2026-11-22T13:00:00Z\","
                       "\"history\":[{\"status\":\"registered\",\"at\":\"2026-11-22T%sZ\",\"by\":\"Олена\"}],"
                       "\"fields\":[{\"field_id\":\"cf1\",\"label\":\"Кабінет\",\"value\":\"3\"}],"
                       "\"attachments\":[{\"id\":\"cf2-%s\",\"name\":\"план.png\",\"field_id\":\"cf2\"}],"
                       "\"messages\":[{\"id\":\"m%s\",\"mine\":true,\"author\":\"Олена\",\"text\":\"Не працює\","
                       "\"attachments\":[{\"id\":\"m%s-1\",\"name\":\"знімок.png\",\"size\":7}]}]}",
                       id, id, time, time, id, id, id);
}

/* As sync brings it. */
static void
put (Fixture    *fixture,
     const char *id,
     const char *time)
{
  g_autoptr (HdRequest) request = make_filed (id, time);

  g_assert_true (CALL (fixture->store, put_request, request));
}

/* @has_baseline: whether the portal knows no keys */
static void
enqueue (Fixture    *fixture,
         const char *id,
         const char *offering_id,
         gboolean    has_baseline)
{
  const char *const baseline[] = { NULL };
  g_autoptr (HdDraft) draft = make_draft (id, offering_id, NULL, "Не працює");
  g_autoptr (HdSubmission) entry =
    g_object_new (HD_TYPE_SUBMISSION, "id", id, "client-key", id, "action", HD_ACTION_SUBMIT, "draft", draft,
                  "attempts", (gint64) 1, "baseline", has_baseline ? baseline : NULL, NULL);

  g_assert_true (CALL (fixture->store, enqueue, entry));
}

/* As the submitter does when it has arrived. */
static void
finish (Fixture   *fixture,
        HdRequest *request)
{
  const char *id = hd_request_get_id (request);

  enqueue (fixture, id, "vpn", TRUE);
  g_assert_true (CALL (fixture->store, finish_submission, id, request));
}

static void
file (Fixture    *fixture,
      const char *id,
      const char *time)
{
  g_autoptr (HdRequest) request = make_filed (id, time);

  finish (fixture, request);
}

static void
set_age (Fixture    *fixture,
         const char *id,
         guint       hours)
{
  g_autofree char *path = g_build_filename (fixture->directory, "drafts.db", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE filed SET at = at - %u * 3600000000 WHERE request_id = '%s'", hours, id);

  run_sql (path, sql);
}

static void
test_copies_are_known_by_their_looks (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (HdSubmission) cancel =
    g_object_new (HD_TYPE_SUBMISSION, "id", "t", "client-key", "y", "action", HD_ACTION_CANCEL, "request-id", "11", NULL);

  file (fixture, "9", "09:41:00");
  assert_copies (fixture, "");
  put (fixture, "10", "09:41:00");
  put (fixture, "11", "09:43:00");
  put (fixture, "12", "09:45:01");
  fixture_reopen (fixture);
  assert_copies (fixture, "10 n9 11 n9");
  g_assert_true (CALL (fixture->store, enqueue, cancel));
  assert_copies (fixture, "10 n9");
}

/* Who asks another server when the first does not answer tells what that one made. */
static void
test_the_answer_may_be_of_the_younger (Fixture       *fixture,
                                       gconstpointer  data)
{
  put (fixture, "9", "09:41:00");
  file (fixture, "10", "09:42:00");
  assert_copies (fixture, "10 n9");
}

static const char *const differences[][2] = {
  { "\"subject\":\"VPN\"", "\"subject\":\"vpn\"" },
  { "\"offering_id\":\"vpn\"", "\"offering_id\":\"wifi\"" },
  { "\"status\":\"registered\",\"waiting", "\"status\":\"closed\",\"waiting" },
  { "\"status\":\"registered\",\"waiting", "\"status\":\"cancelled\",\"waiting" },
  { "\"created_at\":\"2026-11-22T09:41:00Z\"", "\"created_at\":\"2026-11-22T09:43:01Z\"" },
  { "\"created_at\":\"2026-11-22T09:41:00Z\"", "\"created_at\":\"2026-11-22T09:38:59Z\"" },
  { "\"by\":\"Олена\"", "\"by\":\"Іван\"" },
  { "\"value\":\"3\"", "\"value\":\"4\"" },
  { "\"fields\"", "\"nothing\"" },
  { "\"план.png\"", "\"план-2.png\"" },
  { "\"mine\":true", "\"mine\":false" },
  { "Не працює", "Не працює." },
  { "\"знімок.png\"", "\"знімок-2.png\"" },
  { "\"size\":7", "\"size\":8" },
  { "\"history\"", "\"client_key\":\"k\",\"history\"" },
};

static void
test_what_differs_is_no_copy (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (HdRequest) same = make_filed ("10", "09:41:00");
  g_autofree char *json = hd_record_to_string (HD_RECORD (same));

  file (fixture, "9", "09:41:00");

  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autoptr (GString) text = g_string_new (json);
      g_autoptr (HdRequest) other = NULL;

      g_test_message ("%s", differences[i][1]);
      g_assert_cmpuint (g_string_replace (text, differences[i][0], differences[i][1], 1), ==, 1);
      other = make_request ("%s", text->str);
      g_assert_true (CALL (fixture->store, put_request, other));
      assert_copies (fixture, "");

      g_assert_true (CALL (fixture->store, put_request, same));
      assert_copies (fixture, "10 n9");
    }
}

/* As many stay as were meant. */
static void
test_what_is_meant_twice_is_no_copy (Fixture       *fixture,
                                     gconstpointer  data)
{
  file (fixture, "9", "09:41:00");
  file (fixture, "10", "09:42:00");
  assert_copies (fixture, "");

  /* Of two no clock tells that only one was meant. */
  set_age (fixture, "9", 25);
  assert_copies (fixture, "");

  put (fixture, "11", "09:42:00");
  assert_copies (fixture, "11 n9");

  /* And the same again an hour later. */
  file (fixture, "20", "10:42:00");
  put (fixture, "21", "10:42:01");
  assert_copies (fixture, "11 n9 21 n20");
}

/* What was meant of one thing is no reason to leave two of another. */
static void
test_each_is_a_copy_of_its_own_kind (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdRequest) other = make_filed ("11", "09:41:00");
  g_autoptr (HdRequest) elsewhere = make_filed ("12", "09:41:00");

  g_object_set (other, "subject", "Wi-Fi", NULL);
  g_object_set (elsewhere, "offering-id", "wifi", NULL);
  file (fixture, "9", "09:41:00");
  put (fixture, "10", "09:41:00");
  finish (fixture, other);
  finish (fixture, elsewhere);
  assert_copies (fixture, "10 n9");
}

/* It may be there already, and meant. */
static void
test_nothing_is_a_copy_while_the_same_is_under_way (Fixture       *fixture,
                                                    gconstpointer  data)
{
  g_autoptr (HdDraft) draft = NULL;

  file (fixture, "9", "09:41:00");
  put (fixture, "10", "09:41:00");
  enqueue (fixture, "other", "wifi", TRUE);
  enqueue (fixture, "refused", "vpn", FALSE);
  assert_copies (fixture, "10 n9");

  enqueue (fixture, "same", "vpn", TRUE);
  assert_copies (fixture, "");
  draft = CALL (fixture->store, return_to_draft, "same");
  assert_copies (fixture, "");
  g_assert_true (CALL (fixture->store, delete_draft, "same"));
  assert_copies (fixture, "10 n9");
}

static void
test_nothing_is_a_copy_of_what_is_not_known_to_be_filed_here (Fixture       *fixture,
                                                              gconstpointer  data)
{
  g_autoptr (HdRequest) request = make_filed ("8", "09:41:00");

  put (fixture, "9", "09:41:00");
  put (fixture, "10", "09:41:00");
  assert_copies (fixture, "");

  /* A portal that knows keys files nothing twice. */
  enqueue (fixture, "8", "vpn", FALSE);
  g_assert_true (CALL (fixture->store, finish_submission, "8", request));
  assert_copies (fixture, "");

  file (fixture, "9", "09:41:00");
  assert_copies (fixture, "9 n8 10 n8");
  set_age (fixture, "9", 25);
  assert_copies (fixture, "");
}

/* A list has told that something happened, but not what. */
static void
make_incomplete (Fixture    *fixture,
                 const char *id,
                 const char *time,
                 int         hour)
{
  g_autoptr (HdRequest) request = make_filed (id, time);
  g_autoptr (GDateTime) later = g_date_time_new_utc (2026, 11, 22, hour, 0, 0);
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);

  g_object_set (request, "updated-at", later, NULL);
  g_list_store_append (items, request);
  g_assert_true (CALL (fixture->store, apply_requests, page, HD_STORE_PART_OF_LIST));
}

static void
complete (Fixture    *fixture,
          const char *id,
          const char *time,
          int         hour,
          HdStatus    status)
{
  g_autoptr (HdRequest) request = make_filed (id, time);
  g_autoptr (GDateTime) later = g_date_time_new_utc (2026, 11, 22, hour, 0, 0);

  g_object_set (request, "updated-at", later, "status", status, NULL);
  g_assert_true (CALL (fixture->store, put_request, request));
}

static void
test_all_of_both_must_be_known (Fixture       *fixture,
                                gconstpointer  data)
{
  static const char *const ids[] = { "9", "10" };

  file (fixture, "9", "09:41:00");
  put (fixture, "10", "09:41:00");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      make_incomplete (fixture, ids[i], "09:41:00", 14);
      assert_copies (fixture, "");
      complete (fixture, ids[i], "09:41:00", 14, HD_STATUS_REGISTERED);
      assert_copies (fixture, "10 n9");
    }

  /* Else the other that was meant would be taken for the copy of the copy. */
  file (fixture, "11", "09:42:00");
  assert_copies (fixture, "11 n9");
  make_incomplete (fixture, "9", "09:41:00", 15);
  assert_copies (fixture, "");
}

/* The desk may have closed the older since it is the copy; whatever is reopened, as many as were meant go on. */
static void
test_what_is_ended_leaves_the_others (Fixture       *fixture,
                                      gconstpointer  data)
{
  file (fixture, "9", "09:41:00");
  put (fixture, "10", "09:41:00");
  complete (fixture, "9", "09:41:00", 14, HD_STATUS_CANCELLED);
  assert_copies (fixture, "");
  file (fixture, "11", "09:42:00");
  assert_copies (fixture, "");
  put (fixture, "12", "09:42:00");
  assert_copies (fixture, "12 n10");
  complete (fixture, "9", "09:41:00", 15, HD_STATUS_IN_PROGRESS);
  assert_copies (fixture, "11 n9 12 n9");
  complete (fixture, "11", "09:42:00", 15, HD_STATUS_CANCELLED);
  complete (fixture, "12", "09:42:00", 15, HD_STATUS_CANCELLED);
  complete (fixture, "9", "09:41:00", 16, HD_STATUS_CLOSED);
  assert_copies (fixture, "");
}

static void
test_what_was_filed_long_ago_is_forgotten (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "drafts.db", NULL);
  g_autofree char *sql =
    g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                     " INSERT INTO filed (request_id, at) SELECT 'r' || i, 0 FROM n", FORGOTTEN - 1);

  file (fixture, "9", "09:41:00");
  put (fixture, "10", "09:41:00");
  run_sql (path, sql);
  assert_copies (fixture, "10 n9");
  file (fixture, "20", "12:00:00");
  assert_copies (fixture, "");
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/copies/are-known-by-their-key", test_copies_are_known_by_their_key);
  ADD_TEST ("/store/copies/are-known-by-their-looks", test_copies_are_known_by_their_looks);
  ADD_TEST ("/store/copies/the-answer-may-be-of-the-younger", test_the_answer_may_be_of_the_younger);
  ADD_TEST ("/store/copies/what-differs-is-no-copy", test_what_differs_is_no_copy);
  ADD_TEST ("/store/copies/what-is-meant-twice-is-no-copy", test_what_is_meant_twice_is_no_copy);
  ADD_TEST ("/store/copies/each-is-a-copy-of-its-own-kind", test_each_is_a_copy_of_its_own_kind);
  ADD_TEST ("/store/copies/nothing-is-a-copy-while-the-same-is-under-way", test_nothing_is_a_copy_while_the_same_is_under_way);
  ADD_TEST ("/store/copies/nothing-is-a-copy-of-what-is-not-known-to-be-filed-here",
            test_nothing_is_a_copy_of_what_is_not_known_to_be_filed_here);
  ADD_TEST ("/store/copies/all-of-both-must-be-known", test_all_of_both_must_be_known);
  ADD_TEST ("/store/copies/what-is-ended-leaves-the-others", test_what_is_ended_leaves_the_others);
  ADD_TEST ("/store/copies/what-was-filed-long-ago-is-forgotten", test_what_was_filed_long_ago_is_forgotten);

  return g_test_run ();
}
