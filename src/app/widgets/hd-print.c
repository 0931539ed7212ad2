/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-print.h"

/*
 * Text on paper: page after page of whole lines, with the number of the page at
 * its foot where there are several.
 */

/* Between the text and the number of the page, in lines. */
#define FOOT_GAP 1

typedef struct
{
  char        *markup;      /* (owned) */
  PangoLayout *layout;      /* (owned) (nullable) */
  GArray      *page_lines;  /* (owned) (element-type int): the first line of each page, and the end */
  double       foot_height; /* in Pango's units */
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

/* Which line each page begins with, where so much room is for lines. */
static void
break_pages (Print  *print,
             double  page_height)
{
  int n_lines = pango_layout_get_line_count (print->layout);
  double height = 0;

  g_array_set_size (print->page_lines, 0);

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
}

static int
count_pages (Print *print)
{
  return (int) MAX (1, print->page_lines->len - 1);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Print             *print)
{
  double page_height = gtk_print_context_get_height (context) * PANGO_SCALE;
  g_autoptr (PangoLayout) foot = gtk_print_context_create_pango_layout (context);
  int foot_height;

  pango_layout_set_text (foot, "1", -1);
  pango_layout_get_size (foot, NULL, &foot_height);
  print->foot_height = foot_height;

  g_clear_object (&print->layout);
  print->layout = gtk_print_context_create_pango_layout (context);
  pango_layout_set_width (print->layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (print->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (print->layout, print->markup, -1);

  break_pages (print, page_height);
  if (count_pages (print) > 1)
    break_pages (print, page_height - (1 + FOOT_GAP) * print->foot_height);

  gtk_print_operation_set_n_pages (operation, count_pages (print));
}

static void
draw_foot (Print           *print,
           GtkPrintContext *context,
           int              page)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) foot = gtk_print_context_create_pango_layout (context);
  g_autofree char *text = g_strdup_printf ("%d / %d", page + 1, count_pages (print));

  pango_layout_set_width (foot, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_alignment (foot, PANGO_ALIGN_CENTER);
  pango_layout_set_text (foot, text, -1);
  cairo_move_to (cr, 0, gtk_print_context_get_height (context) - print->foot_height / PANGO_SCALE);
  pango_cairo_show_layout (cr, foot);
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

  if (count_pages (print) > 1)
    draw_foot (print, context, page);
}

/**
 * hd_print_operation_new:
 * @job_name: (nullable): what the printer's queue calls it
 * @markup: Pango markup
 *
 * Returns: (transfer full): prints @markup, once it is run
 */
GtkPrintOperation *
hd_print_operation_new (const char *job_name,
                        const char *markup)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Print *print = g_new0 (Print, 1);

  print->markup = g_strdup (markup);
  print->page_lines = g_array_new (FALSE, FALSE, sizeof (int));

  if (job_name != NULL)
    gtk_print_operation_set_job_name (operation, job_name);

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb), print, print_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), print);

  return operation;
}

/**
 * hd_print_markup:
 * @widget: in whose window the print dialog shows
 * @job_name: (nullable): what the printer's queue calls it
 * @markup: Pango markup
 *
 * Lets the person print it.
 */
void
hd_print_markup (GtkWidget  *widget,
                 const char *job_name,
                 const char *markup)
{
  g_autoptr (GtkPrintOperation) operation = hd_print_operation_new (job_name, markup);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}

/* Returns: (transfer full): plain text below a heading, as markup */
char *
hd_print_dup_markup (const char *title,
                     const char *text)
{
  return g_markup_printf_escaped ("<big><b>%s</b></big>\n\n%s", title, text);
}
