# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages the tests speak, also where the system has no locale but C.

In C and, from glibc 2.41 on, in C.UTF-8 gettext translates nothing.
"""

import os
import pathlib
import shutil
import subprocess

LOCALES = {'uk': 'uk_UA.UTF-8', 'en': 'en_US.UTF-8'}


def find_locales(folder):
    """What to set so that both are found; they are made in the folder where the system has not got them.

    With LOCPATH the C library forgets the system's own archive, hence both or none.
    """
    known = subprocess.run(['locale', '-a'], capture_output=True, text=True).stdout.lower().replace('utf-8', 'utf8')
    if all(name.lower().replace('utf-8', 'utf8') in known.split() for name in LOCALES.values()):
        return {}
    for name in LOCALES.values():
        target = pathlib.Path(folder) / name
        if not target.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            # Several tests may do this at a time, and none is to see half a locale.
            made = target.with_name(f'.{name}.{os.getpid()}')
            subprocess.run(['localedef', '-i', name.partition('.')[0], '-f', 'UTF-8', str(made)], check=True)
            try:
                made.rename(target)
            except OSError:
                shutil.rmtree(made)
    return {'LOCPATH': f'{folder}:/usr/lib/locale'}
