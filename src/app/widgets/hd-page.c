/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-page.h"

#include "hd-button-names.h"

/**
 * HdPage:
 *
 * Whatever fills a pane of the window: a title for the header bar, the session
 * to read from, and the few things a window asks of every page.  It owns a
 * cancellable that is cancelled when the page goes, for all of its calls; and
 * it passes on the size class of the HdAdaptiveBin it is in.
 */

typedef struct
{
  HdSession     *session;       /* (owned) (nullable): a page of its own, in tests */
  GCancellable  *cancellable;   /* (owned) */
  char          *title;         /* (owned) */
  HdSizeClass    size_class;
  gboolean       can_go_back;
  gboolean       loading;
  HdAdaptiveBin *adaptive_bin;  /* (unowned) (nullable): while rooted */
  gulong         size_class_id;
  GtkWidget     *first_focus;   /* (unowned) (nullable): of ours */
  gboolean       focus_wanted;  /* by what is still to be loaded */
} HdPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HdPage, hd_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_SESSION = 1,
  PROP_TITLE,
  PROP_SIZE_CLASS,
  PROP_CAN_GO_BACK,
  PROP_LOADING,
} HdPageProp;

static GParamSpec *properties[PROP_LOADING + 1];

static void
size_class_changed_cb (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);
  HdSizeClass size_class = hd_adaptive_bin_get_size_class (priv->adaptive_bin);

  if (priv->size_class == size_class)
    return;

  priv->size_class = size_class;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE_CLASS]);
}

static void
hd_page_root (GtkWidget *widget)
{
  HdPage *self = HD_PAGE (widget);
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  GTK_WIDGET_CLASS (hd_page_parent_class)->root (widget);

  hd_button_names_clean (widget);
  priv->adaptive_bin = HD_ADAPTIVE_BIN (gtk_widget_get_ancestor (widget, HD_TYPE_ADAPTIVE_BIN));
  if (priv->adaptive_bin == NULL)
    return;

  priv->size_class_id = g_signal_connect_swapped (priv->adaptive_bin, "notify::size-class",
                                                  G_CALLBACK (size_class_changed_cb), self);
  size_class_changed_cb (self);
}

static void
hd_page_unroot (GtkWidget *widget)
{
  HdPagePrivate *priv = hd_page_get_instance_private (HD_PAGE (widget));

  if (priv->adaptive_bin != NULL)
    g_clear_signal_handler (&priv->size_class_id, priv->adaptive_bin);

  priv->adaptive_bin = NULL;

  GTK_WIDGET_CLASS (hd_page_parent_class)->unroot (widget);
}

static void
hd_page_real_grab_focus_first (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);
  GtkWidget *first = priv->first_focus;

  if (first != NULL && gtk_widget_get_mapped (first) &&
      (gtk_widget_grab_focus (first) || gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD)))
    return;

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static gboolean
hd_page_real_start_search (HdPage *self)
{
  return FALSE;
}

static void
hd_page_real_refresh (HdPage *self)
{
}

static void
hd_page_real_go_back (HdPage *self)
{
}

static gboolean
hd_page_real_close (HdPage *self)
{
  return TRUE;
}

static void
hd_page_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  HdPagePrivate *priv = hd_page_get_instance_private (HD_PAGE (object));

  switch ((HdPageProp) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;

    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;

    case PROP_SIZE_CLASS:
      g_value_set_enum (value, priv->size_class);
      break;

    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, priv->can_go_back);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, priv->loading);
      break;
    }
}

static void
hd_page_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  HdPage *self = HD_PAGE (object);
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  switch ((HdPageProp) prop_id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;

    case PROP_TITLE:
      hd_page_set_title (self, g_value_get_string (value));
      break;

    case PROP_CAN_GO_BACK:
      hd_page_set_can_go_back (self, g_value_get_boolean (value));
      break;

    case PROP_LOADING:
      hd_page_set_loading (self, g_value_get_boolean (value));
      break;

    case PROP_SIZE_CLASS:
      g_assert_not_reached ();
    }
}

static void
hd_page_dispose (GObject *object)
{
  HdPagePrivate *priv = hd_page_get_instance_private (HD_PAGE (object));

  g_cancellable_cancel (priv->cancellable);

  G_OBJECT_CLASS (hd_page_parent_class)->dispose (object);
}

static void
hd_page_finalize (GObject *object)
{
  HdPagePrivate *priv = hd_page_get_instance_private (HD_PAGE (object));

  /* Not in dispose: what a subclass disposes of later may still ask for these. */
  g_clear_object (&priv->session);
  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->title, g_free);

  G_OBJECT_CLASS (hd_page_parent_class)->finalize (object);
}

