/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-session.h"

G_BEGIN_DECLS

/**
 * HdCtlExit:
 *
 * How the program ends; documented in helpdeskctl(1).
 */
typedef enum
{
  HD_CTL_OK,
  HD_CTL_USAGE,
  HD_CTL_NETWORK,
  HD_CTL_SIGN_IN,
  HD_CTL_REFUSED,
  HD_CTL_NOT_FOUND,
  HD_CTL_FORBIDDEN,
  HD_CTL_STORAGE,
  HD_CTL_PROTOCOL,
  HD_CTL_PERHAPS_SENT,
  HD_CTL_INTERRUPTED = 130,   /* as a shell says it of SIGINT */
} HdCtlExit;

#define HD_CTL_OUTBOX_ARGUMENTS "[show|send|stop|delete ID]"

/* What the command line said, and the session that it is about. */
typedef struct
{
  char      *portal;          /* (owned) (nullable) */
  char      *kind;            /* (owned) (nullable) */
  char      *ca_file;         /* (owned) (nullable) */
  char      *site;            /* (owned) (nullable) */
  char      *user;            /* (owned) (nullable) */
  char      *data_dir;        /* (owned) (nullable) */
  char      *answers;         /* (owned) (nullable) */
  char     **attach;          /* (owned) (nullable) */
  char     **filter;          /* (owned) (nullable) */
  char      *comment;         /* (owned) (nullable) */
  char      *key;             /* (owned) (nullable) */
  char      *expires;         /* (owned) (nullable) */
  char     **category;        /* (owned) (nullable) */
  gboolean   password_stdin;
  gboolean   json;
  gboolean   force;
  gboolean   version;

  HdPolicy  *policy;          /* (owned) */
  HdSession *session;         /* (owned) (nullable) */
  gboolean   tell_sent;       /* print the numbers of what is sent from the outbox */
  gboolean   is_offline;      /* somebody is remembered, but the portal cannot be reached */
} HdCtl;

typedef HdCtlExit (*HdCtlCommand) (HdCtl  *ctl,
                                   char  **arguments);

void         hd_ctl_clear           (HdCtl             *ctl);
void         hd_ctl_store_result_cb (GObject           *object,
                                     GAsyncResult      *result,
                                     gpointer           user_data);
void         hd_ctl_await           (GAsyncResult     **result);

HdCtlExit    hd_ctl_exit_for_error  (const GError      *error);
HdCtlExit    hd_ctl_fail            (const GError      *error);
HdCtlExit    hd_ctl_usage           (const char        *format,
                                     ...) G_GNUC_PRINTF (1, 2);

char        *hd_ctl_read_line       (void) G_GNUC_WARN_UNUSED_RESULT;
char        *hd_ctl_read_all        (void) G_GNUC_WARN_UNUSED_RESULT;

const char  *hd_ctl_get_address     (HdCtl             *ctl);
gboolean     hd_ctl_make_session    (HdCtl             *ctl,
                                     HdCtlExit         *code);
gboolean     hd_ctl_open            (HdCtl             *ctl,
                                     HdCtlExit         *code);
gboolean     hd_ctl_open_signed_in  (HdCtl             *ctl,
                                     HdCtlExit         *code);
gboolean     hd_ctl_sign_in         (HdCtl             *ctl,
                                     gboolean           remember,
                                     GError           **error);
gboolean     hd_ctl_sync            (HdCtl             *ctl,
                                     GError           **error);
gboolean     hd_ctl_freshen         (HdCtl             *ctl,
                                     HdCtlExit         *code);
HdCtlExit    hd_ctl_leave           (HdCtl             *ctl,
                                     HdCtlExit          code);

/* Commands */
HdCtlExit    hd_ctl_doctor          (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_do_sign_in      (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_do_sign_out     (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_do_sync         (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_catalog         (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_offering        (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_search          (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_article         (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_items           (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_item            (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_submit          (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_reply           (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_cancel          (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_pack            (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_reopen          (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_confirm         (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_rate            (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_feedback        (HdCtl             *ctl,
                                     char             **arguments);
HdCtlExit    hd_ctl_outbox          (HdCtl             *ctl,
                                     char             **arguments);

/* What several commands need */
HdRequest   *hd_ctl_find_request    (HdCtl             *ctl,
                                     const char        *number_or_id,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
HdOffering  *hd_ctl_find_offering   (HdCtl             *ctl,
                                     const char        *id,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
HdCtlExit    hd_ctl_send            (HdCtl             *ctl,
                                     HdSubmission      *submission,
                                     HdRequest        **request);
HdCtlExit    hd_ctl_resend          (HdCtl             *ctl,
                                     HdSubmission      *entry);
HdCtlExit    hd_ctl_send_outbox     (HdCtl             *ctl);
GListModel  *hd_ctl_list_outbox     (HdCtl             *ctl,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     hd_ctl_discard         (HdCtl             *ctl,
                                     const char        *id,
                                     GError           **error);
void         hd_ctl_print_issues    (GListModel        *issues,
                                     HdForm            *form);

G_END_DECLS
