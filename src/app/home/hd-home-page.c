/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-home-page.h"

#include <glib/gi18n.h>

#include "hd-draft-bin.h"
#include "hd-draft-row.h"
#include "hd-error.h"
#include "hd-home-rows.h"
#include "hd-home-section.h"
#include "hd-offering-icon.h"
#include "hd-outbox-row.h"
#include "hd-search-results.h"
#include "hd-spelling-hint.h"
#include "hd-stack-state.h"
#include "hd-store-list.h"

/**
 * HdHomePage:
 *
 * The first page: a search over everything, the two ways to ask for something,
 * and what concerns the person now.  A section with nothing in it is absent;
 * where all are, the page greets and says where to begin.
 */

#define MAX_ROWS 5
#define MAX_FAVOURITES 8

struct _HdHomePage
{
  HdPage           parent_instance;

  GtkSearchEntry  *search_entry;
  HdSpellingHint  *spelling_hint;
  GtkStack        *stack;
  HdSearchResults *results;
  GtkBox          *buttons_box;
  GtkFlowBox      *favourites_box;
  GtkBox          *columns;
  GtkBox          *left_column;
  GtkWidget       *welcome_box;
  GtkLabel        *welcome_label;
  HdHomeSection   *waiting_section;
  HdHomeSection   *items_section;
  HdHomeSection   *outbox_section;
  HdHomeSection   *drafts_section;
  HdHomeSection   *news_section;
  HdHomeSection   *contacts_section;

  HdStoreList     *waiting;    /* (owned) */
  HdStoreList     *open;       /* (owned) */
  HdStoreList     *outbox;     /* (owned) */
  HdStoreList     *drafts;     /* (owned) */
  HdStoreList     *news;       /* (owned) */
  GListStore      *contacts;   /* (owned) (element-type HdContact) */
  char           **favourites; /* (owned) (nullable): ids, of which the offerings are being read */
  gboolean         has_favourites;  /* they were read once */
};

G_DEFINE_FINAL_TYPE (HdHomePage, hd_home_page, HD_TYPE_PAGE)

static HdStore *
get_store (HdHomePage *self)
{
  return hd_session_get_store (hd_page_get_session (HD_PAGE (self)));
}

/* --- Arrangement --- */

/* Wide: two columns; else one, in which what is begun stands before what is open. */
static void
size_class_changed_cb (HdHomePage *self)
{
  HdSizeClass size_class = hd_page_get_size_class (HD_PAGE (self));
  gboolean is_wide = size_class == HD_SIZE_CLASS_WIDE;
  GtkWidget *items = GTK_WIDGET (self->items_section);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (self->columns, is_wide);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons_box),
                                  size_class == HD_SIZE_CLASS_NARROW ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_reorder_child_after (self->left_column, items,
                               GTK_WIDGET (is_wide ? self->waiting_section : self->drafts_section));
}

/* A column without any section must not take its share of the room. */
static void
refresh_columns (HdHomePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->left_column),
                          gtk_widget_get_visible (GTK_WIDGET (self->waiting_section)) ||
                          gtk_widget_get_visible (GTK_WIDGET (self->items_section)) ||
                          gtk_widget_get_visible (GTK_WIDGET (self->outbox_section)) ||
                          gtk_widget_get_visible (GTK_WIDGET (self->drafts_section)));
}

static gboolean
has_nothing (HdStoreList *list)
{
  return !hd_store_list_get_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
}

static void
refresh_welcome (HdHomePage *self)
{
  HdAccount *account = hd_session_get_account (hd_page_get_session (HD_PAGE (self)));
  const char *name = account != NULL ? hd_account_get_name (account) : NULL;
  g_autofree char *text = NULL;

  if (name != NULL)
    /* Translators: %s is the person's name. */
    text = g_strdup_printf (_("Welcome, %s"), name);

  gtk_label_set_label (self->welcome_label, text != NULL ? text : _("Welcome"));
  gtk_widget_set_visible (self->welcome_box,
                          has_nothing (self->waiting) && has_nothing (self->open) &&
                          has_nothing (self->outbox) && has_nothing (self->drafts));
}

