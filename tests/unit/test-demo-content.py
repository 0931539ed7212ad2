#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice portal's content holds together.

Each rule is a function that yields what is wrong.  A rule passes on the content
as it is, and must object to the content after a fault was planted in it.
"""

import copy
import datetime
import html.parser
import json
import os
import pathlib
import re
import sys

DEMO = pathlib.Path(os.environ.get('HD_SOURCE_ROOT', pathlib.Path(__file__).parents[2])) / 'data' / 'demo'

TYPES = {'text', 'multiline', 'number', 'date', 'datetime', 'choice', 'multichoice', 'boolean', 'person', 'file',
         'note'}
OPS = {'any', 'none', 'filled', 'empty'}
CAPABILITIES = {'idempotency', 'delta', 'search-options', 'reply', 'cancel', 'reopen', 'confirm', 'rate', 'feedback',
                'announcements'}
OFFERING = {'id', 'category_id', 'kind', 'name', 'summary', 'icon', 'expected_time', 'keywords', 'position',
            'popularity', 'form'}
FIELD = {'id', 'type', 'label', 'help', 'placeholder', 'section', 'required', 'pattern', 'pattern_hint', 'min', 'max',
         'options', 'options_source', 'depends_on', 'default_value', 'visible_when', 'sensitive', 'accept'}
SIZES = {'offices': 60, 'staff': 40, 'software': 40, 'printers': 30, 'departments': 20}
# Names that both adwaita-icon-theme 43 and 48 have.
ICONS = set('''action-unavailable application-certificate applications-engineering auth-smartcard avatar-default
call-missed call-start camera-disabled camera-web changes-allow computer computer-fail contact-new content-loading
dialog-error dialog-password dialog-warning document-print drive-harddisk find-location folder-download
mail-mark-important mail-mark-junk mail-read mail-send mail-unread mark-location network-error network-offline
network-server network-vpn network-vpn-disconnected network-wired network-wireless network-wireless-signal-weak
package-x-generic phone printer-error printer-warning scanner security-high security-low send-to
software-update-available system-lock-screen uninterruptible-power-supply video-display'''.split())
# In Ukrainian an apostrophe is not a quotation mark or a prime between letters.
WRONG_APOSTROPHE = re.compile(r"[а-щьюяєіїґА-ЩЬЮЯЄІЇҐ]['`ʼ‘][а-щьюяєіїґ]")
MIXED_LETTERS = re.compile(r'[a-zA-Z][а-яєіїґА-ЯЄІЇҐ]|[а-яєіїґА-ЯЄІЇҐ][a-zA-Z]')


class Page(html.parser.HTMLParser):
    """What a rule needs to know about an article."""

    VOID = {'meta', 'img', 'br', 'hr', 'link'}

    def __init__(self, text):
        super().__init__()
        self.meta, self.ids, self.links, self.pictures, self.tags = {}, set(), [], [], set()
        self.title, self.text, self.faults, self.open = '', [], [], []
        self.feed(text)
        self.faults += [f'<{tag}> is never closed' for tag in self.open]

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag + ('.' + attrs['class'] if 'class' in attrs else ''))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == 'meta' and 'name' in attrs:
            self.meta[attrs['name']] = attrs['content']
        if tag == 'a':
            self.links.append(attrs['href'])
        if tag == 'img':
            self.pictures.append((attrs['src'], attrs.get('alt', '')))
        if 'id' in attrs:
            if attrs['id'] in self.ids:
                self.faults.append(f'the id {attrs["id"]} is there twice')
            self.ids.add(attrs['id'])

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f'</{tag}> closes nothing')

    def handle_data(self, data):
        if 'title' in self.open:
            self.title += data
        elif 'body' in self.open:
            self.text.append(data)

    def count_words(self):
        return len(' '.join(self.text).split())


class Content:
    def __init__(self):
        self.catalog = json.loads((DEMO / 'catalog.json').read_text())
        self.announcements = json.loads((DEMO / 'announcements.json').read_text())['announcements']
        self.articles = {path.name: path.read_text() for path in sorted((DEMO / 'articles').glob('*.html'))}
        self.pictures = {path.relative_to(DEMO / 'articles').as_posix(): path.stat().st_size
                         for path in (DEMO / 'articles' / 'pictures').iterdir()}

    def forms(self):
        for offering in self.catalog['offerings']:
            yield offering, offering['form']['fields']

    def fields(self):
        for offering, fields in self.forms():
            for field in fields:
                yield f'{offering["id"]}.{field["id"]}', field, {other['id']: other for other in fields}

    def values_of(self, field):
        """The values a field's answer can have; None: anything."""
        if field['type'] == 'boolean':
            return {'true', 'false'}
        if 'options' in field:
            return {option['value'] for option in field['options']}
        if 'options_source' in field:
            return {option['value'] for option in self.catalog['options'].get(field['options_source'], [])}
        return None


