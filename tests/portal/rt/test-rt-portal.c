/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-fixture.h"

/*
 * Request Tracker as a portal, against a real one, over TLS.  One server serves
 * all the tests; each has a client of its own and makes the tickets that it changes.
 */

int
main (int    argc,
      char **argv)
{
  int result;

  hd_test_init (&argc, &argv);
  hd_rt_add_session_tests ();
  hd_rt_add_catalog_tests ();
  hd_rt_add_submit_tests ();
  hd_rt_add_request_tests ();
  hd_rt_add_action_tests ();
  hd_rt_add_article_tests ();

  hd_rt_server_start ();
  result = g_test_run ();
  hd_rt_server_stop ();
  return result;
}
