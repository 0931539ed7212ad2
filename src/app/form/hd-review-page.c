/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-review-page.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-field-value.h"
#include "hd-file-row.h"
#include "hd-left-answer.h"

/**
 * HdReviewPage:
 *
 * What will be sent, exactly, to be read once more: label over value, what was
 * left empty left out.
 *
 * Emits “edit”, “submit” and “stop”.  Submit is dead from its first activation
 * until hd_review_page_show_ready() or hd_review_page_show_error().
 */

struct _HdReviewPage
{
  AdwBin          parent_instance;

  HdFormModel    *model; /* (owned) (nullable) */

  /* Template objects */
  GtkWidget      *article_box;
  GtkLabel       *article_label;
  GtkWidget      *buttons;
  GtkWidget      *edit_button;
  GtkWidget      *error_box;
  GtkLabel       *error_text;
  GtkLabel       *error_title;
  GtkBox         *files_box;
  GtkWidget      *files_section;
  GtkLabel       *left_label;
  GtkLabel       *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget      *sending_box;
  GtkWidget      *stop_button;
  GtkWidget      *submit_button;
  GtkLabel       *title_label;
  GtkBox         *values_box;
};

G_DEFINE_FINAL_TYPE (HdReviewPage, hd_review_page, ADW_TYPE_BIN)

typedef enum
{
  SIGNAL_EDIT,
  SIGNAL_SUBMIT,
  SIGNAL_STOP,
  N_SIGNALS,
} HdReviewPageSignal;

static guint signals[N_SIGNALS];

static void
edit_clicked_cb (HdReviewPage *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0);
}

static void
submit_clicked_cb (HdReviewPage *self)
{
  hd_review_page_show_sending (self);
  g_signal_emit (self, signals[SIGNAL_SUBMIT], 0);
}

static void
stop_clicked_cb (HdReviewPage *self)
{
  gtk_widget_set_sensitive (self->stop_button, FALSE);
  gtk_label_set_text (self->progress_label, _("Stopping…"));
  g_signal_emit (self, signals[SIGNAL_STOP], 0);
}

static void
clear_box (GtkBox *box)
{
  while (gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL)
    gtk_box_remove (box, gtk_widget_get_first_child (GTK_WIDGET (box)));
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
secret_toggled_cb (GtkToggleButton *button,
                   GtkLabel        *label)
{
  const char *text = gtk_toggle_button_get_active (button) ? g_object_get_data (G_OBJECT (label), "hd-secret")
                                                           : g_object_get_data (G_OBJECT (label), "hd-dots");

  gtk_label_set_text (label, text);
}

static GtkWidget *
make_secret_row (GtkWidget  *label,
                 const char *dots,
                 const char *secret)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (button, _("Show What Was Typed"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show What Was Typed"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (label, TRUE);

  g_object_set_data_full (G_OBJECT (label), "hd-dots", g_strdup (dots), g_free);
  g_object_set_data_full (G_OBJECT (label), "hd-secret", g_strdup (secret), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (secret_toggled_cb), label, 0);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);

  return box;
}

static GtkWidget *
make_value_row (HdReviewPage *self,
                HdFieldValue *value)
{
  HdForm *form = hd_form_model_get_form (self->model);
  HdField *field = hd_form_find_field (form, hd_field_value_get_field_id (value));
  g_autofree char *shown = hd_field_dup_display_text (field, hd_form_model_get_answers (self->model));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = make_label (shown, NULL);

  gtk_box_append (GTK_BOX (row), make_label (hd_field_value_get_label (value), "caption-heading"));

  if (hd_field_get_sensitive (field))
    {
      gtk_box_append (GTK_BOX (row), make_secret_row (label, shown, hd_field_value_get_value (value)));
    }
  else
    {
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_box_append (GTK_BOX (row), label);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hd_field_value_get_label (value), -1);
  gtk_widget_add_css_class (row, "review-row");
  return row;
}

/* Files of fields that are hidden are not sent. */
static gboolean
is_file_sent (HdReviewPage *self,
              HdDraftFile  *file)
{
  HdField *field = hd_form_find_field (hd_form_model_get_form (self->model), hd_draft_file_get_field_id (file));

  return field != NULL && hd_form_model_is_visible (self->model, field);
}

/* What of an earlier form is not among this. */
static void
show_left (HdReviewPage *self)
{
  GListModel *left = hd_form_model_get_left_answers (self->model);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (left); i++)
    {
      g_autoptr (HdLeftAnswer) answer = g_list_model_get_item (left, i);

      g_strv_builder_add (builder, hd_left_answer_get_label (answer));
    }

  labels = g_strv_builder_end (builder);
  names = g_strjoinv (", ", labels);
  /* Translators: %s are labels of fields that the form no longer has. */
  text = g_strdup_printf (_("Not sent, for the form has no place for it any more: %s."), names);
  gtk_label_set_text (self->left_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->left_label), labels[0] != NULL);
}

static void
show_files (HdReviewPage *self)
{
  GListModel *files = hd_form_model_get_files (self->model);

  clear_box (self->files_box);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);
      g_autoptr (GFile) stored = NULL;
      GtkWidget *row;

      if (!is_file_sent (self, file))
        continue;

      row = hd_file_row_new (hd_draft_file_get_name (file), hd_draft_file_get_content_type (file),
                             (guint64) MAX (hd_draft_file_get_size (file), 0), 0);
      stored = hd_draft_file_get_path (file) != NULL ? g_file_new_for_path (hd_draft_file_get_path (file)) : NULL;
      if (stored != NULL)
        hd_file_row_set_thumbnail (HD_FILE_ROW (row), stored);
      gtk_box_append (self->files_box, row);
    }

  gtk_widget_set_visible (self->files_section, gtk_widget_get_first_child (GTK_WIDGET (self->files_box)) != NULL);
}

