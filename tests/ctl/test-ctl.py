#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What helpdeskctl does with faults, of the person and of the portal; the job itself is test-job.py.  Prints TAP."""

import contextlib
import http.server
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys

from ctl_support import (FORBIDDEN, NETWORK, NOT_FOUND, OK, PASSWORD, PNG, PROGRAM, PROTOCOL, REFUSED, SIGN_IN, STORAGE,
                         USAGE, USER, Ctl, portal_and_ctl, proxy_and_ctl, serving)
from tap import contains, equal, main, test


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
        for code in (*range(10), 130):
            contains(text.out, f'\n  {code}  ')
        manual = (pathlib.Path(os.environ['HD_SOURCE_ROOT']) / 'data/man/helpdeskctl.1').read_text()
        for command in ('doctor', 'sign\\-in', 'sign\\-out', 'sync', 'catalog', 'offering', 'search', 'article',
                        'submit', 'items', 'item', 'reply', 'cancel', 'reopen', 'confirm', 'rate', 'feedback', 'outbox'):
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
def whatever_is_decided_without_the_portal_is_done_when_it_is_back():
    with portal_and_ctl() as (portal, ctl):
        def run(*words, text=''):
            return ctl.raw(*ctl.options(), *words, text=text)

        def decide(*words):
            result = run(*words)
            equal((result.code, 'outbox' in result.err), (NETWORK, True), f'{words}: {result.err}')

        ctl.use_keyring_file()
        answers = ctl.write('answers.json', {'description': 'Під час обслуговування'})
        equal(run('sign-in', text=PASSWORD + '\n').code, OK)
        for number in ('10316', '10317', '10318', '10319'):
            equal(run('submit', 'printer', '--answers', answers).out.strip(), number)
        for number, status in (('10317', 'closed'), ('10318', 'closed'), ('10319', 'in-progress')):
            portal.desk('status', number, status)
        equal(run('sync').code, OK)
        article = run('search', '--json', 'принтер').json()[0]['id']

        portal.stop()
        decide('reply', '10316', 'Уже не треба')
        decide('cancel', '10316', '--comment', 'Минуло')
        decide('rate', '10317', '5')
        decide('reopen', '10318')
        decide('confirm', '10319')
        decide('feedback', article, 'yes')
        equal(run('rate', '10317', '6').code, USAGE)
        equal(run('feedback', article, 'perhaps').code, USAGE)
        waiting = run('outbox', '--json').json()
        equal([entry['action'] for entry in waiting], ['reply', 'cancel', 'rate', 'reopen', 'confirm', 'feedback'])
        contains(run('outbox').out, '10318')

        portal.start()
        sent = run('sync')
        equal(sent.code, OK, sent.err)
        equal(run('outbox', '--json').json(), [])
        cancelled = run('item', '10316', '--json').json()
        equal(cancelled['status'], 'cancelled')
        contains([message.get('text') for message in cancelled['messages']], 'Уже не треба')
        equal(run('item', '10317', '--json').json()['rating'], 5)
        equal(run('item', '10318', '--json').json()['status'], 'in-progress')
        equal(run('item', '10319', '--json').json()['status'], 'closed')


