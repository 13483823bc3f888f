"""Word files of 1993 to 2003 (doc): a node a line, from the streams within.

The text layer is the paragraphs in order, as it is of newer Word files; then the footnotes and endnotes under their
numbers, then what stands apart: page headers, comments, deleted text. Of Word 6 and 95 the text and its paragraphs are
read, not how it is set. ([MS-DOC]; [MS-CFB] by olefile.)
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import olefile

from ficshelf.model import Draft, Facts, Remark, Run
from ficshelf.readers import unread
from ficshelf.readers.doc_formats import DELETED, SPECIAL, UNDERLINE, Formats, Look, Styles, look, marks
from ficshelf.readers.document import Document, indent_of, properties, web_link
from ficshelf.readers.marks import NAMES_OF
from ficshelf.sources import limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _PACKAGE = "WordDocument", "EncryptedPackage"
_NEW, _OLD = 0xA5EC, 0xA5DC  # how a file of Word 97, and of Word 6, begins
_LINK = re.compile(r"HYPERLINK\s+(?:\\\\?[a-z]\s+)*\"?([^\"\s]{1,2000})", re.IGNORECASE)
_DAMAGED = Remark("damaged", "This document cannot be opened; it is cut off or broken.")
_LOCKED = Remark("locked", "Save a copy without the password, and add that.")
_MOST_PIECES = 500_000
# The parts of the text, in order, with where the first word counts how long each is.
_PARTS = {"text": 76, "footnotes": 80, "headers": 84, "macros": 88, "comments": 92, "endnotes": 96, "boxes": 100}
_CHARACTERS, _PARAGRAPHS, _PIECES, _STYLES, _SECTIONS = (
    12,
    13,
    33,
    1,
    6,
)  # places of tables, in the list of where they are
_FOOT, _END = (2, 3), (46, 47)  # of notes: where they are named, and where each begins
_CODES = {0x19: "cp1251", 0x22: "cp1251", 0x23: "cp1251", 0x02: "cp1251", 0x15: "cp1250", 0x05: "cp1250",
          0x0E: "cp1250", 0x1A: "cp1250", 0x08: "cp1253", 0x1F: "cp1254", 0x0D: "cp1255", 0x11: "cp932"}  # fmt: skip
_LETTERS = dict.fromkeys([0, 1, *range(3, 7), 8, *range(15, 19), *range(22, 30)], "")  # signs that stand for things
_LETTERS |= {11: "\n", 12: "\f", 14: "\f", 30: "-", 31: "\xad"}


def sure(data: bytes, path: str) -> float:
    """1 for streams within a file of which one is Word's, or a newer Word file under a password."""
    if data[:8] != _OLE:
        return 0.0
    return 1.0 if _WORD.encode("utf-16-le") in data or _PACKAGE.encode("utf-16-le") in data else 0.0


class _Streams(NamedTuple):
    """What is read of the streams within a file."""

    word: bytes
    tables: tuple[bytes, bytes]
    facts: Facts
    is_locked: bool


def read(data: bytes, path: str) -> Draft:
    """Read a Word file. Never raises; what is locked, damaged or too large gives a remark."""
    streams = _streams(data)
    if streams is None or streams.is_locked:
        return Draft("", (), remarks=(_DAMAGED if streams is None else _LOCKED,))
    if len(streams.word) > limits.READ:
        return unread.too_large(len(streams.word), limits.READ)
    try:
        return _draft(streams)
    except (struct.error, IndexError):
        return Draft("", (), streams.facts, remarks=(_DAMAGED,))


