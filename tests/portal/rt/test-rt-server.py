#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Request Tracker of the tests is up, its content is whole, and what a client has to be ready for is there."""

import configparser
import datetime
import json
import os
import pathlib
import re
import select
import signal
import ssl
import subprocess
import sys
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / 'support'))

from portal_client import HttpsClient  # noqa: E402
from rt_server import RtServer  # noqa: E402
from tap import run_tests  # noqa: E402

TESTS = []
MINE = "Requestor.id='__CurrentUser__'"
EVERY_TYPE = {'Freeform', 'Text', 'Select', 'Date', 'DateTime', 'Combobox', 'Autocomplete', 'HTML', 'Wikitext', 'Image',
              'Binary', 'IPAddress', 'IPAddressRange'}
KYIV, QUERY = zoneinfo.ZoneInfo('Europe/Kyiv'), '%Y-%m-%d %H:%M:%S'
PNG = b'\x89PNG\r\n\x1a\n'


def test(function):
    TESTS.append(function)
    return function


def equal(actual, expected, what=''):
    assert actual == expected, f'{what} {actual!r} is not {expected!r}'


def names(answer):
    return [item['Name'] for item in answer['items']]


def values_of(record):
    return {field['name']: field['values'] for field in record['CustomFields']}


def create(client, queue='Запити на обслуговування', requestor='support', files=(), **more):
    """The answer to a ticket made by a portal's user."""
    body = {'Queue': queue, 'Subject': 'Проба', 'Content': 'Опис', 'ContentType': 'text/plain', **more}
    if requestor:
        body['Requestor'] = f'{requestor}@rt.local'
    return client.rest('POST', 'ticket', body, files=files)


def lifecycle_of(client, ticket):
    links = client.get(f'ticket/{ticket}')['_hyperlinks']
    return {(link['from'], link['to'], link['label']) for link in links if link['ref'] == 'lifecycle'}


def moment(time):
    return datetime.datetime.fromisoformat(time.replace('Z', '+00:00'))


# The server

@test
def only_who_knows_its_authority_trusts_it(desk):
    equal(desk.client('support').rest('GET', 'rt').status, 200)
    stranger = HttpsClient(desk.url, None)
    try:
        stranger.send('GET', '/')
    except ssl.SSLCertVerificationError:
        return
    raise AssertionError('it was trusted')


@test
def two_servers_stand_side_by_side(desk):
    with RtServer() as other:
        assert other.url != desk.url
        other.create_ticket('Інциденти', 'Лише тут')
        equal(other.count_tickets("Subject = 'Лише тут'"), 1)
    equal(desk.count_tickets("Subject = 'Лише тут'"), 0)


@test
def after_a_stop_it_is_where_it_was_with_what_it_had(desk):
    ticket, url = desk.create_ticket('Інциденти', 'До зупинки'), desk.url
    desk.stop()
    desk.start()
    equal(desk.url, url)
    equal(desk.get_ticket(ticket)['Subject'], 'До зупинки')


