/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-status-view.h"

#include <glib/gi18n-lib.h>

#include "hd-button-names.h"
#include "hd-error.h"
#include "hd-phone-button.h"
#include "hd-stack-state.h"

/**
 * HdStatusView:
 *
 * A content, or why there is none: it is loading (nothing is shown for the
 * first 300 ms, then the outlines of what will come), there is nothing, or it
 * could not be had.  The last two may offer one thing to do, which is the
 * signal "activated", and the telephone.
 */

#define SKELETON_DELAY_MS 300

struct _HdStatusView
{
  AdwBin         parent_instance;

  GtkStack      *stack;
  AdwBin        *content_bin;
  AdwStatusPage *status_page;
  GtkButton     *button;
  AdwBin        *phone_bin;
  guint          skeleton_id;
  gboolean       focus_wanted;  /* it was in what is not shown any more */
};

G_DEFINE_FINAL_TYPE (HdStatusView, hd_status_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_CONTENT = 1,
} HdStatusViewProp;

static GParamSpec *properties[PROP_CONTENT + 1];

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
get_focus (HdStatusView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* GTK moves the focus out of what is hidden with the next frame, and until 4.24 loses a reference
 * where a second thing is hidden before, or the window closed: a whole page would stay. */
static void
give_up_focus (HdStatusView *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)))
    return;

  gtk_root_set_focus (gtk_widget_get_root (focus), NULL);
  self->focus_wanted = TRUE;
}

/* Whoever was in here goes on in here, unless he has gone elsewhere. */
static void
take_focus (HdStatusView *self)
{
  if (self->focus_wanted && get_focus (self) == NULL)
    self->focus_wanted = !gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
  else
    self->focus_wanted = FALSE;
}

static void
show_view (HdStatusView *self,
           const char   *name)
{
  g_clear_handle_id (&self->skeleton_id, g_source_remove);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;

  give_up_focus (self);
  gtk_stack_set_visible_child_name (self->stack, name);
  take_focus (self);
}

static void
skeleton_due_cb (gpointer user_data)
{
  HdStatusView *self = user_data;

  self->skeleton_id = 0;
  show_view (self, "skeleton");
}

static void
button_clicked_cb (HdStatusView *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
hd_status_view_dispose (GObject *object)
{
  HdStatusView *self = HD_STATUS_VIEW (object);

  g_clear_handle_id (&self->skeleton_id, g_source_remove);

  G_OBJECT_CLASS (hd_status_view_parent_class)->dispose (object);
}

static void
hd_status_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HdStatusView *self = HD_STATUS_VIEW (object);

  switch ((HdStatusViewProp) prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content_bin));
      break;
    }
}

static void
hd_status_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  HdStatusView *self = HD_STATUS_VIEW (object);

  switch ((HdStatusViewProp) prop_id)
    {
    case PROP_CONTENT:
      hd_status_view_set_content (self, g_value_get_object (value));
      break;
    }
}

static void
hd_status_view_class_init (HdStatusViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_status_view_dispose;
  object_class->get_property = hd_status_view_get_property;
  object_class->set_property = hd_status_view_set_property;

  properties[PROP_CONTENT] =
    g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATED] = g_signal_new ("activated", HD_TYPE_STATUS_VIEW, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-status-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, HdStatusView, button);
  gtk_widget_class_bind_template_child (widget_class, HdStatusView, content_bin);
  gtk_widget_class_bind_template_child (widget_class, HdStatusView, phone_bin);
  gtk_widget_class_bind_template_child (widget_class, HdStatusView, stack);
  gtk_widget_class_bind_template_child (widget_class, HdStatusView, status_page);
}

static void
hd_status_view_init (HdStatusView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_stack_state_follow (GTK_WIDGET (self->stack));
}

GtkWidget *
hd_status_view_new (void)
{
  return g_object_new (HD_TYPE_STATUS_VIEW, NULL);
}

void
hd_status_view_set_content (HdStatusView *self,
                            GtkWidget    *content)
{
  g_return_if_fail (HD_IS_STATUS_VIEW (self));

  if (adw_bin_get_child (self->content_bin) == content)
    return;

  adw_bin_set_child (self->content_bin, content);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

/* Takes away what is shown: for the first load, not for a refresh. */
void
hd_status_view_show_loading (HdStatusView *self)
{
  g_return_if_fail (HD_IS_STATUS_VIEW (self));

  show_view (self, "blank");
  self->skeleton_id = g_timeout_add_once (SKELETON_DELAY_MS, skeleton_due_cb, self);
}

void
hd_status_view_show_content (HdStatusView *self)
{
  g_return_if_fail (HD_IS_STATUS_VIEW (self));

  show_view (self, "content");
}

/**
 * hd_status_view_show_empty:
 * @icon_name: (nullable)
 * @title: what this is
 * @text: (nullable): why it is empty, plain text
 * @button_label: (nullable): with a mnemonic; what to do, see HdStatusView::activated
 */
void
hd_status_view_show_empty (HdStatusView *self,
                           const char   *icon_name,
                           const char   *title,
                           const char   *text,
                           const char   *button_label)
{
  g_autofree char *escaped_text = NULL;

  g_return_if_fail (HD_IS_STATUS_VIEW (self));
  g_return_if_fail (title != NULL);

  /* The description is markup, the title is not. */
  if (text != NULL)
    escaped_text = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (self->status_page, icon_name);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, escaped_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status_page), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_button_set_label (self->button, button_label != NULL ? button_label : "");
  hd_button_names_clean (GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->phone_bin), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->status_page), "compact");
  show_view (self, "status");
}

/* Who does not find it can ask for it; offline too.  What can be done is to be seen without scrolling. */
void
hd_status_view_offer_phone (HdStatusView *self,
                            HdSession    *session)
{
  g_return_if_fail (HD_IS_STATUS_VIEW (self));

  if (adw_bin_get_child (self->phone_bin) == NULL)
    adw_bin_set_child (self->phone_bin, hd_phone_button_new (session));

  gtk_widget_set_visible (GTK_WIDGET (self->phone_bin), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->status_page), "compact");
}

/**
 * hd_status_view_show_nothing_found:
 * @session: whose help desk can be telephoned
 * @words: what was searched for
 *
 * Says so, and offers to tell the help desk instead: HdStatusView::activated is
 * to be “win.report-words”.
 */
void
hd_status_view_show_nothing_found (HdStatusView *self,
                                   HdSession    *session,
                                   const char   *words)
{
  /* Translators: %s is what was searched for. */
  g_autofree char *title = g_strdup_printf (_("Nothing Found for “%s”"), words);

  hd_status_view_show_empty (self, "edit-find-symbolic", title,
                             _("Try other words, or tell the help desk what happened."), _("Report an _Incident"));
  hd_status_view_offer_phone (self, session);
}

/**
 * hd_status_view_show_error:
 * @error: why there is nothing to show
 * @button_label: (nullable): with a mnemonic, “_Try Again” for one
 */
void
hd_status_view_show_error (HdStatusView *self,
                           const GError *error,
                           const char   *button_label)
{
  g_autofree char *title = hd_error_dup_title (error);
  g_autofree char *text = hd_error_dup_text (error);

  hd_status_view_show_empty (self,
                             hd_error_is_unreachable (error) ? "hd-offline-symbolic" : "dialog-warning-symbolic",
                             title, text, button_label);
}
