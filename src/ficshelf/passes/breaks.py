"""Scene breaks: rows of ornaments, rules, `[scene break]`; also those glued to a paragraph.

A wrong cut hurts more than a missed one: a row counts only when nothing but ornament stands in it. What stands at the
edge of a page or chapter is settled later, by `ornaments`.
"""

from __future__ import annotations

import re

from ficshelf.model import Draft, Node, Remark
from ficshelf.passes.nodes import cut

_ORNAMENT = frozenset("*~-_=#+.•·∙●○◊◇◆♦♥♡❤❦❧☙❀✿✾§†‡¤°¨<>^%@|/\\:;&$«»–—―─━═▬■□▪▫★☆✦✧✩✪✶✻❄ₒ…⁂※†¶~⸻⁓〜～＊＊・×()[]{}")
_WEAK = frozenset(".…()[]{}<>/\\|:;&$%@^-–—")  # alone and short, these are speech or a slip as often as a break
_LETTERS = re.compile(
    r"(?:[oO0]{1,2}(?:[-~*=_.+|]?[oO0xX]){2,}|[xX](?:[-~*=_.+|]?[xX]){2,}|[-~*=_.+<>|]+[oO0xX](?:[-~*=_.+<>|oO0xX]*[-~*=_.+<>|]))"
)
_NAMED = re.compile(
    r"[^\w\s]*\s*(?:(?:scene|line|page|section)[\s_-]*break|(?:scene|section)[\s_-]+(?:change|divider|"
    r"switch))\s*[^\w\s]*|[^\w\s]+\s*(?:break|divider|(?:pov|time)\s+(?:change|switch|skip|break))\s*[^\w\s]+",
    re.I,
)
_GLUED_BEFORE = re.compile(r"([*~=#_+•\-–—]{5,}|[*~#+](?:[ -]?[*~#+=-]){2,}[*~#+]?)\s+(?=[\"“‘'(A-ZÀ-ÖØ-Þ])")
_GLUED_AFTER = re.compile(r"(?<=[.!?…\"”’*])\s+([*~=#_+•\-–—]{5,}|[*~#+](?:[ -][*~#+]){2,})$")
_GLUED_BETWEEN = re.compile(r"[.!?…\"”’]\s+([*~=#_+•\-–—]{5,}|[*~#+](?:[ -][*~#+]){2,})\s+(?=[\"“‘A-ZÀ-ÖØ-Þ])")
_ROWS = ("****", "~~~~", "----", "====", "____", "####", "++++", "~*~", "*~*", "~+~", "* * *", "~ ~ ~", "# # #")
_STARTS = frozenset("*~=#_+•-–—")


def is_break(text: str) -> bool:
    """Whether a line is a scene break, from its own characters alone."""
    if len(text) > 160:
        return not set(text) - _ORNAMENT - {" ", "\t", "\xa0"} and len(set(text)) <= 6
    compact = "".join(text.split())
    kinds = set(compact)
    if kinds <= _ORNAMENT:
        if kinds <= _WEAK:
            return (len(compact) >= 3 and kinds != {"…"}) or compact in {"--", "——", "––", "—", "<>", "…"}
        return True
    if _LETTERS.fullmatch(compact):
        return True
    return len(text) < 40 and bool(_NAMED.fullmatch(text))


def apply(draft: Draft) -> Draft:
    """Mark the lines that are scene breaks, and part those that are glued to a paragraph."""
    nodes: list[Node] = []
    remarks: list[Remark] = []
    last = len(draft.nodes) - 1
    rows = [row for row in _ROWS if row[0] in draft.text and row in draft.text]
    for index, node in enumerate(draft.nodes):
        if node.kind:
            nodes.append(node)
            continue
        text = node.text
        if node.hint == "hr" or (_may_be_break(text) and is_break(text) and not _is_kisses(draft, index, last)):
            nodes.append(node._replace(kind="break"))
            continue
        if len(text) > 12:
            parts = _unglue(draft.text, node, rows)
            if parts:
                nodes.extend(parts)
                ornament = next(part for part in parts if part.kind == "break")
                where = ornament.spans[0] if ornament.spans else node.spans[0]
                remarks.append(
                    Remark("break-unglued", f"“{ornament.text[:40]}” stood in one line with a paragraph.", 0, where)
                )
                continue
        nodes.append(node)
    return draft._replace(nodes=tuple(nodes), remarks=draft.remarks + tuple(remarks))


def _may_be_break(text: str) -> bool:
    first = text[0] if text else ""
    return (
        first in _ORNAMENT
        or first in "oO0xXₒ"
        or (len(text) < 30 and "reak" in text.lower())
        or text[:3].lower() == "pov"
    )


def _is_kisses(draft: Draft, index: int, last: int) -> bool:
    """`xxx` or `xoxo` right under a line is how a letter ends."""
    node = draft.nodes[index]
    compact = "".join(node.text.split())
    if not compact.isalpha() or "o" in compact[0].lower():
        return False
    follows_on = node.gap == 0 and index > 0 and not node.page
    followed = index < last and draft.nodes[index + 1].gap == 0
    return follows_on or followed


def _unglue(layer: str, node: Node, rows: list[str]) -> list[Node] | None:
    text = node.text
    if text[0] in _STARTS:
        found = _GLUED_BEFORE.match(text)
        if found and is_break(found[1]) and len(text) - found.end() > 15 and not text.endswith(found[1]):
            ornament, rest = cut(layer, node, found.end())
            return [ornament._replace(kind="break"), rest]
    if text[-1] in _STARTS:
        found = _GLUED_AFTER.search(text, max(0, len(text) - 160))
        if found and is_break(found[1]) and found.start() > 15 and not text.startswith(found[1]):
            before, ornament = cut(layer, node, found.start(1))
            return [before, ornament._replace(kind="break")]
    found = _GLUED_BETWEEN.search(text) if any(row in text for row in rows) else None
    if found and is_break(found[1]):
        before, rest = cut(layer, node, found.start(1))
        ornament, after = cut(layer, rest, len(found[1]))
        return [before, ornament._replace(kind="break"), after]
    return None
