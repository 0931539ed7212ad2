/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request-changes.h"

#include "hd-json.h"
#include "hd-text.h"

/*
 * What happens to a request: it is registered, somebody writes, its status
 * changes.  Each change takes a number of the counter, for delta queries.
 */

/* The number in the people's guide. */
#define FIRST_NUMBER 10316

static const struct
{
  const char *status;
  const char *label;
} labels[] = {
  { "registered", "Зареєстрований" },
  { "in-progress", "В роботі" },
  { "closed", "Закритий" },
  { "cancelled", "Скасований" },
};

/* Returns: (nullable): the portal's word for a status, if it is one. */
const char *
hd_request_status_label (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_strcmp0 (labels[i].status, status) == 0)
        return labels[i].label;
    }

  return NULL;
}

static gboolean
touch (HdDatabase  *database,
       const char  *request_id,
       gint64       now,
       GError     **error)
{
  gint64 change = hd_database_next_change (database, error);

  return change >= 0 &&
         hd_database_run (database, error,
                          "UPDATE requests SET changed = ?, updated_at = MAX (updated_at, ?)"
                          " WHERE id = ?", "lls", change, now, request_id);
}

static gboolean
add_words (HdDatabase  *database,
           const char  *request_id,
           const char  *text,
           GError     **error)
{
  g_autofree char *folded = hd_text_fold (text);

  return hd_database_run (database, error,
                          "UPDATE requests SET words = words || char (10) || ? WHERE id = ?", "ss",
                          folded, request_id);
}

