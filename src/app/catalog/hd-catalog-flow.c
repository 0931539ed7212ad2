/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog-flow.h"

#include <glib/gi18n-lib.h>

#include "hd-offering-card.h"

/* How many cards are made in one turn of the main loop. */
#define CARDS_A_TURN 4

/**
 * HdCatalogFlow:
 *
 * Offerings as cards, in sections that flow with the width.
 *
 * A card is made once, a few at a time so that no turn of the main loop takes
 * long, and then shown or hidden: searching makes nothing new.
 */

typedef struct
{
  GtkWidget  *box;     /* (unowned): heading over flow */
  GtkLabel   *label;   /* (unowned) */
  GtkFlowBox *flow;    /* (unowned) */
  GHashTable *cards;   /* (owned) (element-type utf8 HdOfferingCard): by offering */
} Section;

/* A section as it is to be seen. */
typedef struct
{
  char       *key;         /* (owned) */
  char       *title;       /* (owned) */
  GListModel *offerings;   /* (owned) (element-type HdOffering) */
} Wanted;

struct _HdCatalogFlow
{
  AdwBin      parent_instance;

  HdCatalog  *catalog;        /* (owned) (nullable) */
  GHashTable *sections;       /* (owned) (element-type utf8 Section): all that were made */
  GPtrArray  *wanted;         /* (owned) (element-type Wanted) */
  GStrv       favourites;     /* (owned) (nullable) */
  guint       n_shown;        /* of the wanted ones, from the first on */
  guint       build_source;
  gboolean    focus_wanted;   /* by the first card, once it is there */

  GtkWidget  *box;            /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HdCatalogFlow, hd_catalog_flow, ADW_TYPE_BIN)

static void
section_free (gpointer data)
{
  Section *section = data;

  g_hash_table_unref (section->cards);
  g_free (section);
}

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->key);
  g_free (wanted->title);
  g_object_unref (wanted->offerings);
  g_free (wanted);
}

static void
card_activated_cb (GtkFlowBox      *flow_box,
                   GtkFlowBoxChild *child)
{
  HdOffering *offering = hd_offering_card_get_offering (HD_OFFERING_CARD (child));

  gtk_widget_activate_action (GTK_WIDGET (flow_box), "catalog.open", "s", hd_offering_get_id (offering));
}

static int
compare_cards (GtkFlowBoxChild *a,
               GtkFlowBoxChild *b,
               gpointer         user_data)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (a), "hd-index")) -
         GPOINTER_TO_INT (g_object_get_data (G_OBJECT (b), "hd-index"));
}

static Section *
add_section (HdCatalogFlow *self,
             const char    *key)
{
  Section *section = g_new0 (Section, 1);

  section->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  section->label = GTK_LABEL (gtk_label_new (NULL));
  section->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  section->cards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  gtk_label_set_xalign (section->label, 0.0f);
  gtk_label_set_wrap (section->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (section->label), "title-4");

  gtk_flow_box_set_selection_mode (section->flow, GTK_SELECTION_NONE);
  /* All cards want the same width, so the columns of all sections are the same; not homogeneous, GTK adds columns for
   * cards that a short section does not have. */
  gtk_flow_box_set_homogeneous (section->flow, TRUE);
  gtk_flow_box_set_max_children_per_line (section->flow, 4);
  gtk_flow_box_set_column_spacing (section->flow, 12);
  gtk_flow_box_set_row_spacing (section->flow, 12);
  gtk_flow_box_set_sort_func (section->flow, compare_cards, NULL, NULL);
  g_signal_connect (section->flow, "child-activated", G_CALLBACK (card_activated_cb), NULL);

  gtk_box_append (GTK_BOX (section->box), GTK_WIDGET (section->label));
  gtk_box_append (GTK_BOX (section->box), GTK_WIDGET (section->flow));
  gtk_widget_set_visible (section->box, FALSE);
  gtk_box_append (GTK_BOX (self->box), section->box);
  g_hash_table_insert (self->sections, g_strdup (key), section);

  return section;
}

