"""Kindle books and PalmDOC texts: unpacked, put together, and what is said of those that cannot be."""

from __future__ import annotations

import struct

import kindles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficshelf import conserve, readers
from ficshelf.model import Draft
from ficshelf.readers import mobi, palm
from ficshelf.reading import read

PROSE = "The rain went on and nobody came, and “nobody” was what he had been waiting for. " * 80
PAGES = (
    "<html><head></head><body><p>By the water.</p><mbp:pagebreak/><h2>One</h2><p>It rained, and <i>how</i>.</p>"
    '<mbp:pagebreak/><p align="center"><b>Two</b></p><p>It did <a filepos=0000000012>not</a>.<br></br>Not then.</p>'
    "</body></html>"
)


def drafted(data: bytes) -> Draft:
    assert readers.choose(data, "whatever") == "mobi"
    return mobi.read(data, "whatever")


def lines(data: bytes) -> list[tuple[str, str]]:
    return [(node.kind, node.text) for node in drafted(data).nodes]


@pytest.mark.parametrize("packed", [1, 2])
@pytest.mark.parametrize("trailing", [0, 1, 5])
def test_text_is_unpacked(packed: int, trailing: int) -> None:
    draft = drafted(kindles.book(f"<html><body><p>{PROSE}</p></body></html>", packed, trailing))
    assert [node.text for node in draft.nodes] == [PROSE.strip()]
    assert draft.remarks == ()


@given(st.binary(max_size=3000))
def test_whatever_is_packed_is_unpacked(data: bytes) -> None:
    assert palm.unpacked(memoryview(kindles.palmdoc(data))) == data


def test_a_letter_that_goes_on_in_the_next_record_is_whole() -> None:
    text = ("é" * 4100).encode()
    first, rest = text[:4095], text[4095:]
    overlap = rest[:1]
    records = [first + overlap + b"\0", rest + b"\0"]  # the overlap's size stands behind it, less one
    head = kindles.header(text, 2, places={0xF0: 1})
    data = kindles.database([head, first + b"\0", records[1]])
    assert "�" not in drafted(data).text
    assert drafted(data).text.count("é") >= 4098


def test_phrases_stand_for_codes_and_for_phrases() -> None:
    words = [(b"<p>The rain ", True), (b"went on ", True), (kindles.coded([0, 1, 1]), False), (b"and on.</p>", True)]
    words += [(b"", True)] * 252
    codes = kindles.coded([2, 3, 2, 3])
    head = kindles.header(b"", 1, packed=0x4448, places={0x70: 2, 0x74: 2})
    data = kindles.database([head, codes, *kindles.phrases(words)])
    assert lines(data) == [("", "The rain went on went on and on.")] * 2


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([(kindles.coded([1, 1]), False), (kindles.coded([0, 0]), False)], id="phrases of each other"),
        pytest.param([(kindles.coded([n + 1] * 9), False) for n in range(200)] + [(b"x" * 99, True)], id="swelling"),
    ],
)
def test_phrases_that_never_end_are_damage(words: list[tuple[bytes, bool]]) -> None:
    words = words + [(b"", True)] * (256 - len(words))
    head = kindles.header(b"", 1, packed=0x4448, places={0x70: 2, 0x74: 2})
    draft = drafted(kindles.database([head, kindles.coded([0] * 10), *kindles.phrases(words)]))
    assert len(draft.text) < 2_000_000
    assert draft.remarks


def test_page_breaks_part_pages_and_contents_name_them() -> None:
    data = PAGES.encode()
    places = [data.index(b"<h2>"), data.index(b'<p align="center"')]
    strings = b"".join(kindles.number(3) + one for one in (b"One", b"Two"))
    entries = [(f"0{n}", [place, 9, 4 * n, 0]) for n, place in enumerate(places)]
    listed = kindles.index([(1, 1), (2, 1), (3, 1), (4, 1)], entries, strings)
    head = kindles.header(data, 1, places={0xF4: 2})
    draft = drafted(kindles.database([head, data, *listed]))
    assert [(node.kind, node.page, node.text) for node in draft.nodes] == [
        ("", True, "By the water."),
        ("heading", True, "One"),
        ("", False, "It rained, and how."),
        ("heading", True, "Two"),
        ("", False, "It did not."),
        ("", False, "Not then."),
    ]
    assert draft.nodes[2].runs[1].marks == ("em",)


def test_a_page_of_contents_is_set_apart() -> None:
    draft = drafted(kindles.book(PAGES + "<mbp:pagebreak/><h2>Table of Contents</h2><p><a filepos=9>One</a></p>"))
    assert ("chrome", "Table of Contents") in [(node.kind, node.text) for node in draft.nodes]


