/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-rules.h"

#include <glib/gi18n-lib.h>

static char *
dup_count_text (HdIssueCode  code,
                const char  *limit)
{
  gint64 n = limit != NULL ? g_ascii_strtoll (limit, NULL, 10) : 0;

  switch ((int) code)
    {
    case HD_ISSUE_CODE_TOO_SHORT:
      return g_strdup_printf (ngettext ("Write at least %d character.", "Write at least %d characters.", n), (int) n);
    case HD_ISSUE_CODE_TOO_LONG:
      return g_strdup_printf (ngettext ("Write at most %d character.", "Write at most %d characters.", n), (int) n);
    case HD_ISSUE_CODE_TOO_FEW:
      return g_strdup_printf (ngettext ("Choose at least %d.", "Choose at least %d.", n), (int) n);
    default:
      return g_strdup_printf (ngettext ("Choose at most %d.", "Choose at most %d.", n), (int) n);
    }
}

/**
 * hd_issue_dup_text:
 * @self: an issue
 *
 * Returns: (transfer full): what is wrong and what to do, translated, plain text
 */
char *
hd_issue_dup_text (HdIssue *self)
{
  HdIssueCode code = hd_issue_get_code (self);
  const char *limit = hd_issue_get_limit (self);
  const char *shown = limit != NULL ? limit : "";
  g_autofree char *date = hd_form_dup_date_text (shown);

  switch (code)
    {
    case HD_ISSUE_CODE_REQUIRED:
      return g_strdup (_("This must be filled in."));
    case HD_ISSUE_CODE_NOT_A_NUMBER:
      return g_strdup (_("Write a number."));
    case HD_ISSUE_CODE_TOO_SMALL:
      return g_strdup_printf (_("The number must be at least %s."), shown);
    case HD_ISSUE_CODE_TOO_LARGE:
      return g_strdup_printf (_("The number must be at most %s."), shown);
    case HD_ISSUE_CODE_NOT_A_DATE:
      return g_strdup (_("Choose a date."));
    case HD_ISSUE_CODE_TOO_EARLY:
      return g_strdup_printf (_("The date must not be before %s."), date);
    case HD_ISSUE_CODE_TOO_LATE:
      return g_strdup_printf (_("The date must not be after %s."), date);
    case HD_ISSUE_CODE_PATTERN:
      return limit != NULL ? g_strdup (limit) : g_strdup (_("This is not in the expected form."));
    case HD_ISSUE_CODE_NOT_AN_OPTION:
      return g_strdup (_("Choose one of the options offered."));
    case HD_ISSUE_CODE_FILE_TYPE:
      return g_strdup_printf (_("A file of this kind is not accepted: %s"), shown);
    case HD_ISSUE_CODE_FILE_TOO_LARGE:
      return g_strdup_printf (_("The file is too large: %s"), shown);
    case HD_ISSUE_CODE_NOT_A_LINE:
      return g_strdup (_("Write this on one line."));
    case HD_ISSUE_CODE_TOO_SHORT:
    case HD_ISSUE_CODE_TOO_LONG:
    case HD_ISSUE_CODE_TOO_FEW:
    case HD_ISSUE_CODE_TOO_MANY:
      return dup_count_text (code, limit);
    case HD_ISSUE_CODE_PORTAL:
    default:
      return g_strdup (hd_issue_get_message (self) != NULL ? hd_issue_get_message (self)
                                                           : _("The portal did not accept this."));
    }
}
