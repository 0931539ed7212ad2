/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-item-text.h"
#include "hd-print.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"

/* What comes out of the printer, by way of a PDF and what pdftotext reads in it. */

static GtkPrintSettings *
make_a4 (void)
{
  GtkPrintSettings *settings = gtk_print_settings_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_print_settings_set_paper_size (settings, paper);
  return settings;
}

/* Returns: (transfer full): the text of each page */
static char **
print_pages (const char *markup)
{
  g_autofree char *dir = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "print.pdf", NULL);
  g_autoptr (GtkPrintOperation) operation = hd_print_operation_new ("10316", markup);
  g_autoptr (GtkPrintSettings) settings = make_a4 ();
  g_autoptr (GSubprocess) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char **pages;

  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);

  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-enc", "UTF-8", "-layout", path, "-",
                             NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (reader));
  hd_test_remove_tree (dir);

  /* A form feed ends each page. */
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (g_strv_length (pages), >=, 2);
  g_clear_pointer (&pages[g_strv_length (pages) - 1], g_free);

  return pages;
}

static HdRequest *
make_request (void)
{
  static const char json[] =
    "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"Не друкує <принтер> & сканер\",\"kind\":\"incident\","
    "\"status\":\"in-progress\",\"priority\":\"high\",\"offering_name\":\"Не працює принтер\","
    "\"created_at\":\"2026-11-22T09:41:00Z\",\"updated_at\":\"2026-11-22T10:00:00Z\","
    "\"fields\":[{\"field_id\":\"a\",\"label\":\"Що сталося\",\"value\":\"Їжак, ґанок, єдність\"}],"
    "\"attachments\":[{\"id\":\"1\",\"name\":\"Наказ №5.pdf\",\"size\":2048}],"
    "\"messages\":[{\"id\":\"m1\",\"author\":\"Служба підтримки\",\"mine\":false,\"text\":\"Перезавантажте принтер.\","
    "\"created_at\":\"2026-11-22T09:50:00Z\",\"attachments\":[{\"id\":\"2\",\"name\":\"дві\\nстрічки.txt\",\"size\":1}]}],"
    "\"history\":[{\"status\":\"registered\",\"status_label\":\"Зареєстровано\",\"at\":\"2026-11-22T09:41:00Z\",\"by\":\"\"}]}";
  g_autoptr (GError) error = NULL;
  HdRequest *request = hd_record_new_from_string (HD_TYPE_REQUEST, json, &error);

  g_assert_no_error (error);
  return request;
}

static void
test_an_item_is_printed_with_all_there_is (void)
{
  static const char *const parts[] = {
    "No. 10316: Не друкує <принтер> & сканер", "Не працює принтер", "Що сталося: Їжак, ґанок, єдність",
    "Attachment: Наказ №5.pdf (2.0 kB)", "Служба підтримки", "Перезавантажте принтер.",
    "Attachment: дві стрічки.txt", "Зареєстровано: ",
  };
  g_autoptr (HdRequest) request = make_request ();
  g_autofree char *markup = hd_item_text_dup_markup (request);
  g_auto (GStrv) pages = print_pages (markup);

  g_assert_cmpuint (g_strv_length (pages), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (strstr (pages[0], parts[i]) == NULL)
        g_error ("“%s” is not in: %s", parts[i], pages[0]);
    }
}

/* No line is lost between two pages or printed twice, and each page says which it is. */
static void
test_a_long_text_goes_on_over_the_page (void)
{
  enum { N_LINES = 150 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;
  g_auto (GStrv) pages = NULL;
  guint n_pages;
  guint next = 0;

  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (text, "Рядок %u із багатьох\n", i);

  markup = hd_print_dup_markup ("Довгий текст", text->str);
  pages = print_pages (markup);
  n_pages = g_strv_length (pages);
  g_assert_cmpuint (n_pages, >, 1);
  g_assert_cmpuint (n_pages, <, 10);

  for (guint i = 0; i < n_pages; i++)
    {
      /* pdftotext sees no words in figures, and so no spaces between them. */
      g_autofree char *foot = g_strdup_printf ("%u/%u", i + 1, n_pages);
      g_auto (GStrv) lines = g_strsplit (pages[i], "\n", -1);

      if (strstr (pages[i], foot) == NULL)
        g_error ("“%s” is not in: %s", foot, pages[i]);
      for (guint j = 0; lines[j] != NULL; j++)
        {
          g_autofree char *expected = g_strdup_printf ("Рядок %u із багатьох", next);

          if (strstr (lines[j], "Рядок") == NULL)
            continue;

          g_assert_cmpstr (g_strstrip (lines[j]), ==, expected);
          next++;
        }
    }

  g_assert_cmpuint (next, ==, N_LINES);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  gtk_init ();

  g_test_add_func ("/print/an-item-is-printed-with-all-there-is", test_an_item_is_printed_with_all_there_is);
  g_test_add_func ("/print/a-long-text-goes-on-over-the-page", test_a_long_text_goes_on_over_the_page);

  return g_test_run ();
}
