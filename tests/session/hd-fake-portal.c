/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-fake-portal.h"

#include "hd-error.h"
#include "hd-record-json.h"

/**
 * HdFakePortal:
 *
 * A portal that answers what a test tells it to, and notes what it was asked.
 * Every answer comes in a later turn of the main loop, as a real one's does.
 */

typedef struct
{
  GError  *error;   /* (owned) (nullable) */
  GObject *record;  /* (owned) (nullable) */
} Answer;

struct _HdFakePortal
{
  HdPortal              parent_instance;

  HdPortalCapabilities  capabilities;
  guint64               traffic;
  GPtrArray            *calls;     /* (owned) (element-type utf8) */
  GHashTable           *answers;   /* (owned) (element-type utf8 GQueue) */
  GHashTable           *defaults;  /* (owned) (element-type utf8 GObject) */
  GHashTable           *held;      /* (owned) (element-type utf8 GPtrArray): of GTask */
};

G_DEFINE_FINAL_TYPE (HdFakePortal, hd_fake_portal, HD_TYPE_PORTAL)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_error (&answer->error);
  g_clear_object (&answer->record);
  g_free (answer);
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, answer_free);
}

static void
give (HdFakePortal *self,
      const char   *call,
      GTask        *task)
{
  GQueue *queue = g_hash_table_lookup (self->answers, call);
  Answer *answer = queue != NULL ? g_queue_pop_head (queue) : NULL;
  GObject *record = answer != NULL ? answer->record : g_hash_table_lookup (self->defaults, call);

  if (answer != NULL && answer->error != NULL)
    g_task_return_error (task, g_steal_pointer (&answer->error));
  else if (record != NULL)
    g_task_return_pointer (task, g_object_ref (record), g_object_unref);
  else if (g_str_equal (call, "sign_out") || g_str_equal (call, "send_feedback"))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "the test gave no answer to %s", call);

  g_clear_pointer (&answer, answer_free);
}

typedef struct
{
  HdFakePortal *self;  /* (owned) */
  const char   *call;
  GTask        *task;  /* (owned) */
} Later;

static gboolean
give_later_cb (gpointer user_data)
{
  Later *later = user_data;

  give (later->self, later->call, later->task);
  return G_SOURCE_REMOVE;
}

static void
later_free (gpointer data)
{
  Later *later = data;

  g_object_unref (later->self);
  g_object_unref (later->task);
  g_free (later);
}

/* @call must be a literal. */
static void
give_later (HdFakePortal *self,
            const char   *call,
            GTask        *task)
{
  Later *later = g_new0 (Later, 1);

  later->self = g_object_ref (self);
  later->call = call;
  later->task = g_object_ref (task);
  g_idle_add_full (G_PRIORITY_DEFAULT, give_later_cb, later, later_free);
}

static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  g_task_return_error_if_cancelled (task);
}

G_GNUC_PRINTF (4, 5)
static void
take_call (HdPortal   *portal,
           const char *call,
           GTask      *task,
           const char *format,
           ...)
{
  HdFakePortal *self = HD_FAKE_PORTAL (portal);
  GPtrArray *held = g_hash_table_lookup (self->held, call);
  g_autofree char *details = NULL;
  va_list arguments;

  va_start (arguments, format);
  details = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->calls, g_strdup_printf ("%s %s", call, details));

  if (held == NULL)
    {
      give_later (self, call, task);
      return;
    }

  g_ptr_array_add (held, g_object_ref (task));

  if (g_task_get_cancellable (task) != NULL)
    g_signal_connect_object (g_task_get_cancellable (task), "cancelled", G_CALLBACK (cancelled_cb), task, 0);
}

static HdPortalCapabilities
fake_get_capabilities (HdPortal *portal)
{
  return HD_FAKE_PORTAL (portal)->capabilities;
}

static guint64
fake_get_traffic (HdPortal *portal)
{
  return HD_FAKE_PORTAL (portal)->traffic;
}

static void
fake_get_info (HdPortal *portal,
               GTask    *task)
{
  take_call (portal, "get_info", task, "%s", "");
}

static void
fake_sign_in (HdPortal   *portal,
              const char *user_name,
              const char *password,
              GTask      *task)
{
  take_call (portal, "sign_in", task, "%s %s", user_name, password);
}

static void
fake_sign_out (HdPortal *portal,
               GTask    *task)
{
  take_call (portal, "sign_out", task, "%s", "");
}

