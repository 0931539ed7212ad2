/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-backoff.h"
#include "hd-policy.h"
#include "hd-signin-advice.h"
#include "hd-test-utils.h"
#include "hd-user-name.h"

/* --- Policy --- */

static HdPolicy *
make_policy (const char *text)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (directory, "policy.conf", NULL);
  HdPolicy *policy;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  policy = hd_policy_new_for_file (path);
  hd_test_remove_tree (directory);

  return policy;
}

static void
test_policy_without_a_file_decides_nothing (void)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");

  g_assert_null (hd_policy_get_portal_uri (policy));
  g_assert_cmpstr (hd_policy_get_portal_kind (policy), ==, "open");
  g_assert_null (hd_policy_get_ca_file (policy));
  g_assert_cmpstr (hd_policy_get_phone (policy), ==, "(044) 481-19-49");
  g_assert_null (hd_policy_get_phone_hours (policy));
  g_assert_true (hd_policy_get_allow_background (policy));
  g_assert_true (hd_policy_get_allow_remember_me (policy));
  g_assert_false (hd_policy_get_lock_portal (policy));
  g_assert_false (hd_policy_get_private_notifications (policy));
  g_assert_cmpuint (hd_policy_get_sync_interval (policy), ==, 300);
  g_assert_null (hd_policy_get_synonyms_file (policy));
}

static void
test_policy_is_read (void)
{
  g_autoptr (HdPolicy) policy = make_policy ("[Portal]\nurl = https://help.example.org/ \nkind=rt\nca-file=/etc/ca.pem\n"
                                             "name=Довідка\nphone=123\nphone-hours=9–18\nunknown=1\n"
                                             "[Policy]\nallow-remember-me=false\nlock-portal=true\nsync-interval=60\n"
                                             "allow-background=false\nprivate-notifications=true\n[Search]\nsynonyms = /etc/words \n");

  g_assert_cmpstr (hd_policy_get_portal_uri (policy), ==, "https://help.example.org/");
  g_assert_cmpstr (hd_policy_get_portal_kind (policy), ==, "rt");
  g_assert_cmpstr (hd_policy_get_portal_name (policy), ==, "Довідка");
  g_assert_cmpstr (hd_policy_get_ca_file (policy), ==, "/etc/ca.pem");
  g_assert_cmpstr (hd_policy_get_phone (policy), ==, "123");
  g_assert_cmpstr (hd_policy_get_phone_hours (policy), ==, "9–18");
  g_assert_false (hd_policy_get_allow_remember_me (policy));
  g_assert_true (hd_policy_get_lock_portal (policy));
  g_assert_false (hd_policy_get_allow_background (policy));
  g_assert_true (hd_policy_get_private_notifications (policy));
  g_assert_cmpuint (hd_policy_get_sync_interval (policy), ==, 60);
  g_assert_cmpstr (hd_policy_get_synonyms_file (policy), ==, "/etc/words");
}

/* What the administrator says of what is kept stands above what the person wants; rubbish says nothing. */
static void
test_policy_decides_what_is_kept (void)
{
  g_autoptr (HdPolicy) nothing = make_policy ("[Cache]\npicture-space=-1\nkeep-closed=soon\nmetered-pictures=maybe\n");
  g_autoptr (HdPolicy) all = make_policy ("[Cache]\npicture-space=20\ndaily-budget=5\nkeep-closed=90\nmetered-pictures=true\n");
  HdSyncLimits limits = { .picture_bytes = 7, .keep_days = 8 };

  hd_policy_decide_limits (nothing, &limits);
  g_assert_cmpuint (limits.picture_bytes, ==, 7);
  g_assert_cmpuint (limits.daily_bytes, ==, 0);
  g_assert_cmpuint (limits.keep_days, ==, 8);
  g_assert_false (limits.metered_pictures);
  g_assert_false (hd_policy_decides (nothing, "picture-space"));

  hd_policy_decide_limits (all, &limits);
  g_assert_cmpuint (limits.picture_bytes, ==, 20000000);
  g_assert_cmpuint (limits.daily_bytes, ==, 5000000);
  g_assert_cmpuint (limits.keep_days, ==, 90);
  g_assert_true (limits.metered_pictures);
  g_assert_true (hd_policy_decides (all, "picture-space"));
  g_assert_true (hd_policy_decides (all, "keep-closed"));
  g_assert_true (hd_policy_decides (all, "metered-pictures"));
}

static void
test_policy_takes_rubbish_for_nothing (void)
{
  static const char *const rubbish[] = {
    "[Portal]\nurl=\nkind=\nphone=   \n[Policy]\nallow-remember-me=perhaps\nlock-portal=7x\nsync-interval=soon\n",
    "[Policy]\nsync-interval=-5\n",
    "[Policy]\nsync-interval=1\n",
    "[Policy]\nsync-interval=999999999999\n",
    "this is no key file",
    "\xff\xfe\x00",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_autoptr (HdPolicy) policy = make_policy (rubbish[i]);

      g_assert_null (hd_policy_get_portal_uri (policy));
      g_assert_cmpstr (hd_policy_get_portal_kind (policy), ==, "open");
      g_assert_cmpstr (hd_policy_get_phone (policy), ==, "(044) 481-19-49");
      g_assert_true (hd_policy_get_allow_remember_me (policy));
      g_assert_false (hd_policy_get_lock_portal (policy));
      g_assert_cmpuint (hd_policy_get_sync_interval (policy), ==, 300);
    }
}

