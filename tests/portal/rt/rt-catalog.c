/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-rules.h"
#include "hd-record-json.h"
#include "hd-rt-fixture.h"

/* The catalog, its forms and the values of their fields. */

static HdCatalog *
get_catalog (HdRtFixture *fixture,
             const char  *version)
{
  g_autoptr (GError) error = NULL;
  HdCatalog *catalog = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, version);

  g_assert_no_error (error);
  return catalog;
}

/* --- The catalog --- */

/* Neither a queue that is not seen nor one in which nothing may be asked for. */
static void
test_offerings_are_what_may_be_asked_for (HdRtFixture   *fixture,
                                          gconstpointer  user)
{
  g_autoptr (HdCatalog) catalog = get_catalog (fixture, NULL);
  g_autofree char *names = hd_rt_list_dup_words (hd_catalog_get_offerings (catalog), "name");
  g_autofree char *ids = hd_rt_list_dup_words (hd_catalog_get_offerings (catalog), "id");
  g_autofree char *categories = hd_rt_list_dup_words (hd_catalog_get_categories (catalog), "id");

  g_assert_cmpstr (names, ==, "Запити на обслуговування|Інциденти|Замовлення ноутбука|Доступ до VPN|Підключення пристрою|"
                   "Оновлення програми|Скидання пароля");
  g_assert_cmpstr (ids, ==, "3|4|5|6|9|10|11");
  g_assert_cmpstr (categories, ==, "request:Загальне|incident:Загальне|request:Обладнання|request:Доступи");
}

/* Those that nobody may see are cut out of a page after counting: one in the middle is empty. */
static void
test_an_offering_behind_hidden_queues (HdRtFixture   *fixture,
                                       gconstpointer  user)
{
  g_autofree char *id = NULL;
  g_autoptr (GListModel) explained = NULL;
  g_autofree char *lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (HdCatalog) same = NULL;
  g_autofree char *names = NULL;

  hd_rt_server_add_hidden ("Queues", 200, "", "");
  id = hd_rt_server_create ("queue", "{\"Name\":\"Остання\",\"Lifecycle\":\"helpdesk\"}");
  hd_rt_server_grant ("RT::Queue", id, "('SeeQueue'), ('CreateTicket')");

  hd_rt_server_mark ();
  catalog = get_catalog (fixture, NULL);
  names = hd_rt_list_dup_words (hd_catalog_get_offerings (catalog), "name");
  g_assert_true (g_str_has_suffix (names, "|Скидання пароля|Остання"));
  g_assert_cmpuint (hd_rt_server_count_seen ("queues/all"), ==, 5);

  same = get_catalog (fixture, hd_catalog_get_version (catalog));
  g_assert_null (hd_catalog_get_version (same));
  explained = HD_PORTAL_CALL (explain, fixture->portal, &error);
  g_assert_no_error (error);
  lines = hd_rt_list_dup_words (explained, "value");
  g_assert_nonnull (strstr (lines, "9 queues seen, requests may be filed in 8"));
  hd_rt_server_remove_hidden ("Queues", "Остання");
}

static void
test_an_offering_is_whole (HdRtFixture   *fixture,
                           gconstpointer  user)
{
  g_autoptr (HdCatalog) catalog = get_catalog (fixture, NULL);
  g_autoptr (HdOffering) offering = g_list_model_get_item (hd_catalog_get_offerings (catalog), 1);
  g_autoptr (GBytes) icon = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hd_offering_get_kind (offering), ==, HD_KIND_INCIDENT);
  g_assert_cmpstr (hd_offering_get_summary (offering), ==, "Щось не працює: повідомте про збій");
  g_assert_cmpstr (hd_offering_get_category_id (offering), ==, "incident:Загальне");
  g_assert_cmpint (hd_offering_get_position (offering), ==, 2);
  g_assert_true (g_str_has_prefix (hd_offering_get_icon (offering), "media:cf-"));

  icon = HD_PORTAL_CALL (get_media, fixture->portal, &error, hd_offering_get_icon (offering) + strlen ("media:"));
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (icon, NULL), 4, "\x89PNG", 4);
}

