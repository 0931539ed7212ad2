/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sign-in-form.h"

#include <glib/gi18n.h>

#include "hd-compat.h"
#include "hd-error.h"
#include "hd-sign-in-fault.h"
#include "hd-sign-in-lock.h"
#include "hd-signin-advice.h"
#include "hd-stack-state.h"

/**
 * HdSignInForm:
 *
 * The fields of the sign-in, for the page and for the dialog.  Each fault
 * stands under the field it concerns and nowhere else.  A password that was
 * refused is never sent again by itself.
 *
 * Where the portal is not known yet, or is to be another, the signal
 * "portal-chosen" asks for a session; the sign-in goes on when that was opened.
 * The signal "done" says that somebody is signed in.
 */

struct _HdSignInForm
{
  AdwBin            parent_instance;

  GtkWidget        *portal_box;
  GtkEntry         *portal_entry;
  GtkLabel         *portal_note;
  GtkEntry         *user_entry;
  GtkLabel         *user_note;
  GtkPasswordEntry *password_entry;
  GtkLabel         *password_note;
  GtkLabel         *layout_note;
  GtkCheckButton   *remember_button;
  GtkLabel         *remember_note;
  GtkStack         *button_stack;
  GtkButton        *sign_in_button;
  GtkSpinner       *spinner;
  GtkButton        *cancel_button;

  HdSignInLock     *lock;        /* (owned) */
  HdPolicy         *policy;      /* (owned) */
  GSettings        *settings;    /* (owned) */
  HdSession        *session;     /* (owned) (nullable) */
  GCancellable     *cancellable; /* (owned) (nullable): of the sign-in under way */
  GdkDevice        *keyboard;    /* (owned) (nullable) */
  gboolean          is_waiting;  /* for the session that was asked for */
  gboolean          user_fixed;
};

G_DEFINE_FINAL_TYPE (HdSignInForm, hd_sign_in_form, ADW_TYPE_BIN)

enum
{
  PORTAL_CHOSEN,
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void signed_in_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);

/* --- Notes under the fields --- */

static void
set_note (GtkLabel   *note,
          GtkWidget  *field,
          const char *text,
          gboolean    is_fault)
{
  gboolean has_text = text != NULL && *text != '\0';

  gtk_label_set_label (note, has_text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (note), has_text);
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               has_text && is_fault ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);

  if (has_text && is_fault)
    {
      gtk_widget_add_css_class (field, "error");
      gtk_widget_add_css_class (GTK_WIDGET (note), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (note), "warning");
    }
  else
    {
      gtk_widget_remove_css_class (field, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (note), "error");
      gtk_widget_add_css_class (GTK_WIDGET (note), "warning");
    }
}

static void
show_fault (HdSignInForm  *self,
            HdSignInField  field,
            const char    *text)
{
  switch (field)
    {
    case HD_SIGN_IN_FIELD_PORTAL:
      set_note (self->portal_note, GTK_WIDGET (self->portal_entry), text, TRUE);
      if (gtk_widget_get_visible (self->portal_box))
        gtk_widget_grab_focus (GTK_WIDGET (self->portal_entry));
      break;

    case HD_SIGN_IN_FIELD_USER:
      set_note (self->user_note, GTK_WIDGET (self->user_entry), text, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->user_entry));
      break;

    case HD_SIGN_IN_FIELD_PASSWORD:
      set_note (self->password_note, GTK_WIDGET (self->password_entry), text, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
      gtk_editable_select_region (GTK_EDITABLE (self->password_entry), 0, -1);
      break;
    }
}

static void
clear_faults (HdSignInForm *self)
{
  set_note (self->portal_note, GTK_WIDGET (self->portal_entry), NULL, FALSE);
  set_note (self->password_note, GTK_WIDGET (self->password_entry), NULL, FALSE);
}

