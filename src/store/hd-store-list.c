/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-list.h"

#include "hd-record-merge.h"
#include "hd-record-steps.h"
#include "hd-store-private.h"
#include "hd-store-search.h"

/**
 * HdStoreList:
 *
 * What a query of the store answers, as a list that follows the store.
 *
 * An answer replaces the list in one step, with a single “items-changed” for
 * the range that differs.  Records that were there before stay the same
 * objects: see #HdRecordMerge.  Only where there may be thousands, the answer to
 * another question comes from the top down: see #HdRecordSteps.
 *
 * A question with words in it is answered at once, be it provisionally; then the
 * list asks again, and waits for the better answer.  One that is provisional and
 * empty says nothing, so that nobody is shown that there is nothing.
 */

typedef void (*AskFunc) (HdStoreList         *self,
                         GAsyncReadyCallback  callback);
typedef GListModel *(*FinishFunc) (HdStore       *store,
                                   GAsyncResult  *result,
                                   GError       **error);

typedef struct
{
  GType (*get_type)(void);
  HdRecordGetId get_id;
  AskFunc       ask;
  FinishFunc    finish;
  HdStoreTopics topics;
  gboolean      is_long;    /* may have hundreds of records and more */
} ListKind;

struct _HdStoreList
{
  GObject          parent_instance;

  const ListKind  *kind;  /* (unowned) */
  HdStore         *store;  /* (owned) */
  gulong           changed_id;
  HdRequestFilter  filter;  /* text (owned) */
  char            *text;  /* (owned) (nullable) */
  char            *category_id;  /* (owned) (nullable) */
  guint            limit;

  HdRecordSteps   *steps;  /* (owned): the records */
  gboolean         loading;
  gboolean         anew;  /* the answer to come is to another question */
  gboolean         replacing;  /* the answer to another question is taking the place of the one before */

  /* A question under way. */
  GCancellable    *cancellable;  /* (owned) (nullable) */
  gboolean         ask_again;
  gboolean         is_provisional;  /* the last answer */

  HdRecordMerge   *merge;  /* (owned) (nullable): an answer that is being merged */
};

static void ask_if_wanted (HdStoreList *self);

static GType
hd_store_list_get_item_type (GListModel *model)
{
  return HD_STORE_LIST (model)->kind->get_type ();
}

static guint
hd_store_list_get_n_items (GListModel *model)
{
  return hd_record_steps_get_n_items (HD_STORE_LIST (model)->steps);
}

static gpointer
hd_store_list_get_item (GListModel *model,
                        guint       position)
{
  return hd_record_steps_get_item (HD_STORE_LIST (model)->steps, position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = hd_store_list_get_item_type;
  iface->get_n_items = hd_store_list_get_n_items;
  iface->get_item = hd_store_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HdStoreList, hd_store_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef enum
{
  PROP_LOADING = 1,
  PROP_N_ITEMS,
  PROP_REPLACING,
} HdStoreListProperty;

static GParamSpec *properties[PROP_REPLACING + 1];

/* --- Merging --- */

static void
set_loading (HdStoreList *self,
             gboolean     loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_replacing (HdStoreList *self,
               gboolean     replacing)
{
  if (self->replacing == replacing)
    return;

  self->replacing = replacing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLACING]);
}

static void
replaced_cb (gpointer user_data)
{
  set_replacing (user_data, FALSE);
  ask_if_wanted (user_data);
}

static void
merged_cb (GPtrArray *merged,
           gpointer   user_data)
{
  g_autoptr (HdStoreList) self = g_object_ref (user_data);
  gboolean anew = self->anew;

  self->anew = FALSE;
  set_replacing (self, anew);
  hd_record_steps_replace (self->steps, merged, anew && self->kind->is_long);
  set_replacing (self, hd_record_steps_is_busy (self->steps));
  g_clear_pointer (&self->merge, hd_record_merge_free);

  set_loading (self, FALSE);
  ask_if_wanted (self);
}

static void
start_merge (HdStoreList *self,
             GPtrArray   *fresh)
{
  g_clear_pointer (&self->merge, hd_record_merge_free);
  self->merge = hd_record_merge_new (hd_record_steps_get_records (self->steps), fresh, self->kind->get_id, merged_cb, self);
  hd_record_merge_run (self->merge);
}

/* --- Asking --- */

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  HdStoreList *self = user_data;
  g_autoptr (HdStoreList) guard = NULL;
  g_autoptr (HdRecordArray) answer = NULL;
  g_autoptr (GError) error = NULL;

  /* Somebody else was asked meanwhile, or the list is gone. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  guard = g_object_ref (self);
  answer = HD_RECORD_ARRAY (self->kind->finish (HD_STORE (object), result, &error));
  g_clear_object (&self->cancellable);

  self->is_provisional = answer != NULL && hd_record_array_is_provisional (answer);
  self->ask_again |= self->is_provisional;

  if (answer != NULL && !(self->is_provisional && g_list_model_get_n_items (G_LIST_MODEL (answer)) == 0))
    {
      start_merge (self, hd_record_array_steal (answer));
      return;
    }

  if (answer == NULL)
    g_debug ("A list could not be read: %s", error->message);
  set_loading (self, self->is_provisional);
  ask_if_wanted (self);
}

static void
hd_store_list_ask (HdStoreList *self)
{
  self->ask_again = FALSE;
  g_assert (self->cancellable == NULL);
  self->cancellable = g_cancellable_new ();
  self->kind->ask (self, asked_cb);
}

/* Asks for what changed while an answer was under way or being merged. */
static void
ask_if_wanted (HdStoreList *self)
{
  if (self->ask_again && self->store != NULL &&
      self->cancellable == NULL && self->merge == NULL && !hd_record_steps_is_busy (self->steps))
    hd_store_list_ask (self);
}

/* Another question: whatever was asked before does not matter any more. */
static void
ask_anew (HdStoreList *self)
{
  set_loading (self, TRUE);
  self->is_provisional = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->merge, hd_record_merge_free);
  self->anew = TRUE;
  hd_store_list_ask (self);
}

