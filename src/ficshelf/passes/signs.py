"""Signs, headlines, telegrams, boxes and tables, and the short notes that a sentence announces: text within the story.

Sure signs only: a sentence before that announces it ("the sign read:"), a signature under lines that stand together, a
frame, the STOPs of a telegram, capitals after a sentence that names a sign.
"""

from __future__ import annotations

import re

from ficshelf.model import Draft, Layout, Node
from ficshelf.passes.layout import groups
from ficshelf.passes.nodes import join

_WRITTEN = (
    r"note|letter|card|(?:e-?)?mail|text|message|sign|telegram|postcard|inscription|post-?it|scroll|parchment|"
    r"plaque|poster|headlines?|caption|memo"
)
ANNOUNCED = re.compile(
    rf"\b(?:{_WRITTEN}|screen|diary|journal|reads?|wrote|written|writing|scrawled|scribbled|said simply)\b"
    r"[^.!?]{0,80}:$",
    re.I,
)
_NAMED = re.compile(rf"\b(?:{_WRITTEN})\b[^.!?:]{{0,60}}\b(?:reads?|said|says|was|ran|went)?[^.!?:]{{0,20}}:$", re.I)
_SHOWS = re.compile(
    r"\b(?:signs?|headlines?|poster|(?:notice)?board|banner|plaque|placard|notice|newspapers?|billboard|marquee|"
    r"front\s+page|the\s+paper\s+(?:lay|was|had|fell|said|came))\b",
    re.I,
)
SUNG = re.compile(
    r"\b(?:sang|sing|sings|singing|song|lyrics|chorus|verse|poem|recited|hummed|crooned|chanted|rhyme|ballad|radio)\b",
    re.I,
)  # what such words announce is verse
DASH_SIGNATURE = re.compile(r"[-–—~]{1,2}\s?[A-ZÀ-Ý][\w .'’]{0,30}$")
_STOP = re.compile(r"\bSTOP\b")
_FRAME = frozenset("|*#=+-_~")
_WIDEST_ADDRESS = 40  # characters of a line of an address
_LINKING = frozenset(["the", "of", "near", "and", "by", "in", "on", "at", "de", "la", "du", "der", "am", "im", "&"])
_QUOTES = ('"', "“")
_SPEECH = (*_QUOTES, "«", "„")
_SIGNED_WITHIN = 6  # paragraphs from the announcement to the name
_LINES = 8  # of a paragraph, that are looked at
_BOXED = 8  # lines in a box


def apply(draft: Draft) -> Draft:
    """Mark signs and the like as quotes."""
    how = draft.layout
    nodes: list[Node] = []
    for group in groups(draft.nodes):
        first = group[0]
        if first.kind:
            nodes.extend(group)
        elif len(group) > 1:
            if _is_sign(group, nodes, how):
                nodes.append(join(draft.text, group, "quote"))
            else:
                nodes.extend(group)
        elif first.text.isupper() and _is_capital_sign([first.text], _said_before(nodes, how)):
            nodes.append(first._replace(kind="quote"))
        else:
            nodes.append(first)
    nodes = _boxes(draft.text, nodes)
    _announced(nodes, how)
    return draft._replace(nodes=tuple(nodes))


def _said_before(nodes: list[Node], how: Layout) -> str:
    """The paragraph at the end of these nodes, its last lines together; "" where something else stands there."""
    said = ""
    for node in nodes[: -_LINES - 1 : -1]:
        if node.kind:
            break
        said = f"{node.text} {said}".rstrip()
        if node.gap or not how.wrapped or node.indent > how.base + 1:
            break
    return said


def _is_sign(group: list[Node], above: list[Node], how: Layout) -> bool:
    lines = [node.text for node in group]
    longest = max(map(len, lines))
    if longest > 120 and not how.wrapped:
        return False
    if _is_framed(lines) or (lines[0].isupper() and _is_capital_sign(lines, _said_before(above, how))):
        return True
    if longest <= _WIDEST_ADDRESS and _is_address(lines):
        return True
    if how.follows_on > 0.5 and not how.wrapped:
        return False
    if longest > 75 or any(line.startswith(_QUOTES) for line in lines):
        return False
    if DASH_SIGNATURE.fullmatch(lines[-1]) and len(lines[-1]) < 36 and lines[0][0] not in "-–—":
        return True
    return not how.wrapped and _is_announcement(_said_before(above, how))


