"""What tells the story among lines that may be a note: people of the story do something in it.

A narrator says I, is sorry and speaks of stories as an author does, and where a rule or a gap stands below his first
lines he looks like one. But an author tells of himself and of what he wrote; his people act in the story alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import foreword_words
from ficshelf.passes.author_voice import strength
from ficshelf.passes.note_places import MAY_BE, is_told_by_one
from ficshelf.passes.note_words import SPEAKS

_NEAR = 60  # nodes on each side whose people are the story's
_BEGINNING = 600  # characters of a paragraph that are looked at
_SHORT = 100  # characters of a paragraph that says little
_LOOSE = frozenset(("loose",))  # words for works that a narrator has as well
_PERSON = re.compile(r"(?<=[^\W\d_,;’'] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")  # a name within a sentence
_DID = (
    r"(?:was|were|had|did|could|would|went|came|took|sat|stood|got|gave|knew|thought|made|saw|ran|found|felt|told|left|"
    r"kept|let|held|fell|lay|led|lost|met|put|rose|set|shook|shut|spoke|spun|swore|threw|tore|woke|wore|began|bent|bit|"
    r"blew|bought|broke|brought|built|caught|chose|cut|drank|drew|drove|ate|flew|grew|heard|hid|hit|hung|hurt|laid|lit|"
    r"meant|rang|rode|sang|sank|sent|slept|slid|spent|stole|struck|swam|swung|taught|wept|"
    r"(?:was|were|had|did|could|would)n['’]t|[a-z]{2,}ed)\b"
)
_MEANWHILE = r"(?:\w+ly\s+|just\s+|never\s+|only\s+|still\s+|then\s+)?"
_ACTS = re.compile(
    r"(?<![^\W_])([A-ZÀ-Þ][^\W\d_]{2,})(?:['’]s\s+\w+)?\s+"
    rf"{_MEANWHILE}(?:(?P<did>{_DID})|(?:is|has|(?:is|does)n['’]t|[a-z]{{3,}}s)\b)"
)
_ACTED_ABROAD = re.compile(  # `Ron lachte`, `Ron regardait`, `Рон кивнул`
    r"(?<![^\W_])([A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,})\s+(?P<did>[^\W\d_A-ZÀ-ÞА-ЯЁ]{2,}(?:te|ten|ait|aient|aba|ía|ó|ava|ou|ал|ала|ил|ила|ел|"
    r"ела|нул|нула|ял|яла|лась|лся)\b)"
)
_WHAT_WAS = re.compile(
    rf"\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|(?:[Tt]he|[Mm]y|[Hh]is|[Hh]er)\s\w+|[A-ZÀ-Þ][a-z]+)\s+{_MEANWHILE}{_DID}"
)


def is_told(nodes: Sequence[Node], places: Sequence[int]) -> bool:
    """Whether a paragraph among those at `places`, which stand next to each other, tells the story around them."""
    if not places:
        return False
    first, last = min(places), max(places)
    above = [node for node in nodes[max(0, first - _NEAR) : first] if node.kind in MAY_BE]
    below = [node for node in nodes[last + 1 : last + 1 + _NEAR] if node.kind in MAY_BE]
    people = frozenset(name for node in (*above, *below) for name in _PERSON.findall(node.text[:_BEGINNING]))
    by_one = is_told_by_one([*above, *below], 0, len(above) + len(below))
    return any(tells(nodes[place].text, people, by_one=by_one) for place in places)


def tells(text: str, people: frozenset[str], *, by_one: bool) -> bool:
    """Whether a paragraph tells what people of the story do, or, where somebody tells it as an I, what was: and has no
    word of those that only authors say."""
    text = text[:_BEGINNING]
    said = strength(text)
    if said.strong or (SPEAKS.search(text) and foreword_words.of_works(text) - _LOOSE):
        return False
    acts = _ACTS if foreword_words.is_english(text) else _ACTED_ABROAD
    found = [act for act in acts.finditer(text) if act[1] in people]
    if len(found) > 1 or any(act["did"] for act in found):
        return True
    if not by_one or said.told:
        return False
    return bool(found and len(text) > _SHORT) or len(_WHAT_WAS.findall(text)) > foreword_words.said_now(text) + 1
