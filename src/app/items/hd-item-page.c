/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-item-page.h"

#include <glib/gi18n.h>

#include "hd-compat.h"
#include "hd-composer.h"
#include "hd-error.h"
#include "hd-item-details.h"
#include "hd-item-steps.h"
#include "hd-item-text.h"
#include "hd-message-row.h"
#include "hd-outbox-text.h"
#include "hd-print.h"
#include "hd-status-label.h"
#include "hd-status-view.h"
#include "hd-store-list.h"

/**
 * HdItemPage:
 *
 * One request or incident: where it stands, the conversation, what was sent,
 * and what the person may do with it.  What is kept shows at once; a fresh one
 * is fetched behind and shows when the store has it.
 */

struct _HdItemPage
{
  HdPage         parent_instance;

  GtkBox        *action_box;
  GtkWidget     *cancel_button;
  GtkBox        *columns;
  HdComposer    *composer;
  GtkWidget     *composer_bar;
  GtkWidget     *confirm_button;
  GtkBox        *conversation;
  HdItemDetails *details;
  GtkWidget     *details_button;
  GtkRevealer   *details_revealer;
  GtkWidget     *details_side;
  GtkLabel      *not_kept_label;
  GtkLabel      *number_label;
  GtkBox        *pending_box;
  GtkWidget     *rating_box;
  GtkBox        *star_box;
  GtkWidget     *reopen_button;
  HdStatusLabel *status_label;
  HdStatusView  *status_view;
  HdItemSteps   *steps;
  GtkLabel      *subject_label;

  char          *request_id;      /* (owned) */
  HdRequest     *request;         /* (owned) (nullable) */
  HdStoreList   *outbox;          /* (owned) */
  gboolean       unseen;          /* what is shown was not marked as read yet */
};

G_DEFINE_FINAL_TYPE (HdItemPage, hd_item_page, HD_TYPE_PAGE)

static gboolean
may (HdItemPage           *self,
     const char           *action,
     HdPortalCapabilities  capability)
{
  const char *const *actions = hd_request_get_actions (self->request);

  return actions != NULL && g_strv_contains (actions, action) &&
         hd_session_can (hd_page_get_session (HD_PAGE (self)), capability);
}

static void
fill_conversation (HdItemPage *self)
{
  GListModel *messages = hd_request_get_messages (self->request);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->conversation))) != NULL)
    gtk_box_remove (self->conversation, child);

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      gtk_box_append (self->conversation,
                      hd_message_row_new (hd_page_get_session (HD_PAGE (self)), self->request_id, message));
    }
}

/* One decision at a time: another makes sense only when the portal has answered. */
static void
set_acting (HdItemPage *self,
            gboolean    is_acting)
{
  gtk_widget_set_sensitive (self->cancel_button, !is_acting);
  gtk_widget_set_sensitive (self->confirm_button, !is_acting);
  gtk_widget_set_sensitive (self->reopen_button, !is_acting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->star_box), !is_acting);
}

/* What was said or decided here and the portal does not know yet. */
static void
refresh_pending (HdItemPage *self)
{
  gboolean is_acting = FALSE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pending_box))) != NULL)
    gtk_box_remove (self->pending_box, child);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->outbox)); i++)
    {
      g_autoptr (HdSubmission) submission = g_list_model_get_item (G_LIST_MODEL (self->outbox), i);

      if (g_strcmp0 (hd_submission_get_request_id (submission), self->request_id) != 0)
        continue;

      is_acting = is_acting || hd_submission_get_action (submission) != HD_ACTION_REPLY;
      gtk_box_append (self->pending_box,
                      hd_message_row_new_pending (hd_outbox_get_said (submission),
                                                  hd_outbox_get_short_state (submission)));
    }

  set_acting (self, is_acting);
}

static void
refresh_rating (HdItemPage *self)
{
  gint64 rating = hd_request_get_rating (self->request);
  gint64 star = 1;

  gtk_widget_set_visible (self->rating_box, rating > 0 || may (self, "rate", HD_PORTAL_RATE));

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->star_box)); button != NULL;
       button = gtk_widget_get_next_sibling (button), star++)
    gtk_button_set_icon_name (GTK_BUTTON (button), star <= rating ? "starred-symbolic" : "non-starred-symbolic");
}

static void
refresh_not_kept (HdItemPage *self)
{
  g_autofree char *text = hd_request_dup_not_kept_text (self->request);

  gtk_label_set_label (self->not_kept_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->not_kept_label), text != NULL);
}

