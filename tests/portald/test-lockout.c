/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-accounts.h"
#include "hd-lockout.h"
#include "hd-passwords.h"
#include "hd-problem.h"
#include "hd-sessions.h"
#include "hd-sign-in.h"
#include "hd-test-utils.h"

#include <string.h>

#define NOW 1800000000
#define LOCK HD_LOCKOUT_SECONDS

typedef struct
{
  char       *dir;
  HdDatabase *database;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = hd_test_make_tmp_dir ();
  fixture->database = hd_database_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  /* A thread that has just checked a password may hold it a moment longer. */
  g_clear_object (&fixture->database);
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static int
fail (Fixture    *fixture,
      const char *user_name,
      gint64      now)
{
  g_autoptr (GError) error = NULL;
  int tries_left = -1;

  hd_lockout_add_failure (fixture->database, user_name, LOCK, now, &tries_left, &error);
  g_assert_no_error (error);
  return tries_left;
}

static gint64
remaining (Fixture    *fixture,
           const char *user_name,
           gint64      now)
{
  return hd_lockout_get_remaining (fixture->database, user_name, LOCK, now);
}

static void
five_failures_lock_for_five_minutes (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  for (int i = 4; i > 0; i--)
    {
      g_assert_cmpint (fail (fixture, "a", NOW + 4 - i), ==, i);
      g_assert_cmpint (remaining (fixture, "a", NOW + 4), ==, 0);
    }

  g_assert_cmpint (fail (fixture, "a", NOW + 10), ==, 0);
  g_assert_cmpint (remaining (fixture, "a", NOW + 10), ==, 300);
  g_assert_cmpint (remaining (fixture, "a", NOW + 309), ==, 1);
  g_assert_cmpint (remaining (fixture, "a", NOW + 310), ==, 0);
  g_assert_cmpint (remaining (fixture, "b", NOW + 10), ==, 0);

  /* Then there are five tries again. */
  g_assert_cmpint (fail (fixture, "a", NOW + 311), ==, 4);
}

static void
old_failures_do_not_count (Fixture       *fixture,
                           gconstpointer  user_data)
{
  for (int i = 0; i < 20; i++)
    g_assert_cmpint (fail (fixture, "a", NOW + i * 76), >=, 1);

  g_assert_cmpint (fail (fixture, "b", NOW), ==, 4);
  g_assert_cmpint (fail (fixture, "b", NOW + 299), ==, 3);
  g_assert_cmpint (fail (fixture, "b", NOW + 300), ==, 3);
}

static void
success_clears_the_count (Fixture       *fixture,
                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 4; i++)
    fail (fixture, "a", NOW);

  g_assert_true (hd_lockout_clear (fixture->database, "a", &error));
  g_assert_no_error (error);
  g_assert_cmpint (fail (fixture, "a", NOW), ==, 4);
}

static void
a_clock_that_jumps_does_not_lock_for_long (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  for (int i = 0; i < 5; i++)
    fail (fixture, "a", NOW + 1000000);

  g_assert_cmpint (remaining (fixture, "a", NOW), <=, 300);

  /* Failures of the future are none. */
  for (int i = 0; i < 4; i++)
    fail (fixture, "b", NOW + 1000000);
  g_assert_cmpint (fail (fixture, "b", NOW), ==, 4);
}

static void
passwords_are_hashed_by_yescrypt (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = hd_password_hash ("Пароль", &error);
  g_autofree char *other = hd_password_hash ("Пароль", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$y$"));
  g_assert_cmpstr (hash, !=, other);
  g_assert_true (hd_password_verify ("Пароль", hash));
  g_assert_false (hd_password_verify ("пароль", hash));
  g_assert_false (hd_password_verify ("", hash));
  g_assert_false (hd_password_verify ("Пароль", "not a hash"));
  g_assert_false (hd_password_verify ("Пароль", "*0"));
}

static void
add_user (Fixture    *fixture,
          const char *user_name,
          const char *password)
{
  g_autoptr (HdUser) user = g_new0 (HdUser, 1);
  g_autoptr (GError) error = NULL;

  user->user_name = g_strdup (user_name);
  user->name = g_strdup ("Олена Коваль");
  user->email = g_strdup ("x@customs.gov.ua");
  hd_accounts_add (fixture->database, user, password, &error);
  g_assert_no_error (error);
}

static HdUser *
sign_in (HdSignIn    *sign_in,
         const char  *user_name,
         const char  *password,
         HdRefusal   *refusal,
         GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_sign_in_async (sign_in, user_name, password, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_sign_in_finish (sign_in, result, refusal, error);
}

static void
the_mailbox_is_a_user_name (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autoptr (HdSignIn) checker = hd_sign_in_new (fixture->database, LOCK);
  static const char *const names[] = {
    "support", " Support ", "SUPPORT@customs.gov.ua", "support@CUSTOMS.GOV.UA"
  };
  HdRefusal refusal;

  add_user (fixture, "Support", "secret");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdUser) user = sign_in (checker, names[i], "secret", &refusal, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (user->user_name, ==, "support");
    }

  {
    g_autoptr (GError) error = NULL;
    g_autoptr (HdUser) user = sign_in (checker, "support@example.com", "secret", &refusal, &error);

    g_assert_error (error, HD_PROBLEM, HD_PROBLEM_INVALID_CREDENTIALS);
    g_assert_null (user);
    g_assert_cmpint (refusal.tries_left, ==, 4);
  }
}

/* A hundred guesses at once are counted like a hundred in turn. */
static void
guesses_at_once_are_all_counted (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr (HdSignIn) checker = hd_sign_in_new (fixture->database, LOCK);
  GAsyncResult *results[12] = { NULL };
  guint n_locked = 0;

  add_user (fixture, "support", "secret");

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    hd_sign_in_async (checker, "support", i == G_N_ELEMENTS (results) - 1 ? "secret" : "guess", NULL,
                      hd_test_store_result_cb, &results[i]);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdUser) user = NULL;
      HdRefusal refusal;

      hd_test_await (&results[i]);
      user = hd_sign_in_finish (checker, results[i], &refusal, &error);
      g_assert_null (user);

      if (g_error_matches (error, HD_PROBLEM, HD_PROBLEM_LOCKED))
        {
          g_assert_cmpint (refusal.retry_after, >, 0);
          n_locked++;
        }

      g_clear_object (&results[i]);
    }

  g_assert_cmpuint (n_locked, ==, G_N_ELEMENTS (results) - 4);
}

