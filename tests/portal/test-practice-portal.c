/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-error.h"
#include "hd-form-rules.h"
#include "hd-portal-call.h"
#include "hd-portal-factory.h"
#include "hd-record-json.h"
#include "hd-test-portal.h"

/*
 * The open portal against the real practice portal, over TLS.  One server serves
 * all the tests; each has a client of its own.
 */

static HdTestPortal *server = NULL; /* (owned) for the life of main() */

typedef struct
{
  HdPortal *portal;
  char     *folder;
} Fixture;

static void
sign_in (HdPortal *portal)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  account = HD_PORTAL_CALL (sign_in, portal, &error, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_user_name (account), ==, HD_TEST_PORTAL_USER);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  signed_in)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = hd_test_make_tmp_dir ();
  fixture->portal = hd_portal_new_for_kind ("open", hd_test_portal_get_url (server),
                                            hd_test_portal_get_ca_file (server), NULL, &error);
  g_assert_no_error (error);

  if (signed_in != NULL)
    sign_in (fixture->portal);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  signed_in)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  hd_test_remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static HdForm *
get_form (Fixture    *fixture,
          const char *offering_id)
{
  g_autoptr (GError) error = NULL;
  HdForm *form = HD_PORTAL_CALL (get_form, fixture->portal, &error, offering_id);

  g_assert_no_error (error);
  return form;
}

/* An entry of the outbox; draft is the draft's JSON without its braces. */
static HdSubmission *
create_submission (const char *action,
                   const char *request_id,
                   const char *draft)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"client_key\":\"%s\",\"action\":\"%s\",\"request_id\":\"%s\","
                                           "\"article_id\":\"%s\",\"comment\":\"Дякую\",\"stars\":5,\"helpful\":true,"
                                           "\"draft\":{\"id\":\"1\"%s%s}}",
                                           key, key, action, request_id,
                                           g_str_equal (action, "feedback") ? "mail-password" : "",
                                           *draft != '\0' ? "," : "", draft);
  g_autoptr (GError) error = NULL;
  HdSubmission *submission = hd_record_new_from_string (HD_TYPE_SUBMISSION, json, &error);

  g_assert_no_error (error);

  if (!g_str_equal (action, "feedback"))
    g_object_set (submission, "article-id", NULL, NULL);

  return submission;
}

/* A draft's files: one with a name that has everything in it. */
static char *
create_files (Fixture    *fixture,
              const char *field,
              const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, "копія", NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return g_strdup_printf ("\"files\":[{\"id\":\"f\"%s,\"name\":\"звіт \\\"1\\\"; за тиждень.txt\","
                          "\"content_type\":\"text/plain\",\"path\":\"%s\",\"size\":%" G_GSIZE_FORMAT "}]",
                          field, path, strlen (content));
}

static HdRequest *
file_incident (Fixture    *fixture,
               const char *content)
{
  g_autoptr (HdForm) form = get_form (fixture, "printer");
  g_autofree char *files = create_files (fixture, ",\"field_id\":\"photo\"", content);
  g_autofree char *draft = g_strconcat ("\"offering_id\":\"printer\",\"answers\":[{\"field_id\":\"description\","
                                        "\"values\":[\"Не друкує <b>зовсім</b>\"]}],", files, NULL);
  g_autoptr (HdSubmission) submission = create_submission ("submit", "", draft);
  g_autoptr (HdRequest) again = NULL;
  g_autoptr (GError) error = NULL;
  HdRequest *request = HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL);

  g_assert_no_error (error);

  /* As if the answer had been lost: nothing new is filed. */
  again = HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_id (again), ==, hd_request_get_id (request));

  return request;
}

static void
test_tells_about_itself (Fixture       *fixture,
                         gconstpointer  signed_in)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_portal_info_get_mail_domain (info), ==, "customs.gov.ua");
  g_assert_cmpuint (g_list_model_get_n_items (hd_portal_info_get_contacts (info)), ==, 2);
  g_assert_cmpint (hd_portal_info_get_max_file_size (info), ==, 1048576);
  g_assert_cmpstr (hd_portal_info_get_synonyms (info)[0], ==, "мейлбокс, скринька");
  g_assert_cmpint (hd_portal_get_capabilities (fixture->portal), ==, 0x7ff);
}

