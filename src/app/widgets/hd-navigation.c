/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-navigation.h"

#include "hd-stack-state.h"

/**
 * HdNavigation:
 *
 * The pages of one pane, one upon another; only the topmost is seen.  A page
 * that was popped is kept until it has slid out.
 */

struct _HdNavigation
{
  AdwBin     parent_instance;

  GtkStack  *stack;       /* (unowned): our child */
  GPtrArray *pages;       /* (owned) (element-type HdPage): the last is on top */
  GPtrArray *leaving;     /* (owned) (element-type HdPage): popped, still sliding out */
  guint      drop_id;
};

G_DEFINE_FINAL_TYPE (HdNavigation, hd_navigation, ADW_TYPE_BIN)

typedef enum
{
  PROP_CAN_POP = 1,
  PROP_TITLE,
  PROP_VISIBLE_PAGE,
} HdNavigationProp;

static GParamSpec *properties[PROP_VISIBLE_PAGE + 1];

static gboolean
drop_cb (gpointer user_data)
{
  HdNavigation *self = user_data;
  g_autoptr (GPtrArray) leaving = g_steal_pointer (&self->leaving);

  self->drop_id = 0;
  self->leaving = g_ptr_array_new ();

  for (guint i = 0; i < leaving->len; i++)
    gtk_stack_remove (self->stack, g_ptr_array_index (leaving, i));

  return G_SOURCE_REMOVE;
}

/* Later: a page may be replaced by a function of its own that is still running. */
static void
drop_leaving (HdNavigation *self)
{
  if (self->leaving->len > 0 && self->drop_id == 0 && !gtk_stack_get_transition_running (self->stack))
    self->drop_id = g_idle_add (drop_cb, self);
}

/* Shows the topmost page. @transition: how it comes in */
static void
show_top (HdNavigation           *self,
          GtkStackTransitionType  transition)
{
  HdPage *top = hd_navigation_get_visible_page (self);

  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (top));
  drop_leaving (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_POP]);
}

static void
can_go_back_changed_cb (HdNavigation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_POP]);
}

/* A page may learn its title only once it has loaded what it shows. */
static void
title_changed_cb (HdNavigation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
add_page (HdNavigation *self,
          HdPage       *page)
{
  g_ptr_array_add (self->pages, page);
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));
  g_signal_connect_object (page, "notify::can-go-back", G_CALLBACK (can_go_back_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "notify::title", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
hd_navigation_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HdNavigation *self = HD_NAVIGATION (object);

  switch ((HdNavigationProp) prop_id)
    {
    case PROP_CAN_POP:
      g_value_set_boolean (value, hd_navigation_get_can_pop (self));
      break;

    case PROP_TITLE:
      g_value_set_string (value, hd_page_get_title (hd_navigation_get_visible_page (self)));
      break;

    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, hd_navigation_get_visible_page (self));
      break;
    }
}

static void
hd_navigation_dispose (GObject *object)
{
  HdNavigation *self = HD_NAVIGATION (object);

  g_clear_handle_id (&self->drop_id, g_source_remove);

  G_OBJECT_CLASS (hd_navigation_parent_class)->dispose (object);
}

static void
hd_navigation_finalize (GObject *object)
{
  HdNavigation *self = HD_NAVIGATION (object);

  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);

  G_OBJECT_CLASS (hd_navigation_parent_class)->finalize (object);
}

/*
 * Pages scroll and take what height they are given.  To ask them what they would
 * like would lay out all the text that they scroll, and more than once, since
 * AdwToastOverlay asks without saying for which width.
 */
static void
hd_navigation_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  HdNavigation *self = HD_NAVIGATION (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    gtk_widget_measure (GTK_WIDGET (self->stack), orientation, -1, minimum, natural, NULL, NULL);
}

static void
hd_navigation_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  gtk_widget_allocate (GTK_WIDGET (HD_NAVIGATION (widget)->stack), width, height, baseline, NULL);
}

