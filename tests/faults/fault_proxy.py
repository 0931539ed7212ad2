# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy that speaks TLS on both sides and spoils the exchange it is told to.

    with FaultProxy(server.url, server.ca_file, certificate, key) as proxy:
        armed = proxy.arm(cut_after_request, 'POST', r'/requests$')
        ...                      # the program is given proxy.url
        assert armed.n_met == 1

A fault is a function of an Exchange.  What is not spoilt is passed on as it is.
"""

import contextlib
import email.utils
import re
import socket
import ssl
import struct
import threading
import time

from portal_client import HttpsClient

PATIENCE = 60
# They are of one connection; the proxy has two.
HOP_BY_HOP = {'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'upgrade', 'te', 'expect'}


class Hangup(Exception):
    """This connection is over."""


class Exchange:
    """One request on its way, and what becomes of it."""

    def __init__(self, proxy, connection, head):
        self.proxy, self.connection = proxy, connection
        line, *fields = head.decode('latin-1').split('\r\n')
        self.method, self.path, _ = line.split(' ', 2)
        self.headers = [tuple(field.split(': ', 1)) for field in fields if field]
        self.body = b''

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), None)

    # The request

    def receive(self, share=1.0):
        """Reads the body, or the first part of it."""
        length = int(self.header('content-length') or 0)
        while len(self.body) < int(length * share):
            piece = self.connection.recv(min(65536, length - len(self.body)))
            if not piece:
                raise Hangup
            self.body += piece
        return self

    def deliver(self):
        """Lets the server do it; returns its answer."""
        headers = {name: value for name, value in self.headers if name.lower() not in HOP_BY_HOP}
        return self.proxy.client.send(self.method, self.path, self.body or None, headers)

    # The answer

    def encode(self, answer, length=None):
        body = b'' if answer.status in (204, 304) else answer.body
        lines = [f'HTTP/1.1 {answer.status} {answer.status}']
        lines += [f'{name}: {value}' for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP]
        lines += [] if answer.status in (204, 304) else [f'Content-Length: {len(body) if length is None else length}']
        return '\r\n'.join(lines).encode('latin-1') + b'\r\n\r\n', body

    def send(self, data):
        with self.ends_with_the_line():
            self.connection.sendall(data)

    def reply(self, answer):
        self.send(b''.join(self.encode(answer)))

    def reply_problem(self, status, headers=(), body=b''):
        lines = [f'HTTP/1.1 {status} {status}', *headers, f'Content-Length: {len(body)}']
        self.send('\r\n'.join(lines).encode() + b'\r\n\r\n' + body)

    # The line

    @contextlib.contextmanager
    def ends_with_the_line(self):
        try:
            yield
        except OSError:
            raise Hangup from None

    def cut(self):
        """Without a word, as when a cable is drawn."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        raise Hangup

    def await_end(self):
        """Until the client has had enough."""
        with self.ends_with_the_line():
            while self.connection.recv(4096):
                pass
        raise Hangup


class Armed:
    """A fault and where it happens: from the nth request of that kind on, so many times."""

    def __init__(self, fault, method, path, nth, times):
        self.fault, self.method, self.path = fault, method, re.compile(path)
        self.skip, self.left, self.n_met = nth - 1, times, 0

    def meets(self, exchange):
        if self.left == 0 or self.method not in (None, exchange.method) or not self.path.search(exchange.path):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.left -= 1
        self.n_met += 1
        return True


class FaultProxy:
    def __init__(self, url, ca_file, certificate, key):
        self.client = HttpsClient(url, ca_file)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.lock = threading.Lock()
        self.armed = None
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=64)
        self.url = f'https://127.0.0.1:{self.listener.getsockname()[1]}/'

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def arm(self, fault, method, path, nth=1, times=1):
        with self.lock:
            self.armed = Armed(fault, method, path, nth, times)
            return self.armed

    def disarm(self):
        with self.lock:
            self.armed = None

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                connection.settimeout(PATIENCE)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, plain):
        with contextlib.suppress(OSError, Hangup, ValueError), plain:
            with self.context.wrap_socket(plain, server_side=True, suppress_ragged_eofs=True) as connection:
                while True:
                    self.exchange(connection)

    def read_head(self, connection):
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            # Byte by byte, for the body is somebody else's; TLS holds the rest of its record.
            piece = connection.recv(1)
            if not piece:
                raise Hangup
            head += piece
        return head[:-4]

    def exchange(self, connection):
        exchange = Exchange(self, connection, self.read_head(connection))
        with self.lock:
            armed = self.armed if self.armed and self.armed.meets(exchange) else None
        if armed:
            armed.fault(exchange)
        else:
            exchange.receive()
            exchange.reply(exchange.deliver())


