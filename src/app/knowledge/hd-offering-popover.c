/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offering-popover.h"

#include <glib/gi18n.h>

#include "hd-error.h"
#include "hd-list-item.h"
#include "hd-offering.h"

/**
 * HdOfferingPopover:
 *
 * Chooses a service offering from the catalog, by typing a part of its name.
 * Signal: “chosen” (the offering's id).
 */

struct _HdOfferingPopover
{
  GtkPopover          parent_instance;

  GtkWidget          *empty_label;
  GtkListView        *list_view;
  GtkSearchEntry     *search_entry;
  GtkFilterListModel *filtered;
  GtkCustomFilter    *filter;

  GCancellable       *cancellable;   /* (owned) */
  char               *words;         /* (owned) (nullable): folded */
};

G_DEFINE_FINAL_TYPE (HdOfferingPopover, hd_offering_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  HdOfferingPopover *self = user_data;
  g_autofree char *name = NULL;

  if (self->words == NULL || *self->words == '\0')
    return TRUE;

  name = g_utf8_casefold (hd_offering_get_name (item), -1);
  return strstr (name, self->words) != NULL;
}

static void
search_changed_cb (HdOfferingPopover *self)
{
  g_free (self->words);
  self->words = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_widget_set_visible (self->empty_label, *self->words != '\0' &&
                          g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0);
}

static void
activate_position (HdOfferingPopover *self,
                   guint              position)
{
  g_autoptr (HdOffering) offering = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (offering == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, hd_offering_get_id (offering));
}

static void
row_activated_cb (HdOfferingPopover *self,
                  guint              position)
{
  activate_position (self, position);
}

static void
entry_activated_cb (HdOfferingPopover *self)
{
  activate_position (self, 0);
}

static char *
get_kind_label_cb (GObject *item,
                   HdKind   kind)
{
  return g_strdup (hd_kind_get_label (kind));
}

static void
catalog_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HdOfferingPopover *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdCatalog) catalog = hd_store_get_catalog_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  gtk_filter_list_model_set_model (self->filtered, catalog != NULL ? hd_catalog_get_offerings (catalog) : NULL);
}

static void
hd_offering_popover_dispose (GObject *object)
{
  HdOfferingPopover *self = HD_OFFERING_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (hd_offering_popover_parent_class)->dispose (object);
}

static void
hd_offering_popover_finalize (GObject *object)
{
  HdOfferingPopover *self = HD_OFFERING_POPOVER (object);

  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (hd_offering_popover_parent_class)->finalize (object);
}

static void
hd_offering_popover_class_init (HdOfferingPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_offering_popover_dispose;
  object_class->finalize = hd_offering_popover_finalize;

  g_type_ensure (HD_TYPE_OFFERING);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-offering-popover.ui");
  gtk_widget_class_bind_template_callback_full (widget_class, "gtk_popover_popdown", G_CALLBACK (gtk_popover_popdown));
  gtk_widget_class_bind_template_child (widget_class, HdOfferingPopover, empty_label);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingPopover, filter);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingPopover, filtered);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingPopover, list_view);
  gtk_widget_class_bind_template_child (widget_class, HdOfferingPopover, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *kind = gtk_label_new (NULL);
  GtkExpression *offering = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *params[1];

  for (GtkWidget *label = name; label != NULL; label = label == name ? kind : NULL)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
      gtk_box_append (GTK_BOX (box), label);
    }

  gtk_widget_add_css_class (kind, "dim-label");
  gtk_widget_add_css_class (kind, "caption");

  params[0] = gtk_property_expression_new (HD_TYPE_OFFERING, gtk_expression_ref (offering), "kind");
  gtk_expression_bind (gtk_property_expression_new (HD_TYPE_OFFERING, offering, "name"), name, "label", item);
  gtk_expression_bind (gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 1, params,
                                                    G_CALLBACK (get_kind_label_cb), NULL, NULL),
                       kind, "label", item);
  gtk_list_item_set_child (item, box);
  hd_list_item_set_labelled_by (item, name);
}

static void
hd_offering_popover_init (HdOfferingPopover *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_custom_filter_set_filter_func (self->filter, match_cb, self, NULL);
}

GtkWidget *
hd_offering_popover_new (HdSession *session)
{
  HdOfferingPopover *self = g_object_new (HD_TYPE_OFFERING_POPOVER, NULL);

  hd_store_get_catalog_async (hd_session_get_store (session), self->cancellable, catalog_loaded_cb, self);
  return GTK_WIDGET (self);
}
