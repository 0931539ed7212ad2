/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-fixture.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "hd-form-rules.h"
#include "hd-portal-factory.h"
#include "hd-record-json.h"

/*
 * A real Request Tracker for all the tests of a program, and what its desk does:
 * that is said to REST 2.0 itself, as another person.
 */

#define SCRIPT "tests/portal/rt/rt-server.sh"
#define SITE "tests/portal/rt/site.conf"
#define LOG "requests.log"
/* What a session keeps of a person, but not of nobody. */
#define LOADED "RecordCache_key"

static const struct
{
  const char *user;
  const char *password;
} people[] = {
  { "support", "Support-1" },
  { "olena", "Olena-12" },
  { "agent", "Agent-12" },
  { "root", "rt-Root-1" },
  { "iryna", "Пароль-ї1" },
  { "петро", "Petro-12" },
  { "former", "Former-12" },
};

static struct
{
  char        *home;     /* (owned) */
  char        *url;      /* (owned) */
  char        *ca_file;  /* (owned) */
  SoupSession *desk;     /* (owned) */
  gsize        mark;     /* in the log: where counting begins */
} server;

static const char *
get_password (const char *user)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      if (g_str_equal (people[i].user, user))
        return people[i].password;
    }

  g_assert_not_reached ();
}

/* Returns: (transfer full): what the program wrote */
static char *
run (const char *const *arguments)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static char *
run_script (const char *command)
{
  g_autofree char *script = hd_test_source_filename (SCRIPT);
  g_autofree char *owner = g_strdup_printf ("%d", getpid ());
  const char *const arguments[] = { script, command, "--home", server.home, "--owner", owner, NULL };

  return run (arguments);
}

/* Starts the server and waits until it answers. */
void
hd_rt_server_start (void)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autoptr (GError) error = NULL;

  server.home = hd_test_make_tmp_dir ();
  output = run_script ("up");
  lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "url="))
        server.url = g_strdup (lines[i] + strlen ("url="));
      else if (g_str_has_prefix (lines[i], "ca-file="))
        server.ca_file = g_strdup (lines[i] + strlen ("ca-file="));
    }

  g_assert_nonnull (server.url);
  trusted = g_tls_file_database_new (server.ca_file, &error);
  g_assert_no_error (error);
  server.desk = soup_session_new_with_options ("tls-database", trusted, NULL);
}

void
hd_rt_server_stop (void)
{
  g_autofree char *output = run_script ("down");

  hd_test_remove_tree (server.home);
  g_clear_object (&server.desk);
  g_clear_pointer (&server.home, g_free);
  g_clear_pointer (&server.url, g_free);
  g_clear_pointer (&server.ca_file, g_free);
}

/**
 * hd_rt_server_create_portal:
 * @below: what follows the server's address: nothing, or "basic/", where the form is not to be had
 * @site_file: (nullable): the site's file, %NULL for site.conf
 *
 * Returns: (transfer full): a client of the server
 */
HdPortal *
hd_rt_server_create_portal (const char *below,
                            const char *site_file)
{
  g_autofree char *uri = g_strconcat (server.url, "/", below, NULL);
  g_autofree char *site = hd_test_source_filename (SITE);
  g_autoptr (GError) error = NULL;
  HdPortal *portal = hd_portal_new_for_kind ("rt", uri, server.ca_file, site_file != NULL ? site_file : site, &error);

  g_assert_no_error (error);
  return portal;
}

/* --- What others do --- */

