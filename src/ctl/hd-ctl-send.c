/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"
#include "hd-form-rules.h"

/*
 * Waiting for the outbox.  What is sent goes the way that the program sends it;
 * whatever happens, it is either at the portal, or in the outbox for the next
 * try, or said to be refused.  Ctrl+C takes it back, unless all of it had left:
 * then nobody knows, and it stays in the outbox, under its key, for the next try.
 */

#define LOOK_MS 500

typedef struct
{
  const char   *id;
  HdSubmission *submission;  /* (owned) (nullable) */
  HdProgress   *progress;    /* (owned) (nullable): of what was interrupted, if we were sending it */
  HdRequest    *request;     /* (owned) (nullable) */
  GError       *error;       /* (owned) (nullable): why it was refused */
  GError       *fault;       /* (owned) (nullable): why the outbox cannot be read */
  gboolean      finished;
  gboolean      changed;
  gboolean      interrupted;
  gboolean      stopped;     /* it was interrupted, and is not under way any more */
  gboolean      is_ours;     /* from this command line, not from an earlier one or the program */
  gboolean      was_tried;   /* by whomever: an attempt was begun */
  guint         n_missed;    /* how often it was not in the outbox when we looked */
  guint         look_id;
  guint         interrupt_id;
} Sending;

static void
submission_finished_cb (HdSession    *session,
                        HdSubmission *submission,
                        HdRequest    *request,
                        Sending      *sending)
{
  if (g_strcmp0 (hd_submission_get_id (submission), sending->id) != 0)
    return;

  sending->finished = TRUE;
  g_set_object (&sending->request, request);
}

static void
submission_failed_cb (HdSession    *session,
                      HdSubmission *submission,
                      GError       *error,
                      Sending      *sending)
{
  if (g_strcmp0 (hd_submission_get_id (submission), sending->id) != 0)
    return;

  sending->error = g_error_copy (error);
  g_set_object (&sending->submission, submission);
}

static void
store_changed_cb (HdStore *store,
                  guint    topics,
                  Sending *sending)
{
  sending->changed = sending->changed || (topics & HD_STORE_OUTBOX) != 0;
}

