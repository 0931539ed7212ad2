/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-record-json.h"
#include "store-support.h"

/* A draft "d1" with a file, saved. */
static HdDraft *
put_draft (HdStore *store)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("content", 7);
  g_autoptr (HdDraft) draft = make_draft ("d1", "o1", NULL, "текст");
  g_autoptr (HdDraftFile) file = CALL (store, add_draft_bytes, "d1", "f", "n.txt", "text/plain", bytes);

  g_assert_true (CALL (store, save_draft, draft));
  return CALL (store, get_draft, "d1");
}

static HdSubmission *
make_submission (const char *id,
                 HdAction    action,
                 HdDraft    *draft)
{
  g_autofree char *key = g_strconcat ("key-", id, NULL);

  return g_object_new (HD_TYPE_SUBMISSION, "id", id, "client-key", key, "action", action, "draft", draft,
                       "title", "Назва", "request-id", "r1", "stars", (gint64) 4, "comment", "Дякую", NULL);
}

static void
enqueue (HdStore    *store,
         const char *id,
         HdDraft    *draft)
{
  g_autoptr (HdSubmission) submission = make_submission (id, HD_ACTION_SUBMIT, draft);

  g_assert_true (CALL (store, enqueue, submission));
}

static char *
list_ids (HdStore *store)
{
  g_autoptr (GListModel) outbox = CALL (store, list_outbox);

  return list_property (outbox, "id");
}

static void
test_a_draft_moves_into_the_outbox_with_its_files (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (HdSubmission) submission = make_submission ("s1", HD_ACTION_SUBMIT, draft);
  g_autoptr (HdSubmission) read = NULL;
  g_autoptr (HdDraftFile) file = NULL;
  g_autoptr (GListModel) drafts = NULL;
  g_autoptr (GListModel) outbox = NULL;

  g_assert_true (CALL (fixture->store, enqueue, submission));
  fixture_reopen (fixture);

  drafts = CALL (fixture->store, list_drafts);
  outbox = CALL (fixture->store, list_outbox);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (outbox), ==, 1);

  read = g_list_model_get_item (outbox, 0);
  g_object_set (submission, "issues", hd_submission_get_issues (read), NULL);
  g_assert_true (hd_record_equal (HD_RECORD (read), HD_RECORD (submission)));

  file = g_list_model_get_item (hd_draft_get_files (hd_submission_get_draft (read)), 0);
  g_assert_true (g_file_test (hd_draft_file_get_path (file), G_FILE_TEST_IS_REGULAR));
}

static void
test_entries_come_in_the_order_they_were_put_in (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *ids = NULL;
  g_autofree char *later = NULL;

  enqueue (fixture->store, "b", NULL);
  enqueue (fixture->store, "a", NULL);
  enqueue (fixture->store, "c", NULL);
  ids = list_ids (fixture->store);
  g_assert_cmpstr (ids, ==, "b a c");

  /* Neither an update nor reopening changes the order, and a place that became free is not taken again. */
  g_assert_true (CALL (fixture->store, discard_submission, "c"));
  fixture_reopen (fixture);
  enqueue (fixture->store, "0", NULL);
  {
    g_autoptr (HdSubmission) submission = make_submission ("b", HD_ACTION_SUBMIT, NULL);

    g_object_set (submission, "attempts", (gint64) 3, NULL);
    g_assert_true (CALL (fixture->store, update_submission, submission));
  }
  later = list_ids (fixture->store);
  g_assert_cmpstr (later, ==, "b a 0");
}

static void
test_the_same_entry_is_not_put_in_twice (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (HdSubmission) submission = make_submission ("s1", HD_ACTION_SUBMIT, NULL);
  g_autoptr (HdSubmission) again = make_submission ("s1", HD_ACTION_SUBMIT, draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraft) kept = NULL;
  g_autofree char *ids = NULL;

  g_assert_true (CALL (fixture->store, enqueue, submission));
  g_assert_false (TRY (fixture->store, &error, enqueue, again));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);

  /* And nothing of it is half done. */
  kept = CALL (fixture->store, get_draft, "d1");
  ids = list_ids (fixture->store);
  g_assert_nonnull (kept);
  g_assert_cmpstr (ids, ==, "s1");
}

static void
test_a_late_save_does_not_bring_the_draft_back (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (GListModel) drafts = NULL;
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;

  enqueue (fixture->store, "s1", draft);
  g_assert_false (TRY (fixture->store, &error, save_draft, draft));
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
  g_assert_true (CALL (fixture->store, delete_draft, "d1"));

  drafts = CALL (fixture->store, list_drafts);
  outbox = CALL (fixture->store, list_outbox);
  submission = g_list_model_get_item (outbox, 0);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (hd_submission_get_draft (submission))), ==, 1);
}

