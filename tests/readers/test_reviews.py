"""Pages of reviews: who said what, of which chapter, when, and what the author answered."""

from __future__ import annotations

import pytest

from ficshelf import readers
from ficshelf.model import Recorded, Review

HOST = "crawl.warc.gz/http://lantern.example"


def record(html: str, path: str) -> Recorded:
    draft = readers.read(html.encode(), path)
    assert draft.record is not None
    for review in draft.record.reviews:
        for block in (*review.blocks, *review.reply):
            assert " ".join(draft.text[span.start : span.end] for span in block.spans).split() == block.text.split()
    return draft.record


def told(one: Review) -> tuple[str, str, int, str, str, str, int]:
    said, reply = (" / ".join(block.text for block in blocks) for blocks in (one.blocks, one.reply))
    return one.reviewer, one.date, one.chapter, one.rating, said, reply, one.answers


def efiction(*rows: str) -> str:
    return (
        '<html><head><title>Reviews For The Ford</title></head><body><div id="pagetitle">Reviews For '
        '<a href="viewstory.php?sid=12">The Ford</a></div>' + "".join(rows)
        + '<div id="pagelinks"><a href="reviews.php?type=ST&amp;item=12&amp;offset=10">[Next]</a></div>'
        '<div class="respond">You must <a href="user.php">log in</a> to review.</div>'
        '<div id="footer">Skin by nobody in particular.</div></body></html>'
    )  # fmt: skip


def row(who: str, date: str, title: str, text: str) -> str:
    return (
        f'<div class="listbox"><div class="content"><span class="label">Reviewer: </span>{who} '
        f'<span class="label">Signed</span> [<a href="report.php">Report This</a>]<br />\n'
        f'<span class="label">Date: </span>{date} <span class="label">Title: </span>{title}\n<p>{text}</p></div></div>'
    )


@pytest.mark.parametrize("address", ["reviews.php?type=ST&item=12", "reviews.php?type=ST&item=12&chapid=40"])
def test_efictions_reviews(address: str) -> None:
    page = efiction(
        row('<a href="viewuser.php?uid=3">Wren</a>', "06 May 2004",
            '<a href="viewstory.php?sid=12&amp;chapter=2">Chapter 2: Ash</a>',
            "I cried on the bus.<br />People stared.<br /><br /><i>Author's Response: </i>So did I, writing it."),
        row("a passer-by", "07 May 2004", "", "More, please!</p><p>Really."),
    )  # fmt: skip
    found = record(page, f"{HOST}/{address}")
    assert found.kind == "reviews"
    assert [told(one) for one in found.reviews] == [
        ("Wren", "2004-05-06", 2, "", "I cried on the bus.\nPeople stared.", "So did I, writing it.", 0),
        ("a passer-by", "2004-05-07", 0, "", "More, please! / Really.", "", 0),
    ]


def test_a_skin_without_elements_keeps_its_labels() -> None:
    page = efiction(
        "<b>Reviewer:</b> Wren<br><b>Date:</b> 06 May 2004 <b>Title:</b> Chapter 3<br>Lovely.<hr>"
        "<b>Reviewer:</b> Ash<br><b>Date:</b> 08 May 2004 <b>Title:</b> Chapter 4<br>Lovelier.<hr>"
    )
    found = record(page, f"{HOST}/reviews.php?sid=12")
    assert [told(one)[:5] for one in found.reviews] == [
        ("Wren", "2004-05-06", 3, "", "Lovely."), ("Ash", "2004-05-08", 4, "", "Lovelier."),
    ]  # fmt: skip


def test_comments_of_an_otwarchive_answer_each_other() -> None:
    def comment(number: int, who: str, text: str) -> str:
        return (
            f'<li class="comment group" id="comment_{number}"><h4 class="heading byline">'
            f'<a href="/users/{who}">{who}</a> '
            f'<span class="parent">on <a href="/works/5/chapters/7">Chapter 2</a></span> '
            f'<span class="posted datetime"><abbr class="day">Thu</abbr> <span class="date">06</span> '
            f'<abbr class="month">May</abbr> <span class="year">2010</span></span></h4>'
            f'<blockquote class="userstuff"><p>{text}</p></blockquote></li>'
        )

    page = (
        '<html><body><div id="comments_placeholder"><ol class="thread">'
        + comment(1, "Wren", "I cried.") + '<li><ol class="thread">' + comment(2, "Ash", "Sorry!")
        + '<li><ol class="thread">' + comment(3, "Wren", "Don't be.") + "</ol></li></ol></li>"
        + comment(4, "Mole", "More?") + "</ol></div></body></html>"
    )  # fmt: skip
    found = record(page, "c.warc/https://archiveofourown.org/works/5/comments")
    assert [(one.reviewer, one.chapter, one.blocks[0].text, one.answers) for one in found.reviews] == [
        ("Wren", 2, "I cried.", 0), ("Ash", 2, "Sorry!", 1), ("Wren", 2, "Don't be.", 2), ("Mole", 2, "More?", 0),
    ]  # fmt: skip
    assert found.reviews[0].date == "2010-05-06"


