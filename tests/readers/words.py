"""Small Word files for the tests: streams within a file, and the fewest tables that a text needs."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file that holds these streams ([MS-CFB]); each is made long enough to have sectors of its own."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, _FREE, 1, _END, 0)]
    for number, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(4096, b"\0")
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, right, _FREE, len(sectors), len(data)))
        chains += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _END]
        sectors += pieces
    directory = len(sectors)
    listed = b"".join(entries)
    listed = listed.ljust(-(-len(listed) // 512) * 512, b"\0")
    count = len(listed) // 512
    chains += [*range(directory + 1, directory + count), _END]
    sectors += [listed[at : at + 512] for at in range(0, len(listed), 512)]
    tables = -(-(len(chains) + 1) // 127)
    first = len(sectors)
    chains += [0xFFFFFFFD] * tables
    chains += [_FREE] * (128 * tables - len(chains))
    packed = struct.pack(f"<{len(chains)}I", *chains)
    places = [first + number for number in range(tables)] + [_FREE] * (109 - tables)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", *places) + b"".join(sectors) + packed


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    called = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", _FREE, right, child)
    return (
        called.ljust(64, b"\0")
        + struct.pack("<HBB", len(called), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def pieces(told: Sequence[tuple[int, int, bool]]) -> bytes:
    """A table of pieces, each with its length, its place in the file, and whether a letter takes one byte."""
    starts = [0]
    for length, _, _ in told:
        starts.append(starts[-1] + length)
    listed = struct.pack(f"<{len(starts)}I", *starts)
    listed += b"".join(
        struct.pack("<HIH", 0, 2 * place | 0x40000000 if narrow else place, 0) for _, place, narrow in told
    )
    return b"\2" + struct.pack("<I", len(listed)) + listed


def word(text: str, *, wide: bool = True, flags: int = 0, told: bytes | None = None, kind: int = 0xA5EC) -> bytes:
    """A Word 97 file of a text without any looks. `told` stands in the place of its table of pieces."""
    data = text.encode("utf-16-le" if wide else "cp1252")
    table = pieces([(len(text), 2048, not wide)]) if told is None else told
    file = bytearray(2048)
    struct.pack_into("<HH", file, 0, kind, 0xC1)
    struct.pack_into("<HH", file, 6, 0x409, 0)
    struct.pack_into("<H", file, 10, 0x0200 | flags)
    struct.pack_into("<i", file, 76, len(text))
    struct.pack_into("<II", file, 154 + 8 * 33, 0, len(table))
    return compound({"WordDocument": bytes(file) + data, "1Table": table})


def word_6(text: bytes, language: int = 0x409) -> bytes:
    """A Word 6 file of a text."""
    file = bytearray(768)
    struct.pack_into("<HHHH", file, 0, 0xA5DC, 101, 0, language)
    struct.pack_into("<II", file, 24, 768, 768 + len(text))
    struct.pack_into("<I", file, 52, len(text))
    return compound({"WordDocument": bytes(file) + text})