static void
show_request (HdItemPage *self,
              HdRequest  *request)
{
  HdSession *session = hd_page_get_session (HD_PAGE (self));
  const char *number = hd_request_get_number (request);
  g_autofree char *title = g_strdup_printf (_("No. %s"), number != NULL ? number : "—");
  gboolean can_reply;

  if (self->request != NULL && hd_record_equal (HD_RECORD (self->request), HD_RECORD (request)))
    return;

  g_set_object (&self->request, request);
  hd_page_set_title (HD_PAGE (self), title);
  gtk_label_set_label (self->number_label, title);
  gtk_label_set_label (self->subject_label, hd_request_get_subject (request) != NULL ? hd_request_get_subject (request) : "");
  hd_status_label_set (self->status_label, hd_request_get_status (request), hd_request_get_waiting_for_me (request));
  hd_item_steps_set_request (self->steps, request);
  hd_item_details_set_request (self->details, session, request);
  fill_conversation (self);
  refresh_rating (self);
  refresh_not_kept (self);

  gtk_widget_set_visible (self->cancel_button, may (self, "cancel", HD_PORTAL_CANCEL));
  gtk_widget_set_visible (self->confirm_button, may (self, "confirm", HD_PORTAL_CONFIRM));
  gtk_widget_set_visible (self->reopen_button, may (self, "reopen", HD_PORTAL_REOPEN));

  can_reply = may (self, "reply", HD_PORTAL_REPLY);
  gtk_widget_set_visible (self->composer_bar, can_reply);
  if (can_reply)
    hd_composer_open (self->composer, session, self->request_id, number, hd_request_get_subject (request));

  refresh_pending (self);
  hd_status_view_show_content (self->status_view);
  hd_page_content_shown (HD_PAGE (self));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  hd_store_mark_read_finish (HD_STORE (object), result, NULL);
}

static gboolean
is_looked_at (HdItemPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

/* What comes while the page is behind another one, or its window behind another, has not been read by anybody. */
static void
note_unseen (HdItemPage *self)
{
  HdStore *store = hd_session_get_store (hd_page_get_session (HD_PAGE (self)));

  self->unseen = !is_looked_at (self);

  if (self->unseen)
    return;

  hd_store_mark_read_async (store, self->request_id, NULL, read_cb, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.request-read", "s", self->request_id);
}

static void
window_activated_cb (HdItemPage *self)
{
  if (self->unseen)
    note_unseen (self);
}

static void
request_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdItemPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdRequest) request = hd_session_load_request_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (request != NULL)
    {
      show_request (self, request);
      note_unseen (self);
    }
  else if (self->request == NULL && error != NULL)
    {
      hd_status_view_show_error (self->status_view, error, _("_Try Again"));
    }
}

static void
load (HdItemPage *self)
{
  if (self->request == NULL)
    hd_status_view_show_loading (self->status_view);

  hd_session_load_request_async (hd_page_get_session (HD_PAGE (self)), self->request_id,
                                 hd_page_get_cancellable (HD_PAGE (self)), request_loaded_cb, self);
}

static void
kept_request_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HdItemPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdRequest) request = hd_store_get_request_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (request != NULL && hd_request_get_complete (request))
    {
      show_request (self, request);
      if (hd_request_get_unread (request))
        note_unseen (self);
    }
}

static void
store_changed_cb (HdItemPage    *self,
                  HdStoreTopics  topics)
{
  if ((topics & HD_STORE_REQUESTS) != 0)
    hd_store_get_request_async (hd_session_get_store (hd_page_get_session (HD_PAGE (self))), self->request_id,
                                hd_page_get_cancellable (HD_PAGE (self)), kept_request_cb, self);
}

static void
submitted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HdItemPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (hd_session_submit_finish (HD_SESSION (object), result, &error) || self->outbox == NULL)
    return;

  refresh_pending (self);
  text = hd_error_dup_text (error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
submit (HdItemPage *self,
        HdAction    action,
        int         stars)
{
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION,
                                                      "action", action,
                                                      "title", hd_request_get_subject (self->request),
                                                      "request-id", self->request_id,
                                                      "request-number", hd_request_get_number (self->request),
                                                      "stars", (gint64) stars,
                                                      NULL);

  /* Now, and not when the outbox tells of it: a double click is one click. */
  set_acting (self, TRUE);

  /* Not to be cancelled: who leaves has decided all the same. */
  hd_session_submit_async (hd_page_get_session (HD_PAGE (self)), submission, NULL, submitted_cb, g_object_ref (self));
}

static void
cancel_confirmed_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HdItemPage) self = user_data;

  if (hd_compat_confirm_finish (result, NULL) && self->request != NULL)
    submit (self, HD_ACTION_CANCEL, 0);
}

static void
reopen_confirmed_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HdItemPage) self = user_data;

  if (hd_compat_confirm_finish (result, NULL) && self->request != NULL)
    submit (self, HD_ACTION_REOPEN, 0);
}

static void
cancel_clicked_cb (HdItemPage *self)
{
  hd_compat_confirm_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Cancel This Request?"),
                           _("The help desk will stop working on it. This cannot be undone."),
                           _("_Cancel the Request"), TRUE, NULL, cancel_confirmed_cb, g_object_ref (self));
}

static void
reopen_clicked_cb (HdItemPage *self)
{
  hd_compat_confirm_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Reopen This Request?"),
                           _("The help desk will work on it again. Write a reply to say what is still wrong."),
                           _("_Reopen"), FALSE, NULL, reopen_confirmed_cb, g_object_ref (self));
}

