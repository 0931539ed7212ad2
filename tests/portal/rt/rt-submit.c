/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-fixture.h"

/* Filing a request: all that RT drops without a word, reads otherwise or ends at. */

static HdRequest *
file (HdRtFixture  *fixture,
      HdSubmission *submission,
      HdForm       *form)
{
  g_autoptr (GError) error = NULL;
  HdRequest *request = HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL);

  g_assert_no_error (error);
  g_assert_true (hd_request_get_complete (request));
  return request;
}

static void
assert_not_kept (HdRequest  *request,
                 const char *labels)
{
  g_autofree char *not_kept = hd_request_get_not_kept (request) != NULL
                              ? g_strjoinv ("|", (GStrv) hd_request_get_not_kept (request)) : NULL;

  g_assert_cmpstr (not_kept, ==, labels);
}

/* Returns: (transfer full): what the desk sees in a field */
static char *
dup_stored (HdRequest  *request,
            const char *name)
{
  g_autofree char *path = g_strdup_printf ("ticket/%s", hd_request_get_id (request));
  g_autoptr (JsonNode) ticket = hd_rt_server_call ("agent", "GET", path, NULL);
  JsonArray *fields = hd_json_get_array (json_node_get_object (ticket), "CustomFields");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      JsonArray *values = hd_json_get_array (field, "values");

      for (guint j = 0; g_strcmp0 (hd_json_get_string (field, "name"), name) == 0 && j < json_array_get_length (values); j++)
        g_string_append_printf (text, "%s%s", j > 0 ? "|" : "", json_array_get_string_element (values, j));
    }

  return g_strdup (text->str);
}

static HdRequest *
file_answers (HdRtFixture *fixture,
              const char  *queue_id,
              HdForm      *form,
              GString     *answers)
{
  g_autoptr (HdSubmission) submission = NULL;

  hd_rt_draft_add (answers, form, "Subject", "Проба ’\\\"<b>");
  submission = hd_rt_submission_new_for_queue (queue_id, answers->str, "");
  return file (fixture, submission, form);
}

/* --- What goes through --- */

static const char *const every_answer[][3] = {
  /* label, answer, stored */
  { "Description", "Перший рядок\\nДругий", NULL },
  { "Телефон для зв’язку", "+380671112233", "+380671112233" },
  { "Обґрунтування", "Для\\nроботи", "Для\nроботи" },
  { "Вид пристрою", "Ноутбук", "Ноутбук" },
  { "Модель", "ThinkPad X1", "ThinkPad X1" },
  { "Додаткове програмне забезпечення", "GIMP|КриптоАвтограф", "GIMP|КриптоАвтограф" },
  { "Бажана дата", "2026-12-01", "2026-12-01" },
  { "Час збою", "2026-07-01T09:15", "2026-07-01T06:15:00Z" },
  { "Офіс", "…", "Чернігів" },
  { "Офіс: other", "Чернігів", NULL },
  { "Відділ", "Відділ кадрів", "Відділ кадрів" },
  { "Докладний опис", "a < b\\n<script>", NULL },
  { "Нотатки", "* один", "* один" },
  { "IP-адреса", "10.0.0.1", NULL },
  { "Діапазон адрес", "10.0.0.0/24", NULL },
  { "Інвентарні номери", "101\\n 102 \\n\\n103", "101|102|103" },
};

static void
test_every_type_is_stored (HdRtFixture   *fixture,
                           gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdRequest) request = NULL;
  g_autofree char *labels = NULL;
  g_autofree char *values = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (every_answer); i++)
    hd_rt_draft_add (answers, form, every_answer[i][0], every_answer[i][1]);

  request = file_answers (fixture, HD_RT_QUEUE_DEVICE, form, answers);
  assert_not_kept (request, NULL);
  g_assert_cmpstr (hd_request_get_subject (request), ==, "Проба ’\"<b>");
  g_assert_cmpstr (hd_request_get_number (request), ==, hd_request_get_id (request));

  for (guint i = 0; i < G_N_ELEMENTS (every_answer); i++)
    {
      g_autofree char *stored = every_answer[i][2] != NULL ? dup_stored (request, every_answer[i][0]) : NULL;

      if (stored != NULL)
        g_assert_cmpstr (stored, ==, every_answer[i][2]);
    }

  /* In the form's order, and without the key. */
  labels = hd_rt_list_dup_words (hd_request_get_fields (request), "label");
  values = hd_rt_list_dup_words (hd_request_get_fields (request), "value");
  g_assert_cmpstr (labels, ==, "Телефон для зв’язку|Обґрунтування|Вид пристрою|Модель|Додаткове програмне забезпечення|"
                   "Бажана дата|Час збою|Офіс|Відділ|Докладний опис|Нотатки|IP-адреса|Діапазон адрес|Інвентарні номери");
  g_assert_nonnull (strstr (values, "|a < b\n<script>|"));
  g_assert_nonnull (strstr (values, "|101, 102, 103"));
}

