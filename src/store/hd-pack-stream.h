/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HdPackStream HdPackStream;

HdPackStream *hd_pack_stream_open       (const char         *path,
                                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void          hd_pack_stream_free       (HdPackStream       *self);
gboolean      hd_pack_stream_read_raw   (HdPackStream       *self,
                                         guint8             *target,
                                         gsize               size,
                                         GError            **error);
goffset       hd_pack_stream_get_left   (HdPackStream       *self);
void          hd_pack_stream_set_sums   (HdPackStream       *self,
                                         const char *const  *sums);
void          hd_pack_stream_rewind     (HdPackStream       *self);
gboolean      hd_pack_stream_copy       (HdPackStream       *self,
                                         const char         *folder,
                                         GError            **error);
void          hd_pack_stream_turn_to_copy (HdPackStream     *self);
gboolean      hd_pack_stream_take       (HdPackStream       *self,
                                         guint8             *target,
                                         gsize               size,
                                         gboolean           *at_end,
                                         GError            **error);
double        hd_pack_stream_get_fraction (HdPackStream     *self);

gboolean      hd_pack_broken            (GError            **error,
                                         const char         *what);
guint32       hd_pack_get_number        (const guint8       *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdPackStream, hd_pack_stream_free)

G_END_DECLS
