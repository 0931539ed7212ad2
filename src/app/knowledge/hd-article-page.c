/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hd-article-column.h"
#include "hd-article-html.h"
#include "hd-article-link.h"
#include "hd-compat.h"
#include "hd-document-view.h"
#include "hd-error.h"
#include "hd-offering-popover.h"
#include "hd-status-view.h"
#include "hd-text-document.h"
#include "hd-time.h"

/**
 * HdArticlePage:
 *
 * One article or one announcement, with what can be done with it: find, zoom,
 * contents, print, say whether it helped, ask for help about it.
 */

#define MIN_ZOOM 0.5
#define MAX_ZOOM 3.0

struct _HdArticlePage
{
  HdPage            parent_instance;

  GtkBox           *article_actions;
  GtkWidget        *article_bar;
  GtkMenuButton    *contents_button;
  GtkListBox       *contents_list;
  AdwBin           *document_bin;
  GtkStack         *feedback_stack;
  GtkSearchBar     *find_bar;
  GtkSearchEntry   *find_entry;
  GtkLabel         *match_label;
  GtkMenuButton    *request_button;
  HdStatusView     *status_view;
  GtkLabel         *subtitle_label;
  HdArticleColumn  *title_column;
  GtkLabel         *title_label;

  HdDocumentView   *document;       /* (unowned) (nullable): in document_bin, made when first needed */
  GSettings        *settings;       /* (owned) */
  GCancellable     *cancellable;    /* (owned) (nullable): the load under way */
  char             *id;             /* (owned) (nullable) */
  char             *anchor;         /* (owned) (nullable) */
  char             *title;          /* (owned) (nullable) */
  char             *body;           /* (owned) (nullable) */
  gboolean          is_announcement;
};

G_DEFINE_FINAL_TYPE (HdArticlePage, hd_article_page, HD_TYPE_PAGE)

static void show_document (HdArticlePage *self);

static void
link_activated_cb (HdArticlePage *self,
                   const char    *uri)
{
  if (g_str_has_prefix (uri, "article:"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-article", "s", uri + strlen ("article:"));
  else if (*uri == '#')
    hd_document_view_scroll_to (self->document, uri + 1);
  else
    hd_article_link_confirm (GTK_WIDGET (self), uri);
}

static void
found_cb (HdArticlePage *self,
          guint          n_matches)
{
  g_autofree char *text = NULL;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->find_entry)) != '\0')
    text = n_matches == 0 ? g_strdup (_("Not found"))
                          : g_strdup_printf (ngettext ("%u match", "%u matches", n_matches), n_matches);

  gtk_label_set_label (self->match_label, text != NULL ? text : "");
}

static void
refresh_zoom (HdArticlePage *self)
{
  double zoom = g_settings_get_double (self->settings, "article-zoom");

  hd_article_column_set_zoom (self->title_column, zoom);
  if (self->document != NULL)
    hd_document_view_set_zoom (self->document, zoom);
}

static void
set_document (HdArticlePage *self,
              GtkWidget     *document)
{
  self->document = HD_DOCUMENT_VIEW (document);
  adw_bin_set_child (self->document_bin, document);
  refresh_zoom (self);
}

/* Where the person wants it so, or the web process died. */
static void
show_as_text (HdArticlePage *self)
{
  GtkWidget *text = hd_text_document_new (!g_settings_get_boolean (self->settings, "text-first"));

  g_signal_connect_object (text, "link-activated", G_CALLBACK (link_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  set_document (self, text);
  show_document (self);
}

static void
ensure_document (HdArticlePage *self)
{
  GtkWidget *document;

  if (self->document != NULL)
    return;

  document = hd_document_view_new (hd_page_get_session (HD_PAGE (self)));
  g_signal_connect_object (document, "link-activated", G_CALLBACK (link_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "failed", G_CALLBACK (show_as_text), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  set_document (self, document);
}

static void
fill_contents (HdArticlePage *self)
{
  g_autoptr (GPtrArray) headings = hd_article_html_dup_headings (self->body != NULL ? self->body : "");
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->contents_list))) != NULL)
    gtk_list_box_remove (self->contents_list, row);

  for (guint i = 0; i < headings->len; i++)
    {
      const HdHeading *heading = headings->pdata[i];
      GtkWidget *label = gtk_label_new (heading->text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_widget_set_margin_start (label, heading->level == 2 ? 6 : 24);
      gtk_list_box_append (self->contents_list, label);
      row = gtk_widget_get_parent (label);
      g_object_set_data_full (G_OBJECT (row), "hd-anchor", g_strdup (heading->id), g_free);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->contents_button), headings->len > 1);
}

static void
document_prepared_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  HdArticlePage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hd_document_view_prepare_finish (result, &error))
    return;

  ensure_document (self);
  show_document (self);
}