static void
hd_page_class_init (HdPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_page_dispose;
  object_class->finalize = hd_page_finalize;
  object_class->get_property = hd_page_get_property;
  object_class->set_property = hd_page_set_property;
  widget_class->root = hd_page_root;
  widget_class->unroot = hd_page_unroot;
  klass->grab_focus_first = hd_page_real_grab_focus_first;
  klass->start_search = hd_page_real_start_search;
  klass->refresh = hd_page_real_refresh;
  klass->go_back = hd_page_real_go_back;
  klass->close = hd_page_real_close;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, HD_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SIZE_CLASS] =
    g_param_spec_enum ("size-class", NULL, NULL, HD_TYPE_SIZE_CLASS, HD_SIZE_CLASS_MEDIUM,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CAN_GO_BACK] =
    g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hd_page_init (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->title = g_strdup ("");
  priv->size_class = HD_SIZE_CLASS_MEDIUM;
}

/* Returns: (transfer none) */
HdSession *
hd_page_get_session (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_val_if_fail (HD_IS_PAGE (self), NULL);

  return priv->session;
}

/* Returns: (transfer none): cancelled when the page is disposed of */
GCancellable *
hd_page_get_cancellable (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_val_if_fail (HD_IS_PAGE (self), NULL);

  return priv->cancellable;
}

const char *
hd_page_get_title (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_val_if_fail (HD_IS_PAGE (self), NULL);

  return priv->title;
}

void
hd_page_set_title (HdPage     *self,
                   const char *title)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_if_fail (HD_IS_PAGE (self));

  if (g_strcmp0 (priv->title, title) == 0)
    return;

  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

HdSizeClass
hd_page_get_size_class (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_val_if_fail (HD_IS_PAGE (self), HD_SIZE_CLASS_MEDIUM);

  return priv->size_class;
}

static void
focus_when_mapped_cb (HdPage *self)
{
  g_signal_handlers_disconnect_by_func (self, focus_when_mapped_cb, NULL);
  HD_PAGE_GET_CLASS (self)->grab_focus_first (self);
}

void
hd_page_grab_focus_first (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_if_fail (HD_IS_PAGE (self));

  priv->focus_wanted = TRUE;

  /* GTK takes the focus away again from what is not on the screen yet. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_signal_connect_after (self, "map", G_CALLBACK (focus_when_mapped_cb), NULL);
  else
    HD_PAGE_GET_CLASS (self)->grab_focus_first (self);
}

/**
 * hd_page_set_first_focus:
 * @widget: (transfer none): a part of the page, which lives as long
 *
 * Says what has the focus when the page is opened: itself, or else the first
 * thing in it that can have it.
 */
void
hd_page_set_first_focus (HdPage    *self,
                         GtkWidget *widget)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_if_fail (HD_IS_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  priv->first_focus = widget;
}

/* What is about to be loaded will have the focus again that is in the page now. */
void
hd_page_content_hidden (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (HD_IS_PAGE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    priv->focus_wanted = TRUE;
}

/* What had to be loaded is there: it takes the focus that had to wait for it. */
void
hd_page_content_shown (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_if_fail (HD_IS_PAGE (self));

  if (priv->focus_wanted)
    hd_page_grab_focus_first (self);

  priv->focus_wanted = FALSE;
}

gboolean
hd_page_start_search (HdPage *self)
{
  g_return_val_if_fail (HD_IS_PAGE (self), FALSE);

  return HD_PAGE_GET_CLASS (self)->start_search (self);
}

void
hd_page_refresh (HdPage *self)
{
  g_return_if_fail (HD_IS_PAGE (self));

  HD_PAGE_GET_CLASS (self)->refresh (self);
}

/* Whether there is a step back within the page: the window’s back button shows, and calls hd_page_go_back(). */
gboolean
hd_page_get_can_go_back (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_val_if_fail (HD_IS_PAGE (self), FALSE);

  return priv->can_go_back;
}

void
hd_page_set_can_go_back (HdPage   *self,
                         gboolean  can_go_back)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_if_fail (HD_IS_PAGE (self));

  can_go_back = !!can_go_back;

  if (priv->can_go_back == can_go_back)
    return;

  priv->can_go_back = can_go_back;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

/* Whether what is kept is still being read, so that the page shows less of it than there is. */
gboolean
hd_page_get_loading (HdPage *self)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_val_if_fail (HD_IS_PAGE (self), FALSE);

  return priv->loading;
}

void
hd_page_set_loading (HdPage   *self,
                     gboolean  loading)
{
  HdPagePrivate *priv = hd_page_get_instance_private (self);

  g_return_if_fail (HD_IS_PAGE (self));

  loading = !!loading;

  if (priv->loading == loading)
    return;

  priv->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
hd_page_go_back (HdPage *self)
{
  g_return_if_fail (HD_IS_PAGE (self));

  HD_PAGE_GET_CLASS (self)->go_back (self);
}

/* Returns whether the page may be taken away. */
gboolean
hd_page_close (HdPage *self)
{
  g_return_val_if_fail (HD_IS_PAGE (self), TRUE);

  return HD_PAGE_GET_CLASS (self)->close (self);
}
