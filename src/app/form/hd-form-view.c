/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-view.h"

#include "hd-field-row.h"
#include "hd-file-field.h"

/* A long form is made a few rows at a time, so that no turn of the main loop takes long. */
#define ROWS_AT_ONCE 5
#define ROWS_A_TURN 2

/**
 * HdFormView:
 *
 * The fields of a form, each section of them a box under its heading.  Fields
 * come and go with the answers on which they depend; a hidden row keeps what
 * was filled in.
 */

struct _HdFormView
{
  AdwBin       parent_instance;

  HdSession   *session;        /* (owned) (nullable) */
  HdFormModel *model;          /* (owned) (nullable) */
  GHashTable  *rows;           /* (owned) (element-type utf8 HdFieldRow): by field */
  GPtrArray   *sections;       /* (owned) (element-type GtkWidget): the boxes with their headings */
  guint        n_made;         /* of the form's fields, from the first on */
  guint        make_source;

  GtkWidget   *box;            /* (unowned) */
  GtkWidget   *card;           /* (unowned) (nullable): of the section that is being made */
  const char  *heading;        /* (unowned) (nullable): of that section */
};

G_DEFINE_FINAL_TYPE (HdFormView, hd_form_view, ADW_TYPE_BIN)

static void
field_changed_cb (HdFormView *self,
                  const char *field_id)
{
  HdFieldRow *row = g_hash_table_lookup (self->rows, field_id);

  if (row != NULL)
    hd_field_row_refresh (row);
}

/* A line above each row but the first that is seen; FALSE if none is. */
static gboolean
separate_rows (GtkWidget *card)
{
  gboolean has_visible = FALSE;

  for (GtkWidget *row = gtk_widget_get_first_child (card); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (!gtk_widget_get_visible (row))
        continue;

      if (has_visible)
        gtk_widget_add_css_class (row, "separated");
      else
        gtk_widget_remove_css_class (row, "separated");

      has_visible = TRUE;
    }

  return has_visible;
}

static void
refresh_visibility (HdFormView *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    gtk_widget_set_visible (row, hd_form_model_is_visible (self->model, hd_field_row_get_field (row)));

  for (guint i = 0; i < self->sections->len; i++)
    {
      GtkWidget *section = g_ptr_array_index (self->sections, i);

      gtk_widget_set_visible (section, separate_rows (gtk_widget_get_last_child (section)));
    }
}

/* Returns: (transfer none): the card that the section's rows go into */
static GtkWidget *
append_section (HdFormView *self,
                const char *heading)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *card = g_object_new (GTK_TYPE_BOX,
                                  "orientation", GTK_ORIENTATION_VERTICAL,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                  NULL);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "form-section");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);

  if (heading != NULL && *heading != '\0')
    {
      GtkWidget *label = gtk_label_new (heading);

      gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "heading");
      gtk_box_append (GTK_BOX (section), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
    }

  gtk_box_append (GTK_BOX (section), card);
  gtk_box_append (GTK_BOX (self->box), section);
  g_ptr_array_add (self->sections, section);

  return card;
}

/* A field without a section belongs to the one before it. */
static void
append_row (HdFormView *self,
            HdField    *field)
{
  GtkWidget *row = hd_field_row_new (self->session, self->model, field);

  if (self->card == NULL || (hd_field_get_section (field) != NULL &&
                             g_strcmp0 (hd_field_get_section (field), self->heading) != 0))
    {
      self->heading = hd_field_get_section (field);
      self->card = append_section (self, self->heading);
    }

  gtk_box_append (GTK_BOX (self->card), row);
  g_hash_table_replace (self->rows, g_strdup (hd_field_get_id (field)), row);
}

/* FALSE when all are made. */
static gboolean
make_rows (HdFormView *self,
           guint       n_rows)
{
  GListModel *fields = hd_form_get_fields (hd_form_model_get_form (self->model));
  guint n_fields = g_list_model_get_n_items (fields);

  for (; n_rows > 0 && self->n_made < n_fields; n_rows--, self->n_made++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, self->n_made);

      append_row (self, field);
    }

  refresh_visibility (self);
  return self->n_made < n_fields;
}

static gboolean
make_due_cb (gpointer user_data)
{
  HdFormView *self = user_data;

  if (make_rows (self, ROWS_A_TURN))
    return G_SOURCE_CONTINUE;

  self->make_source = 0;
  return G_SOURCE_REMOVE;
}

/* For who needs a certain row now. */
static void
make_all (HdFormView *self)
{
  g_clear_handle_id (&self->make_source, g_source_remove);

  if (self->model != NULL)
    make_rows (self, G_MAXUINT);
}

