/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog-list.h"

#include <glib/gi18n-lib.h>

#include "hd-offering-icon.h"
#include "hd-star-button.h"

/**
 * HdCatalogList:
 *
 * The catalog where there is little room: both sides in one list, a category
 * an expander.
 */

struct _HdCatalogList
{
  AdwBin      parent_instance;

  GtkWidget  *box;        /* (unowned) */
  GHashTable *expanded;   /* (owned) (element-type utf8): the categories that the person opened */
};

G_DEFINE_FINAL_TYPE (HdCatalogList, hd_catalog_list, ADW_TYPE_BIN)

static void
row_activated_cb (AdwActionRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "catalog.open", "s",
                              g_object_get_data (G_OBJECT (row), "hd-offering-id"));
}

static GtkWidget *
make_offering_row (HdOffering         *offering,
                   const char *const  *favourites)
{
  const char *name = hd_offering_get_name (offering) != NULL ? hd_offering_get_name (offering) : "";
  const char *summary = hd_offering_get_summary (offering);
  const char *time = hd_offering_get_expected_time (offering);
  g_autofree char *about = g_strdup_printf ("%s%s%s", summary != NULL ? summary : "",
                                            summary != NULL && time != NULL ? " · " : "", time != NULL ? time : "");
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = g_markup_escape_text (about, -1);
  gboolean favourite = favourites != NULL && g_strv_contains (favourites, hd_offering_get_id (offering));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = hd_offering_icon_new (32, 16);
  GtkWidget *star = hd_star_button_new (hd_offering_get_id (offering), name, favourite);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  hd_offering_icon_set_offering (HD_OFFERING_ICON (icon), offering);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (star, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), star);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "hd-offering-id", g_strdup (hd_offering_get_id (offering)), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), NULL);

  return row;
}

/* The rows are made when they are to be seen. */
static void
fill (AdwExpanderRow *row)
{
  GListModel *offerings = g_object_get_data (G_OBJECT (row), "hd-offerings");
  const char *const *favourites = g_object_get_data (G_OBJECT (row), "hd-favourites");

  if (offerings == NULL || !adw_expander_row_get_expanded (row))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      adw_expander_row_add_row (row, make_offering_row (offering, favourites));
    }

  g_object_set_data (G_OBJECT (row), "hd-offerings", NULL);
}

static void
expanded_cb (AdwExpanderRow *row,
             GParamSpec     *pspec,
             HdCatalogList  *self)
{
  const char *key = g_object_get_data (G_OBJECT (row), "hd-key");

  fill (row);

  if (adw_expander_row_get_expanded (row))
    g_hash_table_add (self->expanded, g_strdup (key));
  else
    g_hash_table_remove (self->expanded, key);
}

static GtkWidget *
make_expander (HdCatalogList      *self,
               HdCatalogSection   *section,
               gboolean            expanded,
               const char *const  *favourites)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = g_markup_escape_text (section->title != NULL ? section->title : "", -1);
  const char *about = section->category != NULL ? hd_category_get_description (section->category) : NULL;
  g_autofree char *subtitle = g_markup_escape_text (about != NULL ? about : "", -1);
  const char *key = section->category != NULL ? hd_category_get_id (section->category) : title;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  /* libadwaita 1.2 names the row within, not the one that takes the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  section->title != NULL ? section->title : "", -1);
  g_object_set_data_full (G_OBJECT (row), "hd-key", g_strdup (key), g_free);
  g_object_set_data_full (G_OBJECT (row), "hd-offerings", g_object_ref (section->offerings), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "hd-favourites", g_strdupv ((char **) favourites),
                          (GDestroyNotify) g_strfreev);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), expanded || g_hash_table_contains (self->expanded, key));
  fill (ADW_EXPANDER_ROW (row));

  /* What a search opened is not what the person opened. */
  if (!expanded)
    g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self, 0);

  return row;
}

static GtkWidget *
append_group (HdCatalogList *self,
              const char    *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->box), group);

  return group;
}

static void
append_side (HdCatalogList         *self,
             HdCatalog             *catalog,
             const HdCatalogChoice *choice)
{
  g_autoptr (GPtrArray) sections = hd_catalog_dup_sections (catalog, choice);
  GtkWidget *group;

  if (sections->len == 0)
    return;

  group = append_group (self, choice->kind == HD_KIND_INCIDENT ? _("Incident Registration") : _("Request Type"));

  for (guint i = 0; i < sections->len; i++)
    {
      HdCatalogSection *section = g_ptr_array_index (sections, i);
      /* Favourites are there to be seen. */
      gboolean expanded = choice->words != NULL ||
                          (section->category == NULL && choice->favourites != NULL && i == 0 &&
                           choice->favourites[0] != NULL);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 make_expander (self, section, expanded, choice->favourites));
    }
}

static void
hd_catalog_list_finalize (GObject *object)
{
  g_hash_table_unref (HD_CATALOG_LIST (object)->expanded);

  G_OBJECT_CLASS (hd_catalog_list_parent_class)->finalize (object);
}

static void
hd_catalog_list_class_init (HdCatalogListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_catalog_list_finalize;
}

static void
hd_catalog_list_init (HdCatalogList *self)
{
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
hd_catalog_list_new (void)
{
  return g_object_new (HD_TYPE_CATALOG_LIST, NULL);
}

/**
 * hd_catalog_list_show:
 * @self: a list
 * @catalog: (nullable): what to show
 * @first_kind: the side that comes first
 * @words: (nullable): what is searched for
 * @favourites: (nullable): the offerings with a star
 * @used: (nullable): the offerings used on this machine, most used first
 */
void
hd_catalog_list_show (HdCatalogList      *self,
                      HdCatalog          *catalog,
                      HdKind              first_kind,
                      const char         *words,
                      const char *const  *favourites,
                      const char *const  *used)
{
  HdKind second_kind = first_kind == HD_KIND_INCIDENT ? HD_KIND_REQUEST : HD_KIND_INCIDENT;
  HdCatalogChoice choice = { first_kind == HD_KIND_INCIDENT ? HD_KIND_INCIDENT : HD_KIND_REQUEST, NULL,
                             words, favourites, used };

  g_return_if_fail (HD_IS_CATALOG_LIST (self));

  while (gtk_widget_get_first_child (self->box) != NULL)
    gtk_box_remove (GTK_BOX (self->box), gtk_widget_get_first_child (self->box));

  if (catalog == NULL)
    return;

  append_side (self, catalog, &choice);
  choice.kind = second_kind;
  append_side (self, catalog, &choice);
}
