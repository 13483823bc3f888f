"""Two works that are one story, made one. Nothing is lost: the text that is not shown is kept whole as a version, with
its files, and all that belonged to the other work belongs to the one that stays.

The work that was there first stays, with its number and identity; the other's lead to it from then on (`Merged`).
`snapshots` puts both back as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from ficshelf import model
from ficshelf.library import models, shelving, works
from ficshelf.library.archived import said
from ficshelf.library.blocks import pack, pack_work, unpack, unpack_work
from ficshelf.library.readings import ReadChapter, ReadWork, renumbered
from ficshelf.library.shared import Shared
from ficshelf.likeness import tokens
from ficshelf.likeness.chapters import matched
from ficshelf.record import VISIBILITIES

# What a piece of a story says of the whole one. Its title, summary or date is its own.
OF_A_PIECE = ("author", "fandom", "url", "archive", "archive_permission", "beta")


class _Held(NamedTuple):
    """A work as it was before it was merged; sources are called as it calls them."""

    read: ReadWork
    sources: list[int]


def merge(work: models.Work, other: models.Work, best: models.Work, shared: Shared | None = None) -> models.Work:
    """Make two works one that shows the text of `best`, which is one of them. Returns the one that stays."""
    stays, goes = sorted((work, other), key=lambda row: row.pk)
    if best == goes:
        return _join(stays, goes, True, "the copy that was shown before another was found", None, shared or Shared())
    return _join(stays, goes, False, "another copy of the same story", None, shared or Shared())


def part(piece: models.Work, whole: models.Work, shared: Shared | None = None) -> models.Work:
    """Make a piece of a story one with the whole story, which is shown and says what it is called. Returns it."""
    return _join(whole, piece, False, "a piece of the story", OF_A_PIECE, shared or Shared())


def _join(
    stays: models.Work, goes: models.Work, takes_over: bool, reason: str, told: Sequence[str] | None, shared: Shared
) -> models.Work:
    """`takes_over`: the text of the one that goes is shown. `told`: which of its facts the other gains; None: all."""
    ours, theirs = _held(stays), _held(goes)
    positions = shelving.link_sources(stays, theirs.sources)
    moved = renumbered(theirs.read, positions)
    shown, kept = (moved, ours.read) if takes_over else (ours.read, moved)
    _move_chapters_of(stays if takes_over else goes, kept, shown)
    _move_versions(goes, stays, positions)
    models.Version.objects.create(work=stays, number=stays.version, reason=reason, reading=pack_work(_whole(kept)))
    if takes_over:
        stays.chapters.all().delete()
        stays.facts.all().delete()
        shelving.write_chapters(stays, shown.chapters, 1)
        shelving.write_facts(stays, shown.facts)
    gained = kept.facts if told is None else {name: kept.facts[name] for name in told if name in kept.facts}
    shelving.gain_facts(stays, gained)
    _move(goes, stays, positions)
    goes.delete()
    _mark_copies(stays)
    shelving.change(stays, shared, **(shelving.measures(shown) if takes_over else {}))
    return stays


def _held(row: models.Work) -> _Held:
    read_chapters = tuple(
        ReadChapter(one.number, one.title, one.words, one.scenes, one.story_sha256, bytes(one.blocks))
        for one in row.chapters.order_by("position")
    )
    sources = list(row.work_sources.order_by("position").values_list("source_id", flat=True))
    facts = works.stated(row)
    return _Held(
        ReadWork(facts, read_chapters, tuple(range(len(sources))), row.story_sha256, bytes(row.sketch)), sources
    )


def _whole(read: ReadWork) -> model.Work:
    return model.Work(
        read.facts, tuple(model.Chapter(one.number, one.title or None, unpack(one.blocks)) for one in read.chapters)
    )


# -- what belongs to a work, and goes along


def _move(goes: models.Work, stays: models.Work, positions: Sequence[int]) -> None:
    """All that belongs to the one that goes, to the one that stays; what both have, once."""
    decided = set(stays.decisions.values_list("name", flat=True))
    goes.decisions.exclude(name__in=decided).update(work=stays)
    goes.remarks.update(work=stays)
    _move_questions(goes, stays)
    _move_reviews(goes, stays, positions)
    there = set(stays.shelfmarks.values_list("container", "key"))
    for mark in goes.shelfmarks.all():
        if (mark.container_id, mark.key) not in there:
            mark.work = stays
            mark.save()
    goes.old_addresses.update(work=stays)
    goes.merged.update(work=stays)
    models.Merged.objects.create(number=goes.pk, identity=goes.identity, work=stays)
    stays.visibility = max(stays.visibility, goes.visibility, key=VISIBILITIES.index)


def _move_versions(goes: models.Work, stays: models.Work, positions: Sequence[int]) -> None:
    for version in goes.versions.order_by("number"):
        old = unpack_work(version.reading)
        facts = {
            name: tuple(fact._replace(source=positions[fact.source]) for fact in found)
            for name, found in old.facts.items()
        }
        chapters = tuple(one._replace(blocks=_renumbered(one.blocks, positions)) for one in old.chapters)
        version.work, version.number = stays, stays.version
        version.reading = pack_work(old._replace(facts=facts, chapters=chapters))
        version.save()
        stays.version += 1


def _move_questions(goes: models.Work, stays: models.Work) -> None:
    """What was asked of one is asked of the other: once, and never whether it is the same as itself."""
    goes.questions.exclude(about="same-work").update(work=stays)
    both = Q(work=stays) | Q(other=stays)
    pairs = models.Question.objects.filter(both, about="same-work").values_list("work", "other")
    asked = {one for pair in pairs for one in pair}
    for question in models.Question.objects.filter(Q(work=goes) | Q(other=goes), about="same-work"):
        third = question.other_id if question.work_id == goes.pk else question.work_id
        if third not in asked:
            asked.add(third)
            if question.work_id == goes.pk:
                question.work = stays
            else:
                question.other = stays
            question.save()


def _move_reviews(goes: models.Work, stays: models.Work, positions: Sequence[int]) -> None:
    """Reviews, with what they say told by the sources' new places. What both works were told by one reader on one day
    in the same words was said once."""
    told = {said(one.reviewer, one.date, bytes(one.blocks)) for one in stays.reviews.all()}
    for one in goes.reviews.all():
        if said(one.reviewer, one.date, bytes(one.blocks)) not in told:
            one.work = stays
            one.blocks, one.reply = (
                pack(_renumbered(unpack(text), positions)) if text else b"" for text in (one.blocks, one.reply)
            )
            one.save()


def _renumbered(blocks: tuple[model.Block, ...], positions: Sequence[int]) -> tuple[model.Block, ...]:
    return tuple(block._replace(source=positions[block.source]) for block in blocks)


def _move_chapters_of(row: models.Work, old: ReadWork, new: ReadWork) -> None:
    """Reviews and addresses of a work's chapters, to the chapters that have their words now; else to the whole work."""
    if not (row.reviews.exclude(chapter=0).exists() or row.old_addresses.exclude(chapter=0).exists()):
        return
    words = [tokens.of_chapters(unpack(one.blocks) for one in read.chapters) for read in (old, new)]
    places = {0: 0}
    for number, found in enumerate(matched(*words), start=1):
        places[number] = 0 if found is None else found + 1
    for rows in (row.reviews.all(), row.old_addresses.all()):
        for one in rows:
            one.chapter = places.get(one.chapter, 0)
            one.save(update_fields=["chapter"])


def _mark_copies(row: models.Work) -> None:
    """Which of a work's sources are copies that are kept beside what is shown."""
    shown = {block.source for one in row.chapters.all() for block in unpack(one.blocks)}
    row.work_sources.filter(position__in=shown).update(is_copy=False)
    row.work_sources.exclude(position__in=shown).update(is_copy=True)
