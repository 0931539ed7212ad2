/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-rt-json.h"
#include "hd-rt-portal.h"
#include "hd-rt-site.h"

G_BEGIN_DECLS

#define HD_RT_PER_PAGE 100
#define HD_RT_PER_PAGE_TEXT "100"

/* What a person can file requests in. */
typedef struct
{
  char   *name;
  HdKind  kind;
} HdRtQueue;

struct _HdRtPortal
{
  HdPortal      parent_instance;

  HdHttpClient *client;       /* (owned) */
  HdRtSite     *site;         /* (owned) */

  /* Of whoever is signed in */
  char         *user_name;    /* (owned) (nullable) */
  GTimeZone    *zone;         /* (owned): that of their profile, in which dates with a time are read */
  gboolean      zone_is_known;
  GHashTable   *queues;       /* (owned) (element-type utf8 HdRtQueue): by id, as last seen */
  GHashTable   *key_fields;   /* (owned) (element-type utf8 utf8): by queue */
  GHashTable   *proven_keys;  /* (owned) (element-type utf8): queues whose tickets were seen to keep them */
  GHashTable   *unread;       /* (owned): see hd_rt_unread_new() */
  GHashTable   *statuses;     /* (owned) (element-type utf8 HdStatus): learnt from the server */
  GHashTable   *options;      /* (owned) (element-type utf8 GListModel): of searchable fields */
  GStrv         knowledge;    /* (owned) (nullable): ids of classes of articles */
  GStrv         news;         /* (owned) (nullable) */
  GStrv         contacts;     /* (owned) (nullable) */
  JsonArray    *contact_articles;  /* (owned) (nullable): as last seen */
  GHashTable   *class_names;  /* (owned) (element-type utf8 utf8): by id */
  GHashTable   *sections;     /* (owned) (element-type utf8): ids of categories of articles that were told */
};

/* hd-rt-rest.c */

/* A request below REST/2.0, of these segments. */
#define hd_rt_request_new(method, ...) \
  hd_rt_request_prepare (hd_http_request_new (method, "REST", "2.0", __VA_ARGS__, NULL))

/* The same that only asks, for what its body describes. */
#define hd_rt_question_new(...) \
  hd_rt_request_ask (hd_rt_request_new ("POST", __VA_ARGS__))

typedef HdHttpRequest *(*HdRtPageFunc) (HdRtPortal *self,
                                        gpointer    user_data);

/**
 * HdRtEnd:
 * @HD_RT_END_SHORT: a page that is not full is the last
 * @HD_RT_END_EMPTY: empty pages are: those that are not full may have lost rows that nobody may see
 *
 * How the end of a collection is known whose total is not told.
 */
typedef enum
{
  HD_RT_END_SHORT,
  HD_RT_END_EMPTY,
} HdRtEnd;

#define HD_RT_MINE "Requestor.id = '__CurrentUser__'"

HdHttpRequest *hd_rt_request_prepare (HdHttpRequest        *request);
HdHttpRequest *hd_rt_request_ask     (HdHttpRequest        *request);
void           hd_rt_request_add_page (HdHttpRequest       *request,
                                       guint                page);
