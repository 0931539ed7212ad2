/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-attacher.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-field-state.h"

/**
 * HdAttacher:
 *
 * Puts files, and pictures from the clipboard, into a draft.
 *
 *   add → queue → next ─┬→ query → file_queried_cb ─┬→ copy → file_copied_cb ─→ next
 *                       └→ encode (thread) → picture_encoded_cb ┴→ bytes_copied_cb ─→ next
 *
 * One after the other, so that each is held against the limits with those before
 * it counted.  It goes on when the page has gone: the file then is in the draft.
 *
 * Emits “begin” before the first copy, for the draft to be in the store by then,
 * “attached” (HdDraftFile) after each, and “changed” whenever one of the getters
 * would say something else.
 *
 * Lives on the main thread.
 */

typedef struct
{
  HdAttacher *attacher;   /* (owned) while it is under way */
  GFile      *file;       /* (owned) (nullable) */
  GdkTexture *picture;    /* (owned) (nullable) */
  char       *name;       /* (owned) (nullable) */
} Item;

struct _HdAttacher
{
  GObject       parent_instance;

  HdStore      *store;         /* (owned) */
  HdField      *field;         /* (owned) (nullable): NULL for a reply */
  HdPortalInfo *limits;        /* (owned) (nullable) */
  char         *draft_id;      /* (owned) (nullable) */
  GListModel   *files;         /* (owned) (nullable) (element-type HdDraftFile) */
  GQueue        queue;         /* (owned) (element-type Item) */
  Item         *item;          /* (unowned) (nullable): what is under way */
  GCancellable *cancellable;   /* (owned) (nullable): of what is under way */
  GString      *faults;        /* (owned): what was said of those that came in together */
  guint64       done;
  guint64       total;
};

G_DEFINE_FINAL_TYPE (HdAttacher, hd_attacher, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_BEGIN,
  SIGNAL_ATTACHED,
  SIGNAL_CHANGED,
  N_SIGNALS,
} HdAttacherSignal;

static guint signals[N_SIGNALS];

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->attacher);
  g_clear_object (&item->file);
  g_clear_object (&item->picture);
  g_clear_pointer (&item->name, g_free);
  g_free (item);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Item, item_free)

static void
emit_changed (HdAttacher *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_fault (HdAttacher *self,
           const char *fault)
{
  if (self->faults->len > 0)
    g_string_append_c (self->faults, '\n');

  g_string_append (self->faults, fault);
}

static void start_next (HdAttacher *self);

/* @fault: (nullable): why it is not in the draft, in words */
static void
end_item (Item       *ended,
          const char *fault)
{
  g_autoptr (Item) item = ended;
  HdAttacher *self = item->attacher;

  self->item = NULL;
  self->done = 0;
  self->total = 0;
  g_clear_object (&self->cancellable);

  if (fault != NULL)
    add_fault (self, fault);

  start_next (self);
  emit_changed (self);
}

static void
end_at_error (Item         *item,
              const GError *error)
{
  g_autofree char *fault = NULL;

  if (hd_error_is_cancelled (error))
    fault = NULL;
  else if (error->domain == HD_ERROR)
    fault = hd_error_dup_text (error);
  else if (item->name != NULL)
    fault = g_strdup_printf (_("“%s” could not be read."), item->name);
  else
    fault = g_strdup (_("The file could not be read."));

  end_item (item, fault);
}

/* Says so if the file would be one too many, too large or of a wrong kind. */
static gboolean
end_at_fault (Item       *item,
              const char *content_type,
              guint64     size)
{
  HdAttacher *self = item->attacher;
  g_autofree char *fault = hd_field_dup_file_fault (self->field, self->limits, self->files, item->name,
                                                    content_type, size);

  if (fault == NULL)
    return FALSE;

  end_item (item, fault);
  return TRUE;
}

static void
end_with_copy (Item         *item,
               HdDraftFile  *copy,
               const GError *error)
{
  if (copy == NULL)
    {
      end_at_error (item, error);
      return;
    }

  g_signal_emit (item->attacher, signals[SIGNAL_ATTACHED], 0, copy);
  end_item (item, NULL);
}

static const char *
get_field_id (HdAttacher *self)
{
  return self->field != NULL ? hd_field_get_id (self->field) : NULL;
}

/* --- A file --- */

static void
file_copied_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraftFile) copy = hd_store_add_draft_file_finish (HD_STORE (object), result, &error);

  end_with_copy (user_data, copy, error);
}

