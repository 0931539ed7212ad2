/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-file-field.h"

#include <glib/gi18n-lib.h>

#include "hd-attach.h"
#include "hd-drop-zone.h"
#include "hd-error.h"
#include "hd-file-row.h"

/**
 * HdFileField:
 *
 * Files: a place to bring them, and a row for each that is in the draft.
 */

struct _HdFileField
{
  HdFieldRow    parent_instance;

  GCancellable *cancellable;   /* (owned) */
  GListModel   *shown;         /* (owned) (nullable) (element-type HdDraftFile): those of the rows */
  GString      *faults;        /* (owned): what was said of files that came in together */
  guint         n_attaching;

  HdDropZone   *drop_zone;     /* (unowned) */
  GtkWidget    *list;          /* (unowned) */
  GtkWidget    *busy_box;      /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdFileField, hd_file_field, HD_TYPE_FIELD_ROW)

static void
show_busy (HdFileField *self)
{
  gtk_widget_set_visible (self->busy_box, self->n_attaching > 0);
}

/* The faults of one lot stay together, also when a later file of it comes well through. */
static void
tell_fault (HdFileField *self,
            const char  *fault)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  if (fault != NULL && self->faults->len > 0)
    g_string_append_c (self->faults, '\n');
  if (fault != NULL)
    g_string_append (self->faults, fault);

  hd_form_model_set_notice (hd_field_row_get_model (row), hd_field_row_get_id (row), self->faults->str);
}

static void
attached_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  HdFileField *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;
  gboolean attached = hd_attach_finish (result, &fault, &error);

  if (hd_error_is_cancelled (error))
    return;

  self->n_attaching--;
  show_busy (self);

  if (!attached && fault == NULL)
    fault = error->domain == HD_ERROR ? hd_error_dup_text (error) : g_strdup (_("The file could not be read."));

  if (fault != NULL || self->faults->len > 0)
    tell_fault (self, fault);

  if (self->n_attaching == 0)
    g_string_truncate (self->faults, 0);
}

static void
begin_attaching (HdFileField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  if (self->n_attaching == 0)
    hd_form_model_set_notice (hd_field_row_get_model (row), hd_field_row_get_id (row), NULL);

  self->n_attaching++;
  show_busy (self);
}

static void
file_came_cb (HdFileField *self,
              GFile       *file)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  if (hd_form_model_get_store (hd_field_row_get_model (row)) == NULL)
    return;

  begin_attaching (self);
  hd_attach_file_async (hd_field_row_get_model (row), hd_field_row_get_field (row), file,
                        self->cancellable, attached_cb, self);
}

static void
picture_came_cb (HdFileField *self,
                 GdkTexture  *picture)
{
  HdFieldRow *row = HD_FIELD_ROW (self);

  if (hd_form_model_get_store (hd_field_row_get_model (row)) == NULL)
    return;

  begin_attaching (self);
  hd_attach_picture_async (hd_field_row_get_model (row), hd_field_row_get_field (row), picture,
                           self->cancellable, attached_cb, self);
}

static void
remove_cb (HdFileField *self,
           HdFileRow   *file_row)
{
  HdDraftFile *file = g_object_get_data (G_OBJECT (file_row), "hd-draft-file");

  gtk_widget_grab_focus (hd_drop_zone_get_button (self->drop_zone));
  hd_form_model_drop_file (hd_field_row_get_model (HD_FIELD_ROW (self)), file);
}

static void
open_cb (HdFileField *self,
         HdFileRow   *file_row)
{
  HdDraftFile *file = g_object_get_data (G_OBJECT (file_row), "hd-draft-file");
  g_autofree char *uri = NULL;

  if (hd_draft_file_get_path (file) == NULL)
    return;

  uri = g_filename_to_uri (hd_draft_file_get_path (file), NULL, NULL);
  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static GtkWidget *
make_file_row (HdFileField *self,
               HdDraftFile *file)
{
  GtkWidget *row = hd_file_row_new (hd_draft_file_get_name (file), hd_draft_file_get_content_type (file),
                                    (guint64) MAX (hd_draft_file_get_size (file), 0),
                                    HD_FILE_ROW_OPEN | HD_FILE_ROW_REMOVE);
  g_autoptr (GFile) stored = hd_draft_file_get_path (file) != NULL
                               ? g_file_new_for_path (hd_draft_file_get_path (file)) : NULL;

  if (stored != NULL)
    hd_file_row_set_thumbnail (HD_FILE_ROW (row), stored);

  g_object_set_data_full (G_OBJECT (row), "hd-draft-file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
build_busy_box (HdFileField *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  self->busy_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->busy_box), spinner);
  gtk_box_append (GTK_BOX (self->busy_box), gtk_label_new (_("Copying the files into the draft…")));
  gtk_widget_set_visible (self->busy_box, FALSE);
}

static void
hd_file_field_build (HdFieldRow *row)
{
  HdFileField *self = HD_FILE_FIELD (row);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->drop_zone = HD_DROP_ZONE (hd_drop_zone_new ());
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->list, "file-list");
  build_busy_box (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->drop_zone));
  gtk_box_append (GTK_BOX (box), self->busy_box);
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

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (hd_file_field_parent_class)->dispose (object);
}

static void
hd_file_field_finalize (GObject *object)
{
  g_string_free (HD_FILE_FIELD (object)->faults, TRUE);

  G_OBJECT_CLASS (hd_file_field_parent_class)->finalize (object);
}

static void
hd_file_field_class_init (HdFileFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  object_class->dispose = hd_file_field_dispose;
  object_class->finalize = hd_file_field_finalize;
  row_class->build = hd_file_field_build;
  row_class->show_answer = hd_file_field_show_answer;
}

static void
hd_file_field_init (HdFileField *self)
{
  self->cancellable = g_cancellable_new ();
  self->faults = g_string_new (NULL);
}

/* Attaches the files or the picture in the clipboard; FALSE if there is none. */
gboolean
hd_file_field_paste (HdFileField *self)
{
  g_return_val_if_fail (HD_IS_FILE_FIELD (self), FALSE);
  return hd_drop_zone_paste (self->drop_zone);
}
