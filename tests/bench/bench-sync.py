#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first sync of 10,000 articles with a picture each costs over curl fetching the same bytes, and what the
second one costs at all; and how long either keeps the main loop from turning.

A recorder between the program and the practice portal tells once what a sync asks
for.  Then, turn about, the program syncs into an empty store, and one curl fetches
the same on four connections that it keeps, straight from the portal: every page of
articles, and every picture from its address.  The program has its pictures by the
bundle; what curl takes for the very same answers is told too, and is not where it should be yet.
"""

import contextlib
import http.client
import http.server
import os
import pathlib
import random
import signal
import sqlite3
import ssl
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zlib

BUILD = pathlib.Path(os.environ['HD_BUILD_ROOT'])
SOURCE = pathlib.Path(os.environ['HD_SOURCE_ROOT'])
sys.path.insert(0, str(SOURCE / 'tests/support'))

from portal_client import PortalClient  # noqa: E402
from practice_portal import PASSWORD, USER, PracticePortal  # noqa: E402
from remembered import keyring, sign_in  # noqa: E402

N_ARTICLES, N_FOLDERS = 10000, 20
N_WORDS = 300
PICTURE_SIDE = 40
N_CONNECTIONS = 4
ROUNDS = 5
TIME_LIMIT = 1.2
REQUEST_LIMIT, BYTE_LIMIT = 3, 5000
TURN_LIMIT = 16.0
TURN_TOLD = 4  # the program tells of no shorter ones
AFTERMATH = 1  # seconds: in which the window has shown what is new
WORDS = ('митниця декларація пост оператор принтер мережа пароль сервер пошта доступ ключ підпис монітор кабель сканер '
         'відділ інспектор вантаж черга система помилка екран кнопка файл тека копія запит служба підтримка телефон').split()


def make_picture(source):
    """A picture of noise: nobody can make it smaller on the way."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    rows = b''.join(b'\0' + source.randbytes(3 * PICTURE_SIDE) for _ in range(PICTURE_SIDE))
    header = struct.pack('>IIBBBBB', PICTURE_SIDE, PICTURE_SIDE, 8, 2, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', zlib.compress(rows, 1)) + chunk(b'IEND', b'')


def make_articles(folder):
    source = random.Random(1)
    for number in range(N_ARTICLES):
        place = folder / f'Розділ {number % N_FOLDERS}'
        place.mkdir(exist_ok=True)
        (place / f'picture-{number}.png').write_bytes(make_picture(source))
        paragraphs = ''.join(f'<p>{" ".join(source.choices(WORDS, k=N_WORDS // 5))}.</p>' for _ in range(5))
        (place / f'article-{number}.html').write_text(
            f'<!DOCTYPE html><html lang="uk"><head><title>Стаття {number}: {source.choice(WORDS)}</title></head>'
            f'<body><h1>Стаття {number}</h1>{paragraphs}<img src="picture-{number}.png" alt=""></body></html>')


# --- The recorder ---

class Recorder(http.server.ThreadingHTTPServer):
    """Passes on what it is asked, and keeps what that was and how many bytes went either way."""

    daemon_threads = True

    def __init__(self, portal):
        super().__init__(('127.0.0.1', 0), Passing)
        self.target = urllib.parse.urlsplit(portal.url)
        self.client_context = ssl.create_default_context(cafile=portal.ca_file)
        self.exchanges, self.lock = [], threading.Lock()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls = portal.data_dir / 'tls'
        context.load_cert_chain(tls / 'server.pem', tls / 'server-key.pem')
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f'https://127.0.0.1:{self.server_address[1]}/'
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self):
        with self.lock:
            taken, self.exchanges = self.exchanges, []
        return taken


class Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def setup(self):
        super().setup()
        self.upstream = http.client.HTTPSConnection(self.server.target.hostname, self.server.target.port,
                                                    context=self.server.client_context)

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        self.upstream.request(self.command, self.path, body or None, dict(self.headers))
        answer = self.upstream.getresponse()
        data = answer.read()
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in ('connection', 'transfer-encoding')]
        if answer.status != 304 and 'content-length' not in (name.lower() for name, _ in headers):
            headers.append(('Content-Length', str(len(data))))
        text = ''.join(f'{name}: {value}\r\n' for name, value in headers)
        head = f'HTTP/1.1 {answer.status} {answer.reason}\r\n{text}\r\n'.encode()
        asked = len(self.raw_requestline) + len(bytes(self.headers)) + len(body)
        with self.server.lock:
            self.server.exchanges.append((self.command, self.path, answer.status, asked + len(head) + len(data)))
        self.wfile.write(head + data)

    do_GET = do_POST = do_DELETE = pass_on

    def log_message(self, *_):
        pass


# --- The two ---

class Ours:
    """The sync of the program, twice in one session."""

    def __init__(self, url, portal, recorder=None):
        self.process = subprocess.Popen([BUILD / 'tests/bench/sync-twice', 'open', url, portal.ca_file, USER, PASSWORD],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.first, self.first_turn = self.read('first')
        self.first_exchanges = recorder.take() if recorder else []
        self.go_on()
        self.second, self.second_turn = self.read('second')
        self.second_exchanges = recorder.take() if recorder else []
        self.go_on()
        if self.process.wait() != 0:
            raise SystemExit('sync-twice did not end well')

    def read(self, word):
        line = self.process.stdout.readline().split()
        if line[:1] != [word]:
            raise SystemExit(f'sync-twice says {line}, not {word}')
        return int(line[1]), float(line[2])

    def go_on(self):
        self.process.stdin.write('\n')
        self.process.stdin.flush()


class Program:
    """Two syncs of the program itself, which has come to rest with its window before a portal that says nothing yet."""

    PATIENCE = 120

    def __init__(self, portal):
        with tempfile.TemporaryDirectory() as folder:
            self.data, self.report = pathlib.Path(folder) / 'data', pathlib.Path(folder) / 'report'
            environment = {**os.environ, 'GSETTINGS_BACKEND': 'memory', 'GSK_RENDERER': 'cairo'}
            environment.pop('SECRET_BACKEND', None)
            sign_in(BUILD, portal, self.data, environment)
            portal.process.send_signal(signal.SIGSTOP)
            process = subprocess.Popen([BUILD / 'src/app/helpdesk', '--portal', portal.url, '--ca-file', portal.ca_file,
                                        '--data-dir', self.data], env={**environment, 'HELPDESK_WATCHDOG': str(self.report)},
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                self.wait(lambda: 'ready' in self.report.read_text())
                portal.process.send_signal(signal.SIGCONT)
                self.wait(lambda: self.count('articles') > 0)
                began = time.monotonic()
                self.wait(lambda: self.count('media') == N_ARTICLES)
                synced_at = self.get_synced_at()
                began_again = time.monotonic()
                self.press('F5')
                self.wait(lambda: self.get_synced_at() != synced_at)
                time.sleep(AFTERMATH)
            finally:
                portal.process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()
            turns = [[int(number) / 1000 for number in line.split()[1:]]
                     for line in self.report.read_text().splitlines() if line.startswith('turn')]
            self.first_turn = max([cpu for cpu, end in turns if 1000 * began < end <= 1000 * began_again], default=0)
            self.second_turn = max([cpu for cpu, end in turns if end > 1000 * began_again], default=0)

    @staticmethod
    def press(key):
        """As there is no window manager, nobody else gives the window the keys."""
        windows = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.+'], check=True, capture_output=True, text=True)
        subprocess.run(['xdotool', 'windowfocus', windows.stdout.split()[-1], 'key', key], check=True)

    def wait(self, is_so):
        end = time.monotonic() + self.PATIENCE
        while time.monotonic() < end:
            try:
                if is_so():
                    return
            except (FileNotFoundError, sqlite3.Error):
                pass
            time.sleep(0.1)
        raise SystemExit('the program did not come so far')

    def ask(self, name, query):
        path, = self.data.glob(f'**/{name}')
        with contextlib.closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True)) as database:
            return database.execute(query).fetchone()[0]

    def count(self, table):
        return self.ask('cache.db', f'SELECT count(*) FROM {table}')

    def get_synced_at(self):
        return self.ask('items.db', "SELECT value FROM person WHERE key = 'fact-synced-at'")


