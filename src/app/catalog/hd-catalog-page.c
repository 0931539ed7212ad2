/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog-page.h"

#include <glib/gi18n-lib.h>

#include "hd-catalog-list.h"
#include "hd-catalog-sections.h"
#include "hd-draft-bin.h"
#include "hd-draft-row.h"
#include "hd-error.h"
#include "hd-offering-card.h"
#include "hd-status-view.h"
#include "hd-store-list.h"

#define MAX_USED 12

/**
 * HdCatalogPage:
 *
 * The Service Catalog: on the left the two sides with their categories, on the
 * right the offerings as cards.  Words in the search narrow both.
 */

struct _HdCatalogPage
{
  HdPage          parent_instance;

  HdCatalog      *catalog;       /* (owned) (nullable): once there is one */
  GStrv           favourites;    /* (owned) (nullable) */
  GStrv           used;          /* (owned) (nullable) */
  GListModel     *drafts;        /* (owned) (element-type HdDraft): of forms */
  HdKind          kind;          /* the side that was chosen */
  char           *category_id;   /* (owned) (nullable): the category that was chosen */
  gboolean        filling;

  /* Template objects */
  GtkBox         *content_box;
  GtkWidget      *drafts_box;
  GtkListBox     *drafts_list;
  HdCatalogList  *narrow_list;
  GtkAdjustment  *adjustment;
  GtkSearchEntry *search_entry;
  GtkWidget      *side;
  GtkListBox     *side_list;
  HdStatusView   *status_view;
};

G_DEFINE_FINAL_TYPE (HdCatalogPage, hd_catalog_page, HD_TYPE_PAGE)

static HdStore *
get_store (HdCatalogPage *self)
{
  return hd_session_get_store (hd_page_get_session (HD_PAGE (self)));
}

/* Returns: (transfer full) (nullable): what is searched for */
static char *
dup_words (HdCatalogPage *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));

  return *words != '\0' ? g_steal_pointer (&words) : NULL;
}

/*
 * The cards.
 */

static void
card_activated_cb (GtkFlowBox      *flow_box,
                   GtkFlowBoxChild *child)
{
  HdOffering *offering = hd_offering_card_get_offering (HD_OFFERING_CARD (child));

  gtk_widget_activate_action (GTK_WIDGET (flow_box), "win.open-offering", "(ss)", hd_offering_get_id (offering), "");
}

static GtkWidget *
make_section (HdCatalogPage    *self,
              HdCatalogSection *section,
              const char       *side_name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *flow_box = gtk_flow_box_new ();
  g_autofree char *title = side_name != NULL ? g_strdup_printf ("%s · %s", side_name, section->title)
                                             : g_strdup (section->title);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "title-4");

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow_box), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow_box), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow_box), 4);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow_box), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow_box), 12);
  gtk_flow_box_set_activate_on_single_click (GTK_FLOW_BOX (flow_box), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow_box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (flow_box, "child-activated", G_CALLBACK (card_activated_cb), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (section->offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (section->offerings, i);
      gboolean favourite = self->favourites != NULL &&
                           g_strv_contains ((const char *const *) self->favourites, hd_offering_get_id (offering));

      gtk_flow_box_append (GTK_FLOW_BOX (flow_box), hd_offering_card_new (offering, favourite));
    }

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), flow_box);

  return box;
}

static void
append_sections (HdCatalogPage         *self,
                 const HdCatalogChoice *choice,
                 const char            *side_name)
{
  g_autoptr (GPtrArray) sections = hd_catalog_dup_sections (self->catalog, choice);

  for (guint i = 0; i < sections->len; i++)
    gtk_box_append (self->content_box, make_section (self, g_ptr_array_index (sections, i), side_name));
}

