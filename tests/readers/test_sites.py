"""The dialects of saved pages: what their landmarks state, what becomes of headings and notes, what is furniture.

The pages in pages/ are our own writing, in the layouts that the archives have.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ficshelf import conserve, reading
from ficshelf.readers import html

PAGES = {path.name: path.read_text() for path in sorted((Path(__file__).parent / "pages").glob("*.html"))}
AO3_DOWNLOAD, AO3_PAGE, FFNET = PAGES["ao3-download.html"], PAGES["ao3-page.html"], PAGES["ffnet.html"]
EFICTION, EFICTION_PRINTABLE = PAGES["efiction.html"], PAGES["efiction-printable.html"]


def read(markup: str) -> html.Parsed:
    page = html.page_of(markup)
    assert isinstance(page, html.Parsed)
    return page


def facts(markup: str) -> dict[str, list[str | bool]]:
    return {name: [fact.value for fact in found] for name, found in read(markup).facts.items()}


def story(markup: str) -> list[tuple[str, str]]:
    return [(node.kind, node.text) for node in read(markup).nodes]


AO3_FACTS: dict[str, list[str | bool]] = {
    "rating": ["Teen And Up Audiences"],
    "warning": ["No Archive Warnings Apply"],
    "category": ["F/M", "Gen"],
    "fandom": ["Dracula - Bram Stoker", "Carmilla - J. Sheridan Le Fanu"],
    "relationship": ["Mina Murray/Jonathan Harker"],
    "character": ["Mina Murray", "Carmilla (Carmilla)"],
    "tag": ["Letters, Mostly", "Fog"],
    "language": ["English"],
    "series": ["Whitby Weather"],
    "part": ["2"],
    "published": ["2014-03-02"],
    "updated": ["2015-01-05"],
    "words": ["4,211"],
    "complete": [False],
    "title": ["Whitby Letters"],
}


def test_an_ao3_download_states_its_typed_tags() -> None:
    assert facts(AO3_DOWNLOAD) == AO3_FACTS | {
        "author": ["stokerette", "fog (mist)"],
        "url": ["http://archiveofourown.org/works/42"],
        "summary": ["Mina writes.\n\nCarmilla\nanswers."],
        "note": ["For Joan."],
    }


@pytest.mark.parametrize(("one", "two"), [("Chapter 1: The Steps", "Chapter 2: Down"), ("The Steps", "Down")])
def test_an_ao3_download_keeps_headings_and_notes_in_either_form(one: str, two: str) -> None:
    assert story(AO3_DOWNLOAD.replace("Chapter 1: The Steps", one).replace("Chapter 2: Down", two)) == [
        ("heading", one),
        ("note", "Chapter Notes"),
        ("note", "A short one."),
        ("", "The fog came up the steps."),
        ("", ""),
        ("", "She counted all of them."),
        ("heading", two),
        ("", "It went down again."),
        ("note", "End Notes"),
        ("note", "The steps are real."),
    ]


def test_an_ao3_page_states_the_same() -> None:
    assert facts(AO3_PAGE) == AO3_FACTS | {"author": ["stokerette"], "summary": ["Mina writes."], "note": ["For Joan."]}
    assert story(AO3_PAGE) == [
        ("heading", "Chapter 1: The Steps"),
        ("", "The fog came up the steps."),
        ("note", "Notes:"),
        ("note", "They are real."),
    ]


@pytest.mark.parametrize(("chapters", "complete"), [("3/3", True), ("1/3", False), ("7/?", False), ("1/1", True)])
def test_an_ao3_work_is_complete_when_all_its_chapters_are_there(chapters: str, complete: bool) -> None:
    assert facts(AO3_DOWNLOAD.replace("2/?", chapters))["complete"] == [complete]


def test_ffnet_states_its_facts_in_one_row() -> None:
    assert facts(FFNET) == {
        "title": ["The Ford"],
        "author": ["heron"],
        "summary": ['Much goes fishing. Set before "Down".'],
        "rating": ["K+"],
        "language": ["English"],
        "genre": ["Humor", "Hurt/Comfort"],
        "relationship": ["Much M./Marian"],
        "character": ["Much M.", "Marian", "Little John"],
        "words": ["1,180"],
        "updated": ["3/8/2011"],
        "published": ["3/1/2011"],
        "complete": [True],
        "fandom": ["Robin Hood"],
    }


def test_ffnet_names_the_chapter_in_its_menu() -> None:
    assert story(FFNET) == [
        ("heading", "2. Down"),
        ("", "He had a hook and no bait."),
        ("", ""),
        ("", "* * *"),
        ("", "It was enough."),
    ]
    assert [node.hint for node in read(FFNET).nodes[1:]] == ["p", "hr", "center", "p"]


def test_efiction_states_its_facts_in_a_box() -> None:
    assert facts(EFICTION) == {
        "title": ["Oxen"],
        "author": ["Gringolet"],
        "summary": ["Kay counts oxen.\n\nTwice."],
        "rating": ["PG"],
        "category": ["Camelot"],
        "character": ["Kay", "Arthur"],
        "genre": ["Humor"],
        "complete": [False],
        "words": ["873"],
        "published": ["04/17/06"],
        "updated": ["04/19/06"],
    }
    assert story(EFICTION) == [
        ("note", "Story Notes:"),
        ("note", "Be kind to Kay."),
        ("heading", "1. Twelve Oxen"),
        ("", "It is twelve oxen a week."),
        ("", "Thirteen at Easter."),
    ]


def test_the_printable_page_of_efiction_holds_all_chapters() -> None:
    assert facts(EFICTION_PRINTABLE) == {
        "title": ["Oxen"],
        "author": ["Gringolet"],
        "summary": ["Kay counts oxen."],
        "complete": [True],
    }
    assert story(EFICTION_PRINTABLE) == [
        ("heading", "Chapter 1: Twelve Oxen"),
        ("", "It is twelve oxen a week."),
        ("heading", "Chapter 2: Easter"),
        ("", "Thirteen at Easter."),
    ]


def test_a_journal_entry_is_the_story_and_its_poster_perhaps_the_author() -> None:
    page = read(PAGES["journal.html"])
    assert [(fact.value, fact.how, fact.evidence) for fact in page.facts["author"]] == [
        ("lamplighter", "inferred", "posted the entry")
    ]
    assert story(PAGES["journal.html"]) == [
        ("", "Fic: The Lamp (1/2)"),
        ("", "Rating: G"),
        ("", "The lamp went out at nine."),
        ("", "Tag, you are it."),
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_letter_of_a_saved_page_is_lost(name: str) -> None:
    found = reading.read([(PAGES[name].encode(), name)])
    assert len(found.works) == 1
    assert conserve.lost(found.sources[0], found.works, 0) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_cut_off_anywhere_is_still_read(name: str) -> None:
    markup = PAGES[name]
    for end in range(0, len(markup), 97):
        page = read(markup[:end])
        assert all(0 <= span.start <= span.end <= len(page.text) for node in page.nodes for span in node.spans)


def test_a_page_that_only_borrows_a_name_is_no_dialect() -> None:
    assert facts('<div id="chapters"><p>Once.</p></div><dl class="tags"><dt>Soup</dt><dd>Pea</dd></dl>') == {}
    assert story('<section id="preface"><h2>Preface</h2><p>Once, <i>twice</i>.</p></section>') == [
        ("", "Preface"),
        ("", "Once, twice."),
    ]
    assert story('<p id="pagetitle">Home</p><p>Once.</p>') == [("", "Home"), ("", "Once.")]


def test_a_rule_among_notes_parts_them_and_harms_nothing() -> None:
    links = '<a href="viewstory.php?sid=1">The Ford</a> by <a href="viewuser.php?uid=1">Osier</a>'
    title = f'<div id="pagetitle">{links}</div>'
    notes = '<div class="notes">For Wren.<hr>Thanks to Alder<br>for the boat.<hr></div>'
    page = f'<html><body>{title}{notes}<div id="story"><p>The water was low that year.</p></div></body></html>'
    found = reading.read([(page.encode(), "viewstory.html")])
    said = [(block.kind, block.text) for chapter in found.works[0].chapters for block in chapter.blocks if block.text]
    assert said[0] == ("note", "For Wren.")
    assert said[-1] == ("paragraph", "The water was low that year.")
