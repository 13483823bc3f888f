"""Exports of Yahoo groups with many messages in one file: a list, or a line for each. Each message is a mail.

Found by a scan over the brackets of the JSON, so that a file of any size is never read as a whole. A file that holds
one message is a mail as it stands (`readers/eml.py`).
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ficshelf import mailed, mime, yahoo
from ficshelf.errors import CannotOpenError
from ficshelf.sources import files, limits, packed
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

_SIGN = re.compile(rb"\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"\s*(:)?|[{}]", re.S)
_HOLDS = re.compile(rb"\"(?:rawEmail|messageBody)\"\s*:$")
_DEEPEST = 64  # objects within objects that are looked at


def opens(place: Place, head: bytes) -> bool:
    """Whether this is an export of more than one message."""
    head = packed.head_of(head)
    if not yahoo.is_message(head):
        return False
    if place.size <= len(head) and head.rstrip()[-1:] in b"]}":
        return sum(1 for _ in _messages(head)) > 1
    return head.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] == b"[" or b'"messages"' in head[:2000] or b"}\n{" in head


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """All messages, in their order; those that may be parts of one story with one group."""
    disk = packed.plain_file(place.disk, place.path, scratch.folder)
    size = Path(disk).stat().st_size
    found: list[tuple[int, int]] = []
    said: list[mailed.Post] = []
    with open(disk, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        for start, end in _messages(whole):
            if len(found) == limits.POSTS:
                break
            mail = yahoo.mail_of(whole[start:end]) if end - start <= limits.READ else b""
            head = mime.header(mail)
            found.append((start, end))
            said.append(mailed.of_mail(head, mail[head.end : head.end + mailed.PEEK]))
            scratch.hear("posts", end, size)
    if not found:
        return Opened(unread="no message was found in it")
    width = max(6, len(str(len(found))))
    groups = mailed.groups(said, [end - start for start, end in found])
    return Opened(
        tuple(
            Place(
                f"{place.path}/{number:0{width}} post.eml",
                disk,
                end - start,
                (start, end),
                kind="yahoo_groups",
                group=group,
            )
            for number, ((start, end), group) in enumerate(zip(found, groups, strict=True), start=1)
        )
    )


def _messages(whole: mmap.mmap | bytes) -> Iterator[tuple[int, int]]:
    """Where the objects stand that hold a mail."""
    opened: list[list[int]] = []  # where each object begins, and whether it holds a mail
    depth = 0
    for found in _SIGN.finditer(whole):
        sign = found[0]
        if sign == b"{":
            depth += 1
            if depth <= _DEEPEST:
                opened.append([found.start(), 0])
        elif sign == b"}":
            if depth and depth <= _DEEPEST:
                start, holds = opened.pop()
                if holds:
                    yield start, found.end()
            depth = max(0, depth - 1)
        elif opened and found[1] and depth <= _DEEPEST and len(sign) < 40 and _HOLDS.match(sign):
            opened[-1][1] = 1


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """A message as a mail. Raises CannotOpenError."""
    start, end = entries
    if end - start > limits.READ:
        raise CannotOpenError(label, "it is too large", "The other messages were added.")
    with files.open_file(disk, label) as stream:
        stream.seek(start)
        data = stream.read(end - start)
    return yahoo.mail_of(data) or data
