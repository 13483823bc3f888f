"""The letters of one value of a database: each is judged by itself, for no table is in one encoding throughout.

A table that says latin1 holds UTF-8 from a newer program, Windows' letters from an older one, and text that was turned
to UTF-8 twice by a backup; what is right for one row breaks the next. So a value is UTF-8 where its bytes are, and else
what its signs say; layers of misreading come off, marks of the Macintosh and of Windows become the marks that eFiction
showed for them, and backslashes that PHP left before quotation marks go. Entities are left to who reads the markup.

`pages_of` judges a whole column, for values that are too short to tell by themselves. `was_cut` says whether a value
ends where its column does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ficshelf.encodings import layers, likely, mac_marks, mixed, suspects

_CODEC = "sloppy-windows-1252"  # ftfy's: bytes that stand for nothing in cp1252 are the controls they are in MySQL's
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_C1 = re.compile("[\x80-\x9f]")
_FROM_C1 = {byte: bytes([byte]).decode(_CODEC) for byte in range(0x80, 0xA0)}
_HALF = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
# Backslashes before quotation marks: PHP's magic quotes. Twice as many where it came twice over.
_SLASHED = re.compile(r"(?<!\\)\\++['\"]")
_BARE = re.compile(r"(?<!\\)['\"]")
_ESCAPE = re.compile(r"\\(['\"\\])")
_WITHIN_A_WORD = re.compile(r"[A-Za-z]\\++'[A-Za-z]")
_SLASHES = re.compile(r"(?<!\\)\\++(?=['\"])")
_FEW = 4_000  # values that are judged of a column
_BELIEVED = 4.0  # by how much what most of a column is in is believed of a value
_AROUND = 24  # letters of an excerpt on either side
_LENGTHS = {"tinytext": 255, "tinyblob": 255, "text": 65_535, "blob": 65_535, "mediumtext": 16_777_215}


class Repair(NamedTuple):
    """What was done to a value: a kind of `remarks.KINDS`, and what stood there before and after, in a few words.

    `before` shows what people saw: the bytes as Windows' letters, or U+FFFD for Windows' letters in UTF-8."""

    kind: str
    before: str
    after: str

    def text(self) -> str:
        """The repair as a sentence."""
        return f"“{self.before}” was read as “{self.after}”."


class Letters(NamedTuple):
    """A value as text, and what was done to its letters."""

    text: str
    repairs: tuple[Repair, ...] = ()


class Pages(NamedTuple):
    """What a column's values are in: those that are not UTF-8, and those that are UTF-8 and were misread in cp1252
    before; "" where nothing tells."""

    plain: str = ""
    misread: str = ""


UNKNOWN = Pages()


def read(data: bytes, pages: Pages = UNKNOWN) -> Letters:
    """A value's bytes as text. `pages` is what `pages_of` says of the column that it stands in."""
    if data.isascii() and b"\\" not in data:
        text = data.decode()
        clean = _without_controls(text)
        return Letters(clean, () if clean == text else (_repair("control-characters", text, clean),))
    repairs: list[Repair] = []
    text = _decoded(data, pages, repairs)
    for kind, change in (
        ("mojibake-repaired", lambda text: _alphabet(text, pages.misread)),
        ("mojibake-repaired", _without_layers),
        ("mojibake-repaired", _without_macs),
        ("slashes-removed", _without_slashes),
        ("control-characters", _without_controls),
    ):
        changed = change(text)
        if changed != text:
            repairs.append(_repair(kind, text, changed))
            text = changed
    return Letters(text, tuple(repairs))


def pages_of(values: Iterable[bytes | None]) -> Pages:
    """What a column's values are in, judged by all of them together."""
    plain: list[bytes] = []
    misread: list[bytes] = []
    for data in values:
        if data is None or data.isascii():
            continue
        if len(plain) >= _FEW:
            break
        if (text := suspects.strictly(data, "utf-8")) is None:
            if not _HALF.search(data[-4:]) or suspects.strictly(_HALF.sub(b"", data), "utf-8") is None:
                plain.append(data)
        elif len(misread) < _FEW and not layers.are_in(text):
            back = _back(text)
            if back is not None and suspects.odd("cp1252").is_in(back):
                misread.append(back)
    return Pages(_likeliest(plain), _likeliest(misread))


def was_cut(data: bytes, column: str) -> bool:
    """Whether a value is as long as its column can hold, so that its end is probably lost.

    `column` is the type from CREATE TABLE, or "text" where none is known. Lengths count the bytes of the database, of
    which a dump in UTF-8 has more; a letter that does not fit is left out whole."""
    most = _LENGTHS.get(re.sub(r"\W.*", "", column.lower()))
    if most is None or len(data) < most - 3:
        return False
    lengths = {len(data)}
    if not data.isascii() and (text := suspects.strictly(data, "utf-8")) is not None:
        lengths |= {len(text)} | ({len(back)} if (back := _back(text)) is not None else set())
        return any(most - 3 <= length <= most for length in lengths)
    return len(data) == most


