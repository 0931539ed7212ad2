/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

#include "hd-slot-list.h"
#include "list-support.h"

/* The places of a list, which stay where they are or go with what stands in them. */

/* Whoever holds slots of a list as a view does: from the signal alone it knows what it holds. */
typedef struct
{
  GListStore *items;            /* (owned) */
  HdSlotList *slots;            /* (owned) */
  GPtrArray  *held;             /* (owned) (element-type HdSlot): NULL where it does not look */
  guint       n_signals;
} View;

static void
clear_slot (gpointer slot)
{
  if (slot != NULL)
    g_object_unref (slot);
}

static void
view_items_changed_cb (View  *view,
                       guint  position,
                       guint  removed,
                       guint  added)
{
  view->n_signals++;
  g_assert_cmpuint (position + removed, <=, view->held->len);
  g_ptr_array_remove_range (view->held, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (view->held, (int) position, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (view->slots)), ==, view->held->len);
}

static void
view_init (View  *view,
           guint  n_items)
{
  view->items = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  hd_test_splice_range (view->items, 0, 0, 0, n_items);
  view->slots = hd_slot_list_new (G_LIST_MODEL (view->items));
  view->held = g_ptr_array_new_with_free_func (clear_slot);
  g_ptr_array_set_size (view->held, (int) n_items);
  view->n_signals = 0;
  g_signal_connect_swapped (view->slots, "items-changed", G_CALLBACK (view_items_changed_cb), view);
}

static void
view_clear (View *view)
{
  g_signal_handlers_disconnect_by_data (view->slots, view);
  g_object_unref (view->slots);
  g_ptr_array_unref (view->held);
  g_object_unref (view->items);
}

static HdSlot *
view_look (View  *view,
           guint  position)
{
  if (view->held->pdata[position] == NULL)
    view->held->pdata[position] = g_list_model_get_item (G_LIST_MODEL (view->slots), position);

  return view->held->pdata[position];
}

static void
view_leave (View  *view,
            guint  position)
{
  clear_slot (view->held->pdata[position]);
  view->held->pdata[position] = NULL;
}

static void
view_look_at (View  *view,
              guint  n)
{
  for (guint i = 0; i < n; i++)
    view_look (view, i);
}

/* Every slot that is held is where the list says, and has in it what is there. */
static void
assert_view (View *view)
{
  g_assert_cmpuint (view->held->len, ==, g_list_model_get_n_items (G_LIST_MODEL (view->items)));

  for (guint i = 0; i < view->held->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (view->items), i);
      g_autoptr (HdSlot) slot = NULL;

      if (view->held->pdata[i] == NULL)
        continue;

      slot = g_list_model_get_item (G_LIST_MODEL (view->slots), i);
      g_assert_true (slot == view->held->pdata[i]);
      g_assert_true (hd_slot_get_item (slot) == item);
    }
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_others_come_into_the_same_places (void)
{
  View view;
  HdSlot *first;
  guint n_changes = 0;

  view_init (&view, 100);
  g_object_set (view.slots, "in-place", TRUE, NULL);
  view_look_at (&view, 20);
  first = view_look (&view, 0);
  g_signal_connect_swapped (first, "changed", G_CALLBACK (count_cb), &n_changes);

  hd_test_splice_range (view.items, 0, 100, 1000, 100);
  g_assert_cmpuint (view.n_signals, ==, 0);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (view_look (&view, 0) == first);
  assert_view (&view);

  /* Fewer, then more: only the end of the list is told. */
  hd_test_splice_range (view.items, 0, 100, 2000, 10);
  g_assert_cmpuint (view.n_signals, ==, 1);
  g_assert_true (view_look (&view, 0) == first);
  assert_view (&view);
  hd_test_splice_range (view.items, 0, 10, 3000, 50);
  g_assert_cmpuint (view.n_signals, ==, 2);
  g_assert_true (view_look (&view, 0) == first);
  assert_view (&view);

  /* One that comes on top moves the others down through the places. */
  hd_test_splice_range (view.items, 0, 0, 3500, 1);
  g_assert_cmpuint (view.n_signals, ==, 3);
  g_assert_true (view_look (&view, 0) == first);
  assert_view (&view);
  hd_test_splice_range (view.items, 0, 1, 3600, 0);
  g_assert_cmpuint (view.n_signals, ==, 4);
  g_assert_true (view_look (&view, 0) == first);
  assert_view (&view);

  /* A few as well as many. */
  hd_test_splice_range (view.items, 0, 3, 4000, 3);
  g_assert_cmpuint (view.n_signals, ==, 4);
  g_assert_true (view_look (&view, 0) == first);
  assert_view (&view);

  view_clear (&view);
}

