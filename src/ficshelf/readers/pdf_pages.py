"""What stands on the pages of a PDF, and where: lines of text with their marks, and rules drawn across.

PDFium knows the letters of a page one by one, in the order in which they were drawn, each with its place. Here they
become lines: letters on one baseline, a blank where there is room for one. Places are points (1/72 inch) from the lower
left corner of the page as it is looked at. (ISO 32000-1, sections 9.4 and 9.10; fpdf_text.h.)
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from ficshelf.model import MARKS

EM, STRONG, SUP, SUB = (1 << MARKS.index(mark) for mark in ("em", "strong", "sup", "sub"))
_ITALIC_NAME = re.compile(r"ital|obliq|slant|cm(?:ti|sl|bxti)\d|-It(?:$|[^a-z])|[a-z]It$")
_BOLD_NAME = re.compile(r"bold|black|heavy|cmbx|semib|demi(?!ng)", re.IGNORECASE)
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18  # of a font's descriptor
_HYPHENS = (0x02, 0xAD, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_MOST_OBJECTS = 20_000  # of one page that are looked at for rules
_ROOM = 0.15  # of the size of a letter: room for a blank
_THIN, _WIDE = 3.0, 60.0  # points: a rule is thinner and wider


class Line(NamedTuple):
    """Letters on one baseline: pieces of text with their marks (bits of MARKS), from x0 to x1, the baseline at y."""

    pieces: tuple[tuple[str, int], ...]
    x0: float
    x1: float
    y: float
    size: float  # of most of its letters, in points
    text: str
    word: float = 0.0  # the width of its first word
    value: float = 0.0  # where the value behind its label begins, which stands apart; 0 where there is none


class Rule(NamedTuple):
    """A line drawn across the page, or a part of it."""

    x0: float
    x1: float
    y: float


class Page(NamedTuple):
    """A page: its size, and what stands on it in the order in which it was drawn. `unknown` counts letters whose
    shape is known and whose meaning is not."""

    width: float
    height: float
    lines: list[Line]
    rules: list[Rule]
    unknown: int = 0


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium with plain numbers for its pointers: many times faster, and it is called for each letter."""
    pointer = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(pointer)


