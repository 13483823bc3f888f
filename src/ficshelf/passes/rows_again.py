"""Rows that part scenes because they come again: `~*~Buffy~*~`, `BSBSBSBS`, a cross or a dot alone, `vVvVv`.

One such line may be said, or be a slip; the same line alone between paragraphs, twice or more, is a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ficshelf.model import Draft, Node
from ficshelf.passes import headings

ORNAMENT = frozenset(
    "*~-_=#+.•·∙●○◊◇◆♦♥♡❤❦❧☙❀✿✾§†‡¤°¨<>^%@|/\\:;&$«»–—―─━═▬■□▪▫★☆✦✧✩✪✶✻❄ₒ…⁂※†¶~⸻⁓〜～＊＊・･｡ﾟ×()[]{}⁎‧․"
)
_DECOR = "".join(ORNAMENT - set("«»'")) + " \t\xa0"
_EMPHASIS = frozenset(["*", "**", "***", "_", "__", "/", "*_", "_*"])
_TELLER = re.compile(  # who tells what follows, on a line alone: `BPOV`, `Harry's POV`, `H A R R Y ' S  P O V`
    r"(?:POV|P\.O\.V\.)\s?(?:de|da|do|di|d['’]|of)?\s?(?:[A-Z][\w-]{1,20}\s?){1,2}|"
    r"[A-Z]{1,3}POV|(?:[A-Z][a-z]{0,5}|(?:[A-Z][\w-]{1,20}\s?){1,2}(?:['’][sS]?|s)?)\s?(?:P\.?O\.?V\.?|[Pp]oint\s[Oo]f\s[Vv]iew)"
)
_TELLS_LAST = frozenset("vVw.W")  # what such a line ends with
_CROSSES = frozenset("xXoO")  # alone between paragraphs, again and again, they part scenes
_INITIALS = re.compile(r"(?P<unit>[B-DF-HJ-NP-TV-Z]{2,4})(?P=unit){2,}")  # BSBSBS
_LONGEST = 60  # characters of a row of words
_PLACES = 3  # lines that say where a scene happens
_SMALL = frozenset(("of", "the", "in", "on", "at", "and", "a", "an", "to", "by", "de", "la", "le", "du", "der", "von"))
_SHORT = 12  # characters of one that has no form of its own
_COLUMN = 3  # such lines one below the other part paragraphs that no blank lines part
_PROSE = 40  # characters of a line that tells something
_ENDS_SENTENCE = frozenset('.!?…"”’»*)')
_WITH_CROSSES = frozenset("xXoO0()[]{}/|\\<>~-=+*")  # `(x)`, `o)O(o`, `/0/`
_TURNS = re.compile(r"(?P<one>[A-Za-z])(?P<other>[A-Za-z])(?:(?P=one)(?P=other)){0,6}(?P=one)?")  # `vVvVv`, `qpqpqp`
_VOWELS = frozenset("aeiouy")
_SAME = frozenset("bcdfgjklnpqtvwx0")  # again and again they are no sound, as `Mmm` and `Zzz` are
_OF_A_FANDOM = re.compile(r"[*~_-]{0,2}(?![XVLCDM]{2,4}\b)[B-DF-HJ-NP-TV-Z]{2,4}[*~_-]{0,2}")  # `SPN`, `~HP~`


def find(draft: Draft) -> set[str]:
    """The rows of a text that come again, with those that say who tells, which need not."""
    counts: Counter[str] = Counter()
    nodes = draft.nodes
    for index in [place for place, node in enumerate(nodes) if 0 < len(node.text) <= _LONGEST and not node.kind]:
        text = nodes[index].text
        if len(text) <= _SHORT and text not in _CROSSES and may_part(text) and _is_between(nodes, index):
            counts[text] += 1
        if len(text) < 4:
            if text in _CROSSES and is_alone(nodes, index):
                counts[text] += 1
        elif _may_tell(text) and is_alone(nodes, index) and says_who_tells(text):
            counts[text] += 2
        elif text[0] in ORNAMENT:
            lead, core = framed(text)
            if len(lead) > 1 and (len(set(lead)) > 1 or len(lead) > 2) and core.replace(" ", "").isalnum():
                counts[text] += 1
        elif text.isupper() and _INITIALS.fullmatch(text):
            counts[text] += 1
    return {text for text, count in counts.items() if count > 1} | _places(nodes)


def _places(nodes: Sequence[Node]) -> set[str]:
    """Lines between the same signs (`--Downstairs--`, `--Fanelia--`), each other words alone between paragraphs: where
    or when what follows happens. Three of them are no chance; what is said or thought so has no capitals throughout."""
    found: dict[str, dict[str, int]] = {}
    for index, node in enumerate(nodes):
        if node.kind or not 4 <= len(node.text) <= _LONGEST or node.text[0] not in ORNAMENT:
            continue
        lead, core = framed(node.text)
        named = core.replace(" ", "").replace("'", "").isalnum() and all(map(_is_name, core.split()))
        if len(lead) > 1 and named and (is_alone(nodes, index) or not index) and headings.parse(core) is None:
            found.setdefault(lead, {})[node.text] = index
    rows: set[str] = set()
    for alike in found.values():
        below = (nodes[place + 1] for place in alike.values() if place + 1 < len(nodes))
        if len(alike) >= _PLACES and all(len(node.text) > _PROSE for node in below):
            rows.update(alike)
    return rows


def _is_name(word: str) -> bool:
    return not word[0].islower() or word in _SMALL


def may_part(text: str) -> bool:
    """Whether a line of a few characters is a row where it comes again: signs, crosses among signs, letters that take
    turns or are the same, a fandom's initials. No word, no sound, no number, nothing that may be said."""
    signs = {char for char in text if not char.isspace()}
    if not any(map(str.isalnum, signs)):
        return signs <= ORNAMENT
    if text.isalpha() or text.strip("0") == "":
        if len(text) >= 3 and len(set(text)) == 1:
            return text[0].lower() in _SAME
        if len(text) >= 3 and _TURNS.fullmatch(text):
            one, other = text[0], text[1]
            if one != other and one.lower() == other.lower():
                return True  # `vVvVv`
            crosses = {one.lower(), other.lower()} == {"x", "o"} and text.lower() != "xoxo"
            return crosses or (len(text) > 3 and _VOWELS.isdisjoint((one.lower(), other.lower())))
    if signs <= _WITH_CROSSES:
        return text.strip("0") == "" or not _VOWELS.isdisjoint(text.lower()) or "x" in text.lower() or "0" in text
    return _OF_A_FANDOM.fullmatch(text) is not None


