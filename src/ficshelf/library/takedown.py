"""Taking a work down: it is gone from every exit at once, nothing of its text is left in the library's folder, and it
is kept out when its files are added again.

What cannot go with it is told: a file that holds other stories too, and a container (a zip, a dump) that was kept
whole, unless that is to be removed as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Q

from ficshelf.library import erasing, leaving_out, mentions, models, originals, wishes, works
from ficshelf.library.lock import writing
from ficshelf.library.readings import ReadWork


class Container(NamedTuple):
    """A container that holds the bytes of a work: its row, its sha256, and the path it was found at."""

    source: int
    sha256: str
    path: str


class Plan(NamedTuple):
    """What taking some works down would remove (`own` files), and what it would leave: `shared` files hold other works
    as well, `containers` were kept whole."""

    works: tuple[int, ...]
    own: tuple[str, ...]  # sha256
    shared: tuple[str, ...]  # paths
    containers: tuple[Container, ...]


def plan(chosen: Collection[int]) -> Plan:
    """What taking these works down comes to."""
    sources = models.Source.objects.filter(works__in=chosen).distinct()
    others = models.WorkSource.objects.exclude(work__in=chosen).filter(source__in=sources)
    shared = set(others.values_list("source", flat=True))
    shared |= set(models.Place.objects.filter(container__in=sources).values_list("container", flat=True))
    own = [row.sha256 for row in sources if row.pk not in shared]
    return Plan(
        tuple(sorted(chosen)),
        tuple(own),
        tuple(_path(pk) for pk in sorted(shared)),
        tuple(_containers(set(sources.values_list("pk", flat=True)))),
    )


def containers_named(name: str) -> list[Container]:
    """The containers of that file name, path or sha256."""
    rows = models.Source.objects.filter(Q(outcome="opened") | Q(contents__isnull=False)).distinct()
    found = (Container(row.pk, row.sha256, _path(row.pk)) for row in rows)
    return [one for one in found if name in (one.path, one.path.rpartition("/")[2], one.sha256)]


def take_down(library: Path, planned: Plan) -> None:
    """Remove the works and all that is theirs, and keep them out. The search index is made anew."""
    from ficshelf.search import index

    with writing(library):
        erasing.begin()
        with transaction.atomic():
            for work in models.Work.objects.filter(pk__in=planned.works):
                wishes.keep_out(work, planned.own)
                _leave_spaces(work)
            _forget_answers(planned)
            named = _delete(planned)
        originals.forget(library, [*planned.own, *named])
        index.discard(library)
        erasing.vacuum()
    index.rebuild(library)


def remove_containers(library: Path, containers: Iterable[Container]) -> None:
    """Remove the files of containers for good. What was made of them stays; the files come in no more."""
    containers = list(containers)
    with writing(library), transaction.atomic():
        for one in containers:
            models.Source.objects.filter(pk=one.source).update(kept=False)
            models.Wish.objects.get_or_create(
                kind="bytes", digest=wishes.digest("bytes", one.sha256), defaults={"group": one.sha256[:32]}
            )
    originals.forget(library, [one.sha256 for one in containers])


def _delete(planned: Plan) -> list[str]:
    """The rows of the works, of the files that are theirs alone, and of people, tags and series that nothing else
    names. Returns the digests of further files that must not be kept."""
    at = {"work__in": planned.works}
    people = set(models.Credit.objects.filter(**at).values_list("person", flat=True))
    tags = set(models.WorkTag.objects.filter(**at).values_list("tag", flat=True))
    series = set(models.SeriesPart.objects.filter(**at).values_list("series", flat=True))
    own = models.Source.objects.filter(sha256__in=planned.own)
    models.Work.objects.filter(pk__in=planned.works).delete()
    models.Question.objects.filter(source__in=own).delete()
    models.Clue.objects.filter(source__in=own).delete()
    containers = set()
    for record in models.Record.objects.filter(source__in=own).select_related("source"):
        mentions.empty(record)
        containers.add(record.container_id)
    own.filter(record=None).delete()
    models.Tag.objects.filter(pk__in=tags, works=None).delete()
    mentions.nothing_of(models.Series.objects.filter(pk__in=series, nested_in=None))
    mentions.nobody(models.Person.objects.filter(pk__in=people))
    return [file for container in containers for file in mentions.settle(container)]


def _leave_spaces(work: models.Work) -> None:
    """In a file that holds other stories as well: mark where this one stood, so that it is shown no more."""
    linked = list(work.work_sources.order_by("position").values_list("source_id", flat=True))
    read = ReadWork(works.stated(work), (), tuple(range(len(linked))), "", b"")
    spans = leaving_out.spans_of([read])
    for chapter in works.chapters(work):
        for block in chapter.blocks:
            its = [(span.start, span.end, leaving_out.REASON) for span in block.spans]
            spans.setdefault(block.source, []).extend(its)
    for position, chrome in spans.items():
        source = models.Source.objects.get(pk=linked[position])
        source.chrome = [*source.chrome, *chrome]
        source.save(update_fields=["chrome"])


def _forget_answers(planned: Plan) -> None:
    """What was answered about the works; and of what was answered about others the means to take it back, where that
    tells of them."""
    digests = models.Source.objects.filter(works__in=planned.works).values_list("sha256", flat=True)
    about = Q(sha256__in=planned.own) | Q(other_sha256__in=planned.own)
    models.Answer.objects.filter(about & (Q(sha256__in=digests) | Q(other_sha256__in=digests))).delete()
    gone = set(planned.works)
    for row in models.Answer.objects.exclude(before=b""):
        kept = msgspec.json.decode(zlib.decompress(bytes(row.before)))
        if gone & set(kept["works"]) or any(_is_about(one, gone) for one in msgspec.json.decode(kept["rows"])):
            row.before, row.batch = b"", 0
            row.save()


def _is_about(row: dict[str, object], gone: set[int]) -> bool:
    fields = row["fields"]
    return (row["model"] == "library.work" and row["pk"] in gone) or bool(
        gone & {fields.get("work"), fields.get("other")}
    )


def _containers(inside: set[int]) -> list[Container]:
    """The containers, and those that they lie in, that hold these sources and are kept."""
    found: dict[int, Container] = {}
    while inside:
        places = models.Place.objects.filter(source__in=inside, container__kept=True).exclude(container=None)
        inside = set(places.values_list("container", flat=True)) - set(found)
        for row in models.Source.objects.filter(pk__in=inside):
            found[row.pk] = Container(row.pk, row.sha256, _path(row.pk))
    return [found[pk] for pk in sorted(found)]


def _path(source: int) -> str:
    path = models.Place.objects.filter(source=source).order_by("pk").values_list("path", flat=True).first()
    return path or models.Source.objects.values_list("sha256", flat=True).get(pk=source)
