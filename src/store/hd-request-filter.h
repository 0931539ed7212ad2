/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"

G_BEGIN_DECLS

/**
 * HdRequestSort:
 *
 * The columns by which requests can be sorted.
 */
typedef enum
{
  HD_REQUEST_SORT_UPDATED,
  HD_REQUEST_SORT_NUMBER,
  HD_REQUEST_SORT_SUBJECT,
  HD_REQUEST_SORT_KIND,
  HD_REQUEST_SORT_STATUS,
  HD_REQUEST_SORT_PRIORITY,
  HD_REQUEST_SORT_CREATED,
} HdRequestSort;

/**
 * HdRequestScope:
 *
 * The filter chips of My Items.
 */
typedef enum
{
  HD_REQUEST_SCOPE_ALL,
  HD_REQUEST_SCOPE_OPEN,
  HD_REQUEST_SCOPE_WAITING,
  HD_REQUEST_SCOPE_CLOSED,
} HdRequestScope;

/**
 * HdRequestFilter:
 * @scope: which states
 * @kind: %HD_KIND_NONE for both
 * @status: %HD_STATUS_UNKNOWN for all
 * @days: only those updated in so many last days; 0 for all
 * @text: (nullable): number or words
 * @sort: by what
 * @descending: in which order
 * @limit: at most so many; 0 for all
 *
 * What My Items shows.
 */
typedef struct
{
  HdRequestScope  scope;
  HdKind          kind;
  HdStatus        status;
  guint           days;
  const char     *text;
  HdRequestSort   sort;
  gboolean        descending;
  guint           limit;
} HdRequestFilter;

G_END_DECLS
