/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <stdlib.h>

#include "hd-http-client.h"
#include "hd-json.h"
#include "hd-open-portal.h"
#include "hd-record-json.h"
#include "hd-rt-portal.h"
#include "hd-session-private.h"
#include "hd-test-utils.h"

/*
 * The program without a window, for trials: opens a session, then does what each
 * line on standard input asks for, a JSON object, and says so in a line:
 *
 *   {"entries": [{"id": …, "client_key": …, "action": "submit", "draft": {…}, "files": {"photo": "/path"}}, …]}
 *     puts these submissions into the outbox and waits until each is sent or refused
 *   {}
 *     only waits, for what an earlier program left
 *   {"sync": true}
 *     brings itself up to date, and waits for what it sends because of that
 *
 *   sender KIND URL CA-FILE USER PASSWORD DATA-DIR
 *
 * It has the product's patience unless HD_SENDER_TIMEOUT (for an answer), HD_SENDER_FIRST, HD_SENDER_MOST (between
 * attempts) or HD_SENDER_SETTLE (for what is under way) say another, in milliseconds.
 */

#define LOOK_MS 200

typedef struct
{
  HdSession   *session;   /* (owned) */
  char       **words;
  GPtrArray   *finished;  /* (owned) (element-type utf8): the numbers */
  GArray      *refused;   /* (owned) (element-type int): the errors */
  guint        n_asked;
  guint        n_ended;
} Sender;

static guint
get_limit (const char *name)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

/* --- The session --- */

static HdPortal *
make_portal (char   **words,
             GError **error)
{
  gboolean is_rt = g_str_equal (words[0], "rt");
  g_autofree char *base = g_strconcat (words[1], is_rt ? "" : "api/v1/", NULL);
  g_autoptr (HdHttpClient) client = hd_http_client_new (base, words[2], error);

  if (client == NULL)
    return NULL;

  if (get_limit ("HD_SENDER_TIMEOUT") > 0)
    hd_http_client_set_timeout (client, get_limit ("HD_SENDER_TIMEOUT"));

  return is_rt ? HD_PORTAL (hd_rt_portal_new (client, NULL, error)) : HD_PORTAL (hd_open_portal_new (client));
}

static void
finished_cb (HdSession    *session,
             HdSubmission *submission,
             HdRequest    *request,
             Sender       *sender)
{
  sender->n_ended++;
  g_ptr_array_add (sender->finished, g_strdup (request != NULL ? hd_request_get_number (request) : ""));
}

static void
failed_cb (HdSession    *session,
           HdSubmission *submission,
           GError       *error,
           Sender       *sender)
{
  sender->n_ended++;
  g_array_append_val (sender->refused, error->code);
}

static gboolean
sign_in (Sender *sender)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_session_sign_in_async (sender->session, sender->words[3], sender->words[4], FALSE, NULL,
                            hd_test_store_result_cb, &result);
  hd_test_await (&result);

  if (hd_session_sign_in_finish (sender->session, result, &error))
    return TRUE;

  g_printerr ("sender: %s\n", error->message);
  return FALSE;
}

static void
open_session (Sender *sender)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPortal) portal = make_portal (sender->words, &error);

  if (portal == NULL)
    g_error ("%s", error->message);

  sender->session = hd_session_new_for_portal (policy, portal, sender->words[0], sender->words[1], sender->words[5]);
  hd_session_set_leave_keyring (sender->session, TRUE);
  hd_session_open_async (sender->session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_session_open_finish (sender->session, result, &error);
  g_assert_no_error (error);

  if (get_limit ("HD_SENDER_FIRST") > 0)
    hd_submitter_set_back_off (sender->session->submitter, get_limit ("HD_SENDER_FIRST"), get_limit ("HD_SENDER_MOST"));

  if (get_limit ("HD_SENDER_SETTLE") > 0)
    hd_submitter_set_settle (sender->session->submitter, get_limit ("HD_SENDER_SETTLE"));

  g_signal_connect (sender->session, "submission-finished", G_CALLBACK (finished_cb), sender);
  g_signal_connect (sender->session, "submission-failed", G_CALLBACK (failed_cb), sender);
}

/* Else the first sync would go on meanwhile. */
static void
sync_all (Sender *sender)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_sync_async (sender->session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_session_sync_finish (sender->session, result, NULL);
}

/* --- What is asked for --- */