/* The page is whole when all of it was read: the window waits for that before it shows itself. */
static void
refresh_loading (HdHomePage *self)
{
  HdStoreList *lists[] = { self->waiting, self->open, self->outbox, self->drafts, self->news };
  gboolean loading = !self->has_favourites;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    loading = loading || hd_store_list_get_loading (lists[i]);

  hd_page_set_loading (HD_PAGE (self), loading);
}

/* --- Search --- */

static void
search_changed_cb (HdHomePage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  hd_search_results_set_words (self->results, words);
  gtk_stack_set_visible_child_name (self->stack, *words != '\0' ? "results" : "home");
}

static void
search_stopped_cb (HdHomePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

/* Enter, and Down. */
static void
search_activated_cb (HdHomePage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    hd_search_results_grab_focus_first (self->results);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* --- Favourites --- */

static HdOffering *
find_offering (GListModel *offerings,
               const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (g_strcmp0 (hd_offering_get_id (offering), id) == 0)
        return g_steal_pointer (&offering);
    }

  return NULL;
}

static void
add_favourite (HdHomePage *self,
               HdOffering *offering)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = hd_offering_icon_new (24, 16);
  GtkWidget *label = gtk_label_new (hd_offering_get_name (offering));
  GtkWidget *button = gtk_button_new ();

  hd_offering_icon_set_offering (HD_OFFERING_ICON (icon), offering);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), label);
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, hd_offering_get_summary (offering));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-offering");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", hd_offering_get_id (offering), "");
  gtk_flow_box_insert (self->favourites_box, button, -1);
  /* The button is what has the focus, not what holds it. */
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
catalog_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HdHomePage *self = user_data;
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *child;

  catalog = hd_store_get_catalog_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->favourites_box))) != NULL)
    gtk_flow_box_remove (self->favourites_box, child);

  for (guint i = 0; catalog != NULL && self->favourites[i] != NULL; i++)
    {
      g_autoptr (HdOffering) offering = find_offering (hd_catalog_get_offerings (catalog), self->favourites[i]);

      if (offering != NULL)
        add_favourite (self, offering);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->favourites_box),
                          gtk_widget_get_first_child (GTK_WIDGET (self->favourites_box)) != NULL);
  self->has_favourites = TRUE;
  refresh_loading (self);
}

static void
take_favourites (HdHomePage  *self,
                 char       **ids)
{
  g_strfreev (self->favourites);
  self->favourites = ids;
  hd_store_get_catalog_async (get_store (self), hd_page_get_cancellable (HD_PAGE (self)), catalog_read_cb, self);
}

static void
used_listed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdHomePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = hd_store_list_used_offerings_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  take_favourites (self, ids != NULL ? g_steal_pointer (&ids) : g_new0 (char *, 1));
}

/* Who has marked nothing sees what they use most. */
static void
favourites_listed_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  HdHomePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = hd_store_list_favourites_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (ids != NULL && ids[0] != NULL)
    take_favourites (self, g_steal_pointer (&ids));
  else
    hd_store_list_used_offerings_async (HD_STORE (object), MAX_FAVOURITES / 2,
                                        hd_page_get_cancellable (HD_PAGE (self)), used_listed_cb, self);
}

static void
load_favourites (HdHomePage *self)
{
  hd_store_list_favourites_async (get_store (self), hd_page_get_cancellable (HD_PAGE (self)),
                                  favourites_listed_cb, self);
}

static void
store_changed_cb (HdHomePage    *self,
                  HdStoreTopics  topics)
{
  if ((topics & HD_STORE_CATALOG) != 0)
    load_favourites (self);
}

/* --- Sections --- */

static GtkWidget *
create_request_row (gpointer item,
                    gpointer user_data)
{
  return hd_home_rows_create_request (item);
}

static GtkWidget *
create_announcement_row (gpointer item,
                         gpointer user_data)
{
  return hd_home_rows_create_announcement (item);
}

