/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-date-field.h"

#include <glib/gi18n-lib.h>

#include "hd-typed-value.h"

/* Where a day is chosen before a time is said. */
#define USUAL_TIME "09:00"

/**
 * HdDateField:
 *
 * A day, to be typed or chosen in a calendar, perhaps with a time of the day.
 */

struct _HdDateField
{
  HdFieldRow     parent_instance;

  /* (unowned): parts of the control */
  GtkCalendar   *calendar;          /* (nullable): until it is wanted */
  GtkMenuButton *calendar_button;
  GtkEditable   *date_entry;
  GtkEditable   *time_entry;
};

G_DEFINE_FINAL_TYPE (HdDateField, hd_date_field, HD_TYPE_FIELD_ROW)

static gboolean
has_time (HdDateField *self)
{
  return hd_field_get_field_type (hd_field_row_get_field (HD_FIELD_ROW (self))) == HD_FIELD_TYPE_DATETIME;
}

static char *
dup_value (HdDateField *self)
{
  return hd_date_time_join (gtk_editable_get_text (self->date_entry),
                            has_time (self) ? gtk_editable_get_text (self->time_entry) : NULL);
}

static void
text_changed_cb (HdDateField *self)
{
  HdFieldRow *row = HD_FIELD_ROW (self);
  g_autofree char *value = dup_value (self);

  if (!hd_field_row_is_showing (row))
    hd_answers_set (hd_field_row_get_answers (row), hd_field_row_get_id (row), value);
}

static void
date_left_cb (HdDateField *self)
{
  g_autofree char *iso = hd_date_parse (gtk_editable_get_text (self->date_entry));
  g_autofree char *shown = iso != NULL ? hd_date_dup_display (iso) : NULL;

  if (shown != NULL && !g_str_equal (shown, gtk_editable_get_text (self->date_entry)))
    gtk_editable_set_text (self->date_entry, shown);
}

/* Opening the calendar brings it to the day that is typed. */
static void
calendar_opened_cb (HdDateField *self)
{
  g_autofree char *iso = hd_date_parse (gtk_editable_get_text (self->date_entry));
  g_autofree char *noon = iso != NULL ? g_strconcat (iso, "T12:00:00", NULL) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) date = noon != NULL ? g_date_time_new_from_iso8601 (noon, zone) : NULL;

  if (date != NULL)
    gtk_calendar_select_day (self->calendar, date);
}

static void
day_chosen_cb (HdDateField *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *iso = g_date_time_format (date, "%Y-%m-%d");
  g_autofree char *shown = hd_date_dup_display (iso);

  if (has_time (self) && *gtk_editable_get_text (self->time_entry) == '\0')
    gtk_editable_set_text (self->time_entry, USUAL_TIME);

  gtk_editable_set_text (self->date_entry, shown);
}

static void
done_clicked_cb (HdDateField *self)
{
  day_chosen_cb (self);
  gtk_menu_button_popdown (self->calendar_button);
}

/* A calendar is some hundred widgets: a form of many dates would open late. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  HdDateField *self = user_data;
  g_autoptr (GtkBuilder) builder = NULL;
  GtkPopover *popover;

  if (self->calendar != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/ua/gov/customs/HelpDesk/ui/hd-date-popover.ui");
  popover = GTK_POPOVER (gtk_builder_get_object (builder, "popover"));
  self->calendar = GTK_CALENDAR (gtk_builder_get_object (builder, "calendar"));
  gtk_menu_button_set_popover (button, GTK_WIDGET (popover));

  g_signal_connect_object (popover, "map", G_CALLBACK (calendar_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_builder_get_object (builder, "done_button"), "clicked",
                           G_CALLBACK (done_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
hd_date_field_build (HdFieldRow *row)
{
  HdDateField *self = HD_DATE_FIELD (row);
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/ua/gov/customs/HelpDesk/ui/hd-date-control.ui");

  self->calendar_button = GTK_MENU_BUTTON (gtk_builder_get_object (builder, "calendar_button"));
  self->date_entry = GTK_EDITABLE (gtk_builder_get_object (builder, "date_entry"));
  self->time_entry = GTK_EDITABLE (gtk_builder_get_object (builder, "time_entry"));

  gtk_widget_set_visible (GTK_WIDGET (self->time_entry), has_time (self));
  gtk_menu_button_set_create_popup_func (self->calendar_button, create_popover_cb, self, NULL);
  hd_field_row_set_control (row, GTK_WIDGET (gtk_builder_get_object (builder, "control")),
                            GTK_WIDGET (self->date_entry));

  g_signal_connect_object (self->date_entry, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->time_entry, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_builder_get_object (builder, "date_focus"), "leave",
                           G_CALLBACK (date_left_cb), self, G_CONNECT_SWAPPED);
}

static void
hd_date_field_show_answer (HdFieldRow *row)
{
  HdDateField *self = HD_DATE_FIELD (row);
  const char *answer = hd_answers_get (hd_field_row_get_answers (row), hd_field_row_get_id (row));
  g_autofree char *value = dup_value (self);
  g_auto (GStrv) parts = NULL;
  g_autofree char *shown = NULL;

  if (g_strcmp0 (value, answer != NULL ? answer : "") == 0)
    return;

  parts = g_strsplit (answer != NULL ? answer : "", "T", 2);
  shown = hd_date_dup_display (parts[0] != NULL ? parts[0] : "");
  gtk_editable_set_text (self->date_entry, shown);
  gtk_editable_set_text (self->time_entry, parts[0] != NULL && parts[1] != NULL ? parts[1] : "");
}

static void
hd_date_field_class_init (HdDateFieldClass *klass)
{
  HdFieldRowClass *row_class = HD_FIELD_ROW_CLASS (klass);

  row_class->build = hd_date_field_build;
  row_class->show_answer = hd_date_field_show_answer;
}

static void
hd_date_field_init (HdDateField *self)
{
}
