/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-print.h"

/* Plain text on paper: the title in bold, then the text, page after page of whole lines. */

typedef struct
{
  char        *markup;      /* (owned) */
  PangoLayout *layout;      /* (owned) (nullable) */
  GArray      *page_lines;  /* (owned) (element-type int): the first line of each page, and the end */
} Print;

static void
print_free (gpointer  data,
            GClosure *closure)
{
  Print *print = data;

  g_free (print->markup);
  g_clear_object (&print->layout);
  g_array_unref (print->page_lines);
  g_free (print);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Print             *print)
{
  double page_height = gtk_print_context_get_height (context) * PANGO_SCALE;
  double height = 0;
  int n_lines;

  g_clear_object (&print->layout);
  g_array_set_size (print->page_lines, 0);
  print->layout = gtk_print_context_create_pango_layout (context);
  pango_layout_set_width (print->layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (print->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (print->layout, print->markup, -1);
  n_lines = pango_layout_get_line_count (print->layout);

  for (int i = 0; i < n_lines; i++)
    {
      PangoRectangle extents;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (print->layout, i), NULL, &extents);
      if (i == 0 || height + extents.height > page_height)
        {
          g_array_append_val (print->page_lines, i);
          height = 0;
        }
      height += extents.height;
    }

  g_array_append_val (print->page_lines, n_lines);
  gtk_print_operation_set_n_pages (operation, (int) MAX (1, print->page_lines->len - 1));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Print             *print)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double y = 0;

  if ((guint) page + 1 >= print->page_lines->len)
    return;

  for (int i = g_array_index (print->page_lines, int, page); i < g_array_index (print->page_lines, int, page + 1); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (print->layout, i);
      PangoRectangle extents;

      pango_layout_line_get_extents (line, NULL, &extents);
      cairo_move_to (cr, 0, (y - extents.y) / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, line);
      y += extents.height;
    }
}

/**
 * hd_print_text:
 * @widget: in whose window the print dialog shows
 * @title: the heading, plain text
 * @text: the rest, plain text
 *
 * Lets the person print a text.
 */
void
hd_print_text (GtkWidget  *widget,
               const char *title,
               const char *text)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  Print *print = g_new0 (Print, 1);

  print->markup = g_markup_printf_escaped ("<big><b>%s</b></big>\n\n%s", title, text);
  print->page_lines = g_array_new (FALSE, FALSE, sizeof (int));

  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb), print, print_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), print);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
