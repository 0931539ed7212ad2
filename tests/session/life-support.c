/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "life-support.h"

#include "hd-record-json.h"

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

void
make_session (Fixture *fixture)
{
  fixture->session = hd_session_new_for_portal (fixture->policy, HD_PORTAL (fixture->portal), "open", PORTAL,
                                                fixture->directory);
  g_signal_connect (fixture->session, "submission-finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->session, "submission-failed", G_CALLBACK (failed_cb), fixture);
}

void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = hd_test_make_tmp_dir ();
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->portal = hd_fake_portal_new ();
  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO,
                              "{\"name\":\"HELP DESK\",\"mail_domain\":\"example.org\"}");
  hd_fake_portal_set_default (fixture->portal, "sign_in", HD_TYPE_ACCOUNT,
                              "{\"id\":\"1\",\"user_name\":\"support\",\"name\":\"Олена\"}");
  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM, FORM);
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, "{}");
  hd_fake_portal_set_default (fixture->portal, "submit", HD_TYPE_REQUEST, REQUEST);
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, REQUEST);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[],\"total\":0,\"as_of\":\"R1\"}");
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[],\"deleted\":[],\"as_of\":\"A1\",\"more\":false}");
  make_session (fixture);
  g_assert_false (hd_test_open (fixture->session));
}

void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_sign_out (fixture->session); /* the keyring is one for all cases */
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_clear_object (&fixture->policy);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

void
sign_in (Fixture  *fixture,
         gboolean  remember)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_test_sign_in (fixture->session, "support", "Пароль-1", remember, &error));
  g_assert_no_error (error);
}

/* Signed in, and the first sync is over. */
void
settle (Fixture  *fixture,
        gboolean  remember)
{
  g_autoptr (GError) error = NULL;

  sign_in (fixture, remember);
  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
}

HdSubmission *
submit (Fixture *fixture)
{
  g_autoptr (HdForm) form = hd_record_new_from_string (HD_TYPE_FORM, FORM, NULL);
  g_autoptr (HdDraft) draft = hd_test_draft_new (form, "VPN", "reason", "потрібно");
  HdSubmission *submission = hd_test_submission_new (HD_ACTION_SUBMIT, draft, NULL);

  hd_test_save_draft (hd_session_get_store (fixture->session), draft);
  hd_test_submit (fixture->session, submission);

  return submission;
}
