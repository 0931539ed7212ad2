/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-private.h"

/* HdPortal: the calls about articles, news and pictures. */

/**
 * hd_portal_list_articles_async:
 * @self: a portal
 * @since: (nullable): the as-of of an earlier answer
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for what changed in the knowledge base.
 */
void
hd_portal_list_articles_async (HdPortal            *self,
                               const char          *since,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_list_articles_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->list_articles (self, since, task);
}

/**
 * hd_portal_list_articles_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what changed
 */
HD_PORTAL_DEFINE_FINISH_POINTER (list_articles, HdArticleChanges *)

/**
 * hd_portal_list_announcements_async:
 * @self: a portal
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for the announcements.
 */
void
hd_portal_list_announcements_async (HdPortal            *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_list_announcements_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->list_announcements (self, task);
}

/**
 * hd_portal_list_announcements_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the current ones
 */
HD_PORTAL_DEFINE_FINISH_POINTER (list_announcements, HdAnnouncementList *)

/**
 * hd_portal_get_media_async:
 * @self: a portal
 * @name: a picture, as an article or an offering names it
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for a picture.  A name stands for the same bytes for ever.
 */
void
hd_portal_get_media_async (HdPortal            *self,
                           const char          *name,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (name != NULL);

  task = hd_portal_start_call (self, hd_portal_get_media_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_media (self, name, task);
}

/**
 * hd_portal_get_media_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): its bytes
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_media, GBytes *)

/**
 * hd_portal_get_media_bundle_async:
 * @self: a portal with %HD_PORTAL_MEDIA_BUNDLE
 * @names: some pictures, as articles name them
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for many pictures at once: over a long line each answer costs as much
 * time as a small picture does.  What there is no room for in one answer has to
 * be asked for by itself.
 */
void
hd_portal_get_media_bundle_async (HdPortal            *self,
                                  const char *const   *names,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (names != NULL);

  task = hd_portal_start_call (self, hd_portal_get_media_bundle_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_media_bundle (self, names, task);
}

/**
 * hd_portal_get_media_bundle_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type utf8 GBytes): those that
 *   have come, by name; each is the one of that name
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_media_bundle, GHashTable *)

/**
 * hd_portal_send_feedback_async:
 * @self: a portal
 * @submission: feedback on an article
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Says whether an article helped.
 */
void
hd_portal_send_feedback_async (HdPortal            *self,
                               HdSubmission        *submission,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (submission != NULL);

  task = hd_portal_start_call (self, hd_portal_send_feedback_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->send_feedback (self, submission, task);
}

/**
 * hd_portal_send_feedback_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was taken
 */
HD_PORTAL_DEFINE_FINISH (send_feedback)
