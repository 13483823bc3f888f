"""`ficshelf export`: works carried away, a file each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ficshelf.cli.options import Library

if TYPE_CHECKING:
    from ficshelf.library import models
    from ficshelf.writers import Writer
    from ficshelf.writers.folder import Folder, Kept

_A_PAGE = 200  # works that a search gives at a time
_LISTED = 20  # with more works than this, only their number is told


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Example:  ficshelf export --all --to ~/books   ·   ficshelf export 12 'baker street' --to /media/reader"
    )(export)


def export(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder that the files go to.")],
    works: Annotated[
        Optional[list[str]],  # noqa: UP045 (typer reads it at run time)
        typer.Argument(metavar="[WORK]...", help="The works: the number in a work's address, or words of its title."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every work of the library.")] = False,
    hidden: Annotated[
        bool,
        typer.Option("--hidden", help="With --all and --find: also works that only you may see."),
    ] = False,
    find: Annotated[str, typer.Option("--find", metavar="QUERY", help="The works that a search finds.")] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="What to write: epub.")] = "epub",
    library: Library = None,
) -> None:
    """Write works as books, a file each. Books that are there already and still the same are left alone.

    What only you may see (an old archive had not let it out, or kept it for its members) is written where you name the
    work, or with --hidden. Stop it at any time: run again, it goes on where it was.
    """
    from ficshelf.errors import FicshelfError
    from ficshelf.library import setup
    from ficshelf.writers import WRITERS
    from ficshelf.writers.folder import Folder

    if form not in WRITERS:
        raise FicshelfError(f"--format {form}: there is no such format. There is: {', '.join(WRITERS)}.")
    if not (works or every or find):
        raise FicshelfError("Which works? Name them by number or title, or give --find QUERY, or --all.")
    directory = setup(library, create=False)
    chosen, left_out = _chosen(works or [], every, find, directory, hidden)
    folder = Folder(to)
    done: Counter[Kept] = Counter()
    try:
        _write_all(chosen, WRITERS[form], folder, done)
    except KeyboardInterrupt:
        typer.echo(f"Stopped. {_told(done, folder)} Run the same line again to go on.")
        raise typer.Exit(130) from None
    typer.echo(_told(done, folder))
    if left_out:
        works_are, was = ("1 work is", "was") if left_out == 1 else (f"{left_out:,} works are", "were")
        typer.echo(f"{works_are} for your eyes alone and {was} left out; --hidden takes them along.")


def _chosen(asked: list[str], every: bool, query: str, directory: Path, hidden: bool) -> tuple[list[int], int]:
    """The works that are asked for, each once: in the order asked, then what the search found, best first. And how many
    were left out, since not everybody may see them."""
    from ficshelf.library.asked import works as named
    from ficshelf.library.models import Work
    from ficshelf.library.visibility import may_see

    keys = [key for one in asked for key in named(one)]
    found: list[int] = []
    if every:
        found = list(Work.objects.order_by("pk").values_list("pk", flat=True))
    elif query:
        found = _found(query, directory)
    secret = set() if hidden else set(Work.objects.exclude(may_see(False)).values_list("pk", flat=True))
    left_out = set(found) & (secret - set(keys))
    return list(dict.fromkeys(key for key in [*keys, *found] if key not in left_out)), len(left_out)


def _found(query: str, directory: Path) -> list[int]:
    """All works that a search finds, best first."""
    from ficshelf.errors import FicshelfError
    from ficshelf.search import find, index

    index.catch_up(directory)
    results = find.find(query, per_page=_A_PAGE, directory=directory)
    keys = [hit.work.pk for hit in results.hits]
    if results.total > find.MAX_DEPTH:
        raise FicshelfError(
            f"--find {query}: that finds {results.total:,} works, and {find.MAX_DEPTH:,} can be exported at a time. "
            "Ask for fewer (rating:teen words:>5000 …), or take the whole library with --all."
        )
    for page in range(2, results.pages + 1):
        keys += [hit.work.pk for hit in find.find(query, page, per_page=_A_PAGE, directory=directory).hits]
    if not keys:
        raise FicshelfError(f"--find {query}: nothing in this library is found by that. Try it with `ficshelf find`.")
    return keys


def _write_all(chosen: list[int], writer: Writer, folder: Folder, done: Counter[Kept]) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ficshelf.library.models import Work

    console = Console(stderr=True)
    columns = (TextColumn("Writing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        for key in progress.track(chosen):
            row = Work.objects.filter(pk=key).first()
            if row is None:  # taken down while we wrote the others
                continue
            path, kept = _write(row, writer, folder)
            done[kept] += 1
            if len(chosen) <= _LISTED:
                typer.echo(f"{path}  ({kept.value})")


def _write(row: models.Work, writer: Writer, folder: Folder) -> tuple[Path, Kept]:
    from ficshelf.library.linked import within
    from ficshelf.library.works import load
    from ficshelf.writers.facts import title_and_byline

    work = load(row)
    title, byline = title_and_byline(work)
    return folder.keep(
        file_names(title, byline, row.pk, writer.EXTENSION),
        writer.write(work, identifier=row.identity, leads=within(row, work)),
        lambda path: writer.is_of(path, row.identity),
    )


def file_names(title: str, byline: str, key: int, extension: str) -> list[str]:
    """The names that a work's file may have, the best first; the second is for when another work has the first."""
    from ficshelf.web.attachments import safe_name

    stem = " - ".join(part for part in (byline, title) if part) if title else f"untitled-{key}"
    short = safe_name(stem, "").encode()[:120].decode(errors="ignore")
    return [safe_name(stem, extension), safe_name(f"{short} ({key})", extension)]


def _told(done: Counter[Kept], folder: Folder) -> str:
    total = done.total()
    parts = ", ".join(f"{count} {kept.value}" for kept, count in done.items())
    return f"{total} {'book' if total == 1 else 'books'} in {folder.path}" + (f": {parts}." if parts else ".")
