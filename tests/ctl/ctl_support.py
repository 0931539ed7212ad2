# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests of helpdeskctl: the program with a home of its own, the practice portal, and servers that stand before it."""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'support')]

from locales import LOCALES, find_locales  # noqa: E402
from portal_client import PortalClient  # noqa: E402
from practice_portal import PASSWORD, USER, PracticePortal  # noqa: E402
from tap import equal  # noqa: E402

BUILD = pathlib.Path(os.environ['HD_BUILD_ROOT'])
PROGRAM = BUILD / 'src/ctl/helpdeskctl'
OK, USAGE, NETWORK, SIGN_IN, REFUSED, NOT_FOUND, FORBIDDEN, STORAGE, PROTOCOL, PERHAPS_SENT = range(10)
INTERRUPTED = 130
PNG = b'\x89PNG\r\n\x1a\n' + bytes(200)


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
        self.address = portal.url
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
        return ['--portal', self.address, '--kind', self.portal.kind, '--ca-file', self.portal.ca_file, '--user', self.user]

    def start(self, *words):
        """The program on its way, to be interrupted."""
        words = [PROGRAM, *self.options(), '--password-stdin', *words]
        process = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=self.environment)
        process.stdin.write(f'{self.password}\n'.encode())
        process.stdin.close()
        return process

    def __call__(self, *words, text='', code=OK):
        result = self.raw(*self.options(), '--password-stdin', *words, text=f'{self.password}\n{text}')
        equal(result.code, code, f'{words}: {result.out} {result.err}')
        return result

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def kept_with(self, text):
        """The files of what the program keeps that tell it."""
        return [path.name for path in (self.folder / 'data').rglob('*')
                if path.is_file() and text.encode() in path.read_bytes()]


@contextlib.contextmanager
def portal_and_ctl(language='en', **options):
    with PracticePortal(**options) as portal, Ctl(portal, language) as ctl:
        yield portal, ctl


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


class Proxy(http.server.BaseHTTPRequestHandler):
    """Passes everything on to the portal; a subclass says of what, and what goes wrong."""

    protocol_version = 'HTTP/1.1'
    client = None        # of the portal
    broken = None        # what is answered with rubbish
    failed = None        # what fails
    refused = None       # what may not be sent
    held = None          # a method and the end of a path that the portal does, but whose answer does not come
    reached = None       # an Event: it is held
    let_go = None        # an Event

    def read_body(self):
        if self.headers.get('Transfer-Encoding') != 'chunked':
            return self.rfile.read(int(self.headers.get('Content-Length', 0)))
        body = b''
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size + 2)[:-2]
        self.rfile.readline()
        return body

    def pass_on(self):
        body = self.read_body()
        path = self.path.removeprefix('/api/v1/')
        headers = {name: self.headers[name] for name in ('Authorization', 'Content-Type', 'Idempotency-Key')
                   if self.headers[name]}
        answer = self.client.call(self.command, path, body, headers, token=False)
        status, body = answer.status, answer.body
        if self.broken and path.startswith(self.broken):
            status, body = 200, b'<html>'
        if self.failed and path.startswith(self.failed):
            status, body = 500, b''
        if self.refused and self.command == 'POST' and path == self.refused:
            status, body = 403, b''
        if self.held and self.command == self.held[0] and path.endswith(self.held[1]):
            self.reached.set()
            self.let_go.wait(60)
        self.send_response(status)
        self.send_header('Content-Type', answer.content_type)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    do_GET = do_POST = do_DELETE = pass_on

    def log_message(self, *details):
        pass


@contextlib.contextmanager
def proxy_and_ctl(**faults):
    """The portal, a proxy before it, and helpdeskctl that is given the proxy."""
    with portal_and_ctl() as (portal, ctl):
        handler = type('Handler', (Proxy,), dict(faults, client=PortalClient(portal.url, portal.ca_file),
                                                 reached=threading.Event(), let_go=threading.Event()))
        with serving(portal, handler) as url:
            ctl.address = url
            try:
                yield handler, ctl
            finally:
                handler.let_go.set()
