/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-answer.h"

void
hd_http_answer_free (HdHttpAnswer *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_object (&self->record);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
