/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog-sections.h"

#include <glib/gi18n-lib.h>

#include "hd-words-match.h"

/*
 * Which offerings of a catalog are to be seen, and under which headings: no
 * widget, no display.
 */

#define MAX_MOST_USED 6

/* A server may say that a category is in itself. */
#define MAX_DEPTH 16

static void
section_free (gpointer data)
{
  HdCatalogSection *section = data;

  g_free (section->title);
  g_clear_object (&section->category);
  g_clear_object (&section->offerings);
  g_free (section);
}

static HdCategory *
find_category (HdCatalog  *catalog,
               const char *category_id)
{
  GListModel *categories = hd_catalog_get_categories (catalog);

  for (guint i = 0; categories != NULL && i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (categories, i);

      if (g_strcmp0 (hd_category_get_id (category), category_id) == 0)
        return category;
    }

  return NULL;
}

static gboolean
is_in_category (HdCatalog  *catalog,
                HdOffering *offering,
                const char *wanted_id)
{
  const char *id = hd_offering_get_category_id (offering);

  for (guint depth = 0; id != NULL && depth < MAX_DEPTH; depth++)
    {
      HdCategory *category;

      if (g_strcmp0 (id, wanted_id) == 0)
        return TRUE;

      category = find_category (catalog, id);
      id = category != NULL ? hd_category_get_parent_id (category) : NULL;
    }

  return FALSE;
}

/* The words are looked for in all that the card says, and in what it is about. */
static gboolean
has_words (HdCatalog  *catalog,
           HdOffering *offering,
           const char *words)
{
  HdCategory *category = find_category (catalog, hd_offering_get_category_id (offering));
  const char *const *keywords = hd_offering_get_keywords (offering);
  g_autofree char *joined = keywords != NULL ? g_strjoinv (" ", (char **) keywords) : NULL;
  const char *texts[] = {
    hd_offering_get_name (offering),
    hd_offering_get_summary (offering),
    joined,
    category != NULL ? hd_category_get_name (category) : NULL,
  };

  return hd_words_match (words, texts, G_N_ELEMENTS (texts));
}

static gboolean
is_chosen (HdCatalog             *catalog,
           HdOffering            *offering,
           const HdCatalogChoice *choice)
{
  if (choice->kind != HD_KIND_NONE && hd_offering_get_kind (offering) != choice->kind)
    return FALSE;

  if (choice->category_id != NULL && !is_in_category (catalog, offering, choice->category_id))
    return FALSE;

  return choice->words == NULL || has_words (catalog, offering, choice->words);
}

static int
compare_offerings (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  gint64 position_a = hd_offering_get_position ((HdOffering *) a);
  gint64 position_b = hd_offering_get_position ((HdOffering *) b);

  if (position_a != position_b)
    return position_a < position_b ? -1 : 1;

  return g_utf8_collate (hd_offering_get_name ((HdOffering *) a) != NULL ? hd_offering_get_name ((HdOffering *) a) : "",
                         hd_offering_get_name ((HdOffering *) b) != NULL ? hd_offering_get_name ((HdOffering *) b) : "");
}

static int
compare_popularity (gconstpointer a,
                    gconstpointer b,
                    gpointer      user_data)
{
  gint64 popularity_a = hd_offering_get_popularity ((HdOffering *) a);
  gint64 popularity_b = hd_offering_get_popularity ((HdOffering *) b);

  if (popularity_a != popularity_b)
    return popularity_a > popularity_b ? -1 : 1;

  return compare_offerings (a, b, user_data);
}

static int
compare_categories (gconstpointer a,
                    gconstpointer b)
{
  HdCategory *category_a = *(HdCategory *const *) a;
  HdCategory *category_b = *(HdCategory *const *) b;
  gint64 position_a = hd_category_get_position (category_a);
  gint64 position_b = hd_category_get_position (category_b);

  if (position_a != position_b)
    return position_a < position_b ? -1 : 1;

  return g_strcmp0 (hd_category_get_name (category_a), hd_category_get_name (category_b));
}

/* Returns: (transfer full) (element-type HdOffering): the chosen ones, in order */
static GListStore *
dup_chosen (HdCatalog             *catalog,
            const HdCatalogChoice *choice)
{
  GListModel *offerings = hd_catalog_get_offerings (catalog);
  GListStore *chosen = g_list_store_new (HD_TYPE_OFFERING);

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (is_chosen (catalog, offering, choice))
        g_list_store_append (chosen, offering);
    }

  g_list_store_sort (chosen, compare_offerings, NULL);
  return chosen;
}

static void
take_section (GPtrArray  *sections,
              const char *title,
              HdCategory *category,
              GListStore *offerings)
{
  HdCatalogSection *section;

  if (g_list_model_get_n_items (G_LIST_MODEL (offerings)) == 0)
    {
      g_object_unref (offerings);
      return;
    }

  section = g_new0 (HdCatalogSection, 1);
  section->title = g_strdup (title);
  section->category = category != NULL ? g_object_ref (category) : NULL;
  section->offerings = G_LIST_MODEL (offerings);
  g_ptr_array_add (sections, section);
}

