/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-window-private.h"

#include <glib/gi18n.h>

#include "hd-button-names.h"
#include "hd-compat.h"
#include "hd-home-page.h"
#include "hd-pages.h"
#include "hd-stack-state.h"
#include "hd-watchdog.h"

/**
 * HdWindow:
 *
 * The window: a header bar, banners for states that last, four panes of which
 * each keeps its place, and the sign-in page instead of them while nobody is
 * signed in.
 *
 * A pane's pages are made when it is first shown, so that starting makes no
 * more than what is seen.
 */

/* A store that takes longer than that is not waited for: the window shows that it is being read. */
#define PATIENCE_MS 400

G_DEFINE_FINAL_TYPE (HdWindow, hd_window, ADW_TYPE_APPLICATION_WINDOW)

static const struct
{
  const char  *name;
  const char  *title;
  const char  *icon_name;
  GtkWidget   *(*create) (HdSession *session);
} panes[HD_N_PANES] = {
  [HD_PANE_HOME] = { "home", N_("Home"), "hd-home-symbolic", hd_home_page_new },
  [HD_PANE_KNOWLEDGE] = { "knowledge", N_("Knowledge Base"), "hd-knowledge-symbolic", hd_knowledge_page_new },
  [HD_PANE_CATALOG] = { "catalog", N_("Service Catalog"), "hd-catalog-symbolic", hd_catalog_page_new },
  [HD_PANE_ITEMS] = { "items", N_("My Items"), "hd-items-symbolic", hd_items_page_new },
};

