"""Facts as the passes gather them: adding one without changing the draft it came from, and lists of values."""

from __future__ import annotations

import re

from ficshelf.model import INFERRED, Fact, Facts

_LIST = re.compile(r"[^\S\n]*+[;\n|]\s*|\s*+,\s+(?![^()]{0,200}\))|,(?=\S)(?![^()]{0,200}\))|\s{3,}")
_INITIALS = re.compile(r"\w\.\w\.$|\b(?:Jr|Sr|etc)\.$")
_LONGEST = 5_000  # characters of a list; what is longer is no list that anybody wrote


def add_fact(facts: Facts, name: str, fact: Fact) -> Facts:
    """The facts with one more; the same value stated again adds its spans, and a guess gives way to what is stated."""
    known = facts.get(name, ())
    if fact.how == INFERRED and any(other.how != INFERRED for other in known):
        return facts
    if fact.how != INFERRED:
        known = tuple(other for other in known if other.how != INFERRED)
    for place, other in enumerate(known):
        if other.value == fact.value and other.how == fact.how and other.source == fact.source:
            spans = other.spans + tuple(span for span in fact.spans if span not in other.spans)
            return {**facts, name: (*known[:place], other._replace(spans=spans), *known[place + 1 :])}
    return {**facts, name: (*known, fact)}


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
