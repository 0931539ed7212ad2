/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-receipt-page.h"

#include <glib/gi18n-lib.h>

#include "hd-print.h"
#include "hd-receipt-print.h"

/**
 * HdReceiptPage:
 *
 * What has become of it: the number, large, and what happens next.  Where the
 * portal cannot be reached there is no number yet, and no alarm either: it
 * comes by itself when the request gets through.
 */

struct _HdReceiptPage
{
  AdwBin       parent_instance;

  HdSession   *session;   /* (owned) (nullable) */
  HdFormModel *model;     /* (owned) (nullable) */
  HdRequest   *request;   /* (owned) (nullable): once there is a number */

  /* Template objects */
  GtkWidget   *copy_button;
  GtkWidget   *done_button;
  GtkImage    *icon;
  GtkLabel    *kicker_label;
  GtkLabel    *letter_label;
  GtkLabel    *next_label;
  GtkLabel    *not_kept_label;
  GtkWidget   *number_box;
  GtkLabel    *number_label;
  GtkWidget   *open_button;
  GtkWidget   *print_button;
  GtkLabel    *subject_label;
};

G_DEFINE_FINAL_TYPE (HdReceiptPage, hd_receipt_page, ADW_TYPE_BIN)

static void
copy_clicked_cb (HdReceiptPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), hd_request_get_number (self->request));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Number copied"));
}

static void
open_clicked_cb (HdReceiptPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-request", "s", hd_request_get_id (self->request));
}

static void
print_clicked_cb (HdReceiptPage *self)
{
  g_autofree char *markup = hd_receipt_dup_markup (self->request, self->model);

  hd_print_markup (GTK_WIDGET (self), hd_request_get_number (self->request), markup);
}

static void
hd_receipt_page_dispose (GObject *object)
{
  HdReceiptPage *self = HD_RECEIPT_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_clear_object (&self->request);

  G_OBJECT_CLASS (hd_receipt_page_parent_class)->dispose (object);
}

static void
hd_receipt_page_class_init (HdReceiptPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_receipt_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-receipt-page.ui");

  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, done_button);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, icon);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, kicker_label);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, letter_label);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, next_label);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, not_kept_label);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, number_box);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, number_label);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, print_button);
  gtk_widget_class_bind_template_child (widget_class, HdReceiptPage, subject_label);

  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked_cb);
}

static void
hd_receipt_page_init (HdReceiptPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hd_receipt_page_new (void)
{
  return g_object_new (HD_TYPE_RECEIPT_PAGE, NULL);
}

void
hd_receipt_page_set_model (HdReceiptPage *self,
                           HdSession     *session,
                           HdFormModel   *model)
{
  g_return_if_fail (HD_IS_RECEIPT_PAGE (self));

  g_set_object (&self->session, session);
  g_set_object (&self->model, model);
}

static void
show_number (HdReceiptPage *self,
             gboolean       has_number)
{
  gtk_widget_set_visible (self->number_box, has_number);
  gtk_widget_set_visible (self->open_button, has_number);
  gtk_widget_set_visible (self->print_button, has_number);
  gtk_widget_set_visible (GTK_WIDGET (self->letter_label), has_number);
}

/* It waits in the outbox. */
void
hd_receipt_page_show_queued (HdReceiptPage *self,
                             HdSubmission  *submission)
{
  g_return_if_fail (HD_IS_RECEIPT_PAGE (self));

  show_number (self, FALSE);
  gtk_image_set_from_icon_name (self->icon, "mail-send-symbolic");
  gtk_label_set_text (self->kicker_label, _("Queued"));
  gtk_label_set_text (self->subject_label, hd_submission_get_title (submission));
  gtk_label_set_text (self->next_label,
                      _("The portal cannot be reached just now. Your request is kept on this computer and is sent by "
                        "itself as soon as there is a connection; its number will appear here and in My Items."));
}

static void
show_letter (HdReceiptPage *self)
{
  HdAccount *account = self->session != NULL ? hd_session_get_account (self->session) : NULL;
  const char *email = account != NULL ? hd_account_get_email (account) : NULL;
  g_autofree char *text = email != NULL
                            ? g_strdup_printf (_("A letter that confirms it goes to %s."), email)
                            : g_strdup (_("A letter that confirms it goes to your mailbox."));

  gtk_label_set_text (self->letter_label, text);
}

/* That there is a number is not all that there is to know. */
static void
show_not_kept (HdReceiptPage *self)
{
  g_autofree char *text = hd_request_dup_not_kept_text (self->request);

  gtk_label_set_text (self->not_kept_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->not_kept_label), text != NULL);
  gtk_button_set_label (GTK_BUTTON (self->open_button), text != NULL ? _("_Open and Reply") : _("_Open in My Items"));
}

/* It has a number. */
void
hd_receipt_page_show_sent (HdReceiptPage *self,
                           HdRequest     *request)
{
  gboolean is_incident;

  g_return_if_fail (HD_IS_RECEIPT_PAGE (self));
  g_return_if_fail (HD_IS_REQUEST (request));

  g_set_object (&self->request, request);
  is_incident = hd_request_get_kind (request) == HD_KIND_INCIDENT;
  show_number (self, TRUE);
  gtk_image_set_from_icon_name (self->icon, "emblem-ok-symbolic");
  gtk_label_set_text (self->kicker_label, is_incident ? _("Your incident is registered under number")
                                                      : _("Your request is registered under number"));
  gtk_label_set_text (self->number_label, hd_request_get_number (request));
  gtk_label_set_text (self->subject_label, hd_request_get_subject (request));
  gtk_label_set_text (self->next_label,
                      _("A specialist of the help desk looks at it next. You can follow it, answer questions and add to it "
                        "in My Items."));
  show_not_kept (self);
  show_letter (self);
}

void
hd_receipt_page_grab_focus (HdReceiptPage *self)
{
  g_return_if_fail (HD_IS_RECEIPT_PAGE (self));
  gtk_widget_grab_focus (self->request != NULL ? self->open_button : self->done_button);
}
