/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-info.h"

/**
 * HdPortalInfo:
 *
 * What a portal says about itself, before anybody signs in.
 */

struct _HdPortalInfo
{
  HdRecord     parent_instance;

  char        *name;
  char        *organisation;
  char        *mail_domain;
  char       **languages;
  GListModel  *contacts;  /* (element-type HdContact) */
  gint64       max_file_size;
  gint64       max_files;
  gint64       max_total_size;
  char       **capabilities;
  HdOutage    *outage;
  char       **pack_keys;
  char       **synonyms;
  char        *catalog_version;
  char        *announcements_version;
  char        *articles_version;
};

G_DEFINE_FINAL_TYPE (HdPortalInfo, hd_portal_info, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_STRING (HdPortalInfo, name, "name"),
  HD_RECORD_STRING (HdPortalInfo, organisation, "organisation"),
  HD_RECORD_STRING (HdPortalInfo, mail_domain, "mail-domain"),
  HD_RECORD_STRV (HdPortalInfo, languages, "languages"),
  HD_RECORD_LIST (HdPortalInfo, contacts, "contacts", hd_contact_get_type),
  HD_RECORD_INT64 (HdPortalInfo, max_file_size, "max-file-size"),
  HD_RECORD_INT64 (HdPortalInfo, max_files, "max-files"),
  HD_RECORD_INT64 (HdPortalInfo, max_total_size, "max-total-size"),
  HD_RECORD_STRV (HdPortalInfo, capabilities, "capabilities"),
  HD_RECORD_OBJECT (HdPortalInfo, outage, "outage", hd_outage_get_type),
  HD_RECORD_STRV (HdPortalInfo, pack_keys, "pack-keys"),
  HD_RECORD_NAMES (HdPortalInfo, synonyms, "synonyms"),
  /* Of what the portal publishes: as long as they stay, there is nothing new to ask for. */
  HD_RECORD_STRING (HdPortalInfo, catalog_version, "catalog-version"),
  HD_RECORD_STRING (HdPortalInfo, announcements_version, "announcements-version"),
  HD_RECORD_STRING (HdPortalInfo, articles_version, "articles-version"),
};

static void
hd_portal_info_class_init (HdPortalInfoClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_portal_info_init (HdPortalInfo *self)
{
}

HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, const char *, name)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, const char *, organisation)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, const char *, mail_domain)
const char *const *
hd_portal_info_get_languages (HdPortalInfo *self)
{
  g_return_val_if_fail (HD_IS_PORTAL_INFO (self), NULL);
  return (const char *const *) self->languages;
}

HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, GListModel *, contacts)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, gint64, max_file_size)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, gint64, max_files)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, gint64, max_total_size)
const char *const *
hd_portal_info_get_capabilities (HdPortalInfo *self)
{
  g_return_val_if_fail (HD_IS_PORTAL_INFO (self), NULL);
  return (const char *const *) self->capabilities;
}

HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, HdOutage *, outage)

/* Returns: (transfer none) (nullable): the public keys of whoever makes its knowledge packs */
const char *const *
hd_portal_info_get_pack_keys (HdPortalInfo *self)
{
  g_return_val_if_fail (HD_IS_PORTAL_INFO (self), NULL);
  return (const char *const *) self->pack_keys;
}

/* Returns: (transfer none) (nullable): what else things are called there, a line for each thing (hd-name-lines.h) */
const char *const *
hd_portal_info_get_synonyms (HdPortalInfo *self)
{
  g_return_val_if_fail (HD_IS_PORTAL_INFO (self), NULL);
  return (const char *const *) self->synonyms;
}

HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, const char *, catalog_version)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, const char *, announcements_version)
HD_RECORD_DEFINE_GETTER (HdPortalInfo, hd_portal_info, const char *, articles_version)
