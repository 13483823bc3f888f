"""A contents page that is added with its chapters, and what else lies about in folders of saved pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ficshelf.library import check, intake, models
from ficshelf.sources import walk

Stories = Callable[..., Path]

CHAPTERS = {"kindling": "Kindling", "draught": "Draught", "ash": "Ash"}


def contents(*files: str, numbered: bool = True) -> str:
    rows = ""
    for number, file in enumerate(files, 1):
        title = CHAPTERS.get(file, "The Stove")
        rows += f'<li><a href="{file}.html">{f"Chapter {number}: " if numbered else ""}{title}</a></li>'
    return (
        "<html><head><title>Small Fires by Moth</title></head><body><h1>Small Fires</h1><p>by Moth</p>"
        f"<p>Rating: PG-13</p><h3>Table of Contents</h3><ol>{rows}</ol></body></html>"
    )


def chapter(about: str) -> str:
    return (
        f"<html><head><title>x</title></head><body><p>The {about} of it was that the lamp had been out for an hour "
        f"before anybody at the table said so.</p><p>“You might have told me,” she said of the {about}, and went out."
        "</p></body></html>"
    )


def add(library: Path, *paths: Path) -> intake.Report:
    return intake.add(library, list(walk(paths, besides=library)))


def shelf() -> list[tuple[str, list[tuple[int | None, str]]]]:
    works = models.Work.objects.order_by("id")
    return [(work.title, list(work.chapters.order_by("position").values_list("number", "title"))) for work in works]


def test_files_of_any_name_are_one_work_in_the_order_of_their_contents_page(library: Path, stories: Stories) -> None:
    folder = stories({"index.html": contents(*CHAPTERS)} | {f"{one}.html": chapter(one) for one in CHAPTERS})
    report = add(library, folder)
    assert shelf() == [("Small Fires", [(1, "Kindling"), (2, "Draught"), (3, "Ash")])]
    assert models.Work.objects.get().facts.filter(name="rating", value="PG-13").exists()
    assert report.not_stories == {"contents page": 1}
    assert not list(check.check(library))


def test_titles_without_numbers_keep_their_order(library: Path, stories: Stories) -> None:
    folder = stories(
        {"contents.html": contents(*CHAPTERS, numbered=False)} | {f"{one}.html": chapter(one) for one in CHAPTERS}
    )
    add(library, folder)
    assert [[title for _, title in chapters] for _, chapters in shelf()] == [["Kindling", "Draught", "Ash"]]


def test_what_a_contents_page_names_and_is_not_there_is_told(library: Path, stories: Stories) -> None:
    folder = stories(
        {"index.html": contents("kindling", "draught", "stove", "ash")}
        | {f"{one}.html": chapter(one) for one in CHAPTERS}
    )
    add(library, folder)
    assert models.Remark.objects.get(kind="chapter-missing").text == (
        "The contents page names 4 chapters. Not found: 3."
    )
    assert [number for number, _ in shelf()[0][1]] == [1, 2, 4]


def test_a_contents_page_that_comes_later_lends_its_titles(library: Path, stories: Stories) -> None:
    files = {f"fire{number}.html": chapter(one) for number, one in enumerate(CHAPTERS, 1)}
    folder = stories(files)
    add(library, folder)
    assert [title for _, title in shelf()[0][1]] == ["", "", ""]
    rows = "".join(f'<li><a href="fire{n}.html">Chapter {n}: {t}</a></li>' for n, t in enumerate(CHAPTERS.values(), 1))
    (folder / "index.html").write_text(f"<html><body><h1>Small Fires</h1><ul>{rows}</ul></body></html>")
    add(library, folder)
    assert shelf() == [("Small Fires", [(1, "Kindling"), (2, "Draught"), (3, "Ash")])]
    assert not list(check.check(library))


def test_a_page_that_lists_stories_makes_no_work_of_them(library: Path, stories: Stories) -> None:
    titled = {
        f"{one}.html": f"<html><body><p>Title: The {one}</p><p>Author: Moth</p>{chapter(one)}</body></html>"
        for one in CHAPTERS
    }
    rows = "".join(f'<li><a href="{one}.html">The {one}</a> - PG-13. Marian burns a letter.</li>' for one in CHAPTERS)
    page = f"<html><head><title>Fiction</title></head><body><h1>Fiction</h1><ul>{rows}</ul></body></html>"
    report = add(library, stories({"index.html": page} | titled))
    assert len(shelf()) == 3
    assert report.not_stories == {"list of stories": 1}


def test_adding_a_folder_again_with_one_more_file_reads_no_other_anew(library: Path, stories: Stories) -> None:
    folder = stories({"index.html": contents(*CHAPTERS)} | {f"{one}.html": chapter(one) for one in CHAPTERS})
    add(library, folder)
    (folder / "stranger.txt").write_text(
        "Title: A Stranger\n\nHe had come a long way to be told that nobody was at home.\n"
    )
    report = add(library, folder)
    assert report.known == 4
    assert report.works == {"add": 1}
    assert len(shelf()) == 2


def test_what_lies_beside_saved_pages_is_kept_and_counted(library: Path, stories: Stories) -> None:
    folder = stories(
        {
            "fire.html": chapter("fire"),
            "fire_files/a.png": b"\x89PNG\r\n\x1a\n\0\0\0\0",
            "fire_files/b.gif": b"GIF89a\1\0\1\0",
            "fire_files/style.css": "body { color: red; margin: 0 }\na { color: blue; }\n",
            "fire_files/toggle.js": "function t(id) {\n  var x = document.getElementById(id);\n  return !x;\n}\n",
            "fire_files/letters.woff": b"wOFF\0\1\0\0\0\0\0\0",
            "song.mp3": b"ID3\3\0\0\0\0\0\0",
            "all.torrent": b"d8:announce31:http://tracker.example/announcee",
            "page.url": "[InternetShortcut]\nURL=http://lantern.example/\n",
            ".DS_Store": b"\0\0\0\1Bud1",
            "Thumbs.db": b"\xd0\xcf\x11\xe0",
            "desktop.ini": "[.ShellClassInfo]\n",
            "login.html": "<html><body><h2>Log in</h2><p>User name <input></p><p>Password "
            "<input type=password></p></body></html>",
        }
    )
    report = add(library, folder)
    assert report.works == {"add": 1}
    assert not report.problems
    assert report.not_stories == {
        "picture": 2, "style sheet": 1, "program": 1, "font": 1, "sound": 1, "torrent": 1, "web shortcut": 1,
        "log-in page": 1,
    }  # fmt: skip
    said = "\n".join(report.lines(library))
    assert "2 pictures" in said
    assert f"{folder}/login.html: Log-in page: what stood behind it was not saved." in said
    assert not list(check.check(library))
