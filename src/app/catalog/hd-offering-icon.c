/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offering-icon.h"

#include "hd-error.h"
#include "hd-page.h"
#include "hd-small-picture.h"

/**
 * HdOfferingIcon:
 *
 * The icon of a service offering, in a square that is always of the same size:
 * a picture of the portal's, where it has one, or a symbol.  The symbol stands
 * there until the picture comes, and stays where none does.
 *
 * It asks when it is first seen, by the session of the page that it stands on.
 */

/* As on the densest screens. */
#define PICTURE_SIZE 96
/* More than any catalog has; what a hostile one has beyond costs decoding it again. */
#define MAX_PICTURES 500
#define PICTURES_KEY "hd-offering-pictures"

struct _HdOfferingIcon
{
  AdwBin        parent_instance;

  GtkImage     *image;         /* (unowned) */
  int           size;
  int           symbol_size;
  char         *picture;       /* (owned) (nullable): the name, until it is shown */
  HdSession    *session;       /* (owned) (nullable): that was asked */
  GCancellable *cancellable;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdOfferingIcon, hd_offering_icon, ADW_TYPE_BIN)

static void
unref_picture (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

/* What a session's pictures were decoded to, NULL for what is none; so a list that is made anew does not flicker.
 * Returns: (transfer none) (element-type utf8 GdkTexture) */
static GHashTable *
get_pictures (HdSession *session)
{
  GHashTable *pictures = g_object_get_data (G_OBJECT (session), PICTURES_KEY);

  if (pictures == NULL)
    {
      pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_picture);
      g_object_set_data_full (G_OBJECT (session), PICTURES_KEY, pictures, (GDestroyNotify) g_hash_table_unref);
    }

  return pictures;
}

static void
keep_picture (HdOfferingIcon *self,
              GdkTexture     *texture)
{
  GHashTable *pictures = get_pictures (self->session);

  if (g_hash_table_size (pictures) >= MAX_PICTURES)
    g_hash_table_remove_all (pictures);

  g_hash_table_insert (pictures, g_strdup (self->picture), texture != NULL ? g_object_ref (texture) : NULL);
}

static void
show_picture (HdOfferingIcon *self,
              GdkTexture     *texture)
{
  g_clear_pointer (&self->picture, g_free);

  if (texture == NULL)
    return;

  gtk_image_set_from_paintable (self->image, GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (self->image, self->size);
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture");
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HdOfferingIcon *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hd_small_picture_decode_finish (result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (texture == NULL)
    g_debug ("the picture of an offering cannot be shown: %s", error->message);

  keep_picture (self, texture);
  show_picture (self, texture);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdOfferingIcon *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hd_session_load_media_finish (HD_SESSION (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  if (bytes != NULL)
    {
      hd_small_picture_decode_async (bytes, PICTURE_SIZE, self->cancellable, decoded_cb, self);
      return;
    }

  /* What is not there need not be asked for again; what could not be asked for, the next time that it is seen. */
  if (g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND))
    keep_picture (self, NULL);

  g_clear_object (&self->cancellable);
}

static void
load (HdOfferingIcon *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), HD_TYPE_PAGE);
  HdSession *session = page != NULL ? hd_page_get_session (HD_PAGE (page)) : NULL;
  gpointer texture;

  if (self->picture == NULL || self->cancellable != NULL || session == NULL || hd_session_get_store (session) == NULL)
    return;

  g_set_object (&self->session, session);

  if (g_hash_table_lookup_extended (get_pictures (session), self->picture, NULL, &texture))
    {
      show_picture (self, texture);
      return;
    }

  self->cancellable = g_cancellable_new ();
  hd_session_load_media_async (session, self->picture, self->cancellable, loaded_cb, self);
}

static void
hd_offering_icon_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hd_offering_icon_parent_class)->map (widget);

  load (HD_OFFERING_ICON (widget));
}

static void
hd_offering_icon_dispose (GObject *object)
{
  HdOfferingIcon *self = HD_OFFERING_ICON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->picture, g_free);

  G_OBJECT_CLASS (hd_offering_icon_parent_class)->dispose (object);
}

static void
hd_offering_icon_class_init (HdOfferingIconClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_offering_icon_dispose;
  GTK_WIDGET_CLASS (klass)->map = hd_offering_icon_map;
}

static void
hd_offering_icon_init (HdOfferingIcon *self)
{
  self->image = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                         "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->image));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "offering-icon");
}

/**
 * hd_offering_icon_new:
 * @size: of the square, and of a picture in it
 * @symbol_size: of a symbol
 */
GtkWidget *
hd_offering_icon_new (int size,
                      int symbol_size)
{
  HdOfferingIcon *self = g_object_new (HD_TYPE_OFFERING_ICON, "width-request", size, "height-request", size, NULL);

  self->size = size;
  self->symbol_size = symbol_size;
  return GTK_WIDGET (self);
}

/* The icon that the portal names where this machine has it. */
static gboolean
has_icon (const char *icon)
{
  GdkDisplay *display = gdk_display_get_default ();

  return icon != NULL && display != NULL && gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (display), icon);
}

/**
 * hd_offering_icon_set:
 * @icon: (nullable): what the portal names: an icon, or a picture of its own
 * @fallback: an icon of the program's
 */
void
hd_offering_icon_set (HdOfferingIcon *self,
                      const char     *icon,
                      const char     *fallback)
{
  g_return_if_fail (HD_IS_OFFERING_ICON (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self->picture);
  self->picture = g_strdup (hd_offering_parse_picture (icon));

  gtk_widget_remove_css_class (GTK_WIDGET (self), "picture");
  gtk_image_set_from_icon_name (self->image, has_icon (icon) ? icon : fallback);
  gtk_image_set_pixel_size (self->image, self->symbol_size);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

void
hd_offering_icon_set_offering (HdOfferingIcon *self,
                               HdOffering     *offering)
{
  g_return_if_fail (HD_IS_OFFERING (offering));

  hd_offering_icon_set (self, hd_offering_get_icon (offering),
                        hd_offering_get_kind (offering) == HD_KIND_INCIDENT ? "hd-incident-symbolic"
                                                                            : "hd-request-symbolic");
}
