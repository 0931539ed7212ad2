/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hd-error.h"
#include "hd-pack-file.h"
#include "hd-pack-format.h"

/*
 * The bytes of a knowledge pack (hd-pack-format.h): first the head as it is, then what is in the blocks, of which none
 * is looked at before its sum is found to be right.  A stick may be pulled out while they are read a second time: then
 * they come from a copy of what was read first.
 */

struct _HdPackStream
{
  int                fd;  /* the file; then the copy, once that is complete */
  int                copy_fd;  /* of the blocks, while it is written; else -1 */
  gboolean           is_copy;
  goffset            size;
  goffset            offset;
  goffset            start;  /* of the blocks */
  const char *const *sums;  /* (unowned) (nullable): of the blocks */
  guint              n_blocks;
  int                next_block;  /* (atomic) */
  guint8            *block;  /* (owned) */
  gsize              block_size;
  gsize              block_position;
};

gboolean
hd_pack_broken (GError     **error,
                const char  *what)
{
  g_set_error (error, HD_ERROR, HD_ERROR_PACK_BROKEN, "the pack: %s", what);
  return FALSE;
}

static gboolean
unreadable (GError **error,
            int      code)
{
  g_set_error (error, HD_ERROR, HD_ERROR_PACK_UNREADABLE, "the pack: %s", g_strerror (code));
  return FALSE;
}

guint32
hd_pack_get_number (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

gboolean
hd_pack_stream_read_raw (HdPackStream  *self,
                         guint8        *target,
                         gsize          size,
                         GError       **error)
{
  while (size > 0)
    {
      gssize n = pread (self->fd, target, size, self->offset);

      if (n < 0 && errno == EINTR)
        continue;

      if (n < 0)
        return unreadable (error, errno);

      if (n == 0)
        return hd_pack_broken (error, "it ends too early");

      self->offset += n;
      target += n;
      size -= (gsize) n;
    }

  return TRUE;
}

/* A pipe or a device on a USB stick is not waited for. */
static gboolean
open_file (HdPackStream      *self,
           const char        *path,
           GError           **error)
{
  struct stat info;

  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    return unreadable (error, errno);

  if (!S_ISREG (info.st_mode))
    return unreadable (error, S_ISDIR (info.st_mode) ? EISDIR : EINVAL);

  self->size = info.st_size;
  return TRUE;
}

/**
 * hd_pack_stream_open:
 * @path: a file
 * @error: return location for a %HD_ERROR_PACK_UNREADABLE
 *
 * Returns: (transfer full) (nullable): the bytes of a file, from its beginning
 */
HdPackStream *
hd_pack_stream_open (const char  *path,
                     GError     **error)
{
  g_autoptr (HdPackStream) self = g_new0 (HdPackStream, 1);

  self->fd = self->copy_fd = -1;
  return open_file (self, path, error) ? g_steal_pointer (&self) : NULL;
}

static void
close_file (int *fd)
{
  if (*fd >= 0)
    close (*fd);

  *fd = -1;
}

void
hd_pack_stream_free (HdPackStream *self)
{
  close_file (&self->fd);
  close_file (&self->copy_fd);
  g_free (self->block);
  g_free (self);
}

/* Returns: how much of the file is not read yet */
goffset
hd_pack_stream_get_left (HdPackStream *self)
{
  return self->size - self->offset;
}

/**
 * hd_pack_stream_set_sums:
 * @self: a stream of which the head is read
 * @sums: (nullable): the sums of the blocks, which are all that follows; they live as long as the stream
 *
 * Goes over to the blocks.
 */
void
hd_pack_stream_set_sums (HdPackStream      *self,
                         const char *const *sums)
{
  self->sums = sums;
  self->n_blocks = sums != NULL ? g_strv_length ((char **) sums) : 0;
  self->start = self->offset;
  /* Zlib does not see the end of what fills its room to the last byte. */
  self->block = g_malloc (HD_PACK_BLOCK_SIZE + 1);
}

/* Begins anew with the first block; a copy that is not complete is none. */
void
hd_pack_stream_rewind (HdPackStream *self)
{
  close_file (&self->copy_fd);
  self->offset = self->start;
  self->block_size = 0;
  self->block_position = 0;
  g_atomic_int_set (&self->next_block, 0);
}

/**
 * hd_pack_stream_copy:
 * @self: a stream of which no block is read yet, or all since this was called
 * @folder: of the disk that the copy is to be on
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Copies each block that is read from now on, until hd_pack_stream_turn_to_copy().  The disk has to have room for the
 * copy, and for what is made of it.
 */
gboolean
hd_pack_stream_copy (HdPackStream  *self,
                     const char    *folder,
                     GError       **error)
{
  if (self->is_copy || self->copy_fd >= 0)
    return TRUE;

  self->copy_fd = hd_pack_file_make_nameless (folder, error);
  if (self->copy_fd < 0)
    return FALSE;

  if (hd_pack_file_has_room (self->copy_fd, 2 * (guint64) (self->size - self->start), error))
    return TRUE;

  close_file (&self->copy_fd);
  return FALSE;
}

/* All blocks are read: if they were copied, the file itself is needed no more. */
void
hd_pack_stream_turn_to_copy (HdPackStream *self)
{
  if (self->copy_fd < 0)
    return;

  close_file (&self->fd);
  self->fd = self->copy_fd;
  self->copy_fd = -1;
  self->is_copy = TRUE;
  self->size -= self->start;
  self->offset -= self->start;
  self->start = 0;
}

/* Returns: how much of the blocks is read, from 0 to 1; from any thread */
double
hd_pack_stream_get_fraction (HdPackStream *self)
{
  return self->n_blocks > 0 ? g_atomic_int_get (&self->next_block) / (double) self->n_blocks : 1;
}

static gboolean
inflate_block (HdPackStream        *self,
               const guint8        *packed,
               gsize                size,
               GError             **error)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  gsize n_read = 0;
  gsize n_written = 0;
  GConverterResult result = g_converter_convert (G_CONVERTER (zlib), packed, size, self->block, HD_PACK_BLOCK_SIZE + 1,
                                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

  if (result != G_CONVERTER_FINISHED || n_read != size || n_written > HD_PACK_BLOCK_SIZE)
    return hd_pack_broken (error, "a block cannot be unpacked, or to too much");

  self->block_size = n_written;
  return TRUE;
}

static gboolean
is_as_signed (HdPackStream       *self,
              const guint8       *stored,
              gsize               size)
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, stored, size);

  return g_str_equal (sum, self->sums[self->next_block]);
}