def kf8(pieces: list[bytes], inserted: list[int], frame: bytes = b"<html><body></body></html>") -> list[bytes]:
    """The records of a newer book of one page."""
    data = frame + b"".join(pieces)
    frames = kindles.index([(1, 1), (6, 2)], [("SKEL0000000000", [len(pieces), 0, len(frame)])])
    entries = [
        (f"{at:010}", [0, 0, n, at, len(piece)]) for n, (at, piece) in enumerate(zip(inserted, pieces, strict=True))
    ]
    put = kindles.index([(2, 1), (3, 1), (4, 1), (6, 2)], entries)
    flows = b"FDST" + struct.pack(">IIII", 12, 1, 0, len(data))
    told = [(503, b"Night"), (100, b"Ann"), (100, b"Bea"), (105, b"Fluff"), (103, b"<p>A &amp; B</p>")]
    head = kindles.header(data, 1, version=8, told=told, places={0xC0: 2, 0xFC: 3, 0xF8: 5, 0xF4: 0xFFFFFFFF})
    return [head, data, flows, *frames, *put]


def test_pieces_are_put_where_they_belong() -> None:
    at = len(b"<html><body>")
    pieces = [b"<p>First ", b"and then</p>", b"<p>last.</p>"]
    data = kindles.database(kf8(pieces, [at, at + len(pieces[0]), at + len(pieces[0]) + len(pieces[1])]))
    assert lines(data) == [("", "First and then"), ("", "last.")]


def test_what_the_book_states() -> None:
    facts = drafted(kindles.database(kf8([b"<p>It rained.</p>"], [12]))).facts
    assert {name: [fact.value for fact in several] for name, several in facts.items()} == {
        "title": ["Night"], "author": ["Ann", "Bea"], "tag": ["Fluff"], "summary": ["A & B"]
    }  # fmt: skip


def test_of_two_kinds_in_one_file_the_newer_is_read() -> None:
    old = b"<p>It rained</p>"
    inner = kf8([b"<p>It <i>rained</i></p>"], [12])
    head = kindles.header(old, 1, told=[(121, struct.pack(">I", 3))])
    draft = drafted(kindles.database([head, old, b"BOUNDARY", *inner]))
    assert [run.marks for node in draft.nodes for run in node.runs] == [(), ("em",)]


def test_copy_protection_is_named() -> None:
    for locked in (1, 2):
        draft = drafted(kindles.database([kindles.header(b"x", 1, locked=locked), b"noise"]))
        assert [remark.kind for remark in draft.remarks] == ["locked"]


def test_a_text_is_read_as_one() -> None:
    said = "The Ford\n\nRating: PG\n\nIt rained – and how.\n\nThe End\n"
    for packed in (1, 2):
        found = read([(kindles.text_file(said.encode("cp1252"), packed), "ford.pdb")])
        (work,) = found.works
        assert [fact.value for fact in work.facts["title"]] == ["The Ford"]
        assert [block.kind for block in work.chapters[0].blocks] == ["paragraph", "end"]


def test_the_name_of_a_text_is_a_guess() -> None:
    draft = drafted(kindles.text_file(b"It rained.", name=b"The Ford"))
    assert [(fact.value, fact.how) for fact in draft.facts["title"]] == [("The Ford", "inferred")]
    assert "title" not in drafted(kindles.text_file(b"It rained.", name=b"x" * 31)).facts


def test_a_book_that_is_cut_is_read_as_far_as_it_goes() -> None:
    whole = kindles.book("<html><body>" + f"<p>{PROSE}</p>" * 5)
    draft = drafted(whole[: len(whole) // 2])
    assert "The rain went on" in draft.text
    assert "damaged" in {remark.kind for remark in draft.remarks}


@pytest.mark.parametrize(
    "data", [b"x" * 60 + b"BOOKMOBI", kindles.database([b""]), kindles.database([b"\0" * 300, b"x"])]
)
def test_what_is_broken_is_damaged(data: bytes) -> None:
    assert [remark.kind for remark in drafted(data).remarks] == ["damaged"]


@settings(max_examples=150)
@given(st.data())
def test_any_flipped_bytes_are_read_or_told(data: st.DataObject) -> None:
    whole = bytearray(
        data.draw(
            st.sampled_from([kindles.database(kf8([b"<p>One</p>", b"<p>Two</p>"], [12, 22])), kindles.book(PAGES)])
        )
    )
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(68, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    found = read([(bytes(whole), "book.mobi")])
    assert found.works or found.remarks
    for index, source in enumerate(found.sources):
        if found.works:
            assert conserve.lost(source, found.works, index) == []
