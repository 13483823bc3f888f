"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Library = Annotated[
    Path | None,
    typer.Option("--library", metavar="DIR", help="The library's folder; else $FICSHELF_LIBRARY, else ~/ficshelf."),
]
