/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-error.h"
#include "hd-portal-call.h"
#include "hd-portal-factory.h"
#include "hd-record-json.h"
#include "hd-test-portal.h"

/* Large files at the practice portal: they go on where the portal has got to, and are filed once. */

#define SIZE (1024 * 1024)   /* the most that the practice portal takes here, and the least that goes up by itself */

typedef struct
{
  HdTestPortal *server;
  char         *folder;
  char         *path;
  char         *sha256;
  guint64       n_bytes;  /* that went over the line */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GRand) source = g_rand_new_with_seed (1);
  g_autofree char *content = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    content[i] = (char) g_rand_int_range (source, 0, 256);

  fixture->server = hd_test_portal_new (NULL, NULL);
  hd_test_portal_start (fixture->server);
  fixture->folder = hd_test_make_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "великий", NULL);
  fixture->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, SIZE);
  g_assert_true (g_file_set_contents (fixture->path, content, SIZE, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drain ();
  hd_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->sha256);
  hd_test_portal_free (fixture->server);
}

/* As after another start of the program. */
static HdPortal *
open_portal (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (HdPortalInfo) info = NULL;
  HdPortal *portal = hd_portal_new_for_kind ("open", hd_test_portal_get_url (fixture->server),
                                             hd_test_portal_get_ca_file (fixture->server), NULL, &error);

  g_assert_no_error (error);
  account = HD_PORTAL_CALL (sign_in, portal, &error, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD);
  g_assert_no_error (error);
  info = HD_PORTAL_CALL (get_info, portal, &error);
  g_assert_no_error (error);
  g_assert_true ((hd_portal_get_capabilities (portal) & HD_PORTAL_UPLOADS) != 0);

  return portal;
}

static void
close_portal (Fixture  *fixture,
              HdPortal *portal)
{
  fixture->n_bytes += hd_portal_get_traffic (portal);
  hd_test_drain ();
  g_assert_finalize_object (portal);
}

/* @request_id: (nullable): what is replied to, or else it is filed */
static HdSubmission *
create_submission (Fixture    *fixture,
                   const char *request_id)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *json =
    g_strdup_printf ("{\"id\":\"%s\",\"client_key\":\"%s\",\"action\":\"%s\",\"request_id\":\"%s\",\"draft\":{\"id\":\"1\","
                     "\"offering_id\":\"printer\",\"text\":\"Ось він\",\"answers\":[{\"field_id\":\"description\","
                     "\"values\":[\"Не друкує\"]}],\"files\":[{\"id\":\"f\",\"name\":\"великий.txt\",\"path\":\"%s\","
                     "\"content_type\":\"text/plain\",\"sha256\":\"%s\",\"size\":%d%s}]}}",
                     key, key, request_id != NULL ? "reply" : "submit", request_id != NULL ? request_id : "",
                     fixture->path, fixture->sha256, SIZE, request_id != NULL ? "" : ",\"field_id\":\"photo\"");
  g_autoptr (GError) error = NULL;
  HdSubmission *submission = hd_record_new_from_string (HD_TYPE_SUBMISSION, json, &error);

  g_assert_no_error (error);
  return submission;
}

static HdRequest *
submit (HdPortal      *portal,
        HdSubmission  *submission,
        HdProgress    *progress,
        GError       **error)
{
  g_autoptr (GError) form_error = NULL;
  g_autoptr (HdForm) form = HD_PORTAL_CALL (get_form, portal, &form_error, "printer");

  g_assert_no_error (form_error);
  return HD_PORTAL_CALL (submit, portal, error, submission, form, progress);
}

static void
assert_is_whole (Fixture    *fixture,
                 HdPortal   *portal,
                 const char *request_id,
                 GListModel *attachments)
{
  g_autoptr (HdAttachment) attachment = g_list_model_get_item (attachments, 0);
  g_autofree char *path = g_build_filename (fixture->folder, "назад", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *content = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_cmpuint (g_list_model_get_n_items (attachments), ==, 1);
  g_assert_true (HD_PORTAL_CALL (download, portal, &error, request_id, hd_attachment_get_id (attachment), file, NULL));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, size);
  g_assert_cmpstr (sum, ==, fixture->sha256);
}