static void
fill_content (HdCatalogPage *self,
              const char    *words)
{
  HdCatalogChoice choice = { self->kind, self->category_id, words, (const char *const *) self->favourites,
                             (const char *const *) self->used };

  while (gtk_widget_get_first_child (GTK_WIDGET (self->content_box)) != NULL)
    gtk_box_remove (self->content_box, gtk_widget_get_first_child (GTK_WIDGET (self->content_box)));

  /* A search goes through both sides unless one of its categories is chosen. */
  if (choice.kind == HD_KIND_NONE)
    {
      choice.kind = HD_KIND_REQUEST;
      append_sections (self, &choice, _("Request Type"));
      choice.kind = HD_KIND_INCIDENT;
      append_sections (self, &choice, _("Incident Registration"));
    }
  else
    {
      append_sections (self, &choice, NULL);
    }
}

/*
 * The sides and their categories.
 */

static GtkWidget *
make_side_row (HdKind      kind,
               HdCategory *category,
               guint       n_offerings)
{
  const char *name = category != NULL ? hd_category_get_name (category)
                                      : kind == HD_KIND_INCIDENT ? _("Incident Registration") : _("Request Type");
  g_autofree char *count = g_strdup_printf ("%u", n_offerings);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *count_label = gtk_label_new (count);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count_label, "dim-label");
  gtk_widget_add_css_class (count_label, "numeric");
  gtk_widget_add_css_class (row, category != NULL ? "catalog-category" : "catalog-side");
  if (category == NULL)
    gtk_widget_add_css_class (label, "heading");

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "hd-kind", GINT_TO_POINTER (kind));
  g_object_set_data_full (G_OBJECT (row), "hd-category-id",
                          category != NULL ? g_strdup (hd_category_get_id (category)) : NULL, g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
append_side_row (HdCatalogPage *self,
                 HdKind         kind,
                 HdCategory    *category,
                 const char    *words)
{
  HdCatalogChoice choice = { kind, category != NULL ? hd_category_get_id (category) : NULL, words, NULL, NULL };
  guint n_offerings = hd_catalog_count (self->catalog, &choice);
  GtkWidget *row;

  if (n_offerings == 0)
    return;

  row = make_side_row (kind, category, n_offerings);
  gtk_list_box_append (self->side_list, row);

  if (kind == self->kind && g_strcmp0 (choice.category_id, self->category_id) == 0)
    gtk_list_box_select_row (self->side_list, GTK_LIST_BOX_ROW (row));
}

static void
fill_side (HdCatalogPage *self,
           const char    *words)
{
  const HdKind kinds[] = { HD_KIND_REQUEST, HD_KIND_INCIDENT };

  self->filling = TRUE;

  while (gtk_list_box_get_row_at_index (self->side_list, 0) != NULL)
    gtk_list_box_remove (self->side_list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->side_list, 0)));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) categories = hd_catalog_dup_categories (self->catalog, kinds[i], words);

      append_side_row (self, kinds[i], NULL, words);
      for (guint j = 0; j < categories->len; j++)
        append_side_row (self, kinds[i], g_ptr_array_index (categories, j), words);
    }

  self->filling = FALSE;
}

static gboolean
is_narrow (HdCatalogPage *self)
{
  return hd_page_get_size_class (HD_PAGE (self)) == HD_SIZE_CLASS_NARROW;
}

static void
show_nothing (HdCatalogPage *self,
              const char    *words)
{
  if (words != NULL)
    hd_status_view_show_empty (self->status_view, "edit-find-symbolic", _("Nothing Found"),
                               _("No service is described with these words. Try fewer or other ones."), NULL);
  else
    hd_status_view_show_empty (self->status_view, "hd-catalog-symbolic", _("No Services Yet"),
                               _("The catalog comes with the first synchronization."), _("_Synchronize"));
}

static void
refresh (HdCatalogPage *self)
{
  g_autofree char *words = dup_words (self);
  HdCatalogChoice all = { HD_KIND_NONE, NULL, words, NULL, NULL };
  gboolean narrow = is_narrow (self);

  gtk_widget_set_visible (self->side, !narrow && self->catalog != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->content_box), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_list), narrow);

  if (self->catalog == NULL || hd_catalog_count (self->catalog, &all) == 0)
    {
      show_nothing (self, self->catalog != NULL ? words : NULL);
      if (self->catalog != NULL)
        fill_side (self, words);
      return;
    }

  hd_status_view_show_content (self->status_view);

  if (narrow)
    {
      hd_catalog_list_show (self->narrow_list, self->catalog, self->kind, words,
                            (const char *const *) self->favourites, (const char *const *) self->used);
      return;
    }

  fill_side (self, words);
  fill_content (self, words);
}

