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


def letters(text: str) -> str:
    """The letters and figures of a text, without case."""
    return "".join(filter(str.isalnum, text.casefold()))
