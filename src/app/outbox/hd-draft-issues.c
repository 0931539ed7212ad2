/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft-issues.h"

/*
 * What the portal found wrong with a submission, from the moment it becomes a
 * draft again until a form page shows that draft.
 */

static GHashTable *
get_table (HdStore *store)
{
  GHashTable *table = g_object_get_data (G_OBJECT (store), "hd-draft-issues");

  if (table == NULL)
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_object_set_data_full (G_OBJECT (store), "hd-draft-issues", table, (GDestroyNotify) g_hash_table_unref);
    }

  return table;
}

/**
 * hd_draft_issues_put:
 * @store: an open store
 * @draft_id: a draft
 * @issues: (nullable) (element-type HdIssue): what is wrong with it; nothing is kept of an empty list
 */
void
hd_draft_issues_put (HdStore    *store,
                     const char *draft_id,
                     GListModel *issues)
{
  g_return_if_fail (HD_IS_STORE (store));

  if (draft_id != NULL && issues != NULL && g_list_model_get_n_items (issues) > 0)
    g_hash_table_replace (get_table (store), g_strdup (draft_id), g_object_ref (issues));
}

/**
 * hd_draft_issues_take:
 * @store: an open store
 * @draft_id: a draft
 *
 * Returns: (transfer full) (nullable) (element-type HdIssue): what is wrong with it; asked again, nothing is
 */
GListModel *
hd_draft_issues_take (HdStore    *store,
                      const char *draft_id)
{
  gpointer issues = NULL;

  g_return_val_if_fail (HD_IS_STORE (store), NULL);

  if (draft_id != NULL)
    g_hash_table_steal_extended (get_table (store), draft_id, NULL, &issues);

  return issues;
}
