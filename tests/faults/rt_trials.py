# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be sent to Request Tracker, and what of it is there: told by its database, behind everything."""

import base64
import quopri
import sqlite3
import uuid

from rt_server import PASSWORDS, RtServer
from trials import new_entry

# Somebody who has no tickets yet.
USER = 'iryna'
PICTURE = b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 200
DECODERS = {'base64': base64.b64decode, 'quoted-printable': quopri.decodestring}
# One queue keeps the client's key, the other has no field for it.
WITH_KEY, WITHOUT_KEY = 'Запити на обслуговування', 'Скидання пароля'


class RtTruth:
    """A real Request Tracker."""

    kind, user, password, picture = 'rt', USER, PASSWORDS[USER], PICTURE

    def __init__(self):
        self.rt = RtServer()

    def __enter__(self):
        self.rt.start()
        self.url, self.ca_file = self.rt.url + '/', self.rt.ca_file
        self.certificate, self.key = self.rt.home / 'tls/server.crt', self.rt.home / 'tls/server.key'
        self.database = sqlite3.connect(f'file:{self.rt.home}/rt.sqlite?mode=ro', uri=True, timeout=60, check_same_thread=False)
        return self

    def __exit__(self, *_):
        self.database.close()
        self.rt.close()

    def rows(self, sql, *values):
        return self.database.execute(sql, values).fetchall()

    def queue(self, name):
        return str(self.rows('SELECT id FROM Queues WHERE Name = ?', name)[0][0])

    def count_said(self, ticket, text):
        """How often the person said it in the conversation."""
        found = self.rows("SELECT a.Content, a.ContentEncoding FROM Transactions t JOIN Attachments a ON a.TransactionId = t.id"
                          " WHERE t.ObjectType = 'RT::Ticket' AND t.ObjectId = ? AND t.Type IN ('Create', 'Correspond')"
                          " AND a.ContentType = 'text/plain' AND coalesce(a.Filename, '') = ''", ticket)
        return sum(text in self.decode(*one).decode(errors='replace') for one in found)

    def count_files(self, ticket):
        found = self.rows("SELECT a.Content, a.ContentEncoding FROM Transactions t JOIN Attachments a ON a.TransactionId = t.id"
                          " WHERE t.ObjectType = 'RT::Ticket' AND t.ObjectId = ? AND a.Filename IS NOT NULL AND a.Filename != ''",
                          ticket)
        return sum(self.decode(*one) == PICTURE for one in found)

    @staticmethod
    def decode(content, encoding):
        content = content.encode() if isinstance(content, str) else content or b''
        return DECODERS.get(encoding, bytes)(content)

    def count_changes(self, ticket, status):
        return self.rows("SELECT count(*) FROM Transactions WHERE ObjectType = 'RT::Ticket' AND ObjectId = ?"
                         " AND Type = 'Status' AND NewValue = ?", ticket, status)[0][0]


class Thing:
    method, with_file, queue, nth = 'POST', False, WITH_KEY, 1

    def __init__(self, server, picture):
        self.server = server
        self.marker = f'випробування {uuid.uuid4().hex}'
        self.files = {'files': {'attachments': str(picture)}} if self.with_file else {}
        self.prepare()

    def prepare(self):
        self.ticket = self.server.rt.create_ticket(self.queue, 'Для випробування', requestor=USER)

    def number(self):
        return self.ticket

    def more(self):
        return {'request_id': str(self.ticket)}


class Submit(Thing):
    path = r'/REST/2\.0/ticket$'

    @property
    def offering(self):
        return self.server.queue(self.queue)

    def prepare(self):
        self.answers = {'subject': self.marker, 'text': f'Опис: {self.marker}'}
        self.entry = new_entry('submit', {
            'offering_id': self.offering, 'offering_name': self.queue,
            'answers': [{'field_id': field, 'values': [value]} for field, value in self.answers.items()]}, **self.files)

    def find(self):
        return [row[0] for row in self.server.rows(
            "SELECT id FROM Tickets WHERE Subject = ? AND Status != 'cancelled' ORDER BY id", self.marker)]

    def find_copies(self):
        """What was cancelled, and how often it is said why."""
        rows = self.server.rows("SELECT id FROM Tickets WHERE Subject = ? AND Status = 'cancelled'", self.marker)
        return [self.server.count_said(row[0], f'delivered request {self.number()} twice') for row in rows]

    def count(self):
        found = self.find()
        if self.with_file and found and self.server.count_files(found[0]) != 1:
            return 0
        return len(found)

    def number(self):
        return self.find()[0]


class SubmitWithFile(Submit):
    with_file = True


class SubmitWithoutKey(Submit):
    queue = WITHOUT_KEY


class SubmitFileWithoutKey(SubmitWithoutKey):
    with_file = True


class Reply(Thing):
    path = r'/correspond$'

    def prepare(self):
        super().prepare()
        self.entry = new_entry('reply', {**self.more(), 'text': f'Рядок\n  {self.marker}  '}, **self.more(), **self.files)

    def count(self):
        said = self.server.count_said(self.ticket, self.marker)
        return 0 if said and self.with_file and self.server.count_files(self.ticket) != 1 else said


class ReplyWithFile(Reply):
    with_file = True


class Act(Thing):
    """Done when the status is changed once, and what was said of it is said once."""

    method, path = 'PUT', r'/ticket/\d+$'
    action = status = before = None
    comment = True

    def prepare(self):
        super().prepare()
        for status in self.before:
            self.server.rt.set_status(self.ticket, status)
        self.n_before = self.server.count_changes(self.ticket, self.status)
        self.entry = new_entry(self.action, **self.more(), **({'comment': self.marker} if self.comment else {}))

    def count(self):
        done = self.server.count_changes(self.ticket, self.status) - self.n_before
        said = self.server.count_said(self.ticket, self.marker) if self.comment else done
        return max(done, said) if done and said else 0


class Cancel(Act):
    action, status, before = 'cancel', 'cancelled', ['open']


class CancelWord(Cancel):
    """The same, where it is the words on their way that something befalls."""

    method, path = 'POST', r'/correspond$'


class Reopen(Act):
    """By the word alone: whatever is said reopens what is resolved."""

    method, path = 'POST', r'/correspond$'
    action, status, before = 'reopen', 'open', ['open', 'resolved']


class Confirm(Act):
    action, status, before, comment = 'confirm', 'closed', ['open', 'resolved'], False


THINGS = [Submit, SubmitWithFile, SubmitWithoutKey, Reply, ReplyWithFile, Cancel, CancelWord, Reopen, Confirm]