static gboolean
stop_cb (gpointer server)
{
  hd_test_portal_stop_and_go_on (server);
  return G_SOURCE_REMOVE;
}

static void
moved_cb (HdProgress *progress,
          GParamSpec *pspec,
          Fixture    *fixture)
{
  if (hd_progress_get_done (progress) < SIZE / 2)
    return;

  g_signal_handlers_disconnect_by_func (progress, moved_cb, fixture);
  g_idle_add_full (G_PRIORITY_HIGH, stop_cb, fixture->server, NULL);
}

/* The portal goes when half of the file is up. */
static void
submit_halfway (Fixture      *fixture,
                HdSubmission *submission)
{
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (GError) error = NULL;
  HdPortal *portal = open_portal (fixture);

  g_signal_connect (progress, "notify", G_CALLBACK (moved_cb), fixture);
  g_assert_null (submit (portal, submission, progress, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_NETWORK);
  close_portal (fixture, portal);
}

static void
test_goes_on_after_the_portal_was_gone (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission (fixture, NULL);
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) again = NULL;
  g_autoptr (GError) error = NULL;
  HdPortal *portal;

  submit_halfway (fixture, submission);
  hd_test_portal_start (fixture->server);
  portal = open_portal (fixture);
  request = submit (portal, submission, NULL, &error);
  g_assert_no_error (error);
  /* As if the answer had been lost: nothing new is filed, nothing goes up again. */
  again = submit (portal, submission, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_id (again), ==, hd_request_get_id (request));
  fixture->n_bytes += hd_portal_get_traffic (portal);
  g_assert_cmpuint (fixture->n_bytes, <, SIZE + SIZE / 2);

  assert_is_whole (fixture, portal, hd_request_get_id (request), hd_request_get_attachments (request));
  close_portal (fixture, portal);
}

/* The only file that goes up to the portal becomes another one. */
static void
spoil (Fixture *fixture)
{
  g_autofree char *root = g_build_filename (hd_test_portal_get_data_dir (fixture->server), "uploads", NULL);
  g_autoptr (GDir) owners = g_dir_open (root, 0, NULL);
  g_autofree char *path = g_build_filename (root, g_dir_read_name (owners), fixture->sha256, NULL);
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpuint (size, >=, SIZE / 2);
  content[0]++;
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
}

/* What the portal has of it is something else: it goes up anew. */
static void
test_what_is_not_it_goes_up_anew (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission (fixture, NULL);
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) replied = NULL;
  g_autoptr (HdSubmission) reply = NULL;
  g_autoptr (HdMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  HdPortal *portal;

  submit_halfway (fixture, submission);
  spoil (fixture);
  hd_test_portal_start (fixture->server);
  portal = open_portal (fixture);
  request = submit (portal, submission, NULL, &error);
  g_assert_no_error (error);
  assert_is_whole (fixture, portal, hd_request_get_id (request), hd_request_get_attachments (request));

  reply = create_submission (fixture, hd_request_get_id (request));
  replied = HD_PORTAL_CALL (reply, portal, &error, reply, NULL);
  g_assert_no_error (error);
  message = g_list_model_get_item (hd_request_get_messages (replied), 0);
  assert_is_whole (fixture, portal, hd_request_get_id (request), hd_message_get_attachments (message));
  close_portal (fixture, portal);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add ("/upload/goes-on-after-the-portal-was-gone", Fixture, NULL, set_up, test_goes_on_after_the_portal_was_gone,
              tear_down);
  g_test_add ("/upload/what-is-not-it-goes-up-anew", Fixture, NULL, set_up, test_what_is_not_it_goes_up_anew, tear_down);

  return g_test_run ();
}