/* Without one, its own author is refused for ever. */
static void
test_a_requestor_is_named (HdRtFixture   *fixture,
                           gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_REQUEST);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdRequest) request = file_answers (fixture, HD_RT_QUEUE_REQUEST, form, answers);
  g_autoptr (HdRequest) again = hd_rt_fixture_get_request (fixture, hd_request_get_id (request), NULL);

  g_assert_cmpstr (hd_request_get_offering_name (again), ==, "Запити на обслуговування");
  g_assert_cmpint (hd_request_get_status (again), ==, HD_STATUS_REGISTERED);
}

/* What was chosen is a time here; RT reads it in the zone of the profile, or of the server. */
static void
test_a_time_is_the_same_everywhere (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autofree char *here = g_strdup (g_getenv ("TZ"));
  static const char *const zones[][2] = {
    { "Europe/Kyiv", "2026-07-01T06:15:00Z" },
    { "America/New_York", "2026-07-01T13:15:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GString) answers = g_string_new (NULL);
      g_autoptr (HdRequest) request = NULL;
      g_autofree char *stored = NULL;
      g_autofree char *shown = NULL;

      g_setenv ("TZ", zones[i][0], TRUE);
      hd_rt_draft_add (answers, form, "Час збою", "2026-07-01T09:15");
      request = file_answers (fixture, HD_RT_QUEUE_DEVICE, form, answers);
      assert_not_kept (request, NULL);
      stored = dup_stored (request, "Час збою");
      g_assert_cmpstr (stored, ==, zones[i][1]);
      shown = hd_rt_list_dup_words (hd_request_get_fields (request), "value");
      g_assert_nonnull (strstr (shown, "9:15"));
    }

  g_setenv ("TZ", here, TRUE);
}

/* Where clocks change RT reads times by an hour wrong, unless they are written so; one hour it cannot be told. */
static void
test_a_time_where_clocks_change (HdRtFixture   *fixture,
                                 gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  static const char *const times[][3] = {
    { "2026-10-25T02:00", "2:00" }, { "2026-10-25T03:30", "3:30" }, { "2026-03-29T02:59", "2:59" }, { "2026-03-29T04:00", "4:00" },
    { "2026-10-25T01:30", "0:30", "Час збою" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GString) answers = g_string_new (NULL);
      g_autoptr (HdRequest) request = NULL;
      g_autofree char *shown = NULL;

      g_test_message ("%s", times[i][0]);
      hd_rt_draft_add (answers, form, "Час збою", times[i][0]);
      request = file_answers (fixture, HD_RT_QUEUE_DEVICE, form, answers);
      assert_not_kept (request, times[i][2]);
      shown = hd_rt_list_dup_words (hd_request_get_fields (request), "value");
      g_assert_nonnull (strstr (shown, times[i][1]));
    }
}

static void
test_the_article_is_named (HdRtFixture   *fixture,
                           gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_REQUEST);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autofree char *texts = NULL;

  submission = hd_rt_submission_new ("submit", "", ",\"offering_id\":\"3\",\"article_id\":\"1\",\"article_title\":\"Пошта\","
                                     "\"answers\":[{\"field_id\":\"subject\",\"values\":[\"Не вийшло\"]},"
                                     "{\"field_id\":\"text\",\"values\":[\"Зробив усе\"]}]");
  request = file (fixture, submission, form);
  texts = hd_rt_list_dup_words (hd_request_get_messages (request), "text");
  g_assert_cmpstr (texts, ==, "Зробив усе\n\nAbout the article “Пошта”");
}

