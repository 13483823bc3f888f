"""Which of two copies of a story to show, and why: what a person is told who has to say whether they are one story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ficshelf import model
from ficshelf.likeness.judge import Judgement

# A sign for a letter that was lost, a question mark within a word, and letters read in a wrong encoding.
_BROKEN = re.compile("\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])|Ã[\u0080-\u00bf]|â€")
_ONE_STORY = Judgement("same", 1.0, 1.0, 1.0, 0, 0)
_FIRST = "it was there first, and nothing tells them apart"
_ALIKE = 1.02  # times as many words: no reason to take one for the longer


class Copy(NamedTuple):
    """What speaks for a copy of a story, or against it."""

    words: int
    chapters: int
    titles: int  # chapters that have one
    updated: str  # ISO date, "" where unknown
    complete: bool | None
    broken: int  # places where letters were lost
    marked: int  # runs in italics and the like
    notes: int
    stated: int  # facts


class Choice(NamedTuple):
    """Which copy is the better one, and the reasons for it, the weightiest first."""

    ours: bool
    reasons: tuple[str, ...]


def copy(facts: model.Facts, chapters: Sequence[model.Chapter], words: int) -> Copy:
    """What speaks for a copy; `words` is how many it has."""
    updated = [str(fact.value) for fact in facts.get("updated", ()) if fact.how != model.INFERRED]
    complete = [fact.value for fact in facts.get("complete", ()) if fact.how != model.INFERRED]
    blocks = [block for chapter in chapters for block in chapter.blocks]
    return Copy(
        words,
        len(chapters),
        sum(1 for chapter in chapters if chapter.title),
        max(updated, default=""),
        complete[0] is True if complete else None,
        sum(len(_BROKEN.findall(block.text)) for block in blocks),
        sum(1 for block in blocks for run in block.runs if run.marks),
        sum(1 for block in blocks if block.kind == "note"),
        sum(1 for found in facts.values() for fact in found if fact.how != model.INFERRED),
    )


def choose(ours: Copy, theirs: Copy, judgement: Judgement) -> Choice:
    """The better of two copies. Where nothing tells them apart, theirs, which was there first."""
    found = list(_reasons(ours, theirs, judgement))
    if not found:
        return Choice(False, (_FIRST,))
    better = found[0][0]
    return Choice(better, tuple(reason for for_ours, reason in found if for_ours == better))


def against(ours: Copy, theirs: Copy, judgement: Judgement, better: bool) -> tuple[str, ...]:
    """What speaks for the other copy all the same."""
    return tuple(reason for for_ours, reason in _reasons(ours, theirs, judgement) if for_ours != better)


def sides(ours: Copy, theirs: Copy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for ours, and what for theirs, of two copies of which it is known that they are one story."""
    found = list(_reasons(ours, theirs, _ONE_STORY))
    return tuple(one for for_ours, one in found if for_ours), tuple(one for for_ours, one in found if not for_ours)


def _reasons(ours: Copy, theirs: Copy, judgement: Judgement) -> Iterator[tuple[bool, str]]:
    """What tells the copies apart, weightiest first: (whether it speaks for ours, in words)."""
    longer = max(ours.words, theirs.words) > _ALIKE * min(ours.words, theirs.words)
    if judgement.verdict in ("part of", "contains"):
        yield judgement.verdict == "contains", f"it has {_more(ours.words, theirs.words, 'word')}"
        longer = False
    if ours.updated and theirs.updated and ours.updated != theirs.updated:
        newer, older = max(ours.updated, theirs.updated), min(ours.updated, theirs.updated)
        yield ours.updated > theirs.updated, f"it was updated {newer}, the other {older}"
    if longer:
        yield ours.words > theirs.words, f"it has {_more(ours.words, theirs.words, 'word')}"
    if bool(ours.complete) != bool(theirs.complete):
        yield bool(ours.complete), "it is said to be complete"
    yield from _fewer(ours.broken, theirs.broken, "place", "where letters were lost")
    if ours.chapters != theirs.chapters:
        yield (
            ours.chapters > theirs.chapters,
            f"it is parted into {max(ours.chapters, theirs.chapters)} chapters, the other into "
            f"{min(ours.chapters, theirs.chapters)}",
        )
    if ours.titles != theirs.titles:
        yield ours.titles > theirs.titles, "more of its chapters have titles"
    if ours.marked != theirs.marked:
        yield ours.marked > theirs.marked, "it has kept more italics and the like"
    if ours.notes != theirs.notes:
        yield ours.notes > theirs.notes, "it has more of the author's notes"
    if ours.stated != theirs.stated:
        yield ours.stated > theirs.stated, "it says more about itself"


def _more(ours: int, theirs: int, what: str) -> str:
    more = abs(ours - theirs)
    return f"{more:,} {what}{'' if more == 1 else 's'} more"


def _fewer(ours: int, theirs: int, what: str, where: str) -> Iterable[tuple[bool, str]]:
    if ours != theirs:
        fewer, more = sorted((ours, theirs))
        count = f"no {what}" if not fewer else f"{fewer} {what}{'' if fewer == 1 else 's'}"
        yield ours < theirs, f"it has {count} {where}, the other {more}"


class Front(NamedTuple):
    """Which of several copies to put in front of the others, by its place among them, and the reasons for it."""

    place: int
    reasons: tuple[str, ...]


def front(copies: Sequence[Copy]) -> Front:
    """The best of several copies of a story, by the same merits in the same order as of two. Where nothing tells them
    apart, the first."""
    left = list(range(len(copies)))
    for merit in _MERITS:
        known = [at for at in left if merit.of(copies[at]) is not None]
        most = max((merit.of(copies[at]) or 0 for at in known), default=0)
        left = [at for at in left if at not in known or (merit.of(copies[at]) or 0) * merit.alike >= most]
    place = left[0]
    reasons = tuple(merit.told.format(copies[place]) for merit in _MERITS if _speaks(merit, copies, place))
    if reasons:
        return Front(place, reasons)
    if any(any(sides(copies[place], other)) for other in copies):
        return Front(place, ("none is better in everything; this one is, in what weighs most",))
    return Front(place, (_FIRST,))


def _speaks(merit: _Merit, copies: Sequence[Copy], place: int) -> bool:
    """Whether no other copy has more of it, and some have less."""
    mine = merit.of(copies[place])
    theirs = [value for at, one in enumerate(copies) if at != place and (value := merit.of(one)) is not None]
    return mine is not None and max(theirs, default=mine) <= mine and any(one * merit.alike < mine for one in theirs)


class _Merit(NamedTuple):
    of: Callable[[Copy], float | None]  # more is better; None where it is unknown
    told: str
    alike: float = 1.0  # times as much: no reason to prefer it


_MERITS = (
    _Merit(lambda one: int(re.sub(r"\D", "", one.updated) or 0) or None, "none was updated later ({0.updated})"),
    _Merit(lambda one: one.words, "none has more words ({0.words:,})", _ALIKE),
    _Merit(lambda one: one.complete is True, "it is said to be complete"),
    _Merit(lambda one: -one.broken, "none has fewer places where letters were lost ({0.broken})"),
    _Merit(lambda one: one.chapters, "none is parted into more chapters ({0.chapters})"),
    _Merit(lambda one: one.titles, "of none have more chapters a title"),
    _Merit(lambda one: one.marked, "none has kept more italics and the like"),
    _Merit(lambda one: one.notes, "none has more of the author's notes"),
    _Merit(lambda one: one.stated, "none says more about itself"),
)
