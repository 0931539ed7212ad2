/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-test-portal.h"
#include "hd-window-private.h"
#include "session-support.h"

G_BEGIN_DECLS

/* The window of somebody who is signed in to a practice portal. */
typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *dir;
  HdSession    *session;
  HdWindow     *window;
} WindowFixture;

/* @catalog: (nullable): in place of the practice portal's own */
void    window_set_up    (WindowFixture *fixture,
                          gconstpointer  catalog);
void    window_tear_down (WindowFixture *fixture,
                          gconstpointer  catalog);
void    window_open      (WindowFixture *fixture,
                          HdApplication *application);
HdPage *window_get_page  (WindowFixture *fixture);
void    window_show_pane (WindowFixture *fixture,
                          const char    *name);

G_END_DECLS
