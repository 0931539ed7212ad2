/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack.h"

#include <string.h>

#include "hd-announcement-list.h"
#include "hd-article-changes.h"
#include "hd-catalog.h"
#include "hd-error.h"
#include "hd-form.h"
#include "hd-json.h"
#include "hd-pack-key.h"
#include "hd-pack-stream.h"
#include "hd-portal-info.h"
#include "hd-record-json.h"

/**
 * HdPack:
 *
 * A knowledge pack that is being read (hd-pack-format.h): opened once, so that what is taken is what was looked at, and
 * taken from a copy of what was checked (hd_pack_keep_in()), so that it does not matter what becomes of the file.
 *
 * Its maker is known before a byte of it is understood, and whatever is understood afterwards was signed; even so, a
 * trusted maker's pack may hold no more than is allowed here.  Blocking, one thread at a time.
 */

struct _HdPack
{
  GObject         parent_instance;

  HdPackStream   *stream;  /* (owned) */
  char           *key;  /* (owned) */
  HdPackManifest *manifest;  /* (owned) */
  char           *folder;  /* (owned) (nullable): where what is checked is kept */

  /* Where it is being read */
  HdPackKind      kind;
  guint           counts[HD_N_PACK_KINDS];
  GHashTable     *ids;  /* (owned) (element-type utf8): of the kind that is being read */

  int             is_checked;  /* (atomic): all of it was read once */
};

G_DEFINE_FINAL_TYPE (HdPack, hd_pack, G_TYPE_OBJECT)

static const struct
{
  GType       (*get_type) (void);
  gboolean    is_single;
  const char *id;  /* the property that no two share */
} kinds[HD_N_PACK_KINDS] = {
  [HD_PACK_KIND_INFO] = { hd_portal_info_get_type, TRUE },
  [HD_PACK_KIND_CATALOG] = { hd_catalog_get_type, TRUE },
  [HD_PACK_KIND_FORM] = { hd_form_get_type, FALSE, "offering-id" },
  [HD_PACK_KIND_CATEGORIES] = { hd_article_changes_get_type, TRUE },
  [HD_PACK_KIND_ARTICLE] = { hd_article_get_type, FALSE, "id" },
  [HD_PACK_KIND_ANNOUNCEMENTS] = { hd_announcement_list_get_type, TRUE },
};

void
hd_pack_record_clear (HdPackRecord *record)
{
  record->kind = HD_PACK_KIND_END;
  g_clear_object (&record->record);
  g_clear_pointer (&record->name, g_free);
  g_clear_pointer (&record->bytes, g_bytes_unref);
}

/* --- What it says of itself --- */

static gboolean
trust (HdPack             *self,
       const char *const  *trusted,
       GError            **error)
{
  g_autofree char *fingerprint = NULL;

  if (trusted == NULL || g_strv_contains (trusted, self->key))
    return TRUE;

  fingerprint = hd_pack_key_dup_fingerprint (self->key);
  g_set_error (error, HD_ERROR, HD_ERROR_PACK_UNTRUSTED, "the pack: signed by %s", fingerprint);
  if (error != NULL)
    hd_error_set_detail (*error, fingerprint);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the head, when it is as long as it has to be and rightly signed */
static GBytes *
read_head (HdPack             *self,
           const char *const  *trusted,
           GError            **error)
{
  guint8 signature[HD_PACK_SIGNATURE_SIZE];
  guint8 header[HD_PACK_HEADER_SIZE];
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint32 length;

  if (!hd_pack_stream_read_raw (self->stream, header, sizeof header, error))
    return NULL;

  length = hd_pack_get_number (header + HD_PACK_MAGIC_SIZE + 4);
  self->key = g_base64_encode (header + HD_PACK_MAGIC_SIZE + 8, HD_PACK_KEY_SIZE);

  if (memcmp (header, HD_PACK_MAGIC, HD_PACK_MAGIC_SIZE) != 0 ||
      hd_pack_get_number (header + HD_PACK_MAGIC_SIZE) != HD_PACK_VERSION || length > HD_PACK_MAX_MANIFEST)
    {
      hd_pack_broken (error, "it is none, or of another version");
      return NULL;
    }

  g_byte_array_append (head, header, sizeof header);
  g_byte_array_set_size (head, (guint) sizeof header + length);

  if (!hd_pack_stream_read_raw (self->stream, head->data + sizeof header, length, error) ||
      !hd_pack_stream_read_raw (self->stream, signature, sizeof signature, error))
    return NULL;

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&head));

  if (!hd_pack_key_has_signed (self->key, bytes, signature))
    hd_pack_broken (error, "the signature is wrong");
  else if (trust (self, trusted, error))
    return g_steal_pointer (&bytes);

  return NULL;
}