def _is_between(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line parts paragraphs: blank lines or its like around it, and something told right above them."""
    text, last = nodes[index].text, len(nodes) - 1
    above = index
    while above and nodes[above - 1].text == text and above > index - _SHORT:
        above -= 1
    apart = nodes[above].gap > 0 or not above
    below = index
    while below < last and nodes[below + 1].text == text and below < index + _SHORT:
        below += 1
    if below < last and nodes[below + 1].gap == 0 and not nodes[below + 1].kind:
        apart = False
    if above < below and not any(map(str.isalnum, text)):
        return apart or below - above >= _COLUMN - 1  # dots one below the other
    if not above:
        return False
    told = nodes[above - 1]
    if apart:
        return bool(told.kind) or len(told.text) > _PROSE or told.text[-1:] in _ENDS_SENTENCE
    under = nodes[below + 1].text if below < last else ""
    return len(told.text) > _PROSE < len(under) and told.text[-1] in _ENDS_SENTENCE and not text.isalpha()


def is_alone(nodes: Sequence[Node], index: int) -> bool:
    """Whether blank lines stand above and below a line."""
    return index > 0 and nodes[index].gap > 0 and (index + 1 == len(nodes) or nodes[index + 1].gap > 0)


def _may_tell(text: str) -> bool:
    """A cheap look, before it is looked at whole, whether a line may say who tells."""
    return text[-1] in _TELLS_LAST or text[:3] == "POV"


def says_who_tells(text: str) -> bool:
    """Whether a line says nothing but who tells what follows: `Harry's POV`."""
    if " " in text and all(len(word) == 1 for word in text.split()):
        text = "".join(text.split())
        text = f"{text[:-3]} {text[-3:]}"
    return _TELLER.fullmatch(text) is not None


def framed(text: str) -> tuple[str, str]:
    """The ornament before the words of a line and the words, where ornament frames them: `~*~ Buffy ~*~`; else empty.

    Signs of emphasis right at the words are no frame.
    """
    if not 4 <= len(text) <= 90 or text[-1] not in ORNAMENT or text[0] not in ORNAMENT:
        return "", ""
    rest = text.lstrip(_DECOR)
    lead, core = text[: len(text) - len(rest)], rest.rstrip(_DECOR)
    if not core or lead in _EMPHASIS or not core[0].isalnum() or core[-1] in ',;"”’':
        return "", ""
    return lead.rstrip(), core
