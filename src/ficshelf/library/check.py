"""`ficshelf check`: the proof that originals, database, search index and text layers agree."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, Max, Model, OuterRef, Subquery, Sum

from ficshelf import bounds, pool, words
from ficshelf.library import models, originals
from ficshelf.library.blocks import unpack
from ficshelf.library.lock import writing
from ficshelf.library.places import shown
from ficshelf.library.proofs import Proof, Task

PROVE = "ficshelf.library.proof:prove"  # by its name: the readers are loaded by the processes that prove

Progress = Callable[[int, int], None]  # sources proved, sources in all


class Finding(NamedTuple):
    """Something that does not agree, as a sentence that names the file or the work and the next step."""

    part: str  # database, originals, text, index
    text: str
    repair: Callable[[], None] | None = None  # only what can be derived can be repaired


def check(library: Path, progress: Progress | None = None) -> Iterator[Finding]:
    """Whatever does not agree. Nothing is changed; `Finding.repair` does that. Raises LibraryError while another
    ficshelf is writing to the library."""
    with writing(library):
        yield from _database()
        yield from _counts()
        yield from _originals(library, progress)
        yield from _index(library)


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            for (message,) in cursor.fetchall():
                if message != "ok":
                    yield Finding("database", f"The database is damaged: {message}. Restore a backup.")
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _ in cursor.fetchall():
                yield Finding("database", f"Row {row} of {table} names a row of {parent} that is not there.")
    works = models.Work.objects
    for work in works.filter(sources=None):
        yield Finding("database", f"{_name(work)} has no source.")
    for work in works.filter(chapters=None):
        yield Finding("database", f"{_name(work)} has no chapters.")
    numbered = works.annotate(count=Count("chapters"), last=Max("chapters__position"))
    for work in numbered.exclude(count=0).exclude(count=F("last")):
        yield Finding("database", f"{_name(work)} lacks a chapter between the first and the last.")
    linked = works.annotate(count=Count("work_sources"), last=Max("work_sources__position"))
    for work in linked.exclude(count=0).exclude(count=F("last") + 1):
        yield Finding("database", f"{_name(work)} lacks one of its sources.")
    for source in models.Source.objects.filter(outcome="stored", works=None):
        yield Finding("database", f"{_file(source)} is said to hold a story, but no work is made of it. Add it again.")


def _counts() -> Iterator[Finding]:
    """Chapters that cannot be shown, and figures that are not those of the chapters."""
    sources = dict(models.Work.objects.annotate(count=Count("work_sources")).values_list("id", "count"))
    for chapter in models.Chapter.objects.select_related("work").iterator(50):
        try:
            blocks = unpack(chapter.blocks)
        except ValueError as error:
            yield Finding("database", f"Chapter {chapter.position} of {_name(chapter.work)} is damaged: {error}.")
            continue
        if any(block.source >= sources[chapter.work_id] for block in blocks):
            text = f"Chapter {chapter.position} of {_name(chapter.work)} names a source that the work does not have."
            yield Finding("database", text)
        counted = words.of_blocks(blocks)
        if counted != chapter.words:
            text = f"Chapter {chapter.position} of {_name(chapter.work)} has {counted} words, not {chapter.words}."
            yield Finding("database", text, _setting(models.Chapter, chapter.pk, words=counted))
    summed = models.Work.objects.annotate(count=Count("chapters"), total=Sum("chapters__words"))
    for work in summed.exclude(count=F("chapter_count")) | summed.exclude(total=F("words")):
        if work.count:
            text = f"{_name(work)} has {work.count} chapters and {work.total} words, not what the shelf says."
            change = {"chapter_count": work.count, "words": work.total, "version": work.version + 1}
            yield Finding("database", text, _setting(models.Work, work.pk, **change))


def _originals(library: Path, progress: Progress | None) -> Iterator[Finding]:
    """Every source's bytes and text, and files that are no source's."""
    total = models.Source.objects.filter(kept=True).count()
    for done, (task, result) in enumerate(pool.run(PROVE, _tasks(library), memory=bounds.MEMORY, seconds=_seconds), 1):
        if progress:
            progress(done, total)
        if isinstance(result, pool.Died):
            yield Finding("text", f"{_original(task)} cannot be read again: {result.reason}.")
            continue
        proof: Proof = pickle.loads(result)
        if proof.original:
            aside = None if proof.is_missing else _aside(originals.path_of(library, task.sha256))
            text = f"The original of {_original(task)} is not right: {proof.original}. Add the file again."
            yield Finding("originals", text, aside)
        if proof.text:
            yield Finding("text", f"{_original(task)}: {proof.text}. Add the file again.")
        for start, end, words_there in proof.lost:
            text = f"{_original(task)}: characters {start} to {end} are in no work: “{shown(words_there)}”."
            yield Finding("text", text)
    for path in originals.leftovers(library):
        yield Finding("originals", f"{path} is left over from an add that was stopped.", path.unlink)


def strangers(library: Path) -> Iterator[Path]:
    """Originals that no source names: of an `add` that was stopped between keeping a file and storing what it says.
    Nothing is wrong with that; adding the file again finds it kept."""
    batch: list[Path] = []
    for path in originals.all_of(library):
        batch.append(path)
        if len(batch) == 500:
            yield from _unknown(batch)
            batch = []
    yield from _unknown(batch)


def _unknown(paths: list[Path]) -> Iterator[Path]:
    known = set(models.Source.objects.filter(sha256__in=[path.name for path in paths]).values_list("sha256", flat=True))
    return (path for path in paths if path.name not in known)


def _index(library: Path) -> Iterator[Finding]:
    from ficshelf.search import index

    wrong = list(index.disagreements(library))
    for text in wrong:
        yield Finding("index", text, lambda: index.discard(library))
    waiting = index.counts(library).waiting
    if waiting or wrong:
        text = f"{waiting} works are not in the search index as they are now. Run `ficshelf reindex`."
        yield Finding("index", text, lambda: index.catch_up(library) and None)


def _tasks(library: Path) -> Iterator[Task]:
    first = models.Place.objects.filter(source=OuterRef("pk")).order_by("id").values("path")[:1]
    kept = models.Source.objects.filter(kept=True)
    for row in kept.annotate(path=Subquery(first)).order_by("id").iterator(500):
        yield Task(
            library,
            row.id,
            row.sha256,
            row.size,
            row.path or row.sha256,
            row.text_sha256,
            row.reader_version,
            bool(row.reader),
        )


def _seconds(task: Task) -> float:
    return bounds.seconds(1, task.size)


def _aside(path: Path) -> Callable[[], None]:
    """Make room for the right bytes, and keep the wrong ones all the same."""
    return lambda: path.rename(path.with_name(f"{path.name}.damaged"))


def _setting(table: type[Model], pk: int, **values: object) -> Callable[[], None]:
    def repair() -> None:
        table._default_manager.filter(pk=pk).update(**values)

    return repair


def _original(task: Task) -> str:
    return f"{shown(task.path)} (sha256 {task.sha256[:12]}…)"


def _file(source: models.Source) -> str:
    place = source.places.order_by("id").first()
    return f"{shown(place.path) if place else 'A file'} (sha256 {source.sha256[:12]}…)"


def _name(work: models.Work) -> str:
    return f"“{shown(work.title or work.suggested_title or 'without a title')}” (work {work.pk})"
