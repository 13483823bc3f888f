"""`ficshelf explain`: the draft as the reader made it, and what each pass changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf explain story.txt   ·   ficshelf explain --whole story.txt | less")(explain)


def explain(
    file: Annotated[Path, typer.Argument(help="The file to explain.")],
    whole: Annotated[
        bool, typer.Option("--whole", help="Show all lines after each pass, not only those it changed.")
    ] = False,
) -> None:
    """Show step by step how a file is read: the draft after each pass."""
    from ficshelf import apart, show
    from ficshelf.sources import read_bytes

    for line in show.explain(apart.explain(read_bytes(file), str(file)), whole=whole):
        print(line)
