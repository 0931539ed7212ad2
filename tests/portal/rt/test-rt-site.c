/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "hd-error.h"
#include "hd-rt-json.h"
#include "hd-rt-site.h"
#include "hd-test-utils.h"

/* What is what at a site, by its file and by guesses, and JSON as RT writes it. */

static HdRtSite *
create_site (const char *content)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "site.conf", NULL);
  g_autoptr (GError) error = NULL;
  HdRtSite *site;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  site = hd_rt_site_new (path, &error);
  g_assert_no_error (error);
  hd_test_remove_tree (folder);
  return site;
}

/* --- The site --- */

static const struct
{
  HdRtRole    role;
  const char *name;
  gboolean    plays;
} guesses[] = {
  { HD_RT_ROLE_CATEGORY, "Категорія каталогу", TRUE },
  { HD_RT_ROLE_CATEGORY, "SERVICE CATEGORY", TRUE },
  { HD_RT_ROLE_CATEGORY, "Вид звернення", FALSE },
  { HD_RT_ROLE_CATEGORY, "", FALSE },
  { HD_RT_ROLE_CATEGORY, NULL, FALSE },
  { HD_RT_ROLE_KIND, "ВИД ЗВЕРНЕННЯ", TRUE },
  { HD_RT_ROLE_ICON, "Піктограма", TRUE },
  { HD_RT_ROLE_DESCRIPTION, "Опис послуги", TRUE },
  { HD_RT_ROLE_CLIENT_KEY, "Ключ клієнта", TRUE },
  { HD_RT_ROLE_CLIENT_KEY, "Ключ від кабінету", FALSE },
  { HD_RT_ROLE_BODY, "Зміст", TRUE },
  { HD_RT_ROLE_SECTION, "Розділ", TRUE },
  { HD_RT_ROLE_KEYWORDS, "Ключові слова", TRUE },
  { HD_RT_ROLE_NEWS, "Новини митниці", TRUE },
  { HD_RT_ROLE_CONTACTS, "Контакти", TRUE },
  { HD_RT_ROLE_KNOWLEDGE, "Будь-що", TRUE },
  { HD_RT_ROLE_KNOWLEDGE, "Новини", FALSE },
  { HD_RT_ROLE_KNOWLEDGE, "Contacts", FALSE },
};

static void
test_roles_are_guessed (void)
{
  g_autoptr (HdRtSite) site = hd_rt_site_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_test_message ("%s", guesses[i].name);
      g_assert_cmpint (hd_rt_site_plays (site, guesses[i].role, guesses[i].name), ==, guesses[i].plays);
      g_assert_false (hd_rt_site_is_configured (site, guesses[i].role));
    }
}

/* What the file says of a role is all that counts for it, and nothing for the others. */
static void
test_the_file_is_all_that_counts (void)
{
  g_autoptr (HdRtSite) site = create_site ("[Catalog]\ncategory-field=Група ; Рубрика;\nicon-field=\n"
                                           "[Knowledge]\nclasses=База\nnews-classes=A;B\n[Unknown]\nx=y\n");

  g_assert_true (hd_rt_site_is_configured (site, HD_RT_ROLE_CATEGORY));
  g_assert_true (hd_rt_site_plays (site, HD_RT_ROLE_CATEGORY, "Група"));
  g_assert_true (hd_rt_site_plays (site, HD_RT_ROLE_CATEGORY, "Рубрика"));
  g_assert_false (hd_rt_site_plays (site, HD_RT_ROLE_CATEGORY, "Категорія"));
  g_assert_false (hd_rt_site_plays (site, HD_RT_ROLE_ICON, "Піктограма"));
  g_assert_true (hd_rt_site_plays (site, HD_RT_ROLE_KIND, "Вид звернення"));
  g_assert_true (hd_rt_site_plays (site, HD_RT_ROLE_NEWS, "B"));
  g_assert_false (hd_rt_site_plays (site, HD_RT_ROLE_KNOWLEDGE, "Будь-що"));
}

static void
test_settings (void)
{
  g_autoptr (HdRtSite) site = create_site ("[Site]\nname=Стіл\ntime-zone=Europe/Kyiv\nmax-file-size=-5\n[Contacts]\nphone=(044) 1\n");
  g_autoptr (HdRtSite) none = hd_rt_site_new (NULL, NULL);

  g_assert_cmpstr (hd_rt_site_get (site, HD_RT_SETTING_NAME), ==, "Стіл");
  g_assert_cmpstr (hd_rt_site_get (site, HD_RT_SETTING_TIME_ZONE), ==, "Europe/Kyiv");
  g_assert_cmpstr (hd_rt_site_get (site, HD_RT_SETTING_PHONE), ==, "(044) 1");
  g_assert_cmpint (hd_rt_site_get_max_file_size (site), ==, 0);

  for (guint i = 0; i < HD_RT_N_SETTINGS; i++)
    g_assert_null (hd_rt_site_get (none, (HdRtSetting) i));
}

