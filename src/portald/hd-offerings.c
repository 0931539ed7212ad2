/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offerings.h"

#include "hd-announcements.h"
#include "hd-form-rules.h"
#include "hd-form.h"
#include "hd-info.h"
#include "hd-json.h"
#include "hd-offering.h"
#include "hd-options.h"
#include "hd-record-json.h"
#include "hd-text.h"

/*
 * The service catalog: categories, offerings and their forms.
 *
 * Comes from a file of JSON and is replaced as a whole.  A form's version is
 * the hash of what it says, so it changes when and only when the form does.
 */

static gboolean
invalid (GError     **error,
         const char  *id,
         const char  *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s”: %s", id != NULL ? id : "?", what);
  return FALSE;
}

static gboolean
import_category (HdDatabase  *database,
                 JsonNode    *node,
                 guint        position,
                 GError     **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = hd_json_get_string (object, "id");
  g_autofree char *json = hd_text_from_json (node);

  if (id == NULL || hd_json_get_string (object, "name") == NULL)
    return invalid (error, id, "a category lacks its id or its name");

  return hd_database_run (database, error,
                          "INSERT INTO catalog_categories VALUES (?, ?, ?)", "sis", id,
                          (int) hd_json_get_int (object, "position", position), json);
}

/* Returns: (transfer full): the form with its offering and its version. */
static char *
complete_form (JsonNode    *form,
               const char  *offering_id,
               gint64      *version)
{
  g_autofree char *text = hd_text_from_json (form);
  g_autofree char *hash = hd_text_hash (text);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (copy);

  /* A number that fits everybody's integers. */
  hash[7] = '\0';
  *version = g_ascii_strtoll (hash, NULL, 16);
  json_object_set_string_member (object, "offering_id", offering_id);
  json_object_set_int_member (object, "version", *version);

  return hd_text_from_json (copy);
}

static gboolean
check_offering (HdDatabase  *database,
                JsonObject  *object,
                GError     **error)
{
  const char *id = hd_json_get_string (object, "id");
  const char *kind = hd_json_get_string (object, "kind");
  const char *category_id = hd_json_get_string (object, "category_id");

  if (id == NULL || hd_json_get_string (object, "name") == NULL)
    return invalid (error, id, "an offering lacks its id or its name");

  if (g_strcmp0 (kind, "request") != 0 && g_strcmp0 (kind, "incident") != 0)
    return invalid (error, id, "the kind is neither “request” nor “incident”");

  if (hd_database_count (database, "SELECT COUNT (*) FROM catalog_categories WHERE id = ?", "s",
                         category_id) != 1)
    return invalid (error, id, "there is no such category");

  if (hd_json_get_array (hd_json_get_object (object, "form"), "fields") == NULL)
    return invalid (error, id, "the offering has no form");

  return TRUE;
}

/* What the clients' library cannot read is not for the catalog. */
static gboolean
check_record (GType        type,
              const char  *id,
              const char  *json,
              GError     **error)
{
  g_autoptr (GObject) record = hd_record_new_from_string (type, json, error);

  if (record == NULL)
    g_prefix_error (error, "“%s”: ", id);

  return record != NULL;
}

static gboolean
is_field_of (HdForm     *form,
             const char *field_id)
{
  return field_id != NULL && hd_form_find_field (form, field_id) != NULL;
}

/* What is wrong with a field, by itself or among the others; %NULL if nothing is. */
static const char *
find_fault (HdForm     *form,
            JsonObject *object,
            HdField    *field)
{
  g_autoptr (GEnumClass) types = g_type_class_ref (HD_TYPE_FIELD_TYPE);
  const char *type = hd_json_get_string (object, "type");
  const char *pattern = hd_field_get_pattern (field);
  const char *parent = hd_field_get_depends_on (field);
  GListModel *conditions = hd_field_get_visible_when (field);
  g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, NULL) : NULL;

  if (type == NULL || g_enum_get_value_by_nick (types, type) == NULL)
    return "there is no such type of field";

  if (pattern != NULL && regex == NULL)
    return "the pattern is not one";

  if (hd_form_find_field (form, hd_field_get_id (field)) != field)
    return "another field has this id";

  if (parent != NULL && (!is_field_of (form, parent) || g_str_equal (parent, hd_field_get_id (field))))
    return "it depends on a field that is not there";

  for (guint i = 0; conditions != NULL && i < g_list_model_get_n_items (conditions); i++)
    {
      g_autoptr (HdCondition) condition = g_list_model_get_item (conditions, i);

      if (!is_field_of (form, hd_condition_get_field (condition)))
        return "it is shown by a field that is not there";
    }

  return NULL;
}

