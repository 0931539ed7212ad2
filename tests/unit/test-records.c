/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-account.h"
#include "hd-announcement-list.h"
#include "hd-article-changes.h"
#include "hd-catalog.h"
#include "hd-error.h"
#include "hd-form.h"
#include "hd-name-lines.h"
#include "hd-option-list.h"
#include "hd-portal-info.h"
#include "hd-record-json.h"
#include "hd-request-page.h"
#include "hd-search-result.h"
#include "hd-submission.h"
#include "hd-left-answer.h"
#include "hd-test-utils.h"

typedef GType (*GetType) (void);

static const GetType record_types[] = {
  hd_account_get_type, hd_announcement_get_type, hd_announcement_list_get_type, hd_answer_get_type,
  hd_article_get_type, hd_article_changes_get_type, hd_attachment_get_type, hd_catalog_get_type,
  hd_category_get_type, hd_condition_get_type, hd_contact_get_type, hd_draft_get_type, hd_draft_file_get_type,
  hd_field_get_type, hd_field_value_get_type, hd_form_get_type, hd_issue_get_type, hd_left_answer_get_type, hd_message_get_type,
  hd_offering_get_type, hd_option_get_type, hd_option_list_get_type, hd_outage_get_type, hd_portal_info_get_type,
  hd_request_get_type, hd_request_page_get_type, hd_search_result_get_type, hd_status_change_get_type,
  hd_submission_get_type,
};

static HdRecord *make_random_record (GType  type,
                                     GRand *rand,
                                     guint  depth);

static GRand *
make_rand (void)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return g_rand_new_with_seed (seed);
}

static char *
make_random_string (GRand *rand)
{
  GString *string = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 8);

  for (int i = 0; i < n; i++)
    {
      static const gunichar chars[] = { 'a', '"', '\\', '/', '\n', '\t', 1, 0x7f, 0x2028, 0x416, 0x2bc, 0x301, 0xffff, 0x1f5a8 };

      g_string_append_unichar (string, chars[g_rand_int_range (rand, 0, G_N_ELEMENTS (chars))]);
    }

  return g_string_free (string, FALSE);
}

static GStrv
make_random_strv (GRand *rand)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int n = g_rand_int_range (rand, 0, 4);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *string = make_random_string (rand);

      g_strv_builder_add (builder, string);
    }

  return g_strv_builder_end (builder);
}

static GStrv
make_random_name_lines (GRand *rand)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int n = g_rand_int_range (rand, 0, 4);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("Назва %u, \"\\%u/", g_rand_int (rand), g_rand_int (rand));

      g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}

static int
pick_enum (GType  type,
           GRand *rand)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);

  return enum_class->values[g_rand_int_range (rand, 0, (int) enum_class->n_values)].value;
}

static GDateTime *
make_random_date_time (GRand *rand)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (g_rand_int_range (rand, 0, G_MAXINT32));

  return g_date_time_add (seconds, g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 0, G_USEC_PER_SEC));
}

static GListModel *
make_random_list (GType  type,
                  GRand *rand,
                  guint  depth)
{
  GListStore *list = g_list_store_new (type);
  int n = depth > 3 ? 0 : g_rand_int_range (rand, 0, 3);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (HdRecord) record = make_random_record (type, rand, depth + 1);

      g_list_store_append (list, record);
    }

  return G_LIST_MODEL (list);
}

