/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"
#include "hd-item-page.h"
#include "hd-receipt-page.h"
#include "session-support.h"

/* Answers that the portal took and did not keep are told where the request is shown. */

#define ONE "The portal did not keep your answer to “Модель”. Tell it to the help desk in a reply."
#define TWO "The portal did not keep your answers to “Модель”, “Строк”."

static HdRequest *
make_request (const char *const *not_kept)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 2, 9, 0, 0);

  return g_object_new (HD_TYPE_REQUEST, "id", "7", "number", "10317", "subject", "Ноутбук", "created-at", time,
                       "updated-at", time, "not-kept", not_kept, "complete", TRUE, NULL);
}

static void
test_receipt (void)
{
  GtkWidget *page = hd_receipt_page_new ();
  GtkWidget *window = hd_test_window_new (page);
  g_autoptr (HdRequest) whole = make_request (NULL);
  g_autoptr (HdRequest) one = make_request ((const char *const[]) { "Модель", NULL });
  g_autoptr (HdRequest) two = make_request ((const char *const[]) { "Модель", "Строк", NULL });

  hd_receipt_page_show_sent (HD_RECEIPT_PAGE (page), whole);
  g_assert_false (hd_test_shows_text (page, "did not keep"));
  g_assert_nonnull (hd_test_find_button (page, "_Open in My Items"));

  hd_receipt_page_show_sent (HD_RECEIPT_PAGE (page), one);
  g_assert_true (hd_test_shows_text (page, "10317"));
  g_assert_true (hd_test_shows_text (page, ONE));
  g_assert_nonnull (hd_test_find_button (page, "_Open and Reply"));

  hd_receipt_page_show_sent (HD_RECEIPT_PAGE (page), two);
  g_assert_true (hd_test_shows_text (page, TWO));

  hd_test_window_destroy (window);
}

static void
put_request (HdStore    *store,
             HdRequest  *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_put_request_async (store, request, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_put_request_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
test_item (void)
{
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (policy, "open", "https://127.0.0.1:1/", NULL, folder, &error);
  g_autoptr (HdRequest) one = make_request ((const char *const[]) { "Модель", NULL });
  g_autoptr (HdRequest) whole = make_request (NULL);
  GtkWidget *page, *window;

  g_assert_no_error (error);
  hd_test_open (session);
  put_request (hd_session_get_store (session), one);

  page = hd_item_page_new (session, "7");
  window = hd_test_window_new (page);
  HD_TEST_AWAIT (hd_test_shows_text (page, ONE));

  /* As long as it is so, and no longer. */
  put_request (hd_session_get_store (session), whole);
  HD_TEST_AWAIT (!hd_test_shows_text (page, "did not keep"));
  g_assert_true (hd_test_shows_text (page, "Ноутбук"));

  hd_test_window_destroy (window);
  hd_test_close (session);
  hd_test_drain ();
  hd_test_remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/widgets/not-kept/the-receipt-says-it-and-what-to-do", test_receipt);
  g_test_add_func ("/widgets/not-kept/the-request-says-it-as-long-as-it-is-so", test_item);

  return g_test_run ();
}
