"""Whole archives in the library: reviews, people, pages, series and the balance sheet, whatever archive they are from.

Here an archive is a zip of records; each kind of archive has tests of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tales import dump

from ficshelf.library import balance, models, works
from ficshelf.library.blocks import unpack
from ficshelf.record import Address, Field, Member, Part, Record, Said

PROGRAM = "eFiction 3.5"


def chapter(what: str) -> str:
    return "".join(f"<p>The {what} went out over the harbour, and Mary counted boat {n} twice.</p>" for n in range(9))


def story(
    number: int,
    title: str,
    chapters: int = 2,
    *,
    reviews: tuple[Said, ...] = (),
    visibility: str = "",
    author: str = "Ash",
) -> tuple[Record, dict[str, str]]:
    """A story's record and the texts of its chapters by their labels within the archive."""
    names = [f"chapters/{number}{n}.html" for n in range(1, chapters + 1)]
    fields = (Field("title", title, "stories.title"), Field("author", author, "authors.penname"))
    parts = tuple(Part(f"ARCHIVE/{name}", n, (Field("title", f"Part {n}"),)) for n, name in enumerate(names, 1))
    addresses = (
        Address(f"viewstory.php?sid={number}"),
        *(Address(f"viewstory.php?sid={number}&chapter={n}", n) for n in range(1, chapters + 1)),
    )
    rows = {"stories": 1, "chapters": chapters, "reviews": len(reviews)}
    one = Record(
        "story", f"stories/{number}", PROGRAM, fields, parts, reviews,
        addresses=addresses, visibility=visibility, rows=rows,
    )  # fmt: skip
    return one, {name: chapter(f"{title} lamp {n}") for n, name in enumerate(names, 1)}


def said(text: str, chapter: int = 0, reply: str = "") -> Said:
    fields = [Field("reviewer", "Ann"), Field("date", "2004-05-06"), Field("text", text)]
    return Said((*fields, Field("reply", reply)) if reply else tuple(fields), chapter)


Box = Callable[..., Any]


def test_a_story_comes_with_its_chapters_reviews_and_addresses(rescue: Box) -> None:
    reviews = (said("Lovely.", 2, "Thank you!"), said("More, please."))
    rescue(story(12, "Nine Boats", reviews=reviews))
    work = models.Work.objects.get()
    assert [one.title for one in works.load(work).chapters] == ["Part 1", "Part 2"]
    first, second = work.reviews.all()
    assert (first.chapter, first.reviewer, unpack(first.reply)[0].text) == (2, "Ann", "Thank you!")
    assert (second.chapter, bytes(second.reply)) == (0, b"")
    assert {(one.key, one.chapter) for one in work.old_addresses.all()} == {
        ("viewstory.php?sid=12", 0), ("viewstory.php?chapter=1&sid=12", 1), ("viewstory.php?chapter=2&sid=12", 2),
    }  # fmt: skip


def test_adding_an_archive_twice_changes_nothing(rescue: Box) -> None:
    held = (
        story(12, "Nine Boats", reviews=(said("Lovely."),)),
        story(13, "The Tide"),
        Record("page", "messages/1", PROGRAM),
    )
    rescue(*held)
    before = dump()
    report = rescue(*held)
    assert dump() == before
    assert report.works.total() == 0


def test_two_stories_of_one_archive_are_never_made_one(rescue: Box) -> None:
    """Same title, same author, numbers that would fit: the archive says that they are two."""
    rescue(story(12, "Untitled", 1), story(13, "Untitled", 3))
    assert sorted(work.chapter_count for work in models.Work.objects.all()) == [1, 3]


def test_a_later_dump_of_the_archive_renews_the_story_and_doubles_nothing(rescue: Box) -> None:
    rescue(story(12, "Nine Boats", 2, reviews=(said("Lovely.", 2),)))
    rescue(story(12, "Nine Boats", 3, reviews=(said("Lovely.", 2), said("At last!", 3))), name="later.zip")
    work = models.Work.objects.get()
    assert work.chapter_count == 3
    assert [(one.chapter, unpack(one.blocks)[0].text) for one in work.reviews.order_by("chapter")] == [
        (2, "Lovely."),
        (3, "At last!"),
    ]


def test_what_has_not_changed_in_a_later_dump_is_there_once(rescue: Box) -> None:
    rescue(story(12, "Nine Boats"))
    rescue(story(12, "Nine Boats"), story(13, "The Tide"), name="later.zip")
    assert list(models.Work.objects.order_by("title").values_list("title", flat=True)) == ["Nine Boats", "The Tide"]


