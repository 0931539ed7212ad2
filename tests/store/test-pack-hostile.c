/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hd-error.h"
#include "pack-support.h"

/* Packs that are cut, changed, forged or made to do harm.  Each time the store is, record for record, as it was. */

#define N_MUTATIONS 2000

typedef struct
{
  guint8 *data;  /* (owned) */
  gsize   size;
  gsize   head_size;
} File;

static void
file_clear (File *file)
{
  g_free (file->data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, file_clear)

static File
read_file (PackFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  File file = { NULL };

  g_file_get_contents (fixture->pack_path, (char **) &file.data, &file.size, &error);
  g_assert_no_error (error);
  file.head_size = HD_PACK_HEADER_SIZE + HD_PACK_SIGNATURE_SIZE +
                   ((gsize) file.data[12] << 24 | (gsize) file.data[13] << 16 | (gsize) file.data[14] << 8 | file.data[15]);
  g_assert_cmpuint (file.head_size, <, file.size);
  return file;
}

static void
write_file (const char   *path,
            const guint8 *data,
            gsize         size)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  g_assert_no_errno (close (fd));
}

/* Nothing but these is ever said of a pack. */
static void
assert_refused (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == HD_ERROR);
  g_assert_true (error->code == HD_ERROR_PACK_BROKEN || error->code == HD_ERROR_PACK_UNTRUSTED ||
                 error->code == HD_ERROR_PACK_UNREADABLE);
}

static void
refuse (PackFixture *fixture,
        const char  *path,
        HdError      code)
{
  const char *trusted[] = { hd_pack_key_get_public (fixture->key), NULL };
  g_autofree char *before = pack_dump (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) import_error = NULL;
  g_autoptr (HdPack) pack = NULL;

  g_assert_false (pack_take (fixture, path, &error));
  g_assert_error (error, HD_ERROR, (int) code);

  /* The store does not rely on anybody's having looked before. */
  pack = hd_pack_open (path, trusted, NULL);
  if (pack != NULL)
    {
      g_assert_false (TRY (fixture->store, &import_error, import_pack, pack));
      assert_refused (import_error);
    }

  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* With something in the store already, of an earlier day. */
static void
fill (PackFixture *fixture)
{
  pack_sync (fixture->store, "{\"as_of\":\"own\",\"articles\":[{\"id\":\"a1\",\"title\":\"Своє\"}]}", "2026-01-01T00:00:00Z");
}

static void
test_a_pack_that_is_cut_anywhere_is_refused (PackFixture   *fixture,
                                             gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "cut.hdpack");
  g_auto (File) file = read_file (fixture);

  fill (fixture);

  for (gsize size = 0; size < file.size; size += size < file.head_size + 16 || size > file.size - 16 ? 1 : 97)
    {
      g_autoptr (GError) error = NULL;

      write_file (path, file.data, size);
      g_assert_null (hd_pack_open (path, NULL, &error));
      g_assert_error (error, HD_ERROR, HD_ERROR_PACK_BROKEN);
    }

  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
}

static void
test_a_pack_of_which_a_byte_was_changed_is_refused (PackFixture   *fixture,
                                                    gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "changed.hdpack");
  g_auto (File) file = read_file (fixture);

  fill (fixture);

  for (gsize i = 0; i < file.size; i += i < file.head_size + 8 ? 1 : 7)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdPack) pack = NULL;

      file.data[i] ^= i % 2 == 0 ? 0x01 : 0x80;
      write_file (path, file.data, file.size);
      pack = hd_pack_open (path, NULL, &error);
      g_assert_true ((pack != NULL) == (i >= file.head_size));
      g_assert_true (pack == NULL || !hd_pack_check (pack, NULL, &error));
      g_assert_error (error, HD_ERROR, HD_ERROR_PACK_BROKEN);

      if (i % 500 == 0)
        refuse (fixture, path, HD_ERROR_PACK_BROKEN);

      file.data[i] ^= i % 2 == 0 ? 0x01 : 0x80;
    }
}

static void
test_what_follows_a_pack_is_refused (PackFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "twice.hdpack");
  g_auto (File) file = read_file (fixture);
  g_autoptr (GByteArray) twice = g_byte_array_new ();

  fill (fixture);
  g_byte_array_append (twice, file.data, (guint) file.size);
  g_byte_array_append (twice, file.data, (guint) file.size);
  write_file (path, twice->data, twice->len);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
  write_file (path, twice->data, file.size + 1);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
}

