"""Signs, headlines, telegrams, boxes and tables: text within the story, by its own look (`shown`: by what is said).

Sure signs only: a signature under lines that stand together, or a sentence that announces them ("the sign read:"), a
frame, the STOPs of a telegram, capitals after a sentence that names a sign.
"""

from __future__ import annotations

import re

from ficshelf.model import Draft, Layout, Node
from ficshelf.passes.layout import groups, is_cut_by_hand
from ficshelf.passes.letter_words import INITIALS
from ficshelf.passes.nodes import join
from ficshelf.passes.status_windows import join_windows
from ficshelf.passes.written_words import SUNG, announces, shows_writing

_SHOWS = re.compile(
    r"\b(?:signs?|headlines?|poster|(?:notice)?board|banner|plaque|placard|notice|newspapers?|billboard|marquee|"
    r"front\s+page|the\s+paper\s+(?:lay|was|had|fell|said|came))\b",
    re.I,
)
DASH_SIGNATURE = re.compile(r"[-–—~]{1,2}\s?[A-ZÀ-Ý][\w .'’]{0,30}$")
_STOP = re.compile(r"\bSTOP\b")
_WHEN = re.compile(
    r"\W*(?:(?:posted|replied|written|said|sent|on|at|@|re)\b[^.!?]{0,20}?)*"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|"
    r"\d{1,2}(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|"
    r"\d{1,3}\s(?:minutes?|hours?|days?|weeks?)\sago|(?:today|yesterday)\b)",
    re.I,
)
_WIDEST_ADDRESS = 40  # characters of a line of an address
_LINKING = frozenset(["the", "of", "near", "and", "by", "in", "on", "at", "de", "la", "du", "der", "am", "im", "&"])
_QUOTES = ('"', "“")
SPEECH = (*_QUOTES, "«", "„")
LINES = 8  # of a paragraph, that are looked at
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
        elif first.text.isupper() and _is_capital_sign([first.text], said_before(nodes, how)):
            nodes.append(first._replace(kind="quote"))
        else:
            nodes.append(first)
    return draft._replace(nodes=tuple(join_windows(draft.text, _boxes(draft.text, nodes))))


def said_before(nodes: list[Node], how: Layout) -> str:
    """The paragraph at the end of these nodes, its last lines together; "" where something else stands there."""
    said = ""
    for node in nodes[: -LINES - 1 : -1]:
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
    if _is_framed(lines) or (lines[0].isupper() and _is_capital_sign(lines, said_before(above, how))):
        return True
    if longest <= _WIDEST_ADDRESS and _is_address(lines):
        return True
    if how.follows_on > 0.5 and not how.wrapped:
        return False
    if not how.wrapped and _is_post(lines):
        return True
    if longest > 75 or any(line.startswith(_QUOTES) for line in lines):
        return False
    if INITIALS.fullmatch(lines[-1]) and len(lines) > 2 and not how.wrapped:
        return True  # `T.Z.` below a few lines
    if DASH_SIGNATURE.fullmatch(lines[-1]) and len(lines[-1]) < 36 and lines[0][0] not in "-–—":
        return True
    return (not how.wrapped or is_cut_by_hand(group, how.width, 1.0)) and announces(said_before(above, how))


def _is_address(lines: list[str]) -> bool:
    """`Miss O. Marsh,`, `The Chandler's,`, `Near the Mole`: names in every line, a comma behind most but the last."""
    *above, last = lines
    if not 3 <= len(lines) <= 6 or last.endswith(",") or 2 * sum(line.endswith(",") for line in above) < len(above):
        return False
    words = [word.strip("().,") for line in lines for word in line.split()]
    return above[-1][-1] == "," and all(word[:1].isupper() or word[:1].isdigit() or word in _LINKING for word in words)


def _is_post(lines: list[str]) -> bool:
    """A name, right below it the day at which somebody wrote (`Replied on February 2nd:`), and the words."""
    who, when = lines[0], lines[1]
    if len(lines) < 3 or len(who) > _WIDEST_ADDRESS or who[-1] in ".!?," or len(when) > _WIDEST_ADDRESS + 10:
        return False
    return _WHEN.match(when) is not None


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
    if len(said) > 300 or said.startswith(SPEECH):
        return False
    if len(_STOP.findall(said)) >= 2 or (said.endswith("STOP") and " " in said):
        return True
    if not before or before.startswith(SPEECH) or said[-1] in "!?":
        return False
    if len(lines) > 1 and before[-1] == ":" and not SUNG.search(before):
        return True
    return said.count(" ") >= 2 and bool(_SHOWS.search(before) or announces(before) or shows_writing(before))


def _boxes(layer: str, nodes: list[Node]) -> list[Node]:
    """Lines in capitals close between two rows of signs."""
    made: list[Node] = []
    done = 0
    for at in [place for place, node in enumerate(nodes) if node.kind == "break"]:
        if at < done or not at or not nodes[at].spans or not nodes[at].gap:
            continue
        stop = at + 1
        while stop < len(nodes) and stop <= at + _BOXED and not nodes[stop].kind and nodes[stop].gap == 0:
            stop += 1
        within = nodes[at + 1 : stop]
        closes = stop < len(nodes) and nodes[stop].kind == "break" and nodes[stop].gap == 0
        if within and closes and all(node.text.isupper() and ":" not in node.text for node in within):
            made += nodes[done:at]
            made.append(join(layer, nodes[at : stop + 1], "quote"))
            done = stop + 1
    return made + nodes[done:]
