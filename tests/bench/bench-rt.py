#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first sync with Request Tracker costs over the same requests made by curl, and the second one at all.

There are 200 tickets with their conversations and 100 articles.  The yardstick is
what the server's log says our sync asked for, asked for again by one curl on four
connections that it keeps, with a session's cookie, turn about with ours.
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(os.environ['HD_BUILD_ROOT'])
SOURCE = pathlib.Path(os.environ['HD_SOURCE_ROOT'])
sys.path.insert(0, str(SOURCE / 'tests/support'))

from rt_server import PASSWORDS, RtServer  # noqa: E402

USER = 'support'
MINE = "Requestor.id='__CurrentUser__'"
N_TICKETS, N_ARTICLES = 200, 100
N_CONNECTIONS = 4
ROUNDS = 5
TIME_LIMIT = 1.15
REQUEST_LIMIT = 5
PATIENCE = 30
LOG_FORMAT = ('log_format exchange escape=json \'{"method":"$request_method","uri":"$request_uri","status":$status,'
              '"connection":$connection,"type":"$content_type","body":"$request_body","seconds":$request_time}\';')


class Exchanges:
    """What nginx says was asked of the server, bodies and connections included."""

    def __init__(self, server, is_http2):
        self.server = server
        self.log = server.home / 'exchanges.log'
        self.path = server.home / 'nginx.conf'
        self.original = self.path.read_text()
        self.configure(is_http2)

    def configure(self, is_http2):
        """Has nginx read its file again; ends when it is the new one that answers."""
        text = self.original.replace('http {', f'http {{\n{LOG_FORMAT}\naccess_log {self.log} exchange;\n', 1)
        text = text.replace('client_max_body_size', 'client_body_buffer_size 1m; client_max_body_size')
        if not is_http2:
            text = text.replace(' ssl http2;', ' ssl;')
        self.path.write_text(text)
        os.kill(int((self.server.home / 'nginx.pid').read_text()), signal.SIGHUP)
        end = time.monotonic() + PATIENCE
        while not (self.protocol() == ('2' if is_http2 else '1.1') and self.logs()):
            if time.monotonic() > end:
                raise SystemExit('nginx does not change')
            time.sleep(0.05)

    def protocol(self):
        return subprocess.run(['curl', '-s', '--cacert', self.server.ca_file, '-o', '/dev/null', '-w', '%{http_version}',
                               f'{self.server.url}/NoAuth/css/none'], capture_output=True, text=True).stdout

    def logs(self):
        return self.log.exists() and self.log.stat().st_size > 0

    def mark(self):
        self.offset = self.log.stat().st_size

    def seen(self):
        """Since the mark."""
        self.server.client().send('GET', '/.seen')
        with open(self.log, 'rb') as log:
            log.seek(self.offset)
            return [json.loads(line) for line in log.read().splitlines()]


def fill(server):
    """So many tickets of the person, with conversations, and articles, as there shall be."""
    def write(number):
        ticket = server.create_ticket('Запити на обслуговування', f'Звернення для заміру {number}', 'Не друкує принтер.')
        server.reply(ticket, 'Який номер кабінету?')
        server.client(USER).said('POST', f'ticket/{ticket}/correspond', {'Content': 'Дванадцятий.', 'ContentType': 'text/plain'})

    every = [{'field': 'id', 'operator': '>', 'value': 0}]
    has = server.client(USER).said('POST', 'articles', every, query={'per_page': N_ARTICLES})['count']
    with concurrent.futures.ThreadPoolExecutor(N_CONNECTIONS) as pool:
        list(pool.map(write, range(N_TICKETS - server.count_tickets(MINE))))
    server.create_articles(N_ARTICLES - has, name='Стаття для заміру {}')
    return server.count_tickets(MINE)


