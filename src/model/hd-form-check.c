/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-rules.h"

#include "hd-draft-file.h"

/*
 * Checks of answers.  A field has at most one issue: the first that is found,
 * from “nothing there” to “not quite right”.
 */

/* A server's pattern may be made to run for ever; PCRE gives up after this. */
#define PATTERN_LIMIT "(*LIMIT_MATCH=200000)"

typedef struct
{
  GListStore *issues;
  HdField    *field;
} Check;

static void
add_issue (Check       *check,
           HdIssueCode  code,
           const char  *limit,
           const char  *message)
{
  g_autoptr (HdIssue) issue = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (check->issues)) > 0)
    return;

  issue = g_object_new (HD_TYPE_ISSUE,
                        "field-id", hd_field_get_id (check->field),
                        "code", code,
                        "limit", limit,
                        "message", message,
                        NULL);
  g_list_store_append (check->issues, issue);
}

/* FALSE for a limit that is absent or that makes no sense. */
static gboolean
parse_count (const char *text,
             gint64     *count)
{
  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, count, NULL);
}

static gboolean
parse_number (const char *text,
              double     *number)
{
  char *end = NULL;

  if (text == NULL || *text == '\0')
    return FALSE;

  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && *number == *number && *number < 1e300 && *number > -1e300 &&
         strspn (text, "0123456789+-.eE") == strlen (text);
}

static void
check_length (Check      *check,
              const char *value)
{
  glong length = g_utf8_strlen (value, -1);
  gint64 limit;

  if (parse_count (hd_field_get_min (check->field), &limit) && length < limit)
    add_issue (check, HD_ISSUE_CODE_TOO_SHORT, hd_field_get_min (check->field), NULL);
  if (parse_count (hd_field_get_max (check->field), &limit) && length > limit)
    add_issue (check, HD_ISSUE_CODE_TOO_LONG, hd_field_get_max (check->field), NULL);
}

static void
check_number (Check      *check,
              const char *value)
{
  double number, limit;

  if (!parse_number (value, &number))
    {
      add_issue (check, HD_ISSUE_CODE_NOT_A_NUMBER, NULL, NULL);
      return;
    }

  if (parse_number (hd_field_get_min (check->field), &limit) && number < limit)
    add_issue (check, HD_ISSUE_CODE_TOO_SMALL, hd_field_get_min (check->field), NULL);
  if (parse_number (hd_field_get_max (check->field), &limit) && number > limit)
    add_issue (check, HD_ISSUE_CODE_TOO_LARGE, hd_field_get_max (check->field), NULL);
}

/* A whole date (and time) in exactly the form that is sent. */
static gboolean
is_date (const char *value,
         gboolean    with_time)
{
  static const char shape[] = "dddd-dd-ddTdd:dd";
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *iso = NULL;
  g_autoptr (GDateTime) date_time = NULL;

  if (strlen (value) != (with_time ? 16 : 10))
    return FALSE;

  for (guint i = 0; value[i] != '\0'; i++)
    {
      if (shape[i] == 'd' ? !g_ascii_isdigit (value[i]) : value[i] != shape[i])
        return FALSE;
    }

  iso = g_strconcat (value, with_time ? ":00" : "T00:00:00", NULL);
  date_time = g_date_time_new_from_iso8601 (iso, utc);
  return date_time != NULL;
}

/* “2026-12-01”, or “today”, “today+14”, “today-1”. */
static char *
dup_date_limit (const char *limit)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = NULL;
  gint64 days = 0;

  if (limit == NULL)
    return NULL;

  if (!g_str_has_prefix (limit, "today"))
    return is_date (limit, FALSE) || is_date (limit, TRUE) ? g_strdup (limit) : NULL;

  limit += strlen ("today");
  if (*limit != '\0' && !g_ascii_string_to_signed (limit, 10, -100000, 100000, &days, NULL))
    return NULL;

  day = g_date_time_add_days (now, (int) days);
  return g_date_time_format (day, "%Y-%m-%d");
}

static void
check_date (Check      *check,
            const char *value,
            gboolean    with_time)
{
  g_autofree char *min = dup_date_limit (hd_field_get_min (check->field));
  g_autofree char *max = dup_date_limit (hd_field_get_max (check->field));

  if (!is_date (value, with_time))
    {
      add_issue (check, HD_ISSUE_CODE_NOT_A_DATE, NULL, NULL);
      return;
    }

  /* The forms sort as text; a limit without a time is that whole day. */
  if (min != NULL && strncmp (value, min, MIN (strlen (min), strlen (value))) < 0)
    add_issue (check, HD_ISSUE_CODE_TOO_EARLY, min, NULL);
  if (max != NULL && strncmp (value, max, MIN (strlen (max), strlen (value))) > 0)
    add_issue (check, HD_ISSUE_CODE_TOO_LATE, max, NULL);
}

