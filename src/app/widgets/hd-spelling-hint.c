/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-spelling-hint.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-store-search.h"

/**
 * HdSpellingHint:
 *
 * What may have been meant by the words in a search entry.  It is offered: the
 * words stay as they were typed until the person takes it.
 */

struct _HdSpellingHint
{
  AdwBin          parent_instance;

  HdStore        *store;        /* (owned) (nullable) */
  GtkSearchEntry *entry;        /* (owned) (nullable) */
  GCancellable   *cancellable;  /* (owned) (nullable): the question under way */
  char           *meant;        /* (owned) (nullable) */

  GtkLabel       *label;
};

G_DEFINE_FINAL_TYPE (HdSpellingHint, hd_spelling_hint, ADW_TYPE_BIN)

/* Takes @meant. */
static void
show (HdSpellingHint *self,
      char           *meant)
{
  g_free (self->meant);
  self->meant = meant;

  if (meant != NULL)
    {
      /* Translators: %s is what may be searched for instead of what was typed. */
      g_autofree char *text = g_strdup_printf (_("Did you mean “%s”?"), meant);

      gtk_label_set_text (self->label, text);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), meant != NULL);
}

static void
suggested_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdSpellingHint *self = user_data;
  g_autoptr (GError) error = NULL;
  char *meant = hd_store_suggest_spelling_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  g_clear_object (&self->cancellable);
  show (self, meant);
}

static void
cancel (HdSpellingHint *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
search_changed_cb (HdSpellingHint *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  cancel (self);

  if (*words == '\0')
    {
      show (self, NULL);
      return;
    }

  self->cancellable = g_cancellable_new ();
  hd_store_suggest_spelling_async (self->store, words, self->cancellable, suggested_cb, self);
}

/* The focus goes where there is more to type. */
static void
clicked_cb (HdSpellingHint *self)
{
  g_autofree char *meant = g_strdup (self->meant);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), meant);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
hd_spelling_hint_dispose (GObject *object)
{
  HdSpellingHint *self = HD_SPELLING_HINT (object);

  cancel (self);
  g_clear_object (&self->store);
  g_clear_object (&self->entry);
  g_clear_pointer (&self->meant, g_free);

  G_OBJECT_CLASS (hd_spelling_hint_parent_class)->dispose (object);
}

static void
hd_spelling_hint_class_init (HdSpellingHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_spelling_hint_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-spelling-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, HdSpellingHint, label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
hd_spelling_hint_init (HdSpellingHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* To be called once. */
void
hd_spelling_hint_watch (HdSpellingHint *self,
                        HdStore        *store,
                        GtkSearchEntry *entry)
{
  g_return_if_fail (HD_IS_SPELLING_HINT (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  self->entry = g_object_ref (entry);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
}
