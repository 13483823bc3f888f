"""Dates as people wrote them above their stories, for sorting."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.dates import parse


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2004-11-30", "2004-11-30"),
        ("2004/11/30 21:14", "2004-11-30"),
        ("April 5, 2003", "2003-04-05"),
        ("April 5th, '03", "2003-04-05"),
        ("April 5, ’03", "2003-04-05"),
        ("Sept. 12 99", "1999-09-12"),
        ("5 Apr 98", "1998-04-05"),
        ("Tue, 6 Jul 1999 21:14:03 -0400", "1999-07-06"),
        ("21-Dec-97", "1997-12-21"),
        ("the 3rd of May, 2001", "2001-05-03"),
        ("04/17/06", "2006-04-17"),
        ("17.4.06", "2006-04-17"),
        ("17/04/1999", "1999-04-17"),
        ("5/5/05", "2005-05-05"),
        ("12/31/99", "1999-12-31"),
        ("99-12-31", "1999-12-31"),
        ("finished 06.26.98 at night", "1998-06-26"),
        ("May 2001", "2001-05-01"),
        ("May '01", "2001-05-01"),
        ("(1996)", "1996-01-01"),
        ("8/24/79", "1979-08-24"),
    ],
)
def test_a_date_is_the_day_that_its_words_name(written: str, day: str) -> None:
    assert parse(written) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "written",
    ["", "03/04/2001", "12/3/99", "1/2/3", "3/4", "sometime in spring", "04/17/55", "May 12 18:30", "17/04/06/99",
     "1.12.13.14", "192.168.10.12", "31/31/01", "February 30, 2001", "May 35, '01", "Marching 12 99", "10-20-30-40"],
)  # fmt: skip
def test_what_names_no_day_for_sure_gives_none(written: str) -> None:
    assert parse(written) is None


@pytest.mark.parametrize(
    ("written", "beside", "day"),
    [
        ("03/04/06", ["04/17/06"], "2006-03-04"),
        ("03/04/06", ["17/04/06"], "2006-04-03"),
        ("3.4.2006", ["finished 17.4.06 at night"], "2006-04-03"),
        ("03/04/06", ["05/06/06", "04/17/06"], "2006-03-04"),
        ("04/17/06", ["18/03/06"], "2006-04-17"),  # its own day is sure
    ],
)
def test_other_dates_of_the_file_tell_which_number_is_the_month(written: str, beside: list[str], day: str) -> None:
    assert parse(written, beside) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "beside",
    [[], ["05/06/06"], ["17.04.06"], ["04/17/06", "17/04/06"], ["April 17, 2006"], ["2006-04-17"], ["04/40/06"]],
)
def test_dates_of_another_form_or_of_two_minds_tell_nothing(beside: list[str]) -> None:
    assert parse("03/04/06", beside) is None


@given(st.dates(datetime.date(1967, 1, 1), datetime.date(2040, 12, 31)))
def test_a_month_in_words_leaves_no_doubt(day: datetime.date) -> None:
    for form in ("%B %d, %Y", "%d %b %Y", "%d-%b-%y", "%b %d, '%y", "%Y-%m-%d"):
        assert parse(day.strftime(form)) == day


@given(st.dates(datetime.date(1967, 1, 1), datetime.date(2040, 12, 31)))
def test_day_and_month_count_only_where_one_cannot_be_the_other(day: datetime.date) -> None:
    sure = day.day > 12 or day.day == day.month
    assert parse(day.strftime("%m/%d/%y")) == (day if sure else None)
    assert parse(day.strftime("%d.%m.%y")) == (day if sure else None)


@given(st.text(alphabet="0123456789/-.' ,apMriljunDec", max_size=60))
def test_anything_gives_a_day_or_none(text: str) -> None:
    assert parse(text) is None or isinstance(parse(text), datetime.date)
