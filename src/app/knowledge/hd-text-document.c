/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-text-document.h"

#include <glib/gi18n.h>

#include "hd-article-column.h"
#include "hd-article-text.h"
#include "hd-banner.h"
#include "hd-print.h"

/**
 * HdTextDocument:
 *
 * An article as text: where that is wanted, and, which is then told above it, where
 * there is no WebKit, its sandbox cannot be built or it has died.
 */

struct _HdTextDocument
{
  HdDocumentView   parent_instance;

  HdBanner        *banner;
  HdArticleColumn *column;
  GtkTextView     *text_view;
  GtkTextBuffer   *buffer;         /* (unowned): the view's */
  char            *title;          /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdTextDocument, hd_text_document, HD_TYPE_DOCUMENT_VIEW)

static void
set_buffer (HdTextDocument *self,
            const char     *body)
{
  g_autoptr (GtkTextBuffer) buffer = hd_article_text_create_buffer ();
  GtkTextIter start;

  hd_article_text_fill_buffer (buffer, body);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_set_buffer (self->text_view, buffer);
  self->buffer = buffer;
}

static void
hd_text_document_load (HdDocumentView *view,
                       const char     *title,
                       const char     *body,
                       const char     *anchor)
{
  HdTextDocument *self = HD_TEXT_DOCUMENT (view);

  g_free (self->title);
  self->title = g_strdup (title);
  set_buffer (self, body);

  if (anchor != NULL)
    hd_document_view_scroll_to (view, anchor);
}

static void
hd_text_document_scroll_to (HdDocumentView *view,
                            const char     *anchor)
{
  HdTextDocument *self = HD_TEXT_DOCUMENT (view);
  GtkTextMark *mark = gtk_text_buffer_get_mark (self->buffer, anchor);

  if (mark != NULL)
    gtk_text_view_scroll_to_mark (self->text_view, mark, 0, TRUE, 0, 0);
}

static guint
mark_matches (HdTextDocument *self,
              const char     *text)
{
  GtkTextIter from, start, end;
  guint n = 0;

  gtk_text_buffer_get_bounds (self->buffer, &from, &end);
  gtk_text_buffer_remove_tag_by_name (self->buffer, "match", &from, &end);

  while (*text != '\0' &&
         gtk_text_iter_forward_search (&from, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL))
    {
      gtk_text_buffer_apply_tag_by_name (self->buffer, "match", &start, &end);
      from = end;
      n++;
    }

  return n;
}

/* From the selection on, and round the end. */
static void
select_match (HdTextDocument *self,
              const char     *text,
              gboolean        backwards)
{
  GtkTextIter from, to, start, end;
  gboolean found;

  gtk_text_buffer_get_selection_bounds (self->buffer, &from, &to);
  found = backwards
          ? gtk_text_iter_backward_search (&from, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL)
          : gtk_text_iter_forward_search (&to, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL);

  if (!found && backwards)
    {
      gtk_text_buffer_get_end_iter (self->buffer, &from);
      found = gtk_text_iter_backward_search (&from, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL);
    }
  else if (!found)
    {
      gtk_text_buffer_get_start_iter (self->buffer, &to);
      found = gtk_text_iter_forward_search (&to, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL);
    }

  if (!found)
    return;

  gtk_text_buffer_select_range (self->buffer, &start, &end);
  gtk_text_view_scroll_to_iter (self->text_view, &start, 0.1, FALSE, 0, 0);
}

static void
hd_text_document_find (HdDocumentView *view,
                       const char     *text,
                       gboolean        backwards)
{
  HdTextDocument *self = HD_TEXT_DOCUMENT (view);

  hd_document_view_emit_found (view, mark_matches (self, text));
  if (*text != '\0')
    select_match (self, text, backwards);
}

static void
hd_text_document_set_zoom (HdDocumentView *view,
                           double          zoom)
{
  HdTextDocument *self = HD_TEXT_DOCUMENT (view);
  const char *classes[] = { "hd-text-document", zoom > 1.25 ? "title-4" : (zoom > 1.05 ? "body" : NULL), NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (self->text_view), classes);
  hd_article_column_set_zoom (self->column, zoom);
}

