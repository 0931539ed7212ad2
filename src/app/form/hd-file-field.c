/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-file-field.h"

#include "hd-attach-bar.h"
#include "hd-attacher.h"
#include "hd-draft-file-row.h"
#include "hd-drop-zone.h"

/**
 * HdFileField:
 *
 * Files: a place to bring them, and a row for each that is in the draft.
 */

struct _HdFileField
{
  HdFieldRow    parent_instance;

  HdAttacher   *attacher;      /* (owned) (nullable): NULL where nothing can be kept */
  GListModel   *shown;         /* (owned) (nullable) (element-type HdDraftFile): those of the rows */

  HdDropZone   *drop_zone;     /* (unowned) */
  GtkWidget    *list;          /* (unowned) */
  GtkWidget    *attach_bar;    /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdFileField, hd_file_field, HD_TYPE_FIELD_ROW)

static void
attacher_changed_cb (HdFileField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  HdFormModel *model = hd_field_row_get_model (row);
  const char *faults = hd_attacher_get_faults (self->attacher);

  if (g_strcmp0 (faults, hd_form_model_get_notice (model, hd_field_row_get_id (row))) != 0)
    hd_form_model_set_notice (model, hd_field_row_get_id (row), faults);
}

static void
file_came_cb (HdFileField *self,
              GFile       *file)
{
  if (self->attacher != NULL)
    hd_attacher_add_file (self->attacher, file);
}

static void
picture_came_cb (HdFileField *self,
                 GdkTexture  *picture)
{
  if (self->attacher != NULL)
    hd_attacher_add_picture (self->attacher, picture);
}

static void
remove_cb (HdFileField *self,
           HdFileRow   *file_row)
{
  gtk_widget_grab_focus (hd_drop_zone_get_button (self->drop_zone));
  hd_form_model_drop_file (hd_field_row_get_model (HD_FIELD_ROW (self)), hd_draft_file_row_get_file (file_row));
}

static GtkWidget *
make_file_row (HdFileField *self,
               HdDraftFile *file)
{
  GtkWidget *row = hd_draft_file_row_new (file);

  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
build_attacher (HdFileField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  HdFormModel *model = hd_field_row_get_model (row);

  if (hd_form_model_get_store (model) == NULL)
    return;

  self->attacher = hd_attacher_new (hd_form_model_get_store (model), hd_field_row_get_field (row));
  hd_form_model_follow_attacher (model, self->attacher);
  hd_attach_bar_set_attacher (HD_ATTACH_BAR (self->attach_bar), self->attacher);
  g_signal_connect_object (self->attacher, "changed", G_CALLBACK (attacher_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
hd_file_field_build (HdFieldRow *row)
{
  HdFileField *self = HD_FILE_FIELD (row);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->drop_zone = HD_DROP_ZONE (hd_drop_zone_new ());
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->list, "file-list");
  self->attach_bar = hd_attach_bar_new ();
  build_attacher (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->drop_zone));
  gtk_box_append (GTK_BOX (box), self->attach_bar);
  gtk_box_append (GTK_BOX (box), self->list);

  g_signal_connect_object (self->drop_zone, "file", G_CALLBACK (file_came_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drop_zone, "picture", G_CALLBACK (picture_came_cb), self, G_CONNECT_SWAPPED);
  hd_field_row_set_control (row, box, hd_drop_zone_get_button (self->drop_zone));
}

/* Returns: (transfer full) (element-type HdDraftFile): the files of this field */
static GListModel *
dup_own_files (HdFileField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  GListModel *files = hd_form_model_get_files (hd_field_row_get_model (row));
  GListStore *own = g_list_store_new (HD_TYPE_DRAFT_FILE);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (hd_draft_file_get_field_id (file), hd_field_row_get_id (row)) == 0)
        g_list_store_append (own, file);
    }

  return G_LIST_MODEL (own);
}

static gboolean
are_same_files (GListModel *a,
                GListModel *b)
{
  guint n = g_list_model_get_n_items (b);

  if (a == NULL || g_list_model_get_n_items (a) != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) file_a = g_list_model_get_item (a, i);
      g_autoptr (GObject) file_b = g_list_model_get_item (b, i);

      if (file_a != file_b)
        return FALSE;
    }

  return TRUE;
}

static void
hd_file_field_show_answer (HdFieldRow *row)
{
  HdFileField *self = HD_FILE_FIELD (row);
  g_autoptr (GListModel) files = dup_own_files (self);

  if (are_same_files (self->shown, files))
    return;

  while (gtk_widget_get_first_child (self->list) != NULL)
    gtk_box_remove (GTK_BOX (self->list), gtk_widget_get_first_child (self->list));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      gtk_box_append (GTK_BOX (self->list), make_file_row (self, file));
    }

  gtk_widget_set_visible (self->list, g_list_model_get_n_items (files) > 0);
  g_set_object (&self->shown, files);
}

static void
hd_file_field_dispose (GObject *object)
{
  HdFileField *self = HD_FILE_FIELD (object);

  g_clear_object (&self->attacher);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (hd_file_field_parent_class)->dispose (object);
}

static void
hd_file_field_class_init (HdFileFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  object_class->dispose = hd_file_field_dispose;
  row_class->build = hd_file_field_build;
  row_class->show_answer = hd_file_field_show_answer;
}

static void
hd_file_field_init (HdFileField *self)
{
}

/* Attaches the files or the picture in the clipboard; FALSE if there is none. */
gboolean
hd_file_field_paste (HdFileField *self)
{
  g_return_val_if_fail (HD_IS_FILE_FIELD (self), FALSE);
  return hd_drop_zone_paste (self->drop_zone);
}
