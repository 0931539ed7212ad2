/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-form-model.h"

G_BEGIN_DECLS

void      hd_attach_file_async    (HdFormModel          *model,
                                   HdField              *field,
                                   GFile                *file,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void      hd_attach_picture_async (HdFormModel          *model,
                                   HdField              *field,
                                   GdkTexture           *picture,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean  hd_attach_finish        (GAsyncResult         *result,
                                   char                **fault,
                                   GError              **error);

G_END_DECLS
