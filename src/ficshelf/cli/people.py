"""`ficshelf people`: who wrote what, under which names; and, for the owner alone, whose a mail address is."""

from __future__ import annotations

from typing import Annotated

import typer

from ficshelf.cli.options import Library


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf people 'Ada Fenn'   ·   ficshelf people --address ada@marsh.example")(people)


def people(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One of their names; without it, everybody.")] = "",
    address: Annotated[
        str, typer.Option(metavar="MAIL", help="Find who had this mail address. Addresses themselves are never shown.")
    ] = "",
    apart: Annotated[
        bool,
        typer.Option("--apart", help="The name is nobody else's after all: part it from those it was joined with."),
    ] = False,
    library: Library = None,
) -> None:
    """Show authors with all of their names, and how many works each has."""
    from ficshelf.errors import FicshelfError
    from ficshelf.library import setup

    folder = setup(library, create=False)
    from django.db import transaction

    from ficshelf.library import people as who
    from ficshelf.library.lock import writing
    from ficshelf.library.models import Person
    from ficshelf.library.places import shown
    from ficshelf.writers.mail_addresses import name_without

    if address:
        found = who.with_address(address)
        for one in found:
            typer.echo(shown(one))
        if not found:
            typer.echo("Nobody in this library is known to have had that address.")
        return
    if name:
        person = who.named(name)
        if person is None:
            raise FicshelfError(f"{shown(name)}: nobody in this library has that name. Look with: ficshelf people")
        if apart:
            with writing(folder), transaction.atomic():
                count = who.part(person)
            typer.echo(f"{shown(name_without(person.name))}: parted from {count:,} name{'' if count == 1 else 's'}.")
            return
        chosen = [person]
    elif apart:
        raise FicshelfError("Whose? Name the one that is nobody else's: ficshelf people 'Ada Fenn' --apart")
    else:
        chosen = list(Person.objects.filter(credits__role="author").distinct().order_by("fold"))
    told: set[int] = set()
    for person in chosen:
        if person.pk in told:
            continue
        everyone = who.everyone(person)
        told |= {one.pk for one in everyone}
        also = ", ".join(shown(name_without(one.name)) for one in everyone[1:])
        count = len(who.works_of(everyone))
        works = f"{count:,} work{'' if count == 1 else 's'}"
        typer.echo(f"{shown(name_without(person.name))}{f' (also {also})' if also else ''}: {works}")
