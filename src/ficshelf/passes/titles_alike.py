"""Whether a title stands in another line, however both are written."""

from __future__ import annotations

import re

_LONG_TITLE = 8  # letters of a title that no line holds by chance
_WORD = re.compile(r"[^\W_]+")


def holds_title(text: str, title: str) -> bool:
    """Whether a title stands in a line, whatever the signs in both: a short one as words of its own, so `Tern` does
    not stand in `Patterns`."""
    called = letters(title)
    if len(called) < _LONG_TITLE:
        return f" {' '.join(_WORD.findall(title.casefold()))} " in f" {' '.join(_WORD.findall(text.casefold()))} "
    return called in letters(text)


def misspells(title: str, again: str) -> bool:
    """Whether two titles differ by one letter, or by two that changed places: `Without Balast`, `Without Ballast`."""
    one, other = letters(title), letters(again)
    if min(len(one), len(other)) < _LONG_TITLE or abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = next((at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there), len(one))
    tail, rest = one[begin:], other[begin:]
    if len(one) != len(other):
        return tail[1:] == rest or tail == rest[1:]
    return tail[1:] == rest[1:] or (tail[:2] == rest[1::-1] and tail[2:] == rest[2:])


def letters(text: str) -> str:
    """The letters and figures of a text, without case."""
    return "".join(filter(str.isalnum, text.casefold()))
