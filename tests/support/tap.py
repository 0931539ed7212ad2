# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests in Python: functions that are marked as such, whose names are sentences.  Prints TAP."""

import traceback

TESTS = []


class Skipped(Exception):
    """What the test is about is not installed."""


def test(function):
    TESTS.append(function)
    return function


def equal(actual, expected, what=''):
    assert actual == expected, f'{what} {actual!r} is not {expected!r}'


def contains(text, part):
    assert part in text, f'{part!r} is not in {text!r}'


def run_tests(functions, *arguments):
    """Gives each the arguments; returns the exit code of the program."""
    print(f'1..{len(functions)}', flush=True)
    n_failed = 0
    for i, function in enumerate(functions, 1):
        name = function.__name__.replace('_', ' ')
        try:
            function(*arguments)
            print(f'ok {i} - {name}', flush=True)
        except Skipped as reason:
            print(f'ok {i} - {name} # SKIP {reason}', flush=True)
        except Exception as error:
            n_failed += 1
            for line in str(error).splitlines()[:8] + traceback.format_exc().splitlines()[1:]:
                print(f'# {line}')
            print(f'not ok {i} - {name}', flush=True)
    return 1 if n_failed else 0


def main():
    return run_tests(TESTS)
