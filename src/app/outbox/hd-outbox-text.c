/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox-text.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-field-state.h"
#include "hd-field-value.h"
#include "hd-time.h"

/*
 * An entry of the outbox in words.
 */

/* The time, which stays true without being counted down. */
static char *
dup_next_try (HdSubmission *submission,
              GDateTime    *now)
{
  GDateTime *next = hd_submission_get_next_attempt_at (submission);
  g_autofree char *clock_text = NULL;

  if (next == NULL)
    return g_strdup (_("Waiting to be sent."));

  if (g_date_time_compare (next, now) <= 0)
    return g_strdup (_("Next try at once."));

  clock_text = hd_time_dup_clock (next);
  /* Translators: %s is a time, 09:41. */
  return g_strdup_printf (_("Next try at %s."), clock_text);
}

/* What the portal said to the last try, or what the person knows of the session. */
static gboolean
waits_for_sign_in (HdSubmission *submission)
{
  gint64 code = hd_submission_get_error_code (submission);

  return hd_submission_get_error_title (submission) != NULL &&
         (code == HD_ERROR_SIGNED_OUT || code == HD_ERROR_CREDENTIALS);
}

static char *
dup_queued_text (HdSubmission *submission,
                 HdOutboxWait  wait,
                 GDateTime    *now)
{
  g_autofree char *next = dup_next_try (submission, now);
  int attempts = (int) hd_submission_get_attempts (submission);
  g_autofree char *tried = NULL;

  if (wait == HD_OUTBOX_WAIT_OLDER)
    return g_strdup (_("Queued. It waits for what you did before with the same request."));

  if (wait == HD_OUTBOX_WAIT_SIGN_IN || waits_for_sign_in (submission))
    return g_strdup (_("Queued. It is sent when you have signed in again."));

  if (attempts == 0)
    return g_strdup (_("Queued. It is sent as soon as the portal can be reached."));

  tried = g_strdup_printf (ngettext ("Queued after %d try.", "Queued after %d tries.", (gulong) attempts), attempts);

  if (hd_submission_get_error_title (submission) != NULL)
    return g_strdup_printf ("%s %s. %s", tried, hd_submission_get_error_title (submission), next);

  return g_strdup_printf ("%s %s", tried, next);
}

static char *
dup_refused_text (HdSubmission *submission)
{
  const char *title = hd_submission_get_error_title (submission);
  const char *text = hd_submission_get_error_text (submission);

  if (title == NULL && text == NULL)
    return g_strdup (_("The portal did not accept it. Edit it and submit it again."));

  if (title == NULL || text == NULL)
    return g_strdup_printf (_("Not accepted. %s"), title != NULL ? title : text);

  return g_strdup_printf (_("Not accepted. %s: %s"), title, text);
}

/**
 * hd_outbox_dup_state_text:
 * @submission: an entry of the outbox
 * @wait: what it waits for besides the portal
 * @now: the present
 *
 * Returns: (transfer full): how it stands: state, tries, what went wrong, when it is tried next
 */
char *
hd_outbox_dup_state_text (HdSubmission *submission,
                          HdOutboxWait  wait,
                          GDateTime    *now)
{
  switch (hd_submission_get_state (submission))
    {
    case HD_SUBMISSION_STATE_SENDING:
      return g_strdup (_("Sending…"));
    case HD_SUBMISSION_STATE_PAUSED:
      return g_strdup (_("Stopped. It is kept here and not sent by itself."));
    case HD_SUBMISSION_STATE_REFUSED:
      return dup_refused_text (submission);
    case HD_SUBMISSION_STATE_SENT:
      return g_strdup (_("Sent."));
    case HD_SUBMISSION_STATE_QUEUED:
    default:
      return dup_queued_text (submission, wait, now);
    }
}

/* Returns: (transfer none): how it stands, below what was said */
const char *
hd_outbox_get_short_state (HdSubmission *submission)
{
  switch (hd_submission_get_state (submission))
    {
    case HD_SUBMISSION_STATE_SENDING:
      return _("Sending…");
    case HD_SUBMISSION_STATE_PAUSED:
      return _("Stopped");
    case HD_SUBMISSION_STATE_REFUSED:
      return hd_submission_get_error_title (submission) != NULL ? hd_submission_get_error_title (submission)
                                                                : _("Not accepted");
    case HD_SUBMISSION_STATE_QUEUED:
    case HD_SUBMISSION_STATE_SENT:
    default:
      return _("Queued; it is sent as soon as the portal can be reached");
    }
}