static void
test_a_slot_tells_of_its_item (void)
{
  g_autoptr (GtkAdjustment) item = g_object_ref_sink (gtk_adjustment_new (0, 0, 10, 1, 1, 1));
  g_autoptr (HdSlot) slot = hd_slot_new (item);
  guint n_changes = 0;

  g_signal_connect_swapped (slot, "changed", G_CALLBACK (count_cb), &n_changes);
  gtk_adjustment_set_value (item, 5);
  g_assert_cmpuint (n_changes, ==, 1);

  hd_slot_set_item (slot, item);
  g_assert_cmpuint (n_changes, ==, 1);

  hd_slot_set_item (slot, NULL);
  g_assert_cmpuint (n_changes, ==, 2);
  gtk_adjustment_set_value (item, 6);
  g_assert_cmpuint (n_changes, ==, 2);
}

/* A sync changes an item: it comes to the top, those before it move down. */
static void
test_a_slot_goes_with_its_item (void)
{
  View view;
  HdSlot *third, *fifth;
  gpointer moved[5];

  view_init (&view, 100);
  view_look_at (&view, 20);
  third = g_object_ref (view_look (&view, 2));
  fifth = g_object_ref (view_look (&view, 4));

  moved[0] = g_list_model_get_item (G_LIST_MODEL (view.items), 4);
  for (guint i = 1; i < 5; i++)
    moved[i] = g_list_model_get_item (G_LIST_MODEL (view.items), i - 1);
  g_list_store_splice (view.items, 0, 5, moved, 5);

  g_assert_true (view_look (&view, 0) == fifth);
  g_assert_true (view_look (&view, 3) == third);
  assert_view (&view);

  /* The same with one more on top, told as one change: the last one comes to where nobody was. */
  for (guint i = 0; i < 5; i++)
    view_leave (&view, 5 + i);
  g_object_unref (moved[4]);
  memmove (moved + 1, moved, 4 * sizeof (gpointer));
  moved[0] = hd_test_item_new (1000);
  g_list_store_splice (view.items, 0, 4, moved, 5);
  g_assert_true (view_look (&view, 1) == fifth);
  g_assert_true (view_look (&view, 4) == third);
  assert_view (&view);

  for (guint i = 0; i < 5; i++)
    g_object_unref (moved[i]);
  g_object_unref (third);
  g_object_unref (fifth);
  view_clear (&view);
}

static void
test_a_slot_moves_when_others_come_before_it (void)
{
  View view;
  HdSlot *third;

  view_init (&view, 100);
  view_look_at (&view, 20);
  third = view_look (&view, 2);

  hd_test_splice_range (view.items, 0, 0, 1000, 2);
  g_assert_true (view_look (&view, 4) == third);
  hd_test_splice_range (view.items, 1, 2, 2000, 0);
  g_assert_true (view_look (&view, 2) == third);
  assert_view (&view);

  view_clear (&view);
}