/* The end is looked for once; on the same day nothing but the pages with rows is asked for. */
static void
test_the_same_catalog_is_not_sent_twice (HdRtFixture   *fixture,
                                         gconstpointer  user)
{
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (HdCatalog) same = NULL;
  g_autoptr (HdCatalog) other = NULL;
  g_autofree char *of_yesterday = NULL;

  hd_rt_server_mark ();
  catalog = get_catalog (fixture, NULL);
  g_assert_cmpuint (hd_rt_server_count_seen ("queues/all"), ==, 3);

  hd_rt_server_mark ();
  same = get_catalog (fixture, hd_catalog_get_version (catalog));
  g_assert_null (hd_catalog_get_version (same));
  g_assert_cmpuint (hd_rt_server_count_seen ("queues/all"), ==, 1);

  of_yesterday = g_strconcat ("2020-01-01", hd_catalog_get_version (catalog) + strlen ("2020-01-01"), NULL);
  hd_rt_server_mark ();
  other = get_catalog (fixture, of_yesterday);
  g_assert_nonnull (hd_catalog_get_version (other));
  g_assert_cmpuint (hd_rt_server_count_seen ("queues/all"), ==, 3);
}

static void
test_a_changed_catalog_is_sent (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autoptr (HdCatalog) catalog = get_catalog (fixture, NULL);
  g_autoptr (HdCatalog) changed = NULL;
  g_autoptr (JsonNode) done = hd_rt_server_call ("root", "PUT", "queue/" HD_RT_QUEUE_VPN, "{\"Description\":\"Змінено\"}");
  g_autofree char *summaries = NULL;

  changed = get_catalog (fixture, hd_catalog_get_version (catalog));
  g_assert_nonnull (hd_catalog_get_version (changed));
  summaries = hd_rt_list_dup_words (hd_catalog_get_offerings (changed), "summary");
  g_assert_nonnull (strstr (summaries, "|Змінено|"));
}

/* --- Forms --- */

static const struct
{
  const char  *label;
  HdFieldType  type;
  gboolean     required;
  const char  *max;
  const char  *source;  /* whether it has one */
} every_field[] = {
  { "Subject", HD_FIELD_TYPE_TEXT, TRUE, "200" },
  { "Description", HD_FIELD_TYPE_MULTILINE, FALSE },
  { "Телефон для зв’язку", HD_FIELD_TYPE_TEXT, TRUE },
  { "Обґрунтування", HD_FIELD_TYPE_MULTILINE, TRUE },
  { "Вид пристрою", HD_FIELD_TYPE_CHOICE, TRUE },
  { "Модель", HD_FIELD_TYPE_CHOICE, FALSE },
  { "Додаткове програмне забезпечення", HD_FIELD_TYPE_MULTICHOICE, FALSE },
  { "Бажана дата", HD_FIELD_TYPE_DATE, FALSE },
  { "Час збою", HD_FIELD_TYPE_DATETIME, FALSE },
  { "Офіс", HD_FIELD_TYPE_CHOICE, FALSE },
  { "Офіс: other", HD_FIELD_TYPE_TEXT, TRUE },
  { "Відділ", HD_FIELD_TYPE_CHOICE, FALSE, NULL, "yes" },
  { "Докладний опис", HD_FIELD_TYPE_MULTILINE, FALSE },
  { "Нотатки", HD_FIELD_TYPE_MULTILINE, FALSE },
  { "Знімок екрана", HD_FIELD_TYPE_FILE, FALSE, "1" },
  { "Файли", HD_FIELD_TYPE_FILE, FALSE },
  { "IP-адреса", HD_FIELD_TYPE_TEXT, FALSE },
  { "Діапазон адрес", HD_FIELD_TYPE_TEXT, FALSE },
  { "Інвентарні номери", HD_FIELD_TYPE_MULTILINE, FALSE },
  { "Attachments", HD_FIELD_TYPE_FILE, FALSE },
};

