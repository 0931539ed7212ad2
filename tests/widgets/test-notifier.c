/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-notifier.h"

#include "hd-test-utils.h"

typedef struct
{
  const char *name;
  HdStatus    status_before, status_now;
  gboolean    waiting_before, waiting_now;
  gint64      messages_before, messages_now;
  const char *words; /* (nullable) */
} Case;

static const Case cases[] = {
  { "nothing-changed-says-nothing", HD_STATUS_REGISTERED, HD_STATUS_REGISTERED, FALSE, FALSE, 1, 1, NULL },
  { "a-question-is-told", HD_STATUS_REGISTERED, HD_STATUS_REGISTERED, FALSE, TRUE, 0, 1,
    "The desk is waiting for your answer." },
  { "a-question-goes-before-the-status", HD_STATUS_REGISTERED, HD_STATUS_IN_PROGRESS, FALSE, TRUE, 0, 1,
    "The desk is waiting for your answer." },
  { "a-status-is-told-by-its-word", HD_STATUS_IN_PROGRESS, HD_STATUS_CLOSED, FALSE, FALSE, 1, 2, "Status: Closed" },
  { "a-message-is-told", HD_STATUS_IN_PROGRESS, HD_STATUS_IN_PROGRESS, FALSE, FALSE, 1, 2, "There is a new message." },
  { "waiting-that-goes-on-says-nothing", HD_STATUS_IN_PROGRESS, HD_STATUS_IN_PROGRESS, TRUE, TRUE, 2, 2, NULL },
};

static HdRequest *
request_new (HdStatus status,
             gboolean waiting,
             gint64   n_messages)
{
  return g_object_new (HD_TYPE_REQUEST, "id", "1", "number", "10316", "status", status,
                       "waiting-for-me", waiting, "message-count", n_messages, NULL);
}

static void
test_words (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (HdRequest) before = request_new (one->status_before, one->waiting_before, one->messages_before);
  g_autoptr (HdRequest) now = request_new (one->status_now, one->waiting_now, one->messages_now);
  g_autofree char *words = hd_notifier_dup_words (before, now);

  g_assert_cmpstr (words, ==, one->words);
}

/* --- What the desktop is shown --- */

#define SHELL \
  "<node><interface name='org.gtk.Notifications'>" \
  "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/>" \
  "<arg type='a{sv}' direction='in'/></method>" \
  "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>" \
  "</interface></node>"

/* A desktop on a bus of its own that keeps what is on the screen. */
typedef struct
{
  GHashTable     *shown;   /* (element-type utf8 GVariant) */
  guint           n_calls;
  HdSession      *session;
  HdNotifier     *notifier;
  GSettings      *settings;
  char           *directory;
} Desktop;

static GtkApplication *application = NULL; /* (owned): a process is registered once */
static Desktop *visible = NULL; /* (unowned): that of the test that runs */

static void
shell_called_cb (GDBusConnection       *connection,
                 const char            *sender,
                 const char            *path,
                 const char            *interface,
                 const char            *method,
                 GVariant              *parameters,
                 GDBusMethodInvocation *invocation,
                 gpointer               user_data)
{
  const char *app_id;
  const char *id;

  if (g_str_equal (method, "AddNotification"))
    {
      g_autoptr (GVariant) notification = NULL;

      g_variant_get (parameters, "(&s&s@a{sv})", &app_id, &id, &notification);
      g_hash_table_replace (visible->shown, g_strdup (id), g_steal_pointer (&notification));
    }
  else
    {
      g_variant_get (parameters, "(&s&s)", &app_id, &id);
      g_hash_table_remove (visible->shown, id);
    }

  g_assert_cmpstr (app_id, ==, "org.example.Notifier");
  visible->n_calls++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* It takes the display away, lest something start a bus from there. */
static void
start_bus (GTestDBus *bus)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));

  g_test_dbus_up (bus);
  g_setenv ("DISPLAY", display, TRUE);
}

/* Returns: (transfer full): the shell, as long as it is held */
static GDBusConnection *
start_shell (GTestDBus *bus)
{
  static const GDBusInterfaceVTable vtable = { .method_call = shell_called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (SHELL, NULL);
  g_autoptr (GVariant) reply = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, NULL);
  g_assert_cmpuint (g_dbus_connection_register_object (connection, "/org/gtk/Notifications", node->interfaces[0],
                                                       &vtable, NULL, NULL, NULL), >, 0);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.gtk.Notifications", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);

  return connection;
}

