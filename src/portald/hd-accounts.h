/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

/**
 * HdUser:
 *
 * A person who may sign in.
 */
typedef struct
{
  char *id;
  char *user_name;
  char *name;
  char *email;
  char *department;  /* (nullable) */
  char *phone;       /* (nullable) */
  char *office;      /* (nullable) */
} HdUser;

void      hd_user_free              (HdUser      *user);
JsonNode *hd_user_to_json           (const HdUser *user) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdUser, hd_user_free)

char     *hd_accounts_normalise     (HdDatabase  *database,
                                     const char  *user_name) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_accounts_add           (HdDatabase  *database,
                                     const HdUser *user,
                                     const char  *password,
                                     GError     **error);
gboolean  hd_accounts_set_password  (HdDatabase  *database,
                                     const char  *user_name,
                                     const char  *password,
                                     GError     **error);
HdUser   *hd_accounts_find          (HdDatabase  *database,
                                     const char  *user_name) G_GNUC_WARN_UNUSED_RESULT;
HdUser   *hd_accounts_get           (HdDatabase  *database,
                                     const char  *id) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_accounts_dup_password  (HdDatabase  *database,
                                     const char  *user_name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
