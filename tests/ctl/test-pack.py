#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A knowledge pack from the office to a post without a line, by helpdeskctl.  Prints TAP."""

import json
import os
import sys
import threading

from ctl_support import NOT_FOUND, OK, REFUSED, STORAGE, USAGE, Ctl, Proxy, portal_and_ctl, serving
from portal_client import PortalClient
from practice_portal import FIXTURES
from tap import contains, equal, main, test


def make_key(ctl):
    path = ctl.folder / 'key.pem'
    return path, ctl.raw('pack', 'key', path, '--json').json()


def make_pack(ctl, name='all.hdpack', *words):
    key, public = make_key(ctl)
    path = ctl.folder / name
    return path, public, ctl('pack', 'create', path, '--key', key, '--json', *words).json()


def trust(ctl, *keys):
    (ctl.folder / 'policy.conf').write_text('[Policy]\npack-keys=' + ';'.join(keys) + '\n')


def offline(ctl, *words, code=OK):
    """Without a password, and with nobody signed in."""
    result = ctl.raw(*ctl.options(), *words)
    equal(result.code, code, f'{words}: {result.out} {result.err}')
    return result


@test
def a_key_is_made_once_and_its_public_half_is_told():
    with portal_and_ctl() as (portal, ctl):
        key, public = make_key(ctl)
        equal(os.stat(key).st_mode & 0o777, 0o600)
        before = key.read_bytes()
        contains(ctl.raw('pack', 'key', key).out, public['public_key'])
        contains(ctl.raw('pack', 'key', key).out, public['fingerprint'])
        equal(key.read_bytes(), before)
        equal(ctl.raw('pack', 'key', ctl.write('rubbish.pem', b'rubbish')).code, USAGE)
        ctl('pack', 'create', ctl.folder / 'x.hdpack', '--key', '/nonexistent', code=USAGE)


@test
def a_pack_is_carried_to_a_post_without_a_line():
    with portal_and_ctl() as (portal, ctl), Ctl(portal) as post:
        path, public, made = make_pack(ctl)
        equal(made['n_articles'], 2)
        equal(made['fingerprint'], public['fingerprint'])
        portal.stop()
        offline(post, 'pack', 'import', path, code=REFUSED)
        equal(post.kept_with('Принтер'), [])
        trust(post, 'rubbish', public['public_key'])
        equal(offline(post, 'pack', 'verify', path, '--json').json()['n_articles'], 2)
        taken = offline(post, 'pack', 'import', path, '--json').json()
        equal(taken, made)
        assert post.kept_with('принтер'), 'the article is kept'
        contains(offline(post, 'pack', 'import', path, code=REFUSED).err, 'Nothing New')


@test
def the_next_sync_goes_on_from_the_pack():
    asked = []

    class Noting(Proxy):
        reached, let_go = threading.Event(), threading.Event()

        def do_GET(self):
            asked.append(self.path)
            self.pass_on()

    with portal_and_ctl() as (portal, ctl), Ctl(portal) as post:
        Noting.client = PortalClient(portal.url, portal.ca_file)
        with serving(portal, Noting) as url:
            ctl.address = post.address = url
            path, public, made = make_pack(ctl)
            trust(post, public['public_key'])
            offline(post, 'pack', 'import', path)
            asked.clear()
            post('sync')
            articles = [line for line in asked if '/articles' in line]
            equal(len(articles), 1, f'{asked}')
            contains(articles[0], 'since=')
            equal([line for line in asked if '/media' in line or '/form' in line], [], f'{asked}')


@test
def the_portal_says_whose_packs_are_its_own():
    with portal_and_ctl() as (portal, ctl), Ctl(portal) as post:
        path, public, made = make_pack(ctl)
        catalog = json.loads((FIXTURES / 'catalog.json').read_text())
        catalog['info']['pack_keys'] = [public['public_key']]
        portal.desk('import-catalog', post.write('catalog.json', catalog))
        post('sync')
        offline(post, 'pack', 'verify', path)


@test
def a_pack_of_another_portal_is_refused_in_words():
    with portal_and_ctl() as (portal, ctl), portal_and_ctl() as (other, post):
        path, public, made = make_pack(ctl)
        trust(post, public['public_key'])
        contains(offline(post, 'pack', 'import', path, code=REFUSED).err, 'Another Portal')
        equal(post.kept_with('принтер'), [])


@test
def what_is_wrong_with_a_pack_is_told():
    with portal_and_ctl('uk') as (portal, ctl):
        path, public, made = make_pack(ctl)
        contains(offline(ctl, 'pack', 'verify', path, code=REFUSED).err, public['fingerprint'])
        trust(ctl, public['public_key'])
        contains(offline(ctl, 'pack', 'verify', path).out, public['fingerprint'])
        cut = ctl.write('cut.hdpack', path.read_bytes()[:-1])
        contains(offline(ctl, 'pack', 'verify', cut, code=REFUSED).err, 'Пакет знань пошкоджено')
        offline(ctl, 'pack', 'import', cut, code=REFUSED)
        offline(ctl, 'pack', 'import', '/nonexistent', code=NOT_FOUND)
        offline(ctl, 'pack', 'import', ctl.folder, code=NOT_FOUND)
        for wrong in (['--expires', '0'], ['--expires', '2020-01-01'], ['--expires', 'soon'], ['--expires', '99999']):
            ctl('pack', 'create', path, '--key', ctl.folder / 'key.pem', *wrong, code=USAGE)
        ctl('pack', 'create', path, '--key', ctl.folder / 'key.pem', '--category', 'немає', code=NOT_FOUND)
        ctl('pack', 'create', path, code=USAGE)
        ctl('pack', 'verify', path, '--key', 'x', code=USAGE)
        ctl('pack', 'shred', path, code=USAGE)
        ctl('catalog', '--expires', '1', code=USAGE)
        ctl('pack', 'create', '/nonexistent/x.hdpack', '--key', ctl.folder / 'key.pem', code=STORAGE)


@test
def a_pack_has_the_categories_and_the_day_that_are_said():
    with portal_and_ctl() as (portal, ctl):
        made = make_pack(ctl, 'some.hdpack', '--expires', '2099-12-31', '--category', 'Обладнання')[2]
        contains(made['expires_at'], '2099-12-31')
        equal(made['n_articles'], 1)
        assert 'as_of' not in made


if __name__ == '__main__':
    sys.exit(main())
