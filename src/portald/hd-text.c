/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-text.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "hd-json.h"

/*
 * Small things that everything in the portal needs: times, ids, words to
 * search by, JSON as text.
 */

/* Seconds since 1970. */
gint64
hd_text_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* As the API has it: 2026-11-22T09:41:00Z. */
char *
hd_text_format_time (gint64 time)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_utc (time);

  return date_time != NULL ? g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

gboolean
hd_text_parse_time (const char *text,
                    gint64     *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date_time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (date_time == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date_time);
  return TRUE;
}

/**
 * hd_text_clean:
 * @text: what somebody typed
 * @keep: the control characters that it may have
 *
 * Returns: (transfer full): @text with a space for each other control character,
 *   lines that end with \n, and nothing empty at its ends
 */
char *
hd_text_clean (const char *text,
               const char *keep)
{
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;

      g_string_append_unichar (clean, g_unichar_iscntrl (c) && g_utf8_strchr (keep, -1, c) == NULL ? ' ' : c);
    }

  return g_strdup (g_strstrip (clean->str));
}

/**
 * hd_text_fold:
 * @text: (nullable): any text
 *
 * Returns: (transfer full): @text in a form in which equal words are equal
 *   bytes, whatever their case and however their letters are composed
 */
char *
hd_text_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  char *normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);

  /* One apostrophe is as good as another: п’ять, п'ять. */
  for (const char *const *p = (const char *const[]) { "’", "ʼ", "`", NULL }; *p != NULL; p++)
    {
      g_auto (GStrv) parts = g_strsplit (normal, *p, -1);

      g_free (normal);
      normal = g_strjoinv ("'", parts);
    }

  return normal;
}

/* Letters that stand elsewhere in the alphabet than in Unicode: after which
 * letter, and in which place. */
static gunichar
get_weight (gunichar c)
{
  static const struct
  {
    gunichar letter;
    gunichar after;
    gunichar place;
  } moved[] = { { 0x491, 0x433, 1 }, { 0x454, 0x435, 1 }, { 0x456, 0x438, 1 }, { 0x457, 0x438, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      if (moved[i].letter == c)
        return moved[i].after * 4 + moved[i].place;
    }

  return c * 4;
}

/**
 * hd_text_sort_key:
 * @text: any text
 *
 * Returns: (transfer full): a text that sorts, byte by byte, where @text does in
 *   the Ukrainian alphabet, whatever the server's locale
 */
char *
hd_text_sort_key (const char *text)
{
  g_autofree char *folded = hd_text_fold (text);
  GString *key = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar weight = get_weight (g_utf8_get_char (p));

      /* Above the surrogates, which are no characters. */
      if (*p != '\'')
        g_string_append_unichar (key, MIN (0x10000 + weight, 0x10ffff));
    }

  return g_string_free (key, FALSE);
}

/* Returns: (transfer full): the folded words of a search. */
char **
hd_text_split_words (const char *text)
{
  g_autofree char *folded = hd_text_fold (text);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0')
        g_strv_builder_add (builder, parts[i]);
    }

  return g_strv_builder_end (builder);
}

/* Whether each word is somewhere in a folded text. */
gboolean
hd_text_has_words (const char  *folded,
                   char       **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full): 128 random bits that nobody can guess. */
char *
hd_text_random_id (void)
{
  GString *id = g_string_new (NULL);
  guint8 bytes[16];

  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, sizeof (bytes)) < 0)
    g_error ("the system has no random numbers");

  for (guint i = 0; i < sizeof (bytes); i++)
    g_string_append_printf (id, "%02x", bytes[i]);

  return g_string_free (id, FALSE);
}

char *
hd_text_hash (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

char *
hd_text_from_json (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

/**
 * hd_text_to_json:
 * @text: (nullable): JSON, most likely
 *
 * Returns: (transfer full) (nullable): what it says
 */
JsonNode *
hd_text_to_json (const char *text)
{
  return text != NULL ? hd_json_parse (text, strlen (text), NULL) : NULL;
}

/* An unset value is an absent member. */
void
hd_text_add_string (JsonObject *object,
                    const char *member,
                    const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

void
hd_text_add_time (JsonObject *object,
                  const char *member,
                  gint64      time)
{
  g_autofree char *text = hd_text_format_time (time);

  if (time > 0)
    json_object_set_string_member (object, member, text);
}

/* Returns: (transfer full): a node that owns the (transfer full) object. */
JsonNode *
hd_text_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}
