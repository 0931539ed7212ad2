/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-message.h"
#include "hd-portal-calls.h"
#include "hd-record-json.h"
#include "hd-rt-canned.h"
#include "hd-wrong-types.h"

/*
 * What a real server cannot be brought to answer: pages with holes at will,
 * refusals that look like success, faults in the middle, and nonsense.
 */

static guint
count_seen (HdRtCanned *canned,
            const char *call)
{
  g_auto (GStrv) parts = g_strsplit (canned->seen->str, call, -1);

  return g_strv_length (parts) - 1;
}

static void
forget_seen (HdRtCanned *canned)
{
  g_string_truncate (canned->seen, 0);
}

/* --- Pages --- */

static char *
dup_queue (guint id)
{
  return g_strdup_printf ("{\"items\":[{\"id\":\"%u\",\"Name\":\"Q%u\",\"_hyperlinks\":[{\"ref\":\"create\"}]}]}", id, id);
}

/* Rows that nobody may see are cut out after counting: an empty page is not the end. */
static void
test_an_empty_page_is_not_the_end (HdRtCanned    *canned,
                                   gconstpointer  data)
{
  g_autofree char *first = dup_queue (1);
  g_autofree char *third = dup_queue (3);
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (HdCatalog) same = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "GET queues/all", 0, 200, "{\"items\":[]}");
  hd_rt_canned_add (canned, "GET queues/all", 1, 200, first);
  hd_rt_canned_add (canned, "GET queues/all", 3, 200, third);
  hd_rt_canned_sign_in (canned);
  forget_seen (canned);

  catalog = HD_PORTAL_CALL (get_catalog, canned->portal, &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_catalog_get_offerings (catalog)), ==, 2);
  g_assert_cmpuint (count_seen (canned, "GET queues/all "), ==, 5);

  forget_seen (canned);
  same = HD_PORTAL_CALL (get_catalog, canned->portal, &error, hd_catalog_get_version (catalog));
  g_assert_no_error (error);
  g_assert_null (hd_catalog_get_version (same));
  g_assert_cmpuint (count_seen (canned, "GET queues/all "), ==, 3);
}

static void
test_articles_behind_an_empty_page (HdRtCanned    *canned,
                                    gconstpointer  data)
{
  g_autofree char *as_of = NULL;
  guint n = 0;
  gboolean more = TRUE;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "POST articles", 0, 200, "{\"items\":[]}");
  hd_rt_canned_add (canned, "POST articles", 1, 200, "{\"items\":[{\"id\":\"1\",\"Name\":\"b\",\"Class\":{\"id\":\"2\"}}]}");
  hd_rt_canned_add (canned, "POST articles", 3, 200, "{\"items\":[{\"id\":\"3\",\"Name\":\"a\",\"Class\":{\"id\":\"2\"}}]}");
  hd_rt_canned_sign_in (canned);

  while (more)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdArticleChanges) changes = HD_PORTAL_CALL (list_articles, canned->portal, &error, as_of);

      g_assert_no_error (error);
      n += g_list_model_get_n_items (hd_article_changes_get_articles (changes));
      more = hd_article_changes_get_more (changes);
      g_free (as_of);
      as_of = g_strdup (hd_article_changes_get_as_of (changes));
    }

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (count_seen (canned, "POST articles "), ==, 5);
}

/* A queue may have more fields than a page. */
static void
test_a_form_of_many_fields (HdRtCanned    *canned,
                            gconstpointer  data)
{
  g_autoptr (GString) order = g_string_new ("{\"id\":3,\"Name\":\"a\",\"TicketCustomFields\":[");
  GString *pages[3];
  g_autoptr (HdForm) form = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    pages[i] = g_string_new ("{\"items\":[");

  for (guint i = 0; i < 250; i++)
    {
      g_string_append_printf (order, "%s{\"id\":\"%u\",\"name\":\"F%u\"}", i > 0 ? "," : "", i + 1, i + 1);
      g_string_append_printf (pages[i / 100], "%s{\"id\":\"%u\",\"Name\":\"F%u\",\"Type\":\"Freeform\",\"MaxValues\":\"1\","
                              "\"LookupType\":\"RT::Queue-RT::Ticket\"}", i % 100 > 0 ? "," : "", i + 1, i + 1);
    }

  g_string_append (order, "]}");
  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "GET queue/mailbox", 0, 200, order->str);
  hd_rt_canned_add (canned, "GET queue/mailbox/customfields", 0, 200, "{\"items\":[]}");

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_string_append (pages[i], "]}");
      hd_rt_canned_add (canned, "GET queue/mailbox/customfields", i + 1, 200, pages[i]->str);
      g_string_free (pages[i], TRUE);
    }

  hd_rt_canned_sign_in (canned);
  form = HD_PORTAL_CALL (get_form, canned->portal, &error, "mailbox");
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_get_fields (form)), ==, 250 + 3);
}

