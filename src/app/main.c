/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <locale.h>

#include "hd-application.h"
#include "hd-compat.h"

static int
print_version_cb (GApplication *application,
                  GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("helpdesk %s\n", HD_VERSION);

  return 0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GApplication) application = NULL;
  const char *locale_dir = g_getenv ("HELPDESK_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : HD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  hd_compat_spare_graphics ();
  application = hd_application_new ();

  g_application_add_main_option (application, "version", 0, 0, G_OPTION_ARG_NONE,
                                 _("Print the version and exit"), NULL);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (print_version_cb), NULL);

  return g_application_run (application, argc, argv);
}
