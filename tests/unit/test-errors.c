/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-issue.h"
#include "hd-form-rules.h"
#include "hd-test-utils.h"

static void
test_every_code_has_words_of_its_own (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = HD_ERROR_NETWORK; code <= HD_ERROR_PACK_OLD; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (HD_ERROR, code, "for the log");
      g_autofree char *text = hd_error_dup_text (error);

      g_assert_true (g_hash_table_add (titles, hd_error_dup_title (error)));
      g_assert_cmpint (strlen (text), >, 10);
      g_assert_null (strstr (text, "for the log"));
      g_assert_true (g_str_has_suffix (text, "."));
    }

  {
    g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "for the log");
    g_autofree char *title = hd_error_dup_title (foreign);
    g_autofree char *text = hd_error_dup_text (foreign);

    g_assert_false (g_hash_table_contains (titles, title));
    g_assert_null (strstr (text, "for the log"));
  }
}

static void
test_numbers_are_told_in_the_right_form (void)
{
  static const struct
  {
    HdError     code;
    int         tries_left;
    int         retry_after;
    const char *expected;
  } vectors[] = {
    { HD_ERROR_CREDENTIALS, 1, -1, "1 attempt is left" },
    { HD_ERROR_CREDENTIALS, 4, -1, "4 attempts are left" },
    { HD_ERROR_CREDENTIALS, 0, -1, "0 attempts are left" },
    { HD_ERROR_CREDENTIALS, -1, -1, "Check both and try again." },
    { HD_ERROR_LOCKED, -1, 1, "in 1 second." },
    { HD_ERROR_LOCKED, -1, 59, "in 59 seconds." },
    { HD_ERROR_LOCKED, -1, 60, "in 1 minute." },
    { HD_ERROR_LOCKED, -1, 61, "in 2 minutes." },
    { HD_ERROR_RATE_LIMITED, -1, 300, "in 5 minutes." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (HD_ERROR, (int) vectors[i].code, "x");
      g_autofree char *text = NULL;

      hd_error_set_tries_left (error, vectors[i].tries_left);
      hd_error_set_retry_after (error, vectors[i].retry_after);
      text = hd_error_dup_text (error);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, vectors[i].expected));
    }
}

static void
test_a_tls_fault_says_which (void)
{
  const GTlsCertificateFlags flags[] = {
    G_TLS_CERTIFICATE_EXPIRED, G_TLS_CERTIFICATE_NOT_ACTIVATED, G_TLS_CERTIFICATE_BAD_IDENTITY,
    G_TLS_CERTIFICATE_UNKNOWN_CA, G_TLS_CERTIFICATE_REVOKED, 0,
  };
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (HD_ERROR, HD_ERROR_TLS, "x");

      hd_error_set_tls_flags (error, flags[i]);
      g_assert_true (g_hash_table_add (texts, hd_error_dup_text (error)));
    }
}

static void
test_a_status_becomes_what_the_person_can_do (void)
{
  static const struct
  {
    guint       status;
    const char *problem;
    HdError     code;
  } vectors[] = {
    { 400, "bad-request", HD_ERROR_REFUSED }, { 401, "invalid-credentials", HD_ERROR_CREDENTIALS },
    { 401, "signed-out", HD_ERROR_SIGNED_OUT }, { 401, NULL, HD_ERROR_SIGNED_OUT }, { 403, NULL, HD_ERROR_FORBIDDEN },
    { 404, NULL, HD_ERROR_NOT_FOUND }, { 410, NULL, HD_ERROR_NOT_FOUND }, { 408, NULL, HD_ERROR_NETWORK },
    { 409, NULL, HD_ERROR_CONFLICT }, { 409, "form-changed", HD_ERROR_FORM_CHANGED }, { 413, NULL, HD_ERROR_TOO_LARGE },
    { 422, "refused", HD_ERROR_REFUSED }, { 422, "no-such-code", HD_ERROR_REFUSED }, { 429, "locked", HD_ERROR_LOCKED },
    { 429, NULL, HD_ERROR_RATE_LIMITED }, { 500, NULL, HD_ERROR_UNAVAILABLE }, { 502, NULL, HD_ERROR_UNAVAILABLE },
    { 503, "maintenance", HD_ERROR_MAINTENANCE }, { 503, NULL, HD_ERROR_UNAVAILABLE }, { 302, NULL, HD_ERROR_PROTOCOL },
    { 999, NULL, HD_ERROR_UNAVAILABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = hd_error_new_for_status (vectors[i].status, vectors[i].problem, "Слова порталу");

      g_test_message ("%u %s", vectors[i].status, vectors[i].problem);
      g_assert_error (error, HD_ERROR, (int) vectors[i].code);
      g_assert_cmpstr (hd_error_get_detail (error), ==, "Слова порталу");
      g_assert_null (strstr (error->message, "Слова"));
    }
}

static void
test_the_portals_words_are_used_where_it_explains_itself (void)
{
  g_autoptr (GError) maintenance = hd_error_new_for_status (503, "maintenance", "Оновлення до 18:00.");
  g_autoptr (GError) refused = hd_error_new_for_status (422, "refused", "Вкажіть кабінет.");
  g_autoptr (GError) unavailable = hd_error_new_for_status (500, NULL, "java.lang.NullPointerException");
  g_autofree char *maintenance_text = NULL;
  g_autofree char *refused_text = hd_error_dup_text (refused);
  g_autofree char *unavailable_text = hd_error_dup_text (unavailable);

  hd_error_set_retry_after (maintenance, 120);
  maintenance_text = hd_error_dup_text (maintenance);
  g_assert_cmpstr (maintenance_text, ==, "Оновлення до 18:00. Try again in 2 minutes.");
  g_assert_cmpstr (refused_text, ==, "Вкажіть кабінет.");
  g_assert_null (strstr (unavailable_text, "java"));
}

static void
test_how_much_room_it_takes_is_told_where_that_is_known (void)
{
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, HD_ERROR_STORAGE, "x");
  g_autofree char *text = NULL;

  hd_error_set_detail (error, "1.2 GB");
  text = hd_error_dup_text (error);
  g_assert_nonnull (strstr (text, "takes 1.2 GB"));
}

