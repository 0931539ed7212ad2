#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal against odd and hostile input: tokens, hashes, command lines, clients that stop in the middle.  Prints TAP."""

import contextlib
import pathlib
import resource
import socket
import ssl
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'support')]

from portal_client import PortalClient  # noqa: E402
from practice_portal import PASSWORD, USER, PracticePortal  # noqa: E402
from tap import contains, equal, main, test  # noqa: E402

# How long something may take that should happen soon; only a failure takes it.
PATIENCE = 30


@contextlib.contextmanager
def portal_and_client(*options):
    with PracticePortal(options=options) as portal:
        client = PortalClient(portal.url, portal.ca_file)
        equal(client.sign_in(USER, PASSWORD).status, 201)
        yield portal, client


@test
def a_since_that_is_not_one_gets_everything():
    with portal_and_client() as (_, client):
        equal(client.submit('printer', {'description': 'Не друкує'}).status, 201)
        lists = {'requests': 'items', 'articles': 'articles'}
        for path, member in lists.items():
            everything = client.get(path).json()
            instance, _, count = everything['as_of'].partition('-')
            now = client.get(path, query={'since': everything['as_of']}).json()
            equal((now[member], now['as_of']), ([], everything['as_of']), path)
            # Ahead of us: of a portal that was restored from a backup.
            for since in ('', 'x', '-1', '0', '9' * 40, '2099-01-01T00:00:00Z', '\0', 'я' * 5000, "' OR 1=1--", instance,
                          f'{instance}-', f'{instance}--1', f'{instance}-{count}x', f'{instance}-{int(count) + 1}',
                          f'{instance}-{2 ** 63 - 1}', f'{instance}-{2 ** 64 + 1}', f'00000000-{count}'):
                answer = client.get(path, query={'since': since})
                equal(answer.status, 200, repr(since[:40]))
                answer = answer.json()
                equal((len(answer[member]), answer['as_of']), (len(everything[member]), everything['as_of']),
                      f'{path} {since[:40]!r}')


@test
def a_limit_that_makes_no_sense_is_refused_and_a_large_one_is_cut():
    with portal_and_client() as (_, client):
        for path in ('requests', 'articles'):
            for limit in ('-1', '0', '', 'abc', '1.5', '0x1', '9' * 40):
                answer = client.get(path, query={'limit': limit})
                equal((answer.status, answer.json()['code']), (400, 'bad-request'), f'{path} {limit}')
            for limit in ('1', '200', '201', str(2 ** 31), str(2 ** 63 - 1)):
                equal(client.get(path, query={'limit': limit}).status, 200, f'{path} {limit}')