def test_fanfiction_nets_reviews() -> None:
    def cell(who: str, chapter: int, date: str, text: str) -> str:
        return f'<tr><td>{who} <small>chapter {chapter} . {date}</small><div style="margin:5px">{text}</div></td></tr>'

    page = (
        "<html><head><title>Reviews: The Ford</title></head><body><table id='gui_table1i'>"
        + cell('<a href="/u/9/Wren">Wren</a>', 3, "May 6, 2004", "I cried.") + cell("Guest", 1, "5/8/2004", "Nice.")
        + "</table></body></html>"
    )  # fmt: skip
    found = record(page, "c.warc/http://www.fanfiction.net/r/123/")
    assert [told(one)[:5] for one in found.reviews] == [
        ("Wren", "2004-05-06", 3, "", "I cried."), ("Guest", "5/8/2004", 1, "", "Nice."),
    ]  # fmt: skip


def test_a_profile_says_who_it_is_of_and_what_they_wrote() -> None:
    page = """<html><body><div id="pagetitle">User Profile</div><div id="profile"><div id="bio">
    Penname: <b>Wren</b> [<a href="viewuser.php?action=contact&amp;uid=3">Contact</a>] Real name: W.<br>
    Member Since: 3 May 2004</div>
    <div id="biocontent"><p>I write at night.</p></div></div>
    <div class="listbox"><a href="viewstory.php?sid=12">The Ford</a> by <a href="viewuser.php?uid=3">Wren</a></div>
    <div class="listbox"><a href="viewstory.php?sid=15&amp;chapter=1">The Mill</a></div></body></html>"""
    found = record(page, f"{HOST}/viewuser.php?uid=3")
    assert (found.kind, found.name, found.key) == ("person", "Wren", "lantern.example/authors/3")
    assert [key for key, _ in found.members] == ["lantern.example/stories/12", "lantern.example/stories/15"]
    assert found.blocks[0].text == "I write at night."
    assert found.addresses == (("viewuser.php?uid=3", 0),)


def test_a_story_is_no_page_of_reviews() -> None:
    page = "<html><body>" + "<p>Reviewer: he said the word aloud, and nobody in the office laughed at it.</p>" * 9
    assert readers.read(page.encode(), f"{HOST}/viewstory.php?sid=12&chapter=1").record is None


def test_a_skin_that_labels_the_reviewer_alone() -> None:
    def box(who: str, chapter: int, text: str) -> str:
        return (
            f'<div class="block"><div class="left">Reviewer: {who} (Signed)</div><div class="right">06/07/04</div>'
            f'<div class="content"><p>{text}</p></div><div class="bottom"><div class="left"><a href="viewstory.php?sid='
            f'12&amp;chapter={chapter}">Smoke</a></div><div class="right">[<a href="report.php">Report This</a>]</div>'
            "</div></div>"
        )

    html = efiction(box("Ash", 1, "I laughed."), box("Fern", 2, "Where is part three?"))
    assert [told(one) for one in record(html, f"{HOST}/reviews.php?type=ST&item=12").reviews] == [
        ("Ash", "06/07/04", 1, "", "I laughed.", "", 0),
        ("Fern", "06/07/04", 2, "", "Where is part three?", "", 0),
    ]


def test_a_skin_that_names_the_chapter_first_and_the_date_last() -> None:
    def box(who: str, chapter: int, text: str) -> str:
        return (
            '<div class="listbox"><div class="title"><span class="label">Title: </span>'
            f'<a href="viewstory.php?sid=12&amp;chapter={chapter}">Smoke</a> '
            f'<span class="label">Reviewer: </span>{who} <span class="label">Signed</span></div>'
            f'<div class="content"><p>{text}</p></div><div class="tail"><span class="label">Date: </span>06 May 2004 '
            '[<a href="report.php">Report This</a>]</div></div>'
        )

    html = efiction(box("Ash", 1, "I laughed."), box("Fern", 2, "Where is part three?"))
    assert [told(one) for one in record(html, f"{HOST}/reviews.php?type=ST&item=12").reviews] == [
        ("Ash", "2004-05-06", 1, "", "I laughed.", "", 0),
        ("Fern", "2004-05-06", 2, "", "Where is part three?", "", 0),
    ]
