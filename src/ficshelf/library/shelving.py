"""Works into the database: what a reading found becomes rows, within the transaction of who calls.

The number of queries for a work depends neither on the size of the library nor on that of the work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F

from ficshelf import model, prints
from ficshelf.library import blocks, models, works
from ficshelf.library.columns import columns
from ficshelf.library.shared import Shared


class ReadChapter(NamedTuple):
    """A chapter ready to be stored: blocks packed, words and scenes counted, its print taken."""

    number: int | None
    title: str
    words: int
    scenes: int
    story: str
    blocks: bytes


class ReadWork(NamedTuple):
    """A work ready to be stored. What its facts and blocks call source 0, 1, … are `sources`: indexes into the list of
    the sources that were read together."""

    facts: model.Facts
    chapters: tuple[ReadChapter, ...]
    sources: tuple[int, ...]
    story: str
    sketch: bytes
    remarks: tuple[model.Remark, ...] = ()
    questions: tuple[model.Question, ...] = ()


def add(read: ReadWork, source_ids: Sequence[int], sha256: str, shared: Shared) -> models.Work:
    """Store a new work. `source_ids` are the rows of its sources, in the order of its own; `sha256` is the first's."""
    row = models.Work(identity=_identity(sha256), **_measures(read), **columns(read.facts))
    row.save(force_insert=True)
    models.WorkSource.objects.bulk_create(
        [models.WorkSource(work=row, source_id=one, position=position) for position, one in enumerate(source_ids)]
    )
    _write_chapters(row, read.chapters, 1)
    _write_facts(row, read.facts)
    shared.link(row, read.facts)
    _write_doubts(row, read, source_ids)
    return row


def replace(row: models.Work, read: ReadWork, source_ids: Sequence[int], reason: str, shared: Shared) -> None:
    """Put a newer reading in the place of a work's. The old one is kept as a version; people's decisions stay."""
    old = model.Work(works.stated(row), works.chapters(row))
    models.Version.objects.create(work=row, number=row.version, reason=reason, reading=blocks.pack_work(old))
    read = _renumbered(read, link_sources(row, source_ids))
    for table in (models.Chapter, models.Fact, models.Remark):
        table.objects.filter(work=row).delete()
    row.questions.filter(answered=None).exclude(about="same-work").delete()
    _write_chapters(row, read.chapters, 1)
    _write_facts(row, read.facts)
    _write_doubts(row, read, _linked(row))
    _change(row, shared, **_measures(read))


def append(row: models.Work, read: ReadWork, source_ids: Sequence[int], shared: Shared) -> None:
    """Add the chapters of `read` to a work, each where its number belongs."""
    read = _renumbered(read, link_sources(row, source_ids))
    there = list(row.chapters.values_list("number", flat=True))
    away = len(there) + len(read.chapters)  # positions must not meet while they are moved
    for chapter in read.chapters:
        later = (
            at for at, number in enumerate(there) if None not in (number, chapter.number) and number > chapter.number
        )
        at = next(later, len(there))
        row.chapters.filter(position__gt=at).update(position=F("position") + away + 1)
        row.chapters.filter(position__gt=away).update(position=F("position") - away)
        there.insert(at, chapter.number)
        _write_chapters(row, [chapter], at + 1)
    _gain_facts(row, read.facts)
    _write_doubts(row, read, _linked(row))
    whole = prints.of_work(model.Work({}, works.chapters(row)))
    words = sum(row.chapters.values_list("words", flat=True))
    _change(row, shared, words=words, chapter_count=len(there), story_sha256=whole.story, sketch=whole.sketch)


def gain(row: models.Work, read: ReadWork, source_ids: Sequence[int], shared: Shared) -> None:
    """Note that the same story was found once more, and take the facts that only this copy states."""
    read = _renumbered(read, link_sources(row, source_ids))
    if _gain_facts(row, read.facts):
        _change(row, shared)


def refresh(row: models.Work, shared: Shared | None = None) -> None:
    """Bring a work's columns, tags, credits and series up to date with its facts and what people decided."""
    _change(row, shared or Shared())


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


def _measures(read: ReadWork) -> dict[str, Any]:
    return {
        "words": sum(chapter.words for chapter in read.chapters),
        "chapter_count": len(read.chapters),
        "story_sha256": read.story,
        "sketch": read.sketch,
    }


def _change(row: models.Work, shared: Shared, **measures: Any) -> None:
    """Save a work that reads otherwise than before: its columns, its links, a version more."""
    facts = works.facts(row)
    for name, value in {**measures, **columns(facts)}.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    shared.relink(row, facts)


def _write_chapters(row: models.Work, chapters: Sequence[ReadChapter], first: int) -> None:
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


def _write_facts(row: models.Work, facts: model.Facts, behind: int = 0) -> None:
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


def _gain_facts(row: models.Work, facts: model.Facts) -> bool:
    """Store the facts that the work does not have yet, behind those it has. True when there were any."""
    had = set(row.facts.values_list("name", "value"))
    new = {name: tuple(fact for fact in found if (name, _text(fact.value)) not in had) for name, found in facts.items()}
    _write_facts(row, new, behind=len(had))
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


def ask_same(row: models.Work, other: models.Work, source: int, reason: str) -> None:
    """Ask whether two works are one story."""
    name = other.title or other.suggested_title
    text = f"Is this the same story as “{name}”?" if name else "Is this the same story as one without a title?"
    answers = [["same", reason], ["different", "they are two stories"]]
    models.Question.objects.create(
        work=row, other=other, source_id=source, about="same-work", text=text, answers=answers
    )


def _renumbered(read: ReadWork, positions: Sequence[int]) -> ReadWork:
    """The work with each of its sources called by its position among those of the work in the library."""
    if list(positions) == list(range(len(positions))):
        return read
    facts = {
        name: tuple(fact._replace(source=positions[fact.source]) for fact in found)
        for name, found in read.facts.items()
    }
    chapters = tuple(
        chapter._replace(
            blocks=blocks.pack(
                tuple(one._replace(source=positions[one.source]) for one in blocks.unpack(chapter.blocks))
            )
        )
        for chapter in read.chapters
    )
    remarks = tuple(one._replace(source=positions[one.source]) for one in read.remarks)
    questions = tuple(one._replace(source=positions[one.source]) for one in read.questions)
    return read._replace(facts=facts, chapters=chapters, remarks=remarks, questions=questions)


def _text(value: str | bool) -> str:
    return value if isinstance(value, str) else "true" if value else "false"
