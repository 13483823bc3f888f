"""Values of a database come out in the letters they were meant in, each judged by itself, with what was done to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.remarks import KINDS
from ficshelf.sources import letters

SAID = "“Don’t wait for me…” – it wasn’t the lamp-lighter’s voice — not quite. A café, a naïve Zoë."
MARKS = bytes.maketrans("’“”‘—–…".encode("cp1252"), "’“”‘—–…".encode("mac_roman"))
RUSSIAN = ["Он не знал, что ей ответить.", "Фонарщик", "Где ты был? спросила она", "Снег", "Зимний сад", "Письма"]
POLISH = ["Zażółć gęślą jaźń", "Księżyc nad wodą", "Łódź", "Późną nocą ktoś zapukał", "Źródło", "Śnieg"]
CHINESE = ["他说他不知道", "月亮", "我们去哪里？", "她笑了笑，没有回答。", "雪"]


def misread(data: bytes, times: int, page: str = "sloppy-windows-1252") -> bytes:
    """UTF-8 that a program took for Latin-1 and wrote as UTF-8, so many times."""
    for _ in range(times):
        data = data.decode(page).encode()
    return data


def kinds(found: letters.Letters) -> list[str]:
    return [repair.kind for repair in found.repairs]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(SAID.encode(), [], id="UTF-8"),
        pytest.param(SAID.encode("cp1252"), ["encoding-guessed"], id="cp1252"),
        pytest.param(misread(SAID.encode(), 1), ["mojibake-repaired"], id="read as cp1252"),
        pytest.param(misread(SAID.encode(), 2), ["mojibake-repaired"], id="read so twice"),
        pytest.param(misread(SAID.encode(), 1, "latin-1"), ["mojibake-repaired"], id="read as Latin-1"),
        pytest.param(misread(SAID.encode("cp1252"), 1, "latin-1"), ["mojibake-repaired"], id="cp1252 read as Latin-1"),
        pytest.param(SAID.encode("cp1252").translate(MARKS), ["encoding-mixed"], id="the Macintosh's marks"),
        pytest.param(misread(SAID.encode("cp1252").translate(MARKS), 1), ["mojibake-repaired"], id="the same in UTF-8"),
    ],
)
def test_whatever_a_value_is_in(data: bytes, kind: list[str]) -> None:
    found = letters.read(data)
    assert found.text == SAID
    assert kinds(found) == kind


TRUE = ["plain", "", "naïve", "École", "el Ñandú", "Ôtez-vous", "Íris e Éden", "ÊTRE LÀ", "Ólafur", "¿Qué?", "À côté"]


@pytest.mark.parametrize("text", TRUE)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_true_letters_are_left_alone(text: str, encoding: str) -> None:
    found = letters.read(text.encode(encoding))
    assert found.text == text
    assert kinds(found) == (["encoding-guessed"] if encoding == "cp1252" and not text.isascii() else [])


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        (r"It\'s", "It's"),
        (r"\"It\'s late,\" she said.", '"It\'s late," she said.'),
        (r"\\\"It\\\'s late\\\"", '"It\'s late"'),
        (r"It\'s \\o/ time", r"It's \o/ time"),
        (r'<a href="x">it\'s</a>', '<a href="x">it\'s</a>'),
    ],
)
def test_backslashes_that_php_left(stored: str, meant: str) -> None:
    found = letters.read(stored.encode())
    assert found.text == meant
    assert set(kinds(found)) == {"slashes-removed"}


@pytest.mark.parametrize("text", [r"\o/", r"C:\dos", r"'a' or \'", r"\m/ 'yes' \m/", "¯\\_(ツ)_/¯", "\\"])
def test_backslashes_that_people_typed(text: str) -> None:
    assert letters.read(text.encode()).text == text


@pytest.mark.parametrize(
    ("texts", "encoding"), [(RUSSIAN, "cp1251"), (POLISH, "cp1250"), (RUSSIAN, "koi8_r"), (CHINESE, "gb18030")]
)
def test_a_column_tells_what_a_short_value_is_in(texts: list[str], encoding: str) -> None:
    stored = [text.encode(encoding) for text in texts]
    pages = letters.pages_of(stored)
    assert pages.plain == encoding
    assert [letters.read(data, pages).text for data in stored] == texts
    as_utf8 = [misread(data, 1) for data in stored]
    pages = letters.pages_of(as_utf8)
    assert [letters.read(data, pages).text for data in as_utf8] == texts


def test_a_column_of_many_encodings_is_judged_value_by_value() -> None:
    stored = [SAID.encode(), SAID.encode("cp1252"), misread(SAID.encode(), 2), None, b"plain"]
    pages = letters.pages_of(stored)
    assert pages == letters.Pages()
    assert {letters.read(data, pages).text for data in stored if data} == {SAID, "plain"}


def test_both_ways_of_writing_in_one_value() -> None:
    """An old note in Windows' letters below which a new program wrote."""
    found = letters.read("“Café”\n".encode("cp1252") + "“Naïve” – that’s new…".encode())
    assert found.text == "“Café”\n“Naïve” – that’s new…"
    assert found.repairs


def test_a_letter_cut_in_half_at_the_end() -> None:
    found = letters.read("Zoë and Chloë".encode()[:-1])
    assert found.text == "Zoë and Chlo"
    assert kinds(found) == ["letters-lost"]


def test_a_repair_shows_before_and_after() -> None:
    repair = letters.read(b"A long way before it comes: " + misread("don’t".encode(), 1)).repairs[0]
    assert repair.text() == "“way before it comes: donâ€™t” was read as “way before it comes: don’t”."


def test_control_characters_go() -> None:
    assert letters.read(b"a\0b\x07\tc\n").text == "ab\tc\n"


@pytest.mark.parametrize(
    ("data", "column", "cut"),
    [
        (b"x" * 65_535, "text", True),
        (b"x" * 65_534, "text", False),
        (b"x" * 65_536, "mediumtext", False),
        (("é" * 32_767).encode(), "text", True),
        (("é" * 65_535).encode(), "text", True),
        (("’" * 21_845).encode(), "text", True),
        (("é" * 40_000).encode(), "text", False),
        (b"x" * 255, "tinytext", True),
        (b"x" * 255, "varchar(255)", False),
    ],
)
def test_values_that_end_where_their_column_does(data: bytes, column: str, cut: bool) -> None:
    assert letters.was_cut(data, column) is cut


@given(st.binary(max_size=60))
def test_any_bytes_come_out(data: bytes) -> None:
    found = letters.read(data)
    assert "\0" not in found.text
    found.text.encode()
    assert {repair.kind for repair in found.repairs} <= set(KINDS)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\\ufeff"), max_size=30))
def test_true_utf_8_is_what_it_is(text: str) -> None:
    if not letters.layers.are_in(text) and not any(mark in text for mark in "ÉÐÑÒÓÔÕ"):
        assert letters.read(text.encode()).text == text


def test_a_run_of_backslashes_is_no_trap() -> None:
    """Looked at from each of its places to its end, this would take hours."""
    assert letters.read(b"\\" * 400_000).text == "\\" * 400_000
