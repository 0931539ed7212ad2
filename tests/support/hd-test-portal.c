/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-test-portal.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>

#include "hd-test-utils.h"

/**
 * HdTestPortal:
 *
 * The real practice portal, in a process of its own, on a port that is free,
 * with a data folder of its own that goes when the test does.
 *
 * It has one person, #HD_TEST_PORTAL_USER, and the catalog, options,
 * announcements and articles of tests/support/portal/.
 */

#define PROGRAM "src/portald/helpdesk-portald"
#define FIXTURES "tests/support/portal"

/* Longer than a slow machine under sanitizers needs; only a failure takes it. */
#define READY_TIMEOUT (60 * G_USEC_PER_SEC)

struct _HdTestPortal
{
  char        *data_dir;    /* (owned) */
  char        *ready_file;  /* (owned) */
  char        *url;         /* (owned) (nullable) */
  char        *ca_file;     /* (owned) (nullable) */
  GStrv        options;     /* (owned) */
  GSubprocess *process;     /* (owned) (nullable) */
};

/* A test that crashes must not leave its portal behind. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
run_desk (HdTestPortal *self,
          const char   *input,
          GPtrArray    *words)
{
  g_autofree char *program = hd_test_build_filename (PROGRAM);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_insert (words, 0, program);
  g_ptr_array_insert (words, 1, (gpointer) "--data-dir");
  g_ptr_array_insert (words, 2, self->data_dir);
  g_ptr_array_add (words, NULL);

  process = g_subprocess_newv ((const char *const *) words->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
}

/**
 * hd_test_portal_desk:
 * @self: the portal, running or not
 * @input: (nullable): what the command reads
 * @command: the desk's command
 * @...: its arguments, then %NULL
 *
 * Carries out a command of the desk, which must succeed.
 */
void
hd_test_portal_desk (HdTestPortal *self,
                     const char   *input,
                     const char   *command,
                     ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  va_list arguments;

  va_start (arguments, command);
  for (const char *word = command; word != NULL; word = va_arg (arguments, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (arguments);

  run_desk (self, input, words);
}

void
hd_test_portal_add_user (HdTestPortal *self,
                         const char   *user_name,
                         const char   *password)
{
  hd_test_portal_desk (self, password, "add-user", user_name,
                       "--full-name", "Олена Коваль", "--department", "Відділ підтримки",
                       "--phone", "(044) 481-19-49", NULL);
}

/**
 * hd_test_portal_new:
 * @option: (nullable): options for the server, such as `--practice`
 * @...: more of them, then %NULL
 *
 * Returns: (transfer full): a portal with content, not started yet
 */
HdTestPortal *
hd_test_portal_new (const char *option,
                    ...)
{
  HdTestPortal *self = g_new0 (HdTestPortal, 1);
  g_autoptr (GStrvBuilder) options = g_strv_builder_new ();
  g_autofree char *catalog = hd_test_source_filename (FIXTURES "/catalog.json");
  g_autofree char *articles = hd_test_source_filename (FIXTURES "/articles");
  va_list arguments;

  va_start (arguments, option);
  for (const char *word = option; word != NULL; word = va_arg (arguments, const char *))
    g_strv_builder_add (options, word);
  va_end (arguments);

  self->options = g_strv_builder_end (options);
  self->data_dir = hd_test_make_tmp_dir ();
  self->ready_file = g_build_filename (self->data_dir, "ready", NULL);

  hd_test_portal_desk (self, NULL, "init", NULL);
  hd_test_portal_desk (self, NULL, "import-catalog", catalog, NULL);
  hd_test_portal_desk (self, NULL, "import-articles", articles, NULL);
  hd_test_portal_add_user (self, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD);
  return self;
}

static void
wait_until_ready (HdTestPortal *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gint64 deadline = g_get_monotonic_time () + READY_TIMEOUT;

  while (!g_key_file_load_from_file (file, self->ready_file, G_KEY_FILE_NONE, NULL))
    {
      /* Gone: what it had to say is on standard error. */
      g_assert_nonnull (g_subprocess_get_identifier (self->process));
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }

  g_free (self->url);
  g_free (self->ca_file);
  self->url = g_key_file_get_string (file, "portal", "url", NULL);
  self->ca_file = g_key_file_get_string (file, "portal", "ca-file", NULL);
  g_assert_nonnull (self->url);
  g_assert_nonnull (self->ca_file);
}

/**
 * hd_test_portal_start:
 * @self: a portal that is not running
 *
 * Starts the server and waits until it can be reached.  After a stop it comes
 * back at the same address.
 */
void
hd_test_portal_start (HdTestPortal *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GUri) old = self->url != NULL ? g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *port = g_strdup_printf ("%d", old != NULL ? g_uri_get_port (old) : 0);
  g_autofree char *program = hd_test_build_filename (PROGRAM);
  g_autoptr (GError) error = NULL;

  g_assert_null (self->process);
  g_unlink (self->ready_file);

  g_ptr_array_add (words, program);
  g_ptr_array_add (words, (gpointer) "--data-dir");
  g_ptr_array_add (words, self->data_dir);
  g_ptr_array_add (words, (gpointer) "--port");
  g_ptr_array_add (words, port);
  g_ptr_array_add (words, (gpointer) "--ready-file");
  g_ptr_array_add (words, self->ready_file);
  for (guint i = 0; self->options[i] != NULL; i++)
    g_ptr_array_add (words, self->options[i]);
  g_ptr_array_add (words, NULL);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  wait_until_ready (self);
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *has_ended = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);
  g_assert_no_error (error);
  *has_ended = TRUE;
}

/*
 * Stops the server while this program goes on.  A connection that was given up
 * in its handshake is closed by the main context, and until then the server waits for it.
 */
void
hd_test_portal_stop_and_go_on (HdTestPortal *self)
{
  gboolean has_ended = FALSE;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait_check_async (self->process, NULL, ended_cb, &has_ended);

  while (!has_ended)
    g_main_context_iteration (NULL, TRUE);

  g_clear_object (&self->process);
}

/* Stops the server, which must end well. */
void
hd_test_portal_stop (HdTestPortal *self)
{
  g_autoptr (GError) error = NULL;

  if (self->process == NULL)
    return;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->process);
}

/* With a slash at its end; %NULL before the first start. */
const char *
hd_test_portal_get_url (HdTestPortal *self)
{
  return self->url;
}

const char *
hd_test_portal_get_ca_file (HdTestPortal *self)
{
  return self->ca_file;
}

const char *
hd_test_portal_get_data_dir (HdTestPortal *self)
{
  return self->data_dir;
}

void
hd_test_portal_free (HdTestPortal *self)
{
  hd_test_portal_stop (self);
  hd_test_remove_tree (self->data_dir);

  g_free (self->data_dir);
  g_free (self->ready_file);
  g_free (self->url);
  g_free (self->ca_file);
  g_strfreev (self->options);
  g_free (self);
}
