/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "hd-error.h"
#include "pack-support.h"

/* A knowledge pack is taken from a copy of what was checked: its file may go, and the disk may have no room. */

#define DELETED " (deleted)"

#define RECORD "{\"id\":\"a\",\"title\":\"A\"}"

/* More than others give back to the disk meanwhile. */
#define MUCH (G_GUINT64_CONSTANT (16) << 30)

/* Returns: (transfer full) (nullable): how to come by the copy that a pack has */
static char *
find_copy (PackFixture *fixture)
{
  return pack_find_open_file (fixture->directory, DELETED);
}

/* What is taken of an undisturbed file. */
static char *
dump_undisturbed (PackFixture *fixture)
{
  HdStore *store = pack_open_store (fixture, "undisturbed");
  g_autoptr (HdPack) pack = pack_open_checked (fixture->pack_path);

  g_assert_true (CALL (store, import_pack, pack));
  g_assert_true (CALL (store, complete_index));
  pack_close_store (store);
  return pack_dump_store (fixture, "undisturbed");
}

static void
cut (const char *path)
{
  g_assert_no_errno (truncate (path, 0));
}

static void
overwrite (const char *path)
{
  g_autofree char *rubbish = NULL;
  int fd = open (path, O_WRONLY);
  struct stat info;

  g_assert_no_errno (fstat (fd, &info));
  rubbish = g_strnfill ((gsize) info.st_size, 'x');
  g_assert_cmpint (write (fd, rubbish, (gsize) info.st_size), ==, info.st_size);
  g_assert_no_errno (close (fd));
}

/* What is not open cannot fail either, and a stick that nobody has open is given free. */
static void
test_once_it_is_checked_the_file_may_go (PackFixture   *fixture,
                                         gconstpointer  data)
{
  g_autofree char *expected = dump_undisturbed (fixture);
  g_autofree char *open_file = NULL;
  g_autofree char *after = NULL;
  g_autoptr (HdPack) pack = pack_open_checked (fixture->pack_path);
  g_autoptr (GError) error = NULL;

  open_file = pack_find_open_file (fixture->pack_path, "");
  g_assert_null (open_file);
  (data != NULL ? overwrite : cut)(fixture->pack_path);
  g_assert_true (TRY (fixture->store, &error, import_pack, pack));
  g_assert_no_error (error);
  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, expected);
}

static void
test_the_copy_has_no_name_and_ends_with_the_pack (PackFixture   *fixture,
                                                  gconstpointer  data)
{
  guint n_names = count_files (fixture->directory);
  g_autoptr (HdPack) pack = pack_open_checked (fixture->pack_path);
  g_autofree char *copy = find_copy (fixture);
  g_autofree char *left = NULL;
  struct stat info;

  g_assert_nonnull (copy);
  g_assert_no_errno (stat (copy, &info));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (info.st_size, ==, hd_pack_manifest_get_size (hd_pack_get_manifest (pack)));
  g_assert_cmpuint (count_files (fixture->directory), ==, n_names);
  g_clear_object (&pack);
  left = find_copy (fixture);
  g_assert_null (left);
}

/* Nor is a check without a copy enough for taking it. */
static void
test_who_does_not_take_it_does_not_copy_it (PackFixture   *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdPack) pack = hd_pack_open (fixture->pack_path, NULL, NULL);
  g_autofree char *anywhere = NULL;
  g_autofree char *copy = NULL;

  g_assert_true (hd_pack_check (pack, NULL, NULL));
  anywhere = pack_find_open_file (g_get_tmp_dir (), DELETED);
  g_assert_null (anywhere);
  g_assert_true (CALL (fixture->store, import_pack, pack));
  copy = find_copy (fixture);
  g_assert_nonnull (copy);
}

static void
change_a_word (const char *path)
{
  int fd = open (path, O_WRONLY);

  g_assert_cmpint (pwrite (fd, "B", 1, (off_t) (4 + HD_PACK_RECORD_HEADER_SIZE + strlen (RECORD) - strlen ("A\"}"))), ==, 1);
  g_assert_no_errno (close (fd));
}

