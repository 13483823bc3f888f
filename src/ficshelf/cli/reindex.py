"""`ficshelf reindex`: make the search index anew from the database."""

from __future__ import annotations

import sys
import time

import typer

from ficshelf.cli.options import Library


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf reindex --library ~/my-library")(reindex)


def reindex(
    library: Library = None,
) -> None:
    """Make the search index anew. The stories are not touched; stopped, it goes on with the next search."""
    from ficshelf.library import setup

    folder = setup(library, create=False)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ficshelf.search import index

    began = time.monotonic()
    with Progress(
        TextColumn("Indexing stories"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None)
        try:
            index.rebuild(folder, lambda done, total: bar.update(task, completed=done, total=total))
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
    held = index.counts(folder)
    stories = "1 story" if held.works == 1 else f"{held.works:,} stories"
    scenes = "1 scene" if held.scenes == 1 else f"{held.scenes:,} scenes"
    typer.echo(f"The search index holds {stories} with {scenes} (made in {time.monotonic() - began:.1f} seconds).")