def repeated(things):
    things = list(things)
    return {thing for thing in things if things.count(thing) > 1}


def ids_are_unique(content):
    catalog = content.catalog
    for where, things in [('categories', catalog['categories']), ('offerings', catalog['offerings']),
                          ('announcements', content.announcements)]:
        for one in repeated(thing['id'] for thing in things):
            yield f'{where}: {one} twice'
        for one in repeated(thing.get('name', thing.get('title')) for thing in things if where != 'categories'):
            yield f'{where}: the name “{one}” twice'
    for offering, fields in content.forms():
        for one in repeated(field['id'] for field in fields):
            yield f'{offering["id"]}: the field {one} twice'
    for source, options in catalog['options'].items():
        for one in repeated(option['value'] for option in options):
            yield f'{source}: {one} twice'
    for where, field, _fields in content.fields():
        for one in repeated(option['value'] for option in field.get('options', [])):
            yield f'{where}: the option {one} twice'


def both_sides_are_full(content):
    catalog = content.catalog
    for kind in ('request', 'incident'):
        categories = {category['id'] for category in catalog['categories'] if category['kind'] == kind}
        if len(categories) < 5:
            yield f'{len(categories)} categories of the kind {kind}'
        for one in categories - {offering['category_id'] for offering in catalog['offerings']}:
            yield f'nothing is in the category {one}'
    if len(catalog['offerings']) < 28:
        yield f'{len(catalog["offerings"])} offerings'
    for source, least in SIZES.items():
        if len(catalog['options'].get(source, [])) < least:
            yield f'{len(catalog["options"].get(source, []))} {source}'


def offerings_are_whole(content):
    kinds = {category['id']: category['kind'] for category in content.catalog['categories']}
    for offering in content.catalog['offerings']:
        if set(offering) != OFFERING:
            yield f'{offering["id"]}: members {set(offering) ^ OFFERING}'
        if kinds.get(offering['category_id']) != offering['kind']:
            yield f'{offering["id"]}: no category {offering["category_id"]} of its kind'
        if not any(field['id'] == 'description' for field in offering['form']['fields']):
            yield f'{offering["id"]}: no description'
    with_files = sum(any(field['type'] == 'file' for field in fields) for _offering, fields in content.forms())
    if with_files < len(content.catalog['offerings']) * 0.85:
        yield f'only {with_files} forms take files'


def icons_exist(content):
    for thing in content.catalog['categories'] + content.catalog['offerings']:
        if re.sub('-symbolic$', '', thing['icon']) not in ICONS or not thing['icon'].endswith('-symbolic'):
            yield f'{thing["id"]}: {thing["icon"]}'


