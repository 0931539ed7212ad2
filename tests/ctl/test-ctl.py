#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job by helpdeskctl against the real practice portal over TLS, in both languages.  Prints TAP."""

import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'support')]

from locales import LOCALES, find_locales  # noqa: E402
from portal_client import PortalClient  # noqa: E402
from practice_portal import PASSWORD, USER, PracticePortal  # noqa: E402

BUILD = pathlib.Path(os.environ['HD_BUILD_ROOT'])
PROGRAM = BUILD / 'src/ctl/helpdeskctl'
OK, USAGE, NETWORK, SIGN_IN, REFUSED, NOT_FOUND, FORBIDDEN, STORAGE, PROTOCOL = range(9)
PNG = b'\x89PNG\r\n\x1a\n' + bytes(200)
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def equal(actual, expected, what=''):
    assert actual == expected, f'{what} {actual!r} is not {expected!r}'


def contains(text, part):
    assert part in text, f'{part!r} is not in {text!r}'


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr

    def json(self):
        return json.loads(self.out)


class Ctl:
    """helpdeskctl with a folder and a home of its own."""

    def __init__(self, portal, language='en', user=USER, password=PASSWORD):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='helpdeskctl-'))
        self.portal = portal
        self.user = user
        self.password = password
        locales = self.folder / 'locale/uk/LC_MESSAGES'
        locales.mkdir(parents=True)
        source = pathlib.Path(os.environ['HD_SOURCE_ROOT']) / 'po/uk.po'
        subprocess.run(['msgfmt', '-o', locales / 'helpdesk.mo', source], check=True)
        self.environment = dict(os.environ,
                                HOME=str(self.folder), XDG_DATA_HOME=str(self.folder / 'data'),
                                XDG_CACHE_HOME=str(self.folder / 'cache'), LC_ALL='C.UTF-8', LANGUAGE=language,
                                HELPDESK_LOCALEDIR=str(self.folder / 'locale'),
                                HELPDESK_POLICY=str(self.folder / 'policy.conf'),
                                DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        if language == 'uk':
            self.environment.update(find_locales(BUILD / 'locale'), LC_ALL=LOCALES[language])
        # The leak sanitizer of gcc 12 now and then crashes itself at the end of a process whose threads of GLib
        # have just ended (“Tracer caught signal 11”).  What may leak is looked for in the tests in C.
        self.environment['ASAN_OPTIONS'] = self.environment.get('ASAN_OPTIONS', '') + ':detect_leaks=0'
        for name in ('SECRET_BACKEND', 'SECRET_FILE_TEST_PATH', 'SECRET_FILE_TEST_PASSWORD', 'LANG', 'LC_MESSAGES'):
            self.environment.pop(name, None)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        shutil.rmtree(self.folder)

    def use_keyring_file(self):
        self.environment.update(SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=str(self.folder / 'keyring'),
                                SECRET_FILE_TEST_PASSWORD='test')

    def raw(self, *words, text=''):
        return Result(subprocess.run([PROGRAM, *map(str, words)], input=text, text=True, timeout=60,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment))

    def options(self):
        return ['--portal', self.portal.url, '--ca-file', self.portal.ca_file, '--user', self.user]

    def __call__(self, *words, text='', code=OK):
        result = self.raw(*self.options(), '--password-stdin', *words, text=f'{self.password}\n{text}')
        equal(result.code, code, f'{words}: {result.out} {result.err}')
        return result

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path


@contextlib.contextmanager
def portal_and_ctl(language='en', **options):
    with PracticePortal(**options) as portal, Ctl(portal, language) as ctl:
        yield portal, ctl


def do_the_whole_job(language, words):
    with portal_and_ctl(language) as (portal, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує вдруге'})
        picture = ctl.write('знімок = екрана.png', PNG)

        catalog = ctl('catalog', '--json').json()
        equal({entry['id'] for entry in catalog}, {'mailbox', 'everything', 'printer'})
        equal([entry['kind'] for entry in catalog if entry['id'] == 'printer'], ['incident'])
        contains(ctl('catalog').out, words['incident'])

        found = ctl('search', '--json', 'папір').json()
        contains([(entry['kind'], entry['id']) for entry in found], ('article', 'printer'))
        article = ctl('article', 'printer', '--json').json()
        contains(article['title'], 'Принтер')
        contains(ctl('article', 'printer').out, 'Покладіть папір')

        offering = ctl('offering', 'printer', '--json').json()
        equal([field['id'] for field in offering['form']['fields']], ['description', 'photo'])
        everything = ctl('offering', 'everything', '--json').json()['form']['fields']
        equal({field['type'] for field in everything} & {'text', 'multiline'}, {'text', 'multiline'})
        equal({type(field['required']) for field in everything}, {bool})

        equal(ctl('submit', 'printer', '--answers', answers, '--attach', picture).out, '10316\n')
        portal.desk('reply', '10316', 'Який номер кабінету?')

        item = ctl('item', '10316', '--json').json()
        equal(item['number'], '10316')
        equal(item['kind'], 'incident')
        equal([(a['name'], a['sha256']) for a in item['attachments']],
              [(picture.name, hashlib.sha256(PNG).hexdigest())])
        equal([message['text'] for message in item['messages']], ['Який номер кабінету?'])
        contains(ctl('item', '10316').out, 'Який номер кабінету?')

        equal(ctl('reply', '10316', '-', text='Кабінет 12,\nдругий поверх\n', code=OK).out, '10316\n')
        ctl('reply', '10316', 'Ось ще знімок', '--attach', picture)
        item = ctl('item', '10316', '--json').json()
        equal([m['text'] for m in item['messages'] if m['mine']], ['Кабінет 12,\nдругий поверх', 'Ось ще знімок'])
        equal([a['name'] for a in item['messages'][-1]['attachments']], [picture.name])
        equal([message['mine'] for message in item['messages']], [False, True, True])

        equal(ctl('cancel', '10316', '--json').json()['status'], 'cancelled')
        contains(ctl('items').out, words['cancelled'])
        equal([i['number'] for i in ctl('items', '--json', '--filter', 'closed').json()], ['10316'])
        equal(ctl('items', '--json', '--filter', 'open').json(), [])
        equal([i['number'] for i in ctl('items', '--json', '--filter', '10316').json()], ['10316'])
        contains(ctl('cancel', '10316', code=REFUSED).err, words['too-late'])

        ctl('sign-out')
        leftovers = [path for path in ctl.folder.rglob('*')
                     if path.is_file() and path.parent.name != 'LC_MESSAGES' and
                     'Не друкує вдруге'.encode() in path.read_bytes() and path != answers]
        equal(leftovers, [])


@test
def the_whole_job_in_english():
    do_the_whole_job('en', {'incident': 'Incident', 'cancelled': 'Cancelled', 'too-late': 'This Is No Longer Possible'})


@test
def the_whole_job_in_ukrainian():
    do_the_whole_job('uk', {'incident': 'Інцидент', 'cancelled': 'Скасований', 'too-late': 'Це вже неможливо'})


@test
def a_form_filled_in_wrongly_is_not_sent():
    with portal_and_ctl() as (portal, ctl):
        def submit(offering, answers, *words):
            path = ctl.write('answers.json', answers)
            return ctl('submit', offering, '--answers', path, *words, code=REFUSED).err

        wrong = submit('mailbox', {'subject': 'x', 'login': 'БУХ', 'quota': '99'})
        for field in ('subject', 'login', 'quota', 'owner'):
            contains(wrong, f'  {field}: ')
        contains(wrong, 'Малі латинські літери, цифри, крапка')
        contains(submit('printer', {'descripton': 'slip'}), 'descripton')
        contains(submit('printer', {'description': 'x'}, '--attach',
                        ctl.write('program.exe', b'MZ')), 'photo')
        text = ctl.write('note.png', PNG)
        contains(submit('mailbox', {'subject': 'Поштa'}, '--attach', text), 'no file there')
        equal(ctl('items', '--json').json(), [])


@test
def half_an_emoji_in_the_answers_is_no_reason_to_lose_them():
    with portal_and_ctl() as (portal, ctl):
        answers = ctl.write('answers.json', b'{"description": "It jams \\ud83d again\\u0000!"}')
        ctl('submit', 'printer', '--answers', answers)
        equal([field['value'] for field in ctl('item', '10316', '--json').json()['fields']],
              ['It jams \ufffd again\ufffd!'])


@test
def what_a_portal_says_does_not_steer_the_terminal():
    with portal_and_ctl() as (portal, ctl):
        answers = ctl.write('answers.json', b'{"description": "Red \\u009b31m and \\u001b[32m green"}')
        ctl('submit', 'printer', '--answers', answers)
        for words in (['item', '10316'], ['item', '10316', '--json'], ['items', '--json']):
            shown = ctl(*words).out
            equal([c for c in shown if c in '\x1b\x9b'], [], words)
        contains(ctl('item', '10316', '--json').json()['fields'][0]['value'], '\x9b31m')


@test
def a_file_goes_to_the_field_that_is_named():
    with portal_and_ctl() as (portal, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує'})
        picture = ctl.write('photo=1.png', PNG)
        ctl('submit', 'printer', '--answers', answers, '--attach', f'photo={picture}')
        item = ctl('item', '10316', '--json').json()
        equal([(a['name'], a['field_id']) for a in item['attachments']], [('photo=1.png', 'photo')])


@test
def a_sensitive_answer_is_on_no_disk_once_it_is_sent():
    with portal_and_ctl() as (portal, ctl):
        secret = 'Калинова-7301'
        answers = ctl.write('answers.json', {'region': 'south', 'office': 'odesa', 'role': 'captain', 'secret': secret})
        number = ctl('--json', 'submit', 'everything', '--answers', answers).json()['number']
        answers.unlink()
        item = ctl('item', number).out
        contains(item, 'Кодове слово')
        assert secret not in item, 'it is told'
        forms = [secret.encode(), json.dumps(secret).strip('"').encode()]
        for path in (path for folder in (ctl.folder, portal.data_dir) for path in folder.rglob('*') if path.is_file()):
            content = path.read_bytes()
            assert not any(form in content for form in forms), f'{path} has it'


LARGE = 200 * 1024 * 1024
IS_SANITIZED = b'__asan_init' in PROGRAM.read_bytes()


def read_memory(pid):
    return int(pathlib.Path(f'/proc/{pid}/statm').read_text().split()[1]) * os.sysconf('SC_PAGE_SIZE')


def raise_limits(portal, ctl):
    catalog = json.loads((HERE.parent / 'support/portal/catalog.json').read_text())
    catalog['info'].update(max_file_size=300000000, max_total_size=300000000)
    portal.desk('import-catalog', ctl.write('catalog.json', catalog))


@test
def a_large_file_is_sent_in_little_memory_and_can_be_interrupted():
    with portal_and_ctl() as (portal, ctl):
        raise_limits(portal, ctl)
        large = ctl.folder / 'журнал.txt'
        large.touch()
        os.truncate(large, LARGE)
        words = [PROGRAM, *ctl.options(), '--password-stdin', '--json', 'submit', 'printer',
                 '--answers', ctl.write('answers.json', {'description': 'Журнал у вкладенні'}), '--attach', large]

        def start():
            process = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env=ctl.environment)
            process.stdin.write(f'{PASSWORD}\n'.encode())
            process.stdin.close()
            return process

        # The portal takes what comes into memory: that is how far it is.
        before = read_memory(portal.process.pid)
        process = start()
        while read_memory(portal.process.pid) < before + LARGE // 4:
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        contains(process.stderr.read().decode(), 'Interrupted. It was not sent.')
        equal(process.wait(60), 130)
        ctl('sync')
        equal(ctl('--json', 'items').json(), [])
        equal(list((ctl.folder / 'data').glob('**/files/*/*')), [], 'what is left of the draft')

        process = start()
        answer = json.loads(process.stdout.read())
        equal(answer['number'], '10316')
        equal(answer['attachments'][0]['size'], LARGE)
        peak = os.wait4(process.pid, 0)[2].ru_maxrss * 1024
        process.returncode = OK
        assert IS_SANITIZED or peak < 100 * 1024 * 1024, f'{peak} bytes in memory'
        equal(len(ctl('--json', 'items').json()), 1)


@test
def what_cannot_be_a_password_costs_no_try():
    with portal_and_ctl() as (portal, ctl):
        for password in (b'', b'\n', b'\xff\xfe\n'):
            for command in ('items', 'sign-in', 'doctor'):
                result = subprocess.run([PROGRAM, *ctl.options(), '--password-stdin', command], input=password,
                                        timeout=60, env=ctl.environment, capture_output=True)
                equal(result.returncode, USAGE, f'{password} {command} {result}')
                contains((result.stdout + result.stderr).decode(), 'standard input')
        ctl.password = 'wrong'
        contains(ctl('items', code=SIGN_IN).err, '4 attempts')


@test
def output_that_is_lost_is_a_failure():
    with portal_and_ctl() as (portal, ctl), open('/dev/full', 'w') as full:
        for words in (['catalog'], ['catalog', '--json'], ['--version']):
            result = subprocess.run([PROGRAM, *ctl.options(), '--password-stdin', *words], input=PASSWORD, text=True,
                                    timeout=60, env=ctl.environment, stdout=full, stderr=subprocess.PIPE)
            equal(result.returncode, STORAGE, f'{words} {result.stderr}')
            contains(result.stderr, 'standard output')


@test
def each_fault_has_its_exit_code():
    with portal_and_ctl() as (portal, ctl):
        ctl('item', '99999', code=NOT_FOUND)
        ctl('offering', 'nothing', code=NOT_FOUND)
        ctl('article', 'nothing', code=NOT_FOUND)
        ctl('submit', 'printer', '--answers', ctl.write('broken.json', b'{"description": '), code=USAGE)
        ctl('submit', 'printer', '--answers', ctl.write('number.json', {'description': 5}), code=USAGE)
        ctl('submit', 'printer', '--answers', '/nonexistent', code=USAGE)
        ctl('submit', 'printer', '--attach', '/nonexistent', code=USAGE)
        ctl('items', '--answers', 'x', code=USAGE)
        ctl('item', code=USAGE)
        ctl('nonsense', code=USAGE)
        equal(ctl.raw('--nonsense').code, USAGE)
        equal(ctl.raw().code, USAGE)
        equal(ctl.raw('items').code, USAGE, 'no portal is known')
        equal(ctl.raw(*ctl.options(), 'items').code, SIGN_IN, 'nobody is signed in')
        equal(ctl.raw('--portal', 'https://nowhere.invalid/', '--user', USER, '--password-stdin', 'items',
                      text='x\n').code, NETWORK)
        equal(ctl.raw('--portal', portal.url, '--user', USER, '--password-stdin', 'items', text='x\n').code, PROTOCOL,
              'an authority that is not trusted')
        equal(ctl.raw('--portal', portal.url, '--kind', 'teletype', '--user', USER, 'items').code, REFUSED)
        for path in ('/nonexistent', '/dev/zero', '/'):
            for option in ('--ca-file', '--site'):
                result = ctl.raw(*ctl.options(), option, path, 'items')
                equal(result.code, USAGE, f'{option} {path}')
                contains(result.err, path)
        site = ctl.write('site.conf', b'[Catalog\n')
        result = ctl.raw(*ctl.options(), '--kind', 'rt', '--site', site, 'items')
        equal(result.code, USAGE, 'a site file that makes no sense')
        contains(result.err, str(site))
        ctl.write('policy.conf', f'[Portal]\nsite-file={site}\n'.encode())
        equal(ctl.raw(*ctl.options(), '--kind', 'rt', 'items').code, USAGE, 'one of the policy')
        ctl.write('policy.conf', b'')
        broken = Ctl(portal)
        with broken:
            equal(broken.raw(*broken.options(), '--data-dir', '/proc/nonexistent', 'items').code, STORAGE)

        ctl.password = 'wrong'
        for tries_left in (4, 3):
            contains(ctl('items', code=SIGN_IN).err, str(tries_left))


@test
def help_tells_the_exit_codes():
    with portal_and_ctl() as (portal, ctl):
        text = ctl.raw('--help')
        equal(text.code, OK)
        for code in (*range(9), 130):
            contains(text.out, f'\n  {code}  ')
        manual = (pathlib.Path(os.environ['HD_SOURCE_ROOT']) / 'data/man/helpdeskctl.1').read_text()
        for command in ('doctor', 'sign\\-in', 'sign\\-out', 'sync', 'catalog', 'offering', 'search', 'article',
                        'submit', 'items', 'item', 'reply', 'cancel'):
            contains(manual, f'.B {command}')


@test
def what_cannot_be_sent_waits_in_the_outbox():
    with portal_and_ctl() as (portal, ctl):
        ctl.use_keyring_file()
        answers = ctl.write('answers.json', {'description': 'Під час обслуговування'})
        picture = ctl.write('photo.png', PNG)
        equal(ctl.raw(*ctl.options(), 'sign-in', text=PASSWORD + '\n').code, OK)
        equal(ctl.raw(*ctl.options(), 'offering', 'printer').code, OK)

        portal.stop()
        offline = ctl.raw(*ctl.options(), 'search', '--json', 'папір')
        equal(offline.code, NETWORK)
        contains([entry['id'] for entry in offline.json()], 'printer')
        waiting = ctl.raw(*ctl.options(), 'submit', 'printer', '--answers', answers, '--attach', picture)
        equal(waiting.code, NETWORK)
        contains(waiting.err, 'outbox')
        contains(ctl.raw(*ctl.options(), 'sign-out').err, '--force')

        portal.start()
        sent = ctl.raw(*ctl.options(), 'sync')
        equal((sent.code, sent.out.splitlines()[0]), (OK, '10316'), sent.err)
        item = ctl.raw(*ctl.options(), 'item', '10316', '--json').json()
        equal([a['name'] for a in item['attachments']], ['photo.png'])
        equal(ctl.raw(*ctl.options(), 'sync').out.count('10316'), 0)
        equal(ctl.raw(*ctl.options(), 'sign-out').code, OK)
        equal(ctl.raw(*ctl.options(), 'items').code, SIGN_IN)


@test
def a_real_keyring_remembers_and_forgets():
    with portal_and_ctl() as (portal, ctl):
        runtime = ctl.folder / 'run'
        runtime.mkdir(mode=0o700)
        ctl.environment['XDG_RUNTIME_DIR'] = str(runtime)
        del ctl.environment['DBUS_SESSION_BUS_ADDRESS']
        words = [str(PROGRAM), *map(str, ctl.options())]
        script = '''
            run () { "$@"; echo "exit $?"; }
            mkfifo "$HOME/secret"
            gnome-keyring-daemon --foreground --components=secrets --unlock <"$HOME/secret" >/dev/null 2>&1 &
            printf password >"$HOME/secret"
            gdbus wait --session --timeout 20 org.freedesktop.secrets
            printf '%s\\n' "$PASSWORD" | run "$@" sign-in
            run "$@" items --json
            run "$@" --json doctor
            run "$@" sign-out
            run "$@" items
            kill $!
        '''
        result = subprocess.run(['dbus-run-session', '--', 'sh', '-c', script, 'sh', *words], text=True, timeout=120,
                                env=dict(ctl.environment, PASSWORD=PASSWORD), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)
        codes = [line for line in result.stdout.splitlines() if line.startswith('exit ')]
        equal(codes, ['exit 0', 'exit 0', 'exit 0', 'exit 0', f'exit {SIGN_IN}'], result.stdout + result.stderr)
        contains(result.stdout, 'There is a keyring.')
        contains(result.stderr, 'Nobody is signed in')


@test
def doctor_finds_nothing_wrong_with_what_is_right():
    with portal_and_ctl() as (portal, ctl):
        report = {line['check']: line for line in ctl('doctor', '--json').json()}
        for check in ('policy', 'address', 'name', 'connection', 'tls', 'clock', 'portal', 'store', 'outbox', 'sign-in'):
            equal(report[check]['state'], 'ok', str(report[check]))
        equal(report['keyring']['state'], 'warn')


@test
def doctor_names_the_fault():
    with portal_and_ctl() as (portal, ctl):
        def report(*words):
            result = ctl.raw(*words, '--json', 'doctor')
            return result.code, {line['check']: line for line in result.json()}

        code, lines = report('--portal', portal.url)
        equal(code, PROTOCOL)
        equal(lines['tls']['state'], 'fail')
        contains(lines['tls']['text'], 'unknown authority')
        assert 'portal' not in lines

        code, lines = report('--portal', 'https://nowhere.invalid/')
        equal(code, NETWORK)
        equal(lines['name']['state'], 'fail')

        with socket.socket() as closed:
            closed.bind(('127.0.0.1', 0))
            code, lines = report('--portal', f'https://127.0.0.1:{closed.getsockname()[1]}/')
        equal(code, NETWORK)
        equal(lines['name']['state'], 'ok')
        equal(lines['connection']['state'], 'fail')

        code, lines = report('--portal', 'https://')
        equal(lines['address']['state'], 'fail')

        code, lines = report()
        equal(code, USAGE)
        equal(lines['policy']['state'], 'fail')

        ctl.write('policy.conf', f'[Portal]\nurl={portal.url}\nca-file={portal.ca_file}\n'.encode())
        code, lines = report()
        equal(code, OK)
        equal(lines['portal']['state'], 'ok')
        portal.desk('outage', 'on', '--message', 'Планове обслуговування')
        code, lines = report()
        equal(lines['portal']['state'], 'warn')
        contains(lines['portal']['text'], 'Планове обслуговування')


@contextlib.contextmanager
def serving(portal, handler):
    """The address of a server of the portal's name that does what the handler says."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate = next(portal.data_dir.rglob('server*cert*.pem'), None) or next(portal.data_dir.rglob('server.pem'))
    context.load_cert_chain(certificate, next(portal.data_dir.rglob('server*key*.pem'), None))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f'https://127.0.0.1:{server.server_port}/'
    finally:
        server.shutdown()
        server.server_close()


@test
def a_fault_in_the_articles_keeps_nobody_from_filing_a_request():
    class Proxy(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def pass_on(self):
            body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
            if self.headers.get('Transfer-Encoding') == 'chunked':
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size + 2)[:-2]
                self.rfile.readline()
            path = self.path.removeprefix('/api/v1/')
            headers = {name: self.headers[name] for name in ('Authorization', 'Content-Type', 'Idempotency-Key')
                       if self.headers[name]}
            answer = self.client.call(self.command, path, body, headers, token=False)
            status, body = answer.status, answer.body
            if path.startswith(self.broken):
                status, body = 200, b'<html>'
            self.send_response(status)
            self.send_header('Content-Type', answer.content_type)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = pass_on

        def log_message(self, *details):
            pass

    with portal_and_ctl() as (portal, ctl), serving(portal, Proxy) as url:
        Proxy.client = PortalClient(portal.url, portal.ca_file)
        answers = ctl.write('answers.json', {'description': 'Не друкує'})
        options = ['--portal', url, '--ca-file', portal.ca_file, '--user', USER, '--password-stdin']

        def run(*words):
            return ctl.raw(*options, *words, text=PASSWORD + '\n')

        Proxy.broken = 'articles'
        result = run('submit', 'printer', '--answers', answers)
        equal((result.code, result.out), (OK, '10316\n'), result.err)
        contains(result.err, 'Unexpected Answer')
        result = run('items', '--json')
        equal((result.code, [item['number'] for item in result.json()]), (PROTOCOL, ['10316']))

        # What is not known to be missing is not said to be.
        Proxy.broken = 'catalog'
        result = run('--data-dir', ctl.folder / 'empty', 'submit', 'printer', '--answers', answers)
        equal(result.code, PROTOCOL)
        assert 'Not Found' not in result.err, result.err


@test
def doctor_tells_a_web_site_from_a_portal():
    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header('Content-Type', 'text/html')
            self.end_headers()
            self.wfile.write(b'<html><body>Welcome</body></html>')

        def log_message(self, *details):
            pass

    with portal_and_ctl() as (portal, ctl), serving(portal, Site) as url:
        result = ctl.raw('--portal', url, '--ca-file', portal.ca_file, '--json', 'doctor')
        equal(result.code, PROTOCOL)
        lines = {line['check']: line for line in result.json()}
        equal(lines['tls']['state'], 'ok')
        equal(lines['portal']['state'], 'fail')


@test
def no_password_and_no_answer_is_in_the_log():
    with portal_and_ctl() as (portal, ctl):
        ctl.environment['G_MESSAGES_DEBUG'] = 'all'
        answers = ctl.write('answers.json', {'description': 'таємниця-7301'})
        result = ctl('submit', 'printer', '--answers', answers)
        log = result.out + result.err
        contains(log, 'DEBUG')
        for secret in (PASSWORD, 'таємниця-7301', 'Олена', 'Bearer'):
            assert secret not in log, f'{secret} is in the log'


def main():
    print(f'1..{len(TESTS)}')
    n_failed = 0
    for i, function in enumerate(TESTS, 1):
        name = function.__name__.replace('_', ' ')
        try:
            function()
            print(f'ok {i} - {name}', flush=True)
        except Exception as error:
            n_failed += 1
            for line in str(error).splitlines()[:8] + traceback.format_exc().splitlines()[1:]:
                print(f'# {line}')
            print(f'not ok {i} - {name}', flush=True)
    return 1 if n_failed else 0


if __name__ == '__main__':
    sys.exit(main())
