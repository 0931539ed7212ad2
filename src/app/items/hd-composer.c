/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-composer.h"

#include <glib/gi18n.h>

#include "hd-attach-bar.h"
#include "hd-attacher.h"
#include "hd-compat.h"
#include "hd-draft-bin.h"
#include "hd-draft-file-row.h"
#include "hd-error.h"
#include "hd-field-state.h"
#include "hd-file-inlet.h"

/**
 * HdComposer:
 *
 * Writes a reply.  What is typed is a draft on disk a moment later, files and
 * all, and is there again when the request is opened next.  Files come in by the
 * button, are dropped anywhere on it, or pasted.
 */

/* A person may lose at most three seconds; the disk is left alone between keys. */
#define SAVE_DELAY_MS 1200

struct _HdComposer
{
  AdwBin          parent_instance;

  HdAttachBar    *attach_bar;
  GtkListBox     *file_list;
  GtkLabel       *limits_label;
  GtkLabel       *note_label;
  GtkButton      *send_button;
  GtkTextView    *text_view;

  HdSession      *session;          /* (owned) (nullable) before open */
  GCancellable   *cancellable;      /* (owned) */
  HdFileInlet    *inlet;            /* (owned) */
  HdAttacher     *attacher;         /* (owned) (nullable) before open */
  HdDraft        *draft;            /* (owned) (nullable) */
  char           *request_id;       /* (owned) (nullable) */
  char           *request_number;   /* (owned) (nullable) */
  char           *subject;          /* (owned) (nullable) */
  guint           save_id;
  gboolean        unsaved;          /* what is typed or attached is not on its way to the disk */
  gboolean        sending;
};

G_DEFINE_FINAL_TYPE (HdComposer, hd_composer, ADW_TYPE_BIN)

static HdStore *
get_store (HdComposer *self)
{
  return hd_session_get_store (self->session);
}

static char *
dup_text (HdComposer *self)
{
  g_autofree char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->text_view), "text", &text, NULL);
  return g_steal_pointer (&text);
}

static gboolean
has_words (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped != '\0';
}

static void
show_error (HdComposer   *self,
            const GError *error)
{
  g_autofree char *text = hd_error_dup_text (error);

  gtk_label_set_label (self->note_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), TRUE);
}

/* For what goes on when the composer has gone. */
static gboolean
is_gone (HdComposer *self)
{
  return self->session == NULL;
}

static void
refresh_button (HdComposer *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button),
                            self->draft != NULL && !self->sending && has_words (text) &&
                            !hd_attacher_get_busy (self->attacher));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HdComposer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (hd_store_save_draft_finish (HD_STORE (object), result, &error) || is_gone (self))
    return;

  /* Tried again with the next change, and on leaving. */
  self->unsaved = TRUE;
  show_error (self, error);
}

static void
save_due_cb (gpointer user_data)
{
  HdComposer *self = user_data;

  self->save_id = 0;
  hd_composer_save (self);
}

static void
text_changed_cb (HdComposer *self)
{
  refresh_button (self);
  self->unsaved = TRUE;
  if (self->draft != NULL && self->save_id == 0)
    self->save_id = g_timeout_add_once (SAVE_DELAY_MS, save_due_cb, self);
}

static void fill_files (HdComposer *self);

static void
file_removed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HdComposer *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hd_store_remove_draft_file_finish (HD_STORE (object), result, &error) && !hd_error_is_cancelled (error))
    show_error (self, error);
}

static void
remove_file_cb (HdComposer *self,
                HdFileRow  *row)
{
  HdDraftFile *file = hd_draft_file_row_get_file (row);
  GListStore *files = G_LIST_STORE (hd_draft_get_files (self->draft));
  guint position;

  /* What is being sent is settled. */
  if (self->sending)
    return;

  hd_store_remove_draft_file_async (get_store (self), hd_draft_get_id (self->draft), hd_draft_file_get_id (file),
                                    self->cancellable, file_removed_cb, self);
  if (g_list_store_find (files, file, &position))
    g_list_store_remove (files, position);
  fill_files (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  hd_composer_save (self);
}

static void
fill_files (HdComposer *self)
{
  GListModel *files = hd_draft_get_files (self->draft);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->file_list))) != NULL)
    gtk_list_box_remove (self->file_list, child);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);
      GtkWidget *row = hd_draft_file_row_new (file);

      g_signal_connect_object (row, "remove", G_CALLBACK (remove_file_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->file_list, row);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->file_list), gtk_widget_get_first_child (GTK_WIDGET (self->file_list)) != NULL);
}

static void
set_draft (HdComposer *self,
           HdDraft    *draft)
{
  g_set_object (&self->draft, draft);
  hd_attacher_set_draft (self->attacher, hd_draft_get_id (draft), hd_draft_get_files (draft),
                         hd_session_get_info (self->session));
}