def everything_is_used(content):
    fields = [field for _where, field, _fields in content.fields()]
    for unused in TYPES - {field['type'] for field in fields}:
        yield f'no field of the type {unused}'
    for unused in OPS - {condition['op'] for field in fields for condition in field.get('visible_when', [])}:
        yield f'no condition {unused}'
    for unused in FIELD - {member for field in fields for member in field}:
        yield f'no field with {unused}'
    for type_ in ('text', 'multiline', 'number', 'date', 'datetime', 'multichoice', 'file'):
        for limit in ('min', 'max'):
            if not any(field['type'] == type_ and limit in field for field in fields):
                yield f'no {type_} with {limit}'
    for type_ in TYPES - {'note'}:
        for required in (True, False):
            if not any(field['type'] == type_ and field.get('required', False) == required for field in fields):
                yield f'no {type_} with required {required}'
    if not any(all_fields[condition['field']].get('visible_when') for _where, field, all_fields in content.fields()
               for condition in field.get('visible_when', []) if condition['field'] in all_fields):
        yield 'no chain of visibility'


def references_resolve(content):
    for where, field, fields in content.fields():
        before = list(fields)[:list(fields).index(field['id'])]
        if field['type'] not in TYPES or set(field) - FIELD:
            yield f'{where}: {field["type"]}, {set(field) - FIELD}'
        if 'options_source' in field and field['options_source'] not in content.catalog['options']:
            yield f'{where}: no source {field["options_source"]}'
        if field['type'] in ('choice', 'multichoice') and not ('options' in field) ^ ('options_source' in field):
            yield f'{where}: options and options_source'
        if field['type'] == 'person' and field.get('options_source') != 'staff':
            yield f'{where}: a person who is not staff'
        if 'depends_on' in field and field['depends_on'] not in before:
            yield f'{where}: depends on {field["depends_on"]}'
        for condition in field.get('visible_when', []):
            if condition['op'] not in OPS or condition['field'] not in before:
                yield f'{where}: the condition on {condition["field"]}'
                continue
            values = content.values_of(fields[condition['field']])
            if (condition['op'] in ('any', 'none')) != bool(condition.get('values')):
                yield f'{where}: {condition["op"]} with {condition.get("values")}'
            for value in condition.get('values', []) if values is not None else []:
                if value not in values:
                    yield f'{where}: {condition["field"]} is never {value}'


def dependent_options_have_parents(content):
    for where, field, fields in content.fields():
        options = field.get('options', content.catalog['options'].get(field.get('options_source'), []))
        parent = content.values_of(fields[field['depends_on']]) if field.get('depends_on') in fields else None
        if parent is None:
            if 'options' in field and any(option.get('when') for option in options):
                yield f'{where}: options depend on nothing'
            continue
        for option in options:
            for value in set(option.get('when', [])) - parent:
                yield f'{where}: {option["value"]} exists under {value}, which is never answered'
        if not any(option.get('when') for option in options):
            yield f'{where}: depends on {field["depends_on"]} for nothing'
        for value in parent if field.get('required') and not field.get('visible_when') else []:
            if not any(not option.get('when') or value in option['when'] for option in options):
                yield f'{where}: required, without an option under {value}'


def parse_limit(type_, text):
    if type_ in ('date', 'datetime'):
        match = re.fullmatch(r'today([+-][0-9]+)?', text)
        if match:
            return datetime.date.today() + datetime.timedelta(days=int(match[1] or 0))
        return datetime.date.fromisoformat(text)
    return float(text) if type_ == 'number' else int(text)


def limits_make_sense(content):
    for where, field, _fields in content.fields():
        try:
            limits = [parse_limit(field['type'], field[name]) for name in ('min', 'max') if name in field]
        except (TypeError, ValueError) as error:
            yield f'{where}: {error}'
            continue
        if limits != sorted(limits):
            yield f'{where}: the least is above the most'
        if limits and field['type'] in ('choice', 'boolean', 'person', 'note'):
            yield f'{where}: a {field["type"]} has no limits'
        if field['type'] == 'multichoice' and 'max' in field and int(field['max']) > len(field['options']):
            yield f'{where}: more than there are options'
        if field['type'] == 'file' and int(field.get('max', 1)) > content.catalog['info']['max_files']:
            yield f'{where}: more files than the portal takes'


