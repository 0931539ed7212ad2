/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-letters.h"
#include "hd-api.h"
#include "hd-test-utils.h"
#include "hd-upload.h"

#include <string.h>

static void
assert_header_lines (const char *letter)
{
  const char *end = strstr (letter, "\r\n\r\n");
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (end);
  head = g_strndup (letter, (gsize) (end - letter));
  lines = g_strsplit (head, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 78);
      g_assert_cmpuint (strcspn (lines[i], "\r\n"), ==, strlen (lines[i]));
      g_assert_true (g_str_is_ascii (lines[i]));
      g_assert_true (lines[i][0] == ' ' || g_regex_match_simple ("^[A-Za-z-]+: ", lines[i], 0, 0));
    }
}

/* Returns: (transfer full): what a reader makes of the encoded words. */
static char *
decode_words (const char *encoded)
{
  g_auto (GStrv) words = g_strsplit (encoded, "\r\n ", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *base64 = NULL;
      g_autofree guchar *data = NULL;
      gsize size;

      g_assert_cmpuint (strlen (words[i]), <=, 75);
      g_assert_true (g_str_has_prefix (words[i], "=?UTF-8?B?"));
      g_assert_true (g_str_has_suffix (words[i], "?="));
      base64 = g_strndup (words[i] + 10, strlen (words[i]) - 12);
      data = g_base64_decode (base64, &size);
      /* RFC 2047: no character is cut in two. */
      g_assert_true (g_utf8_validate ((const char *) data, (gssize) size, NULL));
      g_string_append_len (text, (const char *) data, (gssize) size);
    }

  return g_string_free (text, FALSE);
}

static void
headers_are_encoded_and_folded (void)
{
  static const char *const texts[] = {
    "Тема", "Дуже-дуже довга тема звернення, яка не вміщається в один рядок листа, бо в ній багато слів",
    "🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨🖨", "=?UTF-8?B?YQ==?=",
    "A long subject that is plain ASCII and yet does not fit into one line of a header at all, is it not",
  };
  g_autofree char *plain = hd_letter_encode_words ("Plain", 9);

  g_assert_cmpstr (plain, ==, "Plain");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *encoded = hd_letter_encode_words (texts[i], 9);
      g_autofree char *decoded = decode_words (encoded);

      g_assert_cmpstr (decoded, ==, texts[i]);
    }
}

static void
nobody_adds_a_header (void)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 11, 22, 9, 41, 0);
  g_autofree char *letter = NULL;

  letter = hd_letter_compose ("HELP DESK", "a@b.ua\r\nX: y", "Ім’я\r\nBcc: z@z", "c@d.ua>\r\nBcc: z@z",
                              "Тема\r\nBcc: z@z", "Текст\r\nBcc: z@z\n.\n", "1", date);
  assert_header_lines (letter);
  g_assert_null (strstr (letter, "\nBcc:"));
  g_assert_null (strstr (letter, "\nX:"));
  g_assert_nonnull (strstr (letter, "Date: Sun, 22 Nov 2026 09:41:00 +0000\r\n"));
}

static void
bodies_are_whole (void)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 1, 5, 9, 41, 0);
  g_autofree char *letter = hd_letter_compose ("A", "a@b.ua", "B", "c@d.ua", "S", "Рядок\nДругий\n", "1",
                                               date);
  const char *body = strstr (letter, "\r\n\r\n") + 4;
  gsize size;
  g_autofree guchar *data = g_base64_decode (body, &size);

  g_assert_cmpmem (data, size, "Рядок\r\nДругий\r\n", strlen ("Рядок\r\nДругий\r\n"));
}

static void
file_names_are_names (void)
{
  static const struct
  {
    const char *name;
    const char *clean;
    const char *disposition;
  } cases[] = {
    { "a.txt", "a.txt", "attachment; filename=\"a.txt\"" },
    { "../../etc/passwd", ".._.._etc_passwd", "attachment; filename=\".._.._etc_passwd\"" },
    { "..", "file", "attachment; filename=\"file\"" },
    { "", "file", "attachment; filename=\"file\"" },
    { NULL, "file", "attachment; filename=\"file\"" },
    { "a\r\nb\"c", "a__b\"c", "attachment; filename=\"a__b_c\"; filename*=UTF-8''a__b%22c" },
    { "Звіт.txt", "Звіт.txt", "attachment; filename=\"____.txt\"; filename*=UTF-8''%D0%97%D0%B2%D1%96%D1%82.txt" },
    { "C:\\x\\y", "C:_x_y", "attachment; filename=\"C:_x_y\"" },
    { "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd", "attachment; filename=\"__\"; filename*=UTF-8''%EF%BF%BD%EF%BF%BD" },
  };
  g_autoptr (GString) very_long = g_string_new (NULL);
  g_autofree char *short_name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = hd_upload_clean_name (cases[i].name);
      g_autofree char *disposition = hd_api_format_disposition (clean);

      g_assert_cmpstr (clean, ==, cases[i].clean);
      g_assert_cmpstr (disposition, ==, cases[i].disposition);
    }

  for (guint i = 0; i < 400; i++)
    g_string_append (very_long, "я");
  short_name = hd_upload_clean_name (very_long->str);
  g_assert_cmpuint (strlen (short_name), <=, 255);
  g_assert_true (g_utf8_validate (short_name, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/letters/headers-are-encoded-and-folded", headers_are_encoded_and_folded);
  g_test_add_func ("/letters/nobody-adds-a-header", nobody_adds_a_header);
  g_test_add_func ("/letters/bodies-are-whole", bodies_are_whole);
  g_test_add_func ("/letters/file-names-are-names", file_names_are_names);

  return g_test_run ();
}
