/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-factory.h"
#include "hd-rt-fixture.h"

/* Who is signed in, and as what the portal shows itself. */

static void
assert_refused (HdPortal   *portal,
                const char *user,
                const char *password)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (sign_in, portal, &error, user, password));
  hd_assert_error_and_clear (error, HD_ERROR_CREDENTIALS);

  /* Nor is anybody left half signed in. */
  g_assert_null (HD_PORTAL_CALL (get_account, portal, &error));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
  g_assert_null (HD_PORTAL_CALL (get_catalog, portal, &error, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
}

/* The form answers 200 to it, as to the right one of who is privileged. */
static void
test_a_wrong_password_is_refused (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  hd_rt_server_mark ();
  assert_refused (fixture->portal, "support", "неправильний");
  assert_refused (fixture->portal, "former", "Former-12");
  assert_refused (fixture->portal, "nobody", "");

  /* What the form refused is not tried in another way. */
  g_assert_cmpuint (hd_rt_server_count_seen ("^POST /index.html 200$"), ==, 3);
  g_assert_cmpuint (hd_rt_server_count_seen ("/user/.* 401$"), ==, 0);
}

static void
test_who_is_known (HdRtFixture   *fixture,
                   gconstpointer  user)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_id (account), ==, "support");
  g_assert_cmpstr (hd_account_get_name (account), ==, "Оксана Користувач");
  g_assert_cmpstr (hd_account_get_email (account), ==, "support@rt.local");
  g_assert_cmpstr (hd_account_get_department (account), ==, "Держмитслужба");
  g_assert_cmpstr (hd_account_get_phone (account), ==, "+380441112233");
  g_assert_cmpstr (hd_account_get_office (account), ==, "Київ");
}

/* A letter of another size is the same name to RT, and to us. */
static void
test_the_name_is_the_servers (HdRtFixture   *fixture,
                              gconstpointer  user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAccount) account = HD_PORTAL_CALL (sign_in, fixture->portal, &error, "SUPPORT", "Support-1");

  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_user_name (account), ==, "support");
}

/* In Cyrillic, and the desk's own people, to whom the form answers 200. */
static void
test_everybody_gets_in (HdRtFixture   *fixture,
                        gconstpointer  user)
{
  static const char *const users[] = { "iryna", "петро", "agent" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (HdRequestPage) page = NULL;
      g_autoptr (GError) error = NULL;

      hd_rt_sign_in (fixture->portal, users[i]);
      page = HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL);
      g_assert_no_error (error);
      g_assert_cmpint (hd_request_page_get_total (page), ==, 0);
    }
}

static void
test_nobody_is_signed_in (HdRtFixture   *fixture,
                          gconstpointer  user)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (get_account, fixture->portal, &error));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
  g_assert_null (HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_no_error (error);
}

