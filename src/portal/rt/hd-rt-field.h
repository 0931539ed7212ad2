/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-field.h"
#include "hd-rt-site.h"

G_BEGIN_DECLS

/* What a field of a form is called, of the custom field N: cf-N, and how its value is written. */
#define HD_RT_FIELD_PREFIX "cf-"
#define HD_RT_LINES_SUFFIX "-lines"  /* each line is a value */
#define HD_RT_HTML_SUFFIX "-html"
#define HD_RT_IP_SUFFIX "-ip"        /* RT writes it in another way */
#define HD_RT_OTHER_SUFFIX "-other"  /* instead of one of the options */
#define HD_RT_OTHER_VALUE "\xe2\x80\xa6"
#define HD_RT_SUBJECT_FIELD "subject"
#define HD_RT_TEXT_FIELD "text"
#define HD_RT_FILES_FIELD "attachments"

/* A custom field of tickets, as far as a form needs it. */
typedef struct
{
  char     *id;           /* (owned): the number */
  char     *name;         /* (owned) */
  char     *type;         /* (owned): RT's */
  char     *description;  /* (owned) (nullable) */
  char     *hint;         /* (owned) (nullable) */
  char     *pattern;      /* (owned) (nullable) */
  char     *based_on;     /* (owned) (nullable): the number of another one */
  gboolean  is_single;
} HdRtField;

HdRtField  *hd_rt_field_new           (JsonObject *definition) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_field_free          (HdRtField  *self);
HdFieldType hd_rt_field_get_type      (HdRtField  *self);
gboolean    hd_rt_field_has_options   (HdRtField  *self);
gboolean    hd_rt_field_is_searched   (HdRtField  *self);
gboolean    hd_rt_field_is_open       (HdRtField  *self);
HdField    *hd_rt_field_create        (HdRtField  *self,
                                       GListModel *options) G_GNUC_WARN_UNUSED_RESULT;
HdField    *hd_rt_field_create_other  (HdRtField  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdRtField, hd_rt_field_free)

G_END_DECLS