static void
test_a_stranger_is_refused_and_named (PackFixture   *fixture,
                                      gconstpointer  data)
{
  g_autofree char *key_path = pack_file (fixture, "stranger.pem");
  g_autofree char *path = pack_file (fixture, "stranger.hdpack");
  g_autoptr (HdPackKey) stranger = hd_pack_key_make (key_path, NULL);
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (hd_pack_key_get_public (stranger));
  g_autofree char *text = NULL;
  g_autoptr (HdPackManifest) about = pack_about ("2026-05-03T00:00:00Z", NULL);
  g_autoptr (HdPackManifest) manifest = CALL (fixture->source, write_pack, path, about, stranger);
  g_autoptr (GError) error = NULL;

  fill (fixture);
  refuse (fixture, path, HD_ERROR_PACK_UNTRUSTED);
  g_assert_false (pack_take (fixture, path, &error));
  text = hd_error_dup_text (error);
  g_assert_nonnull (strstr (text, fingerprint));
}

/* Somebody else's key in the header with our signature, and the other way round. */
static void
test_a_signature_is_of_the_key_that_is_named (PackFixture   *fixture,
                                              gconstpointer  data)
{
  g_autofree char *key_path = pack_file (fixture, "stranger.pem");
  g_autofree char *path = pack_file (fixture, "forged.hdpack");
  g_autoptr (HdPackKey) stranger = hd_pack_key_make (key_path, NULL);
  g_auto (File) file = read_file (fixture);
  gsize n;
  g_autofree guint8 *key = g_base64_decode (hd_pack_key_get_public (stranger), &n);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) signature = NULL;

  fill (fixture);
  head = g_bytes_new (file.data, file.head_size - HD_PACK_SIGNATURE_SIZE);
  signature = hd_pack_key_sign (stranger, head, NULL);
  memcpy (file.data + file.head_size - HD_PACK_SIGNATURE_SIZE, g_bytes_get_data (signature, NULL), HD_PACK_SIGNATURE_SIZE);
  write_file (path, file.data, file.size);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
  memcpy (file.data + HD_PACK_HEADER_SIZE - HD_PACK_KEY_SIZE, key, HD_PACK_KEY_SIZE);
  write_file (path, file.data, file.size);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
}

/* --- Rightly signed, and wrong: a maker whose machine or key somebody else has --- */

static void
test_sizes_that_lie_are_refused (PackFixture   *fixture,
                                 gconstpointer  data)
{
  static const char *const members[] = {
    "\"size\":9223372036854775807", "\"size\":-9223372036854775808", "\"size\":-1", "\"size\":0", "\"size\":\"1\"",
    "\"size\":1e300", "\"blocks\":[]", "\"blocks\":[\"\"]", "\"blocks\":[\"../../../etc/passwd\"]", "\"blocks\":7",
    "\"n_articles\":1", "\"n_pictures\":9223372036854775807", "\"n_forms\":-1", "\"created_at\":\"yesterday\"",
    "\"expires_at\":null", "\"data_at\":[]", "\"portal\":null", "\"kind\":{}",
  };
  static const guint32 lengths[] = { 0, 0x7fffffff, 0xffffffff, 0x80000000, HD_PACK_BLOCK_SIZE + 1, 2 };
  g_autofree char *path = pack_file (fixture, "lies.hdpack");
  g_autoptr (GByteArray) records = g_byte_array_new ();

  fill (fixture);
  pack_add_record (records, HD_PACK_KIND_INFO, "{}", 2);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_test_message ("%s", members[i]);
      pack_sign_records (fixture, path, records, members[i]);
      refuse (fixture, path, HD_ERROR_PACK_BROKEN);
    }

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) blocks = g_byte_array_new ();

      g_test_message ("%u", lengths[i]);
      pack_add_block (blocks, records->data, records->len, FALSE);
      for (guint byte = 0; byte < 4; byte++)
        blocks->data[byte] = (guint8) (lengths[i] >> (24 - 8 * byte));
      pack_sign (fixture, path, blocks, NULL);
      refuse (fixture, path, HD_ERROR_PACK_BROKEN);
    }

  for (guint i = 0; i < 4; i++)
    {
      records->data[i] = 0xff;
      pack_sign_records (fixture, path, records, NULL);
      refuse (fixture, path, HD_ERROR_PACK_BROKEN);
    }
}