static void
test_the_life_of_a_session (Fixture       *fixture,
                            gconstpointer  signed_in)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (get_account, fixture->portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_SIGNED_OUT);
  g_clear_error (&error);

  g_assert_null (HD_PORTAL_CALL (sign_in, fixture->portal, &error, "Support", "неправильний"));
  g_assert_error (error, HD_ERROR, HD_ERROR_CREDENTIALS);
  g_assert_cmpint (hd_error_get_tries_left (error), ==, 4);
  g_clear_error (&error);

  sign_in (fixture->portal);
  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_name (account), ==, "Олена Коваль");

  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_no_error (error);
  g_assert_null (HD_PORTAL_CALL (get_account, fixture->portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_SIGNED_OUT);
}

static void
test_too_many_wrong_passwords_lock (Fixture       *fixture,
                                    gconstpointer  signed_in)
{
  g_autoptr (GError) error = NULL;

  hd_test_portal_add_user (server, "locked", "Пароль-2");

  for (guint i = 0; i < 6; i++)
    {
      g_clear_error (&error);
      g_assert_null (HD_PORTAL_CALL (sign_in, fixture->portal, &error, "locked", "неправильний"));
    }

  g_assert_error (error, HD_ERROR, HD_ERROR_LOCKED);
  g_assert_cmpint (hd_error_get_retry_after (error), >, 0);
}

static void
test_catalog_forms_and_options (Fixture       *fixture,
                                gconstpointer  signed_in)
{
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (HdCatalog) unchanged = NULL;
  g_autoptr (HdForm) form = get_form (fixture, "everything");
  g_autoptr (HdForm) again = get_form (fixture, "everything");
  g_autoptr (HdOptionList) staff = NULL;
  g_autoptr (HdOptionList) offices = NULL;
  g_autoptr (GError) error = NULL;

  catalog = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_catalog_get_offerings (catalog)), ==, 3);
  unchanged = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, hd_catalog_get_version (catalog));
  g_assert_no_error (error);
  g_assert_null (hd_catalog_get_version (unchanged));

  g_assert_cmpuint (g_list_model_get_n_items (hd_form_get_fields (form)), ==, 10);
  g_assert_true (hd_record_equal (HD_RECORD (form), HD_RECORD (again)));

  staff = HD_PORTAL_CALL (get_options, fixture->portal, &error, "staff", "КОВАЛЬ", NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (staff)), ==, 1);
  offices = HD_PORTAL_CALL (get_options, fixture->portal, &error, "offices", NULL, "north");
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (offices)), ==, 2);

  g_assert_null (HD_PORTAL_CALL (get_form, fixture->portal, &error, "немає"));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
}

static void
test_files_a_request_once (Fixture       *fixture,
                           gconstpointer  signed_in)
{
  g_autoptr (HdRequest) request = file_incident (fixture, "вміст файла");
  g_autoptr (HdAttachment) attachment = NULL;
  g_autoptr (HdRequestPage) page = NULL;
  g_autoptr (HdRequest) same = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "збережено", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hd_request_get_kind (request), ==, HD_KIND_INCIDENT);
  g_assert_cmpint (hd_request_get_status (request), ==, HD_STATUS_REGISTERED);
  g_assert_cmpint (g_ascii_strtoll (hd_request_get_number (request), NULL, 10), >=, 10316);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_attachments (request)), ==, 1);

  attachment = g_list_model_get_item (hd_request_get_attachments (request), 0);
  g_assert_cmpstr (hd_attachment_get_name (attachment), ==, "звіт \"1\"; за тиждень.txt");
  g_assert_true (HD_PORTAL_CALL (download, fixture->portal, &error, hd_request_get_id (request),
                                 hd_attachment_get_id (attachment), file, NULL));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "вміст файла");

  page = HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL);
  g_assert_no_error (error);
  same = g_list_model_get_item (hd_request_page_get_items (page), 0);
  g_assert_cmpstr (hd_request_get_id (same), ==, hd_request_get_id (request));
}

static void
test_what_is_wrong_is_told_by_field (Fixture       *fixture,
                                     gconstpointer  signed_in)
{
  g_autoptr (HdForm) form = get_form (fixture, "mailbox");
  g_autoptr (HdSubmission) submission =
    create_submission ("submit", "", "\"offering_id\":\"mailbox\",\"answers\":["
                       "{\"field_id\":\"subject\",\"values\":[\"Скринька\"]},"
                       "{\"field_id\":\"login\",\"values\":[\"Логін\"]}]");
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_REFUSED);
  g_assert_cmpuint (g_list_model_get_n_items (hd_error_get_fields (error)), ==, 2);
}

