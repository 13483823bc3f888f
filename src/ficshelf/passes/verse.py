"""Verse: lyrics and poems. Short lines that stand together where the prose around them does not, lines in italics or
centred, and verse whose line ends were lost and left runs of blanks behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

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
_LONGEST_CLOSE = 100  # and where nothing but verse can stand so close


def apply(draft: Draft) -> Draft:
    """Make a verse node of every stanza."""
    how = layout(draft)
    poem = _is_poem(draft.nodes, how)
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
        elif poem or _is_stanza(group, how, nodes[-1] if nodes else None):
            nodes.append(join(draft.text, group, "verse"))
        else:
            nodes.extend(group)
    return draft._replace(nodes=_settle_lines(tuple(nodes)), remarks=draft.remarks + tuple(remarks))


def _is_stanza(group: list[Node], how: Layout, before: Node | None) -> bool:
    lines = [node.text for node in group]
    longest = max(map(len, lines))
    count = len(lines)
    close = not how.wrapped and how.follows_on < 0.3  # prose of one line a paragraph: lines together are no prose
    if longest > (_LONGEST_CLOSE if close else _LONGEST) or any(node.kind for node in group):
        return False
    marked = _share(group, _is_italic) >= 0.9 or all(node.hint == "center" for node in group)
    set_in = _is_set_in(group, how, before)
    if any(_SIGNED.match(line) for line in lines[1:]) or _LETTER_OPENING.match(lines[0]):
        return False
    if _is_between_signs(lines):
        return True
    if how.follows_on > 0.5 and not how.wrapped and not (marked or set_in):
        return False
    spoken = sum(line.startswith(_SPEECH) and bool(_CLOSES_SENTENCE.search(line)) for line in lines)
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
    if close and capitals == count >= 3 and sentences <= 0.4 * count:
        return True
    if close and capitals == count >= 4 and longest <= min(_LONGEST, 1.6 * min(map(len, lines))):
        return sentences <= 0.75 * count  # lines of one measure
    return capitals >= 0.7 * count and sentences <= 0.4 * count and mean <= 55 and longest <= 2.6 * max(12, mean)


def _is_set_in(group: list[Node], how: Layout, before: Node | None) -> bool:
    """Whether lines stand further in than the prose, or the prose begins further in than they do; cut prose fills its
    lines also there."""
    least = min(node.indent for node in group)
    lengths = [len(node.text) for node in group]
    if len(group) >= 3 and min(lengths[:-1]) > 0.85 * max(lengths) and max(lengths) > 45:
        return False
    if least >= how.indent + 4 and how.indent_share < 0.3:
        return True
    if before is not None and least >= max(before.indent, how.base) + 4 and not before.kind:
        return True
    if how.indent >= 2 and how.follows_on > 0.5 and len(group) >= 3 and group[0].gap and max(lengths) <= 60:
        closed = sum(1 for node in group if _CLOSES_SENTENCE.search(node.text))
        return max(node.indent for node in group) < how.indent - 1 and closed <= 0.5 * len(group)
    return False


def _is_between_signs(lines: list[str]) -> bool:
    """Whether one sign opens the first line and closes the last: `/Down by the river … deep/`."""
    sign = lines[0][0]
    return sign in "/~#♪♫*_" and lines[-1][-1] == sign and len(lines[0]) > 3 and sum(map(len, lines)) <= 60 * len(lines)


def _is_poem(nodes: Sequence[Node], how: Layout) -> bool:
    """Whether the whole text is verse: short lines, many of which end within a sentence though no width cuts them."""
    lines = [node.text for node in nodes if not node.kind]
    together = sum(1 for node in nodes if not node.kind and node.gap == 0)
    if how.wrapped or len(lines) < 6 or max(map(len, lines)) > 70 or together * 2 < len(lines):
        return False
    open_ended = sum(1 for line in lines if line[-1] not in '.!?…"”’*:')
    stanzas = {len(group) for group in groups(nodes) if not group[0].kind}
    alike = len(stanzas) == 1 and min(stanzas) >= 3 and len(lines) >= 2 * min(stanzas)
    return open_ended >= (0.15 if alike else 0.3) * len(lines) and sum(
        1 for line in lines if line.startswith(_SPEECH)
    ) * 4 <= len(lines)


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
