"""The search index of a library: kept beside the database, always made from it, never the only place of anything.

The database says what is to be indexed: a work whose `indexed_version` is not its `version`. A batch is deleted by its
key and added again, committed, and only then ticked off in the database, so a kill at any point costs nothing but doing
that batch once more. An index that is missing, damaged or of another version is made anew, and while it is made `find`
says what share of the stories it can find.

    index/lock     held by who writes
    index/stamp    the version of what is in it; without it there is no index
    index/works/   one document a work          } see `schema`
    index/scenes/  one document a scene         }
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import tantivy
from django.db import connection, transaction

from ficshelf.errors import LibraryError
from ficshelf.library import lock
from ficshelf.library.models import Work
from ficshelf.library.slices import slices
from ficshelf.search import stories
from ficshelf.search.schema import ANALYSER, SCENES, VERSION, WORKS, analyser, documents

log = logging.getLogger(__name__)

FOLDER = "index"
HEAP = 50_000_000  # bytes a writer, two writers; a full heap is written out as a segment
BATCH_CHARACTERS = 64_000_000  # of story between two commits
BATCH_WORKS = 2_000
PATIENCE = 600.0  # seconds to wait for another writer: one that indexes a whole library, too
BACKGROUND_EVERY = 10.0  # seconds between two starts of the background thread
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h

Progress = Callable[[int, int], None]  # works done, works in all


class IndexBusyError(LibraryError):
    """Another process is writing to the library or to its index: what is indexed can be searched all the same."""


class IndexDamagedError(Exception):
    """The index cannot be read or written; made anew, it can."""


@contextlib.contextmanager
def damage() -> Iterator[None]:
    """Make what tantivy raises for damaged files, or for files that it may not write, one error: IndexDamagedError.
    Its panics come as an exception that is no Exception and whose class nobody can import."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexDamagedError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamagedError(str(error)) from error


class Counts(NamedTuple):
    """What the index holds, and how many works of the library are not in it as they are now."""

    works: int
    scenes: int
    waiting: int


class Indexes(NamedTuple):
    """The two open indexes."""

    works: tantivy.Index
    scenes: tantivy.Index


def catch_up(directory: Path, progress: Progress | None = None, *, patience: float = PATIENCE) -> int:
    """Bring the index up to the database: works that are new or changed, and those that are gone. Returns how many
    works were indexed or taken out. Does nothing, quickly, where nothing changed. Raises IndexBusyError where another
    process is writing to the library, or to the index for longer than `patience` seconds; LibraryError where the disk
    refuses."""
    folder = Path(directory) / FOLDER
    with _ticking(directory):  # before any work is done in vain
        pass
    with _writing(folder, patience):
        try:
            with damage():
                return _write(folder, _opened(folder) or _made(folder), progress)
        except IndexDamagedError as error:
            log.warning("%s: the search index is damaged and is made anew (%s)", folder, error)
        try:
            with damage():
                return _write(folder, _made(folder), progress)
        except IndexDamagedError as error:
            raise LibraryError(
                f"{folder}: the search index cannot be written ({error}). Check that the disk is not full, then run "
                "`ficshelf reindex`. The stories themselves are safe in the library."
            ) from error


def rebuild(directory: Path, progress: Progress | None = None) -> int:
    """Make the index anew from the database. Returns how many works it holds."""
    with _ticking(directory):
        with _writing(Path(directory) / FOLDER, PATIENCE):
            discard(directory)  # so that what follows, and whoever comes when this is killed, makes it anew
        return catch_up(directory, progress)


def discard(directory: Path) -> None:
    """Declare the index void: the next `catch_up` makes it anew. Where nobody may write, it stays."""
    with contextlib.suppress(OSError):
        (Path(directory) / FOLDER / "stamp").unlink()


def open_index(directory: Path) -> Indexes | None:
    """The index as it is, None where there is none that this version can use."""
    return _opened(Path(directory) / FOLDER)


def counts(directory: Path) -> Counts:
    """What the index holds and what waits; zeros for an index that is not there."""
    indexes = open_index(directory)
    works, scenes = (index.searcher().num_docs for index in indexes) if indexes else (0, 0)
    return Counts(works, scenes, len(stories.pending()) if indexes else Work.objects.count())


def disagreements(directory: Path) -> Iterator[str]:
    """Where the index is not what the database says: a sentence each, for `check`. Works that only wait to be indexed
    are no disagreement."""
    indexes = open_index(directory)
    if indexes is None:
        if Work.objects.exists():
            yield "The search index is missing or of another version. Run `ficshelf reindex`."
        return
    held = _versions(indexes.works)
    ticked = dict(Work.objects.filter(indexed_version__gt=0).values_list("pk", "indexed_version"))
    for work in sorted(held.keys() - set(Work.objects.values_list("pk", flat=True))):
        yield f"The search index holds work {work}, which is not in the library. Run `ficshelf reindex`."
    for work, version in sorted(ticked.items()):
        if held.get(work) != [version]:
            has = "version " + " and ".join(map(str, held[work])) if work in held else "nothing"
            yield f"The search index holds {has} of work {work}, not version {version}. Run `ficshelf reindex`."


@contextlib.contextmanager
def _writing(folder: Path, patience: float) -> Iterator[None]:
    """Hold the index's lock, which falls with the process; tantivy's own lock file stays behind a kill."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise LibraryError(f"{folder}: the search index cannot be written ({error.strerror}).") from None
    try:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise IndexBusyError(
                        f"{folder}: another ficshelf is writing to the search index. Wait until it is done."
                    ) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _ticking(directory: Path) -> Iterator[None]:
    """Hold the library's lock while the database is written to: only one process may. It is held no longer than that,
    so that nobody who wants to add stories is kept waiting for the index."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(lock.writing(Path(directory)))
        except LibraryError as error:
            raise IndexBusyError(str(error)) from None
        except OSError as error:
            raise LibraryError(
                f"{directory}: the library cannot be written to ({error.strerror}), so its search index stays as it is."
                " Let ficshelf write to that folder."
            ) from None
        yield