@test
def an_entry_of_the_outbox_is_shown_stopped_sent_and_deleted():
    with portal_and_ctl() as (portal, ctl):
        def run(*words, text=''):
            return ctl.raw(*ctl.options(), *words, text=text)

        def states():
            return [entry['state'] for entry in run('outbox', '--json').json()]

        ctl.use_keyring_file()
        picture = ctl.write('photo.png', PNG)
        equal(run('sign-in', text=PASSWORD + '\n').code, OK)
        equal(run('offering', 'printer').code, OK)
        portal.stop()
        for words in ('Не друкує', 'Жує папір', 'Гуде'):
            answers = ctl.write('answers.json', {'description': words})
            equal(run('submit', 'printer', '--answers', answers, '--attach', picture).code, NETWORK)
        with contextlib.closing(sqlite3.connect(next(ctl.folder.rglob('drafts.db')))) as drafts, drafts:
            drafts.execute("UPDATE outbox SET id = 'a' || position || id, json = json_set(json, '$.id', 'a' || position || id)")
        ids = [entry['id'] for entry in run('outbox', '--json').json()]
        first, second, third = (name[:2] for name in ids)
        contains(run('outbox').out, ids[1][:8])
        any_of_them = run('outbox', 'delete', 'a')
        equal(any_of_them.code, USAGE)
        contains(any_of_them.err, 'More than one')

        shown = run('outbox', 'show', second)
        equal(shown.code, OK, shown.err)
        for words in ('Жує папір', 'photo.png', 'Queued'):
            contains(shown.out, words)
        assert 'Гуде' not in shown.out
        equal(run('outbox', 'show', second, '--json').json()['id'], ids[1])
        contains(run('outbox', '--json').out, 'Жує папір')
        # Without the form nobody knows what is secret.
        with contextlib.closing(sqlite3.connect(next(ctl.folder.rglob('cache.db')))) as cache:
            with cache:
                cache.execute("UPDATE forms SET offering_id = 'gone ' || offering_id")
            hidden, *hidden_json = run('outbox', 'show', second), run('outbox', 'show', second, '--json'), run('outbox', '--json')
            with cache:
                cache.execute("UPDATE forms SET offering_id = substr(offering_id, 6)")
        contains(hidden.out, 'photo.png')
        assert 'Жує папір' not in hidden.out
        for told in hidden_json:
            contains(told.out, 'photo.png')
            assert 'Жує' not in told.out
        for words in (('show', 'nothing'), ('send', 'nothing'), ('stop', 'nothing'), ('delete', 'nothing'), ('show', '')):
            equal(run('outbox', *words).code, NOT_FOUND, str(words))
        for words in (('show',), ('stop',), ('delete',), ('throw', first), ('show', first, second)):
            equal(run('outbox', *words).code, USAGE, str(words))

        equal(run('outbox', 'delete', first).code, OK)
        equal(run('outbox', 'stop', second).code, OK)
        equal(states(), ['paused', 'queued'])
        equal(run('outbox', 'send', third).code, NETWORK)

        # What was stopped is not sent by the way.
        portal.start()
        sent = run('outbox', 'send', third)
        equal((sent.code, sent.out), (OK, '10316\n'), sent.err)
        equal(states(), ['paused'])
        equal([item['number'] for item in run('items', '--json').json()], ['10316'])
        contains(run('item', '10316').out, 'Гуде')
        equal(run('outbox', 'send', second).out, '10317\n')
        contains(run('item', '10317').out, 'Жує папір')
        equal(states(), [])
        equal(run('outbox', 'send').code, OK)


@test
def what_was_in_the_outbox_stays_there_when_it_is_refused():
    with proxy_and_ctl(failed='requests') as (handler, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує'})
        ctl('submit', 'printer', '--answers', answers, code=NETWORK)
        name = ctl('outbox', '--json').json()[0]['id']
        # Else it would be on its way as soon as somebody is signed in.
        ctl('outbox', 'stop', name)
        handler.failed, handler.refused = None, 'requests'
        ctl('outbox', 'send', name, code=FORBIDDEN)
        contains(ctl('outbox', 'show', name).out, 'Not accepted')
        handler.refused = None
        equal(ctl('outbox', 'send', name).out, '10316\n')


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


@test
def search_knows_the_words_of_the_portal_and_of_the_policy():
    with portal_and_ctl() as (portal, ctl):
        def found(word):
            return {result['id'] for result in ctl('search', word, '--json').json()}

        def search_check():
            return {line['check']: line for line in ctl('doctor', '--json').json()}.get('search')

        ctl('sync')
        assert 'mailbox' in found('мейлбокс'), found('мейлбокс')
        equal(found('теревенька'), set())
        equal(search_check(), None)

        words = ctl.folder / 'words'
        ctl.write('policy.conf', f'[Search]\nsynonyms={words}\n'.encode())
        equal(found('теревенька'), set())
        equal(search_check()['state'], 'warn')
        contains(search_check()['text'], str(words))

        ctl.write('words', '# наші слова\nтеревенька, скринька\n'.encode())
        assert 'mailbox' in found('теревенька'), found('теревенька')
        assert 'mailbox' in found('мейлбокс'), found('мейлбокс')
        equal((search_check()['state'], search_check()['text']), ('ok', 'The policy adds 1 line of synonyms.'))


@test
def a_fault_in_the_articles_keeps_nobody_from_filing_a_request():
    with proxy_and_ctl(broken='articles') as (handler, ctl):
        answers = ctl.write('answers.json', {'description': 'Не друкує'})

        def run(*words):
            return ctl.raw(*ctl.options(), '--password-stdin', *words, text=PASSWORD + '\n')

        result = run('submit', 'printer', '--answers', answers)
        equal((result.code, result.out), (OK, '10316\n'), result.err)
        contains(result.err, 'Unexpected Answer')
        result = run('items', '--json')
        equal((result.code, [item['number'] for item in result.json()]), (PROTOCOL, ['10316']))

        handler.broken, handler.failed = None, 'articles'
        result = run('items', '--json')
        equal((result.code, [item['number'] for item in result.json()]), (PROTOCOL, ['10316']))
        contains(result.err, 'Not Everything Is Up to Date')

        # What is not known to be missing is not said to be.
        handler.failed, handler.broken = None, 'catalog'
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


if __name__ == '__main__':
    sys.exit(main())
