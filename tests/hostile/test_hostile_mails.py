"""Mails that nest, swell or never end: each has one outcome within bounds, and its text is read where it has some."""

from __future__ import annotations

from typing import Any

import pytest

STORY = b"\n\n".join(
    b'The lamp went out for the %dth time.\n\n"It isn\'t the oil," said Marta to the %dth man.' % (turn, turn)
    for turn in range(12)
)
FROM = b"From: Ann Ambler <ann@example.net>\nDate: Mon, 6 Mar 2000 21:14:00 +0100\nMessage-ID: <a@b>\n"
HEAD = FROM + b"Subject: FIC: The Lamp (1/1)\nMIME-Version: 1.0\n"
NESTS = {
    "multipart": b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000)),
    "one boundary": b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 5_000,
    "messages": b"Content-Type: message/rfc822\n\n" * 5_000,
    "both": b"".join(
        b'Content-Type: message/rfc822\n\nContent-Type: multipart/digest; boundary="b%d"\n\n--b%d\n' % (n, n)
        for n in range(5_000)
    ),
}


@pytest.mark.parametrize("nest", NESTS)
def test_5_000_nested_parts_with_a_story_within_are_that_story(bounded: Any, nest: str) -> None:
    outcome = bounded(HEAD + NESTS[nest] + b"Content-Type: text/plain\n\n" + STORY, "a.eml", megabytes=300)
    assert outcome.works == 1
    assert outcome.readers == ["eml"]
    assert outcome.kinds == ({"too-deep"} if nest != "one boundary" else set())
    assert len(STORY) < outcome.lengths[0] < len(STORY) + 300  # the story and the header, and none of the signs


@pytest.mark.parametrize("nest", NESTS)
def test_5_000_nested_parts_without_a_text_are_no_work(bounded: Any, nest: str) -> None:
    outcome = bounded(HEAD + NESTS[nest], "a.eml", megabytes=300)
    assert outcome.works == 0
    assert outcome.kinds == {"not-a-story"} | ({"too-deep"} if nest != "one boundary" else set())


@pytest.mark.parametrize("depth", [50_000, 200_000])
def test_parts_nested_without_end_take_time_that_grows_with_them(bounded: Any, depth: int) -> None:
    nest = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    assert bounded(HEAD + nest, "a.eml").works == 0


@pytest.mark.parametrize("name", [b"Subject", b"From", b"References", b"X-Spam", b"Content-Type", b"To"])
@pytest.mark.parametrize("word", [b"=?utf-8?B?w6k=?=", b"=?utf-8?Q?la=C3=A9mp?=", b"lamp", b"<a@b>", b'"', b";a=b"])
def test_a_field_of_260_kb_is_told_and_the_mail_read(bounded: Any, name: bytes, word: bytes) -> None:
    field = name + b": " + b"\n ".join([word] * (260_000 // len(word))) + b"\n"
    outcome = bounded(FROM + field + b"Subject: FIC: The Lamp (1/1)\n\n" + STORY, "a.eml")
    assert outcome.readers == ["eml"]
    assert outcome.works == 1
    assert "entry-skipped" in outcome.kinds
    assert outcome.lengths[0] < 5_000


def test_a_header_without_end_is_no_mail(bounded: Any) -> None:
    bounded(HEAD + b"X-A: b\n" * 150_000, "a.eml")
    bounded(HEAD + b"X-A: b\n " + b"c" * 8_000_000, "a.eml")