static const struct
{
  const char *word;
  HdStatus    status;
  gboolean    waiting;
} words[] = {
  { "new", HD_STATUS_REGISTERED },
  { "Нове", HD_STATUS_REGISTERED },
  { "open", HD_STATUS_IN_PROGRESS },
  { "в роботі", HD_STATUS_IN_PROGRESS },
  { "stalled", HD_STATUS_IN_PROGRESS, TRUE },
  { "Очікує відповіді", HD_STATUS_IN_PROGRESS, TRUE },
  { "resolved", HD_STATUS_CLOSED },
  { "ВИРІШЕНО", HD_STATUS_CLOSED },
  { "закрито", HD_STATUS_CLOSED },
  { "rejected", HD_STATUS_CANCELLED },
  { "скасовано", HD_STATUS_CANCELLED },
  { "погоджується", HD_STATUS_UNKNOWN },
  { "", HD_STATUS_UNKNOWN },
  { NULL, HD_STATUS_UNKNOWN },
};

static void
test_statuses (void)
{
  g_autoptr (HdRtSite) site = hd_rt_site_new (NULL, NULL);
  g_autoptr (HdRtSite) other = create_site ("[Statuses]\nclosed=open\nregistered=погоджується\nwaiting=new\n");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i].word);
      g_assert_cmpint (hd_rt_site_get_status (site, words[i].word), ==, words[i].status);
      g_assert_cmpint (hd_rt_site_is_waiting (site, words[i].word), ==, words[i].waiting);
    }

  g_assert_cmpint (hd_rt_site_get_status (other, "open"), ==, HD_STATUS_CLOSED);
  g_assert_cmpint (hd_rt_site_get_status (other, "погоджується"), ==, HD_STATUS_REGISTERED);
  g_assert_cmpint (hd_rt_site_get_status (other, "resolved"), ==, HD_STATUS_CLOSED);
  g_assert_true (hd_rt_site_is_waiting (other, "new"));
  g_assert_false (hd_rt_site_is_waiting (other, "pending"));
}

static void
test_kinds (void)
{
  g_autoptr (HdRtSite) guessed = hd_rt_site_new (NULL, NULL);
  g_autoptr (HdRtSite) told = create_site ("[Catalog]\nincident-values=поломка\n");

  g_assert_cmpint (hd_rt_site_get_kind (guessed, "Інцидент", "x"), ==, HD_KIND_INCIDENT);
  g_assert_cmpint (hd_rt_site_get_kind (guessed, "запит", "Інциденти"), ==, HD_KIND_REQUEST);
  g_assert_cmpint (hd_rt_site_get_kind (guessed, NULL, "Інциденти"), ==, HD_KIND_INCIDENT);
  g_assert_cmpint (hd_rt_site_get_kind (guessed, NULL, NULL), ==, HD_KIND_REQUEST);
  g_assert_cmpint (hd_rt_site_get_kind (told, "поломка", NULL), ==, HD_KIND_INCIDENT);
  g_assert_cmpint (hd_rt_site_get_kind (told, "Інцидент", NULL), ==, HD_KIND_REQUEST);
  g_assert_cmpint (hd_rt_site_get_kind (told, NULL, "Інциденти"), ==, HD_KIND_INCIDENT);
}

static void
test_a_file_that_cannot_be_read (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hd_rt_site_new ("/nonexistent/site.conf", &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_SETTINGS);
}

/* --- JSON --- */

static const struct
{
  const char *value;
  const char *id;      /* NULL for none */
  gint64      number;
  gboolean    is_time;
} values[] = {
  { "\"5\"", "5", 5 },
  { "5", "5", 5 },
  { "0", "0", 0 },
  { "\"\"", NULL, 0 },
  { "-3", NULL, 0 },
  { "null", NULL, 0 },
  { "{}", NULL, 0 },
  { "[\"5\"]", NULL, 0 },
  { "true", NULL, 0 },
  { "1.5", NULL, 0 },
  { "\"support\"", "support", 0 },
  { "\"9999999999999999999999\"", "9999999999999999999999", G_MAXINT64 },
  { "\"1970-01-01T00:00:00Z\"", "1970-01-01T00:00:00Z", 1970 },
  { "\"2026-11-22T09:41:00Z\"", "2026-11-22T09:41:00Z", 2026, TRUE },
  { "\"2026-13-22T09:41:00Z\"", "2026-13-22T09:41:00Z", 2026 },
};

