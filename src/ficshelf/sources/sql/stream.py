"""A dump as chunks that patterns can take apart: every escape that ends a string early is one sign, not two.

A backslash escapes what follows it, so that a quote behind one ends no string, and no simple pattern can tell. Here all
pairs of two backslashes, and of a backslash and a quote, become single bytes (1, 2, 3), whatever else is in the chunk:
a run of backslashes always begins with one that escapes. Those bytes themselves, which are in no text, come as 4 and a
letter. `plain` turns it all back. So a string is `'[^']*'`, and the engine of `re` looks for its end as fast as it can.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

CHUNK = 1 << 20  # bytes that are read at once
_REAL = ((b"\x04", b"\x04D"), (b"\x01", b"\x04A"), (b"\x02", b"\x04B"), (b"\x03", b"\x04C"))
_PAIRS = ((b"\\\\", b"\x01"), (b"\\'", b"\x02"), (b'\\"', b"\x03"))
_NAMED = ((b"\\n", b"\n"), (b"\\r", b"\r"), (b"\\t", b"\t"), (b"\\0", b"\0"), (b"\\Z", b"\x1a"), (b"\\b", b"\b"))
_OTHER = re.compile(rb"\\([^%_])", re.S)  # `\%` and `\_` stand for themselves


class _Reader(Protocol):
    def read(self, size: int) -> bytes: ...


class Stream:
    """What is left of a dump: `data` from `pos` on, and what `more` appends to it, moving `pos`."""

    def __init__(self, source: _Reader, hear: Callable[[], None] = lambda: None) -> None:
        self._source = source
        self._hear = hear
        self._held = b""
        self._known = (0, 0)  # a place in `data` and its place in the dump
        self.data = b""
        self.pos = 0
        self.ended = False
        self.mark = -1  # from where on what lies before `pos` is kept, too; -1 for not

    def more(self) -> bool:
        """Append about CHUNK bytes, dropping what lies before `pos` and `mark`; false at the end."""
        while not self.ended:
            raw = self._source.read(CHUNK)
            self._hear()
            self.ended = not raw
            raw = self._held + raw
            self._held = b""
            if not self.ended and (len(raw) - len(raw.rstrip(b"\\"))) % 2:
                raw, self._held = raw[:-1], raw[-1:]
            if raw:
                start = self.pos if self.mark < 0 else self.mark
                self._known = (0, self.offset(start))
                self.data = self.data[start:] + soft(raw)
                self.pos -= start
                self.mark = min(self.mark, 0)
                return True
        return False

    def has(self, size: int) -> bool:
        """Whether `size` more bytes are there, after reading on if need be."""
        while len(self.data) - self.pos < size:
            if not self.more():
                return False
        return True

    def offset(self, pos: int) -> int:
        """The place in the dump, unpacked, of a place in `data`. Cheap for places near each other."""
        known, offset = self._known
        low, high = min(known, pos), max(known, pos)
        pairs = sum(self.data.count(one, low, high) for one in (b"\x01", b"\x02", b"\x03"))
        between = high - low + pairs - self.data.count(b"\x04", low, high)
        self._known = (pos, offset + between if pos > known else offset - between)
        return self._known[1]


def soft(raw: bytes) -> bytes:
    """Bytes of a dump with their escapes as single bytes. `raw` does not end within an escape."""
    for byte, instead in _REAL:
        if byte in raw:
            raw = raw.replace(byte, instead)
    if b"\\" in raw:
        for pair, instead in _PAIRS:
            raw = raw.replace(pair, instead)
    return raw


def plain(data: bytes, quote: bytes = b"") -> bytes:
    """What stands between two quotes, without any escape."""
    if quote and quote in data:
        data = data.replace(quote + quote, quote)
    if b"\\" in data:
        for pair, meant in _NAMED:
            data = data.replace(pair, meant)
        if b"\\" in data:
            data = _OTHER.sub(rb"\1", data)
    if b"\x02" in data:
        data = data.replace(b"\x02", b"'")
    if b"\x03" in data:
        data = data.replace(b"\x03", b'"')
    if b"\x01" in data:
        data = data.replace(b"\x01", b"\\")
    if b"\x04" in data:
        for byte, instead in (*_REAL[1:], _REAL[0]):
            data = data.replace(instead, byte)
    return data
