"""Names as they are compared and sorted. What people see is always the name as it was written."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 200  # characters of a fold, the width of its column
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_ARTICLE = re.compile(r"(?:the|an|a)\s+(?=\w)")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """A name without what never tells two names apart: case, typographic quotes, doubled blanks, width.

    Longer ones than fit a column end in a digest of the whole, so that they still differ.
    """
    folded = " ".join(unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold().split())
    if len(folded) <= LONGEST:
        return folded
    return folded[: LONGEST - 33] + " " + hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:32]


def match(name: str) -> str:
    """What is left of a title or a name when two spellings of it should still match: letters and digits alone, without
    their marks ("Les Misérables!" and "les miserables"); the fold where that leaves nothing ("???")."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(_NOT_WORD.sub(" ", plain.casefold().replace("’", "").replace("'", "")).split()) or fold(name)


def sort_key(title: str) -> str:
    """What a title is sorted by: its match without a leading English article."""
    return _ARTICLE.sub("", match(title), count=1)[:LONGEST]


def url_key(url: str) -> str:
    """An address without what never tells two pages apart: scheme, `www.`, case of the host, fragment, last slash."""
    found = re.match(r"\s*(?:https?://)?(?:www\.)?([^/\s?#]+\.[^/\s?#]+)([^\s#]*)", url, re.IGNORECASE)
    return (found[1].lower() + found[2].rstrip("/")) if found else ""