static void
set_up (Desktop       *desktop,
        gconstpointer  data)
{
  g_autofree char *policy_file = NULL;
  g_autoptr (HdPolicy) policy = NULL;

  visible = desktop;
  desktop->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  desktop->directory = hd_test_make_tmp_dir ();
  policy_file = g_build_filename (desktop->directory, "policy.conf", NULL);
  g_assert_true (g_file_set_contents (policy_file, data != NULL ? data : "", -1, NULL));
  policy = hd_policy_new_for_file (policy_file);

  desktop->session = hd_session_new (policy, "open", "https://localhost:1", NULL, desktop->directory, NULL);
  g_assert_nonnull (desktop->session);
  desktop->settings = g_settings_new (HD_APP_ID);
  desktop->notifier = hd_notifier_new (application, desktop->session, desktop->settings);
}

static void
tear_down (Desktop       *desktop,
           gconstpointer  data)
{
  g_settings_reset (desktop->settings, "notifications");
  g_clear_object (&desktop->notifier);
  g_clear_object (&desktop->settings);
  g_clear_object (&desktop->session);
  hd_test_drain ();
  g_hash_table_unref (desktop->shown);
  hd_test_remove_tree (desktop->directory);
  g_free (desktop->directory);
}

/* As a sync tells it. */
static void
change (Desktop    *desktop,
        const char *id,
        gint64      n_messages)
{
  g_autoptr (HdRequest) before = request_new (HD_STATUS_IN_PROGRESS, FALSE, 0);
  g_autoptr (HdRequest) now = request_new (HD_STATUS_IN_PROGRESS, FALSE, n_messages);

  g_object_set (before, "id", id, NULL);
  g_object_set (now, "id", id, "subject", "Не друкує", NULL);
  g_signal_emit_by_name (desktop->session, "request-changed", before, now);
}

/* Runs until the desktop was told so many things. */
static void
await_calls (Desktop *desktop,
             guint    n_calls)
{
  while (desktop->n_calls < n_calls)
    g_main_context_iteration (NULL, TRUE);
}

static char *
dup_shown (Desktop    *desktop,
           const char *id,
           const char *what)
{
  GVariant *notification = g_hash_table_lookup (desktop->shown, id);
  char *text = NULL;

  g_assert_nonnull (notification);
  g_variant_lookup (notification, what, "s", &text);

  return text;
}

static void
assert_shown (Desktop    *desktop,
              const char *id,
              const char *title,
              const char *body)
{
  g_autofree char *shown_title = dup_shown (desktop, id, "title");
  g_autofree char *shown_body = dup_shown (desktop, id, "body");

  g_assert_cmpstr (shown_title, ==, title);
  g_assert_cmpstr (shown_body, ==, body);
}

static void
test_one_for_a_request (Desktop       *desktop,
                        gconstpointer  data)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  change (desktop, "7", 1);
  change (desktop, "7", 2);
  change (desktop, "8", 1);
  await_calls (desktop, 3);

  g_assert_cmpuint (g_hash_table_size (desktop->shown), ==, 2);
  assert_shown (desktop, "request-7", "10316 · Не друкує", "There is a new message.");
  action = dup_shown (desktop, "request-8", "default-action");
  g_assert_cmpstr (action, ==, "app.open-request");
  target = g_variant_lookup_value (g_hash_table_lookup (desktop->shown, "request-8"), "default-action-target",
                                   G_VARIANT_TYPE_STRING);
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, "8");
}

static void
test_read_is_withdrawn (Desktop       *desktop,
                        gconstpointer  data)
{
  change (desktop, "7", 1);
  change (desktop, "8", 1);
  hd_notifier_withdraw (desktop->notifier, "7");
  await_calls (desktop, 3);

  g_assert_false (g_hash_table_contains (desktop->shown, "request-7"));
  g_assert_true (g_hash_table_contains (desktop->shown, "request-8"));
}

