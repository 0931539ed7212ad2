/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-call.h"

G_BEGIN_DECLS

/* The operations of the API, one function each; see docs/portal-api.yaml. */

void hd_api_get_info          (HdCall *call);
void hd_api_sign_in           (HdCall *call);
void hd_api_sign_out          (HdCall *call);
void hd_api_get_me            (HdCall *call);

void hd_api_get_catalog       (HdCall *call);
void hd_api_get_form          (HdCall *call);
void hd_api_get_options       (HdCall *call);
void hd_api_get_announcements (HdCall *call);

void hd_api_submit            (HdCall *call);
void hd_api_list_requests     (HdCall *call);
void hd_api_get_request       (HdCall *call);
void hd_api_reply             (HdCall *call);
void hd_api_cancel            (HdCall *call);
void hd_api_reopen            (HdCall *call);
void hd_api_confirm           (HdCall *call);
void hd_api_rate              (HdCall *call);

void hd_api_list_articles     (HdCall *call);
void hd_api_get_article       (HdCall *call);
void hd_api_send_feedback     (HdCall *call);

void hd_api_get_attachment    (HdCall *call);
void hd_api_get_media         (HdCall *call);
void hd_api_get_media_bundle  (HdCall *call);

void hd_api_get_upload        (HdCall *call);
void hd_api_add_to_upload     (HdCall *call);

char *hd_api_format_disposition (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