/* Returns: (transfer none): what is said with it, or what is decided */
const char *
hd_outbox_get_said (HdSubmission *submission)
{
  HdDraft *draft = hd_submission_get_draft (submission);

  switch (hd_submission_get_action (submission))
    {
    case HD_ACTION_CANCEL:
      return _("Cancel the request");
    case HD_ACTION_REOPEN:
      return _("Reopen the request");
    case HD_ACTION_CONFIRM:
      return _("Confirm the solution");
    case HD_ACTION_RATE:
      return _("Rate the help desk’s work");
    case HD_ACTION_FEEDBACK:
      return hd_submission_get_helpful (submission) ? _("The article helped") : _("The article did not help");
    case HD_ACTION_REPLY:
    case HD_ACTION_SUBMIT:
    default:
      return draft != NULL && hd_draft_get_text (draft) != NULL ? hd_draft_get_text (draft) : "";
    }
}

/* Whether there is anything to stop. */
gboolean
hd_outbox_can_stop (HdSubmission *submission)
{
  HdSubmissionState state = hd_submission_get_state (submission);

  return state == HD_SUBMISSION_STATE_QUEUED || state == HD_SUBMISSION_STATE_SENDING;
}

/* Returns: (transfer full): what it is about, where its title does not tell: “Reply to 10317” */
char *
hd_outbox_dup_kind_text (HdSubmission *submission)
{
  const char *number = hd_submission_get_request_number (submission);

  if (hd_submission_get_action (submission) == HD_ACTION_SUBMIT)
    return g_strdup ("");

  if (hd_submission_get_action (submission) == HD_ACTION_REPLY)
    return g_strdup_printf (_("Reply to %s"), number != NULL ? number : "—");

  return number != NULL ? g_strdup_printf ("%s · %s", hd_outbox_get_said (submission), number)
                        : g_strdup (hd_outbox_get_said (submission));
}

static void
add_value (GListStore *values,
           const char *label,
           const char *text)
{
  g_autoptr (HdFieldValue) value = g_object_new (HD_TYPE_FIELD_VALUE, "label", label, "value", text, NULL);

  if (text != NULL && *text != '\0')
    g_list_store_append (values, value);
}

static void
add_answers (GListStore *values,
             HdDraft    *draft)
{
  GListModel *asked = hd_draft_get_asked (draft);
  g_autoptr (HdAnswers) answers = hd_answers_new_from_list (hd_draft_get_answers (draft));

  for (guint i = 0; asked != NULL && i < g_list_model_get_n_items (asked); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (asked, i);
      g_autofree char *text = hd_field_dup_display_text (field, answers);

      add_value (values, hd_field_get_label (field), text);
    }
}

/**
 * hd_outbox_dup_values:
 * @submission: an entry of the outbox
 *
 * Returns: (transfer full) (element-type HdFieldValue): what is going to be sent, in words
 */
GListModel *
hd_outbox_dup_values (HdSubmission *submission)
{
  GListStore *values = g_list_store_new (HD_TYPE_FIELD_VALUE);
  HdDraft *draft = hd_submission_get_draft (submission);
  GListModel *files = draft != NULL ? hd_draft_get_files (draft) : NULL;

  if (draft != NULL)
    {
      add_answers (values, draft);
      add_value (values, _("Text"), hd_draft_get_text (draft));
    }

  add_value (values, _("Comment"), hd_submission_get_comment (submission));

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      add_value (values, _("Attachment"), hd_draft_file_get_name (file));
    }

  return G_LIST_MODEL (values);
}

/* Returns: (transfer none): an icon for the state */
const char *
hd_outbox_get_icon_name (HdSubmission *submission)
{
  switch (hd_submission_get_state (submission))
    {
    case HD_SUBMISSION_STATE_PAUSED:
      return "media-playback-pause-symbolic";
    case HD_SUBMISSION_STATE_REFUSED:
      return "dialog-error-symbolic";
    case HD_SUBMISSION_STATE_SENDING:
    case HD_SUBMISSION_STATE_SENT:
      return "mail-send-symbolic";
    case HD_SUBMISSION_STATE_QUEUED:
    default:
      return "hd-queued-symbolic";
    }
}

/* Whether trying again may help: what was refused must be changed first. */
gboolean
hd_outbox_can_send_now (HdSubmission *submission)
{
  HdSubmissionState state = hd_submission_get_state (submission);

  return state == HD_SUBMISSION_STATE_QUEUED || state == HD_SUBMISSION_STATE_PAUSED;
}

/* Whether there is something to edit, and nothing of it is under way. */
gboolean
hd_outbox_can_edit (HdSubmission *submission)
{
  return hd_submission_get_draft (submission) != NULL &&
         hd_submission_get_state (submission) != HD_SUBMISSION_STATE_SENDING &&
         hd_submission_get_state (submission) != HD_SUBMISSION_STATE_SENT;
}