def patterns_fit(content):
    for where, field, _fields in content.fields():
        if ('pattern' in field) != ('pattern_hint' in field):
            yield f'{where}: a pattern and its hint go together'
        if 'pattern' not in field:
            continue
        try:
            pattern = re.compile(field['pattern'])
        except re.error as error:
            yield f'{where}: {error}'
            continue
        if 'placeholder' in field and field['placeholder'] != 'https://' and not pattern.fullmatch(field['placeholder']):
            yield f'{where}: the example {field["placeholder"]} does not fit'
        example = re.search(r': (\S+)$', field.get('pattern_hint', ''))
        if example and re.search('[0-9@]', example[1]) and not pattern.fullmatch(example[1]):
            yield f'{where}: the hint’s {example[1]} does not fit'
        if pattern.fullmatch('') or pattern.fullmatch('!'):
            yield f'{where}: the pattern takes anything'


def defaults_are_possible(content):
    for where, field, _fields in content.fields():
        if 'default_value' not in field:
            continue
        values = content.values_of(field)
        if values is not None and field['default_value'] not in values:
            yield f'{where}: {field["default_value"]}'
        if field['type'] == 'number' and not (float(field.get('min', '-inf')) <= float(field['default_value'])
                                              <= float(field.get('max', 'inf'))):
            yield f'{where}: {field["default_value"]} is out of its limits'


def info_is_whole(content):
    info = content.catalog['info']
    if (info['name'], info['mail_domain'], info['languages']) != ('HELP DESK', 'customs.gov.ua', ['uk', 'en']):
        yield 'name, mail domain or languages'
    if (info['max_file_size'], info['max_files'], info['max_total_size']) != (20 << 20, 10, 50 << 20):
        yield 'limits'
    if set(info['capabilities']) != CAPABILITIES:
        yield f'capabilities {set(info["capabilities"]) ^ CAPABILITIES}'
    for names in info['synonyms']:
        if not 2 <= len(set(names)) <= 20 or any(',' in name or len(name) > 100 for name in names):
            yield f'synonyms {names}'
    contacts = {contact['kind']: contact['value'] for contact in info['contacts']}
    if set(contacts) != {'phone', 'email', 'address'} or contacts.get('phone') != '(044) 481-19-49':
        yield f'contacts {contacts}'


def articles_are_whole(content):
    pages = {name: Page(text) for name, text in content.articles.items()}
    if len(pages) < 20:
        yield f'{len(pages)} articles'
    if sum(bool(page.pictures) for page in pages.values()) < 12:
        yield 'too few articles have a picture'
    for name, page in pages.items():
        yield from (f'{name}: {fault}' for fault in page.faults)
        if page.meta.get('helpdesk:id') != pathlib.PurePath(name).stem:
            yield f'{name}: the id {page.meta.get("helpdesk:id")}'
        for meta in ('helpdesk:category', 'helpdesk:published', 'description', 'keywords'):
            if not page.meta.get(meta):
                yield f'{name}: no {meta}'
        if not page.title or not {'h1', 'h2', 'p'} <= page.tags:
            yield f'{name}: no title, headings or paragraphs'
        if not 250 <= page.count_words() <= 900:
            yield f'{name}: {page.count_words()} words'
    for tag in ('h3', 'table', 'ol', 'ul', 'div.note', 'kbd', 'blockquote'):
        if not any(tag in page.tags for page in pages.values()):
            yield f'no article has <{tag}>'
    for one in repeated(page.title for page in pages.values()):
        yield f'the title “{one}” twice'


