# SPDX-License-Identifier: GPL-3.0-or-later
"""Knowledge packs as a person may be given them: a good one, one that has expired, a stranger's, and one that is broken."""

import json
import os
import struct
import subprocess

DAY = 24 * 60 * 60
# Somewhere in the manifest, which is what the signature is of.
SIGNED = 60


class Packs:
    """Made by helpdeskctl, in a folder of their own, of what the portal has, which has to be running."""

    def __init__(self, build, folder, portal, user, password):
        self.build, self.folder, self.portal, self.user, self.password = build, folder, portal, user, password
        folder.mkdir()
        self.policy = folder / 'policy.conf'
        ours = json.loads(self._run('pack', 'key', self._key('ours'), '--json'))
        self._run('pack', 'key', self._key('other'))
        self.policy.write_text(f'[Policy]\npack-keys={ours["public_key"]}\n')
        self.good = self._make('good', 'ours')
        # A pack is good for ninety days.
        self.expired = self._make('expired', 'ours', days_ago=100)
        self.strange = self._make('strange', 'other')
        self.broken = folder / 'broken.hdpack'
        self.broken.write_bytes(self._change(self.good.read_bytes()))

    def _key(self, name):
        return self.folder / f'{name}.pem'

    @staticmethod
    def _change(pack):
        return pack[:SIGNED] + bytes([pack[SIGNED] ^ 1]) + pack[SIGNED + 1:]

    def _run(self, *words, env=None):
        return subprocess.run([self.build / 'src/ctl/helpdeskctl', *map(str, words)], env={**os.environ, **(env or {})},
                              input=f'{self.password}\n', text=True, stdout=subprocess.PIPE, check=True).stdout

    def _make(self, name, key, days_ago=0):
        """Where the clock is wrong by so much."""
        path = self.folder / f'{name}.hdpack'
        clock = self.folder / 'clock'
        clock.write_bytes(struct.pack('=q', -days_ago * DAY))
        self._run('--portal', self.portal.url, '--ca-file', self.portal.ca_file, '--user', self.user, '--password-stdin',
                  '--data-dir', self.folder / f'{name}.data', 'pack', 'create', path, '--key', self._key(key),
                  env={'LD_PRELOAD': str(self.build / 'tests/faults/faults-interpose.so'), 'HD_FAULTS_CLOCK': str(clock)})
        return path
