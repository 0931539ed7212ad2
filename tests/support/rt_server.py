# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Request Tracker 5 for tests, with the content of tests/portal/rt/seed.pl.

    with RtServer() as server:
        print(server.url, server.ca_file)
        ticket = server.create_ticket('Інциденти', 'Не друкує', requestor='support')
        server.reply(ticket, 'Вже дивимося')

What the desk does is done as `agent`, what is looked at is looked at as `support`.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.parse

from portal_client import HttpsClient, encode_multipart

SCRIPT = pathlib.Path(__file__).resolve().parent.parent / 'portal/rt/rt-server.sh'
PASSWORDS = {
    'support': 'Support-1',
    'olena': 'Olena-12',
    'agent': 'Agent-12',
    'root': 'rt-Root-1',
    'iryna': 'Пароль-ї1',
    'петро': 'Petro-12',
    'former': 'Former-12',  # not let in any more
}
# The first start of all makes the database.
START_TIMEOUT = 600


def encode_message(described, files):
    """A body of REST 2 with files: (name, content type, bytes).  JSON cannot hold names that are not ASCII."""
    parts = [('JSON', 'application/json', json.dumps(described).encode())]
    return encode_multipart(parts + [('Attachments', media, data, name) for name, media, data in files])


class RtClient(HttpsClient):
    """One person at the server, by Basic authorization; after sign_in() by a cookie."""

    def __init__(self, url, ca_file, user=None, password=None):
        super().__init__(url, ca_file)
        self.user = user
        self.password = PASSWORDS.get(user) if password is None else password
        self.cookie = None

    def call(self, method, path, body=None, headers=None, query=None, files=()):
        """One call; path is what follows the server's address."""
        all_headers = {}
        if self.cookie:
            all_headers['Cookie'] = self.cookie
        elif self.user:
            words = base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()
            all_headers['Authorization'] = f'Basic {words}'
        if files:
            all_headers['Content-Type'], body = encode_message(body, files)
        elif isinstance(body, (dict, list)):
            all_headers['Content-Type'], body = 'application/json', json.dumps(body).encode()
        if query:
            path += '?' + urllib.parse.urlencode(query)
        return self.send(method, path, body, {**all_headers, **(headers or {})})

    def rest(self, method, path, *args, **kwargs):
        return self.call(method, '/REST/2.0/' + path, *args, **kwargs)

    def get(self, path, **query):
        """What the answer to a GET of REST 2 says."""
        return self.said('GET', path, query=query)

    def said(self, method, path, *args, **kwargs):
        """What an answer of REST 2 says that has to be a good one."""
        answer = self.rest(method, path, *args, **kwargs)
        if answer.status not in (200, 201):
            raise RuntimeError(f'{method} {path}: {answer!r}')
        return answer.json()

    def sign_in(self):
        """Signs in as a browser does; whether it was good the server does not say, only a call after it."""
        form = urllib.parse.urlencode({'user': self.user, 'pass': self.password})
        answer = self.send('POST', '/', form, {'Content-Type': 'application/x-www-form-urlencoded'})
        self.cookie = (answer.headers.get('Set-Cookie') or '').partition(';')[0]
        return answer


class RtServer:
    kind = 'rt'

    def __init__(self, home=None):
        """Chooses the folder, without starting the server."""
        self.is_temporary = home is None
        self.home = pathlib.Path(home or tempfile.mkdtemp(prefix='helpdesk-rt-'))
        self.url = None
        self.ca_file = None
        self.mark_offset = 0

    def script(self, command, *options):
        result = subprocess.run([SCRIPT, command, '--home', self.home, *options], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=START_TIMEOUT)
        if result.returncode != 0:
            raise RuntimeError(f'{command}: {result.stderr.strip()}')
        return dict(line.split('=', 1) for line in result.stdout.splitlines())

    def start(self):
        """Starts the server and waits until it answers.  After a stop it comes back at the same address."""
        ready = self.script('up', '--owner', str(os.getpid()))
        self.url, self.ca_file = ready['url'], ready['ca-file']
        self.mark()
        return self

    def stop(self):
        self.script('down')

    def close(self):
        """Stops the server and removes its data."""
        self.stop()
        if self.is_temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        try:
            return self if self.url else self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_):
        self.close()

    def client(self, user=None, password=None):
        return RtClient(self.url, self.ca_file, user, password)

    # What the desk does

    def create_ticket(self, queue, subject, text='Опис', requestor='support', files=(), **more):
        """Makes a ticket; returns its number."""
        body = {'Queue': queue, 'Subject': subject, 'Content': text, 'ContentType': 'text/plain',
                'Requestor': f'{requestor}@rt.local', **more}
        return int(self.client('agent').said('POST', 'ticket', body, files=files)['id'])

    def reply(self, ticket, text, html=False, files=()):
        """Writes to who asked; files: (name, content type, bytes)."""
        return self._write(ticket, 'correspond', text, html, files)

    def comment(self, ticket, text):
        """Writes what only the desk can read."""
        return self._write(ticket, 'comment', text)

    def _write(self, ticket, what, text, html=False, files=()):
        body = {'Content': text, 'ContentType': 'text/html' if html else 'text/plain'}
        return self.client('agent').said('POST', f'ticket/{ticket}/{what}', body, files=files)

    def set_status(self, ticket, status):
        self.update_ticket(ticket, Status=status)
        actual = self.client('agent').get(f'ticket/{ticket}')['Status']
        if actual != status:  # a refusal is a good answer, too
            raise RuntimeError(f'ticket {ticket} is {actual}, not {status}')

    def update_ticket(self, ticket, **values):
        return self.client('agent').said('PUT', f'ticket/{ticket}', values)

    def create_articles(self, n, class_name='База знань', name='Стаття № {}', body='<p>Зміст статті {}.</p>'):
        """Makes articles; returns their numbers."""
        agent = self.client('agent')
        return [int(agent.said('POST', 'article', {
            'Class': class_name, 'Name': name.format(i), 'Summary': f'Про {i}',
            'CustomFields': {'Зміст': body.format(i)}})['id']) for i in range(1, n + 1)]

    def update_article(self, article, **values):
        return self.client('agent').said('PUT', f'article/{article}', values)

    # What is there

    def get_ticket(self, ticket, user='support'):
        return self.client(user).get(f'ticket/{ticket}')

    def count_tickets(self, query, user='support'):
        return self.client(user).get('tickets', query=query)['total']

    # What was asked of the server

    def mark(self):
        """From here on requests are counted; ends at once, for nothing is under way."""
        self.client().send('GET', '/.seen')
        self.mark_offset = (self.home / 'requests.log').stat().st_size

    def requests_seen(self):
        """The requests since the mark: (method, path with query, status)."""
        self.client().send('GET', '/.seen')
        with open(self.home / 'requests.log', 'rb') as log:
            log.seek(self.mark_offset)
            lines = log.read().decode().splitlines()
        return [(method, path, int(status)) for method, path, status in (line.split(' ') for line in lines)]