static void
test_an_old_form_is_told_apart (Fixture       *fixture,
                                gconstpointer  signed_in)
{
  g_autoptr (HdForm) form = get_form (fixture, "printer");
  g_autoptr (HdSubmission) submission =
    create_submission ("submit", "", "\"offering_id\":\"printer\",\"answers\":["
                       "{\"field_id\":\"description\",\"values\":[\"Не друкує\"]}]");
  g_autoptr (GError) error = NULL;

  g_object_set (form, "version", hd_form_get_version (form) + 1, NULL);
  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_FORM_CHANGED);
}

static void
test_a_file_over_the_limit_is_refused (Fixture       *fixture,
                                       gconstpointer  signed_in)
{
  g_autoptr (HdForm) form = get_form (fixture, "printer");
  g_autofree char *content = g_strnfill (1048576 + 1, 'x');
  g_autofree char *files = create_files (fixture, ",\"field_id\":\"photo\"", content);
  g_autofree char *draft = g_strconcat ("\"offering_id\":\"printer\",\"answers\":[{\"field_id\":\"description\","
                                        "\"values\":[\"Не друкує\"]}],", files, NULL);
  g_autoptr (HdSubmission) submission = create_submission ("submit", "", draft);
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_TOO_LARGE);
}

static void
test_the_life_of_a_request (Fixture       *fixture,
                            gconstpointer  signed_in)
{
  g_autoptr (HdRequest) request = file_incident (fixture, "1");
  const char *id = hd_request_get_id (request);
  g_autofree char *files = create_files (fixture, "", "відповідь");
  g_autofree char *draft = g_strconcat ("\"text\":\"Ще не друкує.\",", files, NULL);
  g_autoptr (HdSubmission) reply = create_submission ("reply", id, draft);
  g_autoptr (HdSubmission) reopen = create_submission ("reopen", id, "");
  g_autoptr (HdSubmission) confirm = create_submission ("confirm", id, "");
  g_autoptr (HdSubmission) rate = create_submission ("rate", id, "");
  g_autoptr (HdSubmission) cancel = create_submission ("cancel", id, "");
  g_autoptr (HdRequestPage) before = NULL;
  g_autoptr (HdRequestPage) after = NULL;
  g_autoptr (HdRequest) replied = NULL;
  g_autoptr (HdRequest) reopened = NULL;
  g_autoptr (HdRequest) confirmed = NULL;
  g_autoptr (HdRequest) rated = NULL;
  g_autoptr (HdMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  before = HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL);
  g_assert_no_error (error);
  hd_test_portal_desk (server, NULL, "reply", hd_request_get_number (request), "Увімкніть принтер.", NULL);

  replied = HD_PORTAL_CALL (reply, fixture->portal, &error, reply, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (replied)), ==, 2);
  message = g_list_model_get_item (hd_request_get_messages (replied), 1);
  g_assert_true (hd_message_get_mine (message));
  g_assert_cmpstr (hd_message_get_text (message), ==, "Ще не друкує.");
  g_assert_cmpuint (g_list_model_get_n_items (hd_message_get_attachments (message)), ==, 1);

  after = HD_PORTAL_CALL (list_requests, fixture->portal, &error, hd_request_page_get_as_of (before), NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_page_get_items (after)), ==, 1);

  hd_test_portal_desk (server, NULL, "status", hd_request_get_number (request), "closed", NULL);
  reopened = HD_PORTAL_CALL (act, fixture->portal, &error, reopen, NULL);
  g_assert_no_error (error);
  g_assert_true (hd_status_is_open (hd_request_get_status (reopened)));

  confirmed = HD_PORTAL_CALL (act, fixture->portal, &error, confirm, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hd_request_get_status (confirmed), ==, HD_STATUS_CLOSED);

  rated = HD_PORTAL_CALL (act, fixture->portal, &error, rate, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hd_request_get_rating (rated), ==, 5);

  g_assert_null (HD_PORTAL_CALL (act, fixture->portal, &error, cancel, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
}

static void
test_cancels (Fixture       *fixture,
              gconstpointer  signed_in)
{
  g_autoptr (HdRequest) request = file_incident (fixture, "1");
  g_autoptr (HdSubmission) cancel = create_submission ("cancel", hd_request_get_id (request), "");
  g_autoptr (HdRequest) cancelled = NULL;
  g_autoptr (HdRequest) read = NULL;
  g_autoptr (GError) error = NULL;

  cancelled = HD_PORTAL_CALL (act, fixture->portal, &error, cancel, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hd_request_get_status (cancelled), ==, HD_STATUS_CANCELLED);

  read = HD_PORTAL_CALL (get_request, fixture->portal, &error, hd_request_get_id (request), NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hd_request_get_status (read), ==, HD_STATUS_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_history (read)), ==, 2);
}

