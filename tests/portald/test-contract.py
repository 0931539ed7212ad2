#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the real portal against docs/portal-api.yaml: every operation, every documented answer.

Each answer is checked against its schema (with members that are not documented counted as faults),
its headers and its media type.  Prints TAP.
"""

import base64
import email
import email.policy
import hashlib
import http.client
import json
import pathlib
import re
import socket
import ssl
import sys
import time
import traceback
import urllib.parse
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'support')]

from api_document import ApiDocument  # noqa: E402
from portal_client import PortalClient, encode_multipart  # noqa: E402
from practice_portal import PASSWORD, USER, PracticePortal  # noqa: E402

document = ApiDocument(HERE.parent.parent / 'docs/portal-api.yaml')
TESTS = []


def test(function):
    TESTS.append(function)
    return function


class CheckedClient(PortalClient):
    """Checks each answer against the document."""

    def call(self, method, path, body=None, headers=None, query=None, token=True):
        answer = super().call(method, path, body, headers, query, token)
        document.check_answer(method, path, answer)
        if answer.status < 300 and isinstance(body, (dict, list)):
            document.check_request(method, path, json.dumps(body), 'application/json')
        return answer


def equal(actual, expected, what=''):
    assert actual == expected, f'{what} {actual!r} is not {expected!r}'


def contains(text, part):
    assert part in text, f'{part!r} is not in {text!r}'


def expect(answer, status, code=None):
    equal(answer.status, status, repr(answer))
    if code:
        equal(answer.json()['code'], code)
    return answer


class Tests:
    def __init__(self, portal):
        self.portal = portal
        self.client = CheckedClient(portal.url, portal.ca_file)
        expect(self.client.sign_in(USER, PASSWORD), 201)

    def new_client(self, user=USER, password=PASSWORD):
        client = CheckedClient(self.portal.url, self.portal.ca_file)
        expect(client.sign_in(user, password), 201)
        return client

    def await_letter(self, number):
        """The text of the letter about a request, which is written a moment later."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for path in (self.portal.data_dir / 'mail').glob('*.eml'):
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                text = message.get_body(('plain',)).get_content()
                if number in text or number in message['Subject']:
                    return text
            time.sleep(0.05)
        raise AssertionError(f'no letter about {number}')

    def printer(self, **kwargs):
        return expect(self.client.submit('printer', {'description': 'Не друкує'}, **kwargs), 201).json()

    @test
    def the_document_is_right_about_itself(self):
        assert document.check_itself() >= 10

    @test
    def information_is_for_everybody(self):
        anybody = CheckedClient(self.portal.url, self.portal.ca_file)
        info = expect(anybody.get('info'), 200).json()
        equal(info['mail_domain'], 'customs.gov.ua')
        equal(info['max_file_size'], 1048576)
        equal(info['synonyms'][0], ['мейлбокс', 'скринька'])
        assert 'outage' not in info

    @test
    def signing_in_and_out(self):
        client = CheckedClient(self.portal.url, self.portal.ca_file)
        answer = expect(client.sign_in(' SUPPORT@Customs.gov.ua ', PASSWORD), 201)
        equal(answer.headers['Cache-Control'], 'no-store')
        equal(expect(client.get('me'), 200).json(), answer.json()['account'])
        expect(client.call('DELETE', 'session'), 204)
        expect(client.get('me'), 401, 'signed-out')
        expect(self.client.get('me'), 200)
        expect(client.call('POST', 'session', {'user_name': 'support'}), 400, 'bad-request')
        expect(client.call('POST', 'session', b'{nonsense'), 400, 'bad-request')
        expect(client.call('POST', 'session', b'[' * 100000), 400, 'bad-request')
        expect(client.call('POST', 'session', b' ' * 300000), 413, 'too-large')
        expect(client.sign_in('support@example.com', PASSWORD), 401, 'invalid-credentials')

    @test
    def wrong_passwords_lock(self):
        self.portal.add_user('forgetful', 'right')
        client = CheckedClient(self.portal.url, self.portal.ca_file)
        for left in (4, 3, 2, 1):
            equal(expect(client.sign_in('forgetful', 'wrong'), 401, 'invalid-credentials').json()['tries_left'], left)
        answer = expect(client.sign_in('Forgetful', 'wrong'), 429, 'locked')
        assert 1 <= int(answer.headers['Retry-After']) <= 300
        expect(client.sign_in('forgetful', 'right'), 429, 'locked')
        # A name that nobody has is treated alike.
        equal(expect(client.sign_in('nobody', 'x'), 401, 'invalid-credentials').json()['tries_left'], 4)
        self.portal.desk('set-password', 'forgetful', text='new one')
        expect(client.sign_in('forgetful', 'new one'), 201)

    @test
    def problems_speak_both_languages(self):
        for language, letters in (('uk', '[а-яіїєґ]'), ('en-GB,uk;q=0.5', '[a-z]'), ('de', '[а-яіїєґ]')):
            client = CheckedClient(self.portal.url, self.portal.ca_file, language=language)
            detail = expect(client.get('me'), 401).json()['detail']
            assert re.search(letters, detail), detail

    @test
    def every_operation_wants_a_token(self):
        anybody = CheckedClient(self.portal.url, self.portal.ca_file, token='made-up')
        for method, template, _, operation in document.operations.values():
            if operation.get('security') != []:
                path = re.sub(r'\{\w+\}', '1', template)[1:]
                expect(anybody.call(method, path), 401, 'signed-out')
                expect(anybody.call(method, path, token=False), 401, 'signed-out')

    @test
    def a_closed_portal_says_so_everywhere(self):
        self.portal.desk('outage', 'on', '--message', 'Роботи до вечора', '--hard')
        try:
            for name, (method, template, _, operation) in document.operations.items():
                path = re.sub(r'\{\w+\}', '1', template)[1:]
                if name != 'getInfo':
                    answer = expect(self.client.call(method, path, headers={'Idempotency-Key': 'k'}), 503, 'maintenance')
                    equal(answer.json()['detail'], 'Роботи до вечора')
            equal(expect(self.client.get('info'), 200).json()['outage']['message'], 'Роботи до вечора')
            self.portal.desk('outage', 'on', '--message', 'Повільно')
            expect(self.client.get('me'), 200)
            equal(expect(self.client.get('info'), 200).json()['outage']['message'], 'Повільно')
        finally:
            self.portal.desk('outage', 'off')
        expect(self.client.get('me'), 200)

    @test
    def too_many_calls_are_told_to_wait_everywhere(self):
        with PracticePortal(options=['--rate-limit', '30', '--rate-burst', '3']) as portal:
            client = CheckedClient(portal.url, portal.ca_file)
            expect(client.sign_in(USER, PASSWORD), 201)
            for _ in range(3):
                expect(client.get('me'), 200)
            # One session's calls are not another's.
            other = CheckedClient(portal.url, portal.ca_file)
            expect(other.sign_in(USER, PASSWORD), 201)
            expect(other.get('me'), 200)
            expect(CheckedClient(portal.url, portal.ca_file, token='made-up').get('me'), 401, 'signed-out')
            for name, (method, template, _, operation) in document.operations.items():
                path = re.sub(r'\{\w+\}', '1', template)[1:]
                answer = expect(client.call(method, path, headers={'Idempotency-Key': 'k'}), 429, 'rate-limited')
                equal(answer.json()['detail'], 'Забагато запитів; спробуйте за мить.')
                assert 1 <= int(answer.headers['Retry-After']) <= 2
            # Made-up tokens are not each other's way round it.
            answer = CheckedClient(portal.url, portal.ca_file, token='made-up-too').get('me')
            expect(answer, 429, 'rate-limited')

    @test
    def ordinary_use_meets_no_limit(self):
        for _ in range(500):
            expect(self.client.get('me'), 200)

    @test
    def a_sensitive_answer_is_kept_nowhere(self):
        secret = 'Калинова-7301'
        answers = {'region': 'south', 'office': 'odesa', 'role': 'captain', 'secret': secret}
        key = str(uuid.uuid4())
        request = expect(self.client.submit('everything', answers, key=key), 201).json()
        value = next(f['value'] for f in request['fields'] if f['field_id'] == 'secret')
        equal(set(value), {'•'}, 'that it was given is told')
        again = expect(self.client.submit('everything', answers, key=key), 201)
        equal(again.json()['id'], request['id'])
        expect(self.client.get('requests', query={'q': 'калинова'}), 200)
        equal(self.client.get('requests', query={'q': 'калинова'}).json()['items'], [])
        forms = [secret.encode(), json.dumps(secret).strip('"').encode(), secret.encode('utf-16-le'),
                 base64.b64encode(secret.encode())[:16], secret.lower().encode()]
        letter = self.await_letter(request['number'])
        contains(letter, 'Кодове слово')
        assert secret not in letter, 'it is in the letter'
        for path in (path for path in self.portal.data_dir.rglob('*') if path.is_file()):
            content = path.read_bytes()
            assert not any(form in content for form in forms), f'{path.name} has it'

    @test
    def files_of_what_is_refused_are_not_kept(self):
        def blobs():
            return {path.name for path in (self.portal.data_dir / 'files').rglob('*') if path.is_file()}
        before = blobs()
        file = ('photo', 'фото.txt', 'text/plain', b'nobody wants this 1')
        expect(self.client.submit('printer', {}, [file]), 422, 'refused')
        expect(self.client.submit('printer', {'description': 'Так'}, [file], form_version=999), 409, 'form-changed')
        expect(self.client.upload('requests/1/messages', 'message', {'text': 'Так'},
                                  [(None, 'a.txt', 'text/plain', b'nobody wants this 2')]), 404, 'not-found')
        equal(blobs(), before)
        # What is named already stays, though another upload of it is refused.
        request = expect(self.client.submit('printer', {'description': 'Так'}, [file]), 201).json()
        expect(self.client.submit('printer', {}, [file]), 422, 'refused')
        sha256 = hashlib.sha256(file[3]).hexdigest()
        equal(blobs(), before | {sha256})
        attachment = request['attachments'][0]
        equal(expect(self.client.get(f'requests/{request["id"]}/attachments/{attachment["id"]}'), 200).body, file[3])

    @test
    def what_is_known_is_not_sent_again(self):
        self.printer()
        request = expect(self.client.get('requests'), 200).json()['items'][0]
        for path in ('catalog', 'offerings/mailbox/form', 'options/offices', 'articles', 'articles/printer',
                     'announcements', 'requests/' + request['id']):
            etag = expect(self.client.get(path), 200).headers['ETag']
            expect(self.client.get(path, headers={'If-None-Match': etag}), 304)
            expect(self.client.get(path, headers={'If-None-Match': f'"other", W/{etag}'}), 304)
            expect(self.client.get(path, headers={'If-None-Match': '"other"'}), 200)

    @test
    def forms_and_options(self):
        catalog = expect(self.client.get('catalog'), 200).json()
        for offering in catalog['offerings']:
            form = expect(self.client.get(f'offerings/{offering["id"]}/form'), 200).json()
            equal(form['version'], offering['form_version'])
        expect(self.client.get('offerings/nothing/form'), 404, 'not-found')

        def search(**query):
            return [o['value'] for o in expect(self.client.get('options/offices', query=query), 200).json()['options']]
        equal(search(), ['kyiv', 'chernihiv', 'odesa'])
        equal(search(q='МИТНИЦЯ київ'), ['kyiv'])
        equal(search(q='ївсь'), ['kyiv'])
        equal(search(parent='south'), ['odesa'])
        equal(search(limit=1), ['kyiv'])
        equal(search(q='немає'), [])
        expect(self.client.get('options/nothing'), 404, 'not-found')
        expect(self.client.get('options/offices', query={'limit': 'many'}), 400, 'bad-request')

    @test
    def a_request_is_registered_once(self):
        key = str(uuid.uuid4())
        files = [('photo', 'Фото №1 «принтер».png', 'image/png', b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 8)]
        first = expect(self.client.submit('printer', {'description': 'Не друкує'}, files, key), 201)
        again = expect(self.client.submit('printer', {'description': 'Не друкує'}, files, key), 201)
        equal(again.json(), first.json())
        equal(again.headers['Idempotency-Replayed'], 'true')
        equal(again.headers['Location'], first.headers['Location'])
        assert first.headers['Idempotency-Replayed'] is None
        expect(self.client.submit('printer', {'description': 'Інше'}, files, key), 409, 'conflict')
        other_file = [(*files[0][:3], b'x' + files[0][3][1:])]
        expect(self.client.submit('printer', {'description': 'Не друкує'}, other_file, key), 409, 'conflict')
        # Somebody else may happen to have the same key.
        self.portal.add_user('neighbour', 'password')
        neighbour = self.new_client('neighbour', 'password')
        expect(neighbour.submit('printer', {'description': 'Не друкує'}, files, key), 201)
        numbers = [item['number'] for item in self.client.get('requests').json()['items']]
        equal(numbers.count(first.json()['number']), 1)

    @test
    def a_refused_submission_can_be_corrected_under_its_key(self):
        key = str(uuid.uuid4())
        refused = expect(self.client.submit('mailbox', {'subject': 'Я', 'login': 'Ч'}, key=key), 422, 'refused')
        equal({f['field'] for f in refused.json()['fields']}, {'subject', 'login', 'owner'})
        answers = {'subject': 'Скринька', 'login': 'viddil.5', 'owner': 'koval', 'quota': '5'}
        request = expect(self.client.submit('mailbox', answers, key=key), 201).json()
        equal(request['subject'], 'Скринька')
        equal([f['value'] for f in request['fields']], ['Скринька', 'viddil.5', '5', 'Коваль Олена Петрівна'])

    @test
    def the_rules_of_the_form_hold(self):
        good = {'region': 'south', 'office': 'odesa', 'role': 'captain', 'temporary': 'true', 'until': '2099-01-02',
                'systems': ['asmo', 'vpn'], 'call': '2027-01-02T10:30', 'secret': 'Слово'}
        request = expect(self.client.submit('everything', good), 201).json()
        values = {f['field_id']: f['value'] for f in request['fields']}
        equal(values['until'], '02.01.2099')
        equal(values['systems'], 'АСМО, VPN')
        assert 'Слово' not in str(request), 'a sensitive answer was told'

        def faults(files=(), **changes):
            answers = {k: v for k, v in {**good, **changes}.items() if v is not None}
            return {f['field'] for f in expect(self.client.submit('everything', answers, files), 422).json()['fields']}
        equal(faults(region='north'), {'office', 'role'})
        equal(faults(office='nowhere'), {'office'})
        equal(faults(systems=['asmo', 'vpn', 'mail']), {'systems'})
        equal(faults(systems=['other']), {'systems'})
        equal(faults(until=None), {'until'})
        equal(faults(until='2001-01-01'), {'until'})
        equal(faults(call='tomorrow'), {'call'})
        equal(faults(temporary='yes'), {'temporary'})
        equal(faults([('scan', 'a.exe', 'application/x-dosexec', b'MZ')]), {'scan'})
        # What is hidden is neither required nor kept.
        hidden = {**good, 'temporary': 'false'}
        request = expect(self.client.submit('everything', hidden), 201).json()
        assert 'until' not in {f['field_id'] for f in request['fields']}

    @test
    def submissions_that_make_no_sense(self):
        upload = self.client.upload
        form = self.client.get('offerings/printer/form').json()
        base = {'offering_id': 'printer', 'form_version': form['version'], 'answers': {'description': 'x'}}
        expect(upload('requests', 'request', {**base, 'form_version': form['version'] + 1}), 409, 'form-changed')
        expect(upload('requests', 'request', {**base, 'offering_id': 'nothing'}), 404, 'not-found')
        expect(upload('requests', 'request', {**base, 'answers': 'text'}), 400, 'bad-request')
        expect(upload('requests', 'request', {**base, 'answers': {'description': {'a': 1}}}), 400, 'bad-request')
        expect(upload('requests', 'other', base), 400, 'bad-request')
        expect(upload('requests', 'request', base, key='k' * 300), 400, 'bad-request')
        expect(self.client.post('requests', base), 400, 'bad-request')
        content_type, body = encode_multipart([('request', 'application/json', b'[]')])
        headers = {'Content-Type': content_type, 'Idempotency-Key': 'k'}
        expect(self.client.call('POST', 'requests', body, headers), 400, 'bad-request')
        lost = b'{"offering_id":"printer","answers":{},"attachments":[{"part":"lost"}]}'
        content_type, body = encode_multipart([('request', 'application/json', lost)])
        expect(self.client.call('POST', 'requests', body, {**headers, 'Content-Type': content_type}), 400, 'bad-request')

    @test
    def limits_hold(self):
        def send(*sizes):
            files = [(None, f'{i}.txt', 'text/plain', b'x' * size) for i, size in enumerate(sizes)]
            return self.client.submit('printer', {'description': 'Файли'}, files)
        expect(send(1048576), 201)
        expect(send(1048577), 413, 'too-large')
        expect(send(*[10] * 6), 413, 'too-large')
        expect(send(*[1048576] * 4), 413, 'too-large')
        expect(send(8 * 1024 * 1024), 413, 'too-large')
        request = self.printer()
        files = [(None, 'a', 'text/plain', b'x' * 1048577)]
        expect(self.client.reply(request['id'], 'Файл', files), 413, 'too-large')
        for path in (f'requests/{request["id"]}/{action}' for action in ('cancel', 'reopen', 'confirm', 'rating')):
            expect(self.client.post(path, {'comment': 'x' * 300000}), 413, 'too-large')
        expect(self.client.post('articles/printer/feedback', {'helpful': True, 'comment': 'x' * 300000}), 413, 'too-large')

    @test
    def whoever_asks_first_does_not_send_in_vain(self):
        """“Expect: 100-continue” with a body that is too large, and without a token."""
        host, port = self.client.host, self.client.port
        for token, length, status in (('x', 10, 401), (self.client.token, 10 ** 9, 413)):
            with socket.create_connection((host, port)) as plain, \
                    self.client.context.wrap_socket(plain, server_hostname=host) as tls:
                tls.settimeout(30)
                tls.sendall((f'POST /api/v1/requests HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n'
                             f'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n'
                             'Expect: 100-continue\r\n\r\n').encode())
                equal(int(tls.recv(4096).split()[1]), status)

    @test
    def listing_filters_and_sorts(self):
        self.portal.add_user('lister', 'password')
        client = self.new_client('lister', 'password')
        subjects = ['Яблуко', 'абрикос', 'Їжак', 'берег']
        for i, subject in enumerate(subjects):
            answers = {'subject': subject + ' на столі', 'login': f'user{i}', 'owner': 'lysenko'}
            expect(client.submit('mailbox', answers), 201)
        incident = expect(client.submit('printer', {'description': 'Папір застряг'}), 201).json()
        expect(client.post(f'requests/{incident["id"]}/cancel'), 200)

        def listing(**query):
            return expect(client.get('requests', query=query), 200).json()

        def names(**query):
            return [item['subject'].split()[0] for item in listing(**query)['items']]
        equal(listing()['total'], 5)
        equal(listing()['items'][0]['id'], incident['id'])
        equal(names(kind='incident'), ['Не'])
        equal(len(names(kind='incident,request')), 5)
        equal(names(status='cancelled'), ['Не'])
        equal(len(names(status='registered,in-progress')), 4)
        equal(names(q='ПАПІР'), ['Не'])
        equal(names(q='їжак столі'), ['Їжак'])
        equal(names(q=incident['number']), ['Не'])
        expect(client.get('requests', query={'q': 'слово ' * 1200}), 400, 'bad-request')
        equal(names(waiting='true'), [])
        equal(len(names(waiting='false')), 5)
        equal(names(sort='number', order='asc')[:4], subjects)
        equal(names(sort='number')[1:], subjects[::-1])
        equal(names(sort='subject', order='asc'), ['абрикос', 'берег', 'Їжак', 'Не', 'Яблуко'])
        for sort in ('number', 'subject', 'kind', 'status', 'priority', 'created_at', 'updated_at'):
            for order in ('asc', 'desc'):
                whole = [item['id'] for item in listing(sort=sort, order=order)['items']]
                pages, cursor, as_of = [], None, set()
                while True:
                    page = listing(sort=sort, order=order, limit=2, **({'cursor': cursor} if cursor else {}))
                    pages += [item['id'] for item in page['items']]
                    as_of.add(page['as_of'])
                    equal(page['total'], 5)
                    cursor = page.get('next_cursor')
                    if not cursor:
                        break
                equal(pages, whole, f'pages by {sort} {order}')
                equal(len(as_of), 1)
        for query in ({'kind': 'other'}, {'status': 'open'}, {'sort': 'size'}, {'order': 'up'}, {'limit': '0'},
                      {'waiting': 'perhaps'}, {'cursor': 'nonsense'}, {'sort': 'kind', 'cursor': cursor_of(client)}):
            expect(client.get('requests', query=query), 400, 'bad-request')

    @test
    def only_changes_since(self):
        one, other = self.printer(), self.printer()
        page = expect(self.client.get('requests'), 200).json()

        def changed(since):
            answer = expect(self.client.get('requests', query={'since': since}), 200).json()
            return [item['id'] for item in answer['items']], answer['as_of']
        equal(changed(page['as_of'])[0], [])
        self.portal.desk('reply', one['number'], 'Перевіряємо')
        ids, as_of = changed(page['as_of'])
        equal(ids, [one['id']])
        expect(self.client.post(f'requests/{other["id"]}/cancel'), 200)
        equal(changed(as_of)[0], [other['id']])
        equal(set(changed(page['as_of'])[0]), {one['id'], other['id']})
        equal(len(changed('of another portal')[0]), min(50, page['total']))

    @test
    def a_request_lives_its_life(self):
        request = self.printer()
        equal(request['status'], 'registered')
        equal(request['priority'], 'normal')
        equal(request['actions'], ['reply', 'cancel'])
        path = 'requests/' + request['id']
        for action, body in (('confirm', {}), ('reopen', {}), ('rating', {'stars': 5})):
            expect(self.client.post(f'{path}/{action}', body), 409, 'conflict')

        attached = HERE / 'test-contract.py'
        self.portal.desk('reply', request['number'], 'Яка модель?', '--ask', '--attach', attached, '--author', 'Андрій')
        asked = expect(self.client.get(path), 200).json()
        equal((asked['status'], asked['waiting_for_me'], asked['assignee']), ('in-progress', True, 'Андрій'))
        equal(asked['messages'][0]['attachments'][0]['sha256'], hashlib.sha256(attached.read_bytes()).hexdigest())
        waiting = expect(self.client.get('requests', query={'waiting': 'true'}), 200).json()['items']
        equal([item['id'] for item in waiting], [request['id']])

        key = str(uuid.uuid4())
        files = [(None, 'модель.txt', 'text/plain', 'ПР-5'.encode())]
        message = expect(self.client.reply(request['id'], ' ПР-5 ', files, key), 201)
        equal((message.json()['text'], message.json()['mine']), ('ПР-5', True))
        equal(expect(self.client.reply(request['id'], ' ПР-5 ', files, key), 201).headers['Idempotency-Replayed'], 'true')
        expect(self.client.reply(request['id'], '  '), 422, 'refused')
        expect(self.client.reply(request['id'], 'х' * 20001), 422, 'refused')
        expect(self.client.upload(f'{path}/messages', 'other', {'text': 'x'}), 400, 'bad-request')
        replied = expect(self.client.get(path), 200).json()
        equal((replied['waiting_for_me'], replied['message_count']), (False, 2))

        self.portal.desk('status', request['number'], 'in-progress', '--label', 'Очікує деталь')
        equal(expect(self.client.get(path), 200).json()['status_label'], 'Очікує деталь')
        closed = expect(self.client.post(f'{path}/confirm', {'comment': 'Працює'}, key='confirm'), 200).json()
        equal((closed['status'], closed['actions'], closed['messages'][-1]['text']), ('closed', ['reopen', 'rate'], 'Працює'))
        again = expect(self.client.post(f'{path}/confirm', {'comment': 'Працює'}, key='confirm'), 200)
        equal((again.json(), again.headers['Idempotency-Replayed']), (closed, 'true'))
        expect(self.client.reply(request['id'], 'Ще'), 409, 'conflict')
        expect(self.client.post(f'{path}/cancel'), 409, 'conflict')
        expect(self.client.post(f'{path}/rating', {'stars': 6}), 422, 'refused')
        equal(expect(self.client.post(f'{path}/rating', {'stars': 4, 'comment': 'Добре'}), 200).json()['rating'], 4)
        expect(self.client.post(f'{path}/rating', {'stars': 5}), 409, 'conflict')
        reopened = expect(self.client.post(f'{path}/reopen'), 200).json()
        equal((reopened['status'], reopened['rating'], 'closed_at' in reopened), ('in-progress', 0, False))
        self.portal.desk('status', request['number'], 'closed')
        equal([h['status'] for h in expect(self.client.get(path), 200).json()['history']],
              ['registered', 'in-progress', 'in-progress', 'closed', 'in-progress', 'closed'])

    @test
    def actions_that_make_no_sense(self):
        request = self.printer()
        path = 'requests/' + request['id']
        for action in ('cancel', 'reopen', 'confirm', 'rating'):
            expect(self.client.call('POST', f'{path}/{action}', {'comment': 'x'}), 400, 'bad-request')
            expect(self.client.post(f'{path}/{action}', b'[]'), 400, 'bad-request')
            expect(self.client.post(f'requests/nothing/{action}'), 404, 'not-found')
        expect(self.client.reply('nothing', 'x'), 404, 'not-found')
        self.portal.desk('reply', request['number'], 'Добре')
        for action in ('confirm', 'cancel'):
            expect(self.client.post(f'{path}/{action}', {'comment': 'x' * 20001}), 422, 'refused')
        expect(self.client.post(f'{path}/confirm'), 200)
        expect(self.client.post(f'{path}/reopen', {'comment': 'x' * 20001}), 422, 'refused')

    @test
    def nobody_sees_what_is_somebody_elses(self):
        files = [(None, 'таємно.txt', 'text/plain', b'secret')]
        request = self.printer(files=files)
        attachment = request['attachments'][0]['id']
        self.portal.add_user('stranger', 'password')
        stranger = self.new_client('stranger', 'password')
        path = 'requests/' + request['id']
        equal(expect(stranger.get('requests'), 200).json()['total'], 0)
        expect(stranger.get(path), 404, 'not-found')
        expect(stranger.get(f'{path}/attachments/{attachment}'), 404, 'not-found')
        expect(stranger.reply(request['id'], 'x'), 404, 'not-found')
        for action in ('cancel', 'reopen', 'confirm', 'rating'):
            expect(stranger.post(f'{path}/{action}', {}), 404, 'not-found')
        # Not by way of one's own request either.
        own = expect(stranger.submit('printer', {'description': 'x'}), 201).json()
        expect(stranger.get(f'requests/{own["id"]}/attachments/{attachment}'), 404, 'not-found')

    @test
    def downloads_come_whole_or_in_part(self):
        data = bytes(range(256)) * 20
        name = '../Звіт «№1»\n100%.txt'
        request = self.printer(files=[(None, name, 'text/plain; charset=utf-8', data), (None, 'empty', 'text/plain', b'')])
        whole, empty = request['attachments']
        equal(whole['name'], '.._Звіт «№1»_100%.txt')
        path = f'requests/{request["id"]}/attachments/{whole["id"]}'
        answer = expect(self.client.get(path), 200)
        equal(answer.body, data)
        disposition = answer.headers['Content-Disposition']
        encoded = re.search(r"filename\*=UTF-8''(\S+)$", disposition)[1]
        equal(urllib.parse.unquote(encoded), whole['name'])
        assert disposition.isascii() and '\n' not in disposition
        part = expect(self.client.get(path, headers={'Range': 'bytes=100-199'}), 206)
        equal(part.body, data[100:200])
        equal(part.headers['Content-Range'], f'bytes 100-199/{len(data)}')
        equal(expect(self.client.get(path, headers={'Range': 'bytes=5000-'}), 206).body, data[5000:])
        equal(expect(self.client.get(f'requests/{request["id"]}/attachments/{empty["id"]}'), 200).body, b'')
        expect(self.client.get(f'requests/{request["id"]}/attachments/nothing'), 404, 'not-found')

    def add_piece(self, client, name, offset, length, piece):
        return client.call('PATCH', f'uploads/{name}', piece, {
            'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': str(offset), 'Upload-Length': str(length)})

    @test
    def large_files_come_piece_by_piece(self):
        data = bytes(range(256)) * 1200
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
        expect(self.client.get('uploads/' + sha256), 404, 'not-found')
        equal(expect(self.add_piece(self.client, sha256, 0, size, data[:200000]), 200).json(), {'offset': 200000})
        equal(expect(self.client.get('uploads/' + sha256), 200).json(), {'offset': 200000})
        expect(self.add_piece(self.client, sha256, 0, size, data[:200000]), 409, 'conflict')
        expect(self.add_piece(self.client, sha256, 200000, 200001, data[200000:]), 400, 'bad-request')
        expect(self.add_piece(self.client, sha256, 'x', size, data[200000:]), 400, 'bad-request')
        expect(self.add_piece(self.client, sha256, 200000, 1048577, data[200000:]), 413, 'too-large')
        expect(self.add_piece(self.client, 'nothing', 0, size, data[:10]), 404, 'not-found')
        file = (None, 'великий.bin', 'application/octet-stream', (sha256, size))
        key = str(uuid.uuid4())
        expect(self.client.submit('printer', {'description': 'Ще не весь'}, [file]), 400, 'bad-request')
        equal(expect(self.add_piece(self.client, sha256, 200000, size, data[200000:]), 200).json(), {'offset': size})
        self.portal.add_user('uploader', PASSWORD)
        stranger = PortalClient(self.portal.url, self.portal.ca_file)
        stranger.sign_in('uploader', PASSWORD)
        expect(stranger.get('uploads/' + sha256), 404, 'not-found')
        expect(stranger.submit('printer', {'description': 'Чужий'}, [file]), 400, 'bad-request')

        request = expect(self.client.submit('printer', {'description': 'Великий файл'}, [file], key), 201).json()
        path = f'requests/{request["id"]}/attachments/{request["attachments"][0]["id"]}'
        equal(expect(self.client.get(path), 200).body, data)
        again = expect(self.client.submit('printer', {'description': 'Великий файл'}, [file], key), 201)
        equal((again.json()['id'], again.headers['Idempotency-Replayed']), (request['id'], 'true'))
        message = expect(self.client.reply(request['id'], 'Він же', [file]), 201).json()
        equal(message['attachments'][0]['size'], size)

        # What is whole and is something else goes, to come anew.
        wrong = hashlib.sha256(b'wrong').hexdigest()
        expect(self.add_piece(self.client, wrong, 0, 5, b'right'), 409, 'conflict')
        expect(self.client.get('uploads/' + wrong), 404, 'not-found')
        equal(expect(self.add_piece(self.client, wrong, 0, 5, b'wrong'), 200).json(), {'offset': 5})

    @test
    def articles_and_their_pictures(self):
        changes = expect(self.client.get('articles'), 200).json()
        articles = {article['id']: article for article in changes['articles']}
        equal(set(articles), {'mail-password', 'printer'})
        equal(changes['deleted'], [])
        equal(articles['mail-password']['keywords'], ['пароль', 'пошта', 'вхід'])
        equal({c['name'] for c in changes['categories']}, {'Пошта', 'Обладнання'})
        assert 'script' not in articles['printer']['body']
        body = articles['mail-password']['body']
        assert 'href="article:printer#paper"' in body and 'https://customs.gov.ua/' in body
        sha256 = articles['mail-password']['media'][0]
        assert f'src="media:{sha256}"' in body
        equal(hashlib.sha256(expect(self.client.get('media/' + sha256), 200).body).hexdigest(), sha256)
        expect(self.client.get('media/' + '0' * 64), 404, 'not-found')
        bundle = expect(self.client.get('media', query={'sha256': f'{"0" * 64},{sha256}'}), 200)
        parts = email.message_from_bytes(b'Content-Type: ' + bundle.headers['Content-Type'].encode() + b'\r\n\r\n' + bundle.body,
                                         policy=email.policy.HTTP).get_payload()
        equal([hashlib.sha256(part.get_payload(decode=True)).hexdigest() for part in parts], [sha256])
        expect(self.client.get('media'), 400, 'bad-request')
        expect(self.client.get('media', query={'sha256': ','.join([sha256] * 65)}), 400, 'bad-request')
        expect(self.client.get('articles/nothing'), 404, 'not-found')
        expect(self.client.get('articles', query={'limit': '-1'}), 400, 'bad-request')
        equal(expect(self.client.get('articles/printer'), 200).json(), articles['printer'])

        as_of, ids = '', []
        while True:
            page = expect(self.client.get('articles', query={'limit': 1, 'since': as_of}), 200).json()
            ids += [article['id'] for article in page['articles']]
            as_of = page['as_of']
            if not page['more']:
                break
        equal(sorted(ids), sorted(articles))
        equal(as_of, changes['as_of'])

    @test
    def feedback_on_articles(self):
        path = 'articles/printer/feedback'
        key = str(uuid.uuid4())
        expect(self.client.post(path, {'helpful': True, 'comment': 'Так'}, key), 204)
        equal(expect(self.client.post(path, {'helpful': True, 'comment': 'Так'}, key), 204).headers['Idempotency-Replayed'], 'true')
        expect(self.client.post(path, {'helpful': False}, key), 409, 'conflict')
        expect(self.client.post(path, {'helpful': 'yes'}), 400, 'bad-request')
        expect(self.client.post('articles/nothing/feedback', {'helpful': True}), 404, 'not-found')

    @test
    def announcements_come_and_go(self):
        before = expect(self.client.get('announcements'), 200).json()['announcements']
        equal([a['id'] for a in before], ['maintenance', 'welcome'])
        assert before[0]['important'] and not before[1]['important']
        self.portal.desk('announce', '--title', 'Нове', '--body', 'Перше <b>слово</b>.\n\nДруге.', '--important')
        new = expect(self.client.get('announcements'), 200).json()['announcements'][0]
        equal(new['title'], 'Нове')
        equal(new['body'], '<p>Перше &lt;b&gt;слово&lt;/b&gt;.</p><p>Друге.</p>')

    @test
    def other_addresses_and_methods(self):
        plain = PortalClient(self.portal.url, self.portal.ca_file, self.client.token)
        for path in ('', 'nothing', 'requests/', 'requests/1/2/3/4', '../info', 'media/'):
            answer = plain.get(path)
            equal((answer.status, answer.json()['code']), (404, 'not-found'), path)
        for method, path in (('PUT', 'info'), ('DELETE', 'requests'), ('POST', 'me'), ('PATCH', 'requests/1')):
            answer = plain.call(method, path)
            equal((answer.status, answer.content_type), (405, 'application/problem+json'))

    @test
    def a_client_that_does_not_know_the_authority_is_turned_away(self):
        connection = http.client.HTTPSConnection(self.client.host, self.client.port,
                                                 context=ssl.create_default_context(), timeout=30)
        try:
            connection.request('GET', '/api/v1/info')
        except ssl.SSLCertVerificationError:
            return
        raise AssertionError('the certificate was taken for a public one')

    @test
    def the_demonstration_is_full_and_as_documented(self):
        demo = HERE.parent.parent / 'data/demo'
        with PracticePortal(catalog=demo / 'catalog.json', articles=demo / 'articles',
                            announcements=demo / 'announcements.json') as portal:
            client = CheckedClient(portal.url, portal.ca_file)
            expect(client.sign_in(USER, PASSWORD), 201)
            catalog = expect(client.get('catalog'), 200).json()
            assert len(catalog['categories']) >= 8 and len(catalog['offerings']) >= 24
            equal({o['kind'] for o in catalog['offerings']}, {'request', 'incident'})
            fields = [field for offering in catalog['offerings']
                      for field in expect(client.get(f'offerings/{offering["id"]}/form'), 200).json()['fields']]
            kinds = document.root['components']['schemas']['Field']['properties']['type']['enum']
            equal({field['type'] for field in fields}, set(kinds))
            for member in ('depends_on', 'visible_when', 'pattern', 'options_source'):
                assert any(field.get(member) for field in fields), member
            for source in {field['options_source'] for field in fields if 'options_source' in field}:
                assert expect(client.get('options/' + source), 200).json()['options']
            articles = expect(client.get('articles'), 200).json()['articles']
            assert len(articles) >= 20 and any(article['media'] for article in articles)
            for sha256 in {sha256 for article in articles for sha256 in article['media']}:
                expect(client.get('media/' + sha256), 200)
            assert expect(client.get('announcements'), 200).json()['announcements']

    @test
    def every_documented_answer_was_seen(self):
        equal(document.missing(), [])
        router = (HERE.parent.parent / 'src/portald/hd-router.c').read_text()
        served = set(re.findall(r'\{ "([A-Z]+)", "([^"]+)", hd_api_', router))
        documented = {(method, re.sub(r'\{\w+\}', '*', template)[1:])
                      for method, template, _, _ in document.operations.values()}
        equal(served ^ documented, set(), 'operations only here or only there')


def cursor_of(client):
    return client.get('requests', query={'limit': 1, 'sort': 'subject'}).json()['next_cursor']


def main():
    print(f'1..{len(TESTS)}')
    n_failed = 0
    with PracticePortal() as portal:
        tests = Tests(portal)
        for i, function in enumerate(TESTS, 1):
            name = function.__name__.replace('_', ' ')
            try:
                function(tests)
                print(f'ok {i} - {name}', flush=True)
            except Exception as error:
                n_failed += 1
                for line in str(error).splitlines()[:5] + traceback.format_exc().splitlines()[3:7]:
                    print(f'# {line}')
                print(f'not ok {i} - {name}', flush=True)
        if portal.stop() != 0:
            print('Bail out! the portal did not end well')
            n_failed += 1
    return 1 if n_failed else 0


if __name__ == '__main__':
    sys.exit(main())
