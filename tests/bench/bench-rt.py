#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first sync with Request Tracker costs over the same requests made by curl, and the second one at all.

There are 200 tickets with their conversations and 100 articles.  The yardstick is
what the server's log says our sync asked for, asked for again by one curl on four
connections that it keeps, with a session's cookie, turn about with ours.
"""

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
ROUNDS = 3
TIME_LIMIT = 1.15
REQUEST_LIMIT = 5
PATIENCE = 30
LOG_FORMAT = ('log_format exchange escape=json \'{"method":"$request_method","uri":"$request_uri","status":$status,'
              '"connection":$connection,"type":"$content_type","body":"$request_body","seconds":$request_time}\';')


class Exchanges:
    """What nginx says was asked of the server, bodies and connections included."""

    def __init__(self, server):
        self.server = server
        self.log = server.home / 'exchanges.log'
        path = server.home / 'nginx.conf'
        text = path.read_text().replace('http {', f'http {{\n{LOG_FORMAT}\naccess_log {self.log} exchange;\n', 1)
        path.write_text(text.replace('client_max_body_size', 'client_body_buffer_size 1m; client_max_body_size'))
        os.kill(int((server.home / 'nginx.pid').read_text()), signal.SIGHUP)
        end = time.monotonic() + PATIENCE
        while not (self.log.exists() and self.log.stat().st_size > 0):
            if time.monotonic() > end:
                raise SystemExit('nginx does not read its file again')
            server.client().send('GET', '/NoAuth/css/none')
            time.sleep(0.05)

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


def measure_curl(server, exchanges, requests):
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
        # Over HTTP/2 it would put all on one connection.
        subprocess.run(['curl', '--http1.1', '--parallel', '--parallel-max', str(N_CONNECTIONS), '--config', config],
                       check=True, stderr=subprocess.DEVNULL)
        took = (time.monotonic() - began) * 1000
    seen = exchanges.seen()
    if sum(one['status'] == 200 for one in seen) != len(rest):
        raise SystemExit('curl was answered something else')
    return took, seen


def count_connections(requests):
    return len({one['connection'] for one in requests})


def main():
    ours, theirs = [], []
    with RtServer() as server:
        fill(server)
        exchanges = Exchanges(server)
        for _ in range(ROUNDS):
            ours.append(Ours(server, exchanges))
            theirs.append(measure_curl(server, exchanges, ours[-1].first_requests))

    mine, curl = statistics.median(run.first for run in ours), statistics.median(took for took, _ in theirs)
    connections = statistics.median(count_connections(run.first_requests) for run in ours)
    n_second = max(len(run.second_requests) for run in ours)
    print(f'bench rt-first: {mine / curl:.2f}× (limit {TIME_LIMIT}×) — the first sync, {len(ours[0].first_requests)} requests on '
          f'{connections:.0f} connections, against curl ({mine:.0f} ms against {curl:.0f} ms)')
    print(f'bench rt-second: {n_second} requests (limit {REQUEST_LIMIT}) — a sync with nothing new, '
          f'{statistics.median(run.second for run in ours):.0f} ms')
    return 0 if mine <= TIME_LIMIT * curl and n_second <= REQUEST_LIMIT else 1


if __name__ == '__main__':
    sys.exit(main())
