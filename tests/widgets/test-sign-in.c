/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "form-page-support.h"
#include "hd-error.h"
#include "hd-sign-in-fault.h"
#include "hd-sign-in-form.h"
#include "hd-test-portal.h"
#include "session-support.h"

/* Signing in against the practice portal, over TLS. */

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  GSettings    *settings;
  char         *data_dir;
  HdSession    *session;
  HdSignInForm *form;
  GtkWidget    *window;
  guint         n_done;
} Fixture;

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
make_form (Fixture    *fixture,
           const char *ca_file)
{
  g_autoptr (GError) error = NULL;

  fixture->session = hd_session_new (fixture->policy, "open", hd_test_portal_get_url (fixture->portal), ca_file,
                                     fixture->data_dir, &error);
  g_assert_no_error (error);
  g_assert_false (hd_test_open (fixture->session));

  fixture->form = g_object_new (HD_TYPE_SIGN_IN_FORM, NULL);
  hd_sign_in_form_set_up (fixture->form, fixture->policy, fixture->settings, NULL);
  hd_sign_in_form_set_session (fixture->form, fixture->session);
  g_signal_connect_swapped (fixture->form, "done", G_CALLBACK (count_cb), &fixture->n_done);
  fixture->window = hd_test_window_new (GTK_WIDGET (fixture->form));
}

/* @data: (nullable): an authority that is not the portal's, for a portal nobody can trust */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->portal = hd_test_portal_new ("--lock-duration", "3", NULL);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->settings = g_settings_new (HD_APP_ID);
  fixture->data_dir = hd_test_make_tmp_dir ();
  make_form (fixture, data != NULL ? NULL : hd_test_portal_get_ca_file (fixture->portal));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_window_destroy (fixture->window);
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->data_dir);
  g_free (fixture->data_dir);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

static void
type_user (Fixture    *fixture,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (hd_test_find_widget (GTK_WIDGET (fixture->form), GTK_TYPE_ENTRY)), text);
}

static void
type_password (Fixture    *fixture,
               const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (hd_test_find_widget (GTK_WIDGET (fixture->form), GTK_TYPE_PASSWORD_ENTRY)),
                         text);
}

static gboolean
shows (Fixture    *fixture,
       const char *text)
{
  return hd_test_shows_text (GTK_WIDGET (fixture->form), text);
}

static void
try_password (Fixture    *fixture,
              const char *password)
{
  type_password (fixture, password);
  hd_test_click (GTK_WIDGET (fixture->form), "_Sign In");
  HD_TEST_AWAIT (hd_test_find_button (GTK_WIDGET (fixture->form), "_Sign In") != NULL);
}

static void
test_mail_address (Fixture       *fixture,
                   gconstpointer  data)
{
  type_user (fixture, HD_TEST_PORTAL_USER "@customs.gov.ua");
  try_password (fixture, HD_TEST_PORTAL_PASSWORD);

  g_assert_cmpuint (fixture->n_done, ==, 1);
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_IN);
  /* It is not kept on screen. */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (hd_test_find_widget (GTK_WIDGET (fixture->form),
                                                                             GTK_TYPE_PASSWORD_ENTRY))),
                   ==, "");
}

static void
test_nothing_typed (Fixture       *fixture,
                    gconstpointer  data)
{
  hd_test_click (GTK_WIDGET (fixture->form), "_Sign In");
  g_assert_true (shows (fixture, "Enter your user name."));

  type_user (fixture, "support");
  hd_test_click (GTK_WIDGET (fixture->form), "_Sign In");
  g_assert_true (shows (fixture, "Enter your password."));
  g_assert_false (shows (fixture, "Enter your user name."));
  g_assert_cmpint (hd_session_get_state (fixture->session), ==, HD_SESSION_SIGNED_OUT);
}

