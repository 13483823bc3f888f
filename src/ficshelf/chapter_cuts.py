"""A draft's nodes cut into chapters, and its nodes as blocks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ficshelf.model import Block, Chapter, Draft, Node, Remark, Run, Span
from ficshelf.passes import headings

STORY = frozenset({"paragraph", "verse", "quote", "list", "table", "preformatted", "image"})
_HINT_KINDS = {"li": "list", "pre": "preformatted", "table": "table", "img": "image", "blockquote": "quote"}
_ROWS = frozenset({"list", "table", "preformatted"})  # of which neighbours make one block
_NOT_BLOCKS = frozenset({"fact", "chrome"})

_new = tuple.__new__  # a named tuple made at once: a story has a block and a run for every paragraph


def chapters(draft: Draft, index: int, remarks: list[Remark]) -> Iterator[Chapter]:
    """Cut a draft's nodes into chapters: headings that stand together, and pages that begin one, each open one."""
    lost = {remark.span for remark in draft.remarks if remark.kind == "heading-lost"}
    opened: list[Node] = []  # headings of the chapter at hand
    blocks: list[Block] = []
    has_story = False
    for node in draft.nodes:
        kind = node.kind
        if kind in _NOT_BLOCKS:
            continue
        opens = kind == "heading" and (
            has_story or (blocks and (blocks[-1].kind == "end" or (opened and _is_another(opened, node, blocks[-1]))))
        )
        if opens or (node.page and has_story and not lost.isdisjoint(node.spans)):
            yield _chapter(opened, blocks, remarks)
            opened, blocks, has_story = [], [], False
        block = _block(node, index)
        if kind == "heading":
            opened.append(node)
        blocks.append(block)
        if not has_story:
            has_story = block.kind in STORY and (block.kind != "image" or bool(opened))  # a picture on top is none
    if blocks or opened:
        yield _chapter(opened, blocks, remarks)


def _is_another(opened: list[Node], node: Node, last: Block) -> bool:
    """A chapter may hold nothing but a note: the next number under it opens another one."""
    here, after = headings.unpack(opened[-1].detail), headings.unpack(node.detail)
    return last.kind == "note" and None not in (here.number, after.number) and here.number != after.number


def _chapter(opened: list[Node], blocks: list[Block], remarks: list[Remark]) -> Chapter:
    found = [headings.unpack(node.detail) for node in opened]
    top = max((heading.level for heading in found if heading.number is not None), default=0)
    numbered = [heading for heading in found if heading.number is not None and heading.level == top]
    number = numbered[0].number if numbered else None
    title = _title(found, top)
    if len({heading.number for heading in numbered}) > 1:
        said = "; ".join(node.text for node in opened)
        spans = opened[0].spans
        remarks.append(Remark("headings-disagree", f"They say: {said}", 0, spans[0] if spans else Span(0, 0)))
    return Chapter(number, title, tuple(_joined(blocks)))


def _title(found: list[headings.Heading], top: int) -> str | None:
    """The first title; but that of a book or part (`Book 2 - Salt`) only where the chapter under it has none."""
    titled = [heading for heading in found if heading.title]
    own = (heading.title for heading in titled if heading.number is None or heading.level == top)
    return next(own, titled[0].title if titled else None)


def _block(node: Node, index: int) -> Block:
    kind = node.kind or _HINT_KINDS.get(node.hint, "paragraph")
    runs = node.runs or (_new(Run, (node.text, (), "")),)
    return _new(Block, (kind, runs, node.spans, index, "" if kind == "heading" else node.detail))


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """Items of one list, rows of one table and lines of one preformatted text make one block."""
    if _ROWS.isdisjoint([block.kind for block in blocks]):
        yield from blocks
        return
    for (kind, _), alike in itertools.groupby(blocks, key=lambda block: (block.kind, block.detail)):
        row = list(alike)
        if kind in _ROWS and len(row) > 1:
            runs = list(row[0].runs)
            for block in row[1:]:
                runs += (Run("\n"), *block.runs)
            yield row[0]._replace(runs=tuple(runs), spans=tuple(span for block in row for span in block.spans))
        else:
            yield from row
