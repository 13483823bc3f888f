"""A chapter beside the text that it was read from: which stretch of the original each block came from, which words
differ, and what stood between the blocks and is no part of the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ficshelf.model import Block, Span

LONGEST_APART = 4_000  # characters shown of a stretch that is no part of the story
LONGEST_COMPARED = 1_500  # words: longer blocks are compared as a whole …
MOST_PAIRS = 60_000  # … and so are those in which one word stands so often that more pairs of words are the same

_WORDS = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")


class Piece(NamedTuple):
    """A piece of the original; `changed` when the reading differs from it there."""

    text: str
    changed: bool = False


class Noted(NamedTuple):
    """A remark on a stretch of a source: its kind's sentence and its own."""

    source: int
    span: Span
    sentence: str
    text: str


class Row(NamedTuple):
    """A block and the original it came from; or, with `block` -1, a stretch of the original that is not of the story,
    with the `reasons` why."""

    block: int
    pieces: tuple[Piece, ...]
    reasons: tuple[str, ...] = ()
    notes: tuple[Noted, ...] = ()
    left_out: int = 0  # characters of a long stretch that are not shown


class Layer(NamedTuple):
    """A source as the alignment needs it: its text layer, what stretches of it are, and which stretch belongs to this
    chapter."""

    text: str
    apart: Sequence[tuple[Span, str]]  # chrome and facts, each with what it is
    start: int
    end: int


def rows(blocks: Sequence[Block], layers: Mapping[int, Layer], notes: Sequence[Noted]) -> Iterator[Row]:
    """The rows of a chapter, in the order of its blocks. Each note stands in the first row that it touches."""
    open_notes = list(notes)
    at = {source: layer.start for source, layer in layers.items()}

    def noted(source: int, start: int, end: int) -> tuple[Noted, ...]:
        found = tuple(
            note
            for note in open_notes
            if note.source == source
            and note.span.start < max(end, start + 1)
            and max(note.span.end, note.span.start + 1) > start
        )
        for note in found:
            open_notes.remove(note)
        return found

    def apart(source: int, end: int) -> Iterator[Row]:
        layer, start = layers[source], at[source]
        text = layer.text[start:end]
        if not text.strip():
            return
        reasons = dict.fromkeys(what for span, what in layer.apart if span.start < end and span.end > start)
        shown = text.strip("\n")
        yield Row(
            -1,
            (Piece(shown[:LONGEST_APART]),),
            tuple(reasons),
            noted(source, start, end),
            max(0, len(shown) - LONGEST_APART),
        )

    for index, block in enumerate(blocks):
        layer = layers.get(block.source)
        if layer is None or not block.spans:
            yield Row(index, ())
            continue
        start = min(span.start for span in block.spans)
        if start > at[block.source]:
            yield from apart(block.source, start)
        pieces: list[Piece] = []
        found: list[Noted] = []
        for number, span in enumerate(block.spans):
            if number:
                pieces.append(Piece("\n"))
            pieces.append(Piece(layer.text[span.start : span.end]))
            found += noted(block.source, span.start, span.end)
        at[block.source] = max(at[block.source], max(span.end for span in block.spans))
        yield Row(index, tuple(compared(block.text, pieces)), notes=tuple(found))
    for source, layer in layers.items():
        if layer.end > at[source]:
            yield from apart(source, layer.end)


def compared(reading: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The original's pieces, cut so that the words in which the reading differs are marked. Blanks never count."""
    original = "".join(piece.text for piece in pieces)
    if "".join(original.split()) == "".join(reading.split()):
        return [Piece(original)]
    there, here = _WORDS.findall(original), [word for word in _WORDS.findall(reading) if not word.isspace()]
    places = [number for number, word in enumerate(there) if not word.isspace()]
    often = Counter(here)
    if max(len(places), len(here)) > LONGEST_COMPARED or sum(often[there[at]] for at in places) > MOST_PAIRS:
        return [Piece(original, True)]
    same: set[int] = set()
    for match in SequenceMatcher(
        None, [there[number] for number in places], here, autojunk=False
    ).get_matching_blocks():
        same.update(places[match.a : match.a + match.size])
    changed = [not (word.isspace() or number in same) for number, word in enumerate(there)]
    for number in range(1, len(there) - 1):  # a blank between two changed words belongs to both
        if there[number].isspace() and changed[number - 1] and not there[number + 1].isspace() and changed[number + 1]:
            changed[number] = True
    out: list[Piece] = []
    for word, is_changed in zip(there, changed, strict=True):
        if out and out[-1].changed == is_changed:
            out[-1] = Piece(out[-1].text + word, is_changed)
        else:
            out.append(Piece(word, is_changed))
    return out
