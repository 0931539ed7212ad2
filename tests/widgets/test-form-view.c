/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "form-page-support.h"
#include "hd-field-row.h"
#include "hd-form-view.h"
#include "hd-option-dialog.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"

/* The narrowest window, less what surrounds the form. */
#define NARROWEST (360 - 2 * 12)

/* Each kind of field drawn, without a portal. */

static const char form_json[] =
  "{\"offering_id\":\"all\",\"version\":1,\"fields\":["
  "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Тема\",\"required\":true,\"section\":\"Перша\",\"help\":\"Коротко\"},"
  "{\"id\":\"count\",\"type\":\"number\",\"label\":\"Скільки\",\"max\":\"5\"},"
  "{\"id\":\"secret\",\"type\":\"text\",\"label\":\"Слово\",\"sensitive\":true},"
  "{\"id\":\"why\",\"type\":\"multiline\",\"label\":\"Чому\"},"
  "{\"id\":\"day\",\"type\":\"date\",\"label\":\"День\"},"
  "{\"id\":\"call\",\"type\":\"datetime\",\"label\":\"Дзвінок\"},"
  "{\"id\":\"side\",\"type\":\"choice\",\"label\":\"Бік\",\"section\":\"Друга\",\"options\":["
  "{\"value\":\"l\",\"label\":\"Лівий\"},{\"value\":\"r\",\"label\":\"Правий\"}]},"
  "{\"id\":\"what\",\"type\":\"multichoice\",\"label\":\"Що\",\"options\":["
  "{\"value\":\"a\",\"label\":\"А\"},{\"value\":\"b\",\"label\":\"Б\"}]},"
  "{\"id\":\"who\",\"type\":\"person\",\"label\":\"Хто\"},"
  "{\"id\":\"agree\",\"type\":\"boolean\",\"label\":\"Згода\"},"
  "{\"id\":\"reason\",\"type\":\"text\",\"label\":\"Причина\",\"section\":\"Третя\",\"visible_when\":["
  "{\"field\":\"agree\",\"op\":\"any\",\"values\":[\"true\"]}]},"
  "{\"id\":\"scan\",\"type\":\"file\",\"label\":\"Скан\",\"section\":\"Четверта\"},"
  "{\"id\":\"note\",\"type\":\"note\",\"label\":\"Відповімо завтра.\"}]}";

typedef struct
{
  HdFormModel *model;
  HdFormView  *view;
  GtkWidget   *window;
} Fixture;

static HdForm *
make_form (void)
{
  g_autoptr (GError) error = NULL;
  HdForm *form = hd_record_new_from_string (HD_TYPE_FORM, form_json, &error);

  g_assert_no_error (error);
  return form;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (HdForm) form = make_form ();

  fixture->model = hd_form_model_new (form, NULL, NULL, NULL, NULL);
  fixture->view = HD_FORM_VIEW (hd_form_view_new ());
  hd_form_view_set_model (fixture->view, NULL, fixture->model);
  fixture->window = hd_test_window_new (GTK_WIDGET (fixture->view));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->model);
}

static HdFieldRow *
get_row (Fixture    *fixture,
         const char *id)
{
  return HD_FIELD_ROW (hd_form_view_get_row (fixture->view, id));
}

static void
test_every_field_has_its_name (Fixture       *fixture,
                               gconstpointer  data)
{
  GListModel *fields = hd_form_get_fields (hd_form_model_get_form (fixture->model));
  guint n_inputs = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      HdFieldRow *row = get_row (fixture, hd_field_get_id (field));
      GtkWidget *input = hd_field_row_get_input (row);

      g_test_message ("%s", hd_field_get_id (field));
      g_assert_true (hd_field_get_field_type (field) == HD_FIELD_TYPE_NOTE || input != NULL);

      if (input == NULL || hd_field_get_field_type (field) == HD_FIELD_TYPE_PERSON)
        continue;

      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           hd_field_get_label (field));
      n_inputs++;
    }

  g_assert_cmpuint (n_inputs, ==, 11);
}

static void
test_a_fault_is_told_to_a_screen_reader (Fixture       *fixture,
                                         gconstpointer  data)
{
  GtkWidget *input = hd_field_row_get_input (get_row (fixture, "subject"));

  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);

  hd_form_model_check_field (fixture->model, "subject");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "This must be filled in. Коротко");

  gtk_editable_set_text (GTK_EDITABLE (input), "Принтер");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_fields_come_and_go_and_keep_what_was_said (Fixture       *fixture,
                                                gconstpointer  data)
{
  GtkWidget *row = GTK_WIDGET (get_row (fixture, "reason"));
  GtkCheckButton *agree = GTK_CHECK_BUTTON (hd_field_row_get_input (get_row (fixture, "agree")));
  GtkEditable *reason = GTK_EDITABLE (hd_field_row_get_input (get_row (fixture, "reason")));

  g_assert_false (gtk_widget_get_visible (row));
  g_assert_false (hd_test_shows_text (GTK_WIDGET (fixture->view), "Третя"));

  gtk_check_button_set_active (agree, TRUE);
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (fixture->view), "Третя"));
  gtk_editable_set_text (reason, "бо так");

  gtk_check_button_set_active (agree, FALSE);
  g_assert_false (gtk_widget_get_visible (row));
  gtk_check_button_set_active (agree, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (reason), ==, "бо так");
}

