"""What is furniture on a page, and what only looks like it. When in doubt it is story."""

from __future__ import annotations

import pytest

from ficshelf import reading
from ficshelf.readers import html

PROSE = "".join(
    f"<p>The {word} came down to the ford at evening, and there was nobody there to ferry it over.</p>"
    for word in ("heron", "miller", "fox", "rain", "king", "bishop")
)


def read(markup: str) -> html.Parsed:
    page = html.page_of(markup)
    assert isinstance(page, html.Parsed)
    return page


def furniture(markup: str) -> list[tuple[str, str]]:
    page = read(markup)
    return [(one.reason, " ".join(page.text[one.span.start : one.span.end].split())) for one in page.chrome]


def story(markup: str) -> str:
    return " ".join(node.text for node in read(markup).nodes)


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ("<nav><a href=/>Home</a> and more</nav>", "navigation"),
        ('<div id="sidebar">Recent posts</div>', "sidebar"),
        ('<ul class="main-menu"><li><a href=/>Home</a></li></ul>', "navigation"),
        ("<footer>Made with love</footer>", "footer"),
        ('<div class="login">Name and password</div>', "login"),
        ('<div id="comments"><p>Lovely chapter!</p></div>', "comments"),
        ('<div class="share-buttons">Share this</div>', "sharing"),
        ("<select><option>Chapter 1<option>Chapter 2</select>", "menu"),
        ('<div role="navigation">Jump to the story</div>', "navigation"),
        ("<p><a href=a>Home</a> | <a href=b>Stories</a> | <a href=c>Links</a></p>", "navigation"),
        ('<p><a href="index.html">Back to the index</a></p>', "navigation"),
        ('<p><a href="2.html">Next Chapter</a></p>', "navigation"),
        ('<p><a href="tale3.html">On to part 3</a></p>', "navigation"),
        ('<p><a href="tale1.html">&lt; Back to Chapter One</a></p>', "navigation"),
        ("<p>Copyright 2003 by the archive. All rights reserved.</p>", "footer"),
    ],
)
def test_furniture_is_kept_with_its_reason(piece: str, reason: str) -> None:
    markup = f"<html><body>{PROSE}{piece}</body></html>"
    assert [found for found, _ in furniture(markup)] == [reason]
    assert "ferry it over" in story(markup)


@pytest.mark.parametrize(
    "piece",
    [
        '<p>He had <a href="notes.html">a footnote</a> to add.</p>',
        '<p><a href="http://example.org/song">The Ballad of the Ford</a></p>',
        "<h2><a href=story.html>The Ford</a> by <a href=author.html>Ann</a></h2>",
        f'<div class="menu">{PROSE * 6}</div>',
        f"<aside>{PROSE * 6}</aside>",
        "<p>Home at last, said the miller.</p>",
        '<div class="footnote">The ford was real.</div>',
        '<p class="commentary">It rained.</p>',
        "<form><p>An old page wraps all it has in a form, prose and all.</p></form>",
    ],
)
def test_what_may_be_story_is_story(piece: str) -> None:
    assert furniture(f"<html><body>{PROSE}{piece}{PROSE}</body></html>") == []


def test_nothing_within_the_story_is_furniture_by_its_name() -> None:
    markup = (
        f'<html><body><div id="story">{PROSE}<div class="menu">Soup. Fish. Cheese.</div>{PROSE}</div></body></html>'
    )
    assert furniture(markup) == []


def test_what_stands_behind_the_story_is_furniture_only_where_it_looks_so() -> None:
    markup = f"""<html><body><div id="story">{PROSE}</div><p>Notes: thank you, Joan.</p>
        <div>Please log in to leave a review.</div></body></html>"""
    assert furniture(markup) == [("after the story", "Please log in to leave a review.")]


def test_a_list_of_chapters_is_contents() -> None:
    links = "".join(f'<li><a href="{number}.html">Chapter {number}</a></li>' for number in range(1, 5))
    assert [reason for reason, _ in furniture(f"<body><ul>{links}</ul>{PROSE}</body>")] == ["contents"]


def test_the_title_of_a_page_is_a_fact_where_only_the_archive_stands_beside_it() -> None:
    page = read(f"<title>The Ford - Riverbank Fanfiction Archive</title>{PROSE}")
    assert [fact.value for fact in page.facts["title"]] == ["The Ford"]
    assert page.questions == ()


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        ("The Ford - Ann", ["The Ford", "Ann"]),
        ("Riverbank :: The Ford", ["Riverbank", "The Ford"]),
        ("Chapter 3 - Riverbank Archive", ["Chapter 3"]),
        ("Untitled Document", []),
        ("", []),
    ],
)
def test_else_it_is_an_answer_on_offer(title: str, answers: list[str]) -> None:
    page = read(f"<head><title>{title}</title></head>{PROSE}")
    assert "title" not in page.facts
    assert [answer.value for question in page.questions for answer in question.answers] == answers
    assert all(one.reason == "page title" for one in page.chrome)


def test_boxes_within_boxes_are_looked_at_only_so_long() -> None:
    markup = '<div class="menu">' * 400 + PROSE * 50 + "</div>" * 400
    assert "ferry it over" in story(markup)


@pytest.mark.parametrize("rule", ["<hr>", "<hr><hr>"])
def test_a_rule_below_a_sites_line_in_the_midst_of_a_story_is_read(rule: str) -> None:
    page = f"<html><body>{PROSE * 10}<p>Author and story notes above.</p>{rule}{PROSE * 10}</body></html>"
    [work] = reading.read([(page.encode(), "story.html")]).works
    assert sum(block.kind == "paragraph" for chapter in work.chapters for block in chapter.blocks) >= 120
