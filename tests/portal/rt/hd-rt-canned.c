/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-canned.h"

#include <string.h>

#include "hd-portal-factory.h"

typedef struct
{
  char  *call;    /* (owned): "GET ticket/r1" */
  guint  page;    /* 0 for any */
  guint  status;
  char  *body;    /* (owned) */
} Answer;

/* One good answer to everything that a client may ask. */
static const struct
{
  const char *call;
  const char *body;
} good[] = {
  { "GET rt", "{\"Version\":\"5.0.3\"}" },
  { "GET user/support",
    "{\"id\":27,\"Name\":\"support\",\"RealName\":\"Оксана\",\"EmailAddress\":\"a@b\",\"Organization\":\"c\",\"City\":\"d\","
    "\"WorkPhone\":\"1\",\"MobilePhone\":\"2\",\"Timezone\":\"Europe/Kyiv\"}" },
  { "GET queues/all",
    "{\"count\":1,\"total\":null,\"items\":[{\"id\":\"3\",\"Name\":\"Запити\",\"Description\":\"\",\"SortOrder\":\"1\","
    "\"CustomFields\":[{\"id\":\"4\",\"name\":\"Піктограма\",\"values\":[{\"_url\":\"https://x/download/cf/1\",\"content_type\":\"image/png\"}]},"
    "{\"id\":\"5\",\"name\":\"Опис послуги\",\"values\":[\"<p>a</p>\"]},{\"id\":\"2\",\"name\":\"Категорія\",\"values\":[\"b\"]},"
    "{\"id\":\"3\",\"name\":\"Вид звернення\",\"values\":[\"інцидент\"]}],\"_hyperlinks\":[{\"ref\":\"create\"}]}]}" },
  { "GET queue/mailbox",
    "{\"id\":3,\"Name\":\"Запити\",\"Description\":\"a\",\"CustomFields\":[{\"id\":\"5\",\"name\":\"Опис послуги\",\"values\":[\"<p>b</p>\"]}],"
    "\"TicketCustomFields\":[{\"id\":\"6\",\"name\":\"Телефон\"},{\"id\":\"8\",\"name\":\"Вид\"},{\"id\":\"23\",\"name\":\"Ключ клієнта\"}]}" },
  { "GET queue/mailbox/customfields",
    "{\"count\":2,\"items\":[{\"id\":\"6\",\"Name\":\"Телефон\",\"Type\":\"Freeform\",\"MaxValues\":\"1\",\"Pattern\":\"(?#a).\","
    "\"EntryHint\":\"b\",\"Description\":\"c\",\"LookupType\":\"RT::Queue-RT::Ticket\"},{\"id\":\"8\",\"Name\":\"Вид\",\"Type\":\"Select\","
    "\"MaxValues\":\"0\",\"LookupType\":\"RT::Queue-RT::Ticket\",\"BasedOn\":{\"id\":\"6\"}}]}" },
  { "GET customfield/8/values", "{\"count\":1,\"total\":1,\"items\":[{\"id\":7,\"name\":\"Ноутбук\"}]}" },
  { "GET customfield/staff/values", "{\"items\":[{\"id\":7,\"name\":\"Q\"}]}" },
  { "GET customfield/8/value/7", "{\"id\":7,\"Name\":\"Ноутбук\",\"Description\":\"a\",\"Category\":\"b\"}" },
  { "POST customfields", "{\"items\":[{\"id\":\"6\",\"Name\":\"Телефон\",\"LookupType\":\"RT::Queue-RT::Ticket\"}]}" },
  { "GET tickets",
    "{\"count\":1,\"total\":1,\"items\":[{\"id\":\"1\",\"Subject\":\"a\",\"Status\":\"погоджується\",\"Priority\":\"50\","
    "\"Created\":\"2026-11-22T09:41:00Z\",\"LastUpdated\":\"2026-11-22T09:41:00Z\",\"Resolved\":\"1970-01-01T00:00:00Z\","
    "\"Queue\":{\"id\":\"3\",\"Name\":\"Запити\"},\"Owner\":{\"id\":\"agent\",\"RealName\":\"Тарас\"}}]}" },
  { "GET ticket/r1",
    "{\"id\":1,\"Subject\":\"a\",\"Status\":\"resolved\",\"Priority\":\"50\",\"Created\":\"2026-11-22T09:41:00Z\","
    "\"LastUpdated\":\"2026-11-22T09:41:00Z\",\"Resolved\":\"2026-11-22T09:41:00Z\",\"Queue\":{\"id\":\"3\",\"Name\":\"Запити\"},"
    "\"Owner\":{\"id\":\"Nobody\"},\"CustomFields\":[{\"id\":\"6\",\"name\":\"Телефон\",\"values\":[\"1\",\"<p>a</p>\",\"2026-11-22\"]},"
    "{\"id\":\"8\",\"name\":\"Файл\",\"values\":[{\"_url\":\"https://x/download/cf/3\",\"filename\":\"a\",\"content_type\":\"b\"}]}],"
    "\"_hyperlinks\":[{\"ref\":\"customfield\",\"id\":\"6\",\"name\":\"Телефон\"},{\"ref\":\"customfield\",\"id\":\"8\",\"name\":\"Файл\"},"
    "{\"ref\":\"correspond\"},{\"ref\":\"lifecycle\",\"from\":\"resolved\",\"to\":\"closed\"}]}" },
  { "POST ticket/r1/history",
    "{\"items\":[{\"id\":\"11\",\"Type\":\"Create\",\"Created\":\"2026-11-22T09:41:00Z\",\"Creator\":{\"id\":\"support\",\"RealName\":\"Я\"}},"
    "{\"id\":\"12\",\"Type\":\"Status\",\"OldValue\":\"new\",\"NewValue\":\"resolved\",\"Created\":\"2026-11-22T09:41:00Z\",\"Creator\":{\"id\":\"agent\"}}]}" },
  { "POST ticket/r1/attachments",
    "{\"items\":[{\"id\":\"21\",\"TransactionId\":\"11\",\"ContentType\":\"text/html\",\"Content\":\"<p>a<img src='cid:b'></p>\"},"
    "{\"id\":\"22\",\"TransactionId\":\"11\",\"ContentType\":\"image/png\",\"Filename\":\"c.png\",\"ContentLength\":\"3\",\"Headers\":\"Content-ID: <b>\"}]}" },
  { "POST ticket/r1/correspond", "[\"Correspondence added\"]" },
  { "PUT ticket/r1", "[\"Ticket 1: Permission Denied\"]" },
  { "POST ticket", "{\"id\":\"r1\",\"type\":\"ticket\"}" },
  { "GET attachment/22", "{\"Content\":\"YWJj\"}" },
  { "GET classes/all", "{\"items\":[{\"id\":\"2\",\"Name\":\"База знань\"},{\"id\":\"3\",\"Name\":\"Новини\"},{\"id\":\"4\",\"Name\":\"Контакти\"}]}" },
  { "POST articles",
    "{\"items\":[{\"id\":\"1\",\"Name\":\"a\",\"Summary\":\"b\",\"Class\":{\"id\":\"2\"},\"Created\":\"2026-11-22T09:41:00Z\","
    "\"LastUpdated\":\"2026-11-22T09:41:00Z\",\"CustomFields\":[{\"id\":\"1\",\"name\":\"Зміст\",\"values\":[\"<p>c</p>\"]},"
    "{\"id\":\"2\",\"name\":\"Розділ\",\"values\":[\"d / e\"]},{\"id\":\"3\",\"name\":\"Ключові слова\",\"values\":[\"f\"]},"
    "{\"id\":\"4\",\"name\":\"Зображення\",\"values\":[{\"_url\":\"https://x/download/cf/5\",\"content_type\":\"image/png\"}]}]}]}" },
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->call);
  g_free (answer->body);
  g_free (answer);
}

