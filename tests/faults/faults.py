# SPDX-License-Identifier: GPL-3.0-or-later
"""All the trials, few of each for ./dev test, all of them for ./dev bench."""

import random

import kill_trials
import open_trials
import proxy_trials
import rt_trials
import scenarios
from power_trials import PowerTrials
from trials import Home, Tally

# Request Tracker takes its time, on a busy machine up to a second for each request.
RT_LIMITS = {'timeout': 4000, 'settle': 6000}


def choose(things, points, n, dice):
    """So many pairs, each thing and each point at least once if they suffice; all where n is None."""
    pairs = [(thing, point) for thing in things for point in points]
    dice.shuffle(pairs)
    seen, first, rest = set(), [], []
    for pair in pairs:
        (rest if seen.issuperset(pair) else first).append(pair)
        seen.update(pair)
    return pairs if n is None else (first + rest)[:n]


def sample(items, n, dice):
    return items if n is None or n >= len(items) else dice.sample(items, n)


def spoil(server, things, points, n, n_anywhere, dice, tally, also=(), **limits):
    with Home() as home, proxy_trials.ProxyTrials(server, home, tally, **limits) as trials:
        for thing, point in choose(things, points, n, dice):
            trials.run(thing, point)
        for thing, point in choose(things, proxy_trials.ANYWHERE, n_anywhere, dice):
            nth = 1
            while trials.run_anywhere(thing, point, nth):
                nth += 1
        for scenario in also:
            scenario(trials)


def kill(trials, commands, n, dice):
    for make_command in commands:
        trials.bring_up_to_date()
        for i, (call, when) in enumerate(sample(trials.points(make_command), n, dice)):
            # Else each would have to fetch what all before it have left at the server.
            if i % 10 == 9:
                trials.bring_up_to_date()
            trials.trial(make_command, call, when)


def try_line_to_portal(dice, n=None, n_anywhere=None, n_large=None):
    tally = Tally()
    points = [point for point in proxy_trials.POINTS if not point.refuses]
    with open_trials.OpenServer() as server:
        spoil(server, open_trials.THINGS, proxy_trials.POINTS, n, n_anywhere, dice, tally, scenarios.SCENARIOS)
        spoil(server, [open_trials.SubmitWithLargeFile], points, n_large, n_anywhere if n_large is None else 0, dice, tally)
    return tally


def try_kill_at_portal(dice, n=None, n_large=60):
    tally = Tally()
    with open_trials.OpenServer() as server, Home() as template:
        trials = kill_trials.KillTrials(server, template, tally)
        kill(trials, [kill_trials.cancel(server, open_trials.Cancel),
                      kill_trials.submit(server, open_trials.SubmitWithFile),
                      kill_trials.reply(server, open_trials.ReplyWithFile)], n, dice)
        kill(trials, [kill_trials.submit(server, open_trials.SubmitWithLargeFile)], n_large, dice)
    return tally


def try_some(dice, n, n_killed):
    """No scenarios and nothing large: for a build that takes its time."""
    tally = Tally()
    with open_trials.OpenServer() as server:
        spoil(server, open_trials.THINGS, proxy_trials.POINTS, n, 0, dice, tally)
        with Home() as template:
            kill(kill_trials.KillTrials(server, template, tally),
                 [kill_trials.submit(server, open_trials.SubmitWithFile)], n_killed, dice)
    return tally


def try_power(dice, n_random=6):
    tally = Tally()
    PowerTrials(tally, dice, n_random).run(open_trials.PICTURE)
    return tally


KILLED_AT_RT = [rt_trials.SubmitWithoutKey, rt_trials.SubmitWithFile, rt_trials.Reply, rt_trials.Cancel]


def try_rt(dice, n=60, n_anywhere=3, n_killed=6, killed=KILLED_AT_RT):
    """What something on the way files twice is one in the end, after a sync: a scenario of its own.

    Words that are said twice stay: see docs/administration.md.
    """
    tally = Tally()
    points = [point for point in proxy_trials.POINTS if not point.repeats]
    with rt_trials.RtTruth() as server:
        spoil(server, rt_trials.THINGS, points, n, n_anywhere, dice, tally, scenarios.RT_SCENARIOS, **RT_LIMITS)
        with Home() as template:
            trials = kill_trials.SenderKillTrials(server, template, tally, **proxy_trials.LIMITS | RT_LIMITS)
            kill(trials, [kill_trials.enqueue(server, thing) for thing in killed], n_killed, dice)
    return tally


def make_dice(seed):
    return random.Random(seed)
