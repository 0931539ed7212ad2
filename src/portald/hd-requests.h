/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

/* What most readers of a request select, in this order. */
#define HD_REQUEST_COLUMNS \
  "id, number, kind, subject, offering_id, offering_name, status, status_label, waiting," \
  " priority, created_at, updated_at, closed_at, message_count, assignee, rating"

typedef enum
{
  HD_REQUEST_ACTION_REPLY,
  HD_REQUEST_ACTION_CANCEL,
  HD_REQUEST_ACTION_REOPEN,
  HD_REQUEST_ACTION_CONFIRM,
  HD_REQUEST_ACTION_RATE,
} HdRequestAction;

gboolean    hd_requests_allows     (const char       *status,
                                    int               rating,
                                    HdRequestAction   action);
char       *hd_requests_find       (HdDatabase       *database,
                                    const char       *account_id,
                                    const char       *id,
                                    int              *rating,
                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *hd_requests_read_row   (HdRows           *rows) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *hd_requests_get_full   (HdDatabase       *database,
                                    const char       *id,
                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *hd_requests_get_message (HdDatabase      *database,
                                     const char      *message_id,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
