/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog-side.h"

#include <glib/gi18n-lib.h>

/**
 * HdCatalogSide:
 *
 * The two headings of the guide, Request Type and Incident Registration, each
 * with its categories and how many offerings are in them.
 *
 * Emits “chosen” (kind, category or %NULL for the whole side).
 */

struct _HdCatalogSide
{
  AdwBin      parent_instance;

  HdCatalog  *catalog;   /* (owned) (nullable) */
  gboolean    showing;

  GtkListBox *list;      /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdCatalogSide, hd_catalog_side, ADW_TYPE_BIN)

typedef enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
} HdCatalogSideSignal;

static guint signals[N_SIGNALS];

static HdKind
get_kind (GtkListBoxRow *row)
{
  return (HdKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "hd-kind"));
}

static const char *
get_category_id (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "hd-category-id");
}

static void
row_selected_cb (HdCatalogSide *self,
                 GtkListBoxRow *row)
{
  if (!self->showing && row != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, get_kind (row), get_category_id (row));
}

static void
append_row (HdCatalogSide *self,
            HdKind         kind,
            HdCategory    *category)
{
  const char *name = category != NULL ? hd_category_get_name (category)
                                      : kind == HD_KIND_INCIDENT ? _("Incident Registration") : _("Request Type");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* So that the side is wide enough for larger text too. */
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (row, category != NULL ? "catalog-category" : "catalog-side");
  if (category == NULL)
    gtk_widget_add_css_class (label, "heading");

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "hd-kind", GINT_TO_POINTER (kind));
  g_object_set_data (G_OBJECT (row), "hd-count", count);
  g_object_set_data_full (G_OBJECT (row), "hd-category-id",
                          category != NULL ? g_strdup (hd_category_get_id (category)) : NULL, g_free);
  gtk_list_box_append (self->list, row);
}

static void
hd_catalog_side_dispose (GObject *object)
{
  g_clear_object (&HD_CATALOG_SIDE (object)->catalog);

  G_OBJECT_CLASS (hd_catalog_side_parent_class)->dispose (object);
}

static void
hd_catalog_side_class_init (HdCatalogSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_catalog_side_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 2, HD_TYPE_KIND, G_TYPE_STRING);
}

static void
hd_catalog_side_init (HdCatalogSide *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Categories"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

GtkWidget *
hd_catalog_side_new (void)
{
  return g_object_new (HD_TYPE_CATALOG_SIDE, NULL);
}

void
hd_catalog_side_set_catalog (HdCatalogSide *self,
                             HdCatalog     *catalog)
{
  const HdKind kinds[] = { HD_KIND_REQUEST, HD_KIND_INCIDENT };

  g_return_if_fail (HD_IS_CATALOG_SIDE (self));

  g_set_object (&self->catalog, catalog);
  self->showing = TRUE;

  while (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) categories = hd_catalog_dup_categories (catalog, kinds[i], NULL);

      append_row (self, kinds[i], NULL);
      for (guint j = 0; j < categories->len; j++)
        append_row (self, kinds[i], g_ptr_array_index (categories, j));
    }

  self->showing = FALSE;
}

static void
show_row (HdCatalogSide *self,
          GtkListBoxRow *row,
          const char    *words)
{
  HdCatalogChoice choice = { get_kind (row), get_category_id (row), words, NULL, NULL };
  guint n_offerings = hd_catalog_count (self->catalog, &choice);
  g_autofree char *count = g_strdup_printf ("%u", n_offerings);

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "hd-count"), count);
  gtk_widget_set_sensitive (GTK_WIDGET (row), n_offerings > 0);
}

/**
 * hd_catalog_side_show:
 * @self: a side with a catalog
 * @kind: the chosen side; none for %HD_KIND_NONE
 * @category_id: (nullable): the chosen category
 * @words: (nullable): what is searched for: categories without it stay where they are, and lead nowhere
 */
void
hd_catalog_side_show (HdCatalogSide *self,
                      HdKind         kind,
                      const char    *category_id,
                      const char    *words)
{
  GtkListBoxRow *row;
  GtkListBoxRow *chosen = NULL;

  g_return_if_fail (HD_IS_CATALOG_SIDE (self) && self->catalog != NULL);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      show_row (self, row, words);

      if (get_kind (row) == kind && g_strcmp0 (get_category_id (row), category_id) == 0)
        chosen = row;
    }

  self->showing = TRUE;
  gtk_list_box_select_row (self->list, chosen);
  self->showing = FALSE;
}