static GtkWidget *
create_contact_row (gpointer item,
                    gpointer user_data)
{
  return hd_home_rows_create_contact (item);
}

static GtkWidget *
create_submission_row (gpointer item,
                       gpointer user_data)
{
  HdHomePage *self = user_data;

  return hd_outbox_row_new (hd_page_get_session (HD_PAGE (self)), item, G_LIST_MODEL (self->outbox));
}

static GtkWidget *
create_draft_row (gpointer item,
                  gpointer user_data)
{
  return hd_draft_row_new (user_data, item);
}

static gboolean
is_not_waiting (gpointer item,
                gpointer user_data)
{
  return !hd_request_get_waiting_for_me (item);
}

static void
bind_items (HdHomePage *self)
{
  HdRequestFilter waiting = { .scope = HD_REQUEST_SCOPE_WAITING, .descending = TRUE, .limit = MAX_ROWS };
  /* So many that enough are left without those that wait. */
  HdRequestFilter open = { .scope = HD_REQUEST_SCOPE_OPEN, .descending = TRUE, .limit = 2 * MAX_ROWS };
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_not_waiting, NULL, NULL));
  g_autoptr (GtkSliceListModel) slice = NULL;
  GtkFilterListModel *filtered;

  self->waiting = hd_store_list_new_requests (get_store (self), &waiting);
  self->open = hd_store_list_new_requests (get_store (self), &open);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->open)), filter);
  slice = gtk_slice_list_model_new (G_LIST_MODEL (filtered), 0, MAX_ROWS);
  hd_home_section_bind (self->waiting_section, G_LIST_MODEL (self->waiting), create_request_row, NULL);
  hd_home_section_bind (self->items_section, G_LIST_MODEL (slice), create_request_row, NULL);
}

static void
bind_drafts (HdHomePage *self)
{
  HdSession *session = hd_page_get_session (HD_PAGE (self));
  g_autoptr (GListModel) drafts = NULL;

  self->outbox = hd_store_list_new_outbox (get_store (self));
  self->drafts = hd_store_list_new_drafts (get_store (self));
  /* All of them: what somebody has begun is to be found again. */
  drafts = hd_draft_bin_filter (hd_draft_bin_get_for_store (get_store (self)),
                                g_object_ref (G_LIST_MODEL (self->drafts)));
  hd_home_section_bind (self->outbox_section, G_LIST_MODEL (self->outbox), create_submission_row, self);
  hd_home_section_bind (self->drafts_section, drafts, create_draft_row, session);
}

static void
bind_news (HdHomePage *self)
{
  g_autoptr (GtkSliceListModel) slice = NULL;

  self->news = hd_store_list_new_announcements (get_store (self));
  slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->news)), 0, MAX_ROWS);
  hd_home_section_bind (self->news_section, G_LIST_MODEL (slice), create_announcement_row, NULL);
}

/* The portal's contacts; before the first contact, the telephone that policy knows. */
static void
refresh_contacts (HdHomePage *self)
{
  HdSession *session = hd_page_get_session (HD_PAGE (self));
  HdPortalInfo *info = hd_session_get_info (session);
  GListModel *contacts = info != NULL ? hd_portal_info_get_contacts (info) : NULL;
  guint n_contacts = contacts != NULL ? g_list_model_get_n_items (contacts) : 0;
  g_autofree char *phone = hd_session_dup_phone (session);

  g_list_store_remove_all (self->contacts);

  for (guint i = 0; i < n_contacts; i++)
    {
      g_autoptr (HdContact) contact = g_list_model_get_item (contacts, i);

      g_list_store_append (self->contacts, contact);
    }

  if (n_contacts == 0)
    {
      g_autoptr (HdContact) contact = g_object_new (HD_TYPE_CONTACT,
                                                    "kind", HD_CONTACT_KIND_PHONE,
                                                    "label", _("Help desk"),
                                                    "value", phone,
                                                    NULL);

      g_list_store_append (self->contacts, contact);
    }
}

