/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GNOME_HELP "/usr/share/help/uk/gnome-help"

typedef struct
{
  char *id;      /* (owned) */
  char *title;   /* (owned) */
  char *body;    /* (owned): HTML */
} Page;

void       page_free   (gpointer    data);
GPtrArray *read_pages  (const char *folder);
char      *make_corpus (const char *folder);

G_END_DECLS