/* --- Refusals --- */

static void
call_confirm (HdPortal  *portal,
              GError   **error)
{
  g_autoptr (HdSubmission) submission = hd_record_new_from_string (HD_TYPE_SUBMISSION,
                                                                   "{\"id\":\"1\",\"client_key\":\"k\",\"action\":\"confirm\",\"request_id\":\"r1\"}", NULL);
  g_autoptr (HdRequest) request = HD_PORTAL_CALL (act, portal, error, submission, NULL);
}

/* The same 200 as to what was done. */
static void
test_a_refused_change_is_noticed (HdRtCanned    *canned,
                                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_sign_in (canned);
  call_confirm (canned->portal, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
  g_assert_cmpuint (count_seen (canned, "PUT ticket/r1 "), ==, 1);
}

/* A definition that may not be seen is not asked for, nor is all of the form refused. */
static void
test_a_form_of_hidden_fields (HdRtCanned    *canned,
                              gconstpointer  data)
{
  g_autoptr (HdForm) form = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "GET queue/mailbox/customfields", 0, 403, "{\"message\":\"Forbidden\"}");
  hd_rt_canned_sign_in (canned);
  form = HD_PORTAL_CALL (get_form, canned->portal, &error, "mailbox");
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_get_fields (form)), ==, 3);
}

/* In a queue that a person only watches. */
static void
test_a_ticket_that_takes_no_reply (HdRtCanned    *canned,
                                   gconstpointer  data)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "GET ticket/r1", 0, 200, "{\"id\":1,\"Status\":\"resolved\",\"_hyperlinks\":[{\"ref\":\"self\"},"
                    "{\"ref\":\"comment\",\"to\":\"closed\"}]}");
  hd_rt_canned_sign_in (canned);
  request = HD_PORTAL_CALL (get_request, canned->portal, &error, "r1", NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((GStrv) hd_request_get_actions (request)), ==, 0);
}

/* They are in English, and some name a line of its program. */
static void
test_the_servers_words_are_not_shown (HdRtCanned    *canned,
                                      gconstpointer  data)
{
  g_autoptr (HdRequestPage) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "GET tickets", 0, 400, "{\"message\":\"Unknown field: X at /usr/share/RT/SQL.pm line 1\"}");
  hd_rt_canned_sign_in (canned);
  page = HD_PORTAL_CALL (list_requests, canned->portal, &error, NULL, NULL);
  g_assert_error (error, HD_ERROR, HD_ERROR_REFUSED);
  text = hd_error_dup_text (error);
  g_assert_null (strstr (text, "Unknown"));
  g_assert_null (strstr (error->message, "Unknown"));
}

/* --- Faults in the middle --- */

static const struct
{
  guint       status;
  const char *body;
  HdError     code;
} faults[] = {
  { 500, "", HD_ERROR_UNAVAILABLE },
  { 502, "<html>Bad gateway</html>", HD_ERROR_UNAVAILABLE },
  { 503, "<html>", HD_ERROR_UNAVAILABLE },
  { 200, "<html>An error</html>", HD_ERROR_PROTOCOL },
  { 200, "", HD_ERROR_PROTOCOL },
  { 200, "[]", HD_ERROR_PROTOCOL },
  { 200, "{", HD_ERROR_PROTOCOL },
  { 302, "/", HD_ERROR_SIGNED_OUT },
  { 302, "https://evil.example/", HD_ERROR_SIGNED_OUT },
  { 401, "{\"message\":\"Unauthorized\"}", HD_ERROR_SIGNED_OUT },
};

