/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-call.h"
#include "hd-form.h"
#include "hd-upload.h"

G_BEGIN_DECLS

/**
 * HdValidated:
 *
 * A submission that the form's rules accept.
 */
typedef struct
{
  JsonNode *answers;   /* what counts of the answers */
  JsonNode *fields;    /* the API's FieldValues */
  char     *subject;   /* (nullable) */
  char     *priority;  /* (nullable) */
  char     *words;     /* what the request can be found by */
} HdValidated;

HdValidated *hd_validate           (HdCall         *call,
                                    HdForm         *form,
                                    const HdUpload *upload,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void         hd_validated_free     (HdValidated    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdValidated, hd_validated_free)

G_END_DECLS