/* As on a disk that fails: what is read the second time was signed, too. */
static void
test_a_copy_that_was_changed_changes_nothing (PackFixture   *fixture,
                                              gconstpointer  data)
{
  g_autoptr (GByteArray) records = g_byte_array_new ();
  g_autoptr (GByteArray) blocks = g_byte_array_new ();
  g_autofree char *before = pack_dump (fixture);
  g_autofree char *after = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (GError) error = NULL;

  pack_add_record (records, HD_PACK_KIND_ARTICLE, RECORD, strlen (RECORD));
  pack_add_block (blocks, records->data, records->len, FALSE);
  pack_sign (fixture, fixture->pack_path, blocks, "\"n_articles\":1");
  pack = pack_open_checked (fixture->pack_path);
  copy = find_copy (fixture);
  (data != NULL ? change_a_word : cut)(copy);
  g_assert_false (TRY (fixture->store, &error, import_pack, pack));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* --- The disk --- */

static void
test_a_disk_that_fills_up_meanwhile_changes_nothing (PackFixture   *fixture,
                                                     gconstpointer  data)
{
  g_autofree char *expected = dump_undisturbed (fixture);
  g_autofree char *before = pack_dump (fixture);
  g_autofree char *meanwhile = NULL;
  g_autofree char *after = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (HdPack) pack = hd_pack_open (fixture->pack_path, NULL, NULL);
  g_autoptr (GError) error = NULL;

  limit_files (8 * 1024);
  g_assert_false (TRY (fixture->store, &error, import_pack, pack));
  limit_files (G_MAXUINT64);

  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_null (hd_error_get_detail (error));
  copy = find_copy (fixture);
  g_assert_null (copy);
  meanwhile = pack_dump (fixture);
  g_assert_cmpstr (meanwhile, ==, before);

  /* With room again it is taken. */
  g_assert_true (CALL (fixture->store, import_pack, pack));
  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, expected);
}

/* Signed by somebody trusted, and of more than half of what is free: a hole, which takes no room itself. */
static goffset
sign_large (PackFixture *fixture,
            const char  *path)
{
  g_autoptr (GByteArray) blocks = g_byte_array_new ();
  g_autofree char *member = NULL;
  struct stat info;
  struct statvfs disk;
  goffset size;

  g_assert_no_errno (statvfs (fixture->directory, &disk));
  size = (goffset) (disk.f_bavail * disk.f_frsize / 2 + MUCH);
  member = g_strdup_printf ("\"size\":%" G_GOFFSET_FORMAT, size);
  pack_add_block (blocks, "x", 1, FALSE);
  pack_sign (fixture, path, blocks, member);
  g_assert_no_errno (stat (path, &info));
  g_assert_no_errno (truncate (path, info.st_size - blocks->len + size));
  return size;
}

static void
test_what_has_no_room_is_not_begun (PackFixture   *fixture,
                                    gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "huge.hdpack");
  g_autofree char *before = pack_dump (fixture);
  goffset size = sign_large (fixture, path);
  g_autofree char *needed = g_format_size (2 * (guint64) size);
  g_autofree char *after = NULL;
  g_autoptr (HdPack) pack = hd_pack_open (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) import_error = NULL;

  g_assert_nonnull (pack);
  g_assert_false (pack_take (fixture, path, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_cmpstr (hd_error_get_detail (error), ==, needed);
  g_assert_false (TRY (fixture->store, &import_error, import_pack, pack));
  g_assert_error (import_error, HD_ERROR, HD_ERROR_STORAGE);
  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

#define ADD(name, data, test) g_test_add ("/store/pack-copy/" name, PackFixture, data, pack_set_up, test, pack_tear_down)

  ADD ("once-it-is-checked-the-file-may-be-cut", NULL, test_once_it_is_checked_the_file_may_go);
  ADD ("once-it-is-checked-the-file-may-be-overwritten", "overwrite", test_once_it_is_checked_the_file_may_go);
  ADD ("the-copy-has-no-name-and-ends-with-the-pack", NULL, test_the_copy_has_no_name_and_ends_with_the_pack);
  ADD ("who-does-not-take-it-does-not-copy-it", NULL, test_who_does_not_take_it_does_not_copy_it);
  ADD ("a-copy-that-was-cut-changes-nothing", NULL, test_a_copy_that_was_changed_changes_nothing);
  ADD ("a-copy-of-which-a-word-was-changed-changes-nothing", "change", test_a_copy_that_was_changed_changes_nothing);
  ADD ("a-disk-that-fills-up-meanwhile-changes-nothing", NULL, test_a_disk_that_fills_up_meanwhile_changes_nothing);
  ADD ("what-has-no-room-is-not-begun", NULL, test_what_has_no_room_is_not_begun);

  return g_test_run ();
}
