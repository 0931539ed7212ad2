/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HdDatabase HdDatabase;
typedef struct _HdStatement HdStatement;
typedef struct _HdSearchRanker HdSearchRanker;
typedef struct _HdSearchWords HdSearchWords;

typedef enum
{
  HD_STEP_ERROR = -1,
  HD_STEP_DONE,
  HD_STEP_ROW,
} HdStep;

HdDatabase  *hd_database_open                   (const char   *path,
                                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void         hd_database_close                  (HdDatabase   *self);
void         hd_database_forget_modules         (HdDatabase   *self);
void         hd_database_forget_statements      (HdDatabase   *self);
HdSearchWords  *hd_database_get_search_words    (HdDatabase   *self);
HdSearchRanker *hd_database_get_search_ranker   (HdDatabase   *self);
gboolean     hd_database_get_version            (HdDatabase   *self,
                                                 gint64       *version,
                                                 GError      **error);
gboolean     hd_database_exec                   (HdDatabase   *self,
                                                 const char   *sql,
                                                 GError      **error);
gboolean     hd_database_begin                  (HdDatabase   *self,
                                                 GError      **error);
gboolean     hd_database_commit                 (HdDatabase   *self,
                                                 GError      **error);
gboolean     hd_database_has_log         (HdDatabase    *self);
void         hd_database_write_log       (HdDatabase    *self);
void         hd_database_rollback               (HdDatabase   *self);

/*
 * @types: a letter for each parameter that follows: `s` const char * (NULL is NULL), `d` int,
 * `l` gint64, `b` GBytes *.
 */
HdStatement *hd_database_query                  (HdDatabase   *self,
                                                 GError      **error,
                                                 const char   *sql,
                                                 const char   *types,
                                                 ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean     hd_database_run                    (HdDatabase   *self,
                                                 GError      **error,
                                                 const char   *sql,
                                                 const char   *types,
                                                 ...);
char        *hd_database_get_text               (HdDatabase   *self,
                                                 GError      **error,
                                                 const char   *sql,
                                                 const char   *types,
                                                 ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean     hd_database_get_int                (HdDatabase   *self,
                                                 gint64       *number,
                                                 GError      **error,
                                                 const char   *sql,
                                                 const char   *types,
                                                 ...);
gint64       hd_database_get_last_rowid         (HdDatabase   *self);
guint        hd_database_count_changes          (HdDatabase   *self);

HdStep       hd_statement_step                  (HdStatement  *self,
                                                 GError      **error);
const char  *hd_statement_get_text              (HdStatement  *self,
                                                 int           column);
gint64       hd_statement_get_int               (HdStatement  *self,
                                                 int           column);
double       hd_statement_get_double            (HdStatement  *self,
                                                 int           column);
gboolean     hd_statement_is_null               (HdStatement  *self,
                                                 int           column);
GBytes      *hd_statement_dup_bytes             (HdStatement  *self,
                                                 int           column) G_GNUC_WARN_UNUSED_RESULT;
GDateTime   *hd_statement_dup_date_time         (HdStatement  *self,
                                                 int           column);
void         hd_statement_release               (HdStatement  *self);

gint64       hd_database_date_time              (GDateTime    *date_time);
gboolean     hd_database_error_is_damage        (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdDatabase, hd_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdStatement, hd_statement_release)

G_END_DECLS
