/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-support.h"

#include "hd-answers.h"

gboolean
hd_test_open (HdSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean there;

  hd_session_open_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  there = hd_session_open_finish (session, result, &error);
  g_assert_no_error (error);

  return there;
}

gboolean
hd_test_sign_in (HdSession   *session,
                 const char  *user_name,
                 const char  *password,
                 gboolean     remember,
                 GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_sign_in_async (session, user_name, password, remember, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_session_sign_in_finish (session, result, error);
}

gboolean
hd_test_resume (HdSession  *session,
                GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_resume_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_session_resume_finish (session, result, error);
}

void
hd_test_sign_out (HdSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_session_sign_out_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_session_sign_out_finish (session, result, &error));
  g_assert_no_error (error);
}

gboolean
hd_test_sync (HdSession  *session,
              GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_sync_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_session_sync_finish (session, result, error);
}

HdForm *
hd_test_load_form (HdSession   *session,
                   const char  *offering_id,
                   GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_load_form_async (session, offering_id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_session_load_form_finish (session, result, error);
}

void
hd_test_submit (HdSession    *session,
                HdSubmission *submission)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_session_submit_async (session, submission, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_session_submit_finish (session, result, &error));
  g_assert_no_error (error);
}

GListModel *
hd_test_list_outbox (HdStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *outbox;

  hd_store_list_outbox_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  outbox = hd_store_list_outbox_finish (store, result, &error);
  g_assert_no_error (error);

  return outbox;
}

GListModel *
hd_test_list_requests (HdStore *store)
{
  const HdRequestFilter filter = { .sort = HD_REQUEST_SORT_NUMBER };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *requests;

  hd_store_list_requests_async (store, &filter, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  requests = hd_store_list_requests_finish (store, result, &error);
  g_assert_no_error (error);

  return requests;
}

HdAccount *
hd_test_get_account (HdStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdAccount *account;

  hd_store_get_account_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  account = hd_store_get_account_finish (store, result, &error);
  g_assert_no_error (error);

  return account;
}

char *
hd_test_get_value (HdStore    *store,
                   const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *value;

  hd_store_get_value_async (store, key, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  value = hd_store_get_value_finish (store, result, &error);
  g_assert_no_error (error);

  return value;
}

void
hd_test_set_value (HdStore    *store,
                   const char *key,
                   const char *value)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_set_value_async (store, key, value, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_set_value_finish (store, result, &error);
  g_assert_no_error (error);
}

void
hd_test_save_draft (HdStore *store,
                    HdDraft *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_save_draft_async (store, draft, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_save_draft_finish (store, result, &error);
  g_assert_no_error (error);
}

HdStore *
hd_test_open_store (const char *directory)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdStore *store;

  hd_store_open_async (directory, NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  store = hd_store_open_finish (result, &error);
  g_assert_no_error (error);

  return store;
}

GFile *
hd_test_write_pack (const char *directory,
                    const char *name,
                    HdPackKey  *key,
                    const char *portal,
                    const char *expires_at)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *folder = g_strconcat (path, ".store", NULL);
  g_autoptr (GDateTime) expires = g_date_time_new_from_iso8601 (expires_at, NULL);
  g_autoptr (GDateTime) created = g_date_time_new_now_utc ();
  g_autoptr (HdPackManifest) about = g_object_new (HD_TYPE_PACK_MANIFEST, "portal", portal, "kind", "open",
                                                   "created-at", created, "expires-at", expires, NULL);
  g_autoptr (HdArticle) article = g_object_new (HD_TYPE_ARTICLE, "id", "a", "title", "Стаття", NULL);
  g_autoptr (HdPortalInfo) info = g_object_new (HD_TYPE_PORTAL_INFO, "name", "Портал", NULL);
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (HdPackManifest) manifest = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdStore *store = hd_test_open_store (folder);

  g_list_store_append (articles, article);
  changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", articles, "as-of", "token", NULL);
  hd_store_put_info_async (store, info, NULL, NULL, NULL);
  hd_store_apply_articles_async (store, changes, NULL, NULL, NULL);
  hd_store_write_pack_async (store, path, about, key, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  manifest = hd_store_write_pack_finish (store, result, &error);
  g_assert_no_error (error);
  hd_store_close (store);
  g_clear_object (&result);
  hd_test_drop (store);

  return g_file_new_for_path (path);
}

/* A draft of @form, with one field answered. */
HdDraft *
hd_test_draft_new (HdForm     *form,
                   const char *offering_name,
                   const char *field_id,
                   const char *value)
{
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) list = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  hd_answers_set (answers, field_id, value);
  list = hd_answers_to_list (answers);

  return g_object_new (HD_TYPE_DRAFT,
                       "id", id,
                       "offering-id", hd_form_get_offering_id (form),
                       "offering-name", offering_name,
                       "form-version", hd_form_get_version (form),
                       "title", offering_name,
                       "answers", list,
                       "created-at", now,
                       "updated-at", now,
                       NULL);
}

HdSubmission *
hd_test_submission_new (HdAction    action,
                        HdDraft    *draft,
                        const char *request_id)
{
  return g_object_new (HD_TYPE_SUBMISSION,
                       "action", action,
                       "draft", draft,
                       "title", draft != NULL ? hd_draft_get_title (draft) : NULL,
                       "request-id", request_id,
                       NULL);
}

/* Gives up an object, and waits until nothing holds it any more. */
void
hd_test_drop (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  HD_TEST_AWAIT (weak == NULL);
}

/* The end of the program. */
/* Returns: (transfer full): a session at @portal, of which everything is kept in @directory */
HdSession *
hd_test_session_new (HdTestPortal *portal,
                     HdPolicy     *policy,
                     const char   *directory)
{
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (policy, "open", hd_test_portal_get_url (portal),
                                       hd_test_portal_get_ca_file (portal), directory, &error);

  g_assert_no_error (error);
  g_assert_false (hd_test_open (session));
  g_assert_true (hd_test_sign_in (session, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (hd_test_sync (session, &error));
  g_assert_no_error (error);

  return session;
}

void
hd_test_close (HdSession *session)
{
  hd_session_close (session);
  hd_test_drop (session);
}
