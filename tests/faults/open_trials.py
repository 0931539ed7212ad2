# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be sent to the practice portal, and what of it is there."""

import hashlib
import os
import sqlite3
import uuid

from portal_client import PortalClient
from practice_portal import PASSWORD, USER, PracticePortal
from trials import new_entry

PICTURE = b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 300
ARTICLE = 'printer'


class OpenServer:
    """The practice portal, and a look at what it holds that needs no call."""

    kind, user, password, picture = 'open', USER, PASSWORD, PICTURE

    def __init__(self):
        self.portal = PracticePortal(options=['--rate-limit', '0'])

    def __enter__(self):
        self.portal.start()
        self.url, self.ca_file = self.portal.url, self.portal.ca_file
        tls = self.portal.data_dir / 'tls'
        self.certificate, self.key = tls / 'server.pem', tls / 'server-key.pem'
        self.client = PortalClient(self.url, self.ca_file)
        self.client.sign_in(USER, PASSWORD)
        self.open_database()
        return self

    def open_database(self):
        self.database = sqlite3.connect(f'file:{self.portal.data_dir}/portal.db?mode=ro', uri=True, check_same_thread=False)

    def __exit__(self, *_):
        self.database.close()
        self.portal.close()

    def count(self, sql, *values):
        return self.database.execute(f'SELECT count(*) FROM {sql}', values).fetchone()[0]

    def has_file(self, request_id, content):
        return self.count('attachments WHERE request_id = ? AND sha256 = ?', request_id, hashlib.sha256(content).hexdigest())


class Thing:
    """Something that goes through the outbox, and how to find it at the server.  Made anew for each trial."""

    method, with_file, content = 'POST', False, PICTURE
    nth = 1     # such request is the one that fails

    def __init__(self, server, picture):
        self.server = server
        self.marker = f'випробування {uuid.uuid4().hex}'
        self.files = {'files': {self.file_field: str(picture)}} if self.with_file else {}
        self.prepare()

    def prepare(self):
        answer = self.server.client.submit('printer', {'description': 'Для випробування'})
        self.request = answer.json()

    def count_messages(self):
        return self.server.count('messages WHERE request_id = ? AND mine AND text = ?', self.request['id'], self.marker)


class Submit(Thing):
    path, file_field, offering = r'/requests$', 'photo', 'printer'

    def prepare(self):
        self.answers = {'description': self.marker}
        self.entry = new_entry('submit', {
            'offering_id': self.offering, 'offering_name': 'Не працює принтер',
            'answers': [{'field_id': field, 'values': [value]} for field, value in self.answers.items()]}, **self.files)

    def find(self):
        return [row[0] for row in self.server.database.execute(
            'SELECT id FROM requests WHERE answers LIKE ?', (f'%{self.marker}%',))]

    def count(self):
        found = self.find()
        if self.with_file and found and self.server.has_file(found[0], self.content) != 1:
            return 0
        return len(found)

    def number(self):
        return self.server.database.execute('SELECT number FROM requests WHERE id = ?', (self.find()[0],)).fetchone()[0]


class SubmitWithFile(Submit):
    with_file = True


class SubmitWithLargeFile(SubmitWithFile):
    """It goes up by itself, piece by piece, before what it belongs to; each time another one."""

    method, path, nth = 'PATCH', r'/uploads/\w+$', 3

    def __init__(self, server, picture):
        # As much as the portal of the tests takes, and no less than goes up by itself.
        self.content = PICTURE + os.urandom(1024 * 1024 - len(PICTURE))
        large = picture.with_name('великий знімок.png')
        large.write_bytes(self.content)
        super().__init__(server, large)


class Reply(Thing):
    path, file_field = r'/messages$', 'file'

    def prepare(self):
        super().prepare()
        self.entry = new_entry('reply', {'request_id': self.request['id'], 'text': self.marker},
                               request_id=self.request['id'], **self.files)

    def count(self):
        if self.with_file and self.count_messages() and self.server.has_file(self.request['id'], self.content) != 1:
            return 0
        return self.count_messages()

    def number(self):
        return self.request['number']


class ReplyWithFile(Reply):
    with_file = True


class Act(Thing):
    """Done once when the request's history tells it once, with the words once."""

    action = history = before = None

    def prepare(self):
        super().prepare()
        if self.before:
            self.server.portal.desk('status', self.request['number'], self.before)
        self.entry = new_entry(self.action, request_id=self.request['id'], comment=self.marker, **self.more())

    def more(self):
        return {}

    @property
    def path(self):
        return f'/{self.action}$'

    def count(self):
        done = self.server.count('history WHERE request_id = ? AND status = ?', self.request['id'], self.history)
        said = self.count_messages()
        return max(done, said) if done and said else 0

    def number(self):
        return self.request['number']


class Cancel(Act):
    action, history = 'cancel', 'cancelled'


class Reopen(Act):
    action, history, before = 'reopen', 'in-progress', 'closed'


class Confirm(Act):
    action, history, before = 'confirm', 'closed', 'in-progress'


class Rate(Act):
    action, path, before = 'rate', r'/rating$', 'closed'

    def more(self):
        return {'stars': 4}

    def count(self):
        return self.server.count('requests WHERE id = ? AND rating = 4 AND rating_comment = ?', self.request['id'], self.marker)


class Feedback(Thing):
    path = r'/feedback$'

    def prepare(self):
        self.entry = new_entry('feedback', article_id=ARTICLE, helpful=True, comment=self.marker)

    def count(self):
        return self.server.count('article_feedback WHERE comment = ?', self.marker)

    def number(self):
        return None


THINGS = [Submit, SubmitWithFile, Reply, ReplyWithFile, Cancel, Reopen, Confirm, Rate, Feedback]
