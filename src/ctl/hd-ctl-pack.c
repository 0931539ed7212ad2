/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <string.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"
#include "hd-session-pack.h"
#include "hd-store-cache.h"

/* pack key, create, verify, import: the Knowledge Base as a file, for where there is no line */

#define DEFAULT_DAYS 90
#define MOST_DAYS 3650

/* --- Keys --- */

static void
print_key (HdCtl      *ctl,
           const char *public_key)
{
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (public_key);
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!ctl->json)
    {
      hd_ctl_table_add (rows, _("Public Key"), public_key, NULL);
      hd_ctl_table_add (rows, _("Fingerprint"), fingerprint, NULL);
      hd_ctl_print_table (rows);
      return;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "public_key");
  json_builder_add_string_value (builder, public_key);
  json_builder_set_member_name (builder, "fingerprint");
  json_builder_add_string_value (builder, fingerprint);
  json_builder_end_object (builder);
  hd_ctl_print_json (json_builder_get_root (builder));
}

/* Which file, and what is wrong with it, is for whoever runs this. */
static HdCtlExit
fail_with_key (const GError *error)
{
  hd_ctl_print_error (_("helpdeskctl: The key cannot be used: %s\n"), error->message);
  return HD_CTL_USAGE;
}

/* Makes a key, or shows the public half of the one that is there. */
static HdCtlExit
make_key (HdCtl      *ctl,
          const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPackKey) key = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    key = hd_pack_key_load (path, &error);
  else
    key = hd_pack_key_make (path, &error);

  if (key == NULL)
    return fail_with_key (error);

  print_key (ctl, hd_pack_key_get_public (key));
  return HD_CTL_OK;
}

/* --- What a pack says of itself --- */

static void
add_date (GPtrArray  *rows,
          const char *label,
          GDateTime  *time)
{
  g_autofree char *text = hd_ctl_dup_time (time);

  hd_ctl_table_add (rows, label, text, NULL);
}

static void
add_number (GPtrArray  *rows,
            const char *label,
            gint64      number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  hd_ctl_table_add (rows, label, text, NULL);
}

static void
print_text (HdPackManifest *manifest,
            const char     *fingerprint)
{
  const char *name = hd_pack_manifest_get_portal_name (manifest);
  const char *const *categories = hd_pack_manifest_get_categories (manifest);
  g_autofree char *scope = categories != NULL ? g_strjoinv (", ", (char **) categories) : NULL;
  g_autofree char *portal = g_strjoin (" ", hd_pack_manifest_get_portal (manifest), name, NULL);
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();

  hd_ctl_table_add (rows, _("Portal"), portal, NULL);
  hd_ctl_table_add (rows, _("Fingerprint"), fingerprint, NULL);
  add_date (rows, _("Made"), hd_pack_manifest_get_created_at (manifest));
  add_date (rows, _("As It Was at the Portal"), hd_pack_manifest_get_data_at (manifest));
  add_date (rows, _("Expires"), hd_pack_manifest_get_expires_at (manifest));

  if (scope != NULL && *scope != '\0')
    hd_ctl_table_add (rows, _("Categories"), scope, NULL);

  add_number (rows, _("Articles"), hd_pack_manifest_get_n_articles (manifest));
  add_number (rows, _("Pictures"), hd_pack_manifest_get_n_pictures (manifest));
  add_number (rows, _("Service Offerings"), hd_pack_manifest_get_n_offerings (manifest));
  hd_ctl_print_table (rows);
}

static void
print_pack (HdCtl          *ctl,
            HdPackManifest *manifest,
            const char     *public_key)
{
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (public_key);
  JsonNode *node;

  if (!ctl->json)
    {
      print_text (manifest, fingerprint);
      return;
    }

  node = hd_ctl_record_to_json (manifest);
  json_object_remove_member (json_node_get_object (node), "blocks");
  json_object_set_string_member (json_node_get_object (node), "public_key", public_key);
  json_object_set_string_member (json_node_get_object (node), "fingerprint", fingerprint);
  json_object_set_boolean_member (json_node_get_object (node), "expired", hd_pack_manifest_is_expired (manifest));
  hd_ctl_print_json (node);
}

