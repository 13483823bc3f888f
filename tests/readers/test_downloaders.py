"""What programs make that fetch stories from archives: FicHub's and fiction-dl's books and pages.

The markup is what each program writes; the stories are our own.
"""

# ruff: noqa: E501 - markup as the programs write it
from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from test_epub_makers import ONE, TWO, book, chapters, prose

from ficshelf import conserve
from ficshelf.model import Work
from ficshelf.reading import read
from ficshelf.sources import Scratch, walk

META = "<dc:creator>Ann Ambler</dc:creator><dc:identifier>{}</dc:identifier><dc:description>A lamp goes out on a ship.</dc:description>"
URL = '<a rel="noopener noreferrer" href="https://www.fanfiction.net/s/12">https://www.fanfiction.net/s/12</a>'
ROW = "<p>Rated: Fiction T - English - Humor - Marta - Reviews: 12 - Words: 41 - id: 12</p>"
EXPORTED = "<p>Exported with the assistance of <a href='https://fichub.net'>FicHub.net</a></p>"
PARTS = (("1. Out", ONE), ("2. In", TWO))


def told(data: bytes, path: str) -> tuple[Work, dict[str, list[str | bool]]]:
    reading = read([(data, path)])
    (work,) = reading.works
    assert not conserve.lost(reading.sources[0], [work])
    return work, {name: [fact.value for fact in found if fact.how == "stated"] for name, found in work.facts.items()}


def fichub_book() -> bytes:
    intro = (
        "<body>\n<h1>The Lamp</h1>\n<p><b>By: Ann Ambler</b></p>\n<p><p>A lamp goes out on a ship.</p><p>By the sea.</p></p>"
        "<p>Status: complete</p><p>Published: 2009-03-01</p><p>Updated: 2009-04-01</p><p>Words: 41</p><p>Chapters: 2</p>"
        f"{ROW}<p>Original source:\n{URL}</p>{EXPORTED}</body>"
    )
    entries = "".join(f'<li><a href="chap_{n}.xhtml">{label}</a></li>' for n, (label, _) in enumerate(PARTS, 1))
    nav = f'<body><nav epub:type="toc" id="id" role="doc-toc"><h2>The Lamp</h2><ol>{entries}</ol></nav></body>'
    pages = {"introduction.xhtml": ("Introduction", intro), "nav.xhtml": ("", nav)}
    for n, (label, said) in enumerate(PARTS, 1):
        pages[f"chap_{n}.xhtml"] = (label, f"<body><h2>{label}</h2>{prose(said)}</body>")
    return book(META.format("AbCd12"), pages)


def fichub_page() -> bytes:
    entries = "".join(f'<li><a href="#chap_{n}">{label}</a></li>' for n, (label, _) in enumerate(PARTS, 1))
    story = "".join(
        f'<div id="chap_{n}"><div class="chapter_nav"><a href="#chap_{3 - n}" class="{"right" if n == 1 else "left"}">'
        f'{"next" if n == 1 else "previous"} chapter</a><span class="cfix"></span><a href="#contents-list">chapter list</a>'
        f"</div><h2>{label}</h2>{prose(said)}</div>"
        for n, (label, said) in enumerate(PARTS, 1)
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Lamp by Ann Ambler</title></head><body>'
        '<h1><span class="title">The Lamp</span></h1><h2>by <span class="author">Ann Ambler</span></h2>'
        f"<div><p>A lamp goes out on a ship.</p><p>By the sea.</p></div><p>Original source: {URL}</p><p>Chapters: 2</p>"
        f'<p>Words: 41</p>{ROW}{EXPORTED}<nav id="contents-list"> <ol>{entries}</ol></nav>{story}'
        '<a href="#contents-list">(back to chapter list)</a></body></html>'
    ).encode()


KNOWN = {
    "title": ["The Lamp"], "author": ["Ann Ambler"], "url": ["https://www.fanfiction.net/s/12"], "words": ["41"],
}  # fmt: skip


@pytest.mark.parametrize(("data", "path"), [(fichub_book(), "a.epub"), (fichub_page(), "The_Lamp_by_Ann-AbCd.html")])
def test_fichub_s_stories_with_what_the_archive_said_of_them(data: bytes, path: str) -> None:
    work, facts = told(data, path)
    assert chapters(work) == [(1, "Out", ONE), (2, "In", TWO)]
    row = {"rating": ["T"], "language": ["English"], "genre": ["Humor"], "character": ["Marta"]}
    assert {name: facts.get(name) for name in (*KNOWN, *row, "summary")} == {
        **KNOWN, **row, "summary": ["A lamp goes out on a ship.\n\nBy the sea."],
    }  # fmt: skip
    if path.endswith(".epub"):
        assert (facts["published"], facts["updated"], facts["complete"]) == (["2009-03-01"], ["2009-04-01"], [True])


