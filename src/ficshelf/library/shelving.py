"""Works into the database: what a reading found becomes rows, within the transaction of who calls.

The number of queries for a work depends neither on the size of the library nor on that of the work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F

from ficshelf import model, prints
from ficshelf.library import lookup, models, works
from ficshelf.library.blocks import pack_work, unpack, unpack_work
from ficshelf.library.columns import columns
from ficshelf.library.readings import ReadChapter, ReadWork, renumbered
from ficshelf.library.shared import Shared
from ficshelf.likeness import sketch


def add(read: ReadWork, source_ids: Sequence[int], sha256: str, shared: Shared) -> models.Work:
    """Store a new work. `source_ids` are the rows of its sources, in the order of its own; `sha256` is the first's."""
    row = models.Work(identity=_identity(sha256), **measures(read), **columns(read.facts))
    row.save(force_insert=True)
    models.WorkSource.objects.bulk_create(
        [models.WorkSource(work=row, source_id=one, position=position) for position, one in enumerate(source_ids)]
    )
    lookup.note_text(row.id, read.sketch)
    write_chapters(row, read.chapters, 1)
    write_facts(row, read.facts)
    shared.link(row, read.facts)
    _write_doubts(row, read, source_ids)
    return row


def replace(
    row: models.Work,
    read: ReadWork,
    source_ids: Sequence[int],
    reason: str,
    shared: Shared,
    read_again: Collection[int] | None = None,
) -> None:
    """Put a newer reading in the place of a work's. The old one is kept as a version; people's decisions stay.

    `read_again` are the work's sources (rows) that the new reading stands for, all of them where it is None. What other
    sources gave is left alone: where each chapter is a file, one changed file changes one chapter.
    """
    old = model.Work(works.stated(row), works.chapters(row))
    models.Version.objects.create(work=row, number=row.version, reason=reason, reading=pack_work(old))
    linked = _linked(row)
    read = renumbered(read, link_sources(row, source_ids))
    stale = [source for source in linked if read_again is None or source in read_again or source in source_ids]
    read = _completed(read, row, old.facts, {linked.index(source) for source in stale})
    models.Chapter.objects.filter(work=row).delete()
    models.Fact.objects.filter(work=row).delete()
    row.remarks.filter(source__in=stale).delete()
    row.questions.filter(answered=None, source__in=stale).exclude(about="same-work").delete()
    write_chapters(row, read.chapters, 1)
    write_facts(row, read.facts)
    _write_doubts(row, read, _linked(row))
    change(row, shared, **measures(read))


def _completed(read: ReadWork, row: models.Work, facts: model.Facts, stale: set[int]) -> ReadWork:
    """`read` together with those chapters and facts of the work that come from none of the `stale` positions. Chapters
    without a number cannot be told from those that were read again, and make room for them."""
    chapters = list(read.chapters)
    numbers = {chapter.number for chapter in chapters} | {None}
    for one in row.chapters.order_by("position"):
        if one.number not in numbers and not {block.source for block in unpack(one.blocks)} & stale:
            kept = ReadChapter(one.number, one.title, one.words, one.scenes, one.story_sha256, bytes(one.blocks))
            chapters.insert(_place([chapter.number for chapter in chapters], kept.number), kept)
    if len(chapters) == len(read.chapters):
        return read
    kept_facts = {name: tuple(fact for fact in found if fact.source not in stale) for name, found in facts.items()}
    for name, found in read.facts.items():
        had = kept_facts.get(name, ())
        kept_facts[name] = had + tuple(fact for fact in found if fact.value not in [one.value for one in had])
    whole = model.Work({}, tuple(model.Chapter(one.number, one.title, unpack(one.blocks)) for one in chapters))
    return read._replace(
        chapters=tuple(chapters),
        facts={name: found for name, found in kept_facts.items() if found},
        story=prints.of_work(whole).story,
        sketch=sketch.of_chapters(whole.chapters),
    )


def _place(numbers: Sequence[int | None], number: int | None) -> int:
    """Where a chapter of that number belongs among chapters of those: before the first later one, else at the end."""
    return next(
        (at for at, other in enumerate(numbers) if None not in (other, number) and other > number), len(numbers)
    )