def _decoded(data: bytes, pages: Pages, repairs: list[Repair]) -> str:
    """The text of bytes, whatever they are in."""
    text = suspects.strictly(data, "utf-8")
    if text is not None and not (pages.plain in likely.MANY and _by_chance(data, text, pages.plain)):
        return text.removeprefix("\ufeff")
    if (half := _HALF.search(data[-4:])) and not data[: -len(half[0])].isascii():
        text = suspects.strictly(data[: -len(half[0])], "utf-8")
        if text is not None:
            repairs.append(Repair("letters-lost", text[-_AROUND:] + half[0].decode(_CODEC), text[-_AROUND:]))
            return text
    shown = data.decode(_CODEC)
    if pages.plain and pages.plain not in likely.WESTERN_PAGES:
        text = suspects.strictly(data, pages.plain)
        if text is not None:
            repairs.append(_repair("encoding-guessed", shown, text))
            return text
    if not suspects.odd("cp1252").is_in(data) and not layers.are_in(shown):
        if mac_marks.are_in(data):
            return _of_mac(data, shown, repairs)
        repairs.append(_repair("encoding-guessed", data.decode("utf-8", "replace"), shown))
        return shown
    if mac_marks.are_in(data) and not suspects.odd("cp1252").is_in(data.translate(_WITHOUT_MARKS)):
        return _of_mac(data, shown, repairs)
    found = mixed.decode(data, pages.plain)
    kind = "encoding-mixed" if found.remarks else "bytes-replaced" if found.replaced else "encoding-guessed"
    repairs.append(_repair(kind, shown, found.text))
    return found.text


def _by_chance(data: bytes, text: str, encoding: str) -> bool:
    """Whether a few bytes are UTF-8 only because pairs of bytes that are letters of Asia may look so."""
    other = suspects.strictly(data, encoding) if len(data) < 12 else None
    return other is not None and likely.readable(other) >= likely.readable(text)


_WITHOUT_MARKS = bytes(ord(" ") if byte in mac_marks.BYTES else byte for byte in range(256))


def _of_mac(data: bytes, shown: str, repairs: list[Repair]) -> str:
    text = shown.translate(mac_marks.MARKS)
    repairs.append(_repair("encoding-mixed", shown, text))
    return text


def _without_layers(text: str) -> str:
    if text.isascii():
        return text
    if layers.are_in(text):
        text = layers.taken_off(text, layers.quotes_are_asked(text))
    return text.translate(_FROM_C1) if _C1.search(text) else text


def _alphabet(text: str, misread: str) -> str:
    """Text of another alphabet that was read in cp1252, as most of its column was."""
    if not misread or misread in likely.WESTERN_PAGES or text.isascii() or (back := _back(text)) is None:
        return text
    other = suspects.strictly(back, misread)
    if other is None or misread in likely.MANY:
        return other or text
    mine, its = (likely.likelihood(back, encoding).score for encoding in ("cp1252", misread))
    return other if its + _BELIEVED > mine else text


def _without_macs(text: str) -> str:
    """Text in which capitals stand for the Macintosh's marks."""
    if text.isascii() or (back := _back(text)) is None or not mac_marks.are_in(back):
        return text
    return text.translate(mac_marks.MARKS)


def _without_slashes(text: str) -> str:
    """Text without the backslashes that stand before all of its quotation marks, or within its words."""
    if "\\" not in text:
        return text
    for _ in range(3):
        slashed = len(_SLASHED.findall(text))
        if not slashed or (_BARE.search(text) and not _WITHIN_A_WORD.search(text)):
            break
        text = _SLASHES.sub("", text) if _BARE.search(text) else _ESCAPE.sub(r"\1", text)
    return text


def _without_controls(text: str) -> str:
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


def _back(text: str) -> bytes | None:
    """The bytes that cp1252 shows so; None where it has not all of the letters."""
    try:
        return text.encode(_CODEC)
    except UnicodeEncodeError:
        return None


def _likeliest(values: list[bytes]) -> str:
    """The encoding of most of a column; "" for cp1252 and for too little to tell."""
    odd = [data for data in values if suspects.odd("cp1252").is_in(data)]
    if len(odd) * 2 < len(values):
        return ""
    sample = likely.sample_of(odd)
    best = likely.rank(sample)[0] if sample else None
    return best.encoding if best and best.encoding != "cp1252" and best.mean > 0.4 and best.score > 12 else ""


def _repair(kind: str, before: str, after: str) -> Repair:
    """A repair with what stood around the first change."""
    at = _same(before, after)
    start = max(0, at - _AROUND)
    return Repair(kind, before[start : at + _AROUND], after[start : at + _AROUND])


def _same(one: str, other: str) -> int:
    """How many letters are the same from the beginning on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