static void
choose (HdCatalogPage *self,
        HdKind         kind,
        const char    *category_id)
{
  g_autofree char *id = g_strdup (category_id);

  self->kind = kind;
  g_free (self->category_id);
  self->category_id = g_steal_pointer (&id);
}

static void
side_selected_cb (HdCatalogPage *self,
                  GtkListBoxRow *row)
{
  g_autofree char *words = NULL;

  if (self->filling || row == NULL)
    return;

  words = dup_words (self);
  choose (self, (HdKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "hd-kind")),
          g_object_get_data (G_OBJECT (row), "hd-category-id"));
  gtk_adjustment_set_value (self->adjustment, 0);
  fill_content (self, words);
  hd_status_view_show_content (self->status_view);
}

/* Beginning a search looks everywhere; ending it leads back to a side. */
static void
search_changed_cb (HdCatalogPage *self)
{
  g_autofree char *words = dup_words (self);

  if (words != NULL)
    choose (self, HD_KIND_NONE, NULL);
  else if (self->kind == HD_KIND_NONE)
    choose (self, HD_KIND_REQUEST, NULL);

  refresh (self);
}

static void
search_stopped_cb (HdCatalogPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
catalog_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdCatalogPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdCatalog) catalog = hd_store_get_catalog_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (error != NULL && self->catalog == NULL)
    {
      hd_status_view_show_error (self->status_view, error, _("_Try Again"));
      return;
    }

  if (catalog != NULL)
    g_set_object (&self->catalog, catalog);
  refresh (self);
}

static void
used_listed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdCatalogPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) used = hd_store_list_used_offerings_finish (HD_STORE (object), result, &error);

  if (used == NULL)
    return;

  g_strfreev (self->used);
  self->used = g_steal_pointer (&used);
  if (self->catalog != NULL)
    refresh (self);
}

static void
favourites_listed_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  HdCatalogPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) favourites = hd_store_list_favourites_finish (HD_STORE (object), result, &error);

  if (favourites == NULL)
    return;

  g_strfreev (self->favourites);
  self->favourites = g_steal_pointer (&favourites);
  if (self->catalog != NULL)
    refresh (self);
}

static void
load (HdCatalogPage *self)
{
  GCancellable *cancellable = hd_page_get_cancellable (HD_PAGE (self));

  hd_store_list_favourites_async (get_store (self), cancellable, favourites_listed_cb, self);
  hd_store_list_used_offerings_async (get_store (self), MAX_USED, cancellable, used_listed_cb, self);
  hd_store_get_catalog_async (get_store (self), cancellable, catalog_got_cb, self);
}

static void
store_changed_cb (HdCatalogPage *self,
                  HdStoreTopics  topics)
{
  if ((topics & HD_STORE_CATALOG) != 0)
    load (self);
}

static void
status_activated_cb (HdCatalogPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
  load (self);
}

static void
favourite_set_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HdCatalogPage *self = user_data;
  g_autoptr (GError) error = NULL;

  hd_store_set_favourite_finish (HD_STORE (object), result, &error);

  if (!hd_error_is_cancelled (error))
    hd_store_list_favourites_async (HD_STORE (object), hd_page_get_cancellable (HD_PAGE (self)),
                                    favourites_listed_cb, self);
}

static void
set_favourite_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  HdCatalogPage *self = HD_CATALOG_PAGE (widget);
  const char *offering_id;
  gboolean favourite;

  g_variant_get (parameter, "(&sb)", &offering_id, &favourite);
  hd_store_set_favourite_async (get_store (self), offering_id, favourite,
                                hd_page_get_cancellable (HD_PAGE (self)), favourite_set_cb, self);
}

/*
 * Drafts of forms.
 */

static gboolean
is_form_draft (gpointer item,
               gpointer user_data)
{
  return hd_draft_get_offering_id (HD_DRAFT (item)) != NULL;
}

