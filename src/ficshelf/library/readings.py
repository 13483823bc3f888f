"""Readings ready to be stored: works with their blocks packed, words counted and prints taken. No database here, so
that the processes that read files can do this part too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ficshelf import model, prints, words
from ficshelf.library import blocks
from ficshelf.likeness import sketch
from ficshelf.scenes import scenes


class ReadChapter(NamedTuple):
    """A chapter ready to be stored: blocks packed, words and scenes counted, its print taken."""

    number: int | None
    title: str
    words: int
    scenes: int
    story: str
    blocks: bytes


class ReadReview(NamedTuple):
    """A review ready to be stored: what it and its reply say is packed. `source` as in facts; `position` from 1."""

    source: int
    position: int
    chapter: int
    reviewer: str
    date: str
    rating: str
    blocks: bytes
    reply: bytes
    replied: str
    answers: int


class ReadRecord(NamedTuple):
    """A record of an archive ready to be stored. `source` is an index into the sources that were read together."""

    source: int
    record: model.Recorded  # without its blocks
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
    reviews: tuple[ReadReview, ...] = ()
    shelfmark: model.Shelfmark | None = None


def records(reading: model.Reading) -> tuple[ReadRecord, ...]:
    """The records of a reading."""
    return tuple(
        ReadRecord(one.source, one._replace(blocks=()), blocks.pack(one.blocks) if one.blocks else b"")
        for one in reading.records
    )


def ready(reading: model.Reading) -> list[ReadWork]:
    """The works of a reading, each with the remarks and questions that concern it."""
    used = [_sources_of(work) for work in reading.works]
    made = []
    for index, work in enumerate(reading.works):
        local = {source: position for position, source in enumerate(used[index])}
        remarks = [
            one._replace(source=local[one.source]) for one in reading.remarks if _owner(reading, used, one) == index
        ]
        questions = [
            one._replace(source=local[one.source]) for one in reading.questions if _owner(reading, used, one) == index
        ]
        made.append(_ready(work, used[index], local)._replace(remarks=tuple(remarks), questions=tuple(questions)))
    return made


def renumbered(read: ReadWork, positions: Sequence[int]) -> ReadWork:
    """The work with its source 0 called `positions[0]`, and so on."""
    if list(positions) == list(range(len(positions))):
        return read
    facts = {
        name: tuple(fact._replace(source=positions[fact.source]) for fact in found)
        for name, found in read.facts.items()
    }
    chapters = tuple(
        one._replace(
            blocks=blocks.pack(
                tuple(block._replace(source=positions[block.source]) for block in blocks.unpack(one.blocks))
            )
        )
        for one in read.chapters
    )
    remarks = tuple(one._replace(source=positions[one.source]) for one in read.remarks)
    questions = tuple(one._replace(source=positions[one.source]) for one in read.questions)
    reviews = tuple(one._replace(source=positions[one.source]) for one in read.reviews)
    return read._replace(facts=facts, chapters=chapters, remarks=remarks, questions=questions, reviews=reviews)


def _sources_of(work: model.Work) -> tuple[int, ...]:
    in_blocks = {block.source for chapter in work.chapters for block in chapter.blocks}
    in_blocks |= {block.source for review in work.reviews for block in (*review.blocks, *review.reply)}
    return tuple(sorted(in_blocks | {fact.source for found in work.facts.values() for fact in found}))


def _ready(work: model.Work, used: tuple[int, ...], local: dict[int, int]) -> ReadWork:
    chapters, facts = work.chapters, work.facts
    if used != tuple(range(len(used))):
        chapters = tuple(
            one._replace(blocks=tuple(block._replace(source=local[block.source]) for block in one.blocks))
            for one in chapters
        )
        facts = {
            name: tuple(fact._replace(source=local[fact.source]) for fact in found) for name, found in facts.items()
        }
    taken = prints.of_work(work)
    packed = tuple(
        ReadChapter(
            chapter.number,
            chapter.title or "",
            words.of_chapter(chapter),
            len(scenes(chapter.blocks)),
            story,
            blocks.pack(chapter.blocks),
        )
        for chapter, story in zip(chapters, taken.chapters, strict=True)
    )
    reviews = tuple(
        ReadReview(
            next((local[block.source] for block in (*one.blocks, *one.reply)), 0),
            position,
            one.chapter,
            one.reviewer,
            one.date,
            one.rating,
            blocks.pack(one.blocks) if one.blocks else b"",
            blocks.pack(one.reply) if one.reply else b"",
            one.replied,
            one.answers,
        )
        for position, one in enumerate(work.reviews, 1)
    )
    return ReadWork(
        facts, packed, used, taken.story, sketch.of_chapters(chapters), reviews=reviews, shelfmark=work.shelfmark
    )


def _owner(reading: model.Reading, used: list[tuple[int, ...]], one: model.Remark | model.Question) -> int | None:
    """The work that a remark or a question concerns: the only one of its source, else the one that it lies in."""
    owners = [index for index, sources in enumerate(used) if one.source in sources]
    if len(owners) > 1 and isinstance(one, model.Remark):
        for index in owners:
            if any(
                span.start <= one.span.start < span.end
                for chapter in reading.works[index].chapters
                for block in chapter.blocks
                if block.source == one.source
                for span in block.spans
            ):
                return index
    return owners[0] if owners else None
