"""Dates as people wrote them above their stories, for sorting. The words themselves stay in the fact."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_ISO = re.compile(r"\b(\d{4})[-./](\d{1,2})[-./](\d{1,2})\b")
_YEAR_OF = r"(\d{4}|['’‘`]?\d\d)(?![\d:])"
_MONTH_FIRST = re.compile(rf"\b([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR_OF}")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([A-Za-z]{{3,9}})\.?,?[\s-]+{_YEAR_OF}")
_MONTH_ONLY = re.compile(r"\b([A-Z][A-Za-z]{2,8})\.?,?\s+(\d{4}|['’‘`]\d\d)(?!\d)")
_NUMBERS = re.compile(rf"(?<![\d./-])(\d{{1,2}})([-./])(\d{{1,2}})\2{_YEAR_OF}(?![-./]\d)")
_SHORT_ISO = re.compile(r"(?<![\d./-])(\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_MOST_DAYS = 31
# Of two digits: the first fanzines are of 1967, and most stories on the web of 1990 to now.
_FIRST, _LAST = 67, 40
_YEAR = re.compile(r"\s*\(?(?:19|20)\d\d\)?\s*")


def parse(text: str, beside: Iterable[str] = ()) -> datetime.date | None:
    """The day that `text` names; the first of the month or of the year where it names no more than that.

    None where there is none, and where day and month could be either way round (03/04/2001), unless the dates `beside`
    it in the same file tell: next to 04/17/2001, 03/04/2001 is the fourth of March. Years of two digits are those in
    which fan fiction was written: 1967 to 1999, and from 2000 on.
    """
    if found := _ISO.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _MONTH_FIRST.search(text)) and (month := _MONTHS.get(found[1].lower())):
        return _date(_year(found[3]), month, int(found[2]))
    if (found := _DAY_FIRST.search(text)) and (month := _MONTHS.get(found[2].lower())):
        return _date(_year(found[3]), month, int(found[1]))
    if (found := _SHORT_ISO.search(text)) and int(found[1]) > _MOST_DAYS:
        return _date(_year(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.search(text):
        one, other, year = int(found[1]), int(found[3]), _year(found[4])
        if one > 12 or one == other:
            return _date(year, other, one)
        if other > 12 or (month_first := _is_month_first(found[2], beside)):
            return _date(year, one, other)
        return _date(year, other, one) if month_first is False else None
    if (found := _MONTH_ONLY.search(text)) and (month := _MONTHS.get(found[1].lower())):
        return _date(_year(found[2]), month, 1)
    if _YEAR.fullmatch(text):
        return _date(int(text.strip(" ()\t\n")), 1, 1)
    return None


def _is_month_first(sign: str, beside: Iterable[str]) -> bool | None:
    """Whether dates with the same signs between their numbers put the month first; None where they do not tell, or
    do not agree."""
    told: set[bool] = set()
    for text in beside:
        if (found := _NUMBERS.search(text)) and found[2] == sign:
            one, other = int(found[1]), int(found[3])
            if one <= 12 < other <= _MOST_DAYS or other <= 12 < one <= _MOST_DAYS:
                told.add(one <= 12)
    return told.pop() if len(told) == 1 else None


def _year(written: str) -> int:
    """The year of two digits or four; 0, which is none, where nobody can know the century."""
    year = int(written.lstrip("'’‘`"))
    if len(written) == 4:
        return year
    return 1900 + year if year >= _FIRST else 2000 + year if year <= _LAST else 0


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