static void
clear (HdFormView *self)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);

  g_clear_handle_id (&self->make_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_hash_table_remove_all (self->rows);
  g_ptr_array_set_size (self->sections, 0);
  self->card = NULL;
  self->heading = NULL;
  self->n_made = 0;
}

static void
hd_form_view_dispose (GObject *object)
{
  HdFormView *self = HD_FORM_VIEW (object);

  clear (self);

  G_OBJECT_CLASS (hd_form_view_parent_class)->dispose (object);
}

static void
hd_form_view_finalize (GObject *object)
{
  HdFormView *self = HD_FORM_VIEW (object);

  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->sections);

  G_OBJECT_CLASS (hd_form_view_parent_class)->finalize (object);
}

static void
hd_form_view_class_init (HdFormViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_form_view_dispose;
  object_class->finalize = hd_form_view_finalize;
}

static void
hd_form_view_init (HdFormView *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sections = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
hd_form_view_new (void)
{
  return g_object_new (HD_TYPE_FORM_VIEW, NULL);
}

/**
 * hd_form_view_set_model:
 * @self: a view
 * @session: (nullable): where options are searched
 * @model: the form to show
 */
void
hd_form_view_set_model (HdFormView  *self,
                        HdSession   *session,
                        HdFormModel *model)
{
  g_return_if_fail (HD_IS_FORM_VIEW (self));
  g_return_if_fail (HD_IS_FORM_MODEL (model));

  clear (self);
  while (gtk_widget_get_first_child (self->box) != NULL)
    gtk_box_remove (GTK_BOX (self->box), gtk_widget_get_first_child (self->box));

  self->model = g_object_ref (model);
  g_set_object (&self->session, session);

  if (make_rows (self, ROWS_AT_ONCE))
    self->make_source = g_idle_add (make_due_cb, self);

  g_signal_connect_object (model, "field-changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "visibility-changed", G_CALLBACK (refresh_visibility), self, G_CONNECT_SWAPPED);
}

/* Returns: (transfer none) (nullable): the row of a field */
GtkWidget *
hd_form_view_get_row (HdFormView *self,
                      const char *field_id)
{
  g_return_val_if_fail (HD_IS_FORM_VIEW (self), NULL);

  make_all (self);
  return g_hash_table_lookup (self->rows, field_id);
}

static gboolean
focus_first (HdFormView *self,
             gboolean    of_empty)
{
  GListModel *fields = hd_form_get_fields (hd_form_model_get_form (self->model));
  HdAnswers *answers = hd_form_model_get_answers (self->model);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      GtkWidget *row = g_hash_table_lookup (self->rows, hd_field_get_id (field));

      if (of_empty && hd_answers_has (answers, hd_field_get_id (field)))
        continue;

      /* What is not made yet is far from the beginning. */
      if (row != NULL && gtk_widget_get_visible (row) && hd_field_row_take_focus (HD_FIELD_ROW (row)))
        return TRUE;
    }

  return FALSE;
}

/* Puts the focus into a field; NULL: into the first. */
void
hd_form_view_focus_field (HdFormView *self,
                          const char *field_id)
{
  GtkWidget *row;

  g_return_if_fail (HD_IS_FORM_VIEW (self));

  if (self->model == NULL)
    return;

  row = field_id != NULL ? hd_form_view_get_row (self, field_id) : NULL;

  if (row != NULL)
    hd_field_row_take_focus (HD_FIELD_ROW (row));
  else
    focus_first (self, FALSE);
}

/* Puts the focus where there is something left to fill in; else into the first field. */
void
hd_form_view_focus_empty (HdFormView *self)
{
  g_return_if_fail (HD_IS_FORM_VIEW (self));

  if (self->model != NULL && !focus_first (self, TRUE))
    focus_first (self, FALSE);
}

/* Attaches what is in the clipboard to the first field for files; FALSE if there is none of either. */
gboolean
hd_form_view_paste (HdFormView *self)
{
  GListModel *fields;

  g_return_val_if_fail (HD_IS_FORM_VIEW (self), FALSE);

  if (self->model == NULL)
    return FALSE;

  make_all (self);
  fields = hd_form_get_fields (hd_form_model_get_form (self->model));

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      GtkWidget *row = g_hash_table_lookup (self->rows, hd_field_get_id (field));

      if (HD_IS_FILE_FIELD (row) && gtk_widget_get_visible (row))
        return hd_file_field_paste (HD_FILE_FIELD (row));
    }

  return FALSE;
}
