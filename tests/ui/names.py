#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the pages and asks of everything that can have the focus whether a screen reader can name it.

    names.py --build build

Prints TAP.  What has no name of its own GTK 4.8 calls by its class: “GtkListItemWidget”.
"""

import argparse
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

from driver import Desktop, Failure, Program, SOURCE_ROOT, wait_until  # noqa: E402
from portal_client import PortalClient  # noqa: E402
from practice_portal import PracticePortal  # noqa: E402

DEMO = SOURCE_ROOT / 'data/demo'
USER, PASSWORD = 'support', 'practice'
OFFERING = 'Скидання пароля'
CLASS_NAME = re.compile(r'(Gtk|Gdk|Adw|Hd|WebKit)[A-Z]\w+$')
# Whatever scrolls counts as focusable, though the keyboard never stops there.
SCROLLS = 'scroll pane'


def is_of_gtk(node, parents):
    """What the libraries make by themselves and let nobody name.

    What is in a combo box, the head and the body of columns, and the lists in a row that expands.
    """
    roles = [parent.role for parent in parents]
    return 'combo box' in roles or roles[-1:] == ['tree table'] or (node.role == 'list' and 'list item' in roles)


def is_named(node):
    name = node.name.strip()
    if name and not CLASS_NAME.match(name):
        return True
    is_entry = node.role in ('text', 'entry', 'password text')
    return not is_entry and node.accessible.get_text_iface() is not None and node.text.strip() != ''


def nameless(node, parents=()):
    """Everything below that can have the focus and has no name."""
    errors = node.program.errors
    try:
        if node.role != SCROLLS and node.has_state('focusable') and node.is_shown() and not is_named(node) \
                and not is_of_gtk(node, parents):
            yield f'{node.role} in {" > ".join(parent.name or parent.role for parent in parents[-3:])}'
        children = [child for child in node.children() if child.has_state('visible')]
    except errors:
        return
    for child in children:
        yield from nameless(child, (*parents, node))


class Walk:
    def __init__(self, program, portal):
        self.program, self.portal = program, portal
        self.desktop, self.word = program.desktop, program.word
        self.is_narrow = program.size[0] < 600

    def check(self):
        # Rows are made when they are drawn: what is nameless for a moment only is no fault.
        found = []

        def all_named():
            found[:] = sorted(set(nameless(self.program.root())))
            return not found

        try:
            wait_until(all_named, 'everything has a name', timeout=5)
        except Failure:
            raise Failure('without a name:\n' + '\n'.join(found)) from None

    def sign_in(self):
        program = self.program
        program.wait('push button', self.word('_Sign In'))
        self.check()
        program.wait('text', self.word('_User name')).fill(USER)
        program.wait('password text', self.word('_Password')).fill(PASSWORD)
        program.wait('push button', self.word('_Sign In')).click()

    def home(self):
        self.program.wait('push button', self.word('Report an _Incident'))
        self.program.wait(contains='10316')
        self.check()

    def my_items(self):
        self.desktop.key('alt+4')
        self.program.wait(('table row', 'list item'), contains='10316, ')
        self.check()

    def an_item(self):
        self.program.wait(('table row', 'list item'), contains='10316, ').point()
        self.program.wait('text')
        self.check()

    def knowledge_base(self):
        self.desktop.key('alt+2')
        self.program.wait('list item', self.word('News and Announcements'))
        self.check()

    def nothing_found(self):
        self.desktop.key('ctrl+f')
        self.program.wait('entry').fill('абракадабра')
        self.program.wait('status bar', contains='абракадабра')
        self.check()

    def search(self):
        self.desktop.key('ctrl+f')
        self.program.wait('entry').fill('принтер')
        self.program.wait('list item', contains='принтер')
        self.check()

    def an_article(self):
        self.desktop.key('Down', 'Down', 'Return')
        self.program.wait('push button', self.word('Print'))
        self.check()

    def an_offering_for_an_article(self):
        self.program.wait('push button', self.word('Create a Request About This')).click()
        self.program.wait('list', self.word('Service Offerings'))
        self.check()
        # The entry in the popover must not keep Escape to itself.
        self.desktop.key('Escape')
        self.program.wait_gone('list', self.word('Service Offerings'))

    def service_catalog(self):
        self.desktop.key('alt+3')
        self.program.wait(('table cell', 'list item'), self.word('Most Used') if self.is_narrow else OFFERING)
        self.check()

    def a_form(self):
        self.desktop.key('ctrl+f')
        self.program.wait('entry').fill(OFFERING)
        self.program.wait(('table cell', 'list item'), contains=OFFERING).point()
        self.program.wait('push button', self.word('_Review & Submit'))
        self.check()

    STEPS = (sign_in, home, my_items, an_item, knowledge_base, nothing_found, search, an_article, an_offering_for_an_article,
             service_catalog, a_form)


def answer_for(field):
    """One that will do, where that can be told from the field."""
    if field.get('options'):
        value = field['options'][0]['value']
        return [value] if field['type'] == 'multichoice' else value
    return {'boolean': 'true', 'person': USER}.get(field['type'], 'Довгий опис того, що сталося')


def file_request(portal):
    client = PortalClient(portal.url, portal.ca_file)
    client.sign_in(USER, PASSWORD)
    for offering in client.get('catalog').json()['offerings']:
        fields = client.get(f'offerings/{offering["id"]}/form').json()['fields']
        required = [field for field in fields if field.get('required') and not field.get('visible_when')]
        if client.submit(offering['id'], {field['id']: answer_for(field) for field in required}).status == 201:
            return
    raise Failure('no request could be filed')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, default=SOURCE_ROOT / 'build')
    parser.add_argument('--width', type=int, default=1300)
    arguments = parser.parse_args()
    size = (arguments.width, 900)
    is_well = True

    print(f'TAP version 13\n1..{len(Walk.STEPS)}', flush=True)
    with Desktop(size=size) as desktop, \
            PracticePortal(arguments.build, catalog=DEMO / 'catalog.json', articles=DEMO / 'articles',
                           announcements=DEMO / 'announcements.json', user=USER, password=PASSWORD) as portal:
        file_request(portal)
        program = Program(desktop, arguments.build, portal, 'uk', size=size)
        program.write_gtk_settings(enable_animations=0, cursor_blink=0)
        walk = Walk(program, portal)
        program.start()
        try:
            for number, step in enumerate(Walk.STEPS, 1):
                name = step.__name__.replace('_', '-')
                try:
                    step(walk)
                    print(f'ok {number} {name}', flush=True)
                except Exception as error:  # whatever it is, the test has failed and the rest is to be told
                    is_well = False
                    print('\n'.join(f'# {line}' for line in str(error).splitlines()))
                    print(f'not ok {number} {name}', flush=True)
        finally:
            program.kill()

    return 0 if is_well else 1


if __name__ == '__main__':
    sys.exit(main())
