/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What GNOME does in one way up to Debian 12 and in another way after it.  Each
 * function picks the way of the libraries it is compiled against; nothing else
 * in the program looks at a version.
 */

void        hd_compat_open_files_async  (GtkWindow            *parent,
                                         const char           *title,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GListModel *hd_compat_open_files_finish (GAsyncResult         *result,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void        hd_compat_save_file_async   (GtkWindow            *parent,
                                         const char           *title,
                                         const char           *name,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GFile      *hd_compat_save_file_finish  (GAsyncResult         *result,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void        hd_compat_confirm_async     (GtkWindow            *parent,
                                         const char           *heading,
                                         const char           *body,
                                         const char           *confirm_label,
                                         gboolean              destructive,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean    hd_compat_confirm_finish    (GAsyncResult         *result,
                                         GError              **error);
void        hd_compat_close_dialogs     (GtkWindow            *parent,
                                         gboolean              only_questions);
void        hd_compat_show_about        (GtkWindow            *parent,
                                         const char           *name,
                                         const char           *icon_name,
                                         const char           *version,
                                         const char           *comments);
void        hd_compat_spare_graphics    (void);
void        hd_compat_pass_wheel_on     (GtkScrolledWindow    *scroller);

#define HD_TYPE_SPLIT_VIEW (hd_split_view_get_type ())
G_DECLARE_FINAL_TYPE (HdSplitView, hd_split_view, HD, SPLIT_VIEW, AdwBin)

G_END_DECLS
