"""EPUB books: order, facts, chapters, what is furniture, and what hostile packages come to."""

from __future__ import annotations

import io
import zipfile

import pytest

from ficshelf import conserve, reading
from ficshelf.model import Draft
from ficshelf.readers import epub

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    "<dc:title>The Ford</dc:title><dc:creator opf:role='aut'>Ann Heron</dc:creator><dc:language>en</dc:language>"
    "<dc:description>&lt;p&gt;A ferryman &amp;amp; a fox.&lt;/p&gt;</dc:description><dc:subject>Fanworks</dc:subject>"
    "<dc:subject>Foxes</dc:subject><dc:source>https://example.org/works/7</dc:source>"
)


def page(body: str, head: str = "<title/>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
        '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body>{body}</body></html>'
    )


def package(
    names: list[str], metadata: str = METADATA, before: str = "", attributes: dict[str, str] | None = None
) -> str:
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml" {(attributes or {}).get(name, "")}/>'
        for number, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(names)))
    return (
        f'<?xml version="1.0"?>{before}<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:opf="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def book(pages: dict[str, str], opf: str | None = None, container: str = CONTAINER) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/book.opf", opf if opf is not None else package(list(pages)))
        for name, markup in pages.items():
            archive.writestr(f"OEBPS/{name}", markup)
    return made.getvalue()


def read(pages: dict[str, str], opf: str | None = None) -> Draft:
    return epub.read(book(pages, opf), "book.epub")


TWO = {
    "b.xhtml": page("<h2>Chapter 1: Up</h2><p>He had a <em>hook</em>.</p>"),
    "a.xhtml": page("<h2>Chapter 2: Down</h2><p>And no bait.</p>"),
}


def test_pages_come_in_the_order_of_the_spine_parted_by_a_blank_line() -> None:
    draft = read(TWO)
    assert draft.text == "Chapter 1: UpHe had a hook.\n\nChapter 2: DownAnd no bait.\n\n"
    assert [(node.text, node.kind, node.page) for node in draft.nodes] == [
        ("Chapter 1: Up", "heading", True),
        ("He had a hook.", "", False),
        ("Chapter 2: Down", "heading", True),
        ("And no bait.", "", False),
    ]
    assert [draft.text[slice(*node.spans[0])] for node in draft.nodes] == [node.text for node in draft.nodes]


def test_the_package_states_its_facts_without_spans() -> None:
    facts = read(TWO).facts
    assert {name: [fact.value for fact in found] for name, found in facts.items()} == {
        "title": ["The Ford"],
        "author": ["Ann Heron"],
        "language": ["en"],
        "summary": ["A ferryman & a fox."],
        "tag": ["Foxes"],
        "url": ["https://example.org/works/7"],
    }
    assert all(fact.how == "stated" and fact.spans == () for found in facts.values() for fact in found)


def test_typed_tags_of_an_ao3_book_win_over_the_untyped_ones_of_its_package() -> None:
    tags = (
        '<div id="preface"><dl class="tags"><dt>Fandom:</dt><dd><a href="x">Robin Hood</a></dd><dt>Character:</dt>'
        '<dd><a href="x">Much</a></dd></dl><h1>The Ford</h1><div class="byline">by <a rel="author">heron</a></div>'
        "</div>"
    )
    facts = read({"tags.xhtml": page(tags), **TWO}).facts
    assert [fact.value for fact in facts["fandom"]] == ["Robin Hood"]
    assert [fact.value for fact in facts["character"]] == ["Much"]
    assert [fact.value for fact in facts["author"]] == ["heron"]
    assert "tag" not in facts
    assert facts["title"][0].spans != ()


def test_cover_title_page_imprint_and_contents_are_kept_as_furniture() -> None:
    pages = {
        "cover.xhtml": page("<p>A cover</p>"),
        "title.xhtml": page('<section epub:type="titlepage"><h1>The Ford</h1><p>Ann Heron</p></section>'),
        "nav.xhtml": page('<nav epub:type="toc"><ol><li><a href="b.xhtml">Chapter 1: Up</a></li></ol></nav>'),
        **TWO,
        "end.xhtml": page('<section epub:type="colophon"><p>Set in type by hand.</p></section>'),
    }
    data = book(pages, package(list(pages), attributes={"nav.xhtml": 'properties="nav"'}))
    found = reading.read([(data, "book.epub")])
    (work,) = found.works
    assert [(chapter.number, chapter.title) for chapter in work.chapters] == [(1, "Up"), (2, "Down")]
    assert {one.reason for one in found.sources[0].chrome} >= {"cover", "title page", "contents", "colophon"}
    assert conserve.lost(found.sources[0], found.works, 0) == []


def test_a_book_without_a_title_asks_for_one() -> None:
    (work,) = (found := reading.read([(book(TWO, package(list(TWO), "")), "x.epub")])).works
    assert work.fact("title") is None
    assert [question.about for question in found.questions] == ["title"]


@pytest.mark.parametrize(
    "href",
    ["../../secret.xhtml", "%2e%2e/%2e%2e/secret.xhtml", "..\\..\\secret.xhtml", "/../secret.xhtml", "file:///etc/passwd",
     "http://127.0.0.1/x.xhtml", "//host/x.xhtml", "missing.xhtml", "a%00.xhtml", ""],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_remarked_and_the_rest_is_read(href: str) -> None:
    opf = package(["b.xhtml", href, "a.xhtml"])
    draft = read(TWO, opf)
    assert [remark.kind for remark in draft.remarks] == ["entry-skipped"]
    assert [node.text for node in draft.nodes if node.kind == "heading"] == ["Chapter 1: Up", "Chapter 2: Down"]


BILLION = "<!DOCTYPE x [<!ENTITY a 'lolololol'>" + "".join(
    f"<!ENTITY {name} '&{before};&{before};&{before};&{before};&{before};&{before};&{before};&{before};&{before};'>"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_entities_are_never_expanded_wherever_they_stand() -> None:
    bomb = BILLION + "]>"
    chapter = {"b.xhtml": bomb + "<html><body><p>One &i; two</p></body></html>"}
    assert len(read(chapter).text) < 100
    title = package(list(TWO), "<dc:title>&i;</dc:title>", bomb)
    assert len(str(read(TWO, title).facts)) < 2000
    quadratic = f"<!DOCTYPE x [<!ENTITY a '{'x' * 100_000}'>]><html><body><p>{'&a;' * 10_000}</p></body></html>"
    assert len(read({"b.xhtml": quadratic}).text) < 100_000


def test_external_entities_are_never_fetched(tmp_path) -> None:  # type: ignore[no-untyped-def]
    canary = tmp_path / "canary"
    canary.write_text("CANARY")
    external = f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{canary}'><!ENTITY % p SYSTEM 'file://{canary}'> %p;]>"
    draft = read(
        {"b.xhtml": external + "<html><body><p>One &a; two</p></body></html>"},
        package(["b.xhtml"], "<dc:title>The &a; Ford</dc:title>", external),
    )
    assert "CANARY" not in repr(draft)
    assert "One" in draft.text


def test_a_document_type_alone_is_no_reason_to_refuse() -> None:
    draft = read(TWO, package(list(TWO), METADATA, '<!DOCTYPE package SYSTEM "http://example.org/x.dtd">'))
    assert [fact.value for fact in draft.facts["title"]] == ["The Ford"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04mimetypeapplication/epub+zip",
        book(TWO)[:-40],
        book(TWO)[:200],
        book(TWO, ""),
        book(TWO, "<package>"),
        book({}),
        book(TWO, package([])),
    ],
)
def test_a_damaged_book_says_so(data: bytes) -> None:
    found = reading.read([(data, "book.epub")])
    assert found.remarks
    assert len(found.sources) == 1


def test_a_book_whose_container_is_damaged_is_read_by_its_package() -> None:
    assert epub.read(book(TWO, container="<no"), "book.epub").text.startswith("Chapter 1: Up")


def test_any_flipped_bit_still_gives_an_outcome() -> None:
    whole = book(TWO)
    for place in range(0, len(whole) * 8, 131):
        data = bytearray(whole)
        data[place // 8] ^= 1 << place % 8
        draft = epub.read(bytes(data), "book.epub")
        assert all(0 <= span.start <= span.end <= len(draft.text) for node in draft.nodes for span in node.spans)


def test_a_chapter_called_as_the_book_with_two_notes_is_no_title_page() -> None:
    told = "<p>(Author Note: This was written in a train.)</p>" + "<p>The ferry left without them.</p>" * 3
    pages = {
        "nav.xhtml": page('<nav epub:type="toc"><ol><li><a href="one.xhtml">The Ford</a></li></ol></nav>'),
        "one.xhtml": page(told + "<p>Author Note: It was a long train.</p>"),
    }
    opf = package(list(pages), attributes={"nav.xhtml": 'properties="nav"'})
    assert [node.text for node in read(pages, opf).nodes if not node.kind].count("The ferry left without them.") == 3


def test_dots_below_a_heading_are_said() -> None:
    pages = {
        "nav.xhtml": page('<nav epub:type="toc"><ol><li><a href="one.xhtml">Chapter 1</a></li></ol></nav>'),
        "one.xhtml": page('<h2>Chapter 1</h2><p>"..."</p><p>She had nothing to say to that.</p>'),
    }
    opf = package(list(pages), attributes={"nav.xhtml": 'properties="nav"'})
    assert {node.text: node.kind for node in read(pages, opf).nodes}['"..."'] == ""