_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_unicode = _function("FPDFText_GetUnicode", _UINT, _POINTER, _INT)
_origin = _function("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
_object = _function("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF. Raises pypdfium2.PdfiumError; its `err_code` tells a password from damage."""
    return pypdfium2.PdfDocument(data)


def page_of(document: pypdfium2.PdfDocument, number: int) -> Page:
    """What stands on a page. Raises pypdfium2.PdfiumError where it cannot be read."""
    page = document[number]
    try:
        width, height = page.get_size()
        turn = _turn(page.get_rotation(), width, height)
        letters = page.get_textpage()
        try:
            scanned = _Scan(letters, turn)
            lines = list(scanned.lines())
        finally:
            letters.close()
        return Page(width, height, lines, list(_rules(page, turn)) if lines else [], scanned.unknown)
    finally:
        page.close()


_Turn = Callable[[float, float], tuple[float, float]]


def _turn(rotation: int, width: float, height: float) -> _Turn:
    """From a place on the page to the place where it is seen, once the page is turned as it says."""
    if rotation == 90:
        return lambda x, y: (y, height - x)
    if rotation == 180:
        return lambda x, y: (width - x, height - y)
    if rotation == 270:
        return lambda x, y: (width - y, x)
    return lambda x, y: (x, y)


class _Look(NamedTuple):
    size: float
    mask: int


class _Scan:
    """The letters of a page on their way to becoming lines."""

    def __init__(self, letters: pypdfium2.PdfTextPage, turn: _Turn) -> None:
        self.raw = letters.raw
        self.count = raw.FPDFText_CountChars(letters)
        self.turn = turn
        self.looks: dict[int | None, _Look] = {}
        self.fonts: dict[int | None, int] = {}
        self.unknown = 0

    def lines(self) -> Iterator[Line]:
        """Letter by letter; a line ends where the baseline changes, or where the letters go back."""
        address = ctypes.cast(self.raw, _POINTER).value
        x, y = ctypes.c_double(), ctypes.c_double()
        at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
        turn = self.turn
        line: _Drawn | None = None
        is_ended = False  # PDFium thinks that the line ends here
        high = 0
        for index in range(self.count):
            code = _unicode(address, index)
            if code == 32 or code == 9 or code == 0xA0:
                if line is not None:
                    line.blank()
                continue
            if code == 10 or code == 13:
                is_ended = True
                continue
            if code in _HYPHENS:
                code = 0x2D
            elif code < 32:
                self.unknown += code != 0
                continue
            elif 0xD800 <= code < 0xE000:  # half of a letter beyond 65,535
                if code < 0xDC00:
                    high = code
                    continue
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
                high = 0
            if code == 0xFFFD or 0xE000 <= code < 0xF900:
                self.unknown += 1
            _origin(address, index, at_x, at_y)
            seen_x, seen_y = turn(x.value, y.value)
            drawn_by = _object(address, index)
            look = self.looks.get(drawn_by)
            if look is None:
                look = self.looks[drawn_by] = self._look(index)
            if line is not None and not line.takes(seen_x, seen_y, look, is_ended):
                if line.pieces:
                    yield line.done(self._end(line.last))
                line = None
            elif line is not None and is_ended and seen_x - self._end(line.last) > _ROOM * look.size:
                line.blank()  # where each letter is drawn by itself, PDFium sees no blanks
            if line is None:
                line = _Drawn(seen_x, seen_y, look.size)
            line.add(_LIGATURES.get(code) or chr(code), seen_x, seen_y, look, index)
            is_ended = False
        if line is not None and line.pieces:
            yield line.done(self._end(line.last))

    def _end(self, index: int) -> float:
        """Where a letter ends."""
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self.raw, index, box)
        return max(self.turn(box.right, box.bottom)[0], self.turn(box.left, box.top)[0])

    def _look(self, index: int) -> _Look:
        """How large the letters of a text object are, and their marks."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.raw, index, matrix)
        size = raw.FPDFText_GetFontSize(self.raw, index) * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        drawn = raw.FPDFText_GetTextObject(self.raw, index)
        font = raw.FPDFTextObj_GetFont(drawn) if drawn else None
        key = ctypes.cast(font, _POINTER).value if font else None
        mask = self.fonts.get(key)
        if mask is None:
            mask = self.fonts[key] = self._marks_of_font(index)
        if not matrix.b and matrix.d and 0.1 < matrix.c / matrix.d < 0.6:
            mask |= EM  # a font without italics, slanted
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE:
            mask |= STRONG  # one without bold letters, drawn fatter
        return _Look(min(size, 1000.0) or 1.0, mask)

    def _marks_of_font(self, index: int) -> int:
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(256)
        raw.FPDFText_GetFontInfo(self.raw, index, name, 256, flags)
        called = name.value.decode("utf-8", "replace").partition("+")[2] or name.value.decode("utf-8", "replace")
        mask = 0
        if flags.value & _ITALIC_FLAG or _ITALIC_NAME.search(called) or _ITALIC_NAME.search(called.lower()):
            mask |= EM
        if flags.value & _BOLD_FLAG or _BOLD_NAME.search(called):
            mask |= STRONG
        return mask


class _Drawn:
    """A line while it is drawn."""

    def __init__(self, x: float, y: float, size: float) -> None:
        self.x0 = self.x = x
        self.x1 = x
        self.y = y
        self.size = size
        self.pieces: list[tuple[list[str], int]] = []
        self.sizes: dict[float, int] = {}
        self.is_parted = False
        self.word = 0.0  # where its first word ends
        self.value = 0.0
        self.last = 0  # index of the letter that is furthest right

    def blank(self) -> None:
        """Room between two words."""
        self.is_parted = True

    def takes(self, x: float, y: float, look: _Look, is_ended: bool) -> bool:
        """Whether a letter stands on this line."""
        size = max(self.size, look.size)
        rise = abs(y - self.y)
        if rise > 0.2 * size:
            smaller = min(self.size, look.size) < 0.85 * size
            return smaller and rise < 0.6 * size and -0.3 * size < x - self.x < 1.5 * size and not is_ended
        if x < self.x - 0.3 * size:
            return not is_ended and self.x - x < 3 * size  # letters that are written from right to left
        return x - self.x < 8 * size

    def add(self, letter: str, x: float, y: float, look: _Look, index: int) -> None:
        """One more letter."""
        mask = look.mask
        if y - self.y > 0.2 * self.size and look.size < 0.85 * self.size:
            mask |= SUP
        elif self.y - y > 0.05 * self.size and look.size < 0.85 * self.size:
            mask |= SUB
        elif look.size > self.size * 1.15 and len(self.sizes) == 1 and y < self.y:
            self.pieces = [(text, mask | SUP) for text, mask in self.pieces]  # it began with a number of a note
            self.y, self.size = y, look.size
        if x - self.x > 3 * self.size:
            self.is_parted = True
            if not self.value and self.pieces and self.pieces[-1][0][-1].endswith(":"):
                self.value = x
        parting = " " if self.is_parted and self.pieces else ""
        self.is_parted = False
        if parting:
            self.word = self.word or min(x, self.x + self.size) - self.x0
        if not self.pieces or self.pieces[-1][1] != mask:
            if parting and not self.pieces[-1][1] & ~mask:
                self.pieces[-1][0].append(parting)  # a blank between two words belongs to the one without marks
                parting = ""
            self.pieces.append(([], mask))
        self.pieces[-1][0].append(parting + letter)
        self.sizes[look.size] = self.sizes.get(look.size, 0) + 1
        self.x = x
        self.x0 = min(self.x0, x)
        if x >= self.x1:
            self.x1, self.last = x, index

    def done(self, end: float) -> Line:
        """The line, which ends at `end`."""
        pieces = tuple(("".join(letters), mask) for letters, mask in self.pieces)
        size = max(self.sizes, key=lambda one: (self.sizes[one], one))
        end = max(self.x1, end)
        word = self.word - 0.25 * size if self.word else end - self.x0  # without the blank behind it
        return Line(pieces, self.x0, end, self.y, size, "".join([text for text, _ in pieces]), word, self.value)


def _rules(page: pypdfium2.PdfPage, turn: _Turn) -> Iterator[Rule]:
    """Thin lines that are drawn across the page."""
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        found = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(found) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(found, *sides)
        left, bottom, right, top = (side.value for side in sides)
        x0, y0 = turn(left, bottom)
        x1, y1 = turn(right, top)
        if abs(y1 - y0) < _THIN and abs(x1 - x0) > _WIDE:
            yield Rule(min(x0, x1), max(x0, x1), (y0 + y1) / 2)
