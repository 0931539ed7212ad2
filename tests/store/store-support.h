/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store-search.h"
#include "hd-test-utils.h"

G_BEGIN_DECLS

/* Calls a pair of the store, runs the main loop until it is done, and gives what it gave. */
#define TRY(store, error, name, ...) \
  ({ \
    g_autoptr (GAsyncResult) result_ = NULL; \
    hd_store_ ## name ## _async (store, ## __VA_ARGS__, NULL, hd_test_store_result_cb, &result_); \
    hd_test_await (&result_); \
    hd_store_ ## name ## _finish (store, result_, error); \
  })

/* As TRY(), where nothing may go wrong. */
#define CALL(store, name, ...) \
  ({ \
    g_autoptr (GError) error_ = NULL; \
    __auto_type value_ = TRY (store, &error_, name, ## __VA_ARGS__); \
    g_assert_no_error (error_); \
    value_; \
  })

typedef struct
{
  char    *directory;  /* (owned) */
  HdStore *store;  /* (owned) */
  char    *synonyms_file;  /* (owned) (nullable): with which it is opened again */
} Fixture;

#define ADD_TEST(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void      fixture_set_up       (Fixture       *fixture,
                                gconstpointer  data);
void      fixture_tear_down    (Fixture       *fixture,
                                gconstpointer  data);
void      fixture_close        (Fixture       *fixture);
void      fixture_reopen       (Fixture       *fixture);

HdStore  *open_store           (const char    *directory,
                                GError       **error);
HdRequest *make_request        (const char    *json,
                                ...) G_GNUC_PRINTF (1, 2);
HdDraft  *make_draft           (const char    *id,
                                const char    *offering_id,
                                const char    *request_id,
                                const char    *text);
gboolean  tree_contains        (const char    *path,
                                const char    *words);
guint     count_files          (const char    *path);
void      run_sql              (const char    *path,
                                const char    *sql);
void      limit_files          (guint64        bytes);
char     *list_property        (GListModel    *list,
                                const char    *property);

G_END_DECLS