static gboolean
is_sum (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
has_sense (HdPack  *self,
           GError **error)
{
  const char *const *blocks = hd_pack_manifest_get_blocks (self->manifest);

  if (hd_pack_manifest_get_data_at (self->manifest) == NULL ||
      hd_pack_manifest_get_created_at (self->manifest) == NULL ||
      hd_pack_manifest_get_expires_at (self->manifest) == NULL)
    return hd_pack_broken (error, "it does not say how old it is");

  if (hd_pack_manifest_get_size (self->manifest) != hd_pack_stream_get_left (self->stream))
    return hd_pack_broken (error, "it is not as long as it says");

  for (guint i = 0; blocks != NULL && blocks[i] != NULL; i++)
    {
      if (i == HD_PACK_MAX_BLOCKS || !is_sum (blocks[i]))
        return hd_pack_broken (error, "sums are wrong");
    }

  return TRUE;
}

/**
 * hd_pack_open:
 * @path: a file
 * @trusted: (nullable): the keys that are trusted, %NULL to trust anybody
 * @error: return location for an error: %HD_ERROR_PACK_UNREADABLE, %HD_ERROR_PACK_BROKEN or
 *   %HD_ERROR_PACK_UNTRUSTED
 *
 * Opens a pack, finds out who signed it and reads what it says of itself.
 *
 * Returns: (transfer full) (nullable): the pack, of which the contents are not checked yet
 */
HdPack *
hd_pack_open (const char          *path,
              const char *const   *trusted,
              GError             **error)
{
  g_autoptr (HdPack) self = g_object_new (HD_TYPE_PACK, NULL);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  self->stream = hd_pack_stream_open (path, error);
  head = self->stream != NULL ? read_head (self, trusted, error) : NULL;

  if (head == NULL)
    return NULL;

  text = (const char *) g_bytes_get_data (head, &length) + HD_PACK_HEADER_SIZE;
  node = hd_json_parse_object (text, length - HD_PACK_HEADER_SIZE, &local_error);
  self->manifest = node != NULL ? hd_record_new_from_json (HD_TYPE_PACK_MANIFEST, node, &local_error) : NULL;

  if (self->manifest == NULL)
    hd_pack_broken (error, local_error->message);
  else if (has_sense (self, error))
    {
      hd_pack_stream_set_sums (self->stream, hd_pack_manifest_get_blocks (self->manifest));
      return g_steal_pointer (&self);
    }

  return NULL;
}

/* Returns: (transfer none) */
HdPackManifest *
hd_pack_get_manifest (HdPack *self)
{
  g_return_val_if_fail (HD_IS_PACK (self), NULL);

  return self->manifest;
}

/* Returns: (transfer none): the public key of who signed, as base64 */
const char *
hd_pack_get_key (HdPack *self)
{
  g_return_val_if_fail (HD_IS_PACK (self), NULL);

  return self->key;
}

/**
 * hd_pack_rewind:
 * @self: a pack
 *
 * Begins anew with the first record.
 */
void
hd_pack_rewind (HdPack *self)
{
  g_return_if_fail (HD_IS_PACK (self));

  hd_pack_stream_rewind (self->stream);
  self->kind = HD_PACK_KIND_END;
  memset (self->counts, 0, sizeof self->counts);
  g_hash_table_remove_all (self->ids);
}

/* --- Records --- */

/* Letters, digits and what stands between them: nothing that a path or a line of a log could take for its own. */
static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= HD_PACK_MAX_NAME && name[0] != '.' &&
         strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") == length;
}

