"""`ficshelf wish`: the list of what must not be imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ficshelf.cli.options import Library

_LISTED = 20  # works that are named before the rest is only counted


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help="The list of what must not be imported, as authors wish. It is honoured at every `ficshelf add`.",
        epilog="Example:  ficshelf wish add --author 'Ada Fenn' --why 'asked by mail, 2024'",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("add", epilog="Example:  ficshelf wish add --author 'Ada Fenn' --why 'asked by mail, 2024'")(add)
    group.command("list")(listed)
    group.command("remove")(remove)
    lines = "Lines:  author: NAME  ·  url: ADDRESS  ·  sha256: DIGEST  ·  title: TITLE by AUTHOR"
    group.command("import", epilog=lines)(from_file)
    app.add_typer(group, name="wish")


def add(
    author: Annotated[str, typer.Option(metavar="NAME", help="Everything by this author, under any known name.")] = "",
    url: Annotated[str, typer.Option(metavar="ADDRESS", help="What comes from there; also how addresses begin.")] = "",
    file: Annotated[str, typer.Option(metavar="FILE", help="This very file: its path, or its sha256.")] = "",
    title: Annotated[str, typer.Option(metavar="TITLE by AUTHOR", help="This one story, whatever its file.")] = "",
    why: Annotated[str, typer.Option(help="A word for yourself.")] = "",
    library: Library = None,
) -> None:
    """Put an author, an address, a file or a story on the list.

    A member's profile goes at once; works that are in the library already stay until they are taken down.
    """
    from ficshelf.errors import FicshelfError
    from ficshelf.library import setup

    if file and Path(file).is_file():
        from ficshelf.library.originals import sha256_of

        with open(file, "rb") as opened:
            file = sha256_of(opened)
    given = {kind: text for kind, text in (("author", author), ("url", url), ("file", file), ("title", title)) if text}
    if not given:
        raise FicshelfError("Name what must not be imported: --author, --url, --file or --title.")
    folder = setup(library)
    from ficshelf.library import wishes
    from ficshelf.library.lock import writing

    with writing(folder):
        new = [wishes.add(wishes.Entry(kind, text, why)) for kind, text in given.items()]
    typer.echo("It is on the list." if any(new) else "It was on the list already.")
    _withdraw(folder)


def _withdraw(folder: Path) -> None:
    """What is on the list goes at once where it is no work; of works it is said that they stay."""
    from ficshelf.library.lock import writing
    from ficshelf.library.models import Work
    from ficshelf.library.places import shown
    from ficshelf.library.withdrawing import withdraw
    from ficshelf.writers.facts import UNTITLED

    with writing(folder):
        out = withdraw(folder)
    for name in out.profiles:
        typer.echo(f"The profile of {shown(name)} is gone from the library.")
    for name in out.stories:
        typer.echo(f"What an archive knew of {shown(name or UNTITLED)} is gone from the library.")
    if out.works:
        count = len(out.works)
        typer.echo(
            f"{count:,} work{' is' if count == 1 else 's are'} in the library already, and stay until taken down:"
        )
        for row in Work.objects.filter(pk__in=out.works[:_LISTED]).order_by("pk").only("title", "suggested_title"):
            typer.echo(f"  {shown(row.title or row.suggested_title or UNTITLED)}: ficshelf takedown {row.pk}")
        if count > _LISTED:
            typer.echo(f"  … and {count - _LISTED:,} more")
        typer.echo("All works of an author at once: ficshelf takedown --author NAME")


def listed(library: Library = None) -> None:
    """Show the list."""
    from ficshelf.library import setup

    setup(library, create=False)
    from ficshelf.library import wishes
    from ficshelf.library.places import shown

    count = 0
    for number, text, row in wishes.listed():
        count += 1
        why = f" ({shown(row.why)})" if row.why else ""
        typer.echo(f"{number}. {shown(text)}, since {row.made:%Y-%m-%d}{why}")
    if not count:
        typer.echo("The list is empty.")


def remove(number: Annotated[int, typer.Argument(help="Its number in the list.")], library: Library = None) -> None:
    """Take an entry off the list; what it kept out comes in when it is added again."""
    from ficshelf.errors import FicshelfError
    from ficshelf.library import setup

    folder = setup(library, create=False)
    from ficshelf.library import wishes
    from ficshelf.library.lock import writing

    with writing(folder):
        if not wishes.remove(number):
            raise FicshelfError(f"{number}: there is no such entry. See them with: ficshelf wish list")
    typer.echo("It is off the list.")


def from_file(
    file: Annotated[Path, typer.Argument(help="A text with an entry a line.")], library: Library = None
) -> None:
    """Put all entries of a text file on the list."""
    from ficshelf.errors import FicshelfError
    from ficshelf.library import setup
    from ficshelf.library.places import shown

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise FicshelfError(f"{shown(str(file))}: cannot be read ({reason}). Check the name.") from None
    folder = setup(library)
    from ficshelf.library import wishes
    from ficshelf.library.lock import writing

    with writing(folder):
        count = wishes.import_lines(lines)
    typer.echo(f"{count:,} {'entry is' if count == 1 else 'entries are'} new on the list.")
    _withdraw(folder)
