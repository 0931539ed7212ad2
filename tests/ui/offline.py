#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey of somebody whose line is down: reading, asking, and being told when the line is back.

    offline.py --build build --language uk

Prints TAP, and fails on what the journey fails on.
"""

import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

from desks import OFFERING  # noqa: E402
from driver import Failure, wait_until  # noqa: E402
from journey import PICTURE, QUESTION, Journey, main  # noqa: E402

OLDER = 'Довідник не відкривається'
# Nothing of its form is searched for at the portal.
SCANNER, SCANNER_SUMMARY, OTHER_INCIDENT = 'Не працює сканер', 'сканує криво', 'Не працює VPN'
ANSWERS = {'Модель сканера': 'CanoScan LiDE 300', 'Опис': 'The pages come out empty'}
CHOICES = 'Кабелем USB', 'Програма не бачить сканера'
# Who is out for long asks once a minute at the latest whether the portal is back, and believes it after some seconds.
PROBED_AFTER = 90


class OfflineJourney(Journey):
    """The portal stops, and comes back when the window has been closed."""

    settings = {'run-in-background': 'true'}
    policy = '[Policy]\nsync-interval=30\n'

    @property
    def shell(self):
        return self.desktop.shell

    # --- With the line up ---

    def has_asked_before(self):
        answer = self.desk.client.submit('software-update', {
            'software': self.desk.program_value, 'version': '2.0', 'inventory': '1014-000001', 'description': OLDER})
        if answer.status != 201:
            raise Failure(f'the portal does not take a request: {answer}')
        self.older = answer.json()['number']
        self.desk.ask(self.older, 'Котрий саме довідник?')
        self.numbers_before = self.desk.numbers()

    def signs_in_and_all_is_here(self):
        self.signs_in_by_keyboard()
        self.program.wait('list item', contains=OFFERING)
        # The age of all that is kept stands there when the sync has come to its end.
        age = self.word('as of %s').partition('%s')[0].strip()
        self.program.wait('status bar', contains=age)

    def keeps_a_category_by_keyboard(self):
        """What the button beside it is called says of which category it is, and how it is."""
        on, off = self.word('%s: always available offline'), self.word('%s: not always available offline')
        self.desktop.key('alt+2')
        button = self.program.wait('push button', contains=off.replace('%s', '')).name
        category = button.removesuffix(off.replace('%s', ''))
        self.tab_to('push button', button)
        self.desktop.key('space')
        self.program.wait('push button', on.replace('%s', category))

    # --- With the line down ---

    def is_told_that_the_portal_is_gone(self):
        self.desk.stop()
        self.desktop.key('F5')
        self.program.wait('push button', self.word('_Try Again'))

    def reads_an_item(self):
        self.desktop.key('alt+4')
        self.program.wait(('table row', 'list item'), contains=f'{self.older}, ').point()
        self.program.wait(contains='Котрий саме довідник?')

    def picks_an_incident(self):
        self.desktop.key('ctrl+shift+n')
        self.program.wait(('table cell', 'list item'), OTHER_INCIDENT)
        self.desktop.key('ctrl+f')
        self.program.wait('entry').fill(SCANNER_SUMMARY)
        self.program.wait_gone(('table cell', 'list item'), OTHER_INCIDENT)
        self.tab_to(('table cell', 'list item'), SCANNER)
        self.desktop.key('Return')
        self.program.wait('push button', self.word('_Review & Submit'))

    def fills_the_form(self):
        for label, text in ANSWERS.items():
            self.enter(text, role='text', contains=label)
        for choice in CHOICES:
            self.tab_to(('check box', 'radio button'), choice)
            self.desktop.key('space')

    def queues_the_request(self):
        self.press('_Review & Submit')
        self.program.wait('push button', self.word('_Submit'))
        for text in (*ANSWERS.values(), *CHOICES, 'знімок екрана.png'):
            self.program.wait(contains=text)
        self.press('_Submit')
        self.program.wait(contains=self.word('Queued'))

    def finds_it_after_a_restart(self):
        if self.program.stop() != 0:
            raise Failure('the program did not end well')
        self.program.start()
        self.program.wait('push button', contains=self.word('Account: %s').replace('%s', ''))
        self.desktop.key('alt+1')
        self.program.wait('list', self.word('Outbox'))
        self.program.wait('list item', contains=SCANNER)

    def closes_the_window(self):
        self.desktop.key('ctrl+w')
        wait_until(lambda: self.program.root() is None, 'the window goes away')
        self.program.check_alive()

    # --- With the line up again ---

    def is_told_the_number(self):
        if self.shell.told():
            raise Failure(f'it tells of news that are none: {self.shell.told()}')
        self.desk.start()
        new = wait_until(lambda: self.desk.numbers() - self.numbers_before, 'the portal has the request', PROBED_AFTER)
        if len(new) != 1:
            raise Failure(f'the portal has these new requests: {new}')
        self.number = new.pop()
        title = self.word('Request %s registered').replace('%s', self.number)
        wait_until(lambda: any(title in words for words in self.shell.told()), 'the number is told')
        attachments = self.desk.request(self.number)['attachments']
        if attachments != {'знімок екрана.png': hashlib.sha256(PICTURE).hexdigest()}:
            raise Failure(f'the portal has other files: {attachments}')

    def is_told_of_the_answer(self):
        self.desk.ask(self.number, QUESTION)
        waits = self.word('The desk is waiting for your answer.')
        wait_until(lambda: any(waits in words for words in self.shell.told()), 'the answer is told')
        if len(self.shell.shown) != 1:
            raise Failure(f'there is more than one for a request: {self.shell.told()}')

    def opens_it_from_there(self):
        self.shell.click(next(iter(self.shell.shown)))
        self.program.wait(contains=QUESTION)
        self.program.wait('label', contains=self.number)
        wait_until(lambda: not self.shell.shown, 'what is read is withdrawn')

    def ends_for_good(self):
        if self.program.stop() != 0:
            raise Failure('the program did not end well')

    STEPS = (has_asked_before, signs_in_and_all_is_here, keeps_a_category_by_keyboard, is_told_that_the_portal_is_gone,
             Journey.finds_and_reads_an_article, reads_an_item, picks_an_incident,
             fills_the_form, Journey.attaches_a_file, queues_the_request, finds_it_after_a_restart,
             closes_the_window, is_told_the_number, is_told_of_the_answer, opens_it_from_there, ends_for_good)


if __name__ == '__main__':
    sys.exit(main(OfflineJourney))
