"""`ficshelf check`: whatever does not agree is found, and what can be made anew is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tales import tale
from typer import Typer
from typer.testing import CliRunner

from ficshelf import conserve
from ficshelf.cli import check as command
from ficshelf.library import models, originals
from ficshelf.library.check import check
from ficshelf.model import Block, Chapter, Chrome, Fact, Run, Source, Span, Work

app = Typer()
command.register(app)


@pytest.fixture
def shelf(library: Path, add: Callable[..., Any], stories: Callable[..., Path]) -> Path:
    """A library with two works."""
    add(stories({"bells.txt": tale("The Bells"), "tide.txt": tale("Tide")}))
    return library


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def original(library: Path, title: str) -> Path:
    path = originals.path_of(library, models.Source.objects.get(works__title=title).sha256)
    path.chmod(0o644)
    return path


def test_a_library_that_agrees_passes(shelf: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert "All is well: 2 works and 2 files" in result.output


def test_a_missing_original_is_named(shelf: Path) -> None:
    original(shelf, "Tide").unlink()
    result = run()
    assert result.exit_code == 1
    assert "tide.txt" in result.output
    assert "it is missing" in result.output


def test_a_changed_original_is_named_and_makes_room_for_the_right_one(
    shelf: Path, add: Callable[..., Any], stories: Callable[..., Path]
) -> None:
    path = original(shelf, "Tide")
    right = path.read_bytes()
    path.write_bytes(right.replace(b"the", b"teh", 1))
    assert "its bytes have changed" in run().output
    assert run("--repair").exit_code == 0
    add(stories({}))
    assert path.read_bytes() == right


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DELETE FROM library_chapter WHERE work_id = (SELECT id FROM library_work WHERE title = 'Tide')", "“Tide”"),
        (
            "DELETE FROM library_chapter WHERE position = 1 AND work_id ="
            " (SELECT id FROM library_work WHERE title = 'Tide')",
            "lacks a chapter",
        ),
        (
            "DELETE FROM library_worksource WHERE work_id = (SELECT id FROM library_work WHERE title = 'Tide')",
            "has no source",
        ),
        ("UPDATE library_chapter SET blocks = '[[1' WHERE id = (SELECT min(id) FROM library_chapter)", "is damaged"),
        ("UPDATE library_source SET text_sha256 = 'x' WHERE id = 1", "reads otherwise"),
        ("UPDATE library_worksource SET source_id = 99 WHERE id = 1", "that is not there"),
    ],
)
def test_harm_to_the_database_is_found(shelf: Path, harm: str, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(harm)
    result = run()
    assert result.exit_code == 1
    assert said in result.output


def test_a_paragraph_that_went_missing_is_found_and_shown(shelf: Path) -> None:
    from ficshelf.library.blocks import pack, unpack

    chapter = models.Chapter.objects.filter(work__title="Tide", position=2).get()
    blocks = unpack(chapter.blocks)
    gone = blocks[3]
    chapter.blocks = pack(blocks[:3] + blocks[4:])
    chapter.save()
    findings = [finding.text for finding in check(shelf) if finding.part == "text"]
    assert len(findings) == 1
    assert "tide.txt" in findings[0]
    assert gone.text[:40] in findings[0]


def test_counts_that_are_wrong_are_repaired(shelf: Path) -> None:
    models.Work.objects.filter(title="Tide").update(words=3)
    models.Chapter.objects.filter(work__title="The Bells", position=1).update(words=5)
    assert run().exit_code == 1
    assert run("--repair").exit_code == 0
    run("--repair")  # the sums of what was put right
    assert run().exit_code == 0


def test_an_index_that_lags_or_lies_is_repaired(shelf: Path) -> None:
    from ficshelf.search import index

    models.Work.objects.filter(title="Tide").update(version=5)
    result = run()
    assert result.exit_code == 1
    assert "index" in result.output
    assert run("--repair").exit_code == 0
    index.discard(shelf)
    assert run().exit_code == 1
    assert run("--repair").exit_code == 0
    assert run().exit_code == 0


def test_what_a_stopped_add_left_behind_is_cleared_away(shelf: Path) -> None:
    left = original(shelf, "Tide").with_suffix(".123.new")
    left.write_bytes(b"half a fi")
    assert run().exit_code == 1
    assert run("--repair").exit_code == 0
    assert not left.exists()


def test_an_original_without_a_work_is_no_fault_and_stays(shelf: Path) -> None:
    originals.store(shelf, "ab" * 32, b"kept, but its add was stopped")
    result = run()
    assert result.exit_code == 0
    assert "1 originals belong to no story yet" in result.output
    assert originals.path_of(shelf, "ab" * 32).exists()


def test_the_proof_names_each_stretch_that_is_nowhere() -> None:
    text = "Menu\nA title\n\nOne two. \nThree.\n"
    source = Source("a.txt", "0", "text", "utf-8", text, (Chrome(Span(0, 4), "navigation"),))
    blocks = (Block("paragraph", (Run("One two."),), (Span(14, 22),)),)
    work = Work({"title": (Fact("A title", spans=(Span(5, 12),)),)}, (Chapter(None, None, blocks),))
    assert [text[start:end] for start, end in conserve.lost(source, [work])] == ["Three."]
    assert conserve.lost(source, [work], index=1) == [Span(5, 30)]


@given(st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_what_the_proof_leaves_uncovered_is_just_what_no_span_covers(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), min(max(pair), len(text))) for pair in pairs]
    bare = {at for at, sign in enumerate(text) if sign.strip() and not any(start <= at < end for start, end in spans)}
    gaps = conserve.uncovered(text, spans)
    named = {at for start, end in gaps for at in range(start, end) if text[at].strip()}
    assert named == bare
    assert all(text[start].strip() and text[end - 1].strip() for start, end in gaps)
