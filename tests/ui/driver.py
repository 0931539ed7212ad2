# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program as a person does: by what a screen reader sees, by keys and by the pointer.

    with Desktop(size=(1600, 1000)) as desktop:
        program = Program(desktop, build, portal, language='uk')
        program.wait('push button', program.word('Sign In')).click()

Nothing waits for a fixed time: every step waits until what it needs is there.
A Desktop is a display, a session bus and an accessibility bus of its own, so
there is one to a process.
"""

import ctypes
import gettext
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial

SOURCE_ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(SOURCE_ROOT / 'tests/support')]

from locales import LOCALES, find_locales  # noqa: E402
from notifications import Shell  # noqa: E402

# Longer than a slow machine needs; only a failure takes it.
TIMEOUT = float(os.environ.get('HD_UI_TIMEOUT', '40'))
# Roles whose name another version of AT-SPI or GTK has changed.
ROLES = {'button': 'push button'}
KEYRING_PASSWORD = 'keyring'


# Nothing is started by the bus but accessibility: a keyring is there only where a test wants one.
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
ACCESSIBILITY_SERVICE = pathlib.Path('/usr/share/dbus-1/services/org.a11y.Bus.service')


class Failure(Exception):
    """Something that should be there is not."""


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def wait_until(condition, what, timeout=None):
    """Returns what condition() gives as soon as that is true."""
    deadline = time.monotonic() + (timeout or TIMEOUT)
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failure(f'this did not happen: {what}')
        time.sleep(0.02)


class Desktop:
    """A virtual display with its buses, for this process and its children."""

    def __init__(self, size=(1600, 1000), keyring=False, compositor=False):
        self.size = size
        self.with_keyring = keyring
        self.with_compositor = compositor
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='helpdesk-ui-'))
        self.processes = []
        self.shell = None

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.shell:
            self.shell.stop()
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _spawn(self, words, **options):
        process = subprocess.Popen([str(word) for word in words], preexec_fn=die_with_parent, **options)
        self.processes.append(process)
        return process

    def _start(self):
        read_end, write_end = os.pipe()
        log = open(self.folder / 'log', 'w')
        self._spawn(['Xvfb', '-r', '-displayfd', write_end, '-screen', '0', '{}x{}x24'.format(*self.size),
                     '-nolisten', 'tcp', '-noreset'], pass_fds=[write_end], stderr=log)
        os.close(write_end)
        with os.fdopen(read_end) as stream:
            display = stream.readline().strip()
        if not display:
            raise Failure('no virtual display')
        runtime = self.folder / 'runtime'
        runtime.mkdir(mode=0o700)
        for name in ('config', 'data', 'cache', 'home'):
            (self.folder / name).mkdir()
        os.environ.update({
            'DISPLAY': f':{display}', 'GDK_BACKEND': 'x11', 'XDG_RUNTIME_DIR': str(runtime),
            'XDG_CONFIG_HOME': str(self.folder / 'config'), 'XDG_DATA_HOME': str(self.folder / 'data'),
            'XDG_CACHE_HOME': str(self.folder / 'cache'), 'HOME': str(self.folder / 'home'),
            'XDG_CURRENT_DESKTOP': 'GNOME',
        })
        # Without G_DEBUG: what accessibility itself complains of must not end this process.
        for name in ('WAYLAND_DISPLAY', 'AT_SPI_BUS_ADDRESS', 'NO_AT_BRIDGE', 'GTK_A11Y', 'SECRET_BACKEND', 'G_DEBUG'):
            os.environ.pop(name, None)
        (self.folder / 'services').mkdir()
        shutil.copy(ACCESSIBILITY_SERVICE, self.folder / 'services')
        (self.folder / 'bus.conf').write_text(BUS_CONFIGURATION.format(folder=self.folder))
        bus = self._spawn(['dbus-daemon', f'--config-file={self.folder}/bus.conf', '--nofork', '--print-address=1'],
                          stdout=subprocess.PIPE, stderr=log, text=True)
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
        # Else GLib complains of each notification.
        self.shell = Shell()
        if self.with_compositor:
            # Else what is round or casts a shadow stands in a black box.
            self._spawn(['xcompmgr'], stdout=log, stderr=log)
        if self.with_keyring:
            keyring = self._spawn(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                                  stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log)
            keyring.stdin.write(KEYRING_PASSWORD.encode())
            keyring.stdin.close()
            wait_until(self._has_keyring, 'the keyring answers')

    @staticmethod
    def _has_keyring():
        result = subprocess.run(['dbus-send', '--session', '--dest=org.freedesktop.DBus', '--print-reply=literal', '/',
                                 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'],
                                capture_output=True, text=True)
        return 'true' in result.stdout

    def screenshot(self, path, size=None):
        """A picture of what is there when nothing moves any more."""
        crop = ['-crop', '{}x{}+0+0'.format(*size), '+repage'] if size else []
        before = None
        deadline = time.monotonic() + 5
        while True:
            now = subprocess.run(['import', '-window', 'root', *crop, 'ppm:-'], check=True,
                                 stdin=subprocess.DEVNULL, capture_output=True).stdout
            if now == before or time.monotonic() > deadline:
                break
            before = now
        subprocess.run(['convert', 'ppm:-', str(path)], input=now, check=True)

    def scale_text(self, factor):
        """What “Large Text” does, for the programs that start from now on."""
        subprocess.run(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER',
                        f'Xft.dpi:\t{96 * factor}\n'], check=True)

    def hold_focus(self):
        """Gives the keys to the newest window when they go to none, as a window manager does when one has closed."""
        xdotool = partial(subprocess.run, capture_output=True, text=True)
        windows = xdotool(['xdotool', 'search', '--onlyvisible', '--name', '.+']).stdout.split()
        if windows and xdotool(['xdotool', 'getwindowfocus']).stdout.strip() not in windows:
            xdotool(['xdotool', 'windowfocus', windows[-1]])

    def key(self, *names):
        """Presses keys one after another: key('alt+1', 'Tab')."""
        for name in names:
            self.hold_focus()
            subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True)

    def type(self, text):
        self.hold_focus()
        subprocess.run(['xdotool', 'type', '--delay', '5', text], check=True)

    def press_at(self, x, y, button):
        """Without --sync, with which xdotool waits 15 seconds where the pointer is there already; the server keeps the order."""
        subprocess.run(['xdotool', 'mousemove', str(int(x)), str(int(y)), 'click', str(button)], check=True)

    def scroll_at(self, x, y, down=True):
        self.press_at(x, y, 5 if down else 4)

    def click_at(self, x, y):
        self.press_at(x, y, 1)


class Node:
    """One accessible object."""

    def __init__(self, program, accessible):
        self.program = program
        self.accessible = accessible

    def __repr__(self):
        return f'<{self.role} “{self.name}”>'

    @property
    def name(self):
        """Without what GTK 4.8 adds for a mnemonic: “_Sign In Sign In”."""
        name = (self.accessible.get_name() or '').replace('_', '')
        half = name[:len(name) // 2]
        return half if name == f'{half} {half}' else name

    @property
    def role(self):
        role = self.accessible.get_role_name()
        return ROLES.get(role, role)

    @property
    def text(self):
        text = self.accessible.get_text_iface()
        return self.program.atspi.Text.get_text(text, 0, text.get_character_count()) if text else self.name

    def has_state(self, state):
        return self.accessible.get_state_set().contains(getattr(self.program.atspi.StateType, state.upper()))

    def is_shown(self):
        """Whether there is something to be seen of it; what a stack hides, walk() does not come to."""
        if not self.has_state('visible') or self.accessible.get_component_iface() is None:
            return False
        box = self.extents()
        return box.width > 0 and box.height > 0

    def children(self):
        for i in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(i)
            if child is not None:
                yield Node(self.program, child)

    def walk(self):
        """This one and all below it that can be seen."""
        yield self
        try:
            children = list(self.children())
        except self.program.errors:
            return
        for child in children:
            try:
                if not child.has_state('visible'):
                    continue
                yield from child.walk()
            except self.program.errors:
                continue

    def extents(self):
        return self.accessible.get_component_iface().get_extents(self.program.atspi.CoordType.WINDOW)

    def click(self):
        """The action a screen reader would take, else the pointer."""
        action = self.accessible.get_action_iface()
        names = [action.get_action_name(i) for i in range(action.get_n_actions())] if action else []
        for name in ('click', 'activate', 'toggle'):
            if name in names:
                action.do_action(names.index(name))
                return self
        return self.point()

    def scroll_to(self):
        """Turns the wheel until this one is between the header bar and what stands at the bottom."""
        width, height = self.program.size
        first, last = 110, height - 130
        for _ in range(60):
            box = self.extents()
            middle = box.y + box.height / 2
            if first <= middle <= last:
                return
            before = box.y
            self.program.desktop.scroll_at(width / 2, height / 2, down=middle > last)
            deadline = time.monotonic() + 0.3
            while self.extents().y == before and time.monotonic() < deadline:
                time.sleep(0.01)
            if self.extents().y == before:
                return

    def settle(self):
        """Where it is once it has stopped moving: what is above may still grow or go."""
        box, still = self.extents(), 0
        deadline = time.monotonic() + 2
        while still < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
            before, box = box, self.extents()
            still = still + 1 if (before.x, before.y, before.width, before.height) == (box.x, box.y, box.width, box.height) else 0
        return box

    def point(self):
        self.scroll_to()
        box = self.settle()
        left, top = self.program.frame
        self.program.desktop.click_at(left + box.x + box.width / 2, top + box.y + box.height / 2)
        return self

    def fill(self, text):
        """Puts a text in place of what is there."""
        editable = self.accessible.get_editable_text_iface()
        if not editable.set_text_contents(text):
            raise Failure(f'{self} takes no text')
        wait_until(lambda: self.text == text, f'{self} holds the text')
        return self


class Program:
    """The application, started for real."""

    # Without a compositor GTK draws a frame around the window, which is not part of its coordinates.
    frame = (5, 5)

    def __init__(self, desktop, build, portal=None, language='uk', size=(1100, 760), options=(), env=None,
                 settings=None, watchdog=True, name='program'):
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi, GLib

        self.desktop, self.build, self.language = desktop, pathlib.Path(build), language
        self.size = size
        self.atspi, self.errors = Atspi, (GLib.Error, AttributeError)
        self.words = self._load_words()
        self.log_path = desktop.folder / f'{name}.log'
        self.watchdog_path = desktop.folder / f'{name}.watchdog'
        self.data_dir = desktop.folder / f'{name}.data'
        self.process = None
        self.env = env or {}
        self.with_watchdog = watchdog
        self.arguments = list(options)
        if portal is not None:
            self.arguments += ['--portal', portal.url, '--kind', portal.kind, '--ca-file', str(portal.ca_file)]
        self.locales = find_locales(self.build / 'locale')
        self.write_settings(settings or {})

    def _load_words(self):
        if self.language == 'en':
            return gettext.NullTranslations()
        return gettext.translation('helpdesk', self.build / 'po', [self.language], fallback=True)

    def word(self, text):
        """What the program calls this in the language that it runs in; without the mnemonic."""
        return self.words.gettext(text).replace('_', '')

    def write_settings(self, values):
        values = {'window-width': self.size[0], 'window-height': self.size[1], **values}
        folder = self.desktop.folder / 'config/glib-2.0/settings'
        folder.mkdir(parents=True, exist_ok=True)
        lines = ['[ua/gov/customs/HelpDesk]']
        lines += [f'{key}={value}' for key, value in values.items()]
        (folder / 'keyfile').write_text('\n'.join(lines) + '\n')

    def write_gtk_settings(self, **values):
        folder = self.desktop.folder / 'config/gtk-4.0'
        folder.mkdir(parents=True, exist_ok=True)
        lines = ['[Settings]'] + [f'gtk-{key.replace("_", "-")}={value}' for key, value in values.items()]
        (folder / 'settings.ini').write_text('\n'.join(lines) + '\n')

    def environment(self):
        env = {
            **os.environ, **self.locales,
            'LANG': LOCALES[self.language], 'LC_ALL': LOCALES[self.language], 'LANGUAGE': self.language,
            'GSETTINGS_BACKEND': 'keyfile', 'GSETTINGS_SCHEMA_DIR': str(self.build / 'data'),
            'HELPDESK_LOCALEDIR': str(self.build / 'po'), 'HELPDESK_MODULE_DIR': str(self.build / 'src/app/webview'),
            'GSK_RENDERER': 'cairo', 'LIBGL_ALWAYS_SOFTWARE': '1', 'GIO_USE_PROXY_RESOLVER': 'dummy',
            'GIO_USE_VFS': 'local', 'TZ': 'Europe/Kyiv', 'GDK_DEBUG': '',
        }
        if self.with_watchdog:
            env['HELPDESK_WATCHDOG'] = str(self.watchdog_path)
        return {**env, **self.env}

    def start(self):
        self.log = open(self.log_path, 'a')
        self.process = subprocess.Popen(
            [*os.environ.get('HD_UI_WRAPPER', '').split(), str(self.build / 'src/app/helpdesk'), '--data-dir', str(self.data_dir), *self.arguments],
            env=self.environment(), stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent)
        wait_until(self.root, 'the program is on the accessibility bus')
        return self

    def open(self, path):
        """What a double click on a file does, while the program runs."""
        subprocess.run([self.build / 'src/app/helpdesk', path], env=self.environment(), stdout=self.log, stderr=self.log,
                       stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=True)

    def stop(self):
        """Closes the window as a person does; returns the exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.desktop.key('ctrl+q')
            try:
                code = self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise Failure('the program does not quit')
        else:
            code = self.process.returncode
        self.process = None
        self.log.close()
        return code

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def check_alive(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}:\n{self.log_path.read_text()[-3000:]}')

    def root(self):
        self.check_alive()
        desktop = self.atspi.get_desktop(0)
        try:
            desktop.clear_cache()
            for i in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(i)
                if child is not None and (child.get_process_id() == self.process.pid or os.environ.get('HD_UI_WRAPPER')) and child.get_child_count() > 0:
                    return Node(self, child)
        except self.errors:
            pass
        return None

    def find_all(self, role=None, name=None, within=None, showing=True, contains=None):
        """Every object of a role (or one of several), by its whole name or a part of it."""
        start = within or self.root()
        if start is None:
            return
        roles = (role,) if isinstance(role, str) else role
        for node in start.walk():
            try:
                if roles and node.role not in roles:
                    continue
                if name is not None and node.name != name:
                    continue
                if contains is not None and contains not in node.name and contains not in node.text:
                    continue
                if showing and not node.is_shown():
                    continue
                yield node
            except self.errors:
                continue

    def find(self, role=None, name=None, **rest):
        return next(self.find_all(role, name, **rest), None)

    def wait(self, role=None, name=None, timeout=None, **rest):
        what = ' '.join(str(part) for part in (role, name or rest.get('contains')) if part)
        try:
            return wait_until(lambda: self.find(role, name, **rest), what, timeout)
        except Failure as failure:
            raise Failure(f'{failure}\nwhat is there:\n{self.describe()}') from None

    def wait_focused_entry(self):
        """The entry that has the focus, in whatever window."""
        return wait_until(lambda: next((node for node in self.find_all(('text', 'entry'))
                                        if node.has_state('focused')), None), 'an entry has the focus')

    def wait_gone(self, role=None, name=None, **rest):
        wait_until(lambda: self.find(role, name, **rest) is None, f'{role} {name} goes away')

    def describe(self):
        """What can be seen, for the message of a failure."""
        root = self.root()
        if root is None:
            return '(nothing)'
        seen = [f'  {node.role}: {node.text[:80]}' for node in root.walk()
                if node.is_shown() and (node.name or node.text)]
        return '\n'.join(seen[:120])

    def wait_painted(self):
        """Waits for something to be seen in the middle: of WebKit nothing is known to accessibility."""
        width, height = self.size
        # On the left there can be a list; with large text the title reaches down to a third.
        crop = f'{width // 2 - 20}x{height // 5}+{width // 2}+{height * 2 // 5}'

        def is_painted():
            result = subprocess.run(['import', '-window', 'root', '-crop', crop, '-format', '%k', 'info:'], check=True,
                                    stdin=subprocess.DEVNULL, capture_output=True, text=True)
            return int(result.stdout) > 8

        wait_until(is_painted, 'the page is painted')

    def screenshot(self, path):
        """Of the whole window: with large text it can be wider than it was asked to be."""
        window = self.find('frame', self.word('Help Desk'))
        box = window.extents() if window else None
        width = max(self.size[0], box.width + 2 * self.frame[0]) if box else self.size[0]
        self.desktop.screenshot(path, (width, self.size[1]))

    def stalls(self):
        """Main-loop stalls in milliseconds that were not at start-up."""
        stalls, is_ready, was_ready = [], False, False
        for line in self.watchdog_path.read_text().splitlines():
            words = line.split()
            if words[0] == 'start':
                is_ready = False
            elif words[0] == 'ready':
                is_ready = was_ready = True
            elif words[0] == 'stall' and is_ready:
                stalls.append(int(words[1]))
        if not was_ready:
            raise Failure('the watchdog does not watch: is this a build without debug information?')
        return stalls

    def warnings(self):
        """What GLib complained of on the program's error output."""
        lines = self.log_path.read_text().splitlines() if self.log_path.exists() else []
        return [line for line in lines
                if line.startswith('(helpdesk:') and ('WARNING **' in line or 'CRITICAL **' in line)]