static void
test_what_is_typed_is_the_answer (Fixture       *fixture,
                                  gconstpointer  data)
{
  HdAnswers *answers = hd_form_model_get_answers (fixture->model);
  GtkEditable *count = GTK_EDITABLE (hd_field_row_get_input (get_row (fixture, "count")));
  GtkEditable *day = GTK_EDITABLE (hd_field_row_get_input (get_row (fixture, "day")));
  GtkTextView *why = GTK_TEXT_VIEW (hd_field_row_get_input (get_row (fixture, "why")));
  GtkWidget *sides = hd_field_row_get_input (get_row (fixture, "side"));
  GtkWidget *whats = hd_field_row_get_input (get_row (fixture, "what"));

  gtk_editable_set_text (count, "2,5");
  g_assert_cmpstr (hd_answers_get (answers, "count"), ==, "2.5");
  g_assert_cmpstr (gtk_editable_get_text (count), ==, "2,5");

  gtk_editable_set_text (day, "1.12.2026");
  g_assert_cmpstr (hd_answers_get (answers, "day"), ==, "2026-12-01");
  g_assert_cmpstr (gtk_editable_get_text (day), ==, "1.12.2026");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (why), "Рядок\nдругий", -1);
  g_assert_cmpstr (hd_answers_get (answers, "why"), ==, "Рядок\nдругий");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_last_child (sides)), TRUE);
  g_assert_cmpstr (hd_answers_get (answers, "side"), ==, "r");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_first_child (sides)), TRUE);
  g_assert_cmpstr (hd_answers_get (answers, "side"), ==, "l");
  g_assert_null (hd_answers_get_values (answers, "side")[1]);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_last_child (whats)), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_first_child (whats)), TRUE);
  g_assert_cmpstr (hd_answers_get_values (answers, "what")[0], ==, "a");
  g_assert_cmpstr (hd_answers_get_values (answers, "what")[1], ==, "b");
}

/* Returns: whether the wheel is for the text alone */
static gboolean
takes_wheel (GtkTextView *view)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scroller);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        return (gtk_event_controller_scroll_get_flags (GTK_EVENT_CONTROLLER_SCROLL (controller)) &
                GTK_EVENT_CONTROLLER_SCROLL_VERTICAL) != 0;
    }

  g_assert_not_reached ();
}

/* Else the form would stand still where the pointer comes over a text. */
static void
test_the_wheel_moves_the_form_over_a_short_text (Fixture       *fixture,
                                                 gconstpointer  data)
{
  GtkTextView *why = GTK_TEXT_VIEW (hd_field_row_get_input (get_row (fixture, "why")));
  g_autofree char *lines = g_strnfill (100, '\n');

  while (gtk_widget_get_height (GTK_WIDGET (why)) == 0 || takes_wheel (why))
    g_main_context_iteration (NULL, TRUE);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (why), lines, -1);
  while (!takes_wheel (why))
    g_main_context_iteration (NULL, TRUE);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (why), "Коротко", -1);
  while (takes_wheel (why))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_secret_is_concealed (Fixture       *fixture,
                            gconstpointer  data)
{
  g_assert_true (GTK_IS_PASSWORD_ENTRY (hd_field_row_get_input (get_row (fixture, "secret"))));
}

