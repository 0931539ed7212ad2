/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-accounts.h"
#include "hd-upload.h"
#include "hd-validation.h"

G_BEGIN_DECLS

#define HD_DESK_NAME "Служба підтримки"

/* All of these want an open transaction. */

char       *hd_request_create         (HdDatabase         *database,
                                       const HdUser       *user,
                                       JsonObject         *offering,
                                       const HdValidated  *validated,
                                       const char         *article_id,
                                       GPtrArray          *files,
                                       gint64              now,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_request_add_message    (HdDatabase         *database,
                                       const char         *request_id,
                                       const char         *author,
                                       gboolean            is_mine,
                                       const char         *text,
                                       GPtrArray          *files,
                                       gint64              now,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_request_set_status     (HdDatabase         *database,
                                       const char         *request_id,
                                       const char         *status,
                                       const char         *label,
                                       const char         *by,
                                       gint64              now,
                                       GError            **error);
gboolean    hd_request_set_waiting    (HdDatabase         *database,
                                       const char         *request_id,
                                       gboolean            is_waiting,
                                       GError            **error);
gboolean    hd_request_set_assignee   (HdDatabase         *database,
                                       const char         *request_id,
                                       const char         *assignee,
                                       GError            **error);
gboolean    hd_request_rate           (HdDatabase         *database,
                                       const char         *request_id,
                                       gint64              stars,
                                       const char         *comment,
                                       gint64              now,
                                       GError            **error);
const char *hd_request_status_label   (const char         *status);
char       *hd_request_find_by_number (HdDatabase         *database,
                                       const char         *number,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
