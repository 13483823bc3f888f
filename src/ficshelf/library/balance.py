"""The balance sheet of an archive: every row that its tables held, and where it is now.

What the archive held is what its container counted when it was taken apart; what the library has is counted from the
records that were stored, row by row. The two come from different ends, so that a difference means a loss.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ficshelf.library import models
from ficshelf.record import TEXTLESS

KEY = "balance"
UNWANTED = "unwanted"  # the kind of a record that was left out: it counts its rows and says nothing of them
_UNWANTED = "of stories that must not be imported"


class Line(NamedTuple):
    """One table. `rows` were in the archive; `stored` are in the library as stories, chapters, reviews, people, pages;
    `set_aside` are in records of what belonged to nothing, each with its remark; `left_out` were not taken, for the
    `reasons`. What is in none of these is `unaccounted`: 0 where all is right."""

    table: str
    rows: int
    stored: int = 0
    set_aside: int = 0
    left_out: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def unaccounted(self) -> int:
        """Rows that are nowhere; below 0 where the library has more than there were."""
        return self.rows - self.stored - self.set_aside - self.left_out


class Sheet(NamedTuple):
    """The balance sheet of one archive; `sealed` and `real_names` count the mail addresses and the names that are kept
    for the owner alone, `textless` the stories that are known by what the rows say of them, without any text."""

    archive: str
    lines: tuple[Line, ...]
    sealed: int = 0
    real_names: int = 0
    textless: int = 0

    @property
    def unaccounted(self) -> int:
        """Rows that are nowhere, of all tables."""
        return sum(abs(line.unaccounted) for line in self.lines)


def of(container: int) -> Sheet:
    """The balance sheet of the archive that came in this container (a row of Source)."""
    rows: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    reasons: dict[str, list[str]] = {}
    stored: Counter[str] = Counter()
    set_aside: Counter[str] = Counter()
    records = models.Record.of(container)
    for told in records.filter(key=KEY).values_list("told", flat=True):
        for name, value, table in told:
            count, _, reason = value.partition(":")
            number = int(count) if count.strip().isdigit() else 0
            if name == "table":
                rows[table] += number
            elif name == "left out":
                left_out[table] += number
                reasons.setdefault(table, []).append(reason.strip())
    for kind, held in records.values_list("kind", "rows").iterator(1000):
        if kind == UNWANTED:
            left_out.update(held)
            for table in held:
                reasons[table] = list(dict.fromkeys([*reasons.get(table, ()), _UNWANTED]))
        else:
            (set_aside if kind == "rest" else stored).update(held)
    lines = tuple(
        Line(table, rows[table], stored[table], set_aside[table], left_out[table], tuple(reasons.get(table, ())))
        for table in sorted({*rows, *stored, *set_aside, *left_out})
        if rows  # else its tables were not counted
    )
    place = models.Place.objects.filter(source=container).order_by("id").values_list("path", flat=True).first()
    kept = models.Sealed.objects.filter(container=container)
    mails = kept.filter(value__contains="@").count()
    return Sheet(place or "", lines, mails, kept.count() - mails, records.filter(kind=TEXTLESS).count())