/* Pictures of an open portal are called by their sums, which the network's are held against, too. */
static gboolean
read_picture (HdPack        *self,
              HdPackRecord  *record,
              GBytes        *body,
              GError       **error)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  const char *end = size > 0 ? memchr (data, '\0', size) : NULL;
  g_autofree char *sum = NULL;
  gsize start;

  if (end == NULL || !is_name (data))
    return hd_pack_broken (error, "a picture's name is wrong");

  start = (gsize) (end - data) + 1;
  record->name = g_strdup (data);
  record->bytes = g_bytes_new_from_bytes (body, start, size - start);

  if (g_strcmp0 (hd_pack_manifest_get_kind (self->manifest), "open") != 0)
    return TRUE;

  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, record->bytes);
  return g_str_equal (sum, record->name) || hd_pack_broken (error, "a picture is not what it is called");
}

static gboolean
read_json (HdPackRecord  *record,
           GBytes        *body,
           GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonNode) node = hd_json_parse_object (text, size, &local_error);

  if (node != NULL)
    record->record = hd_record_new_from_json (kinds[record->kind].get_type (), node, &local_error);

  return record->record != NULL || hd_pack_broken (error, local_error->message);
}

/* Kinds in their order, and nothing twice. */
static gboolean
note_record (HdPack        *self,
             HdPackRecord  *record,
             GError       **error)
{
  g_autofree char *id = g_strdup (record->name);

  if (record->kind < self->kind || (kinds[record->kind].is_single && self->counts[record->kind] > 0))
    return hd_pack_broken (error, "records are out of order");

  if (record->kind != self->kind)
    g_hash_table_remove_all (self->ids);

  if (kinds[record->kind].id != NULL)
    g_object_get (record->record, kinds[record->kind].id, &id, NULL);

  self->kind = record->kind;
  self->counts[record->kind]++;

  if (kinds[record->kind].is_single)
    return TRUE;

  return (id != NULL && *id != '\0' && g_hash_table_add (self->ids, g_steal_pointer (&id))) ||
         hd_pack_broken (error, "something is there twice, or has no name");
}

static guint
count_offerings (gpointer catalog)
{
  GListModel *offerings = hd_catalog_get_offerings (catalog);

  return offerings != NULL ? g_list_model_get_n_items (offerings) : 0;
}

static gboolean
is_complete (HdPack  *self,
             GError **error)
{
  HdPackManifest *manifest = self->manifest;

  if (hd_pack_stream_get_left (self->stream) != 0)
    return hd_pack_broken (error, "something follows it");

  return (self->counts[HD_PACK_KIND_ARTICLE] == hd_pack_manifest_get_n_articles (manifest) &&
          self->counts[HD_PACK_KIND_PICTURE] == hd_pack_manifest_get_n_pictures (manifest) &&
          self->counts[HD_PACK_KIND_FORM] == hd_pack_manifest_get_n_forms (manifest)) ||
         hd_pack_broken (error, "there is more or less in it than it says");
}

/**
 * hd_pack_read:
 * @self: a pack
 * @record: (out caller-allocates): what comes next; hd_pack_record_clear() before the next
 * @error: return location for a %HD_ERROR_PACK_BROKEN or %HD_ERROR_PACK_UNREADABLE
 *
 * Reads the next record; at the end its kind is %HD_PACK_KIND_END, and the pack was complete.
 */
gboolean
hd_pack_read (HdPack        *self,
              HdPackRecord  *record,
              GError       **error)
{
  guint8 header[HD_PACK_RECORD_HEADER_SIZE];
  g_autofree guint8 *data = NULL;
  g_autoptr (GBytes) body = NULL;
  gboolean at_end = FALSE;
  gsize size;

  g_return_val_if_fail (HD_IS_PACK (self), FALSE);

  hd_pack_record_clear (record);
  if (!hd_pack_stream_take (self->stream, header, sizeof header, &at_end, error))
    return FALSE;

  if (at_end)
    return is_complete (self, error);

  size = hd_pack_get_number (header);
  if (size > HD_PACK_MAX_RECORD || header[4] == HD_PACK_KIND_END || header[4] >= HD_N_PACK_KINDS)
    return hd_pack_broken (error, "a record is too large or of no known kind");

  data = g_malloc (size + 1);
  if (!hd_pack_stream_take (self->stream, data, size, NULL, error))
    return FALSE;

  record->kind = header[4];
  body = g_bytes_new_take (g_steal_pointer (&data), size);

  return (record->kind == HD_PACK_KIND_PICTURE ? read_picture (self, record, body, error)
                                               : read_json (record, body, error)) &&
         note_record (self, record, error) &&
         (record->kind != HD_PACK_KIND_CATALOG ||
          count_offerings (record->record) == hd_pack_manifest_get_n_offerings (self->manifest) ||
          hd_pack_broken (error, "there are more or fewer offerings than it says"));
}

