"""Word files of 1993 to 2003: their text and how it is set, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
import words
from hypothesis import given, settings
from hypothesis import strategies as st

from ficshelf import conserve, readers
from ficshelf.model import Draft
from ficshelf.readers import doc
from ficshelf.reading import read

WATCH = Path(__file__).parent.parent / "stories" / "doc-word-97" / "source.doc"


def drafted(data: bytes) -> Draft:
    assert readers.choose(data, "whatever") == "doc"
    return doc.read(data, "whatever")


def texts(data: bytes) -> list[str]:
    return [node.text for node in drafted(data).nodes]


@pytest.mark.parametrize("wide", [True, False])
def test_paragraphs_and_lines(wide: bool) -> None:
    said = "It rained – and how.\rA line\x0band another.\r\rAfter a blank one.\r"
    draft = drafted(words.word(said, wide=wide))
    assert [(node.gap, node.text) for node in draft.nodes] == [
        (1, "It rained – and how."), (1, "A line"), (0, "and another."), (2, "After a blank one.")
    ]  # fmt: skip


def test_how_the_text_is_set() -> None:
    """What a word processor wrote: marks, also those of a style and against it; links; signs of notes."""
    marked = {
        run.text.strip(): run.marks for node in drafted(WATCH.read_bytes()).nodes for run in node.runs if run.marks
    }
    assert marked == {
        "not": ("em",), "late": ("strong",), "very": ("underline",), "early": ("strike",), "th": ("sup",),
        "[1]": ("sup",), "[2]": ("sup",), "old": ("em",), "What a night, he thought, and": ("em",),
        "a sea – “ее не было”.": ("em",),
    }  # fmt: skip


def test_what_paragraphs_are() -> None:
    hints = [(node.hint, node.kind) for node in drafted(WATCH.read_bytes()).nodes]
    assert hints == [
        ("center", ""), ("center", ""), ("h1", "heading"), ("p", ""), ("p", ""), ("p", ""), ("p", ""), ("p", ""),
        ("p", ""), ("hr", ""), ("p", ""), ("li", ""), ("li", ""), ("table", ""), ("table", ""), ("p", ""),
        ("h1", "heading"), ("p", ""), ("p", ""), ("p", "note"), ("p", "note"),
    ]  # fmt: skip


def test_what_stands_apart() -> None:
    draft = drafted(WATCH.read_bytes())
    assert [(one.reason, draft.text[one.span.start : one.span.end]) for one in draft.chrome] == [
        ("page header", "The Long Watch – Ada Quill"), ("comment", "Is this right?"), ("deleted text", "quite gone")
    ]  # fmt: skip
    assert [remark.kind for remark in draft.remarks] == ["changes-tracked"]


def test_links_lead_to_the_web() -> None:
    said = 'See \x13 HYPERLINK "https://example.org/x" \x14the log\x15 or \x13 HYPERLINK "file:///x" \x14that\x15.\r'
    (node,) = drafted(words.word(said)).nodes
    assert node.text == "See the log or that."
    assert [(run.text, run.link) for run in node.runs if run.link] == [("the log", "https://example.org/x")]


def test_fields_show_their_result_alone() -> None:
    said = "Page \x13 IF \x13 PAGE \x143\x15 = 3 \x14three\x15 of \x13 PAGE \x15it.\r"
    assert texts(words.word(said)) == ["Page three of it."]


def test_signs_that_stand_for_things_are_no_letters() -> None:
    assert texts(words.word("A \x01picture\x08, a well\x1eknown one, ex\x1fact.\r")) == [
        "A picture, a well-known one, exact."
    ]


def test_a_file_that_was_saved_in_haste_has_its_text_in_pieces() -> None:
    told = words.pieces([(3, 2048 + 8, False), (4, 2048, False)])
    assert texts(words.word("two one", told=told)) == ["onetwo"]


@pytest.mark.parametrize(
    ("said", "codec", "language"),
    [("It rained – and how.", "cp1252", 0x409), ("Шёл дождь.", "cp1251", 0x419), ("Pršelo.", "cp1250", 0x405)],
)
def test_word_6_has_its_text_in_the_letters_of_its_language(said: str, codec: str, language: int) -> None:
    data = words.word_6(f"{said}\rAnd \x13 PAGE \x143\x15 on.\r".encode(codec), language)
    assert texts(data) == [said, "And 3 on."]


@pytest.mark.parametrize("data", [b"{\\rtf1 One.\\par}", b"<html><body><p>One.</p></body></html>", b"One.\n"])
def test_other_formats_under_its_name_go_to_their_readers(data: bytes) -> None:
    draft = readers.read(data, "story.doc")
    assert draft.reader in ("rtf", "html", "text")
    assert [node.text for node in draft.nodes] == ["One."]


def kinds(data: bytes) -> list[str]:
    return [remark.kind for remark in readers.read(data, "story.doc").remarks]


def test_a_password_is_named() -> None:
    assert kinds(words.word("x\r", flags=0x0100)) == ["locked"]
    assert kinds(words.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})) == ["locked"]


def test_another_program_s_file_is_not_text() -> None:
    assert kinds(words.compound({"Workbook": b"x"})) == ["not-text"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(words.word("x", told=b""), id="no pieces"),
        pytest.param(words.word("x", kind=0x1234), id="no Word"),
        pytest.param(words.word("x" * 9, told=words.pieces([(9, 9_000_000, False)])), id="a piece beyond the end"),
    ],
)
def test_what_is_broken_is_damaged(data: bytes) -> None:
    assert "damaged" in kinds(data)


def test_pieces_by_the_hundred_thousand_are_read() -> None:
    told = words.pieces([(1, 2048, False)] * 200_000)
    data = words.word("x" * 200_000, told=told)
    assert texts(data) == ["x" * 200_000]


def test_fields_within_fields_are_read_in_one_go() -> None:
    assert texts(words.word("\x13\x14x" * 100_000 + "\r")) == ["x" * 100_000]


@settings(max_examples=150)
@given(st.data())
def test_any_flipped_bytes_are_read_or_told(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([WATCH.read_bytes(), words.word("It rained.\rAnd how.\r")])))
    for _ in range(data.draw(st.integers(1, 15))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = read([(bytes(whole), "story.doc")])
    assert found.works or found.remarks
    for index, source in enumerate(found.sources):
        if found.works:
            assert conserve.lost(source, found.works, index) == []
