/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-field-row.h"

#include <glib/gi18n-lib.h>

#include "hd-check-field.h"
#include "hd-date-field.h"
#include "hd-entry-field.h"
#include "hd-file-field.h"
#include "hd-note-field.h"
#include "hd-option-field.h"
#include "hd-text-field.h"
#include "hd-tick-field.h"

/**
 * HdFieldRow:
 *
 * A field of a form: its label over a control, below it what helps to fill it
 * in, what has become of it, and what is wrong with it, in words.
 *
 * The control is what the subclasses are about.  A control writes into the
 * model's #HdAnswers; the answers' change comes back as hd_field_row_refresh().
 */

typedef struct
{
  HdSession   *session;   /* (owned) (nullable) */
  HdFormModel *model;     /* (owned) */
  HdField     *field;     /* (owned) */
  GtkWidget   *input;     /* (unowned): what is described to a screen reader */
  gboolean     showing;

  /* Template objects */
  AdwBin      *control_bin;
  GtkLabel    *counter_label;
  GtkWidget   *error_box;
  GtkLabel    *error_label;
  GtkLabel    *hint_label;
  GtkWidget   *notice_box;
  GtkLabel    *notice_label;
  GtkWidget   *title_box;
  GtkLabel    *title_label;
} HdFieldRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HdFieldRow, hd_field_row, ADW_TYPE_BIN)

#define PRIVATE(self) ((HdFieldRowPrivate *) hd_field_row_get_instance_private (self))

typedef enum
{
  PROP_SESSION = 1,
  PROP_MODEL,
  PROP_FIELD,
} HdFieldRowProp;

static GParamSpec *properties[PROP_FIELD + 1];

static void
show_label (GtkLabel   *label,
            GtkWidget  *widget,
            const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (widget, text != NULL && *text != '\0');
}

static void
describe_input (HdFieldRow *self,
                const char *hint,
                const char *error)
{
  HdFieldRowPrivate *priv = PRIVATE (self);
  g_autofree char *description = g_strdup_printf ("%s%s%s", error != NULL ? error : "",
                                                  error != NULL && *hint != '\0' ? " " : "", hint);

  if (priv->input == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->input),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->input),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/**
 * hd_field_row_refresh:
 * @self: a row
 *
 * Shows the field as it is in the model now.
 */
void
hd_field_row_refresh (HdFieldRow *self)
{
  HdFieldRowPrivate *priv = PRIVATE (self);
  HdIssue *issue = hd_form_model_get_issue (priv->model, hd_field_get_id (priv->field));
  g_autofree char *title = hd_field_dup_title (priv->field);
  g_autofree char *hint = hd_field_dup_hint (priv->field, hd_form_model_get_limits (priv->model));
  g_autofree char *counter = hd_field_dup_counter (priv->field, hd_form_model_get_answers (priv->model));
  g_autofree char *error = issue != NULL ? hd_issue_dup_text (issue) : NULL;

  g_return_if_fail (HD_IS_FIELD_ROW (self));

  gtk_label_set_text (priv->title_label, title);
  show_label (priv->counter_label, GTK_WIDGET (priv->counter_label), counter);
  show_label (priv->hint_label, GTK_WIDGET (priv->hint_label), hint);
  show_label (priv->error_label, priv->error_box, error);
  show_label (priv->notice_label, priv->notice_box,
              hd_form_model_get_notice (priv->model, hd_field_get_id (priv->field)));

  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "invalid");

  describe_input (self, hint, error);

  priv->showing = TRUE;
  HD_FIELD_ROW_GET_CLASS (self)->show_answer (self);
  priv->showing = FALSE;
}

static void
focus_left_cb (HdFieldRow *self)
{
  HdFieldRowPrivate *priv = PRIVATE (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  hd_form_model_save (priv->model);

  /* Going to another window, or to a dialog of this field, is not leaving it. */
  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)))
    hd_form_model_check_field (priv->model, hd_field_get_id (priv->field));
}

static void
hd_field_row_show_answer (HdFieldRow *self)
{
}

static void
hd_field_row_constructed (GObject *object)
{
  HdFieldRow *self = HD_FIELD_ROW (object);

  G_OBJECT_CLASS (hd_field_row_parent_class)->constructed (object);

  HD_FIELD_ROW_GET_CLASS (self)->build (self);
  hd_field_row_refresh (self);
}

static void
hd_field_row_dispose (GObject *object)
{
  HdFieldRowPrivate *priv = PRIVATE (HD_FIELD_ROW (object));

  priv->input = NULL;
  g_clear_object (&priv->session);
  g_clear_object (&priv->model);
  g_clear_object (&priv->field);

  G_OBJECT_CLASS (hd_field_row_parent_class)->dispose (object);
}

static void
hd_field_row_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  HdFieldRowPrivate *priv = PRIVATE (HD_FIELD_ROW (object));

  switch ((HdFieldRowProp) prop_id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_MODEL:
      priv->model = g_value_dup_object (value);
      break;
    case PROP_FIELD:
      priv->field = g_value_dup_object (value);
      break;
    }
}

