/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-json.h"

#include <string.h>

#include "hd-json.h"

/*
 * JSON as Request Tracker writes it: numbers are strings in lists and numbers in
 * single records, an unset date is the beginning of 1970, an unset text is "".
 * A member that is not what it should be counts as absent.
 */

/* Returns: (transfer full) (nullable): an id, be it a number or a string */
char *
hd_rt_json_dup_id (JsonObject *object,
                   const char *member)
{
  const char *text = hd_json_get_string (object, member);
  gint64 number = hd_json_get_int (object, member, -1);

  if (text != NULL && *text != '\0')
    return g_strdup (text);

  return number >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

/* Returns: (transfer full) (nullable): the id of what a member refers to */
char *
hd_rt_json_dup_ref_id (JsonObject *object,
                       const char *member)
{
  return hd_rt_json_dup_id (hd_json_get_object (object, member), "id");
}

/* Returns: (transfer none) (nullable): a text that is not empty */
const char *
hd_rt_json_get_text (JsonObject *object,
                     const char *member)
{
  const char *text = hd_json_get_string (object, member);

  return text != NULL && *text != '\0' ? text : NULL;
}

/* 0 where there is none. */
gint64
hd_rt_json_get_number (JsonObject *object,
                       const char *member)
{
  g_autofree char *text = hd_rt_json_dup_id (object, member);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Returns: (transfer full) (nullable): a date that is set */
GDateTime *
hd_rt_json_get_time (JsonObject *object,
                     const char *member)
{
  const char *text = hd_json_get_string (object, member);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return time != NULL && g_date_time_to_unix (time) > 0 ? g_steal_pointer (&time) : NULL;
}

static gint64
get_offset (GTimeZone *zone,
            gint64     seconds)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/**
 * hd_rt_json_dup_time_text:
 * @seconds: a time, since 1970
 * @zone: that of the person’s profile
 *
 * RT takes a text for UTC, and subtracts what the zone is ahead of it at that time, not at the
 * one that is meant: a few hours from where clocks change that is another.
 *
 * Returns: (transfer full) (nullable): what RT reads as that time; for the one hour in a year that no
 *   text is read as, as an hour before
 */
char *
hd_rt_json_dup_time_text (gint64     seconds,
                          GTimeZone *zone)
{
  gint64 text = seconds + get_offset (zone, seconds);
  gint64 other = seconds + get_offset (zone, text);
  g_autoptr (GDateTime) time = NULL;

  if (other - get_offset (zone, other) <= seconds)
    text = other;

  time = g_date_time_new_from_unix_utc (text);
  return time != NULL ? g_date_time_format (time, "%F %T") : NULL;
}

/* Returns: (transfer none) (nullable): an element, if it is an object */
JsonObject *
hd_rt_json_get_element (JsonArray *array,
                        guint      position)
{
  JsonNode *node = json_array_get_element (array, position);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

guint
hd_rt_json_get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/* Returns: (transfer none) (nullable): the text of one of the values of a custom field */
const char *
hd_rt_json_get_value (JsonArray *values,
                      guint      position)
{
  JsonNode *node = position < hd_rt_json_get_length (values) ? json_array_get_element (values, position) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

/* Returns: (transfer full) (nullable): what is behind the last slash, as of `…/download/cf/17` */
char *
hd_rt_json_dup_last_part (const char *uri)
{
  const char *slash = uri != NULL ? strrchr (uri, '/') : NULL;

  return slash != NULL && slash[1] != '\0' ? g_strdup (slash + 1) : NULL;
}

/* Returns: (transfer none) (nullable): the custom field of this number, with its values */
JsonObject *
hd_rt_json_find_field (JsonObject *object,
                       const char *id)
{
  JsonArray *fields = hd_json_get_array (object, "CustomFields");

  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      g_autofree char *other = hd_rt_json_dup_id (hd_rt_json_get_element (fields, i), "id");

      if (g_strcmp0 (id, other) == 0)
        return hd_rt_json_get_element (fields, i);
    }

  return NULL;
}

/* Adds the elements of one array to another; @some: (nullable) */
void
hd_rt_json_append (JsonArray *all,
                   JsonArray *some)
{
  for (guint i = 0; i < hd_rt_json_get_length (some); i++)
    json_array_add_element (all, json_node_ref (json_array_get_element (some, i)));
}

void
hd_rt_json_add_condition (JsonNode   *filter,
                          const char *field,
                          const char *operator,
                          const char *value)
{
  JsonObject *condition = json_object_new ();

  json_object_set_string_member (condition, "field", field);
  json_object_set_string_member (condition, "operator", operator);
  json_object_set_string_member (condition, "value", value);
  json_array_add_object_element (json_node_get_array (filter), condition);
}

/**
 * hd_rt_json_filter:
 * @field: (nullable): the first field
 * @...: its operator and value; more fields, operators and values; then %NULL
 *
 * Returns: (transfer full): the conditions of a search: those on one field are
 *   alternatives, those on several must all be met
 */
JsonNode *
hd_rt_json_filter (const char *field,
                   ...)
{
  JsonNode *filter = json_node_new (JSON_NODE_ARRAY);
  va_list arguments;

  json_node_take_array (filter, json_array_new ());
  va_start (arguments, field);

  for (const char *name = field; name != NULL; name = va_arg (arguments, const char *))
    {
      const char *operator = va_arg (arguments, const char *);

      hd_rt_json_add_condition (filter, name, operator, va_arg (arguments, const char *));
    }

  va_end (arguments);
  return filter;
}
