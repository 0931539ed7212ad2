/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-application.h"
#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_WINDOW (hd_window_get_type ())
G_DECLARE_FINAL_TYPE (HdWindow, hd_window, HD, WINDOW, AdwApplicationWindow)

HdWindow *hd_window_new            (HdApplication *application);
void      hd_window_set_session    (HdWindow      *self,
                                    HdSession     *session);
void      hd_window_present_whole  (HdWindow      *self);
void      hd_window_quit           (HdWindow      *self);
void      hd_window_do_action      (HdWindow      *self,
                                    const char    *name,
                                    GVariant      *parameter);
void      hd_window_session_opened (HdWindow      *self,
                                    gboolean       has_person,
                                    const GError  *error);
void      hd_window_import_pack    (HdWindow      *self,
                                    GFile         *file);

G_END_DECLS