static void
test_nobody_leaves_none_behind (Desktop       *desktop,
                                gconstpointer  data)
{
  change (desktop, "7", 1);
  change (desktop, "8", 1);
  g_object_notify (G_OBJECT (desktop->session), "state");
  await_calls (desktop, 4);

  g_assert_cmpuint (g_hash_table_size (desktop->shown), ==, 0);
}

static void
test_private_ones_name_nothing (Desktop       *desktop,
                                gconstpointer  data)
{
  g_autoptr (HdRequest) before = request_new (HD_STATUS_IN_PROGRESS, FALSE, 1);
  g_autoptr (HdRequest) now = request_new (HD_STATUS_CLOSED, FALSE, 1);

  change (desktop, "7", 1);
  g_signal_emit_by_name (desktop->session, "request-changed", before, now);
  await_calls (desktop, 2);

  assert_shown (desktop, "request-7", "New answer", "No. 10316");
  assert_shown (desktop, "request-1", "Something has changed", "No. 10316");
}

static void
test_none_where_none_are_wanted (Desktop       *desktop,
                                 gconstpointer  data)
{
  g_settings_set_boolean (desktop->settings, "notifications", FALSE);
  change (desktop, "7", 1);
  g_settings_set_boolean (desktop->settings, "notifications", TRUE);
  change (desktop, "8", 1);
  await_calls (desktop, 1);

  g_assert_true (g_hash_table_contains (desktop->shown, "request-8"));
  g_assert_cmpuint (g_hash_table_size (desktop->shown), ==, 1);
}

static void
test_queued_has_a_number (Desktop       *desktop,
                          gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "id", "s1", "action", HD_ACTION_SUBMIT,
                                                      "title", "Не друкує", NULL);
  g_autoptr (HdRequest) request = request_new (HD_STATUS_REGISTERED, FALSE, 0);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "refused");

  g_object_set (request, "subject", "Не друкує", NULL);
  g_signal_emit_by_name (desktop->session, "submission-failed", submission, error);
  await_calls (desktop, 1);
  assert_shown (desktop, "submission-s1", "The portal did not accept what was sent", "Не друкує");

  g_signal_emit_by_name (desktop->session, "submission-finished", submission, request);
  await_calls (desktop, 3);
  g_assert_cmpuint (g_hash_table_size (desktop->shown), ==, 1);
  assert_shown (desktop, "request-1", "Request 10316 registered", "Не друкує");
}

static void
test_own_request (void)
{
  g_autoptr (HdRequest) now = request_new (HD_STATUS_REGISTERED, TRUE, 3);
  g_autofree char *words = hd_notifier_dup_words (NULL, now);

  g_assert_null (words);
}

int
main (int   argc,
      char *argv[])
{
  /* Never let go of: that would wait half a minute for GTK to let go of its connection. */
  static GTestDBus *bus = NULL;
  g_autoptr (GDBusConnection) shell = NULL;
  int code;

  /* First: it forks, and what it forks would remove the home of the test as well. */
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  start_bus (bus);
  hd_test_init (&argc, &argv);
  shell = start_shell (bus);
  application = gtk_application_new ("org.example.Notifier", G_APPLICATION_DEFAULT_FLAGS);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/notifier/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_words);
    }

  g_test_add_func ("/widgets/notifier/a-request-that-is-new-here-says-nothing", test_own_request);

#define ADD(name, policy, func) g_test_add ("/widgets/notifier/" name, Desktop, policy, set_up, func, tear_down)
  ADD ("a-newer-one-takes-the-place-of-the-older", NULL, test_one_for_a_request);
  ADD ("what-is-read-is-withdrawn", NULL, test_read_is_withdrawn);
  ADD ("who-signs-out-leaves-none-behind", NULL, test_nobody_leaves_none_behind);
  ADD ("what-was-queued-tells-its-number", NULL, test_queued_has_a_number);
  ADD ("private-ones-name-nothing", "[Policy]\nprivate-notifications=true\n", test_private_ones_name_nothing);
  ADD ("none-where-none-are-wanted", NULL, test_none_where_none_are_wanted);

  code = g_test_run ();
  g_clear_object (&application);
  g_clear_object (&shell);
  g_test_dbus_stop (bus);

  return code;
}
