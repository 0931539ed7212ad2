/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-practice.h"

#include <string.h>

#include "hd-blobs.h"
#include "hd-request-changes.h"
#include "hd-text.h"

/**
 * HdPractice:
 *
 * Plays the desk, so that a person sees the whole life of a request.
 *
 * What it does next follows from the request alone, so it goes on where it was
 * when the portal is started again:
 *
 *   registered                       → it is taken into work, with a question
 *   in progress, waits for the person → nothing
 *   in progress, the person wrote     → an answer with instructions in a file
 *   in progress, the desk answered    → closed
 *
 * A request that was opened again counts as one whose person wrote.
 */

#define DESK_PERSON "Андрій Лисенко, служба підтримки"

struct _HdPractice
{
  GObject     parent_instance;

  HdDatabase *database;  /* (owned) */
  guint       delay;     /* in milliseconds */
  GHashTable *sources;   /* (owned) (element-type utf8 guint): by request */
};

typedef struct
{
  HdPractice *practice;    /* (unowned): removes the source before it goes */
  char       *request_id;  /* (owned) */
} Step;

typedef struct
{
  char     *kind;
  char     *number;
  char     *status;
  gboolean  is_waiting;
  gboolean  is_answered;
  gboolean  is_reopened;
} Situation;

G_DEFINE_FINAL_TYPE (HdPractice, hd_practice, G_TYPE_OBJECT)

static void
situation_clear (Situation *situation)
{
  g_clear_pointer (&situation->kind, g_free);
  g_clear_pointer (&situation->number, g_free);
  g_clear_pointer (&situation->status, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Situation, situation_clear)

static gboolean
look_at (HdDatabase *database,
         const char *request_id,
         Situation  *situation)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT kind, number, status, waiting, answered,"
                            " (SELECT COUNT (*) FROM history WHERE request_id = r.id"
                            "  AND status = 'closed')"
                            " FROM requests r WHERE id = ?", "s", request_id);

  if (rows == NULL || !hd_rows_next (rows, NULL))
    return FALSE;

  situation->kind = g_strdup (hd_rows_get_text (rows, 0));
  situation->number = g_strdup (hd_rows_get_text (rows, 1));
  situation->status = g_strdup (hd_rows_get_text (rows, 2));
  situation->is_waiting = hd_rows_get_int (rows, 3) != 0;
  situation->is_answered = hd_rows_get_int (rows, 4) != 0;
  situation->is_reopened = hd_rows_get_int (rows, 5) != 0;
  return TRUE;
}

static gboolean
say (HdDatabase  *database,
     const char  *request_id,
     const char  *text,
     GPtrArray   *files,
     gboolean     asks,
     GError     **error)
{
  g_autofree char *message_id = NULL;

  if (!hd_request_set_waiting (database, request_id, asks, error) ||
      !hd_request_set_assignee (database, request_id, DESK_PERSON, error))
    return FALSE;

  message_id = hd_request_add_message (database, request_id, DESK_PERSON, FALSE, text, files,
                                       hd_text_now (), error);
  return message_id != NULL;
}

static gboolean
begin_work (HdDatabase       *database,
            const char       *request_id,
            const Situation  *situation,
            GError          **error)
{
  gboolean is_incident = g_str_equal (situation->kind, "incident");
  const char *text = is_incident
                     ? "Вітаємо! Ми прийняли ваше звернення в роботу. Уточніть, будь ласка, коли це "
                     "трапилося вперше і чи бачите ви повідомлення про помилку?"
                     : "Вітаємо! Ваш запит прийнято в роботу. Підкажіть, будь ласка, до якої дати це "
                     "потрібно і чи погоджено запит з вашим керівником?";

  return hd_request_set_status (database, request_id, "in-progress", NULL, DESK_PERSON,
                                hd_text_now (), error) &&
         say (database, request_id, text, NULL, TRUE, error);
}