static void
hd_review_page_dispose (GObject *object)
{
  g_clear_object (&HD_REVIEW_PAGE (object)->model);

  G_OBJECT_CLASS (hd_review_page_parent_class)->dispose (object);
}

static void
hd_review_page_class_init (HdReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_review_page_dispose;

  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SUBMIT] = g_signal_new ("submit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STOP] = g_signal_new ("stop", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-review-page.ui");

  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, article_box);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, article_label);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, error_text);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, error_title);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, files_box);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, files_section);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, left_label);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, sending_box);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, HdReviewPage, values_box);

  gtk_widget_class_bind_template_callback (widget_class, edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_clicked_cb);
}

static void
hd_review_page_init (HdReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hd_review_page_new (void)
{
  return g_object_new (HD_TYPE_REVIEW_PAGE, NULL);
}

/* Shows what would be sent of the form now. */
void
hd_review_page_set_model (HdReviewPage *self,
                          HdFormModel  *model)
{
  g_autoptr (GListModel) values = NULL;
  const char *article_title;

  g_return_if_fail (HD_IS_REVIEW_PAGE (self));
  g_return_if_fail (HD_IS_FORM_MODEL (model));

  g_set_object (&self->model, model);
  values = hd_form_dup_sent_values (hd_form_model_get_form (model), hd_form_model_get_answers (model));
  article_title = hd_form_model_get_article_title (model);

  gtk_label_set_text (self->title_label, hd_form_model_get_title (model));
  gtk_label_set_text (self->article_label, article_title != NULL ? article_title : "");
  gtk_widget_set_visible (self->article_box, article_title != NULL);

  clear_box (self->values_box);
  for (guint i = 0; i < g_list_model_get_n_items (values); i++)
    {
      g_autoptr (HdFieldValue) value = g_list_model_get_item (values, i);

      GtkWidget *row = make_value_row (self, value);

      if (i > 0)
        gtk_widget_add_css_class (row, "separated");
      gtk_box_append (self->values_box, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->values_box), g_list_model_get_n_items (values) > 0);

  show_files (self);
  show_left (self);
  hd_review_page_show_ready (self);
}

/* To be read, and submitted. */
void
hd_review_page_show_ready (HdReviewPage *self)
{
  g_return_if_fail (HD_IS_REVIEW_PAGE (self));

  gtk_widget_set_visible (self->error_box, FALSE);
  gtk_widget_set_visible (self->sending_box, FALSE);
  gtk_widget_set_visible (self->buttons, TRUE);
  gtk_widget_set_sensitive (self->submit_button, TRUE);
  gtk_widget_set_sensitive (self->edit_button, TRUE);
}

/* Under way. */
void
hd_review_page_show_sending (HdReviewPage *self)
{
  g_return_if_fail (HD_IS_REVIEW_PAGE (self));

  gtk_widget_set_sensitive (self->submit_button, FALSE);
  gtk_widget_set_sensitive (self->edit_button, FALSE);
  gtk_widget_set_visible (self->error_box, FALSE);
  gtk_widget_set_sensitive (self->stop_button, TRUE);
  gtk_label_set_text (self->progress_label, _("Sending…"));
  gtk_progress_bar_set_fraction (self->progress_bar, 0.0);
}

/* How far it is; the first call makes it visible.  @progress: (nullable) */
void
hd_review_page_show_progress (HdReviewPage *self,
                              HdProgress   *progress)
{
  g_autofree char *done = NULL;
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (HD_IS_REVIEW_PAGE (self));

  gtk_widget_set_visible (self->buttons, FALSE);
  gtk_widget_set_visible (self->sending_box, TRUE);

  if (progress == NULL || hd_progress_get_total (progress) == 0)
    {
      gtk_progress_bar_pulse (self->progress_bar);
      return;
    }

  done = g_format_size (hd_progress_get_done (progress));
  total = g_format_size (hd_progress_get_total (progress));
  /* Translators: how much of a request is sent: “Sending: 1,2 MB of 8,0 MB” */
  text = g_strdup_printf (_("Sending: %s of %s"), done, total);

  if (gtk_widget_get_sensitive (self->stop_button))
    gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, hd_progress_get_fraction (progress));
}

/* It did not work; everything is as it was, and it can be tried again. */
void
hd_review_page_show_error (HdReviewPage *self,
                           const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (HD_IS_REVIEW_PAGE (self));

  hd_review_page_show_ready (self);
  title = hd_error_dup_title (error);
  text = hd_error_dup_text (error);
  gtk_label_set_text (self->error_title, title);
  gtk_label_set_text (self->error_text, text);
  gtk_widget_set_visible (self->error_box, TRUE);

  /* The button lost the focus when it became dead; another page's is not taken away. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    hd_review_page_grab_focus (self);
}

void
hd_review_page_grab_focus (HdReviewPage *self)
{
  g_return_if_fail (HD_IS_REVIEW_PAGE (self));
  gtk_widget_grab_focus (self->submit_button);
}
