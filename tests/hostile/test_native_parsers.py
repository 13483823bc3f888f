"""What a parser in native code cannot survive ends alone: in `ficshelf read`, `explain` and `add` alike."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
import unsurvivable
from books import DOCX, book
from tests.readers.pdfs import lines, pdf

from ficshelf import apart, readers
from ficshelf.model import Reading

STORY = "The lamp went out, and the door stood open."
PAGE = f"<html><body><p>{STORY}</p></body></html>".encode()


def outcomes(reading: Reading) -> dict[str, str]:
    """What became of each file, by its name: its reader, or the reason why it was given up."""
    said = {source.path: source.reader for source in reading.sources}
    return said | {
        reading.sources[one.source].path: one.text for one in reading.remarks if one.kind in ("gave-up", "too-large")
    }


def test_what_ends_or_holds_up_a_parser_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "made", unsurvivable.made)
    monkeypatch.setattr(apart, "_seconds", lambda found: 5.0)
    names = ["a", "crash", "b", "hang", "c", "greedy", "d", "wrong", "e"]
    made = outcomes(apart.read([(PAGE, f"{name}.html") for name in names]))
    assert [made[f"{name}.html"] for name in "abcde"] == ["html"] * 5
    assert "SIGSEGV" in made["crash.html"]
    assert "longer than 5 seconds" in made["hang.html"]
    assert "MB of memory" in made["greedy.html"]
    assert "no such thing" in made["wrong.html"]


def test_explain_tells_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "made", unsurvivable.made)
    steps = list(apart.explain(PAGE, "crash.html"))
    assert steps[0][0] == "reader: none"
    assert [remark.kind for remark in steps[-1][1].remarks] == ["gave-up"]


def test_a_text_is_read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "made", unsurvivable.made)
    assert outcomes(apart.read([(STORY.encode(), "crash.txt")])) == {"crash.txt": "text"}


def swollen_docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in DOCX.items():
            more = "<w:r/>" * 1_900_000 if name == "word/document.xml" else ""
            archive.writestr(name, part.replace("<w:r>", f"{more}<w:r>", 1))
    return stream.getvalue()


GREEDY = {
    "html": lambda: b"<html><body>" + b"<p><b>x</b>" * 330_000,
    "docx": swollen_docx,
    "pdf": lambda: pdf([zlib.compress(b"BT /F0 9 Tf " + b"(x) Tj " * 4_000_000 + b"ET")]),
}
GOOD = {"html": PAGE, "docx": book("docx"), "pdf": pdf([lines([STORY])])}


@pytest.mark.parametrize("kind", GREEDY)
def test_a_parser_that_wants_more_memory_than_there_is_costs_one_file(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """lexbor, lxml and PDFium each do something else without memory: some end the process, some say so."""
    monkeypatch.setattr(apart, "MEMORY", 350 << 20)
    bad = GREEDY[kind]()
    assert readers.choose(bad, "") == kind
    made = outcomes(apart.read([(GOOD[kind], "a"), (bad, "bad"), (GOOD[kind], "b")]))
    assert (made["a"], made["b"]) == (kind, kind)
    assert made["bad"] not in readers.READERS


@pytest.mark.parametrize("kind", [name for name in readers.READERS if name not in readers.PURE])
def test_formats_that_native_code_parses_are_read_apart(kind: str) -> None:
    """Whoever adds a reader says whether Python alone reads it."""
    assert kind in {"odt", "epub", "docx", "fb2", "html", "markdown", "pdf", "mobi", "eml", "record"}