static void
fake_get_account (HdPortal *portal,
                  GTask    *task)
{
  take_call (portal, "get_account", task, "%s", "");
}

static void
fake_get_catalog (HdPortal   *portal,
                  const char *version,
                  GTask      *task)
{
  take_call (portal, "get_catalog", task, "%s", version != NULL ? version : "-");
}

static void
fake_get_form (HdPortal   *portal,
               const char *offering_id,
               GTask      *task)
{
  take_call (portal, "get_form", task, "%s", offering_id);
}

static void
fake_get_options (HdPortal   *portal,
                  const char *source,
                  const char *query,
                  const char *parent,
                  GTask      *task)
{
  take_call (portal, "get_options", task, "%s %s", source, query != NULL ? query : "-");
}

static void
fake_submit (HdPortal     *portal,
             HdSubmission *submission,
             HdForm       *form,
             HdProgress   *progress,
             GTask        *task)
{
  take_call (portal, "submit", task, "%s", hd_submission_get_client_key (submission));
}

static void
fake_list_requests (HdPortal   *portal,
                    const char *since,
                    const char *cursor,
                    GTask      *task)
{
  take_call (portal, "list_requests", task, "%s %s", since != NULL ? since : "-", cursor != NULL ? cursor : "-");
}

static void
fake_get_request (HdPortal   *portal,
                  const char *request_id,
                  HdRequest  *held,
                  GTask      *task)
{
  take_call (portal, "get_request", task, "%s", request_id);
}

static void
fake_reply (HdPortal     *portal,
            HdSubmission *submission,
            HdProgress   *progress,
            GTask        *task)
{
  take_call (portal, "reply", task, "%s", hd_submission_get_client_key (submission));
}

static void
fake_act (HdPortal     *portal,
          HdSubmission *submission,
          HdProgress   *progress,
          GTask        *task)
{
  take_call (portal, "act", task, "%s", hd_submission_get_client_key (submission));
}

static void
fake_list_articles (HdPortal   *portal,
                    const char *since,
                    GTask      *task)
{
  take_call (portal, "list_articles", task, "%s", since != NULL ? since : "-");
}

static void
fake_list_announcements (HdPortal *portal,
                         GTask    *task)
{
  take_call (portal, "list_announcements", task, "%s", "");
}

static void
fake_get_media (HdPortal   *portal,
                const char *sha256,
                GTask      *task)
{
  take_call (portal, "get_media", task, "%s", sha256);
}

/* There is room for the first only. */
static void
fake_get_media_bundle (HdPortal          *portal,
                       const char *const *names,
                       GTask             *task)
{
  GHashTable *pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autofree char *list = g_strjoinv (",", (GStrv) names);

  g_ptr_array_add (HD_FAKE_PORTAL (portal)->calls, g_strdup_printf ("get_media_bundle %s", list));
  g_hash_table_insert (pictures, g_strdup (names[0]), g_bytes_new_static ("picture", 7));
  g_task_return_pointer (task, pictures, (GDestroyNotify) g_hash_table_unref);
}

static void
fake_download (HdPortal   *portal,
               const char *request_id,
               const char *attachment_id,
               GFile      *destination,
               HdProgress *progress,
               GTask      *task)
{
  take_call (portal, "download", task, "%s %s", request_id, attachment_id);
}

static void
fake_send_feedback (HdPortal     *portal,
                    HdSubmission *submission,
                    GTask        *task)
{
  take_call (portal, "send_feedback", task, "%s", hd_submission_get_client_key (submission));
}

static void
hd_fake_portal_finalize (GObject *object)
{
  HdFakePortal *self = HD_FAKE_PORTAL (object);

  g_ptr_array_unref (self->calls);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->defaults);
  g_hash_table_unref (self->held);

  G_OBJECT_CLASS (hd_fake_portal_parent_class)->finalize (object);
}

static void
hd_fake_portal_class_init (HdFakePortalClass *klass)
{
  HdPortalClass *portal_class = HD_PORTAL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hd_fake_portal_finalize;

  portal_class->get_capabilities = fake_get_capabilities;
  portal_class->get_traffic = fake_get_traffic;
  portal_class->get_info = fake_get_info;
  portal_class->sign_in = fake_sign_in;
  portal_class->sign_out = fake_sign_out;
  portal_class->get_account = fake_get_account;
  portal_class->get_catalog = fake_get_catalog;
  portal_class->get_form = fake_get_form;
  portal_class->get_options = fake_get_options;
  portal_class->submit = fake_submit;
  portal_class->list_requests = fake_list_requests;
  portal_class->get_request = fake_get_request;
  portal_class->reply = fake_reply;
  portal_class->act = fake_act;
  portal_class->list_articles = fake_list_articles;
  portal_class->list_announcements = fake_list_announcements;
  portal_class->get_media = fake_get_media;
  portal_class->get_media_bundle = fake_get_media_bundle;
  portal_class->download = fake_download;
  portal_class->send_feedback = fake_send_feedback;
}

