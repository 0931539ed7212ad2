/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-message.h"
#include "hd-rt-private.h"

G_BEGIN_DECLS

/* What was received of a ticket. */
typedef struct
{
  HdRequest *held;         /* (owned) (nullable): as it was known before */
  JsonNode  *ticket;       /* (owned) (nullable) */
  JsonArray *history;      /* (owned) (nullable): its transactions, oldest first */
  JsonArray *bodies;       /* (owned): of the correspondence that is not held */
  JsonArray *attachments;  /* (owned): likewise */
} HdRtConversation;

/* One correspondence of a ticket, made of its parts. */
typedef struct
{
  const char *id;           /* of the transaction */
  JsonArray  *bodies;       /* of text, of all correspondence */
  JsonArray  *attachments;  /* likewise */
} HdRtParts;

gboolean    hd_rt_is_correspondence       (JsonObject       *transaction);
HdMessage  *hd_rt_conversation_find_held  (HdRtConversation *conversation,
                                           const char       *id) G_GNUC_WARN_UNUSED_RESULT;
HdRequest  *hd_rt_conversation_to_request (HdRtPortal       *self,
                                           HdRtConversation *conversation) G_GNUC_WARN_UNUSED_RESULT;

char       *hd_rt_parts_dup_text        (HdRtParts *self) G_GNUC_WARN_UNUSED_RESULT;
GListStore *hd_rt_parts_dup_attachments (HdRtParts *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
