"""People, tags and series: the rows that many works share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ficshelf import model, names
from ficshelf.library import models, serials
from ficshelf.series import in_series
from ficshelf.writers.mail_addresses import name_without

TAG_KINDS = ("fandom", "relationship", "character", "warning", "genre", "category", "tag")
ROLES = ("author", "beta")


class Shared:
    """Finds and makes shared rows, and remembers them, so that each is looked up once an `add`.

    Rows made in a transaction that is undone must not be remembered: call `keep` after a commit, `forget` otherwise.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._new: dict[tuple[str, str], int] = {}

    def keep(self) -> None:
        """The transaction was committed."""
        self._ids |= self._new
        self._new = {}

    def forget(self) -> None:
        """The transaction was undone."""
        self._new = {}

    def link(self, work: models.Work, facts: model.Facts) -> None:
        """Link a work that has no links yet with the people, tags and series among its facts."""
        tags = {(kind, name): how for kind in TAG_KINDS for name, how in _surest_first(facts, kind)}
        people = {(role, name): how for role in ROLES for name, how in _surest_first(facts, role)}
        ids = self._find_or_make([*tags, *(("person", name) for _, name in people)])
        models.WorkTag.objects.bulk_create(
            _once(
                (models.WorkTag(work=work, tag_id=ids[key], how=how, position=position), ids[key])
                for position, (key, how) in enumerate(tags.items())
            )
        )
        models.Credit.objects.bulk_create(
            _once(
                (
                    models.Credit(work=work, person_id=ids["person", name], role=role, how=how, position=position),
                    (role, ids["person", name]),
                )
                for position, ((role, name), how) in enumerate(people.items())
            )
        )
        self._link_series(work, facts)

    def _link_series(self, work: models.Work, facts: model.Facts) -> None:
        stated = [
            in_series(name_without(str(one.value))) for one in facts.get("series", ()) if one.how != model.INFERRED
        ]
        if not stated:
            return
        authors = [
            names.fold(name)
            for name, how in _surest_first(facts, "author")
            if how != model.INFERRED and names.fold(name)
        ]
        there = set(models.SeriesPart.objects.filter(work=work).values_list("series__base", flat=True))
        models.SeriesPart.objects.bulk_create(
            _once(
                (models.SeriesPart(work=work, series_id=row, position=place), row)
                for name, place in stated
                if names.fold(name) and names.fold(name) not in there
                for row in [serials.of_files(name, authors)]
            )
        )

    def person(self, name: str) -> int | None:
        """The row of a person, made where there is none; None for a name without a letter."""
        name = name_without(name)
        return self._find_or_make([("person", name)])["person", name] if names.fold(name) else None

    def relink(self, work: models.Work, facts: model.Facts) -> None:
        """Link a work anew after its facts have changed. The series of an archive hold it until a person says where
        else it belongs."""
        for table in (models.WorkTag, models.Credit):
            table.objects.filter(work=work).delete()
        parts = models.SeriesPart.objects.filter(work=work)
        is_decided = any(one.how == model.DECIDED for one in facts.get("series", ()))
        (parts if is_decided else parts.filter(series__records=None)).delete()
        self.link(work, facts)

    def _find_or_make(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The ids of (kind, name) pairs; kind is "person" or a kind of tag."""
        folded = {(kind, name): (kind, names.fold(name)) for kind, name in wanted}
        missing: dict[str, dict[str, str]] = {}
        for (kind, name), key in folded.items():
            if key not in self._ids and key not in self._new:
                missing.setdefault(kind, {}).setdefault(key[1], name)
        for kind, by_fold in missing.items():
            table: Any = models.Person if kind == "person" else models.Tag
            extra = {"kind": kind} if table is models.Tag else {}
            for fold, found in table.objects.filter(fold__in=list(by_fold), **extra).values_list("fold", "id"):
                self._new[kind, fold] = found
                del by_fold[fold]
            for row in table.objects.bulk_create(
                [table(name=name, fold=fold, **extra) for fold, name in by_fold.items()]
            ):
                self._new[kind, row.fold] = row.id
        return {pair: self._ids.get(key) or self._new[key] for pair, key in folded.items()}


def _surest_first(facts: model.Facts, name: str) -> list[tuple[str, str]]:
    """The values of a fact, each once, and how each is known: as it is known best, guesses last. What many works share
    is shown everywhere, and has no mail address in it."""
    found: dict[str, tuple[str, str]] = {}
    for fact in sorted(facts.get(name, ()), key=lambda fact: fact.how == model.INFERRED):
        value = name_without(str(fact.value))
        found.setdefault(names.fold(value), (value, fact.how))
    return [one for fold, one in found.items() if fold]


def _once(rows: Iterable[tuple[Any, Any]]) -> list[Any]:
    """The first row of each key."""
    kept: dict[Any, Any] = {}
    for row, key in rows:
        kept.setdefault(key, row)
    return list(kept.values())
