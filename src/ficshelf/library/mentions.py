"""What the other records of an archive say of a thing that was left out or taken down: favourites of its members,
places in series. It goes with the thing. Of a series of which nothing is left only the rows are counted.

A record that was left out keeps a digest of its key and nothing else, so that what names it can be told for as long as
the archive is added again.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from ficshelf.library import models
from ficshelf.library.balance import UNWANTED
from ficshelf.library.places import TRIMMED, keyed_digest
from ficshelf.record import key_in

LEFT_OUT = "left out"  # of a source of which nothing is kept but what it counts


_NAMING = ("person", "series", "page")  # the kinds of records that may name others


def mark(key: str) -> str:
    """What the key of a record is known again by, once the record is left out."""
    return keyed_digest("key", key[:200]) if key else ""


def gone(container: int | None) -> set[str]:
    """The marks of what was left out of an archive."""
    left_out = models.Record.of(container).filter(kind=UNWANTED)
    return set(left_out.exclude(key="").values_list("key", flat=True))


def settle(container: int | None, source: int | None = None) -> list[str]:
    """Take out of an archive's records, or of the one of that source, what names something that was left out. Returns
    the digests of the files that must not be kept any more."""
    marks = gone(container)
    records = models.Record.of(container).filter(kind__in=_NAMING)
    if source is not None:
        records = records.filter(source=source)
    files: list[str] = []
    if marks:
        sealed = models.Sealed.objects.filter(container=container).values_list("pk", "who")
        whose = [pk for pk, who in sealed if mark(who) in marks]
        models.Sealed.objects.filter(pk__in=whose).delete()
    while marks:
        trimmed, emptied = _without(records, marks)
        files += trimmed
        marks = emptied - marks
    return files


def trim(record: models.Record, marks: Collection[str]) -> bool:
    """Take out of one record what names something by one of the marks; true where there was something."""
    told = [one for one in record.told if not (key := key_in(one[2])) or mark(key) not in marks]
    members = [one for one in record.members if mark(one[0]) not in marks]
    if len(told) == len(record.told) and len(members) == len(record.members):
        return False
    if record.kind == "series" and not members:
        empty(record)
        return True
    record.told, record.members = told, members
    record.save(update_fields=["told", "members"])
    source = record.source
    source.kept, source.outcome = False, TRIMMED
    source.save(update_fields=["kept", "outcome"])
    source.remarks.all().delete()  # they may quote it
    return True


def empty(record: models.Record) -> None:
    """Keep of a record how many rows it holds and the mark of its key, and nothing of what it says."""
    source, series, person = record.source, record.series, record.person
    record.kind, record.key, record.name, record.blocks = UNWANTED, mark(record.key), "", b""
    record.told, record.members, record.person, record.series = [], [], None, None
    record.save()
    record.reviews.all().delete()
    models.OldAddress.objects.filter(record=record).delete()
    models.Clue.objects.filter(source=source).delete()
    source.kept, source.outcome, source.reader_version = False, LEFT_OUT, ""
    source.chrome, source.text_sha256 = [], ""
    source.save()
    source.places.update(path="")
    source.remarks.all().delete()
    if series is not None:
        nothing_of(models.Series.objects.filter(pk=series.pk))
    if person is not None:
        nobody(models.Person.objects.filter(pk=person.pk))


def nothing_of(series: QuerySet[models.Series]) -> None:
    """Remove those of the series that hold nothing and are named by no record."""
    series.filter(works=None, records=None, nested=None).delete()


def nobody(people: QuerySet[models.Person]) -> None:
    """Remove those of the people whom nothing names any more, and what was answered about their names."""
    from ficshelf.library.decisions import names_in

    unnamed = people.filter(works=None, records=None)
    folds = set(unnamed.values_list("fold", flat=True))
    if not folds:
        return
    for key in models.Answer.objects.filter(about="same-person").values_list("key", flat=True):
        if folds & set(names_in(key)):
            models.Answer.objects.filter(key=key).delete()
    unnamed.delete()


def _without(records: QuerySet[models.Record], marks: Collection[str]) -> tuple[list[str], set[str]]:
    """Trims the records; returns the digests of their files, and the marks of those of which nothing is left."""
    files, emptied = [], set()
    for record in records.select_related("source").exclude(told=[], members=[]).iterator(500):
        if trim(record, marks):
            files.append(record.source.sha256)
            if record.kind == UNWANTED:
                emptied.add(record.key)
    return files, emptied
