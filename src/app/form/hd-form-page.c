/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-page-private.h"

#include <glib/gi18n-lib.h>

#include "hd-draft-bin.h"
#include "hd-draft-issues.h"
#include "hd-draft-row.h"
#include "hd-error.h"
#include "hd-file-inlet.h"
#include "hd-form-loader.h"
#include "hd-stack-state.h"
#include "hd-store-list.h"
#include "hd-time.h"

/**
 * HdFormPage:
 *
 * The way of a request: filling in the form, reviewing it, sending it, and the
 * receipt.
 *
 * The page shows; what is being filled in is a #HdFormModel, what is being sent
 * a #HdSendFlow.  Going back from the review leads to the form.
 */

G_DEFINE_FINAL_TYPE (HdFormPage, hd_form_page, HD_TYPE_PAGE)

static void load (HdFormPage *self);

static HdSession *
get_session (HdFormPage *self)
{
  return hd_page_get_session (HD_PAGE (self));
}

void
hd_form_page_show_step (HdFormPage *self,
                        HdFormStep  step)
{
  static const char *const names[] = { "fill-in", "review", "done" };

  gtk_stack_set_visible_child_name (self->stack, names[step]);
  hd_form_steps_set_step (self->steps, step);
  hd_form_page_refresh_back (self);
}

/* Back leads from the review to the form, unless it is being sent. */
void
hd_form_page_refresh_back (HdFormPage *self)
{
  gboolean on_review = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "review") == 0;

  hd_page_set_can_go_back (HD_PAGE (self), on_review && self->flow == NULL);
}

/* Returns: (transfer full): how the draft stands, in words */
static char *
dup_save_text (HdDraftSaver *saver)
{
  g_autofree char *clock_text = NULL;

  if (hd_draft_saver_get_error (saver) != NULL)
    {
      g_autofree char *text = hd_error_dup_text (hd_draft_saver_get_error (saver));

      return g_strdup_printf (_("The draft could not be saved. %s"), text);
    }

  if (hd_draft_saver_get_saved_at (saver) == NULL)
    return g_strdup ("");

  clock_text = hd_time_dup_clock (hd_draft_saver_get_saved_at (saver));
  return g_strdup_printf (_("Draft saved %s"), clock_text);
}

/* What is being copied is to be sent too. */
static void
refresh_review_button (HdFormPage *self)
{
  gboolean attaching = hd_form_model_is_attaching (self->model);

  gtk_widget_set_sensitive (self->review_button, !attaching);
  gtk_widget_set_tooltip_text (self->review_button, attaching ? _("Files are being copied into the draft") : NULL);
}

static void
refresh_save_state (HdFormPage *self)
{
  HdDraftSaver *saver = hd_form_model_get_saver (self->model);
  g_autofree char *text = dup_save_text (saver);

  gtk_label_set_text (self->save_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->save_label), *text != '\0');

  if (hd_draft_saver_get_error (saver) != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->save_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->save_label), "error");

  refresh_review_button (self);
}

static void
refresh_summary (HdFormPage *self)
{
  guint n = hd_form_model_count_issues (self->model);
  g_autofree char *text = g_strdup_printf (ngettext ("%u field needs another look.", "%u fields need another look.",
                                                     (gulong) n), n);

  gtk_label_set_text (self->summary_label, text);

  /* It appears with Review & Submit, and goes when all is put right. */
  if (n == 0)
    gtk_widget_set_visible (self->summary_box, FALSE);
}

/* Who has begun another one knows. */
static void
refresh_offer (HdFormPage *self)
{
  gtk_widget_set_visible (self->offer_box, self->drafts != NULL && g_list_model_get_n_items (self->drafts) > 0 &&
                          self->model != NULL && !hd_form_model_is_begun (self->model));
}

static void
field_changed_cb (HdFormPage *self)
{
  g_autofree char *words = hd_form_dup_words (hd_form_model_get_form (self->model),
                                              hd_form_model_get_answers (self->model));

  hd_suggestions_set_words (self->suggestions, words);
  refresh_summary (self);
  refresh_offer (self);
}

