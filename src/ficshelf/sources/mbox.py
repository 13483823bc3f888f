"""Mailboxes: mbox in all its forms, MMDF, Babyl, batches of news, and a digest as a mail of its own.

Found by a scan of our own, in one pass and without reading a mail as a whole: a line `From …` begins one where the
lines below it are a header. So `From the window she saw` begins none, quoted or not; a Content-Length is believed where
another mail, or the end, stands where it points. `>From ` is unquoted when a mail is read. (RFC 4155; Jonathan de Boyne
Pollard's and Rahul Dhesi's accounts of mboxo, mboxrd and mboxcl; RFC 850 on rnews.)
"""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from ficshelf import mailed, mime
from ficshelf.errors import CannotOpenError
from ficshelf.sources import digests, files, limits, packed
from ficshelf.sources.containers import HEAD, Opened, Scratch
from ficshelf.sources.places import Place

_NAME = re.compile(r"\.(?:mbox|mbx|mbs)(?:\.\w{2,3})?$|(?:^|/)mbox$", re.I)
_FROM = re.compile(rb"(?:\A|(?<=\n))From [^\n]{0,1000}\n")
_FROM_AGAIN = re.compile(rb">From [^\n]{0,1000}\n")  # what a mail that was passed on has below its first line
_DATED = re.compile(rb"From .{0,400}\d\d:\d\d.{0,60}|From -?\d{6,}\s*$|From - .{0,60}|From \?\?\?@\?\?\?.{0,60}", re.S)
_KNOWN = re.compile(
    rb"(?:Received|Return-Path|From|Date|Subject|To|Message-ID|X-[\w-]+|Status|MIME-Version|Path|Newsgroups|"
    rb"Delivered-To|Content-[\w-]+|Reply-To|Sender|References|Mailing-List|List-[\w-]+|Precedence|Organization|"
    rb"In-Reply-To|Xref|Lines|Approved|Envelope-to|DKIM-Signature|User-Agent|NNTP-[\w-]+|Cc|Article|Summary|Keywords|"
    rb"Followup-To|Distribution|Return-path)[ \t]*:",
    re.I,
)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.I | re.M)
_BLANK = re.compile(rb"\n\r?\n")
_SOON = 16_000  # bytes in which a header ends that says how long its mail is
_RNEWS = re.compile(rb"(?:\A|(?<=\n))#! rnews[ \t]+(\d{1,10})[^\n]{0,60}\n")
_MMDF = b"\x01\x01\x01\x01\n"
_BABYL = b"\x1f\x0c\n"
_VISIBLE = b"*** EOOH ***\n"
_QUOTED = re.compile(rb"^>(>*From )", re.M)

Range = tuple[int, int]  # where a mail begins and ends


def opens(place: Place, head: bytes) -> bool:
    """Whether this is a mailbox of several mails, or of one that is a digest."""
    head = _lines(packed.head_of(head)).lstrip(b"\n\xef\xbb\xbf")
    form = _form(head)
    if form == "mbox":
        return sum(1 for _ in _mbox(head)) > 1 or (
            bool(_NAME.search(place.path)) and next(_mbox(head), None) is not None
        )
    if not form and mime.header(head, most=limits.MAIL_HEADER).end:
        return len(digests.split(head)) > 2
    return bool(form)


def _form(head: bytes) -> str:
    if head.startswith(b"From "):
        return "mbox"
    if _RNEWS.match(head):
        return "rnews"
    if head.startswith(_MMDF):
        return "mmdf"
    return "babyl" if head.startswith(b"BABYL OPTIONS") and _BABYL in head else ""


