"""A folder that works are written to, a file each: nothing that lies there is lost, and nothing is written twice."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

from ficshelf.errors import CannotOpenError


class Kept(Enum):
    """What became of a file."""

    NEW = "written"
    CHANGED = "brought up to date"
    SAME = "already there"


class Folder:
    """A folder for files that are made. Names that some system takes for the same (other case, other accents' form)
    count as the same here, so that the folder can be copied anywhere."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none. Raises CannotOpenError when it cannot be one."""
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._names = {_fold(name): name for name in os.listdir(path)}
        except OSError as error:
            raise self._failed(path, error, "Name another folder with --to") from None

    def keep(self, names: Iterable[str], data: bytes, is_ours: Callable[[Path], bool]) -> tuple[Path, Kept]:
        """Write `data` under the first of `names` that is free, or where an earlier copy lies (`is_ours` says so).

        The file is whole or not there, whatever happens meanwhile. Raises CannotOpenError when it cannot be written.
        """
        tried = list(names)
        there = [self.path / self._names[_fold(name)] for name in tried if _fold(name) in self._names]
        ours = next((path for path in there if path.is_file() and is_ours(path)), None)
        if ours is None:
            name = next((name for name in tried if _fold(name) not in self._names), None)
            if name is None:
                step = "Move it away, or name another folder with --to."
                raise CannotOpenError(str(there[-1]), "another file has this name", step)
            return self._write(self.path / name, data), Kept.NEW
        if _reads(ours, data):
            return ours, Kept.SAME
        return self._write(ours, data), Kept.CHANGED

    def _write(self, path: Path, data: bytes) -> Path:
        """Through a file beside it, which takes its place when it is whole."""
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(data)
            os.replace(part, path)
        except OSError as error:
            raise self._failed(path, error, "Make room, or name another folder with --to") from None
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        self._names[_fold(path.name)] = path.name
        return path

    @staticmethod
    def _failed(path: Path, error: OSError, next_step: str) -> CannotOpenError:
        return CannotOpenError(str(path), f"it cannot be written ({error.strerror or error})", next_step + ".")


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _reads(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
