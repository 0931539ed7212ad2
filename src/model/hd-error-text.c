/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"

#include <glib/gi18n-lib.h>

/* Words for people: what happened, and what to do about it. */

typedef struct
{
  HdError     code;
  const char *title;
  const char *text;
} Words;

static const Words words[] = {
  { HD_ERROR_NETWORK, N_("No Connection to the Portal"),
    N_("Check the network. What is saved on this computer can still be read.") },
  { HD_ERROR_NAME, N_("The Portal’s Address Was Not Found"),
    N_("Check the network and the portal’s address.") },
  { HD_ERROR_TLS, N_("The Connection Is Not Secure"),
    N_("The portal could not prove who it is, so nothing was sent to it. Tell your administrator.") },
  { HD_ERROR_UNAVAILABLE, N_("Portal Unavailable"),
    N_("The portal failed. Try again later, or telephone the help desk.") },
  { HD_ERROR_MAINTENANCE, N_("Portal Under Maintenance"),
    N_("The portal is being maintained. Try again later.") },
  { HD_ERROR_CREDENTIALS, N_("Wrong User Name or Password"),
    N_("Check both and try again.") },
  { HD_ERROR_LOCKED, N_("Account Locked"),
    N_("Too many wrong passwords. Wait a little, then try again.") },
  { HD_ERROR_SIGNED_OUT, N_("Signed Out"),
    N_("Your session has ended. Sign in again to go on.") },
  { HD_ERROR_FORBIDDEN, N_("Not Allowed"),
    N_("Your account may not do this. Ask the help desk for access.") },
  { HD_ERROR_NOT_FOUND, N_("Not Found"),
    N_("The portal no longer has this.") },
  { HD_ERROR_REFUSED, N_("The Portal Did Not Accept This"),
    N_("Correct what is marked, then submit again.") },
  { HD_ERROR_FORM_CHANGED, N_("The Form Has Changed"),
    N_("The portal has a new version of this form. Look through it, then submit again.") },
  { HD_ERROR_CONFLICT, N_("This Is No Longer Possible"),
    N_("The request was changed meanwhile. Look at it again.") },
  { HD_ERROR_TOO_LARGE, N_("Too Large"),
    N_("There is more of it than may be sent or received. Of what is sent, remove or shrink an attachment.") },
  { HD_ERROR_RATE_LIMITED, N_("Too Many Requests"),
    N_("The portal asks to wait a little.") },
  { HD_ERROR_PROTOCOL, N_("Unexpected Answer"),
    N_("The portal gave an answer that could not be understood. Try again later; if it stays so, tell the help desk.") },
  { HD_ERROR_STORAGE, N_("This Computer Could Not Save Data"),
    N_("Check that the disk is not full.") },
  { HD_ERROR_UNSUPPORTED, N_("Not Available"),
    N_("This portal cannot do that.") },
  { HD_ERROR_SENT_BEFORE, N_("Sent Before"),
    N_("The help desk has this already, as it was before you changed it: see My Items. To send it once more, submit again.") },
  { HD_ERROR_INCOMPLETE, N_("Not Everything Is Up to Date"),
    N_("A part of the portal failed; what the others have is here. Try again later; if it stays so, tell the help desk.") },
  { HD_ERROR_SETTINGS, N_("The Portal’s Site File Cannot Be Read"),
    N_("It says what is what at this portal, and is missing or wrong. Tell your administrator.") },
  { HD_ERROR_UNSETTLED, N_("Not Known Yet Whether It Has Arrived"),
    N_("The answer was lost. It is looked for again soon, and nothing is sent twice.") },
  { HD_ERROR_PACK_UNREADABLE, N_("The Knowledge Pack Cannot Be Read"),
    N_("Look whether the file is still there, and whether you may read it.") },
  { HD_ERROR_PACK_BROKEN, N_("The Knowledge Pack Is Damaged"),
    N_("The file is incomplete or was changed, or it is no knowledge pack of this version. Copy it anew, or ask the help desk for another.") },
  { HD_ERROR_PACK_UNTRUSTED, N_("Nobody Here Trusts Who Signed This Knowledge Pack"),
    N_("Nothing was taken from it. Ask the help desk for its own pack, or your administrator to trust the key.") },
  { HD_ERROR_PACK_FOREIGN, N_("The Knowledge Pack Is of Another Portal"),
    N_("Ask for a pack of the portal that this program is set to.") },
  { HD_ERROR_PACK_EXPIRED, N_("The Knowledge Pack Has Expired"),
    N_("Ask the help desk for a newer one. If it should be good still, check this computer’s date.") },
  { HD_ERROR_PACK_OLD, N_("There Is Nothing New in the Knowledge Pack"),
    N_("What is on this computer is as new or newer.") },
};

