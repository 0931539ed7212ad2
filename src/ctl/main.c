/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <locale.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"

/* helpdeskctl: the help desk without a screen, for scripts and for finding faults. */

/* Options that only some commands take. */
typedef enum
{
  TAKES_ANSWERS = 1 << 0,
  TAKES_ATTACH = 1 << 1,
  TAKES_FILTER = 1 << 2,
  TAKES_COMMENT = 1 << 3,
  TAKES_FORCE = 1 << 4,
  TAKES_PACK = 1 << 5,
} Takes;

static const struct
{
  const char   *name;
  const char   *arguments;
  guint         least;
  guint         most;
  guint         takes;
  HdCtlCommand  run;
  const char   *summary;
} commands[] = {
  { "doctor", "", 0, 0, 0, hd_ctl_doctor, N_("Check everything that the program needs, and say what is wrong") },
  { "sign-in", "", 0, 0, 0, hd_ctl_do_sign_in, N_("Sign in with the password on standard input, and remember it") },
  { "sign-out", "", 0, 0, TAKES_FORCE, hd_ctl_do_sign_out, N_("Sign out and delete what is kept of the person") },
  { "sync", "", 0, 0, 0, hd_ctl_do_sync, N_("Bring everything up to date and send what waits") },
  { "catalog", "", 0, 0, 0, hd_ctl_catalog, N_("List the service offerings") },
  { "offering", "ID", 1, 1, 0, hd_ctl_offering, N_("Show an offering and the fields of its form") },
  { "search", "WORDS", 1, 100, 0, hd_ctl_search, N_("Search articles, news, offerings and requests") },
  { "article", "ID", 1, 1, 0, hd_ctl_article, N_("Show an article as text") },
  { "submit", "OFFERING", 1, 1, TAKES_ANSWERS | TAKES_ATTACH, hd_ctl_submit, N_("File a request and print its number") },
  { "items", "", 0, 0, TAKES_FILTER, hd_ctl_items, N_("List your requests and incidents") },
  { "item", "NUMBER", 1, 1, 0, hd_ctl_item, N_("Show a request with its conversation") },
  { "reply", "NUMBER TEXT|-", 2, 2, TAKES_ATTACH, hd_ctl_reply, N_("Reply to the help desk") },
  { "cancel", "NUMBER", 1, 1, TAKES_COMMENT, hd_ctl_cancel, N_("Cancel a request") },
  { "reopen", "NUMBER", 1, 1, TAKES_COMMENT, hd_ctl_reopen, N_("Have the help desk work on it again") },
  { "confirm", "NUMBER", 1, 1, 0, hd_ctl_confirm, N_("Confirm that it is solved") },
  { "rate", "NUMBER STARS", 2, 2, TAKES_COMMENT, hd_ctl_rate, N_("Rate the help desk’s work, 1 to 5") },
  { "feedback", "ARTICLE yes|no", 2, 2, TAKES_COMMENT, hd_ctl_feedback, N_("Say whether an article has helped") },
  { "outbox", HD_CTL_OUTBOX_ARGUMENTS, 0, 2, 0, hd_ctl_outbox, N_("Show what is not sent yet, and why; send, stop or delete it") },
  { "pack", "key|create|verify|import FILE", 2, 2, TAKES_PACK, hd_ctl_pack,
    N_("Make a key, or make, check or import a knowledge pack signed with one") },
};

