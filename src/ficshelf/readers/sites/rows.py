"""A box of labels and values, as most archives have one over the story: `Rated: PG`, a row of a table, a `dl`.

The labels are found by their markup and known by what they name, in all languages that headers are read in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from ficshelf.passes import labels
from ficshelf.passes.facts import list_values
from ficshelf.passes.label_lines import completeness
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import LISTS, Plan, date_of, words

LABELS = ".label, b, strong, dt, th, [class*=key], .fic-label, td:first-child, span[class*=label], .key"
_APART = tag_set("div p dd td li blockquote tr")
_COUNTED = re.compile(r"(\d{1,4})\s*(?:/|of|von|sur|de|из)\s*(\d{1,4}|\?)")
_NOTHING = re.compile(r"(?:none|n/a|-+|—|keine|aucun|нет)?\.?", re.IGNORECASE)
_YES = frozenset(("yes", "ja", "oui", "si", "sí", "да", "igen", "sim"))
_NO = frozenset(("no", "nein", "non", "не", "нет", "nem", "nee", "não"))
_DATES = frozenset(("published", "updated"))


class Row(NamedTuple):
    """What stands behind one label, up to the next."""

    label: str
    value: str
    links: list[str]
    date: str  # where the value is a date: that day


def state(box: LexborNode, plan: Plan, within: str = LABELS) -> bool:
    """State what the labels of a box say. All facts have the span of the box; False where it has no known label."""
    rows = columns_of(box) or rows_of(box, within)
    if rows:
        plan.fact("summary", "", box)
        say(rows, box, plan)
    return bool(rows)


def state_line(line: LexborNode, plan: Plan, parting: str, called: dict[str, str] | None = None) -> None:
    """State what a line says whose labels are bare words: `Rating: G - Genres: Humor`, parted by ` - `.

    `parting` is a pattern; `called` has the labels that mean something else on this site.
    """
    plan.fact("summary", "", line)
    pieces = [piece.partition(":") for piece in re.split(parting, words(line))]
    for bare, colon, _ in pieces:
        if not colon and (complete := completeness(bare)) is not None:
            plan.fact("complete", complete, line)
    known = called or {}
    say(
        [
            Row(known.get(label.strip(), label.strip()), value.strip(), [], "")
            for label, colon, value in pieces
            if colon
        ],
        line,
        plan,
    )


def say(rows: list[Row], box: LexborNode, plan: Plan) -> None:
    """Make facts of rows; all have the span of the box."""
    for row in rows:
        known = labels.find(row.label)
        if known is None or _NOTHING.fullmatch(row.value):
            continue
        name = known.names[0]
        if name in LISTS or "relationship" in known.names:
            for value in _values(row):
                merged = {"relationship", "character"} <= set(known.names)
                plan.fact(("relationship" if "/" in value else "character") if merged else name, value, box)
        elif name == "status":
            _status(row.value, plan, box)
        elif name == "chapters":
            if found := _COUNTED.search(row.value):
                plan.fact("complete", found[1] == found[2], box)
        elif name in _DATES:
            plan.fact(name, row.date or row.value, box)
        elif name == "series":
            plan.fact("series", row.links[0] if len(row.links) == 1 else row.value, box)
        elif name in {"title", "author", "summary", "rating", "language", "words", "note", "disclaimer", "spoilers",
                      "beta", "dedication", "archive_permission"}:  # fmt: skip
            plan.fact(name, row.value, box)


def columns_of(table: LexborNode) -> list[Row]:
    """The rows of a table whose first line holds the labels and whose second the values; none for another table."""
    lines = table.css("tr")[:2] if table.tag == "table" else []
    labels_, values = (line.css("th, td") for line in lines) if len(lines) == 2 else ([], [])
    if len(labels_) < 2 or len(labels_) != len(values) or not all(_is_label(words(one)) for one in labels_[:2]):
        return []
    return [
        Row(words(label).rstrip(": "), words(value), [words(link) for link in value.css("a")], "")
        for label, value in zip(labels_, values, strict=True)
    ]


def rows_of(box: LexborNode, within: str = LABELS) -> list[Row]:
    """The rows of a box, in its order. A label is an element of those `within` whose words are a label we know."""
    found = {node.mem_id for node in box.css(within) if _is_label(words(node))}
    if not found:
        return []
    rows: list[Row] = []
    label, date = "", ""
    value: list[str] = []
    links: list[str] = []
    for node, enters in _steps(box, found):
        tag = node.tag or ""
        if node.mem_id in found:
            if label:
                rows.append(_row(label, value, links, date))
            label, value, links, date = words(node), [], [], ""
        elif not enters:
            value.append("\n\n" if tag in {"p", "blockquote"} else "\n" if tag in _APART else "")
        elif tag == "-text":
            value.append(" ".join(f"\0{node.text_content}\0".split()).replace("\0", " "))
        elif tag == "br":
            value.append("\n")
        elif tag == "a":
            links.append(words(node))
        elif tag in {"time", "abbr"} or "data-xutime" in node.attributes or "unixtime" in node.attributes:
            date = date or date_of(node)
        elif tag in _APART:
            value.append("\n\n" if tag in {"p", "blockquote"} else "\n")
    if label:
        rows.append(_row(label, value, links, date))
    return rows


def _steps(box: LexborNode, closed: set[int]) -> Iterator[tuple[LexborNode, bool]]:
    """All nodes of a box in order, as they begin and as they end; what is in `closed` is not entered."""
    node, end = box.first_child, box.mem_id
    while node is not None:
        yield node, True
        down = node.first_child if node.mem_id not in closed and node.tag != "select" else None
        if down is not None:
            node = down
            continue
        while node.next is None:
            above = node.parent
            if above is None or above.mem_id == end:
                return
            node = above
            yield node, False
        node = node.next


def _is_label(said: str) -> bool:
    bare = said.rstrip(": ")
    return 0 < len(bare) <= labels.LONGEST and (said != bare or labels.find(bare) is not None) and bare[0].isalpha()


def _row(label: str, value: list[str], links: list[str], date: str) -> Row:
    lines = [" ".join(line.split()) for line in "".join(value).split("\n")]
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(" \n|-–•·:").strip()
    said = re.sub(r"\s*(?:\[(?:Report This|Report|Reviews?[^\]]*)\]|[•|·]\s*\d+\s+Reviews?)$", "", said)
    return Row(label.rstrip(": "), said, [link for link in links if link], date)


def _values(row: Row) -> list[str]:
    """The values of a list: its links, where it is made of links alone, since a tag may hold a comma."""
    left = row.value
    for link in row.links:
        left = left.replace(link, "", 1)
    if row.links and not re.sub(r"\band\b|\bund\b|\bet\b", "", left).strip(" \n,;/|&•·»>-"):
        return list(dict.fromkeys(row.links))
    return list_values(row.value.replace("\n", ", "))


def _status(value: str, plan: Plan, box: LexborNode) -> None:
    low = value.strip(" .!").lower()
    complete = True if low in _YES else False if low in _NO else completeness(value)
    if low not in _YES | _NO:
        plan.fact("status", value, box)
    if complete is not None:
        plan.fact("complete", complete, box)
