"""Links that authors set to other pages of the pile or the archive lead on, on the shelf and in the book."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from tales import harbour, tale

from ficshelf import sources
from ficshelf.library import intake, models, unpacked
from ficshelf.library.check import check

sys.path.append(str(Path(__file__).parent.parent / "sources"))  # where crawls are made for the tests
from crawls import answer, capture, packed


def page(title: str, link: str, chapter: int = 0, more: str = "") -> str:
    """A saved page with one story or one chapter of it, in whose second paragraph the author links."""
    head, *text = tale(title, chapters=1, seed=f"{title} {chapter}").split("Chapter 1")[1].strip().split("\n\n")
    number = f" - Chapter {chapter}" if chapter else ""
    heading = f"<h2>Chapter {chapter}</h2>" if chapter else ""
    linked = f"<p>As told in <a href='{link}'>the other one</a>, nobody came that night either.</p>"
    body = "".join(f"<p>{one}</p>" for one in text)
    return (
        f"<html><head><title>{title}{number}</title></head><body><h1>{title}</h1><p>by Quill</p>{heading}"
        f"<p>{head}</p>{linked}{body}{more}</body></html>"
    )


@pytest.fixture
def add(library: Path) -> Callable[[Path], None]:
    """Adds a folder, archives in it opened; then the library agrees with itself."""

    def run(folder: Path) -> None:
        with unpacked.scratch(library) as scratch:
            intake.add(library, list(sources.walk([folder], scratch=scratch)))
        assert [finding.text for finding in check(library)] == []

    return run


@pytest.fixture
def browser(library: Path) -> Callable[..., Any]:
    from django.conf import settings
    from django.test import Client

    from ficshelf.web import answers

    settings.LIBRARY = library
    answers.kept.clear()
    return Client(headers={"Host": "127.0.0.1:8000"})


def led(browser: Any, title: str, position: int = 1) -> str:
    """Where a reader comes who follows the author's link in a chapter; "" where it is no link."""
    work = models.Work.objects.get(title=title)
    shown = LexborHTMLParser(browser.get(f"/works/{work.pk}/chapters/{position}").content)
    link = next((one for one in shown.css("main a") if one.text() == "the other one"), None)
    if link is None:
        return ""
    to = str(link.attributes["href"])
    if urlsplit(to).netloc:
        return to
    response = browser.get(to)
    return str(response.headers["Location"]) if response.status_code == 302 else str(response.status_code)


def page_of(title: str, position: int = 0) -> str:
    return f"/works/{models.Work.objects.get(title=title).pk}" + (f"/chapters/{position}" if position else "")


@pytest.mark.parametrize("link", ["calm.html", "./calm.html#end", "../pile/calm.html", "calm%2Ehtml", "Calm.html"])
def test_a_link_to_a_file_beside_the_story_leads_to_its_work(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any, link: str
) -> None:
    add(stories({"pile/storm.html": page("Storm", link), "pile/calm.html": page("Calm", "storm.html")}))
    assert led(browser, "Calm") == page_of("Storm")
    assert led(browser, "Storm") == (page_of("Calm") if link != "Calm.html" else "404")  # names are told apart by case


def test_a_link_between_chapters_leads_to_the_chapter(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any
) -> None:
    add(stories({f"tide{number}.html": page("Tide", f"tide{4 - number}.html", number) for number in (1, 2, 3)}))
    assert models.Work.objects.get().chapter_count == 3
    assert led(browser, "Tide", 1) == page_of("Tide", 3)
    assert led(browser, "Tide", 3) == page_of("Tide", 1)
    work = models.Work.objects.get()
    with zipfile.ZipFile(io.BytesIO(browser.get(f"/works/{work.pk}/download.epub").content)) as book:
        first, last = (book.read(f"EPUB/chapter-{position}.xhtml").decode() for position in (1, 3))
    assert '<a href="chapter-3.xhtml" rel="nofollow">the other one</a>' in first
    assert '<a href="chapter-1.xhtml" rel="nofollow">the other one</a>' in last


def test_a_page_that_comes_in_later_is_found_by_the_links_that_led_to_it(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any
) -> None:
    add(stories({"storm.html": page("Storm", "calm.html")}))
    assert led(browser, "Storm") == "404"
    add(stories({"calm.html": page("Calm", "storm.html")}))
    assert led(browser, "Storm") == page_of("Calm")