def test_fichub_s_zipped_page_is_the_story(tmp_path: Path) -> None:
    box = tmp_path / "The_Lamp_by_Ann-AbCd.zip"
    with zipfile.ZipFile(box, "w") as out:
        out.writestr("The_Lamp_by_Ann-AbCd.html", fichub_page())
    (tmp_path / "scratch").mkdir()
    places = list(walk([box], scratch=Scratch(tmp_path / "scratch")))
    (page,) = [place for place in places if not place.container]
    assert chapters(told(page.content(1 << 20) or b"", page.path)[0]) == [(1, "Out", ONE), (2, "In", TWO)]


def test_a_story_that_names_fichub_is_no_export_of_it() -> None:
    page = f"<html><body><h1>The Lamp</h1>{prose(ONE)}<p>I read it with <a href='https://fichub.net'>FicHub</a>.</p>{prose(TWO)}</body></html>"
    work, _ = told(page.encode(), "a.html")
    assert [text for one in chapters(work) for text in one[2]][:2] == ONE


KEPT = (
    "<p>This story has been published on <strong>March 1, 2009</strong>. It has been most recently updated on <strong>April 1, "
    '2009</strong>. It consists of <strong><span id="StoryChapterCount">2</span></strong> chapter(s) and <strong>41</strong> '
    f"words. It can be found here:</p><p>{URL}</p><p>This story has been extracted on <strong>May 5, 2020</strong>, using "
    '<a href="https://github.com/DreamCobbler/fiction-dl"><strong>fiction-dl 1.7.0</strong></a>.</p>'
)


def fiction_dl_book() -> bytes:
    first = "<p><strong>The Lamp</strong> by <strong>Ann Ambler</strong></p><p><em>A lamp goes out on a ship.</em></p>"
    pages = {"Metadata.xhtml": ("Metadata", f"<body><h1>Metadata</h1>{first}{KEPT}</body>")}
    for n, (label, said) in enumerate((("Out", ONE), ("In", TWO)), 1):
        title = f"Chapter {n}: {label}"
        pages[f"Chapter {n}.xhtml"] = (title, f"<body><h1>{title}</h1>{prose(said)}</body>")
    return book(META.format("The Lamp"), pages)


def fiction_dl_page() -> bytes:
    story = "".join(
        f"<h2>Chapter {n}: {label}</h2>{prose(said)}" for n, (label, said) in enumerate((("Out", ONE), ("In", TWO)), 1)
    )
    return (
        '<!DOCTYPE HTML><html><head><meta charset = "UTF-8"><title>The Lamp</title></head><body><header><h1>The Lamp</h1>'
        f"<h2>Ann Ambler</h2><p><em>A lamp goes out on a ship.</em></p>{KEPT}</header><main>{story}</main></body></html>"
    ).encode()


@pytest.mark.parametrize(("data", "path"), [(fiction_dl_book(), "a.epub"), (fiction_dl_page(), "The Lamp.html")])
def test_fiction_dl_s_stories(data: bytes, path: str) -> None:
    work, facts = told(data, path)
    assert chapters(work) == [(1, "Out", ONE), (2, "In", TWO)]
    assert {name: facts.get(name) for name in (*KNOWN, "summary", "published", "updated")} == {
        **KNOWN, "summary": ["A lamp goes out on a ship."], "published": ["March 1, 2009"], "updated": ["April 1, 2009"],
    }  # fmt: skip


def test_a_book_in_a_box_is_read_as_itself(tmp_path: Path) -> None:
    """A zip of what these programs made."""
    (tmp_path / "scratch").mkdir()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr("fichub/The_Lamp.epub", fichub_book())
        out.writestr("fiction-dl/The Lamp.epub", fiction_dl_book())
    (tmp_path / "all.zip").write_bytes(stream.getvalue())
    places = [one for one in walk([tmp_path / "all.zip"], scratch=Scratch(tmp_path / "scratch")) if not one.container]
    assert len(places) == 2
    for place in places:
        assert told(place.content(1 << 20) or b"", place.path)[1]["url"] == ["https://www.fanfiction.net/s/12"]