/* A record that fills a block to the last byte, in one block; with a byte more it may be as right as it likes. */
static void
sign_full_block (PackFixture *fixture,
                 const char  *path,
                 gsize        size)
{
  g_autoptr (GByteArray) records = g_byte_array_new ();
  g_autoptr (GByteArray) blocks = g_byte_array_new ();
  g_autofree char *body = g_malloc0 (size);

  body[0] = 'm';
  pack_add_record (records, HD_PACK_KIND_PICTURE, body, size - HD_PACK_RECORD_HEADER_SIZE);
  pack_add_block (blocks, records->data, records->len, TRUE);
  pack_sign (fixture, path, blocks, "\"n_pictures\":1,\"kind\":\"rt\"");
}

static void
test_a_block_may_be_full_and_not_fuller (PackFixture   *fixture,
                                         gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "full.hdpack");
  g_autoptr (GError) error = NULL;

  fill (fixture);
  sign_full_block (fixture, path, HD_PACK_BLOCK_SIZE + 1);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
  sign_full_block (fixture, path, HD_PACK_BLOCK_SIZE);
  g_assert_true (pack_take (fixture, path, &error));
  g_assert_no_error (error);
}

/* A gigabyte of nothing in a megabyte is not unpacked. */
static void
test_a_bomb_is_refused (PackFixture   *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "bomb.hdpack");
  g_autoptr (GByteArray) blocks = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (64 * 1024 * 1024);

  fill (fixture);
  pack_add_block (blocks, zeros, HD_PACK_BLOCK_SIZE + 1, TRUE);
  pack_sign (fixture, path, blocks, NULL);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
  g_byte_array_set_size (blocks, 0);
  pack_add_block (blocks, zeros, 64 * 1024 * 1024, TRUE);
  pack_sign (fixture, path, blocks, NULL);
  refuse (fixture, path, HD_ERROR_PACK_BROKEN);
}

static void
test_records_that_make_no_sense_are_refused (PackFixture   *fixture,
                                             gconstpointer  data)
{
  static const struct
  {
    guint       kind;
    const char *text;
    guint       again;  /* the kind of a second one with the same text */
  } vectors[] = {
    { HD_PACK_KIND_END, "" }, { HD_N_PACK_KINDS, "{}" }, { 255, "{}" },
    { HD_PACK_KIND_INFO, "" }, { HD_PACK_KIND_INFO, "[]" }, { HD_PACK_KIND_INFO, "{" }, { HD_PACK_KIND_INFO, "nul" },
    { HD_PACK_KIND_INFO, "{}", HD_PACK_KIND_INFO }, { HD_PACK_KIND_CATALOG, "{\"offerings\":{}}" },
    { HD_PACK_KIND_CATALOG, "{\"offerings\":[{\"id\":5}]}" },
    { HD_PACK_KIND_CATALOG, "{\"version\":\"1\",\"categories\":[],\"offerings\":[]}", HD_PACK_KIND_INFO },
    { HD_PACK_KIND_FORM, "{\"version\":1}" }, { HD_PACK_KIND_FORM, "{\"offering_id\":\"\"}" },
    { HD_PACK_KIND_FORM, "{\"offering_id\":\"o\"}", HD_PACK_KIND_FORM },
    { HD_PACK_KIND_ARTICLE, "{\"id\":\"a\"}" }, { HD_PACK_KIND_ARTICLE, "{\"id\":[],\"title\":\"t\"}" },
    { HD_PACK_KIND_ARTICLE, "{\"id\":\"\",\"title\":\"t\"}" },
    { HD_PACK_KIND_ARTICLE, "{\"id\":\"a\",\"title\":\"\xff\xfe\"}" },
    { HD_PACK_KIND_ARTICLE, "{\"id\":\"a\",\"title\":\"t\"}", HD_PACK_KIND_ARTICLE },
    { HD_PACK_KIND_ANNOUNCEMENTS, "{\"announcements\":[{\"title\":5}]}" },
    { HD_PACK_KIND_PICTURE, "" }, { HD_PACK_KIND_PICTURE, "name without an end" },
  };
  g_autofree char *path = pack_file (fixture, "odd.hdpack");

  fill (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GByteArray) records = g_byte_array_new ();
      g_autofree char *members = g_strdup_printf ("\"n_articles\":%u,\"n_forms\":%u",
                                                  vectors[i].kind == HD_PACK_KIND_ARTICLE ? (vectors[i].again ? 2 : 1) : 0,
                                                  vectors[i].kind == HD_PACK_KIND_FORM ? (vectors[i].again ? 2 : 1) : 0);
      g_autofree char *escaped = g_strescape (vectors[i].text, NULL);

      g_test_message ("%u %s", vectors[i].kind, escaped);
      pack_add_record (records, vectors[i].kind, vectors[i].text, strlen (vectors[i].text));
      if (vectors[i].again != 0)
        pack_add_record (records, vectors[i].again, vectors[i].text, strlen (vectors[i].text));
      pack_sign_records (fixture, path, records, members);
      refuse (fixture, path, HD_ERROR_PACK_BROKEN);
    }
}

