"""How often a file that says nothing of itself is read in the encoding it was written in: floors for each."""

from __future__ import annotations

import pytest
from languages import WRITTEN_IN, files

from ficshelf.readers.encoding import decode

FLOOR = 0.95  # of the files of each encoding, from 200 characters on; `test_most_files…` asks for more of all together
CERTAIN = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_jp", "hz", "gb18030", "big5", "cp949", "cp932",
    "euc_jp", "koi8_r", "cp1251", "cp1252", "iso8859-1",
)  # fmt: skip


def right(encoding: str) -> tuple[int, int]:
    """How many files come out letter for letter, and how many there are."""
    come_out = [decode(one.data).text == one.text for one in files(encoding)]
    return sum(come_out), len(come_out)


@pytest.mark.parametrize("encoding", WRITTEN_IN)
def test_files_are_read_in_the_encoding_they_were_written_in(encoding: str) -> None:
    good, count = right(encoding)
    assert good >= count * (1.0 if encoding in CERTAIN else FLOOR), f"{encoding}: {good} of {count}"


def test_most_files_of_all_encodings_come_out_letter_for_letter() -> None:
    counted = [right(encoding) for encoding in WRITTEN_IN]
    assert sum(good for good, _ in counted) >= 0.99 * sum(count for _, count in counted)


@pytest.mark.parametrize("encoding", [name for name in WRITTEN_IN if not name.startswith("utf-")])
def test_a_page_that_declares_western_letters_and_has_others_is_read_as_it_is_written(encoding: str) -> None:
    """Programs put a declaration on top of what was typed elsewhere."""
    for one in files(encoding):
        if len(one.text) < 1_000:
            continue
        page = b"<html><head><title>A</title></head><body><p>" + one.data + b"</p></body></html>"
        assert one.text in decode(page, "iso-8859-1").text, (one.language, one.encoding)