def links_and_pictures_resolve(content):
    pages = {name: Page(text) for name, text in content.articles.items()}
    shown = set()
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(('https://', 'tel:')):
                continue
            target, _, anchor = link.partition('#')
            if target and target not in pages:
                yield f'{name}: {link}'
            elif anchor and anchor not in pages[target or name].ids:
                yield f'{name}: no anchor {link}'
        for picture, words in page.pictures:
            shown.add(picture)
            if picture not in content.pictures or not words:
                yield f'{name}: {picture}, “{words}”'
    for unused in set(content.pictures) - shown:
        yield f'nothing shows {unused}'
    for picture, size in content.pictures.items():
        if size > 60000:
            yield f'{picture}: {size} bytes'


def announcements_are_whole(content):
    ids = {pathlib.PurePath(name).stem: Page(text).ids for name, text in content.articles.items()}
    if len(content.announcements) < 6 or not any(one.get('important') for one in content.announcements):
        yield 'too few, or none is important'
    for one in content.announcements:
        published = datetime.datetime.fromisoformat(one['published_at'].replace('Z', '+00:00'))
        expires = datetime.datetime.fromisoformat(one.get('expires_at', '9999-01-01T00:00:00Z').replace('Z', '+00:00'))
        if published >= expires:
            yield f'{one["id"]}: over before it begins'
        if not one['summary'] or Page('<body>' + one['body'] + '</body>').faults:
            yield f'{one["id"]}: no summary, or broken HTML'
        for article, anchor in re.findall(r'href="article:([^"#]*)#?([^"]*)"', one['body']):
            if article not in ids or (anchor and anchor not in ids[article]):
                yield f'{one["id"]}: article:{article}#{anchor}'


def letters_are_ukrainian(content):
    texts = {'catalog': json.dumps([value for key, value in content.catalog.items() if key != 'options'],
                                   ensure_ascii=False),
             'options': ' '.join(f'{option["label"]} {option.get("detail", "")}'
                                 for options in content.catalog['options'].values() for option in options),
             'announcements': ' '.join(f'{one["title"]} {one["summary"]} {one["body"]}'
                                       for one in content.announcements)}
    texts.update({name: Page(text).title + ' ' + ' '.join(Page(text).text)
                  for name, text in content.articles.items()})
    for where, text in texts.items():
        text = re.sub(r'"pattern": "(\\.|[^"\\])*"', '', text)
        for match in list(WRONG_APOSTROPHE.finditer(text)) + list(MIXED_LETTERS.finditer(text)):
            yield f'{where}: …{text[max(0, match.start() - 15):match.end() + 15]}…'


def field_of(content, wanted):
    return next(field for where, field, _fields in content.fields() if where == wanted)


def drop_fields(content, test):
    for offering in content.catalog['offerings']:
        offering['form']['fields'] = [field for field in offering['form']['fields'] if not test(field)]