static Answer *
find (HdRtCanned *self,
      const char *call,
      guint       page)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = self->answers->pdata[i];

      if (g_str_equal (answer->call, call) && (answer->page == 0 || answer->page == page))
        return answer;
    }

  return NULL;
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  HdRtCanned *self = user_data;
  const char *below = g_str_has_prefix (path, "/REST/2.0/") ? path + strlen ("/REST/2.0/") : path;
  g_autofree char *call = g_strdup_printf ("%s %s", soup_server_message_get_method (message), below);
  const char *page = query != NULL ? g_hash_table_lookup (query, "page") : NULL;
  Answer *answer = find (self, call, page != NULL ? (guint) g_ascii_strtoull (page, NULL, 10) : 1);

  g_string_append_printf (self->seen, "%s ", call);
  self->n_foreign += g_strcmp0 (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Accept-Language"), "en") != 0;
  soup_server_message_set_status (message, answer != NULL ? answer->status : 404, NULL);

  if (answer != NULL && SOUP_STATUS_IS_REDIRECTION (answer->status))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", answer->body);
  else if (answer != NULL)
    soup_server_message_set_response (message, *answer->body == '<' ? "text/html" : "application/json", SOUP_MEMORY_COPY, answer->body,
                                      strlen (answer->body));
}

void
hd_rt_canned_set_up (HdRtCanned    *self,
                     gconstpointer  data)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->seen = g_string_new (NULL);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, asked_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->portal = hd_portal_new_for_kind ("rt", uri, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
hd_rt_canned_tear_down (HdRtCanned    *self,
                        gconstpointer  data)
{
  hd_test_drain ();
  hd_test_await_finalized (g_steal_pointer (&self->portal));
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_string_free (self->seen, TRUE);
}

/* The answer to a call, or to a page of it; it stands before those that are there. */
void
hd_rt_canned_add (HdRtCanned *self,
                  const char *call,
                  guint       page,
                  guint       status,
                  const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->call = g_strdup (call);
  answer->page = page;
  answer->status = status;
  answer->body = g_strdup (body);
  g_ptr_array_insert (self->answers, 0, answer);
}

/* A good answer to each call; a collection has one page. */
void
hd_rt_canned_add_all (HdRtCanned *self)
{
  hd_rt_canned_add (self, "POST /index.html", 0, 302, "/SelfService/");
  hd_rt_canned_add (self, "GET /SelfService/Attachment/11/22/file", 0, 302, "/");

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      if (strstr (good[i].body, "\"items\":") != NULL)
        hd_rt_canned_add (self, good[i].call, 0, 200, "{\"items\":[]}");

      hd_rt_canned_add (self, good[i].call, 1, 200, good[i].body);
    }
}

/* Returns: (transfer none) (nullable): the body of an answer */
const char *
hd_rt_canned_get_body (HdRtCanned  *self,
                       guint        position,
                       const char **call)
{
  Answer *answer = position < self->answers->len ? self->answers->pdata[position] : NULL;

  if (answer == NULL)
    return NULL;

  *call = answer->call;
  return answer->body;
}

void
hd_rt_canned_set_body (HdRtCanned *self,
                       guint       position,
                       const char *body)
{
  Answer *answer = self->answers->pdata[position];

  g_free (answer->body);
  answer->body = g_strdup (body);
}

void
hd_rt_canned_sign_in (HdRtCanned *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAccount) account = HD_PORTAL_CALL (sign_in, self->portal, &error, "support", "x");

  g_assert_no_error (error);
  g_assert_nonnull (account);
}
