/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-notifier.h"

#include "hd-test-utils.h"

typedef struct
{
  const char *name;
  HdStatus    status_before, status_now;
  gboolean    waiting_before, waiting_now;
  gint64      messages_before, messages_now;
  const char *words; /* (nullable) */
} Case;

static const Case cases[] = {
  { "nothing-changed-says-nothing", HD_STATUS_REGISTERED, HD_STATUS_REGISTERED, FALSE, FALSE, 1, 1, NULL },
  { "a-question-is-told", HD_STATUS_REGISTERED, HD_STATUS_REGISTERED, FALSE, TRUE, 0, 1,
    "The desk is waiting for your answer." },
  { "a-question-goes-before-the-status", HD_STATUS_REGISTERED, HD_STATUS_IN_PROGRESS, FALSE, TRUE, 0, 1,
    "The desk is waiting for your answer." },
  { "a-status-is-told-by-its-word", HD_STATUS_IN_PROGRESS, HD_STATUS_CLOSED, FALSE, FALSE, 1, 2, "Status: Closed" },
  { "a-message-is-told", HD_STATUS_IN_PROGRESS, HD_STATUS_IN_PROGRESS, FALSE, FALSE, 1, 2, "There is a new message." },
  { "waiting-that-goes-on-says-nothing", HD_STATUS_IN_PROGRESS, HD_STATUS_IN_PROGRESS, TRUE, TRUE, 2, 2, NULL },
};

static HdRequest *
request_new (HdStatus status,
             gboolean waiting,
             gint64   n_messages)
{
  return g_object_new (HD_TYPE_REQUEST, "id", "1", "number", "10316", "status", status,
                       "waiting-for-me", waiting, "message-count", n_messages, NULL);
}

static void
test_words (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (HdRequest) before = request_new (one->status_before, one->waiting_before, one->messages_before);
  g_autoptr (HdRequest) now = request_new (one->status_now, one->waiting_now, one->messages_now);
  g_autofree char *words = hd_notifier_dup_words (before, now);

  g_assert_cmpstr (words, ==, one->words);
}

static void
test_own_request (void)
{
  g_autoptr (HdRequest) now = request_new (HD_STATUS_REGISTERED, TRUE, 3);
  g_autofree char *words = hd_notifier_dup_words (NULL, now);

  g_assert_null (words);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/notifier/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_words);
    }

  g_test_add_func ("/widgets/notifier/a-request-that-is-new-here-says-nothing", test_own_request);

  return g_test_run ();
}
