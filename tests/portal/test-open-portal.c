/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-open-fixture.h"
#include "hd-portal-call.h"
#include "hd-record-json.h"

#define SUM_OF_A "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define SUM_OF_C "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6"
/* “a”, and “b”, which nobody asked for. */
#define BUNDLE "---x-\r\nContent-Type: image/png\r\n\r\na\r\n---x-\r\nContent-Type: image/png\r\n\r\nb\r\n---x---\r\n"

/* How the open portal maps sessions, the catalog and what is published. */

static void
sign_in (HdOpenFixture *fixture)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "POST " API "session", 201,
                        "{\"token\":\"secret\",\"expires_at\":\"2026-11-22T20:00:00Z\","
                        "\"account\":{\"id\":\"1\",\"user_name\":\"support\",\"name\":\"Олена Коваль\"}}");
  account = HD_PORTAL_CALL (sign_in, fixture->portal, &error, "support", "Пароль \"1\"");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_name (account), ==, "Олена Коваль");
}

static void
test_info_narrows_what_the_portal_can_do (HdOpenFixture *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hd_portal_get_capabilities (fixture->portal) & HD_PORTAL_RATE, ==, HD_PORTAL_RATE);

  hd_canned_server_add (fixture->server, "GET " API "info", 200,
                        "{\"name\":\"HELP DESK\",\"capabilities\":[\"reply\",\"idempotency\",\"fax\"]}");
  sign_in (fixture);
  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hd_portal_info_get_name (info), ==, "HELP DESK");
  g_assert_cmpint (hd_portal_get_capabilities (fixture->portal), ==, HD_PORTAL_REPLY | HD_PORTAL_IDEMPOTENCY);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
}

/* What is wrong with other words for search is no reason to do without the portal. */
static void
test_words_of_a_wrong_type_are_left_out (HdOpenFixture *fixture,
                                         gconstpointer  data)
{
  static const char *const words[] = { "7", "{}", "\"a\"", "[7]", "[[7]]", "[[\"a\"]]", "[[[\"a\",\"b\"]]]", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"name\":\"HELP DESK\",\"capabilities\":[],\"synonyms\":%s}", words[i]);
      g_autoptr (HdPortalInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      hd_canned_server_add (fixture->server, "GET " API "info", 200, json);
      info = HD_PORTAL_CALL (get_info, fixture->portal, &error);
      g_assert_no_error (error);
      g_assert_true (hd_portal_info_get_synonyms (info) == NULL || hd_portal_info_get_synonyms (info)[0] == NULL);
    }
}

static void
test_any_json_is_not_a_portal (HdOpenFixture *fixture,
                               gconstpointer  data)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "info", 200, "{\"swagger\":\"2.0\"}");
  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

static void
test_signing_in_and_out (HdOpenFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture);
  hd_open_fixture_assert_call (fixture, "POST " API "session", NULL);
  hd_open_fixture_assert_body (fixture, "{\"user_name\":\"support\",\"password\":\"Пароль \\\"1\\\"\"}");
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);

  hd_canned_server_add (fixture->server, "GET " API "me", 200, "{\"id\":\"1\",\"user_name\":\"support\"}");
  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, "Bearer secret");

  /* The token is gone from here even where the portal cannot take it back. */
  hd_canned_server_add (fixture->server, "DELETE " API "session", 503, "");
  g_assert_false (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNAVAILABLE);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, "Bearer secret");
  g_clear_error (&error);
  g_clear_object (&account);

  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
}

static void
test_signing_out_twice_is_no_error (HdOpenFixture *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 0);

  sign_in (fixture);
  hd_canned_server_add (fixture->server, "DELETE " API "session", 401, "{\"code\":\"signed-out\"}");
  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_no_error (error);
}

static void
test_a_refused_password_is_never_signed_out (HdOpenFixture *fixture,
                                             gconstpointer  data)
{
  const struct { guint status; const char *body; HdError code; int tries_left; } cases[] = {
    { 401, "{\"code\":\"invalid-credentials\",\"tries_left\":2}", HD_ERROR_CREDENTIALS, 2 },
    { 401, "{\"code\":\"invalid-credentials\",\"tries_left\":-7}", HD_ERROR_CREDENTIALS, -1 },
    { 401, "<html>", HD_ERROR_CREDENTIALS, -1 },
    { 429, "{\"code\":\"locked\"}", HD_ERROR_LOCKED, -1 },
    { 429, "{\"code\":\"rate-limited\"}", HD_ERROR_RATE_LIMITED, -1 },
    { 201, "{\"token\":\"a b\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"a\\r\\nX-Evil: 1\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"abc\"}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"abc\",\"account\":7}", HD_ERROR_PROTOCOL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      hd_canned_server_add (fixture->server, "POST " API "session", cases[i].status, cases[i].body);
      account = HD_PORTAL_CALL (sign_in, fixture->portal, &error, "support", "wrong");
      g_assert_error (error, HD_ERROR, (int) cases[i].code);
      g_assert_cmpint (hd_error_get_tries_left (error), ==, cases[i].tries_left);
    }

  /* Never twice. */
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (cases));
}

