/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-issue.h"
#include "hd-words.h"

G_BEGIN_DECLS

char *hd_issue_words_describe (HdIssue    *issue,
                               HdLanguage  language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
