"""Each file is read by the reader of its format, whatever it is called: no reader takes another's."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ficshelf import readers

TESTS = Path(__file__).parent.parent
READER_OF = {".htm": "html", ".html": "html", ".txt": "text", ".fodt": "odt", ".md": "markdown", ".azw3": "mobi"}
FILES = sorted(
    path
    for folder in (TESTS / "stories", TESTS.parent / "samples")
    for path in folder.rglob("*")
    if path.is_file()
    and path.name != "why.md"
    and "harbour-archive" not in path.parts  # eFiction calls pages .txt
    and path.suffix in {*READER_OF, ".doc", ".docx", ".epub", ".fb2", ".mobi", ".odt", ".pdf", ".rtf"}
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_read_by_the_reader_of_its_format(path: Path) -> None:
    expected = READER_OF.get(path.suffix, path.suffix[1:])
    data = path.read_bytes()
    name = path.name if expected == "markdown" else "whatever"  # which may be no more than a text
    assert readers.choose(data, name) == expected
    sure = {one: reader.sure(data, name) for one, reader in readers.READERS.items()}
    assert [one for one, how_sure in sure.items() if how_sure >= sure[expected]] == [expected]


@pytest.mark.parametrize("path", [path for path in FILES if zipfile.is_zipfile(path)], ids=lambda path: path.name)
def test_books_that_are_zips_are_known_when_they_were_packed_again(path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            new.writestr(name, old.read(name))
    assert readers.choose(stream.getvalue(), "whatever") == path.suffix[1:]
