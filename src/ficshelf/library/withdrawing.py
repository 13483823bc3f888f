"""What an entry of the list of what must not be imported takes out of the library at once: the profile of a member, and
what an archive knew of a story without a text. Works that came in before stay until they are taken down."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from ficshelf.library import erasing, mentions, models, originals, people
from ficshelf.library.wishes import Wishes
from ficshelf.record import TEXTLESS


class Withdrawn(NamedTuple):
    """What was taken out: whose `profiles`, and which `stories` without a text; and the `works` that are on the list
    and stay."""

    profiles: tuple[str, ...]
    stories: tuple[str, ...]
    works: tuple[int, ...]


def withdraw(library: Path) -> Withdrawn:
    """Take out what is on the list and is no work. Whoever calls holds the library's lock."""
    erasing.begin()
    wishes = Wishes()
    with transaction.atomic():
        profiles, stories, files = _out(wishes)
    originals.forget(library, files)
    if files:
        erasing.empty_journal()
    return Withdrawn(tuple(dict.fromkeys(profiles)), tuple(stories), tuple(sorted(_works(wishes))))


def profiles_of(everyone: list[models.Person]) -> int:
    """How many profiles archives had of somebody with these names."""
    return models.Record.objects.filter(kind="person", person__in=everyone).count()


def _out(wishes: Wishes) -> tuple[list[str], list[str], list[str]]:
    profiles: list[str] = []
    stories: list[str] = []
    files: list[str] = []
    containers: set[int | None] = set()
    for record in models.Record.objects.filter(kind__in=("person", TEXTLESS)).select_related("source", "person"):
        if not wishes.record(record.kind, record.name, record.told):
            continue
        (stories if record.kind == TEXTLESS else profiles).append(record.name)
        files.append(record.source.sha256)
        if record.kind == "person":
            models.Sealed.objects.filter(container=record.container_id, who=record.name).delete()
        containers |= {record.container_id, *record.source.places.values_list("container", flat=True)}
        mentions.empty(record)
    for container in containers:
        files += mentions.settle(container)
    return profiles, stories, files


def _works(wishes: Wishes) -> set[int]:
    """The works in the library that must not be imported any more."""
    authors = [
        row for row in models.Person.objects.filter(credits__role="author").distinct() if wishes.author(row.name)
    ]
    found = set(people.works_of(authors))
    for pk, title, url in models.Work.objects.values_list("pk", "match_key", "url_key").iterator(1000):
        if wishes.work(title, url):
            found.add(pk)
    return found
