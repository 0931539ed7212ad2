/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"

G_BEGIN_DECLS

/*
 * What pages ask for by name: a form, options, a request, a picture.  What is
 * kept is given at once where it will do; what comes from the portal is kept.
 *
 * The data of such a task; the functions that end a task take it over.
 */
typedef struct
{
  char      *id;       /* (owned): of an offering, a request, an option source, a picture */
  char      *query;    /* (owned) (nullable) */
  char      *parent;   /* (owned) (nullable) */
  gpointer   kept;     /* (owned) (nullable): what the store had */
  gpointer   result;   /* (owned) (nullable): on its way into the store */
  GBytes    *bytes;    /* (owned) (nullable) */
  GError    *why;      /* (owned) (nullable): why the portal gave nothing */
  GCancellable *person;  /* (owned): of who asked; cancelled once they have left */
} HdSessionLoad;

GTask *hd_session_load_new           (HdSession           *self,
                                      gpointer             source_tag,
                                      const char          *id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean hd_session_load_is_over     (GTask               *task,
                                      GError             **error);
void   hd_session_load_return_kept   (GTask               *task,
                                      GError              *error);
void   hd_session_load_return_result (GTask               *task,
                                      GError              *error);

G_END_DECLS
