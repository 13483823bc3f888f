"""What can be told of an archive only when all of it is there: whose the sealed addresses are, the order of its series,
and which of its members may be one person. Done again, it changes nothing but what came in since."""

from __future__ import annotations

from collections.abc import Callable

from ficshelf.library import models, people, serials

Hear = Callable[[str, int, int], None]  # what is being done, and how many of how many are; it may raise to end it


def settle(container: int, hear: Hear = lambda what, done, of: None) -> None:
    """Settle the archive that came in this container (a row of Source), within the transaction of who calls."""
    _name_owners(container)
    serials.of_archive(container, hear)
    people.note_archive(container, hear)


def _name_owners(container: int) -> None:
    """Call the owners of sealed addresses by their names instead of the keys of their records."""
    members = models.Record.objects.filter(container=container, kind="person").exclude(name="")
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
