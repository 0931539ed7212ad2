#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal over time: the played desk, letters, restarts, sessions that end, imports.  Prints TAP."""

import concurrent.futures
import email
import email.policy
import os
import pathlib
import re
import shutil
import socket
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'support')]

from portal_client import PortalClient  # noqa: E402
from practice_portal import PASSWORD, USER, PracticePortal  # noqa: E402
from tap import Skipped, equal, main, test  # noqa: E402

# What the address sanitizer keeps of freed memory would count as the server's.
os.environ['ASAN_OPTIONS'] = os.environ.get('ASAN_OPTIONS', '') + ':quarantine_size_mb=8'

# How long something may take that should happen soon; only a failure takes it.
PATIENCE = 30


def wait_for(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f'{what} did not happen')


def sign_in(portal):
    client = PortalClient(portal.url, portal.ca_file)
    equal(client.sign_in(USER, PASSWORD).status, 201)
    return client


def submit(client, description='Не друкує', **kwargs):
    answer = client.submit('printer', {'description': description}, **kwargs)
    equal(answer.status, 201, repr(answer))
    return answer.json()


@test
def the_played_desk_leads_a_request_to_its_end():
    with PracticePortal(options=['--practice', '--practice-delay', '20']) as portal:
        client = sign_in(portal)
        request = submit(client)
        path = 'requests/' + request['id']

        def when(condition, what):
            return wait_for(lambda: (lambda r: r if condition(r) else None)(client.get(path).json()), what)
        asked = when(lambda r: r['waiting_for_me'], 'a question')
        equal(asked['status'], 'in-progress')
        assert re.search('[а-яіїєґ]', asked['messages'][0]['text'])
        equal(client.reply(request['id'], 'Учора').status, 201)
        closed = when(lambda r: r['status'] == 'closed', 'the end')
        equal([m['mine'] for m in closed['messages']], [False, True, False])
        attachment = closed['messages'][-1]['attachments'][0]
        body = client.get(f'{path}/attachments/{attachment["id"]}').body
        assert request['number'] in body.decode()
        equal(client.post(f'{path}/reopen').status, 200)
        again = when(lambda r: r['status'] == 'closed' and len(r['messages']) == 4, 'the second end')
        assert again['messages'][-1]['text'] != closed['messages'][-1]['text']


@test
def the_played_desk_goes_on_after_a_restart():
    with PracticePortal() as portal:
        request = submit(sign_in(portal))
        equal(portal.stop(), 0)
        portal.options += ['--practice', '--practice-delay', '20']
        portal.start()
        client = sign_in(portal)
        wait_for(lambda: client.get('requests/' + request['id']).json()['waiting_for_me'], 'a question')


@test
def a_cancelled_request_is_left_alone():
    with PracticePortal(options=['--practice', '--practice-delay', '1500']) as portal:
        client = sign_in(portal)
        one, other = submit(client), submit(client)
        equal(client.post(f'requests/{one["id"]}/cancel').status, 200)
        wait_for(lambda: client.get('requests/' + other['id']).json()['waiting_for_me'], 'a question')
        cancelled = client.get('requests/' + one['id']).json()
        equal((cancelled['status'], cancelled['messages']), ('cancelled', []))


@test
def registration_is_confirmed_by_a_letter():
    with PracticePortal() as portal:
        client = sign_in(portal)
        request = submit(client, 'Зажував папір, 100 %', files=[('photo', 'фото.png', 'image/png', b'\x89PNG')])
        path = wait_for(lambda: list((portal.data_dir / 'mail').glob('*.eml')), 'a letter')[0]
        equal(path.stat().st_mode & 0o777, 0o600)
        raw = path.read_bytes()
        assert not re.search(rb'(?<!\r)\n', raw), 'a line does not end in CRLF'
        assert max(map(len, raw.split(b'\r\n'))) <= 78
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        equal(letter.defects, [])
        equal(letter['To'].addresses[0].addr_spec, 'support@customs.gov.ua')
        equal(letter['To'].addresses[0].display_name, 'Олена Коваль')
        assert request['number'] in letter['Subject'] and 'зареєстровано' in letter['Subject']
        text = letter.get_content()
        for part in (request['number'], 'Зажував папір, 100 %', 'фото.png', 'Не працює принтер', '(044) 481-19-49'):
            assert part in text, part


class Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as a letter needs."""

    def say(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        self.say('220 test')
        while line := self.rfile.readline():
            word = line.decode().strip()
            if word == 'DATA':
                if self.server.refuse:
                    self.say('451 later')
                    continue
                self.say('354 go on')
                lines = []
                while (line := self.rfile.readline()) not in (b'.\r\n', b''):
                    lines.append(line)
                self.server.letters.append((self.server.envelope, b''.join(lines)))
                self.say('250 taken')
            elif word == 'QUIT':
                self.say('221 bye')
                return
            else:
                if word.startswith(('MAIL', 'RCPT')):
                    self.server.envelope.append(word)
                self.say('250 ok')


@test
def letters_go_by_smtp_where_that_is_set_up():
    with PracticePortal() as portal, socketserver.ThreadingTCPServer(('127.0.0.1', 0), Smtp) as smtp:
        smtp.daemon_threads = True
        smtp.letters, smtp.envelope, smtp.refuse = [], [], False
        threading.Thread(target=smtp.serve_forever, daemon=True).start()
        (portal.data_dir / 'smtp.conf').write_text(
            f'[smtp]\nurl=smtp://127.0.0.1:{smtp.server_address[1]}\nfrom=helpdesk@customs.gov.ua\n')
        request = submit(sign_in(portal))
        envelope, raw = wait_for(lambda: smtp.letters, 'a letter')[0]
        assert any('<helpdesk@customs.gov.ua>' in line for line in envelope), envelope
        assert any('<support@customs.gov.ua>' in line for line in envelope), envelope
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        assert request['number'] in letter['Subject']
        assert not (portal.data_dir / 'mail').exists()

        # What the server does not take stays, and goes out after a restart.
        smtp.refuse = True
        second = submit(sign_in(portal))
        time_before_restart = len(smtp.letters)
        equal(portal.stop(), 0)
        smtp.refuse = False
        portal.start()
        wait_for(lambda: len(smtp.letters) > time_before_restart, 'the second letter')
        letter = email.message_from_bytes(smtp.letters[-1][1], policy=email.policy.default)
        assert second['number'] in letter['Subject']
        smtp.shutdown()


@test
def one_key_sent_many_times_at_once_registers_one_request():
    with PracticePortal() as portal:
        client = sign_in(portal)
        files = [('photo', 'a.png', 'image/png', b'\x89PNG' * 50000)]

        def send(_):
            return client.submit('printer', {'description': 'Раз'}, files, key='the same')
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(send, range(16)))
        equal({answer.status for answer in answers}, {201})
        equal(len({answer.json()['number'] for answer in answers}), 1)
        equal(sum(answer.headers['Idempotency-Replayed'] is None for answer in answers), 1)
        equal(client.get('requests').json()['total'], 1)


@test
def the_desk_writes_while_people_do():
    with PracticePortal() as portal:
        client = sign_in(portal)
        request = submit(client)

        def write(i):
            if i % 2:
                return client.reply(request['id'], f'Моє {i}').status == 201
            portal.desk('reply', request['number'], f'Стіл {i}')
            return True
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            assert all(pool.map(write, range(24)))
        full = client.get('requests/' + request['id']).json()
        equal((len(full['messages']), full['message_count']), (24, 24))


@test
def numbers_begin_where_the_guide_does_and_outlive_a_kill():
    with PracticePortal() as portal:
        client = sign_in(portal)
        equal([submit(client)['number'] for _ in range(3)], ['10316', '10317', '10318'])
        portal.process.kill()
        portal.process.wait()
        portal.process = None
        portal.start()
        equal(client.get('requests').json()['total'], 3)
        equal(submit(client)['number'], '10319')


@test
def sessions_and_locks_end_in_time():
    with PracticePortal(options=['--token-lifetime', '1', '--lock-duration', '1']) as portal:
        client = sign_in(portal)
        wait_for(lambda: client.get('me').status == 401, 'the end of the session')
        for _ in range(5):
            last = client.sign_in(USER, 'wrong')
        equal((last.status, last.headers['Retry-After']), (429, '1'))
        wait_for(lambda: client.sign_in(USER, PASSWORD).status == 201, 'the end of the lock')


@test
def the_data_folder_keeps_its_secrets():
    with PracticePortal() as portal:
        client = sign_in(portal)
        submit(client, files=[('photo', 'a.png', 'image/png', b'\x89PNG')])
        readable = [str(path.relative_to(portal.data_dir)) for path in portal.data_dir.rglob('*')
                    if path.is_file() and path.stat().st_mode & 0o077 and path.parent == portal.data_dir]
        equal(set(readable) - {'ready'}, {'ca.pem'})
        for folder in ('tls', 'files'):
            equal((portal.data_dir / folder).stat().st_mode & 0o077, 0, folder)
        database = (portal.data_dir / 'portal.db').read_bytes()
        database += (portal.data_dir / 'portal.db-wal').read_bytes()
        for secret in (client.token, PASSWORD):
            assert secret.encode() not in database


@test
def what_a_stopped_portal_left_behind_is_collected():
    with PracticePortal() as portal:
        client = sign_in(portal)
        submit(client, files=[('photo', 'a.png', 'image/png', b'\x89PNG')])
        portal.stop()
        files = portal.data_dir / 'files'
        named = {path for path in files.rglob('*') if path.is_file()}
        assert len(named) >= 2, 'a picture of an article and the photo'
        old, young = (files / name[:2] / name for name in ('ab' * 32, 'cd' * 32))
        for path in (old, young):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b'nobody names this')
        long_ago = time.time() - 2 * 24 * 60 * 60
        for path in (old, *named):
            os.utime(path, (long_ago, long_ago))
        portal.start()
        equal({path for path in files.rglob('*') if path.is_file()}, named | {young})


@test
def an_endless_body_is_cut_off():
    with PracticePortal() as portal:
        client = sign_in(portal)

        def chunks():
            for _ in range(100000):
                yield b'x' * 65536
        headers = {'Content-Type': 'multipart/form-data; boundary=b', 'Idempotency-Key': 'k'}
        try:
            answer = client.call('POST', 'requests', chunks(), headers)
            equal(answer.status, 413)
        except OSError:
            pass
        status = pathlib.Path(f'/proc/{portal.process.pid}/status').read_text()
        peak = int(re.search(r'VmHWM:\s*(\d+) kB', status)[1])
        assert peak < 200 * 1024, f'{peak} kB in memory'
        equal(client.get('me').status, 200)


@test
def clients_that_go_away_do_no_harm():
    with PracticePortal() as portal:
        client = sign_in(portal)
        credentials = b'{"user_name":"nobody","password":"x"}'
        whole = (f'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: {len(credentials)}\r\n\r\n'.encode()
                 + credentials)
        part = (f'POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.token}\r\n'
                'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n').encode()
        for sent in (whole, part, b'', b'GET /api', b'\x16\x03nonsense') * 4:
            with socket.create_connection((client.host, client.port)) as plain:
                tls = client.context.wrap_socket(plain, server_hostname=client.host)
                tls.sendall(sent)
                # Gone at once, without a farewell.
                tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                tls.close()
        with socket.create_connection((client.host, client.port)) as plain:
            plain.sendall(b'GET / HTTP/1.1\r\n\r\n')
        equal(client.get('me').status, 200)
        equal(submit(client)['number'], '10316')


@test
def the_desk_is_told_what_is_wrong():
    with PracticePortal() as portal:
        for words, text in ((['reply', '1', 'x'], ''), (['status', '10316', 'lost'], ''), (['nonsense'], ''),
                            (['add-user', 'a b'], 'x'), (['add-user', USER], 'x'), (['add-user', 'new'], ''),
                            (['set-password', 'nobody'], 'x'), (['outage', 'perhaps'], ''), (['announce'], ''),
                            (['import-catalog', '/nonexistent'], ''), (['import-articles', '/nonexistent'], ''),
                            (['import-announcements', __file__], ''), (['list', 'x'], '')):
            result = portal.desk(*words, text=text, check=False)
            equal(result.returncode, 1, words)
            assert result.stderr.startswith('helpdesk-portald: '), result.stderr
        assert 'import-articles' in portal.desk('--help')


@test
def articles_that_go_are_told():
    with tempfile.TemporaryDirectory() as folder, PracticePortal(articles=folder) as portal:
        client = sign_in(portal)
        page = pathlib.Path(folder) / 'page.html'
        page.write_text('<title>Стаття</title><p>Текст</p>')
        equal(portal.desk('import-articles', folder), '1 pages, 1 changed, 0 deleted, 0 skipped\n')
        first = client.get('articles').json()
        equal([a['id'] for a in first['articles']], ['page'])
        page.unlink()
        portal.desk('import-articles', folder)
        then = client.get('articles', query={'since': first['as_of']}).json()
        equal((then['articles'], then['deleted'], then['categories']), ([], ['page'], []))
        equal(client.get('articles/page').status, 404)
        equal(client.get('articles').json()['deleted'], [])


def build_gnome_help(folder):
    source = pathlib.Path('/usr/share/help/uk/gnome-help')
    if not source.exists() or not shutil.which('yelp-build'):
        raise Skipped('yelp-tools and gnome-user-docs are not installed')
    subprocess.run(['yelp-build', 'html', '-o', folder, source], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return len(list(pathlib.Path(folder).glob('*.html')))


@test
def the_gnome_help_becomes_a_knowledge_base():
    with tempfile.TemporaryDirectory() as folder:
        n_pages = build_gnome_help(folder)
        assert n_pages > 200
        with PracticePortal(articles=folder) as portal:
            client = sign_in(portal)
            articles, since, n_calls = {}, None, 0
            while True:
                page = client.get('articles', query={'since': since} if since else None).json()
                articles.update((a['id'], a) for a in page['articles'])
                since, n_calls = page['as_of'], n_calls + 1
                if not page['more']:
                    break
            equal((len(articles), n_calls), (n_pages, -(-n_pages // 100)))
            categories = {c['id']: c for c in page['categories']}
            assert len(categories) >= 8
            pictures, n_links = set(), 0
            for article in articles.values():
                assert article['category_id'] in categories
                assert re.search('[а-яіїєґ]', article['body']), article['id']
                assert not re.search(r'<script|<style|\son\w+=|class=', article['body']), article['id']
                for link in re.findall(r'href="article:([^"#]*)', article['body']):
                    n_links += 1
                    assert link in articles, link
                equal(set(re.findall(r'src="media:(\w+)"', article['body'])), set(article['media']))
                pictures |= set(article['media'])
            assert n_links > 500 and len(pictures) > 80, (n_links, len(pictures))
            for sha256 in pictures:
                answer = client.get('media/' + sha256)
                equal(answer.status, 200)
                assert answer.content_type.startswith('image/')
            assert '293 pages, 0 changed' in portal.desk('import-articles', folder).replace(str(n_pages), '293')


if __name__ == '__main__':
    sys.exit(main())
