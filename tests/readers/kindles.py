"""Small Kindle books and PalmDOC texts for the tests, in all the ways in which their text may be packed."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence


def database(records: Sequence[bytes], kind: bytes = b"BOOKMOBI", name: bytes = b"A_Book") -> bytes:
    """A Palm database of these records."""
    head = name.ljust(32, b"\0") + bytes(28) + kind + bytes(8) + struct.pack(">H", len(records))
    at = len(head) + 8 * len(records) + 2
    table = b""
    for number, record in enumerate(records):
        table += struct.pack(">II", at, number)
        at += len(record)
    return head + table + b"\0\0" + b"".join(records)


def palmdoc(text: bytes) -> bytes:
    """A record packed as PalmDOC does: words that stood there before, blanks with their letter, all else as it is."""
    out = bytearray()
    at = 0
    while at < len(text):
        for length in range(10, 2, -1):
            before = text.rfind(text[at : at + length], max(0, at - 2047), at)
            if before >= 0 and len(text[at : at + length]) == length:
                told = (at - before) << 3 | length - 3
                out += bytes((0x80 | told >> 8, told & 0xFF))
                at += length
                break
        else:
            one = text[at]
            if one == 32 and at + 1 < len(text) and 0x40 <= text[at + 1] < 0x80:
                out.append(text[at + 1] ^ 0x80)
                at += 1
            elif one == 0 or 9 <= one < 0x80:
                out.append(one)
            else:
                out += bytes((1, one))
            at += 1
    return bytes(out)


def split(text: bytes) -> list[bytes]:
    """A text in pieces of 4,096 bytes, as it stands in records."""
    return [text[at : at + 4096] for at in range(0, len(text), 4096)]


def doc_header(text: bytes, records: int, packed: int, locked: int = 0) -> bytes:
    """What the first record of a text begins with."""
    return struct.pack(">HHIHHHH", packed, 0, len(text), records, 4096, locked, 0)


def text_file(text: bytes, packed: int = 2, name: bytes = b"A Text") -> bytes:
    """A PalmDOC text."""
    pieces = [palmdoc(piece) if packed == 2 else piece for piece in split(text)]
    return database([doc_header(text, len(pieces), packed), *pieces], b"TEXtREAd", name)


def header(
    text: bytes,
    records: int,
    *,
    packed: int = 1,
    locked: int = 0,
    version: int = 6,
    coded: int = 65001,
    title: bytes = b"A Book",
    told: Sequence[tuple[int, bytes]] = (),
    places: Mapping[int, int] | None = None,
) -> bytes:
    """The first record of a book. `told` are the entries of its extra list, `places` numbers at places of it."""
    extra = b"".join(struct.pack(">II", kind, 8 + len(value)) + value for kind, value in told)
    extra = struct.pack(">4sII", b"EXTH", 12 + len(extra), len(told)) + extra
    head = bytearray(doc_header(text, records, packed, locked) + bytes(264 - 16))
    struct.pack_into(">4sIIIII", head, 16, b"MOBI", 248, 2, coded, 1, version)
    struct.pack_into(">II", head, 84, 264 + len(extra), len(title))
    for place, number in (places or {}).items():
        struct.pack_into(">I", head, place, number)
    return bytes(head) + extra + title


def book(text: str | bytes, packed: int = 2, trailing: int = 0, **more: object) -> bytes:
    """A book of the older kind. `trailing` bytes stand behind each record's text, as an index may leave them."""
    data = text.encode() if isinstance(text, str) else text
    pieces = [palmdoc(piece) if packed == 2 else piece for piece in split(data)]
    places: dict[int, int] = dict(more.pop("places", {}))  # type: ignore[call-overload]
    if trailing:
        pieces = [piece + b"x" * (trailing - 1) + bytes((0x80 | trailing,)) for piece in pieces]
        places[0xF0] = 2
    return database([header(data, len(pieces), packed=packed, places=places, **more), *pieces])  # type: ignore[arg-type]


def phrases(words: Sequence[tuple[bytes, bool]]) -> list[bytes]:
    """The records of a dictionary of 256 phrases, each with whether it is plain; codes are their bytes, reversed."""
    codes = b"".join(struct.pack(">I", 255 << 8 | 0x80 | 8) for _ in range(256))
    lengths = bytes(4 * 64)
    huff = struct.pack(">4sIII", b"HUFF", 24, 24, 24 + len(codes)) + bytes(8) + codes + lengths
    offsets, body = b"", b""
    for word, is_plain in words:
        offsets += struct.pack(">H", 2 * len(words) + len(body))
        body += struct.pack(">H", len(word) | 0x8000 * is_plain) + word
    return [huff, struct.pack(">4sIII", b"CDIC", 16, len(words), 8) + offsets + body]


def coded(indexes: Sequence[int]) -> bytes:
    """Codes for phrases by their number."""
    return bytes(255 - index for index in indexes)


def number(value: int) -> bytes:
    """A number of seven bits a byte."""
    out = [value & 0x7F | 0x80]
    while value := value >> 7:
        out.append(value & 0x7F)
    return bytes(reversed(out))


def index(
    tags: Sequence[tuple[int, int]], entries: Sequence[tuple[str, Sequence[int]]], strings: bytes = b""
) -> list[bytes]:
    """The records of an index: its tags with how many numbers each has, its entries with their numbers in order."""
    table = b"".join(bytes((tag, values, 1 << place, 0)) for place, (tag, values) in enumerate(tags)) + b"\0\0\0\1"
    tagx = struct.pack(">4sII", b"TAGX", 12 + len(table), 1) + table
    head = bytearray(struct.pack(">4sI", b"INDX", 56) + bytes(48))
    struct.pack_into(">I", head, 24, 1)
    struct.pack_into(">I", head, 52, 1 if strings else 0)
    body, starts = b"", []
    for name, numbers in entries:
        starts.append(56 + len(body))
        body += bytes((len(name),)) + name.encode() + bytes(((1 << len(tags)) - 1,)) + b"".join(map(number, numbers))
    data = bytearray(struct.pack(">4sI", b"INDX", 56) + bytes(48) + body)
    struct.pack_into(">II", data, 20, len(data), len(entries))
    data += b"IDXT" + b"".join(struct.pack(">H", start) for start in starts)
    return [bytes(head) + tagx, bytes(data), *([strings] if strings else [])]
