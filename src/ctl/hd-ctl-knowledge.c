/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <string.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-error.h"
#include "hd-html-text.h"
#include "hd-store-search.h"

/* catalog, offering, search, article: what the portal publishes */

/* What is kept is brought up to date first; where that cannot be, it is used as it is. */
static gboolean
open_fresh (HdCtl     *ctl,
            HdCtlExit *code)
{
  return hd_ctl_open_signed_in (ctl, code) && hd_ctl_freshen (ctl, code);
}

static HdCatalog *
get_catalog (HdCtl   *ctl,
             GError **error)
{
  HdStore *store = hd_session_get_store (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_get_catalog_async (store, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return hd_store_get_catalog_finish (store, result, error);
}

/* Returns: (transfer full) (nullable): the offering of that id or of exactly that name */
HdOffering *
hd_ctl_find_offering (HdCtl       *ctl,
                      const char  *id,
                      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (HdCatalog) catalog = get_catalog (ctl, &local_error);
  GListModel *offerings = catalog != NULL ? hd_catalog_get_offerings (catalog) : NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (g_strcmp0 (hd_offering_get_id (offering), id) == 0 ||
          g_strcmp0 (hd_offering_get_name (offering), id) == 0)
        return g_steal_pointer (&offering);
    }

  g_set_error_literal (error, HD_ERROR, HD_ERROR_NOT_FOUND, "no such offering");
  return NULL;
}

static const char *
find_category_name (HdCatalog  *catalog,
                    const char *category_id)
{
  GListModel *categories = hd_catalog_get_categories (catalog);

  for (guint i = 0; categories != NULL && i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (categories, i);

      if (g_strcmp0 (hd_category_get_id (category), category_id) == 0)
        return hd_category_get_name (category); /* the catalog keeps it alive */
    }

  return NULL;
}

HdCtlExit
hd_ctl_catalog (HdCtl  *ctl,
                char  **arguments)
{
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();
  g_autoptr (GError) error = NULL;
  GListModel *offerings;
  HdCtlExit code = HD_CTL_OK;

  if (!open_fresh (ctl, &code))
    return code;

  catalog = get_catalog (ctl, &error);

  if (error != NULL)
    return hd_ctl_fail (error);

  offerings = catalog != NULL ? hd_catalog_get_offerings (catalog) : NULL;

  if (ctl->json)
    {
      g_autoptr (GListModel) none = G_LIST_MODEL (g_list_store_new (HD_TYPE_OFFERING));

      hd_ctl_print_records (offerings != NULL ? offerings : none);
      return code;
    }

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);
      const char *category = find_category_name (catalog, hd_offering_get_category_id (offering));

      hd_ctl_table_add (rows, hd_offering_get_id (offering),
                        hd_kind_get_label (hd_offering_get_kind (offering)),
                        category != NULL ? category : "",
                        hd_offering_get_name (offering) != NULL ? hd_offering_get_name (offering) : "",
                        NULL);
    }

  hd_ctl_print_table (rows);
  return code;
}

/* --- One offering --- */

static char *
dup_options_text (HdField *field)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GListModel *options = hd_field_get_options (field);

  for (guint i = 0; options != NULL && i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", hd_option_get_value (option));
    }

  if (text->len == 0 && hd_field_get_options_source (field) != NULL)
    g_string_printf (text, "→ %s", hd_field_get_options_source (field));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_form (HdForm *form)
{
  g_autoptr (GPtrArray) rows = hd_ctl_table_new ();
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      g_autofree char *options = dup_options_text (field);

      hd_ctl_table_add (rows, hd_field_get_required (field) ? "*" : "", hd_field_get_id (field),
                        hd_enum_get_nick (HD_TYPE_FIELD_TYPE, (int) hd_field_get_field_type (field)),
                        hd_field_get_label (field) != NULL ? hd_field_get_label (field) : "", options, NULL);
    }

  hd_ctl_print_table (rows);
}

