#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is lost and nothing sent twice, whatever fails: a few trials, always the same.  Prints TAP.

    test-faults.py open|some|rt
"""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

import faults  # noqa: E402
from tap import run_tests  # noqa: E402

SEED = int(os.environ.get('HD_FAULTS_SEED', '1'))


def demand(tally, least):
    print(f'# seed {SEED}: {tally}')
    assert not tally.faults, tally.faults
    assert tally.n_trials >= least, f'only {tally.n_trials} trials'


def the_line_to_the_portal_fails(_):
    demand(faults.try_line_to_portal(faults.make_dice(SEED), 56, 3, 6), 66)


def the_program_is_killed(_):
    demand(faults.try_kill_at_portal(faults.make_dice(SEED), 8, 4), 28)


def the_power_is_cut(_):
    demand(faults.try_power(faults.make_dice(SEED), 0), 100)


def the_line_to_request_tracker_fails_and_the_program_is_killed(_):
    demand(faults.try_rt(faults.make_dice(SEED), 8, 0, 2, faults.KILLED_AT_RT[:1]), 24)


def some_of_it_under_sanitizers(_):
    demand(faults.try_some(faults.make_dice(SEED), 16, 3), 18)


PARTS = {
    'open': [the_line_to_the_portal_fails, the_program_is_killed, the_power_is_cut],
    'some': [some_of_it_under_sanitizers],
    'rt': [the_line_to_request_tracker_fails_and_the_program_is_killed],
}

if __name__ == '__main__':
    sys.exit(run_tests(PARTS[sys.argv[1]], None))
