/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hd_stack_state_follow (GtkWidget *stack);

G_END_DECLS
