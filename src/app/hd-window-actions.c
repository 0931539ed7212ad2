/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-window-private.h"

#include <glib/gi18n.h>

#include "hd-compat.h"
#include "hd-error.h"
#include "hd-home-page.h"
#include "hd-pages.h"
#include "hd-preferences-window.h"
#include "hd-shortcuts-window.h"
#include "hd-sign-in-dialog.h"

/*
 * What the pages can ask of the window, as actions: they know no more of it than these names.
 */

/* --- Going about --- */

static void
show_pane (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  HdNavigation *navigation;
  HdPane pane;

  if (!hd_window_find_pane (g_variant_get_string (parameter, NULL), &pane))
    return;

  /* Asking for the pane that is shown leads to its first page. */
  if (pane == hd_window_get_visible_pane (self) && hd_window_get_visible_navigation (self) != NULL)
    hd_navigation_pop_to_root (hd_window_get_visible_navigation (self));

  navigation = hd_window_show_pane (self, pane);

  if (navigation != NULL)
    hd_page_grab_focus_first (hd_navigation_get_visible_page (navigation));
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  HdNavigation *navigation = hd_window_get_visible_navigation (self);

  if (navigation != NULL && hd_navigation_pop (navigation))
    return;

  if (self->reading_only)
    gtk_widget_activate_action (widget, "win.sign-in", NULL);
}

static void
open_article (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  HdNavigation *navigation = hd_window_show_pane (HD_WINDOW (widget), HD_PANE_KNOWLEDGE);
  const char *id = g_variant_get_string (parameter, NULL);
  HdKnowledgePage *page;

  if (navigation == NULL)
    return;

  page = HD_KNOWLEDGE_PAGE (hd_navigation_get_root_page (navigation));

  if (g_str_equal (action_name, "win.open-announcement"))
    hd_knowledge_page_open_announcement (page, id);
  else
    hd_knowledge_page_open_article (page, id);
}

/*
 * A draft that is open is brought forward as it stands: a second page of it would write over the first.
 * Returns: (nullable): a page that is new
 */
static HdFormPage *
push_form (HdWindow   *self,
           const char *offering_id,
           const char *draft_id,
           const char *article_id)
{
  HdFormPage *page;
  HdNavigation *navigation = hd_window_show_pane (self, HD_PANE_CATALOG);
  HdPage *top = navigation != NULL ? hd_navigation_get_visible_page (navigation) : NULL;

  if (draft_id != NULL && HD_IS_FORM_PAGE (top) && hd_form_page_is_editing (HD_FORM_PAGE (top), draft_id))
    {
      hd_page_grab_focus_first (top);
      return NULL;
    }

  if (navigation == NULL || !hd_navigation_pop_to_root (navigation))
    return NULL;

  page = HD_FORM_PAGE (hd_form_page_new (self->session, offering_id, draft_id, article_id));
  hd_navigation_push (navigation, HD_PAGE (page));

  return page;
}

static void
open_offering (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  const char *offering_id;
  const char *article_id;

  g_variant_get (parameter, "(&s&s)", &offering_id, &article_id);
  push_form (HD_WINDOW (widget), offering_id, NULL, *article_id != '\0' ? article_id : NULL);
}

static void
open_offering_with_words (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  const char *offering_id;
  const char *words;
  HdFormPage *page;

  g_variant_get (parameter, "(&s&s)", &offering_id, &words);
  page = push_form (HD_WINDOW (widget), offering_id, NULL, NULL);

  if (page != NULL)
    hd_form_page_begin_with (page, words);
}

static void
push_request (HdWindow   *self,
              const char *request_id)
{
  HdNavigation *navigation = hd_window_show_pane (self, HD_PANE_ITEMS);
  HdPage *top = navigation != NULL ? hd_navigation_get_visible_page (navigation) : NULL;

  /* As with forms: a reply may have been begun there. */
  if (HD_IS_ITEM_PAGE (top) && g_strcmp0 (hd_item_page_get_request_id (HD_ITEM_PAGE (top)), request_id) == 0)
    {
      hd_page_refresh (top);
      hd_page_grab_focus_first (top);
      return;
    }

  if (navigation == NULL || !hd_navigation_pop_to_root (navigation))
    return;

  hd_navigation_push (navigation, HD_PAGE (hd_item_page_new (self->session, request_id)));
}

