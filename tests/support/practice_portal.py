# SPDX-License-Identifier: GPL-3.0-or-later
"""The real practice portal for tests, tours and demonstrations.

    with PracticePortal(build_root, options=['--practice']) as portal:
        portal.add_user('olena', 'secret', full_name='Олена Коваль')
        print(portal.url, portal.ca_file)

The portal runs in a process of its own, on a port that is free, with a data
folder of its own (or the one that is given).
"""

import configparser
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

SOURCE_ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FIXTURES = SOURCE_ROOT / 'tests/support/portal'
USER, PASSWORD = 'support', 'Пароль-1'
# Longer than a slow machine under sanitizers needs; only a failure takes it.
READY_TIMEOUT = 60


def _die_with_parent():
    """A test that is killed must not leave its portal behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class PracticePortal:
    kind = 'open'

    def __init__(self, build_root=None, options=(), data_dir=None, catalog=FIXTURES / 'catalog.json',
                 articles=FIXTURES / 'articles', announcements=None, user=USER, password=PASSWORD):
        """Makes the portal's data, without starting it.

        Give None for content that is not wanted, and for a user who is not.
        """
        build_root = pathlib.Path(build_root or os.environ.get('HD_BUILD_ROOT') or SOURCE_ROOT / 'build')
        self.program = build_root / 'src/portald/helpdesk-portald'
        self.options = list(options)
        self.is_temporary = data_dir is None
        self.data_dir = pathlib.Path(data_dir or tempfile.mkdtemp(prefix='helpdesk-portal-'))
        self.ready_file = self.data_dir / 'ready'
        self.process = None
        self.url = None
        self.ca_file = None
        self.desk('init')
        if catalog:
            self.desk('import-catalog', catalog)
        if articles:
            self.desk('import-articles', articles)
        if announcements:
            self.desk('import-announcements', announcements)
        if user:
            self.add_user(user, password)

    def desk(self, *words, text=None, check=True):
        """Carries out one of the desk's commands; returns what it printed."""
        result = subprocess.run([self.program, '--data-dir', self.data_dir, *map(str, words)],
                                input=text or '', text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)
        if check and result.returncode != 0:
            raise RuntimeError(f'{words[0]}: {result.stderr.strip()}')
        return result.stdout if check else result

    def add_user(self, name, password, full_name='Олена Коваль', email=None,
                 department='Відділ підтримки', phone='(044) 481-19-49'):
        options = ['--full-name', full_name, '--department', department, '--phone', phone]
        if email:
            options += ['--email', email]
        self.desk('add-user', name, *options, text=password)

    def start(self):
        """Starts the server and waits until it can be reached.

        After a stop it comes back at the same address.
        """
        port = self.url.rstrip('/').rpartition(':')[2] if self.url else '0'
        self.ready_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [self.program, '--data-dir', self.data_dir, '--port', port, '--ready-file', self.ready_file,
             *self.options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            preexec_fn=_die_with_parent)
        deadline = time.monotonic() + READY_TIMEOUT
        while not self.ready_file.exists():
            if self.process.poll() is not None:
                raise RuntimeError(f'the portal ended with {self.process.returncode}')
            if time.monotonic() > deadline:
                raise RuntimeError('the portal does not become ready')
            time.sleep(0.005)
        ready = configparser.ConfigParser(interpolation=None)
        ready.read(self.ready_file)
        self.url = ready['portal']['url']
        self.ca_file = ready['portal']['ca-file']
        return self

    def stop(self):
        """Stops the server; returns its exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        code = self.process.wait(READY_TIMEOUT)
        self.process = None
        return code

    def close(self):
        """Stops the server and removes its data; returns its exit code."""
        code = self.stop()
        if self.is_temporary:
            shutil.rmtree(self.data_dir, ignore_errors=True)
        return code

    def __enter__(self):
        return self if self.process else self.start()

    def __exit__(self, error, *_):
        code = self.close()
        if code != 0 and error is None:
            raise RuntimeError(f'the portal ended with {code}')
