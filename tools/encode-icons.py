#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the symbolic icons at the sizes that the windows use.

    encode-icons.py ENCODER SIZES FOLDER ICON.svg…

writes FOLDER/icons.gresource.xml and the pictures that it lists.  An icon theme
prefers a picture of the very size that is asked for, so the program starts
without the SVG library; other sizes still come from the SVG.
"""

import pathlib
import subprocess
import sys

RESOURCE = '''<?xml version="1.0" encoding="UTF-8"?>
<gresources>
  <gresource prefix="/ua/gov/customs/HelpDesk/icons">
{files}
  </gresource>
</gresources>
'''


def main():
    encoder, sizes, folder, *icons = sys.argv[1:]
    folder = pathlib.Path(folder)
    files = []

    for size in sizes.split(','):
        target = folder / size / 'actions'
        target.mkdir(parents=True, exist_ok=True)
        for icon in icons:
            subprocess.run([encoder, '-o', target, icon, size], check=True)
            files.append(f'{size}/actions/{pathlib.Path(icon).stem}.symbolic.png')

    lines = '\n'.join(f'    <file>{name}</file>' for name in files)
    (folder / 'icons.gresource.xml').write_text(RESOURCE.format(files=lines))


if __name__ == '__main__':
    main()