static void
attach_all (Sender     *sender,
            HdDraft    *draft,
            JsonObject *files)
{
  g_autoptr (GList) fields = files != NULL ? json_object_get_members (files) : NULL;
  HdStore *store = hd_session_get_store (sender->session);
  g_autoptr (GListStore) added = g_list_store_new (HD_TYPE_DRAFT_FILE);

  for (GList *l = fields; l != NULL; l = l->next)
    {
      g_autoptr (GFile) source = g_file_new_for_path (json_object_get_string_member (files, l->data));
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (HdDraftFile) file = NULL;

      hd_store_add_draft_file_async (store, hd_draft_get_id (draft), l->data, source, 0, NULL, NULL, NULL,
                                     hd_test_store_result_cb, &result);
      hd_test_await (&result);
      file = hd_store_add_draft_file_finish (store, result, &error);
      g_assert_no_error (error);
      g_list_store_append (added, file);
    }

  g_object_set (draft, "files", added, NULL);
}

static void
enqueue (Sender     *sender,
         JsonNode   *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdSubmission) submission = hd_record_new_from_json (HD_TYPE_SUBMISSION, entry, &error);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);

  if (hd_submission_get_draft (submission) != NULL)
    attach_all (sender, hd_submission_get_draft (submission), hd_json_get_object (json_node_get_object (entry), "files"));

  hd_session_submit_async (sender->session, submission, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_session_submit_finish (sender->session, result, &error);
  g_assert_no_error (error);
}

/* --- Waiting --- */

/* Returns: (transfer full): what is in the outbox */
static GListModel *
list_outbox (Sender *sender)
{
  HdStore *store = hd_session_get_store (sender->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *outbox;

  hd_store_list_outbox_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  outbox = hd_store_list_outbox_finish (store, result, &error);
  g_assert_no_error (error);

  return outbox;
}

static guint
count_left (Sender *sender)
{
  g_autoptr (GListModel) outbox = list_outbox (sender);
  guint n_left = 0;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) entry = g_list_model_get_item (outbox, i);

      if (hd_submission_get_state (entry) != HD_SUBMISSION_STATE_REFUSED)
        n_left++;
    }

  return n_left;
}

static gboolean
look_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Another program may send from the same outbox, which is not told to us. */
static void
await_end (Sender *sender)
{
  gboolean look = FALSE;
  guint look_id = g_timeout_add (LOOK_MS, look_cb, &look);

  while (sender->n_ended < sender->n_asked && !(look && count_left (sender) == 0))
    {
      look = FALSE;
      g_main_context_iteration (NULL, TRUE);

      if (hd_session_get_state (sender->session) == HD_SESSION_EXPIRED && !sign_in (sender))
        break;
    }

  g_source_remove (look_id);
}

static void
answer (Sender *sender)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "finished");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sender->finished->len; i++)
    json_builder_add_string_value (builder, sender->finished->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "refused");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sender->refused->len; i++)
    json_builder_add_int_value (builder, g_array_index (sender->refused, int, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "left");
  json_builder_add_int_value (builder, count_left (sender));
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
  fflush (stdout);
}

static void
obey (Sender     *sender,
      const char *line)
{
  g_autoptr (JsonNode) node = hd_json_parse_object (line, strlen (line), NULL);
  JsonArray *entries = node != NULL ? hd_json_get_array (json_node_get_object (node), "entries") : NULL;
  guint n_left;

  sender->n_ended = 0;

  if (node != NULL && hd_json_get_boolean (json_node_get_object (node), "sync", FALSE))
    sync_all (sender);

  n_left = count_left (sender) + sender->n_ended;
  sender->n_asked = entries != NULL ? json_array_get_length (entries) : n_left;

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    enqueue (sender, json_array_get_element (entries, i));

  await_end (sender);
  answer (sender);
  g_ptr_array_set_size (sender->finished, 0);
  g_array_set_size (sender->refused, 0);
}

int
main (int    argc,
      char **argv)
{
  Sender sender = { .words = argv + 1 };
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  char *line = NULL;

  if (argc != 7)
    return EXIT_FAILURE;

  sender.finished = g_ptr_array_new_with_free_func (g_free);
  sender.refused = g_array_new (FALSE, FALSE, sizeof (int));
  open_session (&sender);

  if (!sign_in (&sender))
    return EXIT_FAILURE;

  sync_all (&sender);
  while (g_io_channel_read_line (input, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      obey (&sender, line);
      g_clear_pointer (&line, g_free);
    }

  hd_session_close (sender.session);
  hd_test_await_finalized (sender.session);
  g_ptr_array_unref (sender.finished);
  g_array_unref (sender.refused);
  return EXIT_SUCCESS;
}
