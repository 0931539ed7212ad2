/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_PROBLEM (hd_problem_quark ())

/**
 * HdProblem:
 *
 * What the portal may answer instead of what was asked for.  The message of
 * such an error is one of the sentences of hd-words.c, in English: the answer
 * has it in the person's language.  Any other error is answered with 500.
 */
typedef enum
{
  HD_PROBLEM_BAD_REQUEST,
  HD_PROBLEM_INVALID_CREDENTIALS,
  HD_PROBLEM_SIGNED_OUT,
  HD_PROBLEM_FORBIDDEN,
  HD_PROBLEM_NOT_FOUND,
  HD_PROBLEM_METHOD_NOT_ALLOWED,
  HD_PROBLEM_CONFLICT,
  HD_PROBLEM_FORM_CHANGED,
  HD_PROBLEM_TOO_LARGE,
  HD_PROBLEM_REFUSED,
  HD_PROBLEM_LOCKED,
  HD_PROBLEM_RATE_LIMITED,
  HD_PROBLEM_MAINTENANCE,
  HD_PROBLEM_SERVER,
} HdProblem;

GQuark      hd_problem_quark      (void);
guint       hd_problem_get_status (HdProblem problem);
const char *hd_problem_get_code   (HdProblem problem);
const char *hd_problem_get_title  (HdProblem problem);

/* The two that every resource needs; the sentence is the usual one. */
gboolean    hd_problem_set        (GError  **error,
                                   HdProblem problem);
gboolean    hd_problem_set_literal (GError    **error,
                                    HdProblem   problem,
                                    const char *sentence);

G_END_DECLS