@test
def it_ends_with_a_test_that_is_killed(_desk):
    code = 'import sys; from rt_server import RtServer; s = RtServer().start(); print(s.home, flush=True); sys.stdin.read()'
    owner = subprocess.Popen([sys.executable, '-c', code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             env={**os.environ, 'PYTHONPATH': sys.path[0]}, start_new_session=True)
    server = RtServer(owner.stdout.readline().strip())
    ends = [os.pidfd_open(int((server.home / name).read_text())) for name in ('rt.pid', 'nginx.pid')]
    os.killpg(owner.pid, signal.SIGKILL)
    owner.communicate()
    for end in ends:
        assert select.select([end], [], [], 60)[0], 'it goes on'
        os.close(end)
    server.is_temporary = True
    server.close()


@test
def the_requests_are_counted(desk):
    desk.mark()
    desk.get_ticket(1)
    desk.client('support', 'wrong').rest('GET', 'ticket/2', query={'fields': 'Subject'})
    equal(desk.requests_seen(), [('GET', '/REST/2.0/ticket/1', 200), ('GET', '/REST/2.0/ticket/2?fields=Subject', 401)])
    desk.mark()
    equal(desk.requests_seen(), [])


# Who comes in

@test
def a_password_is_needed(desk):
    equal(desk.client('support', 'wrong').rest('GET', 'rt').status, 401)
    equal(desk.client('former').rest('GET', 'rt').status, 401)
    equal(desk.client().rest('GET', 'rt').status, 401)


@test
def a_form_says_yes_by_302_and_no_by_200(desk):
    for user, password, status, after in (
            ('support', None, 302, 200), ('iryna', None, 302, 200), ('петро', None, 302, 200),
            ('support', 'wrong', 200, 302), ('nobody', 'wrong', 200, 302), ('former', None, 200, 302)):
        client = desk.client(user, password)
        equal(client.sign_in().status, status, user)
        equal(client.rest('GET', 'rt').status, after, user)


@test
def basic_authorization_takes_no_password_beyond_ascii(desk):
    equal(desk.client('iryna').rest('GET', 'rt').status, 401)
    equal(desk.client('петро').rest('GET', 'rt').status, 200)


@test
def a_dead_cookie_is_sent_to_the_home_page(desk):
    client = desk.client('support')
    client.sign_in()
    assert client.rest('GET', 'rt').status == 200 and 'RT_SID_rt.local' in client.cookie
    client.call('GET', '/NoAuth/Logout.html')
    answer = client.rest('GET', 'rt')
    equal((answer.status, answer.headers['Location']), (302, '/'))


# What is there

@test
def the_catalogue_is_whole(desk):
    client = desk.client('support')
    equal(client.get('queues')['count'], 0)
    answer = client.get('queues/all', fields='Name,CustomFields,_hyperlinks')
    equal(answer['total'], None)
    creatable = {queue['Name']: any(link['ref'] == 'create' for link in queue['_hyperlinks']) for queue in answer['items']}
    equal(creatable, {'Запити на обслуговування': True, 'Інциденти': True, 'Замовлення ноутбука': True,
                      'Доступ до VPN': True, 'Підключення пристрою': True, 'Закупівлі': False,
                      'Оновлення програми': True, 'Скидання пароля': True})
    about = values_of(next(queue for queue in answer['items'] if queue['Name'] == 'Інциденти'))
    equal((about['Категорія каталогу'], about['Вид звернення']), (['Загальне'], ['інцидент']))
    equal(about['Піктограма'][0]['content_type'], 'image/png')
    for unseen in ('7', '999'):
        equal(client.rest('GET', f'queue/{unseen}').status, 403)


@test
def the_form_has_fields_of_every_type(desk):
    fields = desk.client('support').get('queue/9/customfields', per_page=100,
                                        fields='Name,Type,MaxValues,Pattern,EntryHint,BasedOn,LookupType')['items']
    fields = {field['Name']: field for field in fields if field['LookupType'] == 'RT::Queue-RT::Ticket'}
    equal({field['Type'] for field in fields.values()}, EVERY_TYPE)
    equal(fields['Телефон для зв’язку']['Pattern'], r'(?#Номер у вигляді +380XXXXXXXXX)^\+380\d{9}$')
    equal(fields['Обґрунтування']['Pattern'], '(?#Mandatory).')
    equal(fields['Модель']['BasedOn']['id'], fields['Вид пристрою']['id'])
    equal({name for name, field in fields.items() if field['MaxValues'] == '0'},
          {'Додаткове програмне забезпечення', 'Файли', 'Інвентарні номери'})
    assert 'Ключ клієнта' in fields and 'Службова примітка' not in fields


@test
def the_articles_are_whole(desk):
    client = desk.client('support')
    classes = {item['Name']: item['id'] for item in client.get('classes/all', fields='Name')['items']}
    equal(sorted(classes), ['База знань', 'Контакти', 'Новини'])
    wanted = [{'field': 'Class', 'operator': 'IN', 'value': list(classes.values())}]
    answer = client.said('POST', 'articles', wanted, query={'fields': 'Name,CustomFields', 'per_page': 100})
    equal(answer['count'], 10)
    bodies = {item['Name']: values_of(item)['Зміст'][0] for item in answer['items']}
    for hostile in ('<script>', 'onclick=', '<iframe', 'javascript:', '<style>', 'http-equiv="refresh"', 'https://evil.example/seen.png'):
        assert hostile in bodies['Зміна пароля'], hostile
    assert f'{desk.url}/Articles/Article/Display.html?id=1' in bodies['Підключення до VPN']
    assert 'data:image/png;base64,' in bodies['Як налаштувати пошту в Outlook']
    picture = re.search(r'src="(/REST/2.0/download/cf/\d+)"', bodies['Як налаштувати пошту в Outlook'])[1]
    assert client.call('GET', picture).body.startswith(PNG)
    equal(desk.client().call('GET', picture).status, 401)
    assert '(044) 481-19-49' in bodies['Служба підтримки']


@test
def each_sees_the_own_tickets(desk):
    equal(desk.count_tickets(f'{MINE} AND id <= 48'), 47)
    equal(desk.count_tickets(MINE, user='olena'), 1)
    equal(desk.count_tickets('id = 48'), 0)
    client = desk.client('support')
    equal(client.rest('GET', 'ticket/48').status, 403)
    equal(client.rest('GET', 'ticket/9999').status, 404)
    page = client.get('tickets', query=MINE, page=2)
    assert page['next_page'].startswith('http://'), 'the scheme is not wrong any more'


@test
def a_conversation_has_pictures_and_private_words(desk):
    parts = '[{"field": "Filename", "operator": "IS", "value": "NULL"}, {"field": "ContentType", "operator": "STARTSWITH", "value": "text/"}]'
    fields = {'fields': 'Content,TransactionId,Headers', 'per_page': 100}
    texts = desk.client('support').said('POST', 'ticket/1/attachments', json.loads(parts), query=fields)['items']
    equal(len(texts), 2)
    assert 'cid:cover@rt.local' in texts[1]['Content']
    attachments = desk.client('support').get('ticket/1/attachments', fields='Filename,Headers')['items']
    equal([a['Filename'] for a in attachments if a['Filename']], ['знімок.png', 'кришка.png'])
    assert any('Content-ID: <cover@rt.local>' in a['Headers'] for a in attachments)
    everything = desk.client('agent').said('POST', 'ticket/1/attachments', json.loads(parts), query=fields)['items']
    assert any('картридж скінчився' in text['Content'] for text in everything)


@test
def the_key_file_names_what_is_there(desk):
    site = configparser.ConfigParser(interpolation=None)
    site.read(HERE / 'site.conf')
    root = desk.client('root')
    every = [{'field': 'id', 'operator': '>', 'value': '0'}]
    fields = names(root.said('POST', 'customfields', every, query={'fields': 'Name', 'per_page': 100}))
    for section in site.sections():
        for key, name in site[section].items():
            assert not key.endswith('-field') or name in fields, f'{key}={name}'
    classes = names(root.get('classes/all', fields='Name'))
    wanted = {site['Knowledge']['classes'], site['Knowledge']['news-classes'], site['Contacts']['class']}
    assert wanted <= set(classes), classes


# What a client has to be ready for

@test
def pages_of_what_is_not_in_sql_have_holes(desk):
    client = desk.client('support')
    for what in ('history', 'attachments'):
        pages = [client.get(f'ticket/2/{what}', page=page) for page in range(1, 9)]
        equal({page['total'] for page in pages}, {None}, what)
        counts = [page['count'] for page in pages]
        assert 0 in counts and sum(counts[counts.index(0):]) > 0, f'{what}: {counts}'
        assert sum(counts) > 20, f'{what}: {counts}'
    shown = client.said('POST', 'articles', [{'field': 'id', 'operator': '>', 'value': '0'}],
                        query={'orderby': 'id', 'per_page': 9, 'page': 2})
    equal((shown['count'], shown['total']), (0, None))


@test
def filters_leave_no_holes(desk):
    client = desk.client('support')
    types = [{'field': 'Type', 'operator': 'IN', 'value': ['Create', 'Correspond']}]
    pages = [client.said('POST', 'ticket/2/history', types, query={'page': page}) for page in (1, 2)]
    equal([page['count'] for page in pages], [20, 5])
    visible = [item['id'] for page in pages for item in page['items']]
    of_these = [{'field': 'TransactionId', 'operator': 'IN', 'value': visible}]
    equal([client.said('POST', 'ticket/2/attachments', of_these, query={'page': page})['count'] for page in (1, 2, 3, 4)],
          [20, 20, 20, 1])


@test
def a_refused_change_is_answered_by_200(desk):
    ticket = desk.create_ticket('Запити на обслуговування', 'Не змінити')
    answer = desk.client('support').rest('PUT', f'ticket/{ticket}', {'Status': 'resolved', 'Subject': 'Інше'})
    equal(answer.status, 200)
    assert 'Permission Denied' in answer.json()[0], answer
    actual = desk.get_ticket(ticket)
    equal((actual['Status'], actual['Subject']), ('new', 'Не змінити'))


@test
def values_are_dropped_without_a_word(desk):
    client = desk.client('support')
    answer = create(client, 'Замовлення ноутбука', CustomFields={
        'Телефон для зв’язку': '12', 'Вид пристрою': 'Літак', 'Немає такого': 'x', 'IP-адреса': '10.0.0.1',
        'Службова примітка': 'x', 'Офіс': 'Київ'})
    equal(answer.status, 201)
    kept = {name: values for name, values in values_of(desk.get_ticket(answer.json()['id'])).items() if values}
    equal(kept, {'Офіс': ['Київ']})


@test
def a_client_key_is_found_again_but_not_in_every_queue(desk):
    client = desk.client('support')
    for queue, n in (('Інциденти', 1), ('Доступ до VPN', 0)):
        equal(create(client, queue, CustomFields={'Ключ клієнта': f'key-{n}'}).status, 201)
        equal(desk.count_tickets(f"{MINE} AND 'CF.{{Ключ клієнта}}' = 'key-{n}'"), n, queue)


@test
def without_a_requestor_a_ticket_is_lost(desk):
    client = desk.client('support')
    answer = create(client, requestor=None)
    equal(answer.status, 201)
    equal(client.rest('GET', 'ticket/' + answer.json()['id']).status, 403)


@test
def file_names_want_multipart(desk):
    client = desk.client('support')
    encoded = {'FileName': 'фото.png', 'FileType': 'image/png', 'FileContent': 'iVBORw0KGgo='}
    answer = create(client, Attachments=[encoded])
    equal((answer.status, answer.body), (500, b''))
    answer = create(client, files=[('фото.png', 'image/png', PNG)])
    equal(answer.status, 201)
    attachments = client.get(f'ticket/{answer.json()["id"]}/attachments', fields='Filename,ContentLength')['items']
    equal([(a['Filename'], a['ContentLength']) for a in attachments if a['Filename']], [('фото.png', '8')])


@test
def a_time_is_read_in_the_zone_of_the_profile(desk):
    for user, zone, expected in (('support', 'Europe/Kyiv', '2026-07-01T06:15:00Z'), ('olena', None, '2026-07-01T09:15:00Z')):
        client = desk.client(user)
        equal(client.get(f'user/{user}').get('Timezone'), zone)
        answer = create(client, 'Інциденти', requestor=user, CustomFields={'Час збою': '2026-07-01 09:15:00'})
        equal(values_of(desk.get_ticket(answer.json()['id'], user))['Час збою'], [expected], user)


@test
def a_query_for_tickets_is_in_that_zone_and_one_for_articles_is_not(desk):
    updated = moment(desk.get_ticket(10)['LastUpdated'])
    for seconds, after, since in ((-1, 1, 1), (0, 0, 1), (1, 0, 0)):
        time = f'{(updated + datetime.timedelta(seconds=seconds)).astimezone(KYIV):{QUERY}}'
        equal(desk.count_tickets(f"id = 10 AND LastUpdated > '{time}'"), after, time)
        equal(desk.count_tickets(f"id = 10 AND LastUpdated >= '{time}'"), since, time)
    # Without a zone it can be said only so: '5000 seconds ago' is another time.
    age = int((datetime.datetime.now(datetime.timezone.utc) - updated).total_seconds())
    for seconds, after in ((age + 60, 1), (age - 60, 0)):
        equal(desk.count_tickets(f"id = 10 AND LastUpdated > '-{seconds} seconds'"), after, seconds)
    client = desk.client('support')
    updated = moment(client.get('article/1')['LastUpdated'])
    for seconds, after in ((-1, 1), (0, 0)):
        time = f'{updated + datetime.timedelta(seconds=seconds):{QUERY}}'
        wanted = [{'field': 'id', 'value': '1'}, {'field': 'LastUpdated', 'operator': '>', 'value': time}]
        equal(client.said('POST', 'articles', wanted)['count'], after)


@test
def a_requestor_cancels_confirms_and_reopens(desk):
    client = desk.client('support')
    ticket = desk.create_ticket('Запити на обслуговування', 'Життя')
    equal(lifecycle_of(client, ticket), {('new', 'cancelled', 'Скасувати')})
    desk.set_status(ticket, 'open')
    desk.set_status(ticket, 'resolved')
    equal(lifecycle_of(client, ticket), {('resolved', 'closed', 'Підтвердити рішення'), ('resolved', 'open', 'Відновити')})
    for status in ('open', 'cancelled'):
        client.said('PUT', f'ticket/{ticket}', {'Status': status})
        equal(desk.get_ticket(ticket)['Status'], status)
    equal(lifecycle_of(client, ticket), set())
    ticket = desk.create_ticket('Інциденти', 'Кирилиця')
    desk.set_status(ticket, 'вирішено')
    client.said('PUT', f'ticket/{ticket}', {'Status': 'закрито'})
    equal(desk.count_tickets(f"id = {ticket} AND Status = 'закрито'"), 1)


@test
def a_reply_can_hold_a_rating(desk):
    client = desk.client('support')
    ticket = desk.create_ticket('Інциденти', 'Оцінити')
    body = {'Content': 'Дякую', 'ContentType': 'text/plain', 'TxnCustomFields': {'Оцінка': '5'}}
    answer = client.rest('POST', f'ticket/{ticket}/correspond', body)
    equal((answer.status, answer.json()), (201, ['Correspondence added', 'Custom fields updated']))
    equal(client.rest('POST', f'ticket/{ticket}/comment', body).status, 400)


@test
def the_desk_writes_and_publishes(desk):
    ticket = desk.create_ticket('Інциденти', 'Відповідь')
    desk.reply(ticket, '<p>Готово</p>', html=True, files=[('лист.txt', 'text/plain', b'x')])
    desk.comment(ticket, 'Лише нам')
    client = desk.client('support')
    attachments = client.get(f'ticket/{ticket}/attachments', fields='Filename,ContentType', per_page=100)['items']
    equal([a['ContentType'] for a in attachments], ['text/plain', 'multipart/mixed', 'text/html', 'text/plain'])
    numbers = desk.create_articles(2)
    equal(client.get(f'article/{numbers[1]}')['Name'], 'Стаття № 2')
    desk.update_article(numbers[0], Summary='Змінено')
    equal(client.get(f'article/{numbers[0]}')['Summary'], 'Змінено')


if __name__ == '__main__':
    with RtServer() as server:
        code = run_tests(TESTS, server)
    sys.exit(code)
