/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-changes.h"

#include <glib/gi18n-lib.h>

#include "hd-left-answer.h"

/**
 * HdFormChanges:
 *
 * What the help desk has changed in a form since a draft of it was begun: which
 * fields are new, and what was answered to those that are gone, until the person
 * has put it elsewhere or thrown it away.  Not there where nothing is to be told.
 */

struct _HdFormChanges
{
  AdwBin       parent_instance;

  HdFormModel *model;     /* (owned) (nullable) */

  /* Template objects */
  GtkWidget   *changed_label;
  GtkBox      *left_box;
  GtkWidget   *left_label;
  GtkLabel    *new_label;
};

G_DEFINE_FINAL_TYPE (HdFormChanges, hd_form_changes, ADW_TYPE_BIN)

static GListModel *
get_left (HdFormChanges *self)
{
  return hd_form_model_get_left_answers (self->model);
}

/* Returns: whether that answer is still there, and where */
static gboolean
find_answer (HdFormChanges *self,
             GtkWidget     *button,
             guint         *position)
{
  gpointer answer = g_object_get_data (G_OBJECT (button), "hd-answer");

  return g_list_store_find (G_LIST_STORE (get_left (self)), answer, position);
}

static void
copy_clicked_cb (GtkWidget     *button,
                 HdFormChanges *self)
{
  HdLeftAnswer *answer = g_object_get_data (G_OBJECT (button), "hd-answer");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), hd_left_answer_get_text (answer));
  gtk_widget_activate_action (button, "win.toast", "s", _("Copied"));
}

static void
move_clicked_cb (GtkWidget     *button,
                 HdFormChanges *self)
{
  guint position;

  if (find_answer (self, button, &position))
    hd_form_model_move_left_answer (self->model, position);
}

static void
remove_clicked_cb (GtkWidget     *button,
                   HdFormChanges *self)
{
  guint position;

  if (find_answer (self, button, &position))
    hd_form_model_drop_left_answer (self->model, position);
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "label", text,
                       "xalign", 0.0f,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       "selectable", css_class == NULL,
                       "css-classes", (const char *[]) { css_class, NULL },
                       NULL);
}

/* @clicked: a handler of (button, self) */
static void
append_button (HdFormChanges *self,
               GtkWidget     *box,
               HdLeftAnswer  *answer,
               const char    *icon_name,
               const char    *label,
               GCallback      clicked)
{
  GtkWidget *button = icon_name != NULL ? gtk_button_new_from_icon_name (icon_name) : gtk_button_new_with_label (label);
  /* Translators: what the button does, and the label of the field whose answer it does it to. */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), label, hd_left_answer_get_label (answer));

  if (icon_name != NULL)
    gtk_widget_set_tooltip_text (button, label);
  else
    gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "hd-answer", g_object_ref (answer), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_buttons (HdFormChanges *self,
              HdLeftAnswer  *answer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (HdField) place = hd_form_model_dup_place_for_left (self->model);

  if (place != NULL && !hd_left_answer_get_sensitive (answer))
    {
      /* Translators: %s is the label of a field. */
      g_autofree char *label = g_strdup_printf (_("Move to “%s”"), hd_field_get_label (place));

      append_button (self, box, answer, NULL, label, G_CALLBACK (move_clicked_cb));
    }

  append_button (self, box, answer, "edit-copy-symbolic", _("Copy"), G_CALLBACK (copy_clicked_cb));
  append_button (self, box, answer, "user-trash-symbolic", _("Remove"), G_CALLBACK (remove_clicked_cb));

  return box;
}

static void
append_answer (HdFormChanges *self,
               HdLeftAnswer  *answer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *text = hd_left_answer_get_sensitive (answer) ? "••••••••" : hd_left_answer_get_text (answer);

  gtk_box_append (GTK_BOX (box), make_label (hd_left_answer_get_label (answer), "caption-heading"));
  gtk_box_append (GTK_BOX (box), make_label (text, NULL));
  gtk_box_append (GTK_BOX (box), make_buttons (self, answer));
  gtk_box_append (self->left_box, box);
}

static void
refresh (HdFormChanges *self)
{
  GListModel *left = get_left (self);
  gboolean changed = hd_form_model_get_form_changed (self->model);
  const char *const *labels = hd_form_model_get_new_labels (self->model);
  g_autofree char *names = labels != NULL && labels[0] != NULL ? g_strjoinv (", ", (char **) labels) : NULL;
  g_autofree char *text = names != NULL ? g_strdup_printf (_("New in the form: %s."), names) : NULL;
  guint n_left = g_list_model_get_n_items (left);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->left_box))) != NULL)
    gtk_box_remove (self->left_box, child);

  for (guint i = 0; i < n_left; i++)
    {
      g_autoptr (HdLeftAnswer) answer = g_list_model_get_item (left, i);

      append_answer (self, answer);
    }

  gtk_label_set_text (self->new_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->new_label), text != NULL);
  gtk_widget_set_visible (self->changed_label, changed);
  gtk_widget_set_visible (self->left_label, n_left > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->left_box), n_left > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), changed || n_left > 0);
}

static void
hd_form_changes_dispose (GObject *object)
{
  HdFormChanges *self = HD_FORM_CHANGES (object);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (hd_form_changes_parent_class)->dispose (object);
}

static void
hd_form_changes_class_init (HdFormChangesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_form_changes_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-form-changes.ui");
  gtk_widget_class_bind_template_child (widget_class, HdFormChanges, changed_label);
  gtk_widget_class_bind_template_child (widget_class, HdFormChanges, left_box);
  gtk_widget_class_bind_template_child (widget_class, HdFormChanges, left_label);
  gtk_widget_class_bind_template_child (widget_class, HdFormChanges, new_label);
}

static void
hd_form_changes_init (HdFormChanges *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @model: the form that is filled in */
void
hd_form_changes_set_model (HdFormChanges *self,
                           HdFormModel   *model)
{
  g_return_if_fail (HD_IS_FORM_CHANGES (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (get_left (self), self);

  g_set_object (&self->model, model);
  g_signal_connect_object (get_left (self), "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
