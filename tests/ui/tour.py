#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the whole job on a virtual display and takes a picture of every page.

    tour.py --build build --output build/tour [--language uk] [--look dark] [--width 900]

The pictures are numbered in the order of the job: 07-receipt-uk-light-900.png.
Everything is real: the practice portal over TLS, the program, the keys.
"""

import argparse
import itertools
import json
import os
import pathlib
import re
import sys
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

from driver import Desktop, Failure, Program, SOURCE_ROOT, wait_until  # noqa: E402
from packs import Packs  # noqa: E402
from portal_client import PortalClient  # noqa: E402
from practice_portal import PracticePortal  # noqa: E402

DEMO = SOURCE_ROOT / 'data/demo'
USER, PASSWORD = 'support', 'practice'
# What GTK calls it depends on the version.
DIALOG = 'frame', 'dialog', 'filler'
NEW_USER, NEW_NAME = 'novyi', 'Тарас Новий'
# What a GNOME desktop has.
FONT = 'Cantarell 11'
BUTTONS = 'appmenu:close'
HEIGHTS = {360: 720, 900: 700, 1600: 1000}
LOOKS = {
    'light': {},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_HIGH_CONTRAST': '1'},
    'large': {},
}
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


def write_stricter_catalog(path):
    """The same catalog, but that the form of the tour wants more of a version than it did."""
    catalog = json.loads((DEMO / 'catalog.json').read_text())
    for offering in catalog['offerings']:
        for field in offering['form']['fields'] if offering['id'] == 'software-update' else ():
            if field['id'] == 'version':
                field.update(pattern='[0-9]+[.][0-9]+[.][0-9]+', pattern_hint='Три числа через крапку: 7.4.7')
    path.write_text(json.dumps(catalog))
    return path


def write_changed_catalog(path):
    """One field of a form is gone, another is new."""
    catalog = json.loads((DEMO / 'catalog.json').read_text())
    for offering in catalog['offerings']:
        if offering['id'] == 'software-update':
            fields = [field for field in offering['form']['fields'] if field['id'] != 'version']
            fields.insert(1, {'id': 'deadline', 'type': 'date', 'label': 'До якої дати потрібно'})
            offering['form']['fields'] = fields
    path.write_text(json.dumps(catalog))
    return path


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

    def __init__(self, program, portal, packs, folder, suffix, text_scale):
        self.program, self.portal, self.packs, self.folder, self.suffix = program, portal, packs, folder, suffix
        self.is_wide = program.size[0] >= 1100 * text_scale
        self.desktop = program.desktop
        self.word = program.word
        self.failures = []
        self.number = 0
        self.filed = '10316'

    def step(self, name, action):
        """A picture of every page, of the failed ones too: the picture then says why."""
        self.number += 1
        try:
            action()
        except (Failure, AttributeError, RuntimeError) as error:
            self.failures.append(f'{self.number:02d}-{name}-{self.suffix}: {str(error).splitlines()[0]}')
        self.program.check_alive()
        self.program.screenshot(self.folder / f'{self.number:02d}-{name}-{self.suffix}.png')

    def press(self, label, role='push button'):
        self.program.wait(role, self.word(label)).click()

    def cancel_word(self):
        """GTK's own, in its dialogs."""
        return {'uk': 'Скасувати', 'en': 'Cancel'}[self.program.language]

    def open_pane(self, number, role, **what):
        self.desktop.key('Escape', f'alt+{number}')
        self.program.wait(role, **what)

    def fill_sign_in(self, user, password):
        self.program.wait('text', self.word('_User name')).fill(user)
        self.program.wait('password text', self.word('_Password')).fill(password)
        self.press('_Sign In')

    # --- The pages, in the order of the job ---

    def first_address(self):
        known, self.program.arguments = self.program.arguments, []
        self.program.start()
        self.program.arguments = known
        self.program.wait('text', self.word('Portal _address'))

    def sign_in_page(self):
        self.program.stop()
        self.program.start()
        self.program.wait('push button', self.word('_Sign In'))

    def wrong_password(self):
        self.fill_sign_in(USER, 'неправильний')
        self.program.wait('alert', contains=self.word('Wrong User Name or Password'))

    def first_day(self):
        self.fill_sign_in(NEW_USER, PASSWORD)
        self.program.wait('heading', contains=NEW_NAME)

    def no_items(self):
        self.open_pane(4, 'push button', name=self.word('_New Request'))

    def menu(self):
        self.desktop.key('alt+1', 'F10')
        self.program.wait('menu item', self.word('_About Help Desk'))

    def account(self):
        self.desktop.key('Escape')
        self.program.wait('push button', contains=self.word('Account: %s').replace('%s', '').strip()).click()
        self.program.wait('push button', self.word('Sign _Out'))

    def home(self):
        self.press('Sign _Out')
        self.fill_sign_in(USER, PASSWORD)
        self.program.wait('list item', contains='Оновлення програми')

    def search(self):
        self.desktop.key('ctrl+k')
        self.program.wait('entry').fill('пошта')
        self.program.wait('list', self.word('Search results'))

    def search_meant(self):
        self.program.wait('entry').fill('принтпр')
        self.program.wait('push button', contains='принтер')

    def search_nothing(self):
        self.program.wait('entry').fill('абракадабра')
        self.program.wait(contains='абракадабра', role='status bar')

    def knowledge(self):
        self.program.wait('entry').fill('')
        self.open_pane(2, 'list item')

    def knowledge_search(self):
        self.program.wait('entry').fill('принтер')
        self.program.wait(contains='Як додати мережевий принтер')

    def knowledge_nothing(self):
        self.program.wait('entry').fill('абракадабра')
        self.program.wait(contains='абракадабра', role=('label', 'status bar'))

    def article(self):
        self.desktop.key('ctrl+k')
        self.program.wait('entry').fill('мережевий принтер')
        self.program.wait('list item', contains='принтер')
        self.desktop.key('Return', 'Return')
        self.program.wait('push button', self.word('Print'))
        self.program.wait_painted()

    def contents(self):
        # An article that is only just there takes the focus, and the popover with it.
        if not self.is_wide:
            wait_until(lambda: any(node.has_state('focused') for node in self.program.find_all('filler')),
                       'the article has the focus')
        self.press('Contents')
        self.program.wait(contains='Дізнайтеся ім’я принтера')

    def printing(self):
        self.desktop.key('Escape')
        self.program.wait_gone(contains='Дізнайтеся ім’я принтера')
        self.press('Print')
        self.program.wait('push button', self.cancel_word())

    def announcement(self):
        self.program.wait('push button', self.cancel_word()).click()
        self.program.wait_gone('push button', self.cancel_word())
        self.open_pane(1, 'entry')
        self.program.wait('entry').fill('')
        self.program.wait('list item', contains='Планові роботи').point()
        self.program.wait(contains='Планові роботи', role=('label', 'heading'))
        self.program.wait_painted()

    def catalog(self):
        self.open_pane(3, ('table cell', 'list item'))

    def catalog_nothing(self):
        self.program.wait('entry').fill('абракадабра')
        self.program.wait_gone(('table cell', 'list item'), 'Оновлення програми')

    def catalog_words(self):
        self.press('Report an _Incident')
        self.program.wait(contains='абракадабра', role=('label', 'status bar'))

    def form(self):
        self.program.wait('entry').fill('Оновлення програми')
        self.program.wait(('table cell', 'list item'), 'Оновлення програми').point()
        self.program.wait('push button', self.word('_Review & Submit'))

    def form_errors(self):
        self.press('_Review & Submit')
        self.program.wait(contains=self.word('This must be filled in.'))

    def options(self):
        self.program.wait('push button', contains='Програма:').click()
        self.program.wait('list item', contains='LibreOffice')

    def form_filled(self):
        self.program.wait('list item', contains='LibreOffice').point()
        self.program.wait('push button', contains='Програма: LibreOffice')
        for label, text in (('Теперішня версія', '7.4'), ('Інвентарний номер', '1014-000327'),
                            ('Чого бракує', 'Документи нового зразка відкриваються з помилками.')):
            self.program.wait('text', contains=label).fill(text)

    def review(self):
        self.press('_Review & Submit')
        self.program.wait('push button', self.word('_Submit'))

    def refused(self):
        self.portal.desk('import-catalog', write_stricter_catalog(self.desktop.folder / 'catalog.json'))
        self.press('_Submit')
        self.program.wait(contains='Три числа через крапку')

    def receipt(self):
        self.program.wait('text', contains='Теперішня версія').fill('7.4.1')
        self.press('_Review & Submit')
        self.press('_Submit')
        self.program.wait(role='push button', contains=self.word('Copy the Number'))
        self.filed = wait_until(lambda: next((node.text for node in self.program.find_all('label')
                                              if re.fullmatch(r'\d{5}', node.text)), None), 'the receipt names a number')

    def items(self):
        self.portal.desk('import-catalog', DEMO / 'catalog.json')
        # What was filed last stands first; the list makes no rows that are not on screen.
        self.open_pane(4, None, contains=self.filed)

    def items_nothing(self):
        self.program.wait('entry').fill('абракадабра')
        wait_until(lambda: self.program.find(contains=self.filed) is None, 'the list becomes empty')

    def item(self):
        self.program.wait('entry').fill('')
        self.open_pane(1, 'list item', contains='Оновлення програми')
        self.program.wait('list item', contains='Оновлення програми').point()
        self.program.wait(contains='Яка у вас версія')

    def open_form(self):
        """Of the pane the first page, whatever was there."""
        self.desktop.key('Escape', 'alt+3', 'alt+3')
        self.program.wait('entry').fill('Оновлення програми')
        # While pages change places nothing can be clicked.
        self.program.wait_gone(('table cell', 'list item'), 'Скидання пароля')
        self.program.wait(('table cell', 'list item'), 'Оновлення програми').point()
        self.program.wait('push button', self.word('_Review & Submit'))

    def begin_draft(self, version):
        self.open_form()
        self.program.wait('text', contains='Теперішня версія').fill(version)
        self.program.wait(contains=self.word('Draft saved %s').partition('%s')[0].strip(), role=('label', 'status bar'))

    def form_again(self):
        self.begin_draft('7.3')
        self.begin_draft('7.4')
        self.open_form()
        self.program.wait('list', self.word('Go On with What You Have Begun'))

    def catalog_drafts(self):
        self.desktop.key('alt+3', 'alt+3')
        self.program.wait('entry').fill('')
        self.program.wait('list', self.word('Drafts'))

    def home_drafts(self):
        self.open_pane(1, 'list', name=self.word('Drafts'))

    def draft_deleted(self):
        self.press('Delete the Draft')
        self.program.wait('push button', self.word('_Undo'))

    def form_changed(self):
        self.press('_Undo')
        self.portal.desk('import-catalog', write_changed_catalog(self.desktop.folder / 'changed.json'))
        self.desktop.key('F5')
        self.program.wait(contains=self.word('Everything is up to date'))
        # It may stand where the draft is.
        self.program.wait_gone(contains=self.word('Everything is up to date'))
        drafts = self.program.wait('list', self.word('Drafts'))
        self.program.wait('list item', contains='Оновлення програми', within=drafts).click()
        self.program.wait(contains=self.word('The help desk has changed this form since the draft was begun. '
                                             'Look through your answers.'))

    def session_ended(self):
        self.portal.desk('import-catalog', DEMO / 'catalog.json')
        self.open_pane(1, 'list item', contains='Оновлення програми')

        self.portal.desk('set-password', USER, text=PASSWORD)
        self.desktop.key('F5')
        self.program.wait(contains=self.word('Your session has ended. What is on screen stays; sign in again to go on.'))

    def sign_in_again(self):
        self.press('_Sign In')
        self.program.wait('password text', self.word('_Password'))

    def preferences(self):
        self.program.wait('password text', self.word('_Password')).fill(PASSWORD)
        self.desktop.key('Return')
        self.program.wait_gone('password text', self.word('_Password'))
        self.desktop.key('ctrl+comma')
        self.program.wait('frame', self.word('Preferences'))

    def preferences_offline(self):
        self.program.wait('label', self.word('Conversations of _Closed Requests')).scroll_to()

    def preferences_search(self):
        self.program.wait('label', self.word('Remembering the Password')).scroll_to()

    def shortcuts(self):
        self.desktop.key('Escape')
        self.program.wait_gone('frame', self.word('Preferences'))
        self.desktop.key('ctrl+F1')
        self.program.wait('frame', self.word('Keyboard Shortcuts'))

    def about(self):
        self.desktop.key('Escape')
        self.program.wait_gone('frame', self.word('Keyboard Shortcuts'))
        self.desktop.key('F10')
        self.program.wait('menu item', self.word('_About Help Desk')).click()
        self.program.wait(('label', 'push button'), '0.1.0')

    def open_pack(self, path, **what):
        self.desktop.key('Escape')
        self.program.wait_gone(DIALOG, self.word('Knowledge Pack'))
        self.program.open(path)
        self.program.wait(within=self.program.wait(DIALOG, self.word('Knowledge Pack')), **what)

    def pack(self):
        self.desktop.key('Escape')
        self.program.wait_gone(('label', 'push button'), '0.1.0')
        self.open_pack(self.packs.good, role='push button', name=self.word('_Import'))

    def pack_expired(self):
        self.open_pack(self.packs.expired, contains=self.word('The Knowledge Pack Has Expired'))

    def pack_strange(self):
        self.open_pack(self.packs.strange, contains=self.word('Nobody Here Trusts Who Signed This Knowledge Pack'))

    def pack_broken(self):
        self.open_pack(self.packs.broken, contains=self.word('The Knowledge Pack Is Damaged'))

    def outage(self):
        self.desktop.key('Escape')
        self.program.wait_gone(DIALOG, self.word('Knowledge Pack'))
        self.open_pane(1, 'list item')
        self.portal.desk('outage', 'on', '--message', 'Портал працює повільно, фахівці вже шукають причину')
        self.desktop.key('F5')
        self.program.wait('label', contains='Портал працює повільно')

    def outage_form(self):
        self.open_form()
        self.program.wait('text', contains='Чого бракує').fill('Документи відкриваються з помилками.')
        found = self.program.wait('list', self.word('May Already Help'))
        self.program.wait('list item', within=found).scroll_to()

    def outage_offline(self):
        self.open_pane(1, 'list item')
        self.portal.stop()
        self.desktop.key('F5')
        self.program.wait('push button', self.word('_Try Again'))

    def offline(self):
        self.portal.desk('outage', 'off')
        self.portal.start()
        self.press('_Try Again')
        self.program.wait_gone('push button', self.word('_Try Again'))
        self.portal.stop()
        self.desktop.key('F5')
        self.program.wait('push button', self.word('_Try Again'))

    def offline_item(self):
        self.desktop.key('ctrl+k')
        self.program.wait('entry').fill('10317')
        self.program.wait('list', self.word('Search results'))
        self.program.wait('list item')
        self.desktop.key('Return', 'Return')
        self.program.wait(contains='Яка у вас версія')

    def queued(self):
        self.desktop.key('alt+3', 'alt+3')
        self.program.wait('entry').fill('Оновлення програми')
        self.open_offering('Оновлення програми')
        self.options()
        self.form_filled()
        self.press('_Review & Submit')
        self.press('_Submit')
        self.program.wait(contains=self.word('Queued'))

    def open_offering(self, name):
        """A draft of that name makes way for what is found: what was pointed at may be gone by then."""
        self.program.wait(('table cell', 'list item'), name).point()
        try:
            self.program.wait('push button', self.word('_Review & Submit'), timeout=10)
        except Failure:
            self.program.wait(('table cell', 'list item'), name).point()
            self.program.wait('push button', self.word('_Review & Submit'))

    def outbox(self):
        self.desktop.key('alt+4', 'alt+4')
        self.program.wait('entry')

    def outbox_entry(self):
        outbox = self.program.wait('list', self.word('Outbox'))
        self.program.wait('list item', contains='Оновлення програми', within=outbox).point()
        self.program.wait('push button', self.word('_Edit'))

    def sign_out_question(self):
        self.account()
        self.press('Sign _Out')
        self.program.wait(contains=self.word('Sign Out and Lose What Is Not Sent?'))

    def signed_out(self):
        self.portal.start()
        self.press('Sign _Out')
        self.program.wait('push button', self.word('_Read the Saved Knowledge Base'))

    def reading(self):
        self.press('_Read the Saved Knowledge Base')
        self.program.wait('list item')

    def walk(self):
        for name in JOB:
            self.step(name.replace('_', '-'), getattr(self, name))