/* Beside the form where there is room, below it where there is not. */
static void
place_suggestions (HdFormPage *self)
{
  gboolean wide = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_WIDE;
  AdwBin *bin = wide ? self->side_bin : self->narrow_bin;
  AdwBin *other = wide ? self->narrow_bin : self->side_bin;
  g_autoptr (GtkWidget) held = g_object_ref (GTK_WIDGET (self->suggestions));

  if (adw_bin_get_child (bin) != held)
    {
      adw_bin_set_child (other, NULL);
      adw_bin_set_child (bin, held);
    }

  hd_suggestions_set_always_visible (self->suggestions, wide);
  gtk_widget_set_visible (self->side_box, wide);
}

/* Beside each other where there is room, below each other where there is not. */
static void
size_class_changed_cb (HdFormPage *self)
{
  gboolean narrow = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_NARROW;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bottom_box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->bottom_box, narrow ? 6 : 12);
  place_suggestions (self);
}

/*
 * Loading.
 */

static void
show_intro (HdFormPage *self,
            HdForm     *form)
{
  const char *intro = hd_form_get_intro (form);
  const char *article_title = hd_form_model_get_article_title (self->model);

  gtk_label_set_text (self->title_label, hd_form_model_get_title (self->model));
  gtk_label_set_text (self->intro_label, intro != NULL ? intro : "");
  gtk_widget_set_visible (GTK_WIDGET (self->intro_label), intro != NULL && *intro != '\0');
  gtk_label_set_text (self->article_label, article_title != NULL ? article_title : "");
  gtk_widget_set_visible (self->article_box, article_title != NULL);
  hd_form_changes_set_model (self->changes, self->model);
  hd_page_set_title (HD_PAGE (self), hd_form_model_get_title (self->model));
}

static gboolean
is_other_draft (gpointer item,
                gpointer user_data)
{
  HdFormPage *self = user_data;

  return g_strcmp0 (hd_draft_get_offering_id (item), self->offering_id) == 0 &&
         (self->model == NULL || g_strcmp0 (hd_draft_get_id (item), hd_form_model_get_draft_id (self->model)) != 0);
}

static GtkWidget *
create_draft_row (gpointer item,
                  gpointer user_data)
{
  return hd_draft_row_new (get_session (user_data), item);
}

/* Where a form is opened anew, what was begun of it before can be gone on with. */
static void
offer_drafts (HdFormPage *self)
{
  HdStore *store = hd_session_get_store (get_session (self));
  GListModel *drafts = G_LIST_MODEL (hd_store_list_new_drafts (store));
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_other_draft, self, NULL));

  drafts = hd_draft_bin_filter (hd_draft_bin_get_for_store (store), drafts);
  self->drafts = G_LIST_MODEL (gtk_filter_list_model_new (drafts, filter));
  gtk_list_box_bind_model (self->offer_list, self->drafts, create_draft_row, self, NULL);
  g_signal_connect_object (self->drafts, "items-changed", G_CALLBACK (refresh_offer), self, G_CONNECT_SWAPPED);
}