static const char *const steps[] = { "GET ticket/r1", "POST ticket/r1/history", "POST ticket/r1/attachments" };

static void
test_a_fault_in_a_conversation (HdRtCanned    *canned,
                                gconstpointer  data)
{
  hd_rt_canned_add_all (canned);
  hd_rt_canned_sign_in (canned);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (steps); j++)
        {
          g_autoptr (GError) error = NULL;

          g_test_message ("%s: %u %s", steps[j], faults[i].status, faults[i].body);
          hd_rt_canned_add (canned, steps[j], 0, faults[i].status, faults[i].body);
          g_assert_null (HD_PORTAL_CALL (get_request, canned->portal, &error, "r1", NULL));
          g_assert_error (error, HD_ERROR, (int) faults[i].code);
          g_ptr_array_remove_index (canned->answers, 0);
        }
    }
}

/* --- Nonsense --- */

typedef struct
{
  const char *name;
  void (*call)(HdPortal  *portal,
               GError   **error);
} Call;

static HdSubmission *
create_submission (void)
{
  return hd_record_new_from_string (HD_TYPE_SUBMISSION,
                                    "{\"id\":\"1\",\"client_key\":\"k\",\"action\":\"submit\",\"draft\":{\"id\":\"d\",\"offering_id\":\"mailbox\","
                                    "\"answers\":[{\"field_id\":\"subject\",\"values\":[\"s\"]},{\"field_id\":\"cf-6\",\"values\":[\"1\"]}]}}", NULL);
}

static void
call_submit (HdPortal  *portal,
             GError   **error)
{
  g_autoptr (HdSubmission) submission = create_submission ();
  g_autoptr (HdForm) form = HD_PORTAL_CALL (get_form, portal, error, "mailbox");
  g_autoptr (HdRequest) request = NULL;

  if (form != NULL)
    request = HD_PORTAL_CALL (submit, portal, error, submission, form, NULL);
}

/* It is filed all the same; what was not kept is told when it can be read again. */
static void
test_what_is_filed_cannot_be_read (HdRtCanned    *canned,
                                   gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission ();
  g_autoptr (HdForm) form = NULL;
  g_autoptr (HdRequest) filed = NULL;
  g_autoptr (HdRequest) read = NULL;
  g_autoptr (HdRequest) later = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "POST ticket", 0, 200, "{\"id\":\"1\"}");
  hd_rt_canned_add (canned, "GET ticket/1", 0, 500, "");
  hd_rt_canned_sign_in (canned);
  form = HD_PORTAL_CALL (get_form, canned->portal, &error, "mailbox");
  filed = HD_PORTAL_CALL (submit, canned->portal, &error, submission, form, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_number (filed), ==, "1");
  g_assert_cmpstr (hd_request_get_subject (filed), ==, "s");
  g_assert_false (hd_request_get_complete (filed));
  g_assert_null (hd_request_get_updated_at (filed));
  g_assert_null (hd_request_get_not_kept (filed));

  hd_rt_canned_add (canned, "GET ticket/1", 0, 200, "{\"id\":1,\"Subject\":\"s\",\"Status\":\"new\"}");
  hd_rt_canned_add (canned, "POST ticket/1/history", 0, 200, "{\"items\":[]}");
  read = HD_PORTAL_CALL (get_request, canned->portal, &error, "1", filed);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_not_kept (read)[0], ==, "Телефон");
  later = HD_PORTAL_CALL (get_request, canned->portal, &error, "1", read);
  g_assert_cmpstr (hd_request_get_not_kept (later)[0], ==, "Телефон");
}

static void
call_find_similar (HdPortal  *portal,
                   GError   **error)
{
  g_autoptr (HdSubmission) submission = hd_record_new_from_string (HD_TYPE_SUBMISSION,
                                                                   "{\"id\":\"1\",\"client_key\":\"k\",\"action\":\"submit\",\"draft\":{\"id\":\"d\",\"offering_id\":\"mailbox\"}}", NULL);
  g_autoptr (GListModel) found = HD_PORTAL_CALL (find_similar, portal, error, submission);
}

