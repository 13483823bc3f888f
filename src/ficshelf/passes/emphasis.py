"""Emphasis as it is typed: `*so*`, `_so_`, `/so/`, `**so**`, `<i>so</i>`, `[i]so[/i]`. The signs go, the meaning stays
as a mark. Signs stand at the edges of words: `and/or`, `5*3`, `file_name` and a footnote's star are no emphasis.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.model import MARKS, Draft, Node, Run
from ficshelf.passes.nodes import cut_runs, join_runs, plain, strip_runs

_SIGN = re.compile(  # one class in front, so that the search passes over all letters that begin no sign
    r"[*_/<\[](?:(?<=\*)\**|(?<=_)_*|(?<=/)/*|(?<=<)(?P<shut>/?)(?P<tag>i|em|b|strong|u|s|strike)>|"
    r"(?<=\[)(?P<closed>/?)(?P<code>i|em|italic|b|strong|bold|u|underline|s|strike)\])",
    re.I,
)
_MARKS: dict[str, frozenset[str]] = {
    "*": frozenset(["em"]), "**": frozenset(["strong"]), "***": frozenset(["em", "strong"]),
    "_": frozenset(["em"]), "__": frozenset(["strong"]), "/": frozenset(["em"]),
    "i": frozenset(["em"]), "em": frozenset(["em"]), "italic": frozenset(["em"]),
    "b": frozenset(["strong"]), "strong": frozenset(["strong"]), "bold": frozenset(["strong"]),
    "u": frozenset(["underline"]), "underline": frozenset(["underline"]),
    "s": frozenset(["strike"]), "strike": frozenset(["strike"]),
}  # fmt: skip
_WHOLE = re.compile(r"(\*{1,2}|_)(?=\w)[^*_]+(?<=[\w.!?)])\1")
_KINDS = frozenset({"", "note", "verse", "quote", "paragraph", "list"})
_NOT_BEFORE = frozenset("<>^=@\\~:;%&|+")  # faces and paths, where they stand before an opening sign
_OPENS_BAR = frozenset("\"'“‘„«(¿¡[.…*/<")  # what may follow an opening `_`, besides letters
_LONGEST = 600  # characters between two signs
_FARTHEST = 60  # paragraphs that a typed tag may go over


class _Sign(NamedTuple):
    """A sign of emphasis, and whether it may open or close by what stands around it."""

    name: str
    start: int
    end: int
    opens: bool
    closes: bool


class _Pair(NamedTuple):
    """Two signs that belong together, by their places in the text."""

    start: int
    said: int
    said_end: int
    end: int
    marks: frozenset[str]


def apply(draft: Draft) -> Draft:
    """Make runs of typed emphasis."""
    if not _has_signs(draft.text):
        return draft
    nodes = list(draft.nodes)
    if ("[" in draft.text and "[/" in draft.text) or ("<" in draft.text and "</" in draft.text):  # one sign is quick
        _over_paragraphs(nodes)
    for index, node in enumerate(nodes):
        text = node.text
        if ("*" in text or "_" in text or "/" in text) and _may_be_typed(node):
            nodes[index] = _emphasise(node)
    return draft._replace(nodes=tuple(nodes))


def _has_signs(text: str) -> bool:
    return "*" in text or "_" in text or "/" in text


def _may_be_typed(node: Node) -> bool:
    """Ornaments around a heading are not emphasis; signs and tags around the whole of it are."""
    if node.kind == "heading":
        return node.text[0] in "<[" or bool(_WHOLE.fullmatch(node.text))
    return node.kind in _KINDS and node.hint not in ("pre", "img")


def _emphasise(node: Node) -> Node:
    runs: list[Run] = []
    for run in node.as_runs():
        if "code" in run.marks or run.link or not _has_signs(run.text):
            runs.append(run)
        else:
            runs.extend(_typed(run))
    if tuple(runs) == node.as_runs():
        return node
    return node._replace(text=plain(runs), runs=join_runs(runs))


def _typed(run: Run) -> list[Run]:
    """The runs that a run falls into, without its signs."""
    pairs = _pairs(run.text)
    if not pairs:
        return [run]
    edges: list[tuple[int, int, frozenset[str], bool]] = []  # where a sign stands, what it starts or ends
    for pair in pairs:
        edges.append((pair.start, pair.said, pair.marks, True))
        edges.append((pair.said_end, pair.end, pair.marks, False))
    made: list[Run] = []
    open_now = dict.fromkeys(MARKS, 0)
    begin = opened = 0
    for start, end, names, opens in sorted(edges, key=lambda edge: edge[:2]):
        if start > begin:
            marks = tuple([mark for mark in MARKS if open_now[mark] or mark in run.marks]) if opened else run.marks
            made.append(Run(run.text[begin:start], marks, run.link))
        change = 1 if opens else -1
        for name in names:
            open_now[name] += change
        opened += change
        begin = end
    if begin < len(run.text):
        made.append(Run(run.text[begin:], run.marks, run.link))
    return made


def _pairs(text: str) -> list[_Pair]:
    """Signs that belong together, each opening one with the next of its kind that closes; pairs may lie in pairs."""
    pairs: list[_Pair] = []
    waiting: list[_Sign] = []
    count: dict[str, int] = {}
    for sign in _signs(text):
        if sign.closes and count.get(sign.name):
            while True:
                opening = waiting.pop()
                count[opening.name] -= 1
                if opening.name == sign.name:
                    break
            if _is_emphasis(opening, sign, text):
                pairs.append(_Pair(opening.start, opening.end, sign.start, sign.end, _MARKS[sign.name]))
                continue
        if sign.opens:
            waiting.append(sign)
            count[sign.name] = count.get(sign.name, 0) + 1
    return pairs


def _signs(text: str) -> list[_Sign]:
    signs = []
    for found in _SIGN.finditer(text):
        start, end = found.span()
        if tag := found["tag"] or found["code"]:
            closing = bool(found["shut"] or found["closed"])
            signs.append(_Sign(tag.lower(), start, end, not closing, closing))
            continue
        name = found[0]
        if name not in _MARKS:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        opens = bool(after) and not after.isspace() and not before.isalnum() and before not in _NOT_BEFORE
        closes = bool(before) and not before.isspace() and not after.isalnum()
        if after == "." and text[end + 1 : end + 2].isalnum():
            closes = False  # a file's name
        if name[0] == "_":
            opens = opens and (after.isalnum() or after in _OPENS_BAR)
        elif name == "/":
            opens = opens and before not in ("/", ".") and (after.isalpha() or after in "'‘’“\"")
            ends = before.isalnum() or before in ".!?,;'’”\"…-_*" or (before == ":" and after in ("", "\n"))
            closes = closes and ends and after not in ("/", ">")
        signs.append(_Sign(name, start, end, opens, closes))
    return signs


def _is_emphasis(opening: _Sign, closing: _Sign, text: str) -> bool:
    """Whether something is said between two signs. A path, a date, a pairing, a face is not."""
    length = closing.start - opening.end
    if opening.name.isalpha():
        return length > 0
    said = text[opening.end : closing.start] if length <= _LONGEST else ""
    if opening.name == "/" and (
        length < 2 or "  " in said or "\n" in said or "/" in said or (" " not in said and any(map(str.isdigit, said)))
    ):
        return False
    return any(character.isalnum() for character in said)


def _over_paragraphs(nodes: list[Node]) -> None:
    """A typed tag that opens in one paragraph and closes in a later one marks all between them."""
    opened: dict[str, tuple[int, int]] = {}  # where each tag that is still open stands: its node, its place in the text
    for index, node in enumerate(nodes):
        if node.kind == "heading" or node.page:
            opened.clear()
        if "/" not in node.text and "<" not in node.text and "[" not in node.text:
            continue
        if not _may_be_typed(node) or len(node.runs) > 1 or (node.runs and node.runs[0].link):
            continue
        tags = [sign for sign in _signs(node.text) if sign.name.isalpha()]
        if not tags:
            continue
        within: dict[str, list[int]] = {}
        closed = ""
        for tag in tags:
            if tag.opens:
                within.setdefault(tag.name, []).append(tag.start)
            elif within.get(tag.name):
                within[tag.name].pop()
            elif not closed and tag.name in opened:
                closed = tag.name
                first, place = opened.pop(closed)
                if index - first <= _FARTHEST:
                    _mark_over(nodes, first, place, index, tag.start, closed)
        if not closed:
            opened |= {name: (index, places[-1]) for name, places in within.items() if places}


def _mark_over(nodes: list[Node], first: int, place: int, last: int, stop: int, name: str) -> None:
    """Mark what stands between the tag at `place` of one node and the closing one at `stop` of a later node."""
    for index in range(first, last + 1):
        node = nodes[index]
        if node.kind not in _KINDS:
            continue
        tag, closing = len(_tag_at(node.text, place)), len(_tag_at(node.text, stop))
        said = node.as_runs()
        before: tuple[Run, ...] = ()
        behind: tuple[Run, ...] = ()
        if index == last:
            said, behind = cut_runs(said, stop)
            behind = cut_runs(behind, closing)[1]
        if index == first:
            before, said = cut_runs(said, place)
            said = cut_runs(said, tag)[1]
        marked = tuple(
            run._replace(marks=tuple(mark for mark in MARKS if mark in _MARKS[name] or mark in run.marks))
            for run in said
        )
        runs = strip_runs((*before, *marked, *behind))
        if runs:
            nodes[index] = node._replace(text=plain(runs), runs=join_runs(runs))


def _tag_at(text: str, place: int) -> str:
    found = _SIGN.match(text, place)
    return found[0] if found else ""
