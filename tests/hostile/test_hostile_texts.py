"""Texts and pages that are known to make readers slow, deep or large: each is read, or kept unread, within bounds.

Every shape is read at a tenth of its size. A pass that takes time in the square of its input ends by the bound on
processor time. `make soak` reads them at full size and holds twice the size to about twice the time.
"""

from __future__ import annotations

import pytest
from bench import shapes, site_shapes
from conftest import Bounded

from ficshelf.sources import limits

ALL = {
    **{f"page: {name}": (shape, size, "page.html") for name, (shape, size) in shapes.PAGES.items()},
    **{f"archive's page: {name}": (shape, size, "page.html") for name, (shape, size) in site_shapes.PAGES.items()},
    **{f"text: {name}": (shape, size, "story.txt") for name, (shape, size) in shapes.TEXTS.items()},
    **{f"bytes: {name}": (shape, size, "story.txt") for name, (shape, size) in shapes.BYTES.items()},
}


@pytest.mark.parametrize("name", ALL)
def test_is_read_or_kept_unread_within_bounds(name: str, bounded: Bounded) -> None:
    shape, size, path = ALL[name]
    bounded(shape(size // 10), path, seconds=8)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_twice_the_size_takes_about_twice_the_time(name: str, bounded: Bounded) -> None:
    shape, size, path = ALL[name]
    half, whole = (bounded(shape(one), path, seconds=60) for one in (size // 2, size))
    if "too-large" not in whole.kinds and whole.seconds > 1:
        assert whole.seconds < 3 * half.seconds


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote", "span", "ul><li", "font color=red", "a href=x"])
def test_a_hundred_thousand_nested_elements_are_flattened_and_their_text_kept(tag: str, bounded: Bounded) -> None:
    found = bounded(shapes.nested(tag)(100_000), "page.html", seconds=12, megabytes=300)
    assert "too-deep" in found.kinds or tag.startswith("a ")
    assert "The lamp went out." in found.texts[0]
    assert "And the door stood open." in found.texts[0]


def test_ten_million_open_brackets_are_text_or_too_large(bounded: Bounded) -> None:
    page, size = shapes.PAGES["open brackets"]
    found = bounded(page(size), "page.html")
    assert found.works == 1
    assert found.lengths[0] > size


@pytest.mark.parametrize("name", ["comments opened", "bogus comments", "unclosed b", "unclosed table", "br"])
def test_markup_that_never_ends_leaves_the_story_before_it(name: str, bounded: Bounded) -> None:
    page, size = shapes.PAGES[name]
    found = bounded(b"<html><body><p>The lamp went out.</p>" + page(size)[12:], "page.html")
    assert "too-large" in found.kinds or found.works == 1


def test_a_million_attributes_are_left_out_and_the_text_kept(bounded: Bounded) -> None:
    found = bounded(shapes.attributes(1_000_000), "page.html")
    assert found.texts == ["Still a story."]


def test_thirty_one_megabytes_of_one_line_are_read_within_twelve_times_their_size(bounded: Bounded) -> None:
    piece = "The rain went on and on over the city and nobody came. "
    text = piece * (31 * 2**20 // len(piece))
    found = bounded(text.encode(), seconds=60)
    assert found.works == 1
    assert found.lengths == [len(text)]
    assert found.megabytes < 12 * len(text) / 1e6 + 150


def test_a_text_beyond_the_limit_is_too_large(bounded: Bounded) -> None:
    found = bounded(b"a" * (limits.READ + 1), megabytes=200, seconds=5)
    assert (found.kinds, found.works, found.lengths) == ({"too-large"}, 0, [0])


def test_a_page_beyond_the_limit_is_too_large(bounded: Bounded) -> None:
    found = bounded(b"<html><body>" + b"a" * limits.READ, "page.html", megabytes=200, seconds=5)
    assert (found.kinds, found.works, found.lengths) == ({"too-large"}, 0, [0])


def test_a_page_of_more_elements_than_the_limit_is_too_large(bounded: Bounded) -> None:
    found = bounded(b"<html><body>" + b"<p>x" * (limits.ELEMENTS + 1), "page.html")
    assert (found.kinds, found.works) == ({"too-large"}, 0)


@pytest.mark.parametrize("line", ["x\n", "He ran.\n", "He ran.\n\n", "Chapter 1\n"])
def test_more_lines_than_the_limit_are_too_large(line: str, bounded: Bounded) -> None:
    found = bounded(line.encode() * (limits.LINES + 1), seconds=5)
    assert (found.kinds, found.works, found.lengths) == ({"too-large"}, 0, [0])


def test_blank_lines_do_not_count_as_lines(bounded: Bounded) -> None:
    found = bounded(b"The lamp went out." + b"\n" * (10 * limits.LINES) + b"The door stood open.")
    assert found.works == 1


def test_as_many_lines_as_the_limit_are_read(bounded: Bounded) -> None:
    assert bounded(b"He ran.\n" * limits.LINES, seconds=60).works == 1


def test_three_hundred_thousand_lines_of_one_letter_are_read(bounded: Bounded) -> None:
    assert bounded(b"x\n" * 300_000, seconds=60, megabytes=500).works == 1


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, b" \n" * 1000, b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n\t\x0b\x0c", "\u00a0\u2003".encode()]
)
def test_nothing_to_read_is_empty(data: bytes, bounded: Bounded) -> None:
    found = bounded(data)
    assert (found.kinds, found.works) == ({"empty"}, 0)


@pytest.mark.parametrize(
    "data", [b"* * *\n" * 20, b"-----", b"Chapter 1\n", b"Title: Night\nAuthor: A.\n", b"The End\n"]
)
def test_what_holds_no_line_of_a_story_is_not_a_story(data: bytes, bounded: Bounded) -> None:
    found = bounded(data)
    assert (found.kinds, found.works) == ({"not-a-story"}, 0)


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF" + b"\1\2\3" * 500, b"MZ" + bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n" + bytes(300),
     b"\x1f\x8b\x08" + bytes(range(1, 200)),
     b"SQLite format 3\0" + bytes(500)],
)  # fmt: skip
def test_what_is_no_text_is_not_text(data: bytes, bounded: Bounded) -> None:
    found = bounded(data)
    assert (found.kinds, found.works) == ({"not-text"}, 0)


def test_what_says_it_is_a_pdf_and_is_none_is_damaged(bounded: Bounded) -> None:
    found = bounded(b"%PDF-1.4\n" + b"\0\1" * 99)
    assert (found.kinds, found.works) == ({"damaged"}, 0)
