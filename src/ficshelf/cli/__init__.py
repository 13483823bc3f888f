"""The command line: one file a command, each with a `register(app)`; the list below is the order in the help."""

from __future__ import annotations

import importlib
import sys
from typing import Annotated

import typer

from ficshelf import __version__
from ficshelf.errors import FicshelfError

COMMANDS = (
    "add",
    "serve",
    "find",
    "people",
    "review",
    "read",
    "explain",
    "export",
    "wish",
    "takedown",
    "check",
    "reindex",
)

app = typer.Typer(
    help="Makes a living library of saved stories: add them, read them, find anything in them, carry them away.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        print(f"ficshelf {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say which version this is.")
    ] = False,
) -> None:
    """What may stand before a command's name."""


def main() -> None:
    """Run the command line. Errors meant for people are shown without a traceback, and the exit code is 2."""
    for name in COMMANDS:
        importlib.import_module(f"ficshelf.cli.{name}").register(app)
    try:
        app()
    except FicshelfError as error:
        print(f"ficshelf: {error}", file=sys.stderr)
        sys.exit(2)
