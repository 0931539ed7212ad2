/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-home-rows.h"

#include <glib/gi18n.h>

#include "hd-launch.h"
#include "hd-status-label.h"
#include "hd-time.h"
#include "hd-title-box.h"

/*
 * The rows of Home.  A record changes in place when the portal says something
 * new (see HdStoreList), so each row listens to its record.
 */

typedef void (*FillRow) (GtkWidget *row,
                         HdRecord  *record);

static void
record_changed_cb (GtkWidget  *row,
                   GParamSpec *pspec,
                   HdRecord   *record)
{
  FillRow fill = g_object_get_data (G_OBJECT (row), "hd-fill");

  fill (row, record);
}

/* @prefix, @suffix: (transfer floating), before and after the texts */
static GtkWidget *
create_row (gpointer   record,
            FillRow    fill,
            GtkWidget *prefix,
            GtkWidget *suffix)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *titles = hd_title_box_new ();

  gtk_widget_add_css_class (header, "header");
  gtk_widget_add_css_class (prefix, "prefixes");
  gtk_box_append (GTK_BOX (header), prefix);
  gtk_box_append (GTK_BOX (header), titles);
  if (suffix != NULL)
    gtk_box_append (GTK_BOX (header), suffix);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), header);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  g_object_set_data (G_OBJECT (row), "hd-fill", fill);
  g_object_set_data (G_OBJECT (row), "hd-titles", titles);
  g_object_set_data (G_OBJECT (row), "hd-prefix", prefix);
  g_object_set_data (G_OBJECT (row), "hd-suffix", suffix);
  fill (row, record);
  g_signal_connect_object (record, "notify", G_CALLBACK (record_changed_cb), row, G_CONNECT_SWAPPED);

  return row;
}

static void
set_action (GtkWidget  *row,
            const char *action,
            const char *target)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
}

static void
set_texts (GtkWidget  *row,
           const char *title,
           const char *subtitle)
{
  hd_title_box_set (g_object_get_data (G_OBJECT (row), "hd-titles"), title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle != NULL ? subtitle : "",
                                  -1);
}

static GtkWidget *
create_icon (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "icon-name", icon_name,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       NULL);
}

/* --- Requests --- */

static void
fill_request (GtkWidget *row,
              HdRecord  *record)
{
  HdRequest *request = HD_REQUEST (record);
  HdStatusLabel *status = g_object_get_data (G_OBJECT (row), "hd-suffix");
  GtkWidget *dot = g_object_get_data (G_OBJECT (row), "hd-prefix");
  g_autofree char *updated = hd_time_dup_short (hd_request_get_updated_at (request));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", hd_request_get_number (request), updated);

  set_texts (row, hd_request_get_subject (request), subtitle);
  hd_status_label_set (status, hd_request_get_status (request), hd_request_get_waiting_for_me (request));
  gtk_widget_set_visible (dot, hd_request_get_unread (request));
}

GtkWidget *
hd_home_rows_create_request (HdRequest *request)
{
  GtkWidget *status = hd_status_label_new ();
  GtkWidget *dot = g_object_new (ADW_TYPE_BIN,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                                 "valign", GTK_ALIGN_CENTER,
                                 NULL);
  GtkWidget *row;

  gtk_widget_add_css_class (dot, "hd-unread-dot");
  gtk_accessible_update_property (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unread"), -1);
  gtk_widget_set_valign (status, GTK_ALIGN_CENTER);
  hd_status_label_set_whole (HD_STATUS_LABEL (status), TRUE);
  row = create_row (request, fill_request, dot, status);
  set_action (row, "win.open-request", hd_request_get_id (request));

  return row;
}

/* --- News --- */

static void
fill_announcement (GtkWidget *row,
                   HdRecord  *record)
{
  HdAnnouncement *announcement = HD_ANNOUNCEMENT (record);
  g_autofree char *published = hd_time_dup_short (hd_announcement_get_published_at (announcement));
  const char *summary = hd_announcement_get_summary (announcement);
  g_autofree char *subtitle = NULL;

  if (summary != NULL)
    subtitle = g_strdup_printf ("%s · %s", published, summary);

  set_texts (row, hd_announcement_get_title (announcement), subtitle != NULL ? subtitle : published);
}

GtkWidget *
hd_home_rows_create_announcement (HdAnnouncement *announcement)
{
  gboolean important = hd_announcement_get_important (announcement);
  GtkWidget *icon = create_icon (important ? "hd-incident-symbolic" : "hd-news-symbolic");
  GtkWidget *row = create_row (announcement, fill_announcement, icon, NULL);

  if (important)
    gtk_widget_add_css_class (icon, "warning");

  set_action (row, "win.open-announcement", hd_announcement_get_id (announcement));

  return row;
}

/* --- Contacts --- */

static const char *
get_contact_icon (HdContactKind kind)
{
  switch (kind)
    {
    case HD_CONTACT_KIND_EMAIL:
      return "hd-mail-symbolic";

    case HD_CONTACT_KIND_CHAT:
      return "hd-waiting-symbolic";

    case HD_CONTACT_KIND_ADDRESS:
      return "hd-place-symbolic";

    case HD_CONTACT_KIND_PHONE:
    case HD_CONTACT_KIND_OTHER:
      break;
    }

  return "hd-phone-symbolic";
}

static void
fill_contact (GtkWidget *row,
              HdRecord  *record)
{
  HdContact *contact = HD_CONTACT (record);
  const char *label = hd_contact_get_label (contact);
  const char *hours = hd_contact_get_hours (contact);
  g_autofree char *subtitle = NULL;

  if (label != NULL && hours != NULL)
    subtitle = g_strdup_printf ("%s · %s", label, hours);

  set_texts (row, hd_contact_get_value (contact), subtitle != NULL ? subtitle : (label != NULL ? label : hours));
}

static void
copy_clicked_cb (GtkWidget *button,
                 HdContact *contact)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), hd_contact_get_value (contact));
  gtk_widget_activate_action (button, "win.toast", "s", _("Copied"));
}

static void
write_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_autofree char *uri = g_strdup_printf ("mailto:%s", g_variant_get_string (parameter, NULL));

  hd_launch_uri (user_data, uri);
}

static void
let_write (GtkWidget *row,
           HdContact *contact)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("write", G_VARIANT_TYPE_STRING);

  g_signal_connect_object (action, "activate", G_CALLBACK (write_cb), row, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  /* The group last: GTK complains of a name whose target is not there yet. */
  set_action (row, "contact.write", hd_contact_get_value (contact));
  gtk_widget_insert_action_group (row, "contact", G_ACTION_GROUP (group));
}

GtkWidget *
hd_home_rows_create_contact (HdContact *contact)
{
  GtkWidget *icon = create_icon (get_contact_icon (hd_contact_get_kind (contact)));
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: %s is a telephone number or an address. */
  g_autofree char *label = g_strdup_printf (_("Copy %s"), hd_contact_get_value (contact));
  GtkWidget *row;

  gtk_widget_set_tooltip_text (copy, _("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_clicked_cb), contact, 0);
  row = create_row (contact, fill_contact, icon, copy);

  if (hd_contact_get_kind (contact) == HD_CONTACT_KIND_EMAIL)
    let_write (row, contact);

  return row;
}