def append(row: models.Work, read: ReadWork, source_ids: Sequence[int], shared: Shared) -> None:
    """Add the chapters of `read` that a work does not have yet, each where its number belongs."""
    read = renumbered(read, link_sources(row, source_ids))
    stories = set(row.chapters.values_list("story_sha256", flat=True))
    there = list(row.chapters.values_list("number", flat=True))
    new = [chapter for chapter in read.chapters if not chapter.story or chapter.story not in stories]
    away = len(there) + len(new)  # positions must not meet while they are moved
    for chapter in new:
        at = _place(there, chapter.number)
        row.chapters.filter(position__gt=at).update(position=F("position") + away + 1)
        row.chapters.filter(position__gt=away).update(position=F("position") - away)
        row.reviews.filter(chapter__gt=at).update(chapter=F("chapter") + 1)
        row.old_addresses.filter(chapter__gt=at).update(chapter=F("chapter") + 1)
        there.insert(at, chapter.number)
        write_chapters(row, [chapter], at + 1)
    gain_facts(row, read.facts)
    _write_doubts(row, read, _linked(row))
    whole = model.Work({}, works.chapters(row))
    measures = {
        "words": sum(row.chapters.values_list("words", flat=True)),
        "chapter_count": len(there),
        "story_sha256": prints.of_work(whole).story,
        "sketch": sketch.of_chapters(whole.chapters),
    }
    change(row, shared, **measures)


def read_again(row: models.Work, read: ReadWork, source_ids: Sequence[int], shared: Shared) -> bool:
    """Whether these are the very sources that the story comes from; then the reading is refreshed where it differs."""
    linked = _linked(row)
    used = {linked[block.source] for one in row.chapters.all() for block in unpack(one.blocks)}
    if not used <= set(source_ids) or not set(source_ids) <= set(linked):
        return False
    again = renumbered(read, [linked.index(source) for source in source_ids])
    told = tuple(model.Chapter(one.number, one.title or None, unpack(one.blocks)) for one in again.chapters)
    if told != works.chapters(row) or again.facts != works.stated(row):
        replace(row, read, source_ids, "read again by another ficshelf", shared)
    return True


def gain(row: models.Work, read: ReadWork, source_ids: Sequence[int], shared: Shared) -> None:
    """Note that the same story was found once more, and lose nothing that only this copy has.

    Facts that only it states are added. Where it has notes or pictures that the work lacks, or titles of its chapters,
    it takes the work's place if it has all of the work's too, and else is kept whole beside it, as a version.
    """
    if _keep_beside(row, read, source_ids):
        return
    ours = _texts(unpack(one.blocks) for one in row.chapters.all())
    theirs = _texts(unpack(one.blocks) for one in read.chapters)
    named = sum(1 for one in read.chapters if one.title) > row.chapters.exclude(title="").count()
    if theirs > ours or (theirs == ours and named):
        what = "a fuller copy of the same story was" if theirs > ours else "the titles of its chapters were"
        replace(row, read, source_ids, f"{what} found", shared)
        return
    read = renumbered(read, link_sources(row, source_ids))
    if theirs - ours:
        chapters = tuple(model.Chapter(one.number, one.title or None, unpack(one.blocks)) for one in read.chapters)
        copy = pack_work(model.Work(read.facts, chapters))
        models.Version.objects.create(
            work=row, number=row.version, reason="another copy of the same story", reading=copy
        )
        row.version += 1
        row.save()
    if gain_facts(row, read.facts):
        change(row, shared)


def _keep_beside(row: models.Work, read: ReadWork, source_ids: Sequence[int]) -> bool:
    """Whether these are sources of a copy that a person had kept beside the work; then its version is read anew."""
    copies = dict(row.work_sources.filter(is_copy=True).values_list("source_id", "position"))
    if not set(source_ids) <= set(copies):
        return False
    read = renumbered(read, [copies[source] for source in source_ids])
    told = tuple(model.Chapter(one.number, one.title or None, unpack(one.blocks)) for one in read.chapters)
    mine = {copies[source] for source in source_ids}
    for version in row.versions.order_by("-number"):
        old = unpack_work(version.reading)
        if {block.source for one in old.chapters for block in one.blocks} == mine:
            version.reading = pack_work(model.Work(read.facts, told))
            version.save()
            break
    return True


def _texts(chapters: Iterable[tuple[model.Block, ...]]) -> set[bytes]:
    """What blocks say, but for those that only part a story."""
    return {
        prints.letters(block.text)
        for blocks in chapters
        for block in blocks
        if block.kind not in ("heading", "break", "end")
    }


def refresh(row: models.Work, shared: Shared | None = None) -> None:
    """Bring a work's columns, tags, credits and series up to date with its facts and what people decided."""
    change(row, shared or Shared())


