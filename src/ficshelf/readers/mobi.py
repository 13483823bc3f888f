"""Kindle books (mobi, prc, azw, azw3) and the PalmDOC texts (pdb) that they grew out of.

A book holds one long page in HTML of its own kind, parted by page breaks; or, since 2011 (KF8), the pages of an EPUB in
pieces; or both, of which the second keeps more. The text layer is that of its pages, as it is of an EPUB's. A text is
read as plain text. (The MOBI, PDB and KF8 pages of the MobileRead wiki.)
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf.model import INFERRED, Draft, Fact, Remark
from ficshelf.passes.facts import add_fact
from ficshelf.readers import dublin_core, encoding, html, mobi_index, text
from ficshelf.readers.book import Book
from ficshelf.readers.palm import DamagedError, Palm, open_palm, text_of
from ficshelf.sources import limits

_BOOK, _TEXT = b"BOOKMOBI", b"TEXtREAd"
_BREAK = re.compile(rb"<\s*mbp:pagebreak[^>]{0,200}>", re.IGNORECASE)
_ENDS_OF_NOTHING = re.compile(rb"</(?:br|hr|img|mbp:pagebreak)\s{0,9}>", re.IGNORECASE)
_PLACE = re.compile(rb"\bfilepos=[\"']?(\d{1,12})[\"']?", re.IGNORECASE)
_PLACE_IN_PIECE = re.compile(rb"\"kindle:pos:fid:(\w{1,8}):off:(\w{1,12})\"")
_CONTENTS = re.compile(rb"(?:<[^<>]{0,300}>|\s){0,60}?(?:Table of )?Contents\b", re.IGNORECASE)
_CODECS = {1252: "cp1252", 65001: "utf-8"}
_STATED = {100: "creator", 101: "publisher", 103: "description", 105: "subject", 106: "date", 112: "source",
           503: "title", 524: "language"}  # fmt: skip
_WITHIN = 121  # the number under which a book tells where its KF8 begins
_MOST_PAGES = 20_000
_LONGEST_NAME = 31  # bytes of a database's name; a title of that length may be cut
_DAMAGED = Remark("damaged", "This Kindle book is cut off or broken.")
_LOCKED = Remark("locked", "Its copy protection (DRM) can only be taken off by the shop that sold it.")


def sure(data: bytes, path: str) -> float:
    """1 for a Palm database that is a book or a text."""
    return 1.0 if data[60:68] in (_BOOK, _TEXT) else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a Kindle book or a PalmDOC text. Never raises; what is locked or damaged gives a remark."""
    try:
        palm = open_palm(data)
        if len(palm.records) < 2 or len(palm.records[0]) < 16:
            raise DamagedError
        if _u16(palm.records[0], 12):
            return Draft("", (), remarks=(_LOCKED,))
        return _plain(palm, path) if palm.kind == _TEXT.decode() else _book(palm)
    except (DamagedError, struct.error):
        return Draft("", (), remarks=(_DAMAGED,))


def _plain(palm: Palm, path: str) -> Draft:
    """A text; its database's name may be its title."""
    unpacked = text_of(palm.records)
    said = unpacked.data.rstrip(b"\0")
    draft = html.read(said, path) if html.sure(said, path) > 0.5 else text.read(said, path)
    if 2 < len(palm.name) < _LONGEST_NAME:
        guess = Fact(palm.name, INFERRED, confidence=0.6, evidence="the name of the text's database")
        draft = draft._replace(facts=add_fact(draft.facts, "title", guess))
    return draft if unpacked.is_whole else draft._replace(remarks=(*draft.remarks, _DAMAGED))


class _Page(NamedTuple):
    """A page of a book, and what its contents call it."""

    markup: bytes
    label: str = ""


def _book(palm: Palm) -> Draft:
    records = palm.records
    header = _Header(records[0])
    inner = header.numbers.get(_WITHIN, 0)
    if header.version != 8 and 0 < inner < len(records) and _is_kf8(records[inner]):
        told, records = header.told, records[inner:]
        header = _Header(records[0])
        header.told = told
    unpacked = text_of(records)
    book = Book()
    book.title = next((value for name, value in header.told if name == "title"), "")
    book.author = next((value for name, value in header.told if name == "creator"), "")
    if not unpacked.is_whole:
        book.remarks.append(_DAMAGED)
    pages = _kf8(records, header, unpacked.data) if header.version == 8 else _mobi(records, header, unpacked.data)
    for number, page in enumerate(pages):
        if number == _MOST_PAGES or len(book.nodes) > limits.LINES:
            book.remarks.append(Remark("entry-skipped", f"Only the first {number:,} pages were read."))
            break
        decoded = encoding.decode(page.markup, header.codec)
        body = page.markup.find(b"<body")
        name = "toc" if _CONTENTS.match(page.markup, max(0, body)) else ""
        book.page(decoded.text, label=page.label, name=name, remarks=decoded.remarks_of_all)
    return book.draft(dublin_core.state(book.facts, header.told))