def test_what_is_not_here_is_said_with_the_address_that_it_had(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any
) -> None:
    crawl = packed(
        capture("http://harbour.example/storm.html", answer(page("Storm", "fics/calm.html?a=1").encode())),
    )
    add(stories({"crawl.warc.gz": crawl}))
    work = models.Work.objects.get()
    response = browser.get(f"/works/{work.pk}/chapters/1/link?to=fics/calm.html%3Fa%3D1")
    shown = LexborHTMLParser(response.content)
    assert response.status_code == 404
    assert "led to “fics/calm.html?a=1”" in shown.css_first("main").text()
    ways = [(one.text(), one.attributes["href"]) for one in shown.css("main a")]
    address = "http://harbour.example/fics/calm.html?a=1"
    assert ways[0] == (f"To {address}, outside this library", address)
    assert ways[1] == ("Back to the story", page_of("Storm"))


@pytest.mark.parametrize(
    "link",
    ["calm.html", "/fics/calm.html", "http://harbour.example/fics/calm.html", "//www.harbour.example/fics/calm.html"],
)
@pytest.mark.parametrize("kept", ["crawl", "mirror"])
def test_links_within_a_crawled_archive_lead_to_its_stories(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any, link: str, kept: str
) -> None:
    pages = {"fics/storm.html": page("Storm", link), "fics/calm.html": page("Calm", "storm.html")}
    crawl = packed(*(capture(f"http://harbour.example/{name}", answer(text.encode())) for name, text in pages.items()))
    mirror = {f"harbour.example/{name}": text for name, text in pages.items()}
    add(stories({"crawl.warc.gz": crawl} if kept == "crawl" else mirror))
    assert led(browser, "Storm") == page_of("Calm")
    assert led(browser, "Calm") == page_of("Storm")


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("viewstory.php?sid=2", "Harbour Tale 2"),
        ("http://www.harbour.example/viewstory.php?sid=2&amp;chapter=1", "Harbour Tale 2"),
        ("http://elsewhere.example/viewstory.php?sid=2", ""),  # another archive has a story of that number, too
        ("viewstory.php?sid=3", "404"),  # it was not let out
        ("viewstory.php?sid=44", "404"),
    ],
)
def test_links_within_a_dump_lead_to_its_stories(
    add: Callable[..., Any],
    stories: Callable[..., Path],
    browser: Any,
    monkeypatch: pytest.MonkeyPatch,
    link: str,
    leads: str,
) -> None:
    monkeypatch.setenv("FICSHELF_OWNER", "")
    text = "".join(f"<p>{one}</p>" for one in tale("Linked").split("\n\n")[2:9])
    text += f'<p>It began in <a href="{link}">the other one</a>, as some will know.</p>'
    more: dict[str, list[tuple[Any, ...]]] = {
        "stories": [(9, "Linked", "Of links.", 1, "1", "1", 1, 1, 10**9, 10**9)],
        "chapters": [(91, "Only", 1, "", text, 9, 1, 1, "")],
    }
    site = (
        "CREATE TABLE `fanfiction_settings` (`sitekey` text, `sitename` text, `url` text, `tableprefix` text);\n"
        "INSERT INTO `fanfiction_settings` VALUES ('a', 'Harbour', 'http://harbour.example', '');\n"
    )
    add(stories({"archive.sql": harbour(4, more) + site}))
    where = led(browser, "Linked")
    if leads == "404":
        assert where == "404"
    elif leads:
        assert where.startswith(page_of(leads))
    else:
        assert where == link


def test_only_what_the_chapter_says_is_looked_up(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any
) -> None:
    add(stories({"storm.html": page("Storm", "calm.html"), "calm.html": page("Calm", "https://pier.example/x")}))
    work = models.Work.objects.get(title="Storm")
    asked = f"/works/{work.pk}/chapters/1/link"
    for to in ("?to=storm.html", "?to=https://pier.example/x", "?to=%00", "?to=", "", "?to=../../etc/passwd"):
        assert browser.get(asked + to).status_code == 404
        assert "outside this library" not in browser.get(asked + to).content.decode()
    assert browser.get(f"/works/{work.pk}/chapters/9/link?to=calm.html").status_code == 404
    assert browser.get("/works/99/chapters/1/link?to=calm.html").status_code == 404
    assert led(browser, "Calm") == "https://pier.example/x"
    assert browser.post(f"{asked}?to=calm.html").status_code in (403, 405)


@pytest.mark.parametrize(
    "link",
    ["#end", "javascript:go()", "mailto:wren@example.org", "ftp://pier.example/", "http://[bad/", "data:text/html,x"],
)
def test_what_leads_to_no_page_of_the_pile_is_as_it_was(
    add: Callable[..., Any], stories: Callable[..., Path], browser: Any, link: str
) -> None:
    add(stories({"storm.html": page("Storm", link)}))
    assert led(browser, "Storm") == ""