/* It is answered by 302 to the first page, which is followed by no request. */
static void
test_an_ended_session_is_signed_out (HdRtFixture   *fixture,
                                     gconstpointer  user)
{
  g_autoptr (GError) error = NULL;

  hd_rt_server_end_sessions ();
  hd_rt_server_mark ();
  g_assert_null (HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
  g_assert_null (HD_PORTAL_CALL (get_request, fixture->portal, &error, "1", NULL));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
  g_assert_null (HD_PORTAL_CALL (get_media, fixture->portal, &error, "cf-1"));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
  g_assert_cmpuint (hd_rt_server_count_seen (" 302$"), >=, 3);
  g_assert_cmpuint (hd_rt_server_count_seen ("^GET / "), ==, 0);

  hd_rt_sign_in (fixture->portal, "support");
}

static void
test_signing_out_ends_the_session_there (HdRtFixture   *fixture,
                                         gconstpointer  user)
{
  g_autoptr (GError) error = NULL;

  hd_rt_server_end_sessions ();
  hd_rt_sign_in (fixture->portal, "support");
  g_assert_cmpuint (hd_rt_server_count_sessions (), ==, 1);

  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hd_rt_server_count_sessions (), ==, 0);

  g_assert_null (HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
}

static void
test_without_the_form_basic_does (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  g_autoptr (HdPortal) portal = hd_rt_server_create_portal ("basic/", NULL);
  g_autoptr (HdRequestPage) page = NULL;
  g_autoptr (GError) error = NULL;

  /* Not by the redirection that there would be with a dead cookie, or for a browser. */
  hd_rt_server_mark ();
  assert_refused (portal, "support", "wrong");
  g_assert_cmpuint (hd_rt_server_count_seen ("/user/support 401$"), ==, 1);
  hd_rt_sign_in (portal, "support");
  hd_rt_server_mark ();
  page = HD_PORTAL_CALL (list_requests, portal, &error, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hd_request_page_get_total (page), >, 40);
  g_assert_cmpuint (hd_rt_server_count_seen ("^GET /basic/REST/2.0/tickets.* 200$"), ==, 1);

  /* There is no session to end, only something to forget. */
  g_assert_true (HD_PORTAL_CALL (sign_out, portal, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hd_rt_server_count_seen ("Logout"), ==, 0);
  g_assert_null (HD_PORTAL_CALL (get_catalog, portal, &error, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_SIGNED_OUT);
}

/* What one person sees is not shown to the next. */
static void
test_the_next_person_is_another (HdRtFixture   *fixture,
                                 gconstpointer  user)
{
  g_autoptr (HdRequestPage) page = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_sign_in (fixture->portal, "olena");
  g_assert_null (HD_PORTAL_CALL (get_request, fixture->portal, &error, "1", NULL));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
  page = HD_PORTAL_CALL (list_requests, fixture->portal, &error, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hd_request_page_get_total (page), <, 40);
}

static void
test_the_portal_tells_about_itself (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (HdPortalInfo) more = NULL;
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autofree char *values = NULL;
  g_autofree char *labels = NULL;
  g_autoptr (GError) error = NULL;

  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_portal_info_get_name (info), ==, "HELP DESK");
  g_assert_cmpstr (hd_portal_info_get_organisation (info), ==, "Держмитслужба");
  g_assert_cmpint (hd_portal_info_get_max_file_size (info), ==, 20 * 1024 * 1024);
  values = hd_rt_list_dup_words (hd_portal_info_get_contacts (info), "value");
  g_assert_cmpstr (values, ==, "(044) 481-19-49|help@rt.local");

  /* What a class of articles says is there once the classes are known. */
  hd_rt_sign_in (fixture->portal, "support");
  changes = HD_PORTAL_CALL (list_articles, fixture->portal, &error, NULL);
  g_assert_no_error (error);
  more = HD_PORTAL_CALL (get_info, fixture->portal, &error);
  g_assert_no_error (error);
  labels = hd_rt_list_dup_words (hd_portal_info_get_contacts (more), "label");
  g_assert_true (g_str_has_suffix (labels, "|Служба підтримки"));
}

static void
test_what_is_what_is_explained (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autoptr (GListModel) lines = NULL;
  g_autofree char *values = NULL;
  g_autoptr (GError) error = NULL;

  lines = HD_PORTAL_CALL (explain, fixture->portal, &error);
  g_assert_no_error (error);
  values = hd_rt_list_dup_words (lines, "value");
  g_assert_nonnull (strstr (values, "5.0"));
  g_assert_nonnull (strstr (values, "Europe/Kyiv"));
  g_assert_nonnull (strstr (values, "8 queues seen, requests may be filed in 7"));
  g_assert_nonnull (strstr (values, "Ключ клієнта (by the site’s file)"));
  g_assert_nonnull (strstr (values, "Новини (by the site’s file)"));
}

static void
test_a_bad_site_file_is_told (HdRtFixture   *fixture,
                              gconstpointer  user)
{
  g_autofree char *path = g_build_filename (fixture->folder, "site.conf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "not a key file", -1, NULL));
  g_assert_null (hd_portal_new_for_kind ("rt", "https://rt.invalid/", NULL, path, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_SETTINGS);
}

void
hd_rt_add_session_tests (void)
{
  HD_RT_TEST ("/rt/session/a-wrong-password-is-refused", NULL, test_a_wrong_password_is_refused);
  HD_RT_TEST ("/rt/session/who-is-known", "support", test_who_is_known);
  HD_RT_TEST ("/rt/session/the-name-is-the-servers", NULL, test_the_name_is_the_servers);
  HD_RT_TEST ("/rt/session/everybody-gets-in", NULL, test_everybody_gets_in);
  HD_RT_TEST ("/rt/session/nobody-is-signed-in", NULL, test_nobody_is_signed_in);
  HD_RT_TEST ("/rt/session/an-ended-session-is-signed-out", "support", test_an_ended_session_is_signed_out);
  HD_RT_TEST ("/rt/session/signing-out-ends-the-session-there", NULL, test_signing_out_ends_the_session_there);
  HD_RT_TEST ("/rt/session/without-the-form-basic-does", NULL, test_without_the_form_basic_does);
  HD_RT_TEST ("/rt/session/the-next-person-is-another", "support", test_the_next_person_is_another);
  HD_RT_TEST ("/rt/session/the-portal-tells-about-itself", NULL, test_the_portal_tells_about_itself);
  HD_RT_TEST ("/rt/session/what-is-what-is-explained", "support", test_what_is_what_is_explained);
  HD_RT_TEST ("/rt/session/a-bad-site-file-is-told", NULL, test_a_bad_site_file_is_told);
}