static void
check_pattern (Check      *check,
               const char *value)
{
  const char *pattern = hd_field_get_pattern (check->field);
  g_autofree char *whole = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GError) error = NULL;

  if (pattern == NULL)
    return;

  whole = g_strconcat (PATTERN_LIMIT "^(?:", pattern, ")$", NULL);
  regex = g_regex_new (whole, G_REGEX_DOLLAR_ENDONLY, 0, NULL);

  /* A pattern that cannot be read or that runs too long is the portal's to check. */
  if (regex != NULL && !g_regex_match_full (regex, value, -1, 0, 0, NULL, &error) && error == NULL)
    add_issue (check, HD_ISSUE_CODE_PATTERN, hd_field_get_pattern_hint (check->field), NULL);
}

static gboolean
list_has_option (GListModel *options,
                 const char *value)
{
  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      if (g_str_equal (hd_option_get_value (option), value))
        return TRUE;
    }

  return FALSE;
}

/* Returns: (nullable): a value that is none of the field's options; of a searchable source only the portal knows */
static const char *
find_foreign_option (HdForm    *form,
                     HdField   *field,
                     HdAnswers *answers)
{
  const char *const *values = hd_answers_get_values (answers, hd_field_get_id (field));
  g_autoptr (GListModel) options = hd_form_dup_options (form, field, answers);

  for (guint i = 0; hd_field_get_options_source (field) == NULL && values[i] != NULL; i++)
    {
      if (!list_has_option (options, values[i]))
        return values[i];
    }

  return NULL;
}

static void
check_choice (Check              *check,
              HdForm             *form,
              HdAnswers          *answers,
              const char *const  *values)
{
  const char *foreign;
  gint64 n = g_strv_length ((char **) values);
  gint64 limit;

  if (hd_field_get_field_type (check->field) == HD_FIELD_TYPE_MULTICHOICE)
    {
      if (parse_count (hd_field_get_min (check->field), &limit) && n < limit)
        add_issue (check, HD_ISSUE_CODE_TOO_FEW, hd_field_get_min (check->field), NULL);
      if (parse_count (hd_field_get_max (check->field), &limit) && n > limit)
        add_issue (check, HD_ISSUE_CODE_TOO_MANY, hd_field_get_max (check->field), NULL);
    }

  foreign = find_foreign_option (form, check->field, answers);
  if (foreign != NULL)
    add_issue (check, HD_ISSUE_CODE_NOT_AN_OPTION, foreign, NULL);
}