static gboolean find_circle (HdForm     *form,
                             const char *field_id,
                             GPtrArray  *path,
                             GHashTable *done);

/* The fields by which @field is shown, and the one by which its options are chosen. */
static gboolean
find_circle_behind (HdForm     *form,
                    HdField    *field,
                    GPtrArray  *path,
                    GHashTable *done)
{
  GListModel *conditions = hd_field_get_visible_when (field);
  const char *parent = hd_field_get_depends_on (field);

  for (guint i = 0; conditions != NULL && i < g_list_model_get_n_items (conditions); i++)
    {
      g_autoptr (HdCondition) condition = g_list_model_get_item (conditions, i);

      if (find_circle (form, hd_condition_get_field (condition), path, done))
        return TRUE;
    }

  return parent != NULL && find_circle (form, parent, path, done);
}

/*
 * @path: (element-type utf8): the fields from which we came here; if a circle is found, then from
 *   one field round to itself
 * @done: (element-type utf8): fields that are in no circle
 */
static gboolean
find_circle (HdForm     *form,
             const char *field_id,
             GPtrArray  *path,
             GHashTable *done)
{
  HdField *field = hd_form_find_field (form, field_id);
  guint begin;

  if (g_hash_table_contains (done, field_id))
    return FALSE;

  if (g_ptr_array_find_with_equal_func (path, field_id, g_str_equal, &begin))
    {
      g_ptr_array_remove_range (path, 0, begin);
      g_ptr_array_add (path, (char *) hd_field_get_id (field));
      return TRUE;
    }

  g_ptr_array_add (path, (char *) hd_field_get_id (field));

  if (find_circle_behind (form, field, path, done))
    return TRUE;

  g_ptr_array_set_size (path, (gint) path->len - 1);
  g_hash_table_add (done, (char *) hd_field_get_id (field));
  return FALSE;
}

/* Fields that wait for each other are never shown, or whether they are is nobody's guess. */
static gboolean
check_circles (HdForm  *form,
               GError **error)
{
  GListModel *list = hd_form_get_fields (form);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (list, i);

      if (find_circle (form, hd_field_get_id (field), path, done))
        {
          g_autofree char *names = NULL;

          g_ptr_array_add (path, NULL);
          names = g_strjoinv ("” ← “", (char **) path->pdata);
          return invalid (error, names, "these fields are shown by each other, in a circle");
        }
    }

  return TRUE;
}

/* A slip in the file is to be known here, not when somebody fills in the form. */
static gboolean
check_fields (const char  *text,
              JsonArray   *fields,
              GError     **error)
{
  g_autoptr (HdForm) form = hd_record_new_from_string (HD_TYPE_FORM, text, error);
  GListModel *list = form != NULL ? hd_form_get_fields (form) : NULL;

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (list, i);
      const char *fault = find_fault (form, json_node_get_object (json_array_get_element (fields, i)), field);

      if (fault != NULL)
        return invalid (error, hd_field_get_id (field), fault);
    }

  return form != NULL && check_circles (form, error);
}

static gboolean
import_offering (HdDatabase  *database,
                 JsonNode    *node,
                 guint        position,
                 GError     **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = hd_json_get_string (object, "id");
  g_autofree char *text = hd_text_from_json (node);
  g_autofree char *form = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) copy = NULL;
  gint64 version = 0;

  if (!check_offering (database, object, error))
    return FALSE;

  form = complete_form (json_object_get_member (object, "form"), id, &version);
  copy = json_from_string (text, NULL);
  json_object_remove_member (json_node_get_object (copy), "form");
  json_object_set_int_member (json_node_get_object (copy), "form_version", version);
  json = hd_text_from_json (copy);

  if (!check_record (HD_TYPE_OFFERING, id, json, error) ||
      !check_record (HD_TYPE_FORM, id, form, error) ||
      !check_fields (form, hd_json_get_array (hd_json_get_object (object, "form"), "fields"), error))
    return FALSE;

  return hd_database_run (database, error, "INSERT INTO offerings VALUES (?, ?, ?, ?)", "siss", id,
                          (int) hd_json_get_int (object, "position", position), json, form);
}

typedef gboolean (*ImportFunc) (HdDatabase  *database,
                                JsonNode    *node,
                                guint        position,
                                GError     **error);

