#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's test logs: what failed, then `N passed, N failed` as the last line.

usage: summarise.py [--step NAME=STATUS]... LOG...

A LOG is a meson-logs/testlog.json.  Every TAP line counts as one; a skipped
one as failed, for a test that does not run protects nothing.  A STEP is a
command that passed if its exit STATUS is 0.
"""

import argparse
import json
import re
import sys

TAP = re.compile(r'^\s*(not )?ok\b\s*\d*\s*-?\s*([^#\n]*)(#\s*(SKIP|TODO)\b.*)?', re.M | re.I)
PLAN = re.compile(r'^1\.\.(\d+)', re.M)
TAIL = 40
# gcc 12's leak checker now and then dies itself when a program with threads ends.
LEAK_CHECK_DIED = 'LeakSanitizer has encountered a fatal error'


class Sum:
    def __init__(self):
        self.passed = 0
        self.failures = []

    def add(self, passed, name, why=''):
        if passed:
            self.passed += 1
        else:
            self.failures.append((name, why))


def only_leak_check_died(test, lines):
    """Whether every planned test ran and passed, and only the search for leaks failed to run."""
    plan = PLAN.search(test.get('stdout') or '')
    complaints = test.get('stderr') or ''
    return (LEAK_CHECK_DIED in complaints and 'ERROR: AddressSanitizer' not in complaints and
            plan is not None and int(plan[1]) == len(lines) > 0)


def add_test(total, test):
    """One program, as meson saw it."""
    output = test.get('stdout') or ''
    lines = list(TAP.finditer(output))
    before = len(total.failures)
    for line in lines:
        name = f'{test["name"]}: {line[2].strip()}'
        total.add(not line[1] and not line[3], name, 'skipped' if line[3] else '')
    if test['result'] != 'OK' and len(total.failures) == before:
        if only_leak_check_died(test, lines):
            print(f'{test["name"]}: no leaks were looked for, the leak checker died')
        else:
            total.add(False, test['name'], test['result'])
    elif not lines:
        total.add(True, test['name'])
    if len(total.failures) > before:
        tail = (output + (test.get('stderr') or '')).rstrip().split('\n')[-TAIL:]
        print(f'--- {test["name"]} ({test["result"]})', *tail, sep='\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--step', action='append', default=[])
    parser.add_argument('logs', nargs='*')
    arguments = parser.parse_args()
    total = Sum()
    for step in arguments.step:
        name, _, status = step.rpartition('=')
        total.add(status == '0', name, 'ended with ' + status)
    for path in arguments.logs:
        try:
            with open(path, encoding='utf-8', errors='replace') as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except OSError as error:
            tests = []
            total.add(False, path, f'{error.strerror}: no test ran, see above')
        for test in tests:
            add_test(total, test)
    for name, why in total.failures:
        print(f'FAILED {name}' + (f' ({why})' if why else ''))
    print(f'{total.passed} passed, {len(total.failures)} failed')
    return 1 if total.failures or not total.passed else 0


sys.exit(main())
