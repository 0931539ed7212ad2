/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"

G_BEGIN_DECLS

/**
 * HdFormParts:
 * @form: the form, as the portal describes it
 * @offering: (nullable): what it is the form of
 * @draft: (nullable): the draft that was asked for
 * @article: (nullable): the article that led here
 *
 * All that a form page is made of.
 */
typedef struct
{
  HdForm     *form;
  HdOffering *offering;
  HdDraft    *draft;
  HdArticle  *article;
} HdFormParts;

void         hd_form_parts_free  (HdFormParts          *self);
void         hd_form_load_async  (HdSession            *session,
                                  const char           *offering_id,
                                  const char           *draft_id,
                                  const char           *article_id,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
HdFormParts *hd_form_load_finish (HdSession            *session,
                                  GAsyncResult         *result,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdFormParts, hd_form_parts_free)

G_END_DECLS
