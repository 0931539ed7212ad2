/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hd-catalog.h"
#include "hd-error.h"
#include "hd-pack-file.h"
#include "hd-record-json.h"

/*
 * Writes a knowledge pack (hd-pack-format.h).  What it says of itself comes first and is known last, so the blocks
 * wait in a file without a name; the pack gets its name when it is whole and on the disk.
 */

struct _HdPackWriter
{
  char       *path; /* (owned) */
  char       *unfinished; /* (owned): beside it */
  int         fd;
  int         blocks_fd;
  GByteArray *block;  /* (owned) */
  GPtrArray  *sums; /* (owned) (element-type utf8) */
  gint64      size;
  gint64      counts[HD_N_PACK_KINDS];
  gint64      n_offerings;
};

static gboolean
fail (GError     **error,
      const char  *what)
{
  int code = errno;

  g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "%s: %s", what, g_strerror (code));
  return FALSE;
}

static void
put_number (guint8  *target,
            guint32  number)
{
  for (guint i = 0; i < 4; i++)
    target[i] = (guint8) (number >> (24 - 8 * i));
}

/* Both are beside the pack. */
static gboolean
make_files (HdPackWriter  *self,
            GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *path = g_strconcat (self->path, ".XXXXXX", NULL);

  self->blocks_fd = hd_pack_file_make_nameless (folder, error);
  if (self->blocks_fd < 0)
    return FALSE;

  self->fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd < 0)
    return fail (error, self->path);

  self->unfinished = g_steal_pointer (&path);
  return TRUE;
}

/**
 * hd_pack_writer_new:
 * @path: what to write; what is there is replaced at the end
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): a writer
 */
HdPackWriter *
hd_pack_writer_new (const char  *path,
                    GError     **error)
{
  g_autoptr (HdPackWriter) self = g_new0 (HdPackWriter, 1);

  self->path = g_strdup (path);
  self->fd = self->blocks_fd = -1;
  self->block = g_byte_array_new ();
  self->sums = g_ptr_array_new_null_terminated (16, g_free, TRUE);
  return make_files (self, error) ? g_steal_pointer (&self) : NULL;
}

/* What was not finished is nowhere. */
void
hd_pack_writer_free (HdPackWriter *self)
{
  if (self->fd >= 0)
    close (self->fd);

  if (self->blocks_fd >= 0)
    close (self->blocks_fd);

  if (self->unfinished != NULL)
    g_unlink (self->unfinished);

  g_byte_array_unref (self->block);
  g_ptr_array_unref (self->sums);
  g_free (self->unfinished);
  g_free (self->path);
  g_free (self);
}

/* Returns: how long the block is when packed; 0 where it would not be shorter, as with pictures */
static gsize
deflate_block (GByteArray *block,
               guint8     *packed)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, -1);
  gsize n_read = 0;
  gsize n_written = 0;
  GConverterResult result = g_converter_convert (G_CONVERTER (zlib), block->data, block->len, packed, block->len,
                                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

  return result == G_CONVERTER_FINISHED && n_written < block->len ? n_written : 0;
}

static gboolean
flush_block (HdPackWriter  *self,
             GError       **error)
{
  g_autofree guint8 *stored = g_malloc (4 + HD_PACK_BLOCK_SIZE);
  gsize size;

  if (self->block->len == 0)
    return TRUE;

  size = deflate_block (self->block, stored + 4);
  put_number (stored, size > 0 ? (guint32) size | HD_PACK_DEFLATED : self->block->len);

  if (size == 0)
    {
      size = self->block->len;
      memcpy (stored + 4, self->block->data, size);
    }

  g_ptr_array_add (self->sums, g_compute_checksum_for_data (G_CHECKSUM_SHA256, stored, 4 + size));
  self->size += 4 + (gint64) size;
  g_byte_array_set_size (self->block, 0);

  if (self->sums->len > HD_PACK_MAX_BLOCKS)
    {
      errno = EFBIG;
      return fail (error, self->path);
    }

  return hd_pack_file_write (self->blocks_fd, stored, 4 + size, error);
}

