"""Books (EPUB, docx) that swell, nest, lie or point outside: one named outcome each, and nothing outside is touched."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from books import DOCX, EPUB, PARTS, STORY, book, packed, with_document_type
from conftest import Bounded

from ficshelf.sources import limits

CANARY = "The canary sings at midnight."
LAUGHS = "[<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]"
SWELLING = f"[<!ENTITY a '{'x' * 100_000}'>]"


def read(kind: str, more: dict[str, str | bytes], bounded: Bounded) -> tuple[set[str], str]:
    """The kinds of remark and the text that come of a book with some parts replaced."""
    found = bounded(book(kind, more), f"book.{kind}", megabytes=300, seconds=10)
    assert found.readers == [kind]
    return found.kinds, found.texts[0]


@pytest.mark.parametrize(("kind", "name"), PARTS)
@pytest.mark.parametrize(
    ("declarations", "reference"),
    [(LAUGHS, "&a11;"), (SWELLING, "&a;" * 20_000), (LAUGHS, "&#x26;a11;"), ("[<!ENTITY a '&a;'>]", "&a;"),
     ("[<!ENTITY % p '<!ENTITY a \"ha\">'> %p;]", "&a;")],
    ids=["billion laughs", "quadratic", "escaped", "of itself", "parameter"],
)  # fmt: skip
def test_entities_are_never_expanded(kind: str, name: str, declarations: str, reference: str, bounded: Bounded) -> None:
    part = (EPUB if kind == "epub" else DOCX)[name]
    _, text = read(kind, {name: with_document_type(part, declarations, reference)}, bounded)
    assert "haha" not in text
    assert "xxxxxx" not in text


@pytest.mark.parametrize(("kind", "name"), PARTS)
def test_a_document_type_alone_is_no_harm(kind: str, name: str, bounded: Bounded) -> None:
    part = (EPUB if kind == "epub" else DOCX)[name]
    declared = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    _, text = read(kind, {name: declared + part}, bounded)
    assert STORY in text


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


@pytest.fixture
def is_opened(canary: Path) -> Callable[[], bool]:
    """Whether anybody, also a library in C, has opened the canary since: the kernel says so (inotify)."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells who opens a file")
    library = ctypes.CDLL(None)
    watch = library.inotify_init1(os.O_NONBLOCK)
    library.inotify_add_watch(watch, os.fsencode(canary), 0x20)  # IN_OPEN

    def look() -> bool:
        try:
            return struct.unpack_from("iIII", os.read(watch, 4096))[1] == 0x20
        except BlockingIOError:
            return False

    return look


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on this machine that nobody must call."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        yield server


def test_the_watch_sees_an_open(canary: Path, is_opened: Callable[[], bool]) -> None:
    assert not is_opened()
    canary.read_bytes()
    assert is_opened()


@pytest.mark.parametrize(("kind", "name"), PARTS)
def test_nothing_outside_is_read_and_nobody_is_called(
    kind: str, name: str, canary: Path, is_opened: Callable[[], bool], listener: socket.socket, bounded: Bounded
) -> None:
    part = (EPUB if kind == "epub" else DOCX)[name]
    port = listener.getsockname()[1]
    for target in (canary.as_uri(), str(canary), f"http://127.0.0.1:{port}/x", f"//127.0.0.1:{port}/x"):
        for declarations in (
            f'[<!ENTITY a SYSTEM "{target}">]',
            f'[<!ENTITY % p SYSTEM "{target}"> %p;]',
            f'SYSTEM "{target}" [<!ENTITY a SYSTEM "{target}">]',
            f'PUBLIC "-//x" "{target}"',
        ):
            include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{target}" parse="text"/>'
            altered = with_document_type(part, declarations, f"&a;{include}")
            _, text = read(kind, {name: f'<?xml-stylesheet href="{target}"?>{altered}'}, bounded)
            assert CANARY not in text
    assert not is_opened()
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_document_that_links_outside_is_read_without_it(
    canary: Path, is_opened: Callable[[], bool], listener: socket.socket, bounded: Bounded
) -> None:
    port = listener.getsockname()[1]
    kinds = ("image", "attachedTemplate", "oleObject", "hyperlink", "aFChunk", "subDocument", "footnotes", "styles")
    relations = "".join(
        f'<Relationship Id="{kind}{number}" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
        for kind in kinds
        for number, target in enumerate((canary.as_uri(), str(canary), f"http://127.0.0.1:{port}/{kind}"))
    )
    body = DOCX["word/document.xml"].replace(
        "</w:p>",
        '<w:r><w:drawing><a:blip xmlns:a="http://x/a" xmlns:r="http://x/r" r:link="image0" r:embed="image2"/>'
        '</w:drawing></w:r></w:p><w:altChunk xmlns:r="http://x/r" r:id="aFChunk0"/>'
        '<w:subDoc r:id="subDocument0" xmlns:r="http://x/r"/>',
    )
    for name in ("word/_rels/document.xml.rels", "word/_rels/settings.xml.rels", "_rels/.rels"):
        _, text = read(
            "docx", {"word/document.xml": body, name: f"<Relationships>{relations}</Relationships>"}, bounded
        )
        assert STORY in text
        assert CANARY not in text
    assert not is_opened()
    with pytest.raises(BlockingIOError):
        listener.accept()


