/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-announcement.h"
#include "hd-contact.h"
#include "hd-draft.h"
#include "hd-request.h"
#include "hd-submission.h"

G_BEGIN_DECLS

GtkWidget *hd_home_rows_create_request      (HdRequest      *request);
GtkWidget *hd_home_rows_create_announcement (HdAnnouncement *announcement);
GtkWidget *hd_home_rows_create_contact      (HdContact      *contact);
GtkWidget *hd_home_rows_create_draft        (HdDraft        *draft);
GtkWidget *hd_home_rows_create_submission   (HdSubmission   *submission);

G_END_DECLS
