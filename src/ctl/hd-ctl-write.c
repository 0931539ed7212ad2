/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <string.h>

#include "hd-answers.h"
#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"
#include "hd-form-rules.h"
#include "hd-json.h"

/* submit, reply, cancel and the other decisions: by a draft and the outbox, as the program does it, offline too */

static HdStore *
get_store (HdCtl *ctl)
{
  return hd_session_get_store (ctl->session);
}

/* --- Drafts --- */

static gboolean
save_draft (HdCtl    *ctl,
            HdDraft  *draft,
            GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_save_draft_async (get_store (ctl), draft, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_store_save_draft_finish (get_store (ctl), result, error);
}

/* Returns: (transfer full) (nullable): the draft as it is on disk, with its files */
static HdDraft *
load_draft (HdCtl       *ctl,
            const char  *draft_id,
            GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_get_draft_async (get_store (ctl), draft_id, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_store_get_draft_finish (get_store (ctl), result, error);
}

static void
delete_draft (HdCtl      *ctl,
              const char *draft_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_delete_draft_async (get_store (ctl), draft_id, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  hd_store_delete_draft_finish (get_store (ctl), result, NULL);
}

static gboolean
attach_file (HdCtl       *ctl,
             const char  *draft_id,
             const char  *field_id,
             const char  *path,
             GError     **error)
{
  HdPortalInfo *info = hd_session_get_info (ctl->session);
  gint64 max_size = info != NULL ? hd_portal_info_get_max_file_size (info) : 0;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdDraftFile) added = NULL;

  hd_store_add_draft_file_async (get_store (ctl), draft_id, field_id, file, (guint64) MAX (max_size, 0),
                                 NULL, NULL, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  added = hd_store_add_draft_file_finish (get_store (ctl), result, error);

  return added != NULL;
}

/* --- Attachments --- */

/* Returns: (transfer none) (nullable): the field that FIELD=FILE names; @path is set to FILE */
static HdField *
find_named_field (HdForm      *form,
                  const char  *argument,
                  const char **path)
{
  const char *equals = strchr (argument, '=');
  g_autofree char *field_id = equals != NULL ? g_strndup (argument, (gsize) (equals - argument)) : NULL;
  HdField *field = field_id != NULL ? hd_form_find_field (form, field_id) : NULL;

  /* A file's name may have a “=” in it. */
  *path = field != NULL ? equals + 1 : argument;
  return field;
}

/* Returns: (transfer full) (nullable): the first field that takes files and is shown */
static HdField *
dup_first_file_field (HdForm    *form,
                      HdAnswers *answers)
{
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (hd_field_get_field_type (field) == HD_FIELD_TYPE_FILE && hd_form_is_visible (form, field, answers))
        return g_steal_pointer (&field);
    }

  return NULL;
}

static HdCtlExit
attach_one (HdCtl      *ctl,
            HdForm     *form,
            HdAnswers  *answers,
            const char *draft_id,
            const char *argument)
{
  g_autoptr (HdField) first = dup_first_file_field (form, answers);
  g_autoptr (GError) error = NULL;
  const char *path = NULL;
  HdField *field = find_named_field (form, argument, &path);

  if (field == NULL)
    field = first;

  if (field == NULL || hd_field_get_field_type (field) != HD_FIELD_TYPE_FILE)
    {
      hd_ctl_print_error ("helpdeskctl: %s: %s\n", argument, _("The form takes no file there."));
      return HD_CTL_REFUSED;
    }

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return hd_ctl_usage (_("There is no file “%s”."), path);

  if (attach_file (ctl, draft_id, hd_field_get_id (field), path, &error))
    return HD_CTL_OK;

  hd_ctl_print_error ("%s:\n", path);
  return hd_ctl_fail (error);
}

/* --- submit --- */

static HdAnswers *
read_answers (HdCtl     *ctl,
              HdCtlExit *code)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (HdAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (ctl->answers == NULL)
    return hd_answers_new ();

  if (!g_file_get_contents (ctl->answers, &text, &length, &error))
    {
      *code = hd_ctl_usage (_("The answers cannot be read: %s"), error->message);
      return NULL;
    }

  node = hd_json_parse_object (text, length, &error);

  if (node != NULL)
    answers = hd_answers_new_from_json (node, &error);

  if (answers == NULL)
    *code = hd_ctl_usage (_("%s is not an answers file, {\"field\": \"value\", \"other\": [\"a\", \"b\"]}: %s"),
                          ctl->answers, error->message);

  return g_steal_pointer (&answers);
}

/* A slip in the name of a field would else go unnoticed. */
static HdCtlExit
check_names (HdForm    *form,
             HdAnswers *answers)
{
  g_autoptr (GListModel) list = hd_answers_to_list (answers);
  HdCtlExit code = HD_CTL_OK;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (list, i);
      const char *field_id = hd_answer_get_field_id (answer);

      if (hd_form_find_field (form, field_id) != NULL)
        continue;

      hd_ctl_print_error ("  %s: %s\n", field_id, _("The form has no such field."));
      code = HD_CTL_REFUSED;
    }

  return code;
}

static HdDraft *
make_draft (HdOffering *offering,
            HdForm     *form,
            HdAnswers  *answers)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GListModel) list = hd_answers_to_list (answers);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  const char *subject = hd_answers_get (answers, "subject");

  return g_object_new (HD_TYPE_DRAFT,
                       "id", id,
                       "kind", hd_offering_get_kind (offering),
                       "offering-id", hd_offering_get_id (offering),
                       "offering-name", hd_offering_get_name (offering),
                       "form-version", hd_form_get_version (form),
                       "title", subject != NULL ? subject : hd_offering_get_name (offering),
                       "answers", list,
                       "created-at", now,
                       "updated-at", now,
                       NULL);
}