JOB = ('first_address sign_in_page wrong_password first_day no_items menu account home search search_meant search_nothing '
       'knowledge knowledge_search knowledge_nothing article contents printing announcement catalog catalog_nothing '
       'catalog_words form form_errors options form_filled review refused receipt items items_nothing item form_again '
       'catalog_drafts home_drafts draft_deleted form_changed session_ended sign_in_again preferences preferences_offline '
       'preferences_search shortcuts about pack pack_expired pack_strange pack_broken outage outage_form outage_offline offline '
       'offline_item queued outbox outbox_entry sign_out_question signed_out reading').split()


def apart(work):
    """Does it in a process of its own: the library that reads the screen breaks now and then where a program has gone."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = work()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def take(desktop, portal, packs, arguments, combination, name):
    """All pictures of one language, look and width; returns whether any failed."""
    language, look, width = combination
    program = Program(desktop, arguments.build, portal, language, (width, HEIGHTS[width]),
                      env={**LOOKS[look], 'HELPDESK_POLICY': str(packs.policy)}, name=name)
    program.write_gtk_settings(enable_animations=0, cursor_blink=0, font_name=arguments.font, decoration_layout=BUTTONS)
    text_scale = 2 if look == 'large' else 1
    desktop.scale_text(text_scale)
    tour = Tour(program, portal, packs, arguments.output, f'{language}-{look}-{width}', text_scale)
    portal.start()
    try:
        tour.walk()
    except Failure as failure:
        tour.failures.append(f'{tour.suffix}: {failure}')
    finally:
        program.kill()
        portal.stop()
    failures = tour.failures + [f'{tour.suffix}: {line}' for line in program.warnings()]
    for failure in failures:
        print(f'FAILED {failure}', file=sys.stderr)
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, default=SOURCE_ROOT / 'build')
    parser.add_argument('--output', type=pathlib.Path, default=SOURCE_ROOT / 'build/tour')
    parser.add_argument('--language', action='append')
    parser.add_argument('--look', action='append')
    parser.add_argument('--width', action='append', type=int)
    parser.add_argument('--font', default=FONT)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    failed = []

    with Desktop(size=(1600, 1000), compositor=True) as desktop, \
            PracticePortal(arguments.build, catalog=DEMO / 'catalog.json', articles=DEMO / 'articles',
                           announcements=DEMO / 'announcements.json', user=USER, password=PASSWORD) as portal:
        portal.add_user(NEW_USER, PASSWORD, NEW_NAME)
        fill_portal(portal)
        packs = Packs(arguments.build, desktop.folder / 'packs', portal, USER, PASSWORD)
        # Each process starts its own: it could not wait for the end of another one's.
        portal.stop()
        for i, combination in enumerate(choose(arguments)):
            if apart(lambda: take(desktop, portal, packs, arguments, combination, f'{i}')) != 0:
                failed.append(combination)
            suffix = '-'.join(map(str, combination))
            print(f'{suffix}: {len(list(arguments.output.glob(f"*-{suffix}.png")))} pictures', flush=True)

    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
