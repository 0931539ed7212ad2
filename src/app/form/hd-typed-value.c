/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-typed-value.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/*
 * Numbers, dates and times as people type them, and as they are sent.
 */

/**
 * hd_number_normalize:
 * @text: what was typed
 *
 * Returns: (transfer full): the number as it is sent: no spaces between the
 *   thousands, a point for the comma; what is no number stays as it was
 */
char *
hd_number_normalize (const char *text)
{
  GString *number = g_string_new (NULL);
  gboolean has_point = strchr (text, '.') != NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == 0x00a0 || c == 0x202f)
        continue;
      else if (c == ',' && !has_point)
        g_string_append_c (number, '.');
      else if (c == 0x2212)
        g_string_append_c (number, '-');
      else
        g_string_append_unichar (number, c);
    }

  return g_string_free (number, FALSE);
}

/* Splits “a.b.c” with any of the usual signs between the numbers. */
static gboolean
parse_three (const char *text,
             int        *a,
             int        *b,
             int        *c)
{
  char sign_1, sign_2, rest;

  if (sscanf (text, "%4d%c%2d%c%4d%c", a, &sign_1, b, &sign_2, c, &rest) != 5)
    return FALSE;

  return sign_1 == sign_2 && strchr (".-/", sign_1) != NULL && *a > 0 && *b > 0 && *c >= 0;
}

/**
 * hd_date_parse:
 * @text: a date as people type it: 1.12.2026, 01/12/26, 2026-12-01
 *
 * Returns: (transfer full) (nullable): it as YYYY-MM-DD
 */
char *
hd_date_parse (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  int a, b, c, year, day;

  if (!parse_three (stripped, &a, &b, &c))
    return NULL;

  year = a > 31 ? a : c;
  day = a > 31 ? c : a;

  if (year < 100)
    year += 2000;

  if (year < 1000 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) b, (GDateYear) year))
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02d", year, b, day);
}

/**
 * hd_date_dup_display:
 * @iso: a date as YYYY-MM-DD
 *
 * Returns: (transfer full): the date as it stands in the entry, in a form that
 *   hd_date_parse() reads; what is no date stays as it is
 */
char *
hd_date_dup_display (const char *iso)
{
  g_autofree char *with_time = g_strconcat (iso, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (with_time, NULL);

  if (date == NULL)
    return g_strdup (iso);

  /* Translators: a date in an entry. Year first with “-”, or day first with “.” or “/”: it is read back. */
  return g_date_time_format (date, _("%Y-%m-%d"));
}

/**
 * hd_time_parse:
 * @text: a time of the day as people type it: 9:41, 0941, 9.41
 *
 * Returns: (transfer full) (nullable): it as HH:MM
 */
char *
hd_time_parse (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  int hour = -1, minute = -1;
  char rest;

  if (sscanf (stripped, "%2d%*[:.]%2d%c", &hour, &minute, &rest) != 2 &&
      !(strlen (stripped) == 4 && sscanf (stripped, "%2d%2d%c", &hour, &minute, &rest) == 2))
    return NULL;

  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return NULL;

  return g_strdup_printf ("%02d:%02d", hour, minute);
}

/**
 * hd_date_time_join:
 * @date_text: the date as typed
 * @time_text: (nullable): the time as typed, %NULL for a date alone
 *
 * Returns: (transfer full): the answer; if a part cannot be read, the parts as
 *   they were typed, so that nothing typed is lost
 */
char *
hd_date_time_join (const char *date_text,
                   const char *time_text)
{
  g_autofree char *date = hd_date_parse (date_text);
  g_autofree char *clock = time_text != NULL ? hd_time_parse (time_text) : NULL;
  const char *shown_date = date != NULL ? date : date_text;

  if (time_text == NULL || (*time_text == '\0' && *date_text == '\0'))
    return g_strdup (shown_date);

  return g_strconcat (shown_date, "T", clock != NULL ? clock : time_text, NULL);
}
