/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HdSizeClass:
 * @HD_SIZE_CLASS_NARROW: less than 600 px: one column, cards
 * @HD_SIZE_CLASS_MEDIUM: less than 1100 px
 * @HD_SIZE_CLASS_WIDE: two columns and more
 *
 * How much room there is, at the size that the person's text has.
 */
typedef enum
{
  HD_SIZE_CLASS_NARROW,
  HD_SIZE_CLASS_MEDIUM,
  HD_SIZE_CLASS_WIDE,
} HdSizeClass;

#define HD_TYPE_SIZE_CLASS (hd_size_class_get_type ())
GType hd_size_class_get_type (void);

#define HD_TYPE_ADAPTIVE_BIN (hd_adaptive_bin_get_type ())
G_DECLARE_FINAL_TYPE (HdAdaptiveBin, hd_adaptive_bin, HD, ADAPTIVE_BIN, AdwBin)

GtkWidget   *hd_adaptive_bin_new            (void);
HdSizeClass  hd_adaptive_bin_get_size_class (HdAdaptiveBin *self);
double       hd_adaptive_bin_get_text_scale (GtkWidget     *widget);
void         hd_adaptive_bin_expect_width   (HdAdaptiveBin *self,
                                             int            width);

G_END_DECLS