def link_sources(row: models.Work, source_ids: Sequence[int]) -> list[int]:
    """Make these sources of the work, after those it has. Returns the position of each."""
    positions = {source: position for position, source in enumerate(_linked(row))}
    new = [source for source in dict.fromkeys(source_ids) if source not in positions]
    for source in new:
        positions[source] = len(positions)
    models.WorkSource.objects.bulk_create(
        [models.WorkSource(work=row, source_id=source, position=positions[source]) for source in new]
    )
    return [positions[source] for source in source_ids]


def _linked(row: models.Work) -> list[int]:
    return list(row.work_sources.order_by("position").values_list("source_id", flat=True))


def _identity(sha256: str) -> str:
    """A name for the work that comes of its first source alone, so that a library built again has the same ones."""
    for number in range(1_000_000):
        identity = hashlib.sha256(f"{sha256} {number}".encode()).hexdigest()
        if not models.Work.objects.filter(identity=identity).exists():
            return identity
    raise AssertionError("a source holds a million works at most")


def measures(read: ReadWork) -> dict[str, Any]:
    return {
        "words": sum(chapter.words for chapter in read.chapters),
        "chapter_count": len(read.chapters),
        "story_sha256": read.story,
        "sketch": read.sketch,
    }


def change(row: models.Work, shared: Shared, **measures: Any) -> None:
    """Save a work that reads otherwise than before: its columns, its links, a version more."""
    facts = works.facts(row)
    if "sketch" in measures:
        lookup.note_text(row.id, measures["sketch"], anew=True)
    for name, value in {**measures, **columns(facts)}.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    shared.relink(row, facts)


def write_chapters(row: models.Work, chapters: Sequence[ReadChapter], first: int) -> None:
    models.Chapter.objects.bulk_create(
        [
            models.Chapter(
                work=row,
                position=position,
                number=chapter.number,
                title=chapter.title,
                words=chapter.words,
                scenes=chapter.scenes,
                story_sha256=chapter.story,
                blocks=chapter.blocks,
            )
            for position, chapter in enumerate(chapters, start=first)
        ]
    )


def write_facts(row: models.Work, facts: model.Facts, behind: int = 0) -> None:
    models.Fact.objects.bulk_create(
        [
            models.Fact(
                work=row,
                name=name,
                value=_text(fact.value),
                how=fact.how,
                confidence=fact.confidence,
                evidence=fact.evidence,
                source=fact.source,
                spans=fact.spans,
                position=position,
            )
            for name, found in facts.items()
            for position, fact in enumerate(found, start=behind)
        ]
    )


def gain_facts(row: models.Work, facts: model.Facts) -> bool:
    """Store the facts that the work does not have yet, behind those it has. True when there were any."""
    had = set(row.facts.values_list("name", "value"))
    new = {name: tuple(fact for fact in found if (name, _text(fact.value)) not in had) for name, found in facts.items()}
    write_facts(row, new, behind=len(had))
    return any(new.values())


def _write_doubts(row: models.Work, read: ReadWork, source_ids: Sequence[int]) -> None:
    """Store remarks and questions; a question that was answered before is not asked again."""
    models.Remark.objects.bulk_create(
        [
            models.Remark(
                work=row,
                source_id=source_ids[one.source],
                kind=one.kind,
                start=one.span[0],
                end=one.span[1],
                text=one.text,
            )
            for one in read.remarks
        ]
    )
    if read.questions:
        asked = set(models.Question.objects.filter(work=row).values_list("about", "text", "source_id"))
        models.Question.objects.bulk_create(
            [
                models.Question(
                    work=row, source_id=source_ids[one.source], about=one.about, text=one.text, answers=one.answers
                )
                for one in read.questions
                if (one.about, one.text, source_ids[one.source]) not in asked
            ]
        )


def note_loose(remarks: Iterable[model.Remark], questions: Iterable[model.Question], rows: Mapping[int, int]) -> None:
    """Store what was noticed in sources that gave no work: `rows` are their rows."""
    models.Remark.objects.filter(work=None, source__in=rows.values()).delete()
    models.Remark.objects.bulk_create(
        [
            models.Remark(source_id=rows[one.source], kind=one.kind, start=one.span[0], end=one.span[1], text=one.text)
            for one in remarks
            if one.source in rows
        ]
    )
    models.Question.objects.filter(work=None, answered=None, source__in=rows.values()).delete()
    models.Question.objects.bulk_create(
        [
            models.Question(source_id=rows[one.source], about=one.about, text=one.text, answers=one.answers)
            for one in questions
            if one.source in rows
        ]
    )


def _text(value: str | bool) -> str:
    return value if isinstance(value, str) else "true" if value else "false"
