#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants one fault after the other in a small tree: tools/lint.py has to name each.
And gives tools/summarise.py logs in which it has to find what failed."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ['HD_SOURCE_ROOT'])
LICENCE = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
UI = '/ua/gov/customs/HelpDesk/ui'

GOOD = {
    'src/model/hd-thing.h': LICENCE + '\n#pragma once\nG_DECLARE_FINAL_TYPE (HdThing, hd_thing, HD, THING, GObject)\n',
    'src/model/hd-thing.c': LICENCE + '''
#include "hd-thing.h"

struct _HdThing
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HdThing, hd_thing, G_TYPE_OBJECT)
''',
    'src/store/hd-store.h': LICENCE + '\n#pragma once\n',
    'src/app/hd-page.h': LICENCE + '\n#pragma once\n',
    'src/app/hd-page.c': LICENCE + f'''
#include "hd-page.h"

static void
hd_page_show (HdPage *self)
{{
  gtk_label_set_text (self->label, _("Go"));
  gtk_label_set_text (self->label, "–");
  gtk_label_set_markup (g_object_get_data (G_OBJECT (row), "count"), text);
}}

static void
hd_page_class_init (HdPageClass *klass)
{{
  gtk_widget_class_set_template_from_resource (widget_class, "{UI}/hd-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HdPage, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}}
''',
    'data/ui/hd-page.ui': '''<interface>
  <requires lib="gtk" version="4.8"/>
  <object class="GtkButton" id="button">
    <property name="icon-name">hd-go-symbolic</property>
    <property name="tooltip-text" translatable="yes">Go</property>
    <accessibility><property name="label" translatable="yes">Go</property></accessibility>
    <signal name="clicked" handler="button_clicked_cb"/>
  </object>
</interface>
''',
    'data/icons/scalable/actions/hd-go-symbolic.svg': '<svg/>\n',
    'data/icons/hicolor/scalable/apps/thing.svg': '<svg/>\n',
    'data/helpdesk.gresource.xml': '''<gresources><gresource>
<file alias="icons/scalable/apps/thing.svg">icons/hicolor/scalable/apps/thing.svg</file>
<file>icons/scalable/actions/hd-go-symbolic.svg</file>
<file>ui/hd-page.ui</file>
</gresource></gresources>
''',
    'po/POTFILES.in': '# files\ndata/ui/hd-page.ui\nsrc/app/hd-page.c\n',
    'tests/unit/test-thing.c': LICENCE,
    'tests/unit/test-whole.c': LICENCE + '\nadd ("/thing/is-whole");\n',
    'tests/unit/traps.md': '| it | `hd_page_show()` | `/thing/is-whole` |\n',
}

