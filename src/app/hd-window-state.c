/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-window-private.h"

#include <glib/gi18n.h>

#include "hd-error.h"
#include "hd-store-cache.h"
#include "hd-time.h"

/*
 * What the header bar, the banners and the badge show is computed here from the session and the visible pane, and
 * nowhere else.
 */

static gboolean
shows_panes (HdWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), "panes") == 0;
}

static void
refresh_title (HdWindow    *self,
               HdSizeClass  size_class)
{
  HdNavigation *navigation = hd_window_get_visible_navigation (self);
  HdPage *page = navigation != NULL ? hd_navigation_get_visible_page (navigation) : NULL;
  const char *title = page != NULL ? hd_page_get_title (page) : NULL;
  gboolean shows_switcher = shows_panes (self) && !self->reading_only && size_class != HD_SIZE_CLASS_NARROW;

  adw_window_title_set_title (self->window_title,
                              shows_panes (self) && title != NULL && *title != '\0' ? title : _("Help Desk"));
  gtk_stack_set_visible_child (self->title_stack,
                               GTK_WIDGET (shows_switcher ? (GtkWidget *) self->switcher
                                                          : (GtkWidget *) self->window_title));
  adw_view_switcher_set_policy (self->switcher,
                                size_class == HD_SIZE_CLASS_WIDE ? ADW_VIEW_SWITCHER_POLICY_WIDE
                                                                 : ADW_VIEW_SWITCHER_POLICY_NARROW);

  /* A title in the very middle needs as much room at the start as the buttons take at the end,
   * which only the small switcher of a medium window leaves in every language. */
  adw_header_bar_set_centering_policy (self->header_bar,
                                       size_class == HD_SIZE_CLASS_MEDIUM ? ADW_CENTERING_POLICY_STRICT
                                                                          : ADW_CENTERING_POLICY_LOOSE);
}

void
hd_window_refresh_header (HdWindow *self)
{
  HdSizeClass size_class = hd_adaptive_bin_get_size_class (self->adaptive_bin);
  HdNavigation *navigation = hd_window_get_visible_navigation (self);
  gboolean has_panes = shows_panes (self);
  gboolean can_pop = has_panes && navigation != NULL && hd_navigation_get_can_pop (navigation);
  gboolean is_person = has_panes && !self->reading_only;

  refresh_title (self, size_class);
  hd_banner_set_narrow (self->state_banner, size_class == HD_SIZE_CLASS_NARROW);
  hd_banner_set_narrow (self->outage_banner, size_class == HD_SIZE_CLASS_NARROW);
  hd_banner_set_narrow (self->space_banner, size_class == HD_SIZE_CLASS_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), can_pop || self->reading_only);
  /* Where there is little room the title has it: every pane has an entry of its own. */
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), has_panes && size_class != HD_SIZE_CLASS_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->account_button), is_person);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_button), self->reading_only);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), is_person);
  /* Its buttons are made when there is a use for them. */
  if (is_person && size_class == HD_SIZE_CLASS_NARROW)
    adw_view_switcher_bar_set_stack (self->switcher_bar, self->pane_stack);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, is_person && size_class == HD_SIZE_CLASS_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->status_line), has_panes && size_class != HD_SIZE_CLASS_NARROW);
  hd_window_refresh_actions (self);
}

