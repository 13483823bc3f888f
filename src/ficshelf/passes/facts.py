"""Facts as the passes gather them: adding one without changing the draft it came from, lists of values."""

from __future__ import annotations

import re

from ficshelf.model import INFERRED, Fact, Facts
from ficshelf.passes.heading_titles import SMALL
from ficshelf.passes.number_words import fold
from ficshelf.passes.titles_alike import holds_title

_LIST = re.compile(r"[^\S\n]*+[;\n|]\s*|\s*+,\s+(?![^()]{0,200}\))|,(?=\S)(?![^()]{0,200}\))|\s{3,}")
_TYPED = str.maketrans("’‘“”", "''\"\"")
_INITIALS = re.compile(r"\w\.\w\.$|\b(?:Jr|Sr|etc)\.$")
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b)[^.!?\n]{0,60}\.?\Z", re.I)
_LONGEST = 5_000  # characters of a list; what is longer is no list that anybody wrote


def add_fact(facts: Facts, name: str, fact: Fact) -> Facts:
    """The facts with one more; the same value stated again adds its spans, and a guess gives way to what is stated:
    it is dropped, or stands behind it where it holds a line of the source, which else would be lost."""
    known = facts.get(name, ())
    if fact.how == INFERRED and not fact.spans and any(other.how != INFERRED for other in known):
        return facts
    if fact.how != INFERRED:
        known = tuple(other for other in known if other.how != INFERRED or other.spans)
    for place, other in enumerate(known):
        if other.value == fact.value and other.how == fact.how and other.source == fact.source:
            spans = other.spans + tuple(span for span in fact.spans if span not in other.spans)
            return {**facts, name: (*known[:place], other._replace(spans=spans), *known[place + 1 :])}
    guesses = tuple(other for other in known if other.how == INFERRED) if fact.how != INFERRED else ()
    return {**facts, name: (*known[: len(known) - len(guesses)], fact, *guesses)}


def list_values(value: str) -> list[str]:
    """The values of a list, parted at commas, semicolons and line ends, but not inside brackets.

    What reads on as a sentence ("Holmes/Watson, if you squint hard enough") is no list, nor is what goes on for pages.
    """
    if len(value) > _LONGEST:
        return [value.strip()]
    if any(one[:1].islower() and len(one.split()) >= 3 for one in _LIST.split(value)[1:]) and value[:1].isupper():
        return [value.strip()]
    values = [
        _without_stop(one.strip().strip("*_").strip()) if len(one.split()) < 5 else one.strip()
        for one in _LIST.split(value)
    ]
    return list(dict.fromkeys(one for one in values if one))


def _without_stop(value: str) -> str:
    """A value without the full stop of a list's end; `U.N.C.L.E.` keeps its own, and so do two sentences."""
    return value if _INITIALS.search(value) or ". " in value else value.rstrip(".").rstrip()


def _folded(title: Fact) -> str:
    return fold(str(title.value).translate(_TYPED))  # capitals lose their accents: `LA CLAIRIERE`


def _better_written(first: str, again: str) -> str:
    """Of two spellings of a title that differ but by capitals, the one that an author typed: pages give every word a
    capital (`What The Lamps Are For`)."""
    alike = first.casefold() == again.casefold() and not first.isupper() and not again.islower()
    return again if alike and _small_words(again) > _small_words(first) else first


def _small_words(title: str) -> int:
    """How many of the words that titles write small are so written, behind the first."""
    return sum(word in SMALL for word in title.split()[1:])


def rights_first(facts: Facts) -> Facts:
    """What disclaims before a line that only says since when the story is whose: `Copyright © 2005`."""
    said = facts.get("disclaimer", ())
    if len(said) < 2 or not any(_COPYRIGHT.match(str(fact.value)) for fact in said):
        return facts
    return {**facts, "disclaimer": tuple(sorted(said, key=lambda fact: bool(_COPYRIGHT.match(str(fact.value)))))}


def one_title(facts: Facts) -> Facts:
    """Of two titles of which one says the other with more around it (a post's subject), the shorter one; an apostrophe
    is one however it is typed, and the author's own form stands behind the page's."""
    titles = facts.get("title", ())
    kept: dict[int, Fact] = {}
    for place in sorted(range(len(titles)), key=lambda place: len(str(titles[place].value))):
        title = titles[place]
        shorter = (one for one, other in kept.items() if holds_title(_folded(title), _folded(other)))
        if (said := next(shorter, None)) is not None:
            alike = str(kept[said].value).translate(_TYPED) == str(title.value).translate(_TYPED)
            value = title.value if alike else _better_written(str(kept[said].value), str(title.value))
            kept[said] = kept[said]._replace(value=value, spans=kept[said].spans + title.spans)
        else:
            kept[place] = title
    return facts if len(kept) == len(titles) else {**facts, "title": tuple(kept[place] for place in sorted(kept))}
