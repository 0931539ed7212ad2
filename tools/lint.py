#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what neither the compiler nor uncrustify does.  Prints one line a fault.

With --write-potfiles it writes po/POTFILES.in instead.
"""

import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 60

# A folder may include itself and what this names.
LAYERS = {
    'model': (),
    'portal': ('model',),
    'store': ('model',),
    'session': ('model', 'portal', 'store'),
    'app': ('model', 'portal', 'store', 'session'),
    'ctl': ('model', 'portal', 'store', 'session'),
    'portald': ('model',),
}
WITH_GTK = ('app',)
PRINTS = r'src/(ctl|portald)/|src/app/main\.c$'
JSON = r'src/model/hd-json\.c$'
NOWHERE = r'^$'

# folder, pattern, why not, where it is allowed all the same
BANNED = [
    ('src', r'\bg_print(err)?\s*\(|\bf?printf\s*\(', 'log with g_debug(), or tell the person', PRINTS),
    ('src', r'\bjson_object_get_(string|int|boolean|double|array|object|null)_member\s*\(',
     'asserts on what a server sent; use hd-json.h', JSON),
    ('src', r'\bg_task_set_check_cancellable\s*\(', 'callers count on a cancelled task failing', NOWHERE),
    ('src', r'\bg_type_class_add_private\b|\bG_DEFINE_TYPE\s*\(', 'use G_DEFINE_FINAL_TYPE()', NOWHERE),
    ('src', r'\bsoup_session_send_and_read\s*\(|\bsecret_\w+_sync\s*\(', 'blocks the main loop', NOWHERE),
    ('src', r'\bGTK_CHECK_VERSION\b|\bADW_CHECK_VERSION\b', 'only compat/ knows versions', r'src/app/compat/'),
    ('src', r'\bgtk_show_uri\w*\s*\(|\bgtk_widget_(show|hide)\s*\(|\bgtk_style_context_\w+\s*\(|\bgtk_dialog_\w+\s*\(',
     'deprecated above the floor', r'src/app/compat/'),
    ('tests', r'\b(g_usleep|sleep|usleep|nanosleep)\s*\(', 'wait for what you wait for, not for a time', r'tests/support/'),
    ('tests', r'\bg_test_skip\s*\(', 'no test is skipped', NOWHERE),
]
POTFILES = ROOT / 'po/POTFILES.in'
LEFT_OPEN = re.compile(r'\b(TODO|FIXME|XXX)\b|\bnot implemented\b|lorem ipsum|(?<![\w.])/home/\w', re.I)
TRANSLATED = re.compile(r'(?<!\w)(?:_|N_|C_|NC_|gettext|ngettext|g_dngettext)\s*\(\s*(?:NULL,\s*)?"')
# A call that shows a text, with that text in quotes and nothing around it.
SHOWN = re.compile(r'\b(?:gtk_label_set_(?:text|label|markup)|gtk_label_new|gtk_button_(?:set_label|new_with_label)|'
                   r'gtk_widget_set_tooltip_(?:text|markup)|gtk_window_set_title|gtk_entry_set_placeholder_text|'
                   r'gtk_search_entry_set_placeholder_text|adw_\w+_set_(?:title|subtitle|description|heading|body)|'
                   r'adw_toast_new)\s*\(([^;"]*,)?\s*"([^"]*)"'
                   r'|GTK_ACCESSIBLE_PROPERTY_(?:LABEL|DESCRIPTION|PLACEHOLDER),\s*"([^"]*)"')
BINARY = ('.png', '.jpg', '.jpeg', '.webp', '.gif', '.ico', '.pdf', '.der', '.gz')

faults = []


def fault(path, line, text):
    faults.append(f'{path.relative_to(ROOT)}:{line}: {text}')


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def without_comments(text):
    return re.sub(r'/\*.*?\*/', lambda c: '\n' * c[0].count('\n'), text, flags=re.S)


def layer_of(path):
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == 'src' and len(parts) > 2 else None


def type_macro(name):
    """HdTicketRow → HD_TYPE_TICKET_ROW"""
    words = re.findall(r'[A-Z][a-z0-9]*', name)
    return '_'.join([words[0], 'TYPE', *words[1:]]).upper()


def check_parents(path, text):
    """G_DECLARE_…, struct and G_DEFINE_… each name the parent: they must agree."""
    headers = [path.with_suffix('.h'), *path.parent.glob('*-private.h')]
    both = text + ''.join(header.read_text() for header in headers if header.exists())
    for m in re.finditer(r'^G_DEFINE_FINAL_TYPE(?:_WITH_CODE)?\s*\((\w+),\s*\w+,\s*(\w+)', text, re.M):
        struct = re.search(r'struct _%s\s*\{\s*(?:/\*.*?\*/\s*)?(\w+)\s+parent_instance;' % m[1], both, re.S)
        declared = re.search(r'G_DECLARE_FINAL_TYPE \(%s,\s*\w+,\s*\w+,\s*\w+,\s*(\w+)\)' % m[1], both)
        if not struct:
            fault(path, line_of(text, m.start()), f'struct _{m[1]} does not begin with parent_instance')
        for what, found in (('instance struct', struct), ('G_DECLARE_FINAL_TYPE', declared)):
            if found and found[1] != 'GObject' and type_macro(found[1]) != m[2] \
                    and type_macro(found[1]).replace('_', '') != m[2].replace('_', ''):
                fault(path, line_of(text, m.start()), f'{m[1]}: its {what} says {found[1]}, G_DEFINE says {m[2]}')


def check_class_name(path, text):
    """One class, one pair of files of its name."""
    for m in re.finditer(r'^G_DEFINE_FINAL_TYPE(?:_WITH_CODE)?\s*\(\w+,\s*(\w+),', text, re.M):
        if m[1].replace('_', '-') != path.stem:
            fault(path, line_of(text, m.start()), f'{m[1]} belongs into {m[1].replace("_", "-")}.c')


def check_template(path, text):
    """A class and its template have one name, the same children and the same callbacks."""
    for m in re.finditer(r'set_template_from_resource\s*\(\s*\w+,\s*"([^"]*)/([\w-]+\.ui)"', text):
        ui = ROOT / 'data/ui' / m[2]
        line = line_of(text, m.start())
        if m[1] != '/ua/gov/customs/HelpDesk/ui':
            fault(path, line, f'{m[1]}: templates are in /ua/gov/customs/HelpDesk/ui')
        if ui.stem != path.stem:
            fault(path, line, f'the template of {path.stem} should be {path.stem}.ui')
        if not ui.exists():
            fault(path, line, f'{ui.relative_to(ROOT)} does not exist')
            continue
        template = ui.read_text()
        bound = set(re.findall(r'bind_template_child(?:_internal)?\s*\(\s*\w+,\s*\w+,\s*(\w+)\s*\)', text))
        for missing in sorted(bound - set(re.findall(r'\bid="([\w-]+)"', template))):
            fault(path, line, f'{missing} is bound but not in {ui.name}')
        wanted = set(re.findall(r'\b(?:handler|function)="(\w+)"', template))
        bound = set(re.findall(r'bind_template_callback\s*\(\s*\w+,\s*(\w+)\s*\)', text))
        bound |= set(re.findall(r'bind_template_callback_full\s*\(\s*\w+,\s*"(\w+)"', text))
        for name in sorted(wanted ^ bound):
            fault(path, line, f'{name} is in only one of {ui.name} and class_init')


def check_tasks(path, text):
    for m in re.finditer(r'\bg_task_new \(', text):
        if 'g_task_set_source_tag' not in text[m.end():m.end() + 800]:
            fault(path, line_of(text, m.start()), 'g_task_new() without g_task_set_source_tag()')


def check_sizes(path, text):
    n = text.count('\n')
    if n > MAX_FILE_LINES:
        fault(path, n, f'{n} lines; split it (at most {MAX_FILE_LINES})')
    for m in re.finditer(r'^(\w+) \([^;]*?\)\n\{\n(.*?)^\}', text, re.M | re.S):
        n = m[2].count('\n')
        if n > MAX_FUNCTION_LINES:
            fault(path, line_of(text, m.start()), f'{m[1]}() has {n} lines (at most {MAX_FUNCTION_LINES})')


def check_heads(path, text):
    if not text.startswith('/* SPDX-License-Identifier: GPL-3.0-or-later */\n'):
        fault(path, 1, 'the first line is the SPDX licence line')
    if path.suffix == '.h' and '#pragma once' not in text:
        fault(path, 1, 'no #pragma once')


def check_banned(path, code):
    relative = str(path.relative_to(ROOT))
    for folder, pattern, why, allowed in BANNED:
        if relative.startswith(folder + '/') and not re.match(allowed, relative):
            for m in re.finditer(pattern, code):
                fault(path, line_of(code, m.start()), f'{m[0].rstrip(" (")}: {why}')


def check_layer(path, code, owners):
    """What stands before in the list of folders may be included, and nothing else."""
    layer = layer_of(path)
    if layer is None:
        return
    for m in re.finditer(r'^#\s*include\s+([<"])([^>"]+)[>"]', code, re.M):
        found = owners.get(pathlib.Path(m[2]).name, ()) if m[1] == '"' else ()
        if found and layer not in found and not found & {*LAYERS.get(layer, ())}:
            fault(path, line_of(code, m.start()), f'{layer} may not include {m[2]} of {min(found)}')
        if m[1] == '<' and layer not in WITH_GTK and re.match(r'gtk/|gdk/|adwaita|webkit/', m[2]):
            fault(path, line_of(code, m.start()), f'{m[2]}: {layer} has no user interface')


def check_shown(path, code):
    """What a person reads goes through gettext; signs and keys of data are no words."""
    for m in SHOWN.finditer(code):
        words = m[2] or m[3] or ''
        if (m[1] or '').count('(') != (m[1] or '').count(')'):
            continue  # in quotes is what another call is given
        if re.search(r'[^\W\d_]{2}', re.sub(r'%[\w.*-]+|<[^>]*>|&\w+;', '', words)):
            fault(path, line_of(code, m.start()), f'“{words}” is not translatable')


def check_sources():
    owners = {}
    for path in sorted(ROOT.glob('src/*/**/*.h')):
        others = owners.setdefault(path.name, set())
        if any(layer_of(path) in LAYERS[other] or other in LAYERS[layer_of(path)] for other in others):
            fault(path, 1, f'{min(others)} has a header of this name')
        others.add(layer_of(path))
    for folder in ('src', 'tests'):
        for path in sorted(ROOT.glob(folder + '/**/*.[ch]')):
            text = path.read_text()
            code = without_comments(text)
            check_heads(path, text)
            check_sizes(path, text)
            check_banned(path, code)
            check_layer(path, code, owners)
            if layer_of(path) == 'app':
                check_shown(path, code)
            if path.suffix == '.c':
                check_parents(path, text)
                if folder == 'src':
                    check_class_name(path, text)
                check_template(path, text)
                check_tasks(path, text)


def check_resources():
    """Every template and icon is in the resource, every icon a template names is ours."""
    listing = ROOT / 'data/helpdesk.gresource.xml'
    listed = {e.text for e in ET.parse(listing).iter('file')}
    for pattern in ('ui/*.ui', 'icons/scalable/**/*.svg', 'icons/hicolor/scalable/**/*.svg'):
        for path in sorted((ROOT / 'data').glob(pattern)):
            name = str(path.relative_to(ROOT / 'data'))
            if name not in listed:
                fault(listing, 1, f'{name} is missing')
    icons = {pathlib.Path(name).stem for name in listed}
    icons |= {p.stem for p in ROOT.glob('data/icons/**/*.svg')}
    for path in sorted([*ROOT.glob('data/ui/*.ui'), *ROOT.glob('src/app/**/*.c')]):
        text = path.read_text()
        for m in re.finditer(r'(?<=["\'>])([a-z0-9.-]+-symbolic)(?=["\'<])', text):
            if m[1] not in icons:
                fault(path, line_of(text, m.start()), f'{m[1]} is not in data/icons')


def check_icon_buttons(path):
    """A button that shows only an icon says in words what it does, here or in the class."""
    source = ''.join(p.read_text() for p in ROOT.glob(f'src/app/**/{path.stem}.c'))
    for button in ET.parse(path).iter('object'):
        if button.get('class') not in ('GtkButton', 'GtkToggleButton', 'GtkMenuButton'):
            continue
        properties = {e.get('name') for e in button.findall('property')}
        names = {e.get('name') for e in button.findall('accessibility/*')}
        names |= {e.get('name') for e in button.findall('binding')}
        if 'icon-name' in properties and not properties & {'label', 'child'} and button.find('child') is None:
            what = button.get('id') or button.find("property[@name='icon-name']").text
            if 'tooltip-text' not in properties | names:
                fault(path, 1, f'button {what} has no tooltip')
            if not names & {'label', 'labelled-by'} and f'GTK_ACCESSIBLE (self->{button.get("id")})' not in source:
                fault(path, 1, f'button {what} has no accessible label')


def check_templates():
    for path in sorted(ROOT.glob('data/ui/*.ui')):
        text = path.read_text()
        check_icon_buttons(path)
        for m in re.finditer(r'<requires lib="(gtk|libadwaita)" version="(\d+)\.(\d+)"', text):
            if (m[1], int(m[2]), int(m[3])) > {'gtk': ('gtk', 4, 8), 'libadwaita': ('libadwaita', 1, 2)}[m[1]]:
                fault(path, line_of(text, m.start()), f'{m[1]} {m[2]}.{m[3]} is above the floor')
        for m in re.finditer(r'<(?:property|attribute)\b([^>]*)>([^<]*[^\W\d_]{2}[^<]*)<', text):
            name = re.search(r'\bname="([\w:-]+)"', m[1])
            if name and name[1] in ('label', 'title', 'subtitle', 'description', 'tooltip-text', 'placeholder-text') \
                    and 'translatable="yes"' not in m[1] and 'translatable="no"' not in m[1]:
                fault(path, line_of(text, m.start()), f'“{m[2].strip()}” is not translatable')


def speaking_files():
    """Every file with a string a person reads, in alphabetical order."""
    found = {p for p in ROOT.glob('src/**/*.c') if TRANSLATED.search(without_comments(p.read_text()))}
    found |= {p for p in ROOT.glob('data/ui/*.ui') if 'translatable="yes"' in p.read_text()}
    found |= {*ROOT.glob('data/*.desktop.in'), *ROOT.glob('data/*.xml.in')}
    return sorted(str(p.relative_to(ROOT)) for p in found)


def check_potfiles():
    lines = [line for line in POTFILES.read_text().split('\n') if line and not line.startswith('#')]
    if lines != speaking_files():
        wrong = ', '.join(sorted(set(lines) ^ set(speaking_files()))) or 'the order'
        fault(POTFILES, 1, f'./dev format mends this: {wrong}')


def write_potfiles():
    head = [line for line in POTFILES.read_text().split('\n') if line.startswith('#')]
    POTFILES.write_text('\n'.join([*head, *speaking_files()]) + '\n')


def check_text_files():
    names = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                           cwd=ROOT, check=True, capture_output=True).stdout
    for name in names.decode().split('\0'):
        path = ROOT / name
        if not name or not path.is_file() or path.suffix in BINARY:
            continue
        text = path.read_text(errors='replace')
        if text and not text.endswith('\n'):
            fault(path, line_of(text, len(text)), 'no newline at the end')
        if not name.startswith('po/') and name != 'COPYING':
            for m in re.finditer(r'[ \t]+$|\r$', text, re.M):
                fault(path, line_of(text, m.start()), 'white space at the end')
        if not name.startswith(('tools/', 'data/demo/')):
            for m in LEFT_OPEN.finditer(text):
                fault(path, line_of(text, m.start()), f'left open: {m[0]}')


def check_traps():
    """Whatever a list of traps in the tests names is there: `/a/test`, `a_function()`."""
    tests, sources = (''.join(p.read_text() for p in sorted(ROOT.glob(f'{folder}/**/*.c'))) for folder in ('tests', 'src'))
    for path in sorted(ROOT.glob('tests/**/*.md')):
        text = path.read_text()
        for m in re.finditer(r'`(?:(/[\w/-]+)|(\w+)\(\))`', text):
            if m[1] and f'"{m[1]}"' not in tests:
                fault(path, line_of(text, m.start()), f'there is no test {m[1]}')
            if m[2] and not re.search(rf'^{m[2]} \(', sources, re.M):
                fault(path, line_of(text, m.start()), f'there is no function {m[2]}')


def main():
    if sys.argv[1:] == ['--write-potfiles']:
        write_potfiles()
        return 0
    check_sources()
    check_resources()
    check_templates()
    check_potfiles()
    check_text_files()
    check_traps()
    print('\n'.join(faults) or 'tools/lint.py: nothing to say')
    return 1 if faults else 0


sys.exit(main())
