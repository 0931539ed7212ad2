/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-form-page.h"

#include "hd-form-changes.h"
#include "hd-form-steps.h"
#include "hd-form-view.h"
#include "hd-receipt-page.h"
#include "hd-review-page.h"
#include "hd-send-flow.h"
#include "hd-status-view.h"
#include "hd-suggestions.h"

G_BEGIN_DECLS

/* For hd-form-page.c and hd-form-page-send.c alone. */

struct _HdFormPage
{
  HdPage         parent_instance;

  char          *offering_id;     /* (owned) (nullable) */
  char          *draft_id;        /* (owned) (nullable): the one asked for */
  char          *article_id;      /* (owned) (nullable) */
  char          *words;           /* (owned) (nullable): what a new draft begins with */
  HdFormModel   *model;           /* (owned) (nullable): once it is loaded */
  GListModel    *drafts;          /* (owned) (nullable) (element-type HdDraft): others of this form */
  GListModel    *issues;          /* (owned) (nullable): to be shown once it is loaded */
  HdSendFlow    *flow;            /* (owned) (nullable): once it is submitted */
  guint          progress_source;

  /* Template objects */
  GtkWidget     *article_box;
  GtkLabel      *article_label;
  HdFormChanges *changes;
  AdwBin        *narrow_bin;
  GtkLabel      *intro_label;
  HdFormView    *form_view;
  GtkWidget     *offer_box;
  GtkListBox    *offer_list;
  HdReceiptPage *receipt_page;
  GtkWidget     *review_button;
  HdReviewPage  *review_page;
  GtkLabel      *save_label;
  GtkWidget     *scroller;
  AdwBin        *side_bin;
  GtkWidget     *side_box;
  GtkStack      *stack;
  HdStatusView  *status_view;
  HdFormSteps   *steps;
  HdSuggestions *suggestions;
  GtkLabel      *summary_label;
  GtkBox        *bottom_box;
  GtkWidget     *summary_box;
  GtkLabel      *title_label;
};

void hd_form_page_show_step    (HdFormPage *self,
                                HdFormStep  step);
void hd_form_page_reload_draft (HdFormPage *self,
                                const char *draft_id);
void hd_form_page_refresh_back (HdFormPage *self);
void hd_form_page_edit         (HdFormPage *self);
void hd_form_page_submit       (HdFormPage *self);
void hd_form_page_stop         (HdFormPage *self);
void hd_form_page_drop_flow    (HdFormPage *self);

G_END_DECLS
