"""Bytes become text: which encoding, what is said about it, what becomes of line ends and control characters."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ficshelf.readers.encoding import decode

ENGLISH = "“Don’t,” said Éowyn — she’d a naïve trust in cafés… and £5.\n"
FRENCH = "Il était là-bas, à côté de la fenêtre ; le café était fermé.\n"
GERMAN = "„Größe ist keine Maß“, sagte Jürgen über die Straße.\n"
POLISH = "Zażółć gęślą jaźń, mówił Łukasz, i poszedł do świątyni nad łąką. Był już późny wieczór.\n"
RUSSIAN = "Он ничего не сказал, только посмотрел в окно, за которым шёл снег.\n"
GREEK = "Δεν είπε τίποτα, μόνο κοίταξε από το παράθυρο το χιόνι που έπεφτε.\n"
JAPANESE = "彼は何も言わず、ただ窓の外の雪を見ていた。「さようなら」\n"
CHINESE = "他什么也没有说，只是看着窗外的雪慢慢地落下来。\n"


def kinds(data: bytes, declared: str = "") -> list[str]:
    return [remark.kind for remark in decode(data, declared).remarks]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH.replace("£", "L").replace("É", "E"), "mac_roman"),
        (FRENCH, "cp1252"),
        (FRENCH, "cp437"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GREEK, "cp1253"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
    ],
)
def test_a_file_that_says_nothing_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str) -> None:
    text *= 20
    decoded = decode(text.encode(encoding))
    assert (decoded.encoding, decoded.text == text) == (encoding, True)
    assert [remark.kind for remark in decoded.remarks] == ["encoding-guessed"]


@pytest.mark.parametrize(
    "text", [ENGLISH, FRENCH, POLISH, RUSSIAN, GREEK, JAPANESE, CHINESE, "Plain.\n", "😀 smiles\n"]
)
def test_utf_8_is_certain_and_needs_no_remark(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, "utf-8", ())


def test_western_letters_are_cp1252_however_few_and_however_odd() -> None:
    for text in ("café naïve ’ ", "1/2 = ½", "20° in the shade", "¡Hola! ¿Qué?", "a – b", "* * *\n···\n* * *"):
        assert decode(text.encode("cp1252")).encoding == "cp1252", text
        assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_without_a_mark_are_told_by_their_zeros(encoding: str) -> None:
    decoded = decode(ENGLISH.encode(encoding))
    assert (decoded.text, decoded.encoding) == (ENGLISH, encoding)
    assert kinds(ENGLISH.encode(encoding)) == ["encoding-guessed"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_settles_it_whatever_is_declared(encoding: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding), "koi8-r")
    assert decoded.text == RUSSIAN
    assert [remark.kind for remark in decoded.remarks] == ["encoding-lied"]


def test_what_a_page_declares_is_believed_where_its_bytes_fit() -> None:
    assert decode("łąka".encode("iso8859-2"), "ISO-8859-2") == ("łąka", "iso8859-2", ())
    assert decode("it’s".encode("cp1252"), "iso-8859-1") == ("it’s", "cp1252", ())  # as browsers do
    assert decode("時間".encode("iso2022_jp"), "ISO-2022-JP").text == "時間"
    assert decode("時間".encode("cp932"), "Shift_JIS") == ("時間", "cp932", ())


def test_a_page_that_lies_about_its_encoding_is_read_as_it_is_written() -> None:
    decoded = decode("It’s a café".encode(), "iso-8859-1")
    assert decoded.text == "It’s a café"
    assert [remark.kind for remark in decoded.remarks] == ["encoding-lied"]
    assert kinds("It’s a café, she’d said".encode("cp1252"), "utf-8") == ["encoding-guessed", "encoding-lied"]


def test_two_programs_may_have_written_one_file() -> None:
    mostly_utf8 = ENGLISH.encode() * 5 + "she’d “gone”\n".encode("cp1252")
    assert decode(mostly_utf8).text == ENGLISH * 5 + "she’d “gone”\n"
    mostly_cp1252 = ENGLISH.encode("cp1252") * 5 + "Reviewed by Zoë’s café\n".encode()
    assert decode(mostly_cp1252).text == ENGLISH * 5 + "Reviewed by Zoë’s café\n"
    for data in (mostly_utf8, mostly_cp1252):
        assert "encoding-mixed" in kinds(data)


def test_a_file_cut_within_a_letter_loses_that_letter_alone() -> None:
    decoded = decode(("She went to the café" * 3).encode()[:-1])
    assert decoded.text == ("She went to the café" * 3)[:-1] + "\ufffd"
    assert [remark.kind for remark in decoded.remarks] == ["bytes-replaced"]


def test_utf_7_is_never_believed() -> None:
    decoded = decode(b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "utf-7")
    assert decoded.text.startswith("+ADw-")
    assert [remark.kind for remark in decoded.remarks] == ["encoding-lied"]


@pytest.mark.parametrize("declared", ["base64", "rot13", "hex", "no-such-thing", "", "x" * 500, "unicode_escape", "\0"])
def test_names_that_are_no_encoding_of_text_are_ignored(declared: str) -> None:
    assert decode("It’s \\x41".encode(), declared).text == "It’s \\x41"


def test_line_ends_become_one_kind_and_pages_keep_their_form_feed() -> None:
    assert decode(b"a\r\nb\rc\nd\x0be\x0cf\tg").text == "a\nb\nc\nd\ne\x0cf\tg"
    assert decode("a\r\nb\x0bé".encode("utf-16")).text == "a\nb\né"


def test_control_characters_are_left_out_and_counted() -> None:
    decoded = decode(b"It\0 was\x07 late\x1a\x7f.")
    assert decoded.text == "It was late."
    assert decoded.remarks[0].kind == "control-characters"
    assert decoded.remarks[0].text.startswith("4 ")


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "latin-1", "shift_jis", "utf-16", "big5", "cp1251"]))
@example(b"\xff\xfe\x00\xd8", "")
@example(b"\xed\xa0\x80", "")
@example(b"\x1b$B", "iso-2022-jp")
def test_any_bytes_give_text_without_surrogates_or_controls(data: bytes, declared: str) -> None:
    decoded = decode(data, declared)
    decoded.text.encode()  # raises where there is a lone surrogate
    assert not set(decoded.text) & {chr(code) for code in (*range(9), 11, 13, *range(14, 32), 127)}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf_8_comes_back_as_it_went_in(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")