static void
set_model (HdFormPage  *self,
           HdFormParts *parts)
{
  HdSession *session = get_session (self);

  if (self->model != NULL)
    {
      hd_form_model_save (self->model);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  g_clear_object (&self->model);

  self->model = hd_form_model_new (parts->form, parts->offering, parts->draft, hd_session_get_store (session),
                                   hd_session_get_info (session));
  g_signal_connect_object (self->model, "save-state-changed", G_CALLBACK (refresh_save_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "field-changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);

  if (parts->draft == NULL && self->article_id != NULL)
    hd_form_model_set_article (self->model, self->article_id,
                               parts->article != NULL ? hd_article_get_title (parts->article) : NULL);

  hd_form_view_set_model (self->form_view, session, self->model);
  show_intro (self, parts->form);
  refresh_save_state (self);
  field_changed_cb (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdFormPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdFormParts) parts = hd_form_load_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (parts == NULL)
    {
      hd_status_view_show_error (self->status_view, error, _("_Try Again"));
      return;
    }

  set_model (self, parts);
  if (parts->draft != NULL)
    hd_draft_bin_take_back (hd_draft_bin_get_for_store (hd_session_get_store (get_session (self))),
                            hd_draft_get_id (parts->draft));
  else if (self->drafts == NULL)
    offer_drafts (self);

  hd_suggestions_set_store (self->suggestions, hd_session_get_store (get_session (self)));
  if (parts->draft == NULL && self->words != NULL)
    hd_form_model_begin_with (self->model, self->words);

  refresh_offer (self);
  hd_status_view_show_content (self->status_view);
  hd_form_page_show_step (self, HD_FORM_STEP_FILL_IN);

  if (self->issues == NULL && parts->draft != NULL)
    self->issues = hd_draft_issues_take (hd_session_get_store (get_session (self)), hd_draft_get_id (parts->draft));

  if (self->issues != NULL)
    hd_form_page_take_issues (self, self->issues);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    hd_page_grab_focus_first (HD_PAGE (self));
}

static void
load (HdFormPage *self)
{
  hd_status_view_show_loading (self->status_view);
  hd_form_load_async (get_session (self), self->offering_id, self->draft_id, self->article_id,
                      hd_page_get_cancellable (HD_PAGE (self)), loaded_cb, self);
}

/* The draft as it is now, with the form as it is now. */
void
hd_form_page_reload_draft (HdFormPage *self,
                           const char *draft_id)
{
  g_autofree char *id = g_strdup (draft_id);

  g_free (self->draft_id);
  self->draft_id = g_steal_pointer (&id);
  load (self);
}

/* The form again. */
void
hd_form_page_edit (HdFormPage *self)
{
  hd_form_page_show_step (self, HD_FORM_STEP_FILL_IN);
  hd_page_grab_focus_first (HD_PAGE (self));
}

static void
review_clicked_cb (HdFormPage *self)
{
  g_autofree char *first = g_strdup (hd_form_model_check (self->model));

  hd_form_model_save (self->model);
  refresh_summary (self);
  gtk_widget_set_visible (self->summary_box, first != NULL);

  if (first != NULL)
    {
      hd_form_view_focus_field (self->form_view, first);
      return;
    }

  /* Whoever comes back from there looks through all of it. */
  g_clear_pointer (&self->words, g_free);
  hd_review_page_set_model (self->review_page, self->model);
  hd_form_page_show_step (self, HD_FORM_STEP_REVIEW);
  hd_review_page_grab_focus (self->review_page);
}

/* Ctrl+V of files or of a picture anywhere in the form: into its first field for files. */
static gboolean
paste_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  HdFormPage *self = user_data;

  return hd_form_view_paste (self->form_view);
}

static void
hd_form_page_grab_focus_first (HdPage *page)
{
  HdFormPage *self = HD_FORM_PAGE (page);

  if (self->words != NULL)
    hd_form_view_focus_empty (self->form_view);
  else
    hd_form_view_focus_field (self->form_view, NULL);
}

static gboolean
hd_form_page_close (HdPage *page)
{
  HdFormPage *self = HD_FORM_PAGE (page);

  if (self->model != NULL)
    hd_form_model_save (self->model);

  return TRUE;
}

static void
hd_form_page_go_back (HdPage *page)
{
  hd_form_page_edit (HD_FORM_PAGE (page));
}

static void
hd_form_page_unmap (GtkWidget *widget)
{
  HdFormPage *self = HD_FORM_PAGE (widget);

  if (self->model != NULL)
    hd_form_model_save (self->model);

  GTK_WIDGET_CLASS (hd_form_page_parent_class)->unmap (widget);
}

static void
hd_form_page_dispose (GObject *object)
{
  HdFormPage *self = HD_FORM_PAGE (object);

  hd_form_page_drop_flow (self);
  g_clear_object (&self->model);
  if (self->offer_list != NULL)
    gtk_list_box_bind_model (self->offer_list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->drafts);
  g_clear_object (&self->issues);
  g_clear_pointer (&self->offering_id, g_free);
  g_clear_pointer (&self->draft_id, g_free);
  g_clear_pointer (&self->article_id, g_free);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (hd_form_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-form-page.ui");

  gtk_widget_class_bind_template_child (widget_class, HdFormPage, article_box);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, article_label);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, bottom_box);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, changes);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, form_view);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, intro_label);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, narrow_bin);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, offer_box);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, offer_list);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, receipt_page);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, review_button);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, review_page);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, save_label);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, side_bin);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, side_box);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, status_view);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, steps);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, suggestions);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, summary_box);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, HdFormPage, title_label);

  gtk_widget_class_bind_template_callback (widget_class, hd_form_page_edit);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, size_class_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, review_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, hd_form_page_stop);
  gtk_widget_class_bind_template_callback (widget_class, hd_form_page_submit);
}