/* --- Making one --- */

/* A number of days, or the last day. Returns: (transfer full) (nullable) */
static GDateTime *
parse_expiry (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *last = NULL;
  gint64 days = DEFAULT_DAYS;

  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, MOST_DAYS, &days, NULL))
    return g_date_time_add_days (now, (int) days);

  last = g_strconcat (text, "T23:59:59", NULL);
  end = strlen (text) == strlen ("2027-01-31") ? g_date_time_new_from_iso8601 (last, local) : NULL;

  if (end == NULL || g_date_time_compare (end, now) <= 0)
    return NULL;

  return g_date_time_to_utc (end);
}

/* Returns: (transfer full) (nullable): the ids of the categories that are meant, by id or by name */
static GStrv
find_categories (HdCtl   *ctl,
                 GError **error)
{
  HdStore *store = hd_session_get_store (ctl->session);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  hd_store_list_article_categories_async (store, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  list = hd_store_list_article_categories_finish (store, result, error);

  for (guint i = 0; list != NULL && ctl->category != NULL && ctl->category[i] != NULL; i++)
    {
      gboolean is_found = FALSE;

      for (guint j = 0; j < g_list_model_get_n_items (list); j++)
        {
          g_autoptr (HdCategory) category = g_list_model_get_item (list, j);

          if (g_strcmp0 (hd_category_get_id (category), ctl->category[i]) == 0 ||
              g_strcmp0 (hd_category_get_name (category), ctl->category[i]) == 0)
            {
              g_strv_builder_add (ids, hd_category_get_id (category));
              is_found = TRUE;
            }
        }

      if (!is_found)
        {
          g_set_error (error, HD_ERROR, HD_ERROR_NOT_FOUND, "no category “%s”", ctl->category[i]);
          return NULL;
        }
    }

  return list != NULL ? g_strv_builder_end (ids) : NULL;
}

static void
tell_missing_pictures (HdCtl *ctl)
{
  HdStore *store = hd_session_get_store (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) missing = NULL;
  guint n;

  hd_store_list_missing_media_async (store, G_MAXUINT64, 0, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  missing = hd_store_list_missing_media_finish (store, result, NULL);
  n = missing != NULL ? g_strv_length (missing) : 0;

  if (n > 0)
    hd_ctl_print_error (ngettext ("helpdeskctl: %d picture could not be fetched and is not in the pack.\n",
                                  "helpdeskctl: %d pictures could not be fetched and are not in the pack.\n", n),
                        (int) n);
}

static HdCtlExit
write_pack (HdCtl       *ctl,
            const char  *path,
            HdPackKey   *key,
            GDateTime   *expires_at)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdPackManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) categories = find_categories (ctl, &error);

  if (categories == NULL)
    return hd_ctl_fail (error);

  hd_session_write_pack_async (ctl->session, path, key, expires_at, (const char *const *) categories, NULL,
                               hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  manifest = hd_session_write_pack_finish (ctl->session, result, &error);

  if (manifest == NULL)
    return hd_ctl_fail (error);

  tell_missing_pictures (ctl);
  print_pack (ctl, manifest, hd_pack_key_get_public (key));
  return HD_CTL_OK;
}

/* Of what the portal says now: a pack that is older than it looks would be taken for newer than it is. */
static HdCtlExit
create_pack (HdCtl      *ctl,
             const char *path)
{
  g_autoptr (HdPackKey) key = NULL;
  g_autoptr (GDateTime) expires_at = parse_expiry (ctl->expires);
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (ctl->key == NULL)
    return hd_ctl_usage (_("Give the key to sign with by --key; “helpdeskctl pack key FILE” makes one."));

  if (expires_at == NULL)
    return hd_ctl_usage (_("--expires takes a number of days up to %d, or a day to come as 2027-01-31."), MOST_DAYS);

  key = hd_pack_key_load (ctl->key, &error);

  if (key == NULL)
    return fail_with_key (error);

  if (!hd_ctl_open_signed_in (ctl, &code) || !hd_ctl_freshen (ctl, &code) || code != HD_CTL_OK)
    return code;

  return write_pack (ctl, path, key, expires_at);
}

/* --- Checking one --- */

/* Returns: (transfer full): the keys that are trusted here; those of a portal, if one is known */
static GStrv
dup_trusted (HdCtl     *ctl,
             HdCtlExit *code)
{
  if (hd_ctl_get_address (ctl) == NULL)
    return g_strdupv ((char **) hd_policy_get_pack_keys (ctl->policy));

  return hd_ctl_open (ctl, code) ? hd_session_dup_pack_keys (ctl->session) : NULL;
}

static HdCtlExit
verify_pack (HdCtl      *ctl,
             const char *path)
{
  HdCtlExit code = HD_CTL_OK;
  g_auto (GStrv) trusted = dup_trusted (ctl, &code);
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (HdPack) trusted_pack = NULL;
  g_autoptr (GError) error = NULL;

  if (trusted == NULL)
    return code;

  pack = hd_pack_open (path, NULL, &error);

  if (pack == NULL || !hd_pack_check (pack, NULL, &error))
    return hd_ctl_fail (error);

  print_pack (ctl, hd_pack_get_manifest (pack), hd_pack_get_key (pack));
  trusted_pack = hd_pack_open (path, (const char *const *) trusted, &error);

  if (trusted_pack == NULL)
    return hd_ctl_fail (error);

  if (hd_pack_manifest_is_expired (hd_pack_get_manifest (pack)))
    {
      error = g_error_new_literal (HD_ERROR, HD_ERROR_PACK_EXPIRED, "expired");
      return hd_ctl_fail (error);
    }

  if (!ctl->json)
    hd_ctl_print ("%s\n", _("The pack is whole, and its signature is good."));

  return HD_CTL_OK;
}

/* --- Taking one --- */

static HdCtlExit
import_pack (HdCtl      *ctl,
             const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) open_result = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  if (!hd_ctl_open (ctl, &code))
    return code;

  hd_session_open_pack_async (ctl->session, file, NULL, hd_ctl_store_result_cb, &open_result);
  hd_ctl_await (&open_result);
  pack = hd_session_open_pack_finish (ctl->session, open_result, &error);

  if (pack == NULL)
    return hd_ctl_fail (error);

  hd_session_import_pack_async (ctl->session, pack, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);

  if (!hd_session_import_pack_finish (ctl->session, result, &error))
    return hd_ctl_fail (error);

  print_pack (ctl, hd_pack_get_manifest (pack), hd_pack_get_key (pack));
  return HD_CTL_OK;
}

typedef HdCtlExit (*HdPackStep) (HdCtl      *ctl,
                                 const char *path);

HdCtlExit
hd_ctl_pack (HdCtl  *ctl,
             char  **arguments)
{
  static const struct
  {
    const char *name;
    HdPackStep  run;
  } steps[] = {
    { "key", make_key }, { "create", create_pack }, { "verify", verify_pack }, { "import", import_pack },
  };
  gboolean is_create = g_str_equal (arguments[0], "create");

  if (!is_create && (ctl->key != NULL || ctl->expires != NULL || ctl->category != NULL))
    return hd_ctl_usage (_("--key, --expires and --category are for “pack create”."));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (g_str_equal (arguments[0], steps[i].name))
        return steps[i].run (ctl, arguments[1]);
    }

  return hd_ctl_usage (_("Use it so: helpdeskctl %s %s"), "pack", "key|create|verify|import FILE");
}
