/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-manifest.h"

/**
 * HdPackManifest:
 *
 * What a knowledge pack says of itself: whose it is, how old, until when, what is in it.
 *
 * @data_at is when its maker was last in step with the portal, @as_of the portal's own token for that.  @categories
 * are those of whose articles it is, none for all.  @blocks are the SHA-256 sums of all that follows the signature.
 */

struct _HdPackManifest
{
  HdRecord    parent_instance;

  char       *portal;
  char       *kind;
  char       *portal_name;
  char       *organisation;
  char      **categories;
  char       *as_of;
  GDateTime  *data_at;
  GDateTime  *created_at;
  GDateTime  *expires_at;
  gint64      n_articles;
  gint64      n_pictures;
  gint64      n_offerings;
  gint64      n_forms;
  gint64      n_announcements;
  gint64      size;
  char      **blocks;
};

G_DEFINE_FINAL_TYPE (HdPackManifest, hd_pack_manifest, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdPackManifest, portal, "portal"),
  HD_RECORD_REQUIRED_STRING (HdPackManifest, kind, "kind"),
  HD_RECORD_STRING (HdPackManifest, portal_name, "portal-name"),
  HD_RECORD_STRING (HdPackManifest, organisation, "organisation"),
  HD_RECORD_STRV (HdPackManifest, categories, "categories"),
  HD_RECORD_STRING (HdPackManifest, as_of, "as-of"),
  HD_RECORD_DATE_TIME (HdPackManifest, data_at, "data-at"),
  HD_RECORD_DATE_TIME (HdPackManifest, created_at, "created-at"),
  HD_RECORD_DATE_TIME (HdPackManifest, expires_at, "expires-at"),
  HD_RECORD_INT64 (HdPackManifest, n_articles, "n-articles"),
  HD_RECORD_INT64 (HdPackManifest, n_pictures, "n-pictures"),
  HD_RECORD_INT64 (HdPackManifest, n_offerings, "n-offerings"),
  HD_RECORD_INT64 (HdPackManifest, n_forms, "n-forms"),
  HD_RECORD_INT64 (HdPackManifest, n_announcements, "n-announcements"),
  HD_RECORD_INT64 (HdPackManifest, size, "size"),
  HD_RECORD_STRV (HdPackManifest, blocks, "blocks"),
};

static void
hd_pack_manifest_class_init (HdPackManifestClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_pack_manifest_init (HdPackManifest *self)
{
}

HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, const char *, portal)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, const char *, kind)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, const char *, portal_name)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, const char *, organisation)
const char *const *
hd_pack_manifest_get_categories (HdPackManifest *self)
{
  g_return_val_if_fail (HD_IS_PACK_MANIFEST (self), NULL);
  return (const char *const *) self->categories;
}

HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, const char *, as_of)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, GDateTime *, data_at)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, GDateTime *, created_at)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, GDateTime *, expires_at)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, gint64, n_articles)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, gint64, n_pictures)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, gint64, n_offerings)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, gint64, n_forms)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, gint64, n_announcements)
HD_RECORD_DEFINE_GETTER (HdPackManifest, hd_pack_manifest, gint64, size)
const char *const *
hd_pack_manifest_get_blocks (HdPackManifest *self)
{
  g_return_val_if_fail (HD_IS_PACK_MANIFEST (self), NULL);
  return (const char *const *) self->blocks;
}

/* Returns: whether it is past its day; one that names none never was good */
gboolean
hd_pack_manifest_is_expired (HdPackManifest *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (HD_IS_PACK_MANIFEST (self), TRUE);

  return self->expires_at == NULL || g_date_time_compare (now, self->expires_at) >= 0;
}