static void
open_request (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  push_request (HD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* A draft is of a form or of a reply. */
static void
show_draft (HdWindow *self,
            HdDraft  *draft)
{
  if (hd_draft_get_request_id (draft) != NULL)
    push_request (self, hd_draft_get_request_id (draft));
  else
    push_form (self, hd_draft_get_offering_id (draft), hd_draft_get_id (draft), NULL);
}

static void
draft_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  draft = hd_store_get_draft_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (draft != NULL)
    show_draft (self, draft);
  else
    hd_window_add_toast (self, _("The draft is no longer there."));
}

static void
open_draft (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);

  if (self->session != NULL)
    hd_store_get_draft_async (hd_session_get_store (self->session), g_variant_get_string (parameter, NULL),
                              self->cancellable, draft_read_cb, self);
}

static void
returned_to_draft_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  draft = hd_store_return_to_draft_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (draft != NULL)
    show_draft (self, draft);
  else
    hd_window_add_toast (self, _("It is being sent already."));
}

static void
edit_submission (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  if (self->session == NULL)
    return;

  hd_session_stop_submission (self->session, id);
  hd_store_return_to_draft_async (hd_session_get_store (self->session), id, self->cancellable,
                                  returned_to_draft_cb, self);
}

/* Returns: (nullable): NULL where it is not to be seen now */
static HdCatalogPage *
show_catalog_page (HdWindow *self)
{
  HdNavigation *navigation = hd_window_show_pane (self, HD_PANE_CATALOG);

  if (navigation == NULL || !hd_navigation_pop_to_root (navigation))
    return NULL;

  return HD_CATALOG_PAGE (hd_navigation_get_root_page (navigation));
}

static void
show_catalog (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  HdCatalogPage *page = show_catalog_page (HD_WINDOW (widget));
  gboolean is_incident = g_str_equal (action_name, "win.report-incident");

  if (page != NULL)
    hd_catalog_page_show_kind (page, is_incident ? HD_KIND_INCIDENT : HD_KIND_REQUEST);
}

/* Where nothing was found.  Who is not signed in does so first, and goes on with the same words. */
static void
report_words (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  HdCatalogPage *page;

  if (self->reading_only)
    {
      hd_window_stop_reading (self);
      hd_window_do_action (self, action_name, parameter);
      return;
    }

  page = show_catalog_page (self);

  if (page != NULL)
    hd_catalog_page_report (page, g_variant_get_string (parameter, NULL));
}

/* --- Searching --- */

/* In the Knowledge Base where nobody is signed in: Home is not theirs to see. */
static void
search_everything (HdWindow   *self,
                   const char *words)
{
  HdNavigation *navigation = hd_window_show_pane (self, self->reading_only ? HD_PANE_KNOWLEDGE : HD_PANE_HOME);
  HdPage *page;

  if (navigation == NULL || !hd_navigation_pop_to_root (navigation))
    return;

  page = hd_navigation_get_root_page (navigation);

  if (words == NULL)
    hd_page_start_search (page);
  else if (self->reading_only)
    hd_knowledge_page_search (HD_KNOWLEDGE_PAGE (page), words);
  else
    hd_home_page_search (HD_HOME_PAGE (page), words);
}

static void
search (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  search_everything (HD_WINDOW (widget), parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
}

static void
search_page (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  HdNavigation *navigation = hd_window_get_visible_navigation (self);

  if (navigation == NULL || !hd_page_start_search (hd_navigation_get_visible_page (navigation)))
    search_everything (self, NULL);
}

/* --- Synchronizing --- */

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_synced = hd_session_sync_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  self->sync_asked = FALSE;

  if (is_synced)
    {
      hd_window_add_sync_toast (self);
    }
  else if (!hd_error_is_unreachable (error) && !g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    {
      /* The others are a banner. */
      g_autofree char *title = hd_error_dup_title (error);

      hd_window_add_toast (self, title);
    }
}

static void
synchronize (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);
  HdNavigation *navigation = hd_window_get_visible_navigation (self);

  if (self->session == NULL || self->sync_asked)
    return;

  if (navigation != NULL)
    hd_page_refresh (hd_navigation_get_visible_page (navigation));

  self->sync_asked = TRUE;
  hd_session_sync_async (self->session, self->cancellable, synced_cb, self);
  hd_session_send_now (self->session, NULL);
}

/* --- Signing in and out --- */

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hd_session_sign_out_finish (HD_SESSION (object), result, &error) && !hd_error_is_cancelled (error))
    {
      g_autofree char *title = hd_error_dup_title (error);

      hd_window_add_toast (self, title);
    }
}

static void
sign_out_now (HdWindow *self)
{
  hd_session_sign_out_async (self->session, self->cancellable, signed_out_cb, self);
}

static void
sign_out_confirmed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (hd_compat_confirm_finish (result, &error))
    sign_out_now (self);
}