def _opened(folder: Path) -> Indexes | None:
    try:
        if (folder / "stamp").read_text() != VERSION:
            return None
        found = Indexes(tantivy.Index.open(str(folder / "works")), tantivy.Index.open(str(folder / "scenes")))
    except (OSError, ValueError):  # ValueError: what tantivy makes of a damaged or missing index
        return None
    for index in found:
        index.config_reader(reload_policy="manual")
        index.register_tokenizer(ANALYSER, analyser())
    return found


def _made(folder: Path) -> Indexes:
    """An empty index. The stamp comes last: until then the database has been told that nothing is indexed."""
    (folder / "stamp").unlink(missing_ok=True)
    for name, schema in (("works", WORKS), ("scenes", SCENES)):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
        tantivy.Index(schema, path=str(folder / name))
    with _ticking(folder.parent):
        Work.objects.exclude(indexed_version=0).update(indexed_version=0)
    new = folder / "stamp.new"
    new.write_text(VERSION)
    new.replace(folder / "stamp")
    made = _opened(folder)
    if made is None:
        raise LibraryError(f"{folder}: the search index cannot be made there. Check that the disk is not full.")
    return made


def _write(folder: Path, indexes: Indexes, progress: Progress | None) -> int:
    """Index what waits, take out what is gone."""
    ids = stories.pending()
    strangers = _strangers(indexes)
    if not ids and not strangers:
        return 0
    _share_one_heap()
    writers = [index.writer(heap_size=HEAP, num_threads=1) for index in indexes]
    works, scenes = writers
    for writer in writers:
        for work in strangers:
            writer.delete_documents_by_term("work", work)
    versions: dict[int, int] = {}
    characters = 0

    def commit(*, last: bool = False) -> None:
        scenes.commit()  # before the works, so that a work that is found has scenes to show
        _give_back()
        if last:
            scenes.wait_merging_threads()  # one index at a time: merging maps all that is merged into memory
        works.commit()
        _give_back()
        with _ticking(folder.parent):
            tick_off(versions)
        versions.clear()

    for done, story in enumerate(stories.load(ids), 1):
        for writer in writers:
            writer.delete_documents_by_term("work", story.id)
        work, parts, size = documents(story)
        for part in parts:
            scenes.add_document(part)
        works.add_document(work)
        versions[story.id] = story.version
        characters += size
        if characters > BATCH_CHARACTERS or len(versions) >= BATCH_WORKS:
            commit()
            characters = 0
        if progress:
            progress(done, len(ids))
    commit(last=True)
    works.wait_merging_threads()
    return len(ids) + len(strangers)


def _share_one_heap() -> None:
    """Let the threads that tantivy starts from now on share one heap. With a heap each, as glibc gives them, what one
    of them has freed is lost to the next, and a process that indexes a hundred times grows with each."""
    with contextlib.suppress(AttributeError, OSError):  # another system's memory is not glibc's
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _give_back() -> None:
    """Give what tantivy has freed back to the system, before merging takes more: glibc would keep most of it."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def tick_off(versions: dict[int, int]) -> None:
    """Note in the database which version of each work the index holds now."""
    by_version: dict[int, list[int]] = {}
    for work, version in versions.items():
        by_version.setdefault(version, []).append(work)
    with transaction.atomic():
        for version, works in by_version.items():
            for some in slices(works):
                Work.objects.filter(pk__in=some).update(indexed_version=version)


def _versions(index: tantivy.Index) -> dict[int, list[int]]:
    """The version of each work in the index; more than one would be a document too many."""
    searcher = index.searcher()
    hits = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs), count=False).hits
    found: dict[int, list[int]] = {}
    addresses = [address for _, address in hits]
    for work, version in zip(
        searcher.fast_field_values("work", addresses), searcher.fast_field_values("version", addresses), strict=True
    ):
        found.setdefault(work, []).append(version)
    return found


def _strangers(indexes: Indexes) -> list[int]:
    """The ids of works that are in the index and no more in the library. Counting tells whether to look at all."""
    in_index = indexes.works.searcher().num_docs
    ticked = Work.objects.filter(indexed_version__gt=0).count()
    if in_index <= ticked:
        return []
    return sorted(_versions(indexes.works).keys() - set(Work.objects.values_list("pk", flat=True)))


class _Background:
    """The one thread that catches up while pages are served."""

    def __init__(self) -> None:
        self.running = threading.Lock()
        self.last = -BACKGROUND_EVERY

    def run(self, directory: Path, wait: float) -> None:
        try:
            time.sleep(wait)
            catch_up(directory, patience=0)
        except IndexBusyError as error:  # whoever is writing indexes what it writes
            log.debug("%s", error)
        except LibraryError as error:  # the disk is full: a later search tries again
            log.warning("%s", error)
        finally:
            connection.close()
            self.running.release()


_background = _Background()


def catch_up_in_background(directory: Path, *, later: bool = False) -> None:
    """Start `catch_up` in a thread of its own, unless one runs or ran a moment ago; with `later`, then in a moment."""
    if not _background.running.acquire(blocking=False):
        return
    wait = max(0.0, BACKGROUND_EVERY - (time.monotonic() - _background.last))
    if wait and not later:
        _background.running.release()
        return
    _background.last = time.monotonic() + wait
    threading.Thread(target=_background.run, args=(directory, wait), name="ficshelf-index", daemon=True).start()
