"""`ficshelf check`: the proof that everything a library holds agrees."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ficshelf.cli.options import Library


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf check   ·   ficshelf check --repair --library ~/my-library")(check)


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what can be made anew: the search index, counts, leftovers.")
    ] = False,
    library: Library = None,
) -> None:
    """Prove that originals, database, search index and the stories' text agree. Exits with 1 where they do not."""
    from ficshelf.library import setup

    folder = setup(library, create=False)
    from rich.console import Console
    from rich.progress import Progress

    from ficshelf.library import check as checking
    from ficshelf.library import models
    from ficshelf.library.lock import writing

    wrong = repaired = 0
    with (
        writing(folder),
        Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress,
    ):
        task = progress.add_task("Checking", total=None)
        for finding in checking.check(folder, lambda done, total: progress.update(task, completed=done, total=total)):
            if repair and finding.repair:
                finding.repair()
                repaired += 1
                typer.echo(f"repaired: {finding.text}")
            else:
                wrong += 1
                typer.echo(f"{finding.part}: {finding.text}")
        strangers = sum(1 for _ in checking.strangers(folder))
    if strangers:
        typer.echo(
            f"{strangers} originals belong to no story yet: an add was stopped. Add the same folder again to go on. "
            "This is no fault."
        )
    works, sources = models.Work.objects.count(), models.Source.objects.count()
    if wrong:
        typer.echo(f"{wrong} things do not agree, of {works:,} works and {sources:,} files.")
        raise typer.Exit(1)
    if repaired:
        typer.echo("Everything else agrees.")
    else:
        typer.echo(f"All is well: {works:,} works and {sources:,} files, their originals, texts and the index agree.")