def test_who_could_see_a_story_is_kept_and_it_is_not_joined_with_what_all_may_see(rescue: Box) -> None:
    rescue(story(12, "Nine Boats", 1))
    rescue(story(12, "Nine Boats", 3, visibility="hidden"), name="drafts.zip")
    assert {(work.visibility, work.chapter_count) for work in models.Work.objects.all()} == {("", 1), ("hidden", 3)}


def test_people_and_pages_are_kept_and_mail_addresses_sealed(rescue: Box) -> None:
    person = Record(
        "person", "authors/3", PROGRAM, (Field("name", "Ash"), Field("about", "I write.")), rows={"authors": 1}
    )
    page = Record(
        "page", "messages/1", PROGRAM, (Field("title", "Rules"), Field("text", "Be kind.")), rows={"messages": 1}
    )
    sealed = Record("sealed", "sealed", PROGRAM, (Field("authors/3", "ash@example.org", "authors.email"),))
    rescue(story(12, "Nine Boats"), person, page, sealed)
    kept = models.Record.objects.get(kind="person")
    assert kept.person == models.Work.objects.get().people.get()
    assert unpack(kept.blocks)[0].text == "I write."
    assert models.Record.objects.get(kind="page").name == "Rules"
    assert [(one.who, one.value) for one in models.Sealed.objects.all()] == [("Ash", "ash@example.org")]
    assert "ash@example.org" not in str(models.Record.objects.values())


def test_series_hold_works_and_series_in_their_order(rescue: Box) -> None:
    inner = Record("series", "series/2", PROGRAM, (Field("title", "Winter"),), members=(Member("stories/13", 1),))
    outer = Record(
        "series",
        "series/1",
        PROGRAM,
        (Field("title", "Years"),),
        members=(Member("series/2", 2), Member("stories/12", 1)),
    )
    rescue(inner, outer, story(12, "Nine Boats"), story(13, "The Tide"))
    years = models.Series.objects.get(name="Years")
    assert [(part.work.title, part.position) for part in years.parts.all()] == [("Nine Boats", 1)]
    assert [(nested.child.name, nested.position) for nested in years.nested.all()] == [("Winter", 2)]


def test_a_series_keeps_what_is_said_of_it(rescue: Box) -> None:
    fields = (Field("title", "Winter"), Field("summary", "Of snow."), Field("author", "Ash", "series.uid"))
    rescue(Record("series", "series/2", PROGRAM, fields, members=(Member("stories/13", 1),)), story(13, "The Tide"))
    row = models.Record.objects.get(kind="series")
    assert [block.text for block in unpack(row.blocks)] == ["Of snow."]
    assert row.told == [["author", "Ash", "series.uid"]]


def sheet(**tables: int) -> Record:
    fields = [Field("table", str(count), table) for table, count in tables.items()]
    return Record("page", balance.KEY, PROGRAM, (*fields, Field("left out", "4: a log of visits", "log")))


def test_the_balance_sheet_tells_mail_addresses_from_real_names(rescue: Box) -> None:
    hidden = (
        Field("authors/3", "ash@example.org", "authors.email"),
        Field("authors/3", "A. Shore", "authors.realname"),
    )
    (found,) = rescue(sheet(stories=1), story(12, "Nine Boats"), Record("sealed", "sealed", PROGRAM, hidden)).balances
    assert (found.sealed, found.real_names) == (1, 1)


def test_the_balance_sheet_accounts_for_every_row(rescue: Box) -> None:
    loose = Record("rest", "rest/reviews", PROGRAM, (Field("row", "7 | Lovely."),), rows={"reviews": 1})
    held = story(12, "Nine Boats", reviews=(said("Good."),)), story(13, "Tide"), loose
    report = rescue(sheet(stories=2, chapters=4, reviews=2, log=4), *held)
    (found,) = report.balances
    lines = {line.table: line for line in found.lines}
    assert (lines["reviews"].stored, lines["reviews"].set_aside) == (1, 1)
    assert (lines["log"].left_out, lines["log"].reasons) == (4, ("a log of visits",))
    assert found.unaccounted == 0
    printed = "\n".join(report.lines(Path("/x")))
    assert "What became of the rows of old.zip" in printed
    assert "log: a log of visits" in printed


def test_a_row_that_is_nowhere_is_told(rescue: Box) -> None:
    (found,) = rescue(sheet(stories=3, log=4), story(12, "Nine Boats"), story(13, "Tide")).balances
    assert {line.table: line.unaccounted for line in found.lines}["stories"] == 1
    assert found.unaccounted > 0
