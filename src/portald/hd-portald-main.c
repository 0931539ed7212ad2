/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib-unix.h>
#include <locale.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hd-certificates.h"
#include "hd-desk.h"
#include "hd-lockout.h"
#include "hd-rate-limit.h"
#include "hd-server.h"
#include "hd-sessions.h"

/*
 * helpdesk-portald: a small help-desk portal, for evaluation, training and
 * tests.  Without a command it serves; with one it does the desk's work.
 */

/* A hundred years: what is added to the time must stay one. */
#define MAX_SECONDS (G_GINT64_CONSTANT (100) * 366 * 24 * 60 * 60)

/* A day, in seconds. */
#define MAX_PATIENCE (24 * 60 * 60)

typedef struct
{
  char            *data_dir;    /* (owned) */
  char            *address;     /* (owned) */
  char            *ready_file;  /* (owned) */
  gboolean         version;
  gboolean         practice;
  HdServerOptions  server;
} Options;

static GOptionContext *
create_context (Options *options)
{
  const GOptionEntry entries[] = {
    { "data-dir", 'd', 0, G_OPTION_ARG_FILENAME, &options->data_dir, "The data folder", "DIR" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options->address,
      "The address to listen on (127.0.0.1)", "IP" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->server.port,
      "The port, 0 for any that is free (8443)", "N" },
    { "ready-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ready_file,
      "Write the portal's address here when it can be reached", "FILE" },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &options->practice,
      "Play the desk: answer new requests after a while", NULL },
    { "practice-delay", 0, 0, G_OPTION_ARG_INT, &options->server.practice_delay,
      "How long the played desk waits, in milliseconds (4000)", "MS" },
    { "token-lifetime", 0, 0, G_OPTION_ARG_INT64, &options->server.token_lifetime,
      "How long a session lasts, in seconds (43200)", "SECONDS" },
    { "lock-duration", 0, 0, G_OPTION_ARG_INT64, &options->server.lock_duration,
      "How long an account stays locked, in seconds (300)", "SECONDS" },
    { "rate-limit", 0, 0, G_OPTION_ARG_INT, &options->server.rate_limit,
      "How many calls a minute a session may make, 0 for any number (3000)", "N" },
    { "rate-burst", 0, 0, G_OPTION_ARG_INT, &options->server.rate_burst,
      "How many of them at once (those of a minute)", "N" },
    { "patience", 0, 0, G_OPTION_ARG_INT, &options->server.patience,
      "How long a client may take to say what it wants, in seconds, 0 for any time (60)", "SECONDS" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Show the version", NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context = g_option_context_new ("[COMMAND …] — a small help-desk portal");
  g_autofree char *description = hd_desk_describe ();

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  return context;
}

static gboolean
write_ready_file (HdServer    *server,
                  HdDatabase  *database,
                  const char  *path,
                  GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *url = hd_server_dup_url (server);
  g_autofree char *ca_path = hd_certificates_dup_ca_path (hd_database_get_data_dir (database));

  g_key_file_set_string (file, "portal", "url", url);
  g_key_file_set_string (file, "portal", "ca-file", ca_path);
  g_key_file_set_integer (file, "portal", "pid", (int) getpid ());
  return g_key_file_save_to_file (file, path, error);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
check_range (const char *option,
             gint64      value,
             gint64      most,
             GError    **error)
{
  if (value >= 0 && value <= most)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "--%s is a number from 0 to %" G_GINT64_FORMAT, option, most);
  return FALSE;
}

static gboolean
check_options (const Options *options,
               GError       **error)
{
  const HdServerOptions *server = &options->server;

  return check_range ("port", server->port, G_MAXUINT16, error) &&
         check_range ("practice-delay", server->practice_delay, G_MAXINT, error) &&
         check_range ("token-lifetime", server->token_lifetime, MAX_SECONDS, error) &&
         check_range ("lock-duration", server->lock_duration, MAX_SECONDS, error) &&
         check_range ("rate-limit", server->rate_limit, G_MAXINT, error) &&
         check_range ("rate-burst", server->rate_burst, G_MAXINT, error) &&
         check_range ("patience", server->patience, MAX_PATIENCE, error);
}

/* Each client needs one, and few are allowed to a program that does not ask. */
static void
allow_many_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
serve (Options  *options,
       GError  **error)
{
  g_autoptr (HdDatabase) database = hd_database_open (options->data_dir, error);
  g_autoptr (HdServer) server = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *url = NULL;

  if (database == NULL)
    return FALSE;

  allow_many_files ();
  options->server.address = options->address != NULL ? options->address : "127.0.0.1";

  if (!options->practice)
    options->server.practice_delay = -1;

  /* Before anybody can know that it runs, and end it. */
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  server = hd_server_new (database, &options->server);

  if (!hd_server_start (server, error) ||
      (options->ready_file != NULL &&
       !write_ready_file (server, database, options->ready_file, error)))
    return FALSE;

  url = hd_server_dup_url (server);
  g_message ("listening on %s", url);

  g_main_loop_run (loop);

  hd_server_stop (server);
  return TRUE;
}

static gboolean
run (Options   *options,
     char    ***arguments,
     GError   **error)
{
  g_autoptr (GOptionContext) context = create_context (options);

  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;

  if (options->version)
    {
      g_print ("helpdesk-portald %s\n", HD_VERSION);
      return TRUE;
    }

  if ((*arguments)[1] != NULL)
    return hd_desk_run (*arguments + 1, options->data_dir, error);

  if (options->data_dir == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "which data folder? (--data-dir)");
      return FALSE;
    }

  return check_options (options, error) && serve (options, error);
}

int
main (int    argc,
      char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  Options options = {
    .server = {
      .port = 8443,
      .token_lifetime = HD_SESSIONS_DEFAULT_LIFETIME,
      .lock_duration = HD_LOCKOUT_SECONDS,
      .rate_limit = HD_RATE_LIMIT_DEFAULT,
      .patience = 60,
      .practice_delay = 4000,
    },
  };
  gboolean ok;

  setlocale (LC_ALL, "");
  g_log_writer_default_set_use_stderr (TRUE);
  arguments = g_strdupv (argv);
  ok = run (&options, &arguments, &error);

  if (!ok)
    g_printerr ("helpdesk-portald: %s\n", error->message);

  g_free (options.data_dir);
  g_free (options.address);
  g_free (options.ready_file);
  return ok ? 0 : 1;
}
