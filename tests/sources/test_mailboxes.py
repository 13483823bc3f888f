"""Mailboxes: every form of them is parted into its mails, and into nothing else."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest

from ficshelf import mime
from ficshelf.sources import Place, Scratch, walk

LINE = "From ann@example.net Mon Mar  6 21:14:00 2000\n"


def mail(subject: str, body: str, who: str = "Ann Ambler <ann@example.net>", more: str = "") -> str:
    date = "Mon, 6 Mar 2000 21:14:00 +0100"
    return f"From: {who}\nTo: lamps@lists.example\nSubject: {subject}\nDate: {date}\n{more}\n{body}\n"


ONE = mail("FIC: The Lamp (1/2)", "It went out.\n\nFrom the window she saw\nthe cat.\n")
TWO = mail("FIC: The Lamp (2/2)", "It came on again.\n")
OTHER = mail("OT: my cat", "She is well.\n", "Bob <bob@example.net>")


def held(tmp_path: Path, data: str | bytes, name: str = "lamps.mbox") -> list[Place]:
    (tmp_path / "scratch").mkdir(exist_ok=True)
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(walk([path], scratch=Scratch(tmp_path / "scratch")))


def texts(places: list[Place]) -> list[str]:
    return [(place.content(1 << 20) or b"").decode() for place in places[1:]]


def subjects(places: list[Place]) -> list[str]:
    return [mime.header(text.encode()).first("subject") for text in texts(places)]


BOX = "".join(f"{LINE}{one}\n" for one in (ONE, TWO, OTHER))
SUBJECTS = ["FIC: The Lamp (1/2)", "FIC: The Lamp (2/2)", "OT: my cat"]


@pytest.mark.parametrize(
    "data",
    [
        BOX,
        BOX.replace("\n", "\r\n"),
        BOX.replace("\n", "\r"),
        gzip.compress(BOX.encode()),
        BOX.replace(LINE, "From ???@??? Mon Mar 06 21:14:00 2000\n"),
        BOX.replace(LINE, "From - Mon Mar 06 21:14:00 2000\n"),
        BOX.replace(LINE, "From -8422924699967609371\n"),
        BOX.replace(LINE, "From MAILER-DAEMON Mon Mar 06 21:14:00 2000\n>From ann@example.net Mon Mar 6\n"),
        BOX.replace("\n\nFrom ann", "\nFrom ann"),
        "\n\n" + BOX,
        "".join(f"#! rnews {len(one)}\n{one}" for one in (ONE, TWO, OTHER)),
        "".join(f"#! rnews {len(one) + 7} lying\n{one}" for one in (ONE, TWO, OTHER)),
        "".join(f"\x01\x01\x01\x01\n{one}\x01\x01\x01\x01\n" for one in (ONE, TWO, OTHER)),
        "BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n\x1f"
        + "".join(f"\x0c\n0, unseen,,\n*** EOOH ***\n{one}\x1f" for one in (ONE, TWO, OTHER)),
    ],
    ids=["mbox", "dos", "mac", "gzip", "eudora", "netscape", "google", "daemon", "no-blank-lines", "blank-lines-first",
         "rnews", "rnews-lying", "mmdf", "babyl"],
)  # fmt: skip
def test_a_mailbox_is_parted_into_its_mails(tmp_path: Path, data: str | bytes) -> None:
    places = held(tmp_path, data)
    assert places[0].container
    assert subjects(places) == SUBJECTS
    assert "From the window she saw" in texts(places)[0]
    assert places[1].group == places[2].group != ""
    assert places[3].group == ""


def test_from_in_the_text_begins_no_mail(tmp_path: Path) -> None:
    body = "From now on.\n\nFrom: nobody\n\nFrom here 21:14:00 2000\nSubject matters.\n\n>From afar.\n>>From me.\n"
    places = held(tmp_path, f"{LINE}{mail('a', body)}\n{LINE}{OTHER}")
    assert subjects(places) == ["a", "OT: my cat"]
    assert texts(places)[0].endswith("\n\nFrom afar.\n>From me.\n\n\n")


@pytest.mark.parametrize("length", ["right", "0", "99999999", "17", "999999999999"])
def test_a_length_is_believed_where_a_mail_ends_there(tmp_path: Path, length: str) -> None:
    inner = f"It went out.\n\n{LINE}{OTHER}"
    said = str(len(inner) + 1) if length == "right" else length
    places = held(tmp_path, f"{LINE}{mail('a', inner, more=f'Content-Length: {said}' + chr(10))}\n{LINE}{TWO}")
    assert len(places) - 1 == (2 if length == "right" else 3)
    assert "".join(texts(places)).count("She is well.") == 1


def test_a_story_that_begins_with_from_is_no_mailbox(tmp_path: Path) -> None:
    for text in ("From the window\nshe saw it.\n\nFrom the door\nhe did.\n", f"{LINE}{ONE}", ONE):
        (place,) = held(tmp_path, text, "story.txt")
        assert not place.container


def test_posts_of_one_story_share_a_group_though_subjects_wander(tmp_path: Path) -> None:
    mails = [
        mail("[lamps] FIC: The Lamp at the Door (1/4)", "x"),
        mail("The Lamp at the Door 2/4", "x", "ann@example.net (Ann Ambler)"),
        mail("REPOST: The Lamp at teh Door [3/4]", "x", "Ann Ambler <ann@elsewhere.example>"),
        mail("Lamp at the Door: Part Four", "x"),
        mail(
            "Fwd: an old story", "Title: The Lamp at the Door (1/4)\nAuthor: Ann Ambler\n\nx", "Mod <mod@example.net>"
        ),
        mail("The Lamp at the Door (1/4)", "x", "Bob <bob@example.net>"),
    ]
    places = held(tmp_path, "".join(f"{LINE}{one}\n" for one in mails))
    assert len({place.group for place in places[1:6]} - {""}) == 1
    assert places[6].group == ""


PLAIN_DIGEST = mail(
    "lamps Digest, Vol 3", "Topics covered in this issue include:\n\n     1. FIC: The Lamp (1/2)\n\n"
    + "-" * 70 + "\n\n"
    + f"{ONE}\n{'-' * 30}\n\n{TWO}\n{'-' * 30}\n\n{OTHER}\n{'-' * 30}\n\nEnd of lamps Digest\n***************\n",
)  # fmt: skip
YAHOO_DIGEST = mail(
    "[lamps] Digest Number 12",
    "There are 3 messages in this issue.\n\nTopics in this digest:\n\n      1. FIC\n\n"
    + "".join(
        f"{'_' * 72}\n{'_' * 72}\n\nMessage: {number}\n   Date: Mon, 6 Mar 2000\n   From: {one.split(chr(10))[0][6:]}\n"
        f"{one.split(chr(10))[2]}\n\n{one.partition(chr(10) * 2)[2]}\n"
        for number, one in enumerate((ONE, TWO, OTHER), start=1)
    )
    + "_" * 72 + "\n" + "_" * 72 + "\n\nYour use of Yahoo! Groups is subject to the Terms of Service\n",
)  # fmt: skip
MIME_DIGEST = mail(
    "lamps Digest", "--=d\nContent-Type: text/plain\n\nTopics\n--=d\nContent-Type: multipart/digest; boundary==i\n\n"
    + "".join(f"--=i\nContent-Type: message/rfc822\n\n{one}\n" for one in (ONE, TWO))
    + f"--=i\n\n{OTHER}\n--=i--\n--=d--\n",
    more="MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary==d\n",
)  # fmt: skip


@pytest.mark.parametrize("digest", [PLAIN_DIGEST, YAHOO_DIGEST, MIME_DIGEST], ids=["plain", "yahoo", "mime"])
@pytest.mark.parametrize("alone", [True, False])
def test_each_post_of_a_digest_is_a_mail_of_its_own(tmp_path: Path, digest: str, alone: bool) -> None:
    places = held(tmp_path, digest if alone else f"{LINE}{digest}\n{LINE}{OTHER}", "a.eml" if alone else "a.mbox")
    found = subjects(places)
    assert found[1:4] == SUBJECTS
    assert len(found) == (4 if alone else 5)
    assert places[2].group == places[3].group != ""
    for word in ("It went out.", "It came on again.", "She is well."):
        assert sum(word in text for text in texts(places)[:4]) == 1


def test_folders_of_mails_are_gathered(tmp_path: Path) -> None:
    for name, text in {
        "cur/0952373640.12.host:2,S": ONE,
        "cur/0952373641.13.host:2,S": TWO,
        "cur/0952373642.1.h": OTHER,
    }.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text)
    for name, text in {"1": ONE, "2": TWO, "4.txt": "It went out.\n"}.items():
        (tmp_path / "in" / name).write_text(text)
    (tmp_path / "scratch").mkdir()
    places = list(walk([tmp_path / "in"], scratch=Scratch(tmp_path / "scratch")))
    grouped = [Path(place.path).name for place in places if place.group]
    assert len({place.group for place in places if place.group}) == 1
    assert sorted(grouped) == ["0952373640.12.host:2,S", "0952373641.13.host:2,S", "1", "2"]


@pytest.mark.parametrize(
    "data",
    [
        b"From x\n" * 300_000,
        (LINE + "A: b\nFrom: c\n\n").encode() * 100_000,
        b"From x\nFrom: " + b"a" * 30_000_000,
        (LINE + ONE).encode() + b"x" * 100_000_000 + b"\n" + (LINE + TWO).encode(),
        (LINE + ONE).encode() * 2 + b"\0" * 1_000_000 + (LINE + TWO).encode(),
        b"#! rnews 99999\n" * 100_000,
        b"\x01\x01\x01\x01\n" * 300_000,
        b"BABYL OPTIONS" + b"\x1f\x0c\n" * 300_000,
        (LINE + mail("Digest", ("-" * 30 + "\n\nFrom: a\nSubject: b\n\nc\n") * 100_000)).encode()
        + (LINE + TWO).encode(),
    ],
    ids=["from", "mails", "one-field", "one-line", "nuls", "rnews", "mmdf", "babyl", "digest"],
)
def test_no_mailbox_is_too_much(tmp_path: Path, data: bytes) -> None:
    for place in held(tmp_path, data)[1:4]:
        place.content(1 << 20)


def test_a_bomb_is_told(tmp_path: Path) -> None:
    (place,) = held(tmp_path, gzip.compress((LINE + ONE + LINE + TWO).encode() + b"\n" * 50_000_000), "a.mbox.gz")
    assert "bomb" in place.unread


def test_parts_that_are_too_many_are_left_and_counted() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000))
    assert mime.parse(b"From: a\n" + deep).is_deep
    many = b"--b\nContent-Type: text/plain\n\nx\n" * 100_000
    assert mime.parse(b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + many).left == 99_000


@pytest.mark.parametrize("closed", [True, False])
def test_parts_that_lie_too_deep_are_read_in_a_row(closed: bool) -> None:
    depth = 5_000
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    ends = b"".join(b"--b%d--\n" % n for n in reversed(range(depth))) if closed else b""
    inner = b"Content-Type: text/plain\n\n-- It went out.\n--b4999\nContent-Type: text/html\n\n<p>On.\n"
    mail = mime.parse(b"From: a\n" + opened + inner + ends)
    leaves, stack = [], [mail.body]
    while stack:
        part = stack.pop()
        leaves += [] if part.parts else [(part.kind, part.data.strip())]
        stack += reversed(part.parts)
    assert leaves == [("text/plain", b"-- It went out."), ("text/html", b"<p>On.")]
    assert mail.is_deep
    assert not mail.left


def test_what_lies_deep_is_read_in_time_that_grows_with_it() -> None:
    for piece in (
        b"--b:0\n",
        b"Content-Type: message/rfc822\n\n",
        b"--b\nContent-Type: multipart/mixed; boundary=b\n\n",
        b"--\n----\n--b--\n",
        b"--x\nA: b\n",
    ):
        head = mime.header(b'Content-Type: multipart/mixed; boundary="b:0"\n\n')
        for _ in mime.in_a_row(head, piece * 200_000):
            pass


def test_of_a_subject_of_encoded_words_without_end_the_beginning_is_read() -> None:
    words = b" ".join([b"=?utf-8?Q?la=C3=A9mp?="] * 13_000)
    assert mime.words(words) == "laémp" * 43
    assert mime.words(words[:200]).startswith("laémplaémp")


def test_base64_ends_where_a_list_wrote_below_it() -> None:
    body = base64.encodebytes(b"It went out. " * 20) + b"\n-----\nTo unsubscribe, write to lamps\n"
    whole, rest = mime.unpacked(body, "base64")
    assert whole == b"It went out. " * 20
    assert b"To unsubscribe" in rest


def test_uuencoded_files_are_parts_of_their_own() -> None:
    data = b"See below.\n\nbegin 644 lamp.txt\n#0V%T\n`\nend\n\nAnn\n"
    parts = mime.parse(b"From: a\n\n" + data).body.parts
    assert [(part.name, part.data.strip()) for part in parts] == [
        ("", b"See below."),
        ("lamp.txt", b"Cat"),
        ("", b"Ann"),
    ]