static char *
dup_commands_text (void)
{
  g_autoptr (GString) text = g_string_new (_("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strconcat (commands[i].name, " ", commands[i].arguments, NULL);

      g_string_append_printf (text, "\n  %-36s %s", usage, _(commands[i].summary));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_exit_text (void)
{
  return _("Exit codes:\n"
           "  0  done\n"
           "  1  wrong use of this program\n"
           "  2  the portal cannot be reached; what was to be sent is in the outbox\n"
           "  3  not signed in, wrong password, account locked\n"
           "  4  refused, or filled in wrongly; the fields at fault are on standard error\n"
           "  5  not found\n"
           "  6  not allowed\n"
           "  7  data cannot be kept on this computer\n"
           "  8  the portal could not prove who it is, or it or a part of it failed or made no sense\n"
           "  9  interrupted when all had left: perhaps it was sent; look at your items\n"
           "  130  interrupted; what the command was given was not sent");
}

static GOptionContext *
make_context (HdCtl *ctl)
{
  const GOptionEntry entries[] = {
    { "portal", 0, 0, G_OPTION_ARG_STRING, &ctl->portal, N_("Address of the portal"), "URL" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &ctl->kind, N_("Kind of portal: open or rt"), "KIND" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &ctl->ca_file, N_("Authorities to trust besides the system’s, as PEM"), "FILE" },
    { "site", 0, 0, G_OPTION_ARG_FILENAME, &ctl->site, N_("What is what at a portal that does not say it itself"), "FILE" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &ctl->user, N_("User name"), "NAME" },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &ctl->data_dir, N_("Where to keep data"), "FOLDER" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &ctl->password_stdin,
      N_("Sign in for this command alone, with the password on standard input"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, N_("Print JSON"), NULL },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &ctl->answers, N_("submit: the answers, as JSON"), "FILE" },
    { "attach", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl->attach,
      N_("submit, reply: send a file along; may be repeated"), "[FIELD=]FILE" },
    { "filter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &ctl->filter,
      N_("items: open, waiting, closed, requests, incidents, or words; may be repeated"), "FILTER" },
    { "comment", 0, 0, G_OPTION_ARG_STRING, &ctl->comment, N_("cancel, reopen, rate, feedback: why"), "TEXT" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &ctl->key, N_("pack create: the key to sign with"), "FILE" },
    { "expires", 0, 0, G_OPTION_ARG_STRING, &ctl->expires,
      N_("pack create: until when it may be imported; 90 days, if not said"), "DAYS|DATE" },
    { "category", 0, 0, G_OPTION_ARG_STRING_ARRAY, &ctl->category,
      N_("pack create: only articles of this category, by id or name; may be repeated"), "CATEGORY" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &ctl->force, N_("sign-out: even if drafts are lost"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &ctl->version, N_("Show the version"), NULL },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("COMMAND [ARGUMENT…]"));
  g_autofree char *summary = dup_commands_text ();

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, get_exit_text ());

  return context;
}

/* An option that the command would ignore is a slip. */
static const char *
find_idle_option (HdCtl *ctl,
                  guint  takes)
{
  if (ctl->answers != NULL && (takes & TAKES_ANSWERS) == 0)
    return "--answers";

  if (ctl->attach != NULL && (takes & TAKES_ATTACH) == 0)
    return "--attach";

  if (ctl->filter != NULL && (takes & TAKES_FILTER) == 0)
    return "--filter";

  if (ctl->comment != NULL && (takes & TAKES_COMMENT) == 0)
    return "--comment";

  if ((ctl->key != NULL || ctl->expires != NULL || ctl->category != NULL) && (takes & TAKES_PACK) == 0)
    return ctl->key != NULL ? "--key" : ctl->expires != NULL ? "--expires" : "--category";

  return ctl->force && (takes & TAKES_FORCE) == 0 ? "--force" : NULL;
}

static HdCtlExit
run_command (HdCtl  *ctl,
             char  **words)
{
  guint n_arguments = g_strv_length (words + 1);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *idle;

      if (!g_str_equal (words[0], commands[i].name))
        continue;

      if (n_arguments < commands[i].least || n_arguments > commands[i].most)
        return hd_ctl_usage (_("Use it so: helpdeskctl %s %s"), commands[i].name, commands[i].arguments);

      idle = find_idle_option (ctl, commands[i].takes);

      if (idle != NULL)
        return hd_ctl_usage (_("“%s” does not take %s."), commands[i].name, idle);

      return hd_ctl_leave (ctl, commands[i].run (ctl, words + 1));
    }

  return hd_ctl_usage (_("There is no command “%s”; see helpdeskctl --help."), words[0]);
}

static void
set_language (void)
{
  const char *folder = g_getenv ("HELPDESK_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : HD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Whatever the locale's character set: file names and words are UTF-8 to us. */
static char **
get_words (int    argc,
           char **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);

  return g_strv_builder_end (builder);
}

int
main (int    argc,
      char **argv)
{
  HdCtl ctl = { 0 };
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) words = get_words (argc, argv);
  g_autoptr (GError) error = NULL;
  HdCtlExit code;

  set_language ();
  context = make_context (&ctl);
  ctl.policy = hd_policy_new ();

  if (!g_option_context_parse_strv (context, &words, &error))
    {
      code = hd_ctl_usage ("%s", error->message);
    }
  else if (ctl.version)
    {
      hd_ctl_print ("helpdeskctl %s\n", HD_VERSION);
      code = HD_CTL_OK;
    }
  else if (words[0] == NULL || words[1] == NULL)
    {
      code = hd_ctl_usage (_("Give a command; see helpdeskctl --help."));
    }
  else
    {
      code = run_command (&ctl, words + 1);
    }

  if (!hd_ctl_print_finish () && code == HD_CTL_OK)
    {
      hd_ctl_print_error ("helpdeskctl: %s\n", _("What there is to say cannot be written to standard output."));
      code = HD_CTL_STORAGE;
    }

  hd_ctl_clear (&ctl);
  return (int) code;
}
