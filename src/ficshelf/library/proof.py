"""What a process of `check` does with a source: it reads the original again and proves that nothing of it is lost."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from typing import Any

import msgspec

from ficshelf import model, prints
from ficshelf.assemble import assemble
from ficshelf.conserve import spans_of, uncovered
from ficshelf.library import DATABASE, originals
from ficshelf.library.blocks import unpack, unpack_work
from ficshelf.library.harvest import VERSION
from ficshelf.library.proofs import Proof, Task
from ficshelf.reading import read_source


def prove(task: Task) -> bytes:
    """The pickled Proof of a source."""
    return pickle.dumps(_prove(task), pickle.HIGHEST_PROTOCOL)


def _prove(task: Task) -> Proof:
    try:
        with open(originals.path_of(task.library, task.sha256), "rb") as file:
            if not task.is_read or task.version != VERSION:
                return Proof("" if originals.sha256_of(file) == task.sha256 else "its bytes have changed")
            data = file.read()
    except FileNotFoundError:
        return Proof("it is missing", is_missing=True)
    except OSError as error:
        return Proof(f"it cannot be read ({error.strerror})")
    if hashlib.sha256(data).hexdigest() != task.sha256:
        return Proof("its bytes have changed")
    source, draft = read_source(data, task.path)
    if hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest() != task.text_sha256:
        return Proof(text="its text reads otherwise than when it was added")
    return Proof(lost=_lost(task, source, draft))


def _lost(task: Task, source: model.Source, draft: model.Draft) -> tuple[tuple[int, int, str], ...]:
    """The stretches of the text that no work has. What a source says that its work has from elsewhere already (a
    further copy of the story, a header that each chapter repeats) is not lost."""
    with _Held(task) as held:
        if not held.works:
            return ()
        spans = held.chrome + held.spans()
        if uncovered(source.text, spans):
            said = [fact for name, found in draft.facts.items() if name in held.facts for fact in found]
            spans += [span for fact in said for span in fact.spans]
        if uncovered(source.text, spans):
            spans += held.spans_of_versions()
        if uncovered(source.text, spans):
            there = held.texts()
            for review in draft.record.reviews if draft.record else ():  # another record may have told it, too
                for block in (*review.blocks, *review.reply):
                    spans += block.spans if prints.letters(block.text) in there else ()
            for part in draft.record.parts if draft.record else ():  # a later copy of the archive tells it again
                spans += part.heading.spans if part.heading else ()
                for block in (*part.before, *part.after):
                    spans += block.spans if prints.letters(block.text) in there else ()
            for work in assemble([(source, draft)]).works:
                for chapter in work.chapters:
                    for block in chapter.blocks:
                        if block.kind in ("heading", "break", "end") or prints.letters(block.text) in there:
                            spans += block.spans
        return tuple((start, end, source.text[start : start + 60]) for start, end in uncovered(source.text, spans))


class _Held:
    """What the database holds of a source's works. Read only, and without Django."""

    def __init__(self, task: Task) -> None:
        self._connection = sqlite3.connect(f"{(task.library / DATABASE).as_uri()}?mode=ro", uri=True, timeout=30)
        self._source = task.id
        self.works: dict[int, int] = dict(
            self._all("SELECT work_id, position FROM library_worksource WHERE source_id = ?", task.id)
        )
        ((chrome,),) = self._all("SELECT chrome FROM library_source WHERE id = ?", task.id)
        self.chrome = [model.Span(start, end) for start, end, _ in msgspec.json.decode(chrome)]
        self.facts = {
            name
            for work in self.works
            for (name,) in self._all("SELECT DISTINCT name FROM library_fact WHERE work_id = ?", work)
        }

    def __enter__(self) -> _Held:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _all(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _blocks(self) -> list[tuple[int, model.Block]]:
        return [
            (work, block)
            for work in self.works
            for (packed,) in self._all("SELECT blocks FROM library_chapter WHERE work_id = ?", work)
            for block in unpack(packed)
        ]

    def spans(self) -> list[model.Span]:
        """What blocks and facts take from the source."""
        found = [span for work, block in self._blocks() if block.source == self.works[work] for span in block.spans]
        for work, position in self.works.items():
            for (spans,) in self._all(
                "SELECT spans FROM library_fact WHERE work_id = ? AND source = ?", work, position
            ):
                found += [model.Span(start, end) for start, end in msgspec.json.decode(spans)]
        for packed in self._all("SELECT blocks, reply FROM library_review WHERE source_id = ?", self._source):
            found += [span for part in packed if part for block in unpack(part) for span in block.spans]
        return found

    def _versions(self) -> list[tuple[int, model.Work]]:
        return [
            (work, unpack_work(packed))
            for work in self.works
            for (packed,) in self._all("SELECT reading FROM library_version WHERE work_id = ?", work)
        ]

    def spans_of_versions(self) -> list[model.Span]:
        """What earlier versions of the works take from the source."""
        return [span for work, version in self._versions() for span in spans_of(version, self.works[work])]

    def texts(self) -> set[bytes]:
        """The words of every block of the works and of what was said about them, earlier versions too."""
        said = [
            packed
            for work in self.works
            for row in self._all("SELECT blocks, reply FROM library_review WHERE work_id = ?", work)
            for packed in row
            if packed
        ]
        return (
            {prints.letters(block.text) for packed in said for block in unpack(packed)}
            | {prints.letters(block.text) for _, block in self._blocks()}
            | {
                prints.letters(block.text)
                for _, version in self._versions()
                for chapter in version.chapters
                for block in chapter.blocks
            }
        )
