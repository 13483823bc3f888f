"""Works for the tests of the pages, put into the library row by row: hostile ones too, which no reader would let in."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

from django.conf import settings
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from ficshelf.library import models, originals
from ficshelf.library.blocks import pack
from ficshelf.model import Block, Run, Span
from ficshelf.names import fold, sort_key
from ficshelf.scenes import scenes
from ficshelf.words import of_blocks


def parsed(client: Client, url: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(url)
    assert response.status_code == status, url
    return LexborHTMLParser(response.content)


def text_of(tree: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(node.text().split()) for node in tree.css(selector))


def block(kind: str, text: str, *marks: str, spans: tuple[tuple[int, int], ...] = (), link: str = "") -> Block:
    """A block of one run."""
    return Block(kind, (Run(text, tuple(marks), link),), tuple(Span(*span) for span in spans))


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """Plain paragraphs; `* * *` is a break."""
    return tuple(block("break" if text == "* * *" else "paragraph", text) for text in texts)


def add_work(
    title: str = "The Lighthouse Keeper’s Ledger",
    *,
    authors: tuple[str, ...] = ("Mary Whitlow",),
    chapters: tuple[tuple[int | None, str, tuple[Block, ...]], ...] = (),
    tags: dict[str, tuple[str, ...]] | None = None,
    series: tuple[tuple[str, int], ...] = (),
    facts: tuple[tuple[str, str, str, str], ...] = (),
    files: tuple[tuple[str, bytes], ...] = (("ledger.txt", b"The lamp was lit.\n"),),
    remarks: tuple[tuple[str, str, int, int], ...] = (),
    questions: tuple[tuple[str, str, list[list[str]]], ...] = (),
    **columns: object,
) -> models.Work:
    """A work with everything that belongs to it. `facts` are (name, value, how, evidence), `files` (path, bytes),
    `remarks` (kind, text, start, end) on the first file, `questions` (about, text, answers)."""
    chapters = chapters or ((None, "", paragraphs("The lamp was lit at dusk.", "* * *", "Nobody came.")),)
    words = [of_blocks(blocks) for _, _, blocks in chapters]
    identity = hashlib.sha256(f"{title}{models.Work.objects.count()}".encode(errors="replace")).hexdigest()
    columns = {
        "summary": "A keeper counts the ships that do not come.",
        "rating": "teen",
        "complete": True,
        "updated": datetime.date(2003, 3, 4),
        **columns,
    }
    work = models.Work.objects.create(
        identity=identity,
        title=title,
        sort_title=sort_key(title) if title else "",
        sort_author=sort_key(authors[0]) if authors else "",
        words=sum(words),
        chapter_count=len(chapters),
        **columns,
    )
    for position, name in enumerate(authors):
        person, _ = models.Person.objects.get_or_create(fold=fold(name), defaults={"name": name})
        models.Credit.objects.create(work=work, person=person, position=position)
    tags = {"fandom": ("Flannan Isle",)} if tags is None else tags
    for kind, names in tags.items():
        for position, name in enumerate(names):
            tag, _ = models.Tag.objects.get_or_create(kind=kind, fold=fold(name), defaults={"name": name})
            models.WorkTag.objects.create(work=work, tag=tag, position=position)
    for name, place in series:
        row, _ = models.Series.objects.get_or_create(fold=fold(name), base=fold(name), defaults={"name": name})
        models.SeriesPart.objects.create(work=work, series=row, position=place)
    for position, (number, name, blocks) in enumerate(chapters, start=1):
        models.Chapter.objects.create(
            work=work,
            position=position,
            number=number,
            title=name,
            words=words[position - 1],
            scenes=len(scenes(blocks)),
            blocks=pack(blocks),
        )
    stated = [("title", title), *(("author", name) for name in authors), ("summary", str(columns["summary"]))]
    stated += [(kind, name) for kind, names in tags.items() for name in names]
    rows = [(name, value, "stated", "") for name, value in stated if value] + list(facts)
    for position, (name, value, how, evidence) in enumerate(rows):
        models.Fact.objects.create(
            work=work,
            name=name,
            value=value,
            how=how,
            evidence=evidence,
            confidence=0.8 if how == "inferred" else None,
            position=position,
        )
    for position, (path, data) in enumerate(files):
        source = add_source(path, data)
        models.WorkSource.objects.create(work=work, source=source, position=position)
        if position == 0:
            for kind, text, start, end in remarks:
                models.Remark.objects.create(work=work, source=source, kind=kind, text=text, start=start, end=end)
            for about, text, answers in questions:
                models.Question.objects.create(work=work, source=source, about=about, text=text, answers=answers)
    return work


def add_source(path: str, data: bytes) -> models.Source:
    """A plain text in the library."""
    digest = hashlib.sha256(data).hexdigest()
    originals.store(Path(settings.LIBRARY), digest, data)
    text = data.decode("utf-8", "replace")  # what the reader of plain text makes of it
    source, _ = models.Source.objects.get_or_create(
        sha256=digest,
        defaults={
            "size": len(data),
            "reader": "text",
            "encoding": "utf-8",
            "text_length": len(text),
            "text_sha256": hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
        },
    )
    models.Place.objects.get_or_create(
        source=source,
        path_sha256=hashlib.sha256(path.encode(errors="surrogatepass")).hexdigest(),
        defaults={"path": path},
    )
    return source