def _lines(data: bytes) -> bytes:
    """Bytes whose lines end as on a Mac, as elsewhere."""
    return data.replace(b"\r", b"\n") if b"\n" not in data and b"\r" in data else data


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """All mails of a mailbox, in their order; those that may be parts of one story with one group."""
    disk = packed.plain_file(place.disk, place.path, scratch.folder)
    disk = _with_lines(disk, scratch.folder)
    found: list[tuple[tuple[int, ...], int, mailed.Post]] = []
    unread = ""
    with open(disk, "rb") as file:
        size = Path(disk).stat().st_size
        if not size:
            return Opened(unread="it is empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as box:
            for start, end in _ranges(box):
                if len(found) >= limits.POSTS:
                    unread = f"{limits.POSTS:,} posts of it are read, and no more"
                    found.append(((start, size), size - start, mailed.Post()))
                    break
                found += _posts(box, start, end)
                scratch.hear("posts", end, size)
    if not found:
        return Opened(unread="no mail was found in it")
    width = max(6, len(str(len(found))))
    grouped = mailed.groups([post for _, _, post in found], [length for _, length, _ in found])
    places = [
        Place(f"{place.path}/{number:0{width}} post.eml", disk, length, entries, kind="mbox", group=group)
        for number, ((entries, length, _), group) in enumerate(zip(found, grouped, strict=True), start=1)
    ]
    if unread:
        places[-1] = places[-1]._replace(unread=unread)
    return Opened(tuple(places))


def _with_lines(disk: str, folder: Path) -> str:
    """A file on disk whose lines end in a newline: `disk` itself, unless it was written on an old Mac."""
    with open(disk, "rb") as file:
        head = file.read(HEAD)
        if b"\n" in head or b"\r" not in head:
            return disk
        out = folder / f"{hashlib.sha256(disk.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.lines"
        file.seek(0)
        with out.open("wb") as plain:
            while chunk := file.read(1 << 20):
                plain.write(chunk.replace(b"\r", b"\n"))
    return str(out)


def _posts(box: mmap.mmap, start: int, end: int) -> Iterator[tuple[tuple[int, ...], int, mailed.Post]]:
    """A mail, or the posts of a digest: where it lies, how long it is, what it says."""
    head = mime.header(box[start : min(end, start + limits.MAIL_HEADER)])
    peek = box[start + head.end : min(end, start + head.end + mailed.PEEK)]
    if end - start <= digests.LARGEST and digests.is_digest(head, peek) and (parted := digests.split(box[start:end])):
        for number, post in enumerate(parted):
            below = mime.header(post)
            said = mailed.of_mail(below, post[below.end : below.end + mailed.PEEK]) if number else mailed.Post()
            yield (start, end, number), len(post), said
    else:
        yield (start, end), end - start, mailed.of_mail(head, peek)


def _ranges(box: mmap.mmap | bytes) -> Iterator[Range]:
    form = _form(box[:HEAD].lstrip(b"\r\n\xef\xbb\xbf"))
    return {"rnews": _rnews, "mmdf": _mmdf, "babyl": _babyl, "mbox": _mbox}.get(form, _whole)(box)


def _whole(box: mmap.mmap | bytes) -> Iterator[Range]:
    yield 0, len(box)


def _mbox(box: mmap.mmap | bytes) -> Iterator[Range]:
    start: int | None = None
    believed = 0
    for found in _FROM.finditer(box):
        at = found.start()
        if at < believed or not _begins(box, found):
            continue
        if start is not None:
            yield start, at
        start = at
        believed = _believed(box, found.end())
    if start is not None:
        yield start, len(box)


def _begins(box: mmap.mmap | bytes, found: re.Match[bytes]) -> bool:
    """Whether a mail begins with such a line: a header stands below it, and a blank line or nothing above."""
    below = box[found.end() : found.end() + 4000]
    while quoted := _FROM_AGAIN.match(below):
        below = below[quoted.end() :]
    if not _KNOWN.match(below):
        return False
    at = found.start()
    if at == 0 or box[max(0, at - 2) : at] in (b"\n\n", b"\r\n") or _DATED.match(found[0]):
        lines = below.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0].split(b"\n")[:40]
        return sum(1 for line in lines if _KNOWN.match(line)) >= 2
    return False


def _believed(box: mmap.mmap | bytes, start: int) -> int:
    """Where a mail ends by its Content-Length; 0 where it says none, or lies."""
    head = box[start : start + _SOON]
    said = _LENGTH.search(head)
    body = _BLANK.search(head)
    if not said or not body or said.start() > body.start():
        return 0
    at = start + body.end() + int(said[1])
    if at >= len(box):
        return len(box) if at == len(box) else 0
    for skipped in range(4):
        line = _FROM.match(box, at + skipped) if box[at + skipped : at + skipped + 5] == b"From " else None
        if line and _begins(box, line):
            return at + skipped
    return 0


def _rnews(box: mmap.mmap | bytes) -> Iterator[Range]:
    at = 0
    while found := _RNEWS.search(box, at):
        end = found.end() + int(found[1])
        if end != len(box) and not _RNEWS.match(box, end):  # it lies
            after = _RNEWS.search(box, found.end())
            end = after.start() if after else len(box)
        yield found.end(), end
        at = end


def _mmdf(box: mmap.mmap | bytes) -> Iterator[Range]:
    at = 0
    while (start := box.find(_MMDF, at)) >= 0:
        end = box.find(_MMDF, start + len(_MMDF))
        end = len(box) if end < 0 else end
        if end > start + len(_MMDF):
            yield start + len(_MMDF), end
        at = end + len(_MMDF) if box[end + 5 : end + 10] == _MMDF or end + 5 >= len(box) else end


def _babyl(box: mmap.mmap | bytes) -> Iterator[Range]:
    at = box.find(_BABYL)
    while at >= 0:
        end = box.find(b"\x1f", at + 3)
        end = len(box) if end < 0 else end
        start = box.find(_VISIBLE, at, end)
        if start >= 0 and end > start + len(_VISIBLE):
            yield start + len(_VISIBLE), end
        at = end if box[end : end + 3] == _BABYL else -1


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """A mail's bytes, without the quotes that the mailbox put before `From `. Raises CannotOpenError."""
    start, end = entries[:2]
    if end - start > limits.FILE:
        raise CannotOpenError(label, "it is too large", "The other mails were added.")
    if len(entries) > 2:
        posts_of = _digest(disk, start, end, label)
        if entries[2] < len(posts_of):
            return posts_of[entries[2]]
        raise CannotOpenError(label, "it is there no more", "Add the mailbox again.")
    return _mail(disk, start, end, label)


def _mail(disk: str, start: int, end: int, label: str) -> bytes:
    stream: BinaryIO
    with files.open_file(disk, label) as stream:
        stream.seek(start)
        data = _lines(stream.read(end - start))
    return _QUOTED.sub(rb"\1", data) if b"\n>" in data else data


@lru_cache(maxsize=2)
def _digest(disk: str, start: int, end: int, label: str) -> list[bytes]:
    return digests.split(_mail(disk, start, end, label))