/* RT ends with an error at a name in JSON that is not ASCII. */
static void
test_files_keep_their_names (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (HdField) picture = hd_rt_form_find (form, "Знімок екрана");
  g_autoptr (HdField) many = hd_rt_form_find (form, "Файли");
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (GString) files = g_string_new (NULL);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdMessage) first = NULL;
  g_autoptr (HdAttachment) report = NULL;
  g_autofree char *content = NULL;
  g_autofree char *in_fields = NULL;
  g_autofree char *attached = NULL;

  hd_rt_draft_add (answers, form, "Subject", "З файлами");
  hd_rt_draft_add_file (fixture, files, picture, "знімок екрана.png", "\x89PNG one");
  hd_rt_draft_add_file (fixture, files, many, "звіт-1.txt", "two");
  hd_rt_draft_add_file (fixture, files, many, "звіт-2.txt", "three");
  hd_rt_draft_add_file (fixture, files, NULL, "копія ї.bin", "four");
  submission = hd_rt_submission_new_for_queue (HD_RT_QUEUE_DEVICE, answers->str, files->str);
  request = file (fixture, submission, form);
  assert_not_kept (request, NULL);

  in_fields = hd_rt_list_dup_words (hd_request_get_attachments (request), "name");
  g_assert_cmpstr (in_fields, ==, "знімок екрана.png|звіт-1.txt|звіт-2.txt");
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (request)), ==, 1);
  first = g_list_model_get_item (hd_request_get_messages (request), 0);
  attached = hd_rt_list_dup_words (hd_message_get_attachments (first), "name");
  g_assert_cmpstr (attached, ==, "копія ї.bin");

  report = g_list_model_get_item (hd_request_get_attachments (request), 1);
  content = hd_rt_fixture_download (fixture, fixture->portal, hd_request_get_id (request), report);
  g_assert_cmpstr (content, ==, "two");
}

/* --- What RT drops without a word --- */

static void
test_dropped_answers_are_named (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_DEVICE);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) later = NULL;

  hd_rt_draft_add (answers, form, "Телефон для зв’язку", "12");
  hd_rt_draft_add (answers, form, "Обґрунтування", "Так");
  hd_rt_draft_add (answers, form, "Вид пристрою", "Літак");
  hd_rt_draft_add (answers, form, "Додаткове програмне забезпечення", "GIMP|Немає такого");
  hd_rt_draft_add (answers, form, "Бажана дата", "колись");
  hd_rt_draft_add (answers, form, "Офіс", "Київ|Львів");
  request = file_answers (fixture, HD_RT_QUEUE_DEVICE, form, answers);
  assert_not_kept (request, "Телефон для зв’язку|Вид пристрою|Додаткове програмне забезпечення|Бажана дата|Офіс");

  /* Whoever holds the request goes on knowing it. */
  later = hd_rt_fixture_get_request (fixture, hd_request_get_id (request), request);
  assert_not_kept (later, "Телефон для зв’язку|Вид пристрою|Додаткове програмне забезпечення|Бажана дата|Офіс");
}

static void
test_nothing_is_filed_where_nothing_may (HdRtFixture   *fixture,
                                         gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_PURCHASE);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) hidden = NULL;
  g_autoptr (HdSubmission) empty = hd_rt_submission_new ("submit", "", "");
  g_autoptr (GError) error = NULL;

  hd_rt_draft_add (answers, form, "Subject", "Не можна");
  submission = hd_rt_submission_new_for_queue (HD_RT_QUEUE_PURCHASE, answers->str, "");
  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
  hidden = hd_rt_submission_new_for_queue (HD_RT_QUEUE_INTERNAL, answers->str, "");
  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, hidden, form, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, empty, form, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_STORAGE);
}

/* --- Whether it was filed --- */

static guint
count_similar (HdRtFixture  *fixture,
               HdSubmission *submission)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = HD_PORTAL_CALL (find_similar, fixture->portal, &error, submission);

  g_assert_no_error (error);
  return g_list_model_get_n_items (found);
}

/* By the key where the queue has a field for it: another with the same subject is another. */
static void
test_the_key_finds_it_again (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_REQUEST);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) other = NULL;
  g_autoptr (HdRequest) request = NULL;

  hd_rt_draft_add (answers, form, "Subject", "Один раз");
  submission = hd_rt_submission_new_for_queue (HD_RT_QUEUE_REQUEST, answers->str, "");
  other = hd_rt_submission_new_for_queue (HD_RT_QUEUE_REQUEST, answers->str, "");
  g_assert_cmpuint (count_similar (fixture, submission), ==, 0);
  request = file (fixture, submission, form);
  g_assert_cmpuint (count_similar (fixture, submission), ==, 1);
  g_assert_cmpuint (count_similar (fixture, other), ==, 0);
}

/* Whether RT keeps a key nobody knows who has seen none kept: then what looks alike may be it, too. */
static void
test_a_key_alone_is_trusted_once_it_was_seen (HdRtFixture   *fixture,
                                              gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_REQUEST);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) filed = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autofree char *ticket_id = NULL;

  hd_rt_draft_add (answers, form, "Subject", "Без ключа");
  submission = hd_rt_submission_new_for_queue (HD_RT_QUEUE_REQUEST, answers->str, "");
  filed = hd_rt_submission_new_for_queue (HD_RT_QUEUE_REQUEST, answers->str, "");
  ticket_id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Без ключа", "");
  g_assert_cmpuint (count_similar (fixture, submission), ==, 1);

  request = file (fixture, filed, form);
  g_assert_cmpuint (count_similar (fixture, submission), ==, 0);
  g_assert_cmpuint (count_similar (fixture, filed), ==, 1);
}