static void
set_random_value (const HdRecordField *field,
                  GValue              *value,
                  GRand               *rand,
                  guint                depth)
{
  switch (field->kind)
    {
    case HD_RECORD_FIELD_STRING:
      g_value_take_string (value, make_random_string (rand));
      break;
    case HD_RECORD_FIELD_INT64:
      g_value_set_int64 (value, (gint64) (((guint64) g_rand_int (rand) << 32) ^ g_rand_int (rand)));
      break;
    case HD_RECORD_FIELD_BOOLEAN:
      g_value_set_boolean (value, g_rand_boolean (rand));
      break;
    case HD_RECORD_FIELD_ENUM:
      g_value_set_enum (value, pick_enum (field->get_type (), rand));
      break;
    case HD_RECORD_FIELD_DATE_TIME:
      g_value_take_boxed (value, make_random_date_time (rand));
      break;
    case HD_RECORD_FIELD_STRV:
      g_value_take_boxed (value, make_random_strv (rand));
      break;
    case HD_RECORD_FIELD_NAMES:
      g_value_take_boxed (value, make_random_name_lines (rand));
      break;
    case HD_RECORD_FIELD_OBJECT:
      g_value_take_object (value, make_random_record (field->get_type (), rand, depth + 1));
      break;
    case HD_RECORD_FIELD_LIST:
      g_value_take_object (value, make_random_list (field->get_type (), rand, depth));
      break;
    default:
      g_assert_not_reached ();
    }
}

static HdRecord *
make_random_record (GType  type,
                    GRand *rand,
                    guint  depth)
{
  HdRecord *record = g_object_new (type, NULL);
  HdRecordClass *klass = HD_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if (!klass->fields[i].required && g_rand_int_range (rand, 0, 4) == 0)
        continue;

      g_value_init (&value, klass->pspecs[i + 1]->value_type);
      set_random_value (&klass->fields[i], &value, rand, depth);
      g_object_set_property (G_OBJECT (record), klass->fields[i].name, &value);
    }

  return record;
}

static void
test_every_record_survives_json (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < G_N_ELEMENTS (record_types); i++)
    {
      for (guint j = 0; j < 30; j++)
        {
          g_autoptr (HdRecord) record = make_random_record (record_types[i] (), rand, 0);
          g_autofree char *json = hd_record_to_string (record);
          g_autoptr (GError) error = NULL;
          g_autoptr (HdRecord) read = hd_record_new_from_string (record_types[i] (), json, &error);
          g_autoptr (HdRecord) copy = hd_record_copy (record);

          g_assert_no_error (error);
          if (!hd_record_equal (record, read))
            g_test_message ("%s: %s", G_OBJECT_TYPE_NAME (record), json);
          g_assert_true (hd_record_equal (record, read));
          g_assert_true (hd_record_equal (record, copy));
        }
    }
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  *count += 1;
}

static void
test_assigning_makes_equal_and_tells_once (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < G_N_ELEMENTS (record_types); i++)
    {
      g_autoptr (HdRecord) kept = make_random_record (record_types[i] (), rand, 0);
      g_autoptr (HdRecord) fresh = make_random_record (record_types[i] (), rand, 0);
      guint n_told = 0;

      g_signal_connect (kept, "notify", G_CALLBACK (count_cb), &n_told);
      hd_record_assign (kept, fresh);
      g_assert_true (hd_record_equal (kept, fresh));
      g_assert_cmpuint (n_told, <=, HD_RECORD_GET_CLASS (kept)->n_fields);

      n_told = 0;
      hd_record_assign (kept, fresh);
      g_assert_cmpuint (n_told, ==, 0);
    }
}

/* Changes one property; equality must notice, whichever it is. */
static void
test_equality_looks_at_every_field (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < G_N_ELEMENTS (record_types); i++)
    {
      g_autoptr (HdRecord) record = g_object_new (record_types[i] (), NULL);
      HdRecordClass *klass = HD_RECORD_GET_CLASS (record);

      for (guint j = 0; j < klass->n_fields; j++)
        {
          g_autoptr (HdRecord) other = g_object_new (record_types[i] (), NULL);
          gboolean told = FALSE;
          guint n_told = 0;

          g_signal_connect (other, "notify", G_CALLBACK (count_cb), &n_told);
          for (guint tries = 0; !told; tries++)
            {
              g_auto (GValue) value = G_VALUE_INIT;

              g_assert_cmpuint (tries, <, 1000);
              g_value_init (&value, klass->pspecs[j + 1]->value_type);
              set_random_value (&klass->fields[j], &value, rand, 0);
              g_object_set_property (G_OBJECT (other), klass->fields[j].name, &value);
              told = n_told > 0 && (klass->fields[j].kind != HD_RECORD_FIELD_LIST ||
                                    g_list_model_get_n_items (g_value_get_object (&value)) > 0);
            }

          g_test_message ("%s.%s", G_OBJECT_TYPE_NAME (record), klass->fields[j].name);
          g_assert_false (hd_record_equal (record, other));
        }
    }
}

