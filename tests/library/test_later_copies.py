"""An archive that comes twice: a later dump of it, and a dump whose folder of stories is found afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tales import harbour

from ficshelf import sources
from ficshelf.library import intake, models, unpacked
from ficshelf.library.check import check

TEXT = "".join(f"<p>The tide came in {number} times, and the lamp was lit.</p>" for number in range(30))


def add(library: Path, folder: Path) -> Any:
    with unpacked.scratch(library) as scratch:
        report = intake.add(library, list(sources.walk([folder], scratch=scratch)))
    assert [finding.text for finding in check(library)] == []
    assert [line for sheet in report.balances for line in sheet.lines if line.unaccounted] == []
    return report


def test_a_later_dump_is_whole_by_itself(library: Path, tmp_path: Path) -> None:
    """What both dumps have in the same words is in the library once, and counts for both."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "march.sql").write_text(harbour(3))
    add(library, tmp_path / "one")
    more = {
        "stories": [(9, "The Fourth", "They wait.", 1, "1", "1", 1, 1, 10**9, 10**9)],
        "chapters": [(99, "One", 1, "", TEXT, 9, 1, 1, "")],
        "inseries": [(1, 9, 0, 1, 3)],
    }
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "may.sql").write_text(harbour(3, more))
    report = add(library, tmp_path / "two")
    assert [line.rows for line in report.balances[0].lines if line.table.endswith("stories")] == [4]
    (series,) = models.Series.objects.all()
    assert [one.work.title for one in series.parts.all()] == ["Harbour Tale 1", "Harbour Tale 2", "The Fourth"]
    assert models.Work.objects.count() == 4
    containers = models.Shelfmark.objects.order_by("container").values_list("container", flat=True).distinct()
    assert [models.Shelfmark.objects.filter(container=one).count() for one in containers] == [3, 4]
    assert not add(library, tmp_path / "two").works


def test_the_texts_turn_up_later(library: Path, tmp_path: Path) -> None:
    """The dump alone knows a story whose chapters lay in files; with the folder beside it, the story is there."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "dump.sql").write_text(harbour(3, LOST))
    add(library, folder)
    assert not models.Work.objects.filter(title="The Lost Boat").exists()
    (folder / "stories" / "1").mkdir(parents=True)
    (folder / "stories" / "1" / "91.txt").write_text(TEXT)
    (folder / "stories" / "1" / "92.txt").write_text(TEXT.replace("lamp", "fire"))
    add(library, folder)
    work = models.Work.objects.get(title="The Lost Boat")
    assert (work.chapter_count, work.reviews.count()) == (2, 1)
    assert models.Record.objects.filter(key="stories/9").count() == 1


LOST = {
    "stories": [(9, "The Lost Boat", "Nobody saw it.", 1, "1", "1", 1, 1, 10**9, 10**9)],
    "chapters": [(91, "Out", 1, "", "", 9, 1, 1, ""), (92, "Home", 2, "", "", 9, 1, 1, "")],
    "reviews": [(991, 9, 91, "Ann", 0, "Lovely.", 10**9, 5, 0, "ST")],
}
