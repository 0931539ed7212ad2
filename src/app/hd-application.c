/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-application.h"

#include <glib/gi18n.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "hd-notifier.h"
#include "hd-offline-settings.h"
#include "hd-watchdog.h"
#include "hd-window.h"

/**
 * HdApplication:
 *
 * One process, one window, one session.  It finds out which portal is meant
 * (a locking policy, the command line, the policy, what was typed once), makes
 * the session for it and gives it to the window.
 */

/* By then the first page has been painted. */
#define SETTLED_MS 1000

struct _HdApplication
{
  AdwApplication  parent_instance;

  GSettings      *settings;     /* (owned) */
  HdPolicy       *policy;       /* (owned) */
  HdSession      *session;      /* (owned) (nullable): none until the portal's address is known */
  HdNotifier     *notifier;     /* (owned) (nullable) */
  HdWindow       *window;       /* (unowned) (nullable) */
  GCancellable   *cancellable;  /* (owned): of the session's opening */
  GError         *fault;        /* (owned) (nullable): why there is no session for the portal that is meant */

  /* From the command line: (owned) (nullable) */
  char           *portal_uri;
  char           *portal_kind;
  char           *ca_file;
  char           *site_file;
  char           *user_name;
  char           *data_dir;
};

G_DEFINE_FINAL_TYPE (HdApplication, hd_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "win.show-pane::home", { "<Alt>1" } },
  { "win.show-pane::knowledge", { "<Alt>2" } },
  { "win.show-pane::catalog", { "<Alt>3" } },
  { "win.show-pane::items", { "<Alt>4" } },
  { "win.search-everything", { "<Control>k" } },
  { "win.search-page", { "<Control>f" } },
  { "win.new-request", { "<Control>n" } },
  { "win.report-incident", { "<Control><Shift>n" } },
  { "win.sync", { "F5", "<Control>r" } },
  { "win.back", { "<Alt>Left" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question", "<Control>F1" } },
  { "win.show-menu", { "F10" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

/* --- Which portal --- */

static const char *
first_filled (const char *first,
              const char *second)
{
  return first != NULL && *first != '\0' ? first : second;
}

static const char *
choose_uri (HdApplication *self,
            const char    *typed_uri)
{
  const char *policy_uri = hd_policy_get_portal_uri (self->policy);

  if (hd_policy_get_lock_portal (self->policy) && policy_uri != NULL)
    return policy_uri;

  return first_filled (self->portal_uri, first_filled (typed_uri, policy_uri));
}

/* What the start and a sync needed for a moment goes back to the system: half
 * of it would stay with the process for good. */
static void
give_memory_back_cb (gpointer user_data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

/* The icon is for window managers that know no desktop entries: looking for all of its sizes can wait. */
static void
settled_cb (gpointer user_data)
{
  gtk_window_set_default_icon_name (HD_APP_ID);
  give_memory_back_cb (NULL);
}

static void
syncing_changed_cb (HdSession *session)
{
  if (!hd_session_get_syncing (session))
    g_idle_add_once (give_memory_back_cb, NULL);
}

static void
session_opened_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdApplication *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean has_person;

  has_person = hd_session_open_finish (HD_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (self->window != NULL)
    hd_window_session_opened (self->window, has_person, error);

  g_timeout_add_once (SETTLED_MS, settled_cb, NULL);
}

/**
 * hd_application_open_portal:
 * @uri: an address, as typed
 *
 * Makes a session for another portal, opens what is kept of it and gives it to
 * the window.
 *
 * Returns: %FALSE with @error where @uri is no address of a portal
 */
gboolean
hd_application_open_portal (HdApplication  *self,
                            const char     *uri,
                            GError        **error)
{
  g_autoptr (HdSession) session = NULL;
  g_autofree char *settings_kind = g_settings_get_string (self->settings, "portal-kind");
  g_autofree char *settings_ca = g_settings_get_string (self->settings, "ca-file");
  const char *policy_uri = hd_policy_get_portal_uri (self->policy);
  const char *kind = settings_kind;
  const char *ca_file = first_filled (self->ca_file, first_filled (settings_ca, hd_policy_get_ca_file (self->policy)));

  g_return_val_if_fail (HD_IS_APPLICATION (self), FALSE);

  if (g_strcmp0 (uri, policy_uri) == 0)
    kind = hd_policy_get_portal_kind (self->policy);

  session = hd_session_new (self->policy, first_filled (self->portal_kind, kind), uri,
                            first_filled (ca_file, NULL), self->data_dir, error);

  if (session == NULL)
    return FALSE;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->session, session);
  g_clear_object (&self->notifier);
  self->notifier = hd_notifier_new (GTK_APPLICATION (self), session, self->settings);
  g_signal_connect (session, "notify::syncing", G_CALLBACK (syncing_changed_cb), NULL);
  hd_offline_settings_follow (session, self->settings);
  hd_session_open_async (session, self->cancellable, session_opened_cb, self);

  if (self->window != NULL)
    hd_window_set_session (self->window, session);

  return TRUE;
}

static void
open_first_portal (HdApplication *self)
{
  g_autofree char *typed_uri = g_settings_get_string (self->settings, "portal-url");
  const char *uri = choose_uri (self, typed_uri);

  if (uri == NULL || self->session != NULL)
    return;

  /* The window asks for an address where there is no session. */
  if (!hd_application_open_portal (self, uri, &self->fault))
    g_debug ("No session: %s", self->fault->message);
}

/* --- Actions --- */

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HdApplication *self = user_data;

  if (self->window != NULL)
    hd_window_quit (self->window);
}

static void
activate_in_window (HdApplication *self,
                    const char    *name,
                    GVariant      *parameter)
{
  g_application_activate (G_APPLICATION (self));

  if (self->window != NULL)
    hd_window_do_action (self->window, name, parameter);
}

/* A notification was clicked. */
static void
open_request_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  activate_in_window (user_data, "win.open-request", parameter);
}

static void
show_pane_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  activate_in_window (user_data, "win.show-pane", parameter);
}

/* A page shows what there is to know of a request. */
static void
request_read_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  HdApplication *self = user_data;

  if (self->notifier != NULL)
    hd_notifier_withdraw (self->notifier, g_variant_get_string (parameter, NULL));
}

