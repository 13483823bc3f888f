"""What a story is recognised by: digests of its words that stay the same when only markup, quotes or line ends differ.

`story` is the digest of the words of a chapter or of a whole work. `sketch` holds the 64 smallest digests of its
paragraphs (a bottom-k sketch): `likeness` of two estimates which share of their paragraphs two stories have in common.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from ficshelf.model import Chapter, Work
from ficshelf.words import COUNTED

SKETCH = 64  # paragraphs in a sketch
_DIGEST = 8  # bytes of a paragraph's digest
_TYPESET = re.compile("[“”„«»‘’…—–\u00a0\u00ad\u200b-\u200f\ufeff]+")
_LOWER = bytes(range(256)).translate(bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"))
_DROPPED = bytes(byte for byte in range(128) if not chr(byte).isalnum())


class Print(NamedTuple):
    """The print of a work: of the whole, of each chapter ("" where there are no words), and its sketch."""

    story: str
    chapters: tuple[str, ...]
    sketch: bytes


def of_work(work: Work) -> Print:
    """The print of a work."""
    whole = hashlib.sha256()
    chapters: list[str] = []
    paragraphs: set[bytes] = set()
    any_words = False
    for chapter in work.chapters:
        found = _paragraphs(chapter)
        paragraphs.update(hashlib.blake2b(words, digest_size=_DIGEST).digest() for words in found)
        joined = b"".join(found)
        any_words = any_words or bool(joined)
        whole.update(joined)
        chapters.append(hashlib.sha256(joined).hexdigest() if joined else "")
    story = whole.hexdigest() if any_words else ""
    return Print(story, tuple(chapters), b"".join(sorted(paragraphs)[:SKETCH]))


def likeness(one: bytes, other: bytes) -> float:
    """The share of paragraphs, from 0 to 1, that two stories have in common, as estimated from their sketches."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return 0.0
    smallest = sorted(first | second)[:SKETCH]
    return len(first & second & set(smallest)) / len(smallest)


def _parts(sketch: bytes) -> set[bytes]:
    return {sketch[at : at + _DIGEST] for at in range(0, len(sketch), _DIGEST)}


def _paragraphs(chapter: Chapter) -> list[bytes]:
    """The letters and digits of each paragraph of the story, those without any left out."""
    found = []
    for block in chapter.blocks:
        if block.kind in COUNTED:
            words = letters(block.text)
            if words:
                found.append(words)
    return found


def letters(text: str) -> bytes:
    """The letters and digits of a text, in lower case: what two copies of it have in common."""
    if not text.isascii():
        text = _TYPESET.sub("", text)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).lower()
    return text.encode("utf-8", "replace").translate(_LOWER, _DROPPED)
