"""After a work of an archive was taken down, nothing in the library's folder names it: no row, no page, no file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tales import harbour, left

from ficshelf import sources
from ficshelf.library import balance, intake, models, takedown, unpacked, wishes
from ficshelf.library.check import check

TITLE, AUTHOR, SERIES, WITHIN = "Zyzzyva Light", "Marsh Wren", "Quagmire Nights", "All Quagmires"
PHRASE = "wrote it down in the harbourmaster ledger"
TEXT = "".join(f"<p>She {PHRASE} {number} times, and nobody came.</p>" for number in range(40))
WORDS = (TITLE, PHRASE, SERIES, WITHIN, "Zyzzyva one", "Of zyzzyvas", "More zyzzyvas", "How zyzzyva-like")


def archive(more: dict[str, list[tuple[Any, ...]]] | None = None) -> str:
    tables: dict[str, list[tuple[Any, ...]]] = {
        "authors": [
            (2, AUTHOR, "wren@example.org", "I live in a reed bed.", "0" * 32),
            (3, "Tern", "tern@example.org", "I read.", "0" * 32),
        ],
        "stories": [(77, TITLE, "Of zyzzyvas.", 2, "1", "1", 1, 1, 10**9, 10**9)],
        "chapters": [(771, "Zyzzyva one", 1, "A note.", TEXT, 77, 2, 1, "")],
        "reviews": [
            (991, 77, 771, "Ann", 0, "More zyzzyvas, please.", 10**9, 5, 0, "ST"),
            (992, 1, 2, AUTHOR, 2, "I liked the boats.", 10**9, 5, 0, "ST"),
        ],
        "series": [(7, SERIES, "Nights.", 2, 1), (8, WITHIN, "All of them.", 2, 1)],
        "inseries": [(7, 77, 0, 1, 1), (8, 0, 7, 1, 1), (1, 77, 0, 1, 3)],
        "favorites": [(1, 77, "ST", "How zyzzyva-like"), (3, 2, "AU", ""), (3, 7, "SE", ""), (3, 1, "ST", "boats")],
    }
    return harbour(3, {table: [*tables.get(table, []), *(more or {}).get(table, [])] for table in tables})


def filled(library: Path, folder: Path, name: str = "archive.sql", text: str = "") -> Any:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text or archive(), encoding="utf-8")
    with unpacked.scratch(library) as scratch:
        report = intake.add(library, list(sources.walk([folder], scratch=scratch)))
    assert [finding.text for finding in check(library)] == []
    assert [line for sheet in report.balances for line in sheet.lines if line.unaccounted] == []
    return report


def taken(library: Path, title: str = TITLE) -> takedown.Plan:
    planned = takedown.plan([models.Work.objects.get(title=title).pk])
    takedown.take_down(library, planned)
    assert [finding.text for finding in check(library)] == []
    return planned


def told(name: str) -> list[str]:
    (row,) = models.Record.objects.filter(kind="person", name=name)
    return [value for label, value, _ in row.told if label.startswith("favourite")]


def test_nothing_names_it_and_nothing_brings_it_back(library: Path, tmp_path: Path) -> None:
    filled(library, tmp_path / "old")
    assert {word for _, word in left(library, *WORDS)} == set(WORDS)
    assert told("Tern") == [AUTHOR, SERIES, "Harbour Tale 1 (boats)"]
    taken(library)
    assert left(library, *WORDS) == []
    filled(library, tmp_path / "old")
    assert left(library, *WORDS) == []
    filled(library, tmp_path / "later", "later.sql", archive({"stories": [(4, "Reeds", "", 1, "1", "1", 1, 1, 9, 9)]}))
    assert left(library, *WORDS) == []


def test_what_belongs_to_others_stays(library: Path, tmp_path: Path) -> None:
    filled(library, tmp_path / "old")
    taken(library)
    assert told("Quill") == []
    assert told("Tern") == [AUTHOR, "Harbour Tale 1 (boats)"]  # the author is still a member, with a page
    assert models.Record.objects.filter(kind="person", name=AUTHOR).exists()
    years = models.Series.objects.get()
    assert years.name == "Years"
    assert [one.work.title for one in years.parts.all()] == ["Harbour Tale 1", "Harbour Tale 2"]
    assert models.Review.objects.filter(reviewer=AUTHOR).count() == 1


def test_the_rows_are_still_counted(library: Path, tmp_path: Path) -> None:
    (sheet,) = filled(library, tmp_path / "old").balances
    before = {line.table: line.rows for line in sheet.lines}
    taken(library)
    (container,) = set(models.Record.objects.values_list("container", flat=True))
    after = balance.of(container)
    assert {line.table: line.rows for line in after.lines} == before
    assert after.unaccounted == 0
    out = {line.table: line.left_out for line in after.lines if line.left_out}
    assert out == {
        "fanfiction_stories": 1, "fanfiction_chapters": 1, "fanfiction_reviews": 1, "fanfiction_series": 2,
        "fanfiction_inseries": 2,
    }  # fmt: skip


def test_a_newer_ficshelf_reads_it_all_again_and_names_it_nowhere(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(library, tmp_path / "old")
    taken(library)
    models.Source.objects.exclude(reader_version="").update(reader_version="of another day")
    filled(library, tmp_path / "old")
    assert told("Tern") == [AUTHOR, "Harbour Tale 1 (boats)"]
    assert left(library, *WORDS) == []


def test_a_wish_leaves_no_trace_either(library: Path, tmp_path: Path) -> None:
    wishes.add(wishes.Entry("title", f"{TITLE} by {AUTHOR}"))
    models.Wish.objects.update(text="")  # what the owner wrote into the list stays there
    report = filled(library, tmp_path / "old")
    assert report.left_out == 1
    assert left(library, *WORDS) == []
    assert told("Tern") == [AUTHOR, "Harbour Tale 1 (boats)"]


def test_what_comes_off_the_list_comes_in_whole(library: Path, tmp_path: Path) -> None:
    wishes.add(wishes.Entry("title", f"{TITLE} by {AUTHOR}"))
    filled(library, tmp_path / "old")
    wishes.remove(next(number for number, _, _ in wishes.listed()))
    filled(library, tmp_path / "old")
    assert models.Work.objects.filter(title=TITLE).exists()
    assert told("Quill") == [f"{TITLE} (How zyzzyva-like)"]
    assert sorted(models.Series.objects.values_list("name", flat=True)) == [WITHIN, SERIES, "Years"]
