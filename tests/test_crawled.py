"""Pages that were gathered as one story become one work: in order, with what other pages say of it."""

from __future__ import annotations

from ficshelf import reading
from ficshelf.model import Reading, Work

HOST = "crawl.warc.gz/http://www.lantern.example/fic/"
STORY = f"{HOST}viewstory.php?sid=12"
TITLE = '<div id="pagetitle"><a href="viewstory.php?sid=12">The Ford</a> by <a href="viewuser.php?uid=3">Wren</a></div>'


def chapter(title: str, more: str = "", head: bool = True) -> str:
    told = "".join(f"<p>{title}, {n}: the ferry came late, and Mary said nothing on the quay.</p>" for n in range(6))
    heading = f'<div class="chaptertitle">{title}</div>' if head else ""
    return f'<html><body>{TITLE}{heading}<div id="story">{told}{more}</div></body></html>'


def contents(*titles: str) -> str:
    rows = "".join(
        f'<p><b>{n}. <a href="viewstory.php?sid=12&amp;chapter={n}">{title}</a></b> by '
        '<a href="viewuser.php?uid=3">Wren</a> [<a href="reviews.php?type=ST&amp;item=12">Reviews</a>] (900 words)</p>'
        for n, title in enumerate(titles, 1)
    )
    return (
        f'<html><body>{TITLE}<div class="infobox"><div class="content"><span class="label">Summary:</span> A ferry is '
        f'late.<br><span class="label">Rating:</span> PG-13<br><span class="label">Completed:</span> Yes</div></div>'
        f'<div id="output">{rows}</div></body></html>'
    )  # fmt: skip


def review(chapter: int, text: str) -> str:
    return (
        '<div class="listbox"><span class="label">Reviewer: </span>Ash <br><span class="label">Date: </span>6 May 2004 '
        f'<b>Title: </b><a href="viewstory.php?sid=12&amp;chapter={chapter}">x</a><p>{text}</p></div>'
    )


def read(*pages: tuple[str, str]) -> Reading:
    return reading.read([(html.encode(), path) for path, html in pages], gathered=True)


def shape(work: Work) -> list[tuple[int | None, str | None]]:
    return [(one.number, one.title) for one in work.chapters]


def test_a_contents_page_lends_titles_and_facts_and_says_what_is_missing() -> None:
    found = read(
        (f"{STORY}&index=1", contents("Smoke", "Ash", "Ember")),
        (f"{STORY}&chapter=1", chapter("Smoke")),
        (f"{STORY}&chapter=3", chapter("", head=False)),
    )
    (work,) = found.works
    assert shape(work) == [(1, "Smoke"), (3, "Ember")]
    assert [str(work.fact(name).value) for name in ("title", "rating", "complete")] == ["The Ford", "PG-13", "True"]  # type: ignore[union-attr]
    assert [one.text for one in found.remarks if one.kind == "chapter-missing"] == [
        "The contents page names 3 chapters. Not found: 2."
    ]


def test_addresses_number_chapters_that_nothing_else_numbers() -> None:
    found = read(*((f"{STORY}&chapter={n}", chapter(title)) for n, title in ((1, "Smoke"), (2, "Ash"), (4, "Ice"))))
    assert shape(found.works[0]) == [(1, "Smoke"), (2, "Ash"), (4, "Ice")]
    assert [one.text for one in found.remarks] == ["Not found: chapter 3."]


def test_headings_go_before_addresses() -> None:
    found = read(*((f"{STORY}&chapter={n}", chapter(title)) for n, title in ((1, "Prologue"), (2, "1. Ash"))))
    assert [number for number, _ in shape(found.works[0])] == [0, 1]


def test_old_addresses_lead_to_the_work_and_its_chapters() -> None:
    (work,) = read(*((f"{STORY}&chapter={n}", chapter(title)) for n, title in ((1, "Smoke"), (2, "Ash")))).works
    assert work.shelfmark is not None
    assert (work.shelfmark.program, work.shelfmark.key) == ("eFiction", "lantern.example/fic/stories/12")
    assert work.shelfmark.addresses == (
        ("fic/viewstory.php?sid=12&chapter=1", 1),
        ("fic/viewstory.php?sid=12&chapter=2", 2),
        ("fic/viewstory.php?sid=12", 0),
        ("fic/viewstory.php?action=printable&textsize=0&sid=12&chapter=all", 0),
    )
    assert [str(one.value) for one in work.facts["url"]] == [
        "http://www.lantern.example/fic/viewstory.php?sid=12&chapter=1"
    ]


def test_a_page_that_was_saved_again_does_not_stand_twice() -> None:
    found = read(
        (f"{STORY}&chapter=1", chapter("Smoke")),
        (f"{STORY}&chapter=1&textsize=2", chapter("Smoke")),
        (f"{STORY}&chapter=2", chapter("Ash")),
    )
    assert [shape(work) for work in found.works] == [[(1, "Smoke"), (2, "Ash")]]
    assert [one.reason for one in found.sources[1].chrome] == ["the same page again"]


def test_another_version_of_a_chapter_is_a_work_of_its_own() -> None:
    found = read(
        (f"{STORY}&chapter=1", chapter("Smoke")),
        (f"{STORY}&chapter=1&i=1", chapter("Smoke", "<p>And then, in the revision, it rained on the ferry.</p>")),
        (f"{STORY}&chapter=2", chapter("Ash")),
    )
    assert [shape(work) for work in found.works] == [[(1, "Smoke"), (2, "Ash")], [(None, "Smoke")]]