static void
test_values_of_any_type (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"a\":%s,\"b\":{\"id\":%s}}", values[i].value, values[i].value);
      g_autoptr (JsonNode) root = json_from_string (json, NULL);
      JsonObject *object = json_node_get_object (root);
      g_autofree char *id = hd_rt_json_dup_id (object, "a");
      g_autofree char *ref = hd_rt_json_dup_ref_id (object, "b");
      g_autoptr (GDateTime) time = hd_rt_json_get_time (object, "a");

      g_test_message ("%s", json);
      g_assert_cmpstr (id, ==, values[i].id);
      g_assert_cmpstr (ref, ==, values[i].id);
      g_assert_cmpint (hd_rt_json_get_number (object, "a"), ==, values[i].number);
      g_assert_cmpint (time != NULL, ==, values[i].is_time);
      g_assert_null (hd_rt_json_dup_id (object, "missing"));
      g_assert_null (hd_rt_json_dup_ref_id (object, "a"));
    }

  g_assert_null (hd_rt_json_dup_id (NULL, "a"));
  g_assert_cmpuint (hd_rt_json_get_length (NULL), ==, 0);
  g_assert_null (hd_rt_json_get_value (NULL, 0));
}

/* As RT reads it: for UTC, less what the zone is ahead then. */
static gint64
read_text (const char *text,
           GTimeZone  *zone)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);
  gint64 seconds = g_date_time_to_unix (time);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return seconds - g_time_zone_get_offset (zone, interval);
}

/* All year: but for the hour that no text is read as, and what is written there is not later. */
static void
test_times_are_read_as_they_are_meant (void)
{
  static const struct { const char *zone; guint n_other; } zones[] = {
    { "UTC", 0 }, { "Asia/Tokyo", 0 }, { "Europe/Kyiv", 6 }, { "America/New_York", 6 }, { "Australia/Lord_Howe", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i].zone);
      guint n_other = 0;

      for (gint64 time = 1767225600; time < 1798761600; time += 600)
        {
          g_autofree char *text = hd_rt_json_dup_time_text (time, zone);
          gint64 read = read_text (text, zone);

          g_assert_cmpint (read, <=, time);
          g_assert_cmpint (read, >=, time - 3600);
          n_other += read != time;
        }

      g_assert_cmpuint (n_other, ==, zones[i].n_other);
    }
}

static void
test_parts_and_filters (void)
{
  g_autofree char *number = hd_rt_json_dup_last_part ("https://x/REST/2.0/download/cf/17");
  g_autoptr (JsonNode) filter = hd_rt_json_filter ("Type", "=", "Create", "Type", "=", "Correspond", NULL);
  g_autofree char *json = json_to_string (filter, FALSE);

  g_assert_cmpstr (number, ==, "17");
  g_assert_null (hd_rt_json_dup_last_part ("https://x/"));
  g_assert_null (hd_rt_json_dup_last_part ("x"));
  g_assert_null (hd_rt_json_dup_last_part (NULL));
  g_assert_cmpstr (json, ==, "[{\"field\":\"Type\",\"operator\":\"=\",\"value\":\"Create\"},{\"field\":\"Type\",\"operator\":\"=\",\"value\":\"Correspond\"}]");
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/rt/site/roles-are-guessed", test_roles_are_guessed);
  g_test_add_func ("/rt/site/the-file-is-all-that-counts", test_the_file_is_all_that_counts);
  g_test_add_func ("/rt/site/settings", test_settings);
  g_test_add_func ("/rt/site/statuses", test_statuses);
  g_test_add_func ("/rt/site/kinds", test_kinds);
  g_test_add_func ("/rt/site/a-file-that-cannot-be-read", test_a_file_that_cannot_be_read);
  g_test_add_func ("/rt/json/values-of-any-type", test_values_of_any_type);
  g_test_add_func ("/rt/json/times-are-read-as-they-are-meant", test_times_are_read_as_they_are_meant);
  g_test_add_func ("/rt/json/parts-and-filters", test_parts_and_filters);

  return g_test_run ();
}
