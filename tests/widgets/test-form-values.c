/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "hd-catalog-sections.h"
#include "hd-field-state.h"
#include "hd-outbox-text.h"
#include "hd-record-json.h"
#include "hd-error.h"
#include "hd-test-utils.h"
#include "hd-typed-value.h"
#include "hd-words-match.h"

/* What is computed for the forms and the catalog without a widget. */

typedef struct
{
  const char *typed;
  const char *meant;   /* (nullable) */
} Pair;

static void
test_dates_are_understood_as_people_write_them (void)
{
  static const Pair dates[] = {
    { "2026-12-01", "2026-12-01" }, { "1.12.2026", "2026-12-01" }, { " 01.12.26 ", "2026-12-01" },
    { "01/12/2026", "2026-12-01" }, { "29.02.2028", "2028-02-29" }, { "29.02.2026", NULL },
    { "31.04.2026", NULL }, { "2026-13-01", NULL }, { "0.1.2026", NULL }, { "1.12", NULL }, { "1.12/2026", NULL },
    { "завтра", NULL }, { "", NULL }, { "1.12.2026 x", NULL }, { "1..2026", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *iso = hd_date_parse (dates[i].typed);

      g_test_message ("“%s”", dates[i].typed);
      g_assert_cmpstr (iso, ==, dates[i].meant);
    }
}

static void
test_a_shown_date_is_read_back (void)
{
  g_autofree char *shown = hd_date_dup_display ("2026-02-09");
  g_autofree char *iso = hd_date_parse (shown);
  g_autofree char *rubbish = hd_date_dup_display ("післязавтра");

  g_assert_cmpstr (iso, ==, "2026-02-09");
  g_assert_cmpstr (rubbish, ==, "післязавтра");
}

static void
test_times_are_understood_as_people_write_them (void)
{
  static const Pair times[] = {
    { "9:41", "09:41" }, { "09.41", "09:41" }, { "0941", "09:41" }, { " 23:59 ", "23:59" }, { "24:00", NULL },
    { "9:60", NULL }, { "941", NULL }, { "", NULL }, { "9:41x", NULL }, { "-1:30", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *time = hd_time_parse (times[i].typed);

      g_test_message ("“%s”", times[i].typed);
      g_assert_cmpstr (time, ==, times[i].meant);
    }
}

static void
test_what_is_no_date_is_kept_as_typed (void)
{
  g_autofree char *whole = hd_date_time_join ("1.12.2026", "9:41");
  g_autofree char *date = hd_date_time_join ("1.12.2026", NULL);
  g_autofree char *half = hd_date_time_join ("1.12", "9:4x");
  g_autofree char *none = hd_date_time_join ("", "");

  g_assert_cmpstr (whole, ==, "2026-12-01T09:41");
  g_assert_cmpstr (date, ==, "2026-12-01");
  g_assert_cmpstr (half, ==, "1.12T9:4x");
  g_assert_cmpstr (none, ==, "");
}

static void
test_numbers_are_sent_with_a_point (void)
{
  static const Pair numbers[] = {
    { "1 234,5", "1234.5" }, { "1 234,5", "1234.5" }, { "−3", "-3" }, { "12", "12" }, { "1,234.5", "1,234.5" },
    { "п’ять", "п’ять" }, { "  ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *number = hd_number_normalize (numbers[i].typed);

      g_assert_cmpstr (number, ==, numbers[i].meant);
    }
}

static void
test_words_are_found_whatever_their_case (void)
{
  const char *texts[] = { "Комп’ютер і живлення", NULL, "Не вмикається" };

  g_assert_true (hd_words_match ("КОМП'ЮТЕР", texts, 3));
  g_assert_true (hd_words_match ("вмика живл", texts, 3));
  g_assert_true (hd_words_match ("   ", texts, 3));
  g_assert_false (hd_words_match ("принтер", texts, 3));
  g_assert_false (hd_words_match ("живлення принтер", texts, 3));
}

static HdField *
make_field (const char *json)
{
  g_autoptr (GError) error = NULL;
  HdField *field = hd_record_new_from_string (HD_TYPE_FIELD, json, &error);

  g_assert_no_error (error);
  return field;
}

static void
test_each_field_has_its_control (void)
{
  static const struct
  {
    const char     *json;
    HdFieldControl  control;
  } cases[] = {
    { "{'id':'a','type':'text','label':'A'}", HD_FIELD_CONTROL_ENTRY },
    { "{'id':'a','type':'number','label':'A'}", HD_FIELD_CONTROL_ENTRY },
    { "{'id':'a','type':'something-new','label':'A'}", HD_FIELD_CONTROL_ENTRY },
    { "{'id':'a','type':'multiline','label':'A'}", HD_FIELD_CONTROL_TEXT },
    { "{'id':'a','type':'datetime','label':'A'}", HD_FIELD_CONTROL_DATE },
    { "{'id':'a','type':'boolean','label':'A'}", HD_FIELD_CONTROL_TICK },
    { "{'id':'a','type':'person','label':'A'}", HD_FIELD_CONTROL_OPTIONS },
    { "{'id':'a','type':'choice','label':'A','options_source':'s'}", HD_FIELD_CONTROL_OPTIONS },
    { "{'id':'a','type':'choice','label':'A','options':[{'value':'1','label':'1'}]}", HD_FIELD_CONTROL_RADIO },
    { "{'id':'a','type':'choice','label':'A','options':[{'value':'1'},{'value':'2'},{'value':'3'},{'value':'4'},"
      "{'value':'5'},{'value':'6'}]}", HD_FIELD_CONTROL_OPTIONS },
    { "{'id':'a','type':'multichoice','label':'A','options':[{'value':'1'}]}", HD_FIELD_CONTROL_CHECKS },
    { "{'id':'a','type':'file','label':'A'}", HD_FIELD_CONTROL_FILES },
    { "{'id':'a','type':'note','label':'A'}", HD_FIELD_CONTROL_NOTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (cases[i].json), "'", '"');
      g_autoptr (HdField) field = make_field (json);

      g_test_message ("%s", json);
      g_assert_cmpint (hd_field_pick_control (field), ==, cases[i].control);
    }
}

static HdDraftFile *
make_file (const char *field_id,
           gint64      size)
{
  return g_object_new (HD_TYPE_DRAFT_FILE, "id", "1", "field-id", field_id, "name", "f", "size", size, NULL);
}

static void
test_files_are_refused_in_words (void)
{
  g_autoptr (HdField) field = make_field ("{\"id\":\"scan\",\"type\":\"file\",\"label\":\"S\",\"max\":\"2\","
                                          "\"accept\":[\"application/pdf\",\"image/*\"]}");
  g_autoptr (HdPortalInfo) limits = g_object_new (HD_TYPE_PORTAL_INFO,
                                                  "max-file-size", (gint64) 1000,
                                                  "max-files", (gint64) 3,
                                                  "max-total-size", (gint64) 1500, NULL);
  g_autoptr (GListStore) files = g_list_store_new (HD_TYPE_DRAFT_FILE);
  g_autoptr (HdDraftFile) first = make_file ("scan", 900);
  g_autoptr (HdDraftFile) other = make_file ("other", 10);
  g_autofree char *fine = hd_field_dup_file_fault (field, limits, G_LIST_MODEL (files), "a.pdf", "application/pdf", 1000);
  g_autofree char *picture = hd_field_dup_file_fault (field, limits, G_LIST_MODEL (files), "a.png", "image/png", 1);
  g_autofree char *kind = hd_field_dup_file_fault (field, limits, G_LIST_MODEL (files), "a.exe", "application/x-exe", 1);
  g_autofree char *unknown = hd_field_dup_file_fault (field, limits, G_LIST_MODEL (files), "a", NULL, 1);
  g_autofree char *large = hd_field_dup_file_fault (field, limits, G_LIST_MODEL (files), "a.pdf", "application/pdf", 1001);
  g_autofree char *total = NULL;
  g_autofree char *many = NULL;

  g_assert_cmpstr (fine, ==, NULL);
  g_assert_cmpstr (picture, ==, NULL);
  g_assert_nonnull (strstr (kind, "a.exe"));
  g_assert_nonnull (unknown);
  g_assert_nonnull (strstr (large, "a.pdf"));

  g_list_store_append (files, first);
  total = hd_field_dup_file_fault (field, limits, G_LIST_MODEL (files), "b.pdf", "application/pdf", 700);
  g_assert_nonnull (strstr (total, "b.pdf"));

  g_list_store_append (files, other);
  g_list_store_append (files, first);
  many = hd_field_dup_file_fault (field, NULL, G_LIST_MODEL (files), "c.pdf", "application/pdf", 1);
  g_assert_nonnull (strstr (many, "c.pdf"));
}

static void
test_limits_are_told_beforehand (void)
{
  g_autoptr (HdField) field = make_field ("{\"id\":\"scan\",\"type\":\"file\",\"label\":\"S\",\"help\":\"Скан\"}");
  g_autoptr (HdPortalInfo) limits = g_object_new (HD_TYPE_PORTAL_INFO,
                                                  "max-file-size", (gint64) 20000000, "max-files", (gint64) 5, NULL);
  g_autofree char *hint = hd_field_dup_hint (field, limits);
  g_autofree char *without = hd_field_dup_hint (field, NULL);

  g_assert_nonnull (strstr (hint, "Скан"));
  g_assert_nonnull (strstr (hint, "5 files"));
  g_assert_nonnull (strstr (hint, "20.0"));
  g_assert_cmpstr (without, ==, "Скан");
}

static void
test_the_counter_shows_near_the_limit (void)
{
  g_autoptr (HdField) field = make_field ("{\"id\":\"a\",\"type\":\"text\",\"label\":\"A\",\"max\":\"10\"}");
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  hd_answers_set (answers, "a", "їжак");
  early = hd_field_dup_counter (field, answers);
  hd_answers_set (answers, "a", "їжачок");
  late = hd_field_dup_counter (field, answers);

  g_assert_cmpstr (early, ==, NULL);
  g_assert_cmpstr (late, ==, "6 / 10");
}

static HdCatalog *
make_catalog (void)
{
  static const char json[] =
    "{\"version\":\"1\",\"categories\":["
    "{\"id\":\"mail\",\"name\":\"Пошта\",\"kind\":\"request\",\"position\":2},"
    "{\"id\":\"lists\",\"parent_id\":\"mail\",\"name\":\"Списки\",\"kind\":\"request\",\"position\":3},"
    "{\"id\":\"access\",\"name\":\"Доступ\",\"kind\":\"request\",\"position\":1},"
    "{\"id\":\"net\",\"name\":\"Мережа\",\"kind\":\"incident\",\"position\":1}],"
    "\"offerings\":["
    "{\"id\":\"box\",\"category_id\":\"mail\",\"kind\":\"request\",\"name\":\"Скринька\",\"popularity\":5},"
    "{\"id\":\"group\",\"category_id\":\"lists\",\"kind\":\"request\",\"name\":\"Група\",\"popularity\":9},"
    "{\"id\":\"vpn\",\"category_id\":\"access\",\"kind\":\"request\",\"name\":\"VPN\",\"keywords\":[\"тунель\"]},"
    "{\"id\":\"lost\",\"category_id\":\"nowhere\",\"kind\":\"request\",\"name\":\"Різне\"},"
    "{\"id\":\"down\",\"category_id\":\"net\",\"kind\":\"incident\",\"name\":\"Немає мережі\"}]}";
  g_autoptr (GError) error = NULL;
  HdCatalog *catalog = hd_record_new_from_string (HD_TYPE_CATALOG, json, &error);

  g_assert_no_error (error);
  return catalog;
}

/* Returns: (transfer full): “Title: id id; Title: id” */
static char *
dup_sections_text (const HdCatalogChoice *choice)
{
  g_autoptr (HdCatalog) catalog = make_catalog ();
  g_autoptr (GPtrArray) sections = hd_catalog_dup_sections (catalog, choice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sections->len; i++)
    {
      HdCatalogSection *section = g_ptr_array_index (sections, i);

      g_string_append_printf (text, "%s%s:", i > 0 ? "; " : "", section->title);
      for (guint j = 0; j < g_list_model_get_n_items (section->offerings); j++)
        {
          g_autoptr (HdOffering) offering = g_list_model_get_item (section->offerings, j);

          g_string_append_printf (text, " %s", hd_offering_get_id (offering));
        }
    }

  return g_string_free (text, FALSE);
}

static void
test_a_side_begins_with_what_is_used (void)
{
  const char *const favourites[] = { "vpn", "down", NULL };
  const char *const used[] = { "box", "vpn", NULL };
  HdCatalogChoice choice = { HD_KIND_REQUEST, NULL, NULL, favourites, used };
  g_autofree char *text = dup_sections_text (&choice);
  g_autofree char *fresh = NULL;

  g_assert_cmpstr (text, ==, "Favourites: vpn; Most Used: box; Доступ: vpn; Пошта: box; Списки: group; Other: lost");

  choice.favourites = NULL;
  choice.used = NULL;
  fresh = dup_sections_text (&choice);
  g_assert_cmpstr (fresh, ==, "Most Used: group box; Доступ: vpn; Пошта: box; Списки: group; Other: lost");
}

static void
test_a_category_holds_what_is_below_it (void)
{
  HdCatalogChoice choice = { HD_KIND_REQUEST, "mail", NULL, NULL, NULL };
  g_autofree char *text = dup_sections_text (&choice);

  g_assert_cmpstr (text, ==, "Пошта: box; Списки: group");
}

static void
test_words_narrow_both_sides (void)
{
  HdCatalogChoice choice = { HD_KIND_NONE, NULL, "ТУНЕЛЬ", NULL, NULL };
  g_autoptr (HdCatalog) catalog = make_catalog ();
  g_autofree char *by_keyword = dup_sections_text (&choice);
  g_autofree char *by_category = NULL;
  g_autoptr (GPtrArray) categories = hd_catalog_dup_categories (catalog, HD_KIND_REQUEST, "тунель");
  g_autoptr (GPtrArray) none = hd_catalog_dup_categories (catalog, HD_KIND_INCIDENT, "тунель");

  g_assert_cmpstr (by_keyword, ==, "Доступ: vpn");
  g_assert_cmpuint (categories->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);

  choice.words = "мереж";
  by_category = dup_sections_text (&choice);
  g_assert_cmpstr (by_category, ==, "Мережа: down");
}

static void
test_the_outbox_says_how_it_stands (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 22, 12, 0, 0);
  g_autoptr (GDateTime) next = g_date_time_add_seconds (now, 150);
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "id", "1", "client-key", "k", NULL);
  g_autofree char *fresh = hd_outbox_dup_state_text (submission, HD_OUTBOX_WAIT_PORTAL, now);
  g_autofree char *tried = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *signed_out = NULL;
  g_autofree char *ended = NULL;

  g_assert_nonnull (strstr (fresh, "Queued."));
  g_assert_true (hd_outbox_can_send_now (submission));

  g_object_set (submission, "attempts", (gint64) 2, "error-title", "No Connection", "next-attempt-at", next, NULL);
  tried = hd_outbox_dup_state_text (submission, HD_OUTBOX_WAIT_PORTAL, now);
  g_assert_cmpstr (tried, ==, "Queued after 2 tries. No Connection. Next try at 14:02.");

  signed_out = hd_outbox_dup_state_text (submission, HD_OUTBOX_WAIT_SIGN_IN, now);
  g_assert_cmpstr (signed_out, ==, "Queued. It is sent when you have signed in again.");

  g_object_set (submission, "error-code", (gint64) HD_ERROR_SIGNED_OUT, NULL);
  ended = hd_outbox_dup_state_text (submission, HD_OUTBOX_WAIT_PORTAL, now);
  g_assert_cmpstr (ended, ==, signed_out);

  g_object_set (submission, "state", HD_SUBMISSION_STATE_REFUSED, "error-text", "Field missing.", NULL);
  refused = hd_outbox_dup_state_text (submission, HD_OUTBOX_WAIT_PORTAL, now);
  g_assert_cmpstr (refused, ==, "Not accepted. No Connection: Field missing.");
  g_assert_false (hd_outbox_can_send_now (submission));
  g_assert_false (hd_outbox_can_edit (submission));
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/form-values/dates-are-understood-as-people-write-them",
                   test_dates_are_understood_as_people_write_them);
  g_test_add_func ("/form-values/a-shown-date-is-read-back", test_a_shown_date_is_read_back);
  g_test_add_func ("/form-values/times-are-understood-as-people-write-them",
                   test_times_are_understood_as_people_write_them);
  g_test_add_func ("/form-values/what-is-no-date-is-kept-as-typed", test_what_is_no_date_is_kept_as_typed);
  g_test_add_func ("/form-values/numbers-are-sent-with-a-point", test_numbers_are_sent_with_a_point);
  g_test_add_func ("/form-values/words-are-found-whatever-their-case", test_words_are_found_whatever_their_case);
  g_test_add_func ("/form-values/each-field-has-its-control", test_each_field_has_its_control);
  g_test_add_func ("/form-values/files-are-refused-in-words", test_files_are_refused_in_words);
  g_test_add_func ("/form-values/limits-are-told-beforehand", test_limits_are_told_beforehand);
  g_test_add_func ("/form-values/the-counter-shows-near-the-limit", test_the_counter_shows_near_the_limit);
  g_test_add_func ("/form-values/a-side-begins-with-what-is-used", test_a_side_begins_with_what_is_used);
  g_test_add_func ("/form-values/a-category-holds-what-is-below-it", test_a_category_holds_what_is_below_it);
  g_test_add_func ("/form-values/words-narrow-both-sides", test_words_narrow_both_sides);
  g_test_add_func ("/form-values/the-outbox-says-how-it-stands", test_the_outbox_says_how_it_stands);

  return g_test_run ();
}
