"""The rows of series: two series of one name are two where they have different owners.

A series that files state is known by its name and the author of its works; one of an archive by the archive's own
record of it. The second of a name has the number 2 in its address ("Years ~2").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache

from django.db.models import F, Max

from ficshelf import model, names
from ficshelf.library import models, visibility
from ficshelf.library.slices import slices


def of_files(name: str, authors: Sequence[str]) -> int:
    """The series of that name that a work by these authors (folded names, the first one first) is in; made where there
    is none."""
    base = names.fold(name)
    there = list(models.Series.objects.filter(base=base).order_by("pk"))
    for row in there:
        if row.owner in authors or not (row.owner or authors):
            return row.pk
    credits = models.Credit.objects.filter(person__fold__in=authors, role="author").exclude(how=model.INFERRED)
    of_theirs = models.SeriesPart.objects.filter(series__in=there, work__credits__in=credits).order_by("series")
    known = of_theirs.values_list("series", flat=True).first()
    return known or _new(name, authors[0] if authors else "").pk


def _new(name: str, owner: str) -> models.Series:
    base = names.fold(name)
    nth = (models.Series.objects.filter(base=base).aggregate(last=Max("nth"))["last"] or 0) + 1
    while models.Series.objects.filter(fold=names.fold(models.Series(name=name, nth=nth).address)).exists():
        nth += 1
    row = models.Series(name=name, base=base, owner=owner, nth=nth)
    row.fold = names.fold(row.address)
    row.save()
    return row


def with_works(rows: Collection[int], owner: bool) -> set[int]:
    """Those of the series in which there is a work that may be seen, or in the series that they hold."""
    within = {row: {row} for row in rows}  # of each series that is reached, those of `rows` that it lies in
    waiting = set(rows)
    found: set[int] = set()
    while waiting:
        parts = models.SeriesPart.objects.filter(visibility.may_see(owner, "work__"), series__in=waiting)
        for row in parts.values_list("series", flat=True).distinct():
            found |= within[row]
        reached: set[int] = set()
        for parent, child in models.SeriesNesting.objects.filter(parent__in=waiting).values_list("parent", "child"):
            if not within[parent] <= within.setdefault(child, set()):
                within[child] |= within[parent]
                reached.add(child)
        waiting = reached
    return found


def of_archive(container: int, hear: Callable[[str, int, int], None] = lambda what, done, of: None) -> None:
    """Settle the series of an archive, once all of it is there: a row for each of its records, with the works and the
    series that it holds, as the archive ordered them. `hear` is told how many are done of how many."""
    found = models.Record.of(container).filter(kind="series").defer("told", "blocks", "rows")
    records = [row for row in found.order_by("pk") if names.fold(row.name)]
    works: dict[str, int] = dict(models.Shelfmark.objects.filter(container=container).values_list("key", "work"))
    rows = _Rows(container, records)
    for done, row in enumerate(records):
        hear("Series", done, len(records))
        members = [works[key] for key, _ in row.members if key in works]
        row.series = rows.take(row, members)
        row.save(update_fields=["series"])
    by_key = {row.key: row for row in records}
    of_name: dict[str, set[int]] = {}  # the works in all series of a name
    for row in records:
        of_name.setdefault(names.fold(row.name), set()).update(works[key] for key, _ in row.members if key in works)
    nestings, parts = [], []
    left: set[int] = set()  # series that works were taken out of
    for done, row in enumerate(records):
        hear("Works in series", done, len(records))
        own = {works[key] for key, _ in row.members if key in works}
        left |= _part_from_others(row, own, of_name[names.fold(row.name)])
        for place, (key, position) in enumerate(row.members, 1):
            if key in by_key and by_key[key] is not row:
                child = by_key[key].series_id
                nestings.append(
                    models.SeriesNesting(parent_id=row.series_id, child_id=child, position=position or place)
                )
            elif key in works:
                parts.append(models.SeriesPart(work_id=works[key], series_id=row.series_id, position=position or place))
    for table, made, once in (
        (models.SeriesNesting, nestings, ["parent", "child"]),
        (models.SeriesPart, parts, ["work", "series"]),
    ):
        table.objects.bulk_create(made, update_conflicts=True, update_fields=["position"], unique_fields=once)
    empty = models.Series.objects.filter(parts=None, nested=None, nested_in=None)
    for gone in slices(sorted(left)):
        empty.filter(pk__in=gone).delete()


class _Rows:
    """Finds the row of each record's series among those that there are, no row twice."""

    def __init__(self, container: int, records: Sequence[models.Record]) -> None:
        self._taken: set[int] = set()
        self._holders = Counter(row.series_id for row in records if row.series_id)  # how many records have a row now
        self._one_archive = cache(lambda other: _is_one_archive(other, container))

    def take(self, record: models.Record, members: Collection[int]) -> models.Series:
        """The row of a record's series: the one it has; one that holds works of it already, which told their series
        themselves or came with an earlier copy of the archive; else a new one."""
        self._holders[record.series_id] -= 1
        row = self._row_of(record, members)
        self._holders[row.pk] += 1
        self._taken.add(row.pk)
        return row

    def _row_of(self, record: models.Record, members: Collection[int]) -> models.Series:
        base = names.fold(record.name)
        if record.series is not None and record.series.base == base and record.series_id not in self._taken:
            return record.series
        there = models.Series.objects.filter(base=base, parts__work__in=members).distinct().order_by("pk")
        if found := next((row for row in there if self._is_free(row.pk)), None):
            return found
        earlier = models.Record.objects.filter(kind="series", key=record.key, program=record.program, series__base=base)
        for one in earlier.exclude(container=record.container_id).select_related("series").order_by("pk"):
            if one.series is not None and self._is_free(one.series_id) and self._one_archive(one.container_id):
                return one.series
        return _new(record.name, f"{record.container_id} {record.key}"[: names.LONGEST])

    def _is_free(self, row: int | None) -> bool:
        """Whether no other record of this archive has the row."""
        return row not in self._taken and not self._holders[row]


def _is_one_archive(one: int | None, other: int | None) -> bool:
    """Whether two containers are copies of one archive: a work stood in both under the same key."""
    shared = {"work__shelfmarks__container": other, "work__shelfmarks__key": F("key")}
    return models.Shelfmark.objects.filter(container=one, **shared).exists()


def _part_from_others(row: models.Record, own: Collection[int], of_name: Collection[int]) -> set[int]:
    """Take works out of a series that belong to others of its name (`of_name` are those of all), and its own out of
    rows that stood for the series before it was known. Returns these rows."""
    for part in models.SeriesPart.objects.filter(series=row.series_id):
        if part.work_id in of_name and part.work_id not in own:
            part.delete()
    before = models.SeriesPart.objects.filter(series__base=names.fold(row.name), series__records=None, work__in=own)
    found = dict(before.values_list("pk", "series"))
    models.SeriesPart.objects.filter(pk__in=list(found)).delete()
    return set(found.values())
