/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-account.h"
#include "hd-announcement-list.h"
#include "hd-article-changes.h"
#include "hd-catalog.h"
#include "hd-draft.h"
#include "hd-form.h"
#include "hd-option-list.h"
#include "hd-portal-info.h"
#include "hd-request-filter.h"
#include "hd-request-page.h"
#include "hd-store-topics.h"
#include "hd-submission.h"

G_BEGIN_DECLS

/*
 * The functions below come in pairs and share these rules:
 *
 *  - An _async function may be called on any thread that has a main context; its callback comes in that context.
 *    Calls are done in the order in which they were made, but for those that have to know words (hd-store-search.h),
 *    which may have to wait while others go before them.  Strings, drafts and submissions are copied; any other record
 *    is not to be changed any more once it was given.
 *  - A put, save, set or mark function that returned TRUE is kept, with or without a main loop after it; drafts and
 *    the outbox outlive a power cut too.
 *  - A get function returns (transfer full) what is kept, and NULL without an error where there is nothing.  Records
 *    and lists that are returned are the caller's own; nobody changes them behind its back.
 *  - All fail with %HD_ERROR_STORAGE where the disk is full, cannot be read, or the store is closed, having changed
 *    nothing, and with %G_IO_ERROR_CANCELLED.  A cancelled call is dropped if its turn has not come, and a long one
 *    undone; where it is too late for that, it is done and only not told about.
 *  - What was changed is told by #HdStore::changed (HdStoreTopics).
 */
#define HD_TYPE_STORE (hd_store_get_type ())
G_DECLARE_FINAL_TYPE (HdStore, hd_store, HD, STORE, GObject)

/* Opens (or makes) the store of one portal in @directory: cache.db (what the portal publishes), items.db (the
 * person's requests) and drafts.db (drafts and outbox, synchronous=FULL), and files/ (the drafts' files). */
void hd_store_open_async (const char          *directory,
                          const char          *synonyms_file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data);