static HdCtlExit
check_draft (HdCtl     *ctl,
             HdForm    *form,
             HdAnswers *answers,
             HdDraft   *draft)
{
  g_autoptr (GListModel) issues = hd_form_check (form, answers, hd_draft_get_files (draft),
                                                 hd_session_get_info (ctl->session));

  if (g_list_model_get_n_items (issues) == 0)
    return HD_CTL_OK;

  hd_ctl_print_error ("helpdeskctl: %s\n", _("The form is not filled in correctly:"));
  hd_ctl_print_issues (issues, form);
  return HD_CTL_REFUSED;
}

/* Returns: (transfer full) (nullable): the draft on disk, checked; else nothing is left of it */
static HdDraft *
prepare_draft (HdCtl      *ctl,
               HdOffering *offering,
               HdForm     *form,
               HdAnswers  *answers,
               HdCtlExit  *code)
{
  g_autoptr (HdDraft) draft = make_draft (offering, form, answers);
  g_autoptr (HdDraft) kept = NULL;
  g_autoptr (GError) error = NULL;

  if (!save_draft (ctl, draft, &error))
    {
      *code = hd_ctl_fail (error);
      return NULL;
    }

  for (guint i = 0; *code == HD_CTL_OK && ctl->attach != NULL && ctl->attach[i] != NULL; i++)
    *code = attach_one (ctl, form, answers, hd_draft_get_id (draft), ctl->attach[i]);

  if (*code == HD_CTL_OK)
    {
      kept = load_draft (ctl, hd_draft_get_id (draft), &error);

      /* Signing out elsewhere takes drafts away. */
      if (kept == NULL && error == NULL)
        g_set_error_literal (&error, HD_ERROR, HD_ERROR_STORAGE, "the draft is gone");

      *code = kept != NULL ? check_draft (ctl, form, answers, kept) : hd_ctl_fail (error);
    }

  if (*code == HD_CTL_OK)
    return g_steal_pointer (&kept);

  delete_draft (ctl, hd_draft_get_id (draft));
  return NULL;
}

