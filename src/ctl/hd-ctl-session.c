/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"

/* sign-in, sign-out, sync */

HdCtlExit
hd_ctl_do_sign_in (HdCtl  *ctl,
                   char  **arguments)
{
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;
  HdAccount *account;

  if (ctl->user == NULL)
    return hd_ctl_usage (_("Give the user name with --user."));

  if (!hd_ctl_open (ctl, &code))
    return code;

  if (!hd_ctl_sign_in (ctl, TRUE, &error))
    return hd_ctl_fail (error);

  account = hd_session_get_account (ctl->session);

  if (ctl->json)
    hd_ctl_print_record (account);
  else
    hd_ctl_print (_("Signed in as %s.\n"), hd_account_get_name (account) != NULL ? hd_account_get_name (account)
                                                                               : hd_account_get_user_name (account));

  if (!hd_session_has_keyring (ctl->session))
    hd_ctl_print_error ("helpdeskctl: %s\n",
                        _("There is no keyring to remember the password. Give --password-stdin with every command."));

  ctl->password_stdin = FALSE;
  return HD_CTL_OK;
}

HdCtlExit
hd_ctl_do_sign_out (HdCtl  *ctl,
                    char  **arguments)
{
  g_autoptr (GAsyncResult) count_result = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;
  gssize n_unsent;

  if (!hd_ctl_open (ctl, &code))
    return code;

  hd_session_count_unsent_async (ctl->session, NULL, hd_ctl_store_result_cb, &count_result);
  hd_ctl_await (&count_result);
  n_unsent = hd_session_count_unsent_finish (ctl->session, count_result, &error);

  if (n_unsent < 0)
    return hd_ctl_fail (error);

  if (n_unsent > 0 && !ctl->force)
    {
      hd_ctl_print_error (ngettext ("helpdeskctl: %d draft or unsent request would be lost. Use --force.\n",
                                    "helpdeskctl: %d drafts or unsent requests would be lost. Use --force.\n",
                                    (gulong) n_unsent),
                          (int) n_unsent);
      return HD_CTL_REFUSED;
    }

  hd_session_sign_out_async (ctl->session, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);

  if (!hd_session_sign_out_finish (ctl->session, result, &error))
    return hd_ctl_fail (error);

  if (!ctl->json)
    hd_ctl_print ("%s\n", _("Signed out. Nothing of yours is left on this computer."));

  return HD_CTL_OK;
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          GDateTime   *time)
{
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  json_builder_set_member_name (builder, name);

  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
print_sync (HdCtl *ctl)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (!ctl->json)
    {
      hd_ctl_print ("%s\n", _("Everything is up to date."));
      return;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "portal");
  json_builder_add_string_value (builder, hd_session_get_uri (ctl->session));
  add_time (builder, "synced_at", now);
  json_builder_end_object (builder);
  hd_ctl_print_json (json_builder_get_root (builder));
}

HdCtlExit
hd_ctl_do_sync (HdCtl  *ctl,
                char  **arguments)
{
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;

  /* What waits may be on its way as soon as somebody is signed in. */
  ctl->tell_sent = !ctl->json;

  if (!hd_ctl_open_signed_in (ctl, &code) || ctl->is_offline)
    return code;

  if (!hd_ctl_sync (ctl, &error))
    return hd_ctl_fail (error);

  code = hd_ctl_send_outbox (ctl);

  if (code == HD_CTL_OK)
    print_sync (ctl);

  return code;
}
