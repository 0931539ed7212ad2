/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-receipt-print.h"

#include <glib/gi18n-lib.h>

#include "hd-field-value.h"
#include "hd-time.h"

/*
 * A registered request on paper: its number, and what was sent.
 */

typedef struct
{
  char        *markup;        /* (owned) */
  PangoLayout *layout;        /* (owned) (nullable) */
  GArray      *first_lines;   /* (owned) (element-type int): the first line of each page */
} Receipt;

static void
receipt_free (gpointer  data,
              GClosure *closure)
{
  Receipt *receipt = data;

  g_free (receipt->markup);
  g_clear_object (&receipt->layout);
  g_array_unref (receipt->first_lines);
  g_free (receipt);
}

static void
append_pair (GString    *markup,
             const char *label,
             const char *value)
{
  g_autofree char *safe_label = g_markup_escape_text (label != NULL ? label : "", -1);
  g_autofree char *safe_value = g_markup_escape_text (value != NULL ? value : "", -1);

  g_string_append_printf (markup, "<b>%s</b>\n%s\n\n", safe_label, safe_value);
}

static void
append_values (GString     *markup,
               HdFormModel *model)
{
  HdForm *form = hd_form_model_get_form (model);
  HdAnswers *answers = hd_form_model_get_answers (model);
  g_autoptr (GListModel) values = hd_form_dup_sent_values (form, answers);

  for (guint i = 0; i < g_list_model_get_n_items (values); i++)
    {
      g_autoptr (HdFieldValue) value = g_list_model_get_item (values, i);
      HdField *field = hd_form_find_field (form, hd_field_value_get_field_id (value));
      g_autofree char *text = hd_field_dup_display_text (field, answers);

      append_pair (markup, hd_field_value_get_label (value), text);
    }
}

/**
 * hd_receipt_dup_markup:
 * @request: a registered request
 * @model: (nullable): the form it was made with
 *
 * Returns: (transfer full): what is printed, secrets concealed
 */
char *
hd_receipt_dup_markup (HdRequest   *request,
                       HdFormModel *model)
{
  GString *markup = g_string_new (NULL);
  g_autofree char *subject = g_markup_escape_text (hd_request_get_subject (request) != NULL
                                                     ? hd_request_get_subject (request) : "", -1);
  g_autofree char *number = g_markup_escape_text (hd_request_get_number (request) != NULL
                                                    ? hd_request_get_number (request) : "", -1);
  g_autofree char *time = hd_request_get_created_at (request) != NULL
                            ? hd_time_dup_full (hd_request_get_created_at (request)) : NULL;

  g_string_append_printf (markup, "<span size=\"200%%\" weight=\"bold\">%s</span>\n<span size=\"130%%\">%s</span>\n\n",
                          number, subject);

  if (time != NULL)
    append_pair (markup, _("Registered"), time);
  if (model != NULL)
    append_values (markup, model);

  return g_string_free (markup, FALSE);
}

/* Which line each page begins with. */
static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Receipt           *receipt)
{
  double height = gtk_print_context_get_height (context);
  double used = 0;
  int first = 0;

  receipt->layout = gtk_print_context_create_pango_layout (context);
  pango_layout_set_width (receipt->layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (receipt->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (receipt->layout, receipt->markup, -1);
  g_array_append_val (receipt->first_lines, first);

  for (int i = 0; i < pango_layout_get_line_count (receipt->layout); i++)
    {
      PangoRectangle logical;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (receipt->layout, i), NULL, &logical);
      used += (double) logical.height / PANGO_SCALE;

      if (used > height)
        {
          g_array_append_val (receipt->first_lines, i);
          used = (double) logical.height / PANGO_SCALE;
        }
    }

  gtk_print_operation_set_n_pages (operation, (int) receipt->first_lines->len);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Receipt           *receipt)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  int first = g_array_index (receipt->first_lines, int, page);
  int end = page + 1 < (int) receipt->first_lines->len ? g_array_index (receipt->first_lines, int, page + 1)
                                                       : pango_layout_get_line_count (receipt->layout);
  double y = 0;

  for (int i = first; i < end; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (receipt->layout, i);
      PangoRectangle logical;

      pango_layout_line_get_extents (line, NULL, &logical);
      cairo_move_to (cr, 0, y - (double) logical.y / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, line);
      y += (double) logical.height / PANGO_SCALE;
    }
}

/**
 * hd_receipt_print:
 * @parent: (nullable): the window to ask over
 * @request: a registered request
 * @model: (nullable): the form it was made with
 *
 * Asks for a printer, and prints.
 */
void
hd_receipt_print (GtkWindow   *parent,
                  HdRequest   *request,
                  HdFormModel *model)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  Receipt *receipt = g_new0 (Receipt, 1);

  receipt->markup = hd_receipt_dup_markup (request, model);
  receipt->first_lines = g_array_new (FALSE, FALSE, sizeof (int));

  gtk_print_operation_set_job_name (operation, hd_request_get_number (request));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), receipt);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), receipt, receipt_free, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
