"""Text as bytes of a database that several programs wrote to: each value in an encoding of its own."""

from __future__ import annotations

import random

MARKS = bytes.maketrans("’“”‘—–…".encode("cp1252"), "’“”‘—–…".encode("mac_roman"))
# How often each is drawn.
WAYS = {"utf-8": 8, "cp1252": 5, "read as cp1252": 3, "read so twice": 1, "marks of the Macintosh": 1, "slashes": 2}


def stored(text: str, rng: random.Random, is_markup: bool = False) -> bytes:
    """A text as bytes, in a way that can tell it; markup may have its letters as entities."""
    if is_markup and not text.isascii() and rng.random() < 0.1:
        return text.encode("ascii", "xmlcharrefreplace")
    way = rng.choices(list(WAYS), list(WAYS.values()))[0]
    if way == "slashes" and ("'" in text or '"' in text) and "\\" not in text:
        return text.replace("'", "\\'").replace('"', '\\"').encode()
    if text.isascii():
        return text.encode()
    if way == "cp1252":
        return text.encode("cp1252")
    if way == "marks of the Macintosh" and _has_sure_marks(text):
        return text.encode("cp1252").translate(MARKS)
    times = {"read as cp1252": 1, "read so twice": 2}.get(way, 0)
    data = text.encode()
    for _ in range(times):
        data = _as_cp1252(data).encode()
    return data


def _has_sure_marks(text: str) -> bool:
    """Whether marks stand where no letter could: a careful reader needs one of them."""
    return "’s " in text or "n’t " in text


def _as_cp1252(data: bytes) -> str:
    """Bytes as MySQL's latin1 shows them: bytes that cp1252 lacks are the controls they are."""
    return "".join(_SHOWN[byte] for byte in data)


_SHOWN = [
    chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252") for byte in range(256)
]