class Ours:
    """The sync of the program, twice in one session."""

    def __init__(self, server, exchanges):
        exchanges.mark()
        self.process = subprocess.Popen(
            [BUILD / 'tests/bench/sync-twice', 'rt', server.url, server.ca_file, USER, PASSWORDS[USER]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.first = self.read('first')
        self.first_requests = exchanges.seen()
        exchanges.mark()
        self.go_on()
        self.second = self.read('second')
        self.second_requests = exchanges.seen()
        self.go_on()
        if self.process.wait(PATIENCE) != 0:
            raise SystemExit('sync-twice did not end well')

    def read(self, word):
        line = self.process.stdout.readline().split()
        if line[:1] != [word]:
            raise SystemExit(f'sync-twice says {line}, not {word}')
        return int(line[1])

    def go_on(self):
        self.process.stdin.write('\n')
        self.process.stdin.flush()


def quote(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


def describe(server, exchange):
    """One request in the words of curl's configuration."""
    lines = [f'url = {quote(server.url + exchange["uri"])}', f'request = {exchange["method"]}', 'output = /dev/null']
    if exchange['body']:
        lines += [f'header = {quote("Content-Type: " + exchange["type"])}', f'data-binary = {quote(exchange["body"])}']
    return '\n'.join(lines) + '\n'


def measure_curl(server, exchanges, requests, options):
    """The same requests: the one that signs in by itself, the rest as fast as four connections can."""
    rest = [one for one in requests if one['status'] == 200]
    common = f'cacert = {quote(str(server.ca_file))}\nsilent\ngloboff\ncompressed\n'
    with tempfile.TemporaryDirectory() as folder:
        jar, sign_in, config = (pathlib.Path(folder) / name for name in ('jar', 'sign-in', 'config'))
        sign_in.write_text(common + describe(server, next(one for one in requests if one['method'] == 'POST')))
        exchanges.mark()
        began = time.monotonic()
        subprocess.run(['curl', '--config', sign_in, '--cookie-jar', jar], check=True)
        # A jar would be read too late for the first of those that go at once.
        name, value = jar.read_text().split()[-2:]
        common += f'cookie = {quote(f"{name}={value}")}\n'
        config.write_text('next\n'.join(common + describe(server, one) for one in rest))
        subprocess.run(['curl', *options, '--parallel', '--parallel-max', str(N_CONNECTIONS), '--config', config],
                       check=True, stderr=subprocess.DEVNULL)
        took = (time.monotonic() - began) * 1000
    seen = exchanges.seen()
    if sum(one['status'] == 200 for one in seen) != len(rest):
        raise SystemExit('curl was answered something else')
    return took, seen


def count_connections(requests):
    return len({one['connection'] for one in requests})


def measure(server, exchanges, what, options):
    """Returns whether it is within the limits."""
    ours, theirs, first = [], [], Ours(server, exchanges)
    for _ in range(ROUNDS):
        ours.append(Ours(server, exchanges))
        theirs.append(measure_curl(server, exchanges, ours[-1].first_requests, options))
    mine, curl = statistics.median(run.first for run in ours), statistics.median(took for took, _ in theirs)
    n_second = max(len(run.second_requests) for run in [first, *ours])
    print(f'bench rt-first{what}: {mine / curl:.2f}× (limit {TIME_LIMIT}×) — the first sync, {len(first.first_requests)} '
          f'requests on {statistics.median(count_connections(run.first_requests) for run in ours):.0f} connections, against '
          f'curl on {statistics.median(count_connections(seen) for _, seen in theirs):.0f} ({mine:.0f} ms against {curl:.0f} ms)')
    print(f'bench rt-second{what}: {n_second} requests (limit {REQUEST_LIMIT}) — a sync with nothing new, '
          f'{statistics.median(run.second for run in ours):.0f} ms', flush=True)
    return mine <= TIME_LIMIT * curl and n_second <= REQUEST_LIMIT


def main():
    with RtServer() as server:
        fill(server)
        exchanges = Exchanges(server, True)
        # Over HTTP/2 curl would put all on one connection.
        is_good = measure(server, exchanges, '', ['--http1.1'])
        exchanges.configure(False)
        is_good = measure(server, exchanges, '-http1', ['--http1.1']) and is_good
    return 0 if is_good else 1


if __name__ == '__main__':
    sys.exit(main())
