/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "form-page-support.h"
#include "hd-offline-group.h"
#include "hd-offline-toggle.h"
#include "hd-record-json.h"
#include "hd-store-cache.h"
#include "hd-test-portal.h"
#include "hd-window-private.h"
#include "session-support.h"

/* What is kept to be read without the portal: at a category, in the preferences, and where the disk is nearly full. */

#define DISK_WORDS "This Computer’s Disk Is Almost Full"

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *directory;
  HdSession    *session;
  HdWindow     *window;
  GtkWidget    *group;
  GtkWidget    *group_window;
} Fixture;

/* @data: (nullable): what the administrator decided */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new ("ua.gov.customs.HelpDesk");
  g_autofree char *policy_path = NULL;

  g_settings_set_uint (settings, "picture-space", 250);
  g_settings_set_uint (settings, "keep-closed-days", 90);
  g_settings_set_boolean (settings, "metered-pictures", FALSE);
  fixture->directory = hd_test_make_tmp_dir ();
  policy_path = g_build_filename (fixture->directory, "policy.conf", NULL);
  g_assert_true (g_file_set_contents (policy_path, data != NULL ? data : "", -1, NULL));
  fixture->policy = hd_policy_new_for_file (policy_path);
  fixture->portal = hd_test_portal_new (NULL, NULL);
  hd_test_portal_start (fixture->portal);
  fixture->session = hd_test_session_new (fixture->portal, fixture->policy, fixture->directory);

  fixture->window = hd_window_new (NULL);
  hd_window_set_session (fixture->window, fixture->session);
  hd_window_session_opened (fixture->window, TRUE, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));

  fixture->group = g_object_new (HD_TYPE_OFFLINE_GROUP, NULL);
  fixture->group_window = hd_test_window_new (fixture->group);
  hd_offline_group_set_session (HD_OFFLINE_GROUP (fixture->group), fixture->session);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_window_destroy (fixture->group_window);
  hd_test_window_destroy (GTK_WIDGET (fixture->window));
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

/* Returns: (nullable): what stands around the words, of a type */
static GtkWidget *
find_row (Fixture    *fixture,
          const char *words,
          GType       type)
{
  GtkWidget *label = hd_test_find_label (fixture->group, words);

  return label != NULL ? gtk_widget_get_ancestor (label, type) : NULL;
}

static GtkWidget *
find_toggle (Fixture *fixture)
{
  return hd_test_find_widget (GTK_WIDGET (fixture->window), HD_TYPE_OFFLINE_TOGGLE);
}

/* Returns: (nullable): of the first category */
static GtkSwitch *
find_switch (Fixture *fixture)
{
  GtkWidget *row = find_row (fixture, "Обладнання", ADW_TYPE_ACTION_ROW);

  return row != NULL ? GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))) : NULL;
}

static guint
count_offline (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) ids = NULL;

  hd_store_list_offline_categories_async (hd_session_get_store (fixture->session), NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  ids = hd_store_list_offline_categories_finish (hd_session_get_store (fixture->session), result, NULL);
  return g_hash_table_size (ids);
}

static void
assert_told (GtkWidget  *toggle,
             const char *name,
             gboolean    is_pressed)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_STATE_PRESSED,
                                    is_pressed ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE);
}

/* One choice, wherever it is made; and told in words, of what and how it is. */
static void
test_a_category_is_kept (Fixture       *fixture,
                         gconstpointer  data)
{
  GtkWidget *toggle;
  GtkSwitch *button;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-pane", "s", "knowledge"));
  HD_TEST_AWAIT ((toggle = find_toggle (fixture)) != NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find_row (fixture, "Always Available Offline", ADW_TYPE_EXPANDER_ROW)), TRUE);
  HD_TEST_AWAIT ((button = find_switch (fixture)) != NULL);
  g_assert_false (gtk_switch_get_active (button));
  assert_told (toggle, "Обладнання: not always available offline", FALSE);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (toggle), ==, "Make Always Available Offline");

  g_signal_emit_by_name (toggle, "clicked");
  g_assert_true (gtk_switch_get_active (button));
  assert_told (toggle, "Обладнання: always available offline", TRUE);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (toggle), ==, "Always Available Offline");
  g_assert_cmpuint (count_offline (fixture), ==, 1);

  gtk_switch_set_active (button, FALSE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
  assert_told (toggle, "Обладнання: not always available offline", FALSE);
  g_assert_cmpuint (count_offline (fixture), ==, 0);
}

