/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

/* From rows to results: what the run functions of reading calls end with. */

/* Leaves a list of the records, of which the array is taken. */
gboolean
hd_store_list_result (HdStoreCall *call,
                      GPtrArray   *records,
                      GType        type)
{
  HdRecordArray *array = hd_record_array_new (type, records);

  hd_record_array_set_provisional (array, call->provisional);
  hd_store_call_take (call, array, g_object_unref);
  return TRUE;
}

/* A row that an older version wrote may not be readable any more: it is as good as not there. */
static gpointer
read_row (HdStatement *statement,
          GType        type)
{
  const char *json = hd_statement_get_text (statement, 0);
  g_autoptr (GError) error = NULL;
  gpointer record = json != NULL ? hd_record_new_from_string (type, json, &error) : NULL;

  if (error != NULL)
    g_debug ("A row of the store could not be read as %s", g_type_name (type));

  return record;
}

/**
 * hd_store_read_records:
 * @call: leaves its result here, a list
 * @statement: (nullable): with JSON in its first column; NULL where @error is set
 * @type: the type of the records
 * @error: return location for an error
 */
gboolean
hd_store_read_records (HdStoreCall  *call,
                       HdStatement  *statement,
                       GType         type,
                       GError      **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      gpointer record = read_row (statement, type);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return step == HD_STEP_DONE && hd_store_list_result (call, g_steal_pointer (&records), type);
}

/* As hd_store_read_records(), for the first row; no row leaves no result. */
gboolean
hd_store_read_record (HdStoreCall  *call,
                      HdStatement  *statement,
                      GType         type,
                      GError      **error)
{
  HdStep step = statement != NULL ? hd_statement_step (statement, error) : HD_STEP_ERROR;

  hd_store_call_take (call, step == HD_STEP_ROW ? read_row (statement, type) : NULL, g_object_unref);
  return step != HD_STEP_ERROR;
}

/* As hd_store_read_records(), for the first column as strings. */
gboolean
hd_store_read_strv (HdStoreCall  *call,
                    HdStatement  *statement,
                    GError      **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    g_strv_builder_add (builder, hd_statement_get_text (statement, 0));

  if (step != HD_STEP_DONE)
    return FALSE;

  hd_store_call_take (call, g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);
  return TRUE;
}