static void
watch_lists (HdHomePage *self)
{
  HdHomeSection *sections[] = {
    self->waiting_section, self->items_section, self->outbox_section, self->drafts_section,
  };
  HdStoreList *lists[] = { self->waiting, self->open, self->outbox, self->drafts, self->news };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_signal_connect_object (lists[i], "items-changed", G_CALLBACK (refresh_welcome), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "notify::loading", G_CALLBACK (refresh_welcome), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "notify::loading", G_CALLBACK (refresh_loading), self, G_CONNECT_SWAPPED);
    }

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    g_signal_connect_object (sections[i], "notify::visible", G_CALLBACK (refresh_columns), self, G_CONNECT_SWAPPED);

  refresh_columns (self);
  refresh_loading (self);
}

/* --- HdPage --- */

static void
hd_home_page_grab_focus_first (HdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (HD_HOME_PAGE (page)->search_entry));
}

static gboolean
hd_home_page_start_search (HdPage *page)
{
  HdHomePage *self = HD_HOME_PAGE (page);

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);

  return TRUE;
}

static void
hd_home_page_constructed (GObject *object)
{
  HdHomePage *self = HD_HOME_PAGE (object);
  HdSession *session = hd_page_get_session (HD_PAGE (self));

  G_OBJECT_CLASS (hd_home_page_parent_class)->constructed (object);

  hd_search_results_set_session (self->results, session);
  hd_spelling_hint_watch (self->spelling_hint, get_store (self), self->search_entry);
  bind_items (self);
  bind_drafts (self);
  bind_news (self);
  watch_lists (self);
  refresh_contacts (self);
  hd_home_section_bind (self->contacts_section, G_LIST_MODEL (self->contacts), create_contact_row, NULL);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (refresh_contacts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::account", G_CALLBACK (refresh_welcome), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  load_favourites (self);
  g_signal_connect (self, "notify::size-class", G_CALLBACK (size_class_changed_cb), NULL);
  size_class_changed_cb (self);
}

static void
hd_home_page_dispose (GObject *object)
{
  HdHomePage *self = HD_HOME_PAGE (object);

  g_clear_object (&self->waiting);
  g_clear_object (&self->open);
  g_clear_object (&self->outbox);
  g_clear_object (&self->drafts);
  g_clear_object (&self->news);
  g_clear_object (&self->contacts);
  g_clear_pointer (&self->favourites, g_strfreev);

  G_OBJECT_CLASS (hd_home_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-home-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, buttons_box);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, columns);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, contacts_section);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, drafts_section);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, favourites_box);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, items_section);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, left_column);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, news_section);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, outbox_section);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, results);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, spelling_hint);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, waiting_section);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, welcome_box);
  gtk_widget_class_bind_template_child (widget_class, HdHomePage, welcome_label);
}

static void
hd_home_page_class_init (HdHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HdPageClass *page_class = HD_PAGE_CLASS (klass);

  object_class->constructed = hd_home_page_constructed;
  object_class->dispose = hd_home_page_dispose;
  page_class->grab_focus_first = hd_home_page_grab_focus_first;
  page_class->start_search = hd_home_page_start_search;

  g_type_ensure (HD_TYPE_HOME_SECTION);
  g_type_ensure (HD_TYPE_SEARCH_RESULTS);
  g_type_ensure (HD_TYPE_SPELLING_HINT);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
hd_home_page_init (HdHomePage *self)
{
  self->contacts = g_list_store_new (HD_TYPE_CONTACT);
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_stack_state_follow (GTK_WIDGET (self->stack));
}

/* @session: with an open store */
GtkWidget *
hd_home_page_new (HdSession *session)
{
  return g_object_new (HD_TYPE_HOME_PAGE, "session", session, "title", _("Home"), NULL);
}

void
hd_home_page_search (HdHomePage *self,
                     const char *words)
{
  g_return_if_fail (HD_IS_HOME_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  search_changed_cb (self);
}