static void
test_names_of_pictures_are_names (PackFixture   *fixture,
                                  gconstpointer  data)
{
  static const char *const names[] = {
    "../x", "..", ".", "/etc/passwd", "a/b", "a\\b", "", " ", "a b", "файл", "a\nb", "C:x", ".hidden", "%2e%2e",
  };
  g_autofree char *path = pack_file (fixture, "names.hdpack");
  g_autofree char *far_too_long = g_strnfill (5000, 'a');
  g_autofree char *strange = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (GBytes) picture = pack_picture (9, &strange);

  fill (fixture);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "else", -1);

  for (guint i = 0; i < G_N_ELEMENTS (names) + 2; i++)
    {
      g_autoptr (GByteArray) records = g_byte_array_new ();
      g_autoptr (GByteArray) body = g_byte_array_new ();
      const char *name = i < G_N_ELEMENTS (names) ? names[i] : i == G_N_ELEMENTS (names) ? far_too_long : sum;

      g_test_message ("%s", name);
      g_byte_array_append (body, (const guint8 *) name, (guint) strlen (name) + 1);
      g_byte_array_append (body, g_bytes_get_data (picture, NULL), 100);
      pack_add_record (records, HD_PACK_KIND_PICTURE, body->data, body->len);
      /* Of a portal that calls its pictures as it likes; only the last is wrong since it is not what its sum says. */
      pack_sign_records (fixture, path, records, i <= G_N_ELEMENTS (names) ? "\"n_pictures\":1,\"kind\":\"rt\"" : "\"n_pictures\":1");
      refuse (fixture, path, HD_ERROR_PACK_BROKEN);
    }
}

/* Whatever a trusted maker writes by mistake or on purpose is taken whole or not at all. */
static void
test_random_changes_are_taken_whole_or_not_at_all (PackFixture   *fixture,
                                                   gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "random.hdpack");
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261127);
  g_autoptr (GByteArray) original = g_byte_array_new ();
  const char *info = "{\"name\":\"П\",\"contacts\":[{\"kind\":\"phone\",\"value\":\"1\"}]}";
  const char *catalog = "{\"version\":\"1\",\"categories\":[],\"offerings\":[]}";
  const char *categories = "{\"categories\":[{\"id\":\"k\",\"name\":\"K\"}]}";
  const char *article = "{\"id\":\"a\",\"title\":\"T\",\"category_id\":\"k\",\"body\":\"<table><p>x<svg><![CDATA[\","
                        "\"media\":[\"m\"],\"updated_at\":\"2026-01-01T00:00:00Z\"}";
  g_autofree char *before = NULL;
  guint n_taken = 0;

  fill (fixture);
  pack_add_record (original, HD_PACK_KIND_INFO, info, strlen (info));
  pack_add_record (original, HD_PACK_KIND_CATALOG, catalog, strlen (catalog));
  pack_add_record (original, HD_PACK_KIND_CATEGORIES, categories, strlen (categories));
  pack_add_record (original, HD_PACK_KIND_ARTICLE, article, strlen (article));
  pack_add_record (original, HD_PACK_KIND_PICTURE, "m\0bytes", 7);
  before = pack_dump (fixture);

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (GByteArray) records = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      g_autofree char *members = g_strdup_printf ("\"n_articles\":1,\"n_pictures\":1,\"kind\":\"rt\","
                                                  "\"created_at\":\"2026-05-03T00:%02u:%02u.%03uZ\"",
                                                  i / 60 % 60, i % 60, i / 3600);
      gboolean is_taken;

      g_byte_array_append (records, original->data, original->len);
      for (guint n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        records->data[g_rand_int_range (rand, 0, (int) records->len)] = (guint8) g_rand_int (rand);
      if (g_rand_int_range (rand, 0, 10) == 0)
        g_byte_array_set_size (records, (guint) g_rand_int_range (rand, 1, (int) records->len));

      pack_sign_records (fixture, path, records, members);
      is_taken = pack_take (fixture, path, &error);
      n_taken += is_taken;
      after = pack_dump (fixture);

      if (is_taken)
        {
          g_free (before);
          before = g_steal_pointer (&after);
        }
      else
        {
          assert_refused (error);
          g_assert_cmpstr (after, ==, before);
        }
    }

  g_test_message ("%u of %u taken", n_taken, N_MUTATIONS);
  g_assert_cmpuint (n_taken, >, 0);
  g_assert_cmpuint (n_taken, <, N_MUTATIONS);
}

