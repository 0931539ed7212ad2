/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-record-json.h"
#include "hd-request.h"
#include "hd-test-utils.h"

static JsonNode *
parse (const char *data)
{
  return hd_json_parse (data, strlen (data), NULL);
}

static char *
repeat (const char *text,
        guint       n)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (string, text);

  return g_string_free (string, FALSE);
}

static void
test_what_is_no_document_is_an_error (void)
{
  const char *documents[] = {
    "", " ", "<html><body>Login</body></html>", "{", "}", "[1,2", "{\"a\":}", "nope", "{} {}", "{}x", "\xff", "{\"\xc3\":1}",
    "{'a':1}", "\"open",
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("document %u", i);
      g_assert_null (hd_json_parse_object (documents[i], strlen (documents[i]), &error));
      g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
    }
}

static void
test_escapes_that_are_no_characters_leave_valid_text (void)
{
  static const struct
  {
    const char *document;
    const char *text;
  } cases[] = {
    { "{\"a\":\"x\\ud83d\"}", "x\357\277\275" },
    { "{\"a\":\"\\uDE00y\"}", "\357\277\275y" },
    { "{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "\357\277\275\360\237\230\200" },
    { "{\"a\":\"\\ud83d\\ude00\"}", "\360\237\230\200" },
    { "{\"a\":\"\\ud83d\\n\"}", "\357\277\275\n" },
    { "{\"a\":\"b\\u0000c\"}", "b\357\277\275c" },
    { "{\"a\":\"\\\\ud83d\"}", "\\ud83d" },
    { "{\"a\":\"\\u0456\"}", "\321\226" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].document);

      g_test_message ("document %u", i);
      g_assert_nonnull (node);
      g_assert_cmpstr (hd_json_get_string (json_node_get_object (node), "a"), ==, cases[i].text);
    }
}

static void
test_of_two_members_of_one_name_the_last_counts (void)
{
  g_autoptr (JsonNode) node = parse ("{\"a\":{\"a\":[]},\"a\":7,\"a\":\"b\"}");

  g_assert_nonnull (node);
  g_assert_cmpstr (hd_json_get_string (json_node_get_object (node), "a"), ==, "b");
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 1);
}

static void
test_bytes_after_a_nul_are_no_document (void)
{
  g_assert_null (hd_json_parse ("{}\0{}", 5, NULL));
  g_assert_null (hd_json_parse ("\0", 1, NULL));
  g_assert_null (hd_json_parse (NULL, 0, NULL));
}

static void
test_deep_nesting_is_refused_and_reasonable_nesting_taken (void)
{
  g_autofree char *open = repeat ("[", 200000);
  g_autofree char *objects = repeat ("{\"a\":", 200000);
  g_autofree char *inner_open = repeat ("[", 40);
  g_autofree char *inner_close = repeat ("]", 40);
  g_autofree char *reasonable = g_strconcat (inner_open, inner_close, NULL);
  g_autofree char *brackets = repeat ("[", 500);
  g_autofree char *in_string = g_strdup_printf ("{\"a\":\"%s\\\"[\"}", brackets);
  g_autoptr (JsonNode) taken = parse (reasonable);
  g_autoptr (JsonNode) text = parse (in_string);
  /* json-glib also takes quotes and comments that JSON does not have: nothing hides behind these. */
  g_autofree char *behind_quotes = g_strconcat ("['\"',", open, NULL);
  g_autofree char *behind_comment = g_strconcat ("[/* \" */", open, NULL);
  g_autofree char *behind_line = g_strconcat ("[// \"\n", open, NULL);

  g_assert_null (parse (open));
  g_assert_null (parse (objects));
  g_assert_null (parse (behind_quotes));
  g_assert_null (parse (behind_comment));
  g_assert_null (parse (behind_line));
  g_assert_nonnull (taken);
  g_assert_nonnull (text);
}

static void
test_a_member_of_another_type_is_not_there (void)
{
  g_autoptr (JsonNode) node =
    parse ("{\"o\":{},\"a\":[],\"s\":\"t\",\"i\":7,\"b\":true,\"n\":null,\"d\":1.5,\"digits\":\"42\"}");
  JsonObject *object = json_node_get_object (node);
  const char *members[] = { "o", "a", "s", "i", "b", "n", "d", "missing" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *member = members[i];

      g_test_message ("%s", member);
      g_assert_cmpint (hd_json_get_object (object, member) != NULL, ==, *member == 'o');
      g_assert_cmpint (hd_json_get_array (object, member) != NULL, ==, *member == 'a');
      g_assert_cmpstr (hd_json_get_string (object, member), ==, *member == 's' ? "t" : NULL);
      g_assert_cmpint (hd_json_get_int (object, member, -1), ==, *member == 'i' ? 7 : -1);
      g_assert_cmpint (hd_json_get_boolean (object, member, FALSE), ==, *member == 'b');
    }

  g_assert_cmpint (hd_json_get_int (object, "digits", -1), ==, 42);
  g_assert_null (hd_json_get_string (NULL, "s"));
  g_assert_null (hd_json_get_object (NULL, "o"));
}

/* Whatever becomes of a document on its way, it is read or refused. */
static void
test_a_spoilt_document_never_does_harm (void)
{
  static const char document[] =
    "{\"id\":\"r1\",\"number\":\"10316\",\"status\":\"closed\",\"messages\":[{\"id\":\"m\",\"text\":\"Привіт \\\"\\u0416\\n\","
    "\"attachments\":[{\"id\":\"a\",\"name\":\"n\",\"size\":12}]}],\"created_at\":\"2026-11-22T09:41:00Z\",\"actions\":[\"reply\"]}";
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_read = 0;

  g_test_message ("seed %u", seed);

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *spoilt = g_strdup (document);
      g_autoptr (GError) error = NULL;
      g_autoptr (HdRequest) request = NULL;

      for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        {
          gsize at = (gsize) g_rand_int_range (rand, 0, (int) strlen (document));

          spoilt[at] = (char) (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 256) : "{}[]\",:\\0"[n]);
        }

      request = hd_record_new_from_string (HD_TYPE_REQUEST, spoilt, &error);
      n_read += request != NULL;
      if (request == NULL)
        g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
    }

  g_assert_cmpuint (n_read, >, 500);
  g_assert_cmpuint (n_read, <, 4500);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/json/what-is-no-document-is-an-error", test_what_is_no_document_is_an_error);
  g_test_add_func ("/json/of-two-members-of-one-name-the-last-counts", test_of_two_members_of_one_name_the_last_counts);
  g_test_add_func ("/json/bytes-after-a-nul-are-no-document", test_bytes_after_a_nul_are_no_document);
  g_test_add_func ("/json/escapes-that-are-no-characters-leave-valid-text", test_escapes_that_are_no_characters_leave_valid_text);
  g_test_add_func ("/json/deep-nesting-is-refused-and-reasonable-nesting-taken",
                   test_deep_nesting_is_refused_and_reasonable_nesting_taken);
  g_test_add_func ("/json/a-member-of-another-type-is-not-there", test_a_member_of_another_type_is_not_there);
  g_test_add_func ("/json/a-spoilt-document-never-does-harm", test_a_spoilt_document_never_does_harm);

  return g_test_run ();
}