static void
show_document (HdArticlePage *self)
{
  if (self->document == NULL && g_settings_get_boolean (self->settings, "text-first"))
    {
      show_as_text (self);
      return;
    }

  if (self->document == NULL)
    {
      hd_document_view_prepare_async (hd_page_get_cancellable (HD_PAGE (self)), document_prepared_cb, self);
      return;
    }

  hd_document_view_load (self->document, self->title, self->body, self->anchor);
  hd_status_view_show_content (self->status_view);
  hd_page_content_shown (HD_PAGE (self));
}

static void
set_text (char       **member,
          const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static void
show_text (HdArticlePage *self,
           const char    *title,
           const char    *body,
           GDateTime     *date)
{
  g_autofree char *date_text = date != NULL ? hd_time_dup_full (date) : NULL;
  g_autofree char *subtitle = NULL;

  set_text (&self->title, title);
  set_text (&self->body, body);

  if (date_text != NULL)
    subtitle = g_strdup_printf (self->is_announcement ? _("Published %s") : _("Version of %s"), date_text);

  hd_page_set_title (HD_PAGE (self), title);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->subtitle_label, subtitle != NULL ? subtitle : "");
  fill_contents (self);
  show_document (self);
}

static void
show_failure (HdArticlePage *self,
              const GError  *error)
{
  if (error != NULL)
    hd_status_view_show_error (self->status_view, error, NULL);
  else
    hd_status_view_show_empty (self->status_view, "hd-knowledge-symbolic", _("Not Found"),
                               _("This article is not on this computer. It may have been removed from the Knowledge Base."),
                               NULL);
}

static void
article_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdArticlePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdArticle) article = hd_store_get_article_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  g_clear_object (&self->cancellable);

  if (article != NULL)
    show_text (self, hd_article_get_title (article), hd_article_get_body (article), hd_article_get_updated_at (article));
  else
    show_failure (self, error);
}

static void
announcement_loaded_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  HdArticlePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAnnouncement) news = hd_store_get_announcement_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  g_clear_object (&self->cancellable);

  if (news != NULL)
    show_text (self, hd_announcement_get_title (news), hd_announcement_get_body (news),
               hd_announcement_get_published_at (news));
  else
    show_failure (self, error);
}

/* Cancels the load before this one, whose answer would come too late. */
static void
begin_load (HdArticlePage *self,
            gboolean       is_announcement)
{
  HdSession *session = hd_page_get_session (HD_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  self->is_announcement = is_announcement;
  gtk_widget_set_visible (self->article_bar, !is_announcement);
  gtk_widget_set_visible (GTK_WIDGET (self->feedback_stack), hd_session_can (session, HD_PORTAL_FEEDBACK) &&
                          hd_session_get_account (session) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->request_button), hd_session_get_account (session) != NULL);
  gtk_stack_set_visible_child_name (self->feedback_stack, "question");
  gtk_search_bar_set_search_mode (self->find_bar, FALSE);
  hd_page_content_hidden (HD_PAGE (self));
  hd_status_view_show_loading (self->status_view);
}

