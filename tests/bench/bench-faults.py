#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often something is lost or sent twice when the line, the program or the power fails.  It must be never.

The seed of what is left to chance is printed; HD_FAULTS_SEED sets it.
"""

import concurrent.futures
import os
import pathlib
import random
import sys
import time

SOURCE = pathlib.Path(os.environ['HD_SOURCE_ROOT'])
sys.path[:0] = [str(SOURCE / 'tests/faults'), str(SOURCE / 'tests/support')]

import faults  # noqa: E402
from trials import Tally  # noqa: E402

LEAST = 1000
PARTS = {
    'the line to the portal': faults.try_line_to_portal,
    'the line to Request Tracker, and kill -9': faults.try_rt,
    'kill -9 at every call of the submit path': faults.try_kill_at_portal,
    'the power': faults.try_power,
}


def run(name, part, seed):
    began = time.monotonic()
    tally = part(faults.make_dice(seed))
    print(f'bench faults: {name}: {tally} ({time.monotonic() - began:.0f} s)', flush=True)
    return tally


def main():
    seed = int(os.environ.get('HD_FAULTS_SEED') or random.randrange(1_000_000))
    print(f'bench faults: seed {seed}', flush=True)
    total = Tally()
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for future in [pool.submit(run, name, part, seed) for name, part in PARTS.items()]:
            total += future.result()
    for fault in total.faults:
        print(f'bench faults: {fault}')
    print(f'bench faults: {total} (limits: {LEAST} trials or more, 0, 0)')
    return 1 if total.faults or total.n_trials < LEAST else 0


if __name__ == '__main__':
    sys.exit(main())
