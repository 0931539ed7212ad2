/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <signal.h>
#include <sys/prctl.h>

#include "hd-error.h"
#include "hd-fake-portal.h"
#include "hd-keyring.h"
#include "hd-secret.h"
#include "session-support.h"

/*
 * The keyring, three times: with the real gnome-keyring on a bus of its own, with
 * no Secret Service on that bus, and with one that never answers.
 */

#define PORTAL "https://help.example.org/"
#define ACCOUNT "{\"id\":\"1\",\"user_name\":\"support\",\"name\":\"Олена\"}"

/* One for all cases: libsecret holds its connection to the end of the program. */
static GSubprocess *bus = NULL;

typedef struct
{
  GSubprocess *daemon;   /* (owned) (nullable) */
  char        *home;
  HdKeyring   *keyring;
} Fixture;

/* A test that crashes must not leave its daemons behind. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocessLauncher *
make_launcher (GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  return launcher;
}

/* A bus that starts nothing by itself: there is a keyring when a test starts one. */
static void
start_bus (void)
{
  static const char config[] =
    "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
    "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>";
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "bus.conf", NULL);
  g_autofree char *option = g_strconcat ("--config-file=", path, NULL);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  bus = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", option, "--nofork",
                                     "--print-address=1", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

/* The end of the bus is not to be the end of us. */
static void
stop_bus (void)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_subprocess_force_exit (bus);
  g_subprocess_wait (bus, NULL, NULL);
  g_clear_object (&bus);
}

static void
set_up_without (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->home = hd_test_make_tmp_dir ();
  fixture->keyring = hd_keyring_new (PORTAL);
}

static void
name_appeared_cb (GDBusConnection *connection,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
name_vanished_cb (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Waits until the service is there, or until it is not. */
static void
await_secret_service (gboolean there)
{
  gboolean seen = FALSE;
  guint id = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets", G_BUS_NAME_WATCHER_FLAGS_NONE,
                               there ? name_appeared_cb : NULL, there ? NULL : name_vanished_cb, &seen, NULL);

  hd_test_await_flag (&seen);
  g_bus_unwatch_name (id);
}

static void
set_up_gnome_keyring (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *control = NULL;

  fixture->home = hd_test_make_tmp_dir ();
  control = g_build_filename (fixture->home, "control", NULL);
  launcher = make_launcher (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", fixture->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", fixture->home, TRUE);
  fixture->daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                                 "--components=secrets", "--unlock",
                                                 "--control-directory", control, NULL);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (fixture->daemon), "password", 8,
                                            NULL, NULL, &error));
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->daemon), NULL, &error));
  await_secret_service (TRUE);
  fixture->keyring = hd_keyring_new (PORTAL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drop (g_steal_pointer (&fixture->keyring));
  secret_service_disconnect ();
  hd_test_drain ();

  if (fixture->daemon != NULL)
    {
      g_subprocess_force_exit (fixture->daemon);
      g_subprocess_wait (fixture->daemon, NULL, NULL);
      g_clear_object (&fixture->daemon);
    }

  await_secret_service (FALSE);
  hd_test_drain ();
  hd_test_remove_tree (fixture->home);
  g_free (fixture->home);
}

/* --- Calls --- */

