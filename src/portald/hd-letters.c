/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-letters.h"

#include <string.h>

#include "hd-info.h"
#include "hd-json.h"
#include "hd-text.h"

/*
 * The letter that confirms a registration: composed here, put into the table
 * “letters” in the transaction of the registration, sent later by HdMailer.
 */

/* RFC 2047: an encoded word has 75 characters at most, and a line 78; these
 * many bytes leave room for the rest of both. */
#define WORD_BYTES 39

static gboolean
is_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isprint (*p))
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_letter_encode_words:
 * @text: a header's text
 * @indent: how long the header's line is already
 *
 * Returns: (transfer full): @text as RFC 2047 has it, folded
 */
char *
hd_letter_encode_words (const char *text,
                        gsize       indent)
{
  g_autofree char *line = g_strdup (text);
  GString *encoded = g_string_new (NULL);

  /* A header is one line: nobody adds another one by a subject. */
  g_strdelimit (line, "\r\n\t", ' ');

  if (is_ascii (line) && strlen (line) + indent < 78 && strstr (line, "=?") == NULL)
    {
      g_string_append (encoded, line);
      return g_string_free (encoded, FALSE);
    }

  for (const char *start = line; *start != '\0';)
    {
      const char *end = start;
      g_autofree char *word = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - start <= WORD_BYTES)
        end = g_utf8_next_char (end);

      word = g_base64_encode ((const guchar *) start, (gsize) (end - start));
      g_string_append_printf (encoded, "%s=?UTF-8?B?%s?=", start == line ? "" : "\r\n ", word);
      start = end;
    }

  return g_string_free (encoded, FALSE);
}

static char *
encode_body (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *crlf = g_strjoinv ("\r\n", lines);
  g_autofree char *base64 = g_base64_encode ((const guchar *) crlf, strlen (crlf));
  GString *body = g_string_new (NULL);
  gsize length = strlen (base64);

  for (gsize i = 0; i < length; i += 76)
    g_string_append_printf (body, "%.76s\r\n", base64 + i);

  return g_string_free (body, FALSE);
}

/* RFC 5322 has English names, whatever the locale. */
static char *
format_date (GDateTime *date)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  g_autofree char *time = g_date_time_format (date, "%Y %H:%M:%S %z");

  return g_strdup_printf ("%s, %02d %s %s", days[g_date_time_get_day_of_week (date) - 1],
                          g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1], time);
}

/* An address that could end its header is none. */
static char *
clean_address (const char *address)
{
  char *clean = g_strdup (address);

  g_strdelimit (clean, "\r\n<>, ", '_');
  return clean;
}

/**
 * hd_letter_compose:
 * @from_name: who writes
 * @from_address: their address
 * @to_name: to whom
 * @to_address: their address
 * @subject: the subject
 * @text: the text, with `\n` at the ends of lines
 * @id: something that is unique
 * @date: when
 *
 * Returns: (transfer full): the letter as RFC 5322 has it
 */
char *
hd_letter_compose (const char *from_name,
                   const char *from_address,
                   const char *to_name,
                   const char *to_address,
                   const char *subject,
                   const char *text,
                   const char *id,
                   GDateTime  *date)
{
  g_autofree char *from = hd_letter_encode_words (from_name, strlen ("From: "));
  g_autofree char *to = hd_letter_encode_words (to_name, strlen ("To: "));
  g_autofree char *title = hd_letter_encode_words (subject, strlen ("Subject: "));
  g_autofree char *sender = clean_address (from_address);
  g_autofree char *recipient = clean_address (to_address);
  g_autofree char *when = format_date (date);
  g_autofree char *body = encode_body (text);
  const char *at = strchr (sender, '@');

  /* ASCII names may have characters that mean something there. */
  g_strdelimit (from, "\"<>,;:\\", ' ');
  g_strdelimit (to, "\"<>,;:\\", ' ');

  return g_strdup_printf ("From: %s\r\n <%s>\r\n"
                          "To: %s\r\n <%s>\r\n"
                          "Subject: %s\r\n"
                          "Date: %s\r\n"
                          "Message-ID: <%s%s>\r\n"
                          "Auto-Submitted: auto-replied\r\n"
                          "MIME-Version: 1.0\r\n"
                          "Content-Type: text/plain; charset=UTF-8\r\n"
                          "Content-Transfer-Encoding: base64\r\n"
                          "Content-Language: uk\r\n"
                          "\r\n%s",
                          from, sender, to, recipient, title, when, id,
                          at != NULL ? at : "@localhost", body);
}

