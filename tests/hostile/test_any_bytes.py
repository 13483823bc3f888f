"""Any bytes at all are read without raising, with spans within the text and with nothing lost."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from books import DOCX, EPUB, packed
from conftest import Bounded
from hypothesis import given, settings
from hypothesis import strategies as st

from ficshelf import conserve, reading, remarks
from ficshelf.model import FACT_NAMES, Reading

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix not in (".zip", ".md"))
BITS = [
    "Chapter 1", "Chapter Two: The Fall", "Prologue", "IV", "3.", "* * *", "-----", "~*~", "#", "<br>",
    "<br><br><br>", "Title: Night", "Author:", "Rating: R Pairing: A/B", "**Summary**: x", "Disclaimer: not mine",
    "A/N: hello", "(A/N:", "The End", "TBC", "To be continued...", "Dear Tom,", "Yours,", "Anne", "anne: hi",
    "> quoted", "a@b.c", "From: a@b.c", "Subject: [list] FIC: Night (1/2)", "-- ", "To unsubscribe", "\f", "\t",
    "    ", "\u00a0", "\u2028", "\u0085", "\r", "it\u00e2\u20ac\u2122s", "*so*", "_so_", "/so/", "<i>so</i>",
    "\"Go.\" \"No.\"", "?Go.?", "the rain came down", "and so did he / upon the town",
    "He ran, and ran, until it was quite dark and nobody was left in the whole city.", "<p>", "</p>",
    "<div class='userstuff'>", "</div>", "<b>", "<hr>", "<table><tr><td>", "<pre>", "<!--", "-->", "&nbsp;", "&#0;",
    "&", "<", "<script>", "</script>", "<svg>", "<title>x</title>", "<![CDATA[", "\u202e", "\U0001f984", "e\u0301",
    "", "<ul><li>one", "<blockquote>", "<a href='javascript:x'>x</a>",
    "<dl class='work meta group'><dt>Fandom:</dt><dd>X</dd>", "Contents", "By Anne", "Part 2 of 5", "1/3",
    "[scene break]", "xoxo", "...", "(", ")", "\"", "'",
]  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(BITS) | st.text(max_size=12), st.sampled_from(["\n", "\n\n", " ", "", "\n\n\n"]))
)
ENCODINGS = ["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-32", "utf-7", "cp932", "mac_roman"]


def hold(data: bytes, path: str) -> Reading:
    """Read bytes, and hold what comes of them to all that is promised of any reading."""
    read = reading.read([(data, path)])
    (source,) = read.sources
    length = len(source.text)
    spans = [span for work in read.works for span in conserve.spans_of(work, 0)]
    spans += [chrome.span for chrome in source.chrome] + [remark.span for remark in read.remarks]
    assert all(0 <= start <= end <= length for start, end in spans)
    assert read.works or read.remarks or read.questions
    if read.works:
        assert not conserve.lost(source, read.works)
    assert {remark.kind for remark in read.remarks} <= remarks.KINDS.keys()
    for work in read.works:
        assert work.chapters
        assert set(work.facts) <= set(FACT_NAMES)
        assert all(
            block.runs or block.kind in ("break", "image") for chapter in work.chapters for block in chapter.blocks
        )
    source.text.encode("utf-8")
    return read


@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.epub", "", "/", "x/../y", "\0", "Chapter 1.txt"])
)
def test_any_bytes(data: bytes, path: str) -> None:
    hold(data, path)


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(ENCODINGS), st.sampled_from(["", "<html><body>", "<!doctype html>"]))
def test_what_stories_are_made_of_in_any_order(pieces: list[tuple[str, str]], encoding: str, before: str) -> None:
    hold((before + "".join(map("".join, pieces))).encode(encoding, "replace"), "story")


@given(TEXTS)
def test_the_same_bytes_give_the_same_reading(pieces: list[tuple[str, str]]) -> None:
    data = "".join(map("".join, pieces)).encode()
    assert hold(data, "story.txt") == hold(data, "story.txt")


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(["epub", "docx"]))
def test_any_words_in_a_book(pieces: list[tuple[str, str]], kind: str) -> None:
    parts: dict[str, str | bytes] = dict(EPUB if kind == "epub" else DOCX)
    name = "OPS/a.xhtml" if kind == "epub" else "word/document.xml"
    said = "".join(map("".join, pieces)).replace("\f", "").encode("utf-8", "replace").decode()
    hold(packed(parts, {name: str(parts[name]).replace("lamp", said)}), f"book.{kind}")


@settings(max_examples=40)
@given(st.sampled_from(sorted({*EPUB, *DOCX} - {"mimetype"})), st.binary(max_size=300))
def test_any_bytes_as_a_part_of_a_book(name: str, data: bytes) -> None:
    hold(packed(dict(EPUB if name in EPUB else DOCX), {name: data}), "book")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_a_damaged_sample_is_read_or_told(path: Path, bounded: Bounded) -> None:
    data = path.read_bytes()
    chance = random.Random(path.name)
    for _ in range(6):
        flipped = bytearray(data)
        for _ in range(chance.choice([1, 1, 3, 30])):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        start, end = sorted(chance.sample(range(len(data)), 2))
        for damaged in (bytes(flipped), data[:end], data[start:], data[:start] + data[end:], data + bytes(99)):
            bounded(damaged, path.name, megabytes=300, seconds=10)


def test_a_book_whose_parts_are_damaged_is_read_or_told(bounded: Bounded) -> None:
    """Bits are flipped in the parts and not in the zip, whose checksums would tell."""
    chance = random.Random(4)
    for path in (path for path in FILES if path.suffix in (".epub", ".docx")):
        with zipfile.ZipFile(path) as archive:
            parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        for name, part in parts.items():
            for _ in range(4 if part else 0):
                flipped = bytearray(part)  # type: ignore[arg-type]
                for _ in range(chance.choice([1, 5, 50])):
                    flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
                bounded(packed(parts, {name: bytes(flipped)}), path.name, megabytes=300, seconds=10)


@given(TEXTS)
def test_no_pass_drops_or_moves_a_letter(pieces: list[tuple[str, str]]) -> None:
    for name, draft in reading.explain("".join(map("".join, pieces)).encode(), "story.txt"):
        spans = [span for node in draft.nodes for span in node.spans] + [chrome.span for chrome in draft.chrome]
        spans += [span for facts in draft.facts.values() for fact in facts for span in fact.spans]
        assert not conserve.uncovered(draft.text, spans), f"lost after {name}"
    assert name == "guesses"
