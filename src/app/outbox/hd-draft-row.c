/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft-row.h"

#include <glib/gi18n-lib.h>

#include "hd-draft-bin.h"
#include "hd-form-rules.h"
#include "hd-time.h"

/**
 * HdDraftRow:
 *
 * A draft of a form or of a reply: activating it goes on with it.  Deleting it
 * can be undone for as long as the toast about it shows.
 */

struct _HdDraftRow
{
  AdwActionRow  parent_instance;

  HdSession    *session;   /* (owned) */
  HdDraft      *draft;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdDraftRow, hd_draft_row, ADW_TYPE_ACTION_ROW)

static HdDraftBin *
get_bin (HdDraftRow *self)
{
  return hd_draft_bin_get_for_store (hd_session_get_store (self->session));
}

/* What was written first, to tell drafts of one form apart. Returns: (transfer full) (nullable) */
static char *
dup_first_words (HdDraft *draft)
{
  GListModel *asked = hd_draft_get_asked (draft);
  g_autoptr (HdAnswers) answers = hd_answers_new_from_list (hd_draft_get_answers (draft));

  for (guint i = 0; asked != NULL && i < g_list_model_get_n_items (asked); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (asked, i);

      if (!hd_field_get_sensitive (field) && hd_answers_has (answers, hd_field_get_id (field)))
        return g_strdelimit (hd_field_dup_value_text (field, answers), "\r\n", ' ');
    }

  return NULL;
}

/* Returns: (transfer full): what it is a draft of, and from when */
static char *
dup_subtitle (HdDraft *draft)
{
  GDateTime *time = hd_draft_get_updated_at (draft);
  g_autofree char *when = time != NULL ? hd_time_dup_short (time) : g_strdup ("");
  const char *offering = hd_draft_get_offering_name (draft);
  g_autofree char *words = dup_first_words (draft);
  g_autofree char *subtitle = NULL;

  if (hd_draft_get_request_id (draft) != NULL)
    subtitle = g_strdup_printf (_("Reply to %s · %s"), hd_draft_get_request_number (draft) != NULL
                                                         ? hd_draft_get_request_number (draft) : "", when);
  else if (offering != NULL && g_strcmp0 (offering, hd_draft_get_title (draft)) != 0)
    subtitle = g_strdup_printf ("%s · %s", offering, when);
  else if (words != NULL)
    subtitle = g_strdup_printf ("%s · %s", when, words);
  else
    subtitle = g_steal_pointer (&when);

  return g_markup_escape_text (subtitle, -1);
}

static void
refresh (HdDraftRow *self)
{
  const char *title = hd_draft_get_title (self->draft) != NULL ? hd_draft_get_title (self->draft)
                                                               : hd_draft_get_text (self->draft);
  g_autofree char *safe_title = g_markup_escape_text (title != NULL ? title : _("Draft"), -1);
  g_autofree char *subtitle = dup_subtitle (self->draft);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
activated_cb (HdDraftRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-draft", "s", hd_draft_get_id (self->draft));
}

static void
undo_clicked_cb (HdDraftBin *bin,
                 AdwToast   *toast)
{
  hd_draft_bin_take_back (bin, g_object_get_data (G_OBJECT (toast), "hd-draft-id"));
}

static void
toast_dismissed_cb (HdDraftBin *bin,
                    AdwToast   *toast)
{
  hd_draft_bin_empty (bin, g_object_get_data (G_OBJECT (toast), "hd-draft-id"));
}

static void
delete_clicked_cb (HdDraftRow *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  HdDraftBin *bin = get_bin (self);
  /* The row goes with it. */
  g_autofree char *draft_id = g_strdup (hd_draft_get_id (self->draft));
  AdwToast *toast;

  hd_draft_bin_throw (bin, draft_id);

  /* Where nothing can be said, it is deleted without more ado. */
  if (overlay == NULL)
    {
      hd_draft_bin_empty (bin, draft_id);
      return;
    }

  toast = adw_toast_new (_("Draft deleted"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "hd-draft-id", g_strdup (draft_id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), bin, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), bin, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
hd_draft_row_dispose (GObject *object)
{
  HdDraftRow *self = HD_DRAFT_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (hd_draft_row_parent_class)->dispose (object);
}

static void
hd_draft_row_class_init (HdDraftRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_draft_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-draft-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
}

static void
hd_draft_row_init (HdDraftRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hd_draft_row_new:
 * @session: an open session
 * @draft: one of its drafts
 *
 * Returns: a row for a boxed list
 */
GtkWidget *
hd_draft_row_new (HdSession *session,
                  HdDraft   *draft)
{
  HdDraftRow *self;

  g_return_val_if_fail (HD_IS_SESSION (session), NULL);
  g_return_val_if_fail (HD_IS_DRAFT (draft), NULL);

  self = g_object_new (HD_TYPE_DRAFT_ROW, NULL);
  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}