static void
hd_navigation_class_init (HdNavigationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_navigation_dispose;
  object_class->finalize = hd_navigation_finalize;
  object_class->get_property = hd_navigation_get_property;
  widget_class->measure = hd_navigation_measure;
  widget_class->size_allocate = hd_navigation_size_allocate;

  properties[PROP_CAN_POP] =
    g_param_spec_boolean ("can-pop", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /* The visible page's. */
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_VISIBLE_PAGE] =
    g_param_spec_object ("visible-page", NULL, NULL, HD_TYPE_PAGE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hd_navigation_init (HdNavigation *self)
{
  self->pages = g_ptr_array_new ();
  self->leaving = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());

  /* The pages below must not decide how narrow the window can be. */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_transition_duration (self->stack, 200);
  g_signal_connect_object (self->stack, "notify::transition-running",
                           G_CALLBACK (drop_leaving), self, G_CONNECT_SWAPPED);
  hd_stack_state_follow (GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  /* AdwBin's would not ask us. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

GtkWidget *
hd_navigation_new (HdPage *root)
{
  HdNavigation *self = g_object_new (HD_TYPE_NAVIGATION, NULL);

  g_return_val_if_fail (HD_IS_PAGE (root), NULL);

  add_page (self, root);

  return GTK_WIDGET (self);
}

/* Returns: (transfer none): the page at the bottom */
HdPage *
hd_navigation_get_root_page (HdNavigation *self)
{
  g_return_val_if_fail (HD_IS_NAVIGATION (self), NULL);

  return g_ptr_array_index (self->pages, 0);
}

/* Returns: (transfer none) (nullable) */
HdPage *
hd_navigation_get_visible_page (HdNavigation *self)
{
  g_return_val_if_fail (HD_IS_NAVIGATION (self), NULL);

  return self->pages->len > 0 ? g_ptr_array_index (self->pages, self->pages->len - 1) : NULL;
}

gboolean
hd_navigation_get_can_pop (HdNavigation *self)
{
  g_return_val_if_fail (HD_IS_NAVIGATION (self), FALSE);

  if (self->pages->len > 1)
    return TRUE;

  return self->pages->len == 1 && hd_page_get_can_go_back (hd_navigation_get_visible_page (self));
}

/* @page: (transfer floating) */
void
hd_navigation_push (HdNavigation *self,
                    HdPage       *page)
{
  g_return_if_fail (HD_IS_NAVIGATION (self));
  g_return_if_fail (HD_IS_PAGE (page));

  add_page (self, page);
  show_top (self, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  hd_page_grab_focus_first (page);
}

static gboolean
pop_top (HdNavigation *self)
{
  HdPage *top = hd_navigation_get_visible_page (self);

  if (self->pages->len < 2 || !hd_page_close (top))
    return FALSE;

  g_ptr_array_remove_index (self->pages, self->pages->len - 1);
  g_ptr_array_add (self->leaving, top);
  show_top (self, GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);

  return TRUE;
}

/**
 * hd_navigation_pop:
 *
 * Goes back: within the topmost page if it has a step back, else to the page
 * below, if there is one and the topmost lets go.
 *
 * Returns: whether it did
 */
gboolean
hd_navigation_pop (HdNavigation *self)
{
  HdPage *top;

  g_return_val_if_fail (HD_IS_NAVIGATION (self), FALSE);

  top = hd_navigation_get_visible_page (self);

  if (!hd_page_get_can_go_back (top))
    return pop_top (self);

  hd_page_go_back (top);

  return TRUE;
}

/* Goes back to the first page; FALSE where a page on the way does not let go. */
gboolean
hd_navigation_pop_to_root (HdNavigation *self)
{
  g_return_val_if_fail (HD_IS_NAVIGATION (self), FALSE);

  while (self->pages->len > 1)
    {
      if (!pop_top (self))
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_navigation_replace:
 * @page: (transfer floating)
 *
 * Puts @page in the place of the topmost one, which is not asked: it has done
 * its work (a form that was submitted gives way to its receipt).
 */
void
hd_navigation_replace (HdNavigation *self,
                       HdPage       *page)
{
  HdPage *top;

  g_return_if_fail (HD_IS_NAVIGATION (self));
  g_return_if_fail (HD_IS_PAGE (page));

  top = g_ptr_array_steal_index (self->pages, self->pages->len - 1);
  g_ptr_array_add (self->leaving, top);
  add_page (self, page);
  show_top (self, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  hd_page_grab_focus_first (page);
}

/* The window is closing: every page saves what it holds; FALSE where one does not let go. */
gboolean
hd_navigation_close_all (HdNavigation *self)
{
  g_return_val_if_fail (HD_IS_NAVIGATION (self), TRUE);

  for (guint i = self->pages->len; i > 0; i--)
    {
      if (!hd_page_close (g_ptr_array_index (self->pages, i - 1)))
        return FALSE;
    }

  return TRUE;
}
