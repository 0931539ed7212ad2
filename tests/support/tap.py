# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs functions as tests and prints TAP; a function's name is a sentence."""

import traceback


def run_tests(functions, *args):
    """Returns the exit code of the program."""
    print(f'1..{len(functions)}', flush=True)
    n_failed = 0
    for i, function in enumerate(functions, 1):
        try:
            function(*args)
            result = 'ok'
        except Exception as error:
            n_failed += 1
            result = 'not ok'
            for line in str(error).splitlines()[:8] + traceback.format_exc().splitlines()[3:]:
                print(f'# {line}')
        print(f'{result} {i} - {function.__name__.replace("_", " ")}', flush=True)
    return 1 if n_failed else 0
