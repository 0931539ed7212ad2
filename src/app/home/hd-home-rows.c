/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-home-rows.h"

#include <glib/gi18n.h>

#include "hd-status-label.h"
#include "hd-time.h"

/*
 * The rows of Home.  A record changes in place when the portal says something
 * new (see HdStoreList), so each row listens to its record.
 */

typedef void (*FillRow) (AdwActionRow *row,
                         HdRecord     *record);

static void
record_changed_cb (AdwActionRow *row,
                   GParamSpec   *pspec,
                   HdRecord     *record)
{
  FillRow fill = g_object_get_data (G_OBJECT (row), "hd-fill");

  fill (row, record);
}

static GtkWidget *
create_row (gpointer record,
            FillRow  fill)
{
  GtkWidget *row = adw_action_row_new ();

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set_data (G_OBJECT (row), "hd-fill", fill);
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
set_texts (AdwActionRow *row,
           const char   *title,
           const char   *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_subtitle (row, subtitle != NULL ? subtitle : "");
}

static GtkWidget *
add_icon (GtkWidget  *row,
          const char *icon_name)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name", icon_name,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);

  return icon;
}

/* --- Requests --- */

static void
fill_request (AdwActionRow *row,
              HdRecord     *record)
{
  HdRequest *request = HD_REQUEST (record);
  HdStatusLabel *status = g_object_get_data (G_OBJECT (row), "hd-status");
  GtkWidget *dot = g_object_get_data (G_OBJECT (row), "hd-unread");
  g_autofree char *updated = hd_time_dup_short (hd_request_get_updated_at (request));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", hd_request_get_number (request), updated);

  set_texts (row, hd_request_get_subject (request), subtitle);
  hd_status_label_set (status, hd_request_get_status (request), hd_request_get_waiting_for_me (request));
  gtk_widget_set_visible (dot, hd_request_get_unread (request));
}

GtkWidget *
hd_home_rows_create_request (HdRequest *request)
{
  GtkWidget *row = create_row (request, fill_request);
  GtkWidget *status = hd_status_label_new ();
  GtkWidget *dot = g_object_new (ADW_TYPE_BIN,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                                 "valign", GTK_ALIGN_CENTER,
                                 NULL);

  gtk_widget_add_css_class (dot, "hd-unread-dot");
  gtk_accessible_update_property (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unread"), -1);
  gtk_widget_set_valign (status, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), status);
  g_object_set_data (G_OBJECT (row), "hd-status", status);
  g_object_set_data (G_OBJECT (row), "hd-unread", dot);
  set_action (row, "win.open-request", hd_request_get_id (request));
  fill_request (ADW_ACTION_ROW (row), HD_RECORD (request));

  return row;
}

/* --- News --- */

static void
fill_announcement (AdwActionRow *row,
                   HdRecord     *record)
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
  GtkWidget *row = create_row (announcement, fill_announcement);
  GtkWidget *icon;

  icon = add_icon (row, hd_announcement_get_important (announcement) ? "hd-incident-symbolic" : "hd-news-symbolic");

  if (hd_announcement_get_important (announcement))
    gtk_widget_add_css_class (icon, "warning");

  set_action (row, "win.open-announcement", hd_announcement_get_id (announcement));
  fill_announcement (ADW_ACTION_ROW (row), HD_RECORD (announcement));

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
fill_contact (AdwActionRow *row,
              HdRecord     *record)
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
mail_activated_cb (AdwActionRow *row,
                   HdContact    *contact)
{
  g_autofree char *uri = g_strdup_printf ("mailto:%s", hd_contact_get_value (contact));

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

GtkWidget *
hd_home_rows_create_contact (HdContact *contact)
{
  GtkWidget *row = create_row (contact, fill_contact);
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: %s is a telephone number or an address. */
  g_autofree char *label = g_strdup_printf (_("Copy %s"), hd_contact_get_value (contact));

  add_icon (row, get_contact_icon (hd_contact_get_kind (contact)));
  gtk_widget_set_tooltip_text (copy, _("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_clicked_cb), contact, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);

  if (hd_contact_get_kind (contact) == HD_CONTACT_KIND_EMAIL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (mail_activated_cb), contact, 0);
    }

  fill_contact (ADW_ACTION_ROW (row), HD_RECORD (contact));

  return row;
}
