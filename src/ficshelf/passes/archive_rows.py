"""The rows that the Archive of Our Own has over a work, as its downloads and its pages' texts hold them: `Fandom: …`,
`Stats: Published: 2015-03-02 Words: 3,210 Chapters: 2/2`, `Series: Part 2 of Lamps`."""

from __future__ import annotations

import re

from ficshelf.model import Span
from ficshelf.passes import labels
from ficshelf.passes.header_facts import Gathered

_STAT = re.compile(r"(Published|Updated|Completed|Words|Chapters):\s*([\d,.-]+(?:/(?:\d+|\?))?)")
_PART_OF = re.compile(r"Part (\d+) of (.+?)(?=, Part \d|$)")
_STATS = ("Published", "Updated", "Completed", "Words", "Chapters")


def state(gathered: Gathered, label: str, value: str, spans: tuple[Span, ...]) -> bool:
    """State what a row says; False where it is no fact: how many read the work, who collects it."""
    if label in _STATS:
        return bool(value) and _stat(gathered, label, value, spans)
    if label == "Stats":
        stated = [_stat(gathered, name, figure, spans) for name, figure in _STAT.findall(value)]
        return any(stated)
    if label == "Series" and (parts := _PART_OF.findall(value)):
        for number, series in parts:
            gathered.add("part", number, spans)
            gathered.add("series", series, spans)
        return True
    known = labels.find(label)
    if known is None or known.names[0] in ("aside", "series", "comments", "words") or not value:
        return False
    for one in value.split(", ") if known.names[0] in labels.MULTIPLE else [value]:
        gathered.add(known.names[0], one, spans)
    return True


def _stat(gathered: Gathered, label: str, figure: str, spans: tuple[Span, ...]) -> bool:
    if label != "Chapters":
        gathered.add("updated" if label == "Completed" else label.lower(), figure, spans)
        return True
    written, _, planned = figure.partition("/")
    if planned:
        gathered.add("complete", written == planned, spans)
    return bool(planned)
