"""`ficshelf read`: the pure core alone. No library is needed or touched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf read story.txt   ·   ficshelf read --json story.html > story.json")(read)


def read(
    files: Annotated[
        list[Path], typer.Argument(help="The files to read. Chapters of one story may be given together.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print the whole reading as JSON.")] = False,
) -> None:
    """Show how ficshelf reads a file, without adding it to a library."""
    from ficshelf import show
    from ficshelf.reading import read as read_all
    from ficshelf.sources import read_bytes

    reading = read_all([(read_bytes(path), str(path)) for path in files])
    print(show.to_json(reading) if json else show.to_text(reading))