static void
call_explain (HdPortal  *portal,
              GError   **error)
{
  g_autoptr (GListModel) lines = HD_PORTAL_CALL (explain, portal, error);
}

static void
call_sign_in (HdPortal  *portal,
              GError   **error)
{
  g_autoptr (HdAccount) account = HD_PORTAL_CALL (sign_in, portal, error, "support", "x");
}

static void
call_download (HdPortal  *portal,
               GError   **error)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  HD_PORTAL_CALL (download, portal, error, "r1", "11-22", file, NULL);
  hd_test_remove_tree (folder);
}

static GArray *
create_calls (void)
{
  static const Call more[] = {
    { "confirm", call_confirm },
    { "download", call_download },
    { "submit", call_submit },
    { "find_similar", call_find_similar },
    { "explain", call_explain },
  };
  GArray *calls = g_array_new (FALSE, FALSE, sizeof (Call));
  guint n_calls;
  const HdPortalCallInfo *all = hd_portal_calls_get (&n_calls);

  for (guint i = 0; i < n_calls; i++)
    {
      Call call = { all[i].name, all[i].call };

      g_array_append_val (calls, call);
    }

  g_array_append_vals (calls, more, G_N_ELEMENTS (more));
  return calls;
}

/* Whoever signs in anew has nothing kept. Returns: (transfer full): what was asked after that */
static char *
run (HdRtCanned *canned,
     const Call *call)
{
  g_autoptr (GError) ignored = NULL;
  g_autoptr (GError) error = NULL;

  call_sign_in (canned->portal, &ignored);
  forget_seen (canned);
  call->call (canned->portal, &error);

  if (error != NULL && error->domain != HD_ERROR)
    g_error ("%s: %s", call->name, error->message);

  return g_strdup (canned->seen->str);
}

static void
set_up_in_ukrainian (HdRtCanned    *canned,
                     gconstpointer  data)
{
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));

  g_setenv ("LANGUAGE", "uk", TRUE);
  hd_rt_canned_set_up (canned, data);
  g_setenv ("LANGUAGE", before != NULL ? before : "", TRUE);
}

/* RT breaks off its answer to what it has taken, if a page before it was in letters beyond Latin-1. */
static void
test_no_page_is_in_another_language (HdRtCanned    *canned,
                                     gconstpointer  data)
{
  g_autoptr (GArray) calls = create_calls ();

  hd_rt_canned_add_all (canned);

  for (guint i = 0; i < calls->len; i++)
    {
      g_autofree char *asked = run (canned, &g_array_index (calls, Call, i));

      g_assert_nonnull (asked);
    }

  g_assert_cmpuint (canned->n_foreign, ==, 0);
}

/* Returns: (transfer none): one of those that ask for something, each in its turn */
static const Call *
find_call (GArray     *calls,
           GPtrArray  *asked,
           const char *wanted,
           guint       turn)
{
  for (guint i = 0; i < calls->len; i++)
    {
      guint n = (turn + i) % calls->len;

      if (strstr (asked->pdata[n], wanted) != NULL)
        return &g_array_index (calls, Call, n);
    }

  g_error ("nobody asks for %s", wanted);
}

/* One value after the other, anywhere, is of a type that it must not be: an error or something less, but no crash. */
static void
test_each_value_of_each_answer (HdRtCanned    *canned,
                                gconstpointer  data)
{
  g_autoptr (GArray) calls = create_calls ();
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
  guint n_replaced = 0;
  const char *name;

  hd_rt_canned_add_all (canned);

  for (guint i = 0; i < calls->len; i++)
    g_ptr_array_add (asked, run (canned, &g_array_index (calls, Call, i)));

  for (guint i = 0; hd_rt_canned_get_body (canned, i, &name) != NULL; i++)
    {
      g_autofree char *body = g_strdup (hd_rt_canned_get_body (canned, i, &name));
      g_autofree char *wanted = g_strconcat (name, " ", NULL);
      g_autoptr (JsonNode) root = json_from_string (body, NULL);
      g_autoptr (GPtrArray) values = root != NULL ? hd_wrong_types_list_values (root) : g_ptr_array_new ();

      for (guint j = 0; j < values->len; j++)
        {
          const char *const *replacements = hd_wrong_types_get_replacements (values->pdata[j]);

          for (guint k = 0; replacements[k] != NULL; k++)
            {
              g_autofree char *replaced = hd_wrong_types_dup_replaced (root, values->pdata[j], replacements[k]);

              hd_rt_canned_set_body (canned, i, replaced);

              g_free (run (canned, find_call (calls, asked, wanted, n_replaced)));
              n_replaced++;
            }
        }

      hd_rt_canned_set_body (canned, i, body);
    }

  g_test_message ("%u values replaced", n_replaced);
  g_assert_cmpuint (n_replaced, >, 1000);
}

