/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-issue-words.h"

/* What is wrong with a field, in the person's language; {} is the limit. */
static const struct
{
  const char *ukrainian;
  const char *english;
} words[] = {
  [HD_ISSUE_CODE_REQUIRED] = { "Заповніть це поле.", "This must be filled in." },
  [HD_ISSUE_CODE_TOO_SHORT] = { "Найменша кількість символів: {}.", "Write at least this many characters: {}." },
  [HD_ISSUE_CODE_TOO_LONG] = { "Найбільша кількість символів: {}.", "Write at most this many characters: {}." },
  [HD_ISSUE_CODE_NOT_A_NUMBER] = { "Введіть число.", "Write a number." },
  [HD_ISSUE_CODE_TOO_SMALL] = { "Число має бути не менше за {}.", "The number must be at least {}." },
  [HD_ISSUE_CODE_TOO_LARGE] = { "Число має бути не більше за {}.", "The number must be at most {}." },
  [HD_ISSUE_CODE_NOT_A_DATE] = { "Вкажіть дату.", "Choose a date." },
  [HD_ISSUE_CODE_TOO_EARLY] = { "Дата має бути не раніше за {}.", "The date must not be before {}." },
  [HD_ISSUE_CODE_TOO_LATE] = { "Дата має бути не пізніше за {}.", "The date must not be after {}." },
  [HD_ISSUE_CODE_PATTERN] = { "Значення не відповідає зразку. {}", "This is not in the expected form. {}" },
  [HD_ISSUE_CODE_NOT_AN_OPTION] = { "Оберіть один із варіантів.", "Choose one of the options." },
  [HD_ISSUE_CODE_TOO_FEW] = { "Оберіть щонайменше: {}.", "Choose at least {}." },
  [HD_ISSUE_CODE_TOO_MANY] = { "Оберіть щонайбільше: {}.", "Choose at most {}." },
  [HD_ISSUE_CODE_FILE_TYPE] = { "Файли такого виду не приймаються: {}", "A file of this kind is not accepted: {}" },
  [HD_ISSUE_CODE_FILE_TOO_LARGE] = { "Файл завеликий: {}", "The file is too large: {}" },
  [HD_ISSUE_CODE_NOT_A_LINE] = { "Тут має бути один рядок.", "This must be a single line." },
  [HD_ISSUE_CODE_PORTAL] = { "{}", "{}" },
};

/**
 * hd_issue_words_describe:
 * @issue: what the form's rules found
 * @language: a language
 *
 * Returns: (transfer full): a sentence for the person
 */
char *
hd_issue_words_describe (HdIssue    *issue,
                         HdLanguage  language)
{
  HdIssueCode code = hd_issue_get_code (issue);
  const char *limit = hd_issue_get_limit (issue);
  const char *pattern = language == HD_LANGUAGE_EN ? words[code].english : words[code].ukrainian;
  g_auto (GStrv) parts = g_strsplit (pattern, "{}", 2);

  return g_strchomp (g_strjoinv (limit != NULL ? limit : "", parts));
}
