/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-error.h"
#include "hd-remove-tree.h"

/* The person: account, facts of the sync, what was used, and forgetting it all. */

#define PORTAL_PREFIX "portal-"
#define ACCOUNT_KEY "account"
#define FACT_PREFIX "fact-"

/* --- Account --- */

static gboolean
run_put_account (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  call->topics = HD_STORE_ACCOUNT;
  return hd_database_run (database, error, "INSERT OR REPLACE INTO items.person (key, value) VALUES (?, ?)",
                          "ss", ACCOUNT_KEY, call->text);
}

void
hd_store_put_account_async (HdStore             *self,
                            HdAccount           *account,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_account, hd_store_put_account_async,
                                         cancellable, callback, user_data);

  call->text = hd_record_to_string (HD_RECORD (account));
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_account)

static gboolean
run_get_account (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT value FROM items.person WHERE key = ?", "s", ACCOUNT_KEY);

  return hd_store_read_record (call, statement, HD_TYPE_ACCOUNT, error);
}

void
hd_store_get_account_async (HdStore             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_get_account, hd_store_get_account_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (get_account, HdAccount *)

/* --- Facts --- */

/* Of the portal; @value: (nullable): NULL deletes */
gboolean
hd_store_set_fact (HdDatabase  *database,
                   const char  *key,
                   const char  *value,
                   GError     **error)
{
  if (value == NULL)
    return hd_database_run (database, error, "DELETE FROM main.facts WHERE key = ?", "s", key);

  return hd_database_run (database, error, "INSERT OR REPLACE INTO main.facts (value, key) VALUES (?, ?)",
                          "ss", value, key);
}

static gboolean
run_set_value (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  if (call->flag)
    return hd_store_set_fact (database, call->id, call->text, error);

  if (call->text == NULL)
    return hd_database_run (database, error, "DELETE FROM items.person WHERE key = ?", "s", call->id);

  return hd_database_run (database, error, "INSERT OR REPLACE INTO items.person (value, key) VALUES (?, ?)",
                          "ss", call->text, call->id);
}

static void
set_value_key (HdStoreCall *call,
               const char  *key)
{
  call->flag = g_str_has_prefix (key, PORTAL_PREFIX);
  call->id = call->flag ? g_strdup (key) : g_strconcat (FACT_PREFIX, key, NULL);
}

void
hd_store_set_value_async (HdStore             *self,
                          const char          *key,
                          const char          *value,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_set_value, hd_store_set_value_async,
                                         cancellable, callback, user_data);

  set_value_key (call, key);
  call->text = g_strdup (value);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (set_value)

static gboolean
run_get_value (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  const char *get = call->flag ? "SELECT value FROM main.facts WHERE key = ?"
                               : "SELECT value FROM items.person WHERE key = ?";

  hd_store_call_take (call, hd_database_get_text (database, error, get, "s", call->id), g_free);
  return *error == NULL;
}

void
hd_store_get_value_async (HdStore             *self,
                          const char          *key,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_value, hd_store_get_value_async,
                                         cancellable, callback, user_data);

  set_value_key (call, key);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_value, char *)

/* --- What was used --- */

static gboolean
run_note_offering_used (HdStoreCall  *call,
                        HdDatabase   *database,
                        GError      **error)
{
  call->topics = HD_STORE_CATALOG;
  return hd_database_run (database, error,
                          "INSERT INTO items.offering_uses (offering_id, uses, used) VALUES (?1, 1, ?2)"
                          " ON CONFLICT (offering_id) DO UPDATE SET uses = uses + 1, used = ?2",
                          "sl", call->id, g_get_real_time ());
}

void
hd_store_note_offering_used_async (HdStore             *self,
                                   const char          *offering_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_note_offering_used,
                                         hd_store_note_offering_used_async, cancellable, callback, user_data);

  call->id = g_strdup (offering_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (note_offering_used)

static gboolean
run_list_used_offerings (HdStoreCall  *call,
                         HdDatabase   *database,
                         GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT offering_id FROM items.offering_uses ORDER BY uses DESC, used DESC LIMIT ?",
                       "d", call->limit > 0 ? (int) call->limit : -1);

  return hd_store_read_strv (call, statement, error);
}

void
hd_store_list_used_offerings_async (HdStore             *self,
                                    guint                limit,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_list_used_offerings,
                                         hd_store_list_used_offerings_async, cancellable, callback, user_data);

  call->limit = limit;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (list_used_offerings, GStrv)

static gboolean
run_set_favourite (HdStoreCall  *call,
                   HdDatabase   *database,
                   GError      **error)
{
  call->topics = HD_STORE_CATALOG;
  return hd_database_run (database, error,
                          call->flag ? "INSERT OR IGNORE INTO items.favourites (offering_id) VALUES (?)"
                                     : "DELETE FROM items.favourites WHERE offering_id = ?",
                          "s", call->id);
}

void
hd_store_set_favourite_async (HdStore             *self,
                              const char          *offering_id,
                              gboolean             favourite,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_set_favourite, hd_store_set_favourite_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (offering_id);
  call->flag = favourite;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (set_favourite)

static gboolean
run_list_favourites (HdStoreCall  *call,
                     HdDatabase   *database,
                     GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT offering_id FROM items.favourites ORDER BY position", "");

  return hd_store_read_strv (call, statement, error);
}

void
hd_store_list_favourites_async (HdStore             *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_favourites, hd_store_list_favourites_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_favourites, GStrv)

/* --- Forgetting --- */

static gboolean
run_wipe_person (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autofree char *files = g_build_filename (hd_store_get_directory (call->store), "files", NULL);

  call->topics = HD_STORE_ACCOUNT | HD_STORE_REQUESTS | HD_STORE_DRAFTS | HD_STORE_OUTBOX | HD_STORE_CATALOG;

  hd_store_forget_waiting (call->store);
  if (hd_store_reopen (call->store, TRUE, error) == NULL)
    return FALSE;

  if (!hd_remove_tree (files))
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, "could not delete the drafts' files");
      return FALSE;
    }

  return TRUE;
}

/**
 * hd_store_wipe_person_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Deletes the files that hold the person's items and drafts, whatever was set
 * aside of them, and the files of the drafts.  It is for good.
 */
void
hd_store_wipe_person_async (HdStore             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_BARE, run_wipe_person, hd_store_wipe_person_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH (wipe_person)
