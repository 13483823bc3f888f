"""Records of archives: what the rows of a dump or a catalogue say of a story, a person, a series or a page.

The text layer has a line for each value, behind the name of its column (`stories.title: The Long Way`). Values that are
markup are read as pages are, without their furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from ficshelf import record
from ficshelf.model import (
    FACT_NAMES,
    Block,
    Chrome,
    Draft,
    Fact,
    Node,
    Recorded,
    RecordedPart,
    Remark,
    Review,
    Run,
    Span,
)
from ficshelf.readers import flatten, lines_as_blocks, unread
from ficshelf.readers.walk import walk
from ficshelf.record import Field, Record
from ficshelf.sources import limits

_LABEL = "the archive's own name for it"
_KEPT = "kept by the archive, and not shown"
_MARKUP = re.compile(r"<[/a-zA-Z!]|&#?\w{1,30};")


def sure(data: bytes, path: str) -> float:
    """1 for a record: nothing else begins so."""
    return float(data.startswith(record.MARK))


def read(data: bytes, path: str) -> Draft:
    """Read a record. One that is damaged or too large is kept unread, with a remark."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    try:
        found = record.unpack(data)
    except ValueError as error:
        return Draft("", (), remarks=(Remark("damaged", f"This record cannot be read: {error}."),))
    return _Reader().run(found)


class _Value(NamedTuple):
    """A value as the text layer has it."""

    text: str
    span: Span
    nodes: tuple[Node, ...]


class _Reader:
    """The text layer so far, and what it is."""

    def __init__(self) -> None:
        self.layer: list[str] = []
        self.length = 0
        self.chrome: list[Chrome] = []

    def run(self, found: Record) -> Draft:
        facts: dict[str, list[Fact]] = {}
        told: list[tuple[str, str, str]] = []
        blocks: list[Block] = []
        name = ""
        for field in found.fields:
            value = self.value(field)
            if not value.text:
                continue
            if found.kind == "story" and field.name in FACT_NAMES:
                said = value.text.casefold() == "true" if field.name == "complete" else value.text
                facts.setdefault(field.name, []).append(Fact(said, spans=(value.span,)))
            elif found.kind != "story" and field.name in ("about", "summary", "text", "row"):
                blocks += self.blocks(value, "paragraph")
            elif found.kind != "story" and field.name in ("name", "title") and not name:
                name = value.text
                self.aside(value, field.name)
            else:
                self.aside(value, field.name)
                if field.name and found.kind != "story":
                    told.append((field.name, value.text, field.column))
        parts = tuple(self.part(one, place, found, facts) for place, one in enumerate(found.parts, 1))
        reviews = tuple(self.review(one) for one in found.reviews)
        if found.kind == "story":
            name = str(facts["title"][0].value) if "title" in facts else ""
        recorded = Recorded(
            kind=found.kind,
            key=found.key,
            program=found.program,
            parts=parts,
            reviews=reviews,
            addresses=tuple((one.path, one.chapter) for one in found.addresses),
            visibility=found.visibility,
            name=name,
            told=tuple(told),
            blocks=tuple(blocks),
            members=tuple((one.key, one.place) for one in found.members),
            rows=tuple(found.rows.items()),
        )
        remarks = tuple(Remark(one.kind, one.text) for one in found.remarks)
        text = "".join(self.layer)
        sides = self.chrome if found.kind == "story" else [Chrome(Span(0, len(text)), f"a record: {found.kind}")]
        return Draft(
            text,
            (),
            {one: tuple(values) for one, values in facts.items()},
            tuple(sides),
            remarks,
            encoding="utf-8",
            record=recorded,
        )

    def part(self, one: record.Part, place: int, found: Record, facts: dict[str, list[Fact]]) -> RecordedPart:
        heading: Block | None = None
        before: list[Block] = []
        after: list[Block] = []
        for field in one.fields:
            value = self.value(field, f"chapter {place} ")
            if not value.text:
                continue
            if field.name == "title" and heading is None:
                heading = Block("heading", (Run(value.text),), (value.span,))
            elif field.name == "note":
                before += self.blocks(value, "note")
            elif field.name == "endnote":
                after += self.blocks(value, "note")
            elif field.name == "author" and not any(fact.value == value.text for fact in facts.get("author", ())):
                facts.setdefault("author", []).append(Fact(value.text, spans=(value.span,)))
            else:
                self.aside(value, field.name)
        number = one.number if one.number is not None or len(found.parts) == 1 else place
        return RecordedPart(one.path, number, heading, tuple(before), tuple(after), one.missing, one.whole, one.copies)

    def review(self, said: record.Said) -> Review:
        told: dict[str, str] = {}
        blocks: list[Block] = []
        reply: list[Block] = []
        for field in said.fields:
            value = self.value(field)
            if field.name in ("text", "reply"):
                (blocks if field.name == "text" else reply).extend(self.blocks(value, "paragraph"))
            elif value.text:
                told.setdefault(field.name, value.text)
                self.aside(value, field.name)
        return Review(
            told.get("reviewer", ""),
            tuple(blocks),
            said.chapter,
            told.get("date", ""),
            told.get("rating", ""),
            tuple(reply),
            told.get("replied", ""),
            said.answers,
        )

    def value(self, field: Field, where: str = "") -> _Value:
        """Write a value into the text layer, behind its column's name."""
        if column := field.column or field.name:
            label = f"{where}{column}: "
            self.write(label, Chrome(Span(self.length, self.length + len(label)), _LABEL))
        start = self.length
        nodes, text = _nodes(field)
        shifted = tuple(
            node._replace(spans=tuple(Span(span.start + start, span.end + start) for span in node.spans))
            for node in nodes
        )
        self.write(text)
        value = _Value("\n".join(node.text for node in nodes).strip(), Span(start, self.length), shifted)
        self.write("\n")
        return value

    def write(self, text: str, chrome: Chrome | None = None) -> None:
        self.layer.append(text)
        self.length += len(text)
        if chrome is not None:
            self.chrome.append(chrome)

    def aside(self, value: _Value, name: str) -> None:
        """A value that is no block and no fact."""
        self.chrome.append(Chrome(value.span, name or _KEPT))

    def blocks(self, value: _Value, kind: str) -> tuple[Block, ...]:
        """A value as blocks."""
        return lines_as_blocks.blocks(value.nodes, kind)


def _nodes(field: Field) -> tuple[Sequence[Node], str]:
    """The lines of a value with their spans in it, and the text that these count."""
    if field.markup and _MARKUP.search(field.value):
        html, _ = _flat(field.value)
        root = LexborHTMLParser(html).root
        if root is not None:
            page = walk(root, {})
            return page.nodes, page.text
    nodes: list[Node] = []
    text = field.value.replace("\r\n", "\n").replace("\r", "\n")
    start = gap = 0
    for line in text.split("\n"):
        if said := line.strip():
            at = start + line.index(said[0])
            nodes.append(Node(said, (Span(at, at + len(said)),), gap=gap))
        gap = 0 if said else gap + 1
        start += len(line) + 1
    return nodes, text


def _flat(html: str) -> tuple[str, bool]:
    """The markup within its bounds; without any where it has more elements than anybody writes."""
    try:
        return flatten.flatten(html)
    except flatten.TooManyError:
        return html.replace("<", "&lt;"), True