static void
tokens_end (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (HdUser) user = NULL;
  g_autoptr (HdUser) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *other = NULL;

  add_user (fixture, "support", "secret");
  user = hd_accounts_find (fixture->database, "support");
  token = hd_sessions_create (fixture->database, user->id, NOW, NOW + 100, &error);
  other = hd_sessions_create (fixture->database, user->id, NOW, NOW + 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_cmpstr (token, !=, other);

  /* The database does not know the token itself. */
  g_assert_cmpint (hd_database_count (fixture->database,
                                      "SELECT COUNT (*) FROM sessions WHERE token_hash = ?", "s",
                                      token), ==, 0);

  found = hd_sessions_find (fixture->database, token, NOW + 99);
  g_assert_cmpstr (found->id, ==, user->id);
  g_assert_null (hd_sessions_find (fixture->database, token, NOW + 100));
  g_assert_null (hd_sessions_find (fixture->database, "", NOW));

  g_assert_true (hd_sessions_end (fixture->database, token, &error));
  g_assert_null (hd_sessions_find (fixture->database, token, NOW));

  /* A new password ends all sessions. */
  g_assert_true (hd_accounts_set_password (fixture->database, "support", "other", &error));
  g_assert_null (hd_sessions_find (fixture->database, other, NOW));
}

static gboolean
can_add (Fixture     *fixture,
         const char  *user_name,
         const char  *password,
         GError     **error)
{
  const HdUser user = { .user_name = (char *) user_name, .name = (char *) "Ім’я", .email = (char *) "a@example.org" };

  return hd_accounts_add (fixture->database, &user, password, error);
}

static void
what_cannot_be_typed_is_no_user_name (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *too_long = g_strnfill (65, 'a');
  const char *const bad[] = { "", " ", "a b", "a\nb", "a\tb", "a\x01", "a@b", "a/b", "a\u202eb", too_long };
  const char *const good[] = { "a", "o.koval-2", "олена’к", longest };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (can_add (fixture, bad[i], "x", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (can_add (fixture, good[i], "x", &error));
      g_assert_no_error (error);
    }
}

static void
a_password_that_is_too_long_is_called_so (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autofree char *longest = g_strnfill (511, 'x');
  g_autofree char *too_long = g_strnfill (512, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (can_add (fixture, "a", longest, &error));
  g_assert_no_error (error);
  g_assert_false (can_add (fixture, "b", too_long, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "longer than 511 bytes"));
}

#define ADD(name, function) \
  g_test_add ("/lockout/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD ("five-failures-lock-for-five-minutes", five_failures_lock_for_five_minutes);
  ADD ("old-failures-do-not-count", old_failures_do_not_count);
  ADD ("success-clears-the-count", success_clears_the_count);
  ADD ("a-clock-that-jumps-does-not-lock-for-long", a_clock_that_jumps_does_not_lock_for_long);
  g_test_add_func ("/lockout/passwords-are-hashed-by-yescrypt", passwords_are_hashed_by_yescrypt);
  ADD ("the-mailbox-is-a-user-name", the_mailbox_is_a_user_name);
  ADD ("guesses-at-once-are-all-counted", guesses_at_once_are_all_counted);
  ADD ("tokens-end", tokens_end);
  ADD ("what-cannot-be-typed-is-no-user-name", what_cannot_be_typed_is_no_user_name);
  ADD ("a-password-that-is-too-long-is-called-so", a_password_that_is_too_long_is_called_so);

  return g_test_run ();
}
