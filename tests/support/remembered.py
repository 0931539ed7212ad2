# SPDX-License-Identifier: GPL-3.0-or-later
"""A person whom a real keyring remembers, so that the program opens without being asked."""

import contextlib
import os
import subprocess

from practice_portal import PASSWORD, USER

PATIENCE = 60


@contextlib.contextmanager
def keyring(folder):
    """The session's Secret Service, as where people work."""
    environment = {**os.environ, 'HOME': folder, 'XDG_DATA_HOME': folder, 'XDG_CONFIG_HOME': folder}
    daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets',
                               f'--control-directory={folder}/control'],
                              env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        daemon.stdin.write(b'bench')
        daemon.stdin.close()
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', str(PATIENCE), 'org.freedesktop.secrets'], check=True)
        yield
    finally:
        daemon.kill()
        daemon.wait()


def run(build, portal, folder, environment, *command, **options):
    subprocess.run([build / 'src/ctl/helpdeskctl', '--portal', portal.url, '--ca-file', portal.ca_file, '--data-dir', folder,
                    '--user', USER, *command], env=environment, check=True, stdout=subprocess.DEVNULL, **options)


def sign_in(build, portal, folder, environment):
    run(build, portal, folder, environment, 'sign-in', input=PASSWORD, text=True)


def sync(build, portal, folder, environment):
    run(build, portal, folder, environment, 'sync')
