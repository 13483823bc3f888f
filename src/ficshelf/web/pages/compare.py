"""Two works side by side: what either says of itself, which chapters belong together, and the words that differ.

A long work is compared a chapter at a time, and of a chapter only what differs is shown, with the paragraph before and
the one behind it. A page has an end, whatever it is made of: so many differences, and so much of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ficshelf import model
from ficshelf.library import twins, visibility, works
from ficshelf.library.blocks import unpack
from ficshelf.library.models import Chapter, Question, Work
from ficshelf.likeness.differences import Row, Section, pairs, rows, sections, within
from ficshelf.web import addresses
from ficshelf.web.alignment import Piece, compared
from ficshelf.web.answers import answer, moved
from ficshelf.web.cards import title_of
from ficshelf.web.kept import Kept
from ficshelf.web.labels import ABOUT, FACTS, chapter_label
from ficshelf.web.owner import is_owner
from ficshelf.web.pages import work as work_page
from ficshelf.writers.mail_addresses import masked, without_addresses

MOST = 100  # differing rows on a page
LONGEST = 3_000  # letters shown of either side of a row
CONTEXT = 1  # paragraphs that are the same, shown before and behind what differs
_matched: Kept[str] = Kept(4 * 1024 * 1024)  # which chapters belong together

TOLD = ("title", "author", "rating", "complete", *FACTS, "summary")


Lines = tuple[tuple[Piece, ...], ...]  # paragraphs, each cut where words begin or end to differ


class Side(NamedTuple):
    """One of the two works."""

    title: str
    guessed: bool
    url: str
    files: tuple[str, ...]


class Differing(NamedTuple):
    """A fact that the works tell otherwise."""

    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


class Part(NamedTuple):
    """Chapters that belong together, with the address where they are compared."""

    ours: str
    theirs: str
    our_words: int
    their_words: int
    url: str
    is_same: bool


class Shown(NamedTuple):
    """Paragraphs side by side, their differing words apart; or, where `same` is not 0, so many that are the same."""

    ours: Lines = ()
    theirs: Lines = ()
    differs: bool = False
    same: int = 0


@require_safe
def show(request: HttpRequest, pk: int, other: int, position: int = 0) -> HttpResponse:
    """The page that compares two works; with a `position`, from 1, the one for these chapters. Raises Http404."""
    owner = is_owner(request)
    seen = {row.pk: row for row in visibility.works(owner).filter(pk__in=(pk, other)).defer("sketch")}
    if pk == other or len(seen) < 2:
        return moved(owner, pk, other)
    pair = seen[pk], seen[other]
    asked = Question.objects.filter(
        Q(work=pk, other=other) | Q(work=other, other=pk), about="same-work", answered=None
    ).first()
    first = addresses.number(request.GET.get("from"), longest=8)
    key = ("compare", *((row.pk, row.version, row.changed) for row in pair), position, first, owner, asked and asked.pk)
    return answer(request, key, lambda: render_to_string("web/compare.html", page(pair, position, first, asked, owner)))


def page(pair: tuple[Work, Work], position: int, first: int, asked: Question | None, owner: bool) -> dict[str, object]:
    """Everything that the template shows."""
    ours, theirs = pair
    found, judgement = _known(pair, wanted=not position)
    if position > len(found):
        raise Http404
    parts = _parts(pair, found)
    at = position or (1 if len(found) == 1 else 0)
    shown, more = _compared(pair, found, at, first) if at else ([], 0)
    here = addresses.compare(ours.pk, theirs.pk)
    return {
        "sides": [_side(row) for row in pair],
        "told": twins.told(judgement),
        "facts": [] if position else list(_differing(pair)),
        "parts": parts,
        "part": parts[at - 1] if at else None,
        "position": position,
        "rows": shown,
        "differing": sum(1 for row in shown if row.differs),
        "more": f"{parts[at - 1].url}?from={first + MOST}" if more else "",
        "more_count": more,
        "here": here,
        "turned": addresses.compare(theirs.pk, ours.pk),
        "previous": parts[position - 2] if position > 1 else None,
        "next": parts[position] if position and position < len(parts) else None,
        "answer": addresses.questions(asked.work_id) if owner and asked and asked.work_id else "",
    }


def _known(pair: tuple[Work, Work], wanted: bool) -> tuple[list[Section], dict[str, Any]]:
    """Which chapters of two works belong together, and, where that is `wanted`, what they are to each other."""
    key = tuple((row.pk, row.version, row.changed) for row in pair)
    there = _matched.get(key)
    if there and not wanted:
        return [Section(*one) for one in json.loads(there)], {}
    words = [twins.words_of(row.pk) for row in pair]
    found = sections(*words)
    _matched.put(key, json.dumps(found))
    return found, twins.judged(*pair, words) if wanted else {}


def _side(row: Work) -> Side:
    files = tuple(dict.fromkeys(file.name for file in work_page.found(row)))
    return Side(title_of(row), bool(row.suggested_title and not row.title), addresses.work(row.pk), files[:3])


def _differing(pair: tuple[Work, Work]) -> Iterator[Differing]:
    """What the works tell otherwise of themselves, beginning with how long they are."""
    for label, name in (("Words", "words"), ("Chapters", "chapter_count")):
        counts = [f"{getattr(row, name):,}" for row in pair]
        if counts[0] != counts[1]:
            yield Differing(label, (counts[0],), (counts[1],))
    facts = [works.facts(row) for row in pair]
    for name in TOLD:
        if name == "words":
            continue
        first, second = (_values(name, of) for of in facts)
        if first != second:
            yield Differing(ABOUT.get(name, name), first, second)


def _values(name: str, facts: model.Facts) -> tuple[str, ...]:
    values = work_page.known(facts, name)
    if name == "complete":
        return tuple("yes" if value == "True" else "no" for value in values)
    return tuple(without_addresses(value) for value in values)


def _parts(pair: tuple[Work, Work], found: Sequence[Section]) -> list[Part]:
    told = ("number", "title", "words", "story_sha256")
    names = [list(Chapter.objects.filter(work=row).order_by("position").values_list(*told)) for row in pair]

    def name(side: int, at: int | None) -> str:
        if at is None:
            return ""
        number, title, _, _ = names[side][at]
        return chapter_label(number, title, at + 1, len(names[side])) or "The whole story"

    out = []
    for number, (here, there) in enumerate(found, start=1):
        ours, theirs = (None if at is None else names[side][at] for side, at in enumerate((here, there)))
        out.append(
            Part(
                name(0, here),
                name(1, there),
                ours[2] if ours else 0,
                theirs[2] if theirs else 0,
                addresses.compare(pair[0].pk, pair[1].pk, number),
                bool(ours and theirs and ours[3] == theirs[3] != ""),
            )
        )
    return out


def _compared(pair: tuple[Work, Work], found: Sequence[Section], position: int, first: int) -> tuple[list[Shown], int]:
    """What the page of these chapters shows, beginning with the differing row `first`, and how many more differ."""
    here, there = found[position - 1]
    texts = [_texts(row, at) for row, at in zip(pair, (here, there), strict=True)]
    aligned = rows(*texts)
    if sum(1 for one in found if there is not None and one.theirs == there) > 1:
        aligned = within(aligned)
    elif sum(1 for one in found if here is not None and one.ours == here) > 1:
        turned = within([Row(row.theirs, row.ours, row.is_same) for row in aligned])
        aligned = [Row(row.theirs, row.ours, row.is_same) for row in turned]
    laid = list(pairs(*texts, aligned))
    differing = [at for at, pair in enumerate(laid) if not pair.is_same]
    chosen = set(differing[first : first + MOST])
    near = {at + step for at in chosen for step in range(-CONTEXT, CONTEXT + 1)}
    out: list[Shown] = []
    for at, pair in enumerate(laid):
        if at in chosen:
            out.append(Shown(_marked(pair.ours, pair.theirs), _marked(pair.theirs, pair.ours), differs=True))
        elif pair.is_same and at in near:
            out.append(Shown(*(_cut(tuple((Piece(text),) for text in side)) for side in pair[:2])))
        elif pair.is_same:
            if out and out[-1].same:
                out[-1] = out[-1]._replace(same=out[-1].same + 1)
            else:
                out.append(Shown(same=1))
    return out, max(0, len(differing) - first - MOST)


def _texts(row: Work, at: int | None) -> list[str]:
    """The paragraphs of a chapter, and whatever else stands in it."""
    if at is None:
        return []
    packed = Chapter.objects.filter(work=row).order_by("position").values_list("blocks", flat=True)[at]
    return [masked(block.text) for block in unpack(packed) if block.text.strip() and block.kind != "break"]


def _marked(texts: Sequence[str], others: Sequence[str]) -> Lines:
    """The texts, with the words marked that the others have otherwise."""
    if not others:
        return _cut(tuple((Piece(text),) for text in texts))
    lines: list[tuple[Piece, ...]] = []
    line: list[Piece] = []
    for piece in compared("\n".join(others), [Piece(text) for text in _parted(texts)]):
        for part, text in enumerate(piece.text.split("\n\n")):
            if part:
                lines.append(tuple(line))
                line = []
            if text:
                line.append(Piece(text, piece.changed))
    return _cut((*lines, tuple(line)) if line else tuple(lines))


def _parted(texts: Sequence[str]) -> Iterator[str]:
    """The texts with an empty line between two."""
    for number, text in enumerate(texts):
        yield ("\n\n" if number else "") + text.replace("\n\n", "\n")


def _cut(lines: Lines) -> Lines:
    """The lines, or as much of them as is shown."""
    length = sum(len(piece.text) for line in lines for piece in line)
    if length <= LONGEST:
        return lines
    out: list[tuple[Piece, ...]] = []
    room = LONGEST
    for line in lines:
        shown = []
        for piece in line:
            if room > 0:
                shown.append(piece._replace(text=piece.text[:room]))
            room -= len(piece.text)
        if shown:
            out.append(tuple(shown))
    return (*out, (Piece(f"… and {length - LONGEST:,} letters more"),))