static void
copy_progressed_cb (guint64  done,
                    gpointer user_data)
{
  Item *item = user_data;

  item->attacher->done = done;
  emit_changed (item->attacher);
}

static void
copy_file (Item *item)
{
  HdAttacher *self = item->attacher;
  gint64 max_size = self->limits != NULL ? hd_portal_info_get_max_file_size (self->limits) : 0;

  g_signal_emit (self, signals[SIGNAL_BEGIN], 0);
  hd_store_add_draft_file_async (self->store, self->draft_id, get_field_id (self), item->file,
                                 (guint64) MAX (max_size, 0), copy_progressed_cb, item,
                                 self->cancellable, file_copied_cb, item);
  emit_changed (self);
}

static void
file_queried_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Item *item = user_data;
  HdAttacher *self = item->attacher;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  g_autofree char *content_type = NULL;

  if (info == NULL)
    {
      end_at_error (item, error);
      return;
    }

  g_free (item->name);
  item->name = g_strdup (g_file_info_get_display_name (info));

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_autofree char *fault = g_strdup_printf (_("“%s” is a folder. Attach the files that are in it."), item->name);

      end_item (item, fault);
      return;
    }

  content_type = g_file_info_get_content_type (info) != NULL
                   ? g_content_type_get_mime_type (g_file_info_get_content_type (info)) : NULL;
  self->total = (guint64) MAX (g_file_info_get_size (info), 0);

  if (!end_at_fault (item, content_type, self->total))
    copy_file (item);
}

static void
query_file (Item *item)
{
  g_autofree char *base_name = g_file_get_basename (item->file);

  item->name = base_name != NULL ? g_filename_display_name (base_name) : NULL;
  g_file_query_info_async (item->file,
                           G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME ","
                           G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                           G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                           G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, item->attacher->cancellable,
                           file_queried_cb, item);
}

/* --- A picture --- */

static void
bytes_copied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraftFile) copy = hd_store_add_draft_bytes_finish (HD_STORE (object), result, &error);

  end_with_copy (user_data, copy, error);
}

static void
picture_encoded_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Item *item = user_data;
  HdAttacher *self = item->attacher;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = g_task_propagate_pointer (G_TASK (result), &error);

  if (png == NULL)
    {
      end_at_error (item, error);
      return;
    }

  if (end_at_fault (item, "image/png", g_bytes_get_size (png)))
    return;

  g_signal_emit (self, signals[SIGNAL_BEGIN], 0);
  hd_store_add_draft_bytes_async (self->store, self->draft_id, get_field_id (self), item->name, "image/png", png,
                                  self->cancellable, bytes_copied_cb, item);
}

/* A screenshot takes a tenth of a second and more: not on the main loop. */
static void
encode_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (GDK_TEXTURE (task_data)),
                         (GDestroyNotify) g_bytes_unref);
}

static void
encode_picture (Item *item)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: part of the name of a file that is pasted: “Picture 2026-12-01 09.41.20.png” */
  g_autofree char *format = g_strconcat (_("Picture"), " %Y-%m-%d %H.%M.%S.png", NULL);
  g_autoptr (GTask) task = g_task_new (NULL, item->attacher->cancellable, picture_encoded_cb, item);

  item->name = g_date_time_format (now, format);
  g_task_set_source_tag (task, encode_picture);
  g_task_set_task_data (task, g_object_ref (item->picture), g_object_unref);
  g_task_run_in_thread (task, encode_in_thread);
}

/* --- The queue --- */

static void
start_next (HdAttacher *self)
{
  Item *item;

  if (self->item != NULL || (item = g_queue_pop_head (&self->queue)) == NULL)
    return;

  self->item = item;
  self->cancellable = g_cancellable_new ();
  item->attacher = g_object_ref (self);

  if (item->picture != NULL)
    encode_picture (item);
  else
    query_file (item);
}

/* What was said of an earlier lot is said no longer. */
static void
add_item (HdAttacher *self,
          Item       *item)
{
  if (self->item == NULL)
    g_string_truncate (self->faults, 0);

  g_queue_push_tail (&self->queue, item);
  start_next (self);
  emit_changed (self);
}

