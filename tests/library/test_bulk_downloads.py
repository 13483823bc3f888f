"""Downloads of one archive in bulk: a folder with the same works as page, EPUB, Kindle book and PDF, and zips of it."""

# ruff: noqa: E501 - markup as the archive writes it
from __future__ import annotations

import io
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from typing import Any

import pytest
from tales import sentence

from ficshelf.library import intake, models
from ficshelf.library.check import check
from ficshelf.sources import Scratch, walk

sys.path.append(str(Path(__file__).parent.parent / "readers"))  # where books and PDFs are made for the tests
from kindles import book as kindle
from pdfs import lines, pdf

WORKS = (("The Ford", 9900101, 3), ("Nine Boats", 9900102, 1), ("Nine Boats Again", 9900103, 2))


def paragraphs(title: str, chapter: int) -> list[str]:
    dice = random.Random(f"{title} {chapter}")
    return [" ".join(sentence(dice) for _ in range(4)) for _ in range(8)]


def preface(title: str, number: int, chapters: int) -> str:
    address = f"https://archiveofourown.org/works/{number}"
    return (
        f'<div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>{title}</b><br/>Posted originally on '
        f'the <a href="http://archiveofourown.org/">Archive of Our Own</a> at <a href="{address}">{address}</a>.</p>'
        '<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="/t/1">General Audiences</a></dd><dt>Fandom:</dt>'
        '<dd><a href="/t/2">Robin Hood</a></dd><dt>Language:</dt><dd>English</dd><dt>Stats:</dt><dd>Published: 2013-01-02 '
        f"Words: 2,100 Chapters: {chapters}/{chapters}</dd></dl><h1>{title}</h1>"
        '<div class="byline">by <a rel="author" href="/users/heron">heron</a></div></div></div>'
    )


def told(title: str, chapter: int, chapters: int) -> str:
    head = f'<div class="meta group"><h2 class="heading">Chapter {chapter}</h2></div>' if chapters > 1 else ""
    said = "".join(f"<p>{one}</p>" for one in paragraphs(title, chapter))
    return f'{head}<!--chapter content--><div class="userstuff">{said}</div><!--/chapter content-->'


AFTERWORD = (
    '<div id="afterword"><h2 class="toc-heading">Afterword</h2><p class="message">Please <a href="x">drop by the Archive '
    "and comment</a> to let the creator know if you enjoyed their work!</p></div>"
)


def page(title: str, number: int, chapters: int) -> bytes:
    story = "".join(told(title, one, chapters) for one in range(1, chapters + 1))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{title} - heron - Robin Hood</title></head><body>'
        f'{preface(title, number, chapters)}<div id="chapters" class="userstuff">{story}</div>{AFTERWORD}</body></html>'
    ).encode()


def epub(title: str, number: int, chapters: int) -> bytes:
    bodies = [
        preface(title, number, chapters),
        *(told(title, one, chapters) for one in range(1, chapters + 1)),
        AFTERWORD,
    ]
    names = [f"{title.replace(' ', '_')}_split_{one:03}.xhtml" for one in range(len(bodies))]
    items = "".join(f'<item id="i{n}" href="{one}" media-type="application/xhtml+xml"/>' for n, one in enumerate(names))
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>{title}</dc:title><dc:creator opf:role="aut">heron</dc:creator>'
        "<dc:publisher>Archive of Our Own</dc:publisher><dc:subject>Fanworks</dc:subject><dc:language>en</dc:language>"
        f"<dc:date>2013-01-02</dc:date></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as box:
        box.writestr("mimetype", "application/epub+zip")
        box.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>',
        )
        box.writestr("content.opf", opf)
        for name, body in zip(names, bodies, strict=True):
            box.writestr(
                name,
                f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body>{body}</body></html>',
            )
    return stream.getvalue()


def mobi(title: str, number: int, chapters: int) -> bytes:
    story = "".join(
        f"<mbp:pagebreak/>{told(title, one, chapters)}".replace("<!--chapter content-->", "")
        for one in range(1, chapters + 1)
    )
    body = f"{preface(title, number, chapters)}{story}<mbp:pagebreak/>{AFTERWORD}"
    return kindle(f"<html><head></head><body>{body}</body></html>", title=title.encode(), told=[(100, b"heron")])


def sheets(title: str, number: int, chapters: int) -> bytes:
    said = [
        "Preface", "", title, "Posted originally on the Archive of Our Own at",
        f"https://archiveofourown.org/works/{number}.", "",
        "Rating: General Audiences", "Fandom: Robin Hood", "Language: English",
        "Stats: Published: 2013-01-02 Words: 2,100", "", title, "", "by heron", "",
    ]  # fmt: skip
    pages = [said]
    for chapter in range(1, chapters + 1):
        text = [f"Chapter {chapter}", ""] if chapters > 1 else []
        for one in paragraphs(title, chapter):
            text += [*wrap(one, 48), ""]
        pages += [text[at : at + 26] for at in range(0, len(text), 26)]
    return pdf([lines(one) for one in pages])


FORMATS: dict[str, Callable[[str, int, int], bytes]] = {"html": page, "epub": epub, "mobi": mobi, "pdf": sheets}


def downloads(formats: tuple[str, ...]) -> dict[str, bytes]:
    return {
        f"{title.replace(' ', '_')}.{ending}": FORMATS[ending](title, number, chapters)
        for title, number, chapters in WORKS
        for ending in formats
    }


def add(library: Path, *paths: Path) -> Any:
    scratch = library / "scratch"
    scratch.mkdir(exist_ok=True)
    report = intake.add(library, list(walk(paths, scratch=Scratch(scratch))))
    assert [one.text for one in check(library)] == []
    return report


def shelved() -> list[tuple[str, int, int]]:
    """Each work: its title, the number of its address, its chapters."""
    addresses = {
        work: int(value.rstrip("/.").rpartition("/")[2])
        for work, value in models.Fact.objects.filter(name="url").values_list("work_id", "value")
    }
    return sorted((one.title, addresses.get(one.id, 0), one.chapter_count) for one in models.Work.objects.all())


WANTED = sorted(WORKS)


@pytest.mark.parametrize(
    ("formats", "boxed"),
    [(("html", "epub"), False), (("html", "epub", "mobi", "pdf"), False), (("html", "epub", "mobi", "pdf"), True)],
)
def test_each_work_is_one_whatever_formats_it_was_downloaded_in(
    library: Path, stories: Callable[..., Path], tmp_path: Path, formats: tuple[str, ...], boxed: bool
) -> None:
    files = downloads(formats)
    if boxed:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as box:
            for name, data in files.items():
                box.writestr(name, data)
        add(library, tmp_path / "all.zip")
    else:
        add(library, stories(files))
    assert shelved() == WANTED
    copies = Counter(models.WorkSource.objects.values_list("work_id", flat=True))
    assert set(copies.values()) == {len(formats)}
    assert not models.Question.objects.filter(about="same-work").exists()