HdStore *hd_store_open_finish (GAsyncResult  *result,
                               GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Finishes what was begun and closes the files; the store answers no more. */
void hd_store_close (HdStore *self);

/* --- What the portal publishes --- */

void hd_store_put_info_async (HdStore             *self,
                              HdPortalInfo        *info,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gboolean hd_store_put_info_finish (HdStore       *self,
                                   GAsyncResult  *result,
                                   GError       **error);

void hd_store_get_info_async (HdStore             *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
HdPortalInfo *hd_store_get_info_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_put_catalog_async (HdStore             *self,
                                 HdCatalog           *catalog,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_put_catalog_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

void hd_store_get_catalog_async (HdStore             *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
HdCatalog *hd_store_get_catalog_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_put_form_async (HdStore             *self,
                              HdForm              *form,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gboolean hd_store_put_form_finish (HdStore       *self,
                                   GAsyncResult  *result,
                                   GError       **error);

void hd_store_get_form_async (HdStore             *self,
                              const char          *offering_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
HdForm *hd_store_get_form_finish (HdStore       *self,
                                  GAsyncResult  *result,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Option sources that were searched stay usable offline. */
void hd_store_put_options_async (HdStore             *self,
                                 const char          *source,
                                 const char          *query,
                                 const char          *parent,
                                 HdOptionList        *options,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_put_options_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

/* What was answered to these words, else what matches them among all options of the source seen under @parent. */
void hd_store_get_options_async (HdStore             *self,
                                 const char          *source,
                                 const char          *query,
                                 const char          *parent,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
HdOptionList *hd_store_get_options_finish (HdStore       *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* The value (hd_store_get_value_async()) under which apply_articles keeps the as-of. */
#define HD_STORE_ARTICLES_AS_OF "portal-articles-as-of"

/* In one transaction: categories, articles, deletions, the index and the as-of for the next sync. */
void hd_store_apply_articles_async (HdStore             *self,
                                    HdArticleChanges    *changes,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean hd_store_apply_articles_finish (HdStore       *self,
                                         GAsyncResult  *result,
                                         GError       **error);

void hd_store_keep_articles_async (HdStore             *self,
                                   GHashTable          *ids,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean hd_store_keep_articles_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error);

/* With its body. */
void hd_store_get_article_async (HdStore             *self,
                                 const char          *article_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
HdArticle *hd_store_get_article_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Without bodies, by title; NULL category for all. */
void hd_store_list_articles_async (HdStore             *self,
                                   const char          *category_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
GListModel *hd_store_list_articles_finish (HdStore       *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type HdCategory), by position. */
void hd_store_list_article_categories_async (HdStore             *self,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
GListModel *hd_store_list_article_categories_finish (HdStore       *self,
                                                     GAsyncResult  *result,
                                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Pictures by what articles name; @are_seen: whether somebody looks at them now. */
void hd_store_put_media_async (HdStore             *self,
                               GHashTable          *media,
                               gboolean             are_seen,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean hd_store_put_media_finish (HdStore       *self,
                                    GAsyncResult  *result,
                                    GError       **error);

void hd_store_get_media_async (HdStore             *self,
                               const char          *name,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
GBytes *hd_store_get_media_finish (HdStore       *self,
                                   GAsyncResult  *result,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Replaces all. */
void hd_store_put_announcements_async (HdStore             *self,
                                       HdAnnouncementList  *announcements,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean hd_store_put_announcements_finish (HdStore       *self,
                                            GAsyncResult  *result,
                                            GError       **error);

/* (element-type HdAnnouncement), newest first, expired ones left out. */
void hd_store_list_announcements_async (HdStore             *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GListModel *hd_store_list_announcements_finish (HdStore       *self,
                                                GAsyncResult  *result,
                                                GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_get_announcement_async (HdStore             *self,
                                      const char          *announcement_id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
HdAnnouncement *hd_store_get_announcement_finish (HdStore       *self,
                                                  GAsyncResult  *result,
                                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- The person --- */

void hd_store_put_account_async (HdStore             *self,
                                 HdAccount           *account,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_put_account_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

void hd_store_get_account_async (HdStore             *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
HdAccount *hd_store_get_account_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* A mark, to be taken before a whole list is asked for: what is filed after it cannot be in that list.  -1 with an error. */
void hd_store_mark_requests_async (HdStore             *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gssize hd_store_mark_requests_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

#define HD_STORE_PART_OF_LIST ((gssize) -1)
#define HD_STORE_WHOLE_LIST G_MAXSSIZE

/* Merges summaries; what was kept up to @whole_mark and is not in @page no longer exists.  Marks as unread what the desk
 * changed. */
void hd_store_apply_requests_async (HdStore             *self,
                                    HdRequestPage       *page,
                                    gssize               whole_mark,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean hd_store_apply_requests_finish (HdStore       *self,
                                         GAsyncResult  *result,
                                         GError       **error);

/* A request with its conversation. */
void hd_store_put_request_async (HdStore             *self,
                                 HdRequest           *request,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_put_request_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

void hd_store_get_request_async (HdStore             *self,
                                 const char          *request_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
HdRequest *hd_store_get_request_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type HdRequest), without conversations; made and sorted on the store's thread. */
void hd_store_list_requests_async (HdStore               *self,
                                   const HdRequestFilter *filter,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data);
GListModel *hd_store_list_requests_finish (HdStore       *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ids whose conversation is older than their summary: what sync fetches next, open ones first. */
void hd_store_list_stale_requests_async (HdStore             *self,
                                         guint                keep_days,
                                         guint                limit,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
GStrv hd_store_list_stale_requests_finish (HdStore       *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_mark_read_async (HdStore             *self,
                               const char          *request_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean hd_store_mark_read_finish (HdStore       *self,
                                    GAsyncResult  *result,
                                    GError       **error);

/* -1 with an error. */
void hd_store_count_unread_async (HdStore             *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gssize hd_store_count_unread_finish (HdStore       *self,
                                     GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Deletes items, drafts, outbox, their files, account and usage from disk; what the portal publishes stays. */
void hd_store_wipe_person_async (HdStore             *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_wipe_person_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

/* --- Drafts --- */

/* Durable when it returns. The draft given is not kept, nor its list of files: see hd_store_add_draft_file_async().
 * HD_ERROR_CONFLICT where the draft is in the outbox: a late save does not bring it back. */
void hd_store_save_draft_async (HdStore             *self,
                                HdDraft             *draft,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean hd_store_save_draft_finish (HdStore       *self,
                                     GAsyncResult  *result,
                                     GError       **error);

void hd_store_get_draft_async (HdStore             *self,
                               const char          *draft_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
HdDraft *hd_store_get_draft_finish (HdStore       *self,
                                    GAsyncResult  *result,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* The newest draft of an offering, or of a reply to a request; give one of the two. */
void hd_store_find_draft_async (HdStore             *self,
                                const char          *offering_id,
                                const char          *request_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
HdDraft *hd_store_find_draft_finish (HdStore       *self,
                                     GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type HdDraft), newest first. */
void hd_store_list_drafts_async (HdStore             *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
GListModel *hd_store_list_drafts_finish (HdStore       *self,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* With its files. */
void hd_store_delete_draft_async (HdStore             *self,
                                  const char          *draft_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean hd_store_delete_draft_finish (HdStore       *self,
                                       GAsyncResult  *result,
                                       GError       **error);

/* @done: the bytes that are copied so far */
typedef void (*HdStoreProgressFunc) (guint64  done,
                                     gpointer user_data);

/* Copies a file of any name into the draft; HD_ERROR_TOO_LARGE above @max_size (0 = no limit) before copying. */
void hd_store_add_draft_file_async (HdStore             *self,
                                    const char          *draft_id,
                                    const char          *field_id,
                                    GFile               *source,
                                    guint64              max_size,
                                    HdStoreProgressFunc  progress,
                                    gpointer             progress_data,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
HdDraftFile *hd_store_add_draft_file_finish (HdStore       *self,
                                             GAsyncResult  *result,
                                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* A pasted picture. */
void hd_store_add_draft_bytes_async (HdStore             *self,
                                     const char          *draft_id,
                                     const char          *field_id,
                                     const char          *name,
                                     const char          *content_type,
                                     GBytes              *bytes,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
HdDraftFile *hd_store_add_draft_bytes_finish (HdStore       *self,
                                              GAsyncResult  *result,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_remove_draft_file_async (HdStore             *self,
                                       const char          *draft_id,
                                       const char          *file_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean hd_store_remove_draft_file_finish (HdStore       *self,
                                            GAsyncResult  *result,
                                            GError       **error);

void hd_store_move_draft_file_async (HdStore             *self,
                                     const char          *draft_id,
                                     const char          *file_id,
                                     const char          *field_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean hd_store_move_draft_file_finish (HdStore       *self,
                                          GAsyncResult  *result,
                                          GError       **error);

/* --- Outbox --- */

/* In one transaction the submission is kept and its draft leaves the drafts; its files stay with the submission.
 * HD_ERROR_CONFLICT where the draft is in the outbox already. */
void hd_store_enqueue_async (HdStore             *self,
                             HdSubmission        *submission,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
gboolean hd_store_enqueue_finish (HdStore       *self,
                                  GAsyncResult  *result,
                                  GError       **error);

/* State, attempts, error, next try. Durable when it returns. HD_ERROR_NOT_FOUND where it was discarded meanwhile. */
void hd_store_update_submission_async (HdStore             *self,
                                       HdSubmission        *submission,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean hd_store_update_submission_finish (HdStore       *self,
                                            GAsyncResult  *result,
                                            GError       **error);

/* In one transaction: the result (NULL for feedback) is kept among the requests, the entry and its files are deleted. */
void hd_store_finish_submission_async (HdStore             *self,
                                       const char          *submission_id,
                                       HdRequest           *request,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean hd_store_finish_submission_finish (HdStore       *self,
                                            GAsyncResult  *result,
                                            GError       **error);

/* The person edits it: the entry becomes a draft again.  HD_ERROR_CONFLICT where it is being sent. */
void hd_store_return_to_draft_async (HdStore             *self,
                                     const char          *submission_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
HdDraft *hd_store_return_to_draft_finish (HdStore       *self,
                                          GAsyncResult  *result,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_discard_submission_async (HdStore             *self,
                                        const char          *submission_id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean hd_store_discard_submission_finish (HdStore       *self,
                                             GAsyncResult  *result,
                                             GError       **error);

/* (element-type HdSubmission), oldest first, all that is not sent. */
void hd_store_list_outbox_async (HdStore             *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
GListModel *hd_store_list_outbox_finish (HdStore       *self,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Use --- */

void hd_store_note_offering_used_async (HdStore             *self,
                                        const char          *offering_id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean hd_store_note_offering_used_finish (HdStore       *self,
                                             GAsyncResult  *result,
                                             GError       **error);

/* Ids, most used on this machine first. */
void hd_store_list_used_offerings_async (HdStore             *self,
                                         guint                limit,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
GStrv hd_store_list_used_offerings_finish (HdStore       *self,
                                           GAsyncResult  *result,
                                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void hd_store_set_favourite_async (HdStore             *self,
                                   const char          *offering_id,
                                   gboolean             favourite,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean hd_store_set_favourite_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error);

void hd_store_list_favourites_async (HdStore             *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GStrv hd_store_list_favourites_finish (HdStore       *self,
                                       GAsyncResult  *result,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Small facts of the sync ("requests-as-of", "synced-at"); a NULL value deletes. Deleted by wipe_person unless the key starts with "portal-". */
void hd_store_set_value_async (HdStore             *self,
                               const char          *key,
                               const char          *value,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean hd_store_set_value_finish (HdStore       *self,
                                    GAsyncResult  *result,
                                    GError       **error);

void hd_store_get_value_async (HdStore             *self,
                               const char          *key,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
char *hd_store_get_value_finish (HdStore       *self,
                                 GAsyncResult  *result,
                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