gboolean
hd_window_find_pane (const char *name,
                     HdPane     *pane)
{
  for (guint i = 0; i < HD_N_PANES; i++)
    {
      if (g_strcmp0 (panes[i].name, name) == 0)
        {
          *pane = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void page_loaded_cb (HdWindow *self);

HdPane
hd_window_get_visible_pane (HdWindow *self)
{
  HdPane pane = HD_PANE_HOME;

  hd_window_find_pane (adw_view_stack_get_visible_child_name (self->pane_stack), &pane);

  return pane;
}

/* Returns: (nullable): NULL while there is no session */
HdNavigation *
hd_window_get_visible_navigation (HdWindow *self)
{
  GtkWidget *child = adw_bin_get_child (self->panes[hd_window_get_visible_pane (self)]);

  return child != NULL ? HD_NAVIGATION (child) : NULL;
}

/* The pane's pages, made if they were not yet. Returns: (nullable): NULL while there is no session */
HdNavigation *
hd_window_get_navigation (HdWindow *self,
                          HdPane    pane)
{
  AdwBin *bin = self->panes[pane];

  if (self->session == NULL || hd_session_get_store (self->session) == NULL)
    return NULL;

  if (adw_bin_get_child (bin) == NULL)
    {
      GtkWidget *navigation = hd_navigation_new (HD_PAGE (panes[pane].create (self->session)));

      g_signal_connect_object (navigation, "notify::can-pop",
                               G_CALLBACK (hd_window_refresh_header), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (navigation, "notify::title",
                               G_CALLBACK (hd_window_refresh_header), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (hd_navigation_get_visible_page (HD_NAVIGATION (navigation)), "notify::loading",
                               G_CALLBACK (page_loaded_cb), self, G_CONNECT_SWAPPED);
      adw_bin_set_child (bin, navigation);
    }

  return HD_NAVIGATION (adw_bin_get_child (bin));
}

/* Returns: (nullable): NULL where the pane is not to be seen now */
HdNavigation *
hd_window_show_pane (HdWindow *self,
                     HdPane    pane)
{
  if (self->session == NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), "panes") != 0)
    return NULL;

  if (self->reading_only && pane != HD_PANE_KNOWLEDGE)
    return NULL;

  adw_view_stack_set_visible_child_name (self->pane_stack, panes[pane].name);

  return hd_window_get_navigation (self, pane);
}

static void
visible_pane_changed_cb (HdWindow *self)
{
  HdPane pane = hd_window_get_visible_pane (self);

  hd_window_get_navigation (self, pane);

  if (self->is_opened && !self->reading_only)
    g_settings_set_string (self->settings, "last-pane", panes[pane].name);

  hd_window_refresh_header (self);
}

static void
show_sign_in (HdWindow *self)
{
  if (self->sign_in_page == NULL)
    {
      HdApplication *application = HD_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

      self->sign_in_page = HD_SIGN_IN_PAGE (hd_sign_in_page_new (application, self->session));
      gtk_stack_add_named (self->content_stack, GTK_WIDGET (self->sign_in_page), "sign-in");
    }

  self->reading_only = FALSE;

  /* A sign-in that failed has put the focus where the fault is. */
  if (gtk_stack_get_visible_child (self->content_stack) == GTK_WIDGET (self->sign_in_page))
    return;

  gtk_stack_set_visible_child_name (self->content_stack, "sign-in");
  hd_sign_in_page_grab_focus_first (self->sign_in_page);
}

static void
show_panes (HdWindow *self)
{
  g_autofree char *last_pane = g_settings_get_string (self->settings, "last-pane");
  gboolean were_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), "panes") == 0;
  HdNavigation *navigation;
  HdPane pane = HD_PANE_HOME;

  gtk_stack_set_visible_child_name (self->content_stack, "panes");

  if (self->sign_in_page != NULL)
    {
      GtkWidget *page = GTK_WIDGET (g_steal_pointer (&self->sign_in_page));

      /* GTK until 4.24 would keep it for ever, see hd-status-view.c. */
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
      gtk_stack_remove (self->content_stack, page);
    }

  if (were_shown && !self->reading_only)
    return;

  self->reading_only = FALSE;
  hd_window_find_pane (last_pane, &pane);
  navigation = hd_window_show_pane (self, pane);
  hd_window_refresh_header (self);

  if (navigation != NULL)
    hd_page_grab_focus_first (hd_navigation_get_visible_page (navigation));

  hd_window_do_pending_action (self);
}

/* Nobody is signed in, and what the portal publishes can be read all the same. */
void
hd_window_start_reading (HdWindow *self)
{
  if (self->session == NULL || hd_session_get_store (self->session) == NULL)
    return;

  self->reading_only = TRUE;
  gtk_stack_set_visible_child_name (self->content_stack, "panes");
  hd_window_show_pane (self, HD_PANE_KNOWLEDGE);
  hd_window_refresh_state (self);
}

void
hd_window_stop_reading (HdWindow *self)
{
  self->reading_only = FALSE;
  hd_window_leave (self);
  show_sign_in (self);
  hd_window_refresh_state (self);
}

/* Throws away every page and every dialog: they show what one person may see. */
void
hd_window_leave (HdWindow *self)
{
  hd_compat_close_dialogs (GTK_WINDOW (self), FALSE);

  for (guint i = 0; i < HD_N_PANES; i++)
    adw_bin_set_child (self->panes[i], NULL);

  hd_window_dismiss_toasts (self);
  hd_window_drop_pending_action (self);
}

static void
session_state_changed_cb (HdWindow *self)
{
  if (!self->is_opened || self->session == NULL)
    return;

  switch (hd_session_get_state (self->session))
    {
    case HD_SESSION_SIGNED_OUT:
      /* A sign-in that failed leaves nothing, and what waits for it goes on waiting. */
      if (!self->reading_only && self->sign_in_page == NULL)
        {
          hd_window_leave (self);
          show_sign_in (self);
        }
      break;

    case HD_SESSION_SIGNED_IN:
      show_panes (self);
      break;

    case HD_SESSION_EXPIRED:
      /* What was asked cannot be done now. */
      hd_compat_close_dialogs (GTK_WINDOW (self), TRUE);
      break;

    case HD_SESSION_SIGNING_IN:
      break;
    }

  hd_window_refresh_state (self);
}

static void
submission_finished_cb (HdWindow     *self,
                        HdSubmission *submission,
                        HdRequest    *request)
{
  HdNavigation *navigation = hd_window_get_visible_navigation (self);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  AdwToast *toast;

  /* Who stands before the form, its receipt or the item sees it there. */
  if (hd_submission_get_action (submission) != HD_ACTION_SUBMIT || request == NULL ||
      (navigation != NULL && hd_navigation_get_can_pop (navigation)))
    return;

  /* Translators: %s is the number of a request. */
  text = g_strdup_printf (_("Request %s registered"), hd_request_get_number (request));
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _("_Open"));
  adw_toast_set_action_name (toast, "win.open-request");
  adw_toast_set_action_target (toast, "s", hd_request_get_id (request));
  hd_window_show_toast (self, toast);
}