static gboolean
add (HdPackWriter   *self,
     gconstpointer   data,
     gsize           size,
     GError        **error)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      guint n = (guint) MIN (size, HD_PACK_BLOCK_SIZE - self->block->len);

      g_byte_array_append (self->block, bytes, n);
      bytes += n;
      size -= n;

      if (self->block->len == HD_PACK_BLOCK_SIZE && !flush_block (self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_header (HdPackWriter  *self,
            HdPackKind     kind,
            gsize          size,
            GError       **error)
{
  guint8 header[HD_PACK_RECORD_HEADER_SIZE];

  put_number (header, (guint32) size);
  header[4] = (guint8) kind;
  self->counts[kind]++;

  return add (self, header, sizeof header, error);
}

/* Adds a record of a kind that is not before those that were added. */
gboolean
hd_pack_writer_add_record (HdPackWriter  *self,
                           HdPackKind     kind,
                           HdRecord      *record,
                           GError       **error)
{
  g_autofree char *text = hd_record_to_string (record);

  if (kind == HD_PACK_KIND_CATALOG)
    self->n_offerings = g_list_model_get_n_items (hd_catalog_get_offerings (HD_CATALOG (record)));

  return add_header (self, kind, strlen (text), error) && add (self, text, strlen (text), error);
}

gboolean
hd_pack_writer_add_picture (HdPackWriter  *self,
                            const char    *name,
                            GBytes        *bytes,
                            GError       **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return add_header (self, HD_PACK_KIND_PICTURE, strlen (name) + 1 + size, error) &&
         add (self, name, strlen (name) + 1, error) && add (self, data, size, error);
}

static gboolean
write_head (HdPackWriter    *self,
            HdPackManifest  *manifest,
            HdPackKey       *key,
            GError         **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autofree char *text = hd_record_to_string (HD_RECORD (manifest));
  gsize n;
  g_autofree guint8 *public_key = g_base64_decode (hd_pack_key_get_public (key), &n);
  guint8 numbers[8];

  put_number (numbers, HD_PACK_VERSION);
  put_number (numbers + 4, (guint32) strlen (text));
  g_byte_array_append (array, (const guint8 *) HD_PACK_MAGIC, HD_PACK_MAGIC_SIZE);
  g_byte_array_append (array, numbers, sizeof numbers);
  g_byte_array_append (array, public_key, HD_PACK_KEY_SIZE);
  g_byte_array_append (array, (const guint8 *) text, (guint) strlen (text));
  head = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  signature = hd_pack_key_sign (key, head, error);

  return signature != NULL &&
         hd_pack_file_write (self->fd, g_bytes_get_data (head, NULL), g_bytes_get_size (head), error) &&
         hd_pack_file_write (self->fd, g_bytes_get_data (signature, NULL), HD_PACK_SIGNATURE_SIZE, error);
}

static gboolean
copy_blocks (HdPackWriter  *self,
             GError       **error)
{
  g_autofree guint8 *buffer = g_malloc (HD_PACK_BLOCK_SIZE);
  gssize n;

  if (lseek (self->blocks_fd, 0, SEEK_SET) != 0)
    return fail (error, self->path);

  while ((n = read (self->blocks_fd, buffer, HD_PACK_BLOCK_SIZE)) > 0)
    {
      if (!hd_pack_file_write (self->fd, buffer, (gsize) n, error))
        return FALSE;
    }

  return n == 0 || fail (error, self->path);
}

/* Returns: (transfer full): what is said of the pack, with what was counted */
static HdPackManifest *
complete (HdPackWriter   *self,
          HdPackManifest *about)
{
  HdPackManifest *manifest = hd_record_copy (HD_RECORD (about));

  g_object_set (manifest,
                "n-articles", self->counts[HD_PACK_KIND_ARTICLE],
                "n-pictures", self->counts[HD_PACK_KIND_PICTURE],
                "n-forms", self->counts[HD_PACK_KIND_FORM],
                "n-offerings", self->n_offerings,
                "size", self->size,
                "blocks", self->sums->pdata,
                NULL);
  return manifest;
}

/**
 * hd_pack_writer_finish:
 * @self: a writer
 * @about: what to say of the pack; counts, size and sums are added
 * @key: who signs
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): what the pack says of itself
 */
HdPackManifest *
hd_pack_writer_finish (HdPackWriter    *self,
                       HdPackManifest  *about,
                       HdPackKey       *key,
                       GError         **error)
{
  g_autoptr (HdPackManifest) manifest = NULL;

  if (!flush_block (self, error))
    return NULL;

  manifest = complete (self, about);

  if (!write_head (self, manifest, key, error) || !copy_blocks (self, error))
    return NULL;

  if (fsync (self->fd) != 0 || g_rename (self->unfinished, self->path) != 0)
    {
      fail (error, self->path);
      return NULL;
    }

  g_clear_pointer (&self->unfinished, g_free);
  return g_steal_pointer (&manifest);
}
