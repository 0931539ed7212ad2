/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-json.h"

#include "hd-error.h"
#include "hd-json.h"
#include "hd-name-lines.h"

/*
 * Records as JSON: a member for each field, named as the property with `_` for
 * `-`.  The documented API of the open portal, the store and `helpdeskctl --json`
 * all use this one form.  What is unset is left out.
 */

static gboolean
parse_enum (const char *nick,
            GValue     *value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (G_VALUE_TYPE (value));
  GEnumValue *enum_value = g_enum_get_value_by_nick (enum_class, nick);

  /* Servers grow new states; those show as the enumeration's zero value. */
  g_value_set_enum (value, enum_value != NULL ? enum_value->value : 0);
  return TRUE;
}

/* A time of the first year or the last, which stands for “never”, is none in every zone. */
enum
{
  FIRST_YEAR = 2,
  LAST_YEAR = 9998,
};

static gboolean
parse_date_time (const char *text,
                 GValue     *value)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date_time = g_date_time_new_from_iso8601 (text, utc);

  if (date_time == NULL)
    return FALSE;

  if (g_date_time_get_year (date_time) < FIRST_YEAR)
    g_value_take_boxed (value, g_date_time_new_utc (FIRST_YEAR, 1, 1, 0, 0, 0));
  else if (g_date_time_get_year (date_time) > LAST_YEAR)
    g_value_take_boxed (value, g_date_time_new_utc (LAST_YEAR, 12, 31, 0, 0, 0));
  else
    g_value_take_boxed (value, g_steal_pointer (&date_time));

  return TRUE;
}

static gboolean
parse_strv (JsonNode *node,
            GValue   *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return FALSE;

      g_strv_builder_add (builder, json_node_get_string (element));
    }

  g_value_take_boxed (value, g_strv_builder_end (builder));
  return TRUE;
}

/* Converts a JSON scalar to the type that value was initialised for. */
static gboolean
parse_scalar (JsonNode *node,
              GValue   *value)
{
  GType json_type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  const char *text = json_type == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  if (G_VALUE_HOLDS_STRING (value) && text != NULL)
    g_value_set_string (value, text);
  else if (G_VALUE_HOLDS_STRING (value) && json_type == G_TYPE_INT64)
    g_value_take_string (value, g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node)));
  else if (G_VALUE_HOLDS_INT64 (value) && json_type == G_TYPE_INT64)
    g_value_set_int64 (value, json_node_get_int (node));
  else if (G_VALUE_HOLDS_BOOLEAN (value) && json_type == G_TYPE_BOOLEAN)
    g_value_set_boolean (value, json_node_get_boolean (node));
  else if (G_VALUE_HOLDS_ENUM (value) && text != NULL)
    return parse_enum (text, value);
  else if (G_VALUE_HOLDS (value, G_TYPE_DATE_TIME) && text != NULL)
    return parse_date_time (text, value);
  else
    return FALSE;

  return TRUE;
}

static gboolean
parse_field (const HdRecordField  *field,
             JsonNode             *node,
             GValue               *value,
             GError              **error)
{
  gboolean parsed;

  if (field->kind == HD_RECORD_FIELD_OBJECT)
    {
      g_value_take_object (value, hd_record_new_from_json (field->get_type (), node, error));
      return g_value_get_object (value) != NULL;
    }

  if (field->kind == HD_RECORD_FIELD_LIST && JSON_NODE_HOLDS_ARRAY (node))
    {
      g_value_take_object (value, hd_record_list_from_json (field->get_type (), json_node_get_array (node), error));
      return g_value_get_object (value) != NULL;
    }

  if (field->kind == HD_RECORD_FIELD_NAMES)
    {
      g_value_take_boxed (value, hd_name_lines_from_json (node));
      return TRUE;
    }

  if (field->kind == HD_RECORD_FIELD_STRV)
    parsed = parse_strv (node, value);
  else
    parsed = field->kind != HD_RECORD_FIELD_LIST && parse_scalar (node, value);

  if (!parsed)
    g_set_error (error, HD_ERROR, HD_ERROR_PROTOCOL, "not a %s", G_VALUE_TYPE_NAME (value));

  return parsed;
}

static gboolean
read_field (HdRecord       *record,
            guint           i,
            JsonObject     *object,
            GError        **error)
{
  HdRecordClass *klass = HD_RECORD_GET_CLASS (record);
  const HdRecordField *field = &klass->fields[i];
  const char *member = klass->members[i];
  JsonNode *node = json_object_get_member (object, member);
  g_auto (GValue) value = G_VALUE_INIT;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      if (field->kind == HD_RECORD_FIELD_LIST)
        {
          g_autoptr (GListStore) empty = g_list_store_new (field->get_type ());

          g_object_set (record, field->name, empty, NULL);
        }

      if (field->required)
        g_set_error (error, HD_ERROR, HD_ERROR_PROTOCOL, "“%s” is missing", member);

      return !field->required;
    }

  g_value_init (&value, klass->pspecs[i + 1]->value_type);

  if (!parse_field (field, node, &value, error))
    {
      g_prefix_error (error, "“%s”: ", member);
      return FALSE;
    }

  g_object_set_property (G_OBJECT (record), field->name, &value);
  return TRUE;
}

/**
 * hd_record_new_from_json:
 * @type: the type of a record
 * @node: what the server sent for one object
 * @error: return location for a %HD_ERROR_PROTOCOL
 *
 * Unknown members are ignored; a member of a wrong type makes the record fail.
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a new record of @type
 */