static void
test_reads_what_is_published (Fixture       *fixture,
                              gconstpointer  signed_in)
{
  g_autoptr (HdArticleChanges) all = NULL;
  g_autoptr (HdArticleChanges) none = NULL;
  g_autoptr (HdAnnouncementList) announcements = NULL;
  g_autoptr (HdSubmission) feedback = create_submission ("feedback", "", "");
  g_autoptr (GError) error = NULL;
  guint n_pictures = 0;

  all = HD_PORTAL_CALL (list_articles, fixture->portal, &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_article_changes_get_articles (all)), ==, 2);
  g_assert_false (hd_article_changes_get_more (all));

  none = HD_PORTAL_CALL (list_articles, fixture->portal, &error, hd_article_changes_get_as_of (all));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_article_changes_get_articles (none)), ==, 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (hd_article_changes_get_articles (all), i);
      const char *const *media = hd_article_get_media (article);
      g_autoptr (GHashTable) bundle = NULL;

      if (media == NULL || media[0] == NULL)
        continue;

      bundle = HD_PORTAL_CALL (get_media_bundle, fixture->portal, &error, media);
      g_assert_no_error (error);

      for (guint j = 0; media[j] != NULL; j++)
        {
          g_autoptr (GBytes) picture = HD_PORTAL_CALL (get_media, fixture->portal, &error, media[j]);

          g_assert_no_error (error);
          g_assert_true (g_bytes_equal (picture, g_hash_table_lookup (bundle, media[j])));
          n_pictures++;
        }
    }

  g_assert_cmpuint (n_pictures, >, 0);

  announcements = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_announcement_list_get_announcements (announcements)), ==, 2);

  g_assert_true (HD_PORTAL_CALL (send_feedback, fixture->portal, &error, feedback));
  g_assert_no_error (error);
}

static void
test_an_unknown_authority_is_told (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPortal) portal = hd_portal_new_for_kind ("open", hd_test_portal_get_url (server), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (HD_PORTAL_CALL (get_info, portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_TLS);
  g_assert_cmpint (hd_error_get_tls_flags (error) & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);
}

static void
test_a_hard_outage_is_maintenance (Fixture       *fixture,
                                   gconstpointer  signed_in)
{
  g_autoptr (GError) error = NULL;

  hd_test_portal_desk (server, NULL, "outage", "on", "--hard", "--message", "Оновлення", NULL);
  g_assert_null (HD_PORTAL_CALL (get_account, fixture->portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_MAINTENANCE);
  g_assert_cmpstr (hd_error_get_detail (error), ==, "Оновлення");
  hd_test_portal_desk (server, NULL, "outage", "off", NULL);
}

/* Runs last. */
static void
test_a_portal_that_went_away_is_a_network_fault (Fixture       *fixture,
                                                 gconstpointer  signed_in)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  hd_test_portal_stop (server);
  g_assert_null (HD_PORTAL_CALL (get_account, fixture->portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_NETWORK);
  g_clear_error (&error);

  hd_test_portal_start (server);
  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_no_error (error);
}

#define N_MANY 450

static void
import_many_articles (void)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("many-%u.html", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents (path, "<html><head><title>Стаття</title></head><body><p>Текст</p></body></html>",
                                          -1, NULL));
    }

  hd_test_portal_desk (server, NULL, "import-articles", folder, NULL);
  hd_test_remove_tree (folder);
}