static void
feedback_sent_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (HdArticlePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept = hd_session_submit_finish (HD_SESSION (object), result, &error);
  g_autofree char *text = NULL;

  if (kept || g_cancellable_is_cancelled (hd_page_get_cancellable (HD_PAGE (self))))
    return;

  gtk_stack_set_visible_child_name (self->feedback_stack, "question");
  text = hd_error_dup_text (error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
send_feedback (HdArticlePage *self,
               gboolean       helpful)
{
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION,
                                                      "action", HD_ACTION_FEEDBACK,
                                                      "article-id", self->id,
                                                      "title", self->title,
                                                      "helpful", helpful,
                                                      NULL);

  gtk_stack_set_visible_child_name (self->feedback_stack, helpful ? "thanks" : "sorry");
  /* Not to be cancelled: who leaves the article has said it all the same. */
  hd_session_submit_async (hd_page_get_session (HD_PAGE (self)), submission, NULL, feedback_sent_cb,
                           g_object_ref (self));
}

static void
helpful_clicked_cb (HdArticlePage *self)
{
  send_feedback (self, TRUE);
}

static void
unhelpful_clicked_cb (HdArticlePage *self)
{
  send_feedback (self, FALSE);
}

static void
size_class_changed_cb (HdArticlePage *self)
{
  gboolean is_narrow = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_NARROW;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->article_actions),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
find_changed_cb (HdArticlePage *self)
{
  if (self->document != NULL)
    hd_document_view_find (self->document, gtk_editable_get_text (GTK_EDITABLE (self->find_entry)), FALSE);
}

static void
find_next_cb (HdArticlePage *self)
{
  find_changed_cb (self);
}

static void
find_previous_cb (HdArticlePage *self)
{
  if (self->document != NULL)
    hd_document_view_find (self->document, gtk_editable_get_text (GTK_EDITABLE (self->find_entry)), TRUE);
}

static void
find_mode_changed_cb (HdArticlePage *self)
{
  if (!gtk_search_bar_get_search_mode (self->find_bar) && self->document != NULL)
    hd_document_view_find (self->document, "", FALSE);
}

static void
contents_activated_cb (HdArticlePage *self,
                       GtkListBoxRow *row)
{
  gtk_menu_button_popdown (self->contents_button);
  hd_document_view_scroll_to (self->document, g_object_get_data (G_OBJECT (row), "hd-anchor"));
}

static void
offering_chosen_cb (HdArticlePage *self,
                    const char    *offering_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-offering", "(ss)", offering_id, self->id);
}

/* The popover reads the catalog, so it is made when it is first wanted. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  HdArticlePage *self = user_data;
  GtkWidget *popover = hd_offering_popover_new (hd_page_get_session (HD_PAGE (self)));

  g_signal_connect_object (popover, "chosen", G_CALLBACK (offering_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
zoom_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HdArticlePage *self = HD_ARTICLE_PAGE (widget);
  double zoom = g_settings_get_double (self->settings, "article-zoom");

  if (g_str_equal (action_name, "article.zoom-in"))
    zoom = MIN (MAX_ZOOM, zoom + 0.1);
  else if (g_str_equal (action_name, "article.zoom-out"))
    zoom = MAX (MIN_ZOOM, zoom - 0.1);
  else
    zoom = 1.0;

  g_settings_set_double (self->settings, "article-zoom", zoom);
  refresh_zoom (self);
}

static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HdArticlePage *self = HD_ARTICLE_PAGE (widget);

  gtk_search_bar_set_search_mode (self->find_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  HdArticlePage *self = HD_ARTICLE_PAGE (widget);

  if (self->document != NULL)
    hd_document_view_print (self->document);
}

static gboolean
hd_article_page_start_search (HdPage *page)
{
  find_action (GTK_WIDGET (page), NULL, NULL);
  return TRUE;
}

static void
hd_article_page_dispose (GObject *object)
{
  HdArticlePage *self = HD_ARTICLE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->document = NULL;

  G_OBJECT_CLASS (hd_article_page_parent_class)->dispose (object);
}

static void
hd_article_page_finalize (GObject *object)
{
  HdArticlePage *self = HD_ARTICLE_PAGE (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->anchor, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->body, g_free);

  G_OBJECT_CLASS (hd_article_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "article.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "article.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "article.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "article.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "article.zoom-reset", NULL, zoom_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "article.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "article.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "article.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "article.zoom-reset", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "article.print", NULL);
}

static void
hd_article_page_class_init (HdArticlePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_article_page_dispose;
  object_class->finalize = hd_article_page_finalize;
  HD_PAGE_CLASS (klass)->start_search = hd_article_page_start_search;

  g_type_ensure (HD_TYPE_ARTICLE_COLUMN);
  g_type_ensure (HD_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-article-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, article_actions);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, article_bar);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, contents_button);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, contents_list);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, document_bin);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, feedback_stack);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, find_entry);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, match_label);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, request_button);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, status_view);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, title_column);
  gtk_widget_class_bind_template_child (widget_class, HdArticlePage, title_label);
  gtk_widget_class_bind_template_callback (widget_class, contents_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, helpful_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_class_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, unhelpful_clicked_cb);

  install_actions (widget_class);
}

static void
hd_article_page_init (HdArticlePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_page_set_first_focus (HD_PAGE (self), GTK_WIDGET (self->document_bin));

  self->settings = g_settings_new (HD_APP_ID);
  gtk_search_bar_connect_entry (self->find_bar, GTK_EDITABLE (self->find_entry));
  gtk_menu_button_set_create_popup_func (self->request_button, create_popover_cb, self, NULL);
}

GtkWidget *
hd_article_page_new (HdSession *session)
{
  return g_object_new (HD_TYPE_ARTICLE_PAGE, "session", session, NULL);
}

/**
 * hd_article_page_show_article:
 * @self: a page
 * @id_and_anchor: an article's id, with `#` and a place in it if wanted
 */
void
hd_article_page_show_article (HdArticlePage *self,
                              const char    *id_and_anchor)
{
  const char *hash = strchr (id_and_anchor, '#');
  g_autofree char *id = hash != NULL ? g_strndup (id_and_anchor, (gsize) (hash - id_and_anchor))
                                     : g_strdup (id_and_anchor);

  g_return_if_fail (HD_IS_ARTICLE_PAGE (self));

  begin_load (self, FALSE);
  set_text (&self->id, id);
  set_text (&self->anchor, hash != NULL ? hash + 1 : NULL);
  hd_store_get_article_async (hd_session_get_store (hd_page_get_session (HD_PAGE (self))), id,
                              self->cancellable, article_loaded_cb, self);
}

void
hd_article_page_show_announcement (HdArticlePage *self,
                                   const char    *announcement_id)
{
  g_return_if_fail (HD_IS_ARTICLE_PAGE (self));

  begin_load (self, TRUE);
  set_text (&self->id, announcement_id);
  set_text (&self->anchor, NULL);
  hd_store_get_announcement_async (hd_session_get_store (hd_page_get_session (HD_PAGE (self))), announcement_id,
                                   self->cancellable, announcement_loaded_cb, self);
}
