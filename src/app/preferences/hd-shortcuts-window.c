/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-shortcuts-window.h"

#include <glib/gi18n.h>

/**
 * HdShortcutsWindow:
 *
 * What the keyboard can do.  Keys that belong to an action are asked of the
 * application, so that this list cannot tell other keys than those that work.
 */

struct _HdShortcutsWindow
{
  AdwWindow           parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (HdShortcutsWindow, hd_shortcuts_window, ADW_TYPE_WINDOW)

typedef struct
{
  const char *group; /* (nullable): begins a new group */
  const char *title;
  const char *action; /* (nullable): whose keys these are */
  const char *accel;  /* (nullable): where it is no action's */
} Shortcut;

static const Shortcut shortcuts[] = {
  { N_("Pages"), N_("Home"), "win.show-pane::home", NULL },
  { NULL, N_("Knowledge Base"), "win.show-pane::knowledge", NULL },
  { NULL, N_("Service Catalog"), "win.show-pane::catalog", NULL },
  { NULL, N_("My Items"), "win.show-pane::items", NULL },
  { NULL, N_("Back"), "win.back", NULL },
  { N_("Requests"), N_("New Request"), "win.new-request", NULL },
  { NULL, N_("Report an Incident"), "win.report-incident", NULL },
  { NULL, N_("Paste a Picture as an Attachment"), NULL, "<Control>v" },
  { N_("Search"), N_("Search Everything"), "win.search-everything", NULL },
  { NULL, N_("Search on This Page"), "win.search-page", NULL },
  { N_("General"), N_("Sync Now"), "win.sync", NULL },
  { NULL, N_("Main Menu"), "win.show-menu", NULL },
  { NULL, N_("Preferences"), "win.preferences", NULL },
  { NULL, N_("Keyboard Shortcuts"), "win.shortcuts", NULL },
  { NULL, N_("Close What Is on Top"), NULL, "Escape" },
  { NULL, N_("Close the Window"), "window.close", NULL },
  { NULL, N_("Quit"), "app.quit", NULL },
};

/* Returns: (transfer full) (nullable): “Ctrl+F” */
static char *
dup_keys (const Shortcut *shortcut)
{
  GApplication *application = g_application_get_default ();
  g_auto (GStrv) accels = NULL;
  const char *accel = shortcut->accel;
  GdkModifierType modifiers;
  guint key;

  if (shortcut->action != NULL && GTK_IS_APPLICATION (application))
    {
      accels = gtk_application_get_accels_for_action (GTK_APPLICATION (application), shortcut->action);
      accel = accels[0];
    }

  if (accel == NULL || !gtk_accelerator_parse (accel, &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}

static GtkWidget *
create_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *keys = dup_keys (shortcut);
  GtkWidget *label = gtk_label_new (keys != NULL ? keys : "");

  gtk_widget_add_css_class (label, "hd-keys");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

static void
hd_shortcuts_window_class_init (HdShortcutsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-shortcuts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HdShortcutsWindow, page);
}

static void
hd_shortcuts_window_init (HdShortcutsWindow *self)
{
  AdwPreferencesGroup *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].group != NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _(shortcuts[i].group));
          adw_preferences_page_add (self->page, group);
        }

      adw_preferences_group_add (group, create_row (&shortcuts[i]));
    }
}

GtkWidget *
hd_shortcuts_window_new (GtkWindow *parent)
{
  return g_object_new (HD_TYPE_SHORTCUTS_WINDOW, "transient-for", parent, NULL);
}
