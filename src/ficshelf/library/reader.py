"""What a process of `add` does with files that may belong together: it looks whether they are known, keeps their bytes,
reads them, and hands back works that are ready to be stored. It never writes to the database."""

from __future__ import annotations

import errno
import hashlib
import pickle
import sqlite3
import traceback
from pathlib import Path

from ficshelf import apart, model
from ficshelf.assemble import assemble
from ficshelf.errors import FicshelfError
from ficshelf.library import DATABASE, originals, places
from ficshelf.library.harvest import VERSION, DiskFull, Harvest, ReadFile, ReadSource, Task
from ficshelf.library.readings import ready, records
from ficshelf.reading import read_source, uncollected
from ficshelf.sources import Place, limits

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)  # the library's disk fails, not the file


def read(task: Task) -> bytes:
    """The pickled Harvest of a task. What may end the process (memory, a crash) ends the task; `pool` sees to that."""
    try:
        with uncollected():
            return pickle.dumps(_harvest(task), pickle.HIGHEST_PROTOCOL)
    except OSError as error:
        if error.errno in _FULL:
            return pickle.dumps(DiskFull(error.strerror or str(error)), pickle.HIGHEST_PROTOCOL)
        raise


def _harvest(task: Task) -> Harvest:
    files: list[ReadFile] = []
    contents: list[bytes | None] = []
    with _Look(task.library) as look:
        for place in task.places:
            file, content = _fetch(task, place, look)
            files.append(file)
            contents.append(content)
    if all(file.is_known or file.problem for file in files):
        return Harvest(tuple(files))

    pieces: list[tuple[model.Source, model.Draft]] = []
    origin: list[int] = []  # the file of each piece
    for index, (file, content) in enumerate(zip(files, contents, strict=True)):
        if not file.problem:
            pieces.append(_unread(file, task.places[index], task.unread) if content is None else _read(content, file))
            origin.append(index)
    found = assemble(pieces, gathered=any(place.group for place in task.places))
    works = ready(found)
    used = {source for work in works for source in work.sources}
    return Harvest(
        tuple(files),
        tuple(_source(source, file) for source, file in zip(found.sources, origin, strict=True)),
        tuple(works),
        tuple(one for one in found.remarks if one.source not in used),
        tuple(one for one in found.questions if one.source not in used),
        records(found),
    )


class _Look:
    """A look into the database: which files are known. Read only, and without Django."""

    def __init__(self, library: Path) -> None:
        self._connection = sqlite3.connect(f"{(library / DATABASE).as_uri()}?mode=ro", uri=True, timeout=30)

    def __enter__(self) -> _Look:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def at(self, sha256: str, path: str) -> tuple[bool, bool]:
        """Whether a file with these bytes was read by this ficshelf, and whether it is known to lie there."""
        found = self._connection.execute(
            "SELECT id, reader_version FROM library_source WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if not found:
            return False, False
        placed = self._connection.execute(
            "SELECT 1 FROM library_place WHERE source_id = ? AND path_sha256 = ?", (found[0], places.digest(path))
        ).fetchone()
        return found[1] == VERSION, placed is not None

    def is_unwanted(self, sha256: str) -> bool:
        """Whether a file with these bytes must not be kept."""
        asked = [places.keyed_digest(kind, sha256) for kind in ("file", "bytes")]
        found = self._connection.execute(
            "SELECT 1 FROM library_wish WHERE digest IN (?, ?) UNION ALL SELECT 1 FROM library_source"
            " WHERE sha256 = ? AND outcome = ? AND reader_version != ''",
            [*asked, sha256, places.TRIMMED],
        )
        return found.fetchone() is not None


def _fetch(task: Task, place: Place, look: _Look) -> tuple[ReadFile, bytes | None]:
    """A file's bytes, kept if they are new; None for those that are not to be read."""
    file = ReadFile(place.path, is_zip=place.container, keep=place.keep)
    try:
        with place.open() as stream:
            content = (
                None
                if task.unread or place.container or place.unread or place.size > limits.FILE
                else stream.read(limits.FILE + 1)
            )
            if content is not None and len(content) > limits.FILE:  # it has grown, or its size was a lie
                content = None
            if content is not None:
                sha256, size = hashlib.sha256(content).hexdigest(), len(content)
            else:
                stream.seek(0)
                sha256 = originals.sha256_of(stream)
                size = stream.tell()
            is_known, is_placed = look.at(sha256, place.path)
            keep = place.keep and not look.is_unwanted(sha256)
            file = file._replace(keep=keep)
            if keep and (not is_known or not originals.path_of(task.library, sha256).exists()):
                if content is None:
                    stream.seek(0)
                originals.store(task.library, sha256, stream if content is None else content)
    except FicshelfError as error:
        return file._replace(problem=str(error).removeprefix(f"{file.path}: ")), None
    except OSError as error:
        if error.errno in _FULL:
            raise
        return file._replace(problem=error.strerror or str(error)), None
    return file._replace(sha256=sha256, size=size, is_known=is_known, is_placed=is_placed), content


def _read(content: bytes, file: ReadFile) -> tuple[model.Source, model.Draft]:
    """Content never raises; should a reader do so all the same, that costs this file and is said."""
    try:
        return read_source(content, file.path)
    except MemoryError:
        raise
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}: {error}"
        return _kept(file, model.Remark("gave-up", reason))


def _unread(file: ReadFile, place: Place, reason: str) -> tuple[model.Source, model.Draft]:
    """A file that is kept without being read: reading it failed for that `reason`, it is a zip, or it is too large."""
    if reason or place.unread:
        remark = apart.gave_up(reason or place.unread)
        return _kept(file, remark._replace(kind="entry-skipped") if place.unread else remark)
    if place.container:
        return _kept(file)
    return _kept(file, model.Remark("too-large", f"{file.size >> 20} MB; the limit is {limits.FILE >> 20} MB."))


def _kept(file: ReadFile, *remarks: model.Remark) -> tuple[model.Source, model.Draft]:
    return model.Source(file.path, file.sha256, "", "", ""), model.Draft("", (), remarks=remarks, path=file.path)


def _source(source: model.Source, file: int) -> ReadSource:
    return ReadSource(
        file,
        source.reader,
        source.encoding,
        len(source.text),
        hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest(),
        tuple((span.start, span.end, reason) for span, reason in source.chrome),
    )