/* In the queue's order, without what only the desk sees, and without the key. */
static void
test_a_form_has_fields_of_every_type (HdRtFixture   *fixture,
                                      gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (HdForm) again = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *labels = hd_rt_list_dup_words (hd_form_get_fields (form), "label");

  for (guint i = 0; i < G_N_ELEMENTS (every_field); i++)
    {
      g_autoptr (HdField) field = hd_rt_form_find (form, every_field[i].label);

      g_string_append_printf (expected, "%s%s", i > 0 ? "|" : "", every_field[i].label);
      g_test_message ("%s", every_field[i].label);
      g_assert_cmpint (hd_field_get_field_type (field), ==, every_field[i].type);
      g_assert_cmpint (hd_field_get_required (field), ==, every_field[i].required);
      g_assert_cmpstr (hd_field_get_max (field), ==, every_field[i].max);
      g_assert_cmpint (hd_field_get_options_source (field) != NULL, ==, every_field[i].source != NULL);
    }

  g_assert_cmpstr (labels, ==, expected->str);
  g_assert_true (g_str_has_prefix (hd_form_get_intro (form), "Підключення пристрою\n\nФорма з полями всіх видів."));
  g_assert_true (hd_record_equal (HD_RECORD (form), HD_RECORD (again)));
}

/* What the form language makes of an answer. Returns: whether it takes it */
static gboolean
takes (HdForm     *form,
       HdField    *field,
       const char *value)
{
  const char *const values[] = { value, NULL };
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) issues = NULL;

  hd_answers_set_values (answers, hd_field_get_id (field), values, NULL);
  issues = hd_form_check_field (form, field, answers, NULL, NULL);
  return g_list_model_get_n_items (issues) == 0;
}

/* RT checks nothing that comes by REST, so the form has to. */
static void
test_patterns_are_the_forms (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (HdField) phone = hd_rt_form_find (form, "Телефон для зв’язку");
  g_autoptr (HdField) reason = hd_rt_form_find (form, "Обґрунтування");
  g_autoptr (HdField) address = hd_rt_form_find (form, "IP-адреса");
  g_autoptr (HdField) date = hd_rt_form_find (form, "Бажана дата");

  g_assert_cmpstr (hd_field_get_pattern_hint (phone), ==, "Номер у вигляді +380XXXXXXXXX");
  g_assert_cmpstr (hd_field_get_placeholder (phone), ==, "+380XXXXXXXXX");
  g_assert_cmpstr (hd_field_get_help (phone), ==, "Номер, за яким вас можна знайти");
  g_assert_true (takes (form, phone, "+380671112233"));
  g_assert_false (takes (form, phone, "0671112233"));

  g_assert_null (hd_field_get_pattern_hint (reason));
  g_assert_true (takes (form, reason, "Для\nроботи"));
  g_assert_false (takes (form, reason, ""));

  g_assert_true (takes (form, address, "10.0.0.1"));
  g_assert_true (takes (form, address, "fe80::1"));
  g_assert_false (takes (form, address, "десять"));

  /* RT's own hints are in English and say nothing. */
  g_assert_null (hd_field_get_placeholder (date));
}

static void
test_models_depend_on_the_device (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  static const char *const laptop[] = { "Ноутбук", NULL };
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (HdField) device = hd_rt_form_find (form, "Вид пристрою");
  g_autoptr (HdField) model = hd_rt_form_find (form, "Модель");
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) options = NULL;
  g_autofree char *labels = NULL;
  g_autofree char *details = NULL;

  g_assert_cmpstr (hd_field_get_depends_on (model), ==, hd_field_get_id (device));
  hd_answers_set_values (answers, hd_field_get_id (device), laptop, NULL);
  options = hd_form_dup_options (form, model, answers);
  labels = hd_rt_list_dup_words (options, "label");
  details = hd_rt_list_dup_words (options, "detail");
  g_assert_cmpstr (labels, ==, "ThinkPad T14|ThinkPad X1");
  g_assert_cmpstr (details, ==, "14 дюймів|13 дюймів");
}

static void
test_a_combobox_takes_something_else (HdRtFixture   *fixture,
                                      gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (HdField) office = hd_rt_form_find (form, "Офіс");
  g_autoptr (HdField) other = hd_rt_form_find (form, "Офіс: other");
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  static const char *const something_else[] = { "…", NULL };
  g_autofree char *labels = hd_rt_list_dup_words (hd_field_get_options (office), "label");

  g_assert_cmpstr (labels, ==, "Київ|Львів|Одеса|Other…");
  g_assert_false (hd_form_is_visible (form, other, answers));
  hd_answers_set_values (answers, hd_field_get_id (office), something_else, NULL);
  g_assert_true (hd_form_is_visible (form, other, answers));
}

