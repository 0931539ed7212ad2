/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "hd-accounts.h"
#include "hd-server.h"
#include "hd-words.h"

G_BEGIN_DECLS

#define HD_TYPE_CALL (hd_call_get_type ())
G_DECLARE_FINAL_TYPE (HdCall, hd_call, HD, CALL, GObject)

HdCall       *hd_call_new              (HdServer           *server,
                                        SoupServerMessage  *message,
                                        GHashTable         *query) G_GNUC_WARN_UNUSED_RESULT;
HdServer     *hd_call_get_server       (HdCall             *self);
HdDatabase   *hd_call_get_database     (HdCall             *self);
SoupServerMessage *
              hd_call_get_message      (HdCall             *self);
HdLanguage    hd_call_get_language     (HdCall             *self);
const char   *hd_call_get_query        (HdCall             *self,
                                        const char         *name);
gboolean      hd_call_get_query_int    (HdCall             *self,
                                        const char         *name,
                                        gint64              minimum,
                                        gint64              maximum,
                                        gint64             *value,
                                        GError            **error);
const char   *hd_call_get_argument     (HdCall             *self,
                                        guint               position);
void          hd_call_take_arguments   (HdCall             *self,
                                        char              **arguments);
const HdUser *hd_call_get_user         (HdCall             *self);
const char   *hd_call_get_token        (HdCall             *self);
void          hd_call_take_user        (HdCall             *self,
                                        HdUser             *user);
JsonObject   *hd_call_read_json        (HdCall             *self,
                                        GError            **error) G_GNUC_WARN_UNUSED_RESULT;

void          hd_call_pause            (HdCall             *self);
void          hd_call_reply_json       (HdCall             *self,
                                        guint               status,
                                        JsonNode           *node);
void          hd_call_reply_text       (HdCall             *self,
                                        guint               status,
                                        const char         *json);
void          hd_call_reply_cacheable  (HdCall             *self,
                                        JsonNode           *node);
void          hd_call_reply_empty      (HdCall             *self,
                                        guint               status);
void          hd_call_reply_bytes      (HdCall             *self,
                                        GBytes             *bytes,
                                        const char         *content_type);
void          hd_call_set_header       (HdCall             *self,
                                        const char         *name,
                                        const char         *value);
void          hd_call_fail             (HdCall             *self,
                                        const GError       *error);
void          hd_call_add_to_problem   (HdCall             *self,
                                        const char         *member,
                                        JsonNode           *value);

G_END_DECLS