static void
test_wrong_password (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *password = hd_test_find_widget (GTK_WIDGET (fixture->form), GTK_TYPE_PASSWORD_ENTRY);

  type_user (fixture, HD_TEST_PORTAL_USER);
  try_password (fixture, "wrong");

  g_assert_cmpuint (fixture->n_done, ==, 0);
  g_assert_true (shows (fixture, "4 attempts are left"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (password), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);

  /* The fault goes with the first letter of the next try. */
  type_password (fixture, "w");
  g_assert_false (shows (fixture, "4 attempts are left"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (password), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_lock_out (Fixture       *fixture,
               gconstpointer  data)
{
  type_user (fixture, HD_TEST_PORTAL_USER);

  for (guint i = 0; i < 6 && !shows (fixture, "the account is locked. Try again in 0:0"); i++)
    try_password (fixture, "wrong");

  g_assert_true (shows (fixture, "the account is locked. Try again in 0:0"));
  g_assert_false (gtk_widget_is_sensitive (hd_test_find_button (GTK_WIDGET (fixture->form), "_Sign In")));

  /* The account is locked, not the machine: a colleague is not kept from it. */
  type_user (fixture, "olena");
  g_assert_true (gtk_widget_is_sensitive (hd_test_find_button (GTK_WIDGET (fixture->form), "_Sign In")));
  g_assert_false (shows (fixture, "the account is locked"));
  type_user (fixture, HD_TEST_PORTAL_USER);
  g_assert_true (shows (fixture, "the account is locked. Try again in 0:0"));
  g_assert_false (gtk_widget_is_sensitive (hd_test_find_button (GTK_WIDGET (fixture->form), "_Sign In")));

  /* The countdown runs out by itself, and then it works. */
  HD_TEST_AWAIT (gtk_widget_is_sensitive (hd_test_find_button (GTK_WIDGET (fixture->form), "_Sign In")));
  g_assert_false (shows (fixture, "the account is locked"));
  try_password (fixture, HD_TEST_PORTAL_PASSWORD);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

static void
test_keyboard_layout (Fixture       *fixture,
                      gconstpointer  data)
{
  /* The second letter is Cyrillic. */
  type_user (fixture, "sуpport");
  g_assert_true (shows (fixture, "The user name contains Cyrillic letters"));

  type_user (fixture, "support");
  g_assert_false (shows (fixture, "The user name contains Cyrillic letters"));

  type_password (fixture, "пароль");
  g_assert_true (shows (fixture, "The password contains Cyrillic letters"));
  type_password (fixture, "password");
  g_assert_false (shows (fixture, "The password contains Cyrillic letters"));
}

static void
test_unknown_authority (Fixture       *fixture,
                        gconstpointer  data)
{
  type_user (fixture, HD_TEST_PORTAL_USER);
  try_password (fixture, HD_TEST_PORTAL_PASSWORD);

  g_assert_cmpuint (fixture->n_done, ==, 0);
  g_assert_true (shows (fixture, "unknown authority"));
  /* There is no way around it. */
  g_assert_null (hd_test_find_button (GTK_WIDGET (fixture->form), "_Continue Anyway"));
}

static void
test_no_portal (Fixture       *fixture,
                gconstpointer  data)
{
  hd_test_portal_stop (fixture->portal);
  type_user (fixture, HD_TEST_PORTAL_USER);
  try_password (fixture, HD_TEST_PORTAL_PASSWORD);

  g_assert_true (shows (fixture, "No Connection to the Portal"));
  /* What was typed stays, for the next try. */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (hd_test_find_widget (GTK_WIDGET (fixture->form),
                                                                             GTK_TYPE_PASSWORD_ENTRY))),
                   ==, HD_TEST_PORTAL_PASSWORD);

  hd_test_portal_start (fixture->portal);
  try_password (fixture, HD_TEST_PORTAL_PASSWORD);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  type_user (fixture, HD_TEST_PORTAL_USER);
  type_password (fixture, HD_TEST_PORTAL_PASSWORD);
  hd_test_click (GTK_WIDGET (fixture->form), "_Sign In");
  hd_test_click (GTK_WIDGET (fixture->form), "_Cancel");

  g_assert_nonnull (hd_test_find_button (GTK_WIDGET (fixture->form), "_Sign In"));
  HD_TEST_AWAIT (hd_session_get_state (fixture->session) == HD_SESSION_SIGNED_OUT);
  g_assert_cmpuint (fixture->n_done, ==, 0);
}

/* --- Without a portal --- */

static void
test_fields_of_faults (void)
{
  static const struct
  {
    HdError       code;
    HdSignInField field;
  } faults[] = {
    { HD_ERROR_CREDENTIALS, HD_SIGN_IN_FIELD_PASSWORD },
    { HD_ERROR_LOCKED, HD_SIGN_IN_FIELD_PASSWORD },
    { HD_ERROR_FORBIDDEN, HD_SIGN_IN_FIELD_USER },
    { HD_ERROR_TLS, HD_SIGN_IN_FIELD_PORTAL },
    { HD_ERROR_NAME, HD_SIGN_IN_FIELD_PORTAL },
    { HD_ERROR_MAINTENANCE, HD_SIGN_IN_FIELD_PORTAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (HD_ERROR, faults[i].code, "test");

      g_assert_cmpint (hd_sign_in_fault_find_field (error), ==, faults[i].field);
    }
}

static void
test_address_is_completed (void)
{
  g_autofree char *bare = hd_sign_in_fault_complete_uri (" helpdesk.customs.gov.ua ");
  g_autofree char *whole = hd_sign_in_fault_complete_uri ("https://helpdesk.customs.gov.ua/x");
  g_autofree char *plain = hd_sign_in_fault_complete_uri ("http://helpdesk.customs.gov.ua");

  g_assert_cmpstr (bare, ==, "https://helpdesk.customs.gov.ua");
  g_assert_cmpstr (whole, ==, "https://helpdesk.customs.gov.ua/x");
  /* Left as it is: whoever makes the session refuses it. */
  g_assert_cmpstr (plain, ==, "http://helpdesk.customs.gov.ua");
}

#define ADD(name, data, function) \
  g_test_add ("/widgets/sign-in/" name, Fixture, data, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("a-mail-address-is-a-user-name-too", NULL, test_mail_address);
  ADD ("nothing-is-sent-until-both-are-typed", NULL, test_nothing_typed);
  ADD ("a-wrong-password-is-told-below-it-with-the-tries-left", NULL, test_wrong_password);
  ADD ("a-lock-out-counts-down-and-ends", NULL, test_lock_out);
  ADD ("the-keyboard-layout-is-pointed-out", NULL, test_keyboard_layout);
  ADD ("an-unknown-authority-is-told-and-not-passed-over", "another authority", test_unknown_authority);
  ADD ("without-a-portal-what-was-typed-stays", NULL, test_no_portal);
  ADD ("signing-in-can-be-cancelled", NULL, test_cancel);
  g_test_add_func ("/widgets/sign-in/each-fault-has-its-field", test_fields_of_faults);
  g_test_add_func ("/widgets/sign-in/an-address-is-completed", test_address_is_completed);

  return g_test_run ();
}