static void
changed_cb (HdStore     *store,
            guint        topics,
            HdStoreList *self)
{
  if ((topics & self->kind->topics) == 0)
    return;

  self->ask_again = TRUE;
  ask_if_wanted (self);
}

static void
hd_store_list_dispose (GObject *object)
{
  HdStoreList *self = HD_STORE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->merge, hd_record_merge_free);
  hd_record_steps_stop (self->steps);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (hd_store_list_parent_class)->dispose (object);
}

static void
hd_store_list_finalize (GObject *object)
{
  HdStoreList *self = HD_STORE_LIST (object);

  g_clear_pointer (&self->steps, hd_record_steps_free);
  g_free ((char *) self->filter.text);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->category_id, g_free);

  G_OBJECT_CLASS (hd_store_list_parent_class)->finalize (object);
}

static void
hd_store_list_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HdStoreList *self = HD_STORE_LIST (object);

  switch ((HdStoreListProperty) prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    case PROP_N_ITEMS:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self)));
      break;

    case PROP_REPLACING:
      g_value_set_boolean (value, self->replacing);
      break;
    }
}

static void
hd_store_list_class_init (HdStoreListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_store_list_dispose;
  object_class->finalize = hd_store_list_finalize;
  object_class->get_property = hd_store_list_get_property;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * HdStoreList:replacing:
   *
   * Whether the items that come are the answer to another question, so that those
   * before have nothing to do with them.  That may go on for some steps.
   */
  properties[PROP_REPLACING] =
    g_param_spec_boolean ("replacing", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hd_store_list_init (HdStoreList *self)
{
  self->steps = hd_record_steps_new (G_LIST_MODEL (self), replaced_cb, self);
  self->loading = TRUE;
  self->anew = TRUE;
}

/* --- The kinds of list --- */

/* Who has an answer waits for the better one. */
static HdStoreWords
choose_words (HdStoreList *self)
{
  return self->is_provisional ? HD_STORE_ALL_WORDS : HD_STORE_TYPED_WORDS;
}

static void
ask_requests (HdStoreList         *self,
              GAsyncReadyCallback  callback)
{
  hd_store_list_requests_words_async (self->store, &self->filter, choose_words (self), self->cancellable, callback, self);
}

static void
ask_drafts (HdStoreList         *self,
            GAsyncReadyCallback  callback)
{
  hd_store_list_drafts_async (self->store, self->cancellable, callback, self);
}

static void
ask_outbox (HdStoreList         *self,
            GAsyncReadyCallback  callback)
{
  hd_store_list_outbox_async (self->store, self->cancellable, callback, self);
}

static void
ask_announcements (HdStoreList         *self,
                   GAsyncReadyCallback  callback)
{
  hd_store_list_announcements_async (self->store, self->cancellable, callback, self);
}

static void
ask_articles (HdStoreList         *self,
              GAsyncReadyCallback  callback)
{
  hd_store_list_articles_async (self->store, self->category_id, self->cancellable, callback, self);
}

static void
ask_categories (HdStoreList         *self,
                GAsyncReadyCallback  callback)
{
  hd_store_list_article_categories_async (self->store, self->cancellable, callback, self);
}

static void
ask_search (HdStoreList         *self,
            GAsyncReadyCallback  callback)
{
  hd_store_search_words_async (self->store, self->text != NULL ? self->text : "", self->limit, choose_words (self),
                               self->cancellable, callback, self);
}

#define GET_ID(function) ((HdRecordGetId) (void (*)(void))function)

static const ListKind requests_kind = {
  hd_request_get_type, GET_ID (hd_request_get_id), ask_requests, hd_store_list_requests_finish, HD_STORE_REQUESTS,
  TRUE,
};
static const ListKind drafts_kind = {
  hd_draft_get_type, GET_ID (hd_draft_get_id), ask_drafts, hd_store_list_drafts_finish, HD_STORE_DRAFTS,
};
static const ListKind outbox_kind = {
  hd_submission_get_type, GET_ID (hd_submission_get_id), ask_outbox, hd_store_list_outbox_finish, HD_STORE_OUTBOX,
};
static const ListKind announcements_kind = {
  hd_announcement_get_type, GET_ID (hd_announcement_get_id), ask_announcements,
  hd_store_list_announcements_finish, HD_STORE_ANNOUNCEMENTS,
};
static const ListKind articles_kind = {
  hd_article_get_type, GET_ID (hd_article_get_id), ask_articles, hd_store_list_articles_finish, HD_STORE_ARTICLES,
  TRUE,
};
static const ListKind categories_kind = {
  hd_category_get_type, GET_ID (hd_category_get_id), ask_categories, hd_store_list_article_categories_finish,
  HD_STORE_ARTICLES,
};
static const ListKind search_kind = {
  hd_search_result_get_type, GET_ID (hd_search_result_get_id), ask_search, hd_store_search_finish,
  /* The portal's information has other names for words. */
  HD_STORE_ARTICLES | HD_STORE_ANNOUNCEMENTS | HD_STORE_CATALOG | HD_STORE_REQUESTS | HD_STORE_INFO,
};

/* Not asked yet. */
static HdStoreList *
list_new (HdStore        *store,
          const ListKind *kind)
{
  HdStoreList *self = g_object_new (HD_TYPE_STORE_LIST, NULL);

  self->kind = kind;
  self->store = g_object_ref (store);
  self->changed_id = g_signal_connect (store, "changed", G_CALLBACK (changed_cb), self);

  return self;
}

static HdStoreList *
list_new_simple (HdStore        *store,
                 const ListKind *kind)
{
  HdStoreList *self = list_new (store, kind);

  hd_store_list_ask (self);
  return self;
}

static void
keep_filter (HdStoreList           *self,
             const HdRequestFilter *filter)
{
  char *text = g_strdup (filter->text);

  g_free ((char *) self->filter.text);
  self->filter = *filter;
  self->filter.text = text;
}

/**
 * hd_store_list_new_requests:
 * @store: a store
 * @filter: which, and in what order
 *
 * Returns: (transfer full): the requests, without conversations
 */
HdStoreList *
hd_store_list_new_requests (HdStore               *store,
                            const HdRequestFilter *filter)
{
  HdStoreList *self = list_new (store, &requests_kind);

  keep_filter (self, filter);
  hd_store_list_ask (self);
  return self;
}

HdStoreList *
hd_store_list_new_drafts (HdStore *store)
{
  return list_new_simple (store, &drafts_kind);
}

HdStoreList *
hd_store_list_new_outbox (HdStore *store)
{
  return list_new_simple (store, &outbox_kind);
}

HdStoreList *
hd_store_list_new_announcements (HdStore *store)
{
  return list_new_simple (store, &announcements_kind);
}

HdStoreList *
hd_store_list_new_articles (HdStore    *store,
                            const char *category_id)
{
  HdStoreList *self = list_new (store, &articles_kind);

  self->category_id = g_strdup (category_id);
  hd_store_list_ask (self);
  return self;
}

HdStoreList *
hd_store_list_new_categories (HdStore *store)
{
  return list_new_simple (store, &categories_kind);
}

/**
 * hd_store_list_new_search:
 * @store: a store
 * @text: (nullable): what was typed
 * @limit: how many of each kind
 *
 * Returns: (transfer full): what hd_store_search_async() finds
 */
HdStoreList *
hd_store_list_new_search (HdStore    *store,
                          const char *text,
                          guint       limit)
{
  HdStoreList *self = list_new (store, &search_kind);

  self->text = g_strdup (text);
  self->limit = limit;
  hd_store_list_ask (self);
  return self;
}

/**
 * hd_store_list_set_filter:
 * @self: a list of requests
 * @filter: which, and in what order
 *
 * Asks for others; what the list holds stays until the answer is there.
 */
void
hd_store_list_set_filter (HdStoreList           *self,
                          const HdRequestFilter *filter)
{
  g_return_if_fail (HD_IS_STORE_LIST (self) && self->kind == &requests_kind);

  keep_filter (self, filter);
  ask_anew (self);
}

/**
 * hd_store_list_set_text:
 * @self: a list of search results
 * @text: (nullable): what was typed
 *
 * Searches for other words; what the list holds stays until the answer is there.
 */
void
hd_store_list_set_text (HdStoreList *self,
                        const char  *text)
{
  g_return_if_fail (HD_IS_STORE_LIST (self) && self->kind == &search_kind);

  g_free (self->text);
  self->text = g_strdup (text);
  ask_anew (self);
}

/* Whether the first answer is not there yet. */
gboolean
hd_store_list_get_loading (HdStoreList *self)
{
  g_return_val_if_fail (HD_IS_STORE_LIST (self), FALSE);

  return self->loading;
}
