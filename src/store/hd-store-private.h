/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"
#include "hd-record-array.h"
#include "hd-record-json.h"
#include "hd-store.h"

G_BEGIN_DECLS

/*
 * How a public pair of functions becomes work of the store's thread.
 *
 * The _async function makes a call, fills in the arguments that it needs and
 * pushes it.  The thread runs it, in a transaction if it writes; the result
 * goes back to the caller's main context, where the task returns.
 */

typedef struct _HdStoreCall HdStoreCall;

/* The pictures that offerings have for an icon. */
#define HD_STORE_OFFERING_MEDIA \
  "SELECT substr (offering.value ->> 'icon', length ('media:') + 1) AS name" \
  " FROM main.objects, json_each (objects.json, '$.offerings') AS offering" \
  " WHERE objects.key = 'catalog' AND offering.value ->> 'icon' GLOB 'media:?*'"

/* The pictures that there should be. */
#define HD_STORE_MEDIA_NAMES "SELECT name FROM main.article_media UNION " HD_STORE_OFFERING_MEDIA

/* Of requests: closed or cancelled, and that before a time. */
#define HD_STORE_CLOSED_BEFORE "(status IN (3, 4) AND CASE WHEN closed > 0 THEN closed ELSE updated END < ?1)"

/* Runs on the store's thread.  Leaves what it found in the call's result. */
typedef gboolean (*HdStoreRun) (HdStoreCall  *call,
                                HdDatabase   *database,
                                GError      **error);

/* A part of the work that needs no database, done before the run; TRUE when there is no more of it.  Other calls get
 * their turn between the parts. */
typedef gboolean (*HdStorePrepare) (HdStoreCall *call);

typedef enum
{
  HD_STORE_READ,
  HD_STORE_WRITE,
  /* A write that takes care of its transactions itself: what it has changed it has changed, even where it fails. */
  HD_STORE_BARE,
} HdStoreMode;

/* What a call does while the words are not ready (hd-search-words.h), which takes some tenths of a second. */
typedef enum
{
  /* It needs none. */
  HD_STORE_NO_WORDS,
  /* It waits, and others get their turn. */
  HD_STORE_ALL_WORDS,
  /* It is answered by the words as they were typed: the answer is provisional, and who asked asks again. */
  HD_STORE_TYPED_WORDS,
} HdStoreWords;

struct _HdStoreCall
{
  HdStore         *store;  /* (unowned): the task holds it */
  HdStoreRun       run;
  HdStorePrepare   prepare;  /* (nullable) */
  HdStoreMode      mode;
  HdStoreWords     words;

  /* The arguments; who needs which is up to the run function. */
  char            *id;  /* (owned) (nullable) */
  char            *other_id;  /* (owned) (nullable) */
  char            *text;  /* (owned) (nullable) */
  char            *extra;  /* (owned) (nullable) */
  gpointer         record;  /* (owned) (nullable): only what the caller changes no more, else its JSON */
  GBytes          *bytes;  /* (owned) (nullable) */
  GHashTable      *ids;  /* (owned) (nullable) (element-type utf8), maybe with values: not changed any more */
  gpointer         data;  /* (unowned) (nullable): the caller's, until the call is done */
  guint            limit;
  gboolean         flag;
  gint64           mark;
  HdRequestFilter  filter;
  GPtrArray       *prepared;  /* (owned) (nullable) */

  /* Of a bare call that is long: it sets @again to be run once more, after the other calls have had their turn. */
  gboolean         again;
  gpointer         state;  /* (owned) (nullable): what it remembers in between */
  GDestroyNotify   free_state;

  /* What the run function leaves. */
  gpointer         result;  /* (owned) (nullable) */
  GDestroyNotify   free_result;
  HdStoreTopics    topics;
  GPtrArray       *doomed;  /* (owned) (nullable) (element-type filename): deleted after the commit */

  /*< private >*/
  gboolean         provisional;  /* its words are those that were typed */
  gulong           cancelled_id;  /* while it waits for the words */
  GTask           *task;  /* (owned) */
  GError          *error;  /* (owned) (nullable) */
};

HdStoreCall *hd_store_call_new             (HdStore              *store,
                                            HdStoreMode           mode,
                                            HdStoreRun            run,
                                            gpointer              source_tag,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data) G_GNUC_WARN_UNUSED_RESULT;
void         hd_store_call_free            (gpointer              data);
GError      *hd_store_call_make_closed_error (void) G_GNUC_WARN_UNUSED_RESULT;
void         hd_store_call_push            (HdStoreCall          *call);
void         hd_store_call_take            (HdStoreCall          *call,
                                            gpointer              result,
                                            GDestroyNotify        free_result);
void         hd_store_call_doom            (HdStoreCall          *call,
                                            char                 *path);
gpointer     hd_store_call_finish          (HdStore              *self,
                                            GAsyncResult         *result,
                                            gpointer              source_tag,
                                            GError              **error);
gboolean     hd_store_call_finish_boolean  (HdStore              *self,
                                            GAsyncResult         *result,
                                            gpointer              source_tag,
                                            GError              **error);

gboolean     hd_store_call_is_cancelled    (HdStoreCall          *call,
                                            GError              **error);

const char  *hd_store_get_directory        (HdStore              *self);
void         hd_store_index_soon           (HdStore              *self);
void         hd_store_forget_waiting       (HdStore              *self);
HdDatabase  *hd_store_reopen               (HdStore              *self,
                                            gboolean              wipe_person,
                                            GError              **error);

/* For the run functions of more than one file. */
gboolean     hd_store_keep_request         (HdDatabase           *database,
                                            HdRequest            *request,
                                            gboolean              seen,
                                            GError              **error);
