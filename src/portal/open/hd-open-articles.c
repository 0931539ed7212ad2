/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include <string.h>

/*
 * The articles, page after page.
 *
 * Which page is the next one stands in the header “Link” of each, so it is asked
 * for while this one is still read, parsed and kept: the portal has not to wait for
 * us, nor we for it.  A page that was read ahead is given to whoever asks for it.
 *
 *   list_articles → (ask → next_link_cb → ask …) → page_received_cb → give
 */

#define ARTICLES_LIMIT "100"
#define MOST_AHEAD 3

typedef struct
{
  HdOpenPortal     *portal;       /* (owned) (nullable): while it is on its way */
  char             *since;        /* (owned) */
  HdHttpRequest    *request;      /* (owned) */
  GCancellable     *cancellable;  /* (owned): of the request */
  HdArticleChanges *changes;      /* (owned) (nullable): what was received */
  GTask            *task;         /* (owned) (nullable): who waits for it */
  gulong            cancelled_id;
} Page;

static void ask (HdOpenPortal *self,
                 const char   *since,
                 GTask        *task);

static void
page_free (gpointer data)
{
  Page *page = data;

  if (page->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (page->task), page->cancelled_id);
  g_clear_object (&page->portal);
  g_clear_object (&page->request);
  g_clear_object (&page->cancellable);
  g_clear_object (&page->changes);
  g_clear_object (&page->task);
  g_free (page->since);
  g_free (page);
}

static Page *
find_page (HdOpenPortal *self,
           const char   *since)
{
  for (GList *l = self->ahead; l != NULL; l = l->next)
    {
      Page *page = l->data;

      if (page->task == NULL && g_strcmp0 (page->since, since) == 0)
        return page;
    }

  return NULL;
}

static void
drop_page (HdOpenPortal *self,
           Page         *page)
{
  self->ahead = g_list_remove (self->ahead, page);
  page_free (page);
}

/* As far as there is room for pages. */
static void
read_ahead (HdOpenPortal *self)
{
  g_autofree char *since = NULL;

  if (self->next_since != NULL && g_list_length (self->ahead) <= MOST_AHEAD)
    {
      since = g_steal_pointer (&self->next_since);
      ask (self, since, NULL);
    }
}

/* Gives a page to who waits for it. */
static void
give (HdOpenPortal *self,
      Page         *page,
      GError       *error)
{
  g_autoptr (GTask) task = g_object_ref (page->task);
  g_autoptr (HdArticleChanges) changes = g_steal_pointer (&page->changes);

  drop_page (self, page);
  read_ahead (self);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&changes), g_object_unref);
}

static void
page_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Page *page = user_data;
  g_autoptr (HdOpenPortal) self = g_steal_pointer (&page->portal);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL && hd_open_portal_check (answer->record, &error))
    page->changes = g_steal_pointer (&answer->record);

  g_signal_handlers_disconnect_by_data (page->request, self);

  if (error != NULL)
    hd_open_portal_drop_ahead (self);

  if (page->task != NULL)
    {
      give (self, page, error);
    }
  else if (error != NULL)
    {
      /* Whoever wants it asks again, and is told. */
      g_error_free (error);
      drop_page (self, page);
    }
}

static void
next_link_cb (HdHttpRequest *request,
              const char    *uri,
              HdOpenPortal  *self)
{
  const char *query = strchr (uri, '?');
  g_autoptr (GHashTable) values = query != NULL ? g_uri_parse_params (query + 1, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  const char *since = values != NULL ? g_hash_table_lookup (values, "since") : NULL;

  g_free (self->next_since);
  self->next_since = g_strdup (since);
  read_ahead (self);
}

static void
cancelled_cb (GCancellable *cancellable,
              GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/* @task: (nullable): who waits for it */
static void
wait_for (Page  *page,
          GTask *task)
{
  GCancellable *outer = task != NULL ? g_task_get_cancellable (task) : NULL;

  page->task = task != NULL ? g_object_ref (task) : NULL;

  if (outer != NULL)
    page->cancelled_id = g_cancellable_connect (outer, G_CALLBACK (cancelled_cb), g_object_ref (page->cancellable), g_object_unref);
}

static void
ask (HdOpenPortal *self,
     const char   *since,
     GTask        *task)
{
  Page *page = g_new0 (Page, 1);

  page->portal = g_object_ref (self);
  page->since = g_strdup (since);
  page->request = hd_http_request_new ("GET", "articles", NULL);
  page->cancellable = g_cancellable_new ();
  self->ahead = g_list_append (self->ahead, page);
  wait_for (page, task);

  hd_http_request_add_query (page->request, "since", since);
  hd_http_request_add_query (page->request, "limit", ARTICLES_LIMIT);
  hd_http_request_expect_record (page->request, HD_TYPE_ARTICLE_CHANGES);
  g_signal_connect (page->request, "next-link", G_CALLBACK (next_link_cb), self);
  hd_http_client_send_async (self->client, page->request, page->cancellable, page_received_cb, page);
}

void
hd_open_portal_list_articles (HdPortal   *portal,
                              const char *since,
                              GTask      *task)
{
  HdOpenPortal *self = HD_OPEN_PORTAL (portal);
  Page *page = since != NULL ? find_page (self, since) : NULL;

  if (page == NULL)
    {
      hd_open_portal_drop_ahead (self);
      ask (self, since, task);
      return;
    }

  wait_for (page, task);
  if (page->changes != NULL)
    give (self, page, NULL);
}

/* What was read ahead is not for whoever comes next. */
void
hd_open_portal_drop_ahead (HdOpenPortal *self)
{
  g_clear_pointer (&self->next_since, g_free);

  for (GList *l = self->ahead; l != NULL;)
    {
      Page *page = l->data;

      l = l->next;

      if (page->task == NULL && page->changes != NULL)
        drop_page (self, page);
      else if (page->task == NULL)
        g_cancellable_cancel (page->cancellable);
    }
}
