"""How the text of a Word 97 file is set: marks of its characters, looks of its paragraphs, and its styles.

Both are kept in pages of 512 bytes beside the text, by where the text lies in the file, as lists of changes to a style
(sprms). ([MS-DOC] 2.4.6, 2.6, 2.8.5, 2.8.6, 2.9.)
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ficshelf.model import MARKS
from ficshelf.readers.document import hint_of_style

EM, STRONG, UNDERLINE, STRIKE, SUP, SUB = (
    1 << MARKS.index(mark) for mark in ("em", "strong", "underline", "strike", "sup", "sub")
)
DELETED, SPECIAL = 1 << 20, 1 << 21  # of characters: deleted while changes are tracked; a sign that stands for a thing
_TOGGLES = {0x0835: STRONG, 0x0836: EM, 0x0837: STRIKE, 0x2A53: STRIKE, 0x0800: DELETED, 0x0855: SPECIAL}
_UNDERLINED, _RAISED, _STYLED = 0x2A3E, 0x2A48, 0x4A30
_ALIGNED, _FIRST_LINE, _LISTED = (0x2403, 0x2461), (0x8411, 0x8460), 0x460B
_IN_TABLE, _ROW_ENDS, _LEVEL, _NEW_PAGE = 0x2416, 0x2417, 0x2640, 0x2407
_TOP, _BOTTOM = (0x6424, 0xC64E), (0x6426, 0xC650)
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # of what stands behind a sprm, by its upper three bits
_PAGE = 512
_MOST_BASES = 12  # styles that stand on one another
_TITLE = 62  # the number of the built-in style of titles


class Look(NamedTuple):
    """A paragraph's: `hint` is its style's, "" for one that says nothing; `top` and `bottom` are lines drawn there."""

    hint: str = ""
    mask: int = 0  # the marks of its style
    centred: bool = False
    first_line: float = 0.0  # points
    listed: bool = False
    in_table: bool = False
    ends_row: bool = False
    page: bool = False
    top: bool = False
    bottom: bool = False


def changes(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """The sprms of a list, each with what stands behind it."""
    at = 0
    while at + 2 <= len(grpprl):
        sprm = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        size = _SIZES.get(sprm >> 13)
        if size is None:
            if at >= len(grpprl):
                return
            told = grpprl[at]
            size = (told | grpprl[at + 1] << 8) + 1 if sprm == 0xD608 and at + 1 < len(grpprl) else told + 1
            if sprm == 0xC615 and told == 255:
                return
        yield sprm, grpprl[at : at + size]
        at += size


def marks(grpprl: bytes, base: int, styles: Styles) -> int:
    """The marks of characters, in a paragraph whose style has the marks `base`."""
    mask = base
    for sprm, value in changes(grpprl):
        if not value:
            continue
        if bit := _TOGGLES.get(sprm):
            said = value[0]
            is_on = bool(base & bit) if said == 0x80 else not base & bit if said == 0x81 else said != 0
            mask = mask | bit if is_on else mask & ~bit
        elif sprm == _UNDERLINED:
            mask = mask | UNDERLINE if value[0] not in (0, 5) else mask & ~UNDERLINE
        elif sprm == _RAISED:
            mask = mask & ~(SUP | SUB) | {1: SUP, 2: SUB}.get(value[0], 0)
        elif sprm == _STYLED and len(value) == 2:
            mask |= styles.of(value[0] | value[1] << 8).mask
    return mask


def look(grpprl: bytes, base: Look) -> Look:
    """The look of a paragraph whose style has the look `base`."""
    for sprm, value in changes(grpprl):
        number = int.from_bytes(value[:2], "little", signed=True)
        if sprm in _ALIGNED:
            base = base._replace(centred=number == 1)
        elif sprm in _FIRST_LINE:
            base = base._replace(first_line=number / 20)
        elif sprm == _LISTED:
            base = base._replace(listed=0 < number < 2047)
        elif sprm == _IN_TABLE:
            base = base._replace(in_table=number != 0)
        elif sprm == _ROW_ENDS:
            base = base._replace(ends_row=number != 0)
        elif sprm == _NEW_PAGE:
            base = base._replace(page=number != 0)
        elif sprm == _LEVEL and 0 <= number < 9:
            base = base._replace(hint=f"h{min(6, number + 1)}")
        elif sprm in _TOP:
            base = base._replace(top=_is_drawn(sprm, value))
        elif sprm in _BOTTOM:
            base = base._replace(bottom=_is_drawn(sprm, value))
    return base


def _is_drawn(sprm: int, border: bytes) -> bool:
    """Whether a border has a width and a kind: of the older sort in two bytes, of the newer behind a colour."""
    told = border[5:7] if sprm & 0xF000 == 0xC000 else border[:2]
    return len(told) == 2 and told[0] not in (0, 255) and told[1] not in (0, 255)


class Styles:
    """The styles of a file by their numbers."""

    def __init__(self, data: bytes) -> None:
        self.raw: list[bytes] = []
        self.known: dict[int, Look] = {}
        self.size = 10
        if len(data) < 6:
            return
        head, count, self.size = struct.unpack_from("<HHH", data)
        at = head + 2
        for _ in range(min(count, 4096)):
            if at + 2 > len(data):
                break
            length = data[at] | data[at + 1] << 8
            self.raw.append(data[at + 2 : at + 2 + length])
            at += 2 + length

    def of(self, number: int, depth: int = 0) -> Look:
        """What a style means; the plain look for one that is not there."""
        if number in self.known:
            return self.known[number]
        made = Look()
        raw = self.raw[number] if number < len(self.raw) else b""
        if len(raw) >= self.size + 4 and depth < _MOST_BASES:
            try:
                made = self._read(raw, depth)
            except (IndexError, struct.error):
                made = Look()
        self.known[number] = made
        return made

    def _read(self, raw: bytes, depth: int) -> Look:
        told, base, count = struct.unpack_from("<HHH", raw)
        made = self.of(base >> 4, depth + 1) if base >> 4 != 0xFFF else Look()
        made = made._replace(hint="")
        length = raw[self.size] | raw[self.size + 1] << 8
        at = self.size + 2
        name = raw[at : at + 2 * length].decode("utf-16-le", "replace")
        number = told & 0xFFF
        if 1 <= number <= 9:
            made = made._replace(hint=f"h{min(6, number)}")
        else:
            made = made._replace(hint="title" if number == _TITLE else hint_of_style(name))
        at += 2 * length + 2
        lists: list[bytes] = []
        for _ in range(min(count & 0xF, 3)):
            at += at & 1
            size = raw[at] | raw[at + 1] << 8
            lists.append(raw[at + 2 : at + 2 + size])
            at += 2 + size
        if base & 0xF == 1 and lists:  # of paragraphs: their looks, then the marks of their characters
            made = look(lists[0][2:], made)
        mask = marks(lists[-1], made.mask, self) if lists and (base & 0xF == 2 or len(lists) > 1) else made.mask
        return made._replace(mask=mask)


class Formats:
    """Lists of changes by where the text that they change lies in the file."""

    def __init__(self, file: bytes, listed: bytes, *, paragraphs: bool) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lists: list[bytes] = []
        count = (len(listed) - 4) // 8
        pages = struct.unpack_from(f"<{count}I", listed, 4 * (count + 1)) if count > 0 else ()
        for number in dict.fromkeys(pages):
            page = file[(number & 0x3FFFFF) * _PAGE : (number & 0x3FFFFF) * _PAGE + _PAGE]
            if len(page) == _PAGE:
                self._page(page, paragraphs)
        if self.starts != sorted(self.starts):
            order = sorted(range(len(self.starts)), key=self.starts.__getitem__)
            self.starts, self.ends, self.lists = (
                [self.starts[at] for at in order], [self.ends[at] for at in order], [self.lists[at] for at in order]
            )  # fmt: skip

    def _page(self, page: bytes, paragraphs: bool) -> None:
        count = min(page[-1], 101)
        if 4 * (count + 1) + count > _PAGE - 1:
            return
        places = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = 2 * page[4 * (count + 1) + number * (13 if paragraphs else 1)]
            if not at:
                made = b""
            elif not paragraphs:
                made = page[at + 1 : at + 1 + page[at]]
            elif page[at]:
                made = page[at + 1 : at + 2 * page[at]]
            else:
                made = page[at + 2 : at + 2 + 2 * page[at + 1]]
            self.starts.append(places[number])
            self.ends.append(places[number + 1])
            self.lists.append(made)

    def at(self, place: int) -> bytes:
        """The changes at a place in the file."""
        found = bisect_right(self.starts, place) - 1
        return self.lists[found] if found >= 0 and place < self.ends[found] else b""

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """The stretches from `start` to `end`, each with its changes."""
        found = max(0, bisect_right(self.starts, start) - 1)
        while start < end:
            while found < len(self.starts) and self.ends[found] <= start:
                found += 1
            if found == len(self.starts) or self.starts[found] >= end:
                yield start, end, b""
                return
            if self.starts[found] > start:
                yield start, self.starts[found], b""
                start = self.starts[found]
            stop = min(end, self.ends[found])
            yield start, stop, self.lists[found]
            start = stop