static gboolean
accepts_type (const char *const  *accept,
              const char         *content_type)
{
  if (accept == NULL || accept[0] == NULL)
    return TRUE;

  for (guint i = 0; content_type != NULL && accept[i] != NULL; i++)
    {
      gsize length = strlen (accept[i]);

      if (g_ascii_strcasecmp (accept[i], content_type) == 0 || g_str_equal (accept[i], "*/*"))
        return TRUE;
      if (g_str_has_suffix (accept[i], "/*") && g_ascii_strncasecmp (accept[i], content_type, length - 1) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
check_files (Check        *check,
             GListModel   *files,
             HdPortalInfo *limits)
{
  const char *field_id = hd_field_get_id (check->field);
  gint64 max_size = limits != NULL ? hd_portal_info_get_max_file_size (limits) : 0;
  gint64 n = 0, limit;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (hd_draft_file_get_field_id (file), field_id) != 0)
        continue;

      n++;
      if (!accepts_type (hd_field_get_accept (check->field), hd_draft_file_get_content_type (file)))
        add_issue (check, HD_ISSUE_CODE_FILE_TYPE, hd_draft_file_get_name (file), NULL);
      if (max_size > 0 && hd_draft_file_get_size (file) > max_size)
        add_issue (check, HD_ISSUE_CODE_FILE_TOO_LARGE, hd_draft_file_get_name (file), NULL);
    }

  if (n == 0 && hd_field_get_required (check->field))
    add_issue (check, HD_ISSUE_CODE_REQUIRED, NULL, NULL);
  else if (n > 0 && parse_count (hd_field_get_min (check->field), &limit) && n < limit)
    add_issue (check, HD_ISSUE_CODE_TOO_FEW, hd_field_get_min (check->field), NULL);
  if (parse_count (hd_field_get_max (check->field), &limit) && n > limit)
    add_issue (check, HD_ISSUE_CODE_TOO_MANY, hd_field_get_max (check->field), NULL);
}

static void
check_value (Check              *check,
             HdForm             *form,
             HdAnswers          *answers,
             const char *const  *values)
{
  switch (hd_field_get_field_type (check->field))
    {
    case HD_FIELD_TYPE_NUMBER:
      check_number (check, values[0]);
      break;

    case HD_FIELD_TYPE_DATE:
    case HD_FIELD_TYPE_DATETIME:
      check_date (check, values[0], hd_field_get_field_type (check->field) == HD_FIELD_TYPE_DATETIME);
      break;

    case HD_FIELD_TYPE_CHOICE:
    case HD_FIELD_TYPE_MULTICHOICE:
      check_choice (check, form, answers, values);
      break;

    case HD_FIELD_TYPE_BOOLEAN:
      if (!g_str_equal (values[0], "true") && !g_str_equal (values[0], "false"))
        add_issue (check, HD_ISSUE_CODE_NOT_AN_OPTION, values[0], NULL);
      break;

    case HD_FIELD_TYPE_TEXT:
      if (strpbrk (values[0], "\r\n") != NULL)
        add_issue (check, HD_ISSUE_CODE_NOT_A_LINE, NULL, NULL);
      check_length (check, values[0]);
      break;

    case HD_FIELD_TYPE_MULTILINE:
      check_length (check, values[0]);
      break;

    case HD_FIELD_TYPE_PERSON:
    case HD_FIELD_TYPE_FILE:
    case HD_FIELD_TYPE_NOTE:
    default:
      break;
    }

  if (hd_field_get_field_type (check->field) != HD_FIELD_TYPE_MULTICHOICE)
    check_pattern (check, values[0]);
}

/**
 * hd_form_check_field:
 * @self: a form
 * @field: one of its fields
 * @answers: what was answered
 * @files: (nullable) (element-type HdDraftFile): the draft's files
 * @limits: (nullable): the portal's limits
 *
 * Returns: (transfer full) (element-type HdIssue): one issue, or none; none for a
 *   hidden field
 */
GListModel *
hd_form_check_field (HdForm       *self,
                     HdField      *field,
                     HdAnswers    *answers,
                     GListModel   *files,
                     HdPortalInfo *limits)
{
  Check check = { g_list_store_new (HD_TYPE_ISSUE), field };
  const char *const *values = hd_answers_get_values (answers, hd_field_get_id (field));
  HdFieldType type = hd_field_get_field_type (field);
  gboolean unticked = type == HD_FIELD_TYPE_BOOLEAN && values != NULL && g_str_equal (values[0], "false");

  if (type == HD_FIELD_TYPE_NOTE || !hd_form_is_visible (self, field, answers))
    return G_LIST_MODEL (check.issues);

  if (type == HD_FIELD_TYPE_FILE)
    check_files (&check, files, limits);
  else if (hd_field_get_required (field) && (values == NULL || unticked))
    add_issue (&check, HD_ISSUE_CODE_REQUIRED, NULL, NULL);
  else if (values != NULL)
    check_value (&check, self, answers, values);

  return G_LIST_MODEL (check.issues);
}

/* Of these the value cannot even be shown by what the field is filled in with. */
static gboolean
is_of_another_kind (HdIssueCode code)
{
  return code == HD_ISSUE_CODE_NOT_A_NUMBER || code == HD_ISSUE_CODE_NOT_A_DATE || code == HD_ISSUE_CODE_NOT_AN_OPTION;
}

/**
 * hd_form_takes_answer:
 * @self: a form
 * @field: one of its fields, be it hidden
 * @answers: what was answered, to it too
 *
 * Returns: whether the answer is of the kind that @field asks for, right or wrong
 */
gboolean
hd_form_takes_answer (HdForm    *self,
                      HdField   *field,
                      HdAnswers *answers)
{
  g_autoptr (GListStore) issues = g_list_store_new (HD_TYPE_ISSUE);
  Check check = { issues, field };
  const char *const *values = hd_answers_get_values (answers, hd_field_get_id (field));
  HdFieldType type = hd_field_get_field_type (field);
  g_autoptr (HdIssue) issue = NULL;

  if (values == NULL)
    return TRUE;

  if (type == HD_FIELD_TYPE_FILE || type == HD_FIELD_TYPE_NOTE ||
      (type != HD_FIELD_TYPE_MULTICHOICE && values[1] != NULL))
    return FALSE;

  if (type == HD_FIELD_TYPE_MULTICHOICE)
    return find_foreign_option (self, field, answers) == NULL;

  check_value (&check, self, answers, values);
  issue = g_list_model_get_item (G_LIST_MODEL (issues), 0);

  return issue == NULL || !is_of_another_kind (hd_issue_get_code (issue));
}

/**
 * hd_form_check:
 * @self: a form
 * @answers: what was answered
 * @files: (nullable) (element-type HdDraftFile): the draft's files
 * @limits: (nullable): the portal's limits
 *
 * Returns: (transfer full) (element-type HdIssue): what stands in the way of
 *   submitting, in the form's order
 */
GListModel *
hd_form_check (HdForm       *self,
               HdAnswers    *answers,
               GListModel   *files,
               HdPortalInfo *limits)
{
  GListModel *fields = hd_form_get_fields (self);
  GListStore *issues = g_list_store_new (HD_TYPE_ISSUE);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      g_autoptr (GListModel) found = hd_form_check_field (self, field, answers, files, limits);
      g_autoptr (HdIssue) issue = g_list_model_get_item (found, 0);

      if (issue != NULL)
        g_list_store_append (issues, issue);
    }

  return G_LIST_MODEL (issues);
}