def opf(items: str, spine: str) -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Night</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def test_a_book_whose_pages_lie_outside_is_read_without_them(
    canary: Path, is_opened: Callable[[], bool], listener: socket.socket, bounded: Bounded
) -> None:
    up = "../" * 20 + str(canary)[1:]
    hrefs = [up, up.replace("../", "%2e%2e%2f"), up.replace("../", "%2E%2E/"), up.replace("../", "..%5c"),
             str(canary), canary.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/a.xhtml", "//127.0.0.1/a",
             "\\\\host\\a", "C:\\canary.txt", "a.xhtml%00.txt", "data:text/html,<p>x", "javascript:alert(1)", "..", "",
             "#x"]  # fmt: skip
    items = "".join(
        f'<item id="i{number}" href="{href.replace("<", "&lt;")}" media-type="application/xhtml+xml"/>'
        for number, href in enumerate(hrefs)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(hrefs)))
    items += '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    kinds, text = read("epub", {"OPS/book.opf": opf(items, spine + '<itemref idref="a"/>')}, bounded)
    assert "entry-skipped" in kinds
    assert STORY in text
    assert CANARY not in text
    assert not is_opened()
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_names_in_a_book_that_lead_outside_are_only_names(canary: Path, bounded: Bounded) -> None:
    for name in (f"../../../../../..{canary}", str(canary), f"OPS/../../../..{canary}", "OPS/..\\..\\canary.txt"):
        _, text = read("epub", {name: "<p>Not the canary.</p>"}, bounded)
        assert STORY in text
    assert canary.read_text(encoding="utf-8") == CANARY


def test_scripts_and_remote_things_in_a_book_are_no_text(bounded: Bounded) -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><script>evil()</script><style>p{}</style></head><body>'
        f'<p onclick="evil()">{STORY}</p><iframe src="http://x.example/">evil</iframe><script src="http://x.example/"/>'
        '<img src="http://x.example/a.png"/><object data="x">seen</object></body></html>'
    )
    _, text = read("epub", {"OPS/a.xhtml": page}, bounded)
    assert STORY in text
    assert "evil" not in text


@pytest.mark.parametrize("tag", ["w:sdt", "w:ins", "w:p", "w:r", "x"])
def test_a_document_nested_a_hundred_thousand_deep_is_flattened(tag: str, bounded: Bounded) -> None:
    opened = "".join(f"<{one}>" for one in tag.split("><"))
    closed = "".join(f"</{one}>" for one in reversed(tag.split("><")))
    start, end = DOCX["word/document.xml"].split(STORY)
    within = "<w:p><w:r><w:t>" if tag == "w:sdt" else "<w:r><w:t>" if tag in ("w:ins", "w:p") else "<w:t>"
    ended = "".join(f"</{one}>" for one in reversed(within.strip("<>").split("><")))
    if tag == "w:sdt":
        start, end = start.removesuffix("<w:p><w:r><w:t>"), end.removeprefix("</w:t></w:r></w:p>")
    elif tag in ("w:ins", "w:p"):
        start, end = start.removesuffix("<w:r><w:t>"), end.removeprefix("</w:t></w:r>")
    else:
        start, end = start.removesuffix("<w:t>"), end.removeprefix("</w:t>")
    body = start + opened * 100_000 + within + STORY + ended + closed * 100_000 + end
    kinds, text = read("docx", {"word/document.xml": body}, bounded)
    assert kinds == {"too-deep"}
    assert STORY in text


@pytest.mark.parametrize("name", ["META-INF/container.xml", "OPS/book.opf", "OPS/toc.ncx", "OPS/a.xhtml"])
def test_a_book_with_a_part_nested_a_hundred_thousand_deep_is_read_or_damaged(name: str, bounded: Bounded) -> None:
    part = EPUB[name]
    end = part.index(">") + 1
    kinds, text = read("epub", {name: part[:end] + "<div>" * 100_000 + part[end:]}, bounded)
    assert STORY in text or "damaged" in kinds


def test_a_million_runs_are_too_large(bounded: Bounded) -> None:
    body = DOCX["word/document.xml"].replace("<w:r>", "<w:r><w:t>x</w:t></w:r>" * 1_000_000 + "<w:r>", 1)
    found = bounded(book("docx", {"word/document.xml": body}, 0), "book.docx", megabytes=300)
    assert (found.kinds, found.works) == ({"too-large"}, 0)


def test_nearly_two_million_empty_elements_are_read(bounded: Bounded) -> None:
    body = DOCX["word/document.xml"].replace("<w:r>", "<w:r/>" * 1_900_000 + "<w:r>", 1)
    found = bounded(book("docx", {"word/document.xml": body}, 0), "book.docx", megabytes=600)
    assert found.lengths == [len(STORY) + 1]


def test_three_hundred_thousand_runs_are_read(bounded: Bounded) -> None:
    body = DOCX["word/document.xml"].replace("<w:r>", "<w:r><w:t>x</w:t></w:r>" * 300_000 + "<w:r>", 1)
    found = bounded(book("docx", {"word/document.xml": body}), "book.docx", megabytes=400)
    assert found.lengths == [300_000 + len(STORY) + 1]


