/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox-list.h"

#include <glib/gi18n-lib.h>

#include "hd-outbox-row.h"
#include "hd-store-list.h"

/**
 * HdOutboxList:
 *
 * All that was not sent yet, under its heading; not there where there is nothing.
 */

struct _HdOutboxList
{
  AdwBin       parent_instance;

  HdSession   *session;   /* (owned) */
  HdStoreList *entries;   /* (owned) (element-type HdSubmission) */

  /* Template objects */
  GtkListBox  *list_box;
};

G_DEFINE_FINAL_TYPE (HdOutboxList, hd_outbox_list, ADW_TYPE_BIN)

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  HdOutboxList *self = user_data;

  return hd_outbox_row_new (self->session, HD_SUBMISSION (item), G_LIST_MODEL (self->entries));
}

static void
refresh (HdOutboxList *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > 0);
}

static void
hd_outbox_list_dispose (GObject *object)
{
  HdOutboxList *self = HD_OUTBOX_LIST (object);

  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);

  g_clear_object (&self->session);
  g_clear_object (&self->entries);

  G_OBJECT_CLASS (hd_outbox_list_parent_class)->dispose (object);
}

static void
hd_outbox_list_class_init (HdOutboxListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_outbox_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-outbox-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HdOutboxList, list_box);
}

static void
hd_outbox_list_init (HdOutboxList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hd_outbox_list_new:
 * @session: an open session
 *
 * Returns: the outbox as a list
 */
GtkWidget *
hd_outbox_list_new (HdSession *session)
{
  HdOutboxList *self;

  g_return_val_if_fail (HD_IS_SESSION (session), NULL);

  self = g_object_new (HD_TYPE_OUTBOX_LIST, NULL);
  self->session = g_object_ref (session);
  self->entries = hd_store_list_new_outbox (hd_session_get_store (session));
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->entries), create_row, self, NULL);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}