/* A queue of which nothing may be known is no queue to RT: never 404. */
static void
test_a_form_that_is_hidden (HdRtFixture   *fixture,
                            gconstpointer  user)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (get_form, fixture->portal, &error, HD_RT_QUEUE_INTERNAL));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
  g_assert_null (HD_PORTAL_CALL (get_form, fixture->portal, &error, "999"));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
}

/* --- Values --- */

static char *
find_options (HdRtFixture *fixture,
              const char  *source,
              const char  *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdOptionList) found = HD_PORTAL_CALL (get_options, fixture->portal, &error, source, query, NULL);

  g_assert_no_error (error);
  return hd_rt_list_dup_words (hd_option_list_get_options (found), "value");
}

static void
test_values_are_found_in_any_letters (HdRtFixture   *fixture,
                                      gconstpointer  user)
{
  static const char *const searched[][2] = {
    { NULL, "Бухгалтерія|Відділ кадрів|Юридичний відділ" },
    { "ВІДДІЛ", "Відділ кадрів|Юридичний відділ" },
    { "юрид", "Юридичний відділ" },
    { "бУх", "Бухгалтерія" },
    { "немає", "" },
    { "%", "" },
  };
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_VPN);
  g_autoptr (HdField) department = hd_rt_form_find (form, "Відділ");

  g_assert_null (hd_field_get_options (department));

  for (guint i = 0; i < G_N_ELEMENTS (searched); i++)
    {
      g_autofree char *found = find_options (fixture, hd_field_get_options_source (department), searched[i][0]);

      g_assert_cmpstr (found, ==, searched[i][1]);
    }
}

/* Each letter that is typed asks for no more. */
static void
test_values_are_kept_for_a_while (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_VPN);
  g_autoptr (HdField) department = hd_rt_form_find (form, "Відділ");
  g_autofree char *first = find_options (fixture, hd_field_get_options_source (department), "в");
  g_autofree char *second = NULL;

  hd_rt_server_mark ();
  second = find_options (fixture, hd_field_get_options_source (department), "ві");
  g_assert_cmpstr (second, ==, "Відділ кадрів|Юридичний відділ");
  g_assert_cmpuint (hd_rt_server_count_seen ("/values"), ==, 0);
}

static void
test_values_of_a_hidden_field (HdRtFixture   *fixture,
                               gconstpointer  user)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (get_options, fixture->portal, &error, "cf-999", "x", NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_FORBIDDEN);
}

void
hd_rt_add_catalog_tests (void)
{
  HD_RT_TEST ("/rt/catalog/offerings-are-what-may-be-asked-for", "support", test_offerings_are_what_may_be_asked_for);
  HD_RT_TEST ("/rt/catalog/an-offering-behind-hidden-queues", "support", test_an_offering_behind_hidden_queues);
  HD_RT_TEST ("/rt/catalog/an-offering-is-whole", "support", test_an_offering_is_whole);
  HD_RT_TEST ("/rt/catalog/the-same-catalog-is-not-sent-twice", "support", test_the_same_catalog_is_not_sent_twice);
  HD_RT_TEST ("/rt/catalog/a-changed-catalog-is-sent", "support", test_a_changed_catalog_is_sent);
  HD_RT_TEST ("/rt/form/fields-of-every-type", "support", test_a_form_has_fields_of_every_type);
  HD_RT_TEST ("/rt/form/patterns-are-the-forms", "support", test_patterns_are_the_forms);
  HD_RT_TEST ("/rt/form/models-depend-on-the-device", "support", test_models_depend_on_the_device);
  HD_RT_TEST ("/rt/form/a-combobox-takes-something-else", "support", test_a_combobox_takes_something_else);
  HD_RT_TEST ("/rt/form/hidden", "support", test_a_form_that_is_hidden);
  HD_RT_TEST ("/rt/options/found-in-any-letters", "support", test_values_are_found_in_any_letters);
  HD_RT_TEST ("/rt/options/kept-for-a-while", "support", test_values_are_kept_for_a_while);
  HD_RT_TEST ("/rt/options/of-a-hidden-field", "support", test_values_of_a_hidden_field);
}
