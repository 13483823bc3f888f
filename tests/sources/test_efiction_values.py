"""Ids, lists and dates as eFiction writes them, in every way that archives have them."""

from __future__ import annotations

import pytest

from ficshelf.sources.efiction.values import Listed, date, listed, names_of, number

KNOWN = names_of([("1", "Jim"), ("12", "Silver, Long John"), ("123", "Ben Gunn"), ("18", "13"), ("40", "")])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", Listed()),
        ("0", Listed()),
        ("-1", Listed()),
        ("1", Listed(ids=("1",))),
        ("1,12", Listed(ids=("1", "12"))),
        (",1, 12 ,", Listed(ids=("1", "12"))),
        ("1,1,0,12", Listed(ids=("1", "12"))),
        ("1,77", Listed(ids=("1",), lost=("77",))),
        ("Jim", Listed(ids=("1",))),
        ("jim,Silver, Long John", Listed(ids=("1", "12"))),
        ("Silver,Long John", Listed(ids=("12",))),
        ("Billy Bones,1", Listed(ids=("1",), names=("Billy Bones",))),
        ("13", Listed(ids=("18",))),
        ("40", Listed(ids=("40",))),
    ],
)
def test_a_list_names_rows(value: str, expected: Listed) -> None:
    assert listed(value, KNOWN, "charid", len(value)) == expected


def test_what_fills_its_column_was_cut() -> None:
    full = "1," * 124 + "12"
    assert len(full) == 250
    assert listed(full, KNOWN, "charid", 250) == Listed(ids=("1",), cut="12")
    assert listed(full, KNOWN, "classes", 250).cut == ""
    assert listed("1," * 124 + "77", KNOWN, "charid", 250) == Listed(ids=("1",), cut="77")
    assert listed("1," * 123 + "x,18", KNOWN, "charid", 250) == Listed(ids=("1", "18"), names=("x",))


def test_before_version_3_a_name_is_a_name_even_where_it_looks_like_a_number() -> None:
    known = names_of([("13", "PG"), ("2", "13")])
    assert listed("13", known, "rid", 2, names_first=True).ids == ("2",)
    assert listed("13", known, "rid", 2).ids == ("13",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2006-02-09 22:21:35", "2006-02-09"),
        ("2006-02-09", "2006-02-09"),
        ("1139523695", "2006-02-09"),
        ("0000-00-00 00:00:00", ""),
        ("2006-00-00 00:00:00", ""),
        ("0", ""),
        ("", ""),
        ("20060209222135", ""),
        ("99999999999", ""),
        ("yesterday", ""),
    ],
)
def test_dates_have_two_forms(value: str, expected: str) -> None:
    assert date(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(b"12", 12), (b" 3 ", 3), (b"-1", -1), (b"x", 0), (None, 0), ("7", 7)])
def test_numbers(value: bytes | str | None, expected: int) -> None:
    assert number(value) == expected
