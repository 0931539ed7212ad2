/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-desk-commands.h"

#include <gnutls/gnutls.h>
#include <stdio.h>
#include <string.h>

#include "hd-accounts.h"
#include "hd-announcements.h"
#include "hd-article-import.h"
#include "hd-certificates.h"
#include "hd-info.h"
#include "hd-json.h"
#include "hd-offerings.h"
#include "hd-text.h"

#define MAX_PASSWORD 1024

static GOptionContext *
create_context (const HdDeskCommand *command,
                const GOptionEntry  *entries,
                char               **data_dir)
{
  const GOptionEntry common[] = {
    { "data-dir", 'd', 0, G_OPTION_ARG_FILENAME, data_dir, "The data folder", "DIR" },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *usage = g_strdup_printf ("%s — %s", command->arguments, command->summary);
  GOptionContext *context = g_option_context_new (usage);

  g_option_context_add_main_entries (context, common, NULL);

  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);

  return context;
}

/**
 * hd_desk_open:
 * @command: a command
 * @entries: (nullable): its options
 * @n_operands: how many operands it takes
 * @arguments: (inout) (transfer full): the command line; afterwards only the
 *   command and its operands
 * @data_dir: (nullable): the data folder, if it came before the command
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the database
 */
HdDatabase *
hd_desk_open (const HdDeskCommand  *command,
              const GOptionEntry   *entries,
              guint                 n_operands,
              char               ***arguments,
              const char           *data_dir,
              GError              **error)
{
  g_autofree char *own_data_dir = g_strdup (data_dir);
  g_autoptr (GOptionContext) context = create_context (command, entries, &own_data_dir);

  if (!g_option_context_parse_strv (context, arguments, error))
    return NULL;

  if (g_strv_length (*arguments) != n_operands + 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "usage: %s %s", command->name,
                   command->arguments);
      return NULL;
    }

  if (own_data_dir == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "which data folder? (--data-dir)");
      return NULL;
    }

  /* A slip in its name must not make another portal, which nobody would find what was done in. */
  if (!command->makes_portal && !hd_database_exists (own_data_dir))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "there is no portal in “%s”; “init” makes one", own_data_dir);
      return NULL;
    }

  return hd_database_open (own_data_dir, error);
}

/* Returns: (transfer full) (nullable): the first line of standard input. */
static char *
read_password (GError **error)
{
  char line[MAX_PASSWORD];
  char *password;

  if (fgets (line, sizeof (line), stdin) == NULL)
    line[0] = '\0';

  line[strcspn (line, "\r\n")] = '\0';
  password = g_strdup (line);
  gnutls_memset (line, 0, sizeof (line));

  if (password[0] != '\0')
    return password;

  g_free (password);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "the password is to come from standard input");
  return NULL;
}

static void
forget_password (char *password)
{
  if (password != NULL)
    gnutls_memset (password, 0, strlen (password));

  g_free (password);
}

HD_DESK_DECLARE (init)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autoptr (HdDatabase) database = hd_desk_open (command, NULL, 0, &own, data_dir, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return database != NULL &&
         hd_certificates_ensure (hd_database_get_data_dir (database), NULL, now, error);
}

HD_DESK_DECLARE (add_user)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autoptr (HdUser) user = g_new0 (HdUser, 1);
  const GOptionEntry entries[] = {
    { "full-name", 'n', 0, G_OPTION_ARG_STRING, &user->name, "The person's name", "TEXT" },
    { "email", 'e', 0, G_OPTION_ARG_STRING, &user->email, "The service mailbox", "ADDRESS" },
    { "department", 0, 0, G_OPTION_ARG_STRING, &user->department, "The department", "TEXT" },
    { "phone", 'p', 0, G_OPTION_ARG_STRING, &user->phone, "The telephone", "NUMBER" },
    { "office", 'o', 0, G_OPTION_ARG_STRING, &user->office, "The office", "TEXT" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (HdDatabase) database = hd_desk_open (command, entries, 1, &own, data_dir, error);
  char *password;
  gboolean ok;

  if (database == NULL)
    return FALSE;

  user->user_name = g_strdup (own[1]);

  if (user->name == NULL)
    user->name = g_strdup (own[1]);

  if (user->email == NULL)
    {
      g_autofree char *domain = hd_info_dup_mail_domain (database);

      user->email = g_strdup_printf ("%s@%s", own[1], domain);
    }

  password = read_password (error);
  ok = password != NULL && hd_accounts_add (database, user, password, error);
  forget_password (password);
  return ok;
}

HD_DESK_DECLARE (set_password)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autoptr (HdDatabase) database = hd_desk_open (command, NULL, 1, &own, data_dir, error);
  char *password = database != NULL ? read_password (error) : NULL;
  gboolean ok = password != NULL && hd_accounts_set_password (database, own[1], password, error);

  forget_password (password);
  return ok;
}