static void
print_offering (HdOffering *offering,
                HdForm     *form)
{
  hd_ctl_print ("%s\n", hd_offering_get_name (offering));

  if (hd_offering_get_summary (offering) != NULL)
    hd_ctl_print ("%s\n", hd_offering_get_summary (offering));

  if (hd_offering_get_expected_time (offering) != NULL)
    hd_ctl_print ("%s\n", hd_offering_get_expected_time (offering));

  hd_ctl_print ("\n");
  print_form (form);
}

HdCtlExit
hd_ctl_offering (HdCtl  *ctl,
                 char  **arguments)
{
  g_autoptr (HdOffering) offering = NULL;
  g_autoptr (HdForm) form = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  HdCtlExit code = HD_CTL_OK;

  if (!open_fresh (ctl, &code))
    return code;

  offering = hd_ctl_find_offering (ctl, arguments[0], &error);

  /* What the catalog holds is not known, which has been said. */
  if (offering == NULL)
    return code != HD_CTL_OK ? code : hd_ctl_fail (error);

  hd_session_load_form_async (ctl->session, hd_offering_get_id (offering), NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  form = hd_session_load_form_finish (ctl->session, result, &error);

  if (form == NULL)
    return hd_ctl_fail (error);

  if (ctl->json)
    {
      node = hd_ctl_record_to_json (offering);
      json_object_set_member (json_node_get_object (node), "form", hd_ctl_record_to_json (form));
      hd_ctl_print_json (node);
    }
  else
    {
      print_offering (offering, form);
    }

  return code;
}

/* --- Searching --- */

static void
print_results (GListModel *results)
{
  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (HdSearchResult) found = g_list_model_get_item (results, i);
      g_autofree char *snippet = hd_ctl_dup_plain (hd_search_result_get_snippet (found));

      hd_ctl_print ("%s %s: %s\n",
                    hd_enum_get_nick (HD_TYPE_RESULT_KIND, (int) hd_search_result_get_kind (found)),
                    hd_search_result_get_id (found),
                    hd_search_result_get_title (found) != NULL ? hd_search_result_get_title (found) : "");

      if (*snippet != '\0')
        hd_ctl_print ("    %s\n", g_strdelimit (snippet, "\n", ' '));
    }
}

/* What a sync has just brought is found, too; where that cannot be, what was here before is. */
static void
complete_index (HdStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_complete_index_async (store, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  if (!hd_store_complete_index_finish (store, result, &error))
    g_debug ("the index is not complete: %s", error->message);
}

HdCtlExit
hd_ctl_search (HdCtl  *ctl,
               char  **arguments)
{
  g_autofree char *words = g_strjoinv (" ", arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) results = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;
  HdStore *store;

  if (!open_fresh (ctl, &code))
    return code;

  store = hd_session_get_store (ctl->session);
  complete_index (store);
  hd_store_search_async (store, words, 20, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  results = hd_store_search_finish (store, result, &error);

  if (results == NULL)
    return hd_ctl_fail (error);

  if (ctl->json)
    hd_ctl_print_records (results);
  else if (g_list_model_get_n_items (results) == 0)
    hd_ctl_print_error ("%s\n", _("Nothing was found."));
  else
    print_results (results);

  return code;
}

/* --- One article --- */

static void
print_article (HdArticle *article)
{
  g_autofree char *text = NULL;
  g_autofree char *headings = NULL;
  g_autofree char *updated = hd_ctl_dup_time (hd_article_get_updated_at (article));

  hd_ctl_print ("%s\n%s\n\n", hd_article_get_title (article), updated);
  hd_html_to_text (hd_article_get_body (article), &text, &headings);
  hd_ctl_print ("%s\n", text);
}

HdCtlExit
hd_ctl_article (HdCtl  *ctl,
                char  **arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdArticle) article = NULL;
  g_autoptr (GError) error = NULL;
  HdCtlExit code = HD_CTL_OK;
  HdStore *store;

  if (!open_fresh (ctl, &code))
    return code;

  store = hd_session_get_store (ctl->session);
  hd_store_get_article_async (store, arguments[0], NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  article = hd_store_get_article_finish (store, result, &error);

  if (article == NULL && error == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_NOT_FOUND, "no such article");

  if (article == NULL)
    return hd_ctl_fail (error);

  if (ctl->json)
    hd_ctl_print_record (article);
  else
    print_article (article);

  return code;
}
