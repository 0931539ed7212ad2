/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-pack-writer.h"
#include "hd-store-pack.h"
#include "store-support.h"

G_BEGIN_DECLS

/* A folder with a key, a store with what a portal publishes, and an empty store that packs are taken into. */
typedef struct
{
  char      *directory;  /* (owned) */
  HdPackKey *key;  /* (owned) */
  HdStore   *source;  /* (owned) */
  HdStore   *store;  /* (owned) */
  char      *pack_path;  /* (owned): of a pack of all that the source has */
} PackFixture;

#define ADD_PACK_TEST(path, function) \
  g_test_add (path, PackFixture, NULL, pack_set_up, function, pack_tear_down)

void            pack_set_up          (PackFixture         *fixture,
                                      gconstpointer        data);
void            pack_tear_down       (PackFixture         *fixture,
                                      gconstpointer        data);
char           *pack_file            (PackFixture         *fixture,
                                      const char          *name);
HdPackManifest *pack_about           (const char          *created_at,
                                      const char          *const *categories);
void            pack_write           (PackFixture         *fixture,
                                      const char          *path,
                                      const char          *created_at,
                                      const char          *const *categories);
void            pack_sync            (HdStore             *store,
                                      const char          *json,
                                      const char          *at);
HdPack         *pack_open_checked    (const char          *path);
char           *pack_find_open_file  (const char          *prefix,
                                      const char          *suffix);
gboolean        pack_take            (PackFixture         *fixture,
                                      const char          *path,
                                      GError             **error);
char           *pack_dump            (PackFixture         *fixture);
char           *pack_dump_store      (PackFixture         *fixture,
                                      const char          *name);
HdStore        *pack_open_store      (PackFixture         *fixture,
                                      const char          *name);
void            pack_close_store     (HdStore             *store);
gpointer        pack_parse           (GType                type,
                                      const char          *json);
GBytes         *pack_picture         (guint                number,
                                      char               **name);

/* A pack that is rightly signed, whatever is in it. */
void            pack_add_block       (GByteArray          *blocks,
                                      gconstpointer        data,
                                      gsize                size,
                                      gboolean             deflate);
void            pack_add_record      (GByteArray          *records,
                                      guint                kind,
                                      gconstpointer        data,
                                      gsize                size);
void            pack_sign            (PackFixture         *fixture,
                                      const char          *path,
                                      GByteArray          *blocks,
                                      const char          *members);
void            pack_sign_records    (PackFixture         *fixture,
                                      const char          *path,
                                      GByteArray          *records,
                                      const char          *members);

G_END_DECLS
