/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-dialog.h"

#include <glib/gi18n.h>

#include "hd-button-names.h"
#include "hd-error.h"
#include "hd-session-pack.h"
#include "hd-time.h"

/**
 * HdPackDialog:
 *
 * Taking a knowledge pack: what it is and who signed it, the question, the work, or what is wrong with it.  A pack that
 * is not trusted cannot be taken from here, whatever anybody presses.
 *
 * Emits “imported” before it closes, when all of the pack is there.  Closing it while it works ends the work,
 * which another time goes through with.
 */

#define PROGRESS_INTERVAL_MS 100
#define FAULT_WIDTH 360

struct _HdPackDialog
{
  AdwWindow       parent_instance;

  GtkStack       *stack;
  AdwActionRow   *portal_row;
  AdwActionRow   *contents_row;
  AdwActionRow   *age_row;
  AdwActionRow   *made_row;
  AdwActionRow   *expires_row;
  AdwActionRow   *signer_row;
  GtkButton      *import_button;
  GtkProgressBar *progress_bar;
  GtkButton      *stop_button;
  GtkLabel       *fault_title;
  GtkLabel       *fault_text;
  GtkButton      *close_button;

  HdSession      *session;      /* (owned) */
  HdPack         *pack;         /* (owned) (nullable): once it was looked at */
  GCancellable   *cancellable;  /* (owned) */
  guint           progress_id;
};

G_DEFINE_FINAL_TYPE (HdPackDialog, hd_pack_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS,
} HdPackDialogSignal;

static guint signals[N_SIGNALS];

static void
show_fault (HdPackDialog *self,
            const GError *error)
{
  g_autofree char *title = hd_error_dup_title (error);
  g_autofree char *text = hd_error_dup_text (error);

  g_clear_handle_id (&self->progress_id, g_source_remove);
  gtk_label_set_label (self->fault_title, title);
  gtk_label_set_label (self->fault_text, text);
  gtk_stack_set_visible_child_name (self->stack, "fault");
  /* A few lines need no room of a whole list. */
  gtk_window_set_default_size (GTK_WINDOW (self), FAULT_WIDTH, -1);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->close_button));
}

static void
set_row (AdwActionRow *row,
         const char   *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, markup);
}

static void
set_row_time (AdwActionRow *row,
              GDateTime    *time)
{
  g_autofree char *text = hd_time_dup_full (time);

  set_row (row, text);
}

/* “120 articles, 340 pictures, 45 service offerings” */
static char *
dup_contents (HdPackManifest *manifest)
{
  guint n_articles = (guint) hd_pack_manifest_get_n_articles (manifest);
  guint n_pictures = (guint) hd_pack_manifest_get_n_pictures (manifest);
  guint n_offerings = (guint) hd_pack_manifest_get_n_offerings (manifest);
  g_autofree char *articles = g_strdup_printf (ngettext ("%u article", "%u articles", n_articles), n_articles);
  g_autofree char *pictures = g_strdup_printf (ngettext ("%u picture", "%u pictures", n_pictures), n_pictures);
  g_autofree char *offerings = g_strdup_printf (ngettext ("%u service offering", "%u service offerings", n_offerings),
                                                n_offerings);

  return g_strjoin (", ", articles, pictures, offerings, NULL);
}

static void
show_pack (HdPackDialog *self)
{
  HdPackManifest *manifest = hd_pack_get_manifest (self->pack);
  const char *name = hd_pack_manifest_get_portal_name (manifest);
  const char *organisation = hd_pack_manifest_get_organisation (manifest);
  g_autofree char *portal = g_strjoin (" · ", name != NULL ? name : hd_pack_manifest_get_portal (manifest),
                                       organisation, NULL);
  g_autofree char *contents = dup_contents (manifest);
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (hd_pack_get_key (self->pack));

  set_row (self->portal_row, portal);
  set_row (self->contents_row, contents);
  set_row_time (self->age_row, hd_pack_manifest_get_data_at (manifest));
  set_row_time (self->made_row, hd_pack_manifest_get_created_at (manifest));
  set_row_time (self->expires_row, hd_pack_manifest_get_expires_at (manifest));
  set_row (self->signer_row, fingerprint);
  gtk_stack_set_visible_child_name (self->stack, "about");
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->import_button));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdPackDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPack) pack = hd_session_open_pack_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  self->pack = g_steal_pointer (&pack);

  if (self->pack != NULL)
    show_pack (self);
  else
    show_fault (self, error);

  gtk_window_present (GTK_WINDOW (self));
}

static gboolean
progress_cb (gpointer user_data)
{
  HdPackDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->progress_bar, hd_pack_get_fraction (self->pack));
  return G_SOURCE_CONTINUE;
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  HdPackDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = hd_session_import_pack_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (!is_done)
    {
      show_fault (self, error);
      /* What it keeps may be what fills the disk. */
      g_clear_object (&self->pack);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
import_cb (HdPackDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "work");
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->stop_button));
  self->progress_id = g_timeout_add (PROGRESS_INTERVAL_MS, progress_cb, self);
  hd_session_import_pack_async (self->session, self->pack, self->cancellable, imported_cb, self);
}

static void
hd_pack_dialog_dispose (GObject *object)
{
  HdPackDialog *self = HD_PACK_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_object (&self->pack);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_pack_dialog_parent_class)->dispose (object);
}

static void
hd_pack_dialog_finalize (GObject *object)
{
  g_clear_object (&HD_PACK_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (hd_pack_dialog_parent_class)->finalize (object);
}

static void
hd_pack_dialog_class_init (HdPackDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_pack_dialog_dispose;
  object_class->finalize = hd_pack_dialog_finalize;

  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", HD_TYPE_PACK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-pack-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, portal_row);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, contents_row);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, age_row);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, made_row);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, expires_row);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, signer_row);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, fault_title);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, fault_text);
  gtk_widget_class_bind_template_child (widget_class, HdPackDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
}

static void
hd_pack_dialog_init (HdPackDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));
}

/**
 * hd_pack_dialog_new:
 * @parent: over which window
 * @session: an open session
 * @file: what may be a pack
 *
 * Shows itself when it knows what to say, which takes no longer than reading the first lines of a file.
 */
GtkWidget *
hd_pack_dialog_new (GtkWindow *parent,
                    HdSession *session,
                    GFile     *file)
{
  HdPackDialog *self = g_object_new (HD_TYPE_PACK_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  hd_session_open_pack_async (session, file, self->cancellable, opened_cb, self);

  return GTK_WIDGET (self);
}
