/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-error.h"
#include "hd-json.h"
#include "hd-rt-article.h"

/*
 * The knowledge base and the news.
 *
 *   list_articles → classes_loaded_cb → page_received_cb → (thread) → mapped_cb → finish
 *   list_announcements → news_classes_loaded_cb → news_received_cb → (thread) → news_mapped_cb → finish
 *
 * An as-of is where to go on, and the day it was begun: “page 3” of all articles,
 * or what changed after a time.  What was deleted is in no list of what changed,
 * so the next day everything is asked for again.
 */

#define FIELDS "Name,Summary,Class,Created,LastUpdated,CustomFields"
#define MAX_NEWS 50
#define EMPTY_PAGES 2

typedef struct
{
  guint       page;     /* of all articles; 0 for what changed */
  guint       n_empty;  /* pages in a row */
  gint64      newest;   /* in seconds since 1970: the last change that was seen */
  HdRtSite   *site;     /* (unowned): the portal's */
  JsonArray  *items;    /* (owned) (nullable) */
  GListStore *records;  /* (owned) (nullable) */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_pointer (&ask->items, json_array_unref);
  g_clear_object (&ask->records);
  g_free (ask);
}

static Ask *
ask_new (HdRtPortal *self,
         GTask      *task)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->site = self->site;
  g_task_set_task_data (task, ask, ask_free);
  return ask;
}

/* --- The as-of --- */

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%F");
}

static char *
dup_as_of (Ask *ask)
{
  g_autofree char *today = dup_today ();

  return g_strdup_printf ("%s/%u/%u/%" G_GINT64_FORMAT, today, ask->page, ask->n_empty, ask->newest);
}

/* FALSE for an as-of of another day, or of another kind of portal. */
static gboolean
parse_as_of (const char *as_of,
             Ask        *ask)
{
  g_autofree char *today = dup_today ();
  g_auto (GStrv) parts = g_strsplit (as_of, "/", 4);
  guint64 page, n_empty;

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[0], today) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT16, &page, NULL) ||
      !g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXUINT16, &n_empty, NULL) ||
      !g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &ask->newest, NULL))
    return FALSE;

  ask->page = (guint) page;
  ask->n_empty = (guint) n_empty;
  return TRUE;
}

/* --- Categories --- */

static void
add_category (GListStore *categories,
              const char *id,
              const char *parent_id,
              const char *name)
{
  g_autoptr (HdCategory) category = g_object_new (HD_TYPE_CATEGORY,
                                                  "id", id,
                                                  "parent-id", parent_id,
                                                  "name", name,
                                                  "position", (gint64) g_list_model_get_n_items (G_LIST_MODEL (categories)),
                                                  NULL);

  g_list_store_append (categories, category);
}

/* The class, where there are several, and each section above this one. */
static void
take_category (HdRtPortal *self,
               const char *id,
               GListStore *categories)
{
  gboolean has_one_class = self->knowledge != NULL && self->knowledge[0] != NULL && self->knowledge[1] == NULL;
  const char *colon = strchr (id, ':');
  g_autofree char *class_id = colon != NULL ? g_strndup (id, colon - id) : g_strdup (id);
  g_auto (GStrv) parts = g_strsplit (colon != NULL ? colon + 1 : "", HD_RT_SECTION_SEPARATOR, -1);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autofree char *parent_id = has_one_class && colon != NULL ? NULL : g_strdup (class_id);
  const char *class_name = g_hash_table_lookup (self->class_names, class_id);

  if (parent_id != NULL && g_hash_table_add (self->sections, g_strdup (class_id)))
    add_category (categories, class_id, NULL, class_name != NULL ? class_name : class_id);

  for (guint i = 0; colon != NULL && parts[i] != NULL; i++)
    {
      g_autofree char *section_id = NULL;

      g_string_append_printf (path, "%s%s", i > 0 ? HD_RT_SECTION_SEPARATOR : "", parts[i]);
      section_id = hd_rt_section_dup_id (class_id, path->str);

      if (g_hash_table_add (self->sections, g_strdup (section_id)))
        add_category (categories, section_id, parent_id, parts[i]);

      g_free (parent_id);
      parent_id = g_steal_pointer (&section_id);
    }
}