static void
test_transport_errors_are_told_apart_and_cancelling_is_left_alone (void)
{
  GError *cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  GError *refused = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "x");
  GError *name = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "x");
  GError *tls = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "x");
  GError *ours = g_error_new_literal (HD_ERROR, HD_ERROR_TOO_LARGE, "x");
  GError **errors[] = { &cancelled, &refused, &name, &tls, &ours };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    hd_error_from_transport (errors[i]);

  g_assert_true (hd_error_is_cancelled (cancelled));
  g_assert_error (refused, HD_ERROR, HD_ERROR_NETWORK);
  g_assert_error (name, HD_ERROR, HD_ERROR_NAME);
  g_assert_error (tls, HD_ERROR, HD_ERROR_TLS);
  g_assert_error (ours, HD_ERROR, HD_ERROR_TOO_LARGE);
  g_assert_true (hd_error_is_unreachable (refused));
  g_assert_false (hd_error_is_unreachable (ours));
  g_assert_false (hd_error_is_transient (cancelled));

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    g_error_free (*errors[i]);
}

static void
test_a_copy_keeps_the_details (void)
{
  g_autoptr (GError) error = hd_error_new_for_status (422, "refused", "деталь");
  g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_ISSUE);
  g_autoptr (GError) copy = NULL;

  hd_error_set_fields (error, G_LIST_MODEL (fields));
  hd_error_set_retry_after (error, 5);
  hd_error_set_tries_left (error, 2);
  copy = g_error_copy (error);
  g_clear_error (&error);

  g_assert_true (hd_error_get_fields (copy) == G_LIST_MODEL (fields));
  g_assert_cmpstr (hd_error_get_detail (copy), ==, "деталь");
  g_assert_cmpint (hd_error_get_retry_after (copy), ==, 5);
  g_assert_cmpint (hd_error_get_tries_left (copy), ==, 2);
}

static void
test_every_issue_has_words (void)
{
  for (int code = HD_ISSUE_CODE_REQUIRED; code <= HD_ISSUE_CODE_PORTAL; code++)
    {
      const char *limits[] = { NULL, "1", "5", "2026-11-22" };

      for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
        {
          g_autoptr (HdIssue) issue = g_object_new (HD_TYPE_ISSUE, "code", code, "limit", limits[i], NULL);
          g_autofree char *text = hd_issue_dup_text (issue);

          g_assert_cmpint (strlen (text), >, 0);
        }
    }

  {
    g_autoptr (HdIssue) one = g_object_new (HD_TYPE_ISSUE, "code", HD_ISSUE_CODE_TOO_LONG, "limit", "1", NULL);
    g_autoptr (HdIssue) two = g_object_new (HD_TYPE_ISSUE, "code", HD_ISSUE_CODE_TOO_LONG, "limit", "2", NULL);
    g_autofree char *one_text = hd_issue_dup_text (one);
    g_autofree char *two_text = hd_issue_dup_text (two);

    g_assert_cmpstr (one_text, ==, "Write at most 1 character.");
    g_assert_cmpstr (two_text, ==, "Write at most 2 characters.");
  }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/errors/every-code-has-words-of-its-own", test_every_code_has_words_of_its_own);
  g_test_add_func ("/errors/numbers-are-told-in-the-right-form", test_numbers_are_told_in_the_right_form);
  g_test_add_func ("/errors/a-tls-fault-says-which", test_a_tls_fault_says_which);
  g_test_add_func ("/errors/a-status-becomes-what-the-person-can-do", test_a_status_becomes_what_the_person_can_do);
  g_test_add_func ("/errors/the-portals-words-are-used-where-it-explains-itself",
                   test_the_portals_words_are_used_where_it_explains_itself);
  g_test_add_func ("/errors/how-much-room-it-takes-is-told-where-that-is-known",
                   test_how_much_room_it_takes_is_told_where_that_is_known);
  g_test_add_func ("/errors/transport-errors-are-told-apart-and-cancelling-is-left-alone",
                   test_transport_errors_are_told_apart_and_cancelling_is_left_alone);
  g_test_add_func ("/errors/a-copy-keeps-the-details", test_a_copy_keeps_the_details);
  g_test_add_func ("/errors/every-issue-has-words", test_every_issue_has_words);

  return g_test_run ();
}
