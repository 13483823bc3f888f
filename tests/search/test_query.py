"""What is typed becomes a query, or is refused in plain words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_texts import queries

from ficshelf.errors import QueryError
from ficshelf.search.filters import FIELDS
from ficshelf.search.parser import parse
from ficshelf.search.query import (
    MAX_LENGTH,
    MAX_TERMS,
    All,
    Either,
    Not,
    OneOf,
    Phrase,
    Prefix,
    Query,
    Tagged,
    Within,
    Word,
)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("Holmes  violin", [Word("holmes"), Word("violin")]),
        ("couldn’t couldn't", [Word("couldnt"), Word("couldnt")]),
        ('"The long, long night"', [Phrase(("the", "long", "long", "night"))]),
        ("“curly” «angled»", [Phrase(("curly",)), Phrase(("angled",))]),
        ('"never closed', [Phrase(("never", "closed"))]),
        ("well-known", [Phrase(("well", "known"))]),
        ("-moriarty NOT lestrade", [Not(Word("moriarty")), Not(Word("lestrade"))]),
        ("a -- b - c", [Word("a"), Word("b"), Word("c")]),
        ("storm OR tempest OR gale", [Either((Word("storm"), Word("tempest"), Word("gale")))]),
        ("a b OR c", [Word("a"), Either((Word("b"), Word("c")))]),
        ("a AND b or c", [Word("a"), Word("b"), Word("or"), Word("c")]),
        ("(a b) OR c", [Either((All((Word("a"), Word("b"))), Word("c")))]),
        ("-(a b)", [Not(All((Word("a"), Word("b"))))]),
        ("((a", [Word("a")]),
        ("a) b", [Word("a"), Word("b")]),
        ("OR a OR", [Word("a")]),
        ("vio*", [Prefix("vio")]),
        ("re:zero", [Phrase(("re", "zero"))]),
        ("said:", [Word("said")]),
        ("https://example.org/a", [Phrase(("https", "example", "org", "a"))]),
        ("你好", [Phrase(("你", "好"))]),
        ("author:Doyle by:doyle", [Tagged("author", "Doyle"), Tagged("author", "doyle")]),
        ('author: "Ada  Quill"', [Tagged("author", "Ada Quill")]),
        ('fandom:="Hamlet"', [Tagged("fandom", "Hamlet", whole=True)]),
        ("pairing:holmes/watson", [Tagged("relationship", "holmes/watson")]),
        ("-tag:angst", [Not(Tagged("tag", "angst"))]),
        ("rating:teen", [OneOf("rating", ("teen",), "")]),
        ("rating:NC-17", [OneOf("rating", ("explicit",), "")]),
        ('rating:"not rated"', [OneOf("rating", ("unrated",), "")]),
        ("rating:<=teen", [OneOf("rating", ("general", "teen"), "")]),
        ("rating:>teen", [OneOf("rating", ("mature", "explicit"), "")]),
        ("complete:WIP is:complete", [OneOf("complete", ("no",), ""), OneOf("complete", ("yes",), "")]),
        ("words:>5000", [Within("words", 5001, None, "")]),
        ("words: >= 5,000", [Within("words", 5000, None, "")]),
        ("words:<1k", [Within("words", None, 999, "")]),
        ("words:1k-20k", [Within("words", 1000, 20_000, "")]),
        ("words:20k..1.5k", [Within("words", 1500, 20_000, "")]),
        ("words:1m+", [Within("words", 1_000_000, None, "")]),
        ("chapters:1", [Within("chapters", 1, 1, "")]),
        ("is:oneshot", [Within("chapters", 1, 1, "")]),
    ],
)
def test_a_query_means(text, nodes):
    assert parse(text) == Query(tuple(nodes))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("updated:2004", "2004-01-01", "2004-12-31"),
        ("updated:>2004", "2005-01-01", None),
        ("updated:<2004-05", None, "2004-04-30"),
        ("updated:<=2004-05", None, "2004-05-31"),
        ("updated:2004-02-29", "2004-02-29", "2004-02-29"),
        ("updated:2003..2005-02", "2003-01-01", "2005-02-28"),
        ("updated:2003-12", "2003-12-01", "2003-12-31"),
    ],
)
def test_a_date_means_all_the_days_in_it(text, first, last):
    (node,) = parse(text).nodes
    day = datetime.date.fromordinal
    assert [bound and str(day(bound)) for bound in (node.low, node.high)] == [first, last]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("auhtor:doyle", "did you mean author:"),
        ("author:", "needs a value"),
        ("rating:purple", "no rating"),
        ("complete:perhaps", "complete:unknown"),
        ("words:many", "words:many is not understood"),
        ("updated:2004-13", "no date"),
        ("sort:size", "There is no order"),
        ("is:good", "is:oneshot"),
        ("a*", "2 letters or more"),
        ("?!", "no word in this"),
        ("a" * 300, "too long to be a word"),
        ("(" * 50 + "a", "nested"),
        ("a " * (MAX_TERMS + 1), "too many words"),
        ("a" * (MAX_LENGTH + 1), "too long"),
    ],
)
def test_a_query_that_cannot_be_meant_is_refused_in_plain_words(text, says):
    with pytest.raises(QueryError, match=says):
        parse(text)


def test_the_refusal_of_an_unknown_filter_names_those_that_there_are():
    with pytest.raises(QueryError) as refused:
        parse("fandmo:x")
    assert all(field in str(refused.value) for field in FIELDS)


def test_a_filter_word_in_quotes_is_text():
    assert parse('"auhtor:doyle"').nodes == (Phrase(("auhtor", "doyle")),)


def test_orders_are_no_conditions():
    assert parse("storm sort:words") == Query((Word("storm"),), "words")
    assert parse("") == Query()


def test_parts_can_be_put_in_and_taken_out():
    query = parse("storm rating:teen words:<1000 sort:title")
    teen = OneOf("rating", ("teen",), "teen")
    assert query.has(teen)
    assert query.has(Within("words", None, 999, "..999"))
    assert str(query.without(teen)) == "storm words:<1000 sort:title"
    assert query.without(teen).with_(teen).has(teen)
    assert query.with_(teen) == query


@given(queries | st.text())
def test_any_text_is_a_query_or_is_refused(text):
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(str(query)) == query


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "a " * 10_000, "(" * 1_000_000, '"' * 2_000, "-" * 2_000, "(a OR " * 300]
)
def test_a_huge_query_is_refused(text):
    with pytest.raises(QueryError):
        parse(text)
