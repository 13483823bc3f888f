"""Works for a small library of our own to search in."""

from __future__ import annotations

import itertools

from ficshelf import words
from ficshelf.library.blocks import pack
from ficshelf.library.models import Chapter, Credit, Person, Series, SeriesPart, Tag, Work, WorkTag
from ficshelf.model import Block, Run

_numbers = itertools.count(1)


def blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a text with a paragraph a line: `***` is a break, `A/N …` a note, `# …` a heading."""
    kinds = {"***": "break", "A/N": "note", "#": "heading"}
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return tuple(Block(kinds.get(line.split()[0], "paragraph"), (Run(line),), ()) for line in lines)


def shelve(title: str = "", *chapters: str, authors: str | list[str] = "", **known: object) -> Work:
    """A work with these chapters. Tags are named by their kind (`fandom=["Hamlet"]`), other facts by their column;
    a tag that begins with `?` is a guess."""
    kinds = ("fandom", "relationship", "character", "warning", "genre", "category", "tag")
    tags = {kind: known.pop(kind) for kind in kinds if kind in known}
    series = known.pop("series", "")
    packed = [blocks(chapter) for chapter in chapters]
    names = [authors] if isinstance(authors, str) else authors
    work = Work.objects.create(
        **{
            "identity": f"work-{next(_numbers)}",
            "title": title,
            "sort_title": title.lower(),
            "sort_author": names[0].lower(),
            "words": sum(map(words.of_blocks, packed)),
            "chapter_count": len(chapters),
            **known,
        }
    )
    Chapter.objects.bulk_create(
        Chapter(work=work, position=position, number=position, blocks=pack(found))
        for position, found in enumerate(packed, 1)
    )
    for kind, values in tags.items():
        for value in values:
            how, name = ("inferred", value[1:]) if value.startswith("?") else ("stated", value)
            tag, _ = Tag.objects.get_or_create(kind=kind, fold=name.lower(), defaults={"name": name})
            WorkTag.objects.create(work=work, tag=tag, how=how)
    for name in filter(None, names):
        person, _ = Person.objects.get_or_create(fold=name.lower(), defaults={"name": name})
        Credit.objects.create(work=work, person=person)
    if series:
        row, _ = Series.objects.get_or_create(fold=series.lower(), defaults={"name": series})
        SeriesPart.objects.create(work=work, series=row)
    return work


def rewrite(work: Work, *chapters: str) -> None:
    """The work as a later version of it reads."""
    work.chapters.all().delete()
    Chapter.objects.bulk_create(
        Chapter(work=work, position=position, number=position, blocks=pack(blocks(chapter)))
        for position, chapter in enumerate(chapters, 1)
    )
    work.version += 1
    work.chapter_count = len(chapters)
    work.save()
