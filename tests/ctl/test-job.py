#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job by helpdeskctl against a real portal over TLS, in both languages.  Prints TAP.

    test-job.py open|rt
"""

import hashlib
import sys

from ctl_support import BUILD, OK, PNG, REFUSED, SIGN_IN, Ctl
from desks import ARTICLE, ARTICLE_HEADING, DESKS, INVENTORY, LACK, OFFERING, OTHER_OFFERING, PROGRAM, USER
from tap import contains, equal, run_tests

QUESTION = 'Який номер кабінету?'
WISH = 'Не розпізнає печаток вдруге'


def named(entries, name):
    found = [entry for entry in entries if name in (entry.get('name'), entry.get('title'), entry.get('label'))]
    equal(len(found), 1, f'{name} in {entries}')
    return found[0]


def fill_in(desk, ctl, fields):
    """The answers as a file: what is asked for is found by its label."""
    words = {PROGRAM: desk.program_value, INVENTORY: '1014-000327', LACK: WISH}
    answers = {named(fields, label)['id']: text for label, text in words.items()}
    return ctl.write('answers.json', {**answers, **{name: text for name, (_, text) in desk.more_answers.items()}})


def looks_around(ctl, words):
    """Returns the offering."""
    ctl('sync')
    catalog = ctl('catalog', '--json').json()
    equal({entry['kind'] for entry in catalog}, {'incident', 'request'})
    named(catalog, OTHER_OFFERING)
    contains(ctl('catalog').out, words['incident'])

    found = named(ctl('search', '--json', 'мережевий принтер').json(), ARTICLE)
    equal(found['kind'], 'article')
    equal(ctl('article', found['id'], '--json').json()['title'], ARTICLE)
    contains(ctl('article', found['id']).out, ARTICLE_HEADING)

    offering = named(catalog, OFFERING)
    equal(offering['kind'], 'request')
    return ctl('offering', offering['id'], '--json').json()


def files_a_request(desk, ctl, offering):
    """Returns its number."""
    before = desk.numbers()
    picture = ctl.write('знімок = екрана.png', PNG)
    fields = offering['form']['fields']
    equal({type(field['required']) for field in fields}, {bool})
    contains(ctl('submit', offering['id'], '--answers', ctl.write('none.json', {}), code=REFUSED).err, INVENTORY)
    number = ctl('submit', offering['id'], '--answers', fill_in(desk, ctl, fields), '--attach', picture).out.strip()
    equal(desk.numbers() - before, {number})
    equal(desk.request(number)['attachments'], {picture.name: hashlib.sha256(PNG).hexdigest()})

    item = ctl('item', number, '--json').json()
    equal((item['number'], item['kind'], item['status']), (number, 'request', 'registered'))
    assert item['id'] and item['subject'], item
    equal([field['value'] for field in item['fields'] if field['label'] == LACK], [WISH])
    contains(ctl('item', number).out, picture.name)
    return number


def talks(desk, ctl, number):
    desk.ask(number, QUESTION)
    item = ctl('item', number, '--json').json()
    equal([message['text'] for message in item['messages'] if not message['mine']], [QUESTION])
    contains(ctl('item', number).out, QUESTION)

    equal(ctl('reply', number, '-', text='Кабінет 12,\nдругий поверх\n', code=OK).out, f'{number}\n')
    picture = ctl.write('ще знімок.png', PNG + b'.')
    ctl('reply', number, 'Ось ще знімок', '--attach', picture)
    item = ctl('item', number, '--json').json()
    equal([(message['mine'], message['text']) for message in item['messages'][-3:]],
          [(False, QUESTION), (True, 'Кабінет 12,\nдругий поверх'), (True, 'Ось ще знімок')])
    equal([one['name'] for one in item['messages'][-1]['attachments']], [picture.name])
    equal([text.strip() for text in desk.request(number)['mine']][-2:], ['Кабінет 12,\nдругий поверх', 'Ось ще знімок'])


def cancels(desk, ctl, number, words):
    def numbers(which):
        return [item['number'] for item in ctl('items', '--json', '--filter', which).json()]

    contains(numbers('open'), number)
    equal(ctl('cancel', number, '--json').json()['status'], 'cancelled')
    equal(desk.request(number)['status'], 'cancelled')
    contains(ctl('items').out, words['cancelled'])
    contains(numbers('closed'), number)
    assert number not in numbers('open')
    contains(numbers(number), number)
    contains(ctl('cancel', number, code=REFUSED).err, words['too-late'])


def do_the_whole_job(desk, language, words):
    with Ctl(desk, language, USER, 'wrong') as ctl:
        ctl('items', code=SIGN_IN)
        ctl.password = desk.password
        number = files_a_request(desk, ctl, looks_around(ctl, words))
        talks(desk, ctl, number)
        cancels(desk, ctl, number, words)
        assert ctl.kept_with(WISH), 'nothing was kept'
        ctl('sign-out')
        equal(ctl.kept_with(WISH), [])


def the_whole_job_in_english(desk):
    do_the_whole_job(desk, 'en', {'incident': 'Incident', 'cancelled': 'Cancelled',
                                  'too-late': 'This Is No Longer Possible'})


def the_whole_job_in_ukrainian(desk):
    do_the_whole_job(desk, 'uk', {'incident': 'Інцидент', 'cancelled': 'Скасований', 'too-late': 'Це вже неможливо'})


def main():
    with DESKS[sys.argv[1]](BUILD) as desk:
        return run_tests([the_whole_job_in_english, the_whole_job_in_ukrainian], desk)


if __name__ == '__main__':
    sys.exit(main())