static gboolean
is_favourite (HdCatalogFlow *self,
              HdOffering    *offering)
{
  return self->favourites != NULL &&
         g_strv_contains ((const char *const *) self->favourites, hd_offering_get_id (offering));
}

/* Makes the cards that a section lacks; FALSE if there are more than may be made now. */
static gboolean
make_cards (HdCatalogFlow *self,
            Section       *section,
            Wanted        *wanted,
            guint         *budget)
{
  for (guint i = 0; i < g_list_model_get_n_items (wanted->offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (wanted->offerings, i);
      GtkWidget *card = g_hash_table_lookup (section->cards, hd_offering_get_id (offering));

      if (card != NULL)
        continue;

      if (*budget == 0)
        return FALSE;

      (*budget)--;
      card = hd_offering_card_new (offering, is_favourite (self, offering));
      gtk_widget_set_visible (card, FALSE);
      g_hash_table_insert (section->cards, g_strdup (hd_offering_get_id (offering)), card);
      gtk_flow_box_append (section->flow, card);
    }

  return TRUE;
}

static void
show_section (HdCatalogFlow *self,
              Section       *section,
              Wanted        *wanted)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, section->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    g_object_set_data (card, "hd-index", GINT_TO_POINTER (-1));

  for (guint i = 0; i < g_list_model_get_n_items (wanted->offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (wanted->offerings, i);

      card = g_hash_table_lookup (section->cards, hd_offering_get_id (offering));
      g_object_set_data (card, "hd-index", GINT_TO_POINTER (i));
      hd_offering_card_set_favourite (card, is_favourite (self, offering));
    }

  g_hash_table_iter_init (&iter, section->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    gtk_widget_set_visible (card, GPOINTER_TO_INT (g_object_get_data (card, "hd-index")) >= 0);

  gtk_flow_box_invalidate_sort (section->flow);
  gtk_label_set_text (section->label, wanted->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (section->flow), GTK_ACCESSIBLE_PROPERTY_LABEL, wanted->title, -1);
  gtk_widget_set_visible (section->box, TRUE);
}

/* Shows as many of the wanted sections as can be made in a turn; FALSE when that was all. */
static gboolean
build (HdCatalogFlow *self)
{
  guint budget = CARDS_A_TURN;

  for (; self->n_shown < self->wanted->len; self->n_shown++)
    {
      Wanted *wanted = g_ptr_array_index (self->wanted, self->n_shown);
      Section *section = g_hash_table_lookup (self->sections, wanted->key);
      Wanted *before = self->n_shown > 0 ? g_ptr_array_index (self->wanted, self->n_shown - 1) : NULL;
      Section *section_before = before != NULL ? g_hash_table_lookup (self->sections, before->key) : NULL;

      if (section == NULL)
        section = add_section (self, wanted->key);

      gtk_box_reorder_child_after (GTK_BOX (self->box), section->box,
                                   section_before != NULL ? section_before->box : NULL);

      if (!make_cards (self, section, wanted, &budget))
        return TRUE;

      show_section (self, section, wanted);

      if (self->focus_wanted)
        self->focus_wanted = !gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
    }

  return FALSE;
}

static gboolean
build_due_cb (gpointer user_data)
{
  HdCatalogFlow *self = user_data;

  if (build (self))
    return G_SOURCE_CONTINUE;

  self->build_source = 0;
  return G_SOURCE_REMOVE;
}

static void
want_sections (HdCatalogFlow         *self,
               const HdCatalogChoice *choice,
               const char            *side_name)
{
  g_autoptr (GPtrArray) sections = hd_catalog_dup_sections (self->catalog, choice);

  for (guint i = 0; i < sections->len; i++)
    {
      HdCatalogSection *section = g_ptr_array_index (sections, i);
      Wanted *wanted = g_new0 (Wanted, 1);

      wanted->key = section->category != NULL
                      ? g_strdup_printf ("%d/%s", choice->kind, hd_category_get_id (section->category))
                      : g_strdup_printf ("%d#%s", choice->kind, section->title);
      wanted->title = side_name != NULL ? g_strdup_printf ("%s · %s", side_name, section->title)
                                        : g_strdup (section->title);
      wanted->offerings = g_object_ref (section->offerings);
      g_ptr_array_add (self->wanted, wanted);
    }
}

static void
hide_unwanted (HdCatalogFlow *self)
{
  GHashTableIter iter;
  gpointer key, section;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, &key, &section))
    {
      gboolean is_wanted = FALSE;

      for (guint i = 0; !is_wanted && i < self->wanted->len; i++)
        is_wanted = g_str_equal (((Wanted *) g_ptr_array_index (self->wanted, i))->key, key);

      if (!is_wanted)
        gtk_widget_set_visible (((Section *) section)->box, FALSE);
    }
}