gpointer
hd_record_new_from_json (GType      type,
                         JsonNode  *node,
                         GError   **error)
{
  g_autoptr (HdRecord) record = NULL;
  HdRecordClass *klass;

  g_return_val_if_fail (g_type_is_a (type, HD_TYPE_RECORD), NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, HD_ERROR, HD_ERROR_PROTOCOL, "%s is not an object", g_type_name (type));
      return NULL;
    }

  record = g_object_new (type, NULL);
  klass = HD_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (!read_field (record, i, json_node_get_object (node), error))
        return NULL;
    }

  return g_steal_pointer (&record);
}

/* As hd_record_new_from_json(), from a document in a string. */
gpointer
hd_record_new_from_string (GType        type,
                           const char  *json,
                           GError     **error)
{
  g_autoptr (JsonNode) node = hd_json_parse (json, strlen (json), error);

  return node != NULL ? hd_record_new_from_json (type, node, error) : NULL;
}

static JsonNode *
strv_to_json (char **strv)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; strv[i] != NULL; i++)
    json_array_add_string_element (array, strv[i]);

  json_node_take_array (node, array);
  return node;
}

static JsonNode *
string_to_json (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
date_time_to_json (GDateTime *date_time)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (date_time);
  g_autofree char *text = g_date_time_format_iso8601 (utc);

  return string_to_json (text);
}

static JsonNode *
enum_to_json (GType type,
              int   number)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);
  GEnumValue *enum_value = g_enum_get_value (enum_class, number);

  return enum_value != NULL && number != 0 ? string_to_json (enum_value->value_nick) : NULL;
}

/* NULL where there is nothing to write. */
static JsonNode *
field_to_json (const HdRecordField *field,
               gpointer             member)
{
  gpointer pointer = field->kind == HD_RECORD_FIELD_INT64 || field->kind == HD_RECORD_FIELD_BOOLEAN ||
                     field->kind == HD_RECORD_FIELD_ENUM ? NULL : *(gpointer *) member;

  switch (field->kind)
    {
    case HD_RECORD_FIELD_INT64:
      return json_node_init_int (json_node_alloc (), *(gint64 *) member);

    case HD_RECORD_FIELD_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), *(gboolean *) member);

    case HD_RECORD_FIELD_ENUM:
      return enum_to_json (field->get_type (), *(int *) member);

    case HD_RECORD_FIELD_STRING:
      return pointer != NULL ? string_to_json (pointer) : NULL;

    case HD_RECORD_FIELD_DATE_TIME:
      return pointer != NULL ? date_time_to_json (pointer) : NULL;

    case HD_RECORD_FIELD_STRV:
      return pointer != NULL ? strv_to_json (pointer) : NULL;

    case HD_RECORD_FIELD_NAMES:
      return pointer != NULL ? hd_name_lines_to_json (pointer) : NULL;

    case HD_RECORD_FIELD_OBJECT:
      return pointer != NULL ? hd_record_to_json (pointer) : NULL;

    case HD_RECORD_FIELD_LIST:
      return pointer != NULL ? hd_record_list_to_json (pointer) : NULL;

    default:
      g_assert_not_reached ();
    }
}

static JsonNode *
to_json (HdRecord   *self,
         const char *without)
{
  HdRecordClass *klass = HD_RECORD_GET_CLASS (self);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const HdRecordField *field = &klass->fields[i];
      JsonNode *value = NULL;

      if (g_strcmp0 (field->name, without) != 0)
        value = field_to_json (field, G_STRUCT_MEMBER_P (self, field->offset));

      if (value != NULL)
        json_object_set_member (object, klass->members[i], value);
    }

  json_node_take_object (node, object);
  return node;
}

/**
 * hd_record_to_json:
 * @self: a record
 *
 * Returns: (transfer full): an object with a member for each field that is set
 */
JsonNode *
hd_record_to_json (HdRecord *self)
{
  g_return_val_if_fail (HD_IS_RECORD (self), NULL);

  return to_json (self, NULL);
}

/* hd_record_to_json() as one line of text. */
char *
hd_record_to_string (HdRecord *self)
{
  return hd_record_to_string_without (self, NULL);
}

/* The same without one of its properties, which may be large and is kept apart; @property: (nullable) */
char *
hd_record_to_string_without (HdRecord   *self,
                             const char *property)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (HD_IS_RECORD (self), NULL);

  node = to_json (self, property);
  return json_to_string (node, FALSE);
}

/**
 * hd_record_list_from_json:
 * @type: the type of the records
 * @array: an array of objects
 * @error: return location for a %HD_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable) (element-type HdRecord): a #GListStore
 */
GListModel *
hd_record_list_from_json (GType       type,
                          JsonArray  *array,
                          GError    **error)
{
  g_autoptr (GListStore) list = g_list_store_new (type);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer record = hd_record_new_from_json (type, json_array_get_element (array, i), error);

      if (record == NULL)
        {
          g_prefix_error (error, "%u: ", i);
          return NULL;
        }

      g_ptr_array_add (records, record);
    }

  g_list_store_splice (list, 0, 0, records->pdata, records->len);
  return G_LIST_MODEL (g_steal_pointer (&list));
}

/* Returns: (transfer full): an array with an object for each record of @list */
JsonNode *
hd_record_list_to_json (GListModel *list)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (HdRecord) record = g_list_model_get_item (list, i);

      json_array_add_element (array, hd_record_to_json (record));
    }

  json_node_take_array (node, array);
  return node;
}

/**
 * hd_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a deep copy, of the same type
 */
gpointer
hd_record_copy (HdRecord *self)
{
  g_autoptr (JsonNode) node = hd_record_to_json (self);

  return hd_record_new_from_json (G_OBJECT_TYPE (self), node, NULL);
}
