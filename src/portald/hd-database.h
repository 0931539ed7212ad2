/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_DATABASE_ERROR (hd_database_error_quark ())

typedef enum
{
  HD_DATABASE_ERROR_FAILED,
  HD_DATABASE_ERROR_NEWER,
} HdDatabaseError;

GQuark hd_database_error_quark (void);

#define HD_TYPE_DATABASE (hd_database_get_type ())
G_DECLARE_FINAL_TYPE (HdDatabase, hd_database, HD, DATABASE, GObject)

typedef struct _HdRows HdRows;

gboolean    hd_database_exists       (const char  *data_dir);
HdDatabase *hd_database_open         (const char  *data_dir,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
const char *hd_database_get_data_dir (HdDatabase  *self);

gboolean    hd_database_begin        (HdDatabase  *self,
                                      GError     **error);
gboolean    hd_database_commit       (HdDatabase  *self,
                                      GError     **error);
void        hd_database_rollback     (HdDatabase  *self);
gboolean    hd_database_end          (HdDatabase  *self,
                                      gboolean     ok,
                                      GError     **error);

gboolean    hd_database_run          (HdDatabase  *self,
                                      GError     **error,
                                      const char  *sql,
                                      const char  *types,
                                      ...);
HdRows     *hd_database_query        (HdDatabase  *self,
                                      GError     **error,
                                      const char  *sql,
                                      const char  *types,
                                      ...) G_GNUC_WARN_UNUSED_RESULT;
gint64      hd_database_count        (HdDatabase  *self,
                                      const char  *sql,
                                      const char  *types,
                                      ...);
gint64      hd_database_get_n_changed (HdDatabase *self);

gint64      hd_database_next_change  (HdDatabase  *self,
                                      GError     **error);
gint64      hd_database_last_change  (HdDatabase  *self);

char       *hd_database_dup_meta     (HdDatabase  *self,
                                      const char  *key) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_database_set_meta     (HdDatabase  *self,
                                      const char  *key,
                                      const char  *value,
                                      GError     **error);

HdRows     *hd_database_prepare      (HdDatabase  *self,
                                      const char  *sql,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rows_bind_text        (HdRows      *rows,
                                      int          position,
                                      const char  *text);
void        hd_rows_bind_int         (HdRows      *rows,
                                      int          position,
                                      gint64       value);
gboolean    hd_rows_next             (HdRows      *rows,
                                      GError     **error);
const char *hd_rows_get_text         (HdRows      *rows,
                                      int          column);
gint64      hd_rows_get_int          (HdRows      *rows,
                                      int          column);
void        hd_rows_free             (HdRows      *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdRows, hd_rows_free)

G_END_DECLS