static void
test_an_unchanged_catalog_has_no_version (HdOpenFixture *fixture,
                                          gconstpointer  data)
{
  const char *call = "GET " API "catalog";
  g_autoptr (HdCatalog) first = NULL;
  g_autoptr (HdCatalog) same_version = NULL;
  g_autoptr (HdCatalog) not_modified = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, call, 200,
                        "{\"version\":\"7\",\"categories\":[{\"id\":\"mail\",\"name\":\"Пошта\",\"kind\":\"request\"}],"
                        "\"offerings\":[{\"id\":\"mailbox\",\"category_id\":\"mail\",\"kind\":\"incident\",\"name\":\"Скринька\"}]}");
  hd_canned_server_add_header (fixture->server, call, "ETag", "\"abc\"");

  first = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_catalog_get_version (first), ==, "7");
  g_assert_cmpuint (g_list_model_get_n_items (hd_catalog_get_offerings (first)), ==, 1);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, NULL);

  same_version = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, "7");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_catalog_get_version (same_version), ==, NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, "\"abc\"");

  hd_canned_server_add (fixture->server, call, 304, "");
  not_modified = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, "7");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_catalog_get_version (not_modified), ==, NULL);
}

static void
test_forms_are_asked_for_conditionally (HdOpenFixture *fixture,
                                        gconstpointer  data)
{
  const char *call = "GET " API "offerings/mail%2Fbox/form";
  g_autoptr (HdForm) first = NULL;
  g_autoptr (HdForm) second = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, call, 200,
                        "{\"offering_id\":\"mail/box\",\"version\":3,\"fields\":[{\"id\":\"subject\",\"type\":\"text\"}]}");
  hd_canned_server_add_header (fixture->server, call, "ETag", "\"3\"");
  first = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail/box");
  g_assert_no_error (error);

  hd_canned_server_add (fixture->server, call, 304, "");
  second = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail/box");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, "\"3\"");
  g_assert_true (first != second);
  g_assert_true (hd_record_equal (HD_RECORD (first), HD_RECORD (second)));

  /* What was seen by one person is not compared to by the next. */
  sign_in (fixture);
  g_clear_object (&second);
  second = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail/box");
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, NULL);
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

/* As when many forms are asked for at once: the memory is small. */
static void
test_what_did_not_change_is_answered_though_it_was_forgotten (HdOpenFixture *fixture,
                                                              gconstpointer  data)
{
  const char *call = "GET " API "offerings/mail/form";
  g_autoptr (HdForm) first = NULL;
  g_autoptr (HdForm) second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, call, 200, "{\"offering_id\":\"mail\",\"version\":3,\"fields\":[]}");
  hd_canned_server_add_header (fixture->server, call, "ETag", "\"3\"");
  first = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail");
  g_assert_no_error (error);

  hd_canned_server_add (fixture->server, call, 304, "");
  hd_portal_get_form_async (fixture->portal, "mail", NULL, hd_test_store_result_cb, &result);
  sign_in (fixture);
  hd_test_await (&result);
  second = hd_portal_get_form_finish (fixture->portal, result, &error);
  g_assert_no_error (error);
  g_assert_true (hd_record_equal (HD_RECORD (first), HD_RECORD (second)));
}

static void
test_an_answer_without_announcements_is_not_none (HdOpenFixture *fixture,
                                                  gconstpointer  data)
{
  g_autoptr (HdAnnouncementList) list = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "announcements", 200, "{\"status\":\"ok\"}");
  list = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_null (list);
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

static void
test_options_are_searched (HdOpenFixture *fixture,
                           gconstpointer  data)
{
  g_autoptr (HdOptionList) options = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "options/staff", 200,
                        "{\"options\":[{\"value\":\"koval\",\"label\":\"Коваль\"}]}");
  options = HD_PORTAL_CALL (get_options, fixture->portal, &error, "staff", "ко в", NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (options)), ==, 1);
  hd_open_fixture_assert_call (fixture, "GET " API "options/staff", "q=%D0%BA%D0%BE%20%D0%B2&limit=50");
}