static GtkWidget *
create_draft_row (gpointer item,
                  gpointer user_data)
{
  return hd_draft_row_new (hd_page_get_session (HD_PAGE (user_data)), HD_DRAFT (item));
}

static void
refresh_drafts (HdCatalogPage *self)
{
  HdDraftBin *bin = hd_draft_bin_get_for_store (get_store (self));
  gboolean visible = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (self->drafts); i++)
    {
      g_autoptr (HdDraft) draft = g_list_model_get_item (self->drafts, i);

      visible = visible || !hd_draft_bin_holds (bin, hd_draft_get_id (draft));
    }

  gtk_widget_set_visible (self->drafts_box, visible);
}

static void
show_drafts (HdCatalogPage *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_form_draft, NULL, NULL));
  GListModel *list = G_LIST_MODEL (hd_store_list_new_drafts (get_store (self)));

  self->drafts = G_LIST_MODEL (gtk_filter_list_model_new (list, filter));
  gtk_list_box_bind_model (self->drafts_list, self->drafts, create_draft_row, self, NULL);
  g_signal_connect_object (self->drafts, "items-changed", G_CALLBACK (refresh_drafts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hd_draft_bin_get_for_store (get_store (self)), "changed", G_CALLBACK (refresh_drafts),
                           self, G_CONNECT_SWAPPED);
  refresh_drafts (self);
}

static gboolean
hd_catalog_page_start_search (HdPage *page)
{
  HdCatalogPage *self = HD_CATALOG_PAGE (page);

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);

  return TRUE;
}

static void
hd_catalog_page_constructed (GObject *object)
{
  HdCatalogPage *self = HD_CATALOG_PAGE (object);

  G_OBJECT_CLASS (hd_catalog_page_parent_class)->constructed (object);

  hd_status_view_show_loading (self->status_view);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  show_drafts (self);
  load (self);
}

static void
hd_catalog_page_dispose (GObject *object)
{
  HdCatalogPage *self = HD_CATALOG_PAGE (object);

  g_clear_object (&self->catalog);
  g_clear_object (&self->drafts);
  g_clear_pointer (&self->favourites, g_strfreev);
  g_clear_pointer (&self->used, g_strfreev);
  g_clear_pointer (&self->category_id, g_free);

  G_OBJECT_CLASS (hd_catalog_page_parent_class)->dispose (object);
}

static void
hd_catalog_page_class_init (HdCatalogPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HdPageClass *page_class = HD_PAGE_CLASS (klass);

  object_class->constructed = hd_catalog_page_constructed;
  object_class->dispose = hd_catalog_page_dispose;
  page_class->start_search = hd_catalog_page_start_search;
  page_class->refresh = (void (*)(HdPage *))load;

  g_type_ensure (HD_TYPE_CATALOG_LIST);
  g_type_ensure (HD_TYPE_STATUS_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-catalog-page.ui");

  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, adjustment);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, content_box);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, drafts_box);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, drafts_list);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, narrow_list);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, side);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, side_list);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, status_view);

  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, side_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_activated_cb);

  gtk_widget_class_install_action (widget_class, "catalog.set-favourite", "(sb)", set_favourite_action);
}

static void
hd_catalog_page_init (HdCatalogPage *self)
{
  self->kind = HD_KIND_REQUEST;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hd_catalog_page_new:
 * @session: an open session
 *
 * Returns: the Service Catalog
 */
GtkWidget *
hd_catalog_page_new (HdSession *session)
{
  return g_object_new (HD_TYPE_CATALOG_PAGE, "session", session, "title", _("Service Catalog"), NULL);
}

/* Shows one side of the catalog, whatever was searched for or chosen before. */
void
hd_catalog_page_show_kind (HdCatalogPage *self,
                           HdKind         kind)
{
  g_return_if_fail (HD_IS_CATALOG_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  choose (self, kind == HD_KIND_INCIDENT ? HD_KIND_INCIDENT : HD_KIND_REQUEST, NULL);
  gtk_adjustment_set_value (self->adjustment, 0);

  if (self->catalog != NULL)
    refresh (self);
}