static void
hd_catalog_flow_dispose (GObject *object)
{
  HdCatalogFlow *self = HD_CATALOG_FLOW (object);

  g_clear_handle_id (&self->build_source, g_source_remove);
  g_clear_object (&self->catalog);
  g_clear_pointer (&self->favourites, g_strfreev);

  G_OBJECT_CLASS (hd_catalog_flow_parent_class)->dispose (object);
}

static void
hd_catalog_flow_finalize (GObject *object)
{
  HdCatalogFlow *self = HD_CATALOG_FLOW (object);

  g_hash_table_unref (self->sections);
  g_ptr_array_unref (self->wanted);

  G_OBJECT_CLASS (hd_catalog_flow_parent_class)->finalize (object);
}

static void
hd_catalog_flow_class_init (HdCatalogFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_catalog_flow_dispose;
  object_class->finalize = hd_catalog_flow_finalize;
}

static void
hd_catalog_flow_init (HdCatalogFlow *self)
{
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, section_free);
  self->wanted = g_ptr_array_new_with_free_func (wanted_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
hd_catalog_flow_new (void)
{
  return g_object_new (HD_TYPE_CATALOG_FLOW, NULL);
}

/* Another catalog: all cards are made anew when they are wanted. */
void
hd_catalog_flow_set_catalog (HdCatalogFlow *self,
                             HdCatalog     *catalog)
{
  g_return_if_fail (HD_IS_CATALOG_FLOW (self));

  g_clear_handle_id (&self->build_source, g_source_remove);
  g_set_object (&self->catalog, catalog);
  g_ptr_array_set_size (self->wanted, 0);
  g_hash_table_remove_all (self->sections);

  while (gtk_widget_get_first_child (self->box) != NULL)
    gtk_box_remove (GTK_BOX (self->box), gtk_widget_get_first_child (self->box));
}

/**
 * hd_catalog_flow_show:
 * @self: a flow with a catalog
 * @choice: what of it is to be seen; for both sides each says where it belongs
 */
void
hd_catalog_flow_show (HdCatalogFlow         *self,
                      const HdCatalogChoice *choice)
{
  g_return_if_fail (HD_IS_CATALOG_FLOW (self) && self->catalog != NULL);

  g_clear_handle_id (&self->build_source, g_source_remove);
  g_strfreev (self->favourites);
  self->favourites = g_strdupv ((char **) choice->favourites);
  g_ptr_array_set_size (self->wanted, 0);
  self->n_shown = 0;

  if (choice->kind == HD_KIND_NONE)
    {
      HdCatalogChoice side = *choice;

      side.kind = HD_KIND_REQUEST;
      want_sections (self, &side, _("Request Type"));
      side.kind = HD_KIND_INCIDENT;
      want_sections (self, &side, _("Incident Registration"));
    }
  else
    {
      want_sections (self, choice, NULL);
    }

  hide_unwanted (self);

  if (build (self))
    self->build_source = g_idle_add (build_due_cb, self);
}

/* Puts the focus on the first card that is shown, or is going to be. */
void
hd_catalog_flow_grab_focus_first (HdCatalogFlow *self)
{
  g_return_if_fail (HD_IS_CATALOG_FLOW (self));

  self->focus_wanted = self->n_shown == 0 || !gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
