"""Rows as they were before something was decided, to put them back exactly.

`take` writes down all that belongs to some works, `restore` makes it so again, row numbers included. What an answer
changes of a work (its title, its tags) is little; with `whole` its chapters and all else go along, for works that are
joined.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from django.core import serializers
from django.db.models import Model, Q
from django.db.models.deletion import Collector

from ficshelf.library import models

# What is shared by works, and made with the first work that needs it; it goes with the last.
_SHARED = (models.Person, models.Tag, models.Series)
_LIGHT = (models.Work, models.WorkTag, models.Credit, models.SeriesPart, models.Decision)


def take(works: Collection[int], question: int, *, whole: bool = False) -> dict[str, Any]:
    """All that belongs to these works as it is now, and the question that is about to be answered."""
    rows = list(_whole(works) if whole else _light(works))
    if not any(isinstance(row, models.Question) and row.pk == question for row in rows):
        rows += models.Question.objects.filter(pk=question)
    return {
        "works": sorted(works),
        "question": question,
        "whole": whole,
        "rows": serializers.serialize("json", rows),
        "newest": {table._meta.label: _newest(table) for table in _SHARED},
    }


def pack(taken: dict[str, Any]) -> bytes:
    """What `take` wrote down, with the versions of the works as they are now, after the change."""
    return zlib.compress(msgspec.json.encode({**taken, "after": _versions(taken["works"])}))


def restore(packed: bytes) -> bool:
    """Put back what was there, within the transaction of who calls. False, and nothing is done, where one of the works
    has changed since: what came since must not be lost."""
    kept: dict[str, Any] = msgspec.json.decode(zlib.decompress(packed))
    works = kept["works"]
    if _versions(works) != kept["after"]:
        return False
    indexed = dict(models.Work.objects.filter(pk__in=works).values_list("pk", "indexed_version"))
    if kept["whole"]:
        for row in _whole(works):
            type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")
    else:
        for table in _LIGHT[1:]:
            table._base_manager.filter(work__in=works).delete()
        models.Question.objects.filter(_asked_of(works)).delete()
    for one in serializers.deserialize("json", kept["rows"]):
        row = one.object
        if isinstance(row, models.Work) and indexed.get(row.pk) != row.indexed_version:
            row.indexed_version = 0  # the index holds what is taken back
        one.save()
    for table in _SHARED:
        new = set(table._base_manager.filter(pk__gt=kept["newest"][table._meta.label]).values_list("pk", flat=True))
        table._base_manager.filter(pk__in=new - _used(table, new)).delete()
    return True


def question_of(packed: bytes) -> int:
    """The question that was about to be answered."""
    return int(msgspec.json.decode(zlib.decompress(packed))["question"])


def restore_decisions(packed: bytes) -> list[int]:
    """Put back only what was decided before, and the question: for works that were read again since. Returns them."""
    kept: dict[str, Any] = msgspec.json.decode(zlib.decompress(packed))
    models.Decision.objects.filter(work__in=kept["works"]).delete()
    for one in serializers.deserialize("json", kept["rows"]):
        is_asked = isinstance(one.object, models.Question) and one.object.pk == kept["question"]
        if is_asked or isinstance(one.object, models.Decision):
            one.save()
    return list(kept["works"])


def _versions(works: Collection[int]) -> dict[str, int]:
    return {str(pk): version for pk, version in models.Work.objects.filter(pk__in=works).values_list("pk", "version")}


def _asked_of(works: Collection[int]) -> Q:
    return Q(work__in=works) | Q(other__in=works)


def _light(works: Collection[int]) -> Iterable[Model]:
    yield from models.Work.objects.filter(pk__in=works).order_by("pk")
    for table in _LIGHT[1:]:
        yield from table._base_manager.filter(work__in=works).order_by("pk")
    yield from models.Question.objects.filter(_asked_of(works)).order_by("pk")


class _Everything(Collector):
    """Gathers every row that would be deleted with the works, one by one."""

    def can_fast_delete(self, *_: object, **__: object) -> bool:
        return False


def _whole(works: Collection[int]) -> list[Model]:
    found = _Everything(using="default", origin=models.Work)
    found.collect(models.Work.objects.filter(pk__in=works))
    return [row for table in found.data for row in sorted(found.data[table], key=lambda row: row.pk)]


def _newest(table: type[Model]) -> int:
    return table._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


def _used(table: type[Model], rows: Collection[int]) -> set[int]:
    """Those of the rows of a shared table that something refers to."""
    used: set[int] = set()
    for relation in table._meta.related_objects:
        if rows and not relation.many_to_many:
            name = relation.field.name
            found = relation.related_model._base_manager.filter(**{f"{name}__in": rows})
            used.update(found.values_list(f"{name}_id", flat=True))
    return used
