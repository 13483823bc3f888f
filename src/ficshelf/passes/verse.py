"""Verse: lyrics and poems. Short lines that stand together where the prose around them does not, lines in italics or
centred, and verse whose line ends were lost and left runs of blanks behind."""

from __future__ import annotations

import re
from collections.abc import Callable

from ficshelf.model import Draft, Node, Remark, Run
from ficshelf.passes.layout import Layout, groups, layout
from ficshelf.passes.letters import SUNG
from ficshelf.passes.nodes import join

_LOST = re.compile(r"[ \t\xa0]{4,}")
_LOST_JOIN = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z][a-z]* [a-z])")
_CLOSES_SENTENCE = re.compile(r"[.!?…][\"”’']?$")
_LETTER_OPENING = re.compile(r"(?:my\s+)?dear(?:est)?\b|to\s+whom\b|hi\b|hello\b", re.I)
_SIGNED = re.compile(r"[-–—~]{1,2}\s?\w[\w .']{0,30}$|(?:love|yours|sincerely|regards|xoxo)\b[ ,\w]{0,20}$", re.I)
_SPEECH = ('"', "“", "«", "‘")
_LONGEST = 75  # characters a line of verse may have


def apply(draft: Draft) -> Draft:
    """Make a verse node of every stanza."""
    how = layout(draft)
    nodes: list[Node] = []
    remarks: list[Remark] = []
    for group in groups(draft.nodes):
        first = group[0]
        if first.kind or first.hint in ("li", "table", "pre", "img"):
            nodes.extend(group)
            continue
        if len(group) == 1:
            restored = _restore(draft, first)
            if restored:
                nodes.append(restored)
                remarks.append(
                    Remark(
                        "verse-lines-restored",
                        "Runs of blanks stood where the lines of this verse ended.",
                        0,
                        first.spans[0],
                    )
                )
            elif _is_marked_line(first):
                nodes.append(first._replace(kind="verse", detail="line"))
            else:
                nodes.append(first)
        elif _is_stanza(group, how, nodes[-1] if nodes else None):
            nodes.append(join(draft.text, group, "verse"))
        else:
            nodes.extend(group)
    return draft._replace(nodes=_settle_lines(tuple(nodes)), remarks=draft.remarks + tuple(remarks))


def _is_stanza(group: list[Node], how: Layout, before: Node | None) -> bool:
    lines = [node.text for node in group]
    longest = max(map(len, lines))
    count = len(lines)
    if longest > _LONGEST or any(node.kind for node in group):
        return False
    marked = _share(group, _is_italic) >= 0.9 or all(node.hint == "center" for node in group)
    set_in = min(node.indent for node in group) >= how.indent + 4 and how.indent_share < 0.3
    if any(_SIGNED.match(line) for line in lines[1:]) or _LETTER_OPENING.match(lines[0]):
        return False
    if how.follows_on > 0.5 and not how.wrapped and not (marked or set_in):
        return False
    spoken = sum(line.startswith(_SPEECH) for line in lines)
    if spoken >= 1 and spoken * 3 >= count and not marked:
        return False
    if any(_looks_like_chat(line) for line in lines) and not marked:
        return False
    if how.wrapped and longest > how.width * 0.8 and not set_in:
        return False
    capitals = sum(1 for line in lines if _first_letter(line).isupper() or not _first_letter(line))
    sentences = sum(1 for line in lines if _CLOSES_SENTENCE.search(line))
    mean = sum(map(len, lines)) / count
    if marked or set_in:
        return count >= 2 and (mean <= 60)
    if count == 2:
        near_verse = before is not None and before.kind == "verse"
        sung = before is not None and before.text.endswith(":") and bool(SUNG.search(before.text))
        return (near_verse or sung) and mean <= 55 and sentences <= 1
    if longest <= 55 and mean <= 42 and sentences <= 0.4 * count:
        return True  # no editor cuts prose that short
    return capitals >= 0.7 * count and sentences <= 0.4 * count and mean <= 55 and longest <= 2.6 * max(12, mean)


def _restore(draft: Draft, node: Node) -> Node | None:
    """Verse in one line, runs of blanks standing for its line ends."""
    if node.runs and len(node.runs) > 1:
        return None
    text = node.text
    if len(text) < 30 or not (("    " in text) or ("\xa0\xa0\xa0" in text) or "\t" in text):
        return None
    pieces = [piece.strip() for piece in _LOST.split(text) if piece.strip()]
    if len(pieces) < 3 or max(map(len, pieces)) > 110 or sum(map(len, pieces)) / len(pieces) > 70:
        return None
    if sum(1 for piece in pieces if _CLOSES_SENTENCE.search(piece)) > len(pieces) / 2:
        return None
    lines = [line for piece in pieces for line in _LOST_JOIN.split(piece)]
    words = "\n".join(lines)
    marks = node.runs[0].marks if node.runs else ()
    return node._replace(text=words, runs=(Run(words, marks),) if marks else (), kind="verse")


def _is_marked_line(node: Node) -> bool:
    """A short line that is all italics, or one between musical notes: verse when others stand beside it."""
    text = node.text
    if text[0] in "♪♫" or text[-1] in "♪♫":
        return True
    if not node.runs and node.hint != "center":
        return False
    return (
        len(text) <= 60 and (_is_italic(node)) and not text.startswith(_SPEECH) and not text.endswith((".", '?"', '."'))
    )


def _settle_lines(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Single marked lines are verse only where at least two others, or a stanza, stand beside them."""
    settled = list(nodes)
    at = 0
    while at < len(settled):
        run = 0
        while at + run < len(settled) and settled[at + run].kind == "verse" and settled[at + run].detail == "line":
            run += 1
        if not run:
            at += 1
            continue
        beside = [settled[at - 1]] if at else []
        beside += settled[at + run : at + run + 1]
        sure = run >= 3 or settled[at].text[0] in "♪♫" or any(node.kind == "verse" for node in beside)
        for place in range(at, at + run):
            settled[place] = settled[place]._replace(kind="verse" if sure else "", detail="")
        at += run
    return tuple(settled)


def _is_italic(node: Node) -> bool:
    return bool(node.runs) and all("em" in run.marks or not run.text.strip() for run in node.runs)


def _share(group: list[Node], test: Callable[[Node], bool]) -> float:
    return sum(1 for node in group if test(node)) / len(group)


def _first_letter(line: str) -> str:
    return next((letter for letter in line if letter.isalpha()), "")


def _looks_like_chat(line: str) -> bool:
    head, colon, _ = line.partition(":")
    return bool(colon) and 0 < len(head) <= 20 and len(head.split()) <= 2 and head[0].isupper()
