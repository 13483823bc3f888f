"""`ficshelf read`: the pure core alone. No library is needed or touched."""

from __future__ import annotations

import sys
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
    from ficshelf import apart, show
    from ficshelf.errors import CannotOpenError
    from ficshelf.sources import read_bytes
    from ficshelf.sources.files import label

    found: list[tuple[bytes, str]] = []
    problems: list[CannotOpenError] = []
    for path in files:
        try:
            found.append((read_bytes(path), label(str(path))))
        except CannotOpenError as problem:
            problems.append(problem)
    if found:
        reading = apart.read(found)
        print(show.to_json(reading) if json else show.to_text(reading))
    for one in problems:
        print(f"ficshelf: {one}", file=sys.stderr)
    if problems:
        raise typer.Exit(2)
