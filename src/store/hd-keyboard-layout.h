/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The layouts that a person may have meant to type with. */
typedef enum
{
  HD_LAYOUT_ENGLISH,
  HD_LAYOUT_UKRAINIAN,
  HD_LAYOUT_RUSSIAN,
  HD_N_LAYOUTS,
} HdLayout;

char *hd_keyboard_layout_dup_retyped (const char *text,
                                      HdLayout    from,
                                      HdLayout    to) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