/* Returns: how many of the articles on the next @n_pages pages were not seen before */
static guint
read_pages (Fixture     *fixture,
            guint        n_pages,
            char       **since,
            GHashTable  *seen)
{
  guint n_before = g_hash_table_size (seen);
  gboolean more = TRUE;

  for (guint i = 0; more && i < n_pages; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdArticleChanges) changes = HD_PORTAL_CALL (list_articles, fixture->portal, &error, *since);
      GListModel *articles;

      g_assert_no_error (error);
      articles = hd_article_changes_get_articles (changes);
      g_assert_cmpuint (g_list_model_get_n_items (articles), <=, 100);

      for (guint j = 0; j < g_list_model_get_n_items (articles); j++)
        {
          g_autoptr (HdArticle) article = g_list_model_get_item (articles, j);

          g_assert_true (g_hash_table_add (seen, g_strdup (hd_article_get_id (article))));
        }

      g_free (*since);
      *since = g_strdup (hd_article_changes_get_as_of (changes));
      more = hd_article_changes_get_more (changes);
    }

  return g_hash_table_size (seen) - n_before;
}

/* Whatever is read ahead, every article comes once, and nothing of one person's to another. */
static void
test_reads_many_articles (Fixture       *fixture,
                          gconstpointer  signed_in)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *since = NULL;
  g_autoptr (HdArticleChanges) nobodys = NULL;
  g_autoptr (GError) error = NULL;

  import_many_articles ();
  g_assert_cmpuint (read_pages (fixture, 2, &since, seen), ==, 200);
  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  nobodys = HD_PORTAL_CALL (list_articles, fixture->portal, &error, since);
  g_assert_error (error, HD_ERROR, HD_ERROR_SIGNED_OUT);
  g_clear_error (&error);

  sign_in (fixture->portal);
  g_assert_cmpuint (read_pages (fixture, G_MAXUINT, &since, seen), >=, N_MANY - 200);
  g_assert_cmpuint (g_hash_table_size (seen), >=, N_MANY);

  /* Somebody who reads only the beginning leaves nothing behind. */
  g_clear_pointer (&since, g_free);
  g_hash_table_remove_all (seen);
  read_pages (fixture, 1, &since, seen);
  while (G_OBJECT (fixture->portal)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(name, signed_in, function) \
  g_test_add ("/practice-portal/" name, Fixture, GINT_TO_POINTER (signed_in), set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *articles = NULL;
  int status;

  hd_test_init (&argc, &argv);
  articles = hd_test_source_filename ("tests/support/portal/articles");
  server = hd_test_portal_new (NULL, NULL);

  /* A picture is known by the system's media types, which the isolation hides. */
  g_setenv ("XDG_DATA_DIRS", "/usr/local/share:/usr/share", TRUE);
  hd_test_portal_desk (server, NULL, "import-articles", articles, NULL);
  hd_test_portal_start (server);

  ADD ("tells-about-itself", FALSE, test_tells_about_itself);
  ADD ("the-life-of-a-session", FALSE, test_the_life_of_a_session);
  ADD ("too-many-wrong-passwords-lock", FALSE, test_too_many_wrong_passwords_lock);
  ADD ("catalog-forms-and-options", TRUE, test_catalog_forms_and_options);
  ADD ("files-a-request-once", TRUE, test_files_a_request_once);
  ADD ("what-is-wrong-is-told-by-field", TRUE, test_what_is_wrong_is_told_by_field);
  ADD ("an-old-form-is-told-apart", TRUE, test_an_old_form_is_told_apart);
  ADD ("a-file-over-the-limit-is-refused", TRUE, test_a_file_over_the_limit_is_refused);
  ADD ("the-life-of-a-request", TRUE, test_the_life_of_a_request);
  ADD ("cancels", TRUE, test_cancels);
  ADD ("reads-what-is-published", TRUE, test_reads_what_is_published);
  ADD ("reads-many-articles", TRUE, test_reads_many_articles);
  g_test_add_func ("/practice-portal/an-unknown-authority-is-told", test_an_unknown_authority_is_told);
  ADD ("a-hard-outage-is-maintenance", TRUE, test_a_hard_outage_is_maintenance);
  ADD ("a-portal-that-went-away-is-a-network-fault", TRUE, test_a_portal_that_went_away_is_a_network_fault);

  status = g_test_run ();
  hd_test_portal_free (server);
  return status;
}
