"""Scene breaks: rows of ornaments, rules, `[scene break]`; also those glued to a paragraph.

A wrong cut hurts more than a missed one: a row counts only when nothing but ornament stands in it. What stands at the
edge of a page or chapter is settled later, by `ornaments`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Node, Remark
from ficshelf.passes import headings, rows_again
from ficshelf.passes.nodes import cut
from ficshelf.passes.rows_again import ORNAMENT, framed

_OPENS = ORNAMENT | frozenset(("", *"oO0xXₒ"))  # what a row begins with
_WEAK = frozenset(".…()[]{}<>/\\|:;&$%@^-–—")  # alone and short, these are speech or a slip as often as a break
_SILENCE = re.compile(r"[—–-]{1,2}(?:\.{3,}|…+)")
_LETTERS = re.compile(
    r"(?:[oO0]{1,2}(?:[-~*=_.+|]?[oO0xX]){2,}|[xX](?:[-~*=_.+|]?[xX]){2,}|[-~*=_.+<>|–—°¤•·]+[oO0xX](?:[-~*=_.+<>|oO0xX–—°¤•·]*[-~*=_.+<>|–—°¤•·]))"
)
_NAMED = re.compile(
    r"[^\w\s]*\s*(?:(?:scene|line|page|section)[\s_-]*break|(?:scene|section)[\s_-]+(?:change|divider|"
    r"switch)|time[\s_-]?skip|[xo]{1,3}line[\s_-]?break[xo]{1,3})\s*[^\w\s]*|"
    r"[^\w\s]+\s*(?:break|divider|line|(?:pov|time)\s+(?:change|switch|skip|break))\s*[^\w\s]+|\[hr\]",
    re.I,
)
_MAY_NAME = re.compile(r"reak|chang|switch|divider|skip|\[hr\]", re.I)
_TAG = re.compile(r"\[/?(?:center|b|i|align(?:=\w{1,9})?|size(?:=\w{1,4})?)\]", re.I)  # typed around a row
WORDS = "words"  # the `detail` of a break that says something
_LABELLED = frozenset(":<>")  # what stands behind a label, or in a typed tag: `<b>Note:</b> Set ten years later.`
_RULES = frozenset("-–—=_")
_LAST_ASCII = "\x7f"  # behind it Unicode has arrows, shapes and pictures
_ACCENTS = frozenset("`´¨£¥€¢©®™")  # alone they are slips of a finger, prices and names
_LONGEST_ITEM = 60  # characters of a line of a list, and of what says who tells below a row
_ENDS_TOLD = frozenset('.!?…"”“')  # what a line ends with that tells something
_HEARTS = re.compile(r"(?:</?3\s*)+")
_WORDED = re.compile(
    r"(?:.{1,40}['’]?s?\s+)?(?:p\.?o\.?v\.?|point\s+of\s+view)\b.{0,30}|.{0,40}\b(?:later|earlier|ago|meanwhile|elsewhere|"
    r"flash\s?backs?|flash\s?forward|dream(?:\s+sequence)?|time\s?skip|(?:next|following|that|same)\s+(?:day|night|morning|"
    r"evening|afternoon|week|month|year)|present(?:\s+day)?|rückbl(?:ick|ende)n?|später|zuvor|retour\s+en\s+arrière|"
    r"plus\s+tard|más\s+tarde|después|mais\s+tarde|depois|più\s+tardi|фл[еэ]ш\s?б[еэ]к|спустя|позже)\b"
    r".{0,40}",
    re.I,
)  # what a line of ornament says: who tells, and when
_MOST_WORDS = 9  # of such a line
_GLUED_BEFORE = re.compile(r"([*~=#_+•\-–—]{5,}|[*~#+](?: ?[*~#+=-]){2,}[*~#+]?)\s+(?=[\"“‘'(A-ZÀ-ÖØ-Þ])")
_SHORT_ROWS = frozenset(("***", "~~~", "###", "+++"))
_GLUED_CLOSE = re.compile(r"[*~#+]{3}[\"“A-ZÀ-ÖØ-Þ]")
_GLUED_AFTER = re.compile(r"(?<=[.!?…\"”“’*])\s+([*~=#_+•\-–—]{5,}|[*~#+](?:[ -][*~#+]){2,})$")
_GLUED_BETWEEN = re.compile(r"[.!?…\"”“’]\s+([*~=#_+•\-–—]{5,}|[*~#+](?:[ -][*~#+]){2,})\s+(?=[\"“„‘A-ZÀ-ÖØ-Þ])")
_ROWS = ("****", "~~~~", "----", "====", "____", "####", "++++", "~*~", "*~*", "~+~", "* * *", "~ ~ ~", "# # #")
_LONGEST_ROW = 12  # characters of a line in which nothing stands beside a row
_STARTS = frozenset("*~=#_+•-–—")


def is_break(text: str) -> bool:
    """Whether a line is a scene break, from its own characters alone."""
    if text[:1] == "[" and text[-1:] == "]":
        text = _TAG.sub("", text).strip() or text
    if len(text) > 160:
        return not set(text) - ORNAMENT - {" ", "\t", "\xa0"} and len(set(text)) <= 6
    compact = "".join(text.split())
    kinds = set(compact)
    if kinds <= ORNAMENT:
        if kinds <= _WEAK:
            if _SILENCE.fullmatch(compact):
                return False  # `— ...`: somebody says nothing
            return (len(compact) >= 3 and kinds != {"…"}) or compact in {"--", "——", "––", "—", "<>", "…"}
        return True
    if _LETTERS.fullmatch(compact) or _HEARTS.fullmatch(text) or _is_of_symbols(kinds):
        return True
    return len(text) < 40 and bool(_NAMED.fullmatch(text))


def _is_of_symbols(kinds: set[str]) -> bool:
    """Whether characters are but symbols, of any script or none: flowers, moons, what a telephone offers."""
    return not kinds <= _ACCENTS and all(
        kind in ORNAMENT or (kind > _LAST_ASCII and unicodedata.category(kind)[0] in "SM") for kind in kinds
    )


def apply(draft: Draft) -> Draft:
    """Mark the lines that are scene breaks, and part those that are glued to a paragraph."""
    nodes: list[Node] = []
    remarks: list[Remark] = []
    chrome = list(draft.chrome)
    last = len(draft.nodes) - 1
    long = "\n".join([node.text for node in draft.nodes if len(node.text) > _LONGEST_ROW])
    rows = [row for row in _ROWS if row[0] in long and row in long]
    often = rows_again.find(draft)
    # Rows of three signs that stand alone: where one opens a paragraph it is glued to it, and no mark of a footnote.
    stars = {node.text for node in draft.nodes if len(node.text) == 3 and node.text in _SHORT_ROWS}
    told = False  # whether the story has begun: above it rows frame titles
    for index, node in enumerate(draft.nodes):
        text = node.text
        if node.kind or (node.hint != "hr" and _is_told(text, rows)):
            told = told or (not node.kind and text[-1] in _ENDS_TOLD)
            nodes.append(node)
            continue
        if node.hint == "hr" or (_may_be_break(text) and is_break(text) and not _is_within(draft, index, last, told)):
            nodes.append(node._replace(kind="break"))
            continue
        if text in often:
            says = any(map(str.isalnum, text))
            divides = says or told  # dots above all that is told part nothing
            chrome += () if divides else [Chrome(span, "ornament") for span in node.spans]
            nodes.append(node._replace(kind="break" if divides else "chrome", detail=WORDS if says else ""))
            continue
        if text and text[0] in ORNAMENT and _says_who_or_when(text) and not _is_one_of_many(draft.nodes, index):
            nodes.append(node._replace(kind="break", detail=WORDS))
            continue
        if nodes and nodes[-1].kind == "break" and _is_below_row(nodes, draft, index):
            nodes.append(node._replace(kind="break", detail=WORDS))
            continue
        if (
            text[:3] in _SHORT_ROWS
            and told
            and _is_glued_close(text)
            and (text[:3] in stars or draft.text.count(text[:3]) == 1)
        ):
            row, rest = cut(draft.text, node, 3)
            nodes += [row._replace(kind="break"), rest]
            remarks.append(
                Remark("break-unglued", f"“{text[:3]}” stood in one line with a paragraph.", 0, node.spans[0])
            )
            continue
        told = told or (len(text) > 50 and text[-1] in _ENDS_TOLD)
        if len(text) > _LONGEST_ROW and (rows or text[0] in _STARTS or text[-1] in _STARTS):
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
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), remarks=draft.remarks + tuple(remarks))


def _is_told(text: str, rows: Sequence[str]) -> bool:
    """A quick look: whether a line is a paragraph as most are, that is no row and has none at an edge or within."""
    return (
        len(text) > _LONGEST_ITEM
        and text[0] not in _OPENS
        and text[-1] not in _STARTS
        and not any(map(text.__contains__, rows))
    )


def _is_glued_close(text: str) -> bool:
    """Whether three signs open a paragraph with no blank behind them, and none of the kind stands in it again."""
    return len(text) > _LONGEST_ITEM and _GLUED_CLOSE.match(text) is not None and text.count(text[0]) == len("***")


def _is_below_row(nodes: Sequence[Node], draft: Draft, index: int) -> bool:
    """Whether a line right under a row of ornaments, a blank line below it, says who tells what follows, or when."""
    node = draft.nodes[index]
    if node.gap or nodes[-1].detail or nodes[-1].hint == "hr" or len(node.text) > _LONGEST_ITEM:
        return False
    after = draft.nodes[index + 1] if index + 1 < len(draft.nodes) else None
    if after is None or not (after.gap or after.indent > node.indent) or node.text[-1] in '.,!?…"”’':
        return False
    words = len(node.text.split())
    return words <= _MOST_WORDS and bool(_WORDED.fullmatch(node.text)) and headings.parse(node.text) is None


def _says_who_or_when(text: str) -> bool:
    core = framed(text)[1] or _between_stars(text)
    words = len(core.split())
    if not core or core[-1] in ".!?" or not _LABELLED.isdisjoint(core):
        return False
    if words > (4 if text[0] == "(" else _MOST_WORDS):
        return False
    return bool(_WORDED.fullmatch(core)) and headings.parse(core) is None  # `-Part Two: Meanwhile-`


def _between_stars(text: str) -> str:
    """The words right between two rows of three stars: `***Flashback***`. One star or two are emphasis."""
    core = text[3:-3] if text[:3] == text[-3:] == "***" and len(text) <= _LONGEST_ITEM else ""
    return core.strip() if core[:1].isalnum() and "*" not in core else ""


def _is_one_of_many(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line right above or below stands between the same signs: then they frame verse."""
    node = nodes[index]
    above = nodes[index - 1] if index and node.gap == 0 else None
    below = nodes[index + 1] if index + 1 < len(nodes) and nodes[index + 1].gap == 0 else None
    ends = node.text[0], node.text[-1]
    return any(one is not None and one.text and (one.text[0], one.text[-1]) == ends for one in (above, below))


