/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-message.h"
#include "hd-rt-private.h"

G_BEGIN_DECLS

/* One correspondence of a ticket, made of its parts. */
typedef struct
{
  const char *id;           /* of the transaction */
  JsonArray  *bodies;       /* of text, of all correspondence */
  JsonArray  *attachments;  /* likewise */
} HdRtParts;

char       *hd_rt_parts_dup_text        (HdRtParts *self) G_GNUC_WARN_UNUSED_RESULT;
GListStore *hd_rt_parts_dup_attachments (HdRtParts *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