static void
hd_text_document_print (HdDocumentView *view)
{
  HdTextDocument *self = HD_TEXT_DOCUMENT (view);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  g_object_get (self->buffer, "text", &text, NULL);
  markup = hd_print_dup_markup (self->title != NULL ? self->title : "", text);
  hd_print_markup (GTK_WIDGET (self), self->title, markup);
}

static void
clicked_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            HdTextDocument  *self)
{
  GtkTextIter iter;
  const char *link;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->text_view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (self->text_view, &iter, buffer_x, buffer_y))
    return;

  link = hd_article_text_get_link_at (&iter);
  if (link != NULL)
    hd_document_view_emit_link (HD_DOCUMENT_VIEW (self), link);
}

/* As in a browser: Tab leads from link to link, and out of the text after the last one. */
static gboolean
select_link (HdTextDocument *self,
             gboolean        backwards)
{
  GtkTextIter from, start, end;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &from, gtk_text_buffer_get_insert (self->buffer));
  /* The first word may be one. */
  if (!backwards && gtk_text_iter_is_start (&from) && !gtk_text_buffer_get_has_selection (self->buffer) &&
      hd_article_text_get_link_at (&from) != NULL)
    {
      start = end = from;
      gtk_text_iter_forward_to_tag_toggle (&end, NULL);
    }
  else if (!hd_article_text_find_link (&from, backwards, &start, &end))
    {
      return FALSE;
    }

  gtk_text_buffer_select_range (self->buffer, &start, &end);
  gtk_text_view_scroll_to_iter (self->text_view, &start, 0.1, FALSE, 0, 0);

  return TRUE;
}

static gboolean
open_selected_link (HdTextDocument *self)
{
  GtkTextIter start, end;
  const char *link;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return FALSE;

  link = hd_article_text_get_link_at (&start);
  if (link != NULL)
    hd_document_view_emit_link (HD_DOCUMENT_VIEW (self), link);

  return link != NULL;
}

static gboolean
key_pressed_cb (HdTextDocument  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      return select_link (self, (state & GDK_SHIFT_MASK) != 0);

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return open_selected_link (self);

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
hd_text_document_finalize (GObject *object)
{
  HdTextDocument *self = HD_TEXT_DOCUMENT (object);

  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (hd_text_document_parent_class)->finalize (object);
}

static void
hd_text_document_class_init (HdTextDocumentClass *klass)
{
  HdDocumentViewClass *view_class = HD_DOCUMENT_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hd_text_document_finalize;

  view_class->load = hd_text_document_load;
  view_class->scroll_to = hd_text_document_scroll_to;
  view_class->find = hd_text_document_find;
  view_class->set_zoom = hd_text_document_set_zoom;
  view_class->print = hd_text_document_print;
}

static void
hd_text_document_init (HdTextDocument *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->text_view = g_object_new (GTK_TYPE_TEXT_VIEW,
                                  "editable", FALSE, "cursor-visible", FALSE, "wrap-mode", GTK_WRAP_WORD_CHAR,
                                  "top-margin", 12, "bottom-margin", 48,
                                  "pixels-above-lines", 3, "pixels-below-lines", 3,
                                  NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Article"), -1);
  set_buffer (self, "");

  g_signal_connect (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), keys);

  self->column = HD_ARTICLE_COLUMN (hd_article_column_new ());
  adw_bin_set_child (ADW_BIN (self->column), scrolled);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->text_view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->banner = HD_BANNER (hd_banner_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->column));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * hd_text_document_new:
 * @is_substitute: whether the person is to be told that this is not what it should be
 *
 * Returns: an article as text, which has yet to be loaded
 */
GtkWidget *
hd_text_document_new (gboolean is_substitute)
{
  HdTextDocument *self = g_object_new (HD_TYPE_TEXT_DOCUMENT, NULL);

  if (is_substitute)
    hd_banner_show (self->banner, "dialog-information-symbolic", _("This Article Is Shown as Text"),
                    _("The protected view for pages with pictures does not work on this computer."), NULL, NULL);

  return GTK_WIDGET (self);
}