static void
file_free (gpointer data)
{
  HdUploadFile *file = data;

  g_free (file->name);
  g_free (file->content_type);
  g_free (file->sha256);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

/* Returns: (transfer full) (nullable) (element-type HdUploadFile) */
static GPtrArray *
write_instructions (HdDatabase       *database,
                    const Situation  *situation,
                    GError          **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  HdUploadFile *file = g_new0 (HdUploadFile, 1);
  char *text = g_strdup_printf ("Звернення № %s\n\n"
                                "1. Збережіть відкриті документи.\n"
                                "2. Вийдіть із системи й увійдіть знову.\n"
                                "3. Перевірте, чи все працює.\n"
                                "4. Якщо ні, відкрийте звернення повторно.\n", situation->number);

  g_ptr_array_add (files, file);
  file->name = g_strdup_printf ("Інструкція до звернення %s.txt", situation->number);
  file->content_type = g_strdup ("text/plain");
  file->bytes = g_bytes_new_take (text, strlen (text));
  file->sha256 = hd_blobs_add (hd_database_get_data_dir (database), file->bytes, error);
  return file->sha256 != NULL ? g_steal_pointer (&files) : NULL;
}

static gboolean
answer (HdDatabase       *database,
        const char       *request_id,
        const Situation  *situation,
        GError          **error)
{
  g_autoptr (GPtrArray) files = write_instructions (database, situation, error);
  const char *text = situation->is_reopened
                     ? "Шкода, що не допомогло з першого разу. Ми перевірили все ще раз; оновлена "
                     "інструкція у вкладенні."
                     : "Дякуємо за уточнення. Усе налаштовано; коротка інструкція у вкладенні.";

  return files != NULL && say (database, request_id, text, files, FALSE, error);
}

/* Returns: whether there will be something to do after this. */
static gboolean
act (HdPractice       *self,
     const char       *request_id,
     const Situation  *situation,
     GError          **error)
{
  if (g_str_equal (situation->status, "registered"))
    return begin_work (self->database, request_id, situation, error) && FALSE;

  if (!g_str_equal (situation->status, "in-progress") || situation->is_waiting)
    return FALSE;

  if (!situation->is_answered)
    return answer (self->database, request_id, situation, error);

  return hd_request_set_status (self->database, request_id, "closed", NULL, DESK_PERSON,
                                hd_text_now (), error) && FALSE;
}

static gboolean
step_cb (gpointer user_data)
{
  Step *step = user_data;
  HdPractice *self = step->practice;
  g_autofree char *request_id = NULL;
  g_auto (Situation) situation = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  /* The source goes by itself when this returns. */
  g_hash_table_steal_extended (self->sources, step->request_id, (gpointer *) &request_id, NULL);

  if (hd_database_begin (self->database, &error))
    {
      if (look_at (self->database, request_id, &situation))
        more = act (self, request_id, &situation, &error);

      hd_database_end (self->database, error == NULL, &error);
    }

  if (error != NULL)
    g_message ("the played desk could not act: %s", error->message);
  else if (more)
    hd_practice_watch (self, request_id);

  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->request_id);
  g_free (step);
}

static void
remove_source (gpointer data)
{
  g_source_remove (GPOINTER_TO_UINT (data));
}

static void
hd_practice_finalize (GObject *object)
{
  HdPractice *self = HD_PRACTICE (object);

  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (hd_practice_parent_class)->finalize (object);
}

static void
hd_practice_class_init (HdPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_practice_finalize;
}

static void
hd_practice_init (HdPractice *self)
{
}

HdPractice *
hd_practice_new (HdDatabase *database,
                 guint       delay)
{
  HdPractice *self = g_object_new (HD_TYPE_PRACTICE, NULL);

  self->database = g_object_ref (database);
  self->delay = delay;
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, remove_source);
  return self;
}

/**
 * hd_practice_watch:
 * @self: the played desk
 * @request_id: a request that somebody did something about
 *
 * The desk will look at the request after a while.
 */
void
hd_practice_watch (HdPractice *self,
                   const char *request_id)
{
  Step *step = g_new0 (Step, 1);
  guint source;

  step->practice = self;
  step->request_id = g_strdup (request_id);
  source = g_timeout_add_full (G_PRIORITY_DEFAULT, self->delay, step_cb, step, step_free);

  g_hash_table_replace (self->sources, g_strdup (request_id), GUINT_TO_POINTER (source));
}

/* Goes on with what was open when the portal was stopped. */
void
hd_practice_resume (HdPractice *self)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (self->database, NULL,
                            "SELECT id FROM requests WHERE status IN ('registered', 'in-progress')"
                            " AND NOT waiting", "");

  while (rows != NULL && hd_rows_next (rows, NULL))
    hd_practice_watch (self, hd_rows_get_text (rows, 0));
}