# --- Faults.  The first ones keep the request from the server. ---

def cut_before_request(exchange):
    exchange.cut()


def close_before_request(exchange):
    """Politely, as a server does that ends."""
    raise Hangup


def cut_in_request(share):
    def fault(exchange):
        exchange.receive(share)
        exchange.cut()
    return fault


def cut_at_end_of_request(exchange):
    exchange.receive()
    exchange.cut()


# From here on the server has done it.

def cut_after_request(exchange):
    exchange.receive().deliver()
    exchange.cut()


def silent(exchange):
    """The answer does not come within the client's limit."""
    exchange.receive().deliver()
    exchange.await_end()


def late(exchange):
    """What was on its way arrives when the client has long given it up."""
    exchange.receive()
    try:
        exchange.await_end()
    finally:
        exchange.deliver()


def twice(exchange):
    """Something on the way delivers it again."""
    exchange.receive()
    answer = exchange.deliver()
    exchange.deliver()
    exchange.reply(answer)


def twice_and_lost(exchange):
    exchange.receive().deliver()
    exchange.deliver()
    exchange.cut()


def twice_and_unread(exchange):
    """And for a while nobody is told what became of it."""
    answer = exchange.receive().deliver()
    exchange.deliver()
    exchange.proxy.arm(status(500, done=False), 'GET', r'/ticket/\d+', times=-1)
    exchange.reply(answer)


def cut_in_head_of_answer(exchange):
    head, _ = exchange.encode(exchange.receive().deliver())
    exchange.send(head[:len(head) // 2])
    exchange.cut()


def cut_between_head_and_body(exchange):
    head, _ = exchange.encode(exchange.receive().deliver())
    exchange.send(head)
    exchange.cut()


def cut_in_answer(exchange):
    head, body = exchange.encode(exchange.receive().deliver())
    exchange.send(head + body[:len(body) // 2])
    exchange.cut()


def cut_after_answer(exchange):
    exchange.reply(exchange.receive().deliver())
    exchange.cut()


def short_answer(exchange):
    """Less than its length says, and then the end, politely."""
    answer = exchange.receive().deliver()
    exchange.send(b''.join(exchange.encode(answer, len(answer.body) + 100)))
    raise Hangup


def half_json(exchange):
    """Its length is right, what it says is not whole."""
    answer = exchange.receive().deliver()
    answer.body = answer.body[:len(answer.body) // 2]
    exchange.reply(answer)


def page_instead_of_answer(exchange):
    answer = exchange.receive().deliver()
    answer.body = b'<html><body>Welcome to the network</body></html>'
    exchange.reply(answer)


def status(code, *headers, done, body=b''):
    """@done: whether the server has carried it out, or has not seen it; a header may be a function."""
    def fault(exchange):
        exchange.receive()
        if done:
            exchange.deliver()
        exchange.reply_problem(code, [header() if callable(header) else header for header in headers], body)
    return fault


def in_a_second(clock=0):
    """Retry-After as a date, rounded up to the next whole second; by a server's clock that is so many seconds ahead, and told."""
    now = int(time.time()) + clock
    return '\r\n'.join(f'{name}: {email.utils.formatdate(seconds, usegmt=True)}'
                       for name, seconds in (('Date', now), ('Retry-After', now + 2)))


FIVE_HOURS = 5 * 3600


def in_a_second_by_its_clock():
    return in_a_second(FIVE_HOURS)


def clock_is_set(days, fault):
    """Meanwhile somebody, or the network, sets the clock of the machine that the program runs on."""
    def set_and_go_on(exchange):
        exchange.proxy.set_clock(days * 24 * 3600)
        fault(exchange)
    return set_and_go_on
