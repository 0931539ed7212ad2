/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pack-support.h"

#include <string.h>

#include "hd-database.h"
#include "hd-error.h"
#include "hd-record-json.h"

#define SOURCE_AT "2026-05-01T10:00:00Z"

gpointer
pack_parse (GType       type,
            const char *json)
{
  g_autoptr (GError) error = NULL;
  gpointer record = hd_record_new_from_string (type, json, &error);

  g_assert_no_error (error);
  return record;
}

char *
pack_file (PackFixture *fixture,
           const char  *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

/* Returns: (transfer full): something that does not get shorter by packing, and its name */
GBytes *
pack_picture (guint   number,
              char  **name)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (number);
  guint8 data[5000];
  GBytes *bytes;

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) g_rand_int (rand);

  bytes = g_bytes_new (data, sizeof data);
  *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return bytes;
}

/* As a sync would at that time: what the portal answers about its articles. */
void
pack_sync (HdStore    *store,
           const char *json,
           const char *at)
{
  g_autoptr (HdArticleChanges) changes = pack_parse (HD_TYPE_ARTICLE_CHANGES, json);

  g_assert_true (CALL (store, apply_articles, changes));
  g_assert_true (CALL (store, set_value, HD_STORE_ARTICLES_AT, at));
}

static void
fill_source (HdStore *store)
{
  g_autofree char *name = NULL;
  g_autofree char *icon = NULL;
  g_autoptr (GBytes) picture = pack_picture (1, &name);
  g_autoptr (GBytes) icon_bytes = pack_picture (2, &icon);
  g_autofree char *catalog_json =
    g_strdup_printf ("{\"version\":\"7\",\"categories\":[{\"id\":\"c\",\"name\":\"Доступ\"}],\"offerings\":"
                     "[{\"id\":\"o\",\"name\":\"Пропуск\",\"category_id\":\"c\",\"icon\":\"media:%s\"}]}", icon);
  g_autofree char *changes =
    g_strdup_printf ("{\"as_of\":\"token-1\",\"categories\":[{\"id\":\"net\",\"name\":\"Мережа\"},"
                     "{\"id\":\"vpn\",\"name\":\"VPN\",\"parent_id\":\"net\"},{\"id\":\"mail\",\"name\":\"Пошта\"}],"
                     "\"articles\":[{\"id\":\"a1\",\"title\":\"Принтер\",\"category_id\":\"mail\",\"media\":[\"%s\"],"
                     "\"body\":\"<p>Друк <img src=\\\"media:%s\\\"></p><script>zloskrypt()</script>\","
                     "\"updated_at\":\"2026-04-01T00:00:00Z\"},"
                     "{\"id\":\"a2\",\"title\":\"Тунель\",\"category_id\":\"vpn\",\"body\":\"<p>Дріт</p>\"}]}",
                     name, name);
  g_autoptr (HdCatalog) catalog = pack_parse (HD_TYPE_CATALOG, catalog_json);
  g_autoptr (HdForm) form = pack_parse (HD_TYPE_FORM, "{\"offering_id\":\"o\",\"version\":3,\"fields\":"
                                        "[{\"id\":\"f\",\"type\":\"text\",\"label\":\"Куди\"}]}");
  g_autoptr (HdPortalInfo) info =
    pack_parse (HD_TYPE_PORTAL_INFO, "{\"name\":\"Портал\",\"pack_keys\":[\"evil\"],\"outage\":{\"message\":\"!\"},"
                "\"synonyms\":[[\"мотузка\",\"дріт\"]]}");
  g_autoptr (HdAnnouncementList) news =
    pack_parse (HD_TYPE_ANNOUNCEMENT_LIST, "{\"announcements\":[{\"id\":\"n\",\"title\":\"Новина\"}]}");
  g_autoptr (HdAccount) account = pack_parse (HD_TYPE_ACCOUNT, "{\"id\":\"1\",\"user_name\":\"x\",\"name\":\"Таємна Особа\"}");
  g_autoptr (HdRequest) request = make_request ("{\"id\":\"r\",\"subject\":\"Таємна справа\"}");
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);

  pack_sync (store, changes, SOURCE_AT);
  g_assert_true (CALL (store, put_catalog, catalog));
  g_assert_true (CALL (store, put_form, form));
  g_assert_true (CALL (store, put_info, info));
  g_assert_true (CALL (store, put_announcements, news));
  g_hash_table_insert (media, name, picture);
  g_hash_table_insert (media, icon, icon_bytes);
  g_assert_true (CALL (store, put_media, media, FALSE));
  g_assert_true (CALL (store, put_account, account));
  g_assert_true (CALL (store, put_request, request));
}