static void
test_without_a_key_the_subject_does (HdRtFixture   *fixture,
                                     gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_VPN);
  g_autoptr (HdForm) elsewhere = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_REQUEST);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdSubmission) in_other_queue = NULL;
  g_autoptr (HdSubmission) without_key_either = NULL;
  g_autoptr (HdRequest) request = NULL;

  /* What a query would end at. */
  hd_rt_draft_add (answers, form, "Subject", "О'Генрі \\\\ \\\"VPN\\\" ' OR id > 0");
  submission = hd_rt_submission_new_for_queue (HD_RT_QUEUE_VPN, answers->str, "");
  in_other_queue = hd_rt_submission_new_for_queue (HD_RT_QUEUE_REQUEST, answers->str, "");
  without_key_either = hd_rt_submission_new_for_queue (HD_RT_QUEUE_PASSWORD, answers->str, "");
  g_assert_cmpuint (count_similar (fixture, submission), ==, 0);
  request = file (fixture, submission, form);
  assert_not_kept (request, NULL);
  g_assert_cmpuint (count_similar (fixture, submission), ==, 1);
  g_assert_cmpuint (count_similar (fixture, in_other_queue), ==, 0);
  g_assert_cmpuint (count_similar (fixture, without_key_either), ==, 0);
}

/* A clone has its fields, but somebody else made it. */
static void
test_the_key_is_told_of_ones_own (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  g_autoptr (HdForm) form = hd_rt_fixture_get_form (fixture, HD_RT_QUEUE_REQUEST);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (HdSubmission) submission = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) clone = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *clone_id = NULL;
  g_autofree char *stored = NULL;

  hd_rt_draft_add (answers, form, "Subject", "Оригінал");
  submission = hd_rt_submission_new_for_queue (HD_RT_QUEUE_REQUEST, answers->str, "");
  request = file (fixture, submission, form);
  g_assert_cmpstr (hd_request_get_client_key (request), ==, hd_submission_get_client_key (submission));

  fields = g_strdup_printf (",\"CustomFields\":{\"Ключ клієнта\":\"%s\"}", hd_submission_get_client_key (submission));
  clone_id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Оригінал", fields);
  clone = hd_rt_fixture_get_request (fixture, clone_id, NULL);
  stored = dup_stored (clone, "Ключ клієнта");
  g_assert_cmpstr (stored, ==, hd_submission_get_client_key (submission));
  g_assert_null (hd_request_get_client_key (clone));
}

void
hd_rt_add_submit_tests (void)
{
  HD_RT_TEST ("/rt/submit/every-type-is-stored", "support", test_every_type_is_stored);
  HD_RT_TEST ("/rt/submit/a-requestor-is-named", "support", test_a_requestor_is_named);
  HD_RT_TEST ("/rt/submit/a-requestor-in-cyrillic", "петро", test_a_requestor_is_named);
  HD_RT_TEST ("/rt/submit/a-time-is-the-same-everywhere", "support", test_a_time_is_the_same_everywhere);
  HD_RT_TEST ("/rt/submit/a-time-of-who-has-no-zone", "olena", test_a_time_is_the_same_everywhere);
  HD_RT_TEST ("/rt/submit/a-time-where-clocks-change", "support", test_a_time_where_clocks_change);
  HD_RT_TEST ("/rt/submit/the-article-is-named", "support", test_the_article_is_named);
  HD_RT_TEST ("/rt/submit/files-keep-their-names", "support", test_files_keep_their_names);
  HD_RT_TEST ("/rt/submit/dropped-answers-are-named", "support", test_dropped_answers_are_named);
  HD_RT_TEST ("/rt/submit/nothing-is-filed-where-nothing-may", "support", test_nothing_is_filed_where_nothing_may);
  HD_RT_TEST ("/rt/similar/the-key-finds-it-again", "support", test_the_key_finds_it_again);
  HD_RT_TEST ("/rt/similar/the-key-is-told-of-ones-own", "support", test_the_key_is_told_of_ones_own);
  HD_RT_TEST ("/rt/similar/a-key-alone-is-trusted-once-it-was-seen", "support", test_a_key_alone_is_trusted_once_it_was_seen);
  HD_RT_TEST ("/rt/similar/without-a-key-the-subject-does", "support", test_without_a_key_the_subject_does);
}
