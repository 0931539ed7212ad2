# SPDX-License-Identifier: GPL-3.0-or-later
"""What a disk may hold after the power was cut, at any moment, by the log of interpose.c.

What was synced is certain.  Of what was written since, each sector may be there or
not; of what was done to names, the disk keeps the order, so the first few are there
until their folder is synced.  Shared memory is not on the disk.
"""

import dataclasses
import json
import pathlib
import struct

HEAD = struct.Struct('=IIIIQQ')
SECTOR = 512
SHARED_MEMORY = '-shm'
# As long as this may what was typed be in danger, in microseconds.
PROMISE = 3_000_000


@dataclasses.dataclass
class Operation:
    kind: str
    path: str
    other: str
    data: bytes
    offset: int
    at: int     # microseconds


def read_log(path):
    log, position, operations = pathlib.Path(path).read_bytes(), 0, []
    while position < len(log):
        kind, n_path, n_other, n_data, offset, at = HEAD.unpack_from(log, position)
        position += HEAD.size
        parts = []
        for n in (n_path, n_other, n_data):
            parts.append(log[position:position + n])
            position += n
        operations.append(Operation(chr(kind), parts[0].decode(), parts[1].decode(), parts[2], offset, at))
    return [one for one in operations if not one.path.endswith(SHARED_MEMORY)]


class File:
    """What of a file is certain, and what was done to it since."""

    def __init__(self):
        self.certain, self.since = b'', []

    def sync(self):
        self.certain, self.since = self.content(lambda: True), []

    def content(self, lands):
        """@lands: says of each sector that was written, or each change of size, whether it came to the disk"""
        content = bytearray(self.certain)
        for one in self.since:
            if one.kind == 'T':
                if lands():
                    content[one.offset:] = bytes(max(0, one.offset - len(content)))
                continue
            for start in range(0, len(one.data), SECTOR):
                if lands():
                    at, piece = one.offset + start, one.data[start:start + SECTOR]
                    content.extend(bytes(max(0, at - len(content))))
                    content[at:at + len(piece)] = piece
        return bytes(content)


FOLDER = None


class Disk:
    """Goes through a log."""

    def __init__(self):
        self.now = {}        # files by their paths, as the program sees them; FOLDER for a folder
        self.certain = {}    # the same, as it is certain
        self.pending = []    # what was done to names since: (operation, file)

    def apply(self, one):
        if one.kind in 'CMUR':
            file = FOLDER if one.kind == 'M' else File() if one.kind == 'C' else self.now.get(one.path)
            self.pending.append((one, file))
            self.rename(self.now, one, file)
        elif one.kind == 'F':
            self.sync(one.path)
        elif one.kind in 'WT' and one.path in self.now:
            self.now[one.path].since.append(one)

    @staticmethod
    def rename(names, one, file):
        if one.kind in 'UR':
            names.pop(one.path, None)
        if one.kind in 'CM':
            names[one.path] = file
        elif one.kind == 'R':
            names[one.other] = file

    def sync(self, path):
        if self.now.get(path) is not FOLDER:
            self.now[path].sync()
            return
        # All that was done in that folder, and what was done before the last of it.
        here = [i for i, (one, _) in enumerate(self.pending)
                if path in (str(pathlib.PurePath(one.path).parent), str(pathlib.PurePath(one.other).parent))]
        for one, file in self.pending[:here[-1] + 1 if here else 0]:
            self.rename(self.certain, one, file)
        del self.pending[:here[-1] + 1 if here else 0]

    def write(self, folder, root, n_names, lands):
        """Writes what may be there into a folder: the first so many changes of names, the sectors that land."""
        names = dict(self.certain)
        for one, file in self.pending[:n_names]:
            self.rename(names, one, file)
        for path, file in sorted(names.items(), key=lambda item: len(item[0])):
            target = pathlib.Path(folder) / pathlib.PurePath(path).relative_to(root)
            # A name is nothing without the folder it is in.
            if not target.parent.is_dir():
                continue
            if file is FOLDER:
                target.mkdir(exist_ok=True)
            else:
                target.write_bytes(file.content(lands))


class Promises:
    """What must not be lost, by the marks that the log has up to now."""

    def __init__(self):
        self.saved, self.files, self.entries, self.typed = {}, {}, {}, []

    def note(self, one):
        mark = json.loads(one.data)
        if 'saved' in mark:
            self.saved[mark['saved']] = mark['text']
        elif 'attached' in mark:
            self.files.setdefault(mark['attached'], []).append(mark['sha256'])
        elif 'enqueued' in mark:
            self.entries[mark['enqueued']] = mark['draft']
        elif 'returns' in mark:
            # From now on it is a draft or still in the outbox.
            self.entries.pop(mark['returns'])
        elif 'sent' in mark:
            draft = self.entries.pop(mark['sent'])
            self.saved.pop(draft)
            self.files.pop(draft)
        elif 'typed' in mark:
            self.typed.append((one.at, mark['typed'], mark['length']))

    def find_broken(self, state, at):
        """@state: what the program finds when it starts again after the power went at that moment"""
        drafts = {**state['drafts'], **{entry['id']: entry for entry in state['outbox'].values()}}
        for draft, text in self.saved.items():
            if draft not in drafts or drafts[draft]['text'] != text:
                yield f'the draft {draft} that was saved'
        for entry, draft in self.entries.items():
            if entry not in state['outbox'] or state['outbox'][entry]['id'] != draft:
                yield f'the entry {entry} of the outbox'
        for draft, sums in self.files.items():
            if draft in drafts and drafts[draft]['sums'] != sums:
                yield f'a file of {draft}: {drafts[draft]["sums"]}'
            elif draft not in drafts and draft in self.saved:
                yield f'the files of {draft}'
        for draft in state['drafts'].values():
            if 'missing' in draft['sums']:
                yield f'a file that {draft["id"]} names'
        due = [(draft, length) for typed, draft, length in self.typed if typed <= at - PROMISE]
        if due and len(drafts.get(due[-1][0], {'text': ''})['text'].encode()) < due[-1][1]:
            yield 'what was typed more than three seconds before'