def unbundle(path):
    """The addresses of what was asked for."""
    head, bundle, sums = path.partition('/media?sha256=')
    return [f'{head}/media/{picture}' for picture in urllib.parse.unquote(sums).split(',')] if bundle else [path]


def measure_curl(portal, paths):
    """Signing in by itself, the rest as fast as four connections can."""
    began = time.monotonic()
    client = PortalClient(portal.url, portal.ca_file)
    client.sign_in(USER, PASSWORD)
    common = (f'cacert = "{portal.ca_file}"\nsilent\ngloboff\ncompressed\nfail\noutput = /dev/null\n'
              f'header = "Authorization: Bearer {client.token}"\n')
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / 'config'
        config.write_text('next\n'.join(f'{common}url = "{portal.url.rstrip("/")}{path}"\n' for path in paths))
        subprocess.run(['curl', '--parallel', '--parallel-max', str(N_CONNECTIONS), '--config', config],
                       check=True, stderr=subprocess.DEVNULL)
    return (time.monotonic() - began) * 1000


def main():
    with tempfile.TemporaryDirectory(prefix='helpdesk-bench-') as folder:
        make_articles(pathlib.Path(folder))
        portal = PracticePortal(BUILD, options=['--rate-limit', '0'], articles=folder)
    with tempfile.TemporaryDirectory() as folder, keyring(folder), portal:
        window = Program(portal)
        recorder = Recorder(portal)
        recorded = Ours(recorder.url, portal, recorder)
        same = [path for method, path, status, _ in recorded.first_exchanges if method == 'GET' and status == 200]
        each = [address for path in same for address in unbundle(path)]
        ours, theirs, theirs_same = [], [], []
        for _ in range(ROUNDS):
            ours.append(Ours(portal.url, portal))
            theirs.append(measure_curl(portal, each))
            theirs_same.append(measure_curl(portal, same))

    mine, curl = statistics.median(run.first for run in ours), statistics.median(theirs)
    curl_same = statistics.median(theirs_same)
    n_requests, n_bytes = len(recorded.second_exchanges), sum(exchange[3] for exchange in recorded.second_exchanges)
    turn = statistics.median(max(run.first_turn, run.second_turn) for run in ours)
    print(f'bench sync-first: {mine / curl:.2f}× (limit {TIME_LIMIT}×) — {N_ARTICLES} articles with a picture each, '
          f'{sum(exchange[3] for exchange in recorded.first_exchanges) / 1e6:.0f} MB, '
          f'against curl ({mine:.0f} ms in {len(recorded.first_exchanges)} requests against {curl:.0f} ms in {len(each)})')
    print(f'bench sync-same: {mine / curl_same:.2f}× (wanted: {TIME_LIMIT}×) — the same against curl fetching the very same '
          f'{len(same)} answers, bundles and all, in {curl_same:.0f} ms')
    print(f'bench sync-second: {n_requests} requests, {n_bytes} bytes (limits {REQUEST_LIMIT} and {BYTE_LIMIT}) — '
          f'a sync with nothing new, {statistics.median(run.second for run in ours):.0f} ms')
    print(f'bench sync-turn: {turn:.1f} ms of processor time (limit {TURN_LIMIT:.0f}) — the longest that either held the main loop')
    print(f'bench sync-window: {window.first_turn:.1f} and {window.second_turn:.1f} ms of processor time (limit {TURN_LIMIT:.0f}) — the '
          f'same in the program, with its window and what that paints: from the first article to the last picture, and from the key for '
          f'a sync with nothing new to when the window has shown it (0: none of {TURN_TOLD} ms)')
    return 0 if (mine <= TIME_LIMIT * curl and n_requests <= REQUEST_LIMIT and n_bytes <= BYTE_LIMIT and
                 max(turn, window.first_turn, window.second_turn) <= TURN_LIMIT) else 1


if __name__ == '__main__':
    sys.exit(main())