static void
hd_attacher_finalize (GObject *object)
{
  HdAttacher *self = HD_ATTACHER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->field);
  g_clear_object (&self->limits);
  g_clear_object (&self->files);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->draft_id, g_free);
  g_string_free (self->faults, TRUE);
  g_queue_clear_full (&self->queue, item_free);

  G_OBJECT_CLASS (hd_attacher_parent_class)->finalize (object);
}

static void
hd_attacher_class_init (HdAttacherClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hd_attacher_finalize;

  signals[SIGNAL_BEGIN] = g_signal_new ("begin", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ATTACHED] = g_signal_new ("attached", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, HD_TYPE_DRAFT_FILE);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_attacher_init (HdAttacher *self)
{
  g_queue_init (&self->queue);
  self->faults = g_string_new (NULL);
}

/**
 * hd_attacher_new:
 * @store: where drafts are kept
 * @field: (nullable): the field that the files answer; %NULL for a reply
 *
 * Returns: (transfer full): an attacher that needs a draft
 */
HdAttacher *
hd_attacher_new (HdStore *store,
                 HdField *field)
{
  HdAttacher *self;

  g_return_val_if_fail (HD_IS_STORE (store), NULL);

  self = g_object_new (HD_TYPE_ATTACHER, NULL);
  self->store = g_object_ref (store);
  g_set_object (&self->field, field);

  return self;
}

/**
 * hd_attacher_set_draft:
 * @self: an attacher with nothing under way
 * @draft_id: the draft that files are put into
 * @files: (element-type HdDraftFile): what it has already, kept up by its owner
 * @limits: (nullable): the portal's limits
 */
void
hd_attacher_set_draft (HdAttacher   *self,
                       const char   *draft_id,
                       GListModel   *files,
                       HdPortalInfo *limits)
{
  g_return_if_fail (HD_IS_ATTACHER (self));
  g_return_if_fail (self->item == NULL);
  g_return_if_fail (draft_id != NULL && G_IS_LIST_MODEL (files));

  g_free (self->draft_id);
  self->draft_id = g_strdup (draft_id);
  g_set_object (&self->files, files);
  g_set_object (&self->limits, limits);
}

/* @file: of any name, anywhere */
void
hd_attacher_add_file (HdAttacher *self,
                      GFile      *file)
{
  Item *item;

  g_return_if_fail (HD_IS_ATTACHER (self) && self->draft_id != NULL);
  g_return_if_fail (G_IS_FILE (file));

  item = g_new0 (Item, 1);
  item->file = g_object_ref (file);
  add_item (self, item);
}

void
hd_attacher_add_picture (HdAttacher *self,
                         GdkTexture *picture)
{
  Item *item;

  g_return_if_fail (HD_IS_ATTACHER (self) && self->draft_id != NULL);
  g_return_if_fail (GDK_IS_TEXTURE (picture));

  item = g_new0 (Item, 1);
  item->picture = g_object_ref (picture);
  add_item (self, item);
}

/* Nothing is left of what was under way; what is attached stays. */
void
hd_attacher_cancel (HdAttacher *self)
{
  g_return_if_fail (HD_IS_ATTACHER (self));

  g_queue_clear_full (&self->queue, item_free);
  g_cancellable_cancel (self->cancellable);
}

gboolean
hd_attacher_get_busy (HdAttacher *self)
{
  g_return_val_if_fail (HD_IS_ATTACHER (self), FALSE);
  return self->item != NULL;
}

/* Returns: (nullable): what is under way */
const char *
hd_attacher_get_name (HdAttacher *self)
{
  g_return_val_if_fail (HD_IS_ATTACHER (self), NULL);
  return self->item != NULL ? self->item->name : NULL;
}

/* The bytes of it that are copied. */
guint64
hd_attacher_get_done (HdAttacher *self)
{
  g_return_val_if_fail (HD_IS_ATTACHER (self), 0);
  return self->done;
}

/* All its bytes; 0 while that is not known. */
guint64
hd_attacher_get_total (HdAttacher *self)
{
  g_return_val_if_fail (HD_IS_ATTACHER (self), 0);
  return self->total;
}

/* Returns: (nullable): why files of this lot are not in the draft, in words, a line each */
const char *
hd_attacher_get_faults (HdAttacher *self)
{
  g_return_val_if_fail (HD_IS_ATTACHER (self), NULL);
  return self->faults->len > 0 ? self->faults->str : NULL;
}