static void
test_reads_articles_and_announcements (HdOpenFixture *fixture,
                                       gconstpointer  data)
{
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (HdAnnouncementList) first = NULL;
  g_autoptr (HdAnnouncementList) second = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "articles", 200,
                        "{\"categories\":[],\"articles\":[{\"id\":\"a1\",\"title\":\"Пошта\",\"media\":[\"00\"]}],"
                        "\"deleted\":[\"a2\"],\"as_of\":\"9\",\"more\":true}");
  changes = HD_PORTAL_CALL (list_articles, fixture->portal, &error, "8");
  g_assert_no_error (error);
  hd_open_fixture_assert_call (fixture, "GET " API "articles", "since=8&limit=100");
  g_assert_true (hd_article_changes_get_more (changes));
  g_assert_cmpstr (hd_article_changes_get_deleted (changes)[0], ==, "a2");

  hd_canned_server_add (fixture->server, "GET " API "announcements", 200, "{\"announcements\":[{\"id\":\"n1\",\"title\":\"Роботи\"}]}");
  hd_canned_server_add_header (fixture->server, "GET " API "announcements", "ETag", "\"n\"");
  first = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_no_error (error);
  hd_canned_server_add (fixture->server, "GET " API "announcements", 304, "");
  second = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_true (hd_record_equal (HD_RECORD (first), HD_RECORD (second)));
}

/* Small and large: the latter are hashed on a thread. */
static void
test_pictures_must_hash_to_their_name (HdOpenFixture *fixture,
                                       gconstpointer  data)
{
  const gsize sizes[] = { 1, 100, 3 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) picture = g_bytes_new_take (g_malloc0 (sizes[i]), sizes[i]);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture);
      g_autofree char *call = g_strconcat ("GET " API "media/", sha256, NULL);
      g_autoptr (GBytes) good = NULL;
      g_autoptr (GBytes) bad = NULL;
      g_autoptr (GError) error = NULL;

      hd_canned_server_add_bytes (fixture->server, call, 200, picture);
      good = HD_PORTAL_CALL (get_media, fixture->portal, &error, sha256);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (good, picture));

      hd_canned_server_add_bytes (fixture->server, "GET " API "media/00", 200, picture);
      bad = HD_PORTAL_CALL (get_media, fixture->portal, &error, "00");
      g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
    }
}

/* Whatever it says of them, a picture is what its sum says, and was asked for. */
static void
test_a_bundle_is_taken_apart (HdOpenFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static (BUNDLE, strlen (BUNDLE));
  const char *const names[] = { SUM_OF_A, SUM_OF_C, NULL };
  const char *call = "GET " API "media";
  g_autoptr (GHashTable) pictures = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add_bytes (fixture->server, call, 200, body);
  hd_canned_server_add_header (fixture->server, call, "Content-Type", "multipart/mixed; boundary=\"-x-\"");
  pictures = HD_PORTAL_CALL (get_media_bundle, fixture->portal, &error, names);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (pictures), ==, 1);
  g_assert_true (g_hash_table_contains (pictures, SUM_OF_A));
  g_assert_nonnull (strstr (hd_canned_server_get_query (fixture->server), SUM_OF_C));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  HD_OPEN_TEST ("/open-portal/words-of-a-wrong-type-are-left-out", test_words_of_a_wrong_type_are_left_out);
  HD_OPEN_TEST ("/open-portal/info-narrows-what-the-portal-can-do", test_info_narrows_what_the_portal_can_do);
  HD_OPEN_TEST ("/open-portal/any-json-is-not-a-portal", test_any_json_is_not_a_portal);
  HD_OPEN_TEST ("/open-portal/signing-in-and-out", test_signing_in_and_out);
  HD_OPEN_TEST ("/open-portal/signing-out-twice-is-no-error", test_signing_out_twice_is_no_error);
  HD_OPEN_TEST ("/open-portal/a-refused-password-is-never-signed-out", test_a_refused_password_is_never_signed_out);
  HD_OPEN_TEST ("/open-portal/an-unchanged-catalog-has-no-version", test_an_unchanged_catalog_has_no_version);
  HD_OPEN_TEST ("/open-portal/forms-are-asked-for-conditionally", test_forms_are_asked_for_conditionally);
  HD_OPEN_TEST ("/open-portal/what-did-not-change-is-answered-though-it-was-forgotten",
                test_what_did_not_change_is_answered_though_it_was_forgotten);
  HD_OPEN_TEST ("/open-portal/an-answer-without-announcements-is-not-none",
                test_an_answer_without_announcements_is_not_none);
  HD_OPEN_TEST ("/open-portal/options-are-searched", test_options_are_searched);
  HD_OPEN_TEST ("/open-portal/reads-articles-and-announcements", test_reads_articles_and_announcements);
  HD_OPEN_TEST ("/open-portal/a-bundle-of-pictures-is-taken-apart", test_a_bundle_is_taken_apart);
  HD_OPEN_TEST ("/open-portal/pictures-must-hash-to-their-name", test_pictures_must_hash_to_their_name);

  return g_test_run ();
}
