"""The text of a Perl file: where its lines begin, what is blank or a comment, what quoted signs mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_BLANK = re.compile(r"\s*+")
_POD = re.compile(r"^=[a-z]", re.MULTILINE)
_POD_END = re.compile(r"^=cut\b.*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\(x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|[0-7]{1,3}|.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "a": "\a", "b": "\b", "e": "\x1b"}
INDENT = 400  # characters before a value in its line
CUT = "The file ends in the middle of this."
_MOST_FAULTS = 1_000


class Fault(NamedTuple):
    """A place that is no Perl, and how it was read. `entry` is the key of the entry, "" outside of all."""

    line: int
    entry: str
    text: str


class PerlText:
    """A file while it is read. `at` is the place that reading has come to, `entry` the key of the entry there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines = [found.end() for found in re.finditer("\n", text)]
        self.here = (-1, -1)  # a line's end, and where the text that follows the line as a value ends
        self.after: dict[int, int] = {}  # what follows comments, by their places
        self.faults: list[Fault] = []
        self.entry = ""

    def is_first(self, at: int) -> bool:
        """Whether only blanks stand before this place in its line: a key may stand there without a comma."""
        line = self.line_begin(at)
        return at - line < INDENT and not self.text[line:at].strip()

    def line_begin(self, at: int) -> int:
        place = bisect_right(self.lines, at)
        return self.lines[place - 1] if place else 0

    def skip(self, at: int) -> int:
        """The next place that is neither blank nor comment."""
        passed = []
        while True:
            begun = at
            blank = _BLANK.match(self.text, at)
            at = blank.end() if blank else at
            if begun <= self.here[0] < at:
                at = self.here[1]
            elif self.text.startswith("#", at):
                if at in self.after:
                    at = self.after[at]
                    break
                passed.append(at)
                at = self.line_end(at)
            elif self.text.startswith("=", at) and _POD.match(self.text, at):
                end = _POD_END.search(self.text, at)
                at = end.end() if end else len(self.text)
            else:
                break
        self.after.update(dict.fromkeys(passed, at))
        return at

    def line_end(self, at: int) -> int:
        place = bisect_right(self.lines, at)
        return self.lines[place] - 1 if place < len(self.lines) else len(self.text)

    def line_of(self, at: int) -> int:
        return bisect_right(self.lines, at) + 1

    def fault(self, text: str, at: int = -1) -> None:
        """Note that what stands here, or at a place, is no Perl; that the file is cut once."""
        at = min(self.at if at < 0 else at, len(self.text) - 1)
        if len(self.faults) < _MOST_FAULTS and not (text == CUT and self.faults and self.faults[-1].text == CUT):
            self.faults.append(Fault(self.line_of(at), self.entry, text))


def key_of(written: str) -> str:
    return unescape(written[1:-1], written[0]) if written[:1] in ("'", '"') else written


def unescape(raw: str, sign: str) -> str:
    """Quoted text as it is meant: between single marks only the mark itself and the backslash are escaped."""
    if "\\" not in raw:
        return raw
    if sign == "'":
        return re.sub(r"\\([\\'])", r"\1", raw)
    return _ESCAPED.sub(_letter, raw)


def _letter(found: re.Match[str]) -> str:
    code = found[2] or found[3]
    if code is None and found[1][0] in "01234567":
        return chr(int(found[1], 8))
    if code is None:
        return _SIGNS.get(found[1], found[1])
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "�"
