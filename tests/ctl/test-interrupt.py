#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""helpdeskctl that is interrupted while it sends says what is known, and keeps what is not.  Prints TAP."""

import json
import os
import pathlib
import signal
import sys
import time

from ctl_support import (HERE, INTERRUPTED, NETWORK, OK, PERHAPS_SENT, PROGRAM, portal_and_ctl, proxy_and_ctl)
from tap import contains, equal, main, test

LARGE = 200 * 1024 * 1024
IS_SANITIZED = b'__asan_init' in PROGRAM.read_bytes()


def read_memory(pid):
    return int(pathlib.Path(f'/proc/{pid}/statm').read_text().split()[1]) * os.sysconf('SC_PAGE_SIZE')


def raise_limits(portal, ctl):
    catalog = json.loads((HERE.parent / 'support/portal/catalog.json').read_text())
    catalog['info'].update(max_file_size=300000000, max_total_size=300000000)
    portal.desk('import-catalog', ctl.write('catalog.json', catalog))


@test
def a_large_file_is_sent_in_little_memory_and_can_be_interrupted():
    with portal_and_ctl() as (portal, ctl):
        raise_limits(portal, ctl)
        large = ctl.folder / 'журнал.txt'
        large.touch()
        os.truncate(large, LARGE)
        words = ['--json', 'submit', 'printer', '--answers',
                 ctl.write('answers.json', {'description': 'Журнал у вкладенні'}), '--attach', large]

        # The portal takes what comes into memory: that is how far it is.
        before = read_memory(portal.process.pid)
        process = ctl.start(*words)
        while read_memory(portal.process.pid) < before + LARGE // 4:
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        contains(process.stderr.read().decode(), 'Interrupted. It was not sent.')
        equal(process.wait(60), INTERRUPTED)
        ctl('sync')
        equal(ctl('--json', 'items').json(), [])
        equal(list((ctl.folder / 'data').glob('**/files/*/*')), [], 'what is left of the draft')

        process = ctl.start(*words)
        answer = json.loads(process.stdout.read())
        equal(answer['number'], '10316')
        equal(answer['attachments'][0]['size'], LARGE)
        peak = os.wait4(process.pid, 0)[2].ru_maxrss * 1024
        process.returncode = OK
        assert IS_SANITIZED or peak < 100 * 1024 * 1024, f'{peak} bytes in memory'
        equal(len(ctl('--json', 'items').json()), 1)


def interrupt(handler, ctl, *words):
    """Once the portal has all of it, and before the answer is back."""
    process = ctl.start(*words)
    assert handler.reached.wait(60), 'it was not sent'
    process.send_signal(signal.SIGINT)
    text = process.stderr.read().decode()
    code = process.wait(60)
    handler.held = None
    handler.let_go.set()
    return code, text


def interrupt_what_was_given(handler, ctl, *words):
    code, text = interrupt(handler, ctl, *words)
    equal(code, PERHAPS_SENT, text)
    contains(text, 'Perhaps it was sent')
    contains(text, 'outbox')


def items(ctl):
    return ctl('--json', 'items').json()


@test
def what_has_left_is_perhaps_sent_and_is_not_sent_twice():
    with proxy_and_ctl(held=('POST', 'requests')) as (handler, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує'})
        interrupt_what_was_given(handler, ctl, 'submit', 'printer', '--answers', answers)
        equal([item['number'] for item in items(ctl)], ['10316'], 'the portal has')
        equal(ctl('sync').out.splitlines()[0], '10316')
        equal(len(items(ctl)), 1, 'after the next sync')
        equal(ctl('sync').out.count('10316'), 0, 'the outbox is empty')


@test
def so_are_a_reply_and_a_cancellation():
    with proxy_and_ctl() as (handler, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує'})
        ctl('submit', 'printer', '--answers', answers)
        for held, words in ((('POST', '/messages'), ('reply', '10316', 'Дякую')), (('POST', '/cancel'), ('cancel', '10316'))):
            handler.reached.clear()
            handler.let_go.clear()
            handler.held = held
            interrupt_what_was_given(handler, ctl, *words)
            ctl('sync')
        item = ctl('--json', 'item', '10316').json()
        equal((item['status'], [message['text'] for message in item['messages']]), ('cancelled', ['Дякую']))


@test
def ctrl_c_in_a_sync_takes_nothing_out_of_the_outbox():
    with proxy_and_ctl(failed='requests') as (handler, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує'})
        ctl('submit', 'printer', '--answers', answers, code=NETWORK)
        handler.failed = None
        handler.held = ('POST', 'requests')
        # The outbox begins to be sent when somebody is signed in, perhaps before the command looks at it.
        code, text = interrupt(handler, ctl, 'sync')
        assert code in (PERHAPS_SENT, -signal.SIGINT), f'{code} {text}'
        ctl('sync')
        equal(len(items(ctl)), 1)


if __name__ == '__main__':
    sys.exit(main())