static char *
find (HdKeyring  *keyring,
      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_keyring_find_async (keyring, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_keyring_find_finish (keyring, result, error);
}

static char *
lookup (HdKeyring   *keyring,
        const char  *user_name,
        GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_keyring_lookup_async (keyring, user_name, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_keyring_lookup_finish (keyring, result, error);
}

static gboolean
store (HdKeyring  *keyring,
       const char *user_name,
       const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored;

  hd_keyring_store_async (keyring, user_name, password, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  stored = hd_keyring_store_finish (keyring, result, &error);
  g_assert_no_error (error);

  return stored;
}

static void
forget (HdKeyring *keyring)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_keyring_forget_async (keyring, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_keyring_forget_finish (keyring, result, NULL);
}

static void
assert_remembered (HdKeyring  *keyring,
                   const char *user_name,
                   const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = find (keyring, &error);
  char *secret = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, user_name);

  if (user_name == NULL)
    return;

  secret = lookup (keyring, user_name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, password);
  hd_secret_clear (&secret);
  g_assert_null (secret);
}

/* --- With a keyring --- */

static void
test_remembers_for_the_next_program (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdKeyring) next = hd_keyring_new (PORTAL);
  g_autoptr (HdKeyring) other = hd_keyring_new ("https://other.example.org/");

  assert_remembered (fixture->keyring, NULL, NULL);
  g_assert_true (hd_keyring_is_available (fixture->keyring));
  g_assert_true (store (fixture->keyring, "support", "Пароль-1"));

  assert_remembered (next, "support", "Пароль-1");
  assert_remembered (other, NULL, NULL);
}

static void
test_remembers_one_person_only (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (HdKeyring) next = hd_keyring_new (PORTAL);
  g_autoptr (GError) error = NULL;
  g_autofree char *earlier = NULL;

  g_assert_true (store (fixture->keyring, "support", "Пароль-1"));
  g_assert_true (store (fixture->keyring, "olena", "Пароль-2"));
  assert_remembered (next, "olena", "Пароль-2");
  earlier = lookup (next, "support", &error);
  g_assert_null (earlier);
  g_assert_no_error (error);
}

static void
test_forgets (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (HdKeyring) next = hd_keyring_new (PORTAL);

  g_assert_true (store (fixture->keyring, "support", "Пароль-1"));
  forget (fixture->keyring);
  assert_remembered (fixture->keyring, NULL, NULL);
  assert_remembered (next, NULL, NULL);
}

/* --- Without one --- */

static void
test_works_from_memory_and_says_so (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (HdKeyring) next = hd_keyring_new (PORTAL);

  assert_remembered (fixture->keyring, NULL, NULL);
  g_assert_false (hd_keyring_is_available (fixture->keyring));
  g_assert_false (store (fixture->keyring, "support", "Пароль-1"));
  assert_remembered (fixture->keyring, "support", "Пароль-1");
  assert_remembered (next, NULL, NULL);

  forget (fixture->keyring);
  assert_remembered (fixture->keyring, NULL, NULL);
}

/* --- One that never answers --- */

static void
ignore_call_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  g_ptr_array_add (user_data, invocation);
}

static const GDBusInterfaceVTable silent_vtable = { ignore_call_cb, NULL, NULL, { NULL } };

static void
test_waits_for_no_silent_service (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  g_autofree char *secret = NULL;
  guint object_id, name_id;

  connection = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml ("<node><interface name='org.freedesktop.Secret.Service'>"
                                       "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
                                       "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
                                       "<method name='OpenSession'><arg type='s' direction='in'/>"
                                       "<arg type='v' direction='in'/><arg type='v' direction='out'/>"
                                       "<arg type='o' direction='out'/></method>"
                                       "</interface></node>", &error);
  g_assert_no_error (error);
  object_id = g_dbus_connection_register_object (connection, "/org/freedesktop/secrets", node->interfaces[0],
                                                 &silent_vtable, calls, NULL, &error);
  g_assert_no_error (error);
  name_id = g_bus_own_name_on_connection (connection, "org.freedesktop.secrets", G_BUS_NAME_OWNER_FLAGS_NONE,
                                          NULL, NULL, NULL, NULL);
  await_secret_service (TRUE);

  hd_keyring_set_time_outs (fixture->keyring, 100, 150);
  found = find (fixture->keyring, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (hd_keyring_is_available (fixture->keyring));
  g_assert_cmpuint (calls->len, >, 0);
  g_clear_error (&error);

  secret = lookup (fixture->keyring, "support", &error);
  g_assert_null (secret);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  g_bus_unown_name (name_id);
  g_dbus_connection_unregister_object (connection, object_id);
  g_ptr_array_set_size (calls, 0);
  hd_test_drain ();
}

/* --- A whole session --- */

static HdSession *
make_session (Fixture      *fixture,
              HdFakePortal *portal)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autofree char *directory = g_build_filename (fixture->home, "store", NULL);

  return hd_session_new_for_portal (policy, HD_PORTAL (portal), "open", PORTAL, directory);
}

static HdFakePortal *
make_portal (void)
{
  HdFakePortal *portal = hd_fake_portal_new ();

  hd_fake_portal_set_default (portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
  hd_fake_portal_set_default (portal, "sign_in", HD_TYPE_ACCOUNT, ACCOUNT);

  return portal;
}

static void
sign_in (HdSession *session)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hd_test_open (session));
  g_assert_true (hd_test_sign_in (session, "support", "Пароль-1", TRUE, &error));
  g_assert_no_error (error);
}

/* Somebody signed in, and the program was ended and started again. */
static HdSession *
start_again (Fixture      *fixture,
             HdFakePortal *portal)
{
  HdSession *session = make_session (fixture, portal);

  sign_in (session);
  g_assert_true (hd_session_has_keyring (session));
  hd_test_close (session);

  session = make_session (fixture, portal);
  g_assert_true (hd_test_open (session));
  return session;
}