def _streams(data: bytes) -> _Streams | None:
    """The streams within a file; None where it is broken."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as found:
            names = (_WORD, "0Table", "1Table")
            word, *tables = (found.openstream(name).read() if found.exists(name) else b"" for name in names)
            is_locked = not word and found.exists(_PACKAGE)
            return _Streams(word, (tables[0], tables[1]), _properties(found), is_locked)
    except Exception:  # olefile raises whatever comes of a broken file
        return None


def _draft(streams: _Streams) -> Draft:
    file = streams.word
    kind, _, _, language, _, flags = struct.unpack_from("<HHHHHH", file)
    if flags & 0x0100:
        return Draft("", (), remarks=(_LOCKED,))
    if kind == _OLD:
        return _old(file, flags, language, streams.facts)
    if kind != _NEW:
        return Draft("", (), streams.facts, remarks=(_DAMAGED,))
    writer = _Writer(file, streams.tables[bool(flags & 0x0200)])
    writer.write()
    remarks: list[Remark] = []
    if not writer.is_whole:
        remarks.append(Remark("damaged", "The document is damaged; what could be read was read."))
    if writer.deleted:
        remarks.append(Remark("changes-tracked", f"{len(writer.deleted)} deletions were still tracked."))
    text, nodes, chrome = "".join(writer.text), tuple(writer.nodes), tuple(writer.chrome)
    return Draft(text, nodes, streams.facts, chrome, tuple(remarks), encoding="utf-16")


def _properties(streams: olefile.OleFileIO) -> Facts:
    """What the file says of itself, in its own code page."""
    try:
        told = streams.get_metadata()
    except Exception:  # it is only a guess, and not worth the file
        return {}
    code = f"cp{(told.codepage or 1252) & 0xFFFF}"
    said = []
    for value in (told.author, told.title):
        if isinstance(value, bytes):
            try:
                value = value.decode("utf-8" if code == "cp65001" else code, "replace")
            except LookupError:
                value = value.decode("cp1252", "replace")
        said.append(value.strip("\0") if isinstance(value, str) else "")
    return properties(*said)


class _Piece(NamedTuple):
    """A stretch of the text: its first character, where it lies in the file, and how many bytes a letter takes."""

    start: int
    end: int
    place: int
    width: int


class _Field(NamedTuple):
    """A field of the text: what it says it is, until its result begins; where that leads; whether it is shown."""

    told: list[str] | None
    link: str = ""
    is_hidden: bool = False


class _Letters(NamedTuple):
    """Letters that are set alike, and where the first lies in the file."""

    text: str
    start: int
    place: int
    width: int
    changes: bytes


class _Writer(Document):
    """Takes the paragraphs of a Word 97 file into a document."""

    def __init__(self, file: bytes, table: bytes) -> None:
        super().__init__()
        self.file, self.table = file, table
        self.is_whole = True
        self.styles = Styles(self._table(_STYLES))
        self.characters = Formats(file, self._table(_CHARACTERS), paragraphs=False)
        self.paragraphs = Formats(file, self._table(_PARAGRAPHS), paragraphs=True)
        sections = self._table(_SECTIONS)
        count = max(0, (len(sections) - 4) // 16)
        self.sections = {end - 1 for end in struct.unpack_from(f"<{count + 1}I", sections)[1:]} if count else set()
        self.pieces = list(self._pieces())
        self.starts = [piece.start for piece in self.pieces]
        self.parts: dict[str, tuple[int, int]] = {}
        at = 0
        for name, place in _PARTS.items():
            length = max(0, struct.unpack_from("<i", file, place)[0])
            self.parts[name] = (at, at + length)
            at += length
        self.noted: dict[int, str] = {}  # by the place of a sign in the text: the number of its note
        self.deleted: list[str] = []
        self.runs: list[Run] = []
        self.cells: list[list[Run]] = []
        self.cell: list[Run] = []
        self.is_ruled = False
        self.mark = ""  # the number of the note at hand, until it is written

    def _table(self, number: int) -> bytes:
        """A table by its place in the list of where they are."""
        start, length = struct.unpack_from("<II", self.file, 154 + 8 * number)
        return self.table[start : start + length]

    def _pieces(self) -> Iterator[_Piece]:
        """The pieces of the text (its changes since it was last saved whole are pieces of their own)."""
        told = self._table(_PIECES)
        at = 0
        while at + 3 <= len(told) and told[at] == 1:
            at += 3 + (told[at + 1] | told[at + 2] << 8)
        if at + 5 > len(told) or told[at] != 2:
            self.is_whole = False
            return
        length = struct.unpack_from("<I", told, at + 1)[0]
        plc = told[at + 5 : at + 5 + length]
        count = min((len(plc) - 4) // 12, _MOST_PIECES)
        starts = struct.unpack_from(f"<{count + 1}I", plc) if count > 0 else ()
        for number in range(count):
            place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
            is_narrow = place & 0x40000000
            place &= 0x3FFFFFFF
            if starts[number + 1] > starts[number]:
                yield _Piece(
                    starts[number], starts[number + 1], place // 2 if is_narrow else place, 2 - bool(is_narrow)
                )

    def write(self) -> None:
        """The text with its notes; then what stands apart."""
        notes = [self._notes(*_FOOT, "footnotes"), self._notes(*_END, "endnotes")]
        self._part("text")
        self.settle_headings()
        for (part, kind), found in zip((("footnotes", "footnote"), ("endnotes", "endnote")), notes, strict=True):
            base = self.parts[part][0]
            for number, start, end in found:
                first = len(self.nodes)
                self.mark = f"[{number}]"
                self._stretch(base + start, base + end)
                self.settle(first, "note", kind)
        self._part("boxes")
        for part, reason in (("headers", "page header"), ("comments", "comment")):
            self.apart("".join(one.text for one in self._letters(*self.parts[part])).translate(_PLAIN), reason)
        self.apart("".join(self.deleted).translate(_PLAIN), "deleted text")

    def _notes(self, named: int, begun: int, part: str) -> list[tuple[int, int, int]]:
        """The notes of one kind: their numbers, and from where to where each goes in its part of the text."""
        places, starts = self._table(named), self._table(begun)
        count = max(0, (len(places) - 4) // 6)
        signs = struct.unpack_from(f"<{count + 1}I", places) if count else ()
        bounds = struct.unpack_from(f"<{len(starts) // 4}I", starts)
        length = self.parts[part][1] - self.parts[part][0]
        found = []
        for sign, start, end in zip(signs[:count], bounds, bounds[1:], strict=False):
            number = len(self.noted) + 1
            self.noted[sign] = f"[{number}]"
            found.append((number, min(start, length), min(end, length)))
        return found

    def _part(self, name: str) -> None:
        self._stretch(*self.parts[name])

    def _letters(self, start: int, end: int) -> Iterator[_Letters]:
        """The letters of a stretch of the text, parted where they are set in another way."""
        for piece in islice(self.pieces, max(0, bisect_right(self.starts, start) - 1), None):
            if piece.start >= end:
                return
            first, last = max(start, piece.start), min(end, piece.end)
            if first >= last:
                continue
            place = piece.place + (first - piece.start) * piece.width
            stop = piece.place + (last - piece.start) * piece.width
            if stop > len(self.file):
                self.is_whole, stop = False, max(place, len(self.file))
            for begin, ends, changed in self.characters.over(place, stop):
                raw = self.file[begin:ends]
                text = raw.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
                yield _Letters(text, piece.start + (begin - piece.place) // piece.width, begin, piece.width, changed)

    def _stretch(self, start: int, end: int) -> None:
        """The paragraphs from one letter to another."""
        fields: list[_Field] = []  # those that are open
        base, known = 0, -1  # the marks of the paragraph's style, and the place of its changes
        for letters in self._letters(start, end):
            if letters.place != known:
                base = self._look(letters.place).mask
            mask = marks(letters.changes, base, self.styles)
            at = letters.start
            for piece in _SIGNS.split(letters.text):
                if not piece:
                    continue
                sign = piece if len(piece) == 1 and piece < " " else ""
                if sign == "\x13":
                    outer = fields[-1] if fields else _Field(None)
                    fields.append(_Field([], outer.link, outer.is_hidden or outer.told is not None))
                elif sign == "\x14" and fields:
                    found = _LINK.search("".join(fields[-1].told or ()))
                    fields[-1] = fields[-1]._replace(told=None, link=web_link(found[1]) if found else fields[-1].link)
                elif sign == "\x15" and fields:
                    fields.pop()
                elif fields and (told := fields[-1].told) is not None:
                    told.append(piece)
                elif fields and fields[-1].is_hidden:
                    pass
                elif mask & DELETED:
                    self.deleted.append(piece)
                elif sign in ("\r", "\x07") or (sign == "\f" and at in self.sections):  # which end their paragraph
                    look_there = self._look(letters.place + (at - letters.start) * letters.width)
                    self._end(sign, look_there)
                    self.page = self.page or sign == "\f"
                    base = self._look(letters.place + (at + 1 - letters.start) * letters.width).mask
                    known = letters.place
                    mask = marks(letters.changes, base, self.styles)
                elif sign == "\x02":
                    self._number(self.noted.get(at, ""))
                else:
                    self._say(piece, mask, fields[-1].link if fields else "")
                at += len(piece)
        if self.runs or self.cells:
            self._end("\r", Look())

    def _number(self, number: str) -> None:
        """The number of a note, where the text names it; or where the note itself begins with it."""
        if number or self.mark:
            self.runs.append(Run(number or self.mark, ("sup",)))
        if not number:
            self.mark = ""

    def _say(self, text: str, mask: int, link: str) -> None:
        if len(text) == 1 and ord(text) in _LETTERS:
            text = _LETTERS[ord(text)]
        elif mask & SPECIAL and len(text) == 1 and text == "(":
            text = "•"  # a symbol, which stands as a bracket
        if self.mark:
            self.runs.append(Run(f"{self.mark} ", ("sup",)))
            self.mark = ""
        if text in ("\n", "\f"):
            self.runs.append(Run(text))
        elif text:
            mask &= ~UNDERLINE if link else 0xFF
            self.runs.append(Run(text, NAMES_OF[mask & 0xFF], link))

    def _look(self, place: int) -> Look:
        changed = self.paragraphs.at(place)
        if len(changed) < 2:
            return self.styles.of(0)
        return look(changed[2:], self.styles.of(changed[0] | changed[1] << 8))

    def _end(self, sign: str, how: Look) -> None:
        """A paragraph, a cell or a row ends."""
        runs, self.runs = self.runs, []
        if sign == "\x07" and how.ends_row:
            cells, self.cells = self.cells, []
            if len(cells) > 1:
                self.row(cells)
            for cell in cells if len(cells) == 1 else ():
                self.paragraph(cell)
        elif sign == "\x07":
            self.cells.append([*self.cell, *runs])
            self.cell = []
        elif how.in_table:
            self.cell += [*runs, Run(" ")]
        else:
            self._paragraph(runs, how)

    def _paragraph(self, runs: list[Run], how: Look) -> None:
        for cell in self.cells:  # of a row that does not end
            self.paragraph(cell)
        self.cells = []
        if (how.top or not how.bottom) and (self.is_ruled or how.top):
            self.rule()
        self.is_ruled = how.bottom and not how.top
        self.page = self.page or how.page
        hint = how.hint or "p"
        if hint[0] == "h" or hint == "title":  # their boldness is the style's
            runs = [run._replace(marks=tuple(mark for mark in run.marks if mark != "strong")) for run in runs]
        elif how.listed and hint == "p":
            hint = "li"
        elif how.centred and hint == "p":
            hint = "center"
        self.paragraph(runs, hint, indent_of(how.first_line) if hint == "p" else 0)


_SIGNS = re.compile("([\0-\x08\x0b-\x1f])")
_PLAIN = dict.fromkeys(range(32), "") | {13: "\n", 7: "\n", 11: "\n", 9: "\t", 10: "\n", 30: "-"}


def _old(file: bytes, flags: int, language: int, facts: Facts) -> Draft:
    """A file of Word 6 or 95: its text in one stretch, or in pieces where it was saved in haste."""
    start, end = struct.unpack_from("<II", file, 24)
    text = file[start:end]
    if flags & 0x0004 and len(file) > 0x168:
        place, length = struct.unpack_from("<II", file, 0x160)
        text = b"".join(_old_pieces(file, file[place : place + length])) or text
    length = struct.unpack_from("<I", file, 52)[0]
    said = text[:length].decode(_CODES.get(language & 0xFF, "cp1252"), "replace")
    document = Document()
    for line in re.sub("\x13[^\x13-\x15]{0,2000}(?:\x14|(?=\x15))|\x15", "", said).split("\r"):
        pieces = re.split("([\x0b\x0c])", line.replace("\x07", "\t"))
        runs = [Run(_LETTERS.get(ord(one), one) if len(one) == 1 else one.translate(_PLAIN)) for one in pieces if one]
        document.paragraph(runs)
    return Draft("".join(document.text), tuple(document.nodes), facts, encoding=_CODES.get(language & 0xFF, "cp1252"))


def _old_pieces(file: bytes, told: bytes) -> Iterator[bytes]:
    at = 0
    while at + 3 <= len(told) and told[at] == 1:
        at += 3 + (told[at + 1] | told[at + 2] << 8)
    if at + 5 > len(told) or told[at] != 2:
        return
    plc = told[at + 5 :]
    count = min((struct.unpack_from("<I", told, at + 1)[0] - 4) // 12, (len(plc) - 4) // 12)
    for number in range(count):
        start, end = struct.unpack_from("<II", plc, 4 * number)
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        yield file[place : place + max(0, end - start)]
