"""`ficshelf add`: files into the library.

    paths ─▶ sources.walk ─▶ places ─▶ processes that read ─▶ harvests ─▶ decide ─▶ one transaction a work ─▶ index

Nothing is acknowledged before it is on the disk: originals are synced before the transaction that names them, and the
transaction is synced before anybody hears of it. Files are hashed each time, so a second add of the same folder trusts
no date; what the library knows already is not read again. Stopped anywhere, it goes on when it is run again.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.db import DatabaseError, transaction

from ficshelf import bounds, decide, pool
from ficshelf.errors import LibraryError
from ficshelf.library import (
    archived,
    balance,
    bundles,
    decisions,
    erasing,
    leaving_out,
    lookup,
    mentions,
    models,
    originals,
    people,
    places,
    settling,
    shelving,
    twins,
    wishes,
)
from ficshelf.library.harvest import VERSION, DiskFull, Harvest, ReadFile, Task
from ficshelf.library.lock import writing
from ficshelf.library.progress import Progress, Saved
from ficshelf.library.readings import ReadWork
from ficshelf.library.report import UNREAD, Report
from ficshelf.library.shared import Shared
from ficshelf.record import TEXTLESS
from ficshelf.remarks import kind_of_not_a_story
from ficshelf.sources import Place

READ = "ficshelf.library.reader:read"  # by its name: the readers are loaded by the processes that read
# Works between two times that the index is caught up: so many at first, later this part of what was saved. Each time
# makes pieces that are merged; the last is how many Ctrl-C may have to wait for.
INDEX_FIRST, INDEX_PART, INDEX_LATEST = 200, 8, 500


def add(library: Path, found: Iterable[Place], progress: Progress | None = None) -> Report:
    """Add what lies at these places; those of an iterator are let go when they are read. Raises LibraryError where the
    library is in use or its disk full; nothing that concerns a single file stops it. On Ctrl-C the transaction at hand
    is finished, and the report says `stopped`."""
    with writing(library):
        for leftover in originals.leftovers(library):
            leftover.unlink()
        intake = _Intake(library, progress or Progress())
        if intake.wishes:
            erasing.begin()
        with intake.stoppable():
            intake.run(found)
        if intake.wishes:
            erasing.empty_journal()
    return intake.report


class _Intake:
    """One `add`."""

    def __init__(self, library: Path, progress: Progress) -> None:
        self.library = library
        self.progress = progress
        self.report = Report()
        self.shared = Shared()
        self.replay = decisions.Replay()
        self.wishes = wishes.Wishes()
        self.is_writing = False
        self.stops = 0  # Ctrl-Cs so far
        self.to_index = 0  # works saved since the index was caught up
        self.zips: dict[str, str] = {}  # digests of the zips and other containers so far, by path
        self.containers: dict[str, int] = {}  # their rows, by digest

    @contextlib.contextmanager
    def stoppable(self) -> Iterator[None]:
        """Make Ctrl-C end the run between two transactions."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(*_: object) -> None:
            self.report.stopped = True
            self.stops += 1
            if not self.is_writing:
                raise KeyboardInterrupt

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def run(self, found: Iterable[Place]) -> None:
        tasks = bundles.tasks(self.library, found)
        files = sum(len(task.places) for task in tasks)
        self.progress.begin(files, sum(place.size for task in tasks for place in task.places))
        try:
            with contextlib.suppress(KeyboardInterrupt):  # `stop` has noted it
                for task, harvest in self._harvests(bundles.taken(tasks)):
                    self.zips |= {file.path: file.sha256 for file in harvest.files if file.is_zip and file.sha256}
                    self._store(harvest)
                    self.report.files += len(task.places)
                    self.progress.files(len(task.places), sum(place.size for place in task.places))
                    if self.to_index >= min(max(INDEX_FIRST, self.report.works.total() // INDEX_PART), INDEX_LATEST):
                        self._index()
                    if self.report.stopped:
                        break
            with contextlib.suppress(KeyboardInterrupt):
                self._settle_archives()
                with self._transaction():
                    if asked := people.ask():
                        self.report.questions["same-person"] += asked
        except (DatabaseError, OSError) as error:
            raise self._no_room(str(error)) from error
        with contextlib.suppress(KeyboardInterrupt):
            self._index()

    def _settle_archives(self) -> None:
        """What can be told of an archive only when all of it is there; also of one that an earlier run had stored when
        it was stopped. Ctrl-C leaves the rest of it to the next run."""
        seen = models.Source.objects.filter(sha256__in=self.zips.values(), records__isnull=False).distinct()
        stops = self.stops

        def hear(what: str, done: int, of: int) -> None:
            if self.stops > stops:
                raise KeyboardInterrupt
            self.progress.settling(what, done, of)

        for container in sorted(set(seen.values_list("id", flat=True))):
            with self._transaction():
                originals.forget(self.library, settling.settle(container, hear))
            if not self.report.stopped:
                self.report.balances.append(balance.of(container))

    def _index(self) -> None:
        from ficshelf.search import index

        self.progress.indexing()
        index.catch_up(self.library)
        self.to_index = 0

    def _no_room(self, reason: str) -> LibraryError:
        saved = sum(self.report.works.values())
        return LibraryError(
            f"{self.library}: the library cannot be written to ({reason}). What was saved before is safe ({saved} "
            "works this time). Make room on the disk, then run the same command again: it goes on from there."
        )

    # -- from tasks to harvests

    def _harvests(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Harvest]]:
        """What comes of the tasks. Where one ended its process, the file at fault is found and kept unread, and those
        beside it are read without it."""
        failed: list[tuple[Task, str]] = []
        for task, harvest in self._read(tasks):
            if isinstance(harvest, Harvest):
                yield task, harvest
            else:
                failed.append((task, harvest.reason))
        for task, reason in failed:
            yield from self._without_culprits(task, reason)

    def _without_culprits(self, task: Task, reason: str) -> Iterator[tuple[Task, Harvest]]:
        reasons = {task.places[0]: reason}
        if len(task.places) > 1:
            alone = [task._replace(places=(place,)) for place in task.places]
            reasons = {one.places[0]: end.reason for one, end in self._read(alone) if isinstance(end, pool.Died)}
            rest = task._replace(places=tuple(place for place in task.places if place not in reasons))
            if rest.places != task.places:
                yield from self._harvests([rest] if rest.places else [])
            else:  # each can be read, but not all together
                yield from self._harvests(alone)
        unread = [task._replace(places=(place,), unread=why) for place, why in reasons.items()]
        for one, harvest in self._read(unread):
            if isinstance(harvest, pool.Died):
                place = one.places[0]
                harvest = Harvest((ReadFile(place.path, problem=harvest.reason),))
            yield one, harvest

    def _read(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Harvest | pool.Died]]:
        for task, result in pool.run(READ, tasks, memory=bounds.MEMORY, seconds=bundles.seconds):
            if isinstance(result, pool.Died):
                yield task, result
                continue
            harvest = pickle.loads(result)
            if isinstance(harvest, DiskFull):
                raise self._no_room(harvest.reason)
            yield task, harvest

    # -- from a harvest to rows

    def _store(self, harvest: Harvest) -> None:
        """Store what came of a task: a transaction for each work, or for works that share a source."""
        self.report.problems += [(file.path, file.problem) for file in harvest.files if file.problem]
        if not harvest.sources:
            self._known([file for file in harvest.files if file.is_known])
            return
        for members, works in bundles.parted(harvest):
            if all(harvest.files[harvest.sources[one].file].is_known for one in members):
                self._known([harvest.files[harvest.sources[one].file] for one in members])
                continue
            with self._transaction():
                sifted = leaving_out.sift(harvest, members, works, self)
                if sifted.nothing:
                    continue
                works, loose = sifted.works, sifted.chrome
                rows = self._sources(members, harvest, "stored" if works else "kept", loose)
                self._records(members, harvest, rows)
                saved = [self._work(work, harvest, rows) for work in works]
                if not works:
                    shelving.note_loose(harvest.remarks, harvest.questions, rows)
            for work, one in zip(works, saved, strict=True):
                self._count(work, one)
                self.progress.saved(one)
        for remark in harvest.remarks:
            file = harvest.files[harvest.sources[remark.source].file]
            if remark.kind in UNREAD and not file.is_known:
                self.report.keep(file.path, remark)

    def _records(self, members: Sequence[int], harvest: Harvest, rows: dict[int, int]) -> None:
        """Store the records among these sources."""
        for one in harvest.records:
            if one.source in members:
                container = self.container(harvest.files[harvest.sources[one.source].file])
                archived.keep(one, rows[one.source], container, self.shared)
                if one.record.kind == TEXTLESS:
                    self.report.textless.append(one.record)
                if self.wishes:
                    originals.forget(self.library, mentions.settle(container, rows[one.source]))

    def container(self, file: ReadFile) -> int | None:
        """The row of the zip or other container that a file lay in."""
        sha256 = self.zip_of(file.path)
        if sha256 and sha256 not in self.containers:
            row = models.Source.objects.filter(sha256=sha256).values_list("id", flat=True).first()
            if row is not None:
                self.containers[sha256] = row
        return self.containers.get(sha256)

    def _known(self, files: Sequence[ReadFile]) -> None:
        """Note where files lie that the library has."""
        self.report.known += len(files)
        if any(not file.is_placed for file in files):
            with self._transaction():
                ids = models.Source.objects.in_bulk([file.sha256 for file in files], field_name="sha256")
                self.place([(ids[file.sha256].id, file) for file in files])

    def _sources(
        self, members: Sequence[int], harvest: Harvest, outcome: str, loose: Mapping[int, leaving_out.Chrome]
    ) -> dict[int, int]:
        """The rows of those of the harvest's sources, made where there are none; `loose` is what is in none of their
        works, and why."""
        files = {one: harvest.files[harvest.sources[one].file] for one in members}
        there = {
            row.sha256: row for row in models.Source.objects.filter(sha256__in={file.sha256 for file in files.values()})
        }
        new: dict[str, models.Source] = {}
        for one, file in files.items():
            read_source = harvest.sources[one]
            row = there.get(file.sha256) or new.get(file.sha256)
            if row is None:
                row = new[file.sha256] = models.Source(sha256=file.sha256, size=file.size, kept=file.keep)
            row.reader, row.encoding = read_source.reader, read_source.encoding
            row.reader_version = VERSION
            row.text_length, row.text_sha256 = read_source.text_length, read_source.text_sha256
            row.chrome = (*read_source.chrome, *loose.get(one, ()))
            row.kept = file.keep
            row.outcome = "opened" if file.is_zip else outcome
            if row.pk:
                row.save()
        models.Source.objects.bulk_create(new.values())
        ids = {one: (there.get(file.sha256) or new[file.sha256]).id for one, file in files.items()}
        self.place([(ids[one], file) for one, file in files.items()], check=bool(there))
        people.forget([row.id for row in there.values()])
        return ids

    def place(self, found: Sequence[tuple[int, ReadFile]], check: bool = True) -> None:
        """Note where sources lie."""
        places_of = {(source, places.digest(file.path)): file for source, file in found}
        if check:
            for key in models.Place.objects.filter(source__in={source for source, _ in places_of}).values_list(
                "source_id", "path_sha256"
            ):
                places_of.pop(key, None)
        inside = {file.path: sha256 for file in places_of.values() if (sha256 := self.zip_of(file.path))}
        containers = models.Source.objects.in_bulk(set(inside.values()), field_name="sha256") if inside else {}
        models.Place.objects.bulk_create(
            [
                models.Place(
                    source_id=source,
                    path=places.text(file.path),
                    path_sha256=path_sha256,
                    stem_sha256=places.digest(stem) if (stem := decide.stem_key(file.path)) else "",
                    container=containers.get(inside.get(file.path, "")),
                )
                for (source, path_sha256), file in places_of.items()
            ]
        )

    def zip_of(self, path: str) -> str:
        """The digest of the innermost zip that a path leads into; "" for a file on disk."""
        while self.zips and (path := path.rpartition("/")[0]):
            if path in self.zips:
                return self.zips[path]
        return ""

    def _work(self, work: ReadWork, harvest: Harvest, rows: dict[int, int]) -> Saved:
        """Store one work as `decide` says."""
        files = [harvest.files[harvest.sources[one].file] for one in work.sources]
        ids = [rows[one] for one in work.sources]
        digests = tuple(file.sha256 for file in files)
        container = self.container(files[0]) if work.shelfmark else None
        new = lookup.known(work, digests, [places.text(file.path) for file in files], container)
        intent = decide.decide(new, lookup.held(work, new), twins.looking(work, new))
        if intent.kind in ("add", *decide.ASKED):
            row = shelving.add(work, ids, digests[0], self.shared)
            if asked := twins.ask(row, work, ids[0], intent):
                self.report.questions["same-work"] += asked
        else:
            row = models.Work.objects.get(id=intent.work)
            if intent.kind == "newer":
                read_again = None if intent.whole else self._at(row, new.places)
                shelving.replace(row, work, ids, intent.reason, self.shared, read_again)
            elif intent.kind == "next chapter":
                shelving.append(row, work, ids, self.shared)
            elif not shelving.read_again(row, work, ids, self.shared):
                shelving.gain(row, work, ids, self.shared)
        archived.attach(row, work, ids, container)
        people.note(work.facts, ids[0])
        if settled := self.replay.work(row, digests, self.shared):
            self.report.answered_before += settled
            row = models.Work.objects.filter(pk=row.pk).first() or row
        title = row.title or row.suggested_title
        return Saved(
            row.id,
            row.identity,
            title,
            intent.kind,
            len(work.chapters),
            sum(one.words for one in work.chapters),
            digests,
        )

    def _at(self, row: models.Work, at: frozenset[str]) -> set[int]:
        """Those of a work's sources that lie or lay at these places."""
        found = models.Place.objects.filter(source__works=row, path_sha256__in=[places.digest(path) for path in at])
        return set(found.values_list("source_id", flat=True))

    def _count(self, work: ReadWork, saved: Saved) -> None:
        self.to_index += 1
        self.report.works[saved.kind] += 1
        self.report.remarks.update(one.kind for one in work.remarks if one.kind != "not-a-story")
        self.report.not_stories.update(
            kind_of_not_a_story(one.text) for one in work.remarks if one.kind == "not-a-story"
        )
        self.report.questions.update(one.about for one in work.questions)
        if saved.kind in ("add", "variant", "ask", "next chapter"):
            self.report.chapters += saved.chapters
            self.report.words += saved.words

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self.is_writing = True
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self.shared.forget()
            raise
        else:
            self.shared.keep()
        finally:
            self.is_writing = False