/* Returns: (transfer full): those of the articles that were not told before */
static GListStore *
create_categories (HdRtPortal *self,
                   GListModel *articles)
{
  GListStore *categories = g_list_store_new (HD_TYPE_CATEGORY);

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (articles, i);

      if (hd_article_get_category_id (article) != NULL)
        take_category (self, hd_article_get_category_id (article), categories);
    }

  return categories;
}

/* --- Articles --- */

static void
note_newest (Ask *ask)
{
  for (guint i = 0; i < hd_rt_json_get_length (ask->items); i++)
    {
      g_autoptr (GDateTime) updated = hd_rt_json_get_time (hd_rt_json_get_element (ask->items, i), "LastUpdated");

      if (updated != NULL)
        ask->newest = MAX (ask->newest, g_date_time_to_unix (updated));
    }
}

static HdArticleChanges *
create_changes (HdRtPortal *self,
                Ask        *ask)
{
  gboolean is_first = ask->page == 1;
  gboolean is_whole = ask->page > 0;
  gboolean more;
  g_autoptr (GListStore) categories = NULL;
  g_autofree char *as_of = NULL;

  note_newest (ask);

  if (is_first)
    g_hash_table_remove_all (self->sections);

  categories = create_categories (self, G_LIST_MODEL (ask->records));
  ask->n_empty = hd_rt_json_get_length (ask->items) > 0 ? 0 : ask->n_empty + 1;
  more = is_whole && ask->n_empty < EMPTY_PAGES;
  ask->page = more ? ask->page + 1 : 0;
  as_of = dup_as_of (ask);

  return g_object_new (HD_TYPE_ARTICLE_CHANGES,
                       "articles", ask->records,
                       is_first ? "categories" : "added-categories", categories,
                       "as-of", as_of,
                       "more", more,
                       NULL);
}

static void
mapped_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, create_changes (g_task_get_source_object (task), g_task_get_task_data (task)), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
map_articles (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Ask *ask = task_data;

  for (guint i = 0; i < hd_rt_json_get_length (ask->items); i++)
    {
      g_autoptr (HdArticle) article = hd_rt_article_new (ask->site, hd_rt_json_get_element (ask->items, i));

      if (article != NULL)
        g_list_store_append (ask->records, article);
    }

  g_task_return_boolean (task, TRUE);
}

/* With a task that does not hold the portal, which must not end on a thread. */
static void
map_in_thread (GTask               *task,
               JsonArray           *items,
               GType                type,
               GTaskThreadFunc      map,
               GAsyncReadyCallback  callback)
{
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GTask) mapping = g_task_new (NULL, NULL, callback, g_object_ref (task));

  ask->items = json_array_ref (items);
  ask->records = g_list_store_new (type);
  g_task_set_source_tag (mapping, map_in_thread);
  g_task_set_task_data (mapping, ask, NULL);
  g_task_run_in_thread (mapping, map);
}

static void
page_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonArray) items = hd_rt_list_finish (HD_RT_PORTAL (object), result, NULL, &error);

  if (items == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  map_in_thread (task, items, HD_TYPE_ARTICLE, map_articles, mapped_cb);
}

static JsonNode *
create_class_filter (const char *const *classes)
{
  JsonNode *filter = hd_rt_json_filter (NULL, NULL);

  for (guint i = 0; classes[i] != NULL; i++)
    hd_rt_json_add_condition (filter, "Class", "=", classes[i]);

  return filter;
}

