/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-item-steps.h"

#include "hd-status-change.h"
#include "hd-time.h"

/**
 * HdItemSteps:
 *
 * Where a request stands, as steps: Registered → In Progress → Closed, each with
 * the time it was reached.  A cancelled request ends in Cancelled instead.
 */

struct _HdItemSteps
{
  AdwBin   parent_instance;

  GtkBox  *box;                 /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdItemSteps, hd_item_steps, ADW_TYPE_BIN)

static void
hd_item_steps_class_init (HdItemStepsClass *klass)
{
}

static void
hd_item_steps_init (HdItemSteps *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_set_homogeneous (self->box, TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/* When the request last came to @status. */
static GDateTime *
find_time (HdRequest *request,
           HdStatus   status)
{
  GListModel *history = hd_request_get_history (request);
  GDateTime *found = NULL;

  for (guint i = 0; history != NULL && i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (HdStatusChange) change = g_list_model_get_item (history, i);

      if (hd_status_change_get_status (change) == status)
        found = hd_status_change_get_at (change);
    }

  if (found == NULL && status == HD_STATUS_REGISTERED)
    return hd_request_get_created_at (request);

  return found;
}

static void
append_step (HdItemSteps *self,
             HdRequest   *request,
             HdStatus     status)
{
  HdStatus now = hd_request_get_status (request);
  gboolean is_reached = status <= now || now == HD_STATUS_CANCELLED;
  GtkWidget *step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *bar = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *label = gtk_label_new (hd_status_get_label (status));
  GDateTime *time = is_reached ? find_time (request, status) : NULL;
  g_autofree char *time_text = time != NULL ? hd_time_dup_short (time) : g_strdup ("");
  GtkWidget *time_label = gtk_label_new (time_text);

  gtk_widget_add_css_class (bar, is_reached ? "hd-step-reached" : "hd-step");
  gtk_widget_add_css_class (label, status == now ? "caption-heading" : "caption");
  if (!is_reached)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (time_label, "caption");
  gtk_widget_add_css_class (time_label, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (time_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (time_label), 0);
  gtk_box_append (GTK_BOX (step), bar);
  gtk_box_append (GTK_BOX (step), label);
  gtk_box_append (GTK_BOX (step), time_label);
  gtk_box_append (self->box, step);
}

void
hd_item_steps_set_request (HdItemSteps *self,
                           HdRequest   *request)
{
  HdStatus last = hd_request_get_status (request) == HD_STATUS_CANCELLED ? HD_STATUS_CANCELLED : HD_STATUS_CLOSED;
  GtkWidget *child;

  g_return_if_fail (HD_IS_ITEM_STEPS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  append_step (self, request, HD_STATUS_REGISTERED);
  if (last == HD_STATUS_CLOSED || find_time (request, HD_STATUS_IN_PROGRESS) != NULL)
    append_step (self, request, HD_STATUS_IN_PROGRESS);
  append_step (self, request, last);
}