/* --- The file itself --- */

static void
test_what_was_looked_at_is_what_is_taken (PackFixture   *fixture,
                                          gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "moving.hdpack");
  g_auto (File) file = read_file (fixture);
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (HdPack) replaced = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  write_file (path, file.data, file.size);
  pack = hd_pack_open (path, NULL, NULL);
  replaced = hd_pack_open (path, NULL, NULL);
  g_assert_true (hd_pack_check (pack, NULL, NULL));
  g_assert_true (hd_pack_check (replaced, NULL, NULL));
  before = pack_dump (fixture);

  /* Another file of that name is not seen at all. */
  g_assert_no_errno (g_unlink (path));
  write_file (path, (const guint8 *) "rubbish", 7);
  g_assert_true (hd_pack_check (replaced, NULL, NULL));

  /* The same file with other contents. */
  g_assert_no_errno (g_unlink (path));
  write_file (path, file.data, file.size);
  g_clear_object (&pack);
  pack = hd_pack_open (path, NULL, NULL);
  g_assert_true (hd_pack_check (pack, NULL, NULL));
  file.data[file.size - 1] ^= 1;
  write_file (path, file.data, file.size);
  g_assert_false (TRY (fixture->store, &error, import_pack, pack));
  g_assert_error (error, HD_ERROR, HD_ERROR_PACK_BROKEN);
  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, before);

  g_assert_true (CALL (fixture->store, import_pack, replaced));
}

/* A pipe would be waited for, and a device read for ever. */
static void
test_only_a_file_is_read (PackFixture   *fixture,
                          gconstpointer  data)
{
  g_autofree char *fifo = pack_file (fixture, "fifo.hdpack");
  g_autofree char *link_to_fifo = pack_file (fixture, "link.hdpack");
  g_autofree char *nowhere = pack_file (fixture, "nowhere.hdpack");
  const char *const paths[] = { fifo, link_to_fifo, nowhere, fixture->directory, "/dev/zero", "/dev/full" };

  fill (fixture);
  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (symlink (fifo, link_to_fifo));

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      refuse (fixture, paths[i], HD_ERROR_PACK_UNREADABLE);
    }
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  ADD_PACK_TEST ("/store/pack-hostile/a-pack-that-is-cut-anywhere-is-refused", test_a_pack_that_is_cut_anywhere_is_refused);
  ADD_PACK_TEST ("/store/pack-hostile/a-pack-of-which-a-byte-was-changed-is-refused",
                 test_a_pack_of_which_a_byte_was_changed_is_refused);
  ADD_PACK_TEST ("/store/pack-hostile/what-follows-a-pack-is-refused", test_what_follows_a_pack_is_refused);
  ADD_PACK_TEST ("/store/pack-hostile/a-stranger-is-refused-and-named", test_a_stranger_is_refused_and_named);
  ADD_PACK_TEST ("/store/pack-hostile/a-signature-is-of-the-key-that-is-named", test_a_signature_is_of_the_key_that_is_named);
  ADD_PACK_TEST ("/store/pack-hostile/sizes-that-lie-are-refused", test_sizes_that_lie_are_refused);
  ADD_PACK_TEST ("/store/pack-hostile/a-block-may-be-full-and-not-fuller", test_a_block_may_be_full_and_not_fuller);
  ADD_PACK_TEST ("/store/pack-hostile/a-bomb-is-refused", test_a_bomb_is_refused);
  ADD_PACK_TEST ("/store/pack-hostile/records-that-make-no-sense-are-refused", test_records_that_make_no_sense_are_refused);
  ADD_PACK_TEST ("/store/pack-hostile/names-of-pictures-are-names", test_names_of_pictures_are_names);
  ADD_PACK_TEST ("/store/pack-hostile/random-changes-are-taken-whole-or-not-at-all",
                 test_random_changes_are_taken_whole_or_not_at_all);
  ADD_PACK_TEST ("/store/pack-hostile/what-was-looked-at-is-what-is-taken", test_what_was_looked_at_is_what_is_taken);
  ADD_PACK_TEST ("/store/pack-hostile/only-a-file-is-read", test_only_a_file_is_read);

  return g_test_run ();
}
