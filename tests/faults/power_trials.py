# SPDX-License-Identifier: GPL-3.0-or-later
"""The power is cut at every moment between two syncs, while somebody types, attaches, submits and takes back."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from power import Disk, Promises, read_log
from trials import BUILD, INTERPOSE, PATIENCE

TYPIST = BUILD / 'tests/faults/typist'


def record(folder, picture):
    """Lets somebody write; returns what was done to the disk."""
    (folder / 'picture').write_bytes(picture)
    environment = dict(os.environ, LD_PRELOAD=str(INTERPOSE), HD_FAULTS_LOG=str(folder / 'log'),
                       HD_FAULTS_ROOT=str(folder / 'store'))
    subprocess.run([TYPIST, 'write', folder / 'store', folder / 'picture'], check=True, timeout=PATIENCE, env=environment)
    return read_log(folder / 'log')


class Reader:
    """The program that starts again."""

    def __enter__(self):
        self.process = self.start()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def start(self):
        return subprocess.Popen([TYPIST, 'read'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                text=True, bufsize=1)

    def read(self, folder):
        """What it finds; None where it does not open."""
        print(folder, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        self.__exit__()
        self.process = self.start()
        return None


class PowerTrials:
    def __init__(self, tally, random, n_random):
        """@n_random: at how many disks to look at each moment, beside that with nothing and that with all"""
        self.tally, self.random, self.n_random = tally, random, n_random

    def run(self, picture):
        folder = pathlib.Path(tempfile.mkdtemp(prefix='helpdesk-power-'))
        try:
            operations = record(folder, picture)
            with Reader() as self.reader:
                self.go_through(operations, folder)
        finally:
            shutil.rmtree(folder)

    def go_through(self, operations, folder):
        disk, promises = Disk(), Promises()
        root = str(folder / 'store')
        for i, one in enumerate(operations):
            if one.kind == 'F':
                self.cut(disk, promises, one.at, root, f'before sync {i} ({pathlib.PurePath(one.path).name})')
            if one.kind == 'K':
                promises.note(one)
            else:
                disk.apply(one)
        self.cut(disk, promises, operations[-1].at, root, 'at the end')

    def cut(self, disk, promises, at, root, when):
        n_names = len(disk.pending)
        self.look(disk, promises, at, root, f'{when}, nothing landed', 0, lambda: False)
        self.look(disk, promises, at, root, f'{when}, all landed', n_names, lambda: True)
        for i in range(self.n_random):
            share = self.random.random()
            self.look(disk, promises, at, root, f'{when}, some landed ({i})', self.random.randint(0, n_names),
                      lambda: self.random.random() < share)

    def look(self, disk, promises, at, root, when, n_names, lands):
        with tempfile.TemporaryDirectory(prefix='helpdesk-power-') as folder:
            store = pathlib.Path(folder) / 'store'
            store.mkdir()
            disk.write(store, root, n_names, lands)
            state = self.reader.read(store)
            broken = ['it does not open'] if state is None else list(promises.find_broken(state, at))
            broken += [f'{path.name} was set aside' for path in store.glob('*.damaged-*')]
            self.tally.add(f'power cut {when}', lost=len(broken), why=', '.join(broken))
