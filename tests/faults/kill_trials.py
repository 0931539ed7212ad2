# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at every call by which the program changes the world while it submits: before it, after it, in the middle."""

import subprocess

from trials import BUILD, INTERPOSE, PATIENCE, Sender, count

CTL = BUILD / 'src/ctl/helpdeskctl'
WHENS = ('before', 'after', 'half')
MAX_SYNCS = 20


class Command:
    """What the program is given, and what of it is at the server."""

    def __init__(self, thing, *words):
        self.thing, self.words = thing, words


class KillTrials:
    """Of helpdeskctl."""

    # The submit begins when something is kept of what was typed: a file, a draft, an entry of the outbox.
    from_where = {'HD_FAULTS_FROM': 'drafts.db-wal'}

    def __init__(self, server, template, tally):
        """@template: a home that has been synced."""
        self.server, self.template, self.tally = server, template, tally
        self.options = ['--portal', server.url, '--kind', server.kind, '--ca-file', str(server.ca_file), '--user', server.user]

    def run(self, home, *words, **environment):
        if environment:
            environment['LD_PRELOAD'] = str(INTERPOSE)
        return subprocess.run([CTL, *self.options, '--password-stdin', *map(str, words)], input=f'{self.server.password}\n', text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE,
                              env={**home.environment, **environment})

    def bring_up_to_date(self):
        self.run(self.template, 'sync')

    def make_home(self):
        home = self.template.copy()
        home.write('знімок.png', self.server.picture)
        return home

    def read_calls(self, make_command):
        with self.make_home() as home:
            command = make_command(home)
            result = self.run(home, *command.words, HD_FAULTS_COUNT=str(home.folder / 'calls'), **self.from_where)
            if result.returncode != 0:
                raise RuntimeError(f'{command.words}: {result.stderr}')
            return (home.folder / 'calls').read_text()

    def points(self, make_command):
        """Where to kill it.  Half of a call that writes nothing is none."""
        return [(n, when) for n, letter in enumerate(self.read_calls(make_command), 1) for when in WHENS
                if letter == 'w' or when != 'half']

    def trial(self, make_command, n, when):
        """@make_command: of a home and a thing that is new"""
        with self.make_home() as home:
            command = make_command(home)
            result = self.run(home, *command.words, HD_FAULTS_KILL=f'{n}:{when}', **self.from_where)
            self.look(home, command, f'{self.server.kind}: {type(command.thing).__name__} killed {when} call {n}', result.returncode == 0)

    def look(self, home, command, name, is_done):
        was_kept = is_done or bool(home.outbox())
        was_begun = bool(home.drafts())
        why = self.finish(home)
        found = command.thing.count()
        # Before it was in the outbox the person was not told that it is sent: the command fails, nothing is half done.
        wanted = 1 if was_kept or found else 0
        if not why and wanted:
            why = self.look_at_shown(home, command)
        if not wanted and was_begun and command.thing.marker not in str(home.drafts()):
            why += ' the draft is not whole'
        self.tally.add(name, **count(found, wanted), why=why)

    def finish(self, home):
        """The program starts again, and again until nothing waits."""
        for _ in range(MAX_SYNCS):
            result = self.run(home, 'sync')
            if not home.outbox():
                return ''
        return f'it is not sent after {MAX_SYNCS} times: {result.stderr}'

    def look_at_shown(self, home, command):
        number = command.thing.number()
        if number is not None and str(number) not in map(str, home.numbers()):
            return f'{number} is not shown'
        return ''


class SenderKillTrials(KillTrials):
    """The same of the program that keeps trying by itself: see sender.c.  @limits: its patience"""

    def __init__(self, server, template, tally, **limits):
        super().__init__(server, template, tally)
        self.limits = limits

    def start(self, home, preload=None):
        return Sender(self.server.kind, self.server.url, self.server.ca_file, self.server.user, self.server.password, home,
                      preload, **self.limits)

    def run(self, home, *words, **environment):
        if environment:
            environment['LD_PRELOAD'] = str(INTERPOSE)
        with self.start(home, environment) as sender:
            answer = sender.ask(*words)
        return subprocess.CompletedProcess(words, 0 if answer else 1, '', 'it does not come to an end')

    def bring_up_to_date(self):
        self.run(self.template)

    def finish(self, home):
        with self.start(home) as sender:
            answer = sender.ask()
        return '' if answer is not None and not answer['left'] else 'it is not sent'


def enqueue(server, thing_class):
    def make(home):
        thing = thing_class(server, home.folder / 'знімок.png')
        return Command(thing, thing.entry)
    return make


def submit(server, thing_class):
    def make(home):
        thing = thing_class(server, home.folder / 'знімок.png')
        answers = home.write('answers.json', thing.answers)
        attach = ['--attach', thing.files['files'][thing.file_field]] if thing.with_file else []
        return Command(thing, 'submit', thing.offering, '--answers', answers, *attach)
    return make


def reply(server, thing_class):
    def make(home):
        thing = thing_class(server, home.folder / 'знімок.png')
        attach = ['--attach', thing.files['files'][thing.file_field]] if thing.with_file else []
        return Command(thing, 'reply', thing.number(), thing.marker, *attach)
    return make


def cancel(server, thing_class):
    def make(home):
        thing = thing_class(server, home.folder / 'знімок.png')
        return Command(thing, 'cancel', thing.number(), '--comment', thing.marker)
    return make
