/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-announcements.h"
#include "hd-offerings.h"
#include "hd-options.h"
#include "hd-problem.h"
#include "hd-text.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 200

void
hd_api_get_catalog (HdCall *call)
{
  hd_call_reply_cacheable (call, hd_offerings_get (hd_call_get_database (call)));
}

static void
reply_found (HdCall   *call,
             JsonNode *node)
{
  g_autoptr (GError) error = NULL;

  if (node != NULL)
    {
      hd_call_reply_cacheable (call, node);
      return;
    }

  hd_problem_set (&error, HD_PROBLEM_NOT_FOUND);
  hd_call_fail (call, error);
}

void
hd_api_get_form (HdCall *call)
{
  reply_found (call, hd_offerings_get_form (hd_call_get_database (call),
                                            hd_call_get_argument (call, 0)));
}

void
hd_api_get_options (HdCall *call)
{
  g_autoptr (GError) error = NULL;
  gint64 limit = DEFAULT_LIMIT;

  if (!hd_call_get_query_int (call, "limit", 1, MAX_LIMIT, &limit, &error))
    {
      hd_call_fail (call, error);
      return;
    }

  reply_found (call, hd_options_search (hd_call_get_database (call), hd_call_get_argument (call, 0),
                                        hd_call_get_query (call, "q"),
                                        hd_call_get_query (call, "parent"), limit));
}

void
hd_api_get_announcements (HdCall *call)
{
  hd_call_reply_cacheable (call, hd_announcements_get (hd_call_get_database (call),
                                                       hd_text_now ()));
}
