"""Palm databases: the records of a file, and their text unpacked. Kindle books are such databases.

(The PDB, PalmDOC and MOBI pages of the MobileRead wiki; the packing of HUFF and CDIC records as described there.)
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ficshelf.sources import limits

_TOKEN = re.compile(rb"([\x00\x09-\x7f]+)|([\x01-\x08])|([\x80-\xbf].)|([\xc0-\xff])|.", re.DOTALL)
_PLAIN, _PACKED, _CODED = 1, 2, 0x4448  # how a text is packed; the last is "DH", for Huffman
_LONGEST = 1 << 20  # bytes of one record, or of one phrase, once unpacked; a record has 4,096
_DEEPEST = 32  # phrases within phrases


class Palm(NamedTuple):
    """The records of a database. `kind` is its type and its creator ("BOOKMOBI")."""

    kind: str
    name: str
    records: tuple[memoryview, ...]


class DamagedError(Exception):
    """What is there makes no sense."""


def open_palm(data: bytes) -> Palm:
    """The records of a database, as far as they are there. A record that would begin before another one is empty."""
    if len(data) < 78:
        raise DamagedError
    count = min(_u16(data, 76), (len(data) - 78) // 8)
    starts = [min(_u32(data, 78 + 8 * number), len(data)) for number in range(count)]
    whole = memoryview(data)
    ends = [*starts[1:], len(data)]
    records = tuple(whole[start : max(start, end)] for start, end in zip(starts, ends, strict=False))
    name = data[:32].partition(b"\0")[0].decode("cp1252", "replace")
    return Palm(data[60:68].decode("latin-1"), name, records)


class Text(NamedTuple):
    """The text of a database, and whether all of it could be unpacked."""

    data: bytes
    is_whole: bool


def text_of(records: Sequence[memoryview]) -> Text:
    """Unpack the text whose header is the first of these records. Raises DamagedError where that is no header."""
    header = records[0] if records else memoryview(b"")
    if len(header) < 16:
        raise DamagedError
    packed, count = _u16(header, 0), _u16(header, 8)
    flags = 0
    if bytes(header[16:20]) == b"MOBI" and _u32(header, 20) >= 0xE4 and len(header) >= 0xF4:
        flags = _u32(header, 0xF0)
    unpack: Callable[[memoryview], bytes]
    if packed == _PLAIN:
        unpack = bytes
    elif packed == _PACKED:
        unpack = unpacked
    elif packed == _CODED and len(header) >= 0x78:
        first, number = _u32(header, 0x70), _u32(header, 0x74)
        unpack = Phrases(records[first : first + number]).unpack
    else:
        raise DamagedError
    pieces: list[bytes] = []
    length = 0
    for record in records[1 : 1 + count]:
        try:
            piece = unpack(record[: len(record) - _trailing(record, flags)])
        except (DamagedError, struct.error, IndexError):
            return Text(b"".join(pieces), False)
        pieces.append(piece)
        length += len(piece)
        if length > limits.PART:
            return Text(b"".join(pieces), False)
    return Text(b"".join(pieces), len(records) > count and 10 * length >= 9 * min(_u32(header, 4), limits.PART))


def unpacked(record: memoryview) -> bytes:
    """PalmDOC's packing: letters as they are, a blank and a letter in one byte, and words that stood there before."""
    out = bytearray()
    at, size = 0, len(record)
    while at < size:
        found = _TOKEN.match(record, at)
        if found is None:
            break
        at = found.end()
        plain, count, again, blank = found.groups()
        if plain is not None:
            out += plain
        elif count is not None:
            out += record[at : at + count[0]]
            at += count[0]
        elif again is not None:
            told = again[0] << 8 | again[1]
            distance, length = told >> 3 & 0x7FF, (told & 7) + 3
            if not 0 < distance <= len(out):
                raise DamagedError
            piece = out[-distance:] if length >= distance else out[len(out) - distance : len(out) - distance + length]
            out += (piece * (length // len(piece) + 1))[:length] if length > len(piece) else piece[:length]
        elif blank is not None:
            out += b" "
            out.append(blank[0] ^ 0x80)
    return bytes(out)


class Phrases:
    """A dictionary of phrases and the codes that stand for them; a phrase may be made of codes itself."""

    def __init__(self, records: Sequence[memoryview]) -> None:
        if len(records) < 2 or bytes(records[0][:4]) != b"HUFF":
            raise DamagedError
        self.phrases: list[tuple[bytes, bool] | None] = []  # each with whether it is unpacked; None while it is
        try:
            self._codes(records[0])
            for record in records[1:]:
                self._phrases(record)
        except struct.error as error:
            raise DamagedError from error

    def _codes(self, record: memoryview) -> None:
        short, long = _u32(record, 8), _u32(record, 12)
        self.short = [  # by its first eight bits: how long a code is, whether that is sure, the largest so long
            (told & 0x1F, bool(told & 0x80), (((told >> 8) + 1) << (32 - (told & 0x1F))) - 1)
            for told in struct.unpack_from(">256I", record, short)
        ]
        told = struct.unpack_from(">64I", record, long)
        self.least = [0] + [told[2 * n] << (31 - n) for n in range(32)]
        self.largest = [0] + [((told[2 * n + 1] + 1) << (31 - n)) - 1 for n in range(32)]

    def _phrases(self, record: memoryview) -> None:
        if bytes(record[:4]) != b"CDIC":
            raise DamagedError
        start, count, bits = struct.unpack_from(">III", record, 4)
        count = min(1 << min(bits, 16), count - len(self.phrases), (len(record) - start) // 2)
        for number in range(max(0, count)):
            at = start + _u16(record, start + 2 * number)
            told = _u16(record, at)
            self.phrases.append((bytes(record[at + 2 : at + 2 + (told & 0x7FFF)]), bool(told & 0x8000)))

    def unpack(self, record: memoryview | bytes, depth: int = 0) -> bytes:
        """The text of a record. Raises DamagedError where a code stands for nothing, or for more than there can be."""
        if depth > _DEEPEST:
            raise DamagedError
        out: list[bytes] = []
        length = 0
        for index in self._indexes(bytes(record)):
            known = self.phrases[index]
            if known is None:  # it holds itself
                raise DamagedError
            phrase, is_plain = known
            if not is_plain:
                self.phrases[index] = None
                phrase = self.unpack(phrase, depth + 1)
                self.phrases[index] = (phrase, True)
            out.append(phrase)
            length += len(phrase)
            if length > _LONGEST:
                raise DamagedError
        return b"".join(out)

    def _indexes(self, packed: bytes) -> Iterator[int]:
        """The phrases that a stretch of codes stands for."""
        left = len(packed) * 8
        packed += bytes(8)
        window, at, shift = int.from_bytes(packed[:8], "big"), 0, 32
        while True:
            if shift <= 0:
                at += 4
                window = int.from_bytes(packed[at : at + 8].ljust(8, b"\0"), "big")
                shift += 32
            code = window >> shift & 0xFFFFFFFF
            size, is_sure, largest = self.short[code >> 24]
            if not is_sure:
                while size < 32 and code < self.least[size]:
                    size += 1
                largest = self.largest[size]
            shift -= size
            left -= size
            if left < 0 or not size:
                return
            yield (largest - code) >> (32 - size)


def _trailing(record: memoryview, flags: int) -> int:
    """How many bytes at the end of a text record are no text. Bit 0 of the flags: part of a letter that goes on in the
    next record; each other bit: an entry that ends with its own size."""
    taken = 0
    for bit in range(1, 16):
        if flags >> bit & 1:
            size = shift = 0
            for place in range(len(record) - taken - 1, max(-1, len(record) - taken - 5), -1):
                size |= (record[place] & 0x7F) << shift
                shift += 7
                if record[place] & 0x80:
                    break
            taken += size
    if flags & 1 and taken < len(record):
        taken += (record[len(record) - taken - 1] & 3) + 1
    return min(taken, len(record))


def _u16(data: bytes | memoryview, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _u32(data: bytes | memoryview, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])
