"""What can be told of an archive only when all of it is there: which records stand for others, which works it has as an
earlier copy of it had them, whose the sealed addresses are, the order of its series, and which of its members may be
one person. Done again, it changes nothing but what came in since."""

from __future__ import annotations

from collections.abc import Callable

from ficshelf.library import mentions, models, people, serials
from ficshelf.library.balance import UNWANTED
from ficshelf.library.slices import slices

Hear = Callable[[str, int, int], None]  # what is being done, and how many of how many are; it may raise to end it


def settle(container: int, hear: Hear = lambda what, done, of: None) -> list[str]:
    """Settle the archive that came in this container (a row of Source), within the transaction of who calls. Returns
    the digests of files that must not, or need not, be kept any more."""
    files = [*mentions.settle(container), *_superseded(container)]
    _as_before(container)
    _name_owners(container)
    serials.of_archive(container, hear)
    people.note_archive(container, hear)
    return files


def _as_before(container: int) -> None:
    """Of stories that an earlier copy of the archive had in the same words, and that were not read again: which works
    they are."""
    there = set(models.Shelfmark.objects.filter(container=container).values_list("key", flat=True))
    again = models.Record.of(container).filter(kind="story").exclude(container=container)
    earlier: dict[int | None, list[str]] = {}
    for key, first in again.values_list("key", "container"):
        if key not in there:
            earlier.setdefault(first, []).append(key)
    for first, keys in earlier.items():
        marks = models.Shelfmark.objects.filter(container=first).exclude(work=None)
        for some in slices(keys):
            models.Shelfmark.objects.bulk_create(
                [
                    models.Shelfmark(
                        work_id=one.work_id,
                        container_id=container,
                        program=one.program,
                        key=one.key,
                        visibility=one.visibility,
                    )
                    for one in marks.filter(key__in=some)
                ],
                ignore_conflicts=True,
            )


def _superseded(container: int) -> list[str]:
    """Let the records go in whose place this archive has newer ones: when a text is found, the record of its story is
    told anew. Returns the digests of the files that were nothing else."""
    newest: dict[tuple[bool, str], int] = {}
    old: list[int] = []
    for pk, kind, key in models.Record.of(container).order_by("source").values_list("pk", "kind", "key"):
        thing = (kind == UNWANTED, key)
        if key and (before := newest.get(thing)):
            old.append(before)
        newest[thing] = pk
    files = []
    for row in models.Record.objects.filter(pk__in=old).select_related("source"):
        elsewhere = row.source.places.exclude(container=container).exclude(container=None).order_by("pk").first()
        if elsewhere is not None:
            row.source.places.filter(container=container).delete()
            row.container = elsewhere.container
            row.save(update_fields=["container"])
            continue
        row.delete()
        if not row.source.works.exists():
            files.append(row.source.sha256)
            row.source.delete()
    return files


def _name_owners(container: int) -> None:
    """Call the owners of sealed addresses by their names instead of the keys of their records."""
    members = models.Record.of(container).filter(kind="person").exclude(name="")
    called = dict(members.values_list("key", "name"))
    sealed = list(models.Sealed.objects.filter(container=container).values_list("pk", "who", "fold"))
    there = {(who, fold) for _, who, fold in sealed}
    moved: list[models.Sealed] = []
    for pk, who, fold in sealed:
        name = called.get(who, who)
        if (name, fold) not in there:
            there.add((name, fold))
            moved.append(models.Sealed(pk=pk, who=name))
        elif name != who:
            models.Sealed.objects.filter(pk=pk).delete()
    models.Sealed.objects.bulk_update(moved, ["who"], batch_size=200)