#define PICTURE "0000000000000000000000000000000000000000000000000000000000000000"

static void
put_connection_article (HdStore *store)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (
    HD_TYPE_ARTICLE_CHANGES,
    "{\"categories\":[{\"id\":\"z\",\"name\":\"Зв’язок\"}],\"articles\":[{\"id\":\"z\",\"title\":\"Рація\",\"category_id\":\"z\","
    "\"media\":[\"" PICTURE "\"]}],\"as_of\":\"1\"}", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_apply_articles_async (store, changes, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_apply_articles_finish (store, result, NULL));
}

static void
put_picture (HdStore *store)
{
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("png", 3);
  g_autoptr (GAsyncResult) result = NULL;

  g_hash_table_insert (media, (gpointer) PICTURE, bytes);
  hd_store_put_media_async (store, media, FALSE, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_store_put_media_finish (store, result, NULL));
}

/* Returns: (nullable): beside the name of a category */
static GtkWidget *
find_toggle_of (Fixture    *fixture,
                const char *name)
{
  GtkWidget *widget = hd_test_find_label (GTK_WIDGET (fixture->window), name);
  GtkWidget *toggle = NULL;

  while (widget != NULL && (toggle = hd_test_find_widget (widget, HD_TYPE_OFFLINE_TOGGLE)) == NULL)
    widget = gtk_widget_get_parent (widget);

  return toggle;
}

/* Before one leaves for where there is no line. */
static void
test_what_is_missing_is_told (Fixture       *fixture,
                              gconstpointer  data)
{
  HdStore *store = hd_session_get_store (fixture->session);
  GtkWidget *toggle;
  GtkWidget *row;

  put_connection_article (store);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-pane", "s", "knowledge"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find_row (fixture, "Always Available Offline", ADW_TYPE_EXPANDER_ROW)), TRUE);
  HD_TEST_AWAIT ((toggle = find_toggle_of (fixture, "Зв’язок")) != NULL);
  HD_TEST_AWAIT ((row = find_row (fixture, "Зв’язок", ADW_TYPE_ACTION_ROW)) != NULL);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "");

  g_signal_emit_by_name (toggle, "clicked");
  HD_TEST_AWAIT (strstr (gtk_widget_get_tooltip_text (toggle), "1 picture is missing") != NULL);
  g_assert_cmpstr (gtk_button_get_icon_name (GTK_BUTTON (toggle)), ==, "content-loading-symbolic");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "1 picture is missing");
  assert_told (toggle, "Зв’язок: always available offline", TRUE);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "1 picture is missing");

  put_picture (store);
  HD_TEST_AWAIT (g_str_equal (gtk_widget_get_tooltip_text (toggle), "Always Available Offline"));
  g_assert_cmpstr (gtk_button_get_icon_name (GTK_BUTTON (toggle)), ==, "document-save-symbolic");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "");
}

static void
test_what_is_chosen_is_set (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new ("ua.gov.customs.HelpDesk");
  GtkWidget *space = find_row (fixture, "Space for Pictures", ADW_TYPE_COMBO_ROW);
  GtkWidget *closed = find_row (fixture, "Conversations of Closed Requests", ADW_TYPE_COMBO_ROW);
  GtkWidget *metered = find_row (fixture, "Pictures on Metered Connections", ADW_TYPE_ACTION_ROW);

  adw_combo_row_set_selected (ADW_COMBO_ROW (space), 4);
  g_assert_cmpuint (g_settings_get_uint (settings, "picture-space"), ==, 2000);
  adw_combo_row_set_selected (ADW_COMBO_ROW (closed), 3);
  g_assert_cmpuint (g_settings_get_uint (settings, "keep-closed-days"), ==, 30);
  g_assert_false (g_settings_get_boolean (settings, "metered-pictures"));
  adw_action_row_activate (ADW_ACTION_ROW (metered));
  HD_TEST_AWAIT (g_settings_get_boolean (settings, "metered-pictures"));
}

