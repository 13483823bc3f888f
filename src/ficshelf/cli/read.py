"""`ficshelf read`: the pure core alone. No library is needed or touched."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ficshelf.sources import Place, Scratch


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf read story.txt   ·   ficshelf read --json story.html > story.json")(read)


def read(
    files: Annotated[
        list[Path], typer.Argument(help="The files to read. Chapters of one story may be given together.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print the whole reading as JSON.")] = False,
) -> None:
    """Show how ficshelf reads a file, without adding it to a library. Of a folder, a zip, a mailbox, a dump or a
    crawl, the stories that it holds are listed."""
    from ficshelf import apart, show
    from ficshelf.errors import CannotOpenError
    from ficshelf.sources import Scratch, read_bytes
    from ficshelf.sources.files import label

    found: list[tuple[bytes, str]] = []
    containers: list[tuple[Path, list[Place]]] = []
    problems: list[CannotOpenError] = []
    with tempfile.TemporaryDirectory(prefix="ficshelf-") as folder:
        for path in files:
            try:
                held = _held(path, Scratch(Path(folder)))
                if held is not None:
                    containers.append((path, held))
                else:
                    found.append((read_bytes(path), label(str(path))))
            except CannotOpenError as problem:
                problems.append(problem)
        if found:
            reading = apart.read(found)
            if json:
                sys.stdout.writelines(show.json_pieces(reading))
            else:
                print(show.to_text(reading), end="")
            print()
        for path, held in containers:
            readings = apart.read_held(held)
            if json:
                for one in readings:
                    if one.works or one.remarks:
                        print(show.to_json(one))
                continue
            print(label(str(path)))
            for line in show.to_list(readings):
                print(line)
    for problem in problems:
        print(f"ficshelf: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(2)


def _held(path: Path, scratch: Scratch) -> list[Place] | None:
    """What lies in a folder, or in a file that is a container; None for any other."""
    from ficshelf import sources

    if not path.is_file() and not path.is_dir():
        return None
    places = list(sources.walk([path], scratch=scratch))
    return places if path.is_dir() or (places and places[0].container) else None
