"""Records of archives: what they say is kept to the letter, and the chapters they name come in their order."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ficshelf import record
from ficshelf.conserve import lost
from ficshelf.model import Reading
from ficshelf.reading import read
from ficshelf.record import Address, Field, Noticed, Part, Record, Said
from ficshelf.show import to_json

FIRST = b"<p>The lamp went out over the harbour, and Mary counted the boats that were left.</p>" * 3
SECOND = b"In the morning there were nine of them, and nobody spoke of the tenth.\n\nThe tide was late." * 3


def story() -> Record:
    parts = (
        Part(
            "d.sql/chapters/4",
            1,
            (
                Field("title", "Low Water", "chapters.title"),
                Field("note", "Thanks, <b>Jo</b>!", "chapters.notes", True),
            ),
        ),
        Part("d.sql/chapters/9", 2, (Field("endnote", "More soon.", "chapters.endnotes"),)),
    )
    fields = (
        Field("title", "Nine Boats", "stories.title"),
        Field("author", "Harbourmaster", "authors.penname"),
        Field("summary", "<p>They count.</p><p>They lose count.</p>", "stories.summary", True),
        Field("complete", "true", "stories.completed"),
        Field("", "17", "stories.count"),
    )
    reviews = (
        Said(
            (
                Field("reviewer", "Ann"),
                Field("date", "2004-05-06"),
                Field("text", "Lovely.<br>Really.", "", True),
                Field("reply", "Thank you!"),
            ),
            2,
        ),
        Said((Field("reviewer", "Bob"), Field("rating", "5")), 0),
    )
    return Record("story", "stories/12", "eFiction 3.5", fields, parts, reviews, rows={"stories": 1, "chapters": 2})


def reading(one: Record, **texts: bytes) -> Reading:
    found = [(record.pack(one), f"d.sql/{one.key}")]
    return read([*found, *((data, f"d.sql/chapters/{name[1:]}") for name, data in texts.items())])


def nothing_is_lost(found: Reading) -> bool:
    return not any(lost(source, found.works, index) for index, source in enumerate(found.sources))


def test_the_chapters_come_in_the_records_order_with_their_notes() -> None:
    found = reading(story(), _9=SECOND, _4=FIRST)
    (work,) = found.works
    assert [(one.number, one.title) for one in work.chapters] == [(1, "Low Water"), (2, None)]
    assert [block.kind for block in work.chapters[0].blocks][:3] == ["heading", "note", "paragraph"]
    assert work.chapters[0].blocks[1].runs[1].marks == ("strong",)
    assert work.chapters[1].blocks[-1].text == "More soon."
    assert work.facts["summary"][0].value == "They count.\nThey lose count."
    assert work.facts["complete"][0].value is True
    assert nothing_is_lost(found)


def test_reviews_and_their_replies_are_parted_and_tied_to_the_chapter() -> None:
    (work,) = reading(story(), _9=SECOND, _4=FIRST).works
    first, second = work.reviews
    assert (first.reviewer, first.date, first.chapter) == ("Ann", "2004-05-06", 2)
    assert [block.text for block in first.blocks] == ["Lovely.\nReally."]
    assert [block.text for block in first.reply] == ["Thank you!"]
    assert (second.rating, second.blocks, second.chapter) == ("5", (), 0)


def test_a_missing_chapter_is_said_and_keeps_its_place() -> None:
    found = reading(story(), _9=SECOND)
    (work,) = found.works
    assert [one.number for one in work.chapters] == [1, 2]
    assert [remark.text for remark in found.remarks if remark.kind == "chapter-missing"] == [
        "Chapter 1 of 2: its text is not there."
    ]
    assert nothing_is_lost(found)


def test_a_story_without_any_text_is_a_record_and_no_work() -> None:
    found = reading(story())
    assert found.works == ()
    assert [one.key for one in found.records] == ["stories/12"]
    assert "text-missing" in {remark.kind for remark in found.remarks}
    assert nothing_is_lost(found)


def test_headings_within_a_chapters_text_do_not_cut_it() -> None:
    inner = b"<h2>Chapter 7</h2><p>It was late in the year and the boats were in.</p><h2>Chapter 8</h2><p>Still in.</p>"
    (work,) = reading(story(), _4=inner, _9=SECOND).works
    assert len(work.chapters) == 2


def test_a_text_that_looks_like_no_story_is_one_when_its_record_says_so() -> None:
    (work,) = reading(story(), _4=b"<p>You must be logged in to view this page.</p>", _9=SECOND).works
    assert any("logged in" in block.text for block in work.chapters[0].blocks)


def test_what_a_chapters_own_header_says_again_is_no_story_and_not_lost() -> None:
    text = b"Title: Nine Boats, part one\nAuthor: Harbourmaster\nRating: PG\n\n" + SECOND
    found = reading(story(), _4=text, _9=SECOND)
    (work,) = found.works
    assert [fact.value for fact in work.facts["title"]] == ["Nine Boats"]
    assert [fact.value for fact in work.facts["rating"]] == ["PG"]
    assert nothing_is_lost(found)


def test_people_and_pages_are_records() -> None:
    person = Record(
        "person",
        "authors/3",
        "eFiction 3.5",
        (Field("name", "Ann"), Field("about", "<i>I write.</i>", "", True), Field("website", "http://example.org/")),
    )
    page = Record(
        "page", "messages/1", "eFiction 3.5", (Field("title", "Rules"), Field("text", "Be kind.\n\nNo more."))
    )
    found = read([(record.pack(one), f"d.sql/{one.key}") for one in (person, page)])
    assert [(one.kind, one.name) for one in found.records] == [("person", "Ann"), ("page", "Rules")]
    assert found.records[0].told == (("website", "http://example.org/", ""),)
    assert [block.text for block in found.records[1].blocks] == ["Be kind.", "No more."]
    assert nothing_is_lost(found)


def test_remarks_and_addresses_of_a_record_come_along() -> None:
    one = Record(
        "story",
        "stories/12",
        "eFiction 3.5",
        (Field("title", "A"),),
        (Part("d.sql/chapters/4", 1),),
        addresses=(Address("viewstory.php?sid=12"), Address("viewstory.php?sid=12&chapter=1", 1)),
        visibility="members",
        remarks=(Noticed("mojibake-repaired", "Ã© → é"),),
    )
    found = reading(one, _4=FIRST)
    shelfmark = found.works[0].shelfmark
    assert shelfmark is not None
    assert (shelfmark.visibility, shelfmark.addresses[1]) == ("members", ("viewstory.php?sid=12&chapter=1", 1))
    assert "mojibake-repaired" in {remark.kind for remark in found.remarks}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@given(
    st.lists(
        st.builds(
            Field,
            st.sampled_from(["title", "summary", "rating", "note", "", "odd"]),
            TEXT,
            st.just("t.c"),
            st.booleans(),
        )
    ),
    TEXT,
)
def test_whatever_the_fields_hold_nothing_is_lost(fields: list[Field], review: str) -> None:
    one = Record(
        "story",
        "s/1",
        "x",
        tuple(fields),
        (Part("d.sql/chapters/4", 1, tuple(fields)),),
        (Said((Field("text", review, "", True),)),),
    )
    found = reading(one, _4=FIRST)
    assert nothing_is_lost(found)
    assert len(found.works) == 1


@given(st.binary(max_size=200))
def test_damaged_records_give_a_remark(tail: bytes) -> None:
    found = read([(record.MARK + tail, "d.sql/x")])
    assert found.works == ()


WHOLE = (
    b"<h2>Chapter 1: Ebb</h2><p>The lamp went out over the harbour, and Mary counted the boats.</p>"
    b"<h2>Chapter 2: Flood</h2><p>In the morning there were nine of them, and nobody spoke of the tenth.</p>"
)


def book(*paths: str) -> Record:
    part = Part(f"d/{paths[0]}", whole=True, copies=tuple(f"d/{path}" for path in paths[1:]))
    return Record("story", "books/1", "calibre", (Field("title", "Nine Boats", "books.title"),), (part,))


def test_a_source_that_is_a_whole_story_tells_its_chapters_itself() -> None:
    found = read([(record.pack(book("a.html")), "d/books/1"), (WHOLE, "d/a.html")])
    (work,) = found.works
    assert [(one.number, one.title) for one in work.chapters] == [(1, "Ebb"), (2, "Flood")]
    assert work.fact("title")
    assert nothing_is_lost(found)


def test_of_further_copies_one_tells_the_story_and_the_others_stand_by() -> None:
    pieces = [
        (record.pack(book("a.html", "b.html")), "d/books/1"),
        (WHOLE, "d/a.html"),
        (WHOLE + b"<p>x</p>", "d/b.html"),
    ]
    found = read(pieces)
    assert len(found.works) == 1
    assert [(one.kind, one.source) for one in found.remarks] == [("further-copy", 2)]
    assert {block.source for chapter in found.works[0].chapters for block in chapter.blocks} == {1}
    assert nothing_is_lost(found)


def test_where_the_best_copy_cannot_be_read_the_next_one_is() -> None:
    locked = b"PK\x03\x04 no zip at all, though it says so META-INF/container.xml"
    found = read([(record.pack(book("a.epub", "b.html")), "d/books/1"), (locked, "d/a.epub"), (WHOLE, "d/b.html")])
    assert [(one.number, one.title) for one in found.works[0].chapters] == [(1, "Ebb"), (2, "Flood")]
    assert {one.kind for one in found.remarks if one.source == 1} == {"further-copy", "damaged"}


def test_reviews_are_shown_as_json() -> None:
    (work,) = json.loads(to_json(reading(story(), _9=SECOND, _4=FIRST)))["works"]
    assert work["reviews"][0]["reviewer"] == "Ann"
    assert work["reviews"][0]["reply"][0]["runs"] == [{"text": "Thank you!"}]
    assert "reply" not in work["reviews"][1]
    assert work["shelfmark"]["key"] == "stories/12"