static GBytes *
send (SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  GBytes *answer = soup_session_send_and_read (server.desk, message, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

/**
 * hd_rt_server_call:
 * @user: who
 * @method: what
 * @path: what follows REST/2.0
 * @body: (nullable): JSON
 *
 * Returns: (transfer full) (nullable): the answer, which must be a good one
 */
JsonNode *
hd_rt_server_call (const char *user,
                   const char *method,
                   const char *path,
                   const char *body)
{
  g_autofree char *uri = g_strdup_printf ("%s/REST/2.0/%s", server.url, path);
  g_autofree char *pair = g_strdup_printf ("%s:%s", user, get_password (user));
  g_autofree char *secret = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *words = g_strconcat ("Basic ", secret, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", words);

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  answer = send (message);

  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    g_error ("%s %s: %u %.*s", method, path, soup_message_get_status (message), (int) g_bytes_get_size (answer),
             (const char *) g_bytes_get_data (answer, NULL));

  return json_from_string (g_bytes_get_data (answer, NULL), NULL);
}

/**
 * hd_rt_server_create_ticket:
 * @queue_id: a queue
 * @subject: its subject
 * @more: more members, in JSON, each with a comma before it
 *
 * Returns: (transfer full): the number of a ticket that the desk made for support
 */
char *
hd_rt_server_create_ticket (const char *queue_id,
                            const char *subject,
                            const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"Queue\":\"%s\",\"Subject\":\"%s\",\"Requestor\":\"support@rt.local\","
                                           "\"Content\":\"Опис\",\"ContentType\":\"text/plain\"%s}", queue_id, subject, more);
  g_autoptr (JsonNode) answer = hd_rt_server_call ("agent", "POST", "ticket", body);

  return g_strdup (json_object_get_string_member (json_node_get_object (answer), "id"));
}

/* The desk replies (what: "correspond") or notes for itself ("comment"). */
void
hd_rt_server_write (const char *ticket_id,
                    const char *what,
                    const char *text,
                    const char *content_type)
{
  g_autofree char *path = g_strdup_printf ("ticket/%s/%s", ticket_id, what);
  g_autofree char *body = g_strdup_printf ("{\"Content\":\"%s\",\"ContentType\":\"%s\"}", text, content_type);
  g_autoptr (JsonNode) answer = hd_rt_server_call ("agent", "POST", path, body);

  g_assert_nonnull (answer);
}

void
hd_rt_server_set_status (const char *ticket_id,
                         const char *status)
{
  g_autofree char *path = g_strdup_printf ("ticket/%s", ticket_id);
  g_autofree char *body = g_strdup_printf ("{\"Status\":\"%s\"}", status);
  g_autoptr (JsonNode) answer = hd_rt_server_call ("agent", "PUT", path, body);
  g_autoptr (JsonNode) ticket = hd_rt_server_call ("agent", "GET", path, NULL);

  /* A refusal is a good answer, too. */
  g_assert_cmpstr (hd_json_get_string (json_node_get_object (ticket), "Status"), ==, status);
}

/* --- More than pages can hold --- */

#define HIDDEN "Прихована "

/* What no REST can do is done to the database itself. */
void
hd_rt_server_query (const char *sql)
{
  g_autofree char *path = g_build_filename (server.home, "rt.sqlite", NULL);
  const char *const arguments[] = { "sqlite3", "-cmd", ".timeout 30000", path, sql, NULL };
  g_autofree char *output = run (arguments);

  g_assert_cmpstr (output, ==, "");
}

/* What everybody may do to a queue or a class; @rights: in quotes and brackets, with commas between them */
void
hd_rt_server_grant (const char *type,
                    const char *id,
                    const char *rights)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO ACL (PrincipalType, PrincipalId, RightName, ObjectType, ObjectId) "
                                          "SELECT 'Group', id, column1, '%s', %s FROM Groups, (VALUES %s) "
                                          "WHERE Domain = 'SystemInternal' AND Name = 'Unprivileged'", type, id, rights);

  hd_rt_server_query (sql);
}

/* Adds so many rows that nobody may see; @more: columns and values of each, with a comma before them */
void
hd_rt_server_add_hidden (const char *table,
                         guint       n,
                         const char *more_columns,
                         const char *more_values)
{
  g_autofree char *sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
                                          "INSERT INTO %s (Name%s) SELECT '" HIDDEN "' || i%s FROM n", n, table, more_columns, more_values);

  hd_rt_server_query (sql);
}

