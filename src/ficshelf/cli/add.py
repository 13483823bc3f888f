"""`ficshelf add`: files and folders into a library, with progress while it works and a report at its end."""

from __future__ import annotations

import contextlib
import json as jsons
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficshelf.cli.options import Library

if TYPE_CHECKING:
    from ficshelf.library.intake import Progress

EVERY = 5.0  # seconds between two lines of progress where there is no terminal


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example:  ficshelf add ~/stories   ·   ficshelf add --library ~/my-library saved.zip")(add)


def add(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders with stories; zips are looked into.")],
    library: Library = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print a line of JSON for each work as soon as it is safe on the disk.")
    ] = False,
) -> None:
    """Add saved stories to the library. Run again, it adds only what is new; stopped, it goes on where it was."""
    from ficshelf.library import setup
    from ficshelf.library.places import shown

    missing = [path for path in paths if not path.exists()]
    for path in missing:
        typer.echo(f"ficshelf: {shown(str(path))}: there is no such file or folder. Check the name.", err=True)
    if missing:
        raise typer.Exit(2)

    folder = setup(library)
    for path in paths:
        if path.resolve().is_relative_to(folder.resolve()):
            typer.echo(f"ficshelf: {shown(str(path))}: this is the library itself. Name a folder of stories.", err=True)
            raise typer.Exit(2)
    from ficshelf import sources
    from ficshelf.library import intake, unpacked

    with _progress(json) as progress, unpacked.scratch(folder, progress.unpacking) as scratch:
        try:
            found = iter(list(sources.walk(paths, folder, scratch)))  # held by nobody else: each goes when it is read
        except KeyboardInterrupt:
            typer.echo("Stopped before anything was added. Run the same command again to begin anew.", err=True)
            raise typer.Exit(130) from None
        report = intake.add(folder, found, progress)
    if json:
        _print_json({"event": "report", **report.as_dict()})
    else:
        typer.echo("\n".join(report.lines(folder)))
    if report.stopped:
        raise typer.Exit(130)


@contextlib.contextmanager
def _progress(json: bool) -> Iterator[Progress]:
    """What shows how it gets on: lines of JSON, a bar on a terminal, else a line every few seconds."""
    from ficshelf.library.intake import Progress, Saved

    class JsonLines(Progress):
        def saved(self, work: Saved) -> None:
            _print_json({"event": "saved", **work._asdict()})

    class Lines(Progress):
        last = time.monotonic()

        def unpacking(self, what: str, done: int, of: int) -> None:
            if (now := time.monotonic()) - self.last >= EVERY:
                self.last = now
                typer.echo(f"{what}: {done / 1e6:,.0f} of {of / 1e6:,.0f} MB", err=True)

        def begin(self, files: int, size: int) -> None:
            self.total, self.size, self.done, self.bytes, self.works = files, size, 0, 0, 0
            self.began = self.last = time.monotonic()

        def saved(self, work: Saved) -> None:
            self.works += 1

        def files(self, count: int, size: int) -> None:
            self.done, self.bytes = self.done + count, self.bytes + size
            now = time.monotonic()
            if now - self.last >= EVERY:
                self.last = now
                speed = self.bytes / (now - self.began)
                left = (self.size - self.bytes) / speed if speed else 0
                typer.echo(
                    f"{self.done:,} of {self.total:,} files, {self.works:,} works, {speed / 1e6:.1f} MB/s, "
                    f"about {_duration(left)} left",
                    err=True,
                )

        def settling(self, what: str, done: int, of: int) -> None:
            if (now := time.monotonic()) - self.last >= EVERY:
                self.last = now
                typer.echo(f"{what}: {done:,} of {of:,}", err=True)

    if json:
        yield JsonLines()
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield bar
    else:
        yield Lines()


@contextlib.contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    from ficshelf.library import intake

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[files]:,} of {task.fields[of]:,} files · {task.fields[works]:,} works"),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Looking", total=None, files=0, of=0, works=0)

        class Bar(intake.Progress):
            def unpacking(self, what: str, done: int, of: int) -> None:
                shown.update(task, description=what, completed=done, total=max(of, 1))

            def begin(self, files: int, size: int) -> None:
                self.done = self.works = 0
                shown.update(task, description="Adding", completed=0, total=max(size, 1), of=files)

            def saved(self, work: intake.Saved) -> None:
                self.works += 1

            def files(self, count: int, size: int) -> None:
                self.done += count
                shown.update(task, description="Adding", advance=size, files=self.done, works=self.works)

            def settling(self, what: str, done: int, of: int) -> None:
                shown.update(task, description=f"{what}: {done:,} of {of:,}")

            def indexing(self) -> None:
                shown.update(task, description="Indexing")

        yield Bar()


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def _print_json(value: dict[str, Any]) -> None:
    """A line at once, so that who reads it knows as soon as we do."""
    sys.stdout.write(jsons.dumps(value, ensure_ascii=True) + "\n")
    sys.stdout.flush()