/* Returns: (transfer full): those of @offerings that @ids names, in the order of @ids, except those that @but names */
static GListStore *
pick (GListModel         *offerings,
      const char *const  *ids,
      const char *const  *but,
      guint               max)
{
  GListStore *picked = g_list_store_new (HD_TYPE_OFFERING);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      for (guint j = 0; j < g_list_model_get_n_items (offerings); j++)
        {
          g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, j);

          if (g_strcmp0 (hd_offering_get_id (offering), ids[i]) == 0 &&
              (but == NULL || !g_strv_contains (but, ids[i])) &&
              g_list_model_get_n_items (G_LIST_MODEL (picked)) < max)
            g_list_store_append (picked, offering);
        }
    }

  return picked;
}

/* What is used on this machine; on a new one what is used everywhere. */
static GListStore *
dup_most_used (GListStore            *chosen,
               const HdCatalogChoice *choice)
{
  g_autoptr (GListStore) used = pick (G_LIST_MODEL (chosen), choice->used, choice->favourites, MAX_MOST_USED);
  GListStore *popular;

  if (g_list_model_get_n_items (G_LIST_MODEL (used)) > 0)
    return g_steal_pointer (&used);

  popular = g_list_store_new (HD_TYPE_OFFERING);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (chosen)); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (G_LIST_MODEL (chosen), i);

      if (hd_offering_get_popularity (offering) > 0 &&
          (choice->favourites == NULL || !g_strv_contains (choice->favourites, hd_offering_get_id (offering))))
        g_list_store_insert_sorted (popular, offering, compare_popularity, NULL);
    }

  while (g_list_model_get_n_items (G_LIST_MODEL (popular)) > MAX_MOST_USED)
    g_list_store_remove (popular, g_list_model_get_n_items (G_LIST_MODEL (popular)) - 1);

  return popular;
}

static void
append_category_sections (GPtrArray  *sections,
                          HdCatalog  *catalog,
                          GListStore *chosen)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new ();
  GListModel *all = hd_catalog_get_categories (catalog);
  g_autoptr (GListStore) rest = g_list_store_new (HD_TYPE_OFFERING);
  guint n_chosen = g_list_model_get_n_items (G_LIST_MODEL (chosen));

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (all, i);

      g_ptr_array_add (categories, category);
    }
  g_ptr_array_sort (categories, compare_categories);

  for (guint i = 0; i < categories->len; i++)
    {
      HdCategory *category = g_ptr_array_index (categories, i);
      GListStore *own = g_list_store_new (HD_TYPE_OFFERING);

      for (guint j = 0; j < n_chosen; j++)
        {
          g_autoptr (HdOffering) offering = g_list_model_get_item (G_LIST_MODEL (chosen), j);

          if (g_strcmp0 (hd_offering_get_category_id (offering), hd_category_get_id (category)) == 0)
            g_list_store_append (own, offering);
        }

      take_section (sections, hd_category_get_name (category), category, own);
    }

  /* Of a category that the catalog does not have. */
  for (guint j = 0; j < n_chosen; j++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (G_LIST_MODEL (chosen), j);

      if (find_category (catalog, hd_offering_get_category_id (offering)) == NULL)
        g_list_store_append (rest, offering);
    }
  take_section (sections, _("Other"), NULL, g_steal_pointer (&rest));
}

/**
 * hd_catalog_dup_sections:
 * @catalog: a catalog
 * @choice: what of it is to be seen
 *
 * Favourites and most used come first, where a whole side is to be seen.
 *
 * Returns: (transfer full) (element-type HdCatalogSection): none is empty
 */
GPtrArray *
hd_catalog_dup_sections (HdCatalog             *catalog,
                         const HdCatalogChoice *choice)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);
  g_autoptr (GListStore) chosen = dup_chosen (catalog, choice);

  if (choice->category_id == NULL && choice->words == NULL)
    {
      take_section (sections, _("Favourites"), NULL,
                    pick (G_LIST_MODEL (chosen), choice->favourites, NULL, G_MAXUINT));
      take_section (sections, _("Most Used"), NULL, dup_most_used (chosen, choice));
    }

  append_category_sections (sections, catalog, chosen);
  return sections;
}

/**
 * hd_catalog_dup_categories:
 * @catalog: a catalog
 * @kind: one of its sides
 * @words: (nullable): what is searched for
 *
 * Returns: (transfer full) (element-type HdCategory): the topmost categories of
 *   this side that have offerings, in order
 */
GPtrArray *
hd_catalog_dup_categories (HdCatalog  *catalog,
                           HdKind      kind,
                           const char *words)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = hd_catalog_get_categories (catalog);

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (all, i);
      HdCatalogChoice choice = { kind, hd_category_get_id (category), words, NULL, NULL };

      if (find_category (catalog, hd_category_get_parent_id (category)) == NULL &&
          hd_catalog_count (catalog, &choice) > 0)
        g_ptr_array_add (found, g_steal_pointer (&category));
    }

  g_ptr_array_sort (found, compare_categories);
  return found;
}

/* How many offerings are chosen. */
guint
hd_catalog_count (HdCatalog             *catalog,
                  const HdCatalogChoice *choice)
{
  g_autoptr (GListStore) chosen = dup_chosen (catalog, choice);

  return g_list_model_get_n_items (G_LIST_MODEL (chosen));
}