JsonArray     *hd_rt_get_items        (JsonNode            *root);
char          *hd_rt_dup_quoted       (const char          *text) G_GNUC_WARN_UNUSED_RESULT;
void           hd_rt_fetch_async      (HdRtPortal          *self,
                                       GPtrArray           *requests,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GPtrArray     *hd_rt_fetch_finish     (HdRtPortal          *self,
                                       GAsyncResult        *result,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject    *hd_rt_fetched_object   (GPtrArray           *answers,
                                       guint                position);
JsonArray     *hd_rt_fetched_items    (GPtrArray           *answers,
                                       guint                position);
void           hd_rt_list_async       (HdRtPortal          *self,
                                       HdRtPageFunc         create,
                                       gpointer             create_data,
                                       HdRtEnd              end,
                                       guint                first_page,
                                       guint                max_pages,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
JsonArray     *hd_rt_list_finish      (HdRtPortal          *self,
                                       GAsyncResult        *result,
                                       guint               *n_pages,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* hd-rt-session.c */
void  hd_rt_portal_sign_in            (HdPortal     *portal,
                                       const char   *user_name,
                                       const char   *password,
                                       GTask        *task);
void  hd_rt_portal_sign_out           (HdPortal     *portal,
                                       GTask        *task);
void  hd_rt_portal_get_account        (HdPortal     *portal,
                                       GTask        *task);
void  hd_rt_portal_get_info           (HdPortal     *portal,
                                       GTask        *task);
void  hd_rt_portal_forget_person      (HdRtPortal   *self);

/* hd-rt-catalog.c */
void  hd_rt_portal_get_catalog        (HdPortal     *portal,
                                       const char   *version,
                                       GTask        *task);
HdKind hd_rt_portal_get_queue_kind    (HdRtPortal   *self,
                                       const char   *queue_id,
                                       const char   *queue_name);

/* hd-rt-options.c */
#define HD_RT_OPTIONS_ENOUGH 200

void        hd_rt_options_load_async  (HdRtPortal          *self,
                                       const char          *field_id,
                                       gboolean             based_on,
                                       guint                enough,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GListModel *hd_rt_options_load_finish (HdRtPortal          *self,
                                       GAsyncResult        *result,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_portal_get_options  (HdPortal            *portal,
                                       const char          *source,
                                       const char          *query,
                                       const char          *parent,
                                       GTask               *task);

/* hd-rt-form.c */
void  hd_rt_portal_get_form           (HdPortal     *portal,
                                       const char   *offering_id,
                                       GTask        *task);

/* hd-rt-submit.c */
void  hd_rt_portal_submit             (HdPortal     *portal,
                                       HdSubmission *submission,
                                       HdForm       *form,
                                       HdProgress   *progress,
                                       GTask        *task);
GHashTable *hd_rt_unread_new          (void) G_GNUC_WARN_UNUSED_RESULT;
GStrv hd_rt_portal_dup_not_kept       (HdRtPortal   *self,
                                       JsonObject   *ticket,
                                       HdRequest    *held) G_GNUC_WARN_UNUSED_RESULT;

/* hd-rt-status.c */
HdStatus    hd_rt_portal_get_status   (HdRtPortal          *self,
                                       const char          *word);
void        hd_rt_statuses_learn_async (HdRtPortal         *self,
                                       JsonArray           *tickets,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean    hd_rt_statuses_learn_finish (HdRtPortal        *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* hd-rt-requests.c */
void        hd_rt_portal_list_requests (HdPortal           *portal,
                                       const char          *since,
                                       const char          *cursor,
                                       GTask               *task);
HdRequest  *hd_rt_ticket_to_request   (HdRtPortal          *self,
                                       JsonObject          *ticket) G_GNUC_WARN_UNUSED_RESULT;
HdHttpRequest *hd_rt_tickets_request_new (const char       *query,
                                       guint                page) G_GNUC_WARN_UNUSED_RESULT;

/* hd-rt-similar.c */
void        hd_rt_portal_find_similar (HdPortal            *portal,
                                       HdSubmission        *submission,
                                       GTask               *task);
void        hd_rt_key_field_async     (HdRtPortal          *self,
                                       const char          *queue_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void        hd_rt_key_field_prove     (HdRtPortal          *self,
                                       HdSubmission        *submission,
                                       const char          *key_field,
                                       JsonObject          *ticket);
char       *hd_rt_key_field_finish    (HdRtPortal          *self,
                                       GAsyncResult        *result,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* hd-rt-conversation.c */
void  hd_rt_portal_get_request        (HdPortal     *portal,
                                       const char   *request_id,
                                       HdRequest    *held,
                                       GTask        *task);
void  hd_rt_portal_download           (HdPortal     *portal,
                                       const char   *request_id,
                                       const char   *attachment_id,
                                       GFile        *destination,
                                       HdProgress   *progress,
                                       GTask        *task);

/* hd-rt-actions.c */
void  hd_rt_portal_reply              (HdPortal     *portal,
                                       HdSubmission *submission,
                                       HdProgress   *progress,
                                       GTask        *task);
void  hd_rt_portal_act                (HdPortal     *portal,
                                       HdSubmission *submission,
                                       HdProgress   *progress,
                                       GTask        *task);
GStrv hd_rt_portal_dup_actions        (HdRtPortal   *self,
                                       JsonObject   *ticket) G_GNUC_WARN_UNUSED_RESULT;

/* hd-rt-classes.c */
void        hd_rt_classes_load_async  (HdRtPortal          *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean    hd_rt_classes_load_finish (HdRtPortal          *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* hd-rt-articles.c, hd-rt-download.c, hd-rt-explain.c */
void  hd_rt_portal_list_articles      (HdPortal     *portal,
                                       const char   *since,
                                       GTask        *task);
void  hd_rt_portal_list_announcements (HdPortal     *portal,
                                       GTask        *task);
void  hd_rt_portal_get_media          (HdPortal     *portal,
                                       const char   *name,
                                       GTask        *task);
void  hd_rt_portal_explain            (HdPortal     *portal,
                                       GTask        *task);

G_END_DECLS