static void
hd_fake_portal_init (HdFakePortal *self)
{
  self->capabilities = HD_PORTAL_IDEMPOTENCY | HD_PORTAL_DELTA | HD_PORTAL_ANNOUNCEMENTS;
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->defaults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

HdFakePortal *
hd_fake_portal_new (void)
{
  return g_object_new (HD_TYPE_FAKE_PORTAL, NULL);
}

void
hd_fake_portal_set_traffic (HdFakePortal *self,
                            guint64       bytes)
{
  self->traffic = bytes;
}

void
hd_fake_portal_set_capabilities (HdFakePortal         *self,
                                 HdPortalCapabilities  capabilities)
{
  self->capabilities = capabilities;
}

static void
push (HdFakePortal *self,
      const char   *call,
      GError       *error,
      GObject      *record)
{
  GQueue *queue = g_hash_table_lookup (self->answers, call);
  Answer *answer = g_new0 (Answer, 1);

  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->answers, g_strdup (call), queue);
    }

  answer->error = error;
  answer->record = record;
  g_queue_push_tail (queue, answer);
}

/* @error: (transfer full) */
void
hd_fake_portal_push_error (HdFakePortal *self,
                           const char   *call,
                           GError       *error)
{
  push (self, call, error, NULL);
}

void
hd_fake_portal_push_code (HdFakePortal *self,
                          const char   *call,
                          int           code)
{
  push (self, call, g_error_new_literal (HD_ERROR, code, "scripted"), NULL);
}

static GObject *
make_record (GType       type,
             const char *json)
{
  g_autoptr (GError) error = NULL;
  GObject *record = hd_record_new_from_string (type, json, &error);

  g_assert_no_error (error);
  return record;
}

void
hd_fake_portal_push_record (HdFakePortal *self,
                            const char   *call,
                            GType         type,
                            const char   *json)
{
  push (self, call, NULL, make_record (type, json));
}

void
hd_fake_portal_set_default (HdFakePortal *self,
                            const char   *call,
                            GType         type,
                            const char   *json)
{
  g_hash_table_insert (self->defaults, g_strdup (call), make_record (type, json));
}

void
hd_fake_portal_hold (HdFakePortal *self,
                     const char   *call)
{
  g_hash_table_insert (self->held, g_strdup (call), g_ptr_array_new_with_free_func (g_object_unref));
}

void
hd_fake_portal_let_go (HdFakePortal *self,
                       const char   *call)
{
  g_autofree char *key = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  g_assert_true (g_hash_table_steal_extended (self->held, call, (gpointer *) &key, (gpointer *) &tasks));

  for (guint i = 0; i < tasks->len; i++)
    {
      if (!g_task_had_error (tasks->pdata[i]))
        give (self, call, tasks->pdata[i]);
    }
}

/* Returns: (transfer none) (nullable): the @nth call of that name, with what was asked */
const char *
hd_fake_portal_get_call (HdFakePortal *self,
                         const char   *call,
                         guint         nth)
{
  g_autofree char *prefix = g_strconcat (call, " ", NULL);

  for (guint i = 0; i < self->calls->len; i++)
    {
      if (g_str_has_prefix (self->calls->pdata[i], prefix) && nth-- == 0)
        return (const char *) self->calls->pdata[i] + strlen (prefix);
    }

  return NULL;
}

guint
hd_fake_portal_count (HdFakePortal *self,
                      const char   *call)
{
  guint n = 0;

  while (hd_fake_portal_get_call (self, call, n) != NULL)
    n++;

  return n;
}

/* Returns: (transfer none) (nullable): the @nth of all calls, with its name */
const char *
hd_fake_portal_get_nth (HdFakePortal *self,
                        guint         nth)
{
  return nth < self->calls->len ? self->calls->pdata[nth] : NULL;
}

void
hd_fake_portal_forget_calls (HdFakePortal *self)
{
  g_ptr_array_set_size (self->calls, 0);
}
