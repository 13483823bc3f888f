"""Mails as they were saved: headers, parts, attachments; and the letter that is not the story."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf import conserve, readers
from ficshelf.model import Reading
from ficshelf.reading import read

STORY = """The lamp had gone out again, and nobody on the ship would say why.

“It isn’t the oil,” said Marta, who had filled it herself that café evening.

The captain looked at the wick, and then at the cat, who had never looked so innocent.

THE END
"""
HEAD = (
    "From: Ann Ambler <ann@example.net>\nTo: lamps@lists.example\n"
    "Subject: =?utf-8?Q?[lamps]_FIC:_The_Caf=C3=A9_Lamp_(1/2)?=\nDate: Mon, 6 Mar 2000 21:14:00 +0100\n"
    "MIME-Version: 1.0\n"
)


def mail(rest: str, body: bytes | str) -> bytes:
    return (HEAD + rest + "\n\n").encode() + (body.encode() if isinstance(body, str) else body)


def part(headers: str, body: bytes | str) -> bytes:
    return f"--=_b\n{headers}\n\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\n"


def several(kind: str, *parts: bytes) -> bytes:
    return mail(f'Content-Type: multipart/{kind}; boundary="=_b"', b"".join(parts) + b"--=_b--\n")


def quoted(data: bytes) -> bytes:
    return quopri.encodestring(data)


TEXT = "Content-Type: text/plain; charset={}\nContent-Transfer-Encoding: {}"
BASE64 = "Content-Transfer-Encoding: base64"
HTML = "<html><body>" + "".join(f"<p>{line}</p>" for line in STORY.split("\n") if line) + "</body></html>"


def told(data: bytes) -> tuple[Reading, list[str]]:
    reading = read([(data, "a.eml")])
    assert reading.sources[0].reader == "eml"
    assert not conserve.lost(reading.sources[0], reading.works)
    return reading, [block.text for block in reading.works[0].chapters[0].blocks]


@pytest.mark.parametrize(
    "data",
    [
        mail(TEXT.format("utf-8", "quoted-printable"), quoted(STORY.encode())),
        mail(TEXT.format("windows-1252", "quoted-printable"), quoted(STORY.encode("cp1252"))),
        mail(TEXT.format("iso-8859-1", "8bit"), STORY.encode("cp1252")),
        mail(TEXT.format("us-ascii", "quoted-printable"), quoted(STORY.encode("mac_roman"))),
        mail(TEXT.format("utf-8", "base64"), base64.encodebytes(STORY.encode())),
        mail('Content-Type: text/html; charset="utf-8"', HTML),
        several("alternative", part(TEXT.format("utf-8", "8bit"), STORY), part("Content-Type: text/html", HTML)),
        several("alternative", part(TEXT.format("utf-8", "8bit"), " "),
                part("Content-Type: text/html; charset=utf-8", HTML)),
        several("mixed", part(TEXT.format("utf-8", "8bit"), STORY),
                part("Content-Type: image/gif; name=a.gif\nContent-Transfer-Encoding: base64", "R0lGODlh")),
    ],
    ids=["utf-8 quoted", "cp1252 quoted", "latin-1", "mac as ascii", "base64", "html", "plain and html", "html alone",
         "with a picture"],
)  # fmt: skip
def test_a_mail_is_the_story_in_it_however_it_is_encoded(data: bytes) -> None:
    reading, blocks = told(data)
    assert blocks == [line for line in STORY.split("\n") if line]
    facts = {name: found[0].value for name, found in reading.works[0].facts.items()}
    assert (facts["title"], facts["author"], facts["part"]) == ("The Café Lamp", "Ann Ambler", "1/2")
    assert facts["published"] == "Mon, 6 Mar 2000 21:14:00 +0100"
    assert "@" not in "".join(blocks)


def test_stories_that_hang_on_a_short_letter_are_the_story() -> None:
    name = 'Content-Type: text/plain; charset=utf-8; name="lamp.txt"\nContent-Disposition: attachment'
    rtf = r"{\rtf1\ansi Title: The Lamp\par\par The lamp had gone out again, and nobody said why. It was late.\par}"
    for attached, headers in (
        (STORY, name),
        (
            base64.encodebytes(rtf.encode()),
            'Content-Type: application/rtf; name="a.rtf"\nContent-Transfer-Encoding: base64',
        ),
    ):
        data = several("mixed", part(TEXT.format("utf-8", "8bit"), "Here it is at last.\n"), part(headers, attached))
        reading, blocks = told(data)
        assert blocks[0].startswith("The lamp had gone out again")
        assert any(one.reason == "letter around the story" for one in reading.sources[0].chrome)


def test_lines_that_flowed_are_whole_again() -> None:
    flowed = "The lamp had gone \nout again, and nobody \nwould say why.\n\nIt was late.\n-- \nAnn\n"
    _, blocks = told(mail("Content-Type: text/plain; charset=us-ascii; format=flowed", flowed))
    assert blocks == ["The lamp had gone out again, and nobody would say why.", "It was late."]


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\nSubject: b\n\nA story.",  # a header alone is a text's, which `mail` reads
        b"Content-Type: text/plain\n\nA story.",
        b"From Ann Mon Mar 6 21:14 2000\n" + mail("", "x") + b"\n\nFrom Bob Mon Mar 6 21:15 2000\n" + mail("", "y"),
        STORY.encode(),
        b"<html><body><p>From: x</p></body></html>",
    ],
)
def test_what_is_no_single_mail_of_parts_is_left_to_others(data: bytes) -> None:
    assert readers.choose(data, "a.txt") != "eml"


DEEP = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000))


def test_of_parts_within_parts_without_end_the_text_is_read() -> None:
    reading, blocks = told(HEAD.encode() + DEEP + b"\n" + STORY.encode())
    assert blocks == [line for line in STORY.split("\n") if line]
    assert [one.kind for one in reading.remarks] == ["too-deep", "chapter-missing"]


def test_parts_within_parts_without_a_text_are_no_work() -> None:
    reading = read([(HEAD.encode() + DEEP, "a.eml")])
    assert not reading.works
    assert [one.kind for one in reading.remarks] == ["too-deep", "not-a-story"]


@pytest.mark.parametrize("word", [b"=?utf-8?Q?la=C3=A9mp?=", b"lamp"])
def test_a_subject_of_260_kb_is_told_and_the_mail_read(word: bytes) -> None:
    subject = b"Subject: FIC: The Lamp (1/2) " + b"\n ".join([word] * (260_000 // len(word))) + b"\n"
    header = b"From: Ann Ambler <ann@example.net>\n" + subject + b"Date: 6 Mar 2000\nMessage-ID: <a@b>\n\n"
    reading, blocks = told(header + STORY.encode())
    assert blocks == [line for line in STORY.split("\n") if line]
    assert reading.remarks[0].text.startswith("The field “Subject” of this mail has ")
    assert all(len(str(fact.value)) <= 400 for found in reading.works[0].facts.values() for fact in found)
    assert len(reading.sources[0].text) < 3_000


PIECES = st.sampled_from(
    ["--=_b\n", "--=_b--\n", "Content-Type: text/html\n", "Content-Transfer-Encoding: base64\n", "\n", STORY, "=\n",
     "=20",
     "Content-Type: multipart/alternative; boundary==_b\n", "Content-Disposition: attachment; filename=a.rtf\n",
     "{\\rtf1 x}",
     "=?utf-8?B?w6k?=", "Subject: =?x?Q?=E9?=\n", "Content-Type: message/rfc822\n", " folded\n", "\x00", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
def test_parts_in_any_order_never_raise_and_lose_nothing(pieces: list[str]) -> None:
    data = several("mixed") + "".join(pieces).encode() + b"--=_b--\n" + HEAD.encode() + "".join(pieces).encode()
    reading = read([(data, "a.eml")])
    if reading.works:
        assert not conserve.lost(reading.sources[0], reading.works)