/* Another start, which finds nobody. */
static void
assert_nobody_is_remembered (Fixture      *fixture,
                             HdFakePortal *portal)
{
  HdSession *session = make_session (fixture, portal);

  g_assert_false (hd_test_open (session));
  hd_test_close (session);
}

static void
test_a_session_is_resumed_with_a_keyring (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdFakePortal) portal = make_portal ();
  HdSession *session = start_again (fixture, portal);
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_session_has_keyring (session));
  g_assert_cmpint (hd_session_get_state (session), ==, HD_SESSION_SIGNED_IN);
  g_assert_true (hd_test_resume (session, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (hd_fake_portal_get_call (portal, "sign_in", 1), ==, "support Пароль-1");
  hd_test_sign_out (session);
  hd_test_close (session);
  assert_nobody_is_remembered (fixture, portal);
}

static void
test_a_session_forgets_a_refused_password (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdFakePortal) portal = make_portal ();
  HdSession *session = start_again (fixture, portal);
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (portal, "sign_in", HD_ERROR_CREDENTIALS);
  g_assert_false (hd_test_resume (session, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_CREDENTIALS);
  g_assert_cmpint (hd_session_get_state (session), ==, HD_SESSION_EXPIRED);

  /* It is not tried again, by nothing. */
  g_clear_error (&error);
  g_assert_false (hd_test_resume (session, &error));
  g_assert_cmpuint (hd_fake_portal_count (portal, "sign_in"), ==, 2);
  hd_test_close (session);
  assert_nobody_is_remembered (fixture, portal);
}

static void
test_a_session_keeps_the_password_while_the_portal_is_away (Fixture       *fixture,
                                                            gconstpointer  data)
{
  g_autoptr (HdFakePortal) portal = make_portal ();
  HdSession *session = start_again (fixture, portal);
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (portal, "sign_in", HD_ERROR_NETWORK);
  g_assert_false (hd_test_resume (session, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_NETWORK);
  g_assert_cmpint (hd_session_get_state (session), ==, HD_SESSION_SIGNED_IN);

  g_clear_error (&error);
  g_assert_true (hd_test_resume (session, &error));
  g_assert_no_error (error);
  hd_test_close (session);
}

static void
test_a_session_without_a_keyring_says_so (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdFakePortal) portal = make_portal ();
  HdSession *session = make_session (fixture, portal);
  g_autoptr (HdAccount) account = NULL;

  sign_in (session);
  g_assert_false (hd_session_has_keyring (session));
  g_assert_cmpint (hd_session_get_state (session), ==, HD_SESSION_SIGNED_IN);
  hd_test_close (session);

  session = make_session (fixture, portal);
  g_assert_false (hd_test_open (session));
  g_assert_cmpint (hd_session_get_state (session), ==, HD_SESSION_SIGNED_OUT);
  account = hd_test_get_account (hd_session_get_store (session));
  g_assert_nonnull (account);
  hd_test_close (session);
}

int
main (int    argc,
      char **argv)
{
  int status;

  hd_test_init (&argc, &argv);
  g_unsetenv ("SECRET_BACKEND");
  start_bus ();

#define WITH(path, test) g_test_add (path, Fixture, NULL, set_up_gnome_keyring, test, tear_down)
#define WITHOUT(path, test) g_test_add (path, Fixture, NULL, set_up_without, test, tear_down)

  WITH ("/keyring/remembers-for-the-next-program", test_remembers_for_the_next_program);
  WITH ("/keyring/remembers-one-person-only", test_remembers_one_person_only);
  WITH ("/keyring/forgets", test_forgets);
  WITHOUT ("/keyring/without-a-service/works-from-memory-and-says-so", test_works_from_memory_and_says_so);
  WITHOUT ("/keyring/waits-for-no-silent-service", test_waits_for_no_silent_service);
  WITH ("/keyring/a-session-is-resumed", test_a_session_is_resumed_with_a_keyring);
  WITH ("/keyring/a-session-forgets-a-refused-password", test_a_session_forgets_a_refused_password);
  WITH ("/keyring/a-session-keeps-the-password-while-the-portal-is-away",
        test_a_session_keeps_the_password_while_the_portal_is_away);
  WITHOUT ("/keyring/without-a-service/a-session-says-so", test_a_session_without_a_keyring_says_so);

  status = g_test_run ();
  stop_bus ();

  return status;
}
