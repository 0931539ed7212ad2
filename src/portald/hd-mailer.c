/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-mailer.h"

#include <curl/curl.h>
#include <string.h>

/**
 * HdMailer:
 *
 * Sends the letters of the table “letters”, one after the other, on a thread.
 *
 *   hd_mailer_wake → send_next → deliver (thread) → delivered_cb → send_next
 *
 * With DATA/smtp.conf, a key file, they go by SMTP:
 *
 *   [smtp]
 *   url=smtp://mail.customs.gov.ua:587
 *   from=helpdesk@customs.gov.ua
 *   user=…  password=…  ca-file=…  require-tls=true      (all optional)
 *
 * Without it each becomes a file in DATA/mail/.  A letter that cannot be sent
 * stays, and is tried again later.
 */

#define RETRY_SECONDS 60
#define MAX_TRIES 100
#define SMTP_TIMEOUT 60L

struct _HdMailer
{
  GObject       parent_instance;

  HdDatabase   *database;      /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  guint         retry_source;
  gboolean      is_sending;
};

typedef struct
{
  char *id;         /* (owned) */
  char *recipient;  /* (owned) */
  char *body;       /* (owned) */
  char *data_dir;   /* (owned) */
} Letter;

G_DEFINE_FINAL_TYPE (HdMailer, hd_mailer, G_TYPE_OBJECT)

static void send_next (HdMailer     *self);
static void delivered_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_free (letter->id);
  g_free (letter->recipient);
  g_free (letter->body);
  g_free (letter->data_dir);
  g_free (letter);
}

static gboolean
save_letter (const Letter  *letter,
             GError       **error)
{
  g_autofree char *folder = g_build_filename (letter->data_dir, "mail", NULL);
  g_autofree char *name = g_strconcat (letter->id, ".eml", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (path, letter->body, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

typedef struct
{
  const char *text;
  gsize       left;
} Reader;

static size_t
read_cb (char   *buffer,
         size_t  size,
         size_t  n,
         void   *user_data)
{
  Reader *reader = user_data;
  gsize length = MIN (size * n, reader->left);

  memcpy (buffer, reader->text, length);
  reader->text += length;
  reader->left -= length;
  return length;
}

/* A setting that is not there is left as it is. */
static void
set_string (CURL       *curl,
            CURLoption  option,
            GKeyFile   *settings,
            const char *key)
{
  g_autofree char *value = g_key_file_get_string (settings, "smtp", key, NULL);

  if (value != NULL)
    curl_easy_setopt (curl, option, value);
}

static void
set_up (CURL              *curl,
        GKeyFile          *settings,
        struct curl_slist *recipients,
        Reader            *reader)
{
  gboolean wants_tls = g_key_file_get_boolean (settings, "smtp", "require-tls", NULL);

  set_string (curl, CURLOPT_URL, settings, "url");
  set_string (curl, CURLOPT_MAIL_FROM, settings, "from");
  set_string (curl, CURLOPT_USERNAME, settings, "user");
  set_string (curl, CURLOPT_PASSWORD, settings, "password");
  set_string (curl, CURLOPT_CAINFO, settings, "ca-file");
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_USE_SSL, (long) (wants_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, reader);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, SMTP_TIMEOUT);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
}

static gboolean
post_letter (const Letter  *letter,
             GKeyFile      *settings,
             GError       **error)
{
  Reader reader = { letter->body, strlen (letter->body) };
  struct curl_slist *recipients = curl_slist_append (NULL, letter->recipient);
  CURL *curl = curl_easy_init ();
  CURLcode result;

  set_up (curl, settings, recipients, &reader);
  result = curl_easy_perform (curl);
  curl_easy_cleanup (curl);
  curl_slist_free_all (recipients);

  if (result == CURLE_OK)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "SMTP: %s", curl_easy_strerror (result));
  return FALSE;
}

static void
deliver (GTask        *task,
         gpointer      source_object,
         gpointer      task_data,
         GCancellable *cancellable)
{
  const Letter *letter = task_data;
  g_autofree char *path = g_build_filename (letter->data_dir, "smtp.conf", NULL);
  g_autoptr (GKeyFile) settings = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok;

  /* Read each time: it may have been put there meanwhile. */
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    ok = save_letter (letter, &error);
  else
    ok = g_key_file_load_from_file (settings, path, G_KEY_FILE_NONE, &error) &&
         post_letter (letter, settings, &error);

  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
retry_cb (gpointer user_data)
{
  HdMailer *self = user_data;

  self->retry_source = 0;
  send_next (self);
  return G_SOURCE_REMOVE;
}

static Letter *
load_next (HdMailer *self)
{
  g_autoptr (HdRows) rows = NULL;
  Letter *letter;

  rows = hd_database_query (self->database, NULL,
                            "SELECT id, recipient, body FROM letters WHERE tries < ?"
                            " ORDER BY tries, created_at LIMIT 1", "i", MAX_TRIES);

  if (rows == NULL || !hd_rows_next (rows, NULL))
    return NULL;

  letter = g_new0 (Letter, 1);
  letter->id = g_strdup (hd_rows_get_text (rows, 0));
  letter->recipient = g_strdup (hd_rows_get_text (rows, 1));
  letter->body = g_strdup (hd_rows_get_text (rows, 2));
  letter->data_dir = g_strdup (hd_database_get_data_dir (self->database));
  return letter;
}

static void
send_next (HdMailer *self)
{
  g_autoptr (GTask) task = NULL;
  Letter *letter;

  if (self->is_sending || self->retry_source != 0)
    return;

  letter = load_next (self);

  if (letter == NULL)
    return;

  self->is_sending = TRUE;
  task = g_task_new (NULL, self->cancellable, delivered_cb, self);
  g_task_set_source_tag (task, send_next);
  g_task_set_task_data (task, letter, letter_free);
  g_task_run_in_thread (task, deliver);
}

static void
delivered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdMailer *self = user_data;
  const Letter *letter = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  /* Cancelled by dispose(): self may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_sending = FALSE;

  /* What cannot be crossed off, with a full disk say, must not be sent over and over again. */
  ok = ok && hd_database_run (self->database, &error, "DELETE FROM letters WHERE id = ?", "s", letter->id);

  if (ok)
    {
      send_next (self);
      return;
    }

  g_message ("a letter could not be sent: %s", error->message);
  hd_database_run (self->database, NULL, "UPDATE letters SET tries = tries + 1 WHERE id = ?", "s",
                   letter->id);
  self->retry_source = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static void
hd_mailer_dispose (GObject *object)
{
  HdMailer *self = HD_MAILER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_source, g_source_remove);

  G_OBJECT_CLASS (hd_mailer_parent_class)->dispose (object);
}

static void
hd_mailer_finalize (GObject *object)
{
  HdMailer *self = HD_MAILER (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (hd_mailer_parent_class)->finalize (object);
}

static void
hd_mailer_class_init (HdMailerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_mailer_dispose;
  object_class->finalize = hd_mailer_finalize;
}

static void
hd_mailer_init (HdMailer *self)
{
  self->cancellable = g_cancellable_new ();
}

HdMailer *
hd_mailer_new (HdDatabase *database)
{
  HdMailer *self = g_object_new (HD_TYPE_MAILER, NULL);

  self->database = g_object_ref (database);
  return self;
}

/* There may be a letter to send. */
void
hd_mailer_wake (HdMailer *self)
{
  send_next (self);
}