static void
test_what_is_unknown_is_ignored_and_what_is_wrong_refused (void)
{
  static const struct
  {
    const char *json;
    gboolean    good;
  } vectors[] = {
    { "{\"id\":\"1\"}", TRUE },
    { "{\"id\":\"1\",\"color\":[{\"deep\":1}],\"status\":\"launched\"}", TRUE },
    { "{\"id\":\"1\",\"subject\":null,\"messages\":null,\"actions\":null,\"created_at\":null}", TRUE },
    { "{\"id\":7,\"number\":10316}", TRUE },
    { "{}", FALSE },
    { "[]", FALSE },
    { "7", FALSE },
    { "null", FALSE },
    { "", FALSE },
    { "{\"id\":null}", FALSE },
    { "{\"id\":\"1\",\"subject\":{}}", FALSE },
    { "{\"id\":\"1\",\"subject\":1.5}", FALSE },
    { "{\"id\":\"1\",\"messages\":{}}", FALSE },
    { "{\"id\":\"1\",\"messages\":[7]}", FALSE },
    { "{\"id\":\"1\",\"messages\":[{\"id\":\"m\",\"created_at\":\"yesterday\"}]}", FALSE },
    { "{\"id\":\"1\",\"message_count\":\"3\"}", FALSE },
    { "{\"id\":\"1\",\"waiting_for_me\":\"true\"}", FALSE },
    { "{\"id\":\"1\",\"actions\":[1]}", FALSE },
    { "{\"id\":\"1\",\"status\":3}", FALSE },
    { "{\"id\":\"1\"", FALSE },
    { "{\"id\":\"1\"}{\"id\":\"2\"}", FALSE },
    { "{\"id\":\"\xff\"}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdRequest) request = hd_record_new_from_string (HD_TYPE_REQUEST, vectors[i].json, &error);

      g_test_message ("vector %u", i);
      g_assert_cmpint (request != NULL, ==, vectors[i].good);
      if (request != NULL)
        g_assert_no_error (error);
      else
        g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
    }
}

/* Of a list of synonyms nothing is an error: what can be taken is, and the rest left out. */
static void
test_what_cannot_be_a_name_is_left_out (void)
{
  static const char *const vectors[][2] = {
    { "[[\"флешка\",\"USB-накопичувач\"],[\"тека\",\" папка \",\"каталог\"]]", "флешка, USB-накопичувач|тека, папка, каталог" },
    { "[[\"a\",7,null,{},[\"c\"],true,\"b\"]]", "a, b" },
    { "[[\"a\",\"b\"],7,null,{},\"c\",[\"d\",\"e\"]]", "a, b|d, e" },
    { "[[\"a\",\"b,c\",\"d\\ne\",\"f\\tg\",\"\",\"  \",\"#h\",\"i\"]]", "a, i" },
    { "[[\"a\"],[],[\"a\",\"\"]]", "" },
    { "[]", "" },
    { "{}", NULL }, { "7", NULL }, { "1.5", NULL }, { "\"a, b\"", NULL }, { "true", NULL }, { "null", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"name\":\"P\",\"synonyms\":%s}", vectors[i][0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (HdPortalInfo) info = hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, &error);
      const char *const *lines = info != NULL ? hd_portal_info_get_synonyms (info) : NULL;
      g_autofree char *text = lines != NULL ? g_strjoinv ("|", (char **) lines) : NULL;

      g_test_message ("%s", vectors[i][0]);
      g_assert_no_error (error);
      g_assert_cmpstr (hd_portal_info_get_name (info), ==, "P");
      g_assert_cmpstr (text, ==, vectors[i][1]);
    }
}

static guint
count_names (const char *line)
{
  g_auto (GStrv) names = hd_name_lines_split (line);

  return g_strv_length (names);
}

/* A list is of a size that search can bear, wherever it comes from. */
static void
test_a_list_of_names_has_limits (void)
{
  g_autoptr (GString) json = g_string_new ("{\"synonyms\":[");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *long_name = g_strnfill (HD_NAME_LINES_MAX_CHARS + 1, 'x');
  g_autoptr (HdPortalInfo) info = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < HD_NAME_LINES_MAX + 10; i++)
    {
      g_string_append_printf (json, "%s[\"%s\",\"%s\"", i > 0 ? "," : "", long_name, long_name + 1);
      g_string_append_printf (text, "%s,%s", long_name, long_name + 1);
      for (guint j = 0; j < HD_NAME_LINES_MAX_NAMES + 10; j++)
        {
          g_string_append_printf (json, ",\"%u\"", j);
          g_string_append_printf (text, ",%u", j);
        }
      g_string_append_c (json, ']');
      g_string_append_c (text, '\n');
    }
  g_string_append (json, "]}");

  info = hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json->str, NULL);
  lines = hd_name_lines_from_text (text->str);
  g_assert_cmpuint (g_strv_length (lines), ==, HD_NAME_LINES_MAX);
  g_assert_cmpuint (count_names (lines[0]), ==, HD_NAME_LINES_MAX_NAMES);
  g_assert_true (g_str_has_prefix (lines[0], long_name + 1));
  g_assert_true (g_str_has_prefix (lines[0] + HD_NAME_LINES_MAX_CHARS, ", 0, 1, "));
  g_assert_true (g_strv_equal ((const char *const *) lines, hd_portal_info_get_synonyms (info)));
}