static int
get_min_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Every form of the practice portal, with all of its fields showing. */
static void
test_every_form_fits_the_narrowest_window (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("HD_SOURCE_ROOT"), "data", "demo", "catalog.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *offerings;

  g_assert_true (json_parser_load_from_file (parser, path, &error));
  g_assert_no_error (error);
  offerings = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "offerings");
  g_assert_cmpuint (json_array_get_length (offerings), >, 20);

  for (guint i = 0; i < json_array_get_length (offerings); i++)
    {
      JsonObject *offering = json_array_get_object_element (offerings, i);
      JsonNode *node = json_object_get_member (offering, "form");
      g_autoptr (HdForm) form = NULL;
      g_autoptr (HdFormModel) model = NULL;
      g_autoptr (GtkWidget) view = g_object_ref_sink (hd_form_view_new ());
      GListModel *fields;

      json_object_set_string_member (json_node_get_object (node), "offering_id", "x");
      json_object_set_int_member (json_node_get_object (node), "version", 1);
      form = hd_record_new_from_json (HD_TYPE_FORM, node, &error);
      g_assert_no_error (error);
      fields = hd_form_get_fields (form);
      model = hd_form_model_new (form, NULL, NULL, NULL, NULL);
      hd_form_view_set_model (HD_FORM_VIEW (view), NULL, model);

      for (guint j = 0; j < g_list_model_get_n_items (fields); j++)
        {
          g_autoptr (HdField) field = g_list_model_get_item (fields, j);
          GtkWidget *row = hd_form_view_get_row (HD_FORM_VIEW (view), hd_field_get_id (field));

          g_test_message ("%s: %s", json_object_get_string_member (offering, "id"), hd_field_get_id (field));
          gtk_widget_set_visible (row, TRUE);
          g_assert_cmpint (get_min_width (row), <=, NARROWEST);
        }
    }
}

static guint
count_rows (GtkWidget *dialog)
{
  GtkWidget *list_box = hd_test_find_widget (dialog, GTK_TYPE_LIST_BOX);
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list_box); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;

  return n;
}

static HdForm *
make_form_with_options (guint n_options)
{
  g_autoptr (GString) json = g_string_new ("{\"offering_id\":\"x\",\"version\":1,\"fields\":["
                                           "{\"id\":\"f\",\"type\":\"choice\",\"label\":\"Програма\",\"options\":[");
  g_autoptr (GError) error = NULL;
  HdForm *form;

  for (guint i = 0; i < n_options; i++)
    g_string_append_printf (json, "%s{\"value\":\"v%u\",\"label\":\"Програма %u\"}", i > 0 ? "," : "", i, i);
  g_string_append (json, "]}]}");

  form = hd_record_new_from_string (HD_TYPE_FORM, json->str, &error);
  g_assert_no_error (error);
  return form;
}

/* No turn of the main loop makes many of them; all come, and none of those that were to come when the words change. */
static void
test_many_options_come_a_few_at_a_time (void)
{
  g_autoptr (HdForm) form = make_form_with_options (150);
  g_autoptr (HdFormModel) model = hd_form_model_new (form, NULL, NULL, NULL, NULL);
  g_autoptr (HdField) field = g_list_model_get_item (hd_form_get_fields (form), 0);
  GtkWidget *dialog = hd_option_dialog_new (NULL, model, field);
  guint before;

  gtk_window_present (GTK_WINDOW (dialog));
  before = count_rows (dialog);
  g_assert_cmpuint (before, >, 0);
  while (before < 150)
    {
      guint n;

      g_main_context_iteration (NULL, TRUE);
      n = count_rows (dialog);
      g_assert_cmpuint (n - before, <=, 10);
      before = n;
    }

  /* Those that are there go at once, the others never come. */
  gtk_editable_set_text (GTK_EDITABLE (hd_test_find_widget (dialog, GTK_TYPE_SEARCH_ENTRY)), "Програма");
  g_signal_emit_by_name (hd_test_find_widget (dialog, GTK_TYPE_SEARCH_ENTRY), "search-changed");
  g_assert_cmpuint (count_rows (dialog), <=, 10);
  gtk_editable_set_text (GTK_EDITABLE (hd_test_find_widget (dialog, GTK_TYPE_SEARCH_ENTRY)), "149");
  g_signal_emit_by_name (hd_test_find_widget (dialog, GTK_TYPE_SEARCH_ENTRY), "search-changed");
  g_assert_cmpuint (count_rows (dialog), ==, 1);
  hd_test_drain ();
  g_assert_cmpuint (count_rows (dialog), ==, 1);

  gtk_window_destroy (GTK_WINDOW (dialog));
  hd_test_drain ();
}

#define ADD(name, func) g_test_add ("/form-view/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("every-field-has-its-name", test_every_field_has_its_name);
  ADD ("a-fault-is-told-to-a-screen-reader", test_a_fault_is_told_to_a_screen_reader);
  ADD ("fields-come-and-go-and-keep-what-was-said", test_fields_come_and_go_and_keep_what_was_said);
  ADD ("what-is-typed-is-the-answer", test_what_is_typed_is_the_answer);
  ADD ("the-wheel-moves-the-form-over-a-short-text", test_the_wheel_moves_the_form_over_a_short_text);
  ADD ("a-secret-is-concealed", test_a_secret_is_concealed);
  g_test_add_func ("/form-view/many-options-come-a-few-at-a-time", test_many_options_come_a_few_at_a_time);
  g_test_add_func ("/form-view/every-form-fits-the-narrowest-window", test_every_form_fits_the_narrowest_window);

  return g_test_run ();
}