/* What cannot be seen: another keyboard layout, Caps Lock. */
static void
refresh_advice (HdSignInForm *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_entry));
  g_autofree char *user_advice = hd_signin_advice_dup_text (gtk_editable_get_text (GTK_EDITABLE (self->user_entry)));
  gboolean has_caps = self->keyboard != NULL && gdk_device_get_caps_lock_state (self->keyboard);
  gboolean has_focus = gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->password_entry))));
  const char *text = hd_sign_in_fault_get_password_advice (password, has_caps && has_focus);

  set_note (self->user_note, GTK_WIDGET (self->user_entry), user_advice, FALSE);
  gtk_label_set_label (self->layout_note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->layout_note), text != NULL);
}

/* --- Locked for a while --- */

static int
get_locked_seconds (HdSignInForm *self)
{
  return hd_sign_in_lock_get_seconds (self->lock, gtk_editable_get_text (GTK_EDITABLE (self->user_entry)));
}

static void
refresh_lock (HdSignInForm *self)
{
  int left = get_locked_seconds (self);
  g_autofree char *text = left > 0 ? hd_sign_in_fault_dup_countdown (left) : NULL;

  if (left > 0 || !gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in_button)))
    set_note (self->password_note, GTK_WIDGET (self->password_entry), text, TRUE);

  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), left == 0);
}

static void
password_changed_cb (HdSignInForm *self)
{
  if (get_locked_seconds (self) == 0)
    clear_faults (self);

  refresh_advice (self);
}

static void
user_changed_cb (HdSignInForm *self)
{
  refresh_advice (self);
  refresh_lock (self);
}

/* --- Signing in --- */

static void
set_busy (HdSignInForm *self,
          gboolean      busy)
{
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "ready");

  /* First: an entry must not have the focus when it becomes insensitive. */
  if (busy)
    gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));

  gtk_widget_set_sensitive (GTK_WIDGET (self->portal_entry), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->user_entry), !busy && !self->user_fixed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_entry), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_button), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  if (!busy)
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static gboolean
get_remember (HdSignInForm *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->remember_button)) &&
         gtk_check_button_get_active (self->remember_button);
}

static void
send (HdSignInForm *self)
{
  set_busy (self, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  hd_session_sign_in_async (self->session,
                            gtk_editable_get_text (GTK_EDITABLE (self->user_entry)),
                            gtk_editable_get_text (GTK_EDITABLE (self->password_entry)),
                            get_remember (self), self->cancellable, signed_in_cb, self);
}

static void
remember_choices (HdSignInForm *self)
{
  gboolean remember = get_remember (self);

  /* The address typed once is known from now on. */
  if (gtk_widget_get_visible (self->portal_box))
    g_settings_set_string (self->settings, "portal-url", hd_session_get_uri (self->session));

  g_settings_set_boolean (self->settings, "remember-me", remember);
  g_settings_set_string (self->settings, "user-name",
                         remember ? gtk_editable_get_text (GTK_EDITABLE (self->user_entry)) : "");
}

static void
wiped_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  HdSignInForm *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_wiped = hd_session_wipe_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (is_wiped)
    send (self);
  else
    hd_sign_in_form_show_error (self, error);
}

static void
wipe_confirmed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdSignInForm *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean confirmed = hd_compat_confirm_finish (result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (confirmed)
    hd_session_wipe_async (self->session, self->cancellable, wiped_cb, self);
  else
    set_busy (self, FALSE);
}

/* Somebody else has drafts on this computer, which nobody else may send. */
static void
ask_to_wipe (HdSignInForm *self)
{
  hd_compat_confirm_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           _("Delete Another Person’s Drafts?"),
                           _("Somebody else has worked here and has drafts that were not sent. "
                             "Signing in as another person deletes them."),
                           _("_Delete and Sign In"), TRUE, self->cancellable, wipe_confirmed_cb, self);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdSignInForm *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_signed_in = hd_session_sign_in_finish (HD_SESSION (object), result, &error);

  /* Cancelled by dispose(), or by the person, who sees the fields again already. */
  if (hd_error_is_cancelled (error))
    return;

  if (is_signed_in)
    {
      remember_choices (self);
      gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
      set_busy (self, FALSE);
      g_signal_emit (self, signals[DONE], 0);
    }
  else if (g_error_matches (error, HD_ERROR, HD_ERROR_CONFLICT))
    {
      ask_to_wipe (self);
    }
  else
    {
      hd_sign_in_form_show_error (self, error);
    }
}