@test
def a_picture_is_found_by_its_hash_alone():
    with portal_and_client() as (_, client):
        sha256 = next(sha256 for article in client.get('articles').json()['articles'] for sha256 in article['media'])
        equal(client.get(f'media/{sha256}').status, 200)
        for path in (sha256.upper(), sha256[:-1], sha256 + '0', '0' * 64, 'g' * 64, 'a' * 5000, '..', '%2e%2e', '',
                     '../../../etc/passwd', f'{sha256}/', f'{sha256[:2]}/{sha256}', '%c0%ae', 'portal.db'):
            answer = client.get(f'media/{path}')
            equal((answer.status, answer.json()['code']), (404, 'not-found'), path[:80])
        for path in ('..%2f..%2fportal.db', f'{sha256}%00', '%'):
            equal(client.get(f'media/{path}').status // 100, 4, path)


@test
def what_is_announced_is_text():
    with portal_and_client() as (portal, client):
        portal.desk('announce', '--title', ' <b>a</b>\x01\x1b[31m\nb ', '--body', '<script>\x07\r\n\r\n1 & 2\r\nthird',
                    '--important')
        newest = client.get('announcements').json()['announcements'][0]
        equal(newest['title'], '<b>a</b>  [31m b')
        equal(newest['summary'], '<script>')
        equal(newest['body'], '<p>&lt;script&gt;</p><p>1 &amp; 2\nthird</p>')


@test
def a_slip_in_a_command_is_told_and_changes_nothing():
    slips = [
        (['announce'], '--title'),
        (['announce', '--title', ''], 'title'),
        (['announce', '--title', ' \n\t'], 'title'),
        (['announce', '--title', 'x' * 201], '200'),
        (['announce', '--title', 'x', '--body', 'y' * 20001], '20000'),
        (['announce', '--title', 'x', 'extra'], 'usage'),
        (['announce', '--title'], 'title'),
        (['announce', '--nothing'], '--nothing'),
        (['outage'], 'on|off'),
        (['outage', 'maybe'], 'on'),
        (['outage', 'on', 'off'], 'on|off'),
        (['outage', '--nothing'], '--nothing'),
        (['nothing'], 'nothing'),
        (['reply', '1'], 'usage'),
        (['import-catalog', '/nowhere'], '/nowhere'),
        (['--port', '65536'], '--port'),
        (['--port', '-1'], '--port'),
        (['--port', 'x'], 'x'),
        (['--address', 'nowhere'], 'nowhere'),
        (['--token-lifetime', '-1'], '--token-lifetime'),
        (['--lock-duration', '-1'], '--lock-duration'),
        (['--rate-limit', '-1'], '--rate-limit'),
        (['--rate-burst', '-1'], '--rate-burst'),
        (['--patience', '-1'], '--patience'),
        (['--practice', '--practice-delay', '-1'], '--practice-delay'),
        (['--nothing'], '--nothing'),
    ]
    with portal_and_client() as (portal, client):
        before = client.get('announcements').json()
        for words, part in slips:
            result = portal.desk(*words, check=False)
            equal(result.returncode, 1, f'{words} {result.stderr}')
            contains(result.stderr, part)
        equal(client.get('announcements').json(), before)
        assert 'outage' not in client.get('info').json()


@test
def no_command_but_init_makes_a_portal():
    with portal_and_client() as (portal, _):
        nowhere = portal.data_dir / 'nowhere'
        for words in (['announce', '--title', 'x'], ['outage', 'on'], ['list'], ['add-user', 'x']):
            result = subprocess.run([portal.program, '--data-dir', nowhere, *words], input='x', text=True,
                                    capture_output=True)
            equal(result.returncode, 1)
            contains(result.stderr, 'there is no portal')
            assert not nowhere.exists()


@test
def an_outage_begins_and_ends_however_often_it_is_said():
    with portal_and_client() as (portal, client):
        for message in ('', ' \x07', 'Роботи'):
            portal.desk('outage', 'on', '--message', message)
            assert len(client.get('info').json()['outage']['message']) > 4
        portal.desk('outage', 'on', '--hard', '--message', ' ')
        closed = client.get('catalog')
        equal((closed.status, closed.json()['code']), (503, 'maintenance'))
        contains(closed.json()['detail'], 'обслуговування')
        for _ in range(2):
            portal.desk('outage', 'off')
            assert 'outage' not in client.get('info').json()
            equal(client.get('catalog').status, 200)


REQUEST = b'GET /api/v1/info HTTP/1.1\r\nHost: portal\r\n'


def stop_in_the_middle(portal):
    """Clients that do not go on, each at another place."""
    context = ssl.create_default_context(cafile=portal.ca_file)
    client = PortalClient(portal.url, portal.ca_file)

    def connect(what, is_secure=True):
        stream = socket.create_connection((client.host, client.port), timeout=PATIENCE)
        if is_secure:
            stream = context.wrap_socket(stream, server_hostname=client.host)
        stream.sendall(what)
        return stream

    stopped = {
        'before the handshake': connect(b'', False),
        'in the handshake': connect(b'\x16\x03\x01\x02\x00\x01', False),
        'before the request': connect(b''),
        'in the headers': connect(REQUEST),
        'in the body': connect(b'POST /api/v1/session HTTP/1.1\r\nHost: portal\r\nContent-Length: 100\r\n\r\n{'),
        'after an answer': connect(REQUEST + b'\r\n'),
    }
    stopped['after an answer'].recv(1)
    return stopped


@test
def who_stops_in_the_middle_does_not_keep_the_portal_from_ending():
    with PracticePortal() as portal:
        stopped = stop_in_the_middle(portal)
        begin = time.monotonic()
        equal(portal.stop(), 0)
        assert time.monotonic() - begin < 10, 'it waited'
        for stream in stopped.values():
            stream.close()


@test
def who_stops_in_the_middle_is_dropped_after_a_while():
    with PracticePortal(options=['--patience', '1']) as portal:
        for place, stream in stop_in_the_middle(portal).items():
            try:
                while stream.recv(4096):
                    pass
            except TimeoutError:
                raise AssertionError(f'{place}: still there') from None
            except OSError:
                pass
        equal(PortalClient(portal.url, portal.ca_file).sign_in(USER, PASSWORD).status, 201)


@test
def who_sends_a_byte_now_and_then_is_dropped_too():
    with PracticePortal(options=['--patience', '1']) as portal:
        stream = stop_in_the_middle(portal)['in the headers']
        stream.settimeout(0.1)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                stream.sendall(b'x')
                if not stream.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return
        raise AssertionError('still there')


def ask_and_hang_up(portal, politely):
    host, port = portal.url.split('/')[2].split(':')
    context = ssl.create_default_context(cafile=portal.ca_file)
    with socket.create_connection((host, int(port)), PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname=host) as stream:
            stream.sendall(f'GET /api/v1/info HTTP/1.1\r\nHost: {host}\r\n\r\n'.encode())
            contains(stream.recv(4096), b'200 OK')
            if politely:
                with contextlib.suppress(OSError):
                    stream.unwrap()


@test
def who_hangs_up_gives_the_connection_back():
    for politely in (False, True):
        with PracticePortal() as portal:
            resource.prlimit(portal.process.pid, resource.RLIMIT_NOFILE, (128, 128))
            for _ in range(160):
                ask_and_hang_up(portal, politely)
            equal(PortalClient(portal.url, portal.ca_file).sign_in(USER, PASSWORD).status, 201, politely)


@test
def it_asks_for_as_many_files_as_it_may_have():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
        with PracticePortal() as portal:
            equal(resource.prlimit(portal.process.pid, resource.RLIMIT_NOFILE), (hard, hard))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


if __name__ == '__main__':
    sys.exit(main())
