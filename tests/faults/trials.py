# SPDX-License-Identifier: GPL-3.0-or-later
"""Trials of the promise: nothing is lost, nothing is sent twice.

A trial counts what of a thing is at the server, asked behind the proxy, and looks
whether the program shows it as sent.
"""

import contextlib
import json
import os
import pathlib
import selectors
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ['HD_BUILD_ROOT'])
SENDER = BUILD / 'tests/faults/sender'
INTERPOSE = BUILD / 'tests/faults/faults-interpose.so'
# Only a failure takes it.
PATIENCE = 120


class Tally:
    """What came of the trials."""

    def __init__(self):
        self.n_trials = self.n_lost = self.n_duplicated = 0
        self.faults = []

    def add(self, name, lost=0, duplicated=0, why=''):
        self.n_trials += 1
        self.n_lost += lost > 0
        self.n_duplicated += duplicated > 0
        if lost or duplicated or why:
            self.faults.append(f'{name}: {lost} lost, {duplicated} duplicated {why}')
            print(f'# {self.faults[-1]}', file=sys.stderr, flush=True)

    def __iadd__(self, other):
        self.n_trials += other.n_trials
        self.n_lost += other.n_lost
        self.n_duplicated += other.n_duplicated
        self.faults += other.faults
        return self

    def __str__(self):
        return f'{self.n_trials} trials, {self.n_lost} lost, {self.n_duplicated} duplicated'


def count(found, wanted=1):
    """How many are lost and how many too many."""
    return {'lost': max(0, wanted - found), 'duplicated': max(0, found - wanted)}


class Home:
    """What the program keeps on disk."""

    def __init__(self, folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix='helpdesk-faults-'))
        self.data = self.folder / 'data'
        self.environment = dict(os.environ, HOME=str(self.folder), XDG_DATA_HOME=str(self.data),
                                XDG_CACHE_HOME=str(self.folder / 'cache'), DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent',
                                HELPDESK_POLICY=str(self.folder / 'policy.conf'), LC_ALL='C.UTF-8')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def copy(self):
        folder = tempfile.mkdtemp(prefix='helpdesk-faults-')
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Home(folder)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def query(self, file, sql, *values):
        """Rows of what is kept; none where nothing is yet."""
        rows = []
        for path in self.data.rglob(file):
            with contextlib.closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=PATIENCE)) as database:
                rows += database.execute(sql, values).fetchall()
        return rows

    def outbox(self):
        return [json.loads(text) for text, in self.query('drafts.db', 'SELECT json FROM outbox ORDER BY position')]

    def drafts(self):
        return [json.loads(text) for text, in self.query('drafts.db', 'SELECT json FROM drafts')]

    def numbers(self):
        """Of the requests that are shown."""
        return [number for number, in self.query('items.db', 'SELECT number FROM requests')]

    def forget_outbox(self):
        for path in self.data.rglob('drafts.db'):
            with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as database, database:
                database.execute('DELETE FROM outbox')
                database.execute('DELETE FROM draft_files')
            shutil.rmtree(path.parent / 'files', ignore_errors=True)

    def files(self):
        """What is kept of attachments."""
        return [path for path in self.data.glob('**/files/*/*') if path.is_file()]


class Sender:
    """The program without a window, that sends what it is given: see sender.c."""

    def __init__(self, kind, url, ca_file, user, password, home, preload=None, **limits):
        environment = dict(home.environment, **{f'HD_SENDER_{name.upper()}': str(value) for name, value in limits.items()})
        if preload:
            environment.update(preload)
        self.home = home
        self.process = subprocess.Popen([SENDER, kind, url, ca_file, user, password, home.data], env=environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        if error:
            self.process.kill()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def ask(self, *entries):
        """Gives it what is to be sent, if anything; returns what became of it, None if it does not come to an end."""
        self.tell(*entries)
        return self.listen()

    def sync(self):
        """Has it look what is new; returns what became of what it sends because of that."""
        self.write({'sync': True})
        return self.listen()

    def tell(self, *entries):
        self.write({'entries': entries} if entries else {})

    def write(self, what):
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps(what), file=self.process.stdin, flush=True)

    def listen(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(PATIENCE):
                return None
        line = self.process.stdout.readline()
        return json.loads(line) if line else None


def new_entry(action, draft=None, **more):
    """As the outbox keeps it."""
    entry = {'id': str(uuid.uuid4()), 'client_key': str(uuid.uuid4()), 'action': action, **more}
    if draft is not None:
        entry['draft'] = {'id': str(uuid.uuid4()), **draft}
    return entry
