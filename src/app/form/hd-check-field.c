/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-check-field.h"

#include <glib/gi18n-lib.h>

/**
 * HdCheckField:
 *
 * One or some of a few options, all of them to be seen.
 */

struct _HdCheckField
{
  HdFieldRow  parent_instance;

  GtkWidget  *box;            /* (unowned) */
  GtkWidget  *list;           /* (unowned): holds the buttons */
  GtkWidget  *clear_button;   /* (unowned) */
  GListModel *options;        /* (owned) (nullable) (element-type HdOption): of the buttons, in order */
};

G_DEFINE_FINAL_TYPE (HdCheckField, hd_check_field, HD_TYPE_FIELD_ROW)

static gboolean
is_multiple (HdCheckField *self)
{
  return hd_field_is_multiple (hd_field_row_get_field (HD_FIELD_ROW (self)));
}

static void
toggled_cb (HdCheckField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GtkWidget *button = gtk_widget_get_first_child (self->list);

  if (hd_field_row_is_showing (row))
    return;

  for (guint i = 0; button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    {
      g_autoptr (HdOption) option = g_list_model_get_item (self->options, i);

      if (!gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
        continue;

      g_ptr_array_add (values, (char *) hd_option_get_value (option));
      g_ptr_array_add (labels, (char *) (hd_option_get_label (option) != NULL ? hd_option_get_label (option)
                                                                              : hd_option_get_value (option)));
    }

  /* Of a group of radio buttons, the one that goes off tells first: nothing is chosen then. */
  if (values->len == 0 && !is_multiple (self))
    return;

  g_ptr_array_add (values, NULL);
  g_ptr_array_add (labels, NULL);
  hd_answers_set_values (hd_field_row_get_answers (row), hd_field_row_get_id (row),
                         (const char *const *) values->pdata, (const char *const *) labels->pdata);
}

static void
cleared_cb (HdCheckField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  hd_answers_set (hd_field_row_get_answers (row), hd_field_row_get_id (row), NULL);
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_label (const char *text,
            gboolean    is_detail)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);

  if (is_detail)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }

  return label;
}

static GtkWidget *
make_button (HdCheckField *self,
             HdOption     *option)
{
  const char *label = hd_option_get_label (option) != NULL ? hd_option_get_label (option)
                                                           : hd_option_get_value (option);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), make_label (label, FALSE));
  if (hd_option_get_detail (option) != NULL)
    gtk_box_append (GTK_BOX (box), make_label (hd_option_get_detail (option), TRUE));

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static gboolean
have_same_options (GListModel *a,
                   GListModel *b)
{
  if (a == NULL || g_list_model_get_n_items (a) != g_list_model_get_n_items (b))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (a); i++)
    {
      g_autoptr (HdRecord) option_a = g_list_model_get_item (a, i);
      g_autoptr (HdRecord) option_b = g_list_model_get_item (b, i);

      if (!hd_record_equal (option_a, option_b))
        return FALSE;
    }

  return TRUE;
}

static void
show_options (HdCheckField *self,
              GListModel   *options)
{
  GtkWidget *first = NULL;

  if (have_same_options (self->options, options))
    return;

  while (gtk_widget_get_first_child (self->list) != NULL)
    gtk_box_remove (GTK_BOX (self->list), gtk_widget_get_first_child (self->list));

  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);
      GtkWidget *button = make_button (self, option);

      if (!is_multiple (self))
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
      if (first == NULL)
        first = button;
      gtk_box_append (GTK_BOX (self->list), button);
    }

  g_set_object (&self->options, options);
}

static void
hd_check_field_build (HdFieldRow *row)
{
  HdCheckField *self = HD_CHECK_FIELD (row);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->list = g_object_new (GTK_TYPE_BOX,
                             "orientation", GTK_ORIENTATION_VERTICAL,
                             "spacing", 6,
                             "hexpand", TRUE,
                             "accessible-role", is_multiple (self) ? GTK_ACCESSIBLE_ROLE_GROUP
                                                                   : GTK_ACCESSIBLE_ROLE_RADIO_GROUP,
                             NULL);
  self->clear_button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->clear_button, _("Clear the Choice"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Clear the Choice"), -1);
  gtk_widget_add_css_class (self->clear_button, "flat");
  gtk_widget_set_valign (self->clear_button, GTK_ALIGN_START);
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (cleared_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->clear_button);
  hd_field_row_set_control (row, self->box, self->list);
}

static void
hd_check_field_show_answer (HdFieldRow *row)
{
  HdCheckField *self = HD_CHECK_FIELD (row);
  HdField *field = hd_field_row_get_field (row);
  HdAnswers *answers = hd_field_row_get_answers (row);
  const char *const *values = hd_answers_get_values (answers, hd_field_row_get_id (row));
  HdForm *form = hd_form_model_get_form (hd_field_row_get_model (row));
  g_autoptr (GListModel) options = hd_form_dup_options (form, field, answers);
  GtkWidget *button;

  show_options (self, options);
  button = gtk_widget_get_first_child (self->list);

  for (guint i = 0; button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    {
      g_autoptr (HdOption) option = g_list_model_get_item (self->options, i);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (button),
                                   values != NULL && g_strv_contains (values, hd_option_get_value (option)));
    }

  gtk_widget_set_visible (self->clear_button,
                          values != NULL && !is_multiple (self) && !hd_field_get_required (field));
}

static void
hd_check_field_dispose (GObject *object)
{
  g_clear_object (&HD_CHECK_FIELD (object)->options);

  G_OBJECT_CLASS (hd_check_field_parent_class)->dispose (object);
}

static void
hd_check_field_class_init (HdCheckFieldClass *klass)
{
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_check_field_dispose;

  row_class->build = hd_check_field_build;
  row_class->show_answer = hd_check_field_show_answer;
}

static void
hd_check_field_init (HdCheckField *self)
{
}