def _is_address(lines: list[str]) -> bool:
    """`Miss O. Marsh,`, `The Chandler's,`, `Near the Mole`: names in every line, a comma behind most but the last."""
    *above, last = lines
    if not 3 <= len(lines) <= 6 or last.endswith(",") or 2 * sum(line.endswith(",") for line in above) < len(above):
        return False
    words = [word.strip("().,") for line in lines for word in line.split()]
    return above[-1][-1] == "," and all(word[:1].isupper() or word[:1].isdigit() or word in _LINKING for word in words)


def _is_announcement(before: str) -> bool:
    return before[-1:] == ":" and bool(ANNOUNCED.search(before)) and not SUNG.search(before)


def _is_framed(lines: list[str]) -> bool:
    """A box drawn with signs, or a table: most lines begin and end with the same sign, or hold two bars or more."""
    if not any("|" in line or line[0] in "*#" for line in lines):
        return False
    within = [line for line in lines if any(map(str.isalnum, line))]
    if not within or len(lines) < 2:
        return False
    bars = sum(1 for line in within if line.count("|") >= 2)
    if bars >= 2 and bars * 3 >= 2 * len(within):
        return True
    framed = sum(1 for line in within if line[0] in "|*#" and line[-1] == line[0] and line[1:2] == line[-2:-1] == " ")
    return len(within) < len(lines) and framed == len(within)


def _is_capital_sign(lines: list[str], before: str) -> bool:
    """A telegram, or capitals after a sentence that speaks of something written."""
    said = " ".join(lines)
    if len(said) > 300 or said.startswith(_SPEECH):
        return False
    if len(_STOP.findall(said)) >= 2 or (said.endswith("STOP") and " " in said):
        return True
    if not before or before.startswith(_SPEECH) or said[-1] in "!?":
        return False
    if len(lines) > 1 and before[-1] == ":" and not SUNG.search(before):
        return True
    return said.count(" ") >= 2 and bool(_SHOWS.search(before) or _is_announcement(before))


def _boxes(layer: str, nodes: list[Node]) -> list[Node]:
    """Lines in capitals close between two rows of signs."""
    made: list[Node] = []
    at = 0
    while at < len(nodes):
        stop = at + 1
        if nodes[at].kind == "break" and nodes[at].spans and at and nodes[at].gap:
            while stop < len(nodes) and stop <= at + _BOXED and not nodes[stop].kind and nodes[stop].gap == 0:
                stop += 1
            within = nodes[at + 1 : stop]
            closes = stop < len(nodes) and nodes[stop].kind == "break" and nodes[stop].gap == 0
            if within and closes and all(node.text.isupper() and ":" not in node.text for node in within):
                made.append(join(layer, nodes[at : stop + 1], "quote"))
                at = stop + 1
                continue
        made.append(nodes[at])
        at += 1
    return made


def _announced(nodes: list[Node], how: Layout) -> None:
    """`The note read:` and below it what it said, up to a name behind a dash, or one paragraph."""
    for index, node in enumerate(nodes[:-1]):
        if node.kind or node.text[-1:] != ":" or nodes[index + 1].kind:
            continue
        before = _said_before(nodes[max(0, index - _LINES) : index + 1], how)
        if len(before) > 400 or not _is_announcement(before):
            continue
        stop = _signed_end(nodes, index + 1)
        if not stop and _NAMED.search(before) and _may_be_written(nodes, index + 1):
            stop = index + 2
        for place in range(index + 1, stop):
            nodes[place] = nodes[place]._replace(kind="quote")


def _signed_end(nodes: list[Node], start: int) -> int:
    """The index after the name under a note; 0 for none."""
    for index in range(start, min(len(nodes), start + _SIGNED_WITHIN)):
        node = nodes[index]
        if node.kind or node.page or node.text.startswith(_SPEECH):
            return 0
        if index > start and len(node.text) < 36 and DASH_SIGNATURE.fullmatch(node.text):
            return index + 1
    return 0


def _may_be_written(nodes: list[Node], index: int) -> bool:
    """One short paragraph, not spoken, that stands by itself."""
    node = nodes[index]
    alone = index + 1 >= len(nodes) or nodes[index + 1].gap > 0 or bool(nodes[index + 1].kind)
    return not node.kind and node.gap > 0 and alone and len(node.text) < 300 and not node.text.startswith(_SPEECH)