static void
refresh_account (HdWindow *self)
{
  HdAccount *account = self->session != NULL ? hd_session_get_account (self->session) : NULL;
  const char *name = account != NULL ? hd_account_get_name (account) : NULL;
  g_autofree char *label = NULL;

  if (name == NULL && account != NULL)
    name = hd_account_get_user_name (account);

  adw_avatar_set_text (self->avatar, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->account_button), name != NULL ? name : _("Account"));
  label = name != NULL ? g_strdup_printf (_("Account: %s"), name) : g_strdup (_("Account"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->account_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
refresh_unread (HdWindow *self)
{
  GtkWidget *pane = GTK_WIDGET (self->panes[HD_PANE_ITEMS]);
  AdwViewStackPage *page = adw_view_stack_get_page (self->pane_stack, pane);
  guint n_unread = 0;

  if (self->session != NULL)
    g_object_get (self->session, "n-unread", &n_unread, NULL);

  adw_view_stack_page_set_badge_number (page, n_unread);
  adw_view_stack_page_set_needs_attention (page, n_unread > 0);
}

/* Returns: (transfer full) (nullable): what the portal has announced, while it lasts */
static HdOutage *
dup_outage (HdWindow *self)
{
  g_autoptr (HdOutage) outage = NULL;

  if (self->session != NULL)
    g_object_get (self->session, "outage", &outage, NULL);

  return outage != NULL && hd_outage_get_message (outage) != NULL ? g_steal_pointer (&outage) : NULL;
}

/* “Telephone the help desk: …”, after what was said; the number stands in one line. */
static char *
dup_with_phone (HdWindow   *self,
                const char *text)
{
  g_autofree char *phone = hd_session_dup_phone (self->session);
  g_auto (GStrv) parts = phone != NULL ? g_strsplit (phone, " ", -1) : NULL;
  g_autofree char *unbroken = parts != NULL ? g_strjoinv ("\302\240", parts) : NULL;

  /* Translators: the first %s is one or more sentences, the second a telephone number. */
  return unbroken != NULL ? g_strdup_printf (_("%s Help desk: %s"), text, unbroken) : g_strdup (text);
}

/* Returns: (transfer full): what the portal said of the outage before it was out of reach, and until when */
static char *
dup_outage_text (HdOutage *outage)
{
  g_autofree char *time = NULL;
  g_autofree char *until = NULL;

  if (hd_outage_get_until (outage) == NULL)
    return g_strdup ("");

  time = hd_time_dup_full (hd_outage_get_until (outage));

  /* Translators: the end of an outage, as the portal expects it. */
  return g_strdup_printf (_("Expected to end: %s."), time);
}

static void
show_offline (HdWindow     *self,
              const GError *error)
{
  g_autoptr (HdOutage) outage = dup_outage (self);
  g_autofree char *since = hd_time_dup_short (hd_session_get_offline_since (self->session));
  g_autofree char *what = error != NULL ? hd_error_dup_title (error) : g_strdup (_("Portal unavailable"));
  /* Translators: what is wrong, and since when: “Portal Unavailable since 09:41”. */
  g_autofree char *title = g_strdup_printf (_("%s since %s"), what, since);
  g_autofree char *why = NULL;
  g_autofree char *text = NULL;

  /* What the portal foretold explains more than what the network says. */
  if (outage != NULL)
    {
      g_autofree char *until = dup_outage_text (outage);

      why = g_strdup_printf ("%s. %s", hd_outage_get_message (outage), until);
      g_strchomp (why);
    }
  else
    {
      why = error != NULL ? hd_error_dup_text (error) : g_strdup ("");
    }

  text = dup_with_phone (self, why);
  hd_banner_show (self->state_banner, "hd-offline-symbolic", title, g_strchug (text),
                  self->reading_only ? NULL : _("_Try Again"), "win.sync");
}

/* Returns whether it tells of an outage, too. */
static gboolean
refresh_state_banner (HdWindow *self)
{
  if (self->session == NULL || !shows_panes (self))
    {
      hd_banner_hide (self->state_banner);
    }
  else if (hd_session_get_state (self->session) == HD_SESSION_EXPIRED)
    {
      hd_banner_show (self->state_banner, "dialog-password-symbolic", _("Signed Out"),
                      _("Your session has ended. What is on screen stays; sign in again to go on."),
                      _("_Sign In"), "win.sign-in");
    }
  else if (hd_session_get_offline_since (self->session) != NULL)
    {
      show_offline (self, hd_session_get_offline_error (self->session));
      return TRUE;
    }
  else
    {
      hd_banner_hide (self->state_banner);
    }

  return FALSE;
}

static void
refresh_outage_banner (HdWindow *self,
                       gboolean  is_told)
{
  g_autoptr (HdOutage) outage = dup_outage (self);
  g_autofree char *until = NULL;
  g_autofree char *text = NULL;

  if (outage == NULL || is_told)
    {
      hd_banner_hide (self->outage_banner);
      return;
    }

  until = dup_outage_text (outage);
  text = dup_with_phone (self, until);
  hd_banner_show (self->outage_banner, "dialog-warning-symbolic", hd_outage_get_message (outage),
                  g_strstrip (text), NULL, NULL);
}

/* While there is still room for what is being written. */
static void
refresh_space_banner (HdWindow *self)
{
  HdStore *store = self->session != NULL ? hd_session_get_store (self->session) : NULL;

  if (store != NULL && hd_store_is_space_low (store))
    hd_banner_show (self->space_banner, "dialog-warning-symbolic", _("This Computer’s Disk Is Almost Full"),
                    _("Delete what is not needed: soon nothing more that you write could be kept."), NULL, NULL);
  else
    hd_banner_hide (self->space_banner);
}

/* Everything that depends on the session. */
void
hd_window_refresh_state (HdWindow *self)
{
  refresh_account (self);
  refresh_unread (self);
  refresh_outage_banner (self, refresh_state_banner (self));
  refresh_space_banner (self);

  /* It would contradict the banner. */
  if (self->session != NULL && hd_session_get_offline_since (self->session) != NULL)
    hd_window_dismiss_sync_toast (self);

  hd_window_refresh_header (self);
}