static void
test_a_state_is_kept_and_what_is_sent_is_not_listed (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autoptr (GDateTime) later = g_date_time_new_utc (2026, 11, 22, 10, 0, 0);
  g_autoptr (HdSubmission) submission = make_submission ("s1", HD_ACTION_RATE, NULL);
  g_autoptr (HdSubmission) read = NULL;
  g_autoptr (GListModel) outbox = NULL;
  g_autofree char *ids = NULL;

  g_assert_true (CALL (fixture->store, enqueue, submission));
  g_object_set (submission, "state", HD_SUBMISSION_STATE_REFUSED, "attempts", (gint64) 2, "error-code", (gint64) 10,
                "error-text", "Ні", "next-attempt-at", later, NULL);
  g_assert_true (CALL (fixture->store, update_submission, submission));
  fixture_reopen (fixture);

  outbox = CALL (fixture->store, list_outbox);
  read = g_list_model_get_item (outbox, 0);
  g_object_set (submission, "issues", hd_submission_get_issues (read), NULL);
  g_assert_true (hd_record_equal (HD_RECORD (read), HD_RECORD (submission)));

  g_object_set (submission, "state", HD_SUBMISSION_STATE_SENT, NULL);
  g_assert_true (CALL (fixture->store, update_submission, submission));
  ids = list_ids (fixture->store);
  g_assert_cmpstr (ids, ==, "");
}

static void
test_what_was_discarded_cannot_be_updated (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = make_submission ("s1", HD_ACTION_CANCEL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (TRY (fixture->store, &error, update_submission, submission));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
}

static void
test_finishing_keeps_the_request_and_leaves_no_file (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (HdRequest) request = make_request ("{\"id\":\"r9\",\"number\":\"10316\",\"messages\":[]}");
  g_autoptr (HdRequest) kept = NULL;
  g_autofree char *ids = NULL;

  enqueue (fixture->store, "s1", draft);
  enqueue (fixture->store, "s2", NULL);
  g_assert_cmpuint (count_files (files), ==, 1);
  g_assert_true (CALL (fixture->store, finish_submission, "s1", request));
  g_assert_true (CALL (fixture->store, finish_submission, "s2", NULL));

  kept = CALL (fixture->store, get_request, "r9");
  ids = list_ids (fixture->store);
  g_assert_cmpstr (hd_request_get_number (kept), ==, "10316");
  g_assert_cmpstr (ids, ==, "");
  g_assert_cmpuint (count_files (files), ==, 0);
}

static void
test_an_entry_becomes_a_draft_again (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (HdDraft) returned = NULL;
  g_autoptr (HdDraft) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;

  enqueue (fixture->store, "s1", draft);
  returned = CALL (fixture->store, return_to_draft, "s1");
  kept = CALL (fixture->store, get_draft, "d1");
  ids = list_ids (fixture->store);

  g_assert_true (hd_record_equal (HD_RECORD (returned), HD_RECORD (draft)));
  g_assert_true (hd_record_equal (HD_RECORD (kept), HD_RECORD (draft)));
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (kept)), ==, 1);
  g_assert_cmpstr (ids, ==, "");

  g_assert_null (TRY (fixture->store, &error, return_to_draft, "s1"));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
}

/* Two windows, or a window and helpdeskctl, with the same draft. */
static void
test_a_draft_is_not_put_in_twice (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (HdSubmission) again = make_submission ("s2", HD_ACTION_SUBMIT, draft);
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;

  enqueue (fixture->store, "s1", draft);
  g_assert_false (TRY (fixture->store, &error, enqueue, again));
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
  ids = list_ids (fixture->store);
  g_assert_cmpstr (ids, ==, "s1");
}

static void
test_what_is_being_sent_does_not_become_a_draft (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (HdSubmission) submission = make_submission ("s1", HD_ACTION_SUBMIT, draft);
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;

  g_object_set (submission, "state", HD_SUBMISSION_STATE_SENDING, NULL);
  g_assert_true (CALL (fixture->store, enqueue, submission));
  g_assert_null (TRY (fixture->store, &error, return_to_draft, "s1"));
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
  ids = list_ids (fixture->store);
  g_assert_cmpstr (ids, ==, "s1");
}

typedef struct
{
  gint64             attempts;
  HdSubmissionState  state;
  const char        *key;  /* of the second time */
  HdError            error;
} Resent;

