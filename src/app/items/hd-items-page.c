/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-items-page.h"

#include <glib/gi18n.h>

#include "hd-lazy-rows.h"
#include "hd-list-item.h"
#include "hd-outbox-list.h"
#include "hd-request-card.h"
#include "hd-request-columns.h"
#include "hd-slot-list.h"
#include "hd-status-view.h"
#include "hd-store-list.h"

/**
 * HdItemsPage:
 *
 * My Items: the person's requests and incidents in one list, with filters on
 * top.  The store filters and sorts; the page says how and shows the answer.
 */

struct _HdItemsPage
{
  HdPage             parent_instance;

  GtkToggleButton   *all_button;
  GtkListView       *card_view;
  GtkBox            *choice_box;
  GtkToggleButton   *closed_button;
  GtkColumnView     *column_view;
  GtkLabel          *count_label;
  GtkBox            *filter_box;
  GtkDropDown       *kind_drop_down;
  GtkToggleButton   *open_button;
  AdwBin            *outbox_bin;
  GtkDropDown       *period_drop_down;
  GtkWidget         *scope_box;
  GtkWidget         *scopes;
  GtkWidget         *search_box;
  GtkSearchEntry    *search_entry;
  HdStatusView      *status_view;
  GtkStack          *view_stack;
  GtkToggleButton   *waiting_button;

  HdStoreList       *requests;      /* (owned) */
  HdSlotList        *slots;         /* (owned): the places of @requests */
  GtkSelectionModel *in_columns;    /* (owned) */
  GtkSelectionModel *in_cards;      /* (owned) */
  GSettings         *settings;      /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdItemsPage, hd_items_page, HD_TYPE_PAGE)

static const struct
{
  const char     *name;
  HdRequestScope  scope;
} scopes[] = {
  { "all", HD_REQUEST_SCOPE_ALL },
  { "open", HD_REQUEST_SCOPE_OPEN },
  { "waiting", HD_REQUEST_SCOPE_WAITING },
  { "closed", HD_REQUEST_SCOPE_CLOSED },
};

/* In the order of the drop-down. */
static const guint periods[] = { 0, 7, 30, 365 };

static GtkToggleButton *
get_scope_button (HdItemsPage    *self,
                  HdRequestScope  scope)
{
  switch (scope)
    {
    case HD_REQUEST_SCOPE_OPEN:
      return self->open_button;
    case HD_REQUEST_SCOPE_WAITING:
      return self->waiting_button;
    case HD_REQUEST_SCOPE_CLOSED:
      return self->closed_button;
    case HD_REQUEST_SCOPE_ALL:
    default:
      return self->all_button;
    }
}

static HdRequestScope
get_scope (HdItemsPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      if (gtk_toggle_button_get_active (get_scope_button (self, scopes[i].scope)))
        return scopes[i].scope;
    }

  return HD_REQUEST_SCOPE_ALL;
}

static HdRequestFilter
get_filter (HdItemsPage *self)
{
  HdRequestFilter filter = { 0, };

  filter.scope = get_scope (self);
  filter.kind = (HdKind) gtk_drop_down_get_selected (self->kind_drop_down);
  filter.days = periods[MIN (gtk_drop_down_get_selected (self->period_drop_down), G_N_ELEMENTS (periods) - 1)];
  filter.text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  hd_request_columns_get_sort (self->column_view, &filter.sort, &filter.descending);

  return filter;
}

static gboolean
is_filtered (HdItemsPage *self)
{
  HdRequestFilter filter = get_filter (self);

  return filter.scope != HD_REQUEST_SCOPE_ALL || filter.kind != HD_KIND_NONE || filter.days > 0 || *filter.text != '\0';
}

/* Only the view on screen has the list: each makes widgets for some two hundred rows. */
static void
show_in_view (HdItemsPage *self,
              gboolean     is_narrow)
{
  GtkSelectionModel *in_columns = is_narrow ? NULL : self->in_columns;
  GtkSelectionModel *in_cards = is_narrow ? self->in_cards : NULL;

  if (gtk_column_view_get_model (self->column_view) != in_columns)
    gtk_column_view_set_model (self->column_view, in_columns);
  if (gtk_list_view_get_model (self->card_view) != in_cards)
    gtk_list_view_set_model (self->card_view, in_cards);

  gtk_stack_set_visible_child_name (self->view_stack, is_narrow ? "cards" : "columns");
}