static JsonNode *
load_json (const char  *path,
           GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;

  if (json_parser_get_root (parser) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: empty", path);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

HD_DESK_DECLARE (import_catalog)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autoptr (HdDatabase) database = hd_desk_open (command, NULL, 1, &own, data_dir, error);
  g_autoptr (JsonNode) root = database != NULL ? load_json (own[1], error) : NULL;

  return root != NULL && hd_offerings_import (database, root, error);
}

HD_DESK_DECLARE (import_announcements)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autoptr (HdDatabase) database = hd_desk_open (command, NULL, 1, &own, data_dir, error);
  g_autoptr (JsonNode) root = database != NULL ? load_json (own[1], error) : NULL;
  JsonArray *array = NULL;

  if (root == NULL)
    return FALSE;

  if (JSON_NODE_HOLDS_ARRAY (root))
    array = json_node_get_array (root);
  else if (JSON_NODE_HOLDS_OBJECT (root))
    array = hd_json_get_array (json_node_get_object (root), "announcements");

  if (array == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no announcements", own[1]);
      return FALSE;
    }

  return hd_database_begin (database, error) &&
         hd_database_end (database, hd_announcements_import (database, array, error), error);
}

HD_DESK_DECLARE (import_articles)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autofree char *category = NULL;
  const GOptionEntry entries[] = {
    { "category", 'c', 0, G_OPTION_ARG_STRING, &category, "The category of pages that name none",
      "NAME" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (HdDatabase) database = hd_desk_open (command, entries, 1, &own, data_dir, error);
  HdArticleImport done;

  if (database == NULL ||
      !hd_article_import (database, own[1], category, hd_text_now (), &done, error))
    return FALSE;

  g_print ("%u pages, %u changed, %u deleted, %u skipped\n", done.n_pages, done.n_changed,
           done.n_deleted, done.n_skipped);
  return TRUE;
}

HD_DESK_DECLARE (announce)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  gboolean important = FALSE;
  const GOptionEntry entries[] = {
    { "title", 't', 0, G_OPTION_ARG_STRING, &title, "The title", "TEXT" },
    { "body", 'b', 0, G_OPTION_ARG_STRING, &body, "The text", "TEXT" },
    { "important", 'i', 0, G_OPTION_ARG_NONE, &important, "Show it to everybody at once", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (HdDatabase) database = hd_desk_open (command, entries, 0, &own, data_dir, error);

  if (database == NULL)
    return FALSE;

  if (title == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "the --title is missing");
      return FALSE;
    }

  return hd_announcements_add (database, title, body != NULL ? body : "", important, hd_text_now (),
                               error);
}

HD_DESK_DECLARE (outage)
{
  g_auto (GStrv) own = g_strdupv (arguments);
  g_autofree char *message = NULL;
  g_autofree char *clean = NULL;
  gboolean hard = FALSE;
  const GOptionEntry entries[] = {
    { "message", 'm', 0, G_OPTION_ARG_STRING, &message, "What people are told", "TEXT" },
    { "hard", 0, 0, G_OPTION_ARG_NONE, &hard, "Answer nothing but that", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (HdDatabase) database = hd_desk_open (command, entries, 1, &own, data_dir, error);

  if (database == NULL)
    return FALSE;

  if (g_str_equal (own[1], "off"))
    return hd_info_clear_outage (database, error);

  if (g_str_equal (own[1], "on"))
    {
      clean = hd_text_clean (message != NULL ? message : "", "\n");
      return hd_info_set_outage (database, *clean != '\0' ? clean : "Портал закрито на технічне обслуговування.",
                                 hard, hd_text_now (), error);
    }

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "outage is “on” or “off”");
  return FALSE;
}