/* Returns: (transfer full) (nullable): all that is not sent yet */
GListModel *
hd_ctl_list_outbox (HdCtl   *ctl,
                    GError **error)
{
  HdStore *store = hd_session_get_store (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_list_outbox_async (store, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_store_list_outbox_finish (store, result, error);
}

/* Looks how the entry stands: whether it waits for a better time, or was sent by another process. */
static void
look (HdCtl   *ctl,
      Sending *sending)
{
  g_autoptr (GListModel) outbox = hd_ctl_list_outbox (ctl, &sending->fault);

  if (outbox == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, i);

      if (g_strcmp0 (hd_submission_get_id (entry), sending->id) != 0)
        continue;

      sending->was_tried = hd_submission_get_attempts (entry) > 0;

      if (sending->interrupted)
        sending->stopped = hd_submission_get_state (entry) != HD_SUBMISSION_STATE_SENDING;
      else if (hd_submission_get_state (entry) == HD_SUBMISSION_STATE_QUEUED &&
               hd_submission_get_error_title (entry) != NULL)
        g_set_object (&sending->submission, entry);

      return;
    }

  /* Once may be a moment before we are told that we have sent it ourselves. */
  sending->finished = sending->finished || ++sending->n_missed > 1;
}

static gboolean
look_again_cb (gpointer user_data)
{
  Sending *sending = user_data;

  sending->changed = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Once: whoever cannot wait for the line to be let go presses Ctrl+C again. */
static gboolean
interrupted_cb (gpointer user_data)
{
  Sending *sending = user_data;

  sending->interrupted = TRUE;
  sending->changed = TRUE;
  sending->interrupt_id = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
is_settled (Sending *sending)
{
  return sending->finished || sending->stopped || sending->error != NULL || sending->fault != NULL ||
         sending->submission != NULL;
}

static void
stop (HdCtl   *ctl,
      Sending *sending)
{
  HdProgress *progress = hd_session_get_progress (ctl->session, sending->id);

  g_set_object (&sending->progress, progress);
  hd_session_stop_submission (ctl->session, sending->id);
}

static void
await_sending (HdCtl   *ctl,
               Sending *sending)
{
  gboolean asked_to_stop = FALSE;

  while (!is_settled (sending))
    {
      if (sending->interrupted && !asked_to_stop)
        {
          asked_to_stop = TRUE;
          stop (ctl, sending);
        }

      if (sending->changed)
        {
          sending->changed = FALSE;
          look (ctl, sending);
        }
      else
        {
          g_main_context_iteration (NULL, TRUE);
        }
    }
}

static const char *
find_label (HdForm     *form,
            const char *field_id)
{
  HdField *field = form != NULL && field_id != NULL ? hd_form_find_field (form, field_id) : NULL;

  return field != NULL && hd_field_get_label (field) != NULL ? hd_field_get_label (field) : "";
}

/* Says which fields are at fault, and why. */
void
hd_ctl_print_issues (GListModel *issues,
                     HdForm     *form)
{
  for (guint i = 0; issues != NULL && i < g_list_model_get_n_items (issues); i++)
    {
      g_autoptr (HdIssue) issue = g_list_model_get_item (issues, i);
      const char *field_id = hd_issue_get_field_id (issue);
      g_autofree char *text = hd_issue_dup_text (issue);

      hd_ctl_print_error ("  %s: %s: %s\n", field_id != NULL ? field_id : "", find_label (form, field_id), text);
    }
}

gboolean
hd_ctl_discard (HdCtl       *ctl,
                const char  *id,
                GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  HdStore *store = hd_session_get_store (ctl->session);

  hd_store_discard_submission_async (store, id, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);

  return hd_store_discard_submission_finish (store, result, error);
}

/* What was given on the command line is still where it was, and would be refused again. */
static HdCtlExit
report_refused (HdCtl   *ctl,
                Sending *sending)
{
  HdCtlExit code = hd_ctl_fail (sending->error);

  hd_ctl_print_issues (hd_submission_get_issues (sending->submission), NULL);

  if (sending->is_ours)
    hd_ctl_discard (ctl, sending->id, NULL);

  return code;
}

/* Half a request is none; of a whole one only its answer tells. */
static gboolean
was_perhaps_sent (Sending *sending)
{
  return sending->progress != NULL ? hd_progress_was_complete (sending->progress) : sending->was_tried;
}

static HdCtlExit
report_interrupted (HdCtl   *ctl,
                    Sending *sending)
{
  if (was_perhaps_sent (sending))
    {
      hd_ctl_print_error ("helpdeskctl: %s\n%s\n",
                          _("Interrupted. Perhaps it was sent: look at your items before you send it again."),
                          _("It is kept in the outbox: the next “helpdeskctl sync” finds out, and sends nothing twice."));
      return HD_CTL_PERHAPS_SENT;
    }

  if (sending->is_ours && hd_ctl_discard (ctl, sending->id, NULL))
    hd_ctl_print_error ("helpdeskctl: %s\n", _("Interrupted. It was not sent."));
  else
    hd_ctl_print_error ("helpdeskctl: %s\n",
                        _("Interrupted. It stays in the outbox until the next “helpdeskctl sync”."));

  return HD_CTL_INTERRUPTED;
}

static HdCtlExit
report_waiting (HdSubmission *entry)
{
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, (int) hd_submission_get_error_code (entry), "queued");

  if (hd_submission_get_error_title (entry) != NULL)
    hd_ctl_print_error ("helpdeskctl: %s. %s\n", hd_submission_get_error_title (entry),
                        hd_submission_get_error_text (entry));

  hd_ctl_print_error ("%s\n",
                      _("It is in the outbox and is sent by the next “helpdeskctl sync”, or when Help Desk runs."));
  return hd_ctl_exit_for_error (error);
}

static HdCtlExit
report (HdCtl      *ctl,
        Sending    *sending,
        HdRequest **request)
{
  if (sending->error != NULL)
    return report_refused (ctl, sending);

  if (sending->submission != NULL)
    return report_waiting (sending->submission);

  if (sending->stopped)
    return report_interrupted (ctl, sending);

  if (sending->fault != NULL && !sending->finished)
    return hd_ctl_fail (sending->fault);

  *request = g_steal_pointer (&sending->request);
  return HD_CTL_OK;
}

static void
watch (HdCtl   *ctl,
       Sending *sending)
{
  sending->look_id = g_timeout_add (LOOK_MS, look_again_cb, sending);
  sending->interrupt_id = g_unix_signal_add (SIGINT, interrupted_cb, sending);
  g_signal_connect (ctl->session, "submission-finished", G_CALLBACK (submission_finished_cb), sending);
  g_signal_connect (ctl->session, "submission-failed", G_CALLBACK (submission_failed_cb), sending);
  g_signal_connect (hd_session_get_store (ctl->session), "changed", G_CALLBACK (store_changed_cb), sending);
}

static void
unwatch (HdCtl   *ctl,
         Sending *sending)
{
  g_clear_handle_id (&sending->look_id, g_source_remove);
  g_clear_handle_id (&sending->interrupt_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (ctl->session, sending);
  g_signal_handlers_disconnect_by_data (hd_session_get_store (ctl->session), sending);
  g_clear_object (&sending->submission);
  g_clear_object (&sending->progress);
  g_clear_object (&sending->request);
  g_clear_error (&sending->error);
  g_clear_error (&sending->fault);
}

/*
 * hd_ctl_send:
 * @submission: what is to be sent
 * @request: (out) (transfer full) (nullable): the request as it is then
 *
 * Puts @submission into the outbox and waits until it is sent, refused, or has to wait.
 */
HdCtlExit
hd_ctl_send (HdCtl         *ctl,
             HdSubmission  *submission,
             HdRequest    **request)
{
  g_autofree char *id = g_uuid_string_random ();
  Sending sending = { .id = id, .is_ours = TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code;

  g_object_set (submission, "id", id, NULL);
  watch (ctl, &sending);
  hd_session_submit_async (ctl->session, submission, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);

  if (!hd_session_submit_finish (ctl->session, result, &error))
    {
      code = hd_ctl_fail (error);
    }
  else if (ctl->is_offline)
    {
      code = report_waiting (submission);
    }
  else
    {
      await_sending (ctl, &sending);
      code = report (ctl, &sending, request);

      if (code == HD_CTL_OK && *request == NULL)
        hd_ctl_print_error ("%s\n", _("It was sent by another Help Desk on this computer."));
    }

  unwatch (ctl, &sending);
  return code;
}

/* Sends what an earlier command, or the program, has left in the outbox. */
HdCtlExit
hd_ctl_resend (HdCtl        *ctl,
               HdSubmission *entry)
{
  Sending sending = { .id = hd_submission_get_id (entry) };
  g_autoptr (HdRequest) request = NULL;
  HdCtlExit code;

  watch (ctl, &sending);
  hd_session_send_now (ctl->session, sending.id);
  await_sending (ctl, &sending);
  code = report (ctl, &sending, &request);
  unwatch (ctl, &sending);

  return code;
}

/* All of it, but what was refused; each entry has one try. */
HdCtlExit
hd_ctl_send_outbox (HdCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) outbox = hd_ctl_list_outbox (ctl, &error);
  HdCtlExit code = HD_CTL_OK;

  if (outbox == NULL)
    return hd_ctl_fail (error);

  for (guint i = 0; code == HD_CTL_OK && i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, i);

      if (hd_submission_get_state (entry) != HD_SUBMISSION_STATE_REFUSED)
        code = hd_ctl_resend (ctl, entry);
    }

  return code;
}
