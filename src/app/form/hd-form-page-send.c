/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-page-private.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"

/*
 * From the review to the receipt.
 */

/* What is sent sooner than this shows no progress; then it is looked at so often. */
#define PROGRESS_DELAY_MS 300
#define PROGRESS_INTERVAL_MS 150

static gboolean
progress_due_cb (gpointer user_data)
{
  HdFormPage *self = user_data;

  hd_review_page_show_progress (self->review_page, hd_send_flow_get_progress (self->flow));

  return G_SOURCE_CONTINUE;
}

static gboolean
progress_delay_passed_cb (gpointer user_data)
{
  HdFormPage *self = user_data;

  self->progress_source = g_timeout_add (PROGRESS_INTERVAL_MS, progress_due_cb, self);
  hd_review_page_show_progress (self->review_page, hd_send_flow_get_progress (self->flow));

  return G_SOURCE_REMOVE;
}

static void
stop_following (HdFormPage *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
}

/* Follows the submission no longer; it goes on by itself. */
void
hd_form_page_drop_flow (HdFormPage *self)
{
  stop_following (self);

  if (self->flow == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->flow, self);
  g_clear_object (&self->flow);
  hd_form_page_refresh_back (self);
}

static void
show_receipt (HdFormPage *self)
{
  stop_following (self);
  hd_form_page_show_step (self, HD_FORM_STEP_DONE);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    hd_receipt_page_grab_focus (self->receipt_page);
}

static void
sent_cb (HdFormPage *self,
         HdRequest  *request)
{
  hd_receipt_page_show_sent (self->receipt_page, request);
  show_receipt (self);
}

static void
queued_cb (HdFormPage   *self,
           HdSubmission *submission)
{
  hd_receipt_page_show_queued (self->receipt_page, submission);
  show_receipt (self);
}

/* The portal found fault: the form again, with what is wrong beside the fields. */
static void
refused_cb (HdFormPage   *self,
            HdDraft      *draft,
            GListModel   *issues,
            const GError *error)
{
  gboolean has_issues = issues != NULL && g_list_model_get_n_items (issues) > 0;

  hd_form_page_drop_flow (self);
  hd_form_model_end_submission (self->model);

  if (draft != NULL && g_error_matches (error, HD_ERROR, HD_ERROR_FORM_CHANGED))
    {
      hd_form_page_reload_draft (self, hd_draft_get_id (draft));
    }
  else if (has_issues)
    {
      hd_form_page_take_issues (self, issues);
    }
  else
    {
      hd_review_page_show_error (self->review_page, error);
    }
}

static void
stopped_cb (HdFormPage *self)
{
  hd_form_page_drop_flow (self);
  hd_form_model_end_submission (self->model);
  hd_review_page_show_ready (self->review_page);
  hd_review_page_grab_focus (self->review_page);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Not sent. Everything is in your draft."));
}

static void
failed_cb (HdFormPage   *self,
           const GError *error)
{
  hd_form_page_drop_flow (self);
  hd_form_model_end_submission (self->model);
  hd_review_page_show_error (self->review_page, error);
}

/* The first activation of Submit; what comes after it finds nothing to submit. */
void
hd_form_page_submit (HdFormPage *self)
{
  g_autoptr (HdSubmission) submission = hd_form_model_begin_submission (self->model);
  HdSession *session = hd_page_get_session (HD_PAGE (self));

  /* Already under way, or something is wrong after all. */
  if (submission == NULL)
    {
      if (self->flow == NULL)
        hd_form_page_edit (self);
      return;
    }

  hd_receipt_page_set_model (self->receipt_page, session, self->model);

  self->flow = hd_send_flow_new (session);
  g_signal_connect_object (self->flow, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "queued", G_CALLBACK (queued_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "stopped", G_CALLBACK (stopped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);

  self->progress_source = g_timeout_add (PROGRESS_DELAY_MS, progress_delay_passed_cb, self);
  hd_form_page_refresh_back (self);
  hd_send_flow_start (self->flow, submission);
}

void
hd_form_page_stop (HdFormPage *self)
{
  if (self->flow != NULL)
    hd_send_flow_stop (self->flow);
}
