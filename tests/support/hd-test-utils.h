/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void  hd_test_init            (int            *argc,
                               char         ***argv);
void  hd_test_store_result_cb (GObject        *object,
                               GAsyncResult   *result,
                               gpointer        user_data);
void  hd_test_await           (GAsyncResult  **result);
void  hd_test_await_flag      (const gboolean *flag);
void  hd_test_await_finalized (gpointer        object);
void  hd_test_drain           (void);
char *hd_test_make_tmp_dir    (void);
void  hd_test_remove_tree     (const char     *path);
char *hd_test_build_filename  (const char     *relative);
char *hd_test_source_filename (const char     *relative);

G_END_DECLS
