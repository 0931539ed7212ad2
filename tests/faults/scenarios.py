# SPDX-License-Identifier: GPL-3.0-or-later
"""Trials of more than one thing at a time."""

import shutil
import subprocess
import threading
import time
import types

import fault_proxy as fp
import open_trials
from kill_trials import KillTrials
import rt_trials
from trials import BUILD, PATIENCE, Home, Sender, count, new_entry


def start(trials, home=None):
    server = trials.server
    return Sender(server.kind, trials.proxy.url, server.ca_file, server.user, server.password, home or trials.home,
                  **trials.limits)


def two_programs_have_one_outbox(trials):
    """Each sends what it finds, one at a time."""
    thing = open_trials.SubmitWithFile(trials.server, trials.picture)
    trials.proxy.arm(fp.cut_after_request, 'POST', r'/requests$', times=3)
    with start(trials) as other:
        trials.sender.tell(thing.entry)
        other.tell()
        answers = [trials.sender.listen(), other.listen()]
    why = '' if all(answers) and not trials.home.outbox() else f'it does not end: {answers}'
    trials.tally.add('two programs with one outbox', **count(thing.count()), why=why)


def what_is_meant_twice_is_sent_twice(trials, thing_class=open_trials.Submit):
    things = [thing_class(trials.server, trials.picture) for _ in range(2)]
    things[1].entry['draft']['answers'] = things[0].entry['draft']['answers']
    trials.proxy.arm(fp.cut_before_request, 'POST', thing_class.path)
    answer = trials.sender.ask(*[thing.entry for thing in things])
    why = '' if answer and len(set(answer['finished'])) == 2 else f'it says {answer}'
    trials.tally.add(f'{trials.server.kind}: the same twice, and both meant', **count(things[0].count(), 2), why=why)
    return things[0]


def what_is_said_of_one_request_keeps_its_order(trials):
    thing = open_trials.Reply(trials.server, trials.picture)
    request = thing.request['id']
    words = [f'{thing.marker} {n}' for n in range(3)]
    entries = [new_entry('reply', {'request_id': request, 'text': text}, request_id=request) for text in words]
    entries.append(new_entry('cancel', request_id=request, comment=f'{thing.marker} годі'))
    trials.proxy.arm(fp.status(503, done=False), 'POST', r'/messages$', times=2)
    answer = trials.sender.ask(*entries)
    said = [row[0] for row in trials.server.database.execute(
        'SELECT text FROM messages WHERE request_id = ? ORDER BY position', (request,))]
    wanted = [*words, f'{thing.marker} годі']
    why = '' if answer and said == wanted else f'said {said}'
    trials.tally.add('four things about one request', **count(len(said), len(wanted)), why=why)


def the_portal_is_restored_from_a_backup(trials):
    """It had the request, answered nothing, and then has it no more."""
    thing = open_trials.Submit(trials.server, trials.picture)
    portal = trials.server.portal
    backup = portal.data_dir.with_name(portal.data_dir.name + '-backup')
    portal.stop()
    shutil.copytree(portal.data_dir, backup)
    portal.start()

    has_it, is_restored = threading.Event(), threading.Event()

    def hold(exchange):
        exchange.receive().deliver()
        has_it.set()
        is_restored.wait(PATIENCE)
        exchange.cut()

    trials.proxy.arm(hold, 'POST', r'/requests$')
    trials.sender.tell(thing.entry)
    has_it.wait(PATIENCE)
    portal.stop()
    shutil.rmtree(portal.data_dir)
    shutil.move(backup, portal.data_dir)
    portal.start()
    trials.server.open_database()
    is_restored.set()
    answer = trials.sender.listen()
    why = '' if answer and answer['finished'] == [str(thing.number())] else f'it says {answer}'
    trials.tally.add('the portal is restored from a backup', **count(thing.count()), why=why)


def it_is_killed_while_it_tries_again(trials, thing_class=open_trials.ReplyWithFile, again=('POST', r'/messages$')):
    """When the server has it, and once more in the middle of what it does the second time."""
    thing = thing_class(trials.server, trials.picture)
    with trials.home.copy() as home:
        for method, path in (('POST', thing_class.path), again):
            with start(trials, home) as program:
                def kill(exchange, program=program):
                    exchange.receive().deliver()
                    program.process.kill()
                    exchange.cut()
                armed = trials.proxy.arm(kill, method, path)
                program.ask(*([] if home.outbox() else [thing.entry]))
        trials.proxy.disarm()
        with start(trials, home) as program:
            answer = program.ask()
        why = '' if answer and armed.n_met and not home.outbox() else f'it does not end: {answer}'
        trials.tally.add(f'{trials.server.kind}: killed while it tries, twice', **count(thing.count()), why=why)


