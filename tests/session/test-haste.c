/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-test-portal.h"
#include "session-support.h"

/*
 * A person in haste: pages are opened and left, a sync runs, something is filed,
 * and then the program ends, at any moment.  Whatever is under way ends, nothing
 * is held for ever, and the next start finds everything in order.
 */

#define ROUNDS 12
#define MOST_STEPS 25
#define MOST_TURNS 12
#define PATIENCE_MS 5

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *data_dir;
  HdSession    *session;
  GPtrArray    *cancellables;  /* (owned) (element-type GCancellable): of the pages that were opened */
  guint         n_open;        /* calls that have not ended */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->portal = hd_test_portal_new (NULL, NULL);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->data_dir = hd_test_make_tmp_dir ();
  fixture->cancellables = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drain ();
  hd_test_portal_stop_and_go_on (fixture->portal);
  g_ptr_array_unref (fixture->cancellables);
  hd_test_remove_tree (fixture->data_dir);
  g_free (fixture->data_dir);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

/* What a page does with its answer: nothing, in any case only once. */
static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (fixture->n_open, >, 0);
  fixture->n_open--;
}

static GCancellable *
open_page (Fixture *fixture)
{
  GCancellable *cancellable = g_cancellable_new ();

  g_ptr_array_add (fixture->cancellables, cancellable);
  fixture->n_open++;
  return cancellable;
}

static void
leave_a_page (Fixture *fixture)
{
  guint n = fixture->cancellables->len;

  if (n > 0)
    g_cancellable_cancel (fixture->cancellables->pdata[g_test_rand_int_range (0, (gint32) n)]);
}

static void
open_offering (Fixture *fixture)
{
  static const char *const ids[] = { "printer", "mailbox", "none" };

  hd_session_load_form_async (fixture->session, ids[g_test_rand_int_range (0, G_N_ELEMENTS (ids))],
                              open_page (fixture), ended_cb, fixture);
}

static void
file_something (Fixture *fixture)
{
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "action", HD_ACTION_FEEDBACK,
                                                      "article-id", "none", "helpful", TRUE, NULL);

  hd_session_submit_async (fixture->session, submission, open_page (fixture), ended_cb, fixture);
}

static void
do_something (Fixture *fixture)
{
  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
    case 1:
    case 2:
      open_offering (fixture);
      break;
    case 3:
      hd_session_search_options_async (fixture->session, "offices", "к", NULL, open_page (fixture), ended_cb, fixture);
      break;
    case 4:
      hd_session_sync_async (fixture->session, open_page (fixture), ended_cb, fixture);
      break;
    case 5:
      hd_session_load_request_async (fixture->session, "none", open_page (fixture), ended_cb, fixture);
      break;
    case 6:
      file_something (fixture);
      break;
    case 7:
      hd_session_send_now (fixture->session, NULL);
      break;
    default:
      leave_a_page (fixture);
      break;
    }
}

static gboolean
impatience_cb (gpointer user_data)
{
  gboolean *is_impatient = user_data;

  *is_impatient = TRUE;

  return G_SOURCE_REMOVE;
}

/* What happens next, unless nothing does: then nobody in haste waits for it. */
static void
let_happen (void)
{
  gboolean is_impatient = FALSE;
  guint id = g_timeout_add (PATIENCE_MS, impatience_cb, &is_impatient);

  g_main_context_iteration (NULL, TRUE);

  if (!is_impatient)
    g_source_remove (id);
}

static void
live_in_haste (Fixture *fixture)
{
  gint32 n_steps = g_test_rand_int_range (0, MOST_STEPS);

  fixture->n_open++;
  hd_session_sign_in_async (fixture->session, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD, FALSE,
                            NULL, ended_cb, fixture);

  for (gint32 i = 0; i < n_steps; i++)
    {
      gint32 n_turns = g_test_rand_int_range (0, MOST_TURNS);

      for (gint32 j = 0; j < n_turns; j++)
        let_happen ();

      do_something (fixture);
    }

  /* Now and then the person does not only leave, but signs out. */
  if (g_test_rand_int_range (0, 4) == 0)
    {
      fixture->n_open++;
      hd_session_sign_out_async (fixture->session, NULL, ended_cb, fixture);
    }
}

static void
test_ends_well_at_any_moment (Fixture       *fixture,
                              gconstpointer  data)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;

      fixture->session = hd_session_new (fixture->policy, "open", hd_test_portal_get_url (fixture->portal),
                                         hd_test_portal_get_ca_file (fixture->portal), fixture->data_dir, &error);
      g_assert_no_error (error);
      hd_test_open (fixture->session);
      live_in_haste (fixture);
      hd_test_close (g_steal_pointer (&fixture->session));
      HD_TEST_AWAIT (fixture->n_open == 0);
      g_ptr_array_set_size (fixture->cancellables, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add ("/haste/ends-well-at-any-moment", Fixture, NULL, set_up, test_ends_well_at_any_moment, tear_down);

  return g_test_run ();
}
