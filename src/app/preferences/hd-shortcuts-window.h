/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HD_TYPE_SHORTCUTS_WINDOW (hd_shortcuts_window_get_type ())
G_DECLARE_FINAL_TYPE (HdShortcutsWindow, hd_shortcuts_window, HD, SHORTCUTS_WINDOW, AdwWindow)

GtkWidget *hd_shortcuts_window_new (GtkWindow *parent);

G_END_DECLS