static void
hd_form_page_class_init (HdFormPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HdPageClass *page_class = HD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_form_page_dispose;
  widget_class->unmap = hd_form_page_unmap;
  page_class->grab_focus_first = hd_form_page_grab_focus_first;
  page_class->close = hd_form_page_close;
  page_class->go_back = hd_form_page_go_back;

  g_type_ensure (HD_TYPE_FORM_CHANGES);
  g_type_ensure (HD_TYPE_FORM_STEPS);
  g_type_ensure (HD_TYPE_FORM_VIEW);
  g_type_ensure (HD_TYPE_RECEIPT_PAGE);
  g_type_ensure (HD_TYPE_REVIEW_PAGE);
  g_type_ensure (HD_TYPE_STATUS_VIEW);
  g_type_ensure (HD_TYPE_SUGGESTIONS);

  bind_template (widget_class);
}

static void
hd_form_page_init (HdFormPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_stack_state_follow (GTK_WIDGET (self->stack));
  hd_file_inlet_add_paste_key (GTK_WIDGET (self->form_view), paste_cb, self);
}

/**
 * hd_form_page_new:
 * @session: an open session
 * @offering_id: (nullable): whose form; needed without @draft_id
 * @draft_id: (nullable): a draft to go on with
 * @article_id: (nullable): the article that led here
 *
 * Returns: a page that loads its form
 */
GtkWidget *
hd_form_page_new (HdSession  *session,
                  const char *offering_id,
                  const char *draft_id,
                  const char *article_id)
{
  HdFormPage *self;

  g_return_val_if_fail (HD_IS_SESSION (session), NULL);
  g_return_val_if_fail (offering_id != NULL || draft_id != NULL, NULL);

  self = g_object_new (HD_TYPE_FORM_PAGE, "session", session, "title", _("Request"), NULL);
  self->offering_id = g_strdup (offering_id);
  self->draft_id = g_strdup (draft_id);
  self->article_id = article_id != NULL && *article_id != '\0' ? g_strdup (article_id) : NULL;
  load (self);

  return GTK_WIDGET (self);
}

/* What the person has searched for: a draft that is new begins with it, one that is gone on with stays as it is. */
void
hd_form_page_begin_with (HdFormPage *self,
                         const char *words)
{
  g_return_if_fail (HD_IS_FORM_PAGE (self));
  g_return_if_fail (self->model == NULL);

  g_free (self->words);
  self->words = g_strdup (words);
}

/* Returns: (transfer none) (nullable): the draft that is written here */
const char *
hd_form_page_get_draft_id (HdFormPage *self)
{
  g_return_val_if_fail (HD_IS_FORM_PAGE (self), NULL);

  return self->model != NULL ? hd_form_model_get_draft_id (self->model) : self->draft_id;
}

/* Whether this is where @draft_id is written, and what it shows is not on its way to the portal. */
gboolean
hd_form_page_is_editing (HdFormPage *self,
                         const char *draft_id)
{
  g_return_val_if_fail (HD_IS_FORM_PAGE (self), FALSE);

  if (self->model == NULL)
    return g_strcmp0 (self->draft_id, draft_id) == 0;

  return !hd_form_model_get_submitted (self->model) &&
         g_strcmp0 (hd_form_model_get_draft_id (self->model), draft_id) == 0;
}

/**
 * hd_form_page_take_issues:
 * @self: a page
 * @issues: (element-type HdIssue): what the portal found wrong
 *
 * Shows the form with the issues beside the fields, and the focus on the first.
 */
void
hd_form_page_take_issues (HdFormPage *self,
                          GListModel *issues)
{
  g_autoptr (GListModel) held = g_object_ref (issues);
  g_autoptr (HdIssue) first = NULL;

  g_return_if_fail (HD_IS_FORM_PAGE (self));

  if (self->model == NULL)
    {
      g_set_object (&self->issues, issues);
      return;
    }

  g_clear_object (&self->issues);
  hd_form_page_show_step (self, HD_FORM_STEP_FILL_IN);
  hd_form_model_take_issues (self->model, held);
  refresh_summary (self);
  gtk_widget_set_visible (self->summary_box, hd_form_model_count_issues (self->model) > 0);

  first = g_list_model_get_item (held, 0);
  if (first != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    hd_form_view_focus_field (self->form_view, hd_issue_get_field_id (first));
}
