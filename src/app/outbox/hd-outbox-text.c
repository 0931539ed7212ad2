/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox-text.h"

#include <glib/gi18n-lib.h>

/*
 * An entry of the outbox in words.
 */

static char *
dup_next_try (HdSubmission *submission,
              GDateTime    *now)
{
  GDateTime *next = hd_submission_get_next_attempt_at (submission);
  gint64 seconds = next != NULL ? g_date_time_difference (next, now) / G_TIME_SPAN_SECOND : 0;
  int minutes = (int) ((seconds + 59) / 60);

  if (next == NULL)
    return g_strdup (_("Waiting to be sent."));

  if (seconds <= 0)
    return g_strdup (_("Next try at once."));

  if (minutes <= 1)
    return g_strdup (_("Next try within a minute."));

  return g_strdup_printf (ngettext ("Next try in %d minute.", "Next try in %d minutes.", (gulong) minutes), minutes);
}

static char *
dup_queued_text (HdSubmission *submission,
                 GDateTime    *now)
{
  g_autofree char *next = dup_next_try (submission, now);
  int attempts = (int) hd_submission_get_attempts (submission);
  g_autofree char *tried = NULL;

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
 * @now: the present
 *
 * Returns: (transfer full): how it stands: state, tries, what went wrong, when it is tried next
 */
char *
hd_outbox_dup_state_text (HdSubmission *submission,
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
      return dup_queued_text (submission, now);
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
    case HD_ACTION_REPLY:
    case HD_ACTION_SUBMIT:
    case HD_ACTION_FEEDBACK:
    default:
      return draft != NULL && hd_draft_get_text (draft) != NULL ? hd_draft_get_text (draft) : "";
    }
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
