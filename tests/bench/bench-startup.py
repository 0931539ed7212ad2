#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long until the person sees what is kept, and what that costs.

The program, its person remembered by a real keyring and with content kept, against an empty libadwaita
window of the same size, started in turn in one run: the time from the start of
the process to the first frame, to the first frame with content, and the private
memory before the first article is opened.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(os.environ['HD_BUILD_ROOT'])
SOURCE = pathlib.Path(os.environ['HD_SOURCE_ROOT'])
sys.path.insert(0, str(SOURCE / 'tests/support'))

from practice_portal import PracticePortal  # noqa: E402
from remembered import keyring, sign_in, sync  # noqa: E402

ROUNDS = 9
TIME_LIMIT = 1.3
MEMORY_LIMIT = 1.25
PATIENCE = 60
QUIET = 2.0


class Run:
    """One start of a program, until it has painted what it was to paint."""

    def __init__(self, command, environment, last_word):
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder) / 'report'
            environment = {**environment, 'HELPDESK_WATCHDOG': str(report)}
            began = time.monotonic_ns() // 1000
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                words = self.await_word(report, process, last_word)
                self.times = {word: int(at) - began for word, at in words.items()}
                self.memory = self.settled_memory(process.pid)
            finally:
                process.kill()
                process.wait()

    @staticmethod
    def read(report):
        words = {}
        if report.exists():
            for line in report.read_text().splitlines():
                parts = line.split()
                if len(parts) == 2 and parts[1].isdigit() and parts[0] in ('frame', 'content'):
                    words.setdefault(*parts)
        return words

    def await_word(self, report, process, last_word):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if process.poll() is not None:
                raise SystemExit(f'{process.args[0]} ended by itself')
            words = self.read(report)
            if last_word in words:
                return words
            time.sleep(0.005)
        raise SystemExit(f'{process.args[0]} painted no {last_word}')

    @staticmethod
    def private_kilobytes(pid):
        lines = pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith('Private_'))

    def settled_memory(self, pid):
        """Private memory once it has not changed for a while."""
        now, since = self.private_kilobytes(pid), time.monotonic()
        end = since + PATIENCE
        while time.monotonic() - since < QUIET and time.monotonic() < end:
            time.sleep(0.1)
            before, now = now, self.private_kilobytes(pid)
            if abs(now - before) > before // 200:
                since = time.monotonic()
        return now


def compare(what, program, yardstick, limit):
    ours, theirs = statistics.median(program), statistics.median(yardstick)
    print(f'bench startup: {ours / theirs:.2f}× (limit {limit}×) — {what}: {ours:.0f} against {theirs:.0f}')


def main():
    with tempfile.TemporaryDirectory() as folder, keyring(folder), PracticePortal(
            BUILD, catalog=SOURCE / 'data/demo/catalog.json', articles=SOURCE / 'data/demo/articles',
            announcements=SOURCE / 'data/demo/announcements.json') as portal:
        environment = {**os.environ, 'GSETTINGS_BACKEND': 'memory', 'GSK_RENDERER': 'cairo'}
        environment.pop('SECRET_BACKEND', None)
        sign_in(BUILD, portal, f'{folder}/data', environment)
        sync(BUILD, portal, f'{folder}/data', environment)
        program = [BUILD / 'src/app/helpdesk', '--portal', portal.url, '--ca-file', portal.ca_file,
                   '--data-dir', f'{folder}/data']
        ours, theirs = [], []
        Run([BUILD / 'tests/bench/empty-window'], environment, 'frame')
        Run(program, environment, 'content')
        for _ in range(ROUNDS):
            theirs.append(Run([BUILD / 'tests/bench/empty-window'], environment, 'frame'))
            ours.append(Run(program, environment, 'content'))

    empty = [run.times['frame'] / 1000 for run in theirs]
    compare('ms to the first frame', [run.times['frame'] / 1000 for run in ours], empty, TIME_LIMIT)
    compare('ms to the first frame with content', [run.times['content'] / 1000 for run in ours], empty, TIME_LIMIT)
    compare('kB of private memory', [run.memory for run in ours], [run.memory for run in theirs], MEMORY_LIMIT)


if __name__ == '__main__':
    main()