static gboolean
wants_other_portal (HdSignInForm *self,
                    const char   *uri)
{
  return self->session == NULL ||
         (gtk_widget_get_visible (self->portal_box) && g_strcmp0 (uri, hd_session_get_uri (self->session)) != 0);
}

static gboolean
check_filled (HdSignInForm *self)
{
  if (gtk_widget_get_visible (self->portal_box) &&
      *gtk_editable_get_text (GTK_EDITABLE (self->portal_entry)) == '\0')
    {
      show_fault (self, HD_SIGN_IN_FIELD_PORTAL, _("Enter the portal’s address."));
    }
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->user_entry)) == '\0')
    {
      show_fault (self, HD_SIGN_IN_FIELD_USER, _("Enter your user name."));
    }
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->password_entry)) == '\0')
    {
      show_fault (self, HD_SIGN_IN_FIELD_PASSWORD, _("Enter your password."));
    }
  else
    {
      return TRUE;
    }

  return FALSE;
}

static void
sign_in_cb (HdSignInForm *self)
{
  g_autofree char *uri = hd_sign_in_fault_complete_uri (gtk_editable_get_text (GTK_EDITABLE (self->portal_entry)));

  if (get_locked_seconds (self) > 0 || !check_filled (self))
    return;

  clear_faults (self);

  if (!wants_other_portal (self, uri))
    {
      send (self);
      return;
    }

  self->is_waiting = TRUE;
  set_busy (self, TRUE);
  g_signal_emit (self, signals[PORTAL_CHOSEN], 0, uri);
}

static void
cancel_clicked_cb (HdSignInForm *self)
{
  self->is_waiting = FALSE;
  g_cancellable_cancel (self->cancellable);
  set_busy (self, FALSE);
}

/* --- Life --- */

static void
refresh_remember (HdSignInForm *self)
{
  gboolean allowed = hd_policy_get_allow_remember_me (self->policy);
  gboolean has_keyring = self->session == NULL || hd_session_has_keyring (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->remember_button), allowed && has_keyring);
  gtk_widget_set_visible (GTK_WIDGET (self->remember_note), allowed && !has_keyring);
}

static void
hd_sign_in_form_root (GtkWidget *widget)
{
  HdSignInForm *self = HD_SIGN_IN_FORM (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (hd_sign_in_form_parent_class)->root (widget);

  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));

  if (self->keyboard == NULL && seat != NULL && g_set_object (&self->keyboard, gdk_seat_get_keyboard (seat)))
    g_signal_connect_object (self->keyboard, "notify::caps-lock-state",
                             G_CALLBACK (refresh_advice), self, G_CONNECT_SWAPPED);
}

static void
hd_sign_in_form_dispose (GObject *object)
{
  HdSignInForm *self = HD_SIGN_IN_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->lock);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->keyboard);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->policy);

  G_OBJECT_CLASS (hd_sign_in_form_parent_class)->dispose (object);
}

static void
hd_sign_in_form_class_init (HdSignInFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_sign_in_form_dispose;
  widget_class->root = hd_sign_in_form_root;

  signals[PORTAL_CHOSEN] = g_signal_new ("portal-chosen", HD_TYPE_SIGN_IN_FORM, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DONE] = g_signal_new ("done", HD_TYPE_SIGN_IN_FORM, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-sign-in-form.ui");
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_faults);
  gtk_widget_class_bind_template_callback (widget_class, refresh_advice);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_changed_cb);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, button_stack);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, layout_note);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, password_entry);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, password_note);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, portal_box);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, portal_entry);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, portal_note);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, remember_button);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, remember_note);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, spinner);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, user_entry);
  gtk_widget_class_bind_template_child (widget_class, HdSignInForm, user_note);
}

