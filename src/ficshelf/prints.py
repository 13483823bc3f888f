"""What a story is recognised by: digests of its words that stay the same when only markup, quotes or line ends differ.

`story` is the digest of the words of a chapter or of a whole work, the same for two copies that have all words in
common. What copies have in common whose words differ, `likeness` tells.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from ficshelf.model import Chapter, Work
from ficshelf.words import COUNTED

_TYPESET = re.compile("[“”„«»‘’…—–\u00a0\u00ad\u200b-\u200f\ufeff]+")
_LOWER = bytes(range(256)).translate(bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"))
_DROPPED = bytes(byte for byte in range(128) if not chr(byte).isalnum())


class Print(NamedTuple):
    """The print of a work: of the whole and of each chapter, "" where there are no words."""

    story: str
    chapters: tuple[str, ...]


def of_work(work: Work) -> Print:
    """The print of a work."""
    whole = hashlib.sha256()
    chapters: list[str] = []
    any_words = False
    for chapter in work.chapters:
        joined = b"".join(_paragraphs(chapter))
        any_words = any_words or bool(joined)
        whole.update(joined)
        chapters.append(hashlib.sha256(joined).hexdigest() if joined else "")
    story = whole.hexdigest() if any_words else ""
    return Print(story, tuple(chapters))


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