/* The place of one that is gone is not given to another one, who would get its selection. */
static void
test_what_is_gone_leaves_no_slot (void)
{
  View view;
  HdSlot *third;

  view_init (&view, 100);
  view_look_at (&view, 20);
  third = g_object_ref (view_look (&view, 2));

  hd_test_splice_range (view.items, 2, 1, 1000, 1);
  g_assert_cmpuint (view.n_signals, ==, 1);
  g_assert_true (view_look (&view, 2) != third);
  assert_view (&view);

  /* The one that lost its place knows nothing of the list any more. */
  view_clear (&view);
  g_object_unref (third);
}

/* … but where everything is gone, it would cost too much to begin anew. */
static void
test_a_list_of_others_keeps_the_places (void)
{
  View view;
  HdSlot *third;

  view_init (&view, 100);
  view_look_at (&view, 20);
  third = view_look (&view, 2);

  hd_test_splice_range (view.items, 0, 100, 1000, 100);
  g_assert_cmpuint (view.n_signals, ==, 0);
  g_assert_true (view_look (&view, 2) == third);
  assert_view (&view);

  view_clear (&view);
}

/* A random step: looks somewhere, looks away, or changes the list, also by moving what is there. */
static void
step_at_random (View  *view,
                GRand *rand,
                guint  step)
{
  guint n = view->held->len;
  guint position = n > 0 ? g_rand_int_range (rand, 0, (gint32) n) : 0;
  guint removed = n > 0 ? g_rand_int_range (rand, 0, (gint32) MIN (n - position, 30) + 1) : 0;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      g_object_set (view->slots, "in-place", g_rand_boolean (rand), NULL);
      break;
    case 1:
      for (guint i = position; i < position + removed; i++)
        view_look (view, i);
      break;
    case 2:
      for (guint i = position; i < position + removed; i++)
        view_leave (view, i);
      break;
    case 3:
      if (n > 0)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (view->items), n - 1);
          gpointer additions[] = { item };

          g_list_store_remove (view->items, n - 1);
          g_list_store_splice (view->items, MIN (position, n - 1), 0, additions, 1);
        }
      break;
    default:
      hd_test_splice_range (view->items, position, removed, step * 1000, g_rand_int_range (rand, 0, 40));
      break;
    }
}

static void
test_the_list_is_right_whatever_happens (void)
{
  for (guint32 seed = 0; seed < 50; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      View view;

      view_init (&view, 60);
      for (guint step = 1; step < 60; step++)
        {
          step_at_random (&view, rand, step);
          assert_view (&view);
        }
      view_clear (&view);
    }
}

/* Who holds a slot may do so for longer than the list is there. */
static void
test_a_slot_may_outlive_its_list (void)
{
  g_autoptr (GListStore) items = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (HdSlot) slot = NULL;
  HdSlotList *slots;

  hd_test_splice_range (items, 0, 0, 0, 3);
  slots = hd_slot_list_new (G_LIST_MODEL (items));
  slot = g_list_model_get_item (G_LIST_MODEL (slots), 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (slots), 3));
  g_object_unref (slots);

  hd_test_splice_range (items, 0, 3, 10, 1);
  g_assert_cmpstr (gtk_string_object_get_string (hd_slot_get_item (slot)), ==, "1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/slots/others-come-into-the-same-places", test_others_come_into_the_same_places);
  g_test_add_func ("/slots/a-slot-tells-of-its-item", test_a_slot_tells_of_its_item);
  g_test_add_func ("/slots/a-slot-goes-with-its-item", test_a_slot_goes_with_its_item);
  g_test_add_func ("/slots/a-slot-moves-when-others-come-before-it", test_a_slot_moves_when_others_come_before_it);
  g_test_add_func ("/slots/what-is-gone-leaves-no-slot", test_what_is_gone_leaves_no_slot);
  g_test_add_func ("/slots/a-list-of-others-keeps-the-places", test_a_list_of_others_keeps_the_places);
  g_test_add_func ("/slots/the-list-is-right-whatever-happens", test_the_list_is_right_whatever_happens);
  g_test_add_func ("/slots/a-slot-may-outlive-its-list", test_a_slot_may_outlive_its_list);

  return g_test_run ();
}