static void
hd_sign_in_form_init (HdSignInForm *self)
{
  self->lock = hd_sign_in_lock_new ();
  g_signal_connect_object (self->lock, "changed", G_CALLBACK (refresh_lock), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_stack_state_follow (GTK_WIDGET (self->button_stack));
}

/* To be called once, before anything else. @user_name: (nullable): the command line's */
void
hd_sign_in_form_set_up (HdSignInForm *self,
                        HdPolicy     *policy,
                        GSettings    *settings,
                        const char   *user_name)
{
  g_autofree char *last_user_name = g_settings_get_string (settings, "user-name");

  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  g_set_object (&self->policy, policy);
  g_set_object (&self->settings, settings);
  gtk_editable_set_text (GTK_EDITABLE (self->user_entry), user_name != NULL ? user_name : last_user_name);
  gtk_check_button_set_active (self->remember_button, g_settings_get_boolean (settings, "remember-me"));
  refresh_remember (self);
}

/* @session: (nullable): NULL while the portal is not known; its address is asked for then */
void
hd_sign_in_form_set_session (HdSignInForm *self,
                             HdSession    *session)
{
  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  g_set_object (&self->session, session);

  if (session == NULL)
    gtk_widget_set_visible (self->portal_box, TRUE);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->portal_entry), hd_session_get_uri (session));

  refresh_remember (self);
}

/* What is kept was read: it is known now whether there is a keyring. */
void
hd_sign_in_form_session_opened (HdSignInForm *self)
{
  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  refresh_remember (self);

  if (!self->is_waiting)
    return;

  self->is_waiting = FALSE;

  if (hd_session_get_state (self->session) == HD_SESSION_SIGNED_OUT)
    send (self);
  else
    set_busy (self, FALSE);
}

/* Only the person whose session has ended can sign in. */
void
hd_sign_in_form_fix_user (HdSignInForm *self)
{
  HdAccount *account;

  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));
  g_return_if_fail (self->session != NULL);

  account = hd_session_get_account (self->session);

  if (account == NULL || hd_account_get_user_name (account) == NULL)
    return;

  self->user_fixed = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->user_entry), hd_account_get_user_name (account));
  gtk_widget_set_sensitive (GTK_WIDGET (self->user_entry), FALSE);
}

/* Lets the person name another portal. */
void
hd_sign_in_form_ask_portal (HdSignInForm *self)
{
  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  gtk_widget_set_visible (self->portal_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->portal_entry));
}

void
hd_sign_in_form_show_error (HdSignInForm *self,
                            const GError *error)
{
  g_autofree char *text = hd_sign_in_fault_dup_text (error);

  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  self->is_waiting = FALSE;
  set_busy (self, FALSE);
  show_fault (self, hd_sign_in_fault_find_field (error), text);

  if (g_error_matches (error, HD_ERROR, HD_ERROR_LOCKED) && hd_error_get_retry_after (error) > 0)
    hd_sign_in_lock_add (self->lock, gtk_editable_get_text (GTK_EDITABLE (self->user_entry)),
                         hd_error_get_retry_after (error));
}

/* What was typed is no address. */
void
hd_sign_in_form_show_portal_fault (HdSignInForm *self,
                                   const char   *text)
{
  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  self->is_waiting = FALSE;
  set_busy (self, FALSE);
  show_fault (self, HD_SIGN_IN_FIELD_PORTAL, text);
}

/* The first field that is still empty. */
void
hd_sign_in_form_grab_focus_first (HdSignInForm *self)
{
  g_return_if_fail (HD_IS_SIGN_IN_FORM (self));

  if (gtk_widget_get_visible (self->portal_box) && *gtk_editable_get_text (GTK_EDITABLE (self->portal_entry)) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->portal_entry));
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->user_entry)) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->user_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}