static char *
dup_many (const char *item,
          guint       n)
{
  g_autoptr (GString) text = g_string_new ("{\"total\":100000,\"items\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", item);

  g_string_append (text, "]}");
  return g_strdup (text->str);
}

/* Of what it is asked a hundred of. */
static void
test_far_too_much (HdRtCanned    *canned,
                   gconstpointer  data)
{
  g_autofree char *tickets = dup_many ("{\"id\":\"1\",\"Status\":\"new\",\"Queue\":{\"id\":\"3\"}}", 100000);
  g_autofree char *empty = dup_many ("{}", 100000);
  g_autofree char *deep = g_strnfill (100000, '[');
  const char *const bodies[] = { tickets, empty, deep };

  hd_rt_canned_add_all (canned);
  hd_rt_canned_sign_in (canned);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HdRequestPage) page = NULL;

      hd_rt_canned_add (canned, "GET tickets", 0, 200, bodies[i]);
      page = HD_PORTAL_CALL (list_requests, canned->portal, &error, NULL, NULL);
      g_assert_true (error == NULL || error->domain == HD_ERROR);
      g_assert_true (page == NULL || i < 2);
    }
}

/* One who always says that there is more does not keep us for ever. */
static void
test_no_end (HdRtCanned    *canned,
             gconstpointer  data)
{
  g_autofree char *full = dup_many ("{\"id\":\"1\",\"Name\":\"a\"}", 100);
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_canned_add_all (canned);
  hd_rt_canned_add (canned, "GET queues/all", 0, 200, full);
  hd_rt_canned_sign_in (canned);
  forget_seen (canned);
  catalog = HD_PORTAL_CALL (get_catalog, canned->portal, &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (count_seen (canned, "GET queues/all "), <=, 200);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  HD_RT_CANNED_TEST ("/rt/pages/an-empty-one-is-not-the-end", test_an_empty_page_is_not_the_end);
  HD_RT_CANNED_TEST ("/rt/pages/articles-behind-an-empty-one", test_articles_behind_an_empty_page);
  HD_RT_CANNED_TEST ("/rt/pages/a-form-of-many-fields", test_a_form_of_many_fields);
  HD_RT_CANNED_TEST ("/rt/refusals/a-refused-change", test_a_refused_change_is_noticed);
  HD_RT_CANNED_TEST ("/rt/refusals/hidden-fields", test_a_form_of_hidden_fields);
  HD_RT_CANNED_TEST ("/rt/refusals/a-ticket-that-takes-no-reply", test_a_ticket_that_takes_no_reply);
  HD_RT_CANNED_TEST ("/rt/refusals/the-servers-words-are-not-shown", test_the_servers_words_are_not_shown);
  g_test_add ("/rt/refusals/no-page-is-in-another-language", HdRtCanned, NULL, set_up_in_ukrainian, test_no_page_is_in_another_language,
              hd_rt_canned_tear_down);
  HD_RT_CANNED_TEST ("/rt/faults/in-a-conversation", test_a_fault_in_a_conversation);
  HD_RT_CANNED_TEST ("/rt/faults/in-reading-back", test_what_is_filed_cannot_be_read);
  HD_RT_CANNED_TEST ("/rt/nonsense/each-value-of-each-answer", test_each_value_of_each_answer);
  HD_RT_CANNED_TEST ("/rt/nonsense/far-too-much", test_far_too_much);
  HD_RT_CANNED_TEST ("/rt/nonsense/no-end", test_no_end);

  return g_test_run ();
}