static HdForm *
load_form (HdCtl       *ctl,
           HdOffering  *offering,
           GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_load_form_async (ctl->session, hd_offering_get_id (offering), NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_session_load_form_finish (ctl->session, result, error);
}

/* On standard error: what stands on standard output is the number, for scripts. */
static void
tell_not_kept (HdRequest *request)
{
  g_autofree char *text = hd_request_dup_not_kept_text (request);

  if (text != NULL)
    hd_ctl_print_error ("helpdeskctl: %s\n", text);
}

/* @request: (nullable): what came of it */
static void
print_sent (HdCtl     *ctl,
            HdRequest *request)
{
  if (request != NULL && ctl->json)
    hd_ctl_print_record (request);
  else if (request != NULL)
    hd_ctl_print ("%s\n", hd_request_get_number (request));
}

static HdCtlExit
send_and_print (HdCtl      *ctl,
                HdAction    action,
                HdDraft    *draft,
                HdRequest  *about)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdRequest) request = NULL;
  HdCtlExit code;

  submission = g_object_new (HD_TYPE_SUBMISSION,
                             "action", action,
                             "draft", draft,
                             "title", hd_draft_get_title (draft),
                             "request-id", about != NULL ? hd_request_get_id (about) : NULL,
                             "request-number", about != NULL ? hd_request_get_number (about) : NULL,
                             NULL);
  code = hd_ctl_send (ctl, submission, &request);

  print_sent (ctl, request);

  if (request != NULL && action == HD_ACTION_SUBMIT)
    tell_not_kept (request);

  return code;
}

HdCtlExit
hd_ctl_submit (HdCtl  *ctl,
               char  **arguments)
{
  g_autoptr (HdOffering) offering = NULL;
  g_autoptr (HdForm) form = NULL;
  g_autoptr (HdAnswers) answers = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  answers = read_answers (ctl, &code);

  /* Out of reach, it goes into the outbox, if the form is known. */
  if (answers == NULL || !hd_ctl_open_signed_in (ctl, &code) || !hd_ctl_freshen (ctl, &code))
    return code;

  offering = hd_ctl_find_offering (ctl, arguments[0], &error);

  /* What the catalog holds is not known, which has been said. */
  if (offering == NULL)
    return code != HD_CTL_OK ? code : hd_ctl_fail (error);

  form = load_form (ctl, offering, &error);

  if (form == NULL)
    return hd_ctl_fail (error);

  code = check_names (form, answers);

  if (code != HD_CTL_OK)
    return code;

  hd_form_apply_defaults (form, answers);
  draft = prepare_draft (ctl, offering, form, answers, &code);

  return draft != NULL ? send_and_print (ctl, HD_ACTION_SUBMIT, draft, NULL) : code;
}

/* --- reply --- */

static HdDraft *
make_reply (HdRequest  *request,
            const char *text)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_object_new (HD_TYPE_DRAFT,
                       "id", id,
                       "request-id", hd_request_get_id (request),
                       "request-number", hd_request_get_number (request),
                       "title", hd_request_get_subject (request),
                       "text", text,
                       "created-at", now,
                       "updated-at", now,
                       NULL);
}

/* Returns: (transfer full) (nullable): the reply on disk, with its files */
static HdDraft *
prepare_reply (HdCtl      *ctl,
               HdRequest  *request,
               const char *text,
               HdCtlExit  *code)
{
  g_autoptr (HdDraft) draft = make_reply (request, text);
  g_autoptr (HdDraft) kept = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = save_draft (ctl, draft, &error);

  for (guint i = 0; ok && ctl->attach != NULL && ctl->attach[i] != NULL; i++)
    ok = attach_file (ctl, hd_draft_get_id (draft), NULL, ctl->attach[i], &error);

  if (ok)
    kept = load_draft (ctl, hd_draft_get_id (draft), &error);

  if (kept == NULL)
    {
      *code = hd_ctl_fail (error);
      delete_draft (ctl, hd_draft_get_id (draft));
    }

  return g_steal_pointer (&kept);
}

static gboolean
has_files (HdCtl     *ctl,
           HdCtlExit *code)
{
  for (guint i = 0; ctl->attach != NULL && ctl->attach[i] != NULL; i++)
    {
      if (!g_file_test (ctl->attach[i], G_FILE_TEST_IS_REGULAR))
        {
          *code = hd_ctl_usage (_("There is no file “%s”."), ctl->attach[i]);
          return FALSE;
        }
    }

  return TRUE;
}

