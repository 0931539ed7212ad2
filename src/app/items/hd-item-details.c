/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-item-details.h"

#include <glib/gi18n.h>

#include "hd-attachment-list.h"
#include "hd-field-value.h"
#include "hd-time.h"

/**
 * HdItemDetails:
 *
 * The facts of a request, the fields as they were sent and its files.
 */

struct _HdItemDetails
{
  AdwBin  parent_instance;

  GtkBox *box;                  /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdItemDetails, hd_item_details, ADW_TYPE_BIN)

static void
hd_item_details_class_init (HdItemDetailsClass *klass)
{
}

static void
hd_item_details_init (HdItemDetails *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

static GtkWidget *
append_label (GtkWidget  *box,
              const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Label over value. */
static void
append_row (GtkWidget  *list_box,
            const char *title,
            const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title_label, *value_label;

  if (value == NULL || *value == '\0')
    return;

  title_label = append_label (box, title != NULL ? title : "", "caption");
  gtk_widget_add_css_class (title_label, "dim-label");
  value_label = append_label (box, value, NULL);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_append (GTK_LIST_BOX (list_box), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (box)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
}

static void
append_time (GtkWidget  *list_box,
             const char *title,
             GDateTime  *time)
{
  g_autofree char *text = time != NULL ? hd_time_dup_full (time) : NULL;

  append_row (list_box, title, text);
}

static GtkWidget *
append_list (HdItemDetails *self,
             const char    *title)
{
  GtkWidget *list_box = gtk_list_box_new ();
  GtkWidget *heading = append_label (GTK_WIDGET (self->box), title, "heading");

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list_box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list_box, "boxed-list");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (list_box), GTK_ACCESSIBLE_RELATION_LABELLED_BY, heading, NULL, -1);
  gtk_box_append (self->box, list_box);
  return list_box;
}

static void
append_facts (HdItemDetails *self,
              HdRequest     *request)
{
  GtkWidget *list_box = append_list (self, _("Details"));

  append_row (list_box, _("Kind"), hd_kind_get_label (hd_request_get_kind (request)));
  append_row (list_box, _("Service offering"), hd_request_get_offering_name (request));
  append_row (list_box, _("Status at the portal"), hd_request_get_status_label (request));
  append_row (list_box, _("Priority"), hd_priority_get_label (hd_request_get_priority (request)));
  append_row (list_box, _("Handled by"), hd_request_get_assignee (request));
  append_time (list_box, _("Created"), hd_request_get_created_at (request));
  append_time (list_box, _("Updated"), hd_request_get_updated_at (request));
}

static void
append_fields (HdItemDetails *self,
               GListModel    *fields)
{
  GtkWidget *list_box;

  if (fields == NULL || g_list_model_get_n_items (fields) == 0)
    return;

  list_box = append_list (self, _("As Sent"));

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdFieldValue) field = g_list_model_get_item (fields, i);

      append_row (list_box, hd_field_value_get_label (field), hd_field_value_get_value (field));
    }
}

void
hd_item_details_set_request (HdItemDetails *self,
                             HdSession     *session,
                             HdRequest     *request)
{
  GListModel *attachments = hd_request_get_attachments (request);
  GtkWidget *child;

  g_return_if_fail (HD_IS_ITEM_DETAILS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  append_facts (self, request);
  append_fields (self, hd_request_get_fields (request));

  if (attachments != NULL && g_list_model_get_n_items (attachments) > 0)
    {
      append_label (GTK_WIDGET (self->box), _("Attachments"), "heading");
      gtk_box_append (self->box, hd_attachment_list_new (session, hd_request_get_id (request), attachments));
    }
}