def the_window_sends_what_helpdeskctl_could_not(trials):
    """The program itself, which signs in with what the keyring remembers."""
    server = types.SimpleNamespace(**{name: getattr(trials.server, name) for name in ('kind', 'ca_file', 'user', 'password')},
                                   url=trials.proxy.url)
    with Home() as home:
        home.environment.update(SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=str(home.folder / 'keyring'),
                                SECRET_FILE_TEST_PASSWORD='test')
        ctl = KillTrials(server, home, trials.tally)
        thing = open_trials.SubmitWithFile(trials.server, home.write('знімок.png', trials.server.picture))
        ctl.run(home, 'sign-in')
        trials.proxy.arm(fp.cut_before_request, 'POST', r'/requests$', times=-1)
        ctl.run(home, 'submit', thing.offering, '--answers', home.write('answers.json', thing.answers),
                '--attach', home.folder / 'знімок.png')
        is_kept = len(home.outbox()) == 1
        trials.proxy.arm(fp.cut_after_request, 'POST', r'/requests$')
        # It warns that there is no bus, on which it could meet one that runs for somebody else.
        home.environment.pop('G_DEBUG', None)
        with subprocess.Popen([BUILD / 'src/app/helpdesk', *ctl.options], env=home.environment, stderr=subprocess.DEVNULL) as window:
            end = time.monotonic() + PATIENCE
            while home.outbox() and window.poll() is None and time.monotonic() < end:
                time.sleep(0.05)
            window.kill()
        why = '' if is_kept and not home.outbox() else f'kept: {is_kept}, left: {home.outbox()}'
        trials.tally.add('the window sends what helpdeskctl could not', **count(thing.count()), why=why)


def rt_is_sent_what_is_meant_twice(trials):
    """Both stay, though nothing tells them apart."""
    thing = what_is_meant_twice_is_sent_twice(trials, rt_trials.SubmitWithoutKey)
    for _ in range(2):
        trials.sender.sync()
    trials.tally.add('rt: the same twice, and both stay', **count(thing.count(), 2))


def rt_is_asked_when_the_program_is_killed(trials):
    """In the middle of looking whether the ticket is there."""
    for thing_class in (rt_trials.Submit, rt_trials.SubmitWithoutKey):
        it_is_killed_while_it_tries_again(trials, thing_class, ('GET', r'/tickets\?query=[^&]*(CF\.|Queue)'))


def rt_is_delivered_twice_what_is_filed(trials):
    """It files both; the program cancels the younger, which it knows by its key or by its looks, and says so once."""
    for thing_class in (rt_trials.Submit, rt_trials.SubmitWithFile, rt_trials.SubmitWithoutKey, rt_trials.SubmitFileWithoutKey):
        for fault in (fp.twice, fp.twice_and_lost, fp.twice_and_unread):
            thing = thing_class(trials.server, trials.picture)
            trials.proxy.arm(fault, 'POST', thing.path)
            answer = trials.sender.ask(thing.entry)
            trials.proxy.disarm()
            n_filed = len(thing.find())
            for _ in range(2):
                trials.sender.sync()
            why = trials.look(thing, answer)
            if n_filed != 2 or thing.find_copies() != [1]:
                why += f' {n_filed} were filed, of the copies it is said {thing.find_copies()}'
            trials.tally.add(f'rt: {thing_class.__name__}: {fault.__name__}', **count(thing.count()), why=why)


SCENARIOS = [two_programs_have_one_outbox, what_is_meant_twice_is_sent_twice, what_is_said_of_one_request_keeps_its_order,
             it_is_killed_while_it_tries_again, the_window_sends_what_helpdeskctl_could_not,
             the_portal_is_restored_from_a_backup]
RT_SCENARIOS = [rt_is_sent_what_is_meant_twice, rt_is_asked_when_the_program_is_killed, rt_is_delivered_twice_what_is_filed]