def test_a_hundred_thousand_text_boxes_are_read_once(bounded: Bounded) -> None:
    box = "<w:r><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:r>"
    body = DOCX["word/document.xml"].replace("<w:r>", box * 100_000 + "<w:r>", 1)
    found = bounded(book("docx", {"word/document.xml": body}), "book.docx")
    assert found.lengths == [200_000 + len(STORY) + 1]


@pytest.mark.parametrize("size", [limits.PART + 1, 3 * limits.PART])
@pytest.mark.parametrize(("kind", "name"), [("epub", "OPS/a.xhtml"), ("docx", "word/document.xml")])
def test_a_part_beyond_the_limit_is_not_read(kind: str, name: str, size: int, bounded: Bounded) -> None:
    kinds, text = read(kind, {name: b"<p>" + os.urandom(1 << 20) * (size >> 20) + b"x" * (1 << 20)}, bounded)
    assert kinds & {"damaged", "entry-skipped", "too-large"}
    assert len(text) < 100


def test_a_book_that_unpacks_two_hundredfold_is_not_read(bounded: Bounded) -> None:
    kinds, _ = read("docx", {"word/document.xml": bytes(30_000_000)}, bounded)
    assert kinds == {"damaged"}


def test_all_pages_together_have_one_limit(bounded: Bounded) -> None:
    names = [f"p{number}.xhtml" for number in range(40)]
    page = ("<html><body><p>" + "The rain went on. " * 60_000 + "</p></body></html>").encode()
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    more: dict[str, str | bytes] = {f"OPS/{name}": page for name in names}
    found = bounded(book("epub", {"OPS/book.opf": opf(items, spine), **more}), "book.epub")
    assert found.kinds == {"entry-skipped"}
    assert found.lengths[0] <= limits.PART


def test_all_lines_together_have_one_limit(bounded: Bounded) -> None:
    names = [f"p{number}.xhtml" for number in range(12)]
    page = "<html><body>" + "<p>x</p>" * 60_000 + "</body></html>"
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    more: dict[str, str | bytes] = {f"OPS/{name}": page for name in names}
    found = bounded(book("epub", {"OPS/book.opf": opf(items, spine), **more}), "book.epub", seconds=60)
    assert found.kinds == {"too-large"}


def test_one_page_named_a_hundred_thousand_times_is_read_once(bounded: Bounded) -> None:
    items = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    _, text = read("epub", {"OPS/book.opf": opf(items, '<itemref idref="a"/>' * 100_000)}, bounded)
    assert text.count(STORY) == 1


@pytest.mark.parametrize(
    "item", ['media-type="application/x-dtbncx+xml"', 'media-type="application/xhtml+xml" properties="nav"']
)
def test_contents_named_a_hundred_thousand_times_are_read_once(item: str, bounded: Bounded) -> None:
    items = "".join(f'<item id="n{number}" href="toc.ncx" {item}/>' for number in range(100_000))
    items += '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    _, text = read(
        "epub", {"OPS/book.opf": opf(items, '<itemref idref="a"/>'), "OPS/toc.ncx": "<x>" + "y" * 9_000_000}, bounded
    )
    assert STORY in text


def test_a_hundred_thousand_facts_of_a_package_are_bounded(bounded: Bounded) -> None:
    facts = "".join(f"<dc:subject>Tag {number}</dc:subject>" for number in range(100_000))
    _, text = read("epub", {"OPS/book.opf": EPUB["OPS/book.opf"].replace("<dc:title>", facts + "<dc:title>")}, bounded)
    assert STORY in text


@pytest.mark.parametrize("kind", ["epub", "docx"])
def test_parts_that_share_bytes_are_damaged(kind: str, bounded: Bounded) -> None:
    data = bytearray(book(kind))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    found = bounded(bytes(data), f"book.{kind}")
    assert (found.kinds, found.works) == ({"damaged"}, 0)


@pytest.mark.parametrize("kind", ["epub", "docx"])
def test_encrypted_parts_are_damaged(kind: str, bounded: Bounded) -> None:
    data = bytearray(book(kind))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    found = bounded(bytes(data), f"book.{kind}")
    assert (found.kinds, found.works) == ({"damaged"}, 0)


@pytest.mark.parametrize(("kind", "name"), [("epub", "OPS/a.xhtml"), ("docx", "word/document.xml")])
def test_a_name_that_comes_in_other_case_too_has_one_reading(kind: str, name: str, bounded: Bounded) -> None:
    parts = EPUB if kind == "epub" else DOCX
    other = parts[name].replace("lamp", "lamb")
    assert STORY in bounded(book(kind, {name.upper(): other}), f"book.{kind}").texts[0]


def test_a_name_in_another_case_than_the_package_says_is_found(bounded: Bounded) -> None:
    parts: dict[str, str | bytes] = {name.replace("a.x", "A.X"): part for name, part in EPUB.items()}
    assert STORY in bounded(packed(parts), "book.epub").texts[0]
