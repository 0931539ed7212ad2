/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-private.h"

#include "hd-essence.h"

/*
 * Which of the person's requests may be a submission: those to the same offering
 * with the same subject, among the recent ones.  For kinds of portal that know
 * no better way.
 *
 *   find_among_recent → list_page ⇄ page_listed_cb → finish
 */

#define MAX_PAGES 5

typedef struct
{
  HdDraft    *draft;    /* (owned) */
  GListStore *found;    /* (owned) */
  guint       n_pages;
} Search;

static void list_page (GTask      *task,
                       const char *cursor);

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_object (&search->draft);
  g_clear_object (&search->found);
  g_free (search);
}

/* The subject that a portal gives to a request: the contract’s rule. */
static const char *
get_subject (HdDraft *draft)
{
  GListModel *answers = hd_draft_get_answers (draft);

  for (guint i = 0; answers != NULL && i < g_list_model_get_n_items (answers); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (answers, i);
      const char *const *values = hd_answer_get_values (answer);

      if (g_strcmp0 (hd_answer_get_field_id (answer), "subject") == 0 && values != NULL && values[0] != NULL)
        return values[0]; /* the draft keeps it alive */
    }

  return hd_draft_get_offering_name (draft);
}

static gboolean
is_similar (HdRequest *request,
            HdDraft   *draft)
{
  return g_strcmp0 (hd_request_get_offering_id (request), hd_draft_get_offering_id (draft)) == 0 &&
         hd_essence_is_same (get_subject (draft), hd_request_get_subject (request));
}

static void
page_listed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdRequestPage) page = hd_portal_list_requests_finish (HD_PORTAL (object), result, &error);
  GListModel *items;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  items = hd_request_page_get_items (page);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (items, i);

      if (is_similar (request, search->draft))
        g_list_store_append (search->found, request);
    }

  /* Newest first: what was filed just now is on the first pages. */
  if (hd_request_page_get_next_cursor (page) != NULL && ++search->n_pages < MAX_PAGES)
    list_page (task, hd_request_page_get_next_cursor (page));
  else
    g_task_return_pointer (task, g_steal_pointer (&search->found), g_object_unref);
}

static void
list_page (GTask      *task,
           const char *cursor)
{
  hd_portal_list_requests_async (g_task_get_source_object (task), NULL, cursor, g_task_get_cancellable (task),
                                 page_listed_cb, g_object_ref (task));
}

void
hd_portal_find_among_recent (HdPortal     *self,
                             HdSubmission *submission,
                             GTask        *task)
{
  Search *search = g_new0 (Search, 1);

  search->draft = g_object_ref (hd_submission_get_draft (submission));
  search->found = g_list_store_new (HD_TYPE_REQUEST);
  g_task_set_task_data (task, search, search_free);
  list_page (task, NULL);
}
