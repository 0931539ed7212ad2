/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-desk.h"

#include "hd-desk-commands.h"

/*
 * The desk's side of the portal: a command line that works on the data folder,
 * whether or not the server is running.
 */

static const HdDeskCommand commands[] = {
  { "init", "", "Make the data folder and the certificates", hd_desk_init, TRUE },
  { "add-user", "NAME", "Add a person; the password comes from standard input", hd_desk_add_user },
  { "set-password", "NAME", "Set a password, from standard input", hd_desk_set_password },
  { "import-catalog", "FILE", "Replace the service catalog", hd_desk_import_catalog },
  { "import-announcements", "FILE", "Replace the announcements", hd_desk_import_announcements },
  { "import-articles", "DIR", "Bring the articles up to date with a folder of pages", hd_desk_import_articles },
  { "announce", "", "Publish an announcement", hd_desk_announce },
  { "outage", "on|off", "Tell people about an outage", hd_desk_outage },
  { "list", "", "List the requests", hd_desk_list },
  { "reply", "NUMBER TEXT", "Answer, or ask, somebody", hd_desk_reply },
  { "status", "NUMBER STATUS", "Set a request's status", hd_desk_status },
};

static const HdDeskCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }

  return NULL;
}

/* Returns: (transfer full): the commands, for --help. */
char *
hd_desk_describe (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strdup_printf ("%s %s", commands[i].name, commands[i].arguments);

      g_string_append_printf (text, "  %-28s %s\n", usage, commands[i].summary);
    }

  g_string_append (text, "\nWithout a command, the portal is served. “COMMAND --help” tells more.");
  return g_string_free (text, FALSE);
}

/**
 * hd_desk_run:
 * @arguments: (inout): the command and what follows it
 * @data_dir: (nullable): the data folder, if it is known already
 * @error: return location for an error
 *
 * Carries out one of the desk's commands.
 */
gboolean
hd_desk_run (char       **arguments,
             const char  *data_dir,
             GError     **error)
{
  const HdDeskCommand *command = find_command (arguments[0]);

  if (command == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                   "there is no command “%s”; see --help", arguments[0]);
      return FALSE;
    }

  return command->run (command, arguments, data_dir, error);
}
