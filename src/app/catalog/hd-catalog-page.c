/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog-page.h"

#include <glib/gi18n-lib.h>

#include "hd-catalog-flow.h"
#include "hd-catalog-list.h"
#include "hd-catalog-side.h"
#include "hd-draft-bin.h"
#include "hd-draft-row.h"
#include "hd-error.h"
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
  char           *carried;       /* (owned) (nullable): words for the form that is opened next */
  gboolean        is_reporting;  /* they were brought while there was no catalog yet */

  /* Template objects */
  GtkLabel       *carried_label;
  GtkWidget      *drafts_box;
  GtkListBox     *drafts_list;
  HdCatalogFlow  *flow;
  HdCatalogList  *narrow_list;
  GtkAdjustment  *adjustment;
  GtkSearchEntry *search_entry;
  HdCatalogSide  *side;
  GtkWidget      *side_box;
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

static void refresh_drafts (HdCatalogPage *self);

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
    {
      hd_status_view_show_empty (self->status_view, "edit-find-symbolic", _("Nothing Found"),
                                 _("No service is described with these words. Try fewer or other ones."),
                                 _("Report an _Incident"));
      hd_status_view_offer_phone (self->status_view, hd_page_get_session (HD_PAGE (self)));
    }
  else
    {
      hd_status_view_show_empty (self->status_view, "hd-catalog-symbolic", _("No Services Yet"),
                                 _("The catalog comes with the first synchronization."), _("_Synchronize"));
    }
}

static void
refresh (HdCatalogPage *self)
{
  g_autofree char *words = dup_words (self);
  HdCatalogChoice choice = { HD_KIND_NONE, NULL, words, (const char *const *) self->favourites,
                             (const char *const *) self->used };
  gboolean narrow = is_narrow (self);

  gtk_widget_set_visible (self->side_box, !narrow && self->catalog != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->flow), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_list), narrow);

  if (self->catalog != NULL && !narrow)
    hd_catalog_side_show (self->side, self->kind, self->category_id, words);

  if (self->catalog == NULL || hd_catalog_count (self->catalog, &choice) == 0)
    {
      show_nothing (self, self->catalog != NULL ? words : NULL);
      return;
    }

  hd_status_view_show_content (self->status_view);
  choice.kind = self->kind;
  choice.category_id = self->category_id;

  if (narrow)
    hd_catalog_list_show (self->narrow_list, self->catalog, self->kind, words, choice.favourites, choice.used);
  else
    hd_catalog_flow_show (self->flow, &choice);
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

/*
 * Words that found nothing, on their way to a form.
 */

/* @words: (nullable): none any more */
static void
carry (HdCatalogPage *self,
       const char    *words)
{
  g_autofree char *copy = g_strdup (words);
  /* Translators: %s is what was searched for; it stands above the services of which one is to be chosen. */
  g_autofree char *text = words != NULL ? g_strdup_printf (_("Choose what it is about: “%s” goes into the form."), words)
                                        : NULL;

  g_free (self->carried);
  self->carried = g_steal_pointer (&copy);
  self->is_reporting = FALSE;
  gtk_label_set_text (self->carried_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->carried_label), text != NULL);
}

/* Returns: (transfer full) (nullable): the offering of the chosen side, if there is no other or it is the one with @id */
static HdOffering *
dup_offering (HdCatalogPage *self,
              const char    *id)
{
  GListModel *offerings = hd_catalog_get_offerings (self->catalog);
  g_autoptr (HdOffering) found = NULL;

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (hd_offering_get_kind (offering) != self->kind ||
          (id != NULL && g_strcmp0 (hd_offering_get_id (offering), id) != 0))
        continue;

      if (found != NULL)
        return NULL;

      g_set_object (&found, offering);
    }

  return g_steal_pointer (&found);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HdCatalogPage *self = HD_CATALOG_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (HdOffering) offering = self->carried != NULL ? dup_offering (self, id) : NULL;
  g_autofree char *words = offering != NULL ? g_strdup (self->carried) : NULL;

  carry (self, NULL);

  if (words != NULL)
    gtk_widget_activate_action (widget, "win.open-offering-with-words", "(ss)", id, words);
  else
    gtk_widget_activate_action (widget, "win.open-offering", "(ss)", id, "");
}

/* Where there is but one incident that can be reported, it is the one. */
static void
report (HdCatalogPage *self)
{
  HdCatalogChoice choice = { HD_KIND_INCIDENT, NULL, NULL, NULL, NULL };
  g_autoptr (HdOffering) only = NULL;

  self->is_reporting = FALSE;

  /* A desk that has no incidents is told by a request. */
  choose (self, hd_catalog_count (self->catalog, &choice) > 0 ? HD_KIND_INCIDENT : HD_KIND_REQUEST, NULL);
  refresh (self);
  only = self->kind == HD_KIND_INCIDENT ? dup_offering (self, NULL) : NULL;

  if (only != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "catalog.open", "s", hd_offering_get_id (only));
  else if (is_narrow (self))
    gtk_widget_child_focus (GTK_WIDGET (self->narrow_list), GTK_DIR_TAB_FORWARD);
  else
    hd_catalog_flow_grab_focus_first (self->flow);
}

static void
side_chosen_cb (HdCatalogPage *self,
                HdKind         kind,
                const char    *category_id)
{
  if (kind != self->kind)
    carry (self, NULL);

  choose (self, kind, category_id);
  gtk_adjustment_set_value (self->adjustment, 0);
  refresh (self);
}