static void
begin_draft (HdComposer *self)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GListStore) files = g_list_store_new (HD_TYPE_DRAFT_FILE);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (HdDraft) draft = g_object_new (HD_TYPE_DRAFT,
                                            "id", id,
                                            "request-id", self->request_id,
                                            "request-number", self->request_number,
                                            "title", self->subject,
                                            "files", files,
                                            "created-at", now,
                                            NULL);

  set_draft (self, draft);
}

/* Somebody quick may have begun to type while the store was asked: neither text is to be lost. */
static void
take_kept_text (HdComposer *self,
                const char *kept)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *typed = dup_text (self);
  GtkTextIter start;

  if (kept != NULL && *kept != '\0')
    {
      gtk_text_buffer_get_start_iter (buffer, &start);
      if (*typed != '\0')
        gtk_text_buffer_insert (buffer, &start, "\n", 1);
      gtk_text_buffer_get_start_iter (buffer, &start);
      gtk_text_buffer_insert (buffer, &start, kept, -1);
    }

  self->unsaved = *typed != '\0';
}

static void
draft_found_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdComposer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraft) draft = hd_store_find_draft_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (draft != NULL)
    {
      hd_draft_bin_take_back (hd_draft_bin_get_for_store (HD_STORE (object)), hd_draft_get_id (draft));
      set_draft (self, draft);
    }
  else
    {
      begin_draft (self);
    }

  take_kept_text (self, hd_draft_get_text (self->draft));
  if (self->unsaved)
    hd_composer_save (self);

  fill_files (self);
  refresh_button (self);
}

static void save_draft (HdComposer *self);

/* The draft has to be there for a file to be put into it, be it without a word. */
static void
attaching_begins_cb (HdComposer *self)
{
  if (hd_draft_get_updated_at (self->draft) == NULL)
    save_draft (self);
}

static void
attached_cb (HdComposer  *self,
             HdDraftFile *file)
{
  g_list_store_append (G_LIST_STORE (hd_draft_get_files (self->draft)), file);
  fill_files (self);
}

static void
attacher_changed_cb (HdComposer *self)
{
  const char *faults = hd_attacher_get_faults (self->attacher);

  gtk_label_set_label (self->note_label, faults != NULL ? faults : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), faults != NULL);
  refresh_button (self);
}

/* Not while it is being sent: what is sent is settled. */
static gboolean
can_attach (HdComposer *self)
{
  return self->draft != NULL && !self->sending;
}

static void
file_came_cb (HdComposer *self,
              GFile      *file)
{
  if (can_attach (self))
    hd_attacher_add_file (self->attacher, file);
}

static void
picture_came_cb (HdComposer *self,
                 GdkTexture *picture)
{
  if (can_attach (self))
    hd_attacher_add_picture (self->attacher, picture);
}

static gboolean
paste_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  return hd_file_inlet_paste (HD_COMPOSER (user_data)->inlet);
}

static void
files_chosen_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HdComposer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = hd_compat_open_files_finish (result, &error);

  if (files != NULL)
    hd_file_inlet_take_files (self->inlet, files);
}

static void
attach_clicked_cb (HdComposer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self->note_label), FALSE);
  hd_compat_open_files_async (GTK_WINDOW (root), _("Attach Files"), self->cancellable, files_chosen_cb, self);
}

static void
submitted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HdComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept = hd_session_submit_finish (HD_SESSION (object), result, &error);

  if (is_gone (self))
    return;

  self->sending = FALSE;
  if (kept)
    {
      begin_draft (self);
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", 0);
      fill_files (self);
    }
  else
    {
      show_error (self, error);
    }

  gtk_text_view_set_editable (self->text_view, TRUE);
  refresh_button (self);
}

static void
send_clicked_cb (HdComposer *self)
{
  g_autoptr (HdSubmission) submission = NULL;
  g_autofree char *text = dup_text (self);

  if (self->sending || self->draft == NULL || !has_words (text) || hd_attacher_get_busy (self->attacher))
    return;

  gtk_text_view_set_editable (self->text_view, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), FALSE);

  /* On the disk before it is in the outbox: it may not get there. */
  hd_composer_save (self);

  self->sending = TRUE;
  refresh_button (self);
  g_object_set (self->draft, "text", text, NULL);
  submission = g_object_new (HD_TYPE_SUBMISSION,
                             "action", HD_ACTION_REPLY,
                             "draft", self->draft,
                             "title", self->subject,
                             "request-id", self->request_id,
                             "request-number", self->request_number,
                             NULL);
  /* Not to be cancelled: who leaves after pressing Send has sent it. */
  hd_session_submit_async (self->session, submission, NULL, submitted_cb, g_object_ref (self));
}

static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  send_clicked_cb (HD_COMPOSER (widget));
}

static void
hd_composer_dispose (GObject *object)
{
  HdComposer *self = HD_COMPOSER (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->inlet);
  g_clear_object (&self->attacher);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (hd_composer_parent_class)->dispose (object);
}

