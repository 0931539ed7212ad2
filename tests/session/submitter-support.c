/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "submitter-support.h"

#include "hd-record-json.h"

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

void
make_submitter (Fixture *fixture)
{
  fixture->submitter = hd_submitter_new (HD_PORTAL (fixture->portal), fixture->store);
  hd_submitter_set_back_off (fixture->submitter, 10, 20);
  hd_submitter_set_settle (fixture->submitter, 0);
  g_signal_connect (fixture->submitter, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->submitter, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect (fixture->submitter, "answered", G_CALLBACK (answered_cb), fixture);
}

void
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

void
drop_submitter (Fixture *fixture)
{
  gpointer weak = fixture->submitter;

  g_signal_handlers_disconnect_by_data (fixture->submitter, fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->submitter), &weak);
  hd_submitter_set_enabled (fixture->submitter, FALSE);
  g_clear_object (&fixture->submitter);
  HD_TEST_AWAIT (weak == NULL);
}

void
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

HdSubmission *
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
HdSubmission *
get_entry (Fixture *fixture)
{
  g_autoptr (GListModel) outbox = hd_test_list_outbox (fixture->store);

  g_assert_cmpuint (g_list_model_get_n_items (outbox), <=, 1);
  return g_list_model_get_item (outbox, 0);
}

void
set_sending (Fixture *fixture)
{
  g_autoptr (HdSubmission) entry = get_entry (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (entry, "state", HD_SUBMISSION_STATE_SENDING, NULL);
  hd_store_update_submission_async (fixture->store, entry, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_update_submission_finish (fixture->store, result, NULL));
}

void
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
