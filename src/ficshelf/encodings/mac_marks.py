"""Quotation marks, dashes and dots of the Macintosh in text whose other letters are Windows': somebody wrote at a
Macintosh into the form of a page in Latin-1. They are the capitals É and Ð to Õ in cp1252; eFiction read them so on
sites in Latin-1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.encodings import likely, suspects

MARKS = {0xC9: "…", 0xD0: "–", 0xD1: "—", 0xD2: "“", 0xD3: "”", 0xD4: "‘", 0xD5: "’"}
BYTES = bytes(MARKS)
_AS_WINDOWS = bytes.maketrans(BYTES, "".join(MARKS.values()).encode("cp1252"))
# Where one of them can be no capital: ’ in a word or behind one, “ and ‘ before one, ” behind a stop, … behind a word.
_SURELY = re.compile(
    rb"[a-z]\xd5(?:s|t|d|m|ll|re|ve)\b|[a-z]\xd5[ ,.!?]|(?:^|[\s>(])[\xd2\xd4][A-Z][a-z ']"
    rb"|[a-z.,!?\xc9][\xd3\xd5](?=[\s<)]|$)|[a-z]\xc9(?=[\s<\xd3\xd5]|$)|[a-z][\xd0\xd1][a-z]|[a-z] [\xd0\xd1] [a-z]"
)


def are_in(data: bytes) -> bool:
    """Whether capitals of cp1252 are the Macintosh's marks."""
    return data.translate(None, BYTES) != data and _SURELY.search(data) is not None


def as_windows(data: bytes) -> bytes:
    """The same bytes with the marks as cp1252 has them."""
    return data.translate(_AS_WINDOWS)


def among(lines: Sequence[bytes]) -> bool:
    """Whether the marks stand in lines that are Windows' but for them, not the Macintosh's throughout."""
    if not any(map(are_in, lines)):
        return False
    sample = likely.sample_of(lines)
    rest = [byte for byte in sample.translate(None, BYTES) if byte > 127]
    if 2 * sum(likely.table("cp1252")[byte].isalpha() for byte in rest) <= len(rest):
        return False  # next to nothing but marks: the Macintosh's, as far as anybody can tell
    if suspects.odd("cp1252").is_in(as_windows(sample)) and not suspects.odd("mac_roman").is_in(sample):
        return False  # `PŽlissier`
    return likely.likelihood(as_windows(sample), "cp1252").score > likely.rank(sample)[0].score