static void
submission_failed_cb (HdWindow     *self,
                      HdSubmission *submission,
                      GError       *error)
{
  HdNavigation *navigation = hd_window_get_visible_navigation (self);
  const char *title = hd_submission_get_title (submission);
  g_autofree char *text = NULL;

  if (navigation != NULL && hd_navigation_get_can_pop (navigation))
    return;

  /* Translators: %s is what was to be sent. */
  text = g_strdup_printf (_("“%s” was not accepted. It is in the outbox."),
                          title != NULL ? title : _("Request"));
  hd_window_add_toast (self, text);
}

static gboolean
minute_passed_cb (gpointer user_data)
{
  HdWindow *self = user_data;

  hd_status_line_refresh (self->status_line);

  return G_SOURCE_CONTINUE;
}

static void
hd_window_dispose (GObject *object)
{
  HdWindow *self = HD_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  hd_window_drop_pending_action (self);
  g_clear_handle_id (&self->minute_id, g_source_remove);
  g_clear_handle_id (&self->present_id, g_source_remove);
  g_clear_weak_pointer (&self->sync_toast);
  g_clear_pointer (&self->toasts, g_ptr_array_unref);
  g_clear_object (&self->session_signals);
  hd_window_leave_packs (self);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hd_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HdWindow, account_button);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, adaptive_bin);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, content_stack);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, outage_banner);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, pane_stack);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, space_banner);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, state_banner);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, status_line);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, HdWindow, window_title);
}

static void
hd_window_class_init (HdWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_window_dispose;
  hd_window_install_closing (GTK_WINDOW_CLASS (klass));

  g_type_ensure (HD_TYPE_ADAPTIVE_BIN);
  g_type_ensure (HD_TYPE_BANNER);
  g_type_ensure (HD_TYPE_STATUS_LINE);
  bind_template (widget_class);
  hd_window_install_actions (widget_class);
  hd_window_install_pack_actions (widget_class);
}

/* Menus are made when they are first opened. */
static void
create_menu (GtkMenuButton *button,
             gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, HD_WINDOW (user_data)->primary_menu);
}

static void
create_account_popover (GtkMenuButton *button,
                        gpointer       user_data)
{
  HdWindow *self = user_data;

  gtk_menu_button_set_popover (button, hd_account_popover_new (self->session));
}

static void
hd_window_init (HdWindow *self)
{
  self->settings = g_settings_new (HD_APP_ID);
  self->cancellable = g_cancellable_new ();
  self->toasts = g_ptr_array_new_with_free_func (g_object_unref);

  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));

  for (guint i = 0; i < HD_N_PANES; i++)
    {
      AdwViewStackPage *page;

      self->panes[i] = ADW_BIN (adw_bin_new ());
      page = adw_view_stack_add_titled (self->pane_stack, GTK_WIDGET (self->panes[i]), panes[i].name,
                                        _(panes[i].title));
      adw_view_stack_page_set_icon_name (page, panes[i].icon_name);
    }

  g_signal_connect_object (self->pane_stack, "notify::visible-child-name",
                           G_CALLBACK (visible_pane_changed_cb), self, G_CONNECT_SWAPPED);

  hd_stack_state_follow (GTK_WIDGET (self->content_stack));
  hd_stack_state_follow (GTK_WIDGET (self->pane_stack));
  hd_stack_state_follow (GTK_WIDGET (self->title_stack));

  self->session_signals = g_signal_group_new (HD_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::state", G_CALLBACK (session_state_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "notify", G_CALLBACK (hd_window_refresh_state), self);
  g_signal_group_connect_swapped (self->session_signals, "submission-finished",
                                  G_CALLBACK (submission_finished_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "submission-failed",
                                  G_CALLBACK (submission_failed_cb), self);
  g_signal_connect_object (self->adaptive_bin, "notify::size-class",
                           G_CALLBACK (hd_window_refresh_header), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->account_button, create_account_popover, self, NULL);
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu, self, NULL);
  hd_window_take_packs (self);
  self->minute_id = g_timeout_add_seconds (60, minute_passed_cb, self);
}