static void
set_orientation (gpointer orientable,
                 gboolean is_vertical)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (orientable),
                                  is_vertical ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

/* The filters stand in one row, in two, or each in its own over the whole width. */
static void
arrange_filters (HdItemsPage *self,
                 HdSizeClass  size_class)
{
  gboolean is_narrow = size_class == HD_SIZE_CLASS_NARROW;

  set_orientation (self->filter_box, size_class != HD_SIZE_CLASS_WIDE);
  set_orientation (self->search_box, is_narrow);
  set_orientation (self->scope_box, is_narrow);
  gtk_box_set_homogeneous (self->choice_box, is_narrow);
  gtk_label_set_xalign (self->count_label, is_narrow ? 0 : 1);

  for (GtkWidget *button = gtk_widget_get_first_child (self->scopes); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_hexpand (button, is_narrow);

  if (is_narrow)
    gtk_widget_add_css_class (self->scopes, "narrow");
  else
    gtk_widget_remove_css_class (self->scopes, "narrow");
}

static void
show_nothing_like_that (HdItemsPage *self)
{
  hd_status_view_show_empty (self->status_view, "edit-find-symbolic", _("Nothing Found"),
                             _("No request or incident of yours is like that."), _("_Show All"));
  hd_status_view_offer_phone (self->status_view, hd_page_get_session (HD_PAGE (self)));
}

static void
refresh_view (HdItemsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->requests));
  g_autofree char *count = g_strdup_printf (ngettext ("%u item", "%u items", n), n);
  HdSizeClass size_class = hd_page_get_size_class (HD_PAGE (self));

  gtk_label_set_label (self->count_label, n > 0 ? count : "");
  arrange_filters (self, size_class);
  show_in_view (self, size_class == HD_SIZE_CLASS_NARROW);
  hd_request_columns_set_wide (self->column_view, size_class == HD_SIZE_CLASS_WIDE);

  if (n > 0)
    hd_status_view_show_content (self->status_view);
  else if (hd_store_list_get_loading (self->requests))
    hd_status_view_show_loading (self->status_view);
  else if (is_filtered (self))
    show_nothing_like_that (self);
  else
    hd_status_view_show_empty (self->status_view, "hd-items-symbolic", _("Nothing Here Yet"),
                               _("Your service requests and incidents will be listed here, with their status and the help desk’s answers."),
                               _("_New Request"));

  hd_page_set_loading (HD_PAGE (self), n == 0 && hd_store_list_get_loading (self->requests));
}

static void
filter_changed_cb (HdItemsPage *self)
{
  HdRequestFilter filter;

  if (self->requests == NULL)
    return;

  /* Others come into the places there are. */
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->in_columns), GTK_INVALID_LIST_POSITION);
  filter = get_filter (self);
  hd_store_list_set_filter (self->requests, &filter);
  refresh_view (self);
}

static void
search_stopped_cb (HdItemsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
scope_toggled_cb (HdItemsPage     *self,
                  GtkToggleButton *button)
{
  /* Each change comes twice: from the button that goes up and the one that goes down. */
  if (!gtk_toggle_button_get_active (button) || self->settings == NULL)
    return;

  g_settings_set_string (self->settings, "items-filter", scopes[get_scope (self)].name);
  filter_changed_cb (self);
}

static void
status_activated_cb (HdItemsPage *self)
{
  if (!is_filtered (self))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-request", NULL);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_drop_down_set_selected (self->kind_drop_down, 0);
  gtk_drop_down_set_selected (self->period_drop_down, 0);
  gtk_toggle_button_set_active (self->all_button, TRUE);
}

static void
row_activated_cb (HdItemsPage *self,
                  guint        position)
{
  g_autoptr (HdRequest) request = g_list_model_get_item (G_LIST_MODEL (self->requests), position);

  if (request != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-request", "s", hd_request_get_id (request));
}

static void
refresh_card (GtkWidget *card,
              gpointer   request)
{
  g_autofree char *name = hd_request_card_dup_name (request);

  hd_request_card_set_request (HD_REQUEST_CARD (card), request);
  hd_list_item_name_row (card, name);
}

static const HdLazyContent card_content = { hd_request_card_new, refresh_card };

static void
hd_items_page_grab_focus_first (HdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (HD_ITEMS_PAGE (page)->search_entry));
}

static gboolean
hd_items_page_start_search (HdPage *page)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HD_ITEMS_PAGE (page)->search_entry));
}