static void
hd_composer_finalize (GObject *object)
{
  HdComposer *self = HD_COMPOSER (object);

  g_clear_pointer (&self->request_id, g_free);
  g_clear_pointer (&self->request_number, g_free);
  g_clear_pointer (&self->subject, g_free);

  G_OBJECT_CLASS (hd_composer_parent_class)->finalize (object);
}

static void
hd_composer_unmap (GtkWidget *widget)
{
  hd_composer_save (HD_COMPOSER (widget));

  GTK_WIDGET_CLASS (hd_composer_parent_class)->unmap (widget);
}

/* Where one writes, and not the first button. */
static gboolean
hd_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HD_COMPOSER (widget)->text_view));
}

static void
hd_composer_class_init (HdComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_composer_dispose;
  object_class->finalize = hd_composer_finalize;
  widget_class->grab_focus = hd_composer_grab_focus;
  widget_class->unmap = hd_composer_unmap;

  g_type_ensure (HD_TYPE_ATTACH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, HdComposer, attach_bar);
  gtk_widget_class_bind_template_child (widget_class, HdComposer, file_list);
  gtk_widget_class_bind_template_child (widget_class, HdComposer, limits_label);
  gtk_widget_class_bind_template_child (widget_class, HdComposer, note_label);
  gtk_widget_class_bind_template_child (widget_class, HdComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, HdComposer, text_view);
  gtk_widget_class_bind_template_callback (widget_class, attach_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "composer.send", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "composer.send", NULL);
}

static void
hd_composer_init (HdComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->inlet = hd_file_inlet_new (GTK_WIDGET (self));
  g_signal_connect_object (self->inlet, "file", G_CALLBACK (file_came_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inlet, "picture", G_CALLBACK (picture_came_cb), self, G_CONNECT_SWAPPED);
  hd_file_inlet_add_paste_key (GTK_WIDGET (self), paste_cb, self);
}

static void
make_attacher (HdComposer *self)
{
  g_autofree char *limits = hd_field_dup_file_limits (NULL, hd_session_get_info (self->session));

  self->attacher = hd_attacher_new (get_store (self), NULL);
  g_signal_connect_object (self->attacher, "begin", G_CALLBACK (attaching_begins_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attacher, "attached", G_CALLBACK (attached_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attacher, "changed", G_CALLBACK (attacher_changed_cb), self, G_CONNECT_SWAPPED);
  hd_attach_bar_set_attacher (self->attach_bar, self->attacher);
  gtk_label_set_label (self->limits_label, g_strdelimit (limits, "\n", ' '));
  gtk_widget_set_visible (GTK_WIDGET (self->limits_label), *limits != '\0');
}

/**
 * hd_composer_open:
 * @self: a composer
 * @session: who replies
 * @request_id: to what
 * @request_number: (nullable): its number
 * @subject: (nullable): its subject
 *
 * Begins a reply, or goes on with the one that was begun.  Once for a composer.
 */
void
hd_composer_open (HdComposer *self,
                  HdSession  *session,
                  const char *request_id,
                  const char *request_number,
                  const char *subject)
{
  g_return_if_fail (HD_IS_COMPOSER (self));

  if (self->session != NULL)
    return;

  self->session = g_object_ref (session);
  self->request_id = g_strdup (request_id);
  self->request_number = g_strdup (request_number);
  self->subject = g_strdup (subject);
  make_attacher (self);
  hd_store_find_draft_async (get_store (self), NULL, request_id, self->cancellable, draft_found_cb, self);
}

static void
save_draft (HdComposer *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = dup_text (self);

  self->unsaved = FALSE;
  g_object_set (self->draft, "text", text, "updated-at", now, NULL);
  /* Not to be cancelled: it is also the last thing before the composer goes. */
  hd_store_save_draft_async (get_store (self), self->draft, NULL, saved_cb, g_object_ref (self));
}

/* What is empty is no draft: nobody is to be asked about losing it. */
static void
drop_draft (HdComposer *self)
{
  if (hd_draft_get_updated_at (self->draft) != NULL)
    hd_store_delete_draft_async (get_store (self), hd_draft_get_id (self->draft), NULL, NULL, NULL);

  self->unsaved = FALSE;
  g_object_set (self->draft, "text", "", "updated-at", NULL, NULL);
}

/* Saves what is typed now, where something is. */
void
hd_composer_save (HdComposer *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (HD_IS_COMPOSER (self));

  g_clear_handle_id (&self->save_id, g_source_remove);

  if (self->draft == NULL || self->sending || self->text_view == NULL)
    return;

  text = dup_text (self);
  if (*text == '\0' && g_list_model_get_n_items (hd_draft_get_files (self->draft)) == 0 &&
      !hd_attacher_get_busy (self->attacher))
    drop_draft (self);
  else if (self->unsaved || hd_draft_get_updated_at (self->draft) == NULL)
    save_draft (self);
}