/* The next two are the actions of the desktop entry. */
static void
new_request_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  activate_in_window (user_data, "win.new-request", NULL);
}

static void
report_incident_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  activate_in_window (user_data, "win.report-incident", NULL);
}

static const GActionEntry actions[] = {
  { "new-request", new_request_cb },
  { "open-request", open_request_cb, "s" },
  { "quit", quit_cb },
  { "report-incident", report_incident_cb },
  { "request-read", request_read_cb, "s" },
  { "show-pane", show_pane_cb, "s" },
};

static void
color_scheme_changed_cb (HdApplication *self)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK,
  };
  guint scheme = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (scheme, G_N_ELEMENTS (schemes) - 1)]);
}

/* --- GApplication --- */

static void
hd_application_startup (GApplication *application)
{
  HdApplication *self = HD_APPLICATION (application);

  self->settings = g_settings_new (HD_APP_ID);
  self->policy = hd_policy_new ();

  if (self->site_file != NULL)
    hd_policy_set_site_file (self->policy, self->site_file);

  /* What is kept is read while GTK starts and the window is being made. */
  open_first_portal (self);

  G_APPLICATION_CLASS (hd_application_parent_class)->startup (application);

  g_set_application_name (_("Help Desk"));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           (const char *const *) accels[i].accels);

  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (color_scheme_changed_cb), self, G_CONNECT_SWAPPED);
  color_scheme_changed_cb (self);
  hd_watchdog_start ();
}

static void
hd_application_activate (GApplication *application)
{
  HdApplication *self = HD_APPLICATION (application);

  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, hd_window_new (self));
      hd_window_set_session (self->window, self->session);
    }

  hd_window_present_whole (self->window);
}

/* A double click on a knowledge pack. */
static void
hd_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  g_application_activate (application);
  hd_window_import_pack (HD_APPLICATION (application)->window, files[0]);
}

static void
take_option (GVariantDict  *options,
             const char    *name,
             char         **value)
{
  g_clear_pointer (value, g_free);
  g_variant_dict_lookup (options, name, "s", value);
}

