"""Pages that are no stories are told from those that are: `pages/not-stories/` and `pages/stories/`, a case a section.

A case is a heading `## name`, lines `key: value`, a blank line and the page. `skin` names the frame around it, of
`pages/skins/` ("none": the page is a whole file); `title` stands in the page's head; `file` is its name. In a story,
`{{3 paragraphs}}` is three paragraphs of `stories/prose.txt`, and `told` are words that must stand in the work. A page
that is no story has the `kind` that its chrome gives as the reason.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from ficshelf import conserve
from ficshelf.model import Reading
from ficshelf.reading import read

PAGES = Path(__file__).parent / "pages"
SKINS = {path.stem: path.read_text(encoding="utf-8") for path in (PAGES / "skins").glob("*.html")}
PROSE = (PAGES / "stories" / "prose.txt").read_text(encoding="utf-8").strip().split("\n\n")
RECALL = 0.98  # of the pages that are no stories
_PARAGRAPHS = re.compile(r"\{\{(\d+) (paragraphs|lines)\}\}")


class Page(NamedTuple):
    """One case."""

    name: str
    file: str
    data: bytes
    kind: str
    told: tuple[str, ...]


def pages_of(folder: str) -> list[Page]:
    found = []
    for path in sorted((PAGES / folder).glob("*.md")):
        for section in re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]:
            head, _, body = section.partition("\n\n")
            name, *lines = head.split("\n")
            said = dict(line.split(": ", 1) for line in lines)
            body = body.rstrip("\n") + "\n"
            told = [said["told"]] if "told" in said else []
            for count, _ in _PARAGRAPHS.findall(body):
                told += [PROSE[0], PROSE[int(count) - 1]]
            body = _PARAGRAPHS.sub(lambda found: _prose(int(found[1]), found[2]), body)
            skin = said.get("skin", "none")
            if skin != "none":
                body = SKINS[skin].replace("{{title}}", said["title"]).replace("{{body}}", body.strip("\n"))
            file = said.get("file", "page.html" if skin != "none" else "text.txt")
            found.append(Page(f"{path.stem}: {name}", file, body.encode(), said.get("kind", ""), tuple(told)))
    return found


def _prose(count: int, form: str) -> str:
    if form == "lines":
        return "\n\n".join(PROSE[:count])
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in PROSE[:count])


NOT_STORIES = pages_of("not-stories")
STORIES = pages_of("stories")


def read_page(page: Page) -> Reading:
    return read([(page.data, page.file)])


def kinds_of(reading: Reading) -> set[str]:
    return {chrome.reason for source in reading.sources for chrome in source.chrome}


@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.name)
def test_no_story_is_taken_for_something_else(page: Page) -> None:
    reading = read_page(page)
    assert reading.works, [remark.text for remark in reading.remarks]
    told = " ".join(block.text for work in reading.works for chapter in work.chapters for block in chapter.blocks)
    for words in page.told:
        assert " ".join(words.split()) in " ".join(told.split())


def test_pages_that_are_no_stories_are_told() -> None:
    missed = [page.name for page in NOT_STORIES if read_page(page).works]
    assert 1 - len(missed) / len(NOT_STORIES) >= RECALL, missed


def test_they_are_told_for_what_they_are() -> None:
    """What a page is called is for people; a neighbouring kind does no harm, but few are called by a wrong name."""
    wrong = {page.name: kinds_of(read_page(page)) for page in NOT_STORIES if page.kind not in kinds_of(read_page(page))}
    assert len(wrong) <= 0.05 * len(NOT_STORIES), wrong


@pytest.mark.parametrize("page", NOT_STORIES, ids=lambda page: page.name)
def test_all_of_such_a_page_is_kept(page: Page) -> None:
    reading = read_page(page)
    for index, source in enumerate(reading.sources):
        assert not conserve.lost(source, reading.works, index)
    if not reading.works:
        assert {remark.kind for remark in reading.remarks} & {"not-a-story", "empty", "not-text"}


def test_there_are_pages_enough() -> None:
    assert len(NOT_STORIES) >= 120
    assert len(STORIES) >= 80