static gboolean
add_files (HdDatabase  *database,
           const char  *request_id,
           const char  *message_id,
           GPtrArray   *files,
           GError     **error)
{
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const HdUploadFile *file = g_ptr_array_index (files, i);
      g_autofree char *id = hd_text_random_id ();

      if (!hd_database_run (database, error,
                            "INSERT INTO attachments (id, request_id, message_id, field_id, name,"
                            " content_type, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            "ssssssls", id, request_id, message_id, file->field_id, file->name,
                            file->content_type, (gint64) g_bytes_get_size (file->bytes),
                            file->sha256))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_history (HdDatabase  *database,
             const char  *request_id,
             const char  *status,
             const char  *label,
             const char  *by,
             gint64       now,
             GError     **error)
{
  return hd_database_run (database, error,
                          "INSERT INTO history (request_id, status, status_label, at, by)"
                          " VALUES (?, ?, ?, ?, ?)", "sssls", request_id, status, label, now, by);
}

static gboolean
insert_request (HdDatabase         *database,
                const char         *id,
                const HdUser       *user,
                JsonObject         *offering,
                const HdValidated  *validated,
                const char         *article_id,
                gint64              now,
                GError            **error)
{
  const char *kind = hd_json_get_string (offering, "kind");
  const char *name = hd_json_get_string (offering, "name");
  const char *subject = validated->subject != NULL ? validated->subject : name;
  const char *priority = validated->priority;
  gint64 number = hd_database_count (database, "SELECT MAX (number) + 1 FROM requests", "");
  g_autofree char *subject_key = hd_text_sort_key (subject);
  g_autofree char *answers = hd_text_from_json (validated->answers);
  g_autofree char *fields = hd_text_from_json (validated->fields);
  g_autofree char *text = g_strjoin ("\n", subject, name, validated->words, NULL);
  g_autofree char *words = hd_text_fold (text);

  if (priority == NULL)
    priority = g_strcmp0 (kind, "incident") == 0 ? "normal" : "none";

  return hd_database_run (database, error,
                          "INSERT INTO requests (id, number, account_id, offering_id,"
                          " offering_name, kind, subject, subject_key, status, status_label,"
                          " priority, created_at, updated_at, answers, fields, article_id, words,"
                          " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'registered', ?, ?, ?, ?, ?, ?,"
                          " ?, ?, 0)", "slssssssssllssss",
                          id, MAX (number, FIRST_NUMBER), user->id,
                          hd_json_get_string (offering, "id"), name, kind, subject, subject_key,
                          hd_request_status_label ("registered"), priority, now, now, answers,
                          fields, article_id, words);
}

/**
 * hd_request_create:
 * @database: the database
 * @user: whose request it is
 * @offering: the offering
 * @validated: what is asked for
 * @article_id: (nullable): the article that it is about
 * @files: (element-type HdUploadFile): stored files
 * @now: the time
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the new request's id
 */
char *
hd_request_create (HdDatabase         *database,
                   const HdUser       *user,
                   JsonObject         *offering,
                   const HdValidated  *validated,
                   const char         *article_id,
                   GPtrArray          *files,
                   gint64              now,
                   GError            **error)
{
  g_autofree char *id = hd_text_random_id ();

  if (!insert_request (database, id, user, offering, validated, article_id, now, error) ||
      !add_files (database, id, NULL, files, error) ||
      !add_history (database, id, "registered", hd_request_status_label ("registered"), user->name,
                    now, error) ||
      !touch (database, id, now, error))
    return NULL;

  return g_steal_pointer (&id);
}

/**
 * hd_request_add_message:
 * @database: the database
 * @request_id: a request
 * @author: who writes
 * @is_mine: whether that is the request's author
 * @text: plain text
 * @files: (nullable) (element-type HdUploadFile): stored files
 * @now: the time
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the new message's id
 */
char *
hd_request_add_message (HdDatabase  *database,
                        const char  *request_id,
                        const char  *author,
                        gboolean     is_mine,
                        const char  *text,
                        GPtrArray   *files,
                        gint64       now,
                        GError     **error)
{
  g_autofree char *id = hd_text_random_id ();

  if (!hd_database_run (database, error,
                        "INSERT INTO messages (id, request_id, author, mine, text, created_at)"
                        " VALUES (?, ?, ?, ?, ?, ?)", "sssisl", id, request_id, author, is_mine,
                        text, now) ||
      !hd_database_run (database, error,
                        "UPDATE requests SET message_count = message_count + 1, answered = ?"
                        " WHERE id = ?", "is", !is_mine, request_id) ||
      !add_files (database, request_id, id, files, error) ||
      !add_words (database, request_id, text, error) ||
      !touch (database, request_id, now, error))
    return NULL;

  return g_steal_pointer (&id);
}

/**
 * hd_request_set_status:
 * @database: the database
 * @request_id: a request
 * @status: its new status
 * @label: (nullable): another word for it than the usual
 * @by: who says so
 * @now: the time
 * @error: return location for an error
 *
 * A request that is not open any more waits for nobody; one that is opened
 * again has not been rated.
 */
gboolean
hd_request_set_status (HdDatabase  *database,
                       const char  *request_id,
                       const char  *status,
                       const char  *label,
                       const char  *by,
                       gint64       now,
                       GError     **error)
{
  gboolean is_over = g_str_equal (status, "closed") || g_str_equal (status, "cancelled");

  if (label == NULL)
    label = hd_request_status_label (status);

  if (is_over && !hd_database_run (database, error,
                                   "UPDATE requests SET waiting = 0, closed_at = ? WHERE id = ?",
                                   "ls", now, request_id))
    return FALSE;

  if (!is_over && !hd_database_run (database, error,
                                    "UPDATE requests SET closed_at = NULL, rating = 0,"
                                    " rating_comment = NULL, answered = 0 WHERE id = ?", "s", request_id))
    return FALSE;

  return hd_database_run (database, error,
                          "UPDATE requests SET status = ?, status_label = ? WHERE id = ?", "sss",
                          status, label, request_id) &&
         add_history (database, request_id, status, label, by, now, error) &&
         touch (database, request_id, now, error);
}

/* Whether the desk waits for an answer.  Goes along with a message or a status. */
gboolean
hd_request_set_waiting (HdDatabase  *database,
                        const char  *request_id,
                        gboolean     is_waiting,
                        GError     **error)
{
  return hd_database_run (database, error, "UPDATE requests SET waiting = ? WHERE id = ?", "is",
                          is_waiting, request_id);
}

gboolean
hd_request_set_assignee (HdDatabase  *database,
                         const char  *request_id,
                         const char  *assignee,
                         GError     **error)
{
  return hd_database_run (database, error, "UPDATE requests SET assignee = ? WHERE id = ?", "ss",
                          assignee, request_id);
}

gboolean
hd_request_rate (HdDatabase  *database,
                 const char  *request_id,
                 gint64       stars,
                 const char  *comment,
                 gint64       now,
                 GError     **error)
{
  return hd_database_run (database, error,
                          "UPDATE requests SET rating = ?, rating_comment = ? WHERE id = ?", "lss",
                          stars, comment, request_id) &&
         touch (database, request_id, now, error);
}

/* Returns: (transfer full) (nullable): the id of the request with a number. */
char *
hd_request_find_by_number (HdDatabase  *database,
                           const char  *number,
                           GError     **error)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, error,
                            "SELECT id FROM requests WHERE number = CAST (? AS INTEGER)", "s", number);

  if (rows == NULL)
    return NULL;

  if (hd_rows_next (rows, error))
    return g_strdup (hd_rows_get_text (rows, 0));

  if (error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no request %s", number);

  return NULL;
}
