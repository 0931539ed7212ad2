#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job against a real portal over TLS, by keyboard and by what a screen reader sees.

    journey.py --build build --portal-kind open|rt --language uk --keyring yes|no

Prints TAP.  Fails on any stall of the main loop over 200 ms that is not at
start-up, and on any warning of GLib.
"""

import argparse
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

from desks import (ARTICLE, ARTICLE_HEADING, DESKS, INVENTORY, LACK, OFFERING, OFFERING_SUMMARY, OTHER_OFFERING,  # noqa: E402
                   PROGRAM, USER, VERSION)
from driver import Desktop, Failure, Program, SOURCE_ROOT, wait_until  # noqa: E402

QUESTION = 'Яка у вас версія операційної системи?'
ANSWER = 'Debian 12, оновлено вчора.'
NONSENSE = 'Zzqx vwkjq'
WISH = 'Recognition of stamps is poor'
MAX_STALL_MS = 200
PICTURE = bytes.fromhex(
    '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
    '1f15c4890000000d49444154789c6360f8cf500f0003860180d7a02b1e0000000049454e44ae426082')


class Journey:
    settings = {}
    policy = ''

    def __init__(self, program, desk, has_keyring):
        self.program, self.desk, self.has_keyring = program, desk, has_keyring
        self.desktop, self.word = program.desktop, program.word
        self.numbers_before = desk.numbers()
        self.number = None

    # --- Gestures ---

    def press(self, label):
        self.program.wait('push button', self.word(label)).click()

    def tab_to(self, role=None, name=None, limit=80, **rest):
        """Goes on with Tab until that has the focus, as somebody without a mouse does."""
        node = self.program.wait(role, name, **rest)
        for _ in range(limit):
            if node.has_state('focused'):
                return node
            self.desktop.key('Tab')
        raise Failure(f'Tab does not lead to {node}')

    def enter(self, text, **target):
        node = self.tab_to(**target)
        self.desktop.type(text)
        wait_until(lambda: node.text == text, f'{node} holds what was typed, not “{node.text}”')

    def kept_with(self, text):
        """The files of this machine that tell it."""
        return [path.name for path in self.program.data_dir.rglob('*')
                if path.is_file() and text.encode() in path.read_bytes()]

    # --- The job ---

    def signs_in_by_keyboard(self):
        program = self.program
        program.wait('push button', self.word('_Sign In'))
        self.enter(self.desk.login, role='text', name=self.word('_User name'))
        self.tab_to('password text', self.word('_Password'))
        self.desktop.type(self.desk.password)
        if self.has_keyring:
            self.tab_to('check box', self.word('_Remember me'))
            self.desktop.key('space')
        elif program.find('check box', self.word('_Remember me')):
            raise Failure('there is no keyring, yet remembering is offered')
        self.tab_to('push button', self.word('_Sign In'))
        self.desktop.key('Return')
        program.wait('push button', self.word('Report an _Incident'))

    def is_remembered_only_with_a_keyring(self):
        program = self.program
        if program.stop() != 0:
            raise Failure('the program did not end well')
        program.start()
        if self.has_keyring:
            program.wait('push button', self.word('Report an _Incident'))
            return
        program.wait('push button', self.word('_Sign In'))
        program.wait('password text', self.word('_Password')).fill(self.desk.password)
        user = program.find('text', self.word('_User name'))
        user.fill(USER)
        self.press('_Sign In')
        program.wait('push button', self.word('Report an _Incident'))

    def finds_and_reads_an_article(self):
        self.desktop.key('ctrl+k')
        self.program.wait('entry').fill('мережевий принтер')
        self.program.wait('list item', contains=ARTICLE)
        self.desktop.key('Return')
        self.desktop.key('Return')
        self.program.wait('push button', self.word('Print'))
        # WebKit of this age tells screen readers nothing under GTK 4; the contents come from the same article.
        self.press('Contents')
        self.program.wait(contains=ARTICLE_HEADING)
        self.desktop.key('Escape')
        self.program.wait_gone(contains=ARTICLE_HEADING)

    def tells_what_is_not_found(self):
        program = self.program
        offering, label = self.desk.incident
        self.desktop.key('ctrl+k')
        self.enter(NONSENSE, role='entry')
        program.wait('status bar', contains=NONSENSE)
        program.wait('push button', contains=self.word('Help desk: %s').replace('%s', '').strip())
        self.tab_to('push button', self.word('Report an _Incident'), limit=4)
        self.desktop.key('Return')
        if offering:
            self.tab_to(('table cell', 'list item'), offering)
            self.desktop.key('Return')
        program.wait('push button', self.word('_Review & Submit'))
        subject = program.wait('text', contains=self.word(label))
        wait_until(lambda: subject.text == NONSENSE, f'{subject} holds what was searched for, not “{subject.text}”')
        wait_until(lambda: self.kept_with(NONSENSE), 'the draft is kept')
        self.desktop.key('alt+3', 'alt+3')
        self.press('Delete the Draft')
        program.wait_gone('list', self.word('Drafts'))

    def picks_an_offering(self):
        self.desktop.key('ctrl+n')
        self.program.wait(('table cell', 'list item'), OTHER_OFFERING)
        self.desktop.key('ctrl+f')
        self.program.wait('entry').fill(OFFERING_SUMMARY)
        self.program.wait_gone(('table cell', 'list item'), OTHER_OFFERING)
        self.tab_to(('table cell', 'list item'), OFFERING)
        self.desktop.key('Return')
        self.program.wait('push button', self.word('_Review & Submit'))

    def fills_the_form_by_keyboard(self):
        program = self.program
        for label, text in self.desk.more_answers.values():
            self.enter(text, role='text', contains=self.word(label))
        self.tab_to('push button', contains=f'{PROGRAM}:')
        self.desktop.key('space')
        program.wait('frame', PROGRAM)
        self.desktop.type('gImage')
        wait_until(lambda: program.find('list item', contains='LibreOffice') is None, 'the options are fewer')
        self.tab_to('list item', contains='gImageReader')
        self.desktop.key('Return')
        program.wait('push button', contains=f'{PROGRAM}: gImageReader')
        self.enter('3.4.1', role='text', contains=VERSION)
        self.enter('1014-000327', role='text', contains=INVENTORY)
        self.enter(WISH, role='text', contains=LACK)

    def attaches_a_file(self):
        picture = self.desktop.folder / 'знімок екрана.png'
        picture.write_bytes(PICTURE)
        self.tab_to('push button', self.word(self.desk.files_label))
        self.desktop.key('space')
        self.program.wait('push button', self.dialog_word('_Open'))
        self.desktop.key('ctrl+l')
        self.program.wait_focused_entry().fill(str(picture))
        self.desktop.key('Return')
        self.program.wait('push button', contains=self.word('Remove “%s”').replace('%s', picture.name))

    def dialog_word(self, text):
        return {'uk': 'Відкрити', 'en': 'Open'}[self.program.language]

    def reviews_and_submits(self):
        program = self.program
        self.press('_Review & Submit')
        program.wait('push button', self.word('_Submit'))
        for text in ('gImageReader', '3.4.1', '1014-000327', WISH, 'знімок екрана.png'):
            program.wait(contains=text)
        self.press('_Submit')

    def gets_a_number(self):
        self.program.wait('push button', contains=self.word('Copy the Number'))
        new = self.desk.numbers() - self.numbers_before
        if len(new) != 1:
            raise Failure(f'the portal has these new requests: {new}')
        self.number = new.pop()
        self.program.wait('label', self.number)
        if self.desk.request(self.number)['attachments'] != {'знімок екрана.png': hashlib.sha256(PICTURE).hexdigest()}:
            raise Failure(f'the portal has something else: {self.desk.request(self.number)}')

    def finds_it_in_my_items(self):
        self.desktop.key('alt+4')
        self.program.wait('entry').fill(self.number)
        self.program.wait(contains=self.number, role=('label', 'table cell', 'list item'))
        self.desktop.key('alt+3')
        self.press('_Open in My Items')
        self.program.wait(contains=self.word('Registered'), role='label')

    def reads_the_answer(self):
        self.desk.ask(self.number, QUESTION)
        self.desktop.key('F5')
        self.program.wait(contains=QUESTION)
        self.program.wait(contains=self.word('Waiting for You'), role='label')

    def replies(self):
        self.program.wait('text').fill(ANSWER)
        self.tab_to('text')
        self.desktop.key('ctrl+Return')
        wait_until(lambda: ANSWER in self.desk.request(self.number)['mine'],
                   'the answer is at the portal')
        wait_until(lambda: self.program.find('text') is not None and self.program.find('text').text == '',
                   'the composer is empty again')
        self.program.wait(contains=ANSWER)

    def cancels(self):
        self.press('_Cancel the Request…')
        self.program.wait('push button', self.word('_Cancel the Request')).click()
        wait_until(lambda: self.desk.request(self.number)['status'] == 'cancelled', 'the request is cancelled at the portal')
        self.program.wait(contains=self.word('Cancelled'), role='label')

    def signs_out(self):
        program = self.program
        if not self.kept_with(QUESTION):
            raise Failure('what was asked was not kept')
        program.wait('push button', contains=self.word('Account: %s').replace('%s', '')).click()
        self.press('Sign _Out')
        program.wait('push button', self.word('_Read the Saved Knowledge Base'))
        left = self.kept_with(QUESTION)
        if left:
            raise Failure(f'what was asked is still in {left}')

    def is_not_remembered_any_more(self):
        program = self.program
        if program.stop() != 0:
            raise Failure('the program did not end well')
        program.start()
        program.wait('push button', self.word('_Sign In'))
        if program.stop() != 0:
            raise Failure('the program did not end well')

    def was_never_slow(self):
        slow = [stall for stall in self.program.stalls() if stall > MAX_STALL_MS]
        if slow:
            raise Failure(f'the main loop stood still for {slow} ms')

    def has_not_complained(self):
        if self.program.warnings():
            raise Failure('\n'.join(self.program.warnings()))

    STEPS = (signs_in_by_keyboard, is_remembered_only_with_a_keyring, finds_and_reads_an_article,
             tells_what_is_not_found, picks_an_offering, fills_the_form_by_keyboard, attaches_a_file,
             reviews_and_submits, gets_a_number, finds_it_in_my_items, reads_the_answer, replies, cancels, signs_out,
             is_not_remembered_any_more)
    CHECKS = (was_never_slow, has_not_complained)


def run_step(number, name, action):
    try:
        action()
        print(f'ok {number} {name}', flush=True)
        return True
    except Exception as error:  # whatever it is, the test has failed and the rest is to be told
        print('\n'.join(f'# {line}' for line in str(error).splitlines()))
        print(f'not ok {number} {name}', flush=True)
        return False


def main(kind=Journey):
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, default=SOURCE_ROOT / 'build')
    parser.add_argument('--portal-kind', choices=DESKS, default='open')
    parser.add_argument('--language', choices=('uk', 'en'), default='uk')
    parser.add_argument('--keyring', choices=('yes', 'no'), default='yes')
    parser.add_argument('--picture', type=pathlib.Path, help='where to put a picture of a failure')
    arguments = parser.parse_args()
    number, is_well = 0, True

    print(f'TAP version 13\n1..{len(kind.STEPS) + len(kind.CHECKS)}', flush=True)
    with Desktop(size=(1100, 800), keyring=arguments.keyring == 'yes') as desktop, \
            DESKS[arguments.portal_kind](arguments.build) as desk:
        policy = desktop.folder / 'policy.conf'
        policy.write_text(kind.policy)
        program = Program(desktop, arguments.build, desk, arguments.language, size=(1100, 800),
                          settings=kind.settings, env={'HELPDESK_POLICY': str(policy)})
        program.write_gtk_settings(enable_animations=0, cursor_blink=0)
        journey = kind(program, desk, arguments.keyring == 'yes')
        try:
            program.start()
            for step in kind.STEPS:
                number += 1
                # Each stands on the one before.
                if is_well:
                    is_well = run_step(number, step.__name__.replace('_', '-'), lambda: step(journey))
                    if not is_well and arguments.picture:
                        desktop.screenshot(arguments.picture)
                else:
                    print(f'not ok {number} {step.__name__.replace("_", "-")}')
        finally:
            program.kill()
        for check in kind.CHECKS:
            number += 1
            is_well = run_step(number, check.__name__.replace('_', '-'), lambda: check(journey)) and is_well

    return 0 if is_well else 1


if __name__ == '__main__':
    sys.exit(main())
