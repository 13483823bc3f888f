"""A chapter beside the original that it was read from: nothing is hidden, and what was repaired is marked."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from ficshelf.library import leaving_out
from ficshelf.library.blocks import unpack
from ficshelf.library.models import Chapter, Fact, Remark, Work, WorkSource
from ficshelf.model import Block, Span
from ficshelf.remarks import KINDS
from ficshelf.web import addresses
from ficshelf.web.alignment import Layer, Noted, Row, rows
from ficshelf.web.answers import answer_about
from ficshelf.web.labels import ABOUT
from ficshelf.web.layers import LayerError, text_layer
from ficshelf.web.pages import work as work_page
from ficshelf.web.pages.chapter import find, frame, neighbour
from ficshelf.writers.mail_addresses import masked
from ficshelf.writers.markup import markup_by_block


class Pair(NamedTuple):
    """What the page sets side by side."""

    number: int
    markup: SafeString
    row: Row


@require_safe
def show(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """The page of a chapter beside its original."""
    return answer_about(
        request, pk, ("beside", position), lambda: render_to_string("web/beside.html", page(pk, position))
    )


def page(pk: int, position: int) -> dict[str, object]:
    """Everything that the template shows."""
    work, chapter = find(pk, position)
    blocks = unpack(chapter.blocks)
    sources = {row.position: row.source for row in WorkSource.objects.filter(work=work).select_related("source")}
    used = dict.fromkeys(block.source for block in blocks if block.source in sources)
    problems, layers = [], {}
    for number in used:
        try:
            text = masked(leaving_out.blotted(text_layer(sources[number]), sources[number]))
        except LayerError as error:
            problems.append(str(error))
        else:
            layers[number] = _layer(work, chapter, blocks, number, text, sources[number].chrome)
    positions = {source.pk: number for number, source in sources.items()}
    notes = [
        Noted(
            positions[remark.source_id], Span(remark.start, remark.end), KINDS.get(remark.kind, ""), masked(remark.text)
        )
        for remark in Remark.objects.filter(work=work).order_by("start", "pk")
        if remark.source_id in positions and remark.end > remark.start
    ]
    markup = list(markup_by_block(blocks))
    pairs = [
        Pair(number, mark_safe(markup[row.block]) if row.block >= 0 else mark_safe(""), row)
        for number, row in enumerate(rows(blocks, layers, notes), start=1)
    ]
    return {
        **frame(work, chapter),
        "pairs": pairs,
        "problems": problems,
        "repaired": sum(bool(pair.row.notes) or any(piece.changed for piece in pair.row.pieces) for pair in pairs),
        "found": [file for number, file in enumerate(work_page.found(work)) if number in used],
        "chapter_url": addresses.chapter(pk, position),
        "previous": neighbour(work, position - 1) if position > 1 else None,
        "next": neighbour(work, position + 1),
    }


def _layer(
    work: Work, chapter: Chapter, blocks: tuple[Block, ...], number: int, text: str, chrome: list[list[object]]
) -> Layer:
    """The part of a source that belongs to this chapter: from the end of the chapter before, to the beginning of the
    chapter after or to the end of the file."""
    own = [span for block in blocks if block.source == number for span in block.spans]
    start = min((span.start for span in own), default=0)
    end = max((span.end for span in own), default=len(text))
    before = [span.end for span in _spans(work, chapter.position - 1, number) if span.end <= start]
    after = [span.start for span in _spans(work, chapter.position + 1, number) if span.start >= end]
    apart = [(Span(int(first), int(last)), str(reason)) for first, last, reason in chrome]
    for name, spans in Fact.objects.filter(work=work, source=number).values_list("name", "spans"):
        apart += [(Span(first, last), ABOUT.get(name, name)) for first, last in spans]
    return Layer(
        text,
        sorted(apart),
        max(before, default=0),
        end if after else len(text),
    )


def _spans(work: Work, position: int, source: int) -> list[Span]:
    """Where the blocks of a neighbouring chapter lie in a source."""
    row = Chapter.objects.filter(work=work, position=position).first()
    return [span for block in unpack(row.blocks) if block.source == source for span in block.spans] if row else []
