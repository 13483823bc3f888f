"""Words, dates, names and prints: what works are counted, sorted and recognised by."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf import dates, names, prints, words
from ficshelf.library.blocks import pack, pack_work, unpack, unpack_work
from ficshelf.library.columns import columns
from ficshelf.model import BLOCK_KINDS, INFERRED, MARKS, Block, Chapter, Fact, Run, Span, Work

texts = st.text(st.characters(exclude_categories=["Cs"]))
spans = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda ends: Span(*ends))
runs = st.builds(Run, texts, st.lists(st.sampled_from(MARKS), unique=True).map(tuple), texts)
blocks = st.builds(
    Block,
    st.sampled_from(BLOCK_KINDS),
    st.lists(runs, max_size=4).map(tuple),
    st.lists(spans, max_size=3).map(tuple),
    st.integers(0, 1000),
    texts,
)
facts = st.builds(
    Fact,
    texts | st.booleans(),
    st.sampled_from(["stated", "inferred", "decided"]),
    st.lists(spans, max_size=3).map(tuple),
    st.integers(0, 9),
    st.none() | st.floats(0, 1),
    texts,
)


@given(st.lists(blocks).map(tuple))
def test_blocks_come_back_as_they_were_packed(some: tuple[Block, ...]) -> None:
    assert unpack(pack(some)) == some


@given(
    st.dictionaries(st.sampled_from(["title", "complete", "tag"]), st.lists(facts, min_size=1).map(tuple)),
    st.lists(st.builds(Chapter, st.none() | st.integers(), st.none() | texts, st.lists(blocks).map(tuple))).map(tuple),
)
def test_works_come_back_as_they_were_packed(known: dict[str, tuple[Fact, ...]], parts: tuple[Chapter, ...]) -> None:
    assert unpack_work(pack_work(Work(known, parts))) == Work(known, parts)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The well-known cat didn't move.", 5),
        ("wait--what", 2),
        ("wait—what", 2),
        ("“Don’t,” she said…then", 4),
        ("* * * ~ ___ ***", 0),
        ("", 0),
        ("漢字かな", 4),
        ("ไทย", 3),
        ("naïve café", 2),
        ("cafe\u0301", 1),
        ("漢a字", 3),
        ("3.5 miles", 3),
        ("한국어 소설", 2),
        ("Привет, мир", 2),
    ],
)
def test_words_are_counted_as_archives_do(text: str, count: int) -> None:
    assert words.count(text) == count


@given(st.text("ab-'. \n_,!9", max_size=40))
def test_the_quick_count_is_the_thorough_one(text: str) -> None:
    assert words.count(text) == words.count(f"{text} é") - 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2004-05-06", datetime.date(2004, 5, 6)),
        ("May 6, 2004", datetime.date(2004, 5, 6)),
        ("6th of May 2004", datetime.date(2004, 5, 6)),
        ("06-May-2004", datetime.date(2004, 5, 6)),
        ("Thu, 6 May 2004 11:02:00 +0100", datetime.date(2004, 5, 6)),
        ("started May 2004", datetime.date(2004, 5, 1)),
        ("25/12/2001", datetime.date(2001, 12, 25)),
        ("12/25/2001", datetime.date(2001, 12, 25)),
        ("03/03/2001", datetime.date(2001, 3, 3)),
        ("03/04/2001", None),
        ("1999", datetime.date(1999, 1, 1)),
        ("2004-13-45", None),
        ("once upon a time", None),
        ("I may 2004 times", None),
        ("", None),
    ],
)
def test_dates_are_read_only_where_they_are_clear(text: str, day: datetime.date | None) -> None:
    assert dates.parse(text) == day


def test_the_two_dates_of_a_work_tell_together_which_number_is_the_month() -> None:
    told = columns({"published": (Fact("03/04/06"),), "updated": (Fact("04/17/06"),)})
    assert (told["published"], told["updated"]) == (datetime.date(2006, 3, 4), datetime.date(2006, 4, 17))
    guessed = columns({"published": (Fact("03/04/06"),), "updated": (Fact("04/17/06", INFERRED),)})
    assert (guessed["published"], guessed["updated"]) == (None, None)


@given(texts)
def test_no_text_upsets_a_key(text: str) -> None:
    assert len(names.fold(text)) <= names.LONGEST
    assert len(names.sort_key(text)) <= names.LONGEST
    assert names.fold(names.fold(text)) == names.fold(text)
    dates.parse(text)
    names.url_key(text)
    words.count(text)


def test_long_names_with_one_beginning_stay_apart() -> None:
    assert names.fold("x" * 300 + "a") != names.fold("x" * 300 + "b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.Example.org/s/12/", "https://example.org/s/12#top"),
        ("example.org/s/12", "http://example.org/s/12"),
    ],
)
def test_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert names.url_key(one) == names.url_key(other) != ""


def test_addresses_of_two_pages_have_two() -> None:
    assert names.url_key("http://example.org/s?id=1") != names.url_key("http://example.org/s?id=2")


def work(*paragraphs: str) -> Work:
    return Work({}, (Chapter(1, None, tuple(Block("paragraph", (Run(text),), ()) for text in paragraphs)),))


def test_a_print_sees_words_and_nothing_else() -> None:
    one = prints.of_work(work("“It’s late,” he said.", "Café"))
    assert prints.of_work(work('"It\'s  late" -- he said', "cafe\u0301")) == one
    assert prints.of_work(work("It's later, he said", "café")).story != one.story


def test_a_work_without_words_has_no_print() -> None:
    assert prints.of_work(work("* * *", "")).story == ""
