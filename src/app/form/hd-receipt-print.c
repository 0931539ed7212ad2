/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-receipt-print.h"

#include <glib/gi18n-lib.h>

#include "hd-field-value.h"
#include "hd-time.h"

/*
 * A registered request on paper: its number, and what was sent.
 */

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
