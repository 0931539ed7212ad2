/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"
#include "hd-form-rules.h"
#include "hd-outbox.h"

/* outbox, and what can be done to an entry of it */

/* As much of an id as tells entries apart. */
#define SHORT_ID 8

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* --- Secrets --- */

/* Returns: (transfer full) (nullable): what its draft answers, if it is kept */
static HdForm *
get_form (HdCtl   *ctl,
          HdDraft *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  HdStore *store = hd_session_get_store (ctl->session);

  if (hd_draft_get_offering_id (draft) == NULL)
    return NULL;

  hd_store_get_form_async (store, hd_draft_get_offering_id (draft), NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_store_get_form_finish (store, result, NULL);
}

/* Of what no form tells it may be one. */
static gboolean
is_secret (HdForm   *form,
           HdAnswer *answer)
{
  HdField *field = form != NULL ? hd_form_find_field (form, hd_answer_get_field_id (answer)) : NULL;

  return field == NULL || hd_field_get_sensitive (field);
}

/* Nobody else holds the entry. */
static void
take_secrets_out (HdCtl        *ctl,
                  HdSubmission *entry)
{
  HdDraft *draft = hd_submission_get_draft (entry);
  GListModel *answers = draft != NULL ? hd_draft_get_answers (draft) : NULL;
  g_autoptr (HdForm) form = draft != NULL ? get_form (ctl, draft) : NULL;

  for (guint i = 0; answers != NULL && i < g_list_model_get_n_items (answers); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (answers, i);

      if (is_secret (form, answer))
        g_object_set (answer, "values", NULL, NULL);
    }
}

/* --- All --- */

static const char *
get_state_words (HdSubmission *entry)
{
  switch (hd_submission_get_state (entry))
    {
    case HD_SUBMISSION_STATE_SENDING:
      return _("Sending…");
    case HD_SUBMISSION_STATE_PAUSED:
      return _("Stopped");
    case HD_SUBMISSION_STATE_REFUSED:
      return _("Not accepted");
    case HD_SUBMISSION_STATE_QUEUED:
    case HD_SUBMISSION_STATE_SENT:
    default:
      return _("Queued");
    }
}

static char *
dup_next_try (HdSubmission *entry)
{
  GDateTime *next = hd_submission_get_next_attempt_at (entry);
  g_autoptr (GDateTime) local = next != NULL ? g_date_time_to_local (next) : NULL;

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

/* The id, state, tries, the next one, the request, what it is, what went wrong. */
static void
add_entry (GPtrArray    *rows,
           HdSubmission *entry)
{
  g_autofree char *id = g_strndup (hd_submission_get_id (entry), SHORT_ID);
  g_autofree char *time = dup_next_try (entry);
  g_autofree char *attempts = g_strdup_printf ("%" G_GINT64_FORMAT, hd_submission_get_attempts (entry));

  hd_ctl_table_add (rows, id, get_state_words (entry), attempts, time,
                    or_empty (hd_submission_get_request_number (entry)), or_empty (hd_submission_get_title (entry)),
                    or_empty (hd_submission_get_error_title (entry)), NULL);
}

static HdCtlExit
list (HdCtl *ctl)
{
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) outbox = hd_ctl_list_outbox (ctl, &error);

  if (outbox == NULL)
    return hd_ctl_fail (error);

  if (ctl->json)
    {
      for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
        {
          g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, i);

          take_secrets_out (ctl, entry);
        }

      hd_ctl_print_records (outbox);
      return HD_CTL_OK;
    }

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, i);

      add_entry (rows, entry);
    }

  hd_ctl_print_table (rows);
  return HD_CTL_OK;
}

/* --- One --- */

/* Returns: (transfer full) (nullable): the entry whose id begins so */
static HdSubmission *
find_entry (HdCtl      *ctl,
            const char *id,
            HdCtlExit  *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) outbox = hd_ctl_list_outbox (ctl, &error);
  g_autoptr (HdSubmission) found = NULL;

  for (guint i = 0; outbox != NULL && *id != '\0' && i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, i);

      if (!g_str_has_prefix (hd_submission_get_id (entry), id))
        continue;

      if (found != NULL)
        {
          *code = hd_ctl_usage (_("More than one id begins with “%s”."), id);
          return NULL;
        }

      found = g_steal_pointer (&entry);
    }

  if (found == NULL && error == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_NOT_FOUND, "the outbox has no such entry");

  if (found == NULL)
    *code = hd_ctl_fail (error);

  return g_steal_pointer (&found);
}

static void
add_answers (GPtrArray *rows,
             HdDraft   *draft,
             HdForm    *form)
{
  GListModel *answers = hd_draft_get_answers (draft);

  for (guint i = 0; answers != NULL && i < g_list_model_get_n_items (answers); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (answers, i);
      const char *id = hd_answer_get_field_id (answer);
      const char *const *values = hd_answer_get_values (answer);
      HdField *field = form != NULL ? hd_form_find_field (form, id) : NULL;
      g_autofree char *text = values != NULL ? g_strjoinv (", ", (char **) values) : g_strdup ("");

      hd_ctl_table_add (rows, field != NULL ? or_empty (hd_field_get_label (field)) : id,
                        is_secret (form, answer) ? "••••••••" : text, NULL);
    }
}

