/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-accounts.h"

#include <string.h>

#include "hd-info.h"
#include "hd-passwords.h"
#include "hd-text.h"

/*
 * Who may sign in.
 */

#define MAX_USER_NAME 64

void
hd_user_free (HdUser *user)
{
  g_free (user->id);
  g_free (user->user_name);
  g_free (user->name);
  g_free (user->email);
  g_free (user->department);
  g_free (user->phone);
  g_free (user->office);
  g_free (user);
}

/* Returns: (transfer full): the person as the API's Account. */
JsonNode *
hd_user_to_json (const HdUser *user)
{
  JsonObject *object = json_object_new ();

  hd_text_add_string (object, "id", user->id);
  hd_text_add_string (object, "user_name", user->user_name);
  hd_text_add_string (object, "name", user->name);
  hd_text_add_string (object, "email", user->email);
  hd_text_add_string (object, "department", user->department);
  hd_text_add_string (object, "phone", user->phone);
  hd_text_add_string (object, "office", user->office);

  return hd_text_take_object (object);
}

/**
 * hd_accounts_normalise:
 * @database: the database
 * @user_name: what somebody typed: a user name in any case, or the address of
 *   the service mailbox
 *
 * Returns: (transfer full): the user name
 */
char *
hd_accounts_normalise (HdDatabase *database,
                       const char *user_name)
{
  g_autofree char *domain = hd_info_dup_mail_domain (database);
  g_autofree char *folded_domain = hd_text_fold (domain);
  g_autofree char *folded = hd_text_fold (user_name);
  char *at;

  g_strstrip (folded);
  at = strrchr (folded, '@');

  /* Another organisation's address is not one of our names. */
  if (at != NULL && at != folded && g_str_equal (at + 1, folded_domain))
    *at = '\0';

  return g_steal_pointer (&folded);
}

/* A word that can be typed, shown and be part of an address. */
static gboolean
is_user_name (const char *name)
{
  glong length = g_utf8_strlen (name, -1);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isgraph (c) || c == '@' || c == '/')
        return FALSE;
    }

  return length > 0 && length <= MAX_USER_NAME;
}

/**
 * hd_accounts_add:
 * @database: the database
 * @user: the person; the id is made here
 * @password: the password
 * @error: return location for an error
 *
 * Takes as long as hashing a password takes.
 *
 * Returns: whether the account is there now
 */
gboolean
hd_accounts_add (HdDatabase    *database,
                 const HdUser  *user,
                 const char    *password,
                 GError       **error)
{
  g_autofree char *user_name = hd_accounts_normalise (database, user->user_name);
  g_autofree char *id = hd_text_random_id ();
  g_autofree char *hash = NULL;

  if (!is_user_name (user_name))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a user name",
                   user->user_name);
      return FALSE;
    }

  if (hd_database_count (database, "SELECT COUNT (*) FROM accounts WHERE user_name = ?", "s",
                         user_name) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” exists already", user_name);
      return FALSE;
    }

  hash = hd_password_hash (password, error);

  return hash != NULL &&
         hd_database_run (database, error,
                          "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "ssssssss",
                          id, user_name, hash, user->name, user->email, user->department,
                          user->phone, user->office);
}

/* Sets a password; ends the person's sessions and any lock. */
gboolean
hd_accounts_set_password (HdDatabase  *database,
                          const char  *user_name,
                          const char  *password,
                          GError     **error)
{
  g_autoptr (HdUser) user = hd_accounts_find (database, user_name);
  g_autofree char *hash = NULL;

  if (user == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no “%s”", user_name);
      return FALSE;
    }

  hash = hd_password_hash (password, error);

  if (hash == NULL || !hd_database_begin (database, error))
    return FALSE;

  return hd_database_end (database,
                          hd_database_run (database, error,
                                           "UPDATE accounts SET password = ? WHERE id = ?", "ss",
                                           hash, user->id) &&
                          hd_database_run (database, error,
                                           "DELETE FROM sessions WHERE account_id = ?", "s",
                                           user->id) &&
                          hd_database_run (database, error,
                                           "DELETE FROM failures WHERE user_name = ?", "s",
                                           user->user_name) &&
                          hd_database_run (database, error,
                                           "DELETE FROM locks WHERE user_name = ?", "s",
                                           user->user_name),
                          error);
}

#define USER_COLUMNS "id, user_name, name, email, department, phone, office"

static HdUser *
read_user (HdRows *rows)
{
  HdUser *user;

  if (rows == NULL || !hd_rows_next (rows, NULL))
    return NULL;

  user = g_new0 (HdUser, 1);
  user->id = g_strdup (hd_rows_get_text (rows, 0));
  user->user_name = g_strdup (hd_rows_get_text (rows, 1));
  user->name = g_strdup (hd_rows_get_text (rows, 2));
  user->email = g_strdup (hd_rows_get_text (rows, 3));
  user->department = g_strdup (hd_rows_get_text (rows, 4));
  user->phone = g_strdup (hd_rows_get_text (rows, 5));
  user->office = g_strdup (hd_rows_get_text (rows, 6));
  return user;
}

HdUser *
hd_accounts_find (HdDatabase *database,
                  const char *user_name)
{
  g_autofree char *normal = hd_accounts_normalise (database, user_name);
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT " USER_COLUMNS " FROM accounts WHERE user_name = ?", "s",
                            normal);
  return read_user (rows);
}

HdUser *
hd_accounts_get (HdDatabase *database,
                 const char *id)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT " USER_COLUMNS " FROM accounts WHERE id = ?", "s", id);
  return read_user (rows);
}

/* Returns: (transfer full) (nullable): the hash of a normalised user's password. */
char *
hd_accounts_dup_password (HdDatabase *database,
                          const char *user_name)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL, "SELECT password FROM accounts WHERE user_name = ?", "s",
                            user_name);
  return rows != NULL && hd_rows_next (rows, NULL) ? g_strdup (hd_rows_get_text (rows, 0)) : NULL;
}