# what, file, old, new, words of the complaint
FAULTS = [
    ('a layer includes one above', 'src/model/hd-thing.c', '#include "hd-thing.h"', '#include "hd-store.h"', 'model may not include'),
    ('the practice portal includes the store', 'src/portald/hd-x.c', '', LICENCE + '#include "hd-store.h"\n', 'portald may not include'),
    ('GTK below the screen', 'src/store/hd-store.h', '#pragma once', '#pragma once\n#include <gtk/gtk.h>', 'no user interface'),
    ('a header without a guard', 'src/store/hd-store.h', '#pragma once', '', 'no #pragma once'),
    ('a source without a licence', 'src/model/hd-thing.c', LICENCE, '', 'SPDX'),
    ('a file that is too long', 'src/model/hd-thing.c', LICENCE, LICENCE + '\n' * 600, 'split it'),
    ('a function that is too long', 'tests/unit/test-thing.c', LICENCE, LICENCE + 'f (void)\n{\n' + '  x;\n' * 61 + '}\n', 'at most 60'),
    ('the struct of another parent', 'src/model/hd-thing.c', 'GObject parent', 'HdRecord parent', 'its instance struct says HdRecord'),
    ('no parent_instance', 'src/model/hd-thing.c', '  GObject parent_instance;', '  int n;', 'begin with parent_instance'),
    ('a class in the wrong file', 'src/model/hd-thing.c', 'hd_thing, G_TYPE', 'hd_other, G_TYPE', 'belongs into hd-other.c'),
    ('a task without a tag', 'src/model/hd-thing.c', 'struct', 'x = g_task_new (NULL);\nstruct', 'source_tag'),
    ('a JSON getter that asserts', 'src/model/hd-thing.c', 'struct', 'json_object_get_string_member (o);\nstruct', 'hd-json.h'),
    ('printing', 'src/model/hd-thing.c', 'struct', 'g_print ("x");\nstruct', 'g_debug'),
    ('sleeping in a test', 'tests/unit/test-thing.c', LICENCE, LICENCE + 'g_usleep (1);\n', 'not for a time'),
    ('a skipped test', 'tests/unit/test-thing.c', LICENCE, LICENCE + 'g_test_skip ("x");\n', 'no test is skipped'),
    ('a version check', 'src/app/hd-page.c', 'static', '#if GTK_CHECK_VERSION (4, 10, 0)\n#endif\nstatic', 'compat/'),
    ('a bound child that is not there', 'data/ui/hd-page.ui', 'id="button"', 'id="other"', 'bound but not in'),
    ('a callback that is not bound', 'data/ui/hd-page.ui', 'button_clicked_cb', 'other_cb', 'in only one of'),
    ('a template of another name', 'src/app/hd-page.c', f'{UI}/hd-page.ui', f'{UI}/hd-other.ui', 'should be hd-page.ui'),
    ('a template that is not in the resource', 'data/helpdesk.gresource.xml', '<file>ui/hd-page.ui</file>', '', 'is missing'),
    ('an icon of the program that is not in the resource', 'data/helpdesk.gresource.xml', '>icons/hicolor/scalable/apps/thing.svg<', '>ui/hd-page.ui<', 'thing.svg is missing'),
    ('an icon that is not ours', 'data/ui/hd-page.ui', 'hd-go-symbolic', 'edit-find-symbolic', 'not in data/icons'),
    ('a button without an accessible label', 'data/ui/hd-page.ui', '<property name="label" translatable="yes">Go</property>', '', 'accessible label'),
    ('a button without a tooltip', 'data/ui/hd-page.ui', 'tooltip-text', 'name', 'no tooltip'),
    ('a string that cannot be translated', 'data/ui/hd-page.ui', 'name="tooltip-text" translatable="yes"', 'name="tooltip-text"', 'not translatable'),
    ('a text of a call that cannot be translated', 'src/app/hd-page.c', 'static', 'x = gtk_label_new ("Go");\nstatic', '“Go” is not translatable'),
    ('a tooltip that cannot be translated', 'src/app/hd-page.c', 'static', 'gtk_widget_set_tooltip_text (w,\n  "Go");\nstatic', 'not translatable'),
    ('an accessible name that cannot be translated', 'src/app/hd-page.c', 'static', 'f (w, GTK_ACCESSIBLE_PROPERTY_LABEL, "Go", -1);\nstatic', 'not translatable'),
    ('a library above the floor', 'data/ui/hd-page.ui', '4.8', '4.10', 'above the floor'),
    ('a file missing among the translated', 'po/POTFILES.in', 'data/ui/hd-page.ui\n', '', './dev format mends this'),
    ('a trap whose test is gone', 'tests/unit/traps.md', 'is-whole', 'is-gone', 'no test /thing/is-gone'),
    ('a trap that is handled nowhere', 'tests/unit/traps.md', 'hd_page_show', 'hd_page', 'no function hd_page'),
    ('white space at the end', 'tests/unit/test-thing.c', LICENCE, LICENCE + 'x; \n', 'white space'),
    ('no newline at the end', 'tests/unit/test-thing.c', LICENCE, LICENCE + 'x;', 'no newline'),
    ('something left open', 'tests/unit/test-thing.c', LICENCE, LICENCE + '/* ' + 'TO' + 'DO */\n', 'left open'),
]


class LintTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix='helpdesk-lint-'))
        self.addCleanup(shutil.rmtree, self.root)
        for name, text in GOOD.items():
            self.write(name, text)
        (self.root / 'tools').mkdir()
        shutil.copy(SOURCE / 'tools/lint.py', self.root / 'tools')
        subprocess.run(['git', 'init', '-q', self.root], check=True)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def lint(self):
        return subprocess.run([sys.executable, 'tools/lint.py'], cwd=self.root, capture_output=True, text=True)

    def test_a_good_tree_passes(self):
        done = self.lint()
        self.assertEqual((done.returncode, done.stderr), (0, ''), done.stdout)

    def test_each_planted_fault_is_named(self):
        for what, name, old, new, complaint in FAULTS:
            with self.subTest(what):
                good = GOOD.get(name, '')
                self.assertIn(old, good)
                self.write(name, good.replace(old, new, 1) if old else new)
                done = self.lint()
                self.assertEqual(done.returncode, 1)
                self.assertIn(complaint, done.stdout)
                if name in GOOD:
                    self.write(name, good)
                else:
                    (self.root / name).unlink()


class SummariseTest(unittest.TestCase):
    def summarise(self, *tests, steps=()):
        with tempfile.NamedTemporaryFile('w', suffix='.json') as log:
            log.write(''.join(json.dumps(test) + '\n' for test in tests))
            log.flush()
            done = subprocess.run([sys.executable, SOURCE / 'tools/summarise.py', *steps, log.name],
                                  capture_output=True, text=True)
        return done.returncode, done.stdout.rstrip('\n').split('\n')[-1]

    def test_counts_each_line_of_tap(self):
        test = {'name': 'a', 'stdout': '1..2\nok 1 /x\nok 2 - /y\n', 'result': 'OK'}
        self.assertEqual(self.summarise(test), (0, '2 passed, 0 failed'))

    def test_a_skipped_test_has_failed(self):
        test = {'name': 'a', 'stdout': '1..2\nok 1 /x\nok 2 /y # SKIP no\n', 'result': 'OK'}
        self.assertEqual(self.summarise(test), (1, '1 passed, 1 failed'))

    def test_a_crash_after_good_lines_has_failed(self):
        test = {'name': 'a', 'stdout': '1..2\nok 1 /x\n', 'result': 'ERROR'}
        self.assertEqual(self.summarise(test), (1, '1 passed, 1 failed'))

    def test_a_dead_leak_checker_hides_nothing(self):
        died = 'LeakSanitizer has encountered a fatal error.'
        whole = {'name': 'a', 'stdout': '1..2\nok 1 b\nok 2 c\n', 'stderr': died, 'result': 'ERROR'}
        self.assertEqual(self.summarise(whole), (0, '2 passed, 0 failed'))
        for fault in ({'stdout': '1..3\nok 1 b\nok 2 c\n'}, {'stdout': '1..2\nok 1 b\nnot ok 2 c\n'},
                      {'stdout': ''}, {'stderr': died + '\nERROR: AddressSanitizer: heap-use-after-free'}, {'stderr': ''}):
            self.assertEqual(self.summarise({**whole, **fault})[0], 1, fault)

    def test_a_program_without_tap_counts_as_one(self):
        self.assertEqual(self.summarise({'name': 'a', 'stdout': '', 'result': 'OK'}), (0, '1 passed, 0 failed'))
        self.assertEqual(self.summarise({'name': 'a', 'stdout': '', 'result': 'TIMEOUT'}), (1, '0 passed, 1 failed'))

    def test_a_step_that_failed_has_failed(self):
        test = {'name': 'a', 'stdout': 'ok 1 /x\n', 'result': 'OK'}
        self.assertEqual(self.summarise(test, steps=['--step', 'gcc=0', '--step', 'clang=1']), (1, '2 passed, 1 failed'))

    def test_no_test_at_all_has_failed(self):
        self.assertEqual(self.summarise(), (1, '0 passed, 0 failed'))


class TapResult(unittest.TestResult):
    """A line of TAP for each test; one with a failed sub-test has failed."""

    def stopTest(self, test):
        super().stopTest(test)
        faults = [(t, why) for t, why in self.failures + self.errors if t is test or getattr(t, 'test_case', None) is test]
        for failed, why in faults:
            print('# ' + f'{failed}: {why}'.replace('\n', '\n# '))
        print(f'{"not ok" if faults else "ok"} {self.testsRun} {test.id().removeprefix("__main__.")}')


tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules['__main__'])
print(f'1..{tests.countTestCases()}')
result = TapResult()
tests.run(result)
sys.exit(0 if result.wasSuccessful() else 1)