static void
test_what_may_have_arrived_keeps_its_key (Fixture       *fixture,
                                          gconstpointer  data)
{
  const Resent cases[] = {
    { 0, HD_SUBMISSION_STATE_QUEUED, "key-s2" },
    { 1, HD_SUBMISSION_STATE_QUEUED, "key-s1" },
    { 3, HD_SUBMISSION_STATE_PAUSED, "key-s1" },
    /* The portal has said that it does not have it. */
    { 1, HD_SUBMISSION_STATE_REFUSED, "key-s2" },
    /* Of the attempt before it has said nothing, unless that it has it. */
    { 2, HD_SUBMISSION_STATE_REFUSED, "key-s1" },
    { 2, HD_SUBMISSION_STATE_REFUSED, "key-s2", HD_ERROR_SENT_BEFORE },
  };

  const char *const baseline[] = { "r1", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdDraft) draft = put_draft (fixture->store);
      g_autoptr (HdDraft) returned = NULL;
      g_autoptr (HdSubmission) submission = make_submission ("s1", HD_ACTION_SUBMIT, draft);
      g_autoptr (HdSubmission) sent_again = NULL;
      g_autoptr (GListModel) outbox = NULL;

      g_test_message ("case %u", i);
      g_object_set (submission,
                    "attempts", cases[i].attempts, "state", cases[i].state, "error-code", (gint64) cases[i].error,
                    "baseline", baseline,
                    NULL);
      g_assert_true (CALL (fixture->store, enqueue, submission));
      returned = CALL (fixture->store, return_to_draft, "s1");
      /* Saving what is typed then changes nothing about it. */
      g_assert_true (CALL (fixture->store, save_draft, returned));
      enqueue (fixture->store, "s2", returned);

      outbox = CALL (fixture->store, list_outbox);
      sent_again = g_list_model_get_item (outbox, 0);
      g_assert_cmpstr (hd_submission_get_client_key (sent_again), ==, cases[i].key);
      g_assert_true (g_str_equal (cases[i].key, "key-s1") == (hd_submission_get_baseline (sent_again) != NULL));
      g_assert_true (CALL (fixture->store, discard_submission, "s2"));
    }
}

static void
test_discarding_leaves_no_file (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *files = g_build_filename (fixture->directory, "files", NULL);
  g_autoptr (HdDraft) draft = put_draft (fixture->store);
  g_autoptr (GListModel) drafts = NULL;

  enqueue (fixture->store, "s1", draft);
  g_assert_true (CALL (fixture->store, discard_submission, "s1"));
  g_assert_true (CALL (fixture->store, discard_submission, "s1"));
  drafts = CALL (fixture->store, list_drafts);
  g_assert_cmpuint (g_list_model_get_n_items (drafts), ==, 0);
  g_assert_cmpuint (count_files (files), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/outbox/a-draft-moves-into-the-outbox-with-its-files",
            test_a_draft_moves_into_the_outbox_with_its_files);
  ADD_TEST ("/store/outbox/entries-come-in-the-order-they-were-put-in",
            test_entries_come_in_the_order_they_were_put_in);
  ADD_TEST ("/store/outbox/the-same-entry-is-not-put-in-twice", test_the_same_entry_is_not_put_in_twice);
  ADD_TEST ("/store/outbox/a-late-save-does-not-bring-the-draft-back",
            test_a_late_save_does_not_bring_the_draft_back);
  ADD_TEST ("/store/outbox/a-state-is-kept-and-what-is-sent-is-not-listed",
            test_a_state_is_kept_and_what_is_sent_is_not_listed);
  ADD_TEST ("/store/outbox/what-was-discarded-cannot-be-updated", test_what_was_discarded_cannot_be_updated);
  ADD_TEST ("/store/outbox/finishing-keeps-the-request-and-leaves-no-file",
            test_finishing_keeps_the_request_and_leaves_no_file);
  ADD_TEST ("/store/outbox/an-entry-becomes-a-draft-again", test_an_entry_becomes_a_draft_again);
  ADD_TEST ("/store/outbox/a-draft-is-not-put-in-twice", test_a_draft_is_not_put_in_twice);
  ADD_TEST ("/store/outbox/what-is-being-sent-does-not-become-a-draft",
            test_what_is_being_sent_does_not_become_a_draft);
  ADD_TEST ("/store/outbox/what-may-have-arrived-keeps-its-key", test_what_may_have_arrived_keeps_its_key);
  ADD_TEST ("/store/outbox/discarding-leaves-no-file", test_discarding_leaves_no_file);

  return g_test_run ();
}