/* And takes them away again, with the one of that name behind them. */
void
hd_rt_server_remove_hidden (const char *table,
                            const char *name)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE Name LIKE '" HIDDEN "%%'; UPDATE %s SET Disabled = 1 WHERE Name = '%s'",
                                          table, table, name);

  hd_rt_server_query (sql);
}

/* Returns: (transfer full): the number of what the administrator makes */
char *
hd_rt_server_create (const char *what,
                     const char *body)
{
  g_autoptr (JsonNode) answer = hd_rt_server_call ("root", "POST", what, body);
  char *id = g_strdup (hd_json_get_string (json_node_get_object (answer), "id"));

  g_assert_nonnull (id);
  return id;
}

/* --- What was asked --- */

/* Whoever has this answer knows that what came before is in the log. */
static char *
read_log (gsize *length)
{
  g_autofree char *uri = g_strconcat (server.url, "/.seen", NULL);
  g_autofree char *path = g_build_filename (server.home, LOG, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) answer = send (message);
  g_autoptr (GError) error = NULL;
  char *log = NULL;

  g_file_get_contents (path, &log, length, &error);
  g_assert_no_error (error);
  return log;
}

/* From here on requests are counted. */
void
hd_rt_server_mark (void)
{
  g_autofree char *log = read_log (&server.mark);
}

/* How many requests since the mark match: of lines of method, path with query, status. */
guint
hd_rt_server_count_seen (const char *pattern)
{
  gsize length = 0;
  g_autofree char *log = read_log (&length);
  g_auto (GStrv) lines = g_strsplit (log + server.mark, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += *lines[i] != '\0' && g_regex_match_simple (pattern, lines[i], 0, 0);

  return n;
}

/* --- Sessions --- */

typedef guint (*VisitFunc) (const char *path);

static guint
visit_sessions (const char *folder,
                VisitFunc   visit)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? visit_sessions (path, visit) : visit (path);
    }

  return n;
}

static guint
has_person (const char *path)
{
  g_autofree char *content = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return 0;

  for (gsize i = 0; i < length; i++)
    content[i] = content[i] != '\0' ? content[i] : ' ';

  return strstr (content, LOADED) != NULL;
}

static guint
remove_file (const char *path)
{
  g_assert_no_errno (g_unlink (path));
  return 1;
}

/* How many people are signed in. */
guint
hd_rt_server_count_sessions (void)
{
  g_autofree char *folder = g_build_filename (server.home, "session", NULL);

  return visit_sessions (folder, has_person);
}

/* As if all had been away for too long. */
void
hd_rt_server_end_sessions (void)
{
  g_autofree char *folder = g_build_filename (server.home, "session", NULL);

  visit_sessions (folder, remove_file);
}

/* --- The person --- */

void
hd_rt_sign_in (HdPortal   *portal,
               const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAccount) account = HD_PORTAL_CALL (sign_in, portal, &error, user, get_password (user));

  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_user_name (account), ==, user);
}

void
hd_rt_fixture_set_up (HdRtFixture   *fixture,
                      gconstpointer  user)
{
  fixture->folder = hd_test_make_tmp_dir ();
  fixture->portal = hd_rt_server_create_portal ("", NULL);

  if (user != NULL)
    hd_rt_sign_in (fixture->portal, user);
}