static void
test_an_error_never_quotes_the_document (void)
{
  const char *documents[] = { "{\"id\":\"1\",\"subject\":{\"secret\":1}}", "{\"secret", "{\"id\":\"1\",\"created_at\":\"secret\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hd_record_new_from_string (HD_TYPE_REQUEST, documents[i], &error));
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* “Never” is written so, and what it stands for is to be had in any zone. */
static void
test_the_ends_of_time_are_times_everywhere (void)
{
  static const char *const ends[] = {
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00",
    "9998-12-31T23:59:59-14:00", "0002-01-01T00:00:00+14:00",
  };
  g_autoptr (GTimeZone) east = g_time_zone_new_offset (14 * 60 * 60);
  g_autoptr (GTimeZone) west = g_time_zone_new_offset (-14 * 60 * 60);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"a\",\"title\":\"b\",\"expires_at\":\"%s\"}", ends[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (HdAnnouncement) announcement = hd_record_new_from_string (HD_TYPE_ANNOUNCEMENT, json, &error);
      g_autoptr (JsonNode) again = NULL;
      g_autoptr (GDateTime) in_east = NULL;
      g_autoptr (GDateTime) in_west = NULL;

      g_assert_no_error (error);
      again = hd_record_to_json (HD_RECORD (announcement));
      in_east = g_date_time_to_timezone (hd_announcement_get_expires_at (announcement), east);
      in_west = g_date_time_to_timezone (hd_announcement_get_expires_at (announcement), west);
      g_assert_nonnull (again);
      g_assert_nonnull (in_east);
      g_assert_nonnull (in_west);
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/records/every-record-survives-json", test_every_record_survives_json);
  g_test_add_func ("/records/assigning-makes-equal-and-tells-once", test_assigning_makes_equal_and_tells_once);
  g_test_add_func ("/records/equality-looks-at-every-field", test_equality_looks_at_every_field);
  g_test_add_func ("/records/what-is-unknown-is-ignored-and-what-is-wrong-refused",
                   test_what_is_unknown_is_ignored_and_what_is_wrong_refused);
  g_test_add_func ("/records/the-ends-of-time-are-times-everywhere", test_the_ends_of_time_are_times_everywhere);
  g_test_add_func ("/records/what-cannot-be-a-name-is-left-out", test_what_cannot_be_a_name_is_left_out);
  g_test_add_func ("/records/a-list-of-names-has-limits", test_a_list_of_names_has_limits);
  g_test_add_func ("/records/an-error-never-quotes-the-document", test_an_error_never_quotes_the_document);

  return g_test_run ();
}
