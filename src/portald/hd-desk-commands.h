/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

typedef struct _HdDeskCommand HdDeskCommand;

typedef gboolean (*HdDeskFunc) (const HdDeskCommand  *command,
                                char                **arguments,
                                const char           *data_dir,
                                GError              **error);

/**
 * HdDeskCommand:
 *
 * One command of the desk's command line.
 */
struct _HdDeskCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  HdDeskFunc  run;
  gboolean    makes_portal;
};

/* What each command begins with: its own options, then the database. */
HdDatabase *hd_desk_open (const HdDeskCommand  *command,
                          const GOptionEntry   *entries,
                          guint                 n_operands,
                          char               ***arguments,
                          const char           *data_dir,
                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

#define HD_DESK_DECLARE(name) \
  gboolean hd_desk_##name (const HdDeskCommand  *command, \
                           char                **arguments, \
                           const char           *data_dir, \
                           GError              **error)

HD_DESK_DECLARE (init);
HD_DESK_DECLARE (add_user);
HD_DESK_DECLARE (set_password);
HD_DESK_DECLARE (import_catalog);
HD_DESK_DECLARE (import_announcements);
HD_DESK_DECLARE (import_articles);
HD_DESK_DECLARE (announce);
HD_DESK_DECLARE (outage);
HD_DESK_DECLARE (list);
HD_DESK_DECLARE (reply);
HD_DESK_DECLARE (status);

G_END_DECLS