static void
add_files (GPtrArray *rows,
           HdDraft   *draft)
{
  GListModel *files = hd_draft_get_files (draft);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      hd_ctl_table_add (rows, _("Attachment"), or_empty (hd_draft_file_get_name (file)), NULL);
    }
}

static void
print_entry (HdCtl        *ctl,
             HdSubmission *entry)
{
  g_autoptr (GPtrArray) head = hd_ctl_table_new ();
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();
  HdDraft *draft = hd_submission_get_draft (entry);
  g_autoptr (HdForm) form = draft != NULL ? get_form (ctl, draft) : NULL;

  add_entry (head, entry);
  hd_ctl_print_table (head);

  if (hd_submission_get_error_text (entry) != NULL)
    hd_ctl_print ("%s\n", hd_submission_get_error_text (entry));

  if (draft != NULL)
    {
      add_answers (rows, draft, form);
      add_files (rows, draft);
    }

  hd_ctl_print_table (rows);

  if (draft != NULL && hd_draft_get_text (draft) != NULL)
    hd_ctl_print ("%s\n", hd_draft_get_text (draft));

  if (hd_submission_get_comment (entry) != NULL)
    hd_ctl_print ("%s\n", hd_submission_get_comment (entry));

  hd_ctl_print_issues (hd_submission_get_issues (entry), form);
}

static HdCtlExit
show (HdCtl        *ctl,
      HdSubmission *entry)
{
  take_secrets_out (ctl, entry);

  if (ctl->json)
    hd_ctl_print_record (entry);
  else
    print_entry (ctl, entry);

  return HD_CTL_OK;
}

/* Whoever sends it now is another program: this one has not signed in. */
static gboolean
is_free (HdSubmission *entry,
         HdCtlExit    *code)
{
  if (hd_submission_get_state (entry) != HD_SUBMISSION_STATE_SENDING)
    return TRUE;

  hd_ctl_print_error ("helpdeskctl: %s\n", _("Help Desk is sending it."));
  *code = HD_CTL_REFUSED;
  return FALSE;
}

static HdCtlExit
stop (HdCtl        *ctl,
      HdSubmission *entry)
{
  HdStore *store = hd_session_get_store (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!is_free (entry, &code))
    return code;

  hd_outbox_change_async (store, hd_outbox_pause, hd_submission_get_id (entry), NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_outbox_change_finish (store, result, &error) ? HD_CTL_OK : hd_ctl_fail (error);
}

static HdCtlExit
delete (HdCtl        *ctl,
        HdSubmission *entry)
{
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!is_free (entry, &code))
    return code;

  return hd_ctl_discard (ctl, hd_submission_get_id (entry), &error) ? HD_CTL_OK : hd_ctl_fail (error);
}

/* @entry: (nullable): all, without */
static HdCtlExit
send (HdCtl        *ctl,
      HdSubmission *entry)
{
  HdCtlExit code = HD_CTL_OK;

  /* What waits may be on its way as soon as somebody is signed in. */
  ctl->tell_sent = !ctl->json;

  if (!hd_ctl_open_signed_in (ctl, &code) || ctl->is_offline)
    return code;

  return entry != NULL ? hd_ctl_resend (ctl, entry) : hd_ctl_send_outbox (ctl);
}

typedef HdCtlExit (*Verb) (HdCtl        *ctl,
                           HdSubmission *entry);

static const struct
{
  const char *name;
  Verb        run;
} verbs[] = {
  { "show", show },
  { "send", send },
  { "stop", stop },
  { "delete", delete },
};

static HdCtlExit
do_to_entry (HdCtl      *ctl,
             const char *name,
             const char *id)
{
  g_autoptr (HdSubmission) entry = NULL;
  HdCtlExit code = HD_CTL_OK;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (!g_str_equal (name, verbs[i].name) || (id == NULL && verbs[i].run != send))
        continue;

      if (!hd_ctl_open (ctl, &code))
        return code;

      if (id != NULL && (entry = find_entry (ctl, id, &code)) == NULL)
        return code;

      return verbs[i].run (ctl, entry);
    }

  return hd_ctl_usage (_("Use it so: helpdeskctl %s %s"), "outbox", HD_CTL_OUTBOX_ARGUMENTS);
}

HdCtlExit
hd_ctl_outbox (HdCtl  *ctl,
               char  **arguments)
{
  HdCtlExit code = HD_CTL_OK;

  if (arguments[0] != NULL)
    return do_to_entry (ctl, arguments[0], arguments[1]);

  return hd_ctl_open (ctl, &code) ? list (ctl) : code;
}