/* Returns: (transfer full): what is to be said of a pack */
HdPackManifest *
pack_about (const char        *created_at,
            const char *const *categories)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 (created_at, NULL);
  g_autoptr (GDateTime) expires = g_date_time_add_years (created, 100);

  return g_object_new (HD_TYPE_PACK_MANIFEST,
                       "portal", "https://help.example/",
                       "kind", "open",
                       "created-at", created,
                       "expires-at", expires,
                       "categories", categories,
                       NULL);
}

void
pack_write (PackFixture       *fixture,
            const char        *path,
            const char        *created_at,
            const char *const *categories)
{
  g_autoptr (HdPackManifest) about = pack_about (created_at, categories);
  g_autoptr (HdPackManifest) manifest = CALL (fixture->source, write_pack, path, about, fixture->key);

  g_assert_true (HD_IS_PACK_MANIFEST (manifest));
}

/* Returns: (transfer full): for pack_close_store() */
HdStore *
pack_open_store (PackFixture *fixture,
                 const char  *name)
{
  g_autofree char *folder = pack_file (fixture, name);
  g_autoptr (GError) error = NULL;
  HdStore *store = open_store (folder, &error);

  g_assert_no_error (error);
  return store;
}

void
pack_set_up (PackFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key_path = NULL;

  fixture->directory = hd_test_make_tmp_dir ();
  fixture->source = pack_open_store (fixture, "source");
  fixture->store = pack_open_store (fixture, "store");
  key_path = pack_file (fixture, "key.pem");
  fixture->key = hd_pack_key_make (key_path, &error);
  g_assert_no_error (error);
  fixture->pack_path = pack_file (fixture, "all.hdpack");
  fill_source (fixture->source);
  pack_write (fixture, fixture->pack_path, "2026-05-02T00:00:00Z", NULL);
}

void
pack_close_store (HdStore *store)
{
  hd_store_close (store);
  hd_test_drain ();
  hd_test_await_finalized (store);
}

void
pack_tear_down (PackFixture   *fixture,
                gconstpointer  data)
{
  pack_close_store (g_steal_pointer (&fixture->source));
  pack_close_store (g_steal_pointer (&fixture->store));
  hd_pack_key_free (fixture->key);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->pack_path);
}

/* Returns: (transfer full): trusted by anybody, checked, and kept beside where it is */
HdPack *
pack_open_checked (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  HdPack *pack = hd_pack_open (path, NULL, &error);

  g_assert_no_error (error);
  hd_pack_keep_in (pack, folder);
  g_assert_true (hd_pack_check (pack, NULL, &error));
  g_assert_no_error (error);
  return pack;
}

/* As the program does it: who signed, then all of it, then into the store. */
gboolean
pack_take (PackFixture  *fixture,
           const char   *path,
           GError      **error)
{
  const char *trusted[] = { hd_pack_key_get_public (fixture->key), NULL };
  g_autoptr (HdPack) pack = hd_pack_open (path, trusted, error);

  if (pack != NULL)
    hd_pack_keep_in (pack, fixture->directory);

  return pack != NULL && hd_pack_check (pack, NULL, error) && TRY (fixture->store, error, import_pack, pack);
}

