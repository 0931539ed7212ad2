/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-test-utils.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <stdlib.h>

static char *home = NULL; /* (owned) for the life of the process */

static void
remove_home (void)
{
  hd_test_remove_tree (home);
  g_clear_pointer (&home, g_free);
}

static void
set_folder (const char *variable,
            const char *name)
{
  g_autofree char *path = g_build_filename (home, name, NULL);

  g_assert_no_errno (g_mkdir (path, 0700));
  g_setenv (variable, path, TRUE);
}

/**
 * hd_test_init:
 *
 * g_test_init() with a home, a runtime folder and a keyring of the program's
 * own, so that no test ever reads or writes what belongs to whoever runs it.
 *
 * %G_TEST_OPTION_ISOLATE_DIRS would do so for each case, but leaks what the
 * leak sanitizer can be told to overlook only at thirty times the price of an
 * allocation.
 */
void
hd_test_init (int    *argc,
              char ***argv)
{
  g_autofree char *keyring = NULL;

  home = hd_test_make_tmp_dir ();
  atexit (remove_home);

  g_setenv ("HOME", home, TRUE);
  set_folder ("XDG_CACHE_HOME", "cache");
  set_folder ("XDG_CONFIG_HOME", "config");
  set_folder ("XDG_DATA_HOME", "data");
  set_folder ("XDG_RUNTIME_DIR", "runtime");
  set_folder ("XDG_STATE_HOME", "state");

  keyring = g_build_filename (home, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);

  g_test_init (argc, argv, NULL);
}

/* Stands before GIO's own.  libsecret 0.20 keeps the etag of its keyring file
 * and drops the one before without freeing it, which the leak sanitizer cannot
 * be told of: none of the functions on the stack has a name of libsecret's.
 * Nobody else in the tests asks for an etag. */
gboolean
g_file_replace_contents_finish (GFile         *file,
                                GAsyncResult  *result,
                                char         **new_etag,
                                GError       **error)
{
  gboolean (*finish) (GFile *,
                      GAsyncResult *,
                      char **,
                      GError **) = dlsym (RTLD_NEXT, G_STRFUNC);

  if (new_etag != NULL)
    g_clear_pointer (new_etag, g_free);

  return finish (file, result, new_etag, error);
}

/* A GAsyncReadyCallback: keeps the result in the GAsyncResult* that user_data points to. */
void
hd_test_store_result_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/* Runs the main loop until hd_test_store_result_cb() was called.  What never
 * comes is ended by meson's timeout. */
void
hd_test_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Runs the main loop until a callback has set the flag. */
void
hd_test_await_flag (const gboolean *flag)
{
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
}

/* Runs what is pending, without waiting for more. */
void
hd_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
finalized_cb (gpointer  data,
              GObject  *where_it_was)
{
  g_atomic_int_set ((int *) data, TRUE);
  g_main_context_wakeup (NULL);
}

/**
 * hd_test_await_finalized:
 * @object: (transfer full): what nobody should need any more
 *
 * As g_assert_finalize_object(), for an object that a thread may hold for a
 * moment longer: GTask lets go of what ran in a thread on that thread.  An
 * object that somebody keeps is found by meson's timeout.
 */
void
hd_test_await_finalized (gpointer object)
{
  int gone = FALSE;

  g_object_weak_ref (object, finalized_cb, &gone);
  g_object_unref (object);

  while (!g_atomic_int_get (&gone))
    g_main_context_iteration (NULL, TRUE);
}

/**
 * hd_test_make_tmp_dir:
 *
 * Returns: (transfer full): a new, empty folder; remove it with hd_test_remove_tree()
 */
char *
hd_test_make_tmp_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("helpdesk-test-XXXXXX", &error);

  g_assert_no_error (error);

  return path;
}

/* Removes a folder with all there is in it; links are removed, not followed. */
void
hd_test_remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          hd_test_remove_tree (child);
        }
    }

  g_assert_no_errno (g_remove (path));
}

/**
 * hd_test_build_filename:
 * @relative: a path below the build folder, as "src/portald/helpdesk-portald"
 *
 * Returns: (transfer full): where it is
 */
char *
hd_test_build_filename (const char *relative)
{
  g_assert_nonnull (g_getenv ("HD_BUILD_ROOT"));

  return g_build_filename (g_getenv ("HD_BUILD_ROOT"), relative, NULL);
}

/**
 * hd_test_source_filename:
 * @relative: a path below the source folder, as "data/demo"
 *
 * Returns: (transfer full): where it is
 */
char *
hd_test_source_filename (const char *relative)
{
  g_assert_nonnull (g_getenv ("HD_SOURCE_ROOT"));

  return g_build_filename (g_getenv ("HD_SOURCE_ROOT"), relative, NULL);
}