static void
append_fields (GString    *text,
               JsonObject *request)
{
  JsonArray *fields = hd_json_get_array (request, "fields");

  if (fields == NULL || json_array_get_length (fields) == 0)
    return;

  g_string_append (text, "\nВи надіслали:\n");

  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_node_get_object (json_array_get_element (fields, i));

      g_string_append_printf (text, "  %s: %s\n", hd_json_get_string (field, "label"),
                              hd_json_get_string (field, "value"));
    }
}

static void
append_attachments (GString    *text,
                    JsonObject *request)
{
  JsonArray *attachments = hd_json_get_array (request, "attachments");

  if (attachments == NULL || json_array_get_length (attachments) == 0)
    return;

  g_string_append (text, "\nВкладення:\n");

  for (guint i = 0; i < json_array_get_length (attachments); i++)
    {
      JsonObject *attachment = json_node_get_object (json_array_get_element (attachments, i));

      g_string_append_printf (text, "  %s\n", hd_json_get_string (attachment, "name"));
    }
}

static void
append_contacts (GString    *text,
                 HdDatabase *database)
{
  g_autoptr (JsonNode) info = hd_info_get (database);
  JsonArray *contacts = hd_json_get_array (json_node_get_object (info), "contacts");

  g_string_append (text, "\n-- \nСлужба підтримки\n");

  for (guint i = 0; contacts != NULL && i < json_array_get_length (contacts); i++)
    {
      JsonNode *node = json_array_get_element (contacts, i);
      JsonObject *contact = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *value = hd_json_get_string (contact, "value");

      if (value != NULL)
        g_string_append_printf (text, "%s\n", value);
    }
}

static char *
write_confirmation (HdDatabase    *database,
                    const HdUser  *user,
                    JsonObject    *request)
{
  gboolean is_incident = g_strcmp0 (hd_json_get_string (request, "kind"), "incident") == 0;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Вітаємо, %s!\n\n", user->name);
  g_string_append_printf (text, "%s № %s успішно зареєстровано.\n\n",
                          is_incident ? "Ваш інцидент" : "Ваш запит на обслуговування",
                          hd_json_get_string (request, "number"));
  g_string_append_printf (text, "Тема: %s\n", hd_json_get_string (request, "subject"));
  g_string_append_printf (text, "Послуга: %s\n", hd_json_get_string (request, "offering_name"));
  append_fields (text, request);
  append_attachments (text, request);
  g_string_append (text, "\nСтатус можна переглянути в розділі «Мої предмети».\n"
                   "Цей лист створено автоматично, відповідати на нього не потрібно.\n");
  append_contacts (text, database);
  return g_string_free (text, FALSE);
}

/**
 * hd_letters_add_confirmation:
 * @database: the database, with an open transaction
 * @user: whose request it is
 * @request: the request, as the API has it
 * @error: return location for an error
 *
 * Puts the confirmation letter among those to be sent.
 */
gboolean
hd_letters_add_confirmation (HdDatabase    *database,
                             const HdUser  *user,
                             JsonObject    *request,
                             GError       **error)
{
  g_autofree char *id = hd_text_random_id ();
  g_autofree char *domain = hd_info_dup_mail_domain (database);
  g_autofree char *from = g_strdup_printf ("helpdesk@%s", domain != NULL ? domain : "localhost");
  g_autofree char *subject = NULL;
  g_autofree char *text = write_confirmation (database, user, request);
  g_autofree char *letter = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  subject = g_strdup_printf ("[HELP DESK] № %s зареєстровано: %s",
                             hd_json_get_string (request, "number"),
                             hd_json_get_string (request, "subject"));
  letter = hd_letter_compose ("HELP DESK", from, user->name, user->email, subject, text, id, now);

  return hd_database_run (database, error,
                          "INSERT INTO letters (id, recipient, body, created_at) VALUES (?, ?, ?, ?)",
                          "sssl", id, user->email, letter, g_date_time_to_unix (now));
}