static void
unsent_counted_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  gssize n_unsent = hd_session_count_unsent_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (n_unsent == 0)
    {
      sign_out_now (self);
      return;
    }

  if (n_unsent > 0)
    body = g_strdup_printf (ngettext ("%d draft or entry of the outbox is on this computer only. "
                                      "Signing out deletes it.",
                                      "%d drafts and entries of the outbox are on this computer only. "
                                      "Signing out deletes them.", n_unsent),
                            (int) n_unsent);

  hd_compat_confirm_async (GTK_WINDOW (self), _("Sign Out and Lose What Is Not Sent?"),
                           body != NULL ? body : _("Drafts on this computer are deleted by signing out."),
                           _("_Sign Out"), TRUE, self->cancellable, sign_out_confirmed_cb, self);
}

static void
sign_out (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);

  if (self->session == NULL)
    return;

  /* A form that is open has its last words saved first, so that they are counted. */
  for (guint i = 0; i < HD_N_PANES; i++)
    {
      GtkWidget *navigation = adw_bin_get_child (self->panes[i]);

      if (navigation != NULL)
        hd_navigation_close_all (HD_NAVIGATION (navigation));
    }

  hd_session_count_unsent_async (self->session, self->cancellable, unsent_counted_cb, self);
}

static void
sign_in (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HdWindow *self = HD_WINDOW (widget);

  if (self->session == NULL)
    return;

  if (self->reading_only)
    hd_window_stop_reading (self);
  else if (hd_session_get_state (self->session) == HD_SESSION_EXPIRED)
    gtk_window_present (GTK_WINDOW (hd_sign_in_dialog_new (GTK_WINDOW (self), self->session)));
}

static void
read_offline (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  hd_window_start_reading (HD_WINDOW (widget));
}

/* --- The rest --- */

static void
quit (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  hd_window_quit (HD_WINDOW (widget));
}

static void
add_toast (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  hd_window_add_toast (HD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_preferences (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (hd_preferences_window_new (GTK_WINDOW (widget), HD_WINDOW (widget)->session)));
}

static void
show_shortcuts (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (hd_shortcuts_window_new (GTK_WINDOW (widget))));
}

static void
show_about (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  hd_compat_show_about (GTK_WINDOW (widget), _("Help Desk"), HD_APP_ID, HD_VERSION,
                        _("Knowledge base, service catalog and requests of a help desk"));
}

static void
show_menu (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_menu_button_popup (HD_WINDOW (widget)->menu_button);
}

void
hd_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.about", NULL, show_about);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.edit-submission", "s", edit_submission);
  gtk_widget_class_install_action (widget_class, "win.new-request", NULL, show_catalog);
  gtk_widget_class_install_action (widget_class, "win.open-announcement", "s", open_article);
  gtk_widget_class_install_action (widget_class, "win.open-article", "s", open_article);
  gtk_widget_class_install_action (widget_class, "win.open-draft", "s", open_draft);
  gtk_widget_class_install_action (widget_class, "win.open-offering", "(ss)", open_offering);
  gtk_widget_class_install_action (widget_class, "win.open-offering-with-words", "(ss)", open_offering_with_words);
  gtk_widget_class_install_action (widget_class, "win.open-request", "s", open_request);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  gtk_widget_class_install_action (widget_class, "win.quit", NULL, quit);
  gtk_widget_class_install_action (widget_class, "win.read-offline", NULL, read_offline);
  gtk_widget_class_install_action (widget_class, "win.report-incident", NULL, show_catalog);
  gtk_widget_class_install_action (widget_class, "win.report-words", "s", report_words);
  gtk_widget_class_install_action (widget_class, "win.search", "s", search);
  gtk_widget_class_install_action (widget_class, "win.search-everything", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.search-page", NULL, search_page);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.show-menu", NULL, show_menu);
  gtk_widget_class_install_action (widget_class, "win.show-pane", "s", show_pane);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, synchronize);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", add_toast);
}

/* What a person who is not signed in cannot do is not offered. */
void
hd_window_refresh_actions (HdWindow *self)
{
  static const char *const of_a_person[] = {
    "win.new-request", "win.report-incident", "win.search-everything", "win.sign-out", "win.sync",
  };
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean is_person = self->session != NULL && !self->reading_only &&
                       hd_session_get_state (self->session) != HD_SESSION_SIGNED_OUT;

  for (guint i = 0; i < G_N_ELEMENTS (of_a_person); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_a_person[i], is_person);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import-pack", self->session != NULL && self->is_opened);

  /* Where closing the window ends the program, nothing else need. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.quit",
                                 application != NULL && hd_application_runs_in_background (HD_APPLICATION (application)));
}