static void
take_file_option (GVariantDict  *options,
                  const char    *name,
                  char         **value)
{
  g_autofree char *path = NULL;

  if (!g_variant_dict_lookup (options, name, "^ay", &path))
    return;

  g_free (*value);
  *value = g_canonicalize_filename (path, NULL);
}

static int
hd_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  HdApplication *self = HD_APPLICATION (application);

  take_option (options, "portal", &self->portal_uri);
  take_option (options, "kind", &self->portal_kind);
  take_option (options, "user", &self->user_name);
  take_file_option (options, "ca-file", &self->ca_file);
  take_file_option (options, "site", &self->site_file);
  take_file_option (options, "data-dir", &self->data_dir);

  return -1;
}

static void
hd_application_shutdown (GApplication *application)
{
  HdApplication *self = HD_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    {
      HdStore *store = hd_session_get_store (self->session);

      hd_session_close (self->session);

      /* What was typed last is on the disk before the process ends, whatever still holds the session. */
      if (store != NULL)
        hd_store_close (store);
    }
  hd_watchdog_stop ();

  G_APPLICATION_CLASS (hd_application_parent_class)->shutdown (application);
}

static void
hd_application_finalize (GObject *object)
{
  HdApplication *self = HD_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->notifier);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->policy);
  g_clear_object (&self->settings);
  g_clear_error (&self->fault);
  g_free (self->portal_uri);
  g_free (self->portal_kind);
  g_free (self->ca_file);
  g_free (self->site_file);
  g_free (self->user_name);
  g_free (self->data_dir);

  G_OBJECT_CLASS (hd_application_parent_class)->finalize (object);
}

static void
hd_application_class_init (HdApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = hd_application_finalize;
  application_class->startup = hd_application_startup;
  application_class->activate = hd_application_activate;
  application_class->open = hd_application_open;
  application_class->handle_local_options = hd_application_handle_local_options;
  application_class->shutdown = hd_application_shutdown;
}

static const GOptionEntry options[] = {
  { "portal", 0, 0, G_OPTION_ARG_STRING, NULL, N_("The portal’s address"), N_("URL") },
  { "kind", 0, 0, G_OPTION_ARG_STRING, NULL, N_("What the portal is: open or rt"), N_("KIND") },
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Authorities to trust besides the system’s, as PEM"), N_("FILE") },
  { "site", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("What is what at a portal that does not say it itself"), N_("FILE") },
  { "user", 0, 0, G_OPTION_ARG_STRING, NULL, N_("The user name to begin with"), N_("NAME") },
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Where to keep data"), N_("FOLDER") },
  { NULL }
};

static void
hd_application_init (HdApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GApplication *
hd_application_new (void)
{
  return g_object_new (HD_TYPE_APPLICATION, "application-id", HD_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}

/* Returns: (transfer none) */
HdPolicy *
hd_application_get_policy (HdApplication *self)
{
  g_return_val_if_fail (HD_IS_APPLICATION (self), NULL);

  return self->policy;
}

/* Returns: (transfer none) */
GSettings *
hd_application_get_settings (HdApplication *self)
{
  g_return_val_if_fail (HD_IS_APPLICATION (self), NULL);

  return self->settings;
}

/* Whether the program goes on when its window is closed. */
gboolean
hd_application_runs_in_background (HdApplication *self)
{
  g_return_val_if_fail (HD_IS_APPLICATION (self), FALSE);

  return g_settings_get_boolean (self->settings, "run-in-background") && hd_policy_get_allow_background (self->policy);
}

/* Returns: (transfer none) (nullable) */
HdSession *
hd_application_get_session (HdApplication *self)
{
  g_return_val_if_fail (HD_IS_APPLICATION (self), NULL);

  return self->session;
}

/* Why there is no session, though an address is known. Returns: (transfer none) (nullable) */
const GError *
hd_application_get_fault (HdApplication *self)
{
  g_return_val_if_fail (HD_IS_APPLICATION (self), NULL);

  return self->session == NULL ? self->fault : NULL;
}

/* The user name of the command line. Returns: (nullable) */
const char *
hd_application_get_user_name (HdApplication *self)
{
  g_return_val_if_fail (HD_IS_APPLICATION (self), NULL);

  return self->user_name;
}
