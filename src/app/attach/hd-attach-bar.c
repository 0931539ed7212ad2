/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-attach-bar.h"

#include <glib/gi18n-lib.h>

/**
 * HdAttachBar:
 *
 * What an #HdAttacher is copying, how far it is, and a button to stop it.  Not
 * seen while there is nothing, nor for what is done in a moment.
 */

/* What takes less is not shown. */
#define SHOW_DELAY_MS 300

struct _HdAttachBar
{
  AdwBin          parent_instance;

  HdAttacher     *attacher;       /* (owned) (nullable) */
  guint           show_source;

  GtkLabel       *name_label;
  GtkLabel       *size_label;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (HdAttachBar, hd_attach_bar, ADW_TYPE_BIN)

static void
cancel_clicked_cb (HdAttachBar *self)
{
  if (self->attacher != NULL)
    hd_attacher_cancel (self->attacher);
}

static void
show_amount (HdAttachBar *self)
{
  guint64 done = hd_attacher_get_done (self->attacher);
  guint64 total = hd_attacher_get_total (self->attacher);
  g_autofree char *done_text = g_format_size (done);
  g_autofree char *total_text = g_format_size (total);
  /* Translators: so much of a file is copied: “12.5 MB of 200 MB” */
  g_autofree char *text = total > 0 ? g_strdup_printf (_("%s of %s"), done_text, total_text) : NULL;

  gtk_label_set_label (self->size_label, text != NULL ? text : "");
  gtk_progress_bar_set_fraction (self->progress_bar, total > 0 ? MIN (1.0, (double) done / (double) total) : 0.0);
}

static gboolean
show_due_cb (gpointer user_data)
{
  HdAttachBar *self = user_data;

  self->show_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return G_SOURCE_REMOVE;
}

static void
refresh (HdAttachBar *self)
{
  const char *name = hd_attacher_get_name (self->attacher);
  g_autofree char *text = name != NULL ? g_strdup_printf (_("Copying “%s” into the draft"), name) : NULL;

  if (!hd_attacher_get_busy (self->attacher))
    {
      g_clear_handle_id (&self->show_source, g_source_remove);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  gtk_label_set_label (self->name_label, text != NULL ? text : "");
  show_amount (self);

  if (self->show_source == 0 && !gtk_widget_get_visible (GTK_WIDGET (self)))
    self->show_source = g_timeout_add (SHOW_DELAY_MS, show_due_cb, self);
}

static void
hd_attach_bar_dispose (GObject *object)
{
  HdAttachBar *self = HD_ATTACH_BAR (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  if (self->attacher != NULL)
    g_signal_handlers_disconnect_by_data (self->attacher, self);
  g_clear_object (&self->attacher);

  G_OBJECT_CLASS (hd_attach_bar_parent_class)->dispose (object);
}

static void
hd_attach_bar_class_init (HdAttachBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_attach_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-attach-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HdAttachBar, name_label);
  gtk_widget_class_bind_template_child (widget_class, HdAttachBar, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HdAttachBar, size_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
hd_attach_bar_init (HdAttachBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hd_attach_bar_new (void)
{
  return g_object_new (HD_TYPE_ATTACH_BAR, NULL);
}

/* Shows what @attacher does, from now on.  Once for a bar. */
void
hd_attach_bar_set_attacher (HdAttachBar *self,
                            HdAttacher  *attacher)
{
  g_return_if_fail (HD_IS_ATTACH_BAR (self) && self->attacher == NULL);
  g_return_if_fail (HD_IS_ATTACHER (attacher));

  self->attacher = g_object_ref (attacher);
  g_signal_connect_object (attacher, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