HdWindow *
hd_window_new (HdApplication *application)
{
  HdWindow *self = g_object_new (HD_TYPE_WINDOW, "application", application, NULL);
  int width = g_settings_get_int (self->settings, "window-width");

  gtk_window_set_default_size (GTK_WINDOW (self), width, g_settings_get_int (self->settings, "window-height"));
  hd_adaptive_bin_expect_width (self->adaptive_bin, width);

  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  return self;
}

/* @session: (nullable): NULL while no portal is known */
void
hd_window_set_session (HdWindow  *self,
                       HdSession *session)
{
  g_return_if_fail (HD_IS_WINDOW (self));

  if (session == NULL)
    {
      show_sign_in (self);
      hd_window_refresh_state (self);
      return;
    }

  if (!g_set_object (&self->session, session))
    return;

  self->is_opened = FALSE;
  hd_window_leave (self);
  g_signal_group_set_target (self->session_signals, session);
  hd_status_line_set_session (self->status_line, session);
  gtk_menu_button_set_popover (self->account_button, NULL);

  if (self->sign_in_page != NULL)
    hd_sign_in_page_set_session (self->sign_in_page, session);

  hd_window_refresh_state (self);
}

/* --- The first showing --- */

static void
show_now (HdWindow *self)
{
  g_clear_handle_id (&self->present_id, g_source_remove);
  gtk_widget_realize (GTK_WIDGET (self));
  hd_watchdog_report_paint (GTK_WIDGET (self), "frame");
  gtk_window_present (GTK_WINDOW (self));
}

static gboolean
waited_long_enough_cb (gpointer user_data)
{
  HdWindow *self = user_data;

  self->present_id = 0;
  show_now (self);

  return G_SOURCE_REMOVE;
}

/* Whether what the person is going to see is there: a sign-in page, or a page with what is kept. */
static gboolean
is_whole (HdWindow *self)
{
  HdNavigation *navigation = hd_window_get_visible_navigation (self);

  if (self->session == NULL)
    return TRUE;

  if (!self->is_opened)
    return FALSE;

  return navigation == NULL || !hd_page_get_loading (hd_navigation_get_visible_page (navigation));
}

static void
page_loaded_cb (HdWindow *self)
{
  if (!is_whole (self))
    return;

  if (self->present_id != 0)
    show_now (self);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), "panes") == 0)
    hd_watchdog_report_paint (GTK_WIDGET (self), "content");
}

/**
 * hd_window_present_whole:
 *
 * Brings the window forward.  The first time it waits, for a moment, until its
 * page has what is kept to show: a window that is drawn empty and drawn again
 * takes longer to be of use, and flickers.
 */
void
hd_window_present_whole (HdWindow *self)
{
  g_return_if_fail (HD_IS_WINDOW (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) || is_whole (self))
    show_now (self);
  else if (self->present_id == 0)
    self->present_id = g_timeout_add (PATIENCE_MS, waited_long_enough_cb, self);
}

static void
store_changed_cb (HdWindow      *self,
                  HdStoreTopics  topics)
{
  if ((topics & HD_STORE_SPACE) != 0)
    hd_window_refresh_state (self);
}

/**
 * hd_window_session_opened:
 * @has_person: whether somebody is signed in
 * @error: (nullable): why what is kept could not be read
 */
void
hd_window_session_opened (HdWindow     *self,
                          gboolean      has_person,
                          const GError *error)
{
  g_return_if_fail (HD_IS_WINDOW (self));

  self->is_opened = TRUE;
  hd_window_watch_bin (self);

  if (hd_session_get_store (self->session) != NULL)
    g_signal_connect_object (hd_session_get_store (self->session), "changed", G_CALLBACK (store_changed_cb), self,
                             G_CONNECT_SWAPPED);

  if (has_person)
    show_panes (self);
  else
    show_sign_in (self);

  if (self->sign_in_page != NULL)
    hd_sign_in_page_session_opened (self->sign_in_page, error);

  hd_window_refresh_state (self);
  hd_window_watch_packs (self);
  page_loaded_cb (self);
}
