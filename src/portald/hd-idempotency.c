/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-idempotency.h"

#include "hd-problem.h"
#include "hd-text.h"

/*
 * Whatever has an effect comes with a key that the client made.  The key, the
 * answer and the effect are written in one transaction, so that a client that
 * did not get the answer can ask again as often as it likes: the effect happens
 * once, and the answer is the first one.
 *
 * Keys are kept for a while only: long enough for an outbox that waits for a
 * network.
 */

#define KEEP_SECONDS (90 * 24 * 60 * 60)
#define MAX_KEY_LENGTH 255

typedef struct
{
  guint  status;
  char  *location;  /* (owned) (nullable) */
  char  *body;      /* (owned) (nullable) */
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->location, g_free);
  g_clear_pointer (&answer->body, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* The same key with the same content for another thing is not the same. */
static char *
compute_fingerprint (HdCall     *call,
                     const char *content)
{
  SoupServerMessage *message = hd_call_get_message (call);
  g_autofree char *all = g_strjoin ("\n", soup_server_message_get_method (message),
                                    g_uri_get_path (soup_server_message_get_uri (message)),
                                    content, NULL);

  return hd_text_hash (all);
}

/* Looks for an earlier answer; FALSE with no error if there is none. */
static gboolean
recall (HdCall      *call,
        const char  *key,
        const char  *fingerprint,
        Answer      *answer,
        GError     **error)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (hd_call_get_database (call), error,
                            "SELECT fingerprint, status, location, body FROM idempotency"
                            " WHERE account_id = ? AND key = ?", "ss",
                            hd_call_get_user (call)->id, key);

  if (rows == NULL || !hd_rows_next (rows, error))
    return FALSE;

  if (g_strcmp0 (hd_rows_get_text (rows, 0), fingerprint) != 0)
    return hd_problem_set_literal (error, HD_PROBLEM_CONFLICT,
                                   "The same Idempotency-Key was used for something else.");

  answer->status = (guint) hd_rows_get_int (rows, 1);
  answer->location = g_strdup (hd_rows_get_text (rows, 2));
  answer->body = g_strdup (hd_rows_get_text (rows, 3));
  return TRUE;
}

static gboolean
remember (HdCall        *call,
          const char    *key,
          const char    *fingerprint,
          const Answer  *answer,
          GError       **error)
{
  HdDatabase *database = hd_call_get_database (call);
  gint64 now = hd_text_now ();

  return hd_database_run (database, error, "DELETE FROM idempotency WHERE created_at < ?", "l",
                          now - KEEP_SECONDS) &&
         hd_database_run (database, error, "INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "sssissl", hd_call_get_user (call)->id, key, fingerprint,
                          (int) answer->status, answer->location, answer->body, now);
}

static void
reply (HdCall       *call,
       const Answer *answer)
{
  if (answer->location != NULL)
    hd_call_set_header (call, "Location", answer->location);

  if (answer->body != NULL)
    hd_call_reply_text (call, answer->status, answer->body);
  else
    hd_call_reply_empty (call, answer->status);
}

static gboolean
apply (HdCall       *call,
       HdEffect      effect,
       gpointer      user_data,
       const char   *key,
       const char   *fingerprint,
       Answer       *answer,
       GError      **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (!effect (call, user_data, &answer->location, &node, error))
    return FALSE;

  if (node != NULL)
    answer->body = hd_text_from_json (node);

  return remember (call, key, fingerprint, answer, error);
}

/**
 * hd_idempotency_run:
 * @call: a call with an `Idempotency-Key`
 * @content: what the call is about, as a text
 * @status: the status of a good answer
 * @effect: what it does
 * @user_data: for @effect
 *
 * Does what is asked, or gives the earlier answer if it was done before;
 * answers the call in any case.
 *
 * Returns: whether it was done just now
 */
gboolean
hd_idempotency_run (HdCall     *call,
                    const char *content,
                    guint       status,
                    HdEffect    effect,
                    gpointer    user_data)
{
  HdDatabase *database = hd_call_get_database (call);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (hd_call_get_message (call));
  const char *key = soup_message_headers_get_one (headers, "Idempotency-Key");
  g_autofree char *fingerprint = compute_fingerprint (call, content);
  g_auto (Answer) answer = { status, NULL, NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_known = FALSE;
  gboolean is_done = FALSE;

  if (key == NULL || key[0] == '\0' || strlen (key) > MAX_KEY_LENGTH)
    hd_problem_set_literal (&error, HD_PROBLEM_BAD_REQUEST, "The Idempotency-Key header is missing.");
  else if (hd_database_begin (database, &error))
    {
      is_known = recall (call, key, fingerprint, &answer, &error);
      is_done = hd_database_end (database,
                                 !is_known && error == NULL &&
                                 apply (call, effect, user_data, key, fingerprint, &answer, &error),
                                 &error);
    }

  if (is_known)
    hd_call_set_header (call, "Idempotency-Replayed", "true");

  if (is_known || is_done)
    reply (call, &answer);
  else
    hd_call_fail (call, error);

  return is_done;
}
