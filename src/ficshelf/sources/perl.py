"""Data that Perl programs keep in files of their own language: hashes of entries, read by a parser and never run.

    %FILES = (
    12 => {
        Title => 'Salt',
        Notes => q{Don't ask.},
    },
    );

What stands in such a file is a literal: quoted text, numbers, barewords, lists and hashes of them (perldata, perlop
"Quote and Quote-like Operators"). Everything else is passed over. Files that people have edited by hand are no longer
Perl: a quotation mark within a value is not escaped, a comma or a brace is gone, the file ends in the middle. So a
quotation mark ends a value only where what may follow a value follows it, and where nothing makes sense reading goes on
at the next line that begins with a key, or with an entry. Each such place is a fault with its line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.sources.perl_text import CUT, INDENT, Fault, PerlText, key_of, unescape

Value = str | None | list["Value"] | dict[str, "Value"]


class Entry(NamedTuple):
    """An entry of a table: its key, what it holds, and its place in the text."""

    key: str
    value: Value
    start: int
    end: int
    line: int


class Table(NamedTuple):
    """A hash or a list with a name."""

    name: str
    entries: list[Entry]


class Parsed(NamedTuple):
    """What a file holds."""

    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]


_KEY = r"(?:-?[^\W\d][\w:.-]*+|[\d.]++|'(?:[^'\\]++|\\.)*+'|\"(?:[^\"\\]++|\\.)*+\")"
_LINE_KEY = r"(?:[\w.-]++|'[^'\n]{1,200}+'|\"[^\"\n]{1,200}+\")[ \t]*+=>"
_KEYED = re.compile(rf"{_KEY}\s*+=>", re.DOTALL)
_KEY_ALONE = re.compile(rf"({_KEY})\s*+(=>|,)", re.DOTALL)
_BEGINS_VALUE = re.compile(r"['\"{\[\w.<-]")
_TABLE = re.compile(r"(?:(?:my|our|local)\s++)?([%$@])([\w:]++)\s*+=\s*+([({\[])")
_ELEMENT = re.compile(rf"\$([\w:]++)\s*+(?:->)?\{{\s*+({_KEY})\s*+\}}\s*+=(?![=~])", re.DOTALL)
_STATEMENT = re.compile(r"[;\n]")
_ENTRY_LINE = re.compile(rf"^[ \t]*+(?:{_LINE_KEY}[ \t]*+\{{|\)[ \t]*+;)", re.MULTILINE)
_FIELD_LINE = re.compile(rf"^[ \t]*+(?:[)\]}}][ \t]*+[,;]?+[ \t]*+$|{_LINE_KEY})", re.MULTILINE)
_LINE_OVER = re.compile(r"[ \t]*+,?[ \t\r]*+$", re.MULTILINE)
_OPENED = re.compile(rf"[ \t]*+{_LINE_KEY}\s*+")
_OVER_ALL = re.compile(r"\)\s*+(?:;|\Z)")
_CUT_KEY = re.compile(r"(?:'[^']*+|\"[^\"]*+|[\w.:-]*+|'[^']*+'|\"[^\"]*+\")\s*+=?+\Z")
_NUMBERED = re.compile(r"(?:\d++|'\d++'|\"\d++\")\s*+=>\s*+\{")
_WORD = re.compile(r"-?[\w:.+-]++")
_QUOTED_AS = re.compile(r"q([qw]?)\s*+([^\w\s=,;])")
_HERE = re.compile(r"<<(~?)(?:'([^'\n]*+)'|\"([^\"\n]*+)\"|(\w++))")
_END_OF_BARE = re.compile(r"[,(){}\[\]\n]")
_CLOSERS = {"(": ")", "{": "}", "[": "]", "<": ">"}
_QUOTES = {sign: re.compile(rf"[^{sign}\\]*+(?:\\.[^{sign}\\]*+)*+{sign}", re.DOTALL) for sign in "'\""}
_DEEPEST = 50  # hashes within lists within hashes
_OVER = 8  # how often the whole text may be looked through again for the ends of values that are no Perl


def parse(text: str) -> Parsed:
    """The tables of a file. Never raises, and never runs what it reads; in time that grows as the text does."""
    return _Perl(text).parsed()


class _Perl(PerlText):
    """One file while it is read. `open` are the brackets that are open: what closes each, and whether it holds pairs of
    keys and values."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[tuple[str, bool]] = []
        self.tables: dict[str, list[Entry]] = {}
        self.none = {"'": len(text) + 1, '"': len(text) + 1}  # from where on there is no such sign
        self.boundary = (0, -1)  # between these two no entry begins but at the second
        self.left = _OVER * len(text) + 100_000  # characters that may still be looked through again

    def parsed(self) -> Parsed:
        while True:
            self.at = self.skip(self.at)
            if self.at >= len(self.text) or self.text.startswith(("__END__", "__DATA__"), self.at):
                break
            if found := _TABLE.match(self.text, self.at):
                self.at = found.end()
                self._entries(self.tables.setdefault(found[2], []), found[3], found[1] != "@" and found[3] != "[")
                self.entry = ""
            elif found := _ELEMENT.match(self.text, self.at):
                self._element(found)
            else:
                end = _STATEMENT.search(self.text, self.at)
                self.at = end.end() if end else len(self.text)
        return Parsed(tuple(Table(name, entries) for name, entries in self.tables.items()), tuple(self.faults))

    def _element(self, found: re.Match[str]) -> None:
        """`$FILES{12} = {…};`"""
        self.entry = key_of(found[2])
        self.at = found.end()
        self.open.append((";", False))
        value = self._value()
        self.open.pop()
        start = found.start()
        entry = Entry(self.entry, value, start, self.at, self.line_of(start))
        self.tables.setdefault(found[1], []).append(entry)
        self.entry = ""

    def _entries(self, entries: list[Entry], bracket: str, pairs: bool) -> None:
        """The entries of a table, up to its end."""
        closer = _CLOSERS[bracket]
        self.open.append((closer, pairs))
        while True:
            self.at = start = self.skip(self.at)
            if self._is_over(closer):
                break
            if self.text[start] == ",":
                self.at += 1
                continue
            self.entry = str(len(entries) + 1)
            if pairs:
                key = _KEY_ALONE.match(self.text, start)
                if key is None:
                    self.entry = ""
                    self.fault("What stands here is no entry and was passed over.")
                    self._go_on_at(_ENTRY_LINE)
                    continue
                self.entry = key_of(key[1])
                self.at = key.end()
                self.open[-1] = (closer, key[2] == "=>")
            value = self._value()
            entries.append(Entry(self.entry, value, start, self.at, self.line_of(start)))
        self.open.pop()

    def _is_over(self, closer: str) -> bool:
        """Whether a table, a list or a hash ends here: then its closing sign is read, too."""
        if self.at >= len(self.text):
            self.fault(CUT)
            return True
        if self.text[self.at] != closer:
            return False
        self.at += 1
        return True

    def _hash(self) -> dict[str, Value]:
        """What stands between braces, of which the first has been read."""
        self.open.append(("}", True))
        held: dict[str, Value] = {}
        while True:
            self.at = self.skip(self.at)
            if self._is_over("}"):
                break
            if self.text[self.at] == ",":
                self.at += 1
                continue
            if len(self.open) == 2 and self._is_unclosed():
                self.fault("The brace that closes this entry is missing.")
                break
            key = _KEY_ALONE.match(self.text, self.at)
            if key is None:
                self.fault("What stands here is no field and was passed over.")
                self._go_on_at(_FIELD_LINE)
                continue
            name = key_of(key[1])
            self.at = key.end()
            self.open[-1] = ("}", key[2] == "=>")
            value = self._value()
            if name in held and held[name] != value:
                first = str(held[name])[:200]
                self.fault(f"“{name[:80]}” stands here twice; the last counts. The first was “{first}”.")
            held[name] = value
        self.open.pop()
        return held

    def _is_unclosed(self) -> bool:
        """Whether the next entry, or the end of all, stands where a field might."""
        return bool(_NUMBERED.match(self.text, self.at) or _OVER_ALL.match(self.text, self.at))

    def _list(self, closer: str) -> list[Value]:
        self.open.append((closer, False))
        held: list[Value] = []
        while True:
            self.at = self.skip(self.at)
            if self._is_over(closer):
                break
            if self.text[self.at] == ",":
                self.at += 1
            elif self.text[self.at] in ")}]":
                self.fault("A bracket is missing before this one.")
                break
            else:
                held.append(self._value())
        self.open.pop()
        return held

    def _value(self) -> Value:
        """The value that stands here; several that are joined by `.` are one."""
        value = self._one_value()
        while isinstance(value, str):
            at = self.skip(self.at)
            if self.text[at : at + 1] != ".":
                break
            self.at = self.skip(at + 1)
            more = self._one_value()
            value += more if isinstance(more, str) else ""
        return value

    def _one_value(self) -> Value:
        self.at = self.skip(self.at)
        sign = self.text[self.at : self.at + 1]
        if not sign:
            self.fault(CUT)
            return None
        if sign in _QUOTES:
            return self._quoted(sign)
        if sign in "{[" and len(self.open) <= _DEEPEST:
            self.at += 1
            return self._hash() if sign == "{" else self._list("]")
        if (found := _QUOTED_AS.match(self.text, self.at)) and (read := self._quoted_as(found)) is not None:
            return read
        if (found := _HERE.match(self.text, self.at)) and (read := self._here(found)) is not None:
            return read
        word = _WORD.match(self.text, self.at)
        if word and self._ends_at(word.end(), joined=True):
            self.at = word.end()
            return None if word[0] == "undef" else word[0]
        return self._bare()

    # -- quoted text

    def _quoted(self, sign: str) -> str:
        start = self.at + 1
        first = self._next(sign, start)
        if first is not None and self._ends_at(first, joined=True):
            self.at = first
            return unescape(self.text[start : first - 1], sign)
        return self._mended(sign, start, first)

    def _next(self, sign: str, start: int) -> int | None:
        """The place behind the next quotation mark that is not escaped."""
        if start >= self.none[sign]:
            return None
        found = _QUOTES[sign].match(self.text, start)
        if found is None:
            self.none[sign] = start
            return None
        return found.end()

    def _mended(self, sign: str, start: int, first: int | None) -> str:
        """A value with quotation marks in it that are not escaped, or whose closing one is lost."""
        limit = self._entry_after(start)
        at, begun = first, start
        line_over: int | None = None  # where a quotation mark and a comma end a line
        while at is not None and at <= limit and self.left > 0:
            self.left -= at - begun
            begun = at
            if self._ends_at(at):
                self.fault("A quotation mark within a value was not escaped; it was read as part of the value.", start)
                self.at = at
                return unescape(self.text[start : at - 1], sign)
            if self._opens_value(at - 1):
                break
            if line_over is None and _LINE_OVER.match(self.text, at):
                line_over = at
            at = self._next(sign, at)
        line = _FIELD_LINE.search(self.text, start, limit) if self.left > 0 else None
        self.at = line.start() if line else limit
        self.left -= self.at - start
        if line_over is not None and line_over <= self.at:
            self.at = line_over
            return unescape(self.text[start : line_over - 1], sign)
        cut = self.at >= len(self.text)
        self.fault(CUT if cut else "The quotation mark that closes a value is missing.", start)
        return unescape(self.text[start : self.at].rstrip().removesuffix(",").removesuffix(sign), sign)

    def _opens_value(self, at: int) -> bool:
        """Whether the quotation mark here opens the value of a field: its line begins with a key."""
        line = self.line_begin(at)
        return at - line < INDENT and bool(_OPENED.fullmatch(self.text, line, at))

    def _entry_after(self, start: int) -> int:
        """Where the next entry begins."""
        since, at = self.boundary
        if not since <= start <= at:
            found = _ENTRY_LINE.search(self.text, start)
            at = found.start() if found else len(self.text)
            self.boundary = (start, at)
        return at

    def _quoted_as(self, found: re.Match[str]) -> Value:
        """Text between signs of one's own choice, `q{…}`; None where it has no end."""
        opening, start = found[2], found.end()
        closing = _CLOSERS.get(opening, opening)
        depth, at = 1, start
        for sign in re.compile(rf"\\.|[{re.escape(opening + closing)}]", re.DOTALL).finditer(self.text, start):
            at = sign.end()
            depth += -1 if sign[0] == closing else 1 if sign[0] == opening else 0
            if not depth or at - start > self.left:
                break
        if depth:
            self.left -= len(self.text) - start
            return None
        self.at = at
        raw = self.text[start : at - 1]
        if found[1] == "w":
            return list(raw.split())
        if found[1] == "q":
            return unescape(raw, '"')
        return re.sub(rf"\\([\\{re.escape(opening + closing)}])", r"\1", raw)

    def _here(self, found: re.Match[str]) -> str | None:
        """Text that stands below its line, up to a line with a word of one's own choice."""
        end = self.text.find("\n", found.end())
        word = next(one for one in (found[2], found[3], found[4]) if one is not None)
        if end < 0 or self.left <= 0:
            return None
        start = max(end + 1, self.here[1] if self.here[0] == end else 0)
        indent = r"[ \t]*+" if found[1] else ""
        over = re.compile(rf"^{indent}{re.escape(word)}\r?$", re.MULTILINE).search(self.text, start)
        if over is None:
            self.left -= len(self.text) - start
            return None
        self.here = (end, over.end())
        self.at = found.end()
        raw = self.text[start : over.start()]
        if found[1]:
            raw = re.sub(r"^[ \t]+", "", raw, flags=re.MULTILINE)
        return raw if found[2] is not None else unescape(raw, '"')

    def _bare(self) -> str:
        """Whatever stands where a value should: kept as text, up to where a value may end."""
        start = self.at
        opened = 0
        for sign in _END_OF_BARE.finditer(self.text, start):
            opened += (sign[0] in "([{") - (sign[0] in ")]}")
            is_end = opened < 0 or (sign[0] == "," and not opened)
            if sign[0] == "\n" or (is_end and self._ends_at(sign.start())):
                self.at = sign.start()
                break
        else:
            self.at = len(self.text)
        value = self.text[start : self.at].rstrip().removesuffix(",")
        self.fault("A value stands without quotation marks; it was read as text." if value else "A value is missing.")
        return value

    # -- what may follow

    def _ends_at(self, at: int, joined: bool = False) -> bool:
        """Whether what may follow a value follows here: a comma and then a key, or what closes the brackets."""
        depth = len(self.open)
        for _ in range(6):
            at = self.skip(at)
            if at >= len(self.text) or not depth:
                return at >= len(self.text) or self.text[at] in ";,)" or self.is_first(at)
            closer, pairs = self.open[depth - 1]
            sign = self.text[at]
            if sign == closer:
                if sign == ";":
                    return True
                depth -= 1
                at += 1
            elif sign == ",":
                at = self.skip(at + 1)
                while self.text[at : at + 1] == ",":
                    at += 1
                if _OVER_ALL.match(self.text, at) or (pairs and _CUT_KEY.match(self.text, at)):
                    return True
                if self.text[at : at + 1] not in (closer, ""):
                    return bool((_KEYED if pairs else _BEGINS_VALUE).match(self.text, at))
            elif joined and sign == "." and not self.text[at + 1 : at + 2].isdigit():
                return self.text.startswith(("'", '"'), self.skip(at + 1))
            else:
                return pairs and self.is_first(at) and bool(_KEYED.match(self.text, at))
        return True

    def _go_on_at(self, line: re.Pattern[str]) -> None:
        """Go on at the next line of a kind, at least one sign further on."""
        found = line.search(self.text, self.at + 1)
        self.at = found.start() if found else len(self.text)