void
hd_rt_fixture_tear_down (HdRtFixture   *fixture,
                         gconstpointer  user)
{
  hd_test_drain ();
  hd_test_await_finalized (g_steal_pointer (&fixture->portal));
  hd_test_remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

HdForm *
hd_rt_fixture_get_form (HdRtFixture *fixture,
                        const char  *queue_id)
{
  g_autoptr (GError) error = NULL;
  HdForm *form = HD_PORTAL_CALL (get_form, fixture->portal, &error, queue_id);

  g_assert_no_error (error);
  return form;
}

HdRequest *
hd_rt_fixture_get_request (HdRtFixture *fixture,
                           const char  *request_id,
                           HdRequest   *held)
{
  g_autoptr (GError) error = NULL;
  HdRequest *request = HD_PORTAL_CALL (get_request, fixture->portal, &error, request_id, held);

  g_assert_no_error (error);
  return request;
}

/* Returns: (transfer full): what is in a file */
char *
hd_rt_fixture_download (HdRtFixture  *fixture,
                        HdPortal     *portal,
                        const char   *request_id,
                        HdAttachment *attachment)
{
  g_autofree char *path = g_build_filename (fixture->folder, "download", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  HD_PORTAL_CALL (download, portal, &error, request_id, hd_attachment_get_id (attachment), file, NULL);
  g_assert_no_error (error);
  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* Returns: (transfer full): the field that must be there */
HdField *
hd_rt_form_find (HdForm     *form,
                 const char *label)
{
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (g_str_equal (hd_field_get_label (field), label))
        return g_steal_pointer (&field);
    }

  g_error ("the form has no %s", label);
}

/* --- What they fill in --- */

/* Adds an answer to a draft's; several values have “|” between them. */
void
hd_rt_draft_add (GString    *answers,
                 HdForm     *form,
                 const char *label,
                 const char *value)
{
  g_autoptr (HdField) field = hd_rt_form_find (form, label);
  g_auto (GStrv) values = g_strsplit (value, "|", -1);
  g_autofree char *listed = g_strjoinv ("\",\"", values);

  g_string_append_printf (answers, "%s{\"field_id\":\"%s\",\"values\":[\"%s\"]}", answers->len > 0 ? "," : "",
                          hd_field_get_id (field), listed);
}

/* Adds a file to a draft's, of a field or of none. */
void
hd_rt_draft_add_file (HdRtFixture *fixture,
                      GString     *files,
                      HdField     *field,
                      const char  *name,
                      const char  *content)
{
  g_autofree char *base = g_strdup_printf ("file-%" G_GSIZE_FORMAT, files->len);
  g_autofree char *path = g_build_filename (fixture->folder, base, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  g_string_append_printf (files, "%s{\"id\":\"%s\",\"field_id\":\"%s\",\"name\":\"%s\",\"content_type\":\"image/png\","
                          "\"path\":\"%s\",\"size\":%" G_GSIZE_FORMAT "}",
                          files->len > 0 ? "," : "", base, field != NULL ? hd_field_get_id (field) : "attachments", name, path,
                          strlen (content));
}

/* An entry of the outbox; @draft: members of the draft in JSON, each with a comma before it */
HdSubmission *
hd_rt_submission_new (const char *action,
                      const char *request_id,
                      const char *draft)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"client_key\":\"%s\",\"action\":\"%s\",\"request_id\":\"%s\","
                                           "\"draft\":{\"id\":\"1\"%s}}", key, key, action, request_id, draft);
  g_autoptr (GError) error = NULL;
  HdSubmission *submission = hd_record_new_from_string (HD_TYPE_SUBMISSION, json, &error);

  g_assert_no_error (error);
  return submission;
}

HdSubmission *
hd_rt_submission_new_for_queue (const char *queue_id,
                                const char *answers,
                                const char *files)
{
  g_autofree char *draft = g_strdup_printf (",\"offering_id\":\"%s\",\"answers\":[%s],\"files\":[%s]", queue_id, answers, files);

  return hd_rt_submission_new ("submit", "", draft);
}

/* Returns: (transfer full): a text property of each of the objects, with “|” between them */
char *
hd_rt_list_dup_words (GListModel *list,
                      const char *property)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) object = g_list_model_get_item (list, i);
      g_autofree char *word = NULL;

      g_object_get (object, property, &word, NULL);
      g_string_append_printf (words, "%s%s", i > 0 ? "|" : "", word != NULL ? word : "-");
    }

  return g_strdup (words->str);
}