/* Beginning a search looks everywhere; ending it leads back to a side. */
static void
search_changed_cb (HdCatalogPage *self)
{
  g_autofree char *words = dup_words (self);

  if (words != NULL)
    {
      choose (self, HD_KIND_NONE, NULL);
      carry (self, NULL);
    }
  else if (self->kind == HD_KIND_NONE)
    choose (self, HD_KIND_REQUEST, NULL);

  refresh (self);
  refresh_drafts (self);
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

  /* The store also tells of stars and of what was used: the cards then stay. */
  if (catalog != NULL && (self->catalog == NULL || !hd_record_equal (HD_RECORD (self->catalog), HD_RECORD (catalog))))
    {
      g_set_object (&self->catalog, catalog);
      hd_catalog_side_set_catalog (self->side, catalog);
      hd_catalog_flow_set_catalog (self->flow, catalog);
    }

  if (error != NULL && self->catalog == NULL)
    hd_status_view_show_error (self->status_view, error, _("_Try Again"));
  else if (self->catalog != NULL && self->is_reporting)
    report (self);
  else
    refresh (self);

  hd_page_set_loading (HD_PAGE (self), FALSE);
}

static void
used_listed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdCatalogPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) used = hd_store_list_used_offerings_finish (HD_STORE (object), result, &error);

  if (error != NULL)
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

  if (error != NULL)
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
  g_autofree char *words = dup_words (self);

  if (self->catalog != NULL && words != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.report-words", "s", words);
      return;
    }

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
  g_autofree char *words = dup_words (self);

  /* Who searches for a service does not look for a draft. */
  gtk_widget_set_visible (self->drafts_box, g_list_model_get_n_items (self->drafts) > 0 && words == NULL);
}

static void
show_drafts (HdCatalogPage *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_form_draft, NULL, NULL));
  HdDraftBin *bin = hd_draft_bin_get_for_store (get_store (self));
  GListModel *list = hd_draft_bin_filter (bin, G_LIST_MODEL (hd_store_list_new_drafts (get_store (self))));

  self->drafts = G_LIST_MODEL (gtk_filter_list_model_new (list, filter));
  gtk_list_box_bind_model (self->drafts_list, self->drafts, create_draft_row, self, NULL);
  g_signal_connect_object (self->drafts, "items-changed", G_CALLBACK (refresh_drafts), self, G_CONNECT_SWAPPED);
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

/* Whoever goes elsewhere means something else when he comes back. */
static void
hd_catalog_page_unmap (GtkWidget *widget)
{
  carry (HD_CATALOG_PAGE (widget), NULL);

  GTK_WIDGET_CLASS (hd_catalog_page_parent_class)->unmap (widget);
}

static void
hd_catalog_page_constructed (GObject *object)
{
  HdCatalogPage *self = HD_CATALOG_PAGE (object);

  G_OBJECT_CLASS (hd_catalog_page_parent_class)->constructed (object);

  hd_page_set_loading (HD_PAGE (self), TRUE);
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
  g_clear_pointer (&self->carried, g_free);

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
  widget_class->unmap = hd_catalog_page_unmap;
  page_class->start_search = hd_catalog_page_start_search;
  page_class->refresh = (void (*)(HdPage *))load;

  g_type_ensure (HD_TYPE_CATALOG_FLOW);
  g_type_ensure (HD_TYPE_CATALOG_LIST);
  g_type_ensure (HD_TYPE_CATALOG_SIDE);
  g_type_ensure (HD_TYPE_STATUS_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-catalog-page.ui");

  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, adjustment);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, carried_label);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, drafts_box);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, drafts_list);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, flow);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, narrow_list);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, side);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, side_box);
  gtk_widget_class_bind_template_child (widget_class, HdCatalogPage, status_view);

  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, side_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_activated_cb);

  gtk_widget_class_install_action (widget_class, "catalog.open", "s", open_action);
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

static void
show_side (HdCatalogPage *self,
           HdKind         kind,
           const char    *words)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  carry (self, words);
  choose (self, kind, NULL);
  gtk_adjustment_set_value (self->adjustment, 0);
}

/* Shows one side of the catalog, whatever was searched for or chosen before. */
void
hd_catalog_page_show_kind (HdCatalogPage *self,
                           HdKind         kind)
{
  g_return_if_fail (HD_IS_CATALOG_PAGE (self));

  show_side (self, kind == HD_KIND_INCIDENT ? HD_KIND_INCIDENT : HD_KIND_REQUEST, NULL);

  if (self->catalog != NULL)
    refresh (self);
}

/**
 * hd_catalog_page_report:
 * @self: the catalog
 * @words: what the person searched for, and did not find
 *
 * Opens the form of the only incident with these words in it.  Where there are
 * several it shows them, and the one that is chosen next gets the words; going
 * elsewhere, another side or a search forgets them.
 */
void
hd_catalog_page_report (HdCatalogPage *self,
                        const char    *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (words));

  g_return_if_fail (HD_IS_CATALOG_PAGE (self));

  show_side (self, HD_KIND_INCIDENT, *stripped != '\0' ? stripped : NULL);

  if (self->catalog != NULL)
    report (self);
  else
    self->is_reporting = TRUE;
}