gboolean     hd_store_renew_sort_keys      (HdDatabase           *database,
                                            GError              **error);
gboolean     hd_store_read_records         (HdStoreCall          *call,
                                            HdStatement          *statement,
                                            GType                 type,
                                            GError              **error);
gboolean     hd_store_read_record          (HdStoreCall          *call,
                                            HdStatement          *statement,
                                            GType                 type,
                                            GError              **error);
gboolean     hd_store_read_strv            (HdStoreCall          *call,
                                            HdStatement          *statement,
                                            GError              **error);
gboolean     hd_store_list_result          (HdStoreCall          *call,
                                            GPtrArray            *records,
                                            GType                 type);

gint64       hd_store_days_ago             (guint                 days);
/* What calls keep one by one, a pack one after the other. */
gboolean     hd_store_set_fact             (HdDatabase           *database,
                                            const char           *key,
                                            const char           *value,
                                            GError              **error);
gboolean     hd_store_keep_info            (HdDatabase           *database,
                                            HdPortalInfo         *info,
                                            GError              **error);
gboolean     hd_store_keep_catalog         (HdDatabase           *database,
                                            HdCatalog            *catalog,
                                            GError              **error);
gboolean     hd_store_keep_form            (HdDatabase           *database,
                                            const char           *offering_id,
                                            const char           *json,
                                            GError              **error);
gboolean     hd_store_keep_categories      (HdDatabase           *database,
                                            GListModel           *categories,
                                            GError              **error);
gboolean     hd_store_keep_article         (HdDatabase           *database,
                                            HdArticle            *article,
                                            GError              **error);
gboolean     hd_store_delete_article       (HdDatabase           *database,
                                            const char           *id,
                                            GError              **error);
GPtrArray   *hd_store_list_other_articles  (HdDatabase           *database,
                                            GHashTable           *ids,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     hd_store_keep_announcements   (HdDatabase           *database,
                                            HdAnnouncementList   *list,
                                            GError              **error);
gboolean     hd_store_keep_media           (HdDatabase           *database,
                                            const char           *name,
                                            GBytes               *bytes,
                                            gint64                used,
                                            GError              **error);

/* For live lists, which are answered at once. */
void         hd_store_search_words_async   (HdStore              *self,
                                            const char           *text,
                                            guint                 limit,
                                            HdStoreWords          words,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
void         hd_store_list_requests_words_async (HdStore               *self,
                                                 const HdRequestFilter *filter,
                                                 HdStoreWords           words,
                                                 GCancellable          *cancellable,
                                                 GAsyncReadyCallback    callback,
                                                 gpointer               user_data);

/* hd-store-index.c */
gboolean     hd_store_index                (HdDatabase           *database,
                                            HdResultKind          kind,
                                            const char           *id,
                                            const char           *title,
                                            const char           *headings,
                                            const char           *keywords,
                                            const char           *body,
                                            const char           *detail,
                                            GDateTime            *updated_at,
                                            GError              **error);
gboolean     hd_store_unindex              (HdDatabase           *database,
                                            HdResultKind          kind,
                                            const char           *id,
                                            GError              **error);
gboolean     hd_store_unindex_kind         (HdDatabase           *database,
                                            HdResultKind          kind,
                                            GError              **error);

gboolean     hd_store_index_find_missing   (HdDatabase           *database,
                                            HdStoreTopics        *missing,
                                            GError              **error);
gboolean     hd_store_index_more           (HdDatabase           *database,
                                            GError              **error);
void         hd_store_index_for_search     (HdDatabase           *database);

/* What is small and has changed, for the index; said by a fact until it was done. */
#define HD_STORE_CATALOG_TO_INDEX "portal-catalog-to-index"
#define HD_STORE_ANNOUNCEMENTS_TO_INDEX "portal-announcements-to-index"
gboolean     hd_store_index_catalog        (HdDatabase           *database,
                                            GError              **error);
gboolean     hd_store_index_announcements  (HdDatabase           *database,
                                            GError              **error);

/* hd-store-index-tables.c */
gboolean     hd_store_index_prepare        (HdDatabase           *database,
                                            gboolean              rebuild,
                                            GError              **error);

/* hd-store-copies.c */
gboolean     hd_store_note_filed           (HdDatabase           *database,
                                            const char           *submission_id,
                                            const char           *request_id,
                                            GError              **error);

/* hd-store-drafts.c */
char        *hd_store_dup_draft_json       (HdDraft              *draft) G_GNUC_WARN_UNUSED_RESULT;
gboolean     hd_store_is_in_outbox         (HdDatabase           *database,
                                            const char           *draft_id,
                                            gboolean             *is_in,
                                            GError              **error);

/* hd-store-draft-files.c */
GListModel  *hd_store_load_draft_files     (HdStore              *self,
                                            HdDatabase           *database,
                                            const char           *draft_id,
                                            GError              **error);
char        *hd_store_dup_draft_directory  (HdStore              *self,
                                            const char           *draft_id);
gboolean     hd_store_remove_strays        (HdStore              *self,
                                            HdDatabase           *database,
                                            GError              **error);

/* A whole _finish function. */
#define HD_STORE_DEFINE_FINISH(name) \
  gboolean \
  hd_store_ ## name ## _finish (HdStore *self, GAsyncResult *result, GError **error) \
  { \
    return hd_store_call_finish_boolean (self, result, hd_store_ ## name ## _async, error); \
  }

#define HD_STORE_DEFINE_FINISH_POINTER(name, ctype) \
  ctype \
  hd_store_ ## name ## _finish (HdStore *self, GAsyncResult *result, GError **error) \
  { \
    return hd_store_call_finish (self, result, hd_store_ ## name ## _async, error); \
  }

G_END_DECLS
