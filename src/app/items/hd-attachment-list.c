/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-attachment-list.h"

#include <glib/gi18n.h>

#include "hd-attachment.h"
#include "hd-compat.h"
#include "hd-error.h"
#include "hd-file-row.h"
#include "hd-launch.h"

/**
 * HdAttachmentList:
 *
 * The files of a request or of a message, each of which can be opened and saved.
 */

struct _HdAttachmentList
{
  AdwBin        parent_instance;

  HdSession    *session;          /* (owned) */
  GCancellable *cancellable;      /* (owned) */
  char         *request_id;       /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdAttachmentList, hd_attachment_list, ADW_TYPE_BIN)

/* One transfer: the row shows how far it is. */
typedef struct
{
  HdAttachmentList *list;         /* (unowned): looked at only when list_gone is not cancelled */
  GCancellable     *list_gone;    /* (owned): the list's */
  gulong            gone_handler;
  gulong            stop_handler;
  GCancellable     *cancellable;  /* (owned): by the person, or with the list */
  HdFileRow        *row;          /* (owned) */
  HdAttachment     *attachment;   /* (owned) */
  HdProgress       *progress;     /* (owned) */
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  g_cancellable_disconnect (transfer->list_gone, transfer->gone_handler);
  g_signal_handler_disconnect (transfer->row, transfer->stop_handler);
  g_clear_object (&transfer->list_gone);
  g_clear_object (&transfer->cancellable);
  g_clear_object (&transfer->row);
  g_clear_object (&transfer->attachment);
  g_clear_object (&transfer->progress);
  g_free (transfer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Transfer, transfer_free)

static void
progressed_cb (HdFileRow  *row,
               GParamSpec *pspec,
               HdProgress *progress)
{
  hd_file_row_set_progress (row, hd_progress_get_fraction (progress));
}

static void
list_gone_cb (GCancellable *list_gone,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static Transfer *
transfer_new (HdAttachmentList *list,
              HdFileRow        *row)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->list = list;
  transfer->row = g_object_ref (row);
  transfer->attachment = g_object_ref (g_object_get_data (G_OBJECT (row), "hd-attachment"));
  transfer->progress = hd_progress_new ();
  transfer->cancellable = g_cancellable_new ();
  transfer->list_gone = g_object_ref (list->cancellable);
  transfer->gone_handler = g_cancellable_connect (list->cancellable, G_CALLBACK (list_gone_cb),
                                                  g_object_ref (transfer->cancellable), g_object_unref);
  transfer->stop_handler = g_signal_connect_object (row, "stop", G_CALLBACK (g_cancellable_cancel),
                                                    transfer->cancellable, G_CONNECT_SWAPPED);
  g_signal_connect_object (transfer->progress, "notify::fraction", G_CALLBACK (progressed_cb), row, G_CONNECT_SWAPPED);
  return transfer;
}

/* Stopped by the person, it says nothing. */
static void
finish_transfer (Transfer     *transfer,
                 const GError *error)
{
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (transfer->list_gone))
    return;

  hd_file_row_clear_progress (transfer->row);
  if (error == NULL || hd_error_is_cancelled (error))
    return;

  text = hd_error_dup_text (error);
  hd_file_row_set_note (transfer->row, text);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Transfer) transfer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = hd_session_open_attachment_finish (HD_SESSION (object), result, &error);
  g_autofree char *uri = NULL;

  finish_transfer (transfer, error);
  if (file == NULL || g_cancellable_is_cancelled (transfer->cancellable))
    return;

  uri = g_file_get_uri (file);
  hd_launch_uri (GTK_WIDGET (transfer->row), uri);
}

static void
open_cb (HdAttachmentList *self,
         HdFileRow        *row)
{
  Transfer *transfer = transfer_new (self, row);

  hd_file_row_set_note (row, NULL);
  hd_session_open_attachment_async (self->session, self->request_id, transfer->attachment, transfer->progress,
                                    transfer->cancellable, opened_cb, transfer);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Transfer) transfer = user_data;
  g_autoptr (GError) error = NULL;

  if (hd_session_save_attachment_finish (HD_SESSION (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (transfer->row), "win.toast", "s", _("Saved"));

  finish_transfer (transfer, error);
}

static void
destination_chosen_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (Transfer) transfer = user_data;
  g_autoptr (GFile) file = hd_compat_save_file_finish (result, NULL);
  HdAttachmentList *self = transfer->list;
  HdAttachment *attachment = transfer->attachment;
  HdProgress *progress = transfer->progress;
  GCancellable *cancellable = transfer->cancellable;

  if (file == NULL)
    return;

  hd_session_save_attachment_async (self->session, self->request_id, attachment, file, progress,
                                    cancellable, saved_cb, g_steal_pointer (&transfer));
}

static void
save_cb (HdAttachmentList *self,
         HdFileRow        *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  hd_file_row_set_note (row, NULL);
  hd_compat_save_file_async (GTK_WINDOW (root), _("Save Attachment"), hd_file_row_get_name (row),
                             self->cancellable, destination_chosen_cb, transfer_new (self, row));
}

static void
append_row (HdAttachmentList *self,
            GtkListBox       *list_box,
            HdAttachment     *attachment)
{
  GtkWidget *row = hd_file_row_new (hd_attachment_get_name (attachment) != NULL ? hd_attachment_get_name (attachment)
                                                                                : hd_attachment_get_id (attachment),
                                    hd_attachment_get_content_type (attachment),
                                    (guint64) MAX (0, hd_attachment_get_size (attachment)),
                                    HD_FILE_ROW_OPEN | HD_FILE_ROW_SAVE);

  g_object_set_data_full (G_OBJECT (row), "hd-attachment", g_object_ref (attachment), g_object_unref);
  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (list_box, row);
  gtk_widget_set_focusable (gtk_widget_get_parent (row), FALSE);
}

static void
hd_attachment_list_dispose (GObject *object)
{
  HdAttachmentList *self = HD_ATTACHMENT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_attachment_list_parent_class)->dispose (object);
}

static void
hd_attachment_list_finalize (GObject *object)
{
  g_clear_pointer (&HD_ATTACHMENT_LIST (object)->request_id, g_free);

  G_OBJECT_CLASS (hd_attachment_list_parent_class)->finalize (object);
}

static void
hd_attachment_list_class_init (HdAttachmentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_attachment_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = hd_attachment_list_finalize;
}

static void
hd_attachment_list_init (HdAttachmentList *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * hd_attachment_list_new:
 * @session: where the files come from
 * @request_id: whose files they are
 * @attachments: (element-type HdAttachment): the files
 *
 * Returns: a boxed list
 */
GtkWidget *
hd_attachment_list_new (HdSession  *session,
                        const char *request_id,
                        GListModel *attachments)
{
  HdAttachmentList *self = g_object_new (HD_TYPE_ATTACHMENT_LIST, NULL);
  GtkWidget *list_box = gtk_list_box_new ();

  self->session = g_object_ref (session);
  self->request_id = g_strdup (request_id);

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (HdAttachment) attachment = g_list_model_get_item (attachments, i);

      append_row (self, GTK_LIST_BOX (list_box), attachment);
    }

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list_box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list_box, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list_box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Attachments"), -1);
  adw_bin_set_child (ADW_BIN (self), list_box);
  return GTK_WIDGET (self);
}
