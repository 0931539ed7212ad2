/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GStrv     hd_dictionary_dup_stems   (const char *word) G_GNUC_WARN_UNUSED_RESULT;
GStrv     hd_dictionary_dup_similar (const char *word) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_dictionary_dup_version (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_dictionary_is_loaded   (void);
gboolean  hd_dictionary_is_ready    (void);
void      hd_dictionary_read        (void);
void      hd_dictionary_unload      (void);

G_END_DECLS
