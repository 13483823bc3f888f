"""Files that several programs wrote: every line in its own encoding, and the spans right in the text that comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from languages import SENTENCES

from ficshelf.readers.encoding import decode
from ficshelf.reading import read

ENGLISH, FRENCH, RUSSIAN = SENTENCES["english, quotes alone"], SENTENCES["french"], SENTENCES["russian"]
POLISH, JAPANESE = SENTENCES["polish"], SENTENCES["japanese"]
HEADER = "Crème brûlée à la carte\npar René Gagné, qui était déjà là"


@pytest.mark.parametrize(
    ("story", "written", "part", "otherwise"),
    [
        (ENGLISH, "cp1252", FRENCH, "utf-8"),
        (ENGLISH, "cp1252", ENGLISH[:200], "mac_roman"),
        (ENGLISH, "mac_roman", ENGLISH[:200], "cp1252"),
        (ENGLISH, "cp1252", HEADER, "cp437"),
        (ENGLISH, "cp1252", RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251", RUSSIAN[:100], "koi8_r"),
        (RUSSIAN, "cp1251", RUSSIAN[:100], "cp866"),
        (RUSSIAN, "cp1251", RUSSIAN[:100], "utf-8"),
        (RUSSIAN, "utf-8", RUSSIAN[:100], "cp1251"),
        (ENGLISH, "utf-8", ENGLISH[:100], "mac_roman"),
        (ENGLISH, "utf-8", FRENCH[:100], "cp1252"),
        (ENGLISH, "cp1252", JAPANESE, "cp932"),
        (JAPANESE, "cp932", "It was the café. “Don’t,” she said.", "cp1252"),
        (JAPANESE, "cp932", JAPANESE[:80], "utf-8"),
        (FRENCH, "cp1252", FRENCH[:200], "mac_roman"),
        (FRENCH, "cp1252", POLISH, "utf-8"),
    ],
)
@pytest.mark.parametrize("place", ["above", "within", "below"])
def test_a_part_in_another_encoding_is_read_in_its_own(
    story: str, written: str, part: str, otherwise: str, place: str
) -> None:
    pieces = [(part, otherwise), (story, written), (story, written)]
    pieces = pieces if place == "above" else pieces[1:2] + pieces[:1] + pieces[2:]
    if place == "below":
        pieces.append(pieces.pop(1))
    data = b"\n".join(text.encode(encoding, "replace") for text, encoding in pieces)
    wanted = "\n".join(text.encode(encoding, "replace").decode(encoding) for text, encoding in pieces)
    decoded = decode(data)
    assert decoded.text == wanted
    mixed = [remark for remark in decoded.remarks if remark.kind == "encoding-mixed"]
    assert mixed
    assert any(not decoded.text[remark.span.start : remark.span.end].isascii() for remark in mixed)


def test_a_file_in_one_encoding_is_never_said_to_be_mixed() -> None:
    for language, encoding in (
        ("french", "cp1252"),
        ("german", "mac_roman"),
        ("russian", "koi8_r"),
        ("czech", "cp1250"),
    ):
        text = SENTENCES[language].encode(encoding, "replace").decode(encoding)
        assert "encoding-mixed" not in {remark.kind for remark in decode(text.encode(encoding)).remarks}, language


def test_shouted_words_and_ornaments_are_no_other_encoding() -> None:
    text = "ÇA SUFFIT ! CRIA-T-IL, L’ÉTÉ EST FINI ÀÀÀÀÀH !\n°º¤ø,¸¸,ø¤º°\nIl était là, et c’était déjà l’été.\n«»«»«»\n"
    assert decode((text * 3).encode("cp1252")).text == text * 3


def test_every_block_of_a_mixed_file_says_what_its_span_says() -> None:
    data = ENGLISH.encode("cp1252") + b"\n\n" + FRENCH.encode() + b"\n\n" + ENGLISH.encode("mac_roman")
    reading = read([(data, "story.txt")])
    text = reading.sources[0].text
    for chapter in reading.works[0].chapters:
        for block in chapter.blocks:
            stood = " ".join(text[start:end] for start, end in block.spans)
            assert block.text.split() == stood.split()


@given(
    st.lists(st.sampled_from([ENGLISH, FRENCH, RUSSIAN, JAPANESE]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["cp1252", "utf-8", "mac_roman", "koi8_r", "cp932"]), min_size=4, max_size=4),
)
def test_lines_are_lines_however_files_are_mixed(texts: list[str], encodings: list[str]) -> None:
    data = b"\n".join(text.encode(encoding, "replace") for text, encoding in zip(texts, encodings, strict=False))
    assert decode(data).text.count("\n") == data.count(b"\n")


STORY = "“I’ll wait,” she said, and the kettle went on.\n\n“Don’t,” he said, and it was quite late.\n\n"


def test_one_byte_that_came_into_a_file_is_no_letter_of_dos() -> None:
    data = STORY.encode() + b"The author of the bo\x81k was late.\n\nA small wo\x81d.\n\nNobody had aske\x81.\n"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 3
    assert "wo\ufffdd" in decoded.text


def test_a_pasted_line_of_dos_is_one_also_in_utf8() -> None:
    pasted = "Der Müller saß spät am großen Fenster, und über ihm hörte es auf.\n"
    assert pasted in decode(STORY.encode() + pasted.encode("cp437")).text


def test_a_line_that_asks_in_spanish_is_utf8_as_the_others_are() -> None:
    line = "¿Y si Hob no se hubiera ido? ¿Y si nadie? Prólogo"
    assert decode(STORY.encode() + line.encode() + b" dec\x81r").text == STORY + line + " dec\ufffdr"