/* It compares with “later than”, in seconds and in UTC. */
static void
add_since (JsonNode *filter,
           gint64    newest)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (MAX (newest - 1, 0));
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%F %T") : NULL;

  if (text != NULL)
    hd_rt_json_add_condition (filter, "LastUpdated", ">", text);
}

static HdHttpRequest *
create_articles_request (HdRtPortal *self,
                         gpointer    user_data)
{
  Ask *ask = user_data;
  HdHttpRequest *request = hd_rt_question_new ("articles");
  g_autoptr (JsonNode) filter = create_class_filter ((const char *const *) self->knowledge);

  if (ask->page == 0)
    add_since (filter, ask->newest);

  hd_http_request_add_query (request, "fields", FIELDS);
  hd_http_request_add_query (request, "orderby", "id");
  hd_http_request_set_json (request, filter);
  return request;
}

static void
classes_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (JsonArray) none = json_array_new ();
  GError *error = NULL;

  if (!hd_rt_classes_load_finish (self, result, &error))
    g_task_return_error (task, error);
  else if (self->knowledge[0] == NULL)
    map_in_thread (task, none, HD_TYPE_ARTICLE, map_articles, mapped_cb);
  else
    hd_rt_list_async (self, create_articles_request, ask, HD_RT_END_SHORT, MAX (ask->page, 1), ask->page > 0 ? 1 : 0,
                      g_task_get_cancellable (task), page_received_cb, g_object_ref (task));
}

void
hd_rt_portal_list_articles (HdPortal   *portal,
                            const char *since,
                            GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  Ask *ask = ask_new (self, task);

  if (since == NULL)
    ask->page = 1;
  else if (!parse_as_of (since, ask))
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_REFUSED, "it is time for a complete list");
      return;
    }

  hd_rt_classes_load_async (self, g_task_get_cancellable (task), classes_loaded_cb, g_object_ref (task));
}

/* --- News --- */

static void
news_mapped_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_object_new (HD_TYPE_ANNOUNCEMENT_LIST, "announcements", ask->records, NULL), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
map_news (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  Ask *ask = task_data;

  for (guint i = 0; i < hd_rt_json_get_length (ask->items) && i < MAX_NEWS; i++)
    {
      g_autoptr (HdAnnouncement) news = hd_rt_announcement_new (ask->site, hd_rt_json_get_element (ask->items, i));

      if (news != NULL)
        g_list_store_append (ask->records, news);
    }

  g_task_return_boolean (task, TRUE);
}

static void
news_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  JsonArray *items = answer != NULL ? hd_rt_get_items (answer->root) : NULL;

  if (answer != NULL && items == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "a collection has no items");

  if (error != NULL)
    g_task_return_error (task, error);
  else
    map_in_thread (task, items, HD_TYPE_ANNOUNCEMENT, map_news, news_mapped_cb);
}

static void
ask_news (HdRtPortal *self,
          GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_rt_question_new ("articles");
  g_autoptr (JsonNode) filter = create_class_filter ((const char *const *) self->news);

  hd_http_request_add_query (request, "fields", FIELDS);
  hd_http_request_add_query (request, "orderby", "Created");
  hd_http_request_add_query (request, "order", "DESC");
  hd_http_request_set_json (request, filter);
  hd_rt_request_add_page (request, 1);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), news_received_cb, g_object_ref (task));
}

static void
news_classes_loaded_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonArray) none = json_array_new ();
  GError *error = NULL;

  if (!hd_rt_classes_load_finish (self, result, &error))
    g_task_return_error (task, error);
  else if (self->news[0] == NULL)
    map_in_thread (task, none, HD_TYPE_ANNOUNCEMENT, map_news, news_mapped_cb);
  else
    ask_news (self, task);
}

void
hd_rt_portal_list_announcements (HdPortal *portal,
                                 GTask    *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);

  ask_new (self, task);
  hd_rt_classes_load_async (self, g_task_get_cancellable (task), news_classes_loaded_cb, g_object_ref (task));
}