def _is_kf8(record: memoryview) -> bool:
    return bytes(record[16:20]) == b"MOBI" and len(record) >= 40 and _u32(record, 36) == 8


class _Header:
    """What the header of a book says: how it is written, where its indexes are, what the book states of itself."""

    def __init__(self, record: memoryview) -> None:
        if bytes(record[16:20]) != b"MOBI" or len(record) < 40:
            raise DamagedError
        self.record = record
        size, _, coded = struct.unpack_from(">III", record, 20)
        self.codec = _CODECS.get(coded, "")
        self.version = _u32(record, 36)
        self.told: list[tuple[str, str]] = []
        self.numbers: dict[int, int] = {}
        self._extra(16 + size)
        if not any(name == "title" for name, _ in self.told) and len(record) >= 92:
            start, length = struct.unpack_from(">II", record, 84)
            self.told.append(("title", self._string(record[start : start + min(length, 1000)])))

    def _extra(self, start: int) -> None:
        """The list behind the header (EXTH)."""
        if bytes(self.record[start : start + 4]) != b"EXTH":
            return
        count, at = _u32(self.record, start + 8), start + 12
        while count and at + 8 <= len(self.record):
            kind, size = struct.unpack_from(">II", self.record, at)
            value = self.record[at + 8 : at + max(8, size)]
            if kind in _STATED:
                self.told.append((_STATED[kind], self._string(value)))
            elif len(value) == 4:
                self.numbers[kind] = _u32(value, 0)
            at += max(8, size)
            count -= 1

    def _string(self, value: memoryview) -> str:
        return bytes(value).decode(self.codec or "cp1252", "replace")

    def place(self, at: int) -> int:
        """The number of a record that the header names."""
        return _u32(self.record, at) if at + 4 <= len(self.record) else 0


def _mobi(records: Sequence[memoryview], header: _Header, markup: bytes) -> Iterator[_Page]:
    """The one long page of an older book, parted at its page breaks."""
    contents = mobi_index.read(records, header.place(0xF4))
    labels = sorted(
        (entry.numbers[1][0], contents.string(entry.numbers[3][0]))
        for entry in contents.entries
        if entry.numbers.get(1) and entry.numbers.get(3)
    )
    start = named = 0
    for end in [*(found.start() for found in _BREAK.finditer(markup)), len(markup)]:
        page = markup[start:end]
        label = ""
        while named < len(labels) and labels[named][0] < end:
            label = label or labels[named][1]
            named += 1
        page = _PLACE.sub(rb'href="#place\1"', _ENDS_OF_NOTHING.sub(b"", page))
        if page.strip():
            yield _Page(page, label)
        start = end


def _kf8(records: Sequence[memoryview], header: _Header, markup: bytes) -> Iterator[_Page]:
    """The pages of a newer book: each a frame into which pieces are put that stand behind it."""
    flows = header.place(0xC0)
    if 0 < flows < len(records) and bytes(records[flows][:4]) == b"FDST" and len(records[flows]) >= 20:
        markup = markup[: _u32(records[flows], 16)]
    frames = mobi_index.read(records, header.place(0xFC)).entries
    pieces = mobi_index.read(records, header.place(0xF8)).entries
    labels: dict[int, str] = {}
    contents = mobi_index.read(records, header.place(0xF4))
    for entry in contents.entries:
        piece = entry.numbers.get(6, ())[:1]
        if piece and piece[0] < len(pieces) and entry.numbers.get(3):
            labels.setdefault(piece[0], contents.string(entry.numbers[3][0]))
    if not frames:
        yield _Page(markup)
        return
    taken = 0
    for frame in frames:
        start, length = frame.numbers.get(6, (0, 0))[:2]
        count = frame.numbers.get(1, (0,))[0]
        numbers = range(taken, min(taken + count, len(pieces)))
        taken += count
        label = next((labels[number] for number in numbers if number in labels), "")
        filled = _filled(markup, start, length, [pieces[number] for number in numbers])
        yield _Page(_PLACE_IN_PIECE.sub(rb'"#place\1-\2"', filled), label)


def _filled(markup: bytes, start: int, length: int, pieces: Sequence[mobi_index.Entry]) -> bytes:
    """A frame with its pieces put in, each where it belongs in what is there by then: one after the other."""
    made: list[bytes] = []
    size = used = 0  # of what is made; of the frame
    at = start + length
    for piece in pieces:
        place = int(piece.name) - start if piece.name.isdecimal() else size
        further = max(0, min(place - size, length - used))
        made.append(markup[start + used : start + used + further])
        used += further
        long = piece.numbers.get(6, (0, 0))[-1]
        made.append(markup[at : at + long])
        at += long
        size += further + long
    made.append(markup[start + used : start + length])
    return b"".join(made)


def _u16(data: memoryview, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _u32(data: memoryview, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])
