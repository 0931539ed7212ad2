/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "session-support.h"

/* Whose knowledge packs are taken, and which; nobody is signed in, and there is no network. */

#define PORTAL "https://help.example/"
#define LATER "2126-01-01T00:00:00Z"

typedef struct
{
  char      *directory;  /* (owned) */
  HdPackKey *key;  /* (owned) */
  HdSession *session;  /* (owned) */
} Fixture;

/* @data: what the policy says, a format for the key */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *policy_path = NULL;
  g_autofree char *policy_text = NULL;
  g_autofree char *key_path = NULL;
  g_autoptr (HdPolicy) policy = NULL;
  g_autoptr (GError) error = NULL;

  fixture->directory = hd_test_make_tmp_dir ();
  key_path = g_build_filename (fixture->directory, "key.pem", NULL);
  policy_path = g_build_filename (fixture->directory, "policy.conf", NULL);
  fixture->key = hd_pack_key_make (key_path, &error);
  g_assert_no_error (error);
  policy_text = g_strdup_printf ("[Policy]\nallow-remember-me=false\npack-folder= /srv/packs \n%s%s\n",
                                 data != NULL ? "pack-keys=x; " : "", data != NULL ? hd_pack_key_get_public (fixture->key) : "");
  g_assert_true (g_file_set_contents (policy_path, policy_text, -1, NULL));
  policy = hd_policy_new_for_file (policy_path);
  g_assert_cmpstr (hd_policy_get_pack_folder (policy), ==, "/srv/packs");
  fixture->session = hd_session_new (policy, "open", PORTAL, NULL, fixture->directory, &error);
  g_assert_no_error (error);
  g_assert_false (hd_test_open (fixture->session));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_pack_key_free (fixture->key);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static HdPack *
open_pack (Fixture *fixture,
           GFile   *file,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_open_pack_async (fixture->session, file, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_session_open_pack_finish (fixture->session, result, error);
}

static void
refuse (Fixture    *fixture,
        const char *portal,
        const char *expires_at,
        HdError     code)
{
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "refused.hdpack", fixture->key, portal, expires_at);
  g_autoptr (GError) error = NULL;

  g_assert_null (open_pack (fixture, file, &error));
  g_assert_error (error, HD_ERROR, (int) code);
}

static gboolean
import (Fixture *fixture,
        HdPack  *pack)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  hd_session_import_pack_async (fixture->session, pack, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  is_done = hd_session_import_pack_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return is_done;
}

static HdPackManifest *
load_pack (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_load_pack_async (fixture->session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_session_load_pack_finish (fixture->session, result, NULL);
}

static void
test_a_pack_is_taken_with_nobody_signed_in (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "a.hdpack", fixture->key, PORTAL, LATER);
  g_autoptr (HdPack) pack = open_pack (fixture, file, NULL);
  g_autoptr (HdPack) again = NULL;
  g_autoptr (HdPackManifest) kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (load_pack (fixture));
  g_assert_true (import (fixture, pack));
  g_assert_cmpstr (hd_portal_info_get_name (hd_session_get_info (fixture->session)), ==, "Портал");
  kept = load_pack (fixture);
  g_assert_cmpint (hd_pack_manifest_get_n_articles (kept), ==, 1);
  again = open_pack (fixture, file, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_PACK_OLD);
}

static void
test_a_pack_is_for_its_portal_and_its_days (Fixture       *fixture,
                                            gconstpointer  data)
{
  refuse (fixture, "https://other.example/", LATER, HD_ERROR_PACK_FOREIGN);
  refuse (fixture, "https://help.example:8443/", LATER, HD_ERROR_PACK_FOREIGN);
  refuse (fixture, PORTAL, "2026-01-01T00:00:00Z", HD_ERROR_PACK_EXPIRED);
}

static void
test_the_portals_own_key_is_trusted_when_it_has_said_so (Fixture       *fixture,
                                                         gconstpointer  data)
{
  g_autoptr (GFile) file = hd_test_write_pack (fixture->directory, "a.hdpack", fixture->key, PORTAL, LATER);
  const char *keys[] = { hd_pack_key_get_public (fixture->key), NULL };
  g_autoptr (HdPortalInfo) info = g_object_new (HD_TYPE_PORTAL_INFO, "pack-keys", keys, NULL);
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPolicy) policy = g_object_ref (hd_session_get_policy (fixture->session));

  g_assert_null (open_pack (fixture, file, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_PACK_UNTRUSTED);

  /* Kept from an earlier day, when there was a line. */
  hd_store_put_info_async (hd_session_get_store (fixture->session), info, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_test_close (fixture->session);
  fixture->session = hd_session_new (policy, "open", PORTAL, NULL, fixture->directory, NULL);
  g_assert_false (hd_test_open (fixture->session));
  pack = open_pack (fixture, file, NULL);
  g_assert_true (import (fixture, pack));

  /* It is still the portal's word when the pack has brought an information without it. */
  g_assert_cmpstr (hd_portal_info_get_pack_keys (hd_session_get_info (fixture->session))[0], ==, keys[0]);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  g_test_add ("/session/pack/a-pack-is-taken-with-nobody-signed-in", Fixture, "trusted", set_up,
              test_a_pack_is_taken_with_nobody_signed_in, tear_down);
  g_test_add ("/session/pack/a-pack-is-for-its-portal-and-its-days", Fixture, "trusted", set_up,
              test_a_pack_is_for_its_portal_and_its_days, tear_down);
  g_test_add ("/session/pack/the-portals-own-key-is-trusted-when-it-has-said-so", Fixture, NULL, set_up,
              test_the_portals_own_key_is_trusted_when_it_has_said_so, tear_down);

  return g_test_run ();
}