RULES = [
    ('names and ids are unique', ids_are_unique, [
        lambda c: c.catalog['offerings'].append(c.catalog['offerings'][0]),
        lambda c: c.catalog['options']['staff'].append(c.catalog['options']['staff'][0]),
        lambda c: c.catalog['offerings'][0]['form']['fields'].append(c.catalog['offerings'][0]['form']['fields'][0])]),
    ('both sides of the catalog and the sources are full', both_sides_are_full, [
        lambda c: c.catalog['options'].update(offices=c.catalog['options']['offices'][:59]),
        lambda c: c.catalog.update(offerings=c.catalog['offerings'][:27]),
        lambda c: c.catalog['categories'].append(dict(c.catalog['categories'][0], id='empty'))]),
    ('offerings are whole', offerings_are_whole, [
        lambda c: c.catalog['offerings'][0].pop('expected_time'),
        lambda c: c.catalog['offerings'][0].update(kind='incident'),
        lambda c: drop_fields(c, lambda field: field['type'] == 'file')]),
    ('icons are in the icon theme', icons_exist, [
        lambda c: c.catalog['categories'][0].update(icon='no-such-icon-symbolic')]),
    ('every kind of field, limit and condition is used', everything_is_used, [
        lambda c: drop_fields(c, lambda field: field['type'] == 'person'),
        lambda c: drop_fields(c, lambda field: any(w['op'] == 'empty' for w in field.get('visible_when', []))),
        lambda c: drop_fields(c, lambda field: field.get('sensitive'))]),
    ('references in forms resolve', references_resolve, [
        lambda c: field_of(c, 'password-reset.person')['visible_when'][0].update(values=['nobody']),
        lambda c: field_of(c, 'password-reset.person')['visible_when'][0].update(field='later'),
        lambda c: c.catalog['options'].pop('printers')]),
    ('dependent options exist under an answer', dependent_options_have_parents, [
        lambda c: field_of(c, 'system-access.role')['options'][0].update(when=['fax']),
        lambda c: c.catalog['options'].update(offices=[o for o in c.catalog['options']['offices']
                                                       if o.get('when') != ['sumy']])]),
    ('limits make sense', limits_make_sense, [
        lambda c: field_of(c, 'vpn-access.until').update(max='tomorrow'),
        lambda c: field_of(c, 'vpn-access.until').update(min='today+500'),
        lambda c: field_of(c, 'vpn-access.systems').update(max='9')]),
    ('patterns fit their examples', patterns_fit, [
        lambda c: field_of(c, 'vpn-access.phone').update(placeholder='044 481 19 49'),
        lambda c: field_of(c, 'vpn-access.phone').update(pattern='['),
        lambda c: field_of(c, 'vpn-access.phone').pop('pattern_hint')]),
    ('defaults are possible answers', defaults_are_possible, [
        lambda c: field_of(c, 'password-reset.whom').update(default_value='everybody'),
        lambda c: field_of(c, 'mailbox-shared.quota').update(default_value='500')]),
    ('the portal says what it is', info_is_whole, [
        lambda c: c.catalog['info'].update(max_files=11),
        lambda c: c.catalog['info'].update(synonyms=[['VPN']]),
        lambda c: c.catalog['info']['contacts'].pop(0)]),
    ('articles are whole', articles_are_whole, [
        lambda c: c.articles.update({'wifi.html': c.articles['wifi.html'].replace('</table>', '')}),
        lambda c: c.articles.update({'wifi.html': c.articles['wifi.html'].replace('helpdesk:category', 'category')})]),
    ('links and pictures of articles resolve', links_and_pictures_resolve, [
        lambda c: c.articles.pop('wifi.html') and c.articles.pop('vpn-setup.html'),
        lambda c: c.articles.update({'wifi.html': c.articles['wifi.html'].replace('#devices', '#nowhere')}),
        lambda c: c.pictures.update({'pictures/unused.png': 1}),
        lambda c: c.pictures.pop('pictures/vpn-scheme.png')]),
    ('announcements are whole', announcements_are_whole, [
        lambda c: c.announcements[0].update(expires_at='2020-01-01T00:00:00Z'),
        lambda c: c.announcements[0].update(body='<p><a href="article:nothing">…</a></p>')]),
    ('apostrophes and letters are Ukrainian', letters_are_ukrainian, [
        lambda c: c.catalog['info'].update(organisation="м'яч"),
        lambda c: c.announcements[0].update(title='Пoшта')]),
]


def main():
    content = Content()
    failed = 0

    print(f'1..{len(RULES)}')
    for number, (name, rule, faults) in enumerate(RULES, 1):
        problems = list(rule(content))
        for index, plant in enumerate(faults):
            spoilt = copy.deepcopy(content)
            plant(spoilt)
            if not list(rule(spoilt)):
                problems.append(f'the rule does not see planted fault {index}')
        for problem in problems:
            print(f'# {problem}')
        print(f'{"not ok" if problems else "ok"} {number} {name}')
        failed += bool(problems)

    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
