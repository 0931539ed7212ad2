/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-adaptive-bin.h"
#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_PAGE (hd_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (HdPage, hd_page, HD, PAGE, AdwBin)

/**
 * HdPageClass:
 * @grab_focus_first: puts the focus where the person will begin
 * @start_search: Ctrl+F; returns whether the page has something to search in
 * @refresh: F5; the window synchronizes too
 * @go_back: goes one step back within the page, where "can-go-back" says so
 * @close: about to be left for good: save what is not saved; %FALSE keeps the page
 */
struct _HdPageClass
{
  AdwBinClass parent_class;

  void     (*grab_focus_first) (HdPage *self);
  gboolean (*start_search)     (HdPage *self);
  void     (*refresh)          (HdPage *self);
  void     (*go_back)          (HdPage *self);
  gboolean (*close)            (HdPage *self);
};

HdSession    *hd_page_get_session      (HdPage     *self);
GCancellable *hd_page_get_cancellable  (HdPage     *self);
const char   *hd_page_get_title        (HdPage     *self);
void          hd_page_set_title        (HdPage     *self,
                                        const char *title);
HdSizeClass   hd_page_get_size_class   (HdPage     *self);
void          hd_page_grab_focus_first (HdPage     *self);
void          hd_page_set_first_focus  (HdPage     *self,
                                        GtkWidget  *widget);
void          hd_page_content_hidden   (HdPage     *self);
void          hd_page_content_shown    (HdPage     *self);
gboolean      hd_page_start_search     (HdPage     *self);
void          hd_page_refresh          (HdPage     *self);
gboolean      hd_page_get_can_go_back  (HdPage     *self);
void          hd_page_set_can_go_back  (HdPage     *self,
                                        gboolean    can_go_back);
gboolean      hd_page_get_loading      (HdPage     *self);
void          hd_page_set_loading      (HdPage     *self,
                                        gboolean    loading);
void          hd_page_go_back          (HdPage     *self);
gboolean      hd_page_close            (HdPage     *self);

G_END_DECLS