/* Returns: (transfer full) (nullable): how to come by the first file that is open here and whose name begins and ends so */
char *
pack_find_open_file (const char *prefix,
                     const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (target != NULL && g_str_has_prefix (target, prefix) && g_str_has_suffix (target, suffix))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/* Returns: (transfer full): all that the store keeps of the portal, record for record, once it is indexed */
char *
pack_dump_store (PackFixture *fixture,
                 const char  *name)
{
  static const char *const queries[] = {
    "SELECT quote (key) || quote (json) FROM objects ORDER BY key",
    "SELECT quote (key) || quote (value) FROM facts ORDER BY key",
    "SELECT quote (offering_id) || quote (json) FROM forms ORDER BY offering_id",
    "SELECT quote (id) || quote (position) || quote (json) FROM article_categories ORDER BY id",
    "SELECT quote (id) || quote (category_id) || quote (json) || quote (body) FROM articles ORDER BY id",
    "SELECT quote (article_id) || quote (name) FROM article_media ORDER BY article_id, name",
    "SELECT quote (name) || quote (bytes) FROM media ORDER BY name",
    "SELECT quote (id) || quote (json) FROM announcements ORDER BY id",
    "SELECT quote (kind) || quote (id) || quote (title) || quote (detail) || quote (updated) FROM indexed ORDER BY kind, id",
  };
  g_autofree char *folder = pack_file (fixture, name);
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (HdDatabase) database = hd_database_open (path, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (database);
  g_assert_true (CALL (fixture->store, complete_index));

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (HdStatement) statement = hd_database_query (database, NULL, queries[i], "");

      g_assert_nonnull (statement);
      while (hd_statement_step (statement, NULL) == HD_STEP_ROW)
        g_string_append_printf (text, "%u %s\n", i, hd_statement_get_text (statement, 0));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
pack_dump (PackFixture *fixture)
{
  return pack_dump_store (fixture, "store");
}

/* --- Packs that no program of ours would write --- */

static void
add_number (GByteArray *array,
            guint32     number)
{
  guint8 bytes[] = { (guint8) (number >> 24), (guint8) (number >> 16), (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (array, bytes, sizeof bytes);
}

void
pack_add_record (GByteArray    *records,
                 guint          kind,
                 gconstpointer  data,
                 gsize          size)
{
  guint8 byte = (guint8) kind;

  add_number (records, (guint32) size);
  g_byte_array_append (records, &byte, 1);
  g_byte_array_append (records, data, (guint) size);
}

void
pack_add_block (GByteArray    *blocks,
                gconstpointer  data,
                gsize          size,
                gboolean       deflate)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  g_autofree guint8 *packed = g_malloc (size + 1000);
  gsize n_read;
  gsize n_written = size;

  if (deflate)
    g_converter_convert (G_CONVERTER (zlib), data, size, packed, size + 1000, G_CONVERTER_INPUT_AT_END, &n_read,
                         &n_written, NULL);
  else
    memcpy (packed, data, size);

  add_number (blocks, (guint32) n_written | (deflate ? HD_PACK_DEFLATED : 0));
  g_byte_array_append (blocks, packed, (guint) n_written);
}

/* The sums of blocks that may say anything of their length. */
static char *
sum_up (GByteArray *blocks)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize position = 0;

  while (position + 4 <= blocks->len)
    {
      const guint8 *bytes = blocks->data + position;
      guint64 size = 4 + (((guint64) bytes[0] << 24 | (guint64) bytes[1] << 16 | (guint64) bytes[2] << 8 | bytes[3]) &
                          ~(guint64) HD_PACK_DEFLATED);
      gsize length = (gsize) MIN (size, blocks->len - position);
      g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);

      g_string_append_printf (text, "%s\"%s\"", text->len > 0 ? "," : "", sum);
      position += length;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @members: (nullable): of the manifest, as JSON, in front of those that a pack has anyway */
void
pack_sign (PackFixture *fixture,
           const char  *path,
           GByteArray  *blocks,
           const char  *members)
{
  g_autofree char *sums = sum_up (blocks);
  g_autofree char *manifest =
    g_strdup_printf ("{\"portal\":\"https://help.example/\",\"kind\":\"open\",\"data_at\":\"2026-05-03T00:00:00Z\","
                     "\"created_at\":\"2026-05-03T00:00:00Z\",\"expires_at\":\"2126-01-01T00:00:00Z\","
                     "\"size\":%u,\"blocks\":[%s]%s%s}", blocks->len, sums,
                     members != NULL ? "," : "", members != NULL ? members : "");
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;
  g_autofree guint8 *key = g_base64_decode (hd_pack_key_get_public (fixture->key), &n);

  g_byte_array_append (file, (const guint8 *) HD_PACK_MAGIC, HD_PACK_MAGIC_SIZE);
  add_number (file, HD_PACK_VERSION);
  add_number (file, (guint32) strlen (manifest));
  g_byte_array_append (file, key, HD_PACK_KEY_SIZE);
  g_byte_array_append (file, (const guint8 *) manifest, (guint) strlen (manifest));
  head = g_bytes_new (file->data, file->len);
  signature = hd_pack_key_sign (fixture->key, head, &error);
  g_assert_no_error (error);
  g_byte_array_append (file, g_bytes_get_data (signature, NULL), HD_PACK_SIGNATURE_SIZE);
  g_byte_array_append (file, blocks->data, blocks->len);
  g_file_set_contents (path, (const char *) file->data, file->len, &error);
  g_assert_no_error (error);
}

void
pack_sign_records (PackFixture *fixture,
                   const char  *path,
                   GByteArray  *records,
                   const char  *members)
{
  g_autoptr (GByteArray) blocks = g_byte_array_new ();

  for (gsize i = 0; i < records->len; i += HD_PACK_BLOCK_SIZE)
    pack_add_block (blocks, records->data + i, MIN (HD_PACK_BLOCK_SIZE, records->len - i), i % 2 == 0);

  pack_sign (fixture, path, blocks, members);
}
