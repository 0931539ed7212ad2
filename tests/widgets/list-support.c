/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "list-support.h"

/* Returns: (transfer full): a #GtkStringObject of a number */
GObject *
hd_test_item_new (guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  return G_OBJECT (gtk_string_object_new (text));
}

/* @added items, numbered from @first, in the place of @removed at @position */
void
hd_test_splice_range (GListStore *items,
                      guint       position,
                      guint       removed,
                      guint       first,
                      guint       added)
{
  g_autoptr (GPtrArray) additions = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (additions, hd_test_item_new (first + i));

  g_list_store_splice (items, position, removed, additions->pdata, added);
}
