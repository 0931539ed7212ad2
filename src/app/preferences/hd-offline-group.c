/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offline-group.h"

#include <glib/gi18n.h>

#include "hd-offline-categories.h"
#include "hd-store-list.h"

/**
 * HdOfflineGroup:
 *
 * What is kept of the portal, to be read without it: how much of the disk
 * pictures may take, which categories are to be there in any case, and for how
 * long conversations stay.  What the administrator decided can only be read.
 */

struct _HdOfflineGroup
{
  AdwPreferencesGroup  parent_instance;

  AdwExpanderRow      *categories_row;
  AdwComboRow         *closed_row;
  AdwActionRow        *metered_row;
  GtkSwitch           *metered_switch;
  AdwComboRow         *space_row;

  GSettings           *settings;    /* (owned) */
  HdOfflineCategories *offline;     /* (owned) (nullable) */
  HdStoreList         *categories;  /* (owned) (nullable) */
  GPtrArray           *rows;        /* (owned) (element-type GtkWidget): of the categories */
};

G_DEFINE_FINAL_TYPE (HdOfflineGroup, hd_offline_group, ADW_TYPE_PREFERENCES_GROUP)

#define MEGABYTE (1000 * 1000)

/* As the rows of the lists in the template. */
static const guint spaces[] = { 100, 250, 500, 1000, 2000 };
static const guint days[] = { 0, 365, 90, 30 };

/* Returns: the place of the first value that is enough */
static guint
find_space (guint megabytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      if (spaces[i] >= megabytes)
        return i;
    }

  return G_N_ELEMENTS (spaces) - 1;
}

static guint
find_days (guint n_days)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      if (days[i] == n_days)
        return i;
    }

  return 0;
}

static void
space_chosen_cb (HdOfflineGroup *self)
{
  guint position = adw_combo_row_get_selected (self->space_row);

  if (position < G_N_ELEMENTS (spaces))
    g_settings_set_uint (self->settings, "picture-space", spaces[position]);
}

static void
days_chosen_cb (HdOfflineGroup *self)
{
  guint position = adw_combo_row_get_selected (self->closed_row);

  if (position < G_N_ELEMENTS (days))
    g_settings_set_uint (self->settings, "keep-closed-days", days[position]);
}

/* --- The categories --- */

static void
switched_cb (GtkSwitch      *button,
             GParamSpec     *pspec,
             HdOfflineGroup *self)
{
  hd_offline_categories_set (self->offline, g_object_get_data (G_OBJECT (button), "category-id"),
                             gtk_switch_get_active (button));
}

static void
refresh_row (HdOfflineGroup *self,
             AdwActionRow   *row)
{
  GtkWidget *button = adw_action_row_get_activatable_widget (row);
  const char *id = g_object_get_data (G_OBJECT (button), "category-id");
  g_autofree char *missing = hd_offline_categories_dup_missing (self->offline, id);

  gtk_switch_set_active (GTK_SWITCH (button), hd_offline_categories_contains (self->offline, id));
  adw_action_row_set_subtitle (row, missing != NULL ? missing : "");
}

static void
offline_changed_cb (HdOfflineGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    refresh_row (self, self->rows->pdata[i]);
}

static void
add_category (HdOfflineGroup *self,
              HdCategory     *category)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "category-id", g_strdup (hd_category_get_id (category)), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  refresh_row (self, ADW_ACTION_ROW (row));
  g_signal_connect_object (button, "notify::active", G_CALLBACK (switched_cb), self, 0);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hd_category_get_name (category));
  adw_expander_row_add_row (self->categories_row, row);
  g_ptr_array_add (self->rows, row);
}

/* Those at the top: what is below goes with them. */
static void
show_categories (HdOfflineGroup *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->categories));

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->categories_row, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (G_LIST_MODEL (self->categories), i);
      const char *parent_id = hd_category_get_parent_id (category);

      if (parent_id == NULL || *parent_id == '\0')
        add_category (self, category);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->categories_row), self->rows->len > 0);
}

