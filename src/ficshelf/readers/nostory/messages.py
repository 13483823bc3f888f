"""Pages that only say that there is nothing to read: gates, log-ins, errors, checks for robots, moved pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ficshelf.readers.nostory.phrases import STRONG, WEAK
from ficshelf.readers.nostory.sight import Sight, has_label, telling

_LONGEST = 420  # letters of a line that may be such a message
_LINES = 400  # lines that such a page may have, its menus counted
_MOST = 3500  # letters of a page that says nothing else
_REST = 110  # letters that may stand on it beside, about something else
_TOP = 5  # lines on top, below a name and a heading
_SHORT = 80  # characters of a line that says no more than a fact
_GATES = frozenset(("age check", "members only", "log-in page", "blocked page"))  # behind which a story stands
_FORM = "input[type=password], input[type=PASSWORD], input[type=Password]"


def kind_of(sight: Sight) -> str:
    """The kind of such a page; "" for any other."""
    if sight.letters > _MOST or len(sight.lines) > _LINES or sight.tells >= 3:
        return ""
    said = [line.text for line in sight.plain]
    found = told(said, (line.told for line in sight.plain), [sight.title])
    if sight.has(_FORM) and found in {"", "missing page"} and sight.letters < 1500 and sight.tells < 2:
        rest = sum(
            line.told for line in sight.plain if not line.labelled and not WEAK.search(line.text) and line.told > 40
        )
        found = "log-in page" if rest <= _REST else found
    if found == "log-in page" and not sight.has("input, form") and len(said) > 12:
        return ""
    return found


def told(lines: list[str], letters: Iterable[int], title: list[str]) -> str:
    """The kind of message that some lines make, beside which nothing else is said; "" where there is more."""
    kinds: Counter[str] = Counter()
    about = rest = 0
    told = [telling(text) for text in lines]
    if sum(told) >= 3:
        return ""
    for text, count, tells in zip(lines, letters, told, strict=True):
        kind = strong(text) if len(text) <= _LONGEST and tells < 2 else ""
        if kind:
            kinds[kind] += 1
            about += count
        elif count > 2 and len(text) <= _LONGEST and tells < 2 and WEAK.search(text):
            about += count
        elif text not in title:
            rest += count
    if not kinds:
        return next((kind for text in title if (kind := strong(text)) and rest <= 40), "")
    if rest > max(_REST, 0.3 * about) and not (_stands_first(lines) and _is_blurb(lines, told)):
        return ""
    for text in title:
        if kind := strong(text):
            kinds[kind] += 1
    return next(kind for kind, _ in STRONG if kind in kinds)


def _stands_first(lines: list[str]) -> bool:
    """Whether a message is one of the first lines."""
    return any(len(text) <= _LONGEST and strong(text) in _GATES for text in lines[:_TOP])


def _is_blurb(lines: list[str], told: list[int]) -> bool:
    """Whether what stands beside a message may be what an archive says of the story behind it: short lines, those with
    labels, and one paragraph at the most."""
    beside = [
        (text, tells)
        for text, tells in zip(lines, told, strict=True)
        if not has_label(text) and not strong(text[:_LONGEST])
    ]
    return (
        sum(tells for _, tells in beside) < 2
        and sum(len(text) > _SHORT and not WEAK.search(text) for text, _ in beside) <= 1
    )


def strong(text: str) -> str:
    """The kind of page on which such a line stands; "" for a line that may stand anywhere."""
    return next((kind for kind, phrase in STRONG if phrase.search(text)), "")
