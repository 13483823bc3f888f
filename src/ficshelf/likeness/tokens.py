"""The words of a story as they are compared with another's.

What a copy may lose on its way does not count: case, punctuation, kinds of quotes, accents, letters that an encoding
cost (`don’t`, `don?t` and `donâ€™t` are all `dont`; `café`, `caf?` and `cafÃ©` are all `caf`), line ends, markup,
notes and headings. Verse is left out where there is prose as well, and so are quotations in lines: two stories around
one song are two stories.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ficshelf.model import Block
from ficshelf.words import COUNTED

_SPACES = "—–…\u00a0\u2002\u2003\u2009"
_GLUE = b"'?`\"*_"  # within a word they part nothing: an apostrophe, what became of one, marks of emphasis
_WORDS = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256)
)
_PROSE = COUNTED - {"verse", "quote"}  # of quotations, those that are not in lines
_LEAST_PROSE = 0.2  # share of a story's letters: with less prose than that, it is a poem
_FOREIGN = 0.5  # share of letters beyond ASCII from which on a text is not in Latin letters


def of_text(text: str) -> list[bytes]:
    """The words of a text, each as bytes. Linear in its length."""
    if text.isascii():
        return text.encode().translate(_WORDS, _GLUE).split()
    for sign in _SPACES:  # twenty times as fast as str.translate
        text = text.replace(sign, " ")
    plain = unicodedata.normalize("NFC", text).encode("ascii", "ignore")
    if len(plain) >= len(text) * (1 - _FOREIGN):
        return plain.translate(_WORDS, _GLUE).split()
    return _of_foreign(text)


def _of_foreign(text: str) -> list[bytes]:
    """Words in other letters than Latin ones; what is written without spaces, by overlapping threes of characters."""
    found: list[bytes] = []
    letters = "".join([sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFC", text).lower()])
    for word in letters.split():
        if len(word) > 3 and word[0] >= "\u0e00" and not "\uac00" <= word[0] <= "\ud7a3":
            found += [word[at : at + 3].encode("utf-8", "replace") for at in range(len(word) - 2)]
        else:
            found.append(word.encode("utf-8", "replace"))
    return found


def of_chapters(chapters: Iterable[Iterable[Block]]) -> list[list[bytes]]:
    """The words of each chapter of a story."""
    return [of_text(text) for text in texts(chapters)]


def texts(chapters: Iterable[Iterable[Block]]) -> list[str]:
    """Of each chapter of a story the text that is compared."""
    prose: list[str] = []
    whole: list[str] = []
    for blocks in chapters:
        counted = [(block.kind, block.text) for block in blocks if block.kind in COUNTED]
        prose.append(
            "\n".join([text for kind, text in counted if kind in _PROSE or (kind == "quote" and "\n" not in text)])
        )
        whole.append("\n".join([text for _, text in counted]))
    few = sum(map(len, prose)) < _LEAST_PROSE * sum(map(len, whole))
    return whole if few else prose
