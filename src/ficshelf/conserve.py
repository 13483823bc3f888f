"""The proof that a reading lost nothing: every non-blank character of a text lies in a block, a fact or chrome."""

from __future__ import annotations

from collections.abc import Iterable

from ficshelf.model import Source, Span, Work


def lost(source: Source, works: Iterable[Work], index: int = 0) -> list[Span]:
    """The stretches of a source's text layer that are in no block and no fact of these works and in no chrome, blanks
    at their ends left out. `index` is what the works call the source. Empty: nothing is lost."""
    spans = [chrome.span for chrome in source.chrome]
    for work in works:
        spans += spans_of(work, index)
    return uncovered(source.text, spans)


def spans_of(work: Work, index: int) -> list[Span]:
    """All that a work takes from the source that it calls `index`."""
    blocks = [block for chapter in work.chapters for block in chapter.blocks]
    blocks += [block for review in work.reviews for block in (*review.blocks, *review.reply)]
    return [span for block in blocks if block.source == index for span in block.spans] + [
        span for found in work.facts.values() for fact in found if fact.source == index for span in fact.spans
    ]


def uncovered(text: str, spans: Iterable[Span]) -> list[Span]:
    """The stretches of `text` between these spans that are not blank, without blanks at their ends."""
    gaps: list[Span] = []
    reached = 0
    for start, end in [*sorted(spans), Span(len(text), len(text))]:
        if start > reached:
            gap = text[reached:start]
            if inside := gap.strip():
                at = reached + gap.index(inside[0])
                gaps.append(Span(at, at + len(inside)))
        reached = max(reached, end)
    return gaps
