/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request-card.h"

#include <glib/gi18n.h>

#include "hd-status-label.h"
#include "hd-time.h"

/**
 * HdRequestCard:
 *
 * A request in a narrow list: subject, number and kind, where it stands, since
 * when.  Follows the changes of its “request”.
 */

struct _HdRequestCard
{
  AdwBin     parent_instance;

  HdRequest *request;           /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdRequestCard, hd_request_card, ADW_TYPE_BIN)

typedef enum
{
  PROP_REQUEST = 1,
} HdRequestCardProp;

static GParamSpec *properties[PROP_REQUEST + 1];

static char *
get_summary_cb (HdRequestCard *self,
                const char    *number,
                HdKind         kind)
{
  return g_strdup_printf ("№ %s · %s", number != NULL ? number : "—", hd_kind_get_label (kind));
}

static char *
get_time_cb (HdRequestCard *self,
             GDateTime     *time)
{
  return time != NULL ? hd_time_dup_short (time) : g_strdup ("");
}

static void
hd_request_card_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch ((HdRequestCardProp) prop_id)
    {
    case PROP_REQUEST:
      g_value_set_object (value, HD_REQUEST_CARD (object)->request);
      break;
    }
}

static void
hd_request_card_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch ((HdRequestCardProp) prop_id)
    {
    case PROP_REQUEST:
      hd_request_card_set_request (HD_REQUEST_CARD (object), g_value_get_object (value));
      break;
    }
}

static void
hd_request_card_dispose (GObject *object)
{
  g_clear_object (&HD_REQUEST_CARD (object)->request);

  G_OBJECT_CLASS (hd_request_card_parent_class)->dispose (object);
}

static void
hd_request_card_class_init (HdRequestCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_request_card_dispose;
  object_class->get_property = hd_request_card_get_property;
  object_class->set_property = hd_request_card_set_property;

  properties[PROP_REQUEST] = g_param_spec_object ("request", NULL, NULL, HD_TYPE_REQUEST,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (HD_TYPE_STATUS_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-request-card.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_summary_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_time_cb);
}

static void
hd_request_card_init (HdRequestCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hd_request_card_new (void)
{
  return g_object_new (HD_TYPE_REQUEST_CARD, NULL);
}

void
hd_request_card_set_request (HdRequestCard *self,
                             HdRequest     *request)
{
  g_return_if_fail (HD_IS_REQUEST_CARD (self));

  if (g_set_object (&self->request, request))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REQUEST]);
}

/* Returns: (transfer full): what a row with @request in it is called: number, subject, status */
char *
hd_request_card_dup_name (HdRequest *request)
{
  const char *number = hd_request_get_number (request);
  const char *subject = hd_request_get_subject (request);
  const char *status = hd_request_get_waiting_for_me (request) ? _("Waiting for You")
                                                               : hd_status_get_label (hd_request_get_status (request));

  return g_strdup_printf ("%s%s%s, %s", number != NULL ? number : "", number != NULL ? ", " : "",
                          subject != NULL ? subject : "", status);
}