def test_stories_of_two_archives_under_one_number_stay_two() -> None:
    """Both archives called theirs `viewstory.php?sid=12`, and by chance The Ford; a browser kept neither's host."""
    ours, theirs = chapter("", head=False), chapter("", head=False).replace("Wren", "Ash").replace("quay", "bank")
    found = read(("ford.html", ours), ("The Ford.html", theirs))
    assert [[str(one.value) for one in work.facts["author"]] for work in found.works] == [["Wren"], ["Ash"]]


def test_chapters_that_count_on_are_one_story_whoever_wrote_each() -> None:
    found = read(
        (f"{STORY}&chapter=1", chapter("Chapter 1: Smoke")),
        (f"{STORY}&chapter=2", chapter("Chapter 2: Ash").replace("Wren", "Ash Grove")),
    )
    assert [shape(work) for work in found.works] == [[(1, "Smoke"), (2, "Ash")]]


def test_a_page_that_was_cut_off_while_it_was_saved_gives_way_to_the_whole_one() -> None:
    smoke, ash = chapter("Smoke"), chapter("Ash")
    cut = smoke[: smoke.index("Smoke, 3: the ferry") + 30]
    archive = "crawl.warc.gz/http://www.lantern.example/works/12/chapters"
    found = read(
        (f"{archive}/7", cut),
        (f"{archive}/7?show_comments=true", smoke),
        (f"{archive}/8", ash),
        (f"{HOST}reviews.php?type=ST&item=12", f"<html><body>{review(0, 'Lovely.')}</body></html>"),
    )
    assert [[chapter.title for chapter in work.chapters] for work in found.works] == [["Smoke"], ["Smoke", "Ash"]]
    assert len(found.works[1].chapters[0].blocks) > len(found.works[0].chapters[0].blocks)
    assert [len(work.reviews) for work in found.works] == [0, 1]


def test_two_pages_of_one_chapter_are_no_two_chapters_where_a_contents_page_names_one() -> None:
    printable = chapter("Smoke").replace("Smoke</div>", "Chapter 1: Smoke</div>")
    found = read(
        (f"{HOST}a.html", contents("Smoke", "Ash")),
        (f"{HOST}b.html", chapter("Smoke")),
        (f"{HOST}c.html", printable.replace("5: the ferry", "5: a ferry")),
        (f"{HOST}d.html", chapter("Ash")),
    )
    assert [shape(work) for work in found.works] == [[(1, "Smoke"), (2, "Ash")], [(1, "Smoke")]]
    assert "chapter-missing" not in {one.kind for one in found.remarks}


def test_reviews_reach_the_work_and_the_chapter_they_are_of() -> None:
    found = read(
        (f"{STORY}&chapter=1", chapter("Smoke")),
        (f"{STORY}&chapter=2", chapter("Ash")),
        (
            f"{HOST}reviews.php?type=ST&item=12",
            f"<html><body>{review(2, 'I cried.')}{review(0, 'Good.')}</body></html>",
        ),
        (f"{HOST}reviews.php?type=ST&item=12&chapid=41", f"<html><body>{review(2, 'I cried.')}</body></html>"),
    )
    (work,) = found.works
    assert [(one.chapter, one.blocks[0].text, one.blocks[0].source) for one in work.reviews] == [
        (2, "I cried.", 2), (0, "Good.", 2),
    ]  # fmt: skip


def test_comments_under_a_chapter_are_its_reviews_and_no_story() -> None:
    comment = (
        '<div id="comments_placeholder"><ol class="thread"><li class="comment"><h4 class="byline"><a>Ash</a></h4>'
        '<blockquote class="userstuff"><p>I cried.</p></blockquote></li></ol></div>'
    )
    told = "".join(f"<p>Line {n}: the ferry came late, and Mary said nothing on the quay.</p>" for n in range(6))
    page = (
        '<html><body><div id="workskin"><div class="preface group"><h2 class="title heading">The Ford</h2></div>'
        f'<div id="chapters"><div class="chapter"><div class="userstuff module">{told}</div></div></div></div>{comment}'
        "</body></html>"
    )
    found = read(("c.warc/https://archiveofourown.org/works/5/chapters/7?show_comments=true", page))
    (work,) = found.works
    assert [one.reviewer for one in work.reviews] == ["Ash"]
    assert "I cried." not in [block.text for one in work.chapters for block in one.blocks]
    assert len(work.chapters[0].blocks) == 6


def test_chapters_of_one_title_and_author_are_two_stories_where_fandom_and_people_are_others() -> None:
    def told(fandom: str, heading: str, one: str, other: str) -> bytes:
        lines = "".join(f"<p>It rained, and {one} said on the quay that {other} was late again.</p>" for _ in range(4))
        top = f"<b>Title:</b> The Ford<br><b>Author:</b> Wren<br><b>Fandom:</b> {fandom}<br><h3>{heading}</h3>"
        return f"<html><body>{top}{lines}</body></html>".encode()

    marrowgate, oriel = told("Marrowgate", "Chapter 3", "Maud", "Hob"), told("Oriel", "Chapter 4", "Ines", "Tomas")
    assert len(reading.read([(marrowgate, "ford.html"), (oriel, "fordx.html")]).works) == 2
    goes_on = told("Marrowgate", "Chapter 4", "Hob", "Maud")
    assert len(reading.read([(marrowgate, "ford.html"), (goes_on, "fordx.html")]).works) == 1