/* --- User names --- */

static void
test_user_name_of_the_portals_own_domain (void)
{
  static const struct { const char *typed; const char *domain; const char *name; } cases[] = {
    { "support", "customs.gov.ua", "support" },
    { "support@customs.gov.ua", "customs.gov.ua", "support" },
    { "Support@CUSTOMS.gov.UA", "customs.gov.ua", "Support" },
    { "support@customs.gov.ua", "@customs.gov.ua", "support" },
    { "  support@customs.gov.ua\t", "customs.gov.ua", "support" },
    { "support@other.example", "customs.gov.ua", "support@other.example" },
    { "support@mail.customs.gov.ua", "customs.gov.ua", "support@mail.customs.gov.ua" },
    { "support@customs.gov.ua.evil.example", "customs.gov.ua", "support@customs.gov.ua.evil.example" },
    { "support@customs.gov.ua", NULL, "support@customs.gov.ua" },
    { "support@customs.gov.ua", "", "support@customs.gov.ua" },
    { "support@", "customs.gov.ua", "support@" },
    { "@customs.gov.ua", "customs.gov.ua", "@customs.gov.ua" },
    { "a@b@customs.gov.ua", "customs.gov.ua", "a@b" },
    { "олена@МИТНИЦЯ.укр", "митниця.укр", "олена" },
    { "\xff@customs.gov.ua", "customs.gov.ua", "\xff@customs.gov.ua" },
    { "", "customs.gov.ua", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = hd_user_name_normalise (cases[i].typed, cases[i].domain);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_advice_on_what_nobody_can_see (void)
{
  static const struct { const char *typed; HdSigninAdvice advice; const char *part; } cases[] = {
    { "support", HD_SIGNIN_ADVICE_NONE, NULL },
    { "", HD_SIGNIN_ADVICE_NONE, NULL },
    { "support@customs.gov.ua", HD_SIGNIN_ADVICE_NONE, NULL },
    { "user-1.2_3", HD_SIGNIN_ADVICE_NONE, NULL },
    { "suppоrt", HD_SIGNIN_ADVICE_CYRILLIC, "о" },
    { "ыгззщке", HD_SIGNIN_ADVICE_CYRILLIC, "ы г з щ к е" },
    { " sасha ", HD_SIGNIN_ADVICE_CYRILLIC, "а с" },
    { " support", HD_SIGNIN_ADVICE_SPACES, NULL },
    { "support ", HD_SIGNIN_ADVICE_SPACES, NULL },
    { "support\xc2\xa0", HD_SIGNIN_ADVICE_SPACES, NULL },
    { "sup port", HD_SIGNIN_ADVICE_SPACE_INSIDE, NULL },
    { "\xff", HD_SIGNIN_ADVICE_NONE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hd_signin_advice_dup_text (cases[i].typed);

      g_assert_cmpint (hd_signin_advice_for_user_name (cases[i].typed), ==, cases[i].advice);
      g_assert_true ((text == NULL) == (cases[i].advice == HD_SIGNIN_ADVICE_NONE));

      if (cases[i].part != NULL)
        g_assert_nonnull (strstr (text, cases[i].part));
    }
}

/* --- Back-off --- */

static void
test_back_off_doubles_up_to_its_limit (void)
{
  g_assert_cmpuint (hd_backoff_window_ms (1, 5000, 60000), ==, 5000);
  g_assert_cmpuint (hd_backoff_window_ms (2, 5000, 60000), ==, 10000);
  g_assert_cmpuint (hd_backoff_window_ms (4, 5000, 60000), ==, 40000);
  g_assert_cmpuint (hd_backoff_window_ms (5, 5000, 60000), ==, 60000);
  g_assert_cmpuint (hd_backoff_window_ms (G_MAXUINT, 5000, 60000), ==, 60000);
}

static void
test_back_off_is_spread_over_its_whole_window (void)
{
  guint least = G_MAXUINT;
  guint most = 0;

  for (guint i = 0; i < 2000; i++)
    {
      guint delay = hd_backoff_delay_ms (3, 5000, 60000);

      g_assert_cmpuint (delay, >=, 500);
      g_assert_cmpuint (delay, <=, 20000);
      least = MIN (least, delay);
      most = MAX (most, delay);
    }

  /* With 2000 draws a miss of either end's tenth has a chance of 10⁻⁹¹. */
  g_assert_cmpuint (least, <, 2500);
  g_assert_cmpuint (most, >, 18000);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/policy/without-a-file-decides-nothing", test_policy_without_a_file_decides_nothing);
  g_test_add_func ("/policy/is-read", test_policy_is_read);
  g_test_add_func ("/policy/decides-what-is-kept", test_policy_decides_what_is_kept);
  g_test_add_func ("/policy/takes-rubbish-for-nothing", test_policy_takes_rubbish_for_nothing);
  g_test_add_func ("/user-name/of-the-portals-own-domain", test_user_name_of_the_portals_own_domain);
  g_test_add_func ("/sign-in-advice/on-what-nobody-can-see", test_advice_on_what_nobody_can_see);
  g_test_add_func ("/back-off/doubles-up-to-its-limit", test_back_off_doubles_up_to_its_limit);
  g_test_add_func ("/back-off/is-spread-over-its-whole-window", test_back_off_is_spread_over_its_whole_window);

  return g_test_run ();
}
