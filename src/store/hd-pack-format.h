/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A knowledge pack, numbers with the most significant byte first:
 *
 *   8      the magic: what it is, with a byte that is no text and a line end that text modes would change
 *   4      the version of all this
 *   4      the length of the manifest
 *   32     the public key of who signed
 *   …      the manifest, a HdPackManifest as JSON
 *   64     the Ed25519 signature of all before it
 *   …      blocks: 4 bytes of length, whose highest bit says that the block is deflated, and so many bytes
 *
 * The manifest holds the size of all blocks together and the SHA-256 sum of each, so the signature is of everything,
 * and nothing is read but what was signed: a block is summed up before it is unpacked, in memory, where nobody can
 * change it any more.  A block is at most a mebibyte, packed or not, which bounds what a file can cost.
 *
 * The blocks, one after the other, are the records: 4 bytes of length, a byte of kind (HdPackKind) and the record as
 * JSON, or of a picture its name, a zero and its bytes.  Kinds come in the order of their numbers.
 */
#define HD_PACK_MAGIC "\x89HDPACK\n"
#define HD_PACK_MAGIC_SIZE 8
#define HD_PACK_VERSION 1
#define HD_PACK_HEADER_SIZE (HD_PACK_MAGIC_SIZE + 4 + 4 + 32)
#define HD_PACK_MAX_MANIFEST (1024 * 1024)
#define HD_PACK_BLOCK_SIZE (1024 * 1024)
#define HD_PACK_DEFLATED 0x80000000u
#define HD_PACK_MAX_BLOCKS 8192
#define HD_PACK_RECORD_HEADER_SIZE 5
#define HD_PACK_MAX_RECORD (32 * 1024 * 1024)
#define HD_PACK_MAX_NAME 128
#define HD_PACK_SUFFIX ".hdpack"

typedef enum
{
  HD_PACK_KIND_END,
  HD_PACK_KIND_INFO,
  HD_PACK_KIND_CATALOG,
  HD_PACK_KIND_FORM,
  HD_PACK_KIND_CATEGORIES,
  HD_PACK_KIND_ARTICLE,
  HD_PACK_KIND_ANNOUNCEMENTS,
  HD_PACK_KIND_PICTURE,
  HD_N_PACK_KINDS,
} HdPackKind;

G_END_DECLS