static void
watch_store (HdOfflineGroup *self,
             HdStore        *store)
{
  self->offline = g_object_ref (hd_offline_categories_get_for_store (store));
  self->categories = hd_store_list_new_categories (store);
  g_signal_connect_object (self->offline, "changed", G_CALLBACK (offline_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->categories, "items-changed", G_CALLBACK (show_categories), self, G_CONNECT_SWAPPED);
  show_categories (self);
}

/* --- The administrator --- */

static void
refuse (GtkWidget *row)
{
  gtk_widget_set_sensitive (row, FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Your administrator has decided this."));
}

/* What was decided need not be among what can be chosen; what the person has chosen stays for another day. */
static void
show_decided (HdOfflineGroup *self,
              AdwComboRow    *row,
              gpointer        chosen_cb,
              const char     *words)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const[]) { words, NULL });

  g_signal_handlers_disconnect_by_func (row, chosen_cb, self);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  refuse (GTK_WIDGET (row));
}

static void
show_decisions (HdOfflineGroup *self,
                HdPolicy       *policy)
{
  HdSyncLimits limits = { 0 };
  g_autofree char *space = NULL;
  g_autofree char *closed = NULL;

  hd_policy_decide_limits (policy, &limits);
  space = g_strdup_printf (_("%u MB"), (guint) (limits.picture_bytes / MEGABYTE));
  closed = limits.keep_days == 0 ? g_strdup (_("Keep Always"))
                                 : g_strdup_printf (ngettext ("Keep for %u Day", "Keep for %u Days", limits.keep_days),
                                                    limits.keep_days);

  if (hd_policy_decides (policy, "picture-space"))
    show_decided (self, self->space_row, space_chosen_cb, space);

  if (hd_policy_decides (policy, "keep-closed"))
    show_decided (self, self->closed_row, days_chosen_cb, closed);

  if (hd_policy_decides (policy, "metered-pictures"))
    {
      g_settings_unbind (self->metered_switch, "active");
      gtk_switch_set_active (self->metered_switch, limits.metered_pictures);
      refuse (GTK_WIDGET (self->metered_row));
    }
}

/**
 * hd_offline_group_set_session:
 * @self: a group
 * @session: (nullable): whose store it is about; once
 */
void
hd_offline_group_set_session (HdOfflineGroup *self,
                              HdSession      *session)
{
  g_return_if_fail (HD_IS_OFFLINE_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self->categories_row), FALSE);

  if (session == NULL)
    return;

  show_decisions (self, hd_session_get_policy (session));

  if (hd_session_get_store (session) != NULL)
    watch_store (self, hd_session_get_store (session));
}

static void
hd_offline_group_dispose (GObject *object)
{
  HdOfflineGroup *self = HD_OFFLINE_GROUP (object);

  g_clear_object (&self->categories);
  g_clear_object (&self->offline);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (hd_offline_group_parent_class)->dispose (object);
}

static void
hd_offline_group_class_init (HdOfflineGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_offline_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-offline-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HdOfflineGroup, categories_row);
  gtk_widget_class_bind_template_child (widget_class, HdOfflineGroup, closed_row);
  gtk_widget_class_bind_template_child (widget_class, HdOfflineGroup, metered_row);
  gtk_widget_class_bind_template_child (widget_class, HdOfflineGroup, metered_switch);
  gtk_widget_class_bind_template_child (widget_class, HdOfflineGroup, space_row);
}

static void
hd_offline_group_init (HdOfflineGroup *self)
{
  self->settings = g_settings_new (HD_APP_ID);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  adw_combo_row_set_selected (self->space_row, find_space (g_settings_get_uint (self->settings, "picture-space")));
  adw_combo_row_set_selected (self->closed_row, find_days (g_settings_get_uint (self->settings, "keep-closed-days")));
  g_settings_bind (self->settings, "metered-pictures", self->metered_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_swapped (self->space_row, "notify::selected", G_CALLBACK (space_chosen_cb), self);
  g_signal_connect_swapped (self->closed_row, "notify::selected", G_CALLBACK (days_chosen_cb), self);
}