HdCtlExit
hd_ctl_reply (HdCtl  *ctl,
              char  **arguments)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!has_files (ctl, &code) || !hd_ctl_open_signed_in (ctl, &code))
    return code;

  /* After the password's line, if that comes from there, too. */
  text = g_str_equal (arguments[1], "-") ? hd_ctl_read_all () : g_strdup (arguments[1]);

  if (*g_strstrip (text) == '\0' && ctl->attach == NULL)
    return hd_ctl_usage (_("The reply is empty."));

  request = hd_ctl_find_request (ctl, arguments[0], &error);

  if (request == NULL)
    return hd_ctl_fail (error);

  draft = prepare_reply (ctl, request, text, &code);

  return draft != NULL ? send_and_print (ctl, HD_ACTION_REPLY, draft, request) : code;
}

/* --- Decisions --- */

static HdCtlExit
send_decision (HdCtl        *ctl,
               HdSubmission *submission)
{
  g_autoptr (HdRequest) request = NULL;
  HdCtlExit code = hd_ctl_send (ctl, submission, &request);

  print_sent (ctl, request);

  return code;
}

static HdCtlExit
decide (HdCtl      *ctl,
        HdAction    action,
        const char *number,
        gint64      stars)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!hd_ctl_open_signed_in (ctl, &code))
    return code;

  request = hd_ctl_find_request (ctl, number, &error);

  if (request == NULL)
    return hd_ctl_fail (error);

  submission = g_object_new (HD_TYPE_SUBMISSION,
                             "action", action,
                             "title", hd_request_get_subject (request),
                             "request-id", hd_request_get_id (request),
                             "request-number", hd_request_get_number (request),
                             "stars", stars,
                             "comment", ctl->comment,
                             NULL);

  return send_decision (ctl, submission);
}

HdCtlExit
hd_ctl_cancel (HdCtl  *ctl,
               char  **arguments)
{
  return decide (ctl, HD_ACTION_CANCEL, arguments[0], 0);
}

HdCtlExit
hd_ctl_reopen (HdCtl  *ctl,
               char  **arguments)
{
  return decide (ctl, HD_ACTION_REOPEN, arguments[0], 0);
}

HdCtlExit
hd_ctl_confirm (HdCtl  *ctl,
                char  **arguments)
{
  return decide (ctl, HD_ACTION_CONFIRM, arguments[0], 0);
}

HdCtlExit
hd_ctl_rate (HdCtl  *ctl,
             char  **arguments)
{
  gint64 stars;

  if (!g_ascii_string_to_signed (arguments[1], 10, 1, 5, &stars, NULL))
    return hd_ctl_usage (_("Rate with 1 to 5 stars."));

  return decide (ctl, HD_ACTION_RATE, arguments[0], stars);
}

HdCtlExit
hd_ctl_feedback (HdCtl  *ctl,
                 char  **arguments)
{
  gboolean helpful = g_str_equal (arguments[1], "yes");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdArticle) article = NULL;
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!helpful && !g_str_equal (arguments[1], "no"))
    return hd_ctl_usage (_("Say “yes” or “no”: whether the article has helped."));

  if (!hd_ctl_open_signed_in (ctl, &code))
    return code;

  hd_store_get_article_async (get_store (ctl), arguments[0], NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  article = hd_store_get_article_finish (get_store (ctl), result, &error);

  if (article == NULL && error == NULL)
    g_set_error_literal (&error, HD_ERROR, HD_ERROR_NOT_FOUND, "no such article");
  if (article == NULL)
    return hd_ctl_fail (error);

  submission = g_object_new (HD_TYPE_SUBMISSION,
                             "action", HD_ACTION_FEEDBACK,
                             "title", hd_article_get_title (article),
                             "article-id", arguments[0],
                             "helpful", helpful,
                             "comment", ctl->comment,
                             NULL);

  return send_decision (ctl, submission);
}