static void
confirm_clicked_cb (HdItemPage *self)
{
  submit (self, HD_ACTION_CONFIRM, 0);
}

static void
star_clicked_cb (HdItemPage *self,
                 GtkWidget  *button)
{
  int stars = 1;

  while ((button = gtk_widget_get_prev_sibling (button)) != NULL)
    stars++;

  submit (self, HD_ACTION_RATE, stars);
}

static void
print_clicked_cb (HdItemPage *self)
{
  g_autofree char *markup = NULL;

  if (self->request == NULL)
    return;

  markup = hd_item_text_dup_markup (self->request);
  hd_print_markup (GTK_WIDGET (self), hd_request_get_number (self->request), markup);
}

/* Beside the conversation where there is room, else on demand below it. */
static void
refresh_details (HdItemPage *self)
{
  gboolean is_wide = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_WIDE;

  gtk_revealer_set_reveal_child (self->details_revealer,
                                 is_wide || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->details_button)));
}

static void
size_class_changed_cb (HdItemPage *self)
{
  gboolean is_wide = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_WIDE;
  gboolean is_narrow = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_NARROW;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->action_box),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->details_side, is_wide ? 320 : -1, -1);
  gtk_widget_set_visible (self->details_button, !is_wide);
  refresh_details (self);
}

static void
hd_item_page_refresh (HdPage *page)
{
  load (HD_ITEM_PAGE (page));
}

static gboolean
hd_item_page_close (HdPage *page)
{
  hd_composer_save (HD_ITEM_PAGE (page)->composer);
  return TRUE;
}

static void
hd_item_page_map (GtkWidget *widget)
{
  HdItemPage *self = HD_ITEM_PAGE (widget);

  GTK_WIDGET_CLASS (hd_item_page_parent_class)->map (widget);

  if (self->unseen)
    note_unseen (self);
}

static void
hd_item_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hd_item_page_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (window_activated_cb), widget,
                             G_CONNECT_SWAPPED);
}

static void
hd_item_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), window_activated_cb, widget);

  GTK_WIDGET_CLASS (hd_item_page_parent_class)->unroot (widget);
}

static void
hd_item_page_dispose (GObject *object)
{
  HdItemPage *self = HD_ITEM_PAGE (object);

  g_clear_object (&self->request);
  g_clear_object (&self->outbox);

  G_OBJECT_CLASS (hd_item_page_parent_class)->dispose (object);
}

static void
hd_item_page_finalize (GObject *object)
{
  g_clear_pointer (&HD_ITEM_PAGE (object)->request_id, g_free);

  G_OBJECT_CLASS (hd_item_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, action_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, columns);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, composer);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, composer_bar);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, conversation);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, details);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, details_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, details_revealer);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, details_side);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, not_kept_label);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, number_label);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, pending_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, rating_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, star_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, status_view);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, steps);
  gtk_widget_class_bind_template_child (widget_class, HdItemPage, subject_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, reopen_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_class_changed_cb);
}

static void
hd_item_page_class_init (HdItemPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_item_page_dispose;
  object_class->finalize = hd_item_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = hd_item_page_map;
  GTK_WIDGET_CLASS (klass)->root = hd_item_page_root;
  GTK_WIDGET_CLASS (klass)->unroot = hd_item_page_unroot;
  HD_PAGE_CLASS (klass)->refresh = hd_item_page_refresh;
  HD_PAGE_CLASS (klass)->close = hd_item_page_close;

  g_type_ensure (HD_TYPE_COMPOSER);
  g_type_ensure (HD_TYPE_ITEM_DETAILS);
  g_type_ensure (HD_TYPE_ITEM_STEPS);
  g_type_ensure (HD_TYPE_STATUS_LABEL);
  g_type_ensure (HD_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-item-page.ui");
  bind_template (widget_class);
}

static void
append_star (HdItemPage *self,
             int         star)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("non-starred-symbolic");
  g_autofree char *label = g_strdup_printf (ngettext ("%d star of 5", "%d stars of 5", star), star);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (star_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->star_box, button);
}

static void
hd_item_page_init (HdItemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_page_set_first_focus (HD_PAGE (self), GTK_WIDGET (self->composer));

  g_signal_connect_object (self->details_button, "toggled", G_CALLBACK (refresh_details), self, G_CONNECT_SWAPPED);
  for (int star = 1; star <= 5; star++)
    append_star (self, star);
}

GtkWidget *
hd_item_page_new (HdSession  *session,
                  const char *request_id)
{
  HdItemPage *self = g_object_new (HD_TYPE_ITEM_PAGE, "session", session, NULL);
  HdStore *store = hd_session_get_store (session);

  self->request_id = g_strdup (request_id);
  self->outbox = hd_store_list_new_outbox (store);
  g_signal_connect_object (self->outbox, "items-changed", G_CALLBACK (refresh_pending), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}

const char *
hd_item_page_get_request_id (HdItemPage *self)
{
  g_return_val_if_fail (HD_IS_ITEM_PAGE (self), NULL);

  return self->request_id;
}
