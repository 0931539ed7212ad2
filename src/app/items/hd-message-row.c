/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-message-row.h"

#include <glib/gi18n.h>

#include "hd-attachment-list.h"
#include "hd-time.h"

/**
 * HdMessageRow:
 *
 * A contribution to the conversation: who, when, what, with which files.  The
 * person's own stand on the right, the desk's on the left; the name tells too.
 */

struct _HdMessageRow
{
  AdwBin    parent_instance;

  GtkLabel *author_label;
  GtkBox   *box;
  GtkLabel *text_label;
  GtkLabel *time_label;
};

G_DEFINE_FINAL_TYPE (HdMessageRow, hd_message_row, ADW_TYPE_BIN)

static void
hd_message_row_class_init (HdMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HdMessageRow, author_label);
  gtk_widget_class_bind_template_child (widget_class, HdMessageRow, box);
  gtk_widget_class_bind_template_child (widget_class, HdMessageRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, HdMessageRow, time_label);
}

static void
hd_message_row_init (HdMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (HdMessageRow *self,
      const char   *author,
      gboolean      mine,
      const char   *time,
      const char   *text)
{
  gtk_label_set_label (self->author_label, author);
  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->text_label, text);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), mine ? "hd-message-mine" : "hd-message-desk");
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), mine ? 36 : 0);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), mine ? 0 : 36);
}

/**
 * hd_message_row_new:
 * @session: where the attachments come from
 * @request_id: the request that is talked about
 * @message: what was said
 *
 * Returns: a row
 */
GtkWidget *
hd_message_row_new (HdSession  *session,
                    const char *request_id,
                    HdMessage  *message)
{
  HdMessageRow *self = g_object_new (HD_TYPE_MESSAGE_ROW, NULL);
  GListModel *attachments = hd_message_get_attachments (message);
  const char *author = hd_message_get_author (message);
  GDateTime *created_at = hd_message_get_created_at (message);
  g_autofree char *time = created_at != NULL ? hd_time_dup_short (created_at) : g_strdup ("");
  g_autofree char *full_time = created_at != NULL ? hd_time_dup_full (created_at) : NULL;

  if (author == NULL)
    author = hd_message_get_mine (message) ? _("You") : _("Help Desk");

  show (self, author, hd_message_get_mine (message), time,
        hd_message_get_text (message) != NULL ? hd_message_get_text (message) : "");

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), full_time);

  if (attachments != NULL && g_list_model_get_n_items (attachments) > 0)
    gtk_box_append (self->box, hd_attachment_list_new (session, request_id, attachments));

  return GTK_WIDGET (self);
}

/* A reply that is still on its way; @state says in words how it stands. */
GtkWidget *
hd_message_row_new_pending (const char *text,
                            const char *state)
{
  HdMessageRow *self = g_object_new (HD_TYPE_MESSAGE_ROW, NULL);

  show (self, _("You"), TRUE, state, text);
  return GTK_WIDGET (self);
}
