# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal of each kind with the desk behind it, for tests that do the same job at any of them.

    with DESKS['rt'](build_root) as desk:
        run(*desk.portal_options, '--user', USER)

What is asked for has the same names everywhere; the rest is told by the desk.
"""

import base64
import hashlib

from portal_client import PortalClient
from practice_portal import SOURCE_ROOT, PracticePortal
from rt_server import PASSWORDS, RtServer

DEMO = SOURCE_ROOT / 'data/demo'
USER = 'support'
OFFERING, OTHER_OFFERING = 'Оновлення програми', 'Скидання пароля'
OFFERING_SUMMARY = 'Потрібна новіша версія'
PROGRAM, VERSION, INVENTORY, LACK = ('Програма', 'Теперішня версія', 'Інвентарний номер комп’ютера',
                                     'Чого бракує в теперішній версії')
ARTICLE, ARTICLE_HEADING = 'Як додати мережевий принтер', 'Дізнайтеся ім’я принтера'


class Desk:
    """What the tests need of either; a request is told as what is the same at both."""

    password = None
    login = USER           # what may be typed for the user's name
    program_value = None   # the answer that stands for gImageReader
    files_label = None     # of the field for files: in the source, if it is the client's own
    incident = None        # (one to be chosen, if there are several; the label of its subject: in the source, if it is the client's)
    more_answers = {}      # what this portal's form asks for as well: (label in the source, answer) by the field's id

    @property
    def portal_options(self):
        return ['--portal', self.url, '--kind', self.kind, '--ca-file', str(self.ca_file)]

    def numbers(self):
        """The numbers of all requests of the person."""
        raise NotImplementedError

    def ask(self, number, text):
        """Asks the person something, and waits for the answer."""
        raise NotImplementedError

    def request(self, number):
        """As the portal has it: status, attachments (SHA-256 by name), mine (the texts of the person's messages)."""
        raise NotImplementedError


class PracticeDesk(Desk, PracticePortal):
    password = 'practice'
    login = f'{USER}@customs.gov.ua'
    program_value = 'sw26'
    files_label = 'Вкладення'
    incident = ('Не працює пошта', 'Тема')

    def __init__(self, build_root):
        super().__init__(build_root, catalog=DEMO / 'catalog.json', articles=DEMO / 'articles',
                         announcements=DEMO / 'announcements.json', user=USER, password=self.password)

    def start(self):
        super().start()
        self.client = PortalClient(self.url, self.ca_file)
        self.client.sign_in(USER, self.password)
        return self

    def items(self):
        return {item['number']: item['id'] for item in self.client.get('requests').json()['items']}

    def numbers(self):
        return set(self.items())

    def ask(self, number, text):
        self.desk('reply', number, text, '--ask')

    def request(self, number):
        request = self.client.get(f'requests/{self.items()[number]}').json()
        return {'status': request['status'], 'attachments': {one['name']: one['sha256'] for one in request['attachments']},
                'mine': [one['text'] for one in request['messages'] if one['mine']]}


class RtDesk(Desk, RtServer):
    password = PASSWORDS[USER]
    program_value = 'gImageReader'
    files_label = 'Attachments'
    incident = (None, 'Subject')
    more_answers = {'subject': ('Subject', 'Newer gImageReader')}

    def __init__(self, _build_root):
        super().__init__()

    def numbers(self):
        found = self.client(USER).get('tickets', query="Requestor.id='__CurrentUser__'", per_page=100)
        return {str(item['id']) for item in found['items']}

    def ask(self, number, text):
        self.reply(number, text)
        self.set_status(number, 'pending')

    def request(self, number):
        client = self.client('agent')
        history = client.get(f'ticket/{number}/history', fields='Type,Creator', per_page=100)['items']
        wanted = [one['id'] for one in history if one['Creator']['id'] == USER and one['Type'] in ('Create', 'Correspond')]
        parts = [client.get(f'attachment/{part["id"]}') for one in wanted
                 for part in client.get(f'transaction/{one}/attachments')['items']]
        return {'status': self.get_ticket(number)['Status'],
                'attachments': {part['Filename']: hashlib.sha256(self.content(part)).hexdigest() for part in parts
                                if part.get('Filename')},
                'mine': [self.content(part).decode() for part in parts
                         if part['ContentType'] == 'text/plain' and not part.get('Filename')]}

    @staticmethod
    def content(part):
        return base64.b64decode(part.get('Content') or '')


DESKS = {desk.kind: desk for desk in (PracticeDesk, RtDesk)}