static void
test_the_administrator_decides (Fixture       *fixture,
                                gconstpointer  data)
{
  g_assert_false (gtk_widget_get_sensitive (find_row (fixture, "Space for Pictures", ADW_TYPE_COMBO_ROW)));
  g_assert_false (gtk_widget_get_sensitive (find_row (fixture, "Pictures on Metered Connections", ADW_TYPE_ACTION_ROW)));
  g_assert_true (gtk_widget_get_sensitive (find_row (fixture, "Conversations of Closed Requests", ADW_TYPE_COMBO_ROW)));
  g_assert_true (hd_test_shows_text (fixture->group, "Your administrator has decided this."));
}

/* What is in force is shown, be it among the choices or not; what the person has chosen is kept for another day. */
static void
test_what_was_decided_is_shown (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new ("ua.gov.customs.HelpDesk");
  GtkWidget *metered = find_row (fixture, "Pictures on Metered Connections", ADW_TYPE_ACTION_ROW);

  g_assert_true (hd_test_shows_text (fixture->group, "300 MB"));
  g_assert_true (hd_test_shows_text (fixture->group, "Keep for 7 Days"));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (metered)))));
  g_assert_false (gtk_widget_is_sensitive (find_row (fixture, "Conversations of Closed Requests", ADW_TYPE_COMBO_ROW)));

  g_assert_cmpuint (g_settings_get_uint (settings, "picture-space"), ==, 250);
  g_assert_cmpuint (g_settings_get_uint (settings, "keep-closed-days"), ==, 90);
  g_assert_false (g_settings_get_boolean (settings, "metered-pictures"));
  g_settings_set_boolean (settings, "metered-pictures", FALSE);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (metered)))));
}

static void
write_something (Fixture             *fixture,
                 HdOfflineCategories *categories,
                 gboolean             offline)
{
  hd_offline_categories_set (categories, "any", offline);
  count_offline (fixture);
  hd_test_drain ();
}

/* While there is room for what is being typed. */
static void
test_a_full_disk_is_told (Fixture       *fixture,
                          gconstpointer  data)
{
  HdStore *store = hd_session_get_store (fixture->session);
  HdOfflineCategories *categories = hd_offline_categories_get_for_store (store);

  gboolean offline = FALSE;

  g_assert_false (hd_test_shows_text (GTK_WIDGET (fixture->window), DISK_WORDS));

  /* It is looked at now and then, when something is written. */
  hd_store_set_low_space (store, G_MAXUINT64 / 2);
  while (!hd_test_shows_text (GTK_WIDGET (fixture->window), DISK_WORDS))
    write_something (fixture, categories, offline = !offline);

  hd_store_set_low_space (store, 0);
  while (hd_test_shows_text (GTK_WIDGET (fixture->window), DISK_WORDS))
    write_something (fixture, categories, offline = !offline);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);
  adw_init ();

#define ADD(name, policy, test) g_test_add ("/offline/" name, Fixture, policy, set_up, test, tear_down)

  ADD ("a-category-is-kept", NULL, test_a_category_is_kept);
  ADD ("what-is-missing-is-told", NULL, test_what_is_missing_is_told);
  ADD ("what-is-chosen-is-set", NULL, test_what_is_chosen_is_set);
  ADD ("the-administrator-decides", "[Cache]\npicture-space=300\nmetered-pictures=false\n", test_the_administrator_decides);
  ADD ("what-was-decided-is-shown", "[Cache]\npicture-space=300\nkeep-closed=7\nmetered-pictures=true\n",
       test_what_was_decided_is_shown);
  ADD ("a-full-disk-is-told", NULL, test_a_full_disk_is_told);

  return g_test_run ();
}
