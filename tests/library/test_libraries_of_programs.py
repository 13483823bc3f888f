"""Libraries of other programs as they come: in a zip, with a database that is cut or is none, with planted rows."""

# ruff: noqa: E501 - markup as the programs write it
from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ficshelf.library import intake, models, works
from ficshelf.library.check import check
from ficshelf.sources import Scratch, walk

sys.path += [str(Path(__file__).parent.parent / one) for one in ("readers", "sources")]  # where the tests make them
from calibre_library import BOOK, STORY, make
from test_epub_makers import fanficfare

BOOKS = "Ann Quill/Nine Boats (7)"
FILES: dict[str, str | bytes] = {
    f"{BOOKS}/Nine Boats - Ann Quill.html": STORY,
    f"{BOOKS}/Nine Boats - Ann Quill.txt": "The lamp went out.\n\nIn the morning there were nine.\n",
    f"{BOOKS}/metadata.opf": "<package xmlns='http://www.idpf.org/2007/opf'><metadata/></package>",
}
Add = Callable[[Path], Any]


@pytest.fixture
def rescue(library: Path) -> Add:
    """`rescue(path)` adds what lies there as the command does, and returns the report."""

    def run(path: Path) -> Any:
        scratch = library / "scratch"
        scratch.mkdir(exist_ok=True)
        report = intake.add(library, list(walk([path], scratch=Scratch(scratch))))
        assert [one.text for one in check(library)] == []
        return report

    return run


def boxed(folder: Path, box: Path) -> Path:
    with zipfile.ZipFile(box, "w") as out:
        for path in sorted(folder.rglob("*")):
            out.write(path, path.relative_to(folder.parent))
    return box


@pytest.mark.parametrize("in_a_zip", [False, True])
def test_a_library_of_calibre_is_the_same_in_a_folder_and_in_a_zip(tmp_path: Path, rescue: Add, in_a_zip: bool) -> None:
    folder = make(tmp_path / "Calibre Library", BOOK, FILES)
    report = rescue(boxed(folder, tmp_path / "calibre.zip") if in_a_zip else folder)
    work = models.Work.objects.get()
    assert (work.title, work.chapter_count) == ("Nine Boats", 2)
    facts = {one.name: one.value for one in models.Fact.objects.filter(work=work)}
    assert facts["fandom"] in ("Due South", "Lost")
    assert {one.value for one in models.Fact.objects.filter(work=work, name="series")} == {"Tides #3", "Long Arc #2"}
    assert sum(sheet.unaccounted for sheet in report.balances) == 0
    assert [one.title for one in works.load(work).chapters] == ["Ebb", "Flood"]


def cut(folder: Path) -> None:
    data = (folder / "metadata.db").read_bytes()
    (folder / "metadata.db").write_bytes(data[: len(data) // 2])


def planted(folder: Path) -> None:
    (folder / "metadata.db").write_bytes(b"He said that it was no database at all.\n" * 100)


def emptied(folder: Path) -> None:
    (folder / "metadata.db").write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, planted, emptied])
@pytest.mark.parametrize("in_a_zip", [False, True])
def test_a_database_that_is_none_has_one_outcome_and_its_books_come_in(
    tmp_path: Path, rescue: Add, damage: Callable[[Path], None], in_a_zip: bool
) -> None:
    folder = make(tmp_path / "lib", BOOK, {path: said for path, said in FILES.items() if path.endswith("l")})
    damage(folder)
    report = rescue(boxed(folder, tmp_path / "calibre.zip") if in_a_zip else folder)
    assert models.Work.objects.get().chapter_count == 2
    (said,) = [reason for path, reason in report.kept if path.endswith("metadata.db")]
    assert said.startswith("No database of calibre can be read in it (")
    assert said.endswith("); the books beside it are read all the same.")


PLANTED = """
UPDATE books SET title = '<script>alert(1)</script>Nine Boats', path = '../../../etc';
UPDATE authors SET name = 'Ann <img src=x onerror=alert(1)>';
UPDATE custom_column_1 SET value = '"><svg onload=alert(1)>';
UPDATE comments SET text = '<p>They count.</p><script>alert(2)</script><a href="javascript:alert(3)">here</a>';
"""


def test_planted_columns_are_words_and_lead_nowhere(tmp_path: Path, rescue: Add) -> None:
    rescue(make(tmp_path / "lib", BOOK + PLANTED, FILES))
    values = [str(one.value) for one in models.Fact.objects.all()]
    assert not any("javascript:" in one or "alert(2)" in one for one in values)
    assert {one.outcome for one in models.Source.objects.filter(places__path__endswith=".html")} == {"stored"}


def test_the_address_that_fanficfare_updates_a_book_from_is_kept(rescue: Add, stories: Callable[..., Path]) -> None:
    head = '<h3><a href="http://a.example/s/1">The Lamp</a> by <a class="authorlink" href="http://a.example/u">Ann Ambler</a></h3>'
    line = '<b>Story URL:</b> <a href="http://a.example/s/1">http://a.example/s/1</a><br />'
    pages = {"told.epub": fanficfare(f"{head}<div>{line}</div>")}
    rescue(stories(pages))
    assert [one.value for one in models.Fact.objects.filter(name="url")] == ["http://a.example/s/1"]