static void
hd_field_row_class_init (HdFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hd_field_row_constructed;
  object_class->dispose = hd_field_row_dispose;
  object_class->set_property = hd_field_row_set_property;

  klass->show_answer = hd_field_row_show_answer;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, HD_TYPE_SESSION,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODEL] =
    g_param_spec_object ("model", NULL, NULL, HD_TYPE_FORM_MODEL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIELD] =
    g_param_spec_object ("field", NULL, NULL, HD_TYPE_FIELD,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-field-row.ui");

  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, control_bin);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, counter_label);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, error_box);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, error_label);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, hint_label);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, notice_box);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, notice_label);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, title_box);
  gtk_widget_class_bind_template_child_private (widget_class, HdFieldRow, title_label);

  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);

  gtk_widget_class_set_css_name (widget_class, "fieldrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hd_field_row_init (HdFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GType
get_type_for_control (HdFieldControl control)
{
  switch (control)
    {
    case HD_FIELD_CONTROL_TEXT:
      return HD_TYPE_TEXT_FIELD;
    case HD_FIELD_CONTROL_DATE:
      return HD_TYPE_DATE_FIELD;
    case HD_FIELD_CONTROL_RADIO:
    case HD_FIELD_CONTROL_CHECKS:
      return HD_TYPE_CHECK_FIELD;
    case HD_FIELD_CONTROL_OPTIONS:
      return HD_TYPE_OPTION_FIELD;
    case HD_FIELD_CONTROL_TICK:
      return HD_TYPE_TICK_FIELD;
    case HD_FIELD_CONTROL_FILES:
      return HD_TYPE_FILE_FIELD;
    case HD_FIELD_CONTROL_NOTE:
      return HD_TYPE_NOTE_FIELD;
    case HD_FIELD_CONTROL_ENTRY:
    default:
      return HD_TYPE_ENTRY_FIELD;
    }
}

/**
 * hd_field_row_new:
 * @session: (nullable): where options are searched
 * @model: a form being filled in
 * @field: one of its fields
 *
 * Returns: the row for this kind of field
 */
GtkWidget *
hd_field_row_new (HdSession   *session,
                  HdFormModel *model,
                  HdField     *field)
{
  return g_object_new (get_type_for_control (hd_field_pick_control (field)),
                       "session", session,
                       "model", model,
                       "field", field,
                       NULL);
}

HdFormModel *
hd_field_row_get_model (HdFieldRow *self)
{
  return PRIVATE (self)->model;
}

HdAnswers *
hd_field_row_get_answers (HdFieldRow *self)
{
  return hd_form_model_get_answers (PRIVATE (self)->model);
}

HdField *
hd_field_row_get_field (HdFieldRow *self)
{
  return PRIVATE (self)->field;
}

const char *
hd_field_row_get_id (HdFieldRow *self)
{
  return hd_field_get_id (PRIVATE (self)->field);
}

/* Returns: (transfer none) (nullable) */
HdSession *
hd_field_row_get_session (HdFieldRow *self)
{
  return PRIVATE (self)->session;
}

/* Returns: (transfer none) (nullable): what takes the focus and the name of the field */
GtkWidget *
hd_field_row_get_input (HdFieldRow *self)
{
  return PRIVATE (self)->input;
}

/* Of a list of boxes to tick the one that is ticked, else the first. */
static GtkWidget *
find_focusable (GtkWidget *input)
{
  GtkWidget *first = GTK_IS_BOX (input) ? gtk_widget_get_first_child (input) : input;

  for (GtkWidget *child = first; GTK_IS_BOX (input) && child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_CHECK_BUTTON (child) && gtk_check_button_get_active (GTK_CHECK_BUTTON (child)))
        return child;
    }

  return first;
}

/* Puts the focus into the control, also before it has its place on the screen;
 * FALSE if there is nothing to put it into. */
gboolean
hd_field_row_take_focus (HdFieldRow *self)
{
  GtkWidget *target = PRIVATE (self)->input != NULL ? find_focusable (PRIVATE (self)->input) : NULL;

  return target != NULL && gtk_widget_grab_focus (target);
}

/**
 * hd_field_row_set_control:
 * @self: a row
 * @control: what to show under the label
 * @input: (nullable): the part of @control that takes the focus, which the label names
 */
void
hd_field_row_set_control (HdFieldRow *self,
                          GtkWidget  *control,
                          GtkWidget  *input)
{
  HdFieldRowPrivate *priv = PRIVATE (self);

  adw_bin_set_child (priv->control_bin, control);
  priv->input = input;

  if (input == NULL)
    return;

  gtk_label_set_mnemonic_widget (priv->title_label, input);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (input),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, priv->title_label, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, priv->error_label, priv->hint_label, NULL,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (input),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, hd_field_get_label (priv->field),
                                  -1);

  if (GTK_IS_EDITABLE (input) || GTK_IS_TEXT_VIEW (input))
    gtk_accessible_update_property (GTK_ACCESSIBLE (input),
                                    GTK_ACCESSIBLE_PROPERTY_REQUIRED, hd_field_get_required (priv->field),
                                    -1);
}

/* For a control that says its label itself. */
void
hd_field_row_hide_title (HdFieldRow *self)
{
  gtk_widget_set_visible (PRIVATE (self)->title_box, FALSE);
}

/* Whether the control is being given the answer, so that its changes are not the person's. */
gboolean
hd_field_row_is_showing (HdFieldRow *self)
{
  return PRIVATE (self)->showing;
}
