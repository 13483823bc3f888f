"""The rows of series: two series of one name are two where they have different owners.

A series that files state is known by its name and the author of its works; one of an archive by the archive's own
record of it. The second of a name has the number 2 in its address ("Years ~2").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Max

from ficshelf import model, names
from ficshelf.library import models, visibility


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


def of_archive(container: int) -> None:
    """Settle the series of an archive, once all of it is there: a row for each of its records, with the works and the
    series that it holds, as the archive ordered them."""
    records = list(models.Record.objects.filter(container=container, kind="series").order_by("pk"))
    records = [row for row in records if names.fold(row.name)]
    works: dict[str, int] = dict(models.Shelfmark.objects.filter(container=container).values_list("key", "work"))
    taken: set[int] = set()
    for row in records:
        members = [works[key] for key, _ in row.members if key in works]
        row.series = _row_of(row, members, taken)
        row.save(update_fields=["series"])
        taken.add(row.series.pk)
    by_key = {row.key: row for row in records}
    by_name: dict[str, list[models.Record]] = {}
    for row in records:
        by_name.setdefault(names.fold(row.name), []).append(row)
    nestings, parts = [], []
    for row in records:
        own = {works[key] for key, _ in row.members if key in works}
        base = names.fold(row.name)
        _part_from_others(row, own, [one for one in by_name[base] if one is not row], works)
        for place, (key, position) in enumerate(row.members, 1):
            if key in by_key and by_key[key] is not row:
                child = by_key[key].series_id
                nestings.append(
                    models.SeriesNesting(parent_id=row.series_id, child_id=child, position=position or place)
                )
            elif key in works:
                parts.append(models.SeriesPart(work_id=works[key], series_id=row.series_id, position=position or place))
    for table, rows, once in (
        (models.SeriesNesting, nestings, ["parent", "child"]),
        (models.SeriesPart, parts, ["work", "series"]),
    ):
        table.objects.bulk_create(rows, update_conflicts=True, update_fields=["position"], unique_fields=once)


def _row_of(record: models.Record, members: Collection[int], taken: Collection[int]) -> models.Series:
    """The row of a record's series: the one it has; one that holds works of it already, which told their series
    themselves or came with an earlier copy of the archive; else a new one."""
    base = names.fold(record.name)
    if record.series is not None and record.series.base == base and record.series_id not in taken:
        return record.series
    others = models.Record.objects.filter(container=record.container_id, kind="series").exclude(pk=record.pk)
    not_theirs = models.Series.objects.filter(base=base).exclude(pk__in=taken).exclude(records__in=others)
    if there := not_theirs.filter(parts__work__in=members).order_by("pk").first():
        return there
    earlier = models.Record.objects.filter(kind="series", key=record.key, program=record.program, series__in=not_theirs)
    for one in earlier.exclude(container=record.container_id).order_by("pk"):
        if one.series is not None and _is_one_archive(one.container_id, record.container_id):
            return one.series
    return _new(record.name, f"{record.container_id} {record.key}"[: names.LONGEST])


def _is_one_archive(one: int | None, other: int | None) -> bool:
    """Whether two containers are copies of one archive: a work stood in both under the same key."""
    keys = models.Shelfmark.objects.filter(container=one).values_list("work", "key")
    return bool(set(keys) & set(models.Shelfmark.objects.filter(container=other).values_list("work", "key")))


def _part_from_others(
    row: models.Record, own: Collection[int], others: Sequence[models.Record], works: dict[str, int]
) -> None:
    """Take works out of a series that belong to `others`, which have its name, and its own out of rows that stood for
    the series before it was known."""
    base = names.fold(row.name)
    theirs = {works[key] for one in others for key, _ in one.members if key in works}
    models.SeriesPart.objects.filter(series=row.series_id, work__in=theirs - set(own)).delete()
    loose = models.Series.objects.filter(base=base, records=None, parts__work__in=own).distinct()
    for found in list(loose):
        found.parts.filter(work__in=own).delete()
        models.Series.objects.filter(pk=found.pk, parts=None, nested=None, nested_in=None).delete()