/**
 * hd_pack_keep_in:
 * @self: a pack of which nobody reads the records meanwhile
 * @folder: of the disk of the store that it is for
 *
 * What is checked from now on is copied, to a file without a name, and once all of it was found to be right the copy
 * alone is read: the pack's own file may change or go.  A pack that was checked without that is not checked any more.
 */
void
hd_pack_keep_in (HdPack     *self,
                 const char *folder)
{
  g_return_if_fail (HD_IS_PACK (self));
  g_return_if_fail (folder != NULL);

  if (self->folder != NULL)
    return;

  self->folder = g_strdup (folder);
  g_atomic_int_set (&self->is_checked, FALSE);
  hd_pack_rewind (self);
}

/**
 * hd_pack_check_until:
 * @self: a pack of which nobody reads the records meanwhile
 * @until: the time, as of g_get_monotonic_time(), after which to begin with no other record
 * @error: return location for an error, a %HD_ERROR_STORAGE where it cannot be kept
 *
 * Reads on, as if to take it, until hd_pack_is_checked(); then it begins anew.
 */
gboolean
hd_pack_check_until (HdPack  *self,
                     gint64   until,
                     GError **error)
{
  g_auto (HdPackRecord) record = { HD_PACK_KIND_END };

  g_return_val_if_fail (HD_IS_PACK (self), FALSE);

  if (self->folder != NULL && !hd_pack_stream_copy (self->stream, self->folder, error))
    return FALSE;

  do
    {
      if (!hd_pack_read (self, &record, error))
        {
          hd_pack_rewind (self);
          return FALSE;
        }
    }
  while (record.kind != HD_PACK_KIND_END && g_get_monotonic_time () < until);

  if (record.kind == HD_PACK_KIND_END)
    {
      hd_pack_stream_turn_to_copy (self->stream);
      hd_pack_rewind (self);
      g_atomic_int_set (&self->is_checked, TRUE);
    }

  return TRUE;
}

/* Returns: whether all of it was found to be as it was signed */
gboolean
hd_pack_is_checked (HdPack *self)
{
  g_return_val_if_fail (HD_IS_PACK (self), FALSE);

  return g_atomic_int_get (&self->is_checked);
}

/**
 * hd_pack_check:
 * @self: a pack
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, a %HD_ERROR_STORAGE where it cannot be kept
 *
 * Reads all of it once, as if to take it, and begins anew.
 */
gboolean
hd_pack_check (HdPack        *self,
               GCancellable  *cancellable,
               GError       **error)
{
  g_return_val_if_fail (HD_IS_PACK (self), FALSE);

  g_atomic_int_set (&self->is_checked, FALSE);
  hd_pack_rewind (self);

  while (!hd_pack_is_checked (self))
    {
      /* One record at a time. */
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !hd_pack_check_until (self, 0, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: how much of the checking and the taking is done, from 0 to 1; from any thread */
double
hd_pack_get_fraction (HdPack *self)
{
  g_return_val_if_fail (HD_IS_PACK (self), 0);

  return (g_atomic_int_get (&self->is_checked) + hd_pack_stream_get_fraction (self->stream)) / 2;
}

static void
hd_pack_finalize (GObject *object)
{
  HdPack *self = HD_PACK (object);

  g_clear_pointer (&self->stream, hd_pack_stream_free);
  g_free (self->key);
  g_free (self->folder);
  g_hash_table_unref (self->ids);
  g_clear_object (&self->manifest);

  G_OBJECT_CLASS (hd_pack_parent_class)->finalize (object);
}

static void
hd_pack_class_init (HdPackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_pack_finalize;
}

static void
hd_pack_init (HdPack *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
