"""`ficshelf takedown`: a work removed for good, and kept out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ficshelf.cli.options import Library

if TYPE_CHECKING:
    from pathlib import Path

    from ficshelf.library.models import Person
    from ficshelf.library.takedown import Container, Plan


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Example:  ficshelf takedown 12   ·   ficshelf takedown 'the marsh light'   ·   "
        "ficshelf takedown --author 'Ada Fenn'"
    )(takedown)


def takedown(
    works: Annotated[
        Optional[list[str]],  # noqa: UP045 (typer reads it at run time)
        typer.Argument(metavar="[WORK]...", help="The works: number, address, identity, or words of the title."),
    ] = None,
    author: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="NAME", help="Somebody, under all of their names: every work, the profile, and what comes later."
        ),
    ] = None,
    container: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="NAME", help="A zip, dump or the like whose own file is to be removed; what was made of it stays."
        ),
    ] = None,
    containers: Annotated[
        bool, typer.Option("--containers", help="Remove the files of containers that hold the works, too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    library: Library = None,
) -> None:
    """Take works down, as their author wishes: gone from the shelf, the search, books, pages and originals, for good.

    They are kept out when their files are added again. This cannot be undone.
    """
    from ficshelf.errors import FicshelfError
    from ficshelf.library import setup

    if not works and not container and not author:
        raise FicshelfError("Which work? Name it by its number, its address or its title; `ficshelf find` shows them.")
    folder = setup(library, create=False)
    from ficshelf.library import takedown as taking
    from ficshelf.library.asked import works as named
    from ficshelf.library.people import works_of

    boxes = [box for name in container or [] for box in _containers(name)]
    people = {one.pk: one for name in author or [] for one in _everyone(name)}
    chosen = {pk for one in works or [] for pk in named(one)} | set(works_of(list(people.values())))
    planned = taking.plan(chosen)
    if containers:
        boxes += [box for box in planned.containers if box not in boxes]
    for line in _told(planned, boxes, list(people.values())):
        typer.echo(line)
    if not yes and not _agreed():
        typer.echo("Nothing was changed.")
        raise typer.Exit(1)
    if planned.works:
        taking.take_down(folder, planned)
    if people:
        _keep_out(folder, list(people.values()))
    if boxes:
        taking.remove_containers(folder, boxes)
    typer.echo("Done. The list of what must not be imported keeps them out: ficshelf wish list")
    left = [box for box in planned.containers if box not in boxes]
    if left:
        from ficshelf.library.places import shown

        typer.echo("Their bytes are still within these files, which were kept whole:")
        for box in left:
            typer.echo(f"  {shown(box.path)}\n    to remove it: ficshelf takedown --container {box.sha256}")


def _containers(name: str) -> list[Container]:
    from ficshelf.errors import FicshelfError
    from ficshelf.library.places import shown
    from ficshelf.library.takedown import containers_named

    if not (found := containers_named(name)):
        raise FicshelfError(f"{shown(name)}: the library keeps no zip, dump or the like of that name.")
    return found


def _everyone(name: str) -> list[Person]:
    """Somebody with all of their names."""
    from ficshelf.errors import FicshelfError
    from ficshelf.library import people
    from ficshelf.library.places import shown

    if (person := people.named(name)) is None:
        raise FicshelfError(
            f"{shown(name)}: nobody in this library has that name. See the names with: ficshelf people. To keep out "
            f"what may come: ficshelf wish add --author {shown(name)!r}"
        )
    return people.everyone(person)


def _keep_out(folder: Path, everyone: list[Person]) -> None:
    """Put somebody on the list of what must not be imported, and take out their profile."""
    from ficshelf.library import wishes
    from ficshelf.library.lock import writing
    from ficshelf.library.withdrawing import withdraw

    with writing(folder):
        for one in everyone:
            wishes.add(wishes.Entry("author", one.name, "taken down"))
        withdraw(folder)


def _told(planned: Plan, boxes: list[Container], people: list[Person]) -> list[str]:
    from ficshelf.library.models import Work
    from ficshelf.library.places import shown
    from ficshelf.writers.facts import UNTITLED

    lines = []
    for work in Work.objects.filter(pk__in=planned.works).order_by("pk").defer("sketch"):
        by = ", ".join(work.credits.filter(role="author").values_list("person__name", flat=True))
        name = f"{shown(work.title or work.suggested_title or UNTITLED)}{f' by {shown(by)}' if by else ''}"
        lines.append(f"To be taken down for good: {name}, {work.words:,} words")
    stays = "holds other stories as well and stays; this one is blotted out of it"
    lines += [f"  {shown(path)} {stays}" for path in planned.shared]
    if people:
        from ficshelf.library.withdrawing import profiles_of
        from ficshelf.writers.mail_addresses import name_without

        if count := profiles_of(people):
            lines.append(f"  and {'their profile' if count == 1 else f'{count:,} profiles of theirs'} in the archive")
        known = ", ".join(shown(name_without(one.name)) for one in people)
        lines.append(f"To be kept out from now on: everything by {known}")
    return lines + [f"To be removed for good: the file {shown(box.path)}" for box in boxes]


def _agreed() -> bool:
    if not sys.stdin.isatty():
        typer.echo("Say --yes to do it; nobody is here to ask.", err=True)
        return False
    return typer.confirm("This cannot be undone. Go on?", default=False)
