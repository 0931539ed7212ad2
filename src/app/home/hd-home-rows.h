/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-announcement.h"
#include "hd-contact.h"
#include "hd-request.h"

G_BEGIN_DECLS

GtkWidget *hd_home_rows_create_request      (HdRequest      *request);
GtkWidget *hd_home_rows_create_announcement (HdAnnouncement *announcement);
GtkWidget *hd_home_rows_create_contact      (HdContact      *contact);

G_END_DECLS
