#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the whole job on a virtual display and takes a picture of every page.

    tour.py --build build --output build/tour [--language uk] [--look dark] [--width 900]

The pictures are numbered in the order of the job: 07-receipt-uk-light-900.png.
Everything is real: the practice portal over TLS, the program, the keys.
"""

import argparse
import itertools
import pathlib
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

from driver import Desktop, Failure, Program, SOURCE_ROOT, wait_until  # noqa: E402
from portal_client import PortalClient  # noqa: E402
from practice_portal import PracticePortal  # noqa: E402

DEMO = SOURCE_ROOT / 'data/demo'
USER, PASSWORD = 'support', 'practice'
HEIGHTS = {360: 720, 900: 700, 1600: 1000}
LOOKS = {
    'light': {},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_HIGH_CONTRAST': '1'},
    'large': {},
}
LARGE_TEXT_DPI = 2 * 96 * 1024
PICTURE = bytes.fromhex(
    '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
    '1f15c4890000000d49444154789c6360f8cf500f0003860180d7a02b1e0000000049454e44ae426082')


def choose(arguments):
    """Which (language, look, width) are asked for; all pages in both languages, every look in Ukrainian."""
    every = [(language, look, width)
             for language, look, width in itertools.product(('uk', 'en'), LOOKS, HEIGHTS)
             if language == 'uk' or look == 'light']
    if arguments.language or arguments.look or arguments.width:
        every = itertools.product(('uk', 'en'), LOOKS, HEIGHTS)
    return [one for one in every
            if (not arguments.language or one[0] in arguments.language) and
            (not arguments.look or one[1] in arguments.look) and
            (not arguments.width or one[2] in arguments.width)]


def fill_portal(portal):
    """Requests in every state, as a person has who has worked here for a while."""
    client = PortalClient(portal.url, portal.ca_file)
    client.sign_in(USER, PASSWORD)
    filed = []
    for version, text in (('7.4.7', 'Потрібна підтримка нових форматів документів.'),
                          ('7.5', 'Програма закривається, коли друкувати великий документ.'),
                          ('6.0', 'Немає перевірки правопису українською мовою.')):
        answer = client.submit('software-update', {
            'software': client.get('options/software').json()['options'][0]['value'], 'version': version, 'inventory': '1014-000327', 'description': text},
            files=[('attachments', 'знімок екрана.png', 'image/png', PICTURE)])
        if answer.status != 201:
            raise Failure(f'the portal does not take a request: {answer}')
        filed.append(answer.json())
    portal.desk('status', filed[1]['number'], 'in-progress')
    portal.desk('reply', filed[1]['number'], 'Яка у вас версія операційної системи?', '--ask')
    portal.desk('status', filed[2]['number'], 'closed')


class Tour:
    """One walk through the program in one language, look and width."""

    def __init__(self, program, portal, folder, suffix):
        self.program, self.portal, self.folder, self.suffix = program, portal, folder, suffix
        self.failures = []
        self.number = 0

    def picture(self, name):
        self.program.screenshot(self.folder / f'{self.number:02d}-{name}-{self.suffix}.png')

    def step(self, name, action):
        """A picture of every page, of the failed ones too: the picture then says why."""
        self.number += 1
        try:
            action()
        except Exception as error:  # what is wrong with a page must not keep the others from being seen
            self.failures.append(f'{self.number:02d}-{name}-{self.suffix}: {error}'.splitlines()[0])
            if '-v' in sys.argv:
                traceback.print_exc()
        self.program.check_alive()
        self.picture(name)

    # --- The pages, in the order of the job ---

    def sign_in_page(self):
        self.program.wait('push button', self.program.word('_Sign In'))

    def wrong_password(self):
        program = self.program
        program.find('text', program.word('_User name')).fill(USER)
        program.find('password text', program.word('_Password')).fill('неправильний')
        program.find('push button', program.word('_Sign In')).click()
        program.wait('alert', contains=program.word('Wrong User Name or Password'))

    def sign_in(self):
        program = self.program
        program.find('password text', program.word('_Password')).fill(PASSWORD)
        program.find('push button', program.word('_Sign In')).click()
        program.wait('push button', program.word('Report an _Incident'))
        program.wait('heading', program.word('My Items'))

    def search(self):
        program = self.program
        program.desktop.key('ctrl+k')
        program.wait('entry').fill('пошта')
        program.wait('list', program.word('Search results'))
        program.wait('list item')

    def knowledge(self):
        program = self.program
        program.find('entry').fill('')
        program.desktop.key('alt+2')
        program.wait('list item')

    def article(self):
        program = self.program
        program.desktop.key('ctrl+k')
        program.wait('entry').fill('Вхідна скринька переповнена' if False else 'принтер')
        program.wait('list item').point()
        wait_until(lambda: program.find('list', program.word('Search results')) is None, 'the article opens')
        time.sleep(0)
        program.wait(('document web', 'text', 'document text', 'heading'))

    def catalog(self):
        program = self.program
        program.desktop.key('alt+3')
        program.wait('push button', contains='')

    def form(self):
        self.program.desktop.key('alt+3')

    def items(self):
        self.program.desktop.key('alt+4')
        self.program.wait(contains='10316')

    def walk(self):
        self.step('sign-in', self.sign_in_page)
        self.step('wrong-password', self.wrong_password)
        self.step('home', self.sign_in)
        self.step('search', self.search)
        self.step('knowledge', self.knowledge)
        self.step('article', self.article)
        self.step('catalog', self.catalog)
        self.step('items', self.items)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, default=SOURCE_ROOT / 'build')
    parser.add_argument('--output', type=pathlib.Path, default=SOURCE_ROOT / 'build/tour')
    parser.add_argument('--language', action='append')
    parser.add_argument('--look', action='append')
    parser.add_argument('--width', action='append', type=int)
    parser.add_argument('-v', action='store_true')
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    failures = []

    with Desktop(size=(1600, 1000)) as desktop, \
            PracticePortal(arguments.build, catalog=DEMO / 'catalog.json', articles=DEMO / 'articles',
                           announcements=DEMO / 'announcements.json', user=USER, password=PASSWORD) as portal:
        fill_portal(portal)
        for i, (language, look, width) in enumerate(choose(arguments)):
            program = Program(desktop, arguments.build, portal, language, (width, HEIGHTS[width]), env=LOOKS[look],
                              name=f'{i}')
            program.write_gtk_settings(enable_animations=0, cursor_blink=0,
                                       **({'xft_dpi': LARGE_TEXT_DPI} if look == 'large' else {}))
            tour = Tour(program, portal, arguments.output, f'{language}-{look}-{width}')
            try:
                program.start()
                tour.walk()
            except Failure as failure:
                failures.append(f'{tour.suffix}: {failure}')
            finally:
                program.kill()
            failures += tour.failures + [f'{tour.suffix}: {line}' for line in program.warnings()]
            print(f'{tour.suffix}: {tour.number} pictures', flush=True)

    for failure in failures:
        print(f'FAILED {failure}', file=sys.stderr)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