static gboolean
import_array (HdDatabase  *database,
              JsonObject  *root,
              const char  *member,
              ImportFunc   import,
              GError     **error)
{
  JsonArray *array = hd_json_get_array (root, member);

  if (array == NULL)
    return invalid (error, member, "the array is missing");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!import (database, json_array_get_element (array, i), i, error))
        return FALSE;
    }

  return TRUE;
}

/* Every source that a field names is there. */
static gboolean
check_sources (HdDatabase  *database,
               JsonArray   *offerings,
               GError     **error)
{
  for (guint i = 0; i < json_array_get_length (offerings); i++)
    {
      JsonObject *offering = json_node_get_object (json_array_get_element (offerings, i));
      JsonArray *fields = hd_json_get_array (hd_json_get_object (offering, "form"), "fields");

      for (guint j = 0; j < json_array_get_length (fields); j++)
        {
          JsonObject *field = json_node_get_object (json_array_get_element (fields, j));
          const char *source = hd_json_get_string (field, "options_source");

          if (source != NULL &&
              hd_database_count (database, "SELECT COUNT (*) FROM options WHERE source = ?", "s",
                                 source) <= 0)
            return invalid (error, source, "there is no such source of options");
        }
    }

  return TRUE;
}

static gboolean
import_members (HdDatabase  *database,
                JsonObject  *root,
                GError     **error)
{
  JsonNode *info = json_object_get_member (root, "info");
  JsonArray *announcements = hd_json_get_array (root, "announcements");

  return (info == NULL || !JSON_NODE_HOLDS_OBJECT (info) || hd_info_set (database, info, error)) &&
         (announcements == NULL || hd_announcements_import (database, announcements, error)) &&
         hd_database_run (database, error, "DELETE FROM catalog_categories", "") &&
         hd_database_run (database, error, "DELETE FROM offerings", "") &&
         import_array (database, root, "categories", import_category, error) &&
         import_array (database, root, "offerings", import_offering, error) &&
         hd_options_import (database, hd_json_get_object (root, "options"), error) &&
         check_sources (database, hd_json_get_array (root, "offerings"), error);
}

/**
 * hd_offerings_import:
 * @database: the database
 * @root: the file: info, categories, offerings with their forms, options
 * @error: return location for an error that says what is wrong with the file
 *
 * Replaces the catalog by the file's; all of it or, on an error, nothing.
 */
gboolean
hd_offerings_import (HdDatabase  *database,
                     JsonNode    *root,
                     GError     **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return invalid (error, "catalog", "not an object");

  return hd_database_begin (database, error) &&
         hd_database_end (database, import_members (database, json_node_get_object (root), error),
                          error);
}

static JsonArray *
read_array (HdDatabase *database,
            const char *sql,
            GChecksum  *checksum)
{
  g_autoptr (HdRows) rows = hd_database_query (database, NULL, sql, "");
  JsonArray *array = json_array_new ();

  while (rows != NULL && hd_rows_next (rows, NULL))
    {
      JsonNode *node = hd_text_to_json (hd_rows_get_text (rows, 0));

      g_checksum_update (checksum, (const guchar *) hd_rows_get_text (rows, 0), -1);

      if (node != NULL)
        json_array_add_element (array, node);
    }

  return array;
}

/* Returns: (transfer full): the API's catalog. */
JsonNode *
hd_offerings_get (HdDatabase *database)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  JsonObject *object = json_object_new ();
  JsonArray *categories;
  JsonArray *offerings;
  g_autofree char *version = NULL;

  categories = read_array (database, "SELECT json FROM catalog_categories ORDER BY position, id",
                           checksum);
  offerings = read_array (database, "SELECT json FROM offerings ORDER BY position, id", checksum);
  version = g_strndup (g_checksum_get_string (checksum), 12);

  json_object_set_string_member (object, "version", version);
  json_object_set_array_member (object, "categories", categories);
  json_object_set_array_member (object, "offerings", offerings);
  return hd_text_take_object (object);
}

static JsonNode *
read_node (HdDatabase *database,
           const char *sql,
           const char *id)
{
  g_autoptr (HdRows) rows = hd_database_query (database, NULL, sql, "s", id);

  return rows != NULL && hd_rows_next (rows, NULL)
         ? hd_text_to_json (hd_rows_get_text (rows, 0)) : NULL;
}

JsonNode *
hd_offerings_get_offering (HdDatabase *database,
                           const char *id)
{
  return read_node (database, "SELECT json FROM offerings WHERE id = ?", id);
}

JsonNode *
hd_offerings_get_form (HdDatabase *database,
                       const char *offering_id)
{
  return read_node (database, "SELECT form FROM offerings WHERE id = ?", offering_id);
}