static gboolean
read_block (HdPackStream  *self,
            GError       **error)
{
  g_autofree guint8 *stored = g_malloc (4 + HD_PACK_BLOCK_SIZE);
  gsize size;

  if (!hd_pack_stream_read_raw (self, stored, 4, error))
    return FALSE;

  size = hd_pack_get_number (stored) & ~HD_PACK_DEFLATED;
  if (size == 0 || size > HD_PACK_BLOCK_SIZE)
    return hd_pack_broken (error, "a block is too large");

  if (!hd_pack_stream_read_raw (self, stored + 4, size, error))
    return FALSE;

  if (!is_as_signed (self, stored, 4 + size))
    return hd_pack_broken (error, "a block was changed");

  if (self->copy_fd >= 0 && !hd_pack_file_write (self->copy_fd, stored, 4 + size, error))
    return FALSE;

  self->block_position = 0;
  self->block_size = size;
  if ((hd_pack_get_number (stored) & HD_PACK_DEFLATED) == 0)
    memcpy (self->block, stored + 4, size);
  else if (!inflate_block (self, stored + 4, size, error))
    return FALSE;

  g_atomic_int_inc (&self->next_block);
  return TRUE;
}

/* Where the copy is not what it was, it is this computer that fails, not the pack. */
static gboolean
load_block (HdPackStream  *self,
            GError       **error)
{
  if (read_block (self, error))
    return TRUE;

  if (self->is_copy && error != NULL)
    (*error)->code = HD_ERROR_STORAGE;

  return FALSE;
}

/**
 * hd_pack_stream_take:
 * @self: a stream that knows its sums
 * @target: where to
 * @size: how much
 * @at_end: (out) (nullable): where there may be nothing any more
 * @error: return location for an error
 *
 * Takes what comes next out of the blocks.
 */
gboolean
hd_pack_stream_take (HdPackStream  *self,
                     guint8        *target,
                     gsize          size,
                     gboolean      *at_end,
                     GError       **error)
{
  while (size > 0)
    {
      gsize n = MIN (size, self->block_size - self->block_position);

      if (n == 0 && (guint) self->next_block == self->n_blocks)
        {
          if (at_end == NULL)
            return hd_pack_broken (error, "a record is cut");

          *at_end = TRUE;
          return TRUE;
        }

      if (n == 0 && !load_block (self, error))
        return FALSE;

      if (n == 0)
        continue;

      memcpy (target, self->block + self->block_position, n);
      self->block_position += n;
      target += n;
      size -= n;
      at_end = NULL;
    }

  return TRUE;
}