def _may_be_break(text: str) -> bool:
    return (
        text[:1] in _OPENS
        or (text[:1] > _LAST_ASCII and len(text) < _LONGEST_ITEM and not text[0].isalnum())
        or (len(text) < 30 and _MAY_NAME.search(text) is not None)
        or (text[:1] in ("p", "P") and text[:3].lower() == "pov")
    )


def _is_within(draft: Draft, index: int, last: int, told: bool) -> bool:
    """Whether a row belongs to the lines it stands close to: the kisses under a letter, the rules of a table or box."""
    node = draft.nodes[index]
    before = draft.nodes[index - 1].text if index and node.gap == 0 and not node.page else ""
    after = draft.nodes[index + 1].text if index < last and draft.nodes[index + 1].gap == 0 else ""
    if not before and not after:
        return False
    compact = "".join(node.text.split())
    kinds = set(compact)
    if compact.isalpha():
        return "o" not in compact[0].lower()
    if not told:
        return False
    if before and after and kinds <= _RULES and _is_item(before) and _is_item(after):
        return True  # of a list, a menu or a sign
    if ("|" in before or "|" in after) and not kinds - set("+-=|_:"):
        return any(text.count("|") > 1 for text in (before, after))
    sign = compact[0]
    return any(
        text[:1] == text[-1:] == sign and any(map(str.isalnum, text)) for text in (before, after) if len(text) > 4
    )


def _is_item(text: str) -> bool:
    """Whether a line is one of a list: a few words, and no sentence."""
    return len(text) <= _LONGEST_ITEM and text[-1] not in '.!?…"”’»' and text[0] not in '"“«„'


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
    found = _GLUED_BETWEEN.search(text) if any(map(text.__contains__, rows)) else None
    if found and is_break(found[1]):
        before, rest = cut(layer, node, found.start(1))
        ornament, after = cut(layer, rest, len(found[1]))
        return [before, ornament._replace(kind="break"), after]
    return None