static const struct
{
  GTlsCertificateFlags  flag;
  const char           *text;
} tls_words[] = {
  { G_TLS_CERTIFICATE_EXPIRED,
    N_("The portal’s certificate has expired. Check this computer’s date; if it is right, tell your administrator.") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED,
    N_("The portal’s certificate is not valid yet. Check this computer’s date; if it is right, tell your administrator.") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY,
    N_("The portal’s certificate belongs to another address. Check the portal’s address, or tell your administrator.") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_("The portal’s certificate was issued by an unknown authority. Your administrator can install the authority’s certificate.") },
  { G_TLS_CERTIFICATE_REVOKED,
    N_("The portal’s certificate was revoked. Tell your administrator.") },
};

static const Words *
find_words (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_error_matches (error, HD_ERROR, words[i].code))
        return &words[i];
    }

  return NULL;
}

/**
 * hd_error_dup_title:
 * @error: any error
 *
 * Returns: (transfer full): a few translated words on what happened
 */
char *
hd_error_dup_title (const GError *error)
{
  const Words *found = find_words (error);

  return g_strdup (found != NULL ? _(found->title) : _("Something Went Wrong"));
}

static char *
dup_tries_text (int tries_left)
{
  return g_strdup_printf (ngettext ("Check both and try again. %d attempt is left before the account is locked.",
                                    "Check both and try again. %d attempts are left before the account is locked.",
                                    tries_left),
                          tries_left);
}

static char *
dup_wait_text (int seconds)
{
  int minutes = (seconds + 59) / 60;

  if (seconds < 60)
    return g_strdup_printf (ngettext ("Try again in %d second.", "Try again in %d seconds.", seconds), seconds);

  return g_strdup_printf (ngettext ("Try again in %d minute.", "Try again in %d minutes.", minutes), minutes);
}

/**
 * hd_error_dup_text:
 * @error: any error
 *
 * What the person can do about @error.  Where the portal explained itself
 * (maintenance, refusal), its own words are used.
 *
 * Returns: (transfer full): translated sentences, plain text
 */
char *
hd_error_dup_text (const GError *error)
{
  const Words *found = find_words (error);
  int retry_after = hd_error_get_retry_after (error);
  g_autofree char *wait = NULL;

  if (found == NULL)
    return g_strdup (_("Try again. If it happens again, telephone the help desk."));

  if (found->code == HD_ERROR_CREDENTIALS && hd_error_get_tries_left (error) >= 0)
    return dup_tries_text (hd_error_get_tries_left (error));

  if (found->code == HD_ERROR_TLS)
    {
      for (guint i = 0; i < G_N_ELEMENTS (tls_words); i++)
        {
          if ((hd_error_get_tls_flags (error) & tls_words[i].flag) != 0)
            return g_strdup (_(tls_words[i].text));
        }
    }

  if (found->code == HD_ERROR_PACK_UNTRUSTED && hd_error_get_detail (error) != NULL)
    /* Translators: a sentence or two, and the fingerprint of a key, which is compared by telephone and so has a line of its own. */
    return g_strdup_printf (_("%s The key:\n%s"), _(found->text), hd_error_get_detail (error));

  if (found->code == HD_ERROR_STORAGE && hd_error_get_detail (error) != NULL)
    /* Translators: %s is a size, such as “1.2 GB”. */
    return g_strdup_printf (_("This takes %s of free space on the disk. Delete what is not needed, then try again."),
                            hd_error_get_detail (error));

  if (retry_after > 0)
    wait = dup_wait_text (retry_after);

  if ((found->code == HD_ERROR_MAINTENANCE || found->code == HD_ERROR_REFUSED) &&
      hd_error_get_detail (error) != NULL)
    return wait != NULL ? g_strdup_printf ("%s %s", hd_error_get_detail (error), wait)
                        : g_strdup (hd_error_get_detail (error));

  return wait != NULL ? g_strdup_printf ("%s %s", _(found->text), wait) : g_strdup (_(found->text));
}
