"""The index says what the database says, however often it was stopped on the way."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import tantivy
from small_library import rewrite, shelve

from ficshelf.errors import LibraryError
from ficshelf.library.models import Work
from ficshelf.search import index, reader, schema, stories
from ficshelf.search.find import find
from ficshelf.search.index import Counts, catch_up, counts, disagreements, rebuild


def titles(query: str) -> list[str]:
    return sorted(hit.work.title for hit in find(query).hits)


def settled(library: Path) -> None:
    """Nothing waits, nothing is held twice, nothing is missing."""
    assert counts(library).waiting == 0
    assert list(disagreements(library)) == []
    assert counts(library).works == Work.objects.count()


def test_what_is_new_is_indexed_and_counted(library):
    shelve("One", "A first bell.\n***\nA second.", "A third.")
    shelve("Two", "A fourth bell.")
    assert counts(library) == Counts(0, 0, 2)
    steps: list[tuple[int, int]] = []
    assert catch_up(library, lambda done, total: steps.append((done, total))) == 2
    assert steps == [(1, 2), (2, 2)]
    assert counts(library) == Counts(2, 4, 0)
    assert titles("bell") == ["One", "Two"]
    settled(library)


def test_nothing_new_is_nothing_done(library, monkeypatch):
    shelve("One", "A bell.")
    catch_up(library)
    monkeypatch.setattr(index, "documents", None)
    monkeypatch.setattr(index, "tick_off", None)
    assert catch_up(library) == 0


def test_a_changed_work_stands_in_the_index_once(library):
    work = shelve("One", "A bell.\n***\nA gong.")
    shelve("Two", "A bell.")
    catch_up(library)
    rewrite(work, "A drum.")
    assert counts(library).waiting == 1
    assert catch_up(library) == 1
    assert counts(library) == Counts(2, 2, 0)
    assert (titles("bell"), titles("gong"), titles("drum")) == (["Two"], [], ["One"])
    settled(library)


def test_a_deleted_work_leaves_the_index(library):
    work = shelve("One", "A bell.\n***\nA gong.")
    shelve("Two", "A bell.")
    catch_up(library)
    work.delete()
    assert any("not in the library" in told for told in disagreements(library))
    assert catch_up(library) == 1
    assert counts(library) == Counts(1, 1, 0)
    settled(library)


def test_rebuild_makes_it_anew(library):
    for number in range(5):
        shelve(f"Story {number}", "A bell.")
    catch_up(library)
    before = counts(library)
    assert rebuild(library) == 5
    assert counts(library) == before
    settled(library)


STEPS = [
    (tantivy, "Index"),
    (index, "documents"),
    (index, "tick_off"),
    (stories, "load"),
    (stories, "pending"),
]


@pytest.mark.parametrize(("module", "step"), STEPS, ids=lambda step: step if isinstance(step, str) else "")
@pytest.mark.parametrize("moment", [1, 2, 4])
def test_stopped_at_any_step_it_goes_on(library, monkeypatch, module, step, moment):
    """Each step fails at its n-th call, as if killed there: some batches are committed by then, some ticked off."""
    monkeypatch.setattr(index, "BATCH_WORKS", 2)
    first = [shelve(f"Story {number}", "A bell.\n***\nA gong.") for number in range(3)]
    catch_up(library)
    rewrite(first[0], "A drum.")
    first[1].delete()
    for number in range(5):
        shelve(f"Later {number}", "A bell.")
    if step == "Index":
        index.discard(library)

    class KilledError(BaseException):
        pass

    calls = 0
    real = getattr(module, step)

    class Dying:
        def __call__(self, *arguments, **named):
            nonlocal calls
            calls += 1
            if calls == moment:
                raise KilledError
            return real(*arguments, **named)

        def __getattr__(self, name):
            return getattr(real, name)

    monkeypatch.setattr(module, step, Dying())
    with contextlib.suppress(KilledError):
        catch_up(library)
    monkeypatch.setattr(module, step, real)
    assert find("bell").total <= 7
    catch_up(library)
    settled(library)
    assert counts(library) == Counts(7, 8, 0)
    assert titles("drum") == ["Story 0"]
    assert len(titles("bell")) == 6


def test_killed_between_the_two_commits_it_goes_on(library, monkeypatch):
    work = shelve("One", "A bell.\n***\nA gong.")
    catch_up(library)
    rewrite(work, "A drum.")
    # What a kill after the commit of the scenes leaves: the new scenes, the old work.
    (story,) = stories.load([work.pk])
    _, parts, _ = schema.documents(story)
    writer = index.open_index(library).scenes.writer(15_000_000, 1)
    writer.delete_documents_by_term("work", work.pk)
    for part in parts:
        writer.add_document(part)
    writer.commit()
    writer.wait_merging_threads()
    del writer
    assert counts(library) == Counts(1, 1, 1)
    assert [hit.scenes for hit in find("bell").hits] == [()]
    catch_up(library)
    settled(library)
    assert (titles("bell"), titles("drum")) == ([], ["One"])


def test_without_its_ticks_everything_is_indexed_again_and_held_once(library):
    shelve("One", "A bell.")
    shelve("Two", "A bell.")
    catch_up(library)
    Work.objects.update(indexed_version=0)
    catch_up(library)
    assert counts(library) == Counts(2, 2, 0)


def broken(library: Path) -> list[Path]:
    return [path for path in (library / "index").rglob("*") if path.suffix in (".idx", ".term", ".fast", ".store")]


def cut(library: Path) -> None:
    for path in broken(library):
        path.write_bytes(path.read_bytes()[:-20])


def scrambled(library: Path) -> None:
    for path in broken(library):
        path.write_bytes(b"\xff" * path.stat().st_size)


def emptied(library: Path) -> None:
    for path in broken(library):
        path.write_bytes(b"")


def removed(library: Path) -> None:
    for path in broken(library):
        path.unlink()


def without_meta(library: Path) -> None:
    (library / "index" / "works" / "meta.json").write_text("{")


def other_version(library: Path) -> None:
    (library / "index" / "stamp").write_text("0 tantivy 0.1")


def without_folder(library: Path) -> None:
    (library / "index" / "scenes").rename(library / "elsewhere")


DAMAGES = [cut, scrambled, emptied, removed, without_meta, other_version, without_folder]


@pytest.mark.parametrize("harm", DAMAGES)
@pytest.mark.parametrize("also_pending", [False, True])
def test_a_harmed_index_is_made_anew(library, harm, also_pending):
    work = shelve("One", "A bell.\n***\nA gong.")
    catch_up(library)
    reader.close(library)
    harm(library)
    if also_pending:
        rewrite(work, "A bell.\n***\nA drum.")
        catch_up(library)
    else:
        results = find("bell")  # mends it: in the pages, in the background
        assert results.total == 1 or results.incomplete
    assert titles("bell") == ["One"]
    settled(library)


def test_until_it_is_made_a_search_says_what_it_can_find(library, monkeypatch):
    shelve("One", "A bell.")
    started = []
    monkeypatch.setattr(index, "catch_up_in_background", started.append)
    results = find("bell")
    assert (results.hits, results.findable, results.works, results.incomplete) == ((), 0, 1, True)
    assert started == [library]
    catch_up(library)
    shelve("Two", "A bell.")
    results = find("bell")
    assert (results.total, results.findable, results.works, results.incomplete) == (1, 1, 2, True)
    assert started == [library, library]
    catch_up(library)
    assert not find("bell").incomplete


def test_in_an_empty_library_nothing_is_found_and_nothing_is_missing(library):
    results = find("bell")
    assert (results.total, results.hits, results.incomplete) == (0, (), False)
    catch_up(library)
    assert find("").total == 0


def test_a_second_writer_is_told_to_wait(library):
    shelve("One", "A bell.")
    with index._writing(library / "index", 0), pytest.raises(LibraryError, match="another ficshelf is writing"):
        catch_up(library, patience=0)
    assert catch_up(library, patience=0) == 1


def test_while_another_process_writes_to_the_library_the_database_is_left_alone(library):
    shelve("One", "A bell.")
    hold = (
        "import sys, pathlib\n"
        "from ficshelf.library.lock import writing\n"
        "with writing(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        for write in (catch_up, rebuild):
            with pytest.raises(index.IndexBusyError, match="another ficshelf is writing"):
                write(library)
        process.kill()
    assert counts(library).waiting == 1
    assert catch_up(library) == 1


def test_where_nobody_may_write_what_is_indexed_is_found(library, monkeypatch):
    shelve("One", "A bell.")
    catch_up(library)
    shelve("Two", "A bell.")

    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(index.lock.os, "open", forbidden)
    with pytest.raises(LibraryError, match="Permission denied"):
        catch_up(library)
    monkeypatch.setattr(index, "catch_up_in_background", lambda directory: None)
    assert titles("bell") == ["One"]


def test_the_lock_of_a_killed_writer_falls_with_it(library):
    shelve("One", "A bell.")
    catch_up(library)
    held = (
        "import sys, tantivy\n"
        "index = tantivy.Index.open(sys.argv[1])\n"
        "writer = index.writer(15_000_000, 1)\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held, str(library / "index" / "works")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        process.kill()
    shelve("Two", "A bell.")
    assert catch_up(library) == 1
    settled(library)


def test_in_the_background_it_runs_once_at_a_time_and_not_again_at_once(library, monkeypatch):
    monkeypatch.undo()
    went, go = [], threading.Event()

    def slow(directory, *, patience):
        went.append(directory)
        go.wait(5)
        raise LibraryError("the disk is full")  # goes to the log

    def wait():
        for thread in threading.enumerate():
            if thread.name == "ficshelf-index":
                thread.join(5)

    monkeypatch.setattr(index, "catch_up", slow)
    monkeypatch.setattr(index._background, "last", -1000.0)
    index.catch_up_in_background(library)
    index.catch_up_in_background(library)
    go.set()
    wait()
    index.catch_up_in_background(library)
    assert went == [library]
    monkeypatch.setattr(index._background, "last", -1000.0)
    index.catch_up_in_background(library)
    wait()
    assert went == [library, library]


def test_a_chapter_that_cannot_be_unpacked_costs_only_itself(library):
    work = shelve("One", "A bell.", "A gong.")
    work.chapters.filter(position=1).update(blocks=b"\xff not blocks")
    shelve("Two", "A bell.")
    catch_up(library)
    assert (titles("bell"), titles("gong")) == (["Two"], ["One"])
    assert find("").total == 2


def test_works_that_only_wait_are_no_disagreement(library):
    work = shelve("One", "A bell.")
    assert "missing" in next(disagreements(library))
    catch_up(library)
    rewrite(work, "A gong.")
    assert list(disagreements(library)) == []


def test_a_work_that_the_index_lost_is_a_disagreement(library):
    work = shelve("One", "A bell.")
    catch_up(library)
    writer = index.open_index(library).works.writer(15_000_000, 1)
    writer.delete_documents_by_term("work", work.pk)
    writer.commit()
    del writer
    assert list(disagreements(library)) == [
        f"The search index holds nothing of work {work.pk}, not version 1. Run `ficshelf reindex`."
    ]


def held_after_delete(add_field: str, add_value: str) -> int:
    """How many of two documents are left when one was deleted by its key."""
    builder = tantivy.SchemaBuilder()
    getattr(builder, add_field)("key", indexed=True)
    trial = tantivy.Index(builder.build())
    writer = trial.writer(15_000_000, 1)
    for key in (1, 2):
        document = tantivy.Document()
        getattr(document, add_value)("key", key)
        writer.add_document(document)
    writer.commit()
    writer.delete_documents_by_term("key", 1)
    writer.commit()
    trial.reload()
    return trial.searcher().num_docs


def test_tantivy_deletes_by_integers_and_not_by_unsigned_ones():
    """Why the key is an integer field. When the second line fails, tantivy has mended it."""
    assert held_after_delete("add_integer_field", "add_integer") == 1
    assert held_after_delete("add_unsigned_field", "add_unsigned") == 2


def test_tantivy_takes_an_apostrophe_for_a_quote():
    """Why queries are never given to its parser."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    with pytest.raises(ValueError, match=r"[Ss]yntax"):
        tantivy.Index(builder.build()).parse_query("couldn't", ["text"])
