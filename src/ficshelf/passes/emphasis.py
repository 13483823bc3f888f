"""Emphasis as it is typed: `*so*`, `_so_`, `/so/`, `**so**`, `<i>so</i>`. The signs go, the meaning stays as a mark."""

from __future__ import annotations

import re

from ficshelf.model import MARKS, Draft, Node, Run
from ficshelf.passes.nodes import join_runs, plain

_TYPED = re.compile(
    r"(?<![\w*])\*\*\*(?=[^\s*])(?P<both>[^*\n]{1,400}?)(?<=[^\s*])\*\*\*(?![\w*])"
    r"|(?<![\w*])\*\*(?=[^\s*])(?P<strong>[^*\n]{1,400}?)(?<=[^\s*])\*\*(?![\w*])"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<bar>[^_\n]{1,400}?)(?<=[^\s_])_(?![\w_])"
    r"|(?<![\w/<:.~])/(?=[A-Za-z'‘’“\"])(?P<slash>[^/\n<>]{2,300}?)(?<=[\w.!?,'’”\"…-])/(?![\w/>])"
    r"|<(?P<tag>i|em|b|strong|u|s|strike)>(?P<tagged>[^<\n]{1,600}?)</(?P=tag)>",
    re.I,
)
_WHOLE = re.compile(r"(\*{1,2}|_)(?=\w)[^*_]+(?<=[\w.!?)])\1")
_TAG_MARK = {
    "i": "em",
    "em": "em",
    "b": "strong",
    "strong": "strong",
    "u": "underline",
    "s": "strike",
    "strike": "strike",
}
_KINDS = frozenset({"", "note", "verse", "quote", "paragraph", "list"})


def apply(draft: Draft) -> Draft:
    """Make runs of typed emphasis."""
    if not _has_signs(draft.text):
        return draft
    nodes = [_emphasise(node) if _has_signs(node.text) and _may_be_typed(node) else node for node in draft.nodes]
    return draft._replace(nodes=tuple(nodes))


def _has_signs(text: str) -> bool:
    return "*" in text or "_" in text or "/" in text or "<" in text


def _may_be_typed(node: Node) -> bool:
    """Ornaments around a heading are not emphasis; signs around the whole of it are."""
    if node.kind == "heading":
        return bool(_WHOLE.fullmatch(node.text))
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
    made: list[Run] = []
    begin = 0
    for found in _TYPED.finditer(run.text):
        said = found[found.lastgroup or 0]
        typed = {"em"}
        if found["both"]:
            typed = {"em", "strong"}
        elif found["strong"]:
            typed = {"strong"}
        elif found["tag"]:
            typed, said = {_TAG_MARK[found["tag"].lower()]}, found["tagged"]
        if found["slash"] and not _is_slash_emphasis(found["slash"]):
            continue
        if found.start() > begin:
            made.append(run._replace(text=run.text[begin : found.start()]))
        marks = tuple(one for one in MARKS if one in typed or one in run.marks)
        made.append(run._replace(text=said, marks=marks))
        begin = found.end()
    if begin < len(run.text):
        made.append(run._replace(text=run.text[begin:]))
    return made or [run]


def _is_slash_emphasis(said: str) -> bool:
    """`/so/`, not a path, a date or a pairing."""
    return not any(character.isdigit() for character in said) and "  " not in said
