# SPDX-License-Identifier: GPL-3.0-or-later
"""Trials with a fault between the program and the server: at every point, for everything that can be sent."""

import struct
from typing import Callable, NamedTuple

import fault_proxy as fp
from trials import INTERPOSE, Sender, count

# Of the program under trial, in milliseconds: for an answer, and between attempts.
LIMITS = {'timeout': 1000, 'first': 20, 'most': 40}
REFUSED, FORBIDDEN = 10, 8
BUSY = [408, 429, 500, 502, 503, 504]
WAIT = ['Retry-After: 1', fp.in_a_second]


class Point(NamedTuple):
    name: str
    fault: Callable
    times: int = 1
    repeats: bool = False      # something other than the program delivers it a second time
    refuses: int = 0           # the error it ends with, for good


def make_points():
    yield Point('cut before the request', fp.cut_before_request)
    yield Point('closed before the request', fp.close_before_request)
    for share in (0.01, 0.5, 0.99):
        yield Point(f'cut after {share:.0%} of the request', fp.cut_in_request(share))
    yield Point('cut at the end of the request', fp.cut_at_end_of_request)
    yield Point('cut when the server has it', fp.cut_after_request)
    yield Point('cut twice when the server has it', fp.cut_after_request, 2)
    yield Point('no answer in time', fp.silent)
    yield Point('arrives when it is given up', fp.late)
    yield Point('delivered twice', fp.twice, repeats=True)
    yield Point('delivered twice and cut', fp.twice_and_lost, repeats=True)
    yield Point('cut in the head of the answer', fp.cut_in_head_of_answer)
    yield Point('cut between head and body', fp.cut_between_head_and_body)
    yield Point('cut in the answer', fp.cut_in_answer)
    yield Point('cut after the answer', fp.cut_after_answer)
    yield Point('a short answer', fp.short_answer)
    yield Point('half the JSON', fp.half_json)
    yield Point('a page instead', fp.page_instead_of_answer)
    for code in BUSY:
        for done in (False, True):
            when = 'when it is done' if done else 'instead'
            yield Point(f'{code} {when}', fp.status(code, done=done))
            if code in (429, 503):
                for wait, how in zip(WAIT, ('seconds', 'a date')):
                    yield Point(f'{code} {when}, Retry-After in {how}', fp.status(code, wait, done=done))
    yield Point('409 while it is being done', fp.status(409, 'Retry-After: 1', done=True))
    yield Point('409 without a word while it is being done', fp.status(409, done=True))
    yield Point('503 instead, Retry-After by a wrong clock',
                fp.status(503, fp.in_a_second_by_its_clock, done=False))
    for days in (-1, 1, -400):
        yield Point(f'cut before, the clock is set by {days} days', fp.clock_is_set(days, fp.cut_before_request))
        yield Point(f'cut after, the clock is set by {days} days', fp.clock_is_set(days, fp.cut_after_request))
    yield Point('422 instead', fp.status(422, done=False), -1, refuses=REFUSED)
    yield Point('403 instead', fp.status(403, done=False), -1, refuses=FORBIDDEN)


POINTS = list(make_points())
# What can befall any request on the way, also those that ask how things are.
ANYWHERE = [point for point in POINTS if point.fault in (
    fp.cut_before_request, fp.cut_after_request, fp.half_json, fp.page_instead_of_answer)]
ANYWHERE += [Point('500 instead', fp.status(500, done=False)), Point('cut twice', fp.cut_after_request, 2)]


class ProxyTrials:
    """A server, a proxy before it, and the program that knows only the proxy."""

    def __init__(self, server, home, tally, **limits):
        self.server, self.home, self.tally = server, home, tally
        self.picture = home.write('знімок.png', server.picture)
        self.proxy = fp.FaultProxy(server.url, server.ca_file, server.certificate, server.key)
        self.limits = {**LIMITS, **limits}
        self.clock = home.write('clock', struct.pack('=q', 0))
        self.proxy.set_clock = lambda seconds: self.clock.write_bytes(struct.pack('=q', seconds))

    def __enter__(self):
        self.proxy.__enter__()
        self.start()
        return self

    def __exit__(self, error, *details):
        self.sender.__exit__(error, *details)
        self.proxy.__exit__()

    def start(self):
        self.sender = Sender(self.server.kind, self.proxy.url, self.server.ca_file, self.server.user, self.server.password,
                             self.home, {'LD_PRELOAD': str(INTERPOSE), 'HD_FAULTS_CLOCK': str(self.clock)}, **self.limits)
        # It has signed in and is up to date.
        self.sender.ask()

    def restart(self):
        """After a trial that went wrong: others shall not."""
        self.sender.process.kill()
        self.sender.__exit__(None)
        self.home.forget_outbox()
        self.start()

    def run(self, thing_class, point):
        """At the request that says it."""
        thing = thing_class(self.server, self.picture)
        self.try_one(f'{thing_class.__name__}: {point.name}', thing, point,
                     self.proxy.arm(point.fault, thing.method, thing.path, thing.nth, point.times))

    def run_anywhere(self, thing_class, point, nth):
        """At the nth request of all; returns whether there was one."""
        thing = thing_class(self.server, self.picture)
        armed = self.proxy.arm(point.fault, None, '', nth, point.times)
        return self.try_one(f'{thing_class.__name__}: {point.name} at request {nth}', thing, point, armed, False)

    def try_one(self, name, thing, point, armed, must_meet=True):
        name = f'{self.server.kind}: {name}'
        answer = self.sender.ask(thing.entry)
        self.proxy.disarm()
        why = self.look_at_refused(thing, point, answer) if point.refuses else self.look(thing, answer)
        if must_meet and armed.n_met == 0:
            why += ' the fault was not met'
        self.tally.add(name, **count(thing.count(), 0 if point.refuses else 1), why=why)
        if why or point.refuses:
            self.restart()
        return armed.n_met > 0

    def look(self, thing, answer):
        """What is not as it should be with the program."""
        if answer is None:
            return 'it does not end'
        if answer['refused']:
            return f'it says that it was refused: {answer["refused"]}'
        if answer['left'] or self.home.outbox():
            return 'something is left in the outbox'
        number = thing.number()
        if number is not None and (answer['finished'] != [str(number)] or str(number) not in map(str, self.home.numbers())):
            return f'{number} is not shown: {answer["finished"]}'
        return ''

    def look_at_refused(self, thing, point, answer):
        """It was tried once, and all that was typed is there."""
        if answer is None or answer['refused'] != [point.refuses]:
            return f'it does not say that it was refused, but {answer}'
        entries = self.home.outbox()
        if len(entries) != 1 or entries[0]['attempts'] != 1 or (
                thing.marker in str(thing.entry) and thing.marker not in str(entries[0])):
            return f'what was typed is not there: {entries}'
        if thing.with_file and [path.read_bytes() for path in self.home.files()] != [self.server.picture]:
            return 'the file is not there'
        return ''

