/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-problem.h"

G_DEFINE_QUARK (hd-problem-quark, hd_problem)

static const struct
{
  guint       status;
  const char *code;
  const char *title;
  const char *sentence;
} problems[] = {
  [HD_PROBLEM_BAD_REQUEST] = { 400, "bad-request", "Bad Request", "The request is malformed." },
  [HD_PROBLEM_INVALID_CREDENTIALS] = {
    401, "invalid-credentials", "Invalid Credentials", "The user name or the password is wrong."
  },
  [HD_PROBLEM_SIGNED_OUT] = { 401, "signed-out", "Signed Out", "Sign in to continue." },
  [HD_PROBLEM_FORBIDDEN] = { 403, "forbidden", "Forbidden", "You may not do this." },
  [HD_PROBLEM_NOT_FOUND] = { 404, "not-found", "Not Found", "There is no such thing here." },
  [HD_PROBLEM_METHOD_NOT_ALLOWED] = {
    405, "bad-request", "Method Not Allowed", "The address does not support this method."
  },
  [HD_PROBLEM_CONFLICT] = { 409, "conflict", "Conflict", "This is not possible now." },
  [HD_PROBLEM_FORM_CHANGED] = {
    409, "form-changed", "Form Changed", "The form has changed; fill it in again."
  },
  [HD_PROBLEM_TOO_LARGE] = {
    413, "too-large", "Too Large", "The files are larger or more than the portal accepts."
  },
  [HD_PROBLEM_REFUSED] = { 422, "refused", "Refused", "Some fields need correction." },
  [HD_PROBLEM_LOCKED] = {
    429, "locked", "Locked", "Too many wrong passwords; the account is locked for a few minutes."
  },
  [HD_PROBLEM_RATE_LIMITED] = {
    429, "rate-limited", "Too Many Requests", "Too many requests; try again in a moment."
  },
  [HD_PROBLEM_MAINTENANCE] = {
    503, "maintenance", "Maintenance", "The portal is closed for maintenance."
  },
  [HD_PROBLEM_SERVER] = { 500, "server-error", "Server Error", "The portal failed; try again later." },
};

guint
hd_problem_get_status (HdProblem problem)
{
  return problems[problem].status;
}

const char *
hd_problem_get_code (HdProblem problem)
{
  return problems[problem].code;
}

const char *
hd_problem_get_title (HdProblem problem)
{
  return problems[problem].title;
}

/**
 * hd_problem_set:
 * @error: return location for the error
 * @problem: which one
 *
 * Returns: %FALSE, so that it can be returned
 */
gboolean
hd_problem_set (GError    **error,
                HdProblem   problem)
{
  return hd_problem_set_literal (error, problem, problems[problem].sentence);
}

gboolean
hd_problem_set_literal (GError     **error,
                        HdProblem    problem,
                        const char  *sentence)
{
  g_set_error_literal (error, HD_PROBLEM, (int) problem, sentence);
  return FALSE;
}
