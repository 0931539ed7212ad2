/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-ctl.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "hd-ctl-print.h"
#include "hd-error.h"
#include "hd-secret.h"

#define CLOSE_MS 5000

/*
 * What every command of helpdeskctl needs: a session that is open, a person who
 * is signed in, errors in words, exit codes.
 *
 * There is no screen to keep responsive, so each asynchronous call is waited for
 * by turning the main loop.
 */

static gboolean
stop_waiting_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets what goes on behind come to its end, and the store close its files. */
static void
drop_session (HdCtl *ctl)
{
  gpointer session = ctl->session;
  gboolean stopped = FALSE;
  guint id;

  if (session == NULL)
    return;

  id = g_timeout_add (CLOSE_MS, stop_waiting_cb, &stopped);
  g_object_add_weak_pointer (session, &session);
  hd_session_close (ctl->session);
  g_clear_object (&ctl->session);

  while (session != NULL && !stopped)
    g_main_context_iteration (NULL, TRUE);

  if (session != NULL)
    g_object_remove_weak_pointer (session, &session);

  if (!stopped)
    g_source_remove (id);
}

void
hd_ctl_clear (HdCtl *ctl)
{
  drop_session (ctl);
  g_clear_pointer (&ctl->portal, g_free);
  g_clear_pointer (&ctl->kind, g_free);
  g_clear_pointer (&ctl->ca_file, g_free);
  g_clear_pointer (&ctl->site, g_free);
  g_clear_pointer (&ctl->user, g_free);
  g_clear_pointer (&ctl->data_dir, g_free);
  g_clear_pointer (&ctl->answers, g_free);
  g_clear_pointer (&ctl->attach, g_strfreev);
  g_clear_pointer (&ctl->filter, g_strfreev);
  g_clear_pointer (&ctl->comment, g_free);
  g_clear_pointer (&ctl->key, g_free);
  g_clear_pointer (&ctl->expires, g_free);
  g_clear_pointer (&ctl->category, g_strfreev);
  g_clear_object (&ctl->policy);
}

/* A GAsyncReadyCallback: keeps the result in the GAsyncResult* that user_data points to. */
void
hd_ctl_store_result_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

void
hd_ctl_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* --- Errors --- */

HdCtlExit
hd_ctl_exit_for_error (const GError *error)
{
  if (error == NULL)
    return HD_CTL_OK;

  if (error->domain == G_OPTION_ERROR)
    return HD_CTL_USAGE;

  if (error->domain != HD_ERROR)
    return HD_CTL_PROTOCOL;

  switch ((HdError) error->code)
    {
    case HD_ERROR_NETWORK:
    case HD_ERROR_NAME:
    case HD_ERROR_UNAVAILABLE:
    case HD_ERROR_MAINTENANCE:
    case HD_ERROR_RATE_LIMITED:
    case HD_ERROR_UNSETTLED:
      return HD_CTL_NETWORK;

    case HD_ERROR_CREDENTIALS:
    case HD_ERROR_LOCKED:
    case HD_ERROR_SIGNED_OUT:
      return HD_CTL_SIGN_IN;

    case HD_ERROR_REFUSED:
    case HD_ERROR_FORM_CHANGED:
    case HD_ERROR_CONFLICT:
    case HD_ERROR_TOO_LARGE:
    case HD_ERROR_UNSUPPORTED:
    case HD_ERROR_SENT_BEFORE:
    case HD_ERROR_PACK_BROKEN:
    case HD_ERROR_PACK_UNTRUSTED:
    case HD_ERROR_PACK_FOREIGN:
    case HD_ERROR_PACK_EXPIRED:
    case HD_ERROR_PACK_OLD:
      return HD_CTL_REFUSED;

    case HD_ERROR_NOT_FOUND:
    case HD_ERROR_PACK_UNREADABLE:
      return HD_CTL_NOT_FOUND;

    case HD_ERROR_FORBIDDEN:
      return HD_CTL_FORBIDDEN;

    case HD_ERROR_STORAGE:
      return HD_CTL_STORAGE;

    case HD_ERROR_SETTINGS:
      return HD_CTL_USAGE;

    case HD_ERROR_TLS:
    case HD_ERROR_PROTOCOL:
    case HD_ERROR_INCOMPLETE:
      return HD_CTL_PROTOCOL;
    }

  return HD_CTL_PROTOCOL;
}

/* Says in words what went wrong; returns the exit code for it. */
HdCtlExit
hd_ctl_fail (const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (error->domain == G_OPTION_ERROR)
    return hd_ctl_usage ("%s", error->message);

  title = hd_error_dup_title (error);
  text = hd_error_dup_text (error);

  /* Which file, and what is wrong in it, is for whoever runs this. */
  if (g_error_matches (error, HD_ERROR, HD_ERROR_SETTINGS))
    return hd_ctl_usage ("%s. %s (%s)", title, text, error->message);

  hd_ctl_print_error ("helpdeskctl: %s. %s\n", title, text);
  g_debug ("%s", error->message);

  return hd_ctl_exit_for_error (error);
}

