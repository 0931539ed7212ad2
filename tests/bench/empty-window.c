/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

/*
 * The yardstick of bench-startup: the least that a libadwaita program does, a
 * window of the same size with nothing in it.  Reports its first frame as the
 * program does, to the file that $HELPDESK_WATCHDOG names.
 */

static void
frame_painted_cb (GdkFrameClock *clock,
                  gpointer       user_data)
{
  const char *path = g_getenv ("HELPDESK_WATCHDOG");
  g_autofree char *line = g_strdup_printf ("frame %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());

  g_signal_handlers_disconnect_by_func (clock, frame_painted_cb, user_data);
  g_file_set_contents (path, line, -1, NULL);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (frame_painted_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application =
    adw_application_new ("ua.gov.customs.HelpDesk.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