/* Whether one looks at the top of the list, and at no item in particular. */
static gboolean
is_at_top (HdItemsPage *self)
{
  gboolean is_narrow = hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_NARROW;
  GtkWidget *view = is_narrow ? GTK_WIDGET (self->card_view) : GTK_WIDGET (self->column_view);
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (self->in_columns);

  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view))) <= 0 &&
         gtk_single_selection_get_selected (selection) == GTK_INVALID_LIST_POSITION &&
         (focus == NULL || !gtk_widget_is_ancestor (focus, view));
}

/* What is new is seen at the top; elsewhere one stays with what one looks at. */
static void
prepare_change (HdItemsPage *self)
{
  gboolean replacing;

  g_object_get (self->requests, "replacing", &replacing, NULL);
  g_object_set (self->slots, "in-place", replacing || is_at_top (self), NULL);
}

/* Both views show the same list, each with a selection of its own. */
static void
make_models (HdItemsPage *self)
{
  /* Before the slots hear of it. */
  g_signal_connect_object (self->requests, "items-changed", G_CALLBACK (prepare_change), self, G_CONNECT_SWAPPED);
  self->slots = hd_slot_list_new (G_LIST_MODEL (self->requests));
  self->in_columns = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->slots))));
  self->in_cards = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->slots))));

  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (self->in_columns), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (self->in_columns), TRUE);
}

static void
restore_scope (HdItemsPage *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "items-filter");

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      if (g_str_equal (scopes[i].name, name))
        gtk_toggle_button_set_active (get_scope_button (self, scopes[i].scope), TRUE);
    }
}

static void
hd_items_page_constructed (GObject *object)
{
  HdItemsPage *self = HD_ITEMS_PAGE (object);
  HdRequestFilter filter;

  G_OBJECT_CLASS (hd_items_page_parent_class)->constructed (object);

  restore_scope (self);
  filter = get_filter (self);
  self->requests = hd_store_list_new_requests (hd_session_get_store (hd_page_get_session (HD_PAGE (self))), &filter);
  g_signal_connect_object (self->requests, "items-changed", G_CALLBACK (refresh_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->requests, "notify::loading", G_CALLBACK (refresh_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->outbox_bin, hd_outbox_list_new (hd_page_get_session (HD_PAGE (self))));
  make_models (self);
  refresh_view (self);
}

static void
hd_items_page_dispose (GObject *object)
{
  HdItemsPage *self = HD_ITEMS_PAGE (object);

  g_clear_object (&self->in_columns);
  g_clear_object (&self->in_cards);
  g_clear_object (&self->slots);
  g_clear_object (&self->requests);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hd_items_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, all_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, card_view);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, choice_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, closed_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, column_view);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, filter_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, kind_drop_down);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, outbox_bin);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, period_drop_down);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, scope_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, scopes);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, search_box);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, status_view);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, view_stack);
  gtk_widget_class_bind_template_child (widget_class, HdItemsPage, waiting_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, refresh_view);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, scope_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_activated_cb);
}

static void
hd_items_page_class_init (HdItemsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hd_items_page_constructed;
  object_class->dispose = hd_items_page_dispose;
  HD_PAGE_CLASS (klass)->grab_focus_first = hd_items_page_grab_focus_first;
  HD_PAGE_CLASS (klass)->start_search = hd_items_page_start_search;

  g_type_ensure (HD_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-items-page.ui");
  bind_template (widget_class);
}

static void
hd_items_page_init (HdItemsPage *self)
{
  g_autoptr (GtkListItemFactory) card_factory = NULL;
  g_autoptr (HdLazyRows) card_rows = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  hd_page_set_title (HD_PAGE (self), _("My Items"));
  self->settings = g_settings_new (HD_APP_ID);
  hd_request_columns_add (self->column_view);
  card_rows = hd_lazy_rows_new (GTK_WIDGET (self->card_view));
  card_factory = hd_lazy_rows_create_factory (card_rows, &card_content);
  gtk_list_view_set_factory (self->card_view, card_factory);
}

GtkWidget *
hd_items_page_new (HdSession *session)
{
  return g_object_new (HD_TYPE_ITEMS_PAGE, "session", session, NULL);
}