HdCtlExit
hd_ctl_usage (const char *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  hd_ctl_print_error ("helpdeskctl: %s\n", text);
  return HD_CTL_USAGE;
}

/* --- Standard input --- */

/* Returns: (transfer full): up to a newline or, if @whole, to the end; free with hd_secret_free() */
static char *
read_input (gboolean whole)
{
  GString *text = g_string_sized_new (4096);
  char c;
  gssize n;

  while ((n = read (STDIN_FILENO, &c, 1)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;

      if (n < 0 || (!whole && c == '\n'))
        break;

      g_string_append_c (text, c);
    }

  return g_string_free (text, FALSE);
}

/* Byte by byte: what follows the line is for somebody else. */
char *
hd_ctl_read_line (void)
{
  char *line = read_input (FALSE);
  gsize length = strlen (line);

  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';

  return line;
}

char *
hd_ctl_read_all (void)
{
  return read_input (TRUE);
}

/* --- The session --- */

/* Returns: (transfer none) (nullable): where the portal is, by the command line or by policy */
const char *
hd_ctl_get_address (HdCtl *ctl)
{
  return ctl->portal != NULL ? ctl->portal : hd_policy_get_portal_uri (ctl->policy);
}

static void
submission_finished_cb (HdSession    *session,
                        HdSubmission *submission,
                        HdRequest    *request,
                        HdCtl        *ctl)
{
  if (ctl->tell_sent && request != NULL)
    hd_ctl_print ("%s\n", hd_request_get_number (request));
}

static gboolean
is_file_or_null (const char *path,
                 HdCtlExit  *code)
{
  if (path == NULL || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;

  *code = hd_ctl_usage (_("There is no file “%s”."), path);
  return FALSE;
}

gboolean
hd_ctl_make_session (HdCtl     *ctl,
                     HdCtlExit *code)
{
  const char *address = hd_ctl_get_address (ctl);
  const char *kind = ctl->kind != NULL ? ctl->kind : hd_policy_get_portal_kind (ctl->policy);
  const char *ca_file = ctl->ca_file != NULL ? ctl->ca_file : hd_policy_get_ca_file (ctl->policy);
  g_autoptr (GError) error = NULL;

  if (!is_file_or_null (ctl->ca_file, code) || !is_file_or_null (ctl->site, code))
    return FALSE;

  if (ctl->site != NULL)
    hd_policy_set_site_file (ctl->policy, ctl->site);

  if (address == NULL)
    {
      *code = hd_ctl_usage (_("No portal is known. Give its address with --portal."));
      return FALSE;
    }

  if (ctl->portal != NULL && hd_policy_get_lock_portal (ctl->policy) &&
      g_strcmp0 (ctl->portal, hd_policy_get_portal_uri (ctl->policy)) != 0)
    {
      *code = hd_ctl_usage (_("The administrator has fixed the portal’s address."));
      return FALSE;
    }

  ctl->session = hd_session_new (ctl->policy, kind, address, ca_file, ctl->data_dir, &error);

  if (ctl->session == NULL)
    {
      *code = hd_ctl_fail (error);
      return FALSE;
    }

  g_signal_connect (ctl->session, "submission-finished", G_CALLBACK (submission_finished_cb), ctl);
  return TRUE;
}

/* Opens the store, once; whether anybody is remembered is to be seen from the session's state. */
gboolean
hd_ctl_open (HdCtl     *ctl,
             HdCtlExit *code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (ctl->session != NULL)
    return TRUE;

  if (!hd_ctl_make_session (ctl, code))
    return FALSE;

  hd_session_open_async (ctl->session, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  hd_session_open_finish (ctl->session, result, &error);

  if (error != NULL)
    {
      *code = hd_ctl_fail (error);
      return FALSE;
    }

  return TRUE;
}

/* What cannot be anybody's password is not tried: five tries lock the account. */
static gboolean
check_password (const char  *password,
                GError     **error)
{
  const char *fault = NULL;

  if (password[0] == '\0')
    fault = _("There is no password on standard input.");
  else if (!g_utf8_validate (password, -1, NULL))
    fault = _("The password on standard input is not UTF-8.");

  if (fault != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, fault);

  return fault == NULL;
}

/* Signs in with the password on standard input. */
gboolean
hd_ctl_sign_in (HdCtl     *ctl,
                gboolean   remember,
                GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *password = hd_ctl_read_line ();
  gboolean signed_in;

  if (!check_password (password, error))
    {
      hd_secret_clear (&password);
      return FALSE;
    }

  hd_session_set_leave_keyring (ctl->session, !remember);
  hd_session_sign_in_async (ctl->session, ctl->user, password, remember, NULL, hd_ctl_store_result_cb, &result);
  hd_secret_clear (&password);
  hd_ctl_await (&result);
  signed_in = hd_session_sign_in_finish (ctl->session, result, error);

  return signed_in;
}

static gboolean
resume (HdCtl   *ctl,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_resume_async (ctl->session, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_session_resume_finish (ctl->session, result, error);
}

static HdCtlExit
fail_sign_in (const GError *error)
{
  if (g_error_matches (error, HD_ERROR, HD_ERROR_CONFLICT))
    {
      hd_ctl_print_error ("helpdeskctl: %s\n",
                          _("Another person has unsent work in this folder. Send it, sign out, or give another "
                            "folder with --data-dir."));
      return HD_CTL_REFUSED;
    }

  return hd_ctl_fail (error);
}

static gboolean
sign_in_alone (HdCtl     *ctl,
               HdCtlExit *code)
{
  g_autoptr (GError) error = NULL;

  if (ctl->user == NULL)
    {
      *code = hd_ctl_usage (_("Give the user name with --user."));
      return FALSE;
    }

  if (!hd_ctl_sign_in (ctl, FALSE, &error))
    {
      *code = fail_sign_in (error);
      return FALSE;
    }

  return TRUE;
}

/* Whether the one who is remembered is the one who is meant. */
static gboolean
is_right_person (HdCtl *ctl)
{
  HdAccount *account = hd_session_get_account (ctl->session);

  return ctl->user == NULL || account == NULL ||
         g_ascii_strcasecmp (ctl->user, hd_account_get_user_name (account)) == 0;
}

/*
 * hd_ctl_open_signed_in:
 *
 * Opens, and signs in by the password on standard input or by the keyring.  When
 * the portal cannot be reached, somebody who is remembered may go on with what is
 * kept; a note on standard error says so.
 */
gboolean
hd_ctl_open_signed_in (HdCtl     *ctl,
                       HdCtlExit *code)
{
  g_autoptr (GError) error = NULL;

  if (!hd_ctl_open (ctl, code))
    return FALSE;

  if (ctl->password_stdin)
    return sign_in_alone (ctl, code);

  if (hd_session_get_state (ctl->session) == HD_SESSION_SIGNED_OUT || !is_right_person (ctl))
    {
      hd_ctl_print_error ("helpdeskctl: %s\n",
                          _("Nobody is signed in. Use “helpdeskctl sign-in”, or give --user and --password-stdin."));
      *code = HD_CTL_SIGN_IN;
      return FALSE;
    }

  if (resume (ctl, &error))
    return TRUE;

  *code = hd_ctl_fail (error);
  ctl->is_offline = hd_error_is_unreachable (error) && hd_session_get_account (ctl->session) != NULL;
  return ctl->is_offline;
}

gboolean
hd_ctl_sync (HdCtl   *ctl,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_session_sync_async (ctl->session, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_session_sync_finish (ctl->session, result, error);
}

/* A fault of the portal, or of a part of it, that does not spoil what is kept. */
static gboolean
leaves_what_is_kept (const GError *error)
{
  return hd_error_is_unreachable (error) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_RATE_LIMITED) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_PROTOCOL) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_INCOMPLETE) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_TOO_LARGE);
}

/*
 * hd_ctl_freshen:
 * @code: (inout): set to that of a fault
 *
 * Brings what is kept up to date, unless the portal is known to be out of reach.
 * A fault is told; one in the articles need not keep anybody from filing a request.
 *
 * Returns: whether to go on, with what is kept
 */
gboolean
hd_ctl_freshen (HdCtl     *ctl,
                HdCtlExit *code)
{
  g_autoptr (GError) error = NULL;

  if (ctl->is_offline || hd_ctl_sync (ctl, &error))
    return TRUE;

  *code = hd_ctl_fail (error);
  return leaves_what_is_kept (error);
}

/* Ends what --password-stdin began: the session at the portal, not the data on disk. */
HdCtlExit
hd_ctl_leave (HdCtl     *ctl,
              HdCtlExit  code)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (ctl->session == NULL)
    return code;

  hd_session_close (ctl->session);

  if (ctl->password_stdin && hd_session_get_state (ctl->session) == HD_SESSION_SIGNED_IN)
    {
      hd_portal_sign_out_async (hd_session_get_portal (ctl->session), NULL, hd_ctl_store_result_cb, &result);
      hd_ctl_await (&result);
      hd_portal_sign_out_finish (hd_session_get_portal (ctl->session), result, NULL);
    }

  return code;
}
